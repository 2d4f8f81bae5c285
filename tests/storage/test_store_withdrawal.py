"""A person's withdrawal: out of every version of a study and of its copies, or out of none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.errors import SavedElsewhereError, StorageError
from evalcore.leaving import NOBODY, Override
from evalcore.storage import withdrawing
from evalcore.storage.content import read_version
from evalcore.storage.store import Store
from evalcore.storage.writing import find_study, find_version
from evalcore.withdrawal import Person, people_in, withdraw
from tests.storage.store_studies import MONDAY, PEOPLE, TUESDAY, WEDNESDAY, left, pilot, same, with_after, with_roster

WHO = PEOPLE[0]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


def everything(store: Store, kept: str) -> str:
    """Every byte that is kept of a study, unpacked, as text."""
    texts = [repr(store.entries()), repr(store.versions(kept)), repr(store.view(kept)), repr(store.open(kept).exports)]
    with store._database.transaction() as connection:
        row = find_study(connection, "", kept)
        for version in store.versions(kept):
            found = find_version(connection, row, version.number)
            texts += [repr(tuple(found)), repr(read_version(connection, found))]
    return "\n".join(texts)


def three_versions(store: Store) -> str:
    kept = store.keep(pilot().record(left(1)), at=MONDAY, view={"person": f"staff {WHO.lower()}", "page": "people"})
    later = with_after(store.open(kept)).decide(KeepAnswer("neither", WHO, "staff", "pre"))
    store.save(kept, later, after=1, at=TUESDAY, note=f"{WHO} telephoned; B2 did not")
    store.save(kept, with_roster(store.open(kept)).record(left(2)), after=2, at=WEDNESDAY)
    return kept


def test_a_person_is_gone_from_every_version(store: Store) -> None:
    kept = three_versions(store)
    before = store.versions(kept)
    assert WHO in everything(store, kept)
    assert store.withdraw(kept, "staff", WHO) == 3
    assert WHO.lower() not in everything(store, kept).lower()
    assert "B2" in everything(store, kept)
    assert [(one.number, one.saved_at, one.changed) for one in store.versions(kept)] == [
        (one.number, one.saved_at, one.changed) for one in before
    ]
    assert store.versions(kept)[1].note == "… telephoned; B2 did not"
    assert store.view(kept) == {"page": "people"}
    for number in (1, 2, 3):
        study = store.open(kept, number)
        assert study.withdrawn == (("staff", 1),)
        assert WHO not in {one.respondent_id for one in people_in(study)}
    assert store.head(kept).withdrawals == 1


def test_what_is_left_is_what_the_study_without_them_would_be(store: Store) -> None:
    kept = three_versions(store)
    wanted = withdraw(store.open(kept), Person("staff", WHO))
    store.withdraw(kept, "staff", WHO)
    assert same(store.open(kept), wanted)
    assert store.open(kept).exports == wanted.exports
    assert wanted.exports[0].groups[0][1] == {"withdrawn 1", "staff|B2", "staff|B3", "staff|B4"}


def test_copies_and_originals_lose_the_person_too(store: Store) -> None:
    kept = three_versions(store)
    copied = store.copy(kept, "Copy", at=WEDNESDAY)
    store.save_view(copied, {"person": WHO})
    stranger = store.keep(pilot("Other"), at=MONDAY)
    assert store.withdraw(copied, "staff", WHO) == 4
    for one in (kept, copied):
        assert WHO not in everything(store, one)
        assert store.head(one).withdrawals == 1
    assert same(store.open(stranger), pilot("Other"))


def test_parts_that_held_the_person_are_gone(store: Store) -> None:
    kept = three_versions(store)
    store.withdraw(kept, "staff", WHO)
    with store._database.transaction() as connection:
        row = find_study(connection, "", kept)
        needed = set()
        for number in (1, 2, 3):
            needed |= set(json.loads(find_version(connection, row, number).members).values())
        there = connection.exec_driver_sql("SELECT digest FROM parts").scalars().all()
    assert sorted(there) == sorted(needed)


def test_a_window_that_still_shows_the_person_can_not_bring_them_back(store: Store) -> None:
    kept = three_versions(store)
    stale = store.open(kept)
    store.withdraw(kept, "staff", WHO)
    for study in (stale, stale.record(left(9)), stale.decide(KeepAnswer("neither")), stale.renamed("North")):
        with pytest.raises(SavedElsewhereError):
            store.save(kept, study, after=3, at=WEDNESDAY)
    assert WHO not in everything(store, kept)
    fresh = store.open(kept).decide(KeepAnswer("neither"))
    assert store.save(kept, fresh, after=3, at=WEDNESDAY) == 4


def test_a_window_without_anything_that_left_can_not_bring_them_back_either(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    stale = with_after(store.open(kept))
    store.withdraw(kept, "staff", WHO)
    for study in (pilot(), stale, pilot().record(left(1))):
        with pytest.raises(SavedElsewhereError):
            store.save(kept, study, after=1, at=WEDNESDAY)
    assert WHO not in everything(store, kept)


def test_a_record_that_named_the_person_does_not_come_back(store: Store) -> None:
    """Their rows are in no version any more; only what left named them."""
    kept = store.keep(pilot(people=PEOPLE[1:]).record(left(1)), at=MONDAY)
    stale = store.open(kept).beside(thresholds=())
    store.withdraw(kept, "staff", WHO)
    with pytest.raises(SavedElsewhereError):
        store.save(kept, stale, after=1, at=TUESDAY)
    assert WHO not in everything(store, kept)


def test_going_back_does_not_bring_a_person_back(store: Store) -> None:
    kept = three_versions(store)
    store.withdraw(kept, "staff", WHO)
    store.go_back(kept, 1, after=3, at=WEDNESDAY)
    assert WHO not in everything(store, kept)
    assert store.open(kept).withdrawn == (("staff", 1),)


def test_who_was_only_in_an_earlier_version_is_taken_out_of_that(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_roster(pilot().without("before.csv"), PEOPLE[1:]), after=1, at=TUESDAY)
    assert store.withdraw(kept, "staff", WHO) == 1
    assert WHO not in everything(store, kept)


def test_a_spelling_that_one_version_knows_is_gone_from_the_record(store: Store) -> None:
    """Neither the newest version nor the first one reads the slip as this person's."""
    people, slip = (*PEOPLE, "Canary-7l"), SamePerson("Canary-7l", WHO, "staff", same=True)
    kept = store.keep(pilot(people=people).record(left(1, people)), at=MONDAY)
    store.save(kept, pilot(people=people).decide(slip), after=1, at=TUESDAY)
    store.save(kept, with_roster(pilot().without("before.csv"), PEOPLE[1:]), after=2, at=TUESDAY)
    store.withdraw(kept, "staff", WHO)
    assert store.open(kept).exports[0].groups[0][1] == {"withdrawn 1", "staff|B2", "staff|B3", "staff|B4"}


