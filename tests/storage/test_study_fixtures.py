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
    "v1.study": "a0e218893a59c16ac92d2c53a9f953fe4934eea81a8eb7d9be838fc48a435877",
    "v1_sealed.study": "106a8ac7e8700a11804336bfa738ffc65824196ae1e09731f1a920dc1e36db80",
    "v1.json": "238ece2e1b8892c399f4f952c70d8cbfb9cc94c74ada61d1b4864615424df9a7",
    "v2.study": "240d9164344894cbe8bb73adffa8c764b2854de33a465d0a56d6d3bbe0726e06",
    "v2_sealed.study": "ab81555701b2b7feca0828d0710ef5f4bc21650f0a85445071fbcca75bb798b6",
    "v2.json": "30f718bbbdfa603548bb8e8195f27d2e795005621917a191fb33223ce67eb664",
    "v3.study": "4c8fc99dab79e1e770925eb216a3652432ea6740f6c93e1559c3bee214c77ef8",
    "v3_sealed.study": "584f0c61252488b7bd2b8b0f08f4f318a0dc2d064ec79598763072a1c36d02bb",
    "v3.json": "4e1cb6bf41b504a2eae0320c5d054df7bfa38c21714426d4a7ada4b946a8c5a2",
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
