"""Going back to an earlier version: what can not be undone stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalcore.decisions import KeepAnswer
from evalcore.errors import SavedElsewhereError, StorageError
from evalcore.leaving import Override, ThresholdChange
from evalcore.plan.plan import Outcome
from evalcore.plan.rivals import Rival
from evalcore.storage.store import Store
from tests.storage.store_studies import MONDAY, TUESDAY, WEDNESDAY, left, pilot, same, with_after, with_roster

CHANGE = ThresholdChange("min_gap", 7, "agreed", "A trained person", TUESDAY)
EXCEPTION = Override("summary", "staff", "printed already", "A trained person", TUESDAY, people="6a" * 32)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


def test_data_decisions_rivals_and_notes_are_those_of_the_old_version(store: Store) -> None:
    old = with_roster(pilot()).decide(KeepAnswer("neither")).note_rival(Rival("An office move"))
    kept = store.keep(old, at=MONDAY)
    new = with_after(pilot()).note_rival(Rival("A new manager")).beside(notes=("something else",))
    store.save(kept, new, after=1, at=TUESDAY)
    assert store.go_back(kept, 1, after=2, at=WEDNESDAY) == 3
    back = store.open(kept)
    assert [one.name for one in back.intakes] == ["before.csv", "roster.csv"]
    assert (back.decisions, back.rivals, back.notes) == (old.decisions, old.rivals, old.notes)
    assert store.versions(kept)[0].changed == "Went back to version 1"
    assert store.versions(kept)[0].saved_at == WEDNESDAY
    assert same(store.open(kept, 2), new)


def test_files_that_were_seen_count_as_taken_out(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    store.go_back(kept, 1, after=2, at=WEDNESDAY)
    back = store.open(kept)
    assert back.taken_out == with_after(pilot()).without("after.csv").taken_out
    assert back.after_answers == 4
    plan = back.fix_plan([Outcome("gse.total.people")], at=WEDNESDAY).plan
    assert plan is not None
    assert not plan.before_the_data


def test_going_forth_again_counts_nobody_twice(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    store.go_back(kept, 1, after=2, at=WEDNESDAY)
    store.go_back(kept, 2, after=3, at=WEDNESDAY)
    store.go_back(kept, 1, after=4, at=WEDNESDAY)
    assert store.open(kept).after_answers == 4


def test_what_can_not_be_undone_stays(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    later = pilot("Renamed").fix_plan([Outcome("gse.total.people")], at=MONDAY).record(left(1))
    later = later.beside(thresholds=(CHANGE,), overrides=(EXCEPTION,)).note_rival(Rival("An office move"))
    store.save(kept, later, after=1, at=TUESDAY)
    store.go_back(kept, 1, after=2, at=WEDNESDAY)
    back = store.open(kept)
    assert (back.plan, back.thresholds, back.overrides, back.exports) == (
        later.plan,
        (CHANGE,),
        (EXCEPTION,),
        (left(1),),
    )
    assert back.name == "Renamed"
    assert back.rivals == ()


def test_going_back_to_what_is_there_makes_no_version(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    assert store.go_back(kept, 1, after=1, at=TUESDAY) == 1


def test_another_window_is_not_overwritten_by_going_back(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    store.save(kept, with_roster(with_after(pilot())), after=2, at=TUESDAY)
    with pytest.raises(SavedElsewhereError):
        store.go_back(kept, 1, after=2, at=WEDNESDAY)


def test_there_is_no_going_back_to_what_never_was(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    with pytest.raises(StorageError, match="no version 4"):
        store.go_back(kept, 4, after=1, at=TUESDAY)
