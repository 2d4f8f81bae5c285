"""Rules for what leaves that nobody could have changed so here: a study with them is not opened, and not kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalcore.disclosure.changed import MOST
from evalcore.errors import StorageError, UnreadableFileError
from evalcore.leaving import ThresholdChange
from evalcore.storage import open_study, study_bytes
from evalcore.storage.archive import read
from evalcore.storage.store import Store
from tests.storage.made import whole_study
from tests.storage.mutating import with_digests, zipped
from tests.storage.store_studies import MONDAY, pilot

PEOPLE = "6a" * 32
THRESHOLD, EXCEPTION = "A change of a threshold could not", "A recorded exception could not"


def put(value: Any, *path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(said: dict[str, Any]) -> None:
        for step in path[:-1]:
            said = said[step]
        said[path[-1]] = value

    return change


def changed_by_hand(change: Callable[[dict[str, Any]], None]) -> bytes:
    """A study file with another `study.json`, and every digest made to fit."""
    members = read(study_bytes(whole_study()))
    said = json.loads(members["study.json"])
    change(said)
    return zipped(with_digests({**members, "study.json": json.dumps(said).encode()}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(1, "thresholds", 0, 1), THRESHOLD),
        (put(-5, "thresholds", 0, 1), THRESHOLD),
        (put("colour", "thresholds", 0, 0), THRESHOLD),
        (put(3, "thresholds", 1, 1), THRESHOLD),
        (put("", "thresholds", 0, 2), THRESHOLD),
        (put(" ", "thresholds", 0, 3), THRESHOLD),
        (put("", "thresholds", 0, 4), THRESHOLD),
        (lambda said: said["thresholds"].reverse(), THRESHOLD),
        (put([["min_gap", 8 + n % 2, "Agreed", "AB", MONDAY] for n in range(MOST + 1)], "thresholds"), THRESHOLD),
        (put("", "overrides", 0, 2), EXCEPTION),
        (put("", "overrides", 0, 3), EXCEPTION),
        (put("", "overrides", 0, 6), EXCEPTION),
        (put("anybody", "overrides", 0, 6), EXCEPTION),
        (lambda said: said["overrides"].pop(0), EXCEPTION),
        (put([["a", str(n), "Report", "AB", MONDAY, False, PEOPLE] for n in range(MOST + 1)], "overrides"), EXCEPTION),
    ],
)
def test_rules_that_were_changed_by_hand_are_not_opened(change: Callable[[dict[str, Any]], None], words: str) -> None:
    data = changed_by_hand(change)
    with pytest.raises(UnreadableFileError, match=f"^{words} have been made here. So nothing of this study was opened"):
        open_study(data)


def test_the_same_file_opens_where_the_rules_are_left_alone() -> None:
    assert open_study(changed_by_hand(put("Another", "name"))).name == "Another"
    many = [["min_gap", 8 + n % 2, "Agreed", "AB", MONDAY] for n in range(MOST)]
    assert len(open_study(changed_by_hand(put(many, "thresholds"))).thresholds) == MOST


def test_a_study_with_such_a_rule_is_not_kept(tmp_path: Path) -> None:
    study = pilot().beside(thresholds=(ThresholdChange("min_gap", 0, "x", "AB", MONDAY),))
    with pytest.raises(StorageError, match="could not be read back"):
        Store.in_folder(tmp_path).keep(study, at=MONDAY)
