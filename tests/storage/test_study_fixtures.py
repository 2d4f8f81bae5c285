"""A study file of each format version opens for ever, and holds what it held."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from evalcore.errors import PassphraseNeededError
from evalcore.storage import is_sealed, open_study
from evalcore.storage.packing import FORMAT
from tests.storage.comparing import same_study
from tests.storage.made import there_and_back
from tests.storage.study_fixtures import FOLDER, PASSPHRASE, said

# A fixture is written once. Where one of these fails, the fixture was changed: put the committed one back. A change of
# the format gets a new number and a fixture of its own; the old ones stay, and must open.
WRITTEN = {
    "v1.study": "c74dcd7876050c847a82583d28afb69466de0c7e254ad74b639e71f0639bd7d7",
    "v1_sealed.study": "c8c97134abbf2dd1bb16ab944afd1666489ffda6cff89ca51986b9e5a64e0808",
    "v1.json": "537fb2f28262b231a751969867fba5ec9bf67aabfbc4388ac74b6e04d8af2903",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_fixture_is_never_written_again(name) -> None:
    assert sha256((FOLDER / name).read_bytes()).hexdigest() == WRITTEN[name]


def test_every_format_has_its_fixtures() -> None:
    wanted = {f"v{n}{end}" for n in range(1, FORMAT + 1) for end in (".study", "_sealed.study", ".json")}
    assert set(WRITTEN) == wanted


@pytest.mark.parametrize("version", range(1, FORMAT + 1))
def test_a_study_file_of_each_format_opens_and_holds_what_it_held(version) -> None:
    study = open_study(FOLDER / f"v{version}.study")
    known = json.loads((FOLDER / f"v{version}.json").read_text(encoding="utf-8"))
    found = said(study)
    assert list(found) == list(known)
    for name, value in known.items():
        assert found[name] == value, name
    same_study(study, there_and_back(study))


@pytest.mark.parametrize("version", range(1, FORMAT + 1))
def test_a_sealed_file_of_each_format_opens_with_its_passphrase(version) -> None:
    path = FOLDER / f"v{version}_sealed.study"
    assert is_sealed(path.read_bytes())
    with pytest.raises(PassphraseNeededError):
        open_study(path)
    same_study(open_study(FOLDER / f"v{version}.study"), open_study(path, passphrase=PASSPHRASE))
