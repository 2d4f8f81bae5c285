"""A withdrawal from many versions: a file that they share is built once, and no version holds the person any more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from evalcore.intake import Intake
from evalcore.storage import packing, withdrawing
from evalcore.storage.packing import pack, unpack
from evalcore.storage.store import Store
from evalcore.study import Study
from tests.storage.store_studies import MONDAY, PEOPLE, TUESDAY, WEDNESDAY, pilot, with_after

WHO = PEOPLE[0]


def test_a_file_that_was_built_before_is_not_built_again() -> None:
    study = pilot()
    parts = {part.name: part.plain() for part in pack(study)}
    known = study.intakes[0]
    assert unpack(parts, {"files/0": known}).intakes[0] is known
    assert unpack(parts).intakes[0] is not known
    assert unpack(parts, {"files/0": known}).fingerprint == study.fingerprint


def test_versions_share_the_files_that_they_have_in_common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.in_folder(tmp_path)
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, store.open(kept).beside(notes=("A note.",)), after=1, at=TUESDAY)
    store.save(kept, with_after(store.open(kept)), after=2, at=WEDNESDAY)
    read: list[Study] = []

    def reading(parts: Mapping[str, bytes], known: Mapping[str, Intake]) -> Study:
        read.append(packing.unpack(parts, known))
        return read[-1]

    monkeypatch.setattr(withdrawing, "unpack", reading)
    assert store.withdraw(kept, "staff", WHO) == 3
    assert [len(study.intakes) for study in read] == [2, 1, 1]
    assert len({id(study.intakes[0]) for study in read}) == 1
    for number in (1, 2, 3):
        assert WHO not in repr(store.open(kept, number).responses.to_dict())