def test_nobody_is_nobody(store: Store) -> None:
    kept = three_versions(store)
    before = everything(store, kept)
    assert store.withdraw(kept, "staff", "Z99") == 0
    assert everything(store, kept) == before
    assert store.head(kept).withdrawals == 0


def test_what_was_saved_while_it_was_worked_out_is_cleaned_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    prepare = withdrawing.Withdrawal.prepare
    saved = []

    def meanwhile(self, connection, row) -> None:
        prepare(self, connection, row)
        if not saved:
            saved.append(True)
            connection.rollback()
            store.save(kept, with_after(pilot()).record(left(1)), after=1, at=TUESDAY)

    monkeypatch.setattr(withdrawing.Withdrawal, "prepare", meanwhile)
    assert store.withdraw(kept, "staff", WHO) == 2
    assert WHO not in everything(store, kept)
    assert store.open(kept).exports[0].groups[0][1] == {"withdrawn 1", "staff|B2", "staff|B3", "staff|B4"}


def test_a_failure_in_the_middle_leaves_every_version(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = three_versions(store)
    before = everything(store, kept)

    def fail(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(withdrawing, "write_record_again", fail)
    with pytest.raises(StorageError, match="disk is full"):
        store.withdraw(kept, "staff", WHO)
    assert everything(store, kept) == before


def test_no_version_keeps_an_exception_that_is_bound_to_a_group_with_the_person(store: Store) -> None:
    """Not even one that was saved after their file was taken out: who knows the others could find them by trying."""
    people = "6a" * 32
    published = Override("summary", "few", "Report", "AB", MONDAY, people=people)
    kept = store.keep(with_after(pilot()).beside(overrides=(published,)), at=MONDAY)
    others = pilot(people=PEOPLE[1:]).beside(overrides=(published,))
    assert store.save(kept, others, after=1, at=TUESDAY) == 2
    assert store.withdraw(kept, "staff", "nobody") == 0
    assert people in everything(store, kept)
    assert store.withdraw(kept, "staff", WHO) == 1
    assert people not in everything(store, kept)
    for number in (1, 2):
        (held,) = store.open(kept, number).overrides
        assert (held.people, held.reason) == (NOBODY, "Report")
