"""A study under a passphrase: only with it, only whole, and at no cost that a stranger chose."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from evalcore.errors import PassphraseNeededError, StorageError, UnreadableFileError
from evalcore.storage import check_passphrase, is_sealed, open_study, sealing, study_bytes
from evalcore.study import Study

PASSPHRASE = "a café by the river"
STUDY = Study.empty("Sealed")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def data() -> bytes:
    return study_bytes(STUDY, passphrase=PASSPHRASE)


def test_it_opens_with_its_passphrase_only(data) -> None:
    assert is_sealed(data)
    assert not is_sealed(study_bytes(STUDY))
    assert open_study(data, passphrase=PASSPHRASE).fingerprint == STUDY.fingerprint
    with pytest.raises(PassphraseNeededError, match="Type the passphrase"):
        open_study(data)
    with pytest.raises(PassphraseNeededError, match="Type the passphrase"):
        open_study(data, passphrase="")
    for wrong in ("a cafe by the river", "short", PASSPHRASE + " "):
        with pytest.raises(PassphraseNeededError, match="that can not be told apart"):
            open_study(data, passphrase=wrong)


def test_nothing_of_the_study_shows(data) -> None:
    assert b"manifest" not in data
    assert b"Sealed" not in data
    assert study_bytes(STUDY, passphrase=PASSPHRASE) != data  # another salt each time


def test_an_accent_may_be_typed_in_either_way(data) -> None:
    assert open_study(data, passphrase="a cafe\u0301 by the river").name == "Sealed"


def test_a_passphrase_that_is_not_needed_does_no_harm() -> None:
    assert open_study(study_bytes(STUDY), passphrase=PASSPHRASE).name == "Sealed"


@pytest.mark.parametrize("at", [50, 60, -1, -16, -17])
def test_a_damaged_file_is_refused(data, at) -> None:
    wrong = bytearray(data)
    wrong[at] ^= 1
    with pytest.raises(UnreadableFileError):
        open_study(bytes(wrong), passphrase=PASSPHRASE)


def test_the_head_of_another_file_does_not_open_it(data) -> None:
    head = struct.calcsize(sealing._FORM)
    swapped = study_bytes(STUDY, passphrase=PASSPHRASE)[:head] + data[head:]
    with pytest.raises(PassphraseNeededError):
        open_study(swapped, passphrase=PASSPHRASE)


def test_what_the_head_says_is_bound_to_what_is_sealed(data, monkeypatch) -> None:
    """Even where other parameters were allowed and gave the same key, a changed head does not open."""
    derive = sealing._key
    monkeypatch.setattr(sealing, "_key", lambda *given: (monkeypatch.setattr(sealing, "_P", 1), derive(*given))[1])
    monkeypatch.setattr(sealing, "_P", 2)
    with pytest.raises(PassphraseNeededError, match="told apart"):
        open_study(data[:20] + b"\x02" + data[21:], passphrase=PASSPHRASE)


OFFSETS = {"n": 18, "r": 19, "p": 20, "kdf": 12, "version": 11}


@pytest.mark.parametrize("at", OFFSETS.values(), ids=OFFSETS)
def test_other_parameters_are_refused_before_anything_is_reckoned(data, at, monkeypatch) -> None:
    monkeypatch.setattr(sealing, "_key", lambda *_: pytest.fail("a key was derived"))
    for value in (0, 2, 30, 255):
        wrong = data[:at] + bytes([value]) + data[at + 1 :]
        with pytest.raises(UnreadableFileError) as error:
            open_study(wrong, passphrase=PASSPHRASE)
        assert not isinstance(error.value, PassphraseNeededError)


def test_cut_short_it_is_refused(data) -> None:
    for end in range(10, 66):
        with pytest.raises(UnreadableFileError):
            open_study(data[:end], passphrase=PASSPHRASE)


def test_a_newer_seal_is_told(data) -> None:
    with pytest.raises(UnreadableFileError, match="newer version"):
        open_study(data[:10] + b"\x00\x02" + data[12:], passphrase=PASSPHRASE)


def test_what_a_passphrase_needs() -> None:
    assert check_passphrase("correct horse") == ""
    assert "12 characters" in check_passphrase("eleven char")
    assert "12 characters" in check_passphrase("e\u0301" * 11)  # eleven once the accents are put on
    assert "easy to guess" in check_passphrase("aaaaaaaaaaaaaaaaaaa")
    assert "half a character" in check_passphrase("correct horse \ud800")
    for wrong in ("short", ""):
        with pytest.raises(StorageError, match="12 characters"):
            study_bytes(STUDY, passphrase=wrong)


def test_the_library_is_loaded_only_where_it_is_needed() -> None:
    code = "import sys, evalcore.storage; print({'cryptography', 'sqlalchemy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "set()"
