"""A process killed in the middle of a save: no lost version, no half study.

`KILLS=200 python -m pytest tests/storage/test_kill.py` kills it more often.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event

from evalcore.storage import content, erasing, packing, withdrawing
from evalcore.storage.content import Content
from evalcore.storage.folder import DATABASE
from evalcore.storage.store import Store
from evalcore.study import Study
from tests.storage.killing import STARTED, TELL, how_long, killed, study_of
from tests.storage.store_studies import MONDAY, PEOPLE, TUESDAY, left, pilot, with_after

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can not fork")

KILLS = int(os.environ.get("KILLS", "50"))
SEED = 20260504
MOST = 400
"""Kills until a commit has been met in the middle: how often one is depends on the disk."""


def journal_to_be_followed(folder: Path) -> bool:
    """Whether a save broke off while it was writing: what stood there before is in the journal."""
    journal = folder / f"{DATABASE}-journal"
    return journal.exists() and journal.read_bytes()[:1] not in (b"", b"\0")


@dataclass
class Session:
    """Saves that were killed, and what must be there after them."""

    store: Store
    kept: str
    studies: list[Study]
    reported: int = 1
    held: dict[int, str] = field(default_factory=dict)

    def save(self) -> None:
        """What a child does: a fresh connection, the next study."""
        study = self.studies[self.reported % len(self.studies)]
        self.store.save(self.kept, study, after=self.reported, at=TUESDAY)

    def look(self, reported: bool) -> bool:
        """Hold the database against what was reported; return whether the save is in it."""
        newest = self.store.head(self.kept).version
        assert newest in ((self.reported + 1,) if reported else (self.reported, self.reported + 1))
        fingerprint = self.store.open(self.kept).fingerprint
        wanted = self.held[self.reported] if newest == self.reported else self._next().fingerprint
        assert fingerprint == wanted
        saved = newest == self.reported + 1
        self.held[newest], self.reported = fingerprint, newest
        assert [one.number for one in self.store.versions(self.kept)] == list(range(newest, 0, -1))
        return saved

    def _next(self) -> Study:
        return self.studies[self.reported % len(self.studies)]


def session(folder: Path) -> Session:
    """A kept study, and others that are packed already, as they are in a running dashboard."""
    studies = [study_of(number) for number in range(6)]
    for study in studies:
        Content.of(study)
    store = Store.in_folder(folder)
    kept = store.keep(studies[0], at=MONDAY)
    return Session(store, kept, studies, held={1: studies[0].fingerprint})


@pytest.fixture(autouse=True)
def unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes make the same study: what is read and checked anew each time is the bytes."""
    known: dict[frozenset[tuple[str, bytes]], Study] = {}

    def unpack(parts: Mapping[str, bytes]) -> Study:
        key = frozenset(parts.items())
        if key not in known:
            known[key] = packing.unpack(parts)
        return known[key]

    monkeypatch.setattr(content, "unpack", unpack)


def test_a_save_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    here = session(tmp_path)
    times = []
    for _ in range(5):
        times.append(how_long(here.save))
        here.look(True)
    draw, longest = random.Random(SEED), 1.2 * sorted(times)[2]
    in_the_middle = saved = 0
    for _ in range(KILLS):
        reported = killed(here.save, draw.uniform(0, longest))
        in_the_middle += not reported
        saved += here.look(reported)
    for number, fingerprint in here.held.items():
        assert here.store.open(here.kept, number).fingerprint == fingerprint
    assert in_the_middle > KILLS // 10
    assert saved > 0


def test_a_commit_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """The child says when it commits: every kill falls there, and some leave a file that is half written."""
    here = session(tmp_path)

    def save() -> None:
        event.listen(here.store._database._engine, "commit", lambda _: os.write(TELL[0], STARTED))
        here.save()

    times = []
    for _ in range(5):
        times.append(how_long(save, marks=2))
        here.look(True)
    draw, longest, half_written = random.Random(SEED), sorted(times)[2], 0
    for number in range(MOST):
        reported = killed(save, draw.uniform(0, longest), marks=2)
        half_written += journal_to_be_followed(tmp_path)
        here.look(reported)
        if number >= KILLS // 3 and half_written > 1:
            break
    assert half_written > 1


def test_a_save_that_dies_at_any_statement_leaves_what_was_there(tmp_path: Path) -> None:
    here = session(tmp_path)
    for last in range(1, 100):

        def save(last: int = last) -> None:
            seen = iter(range(1, last))
            event.listen(
                here.store._database._engine,
                "after_cursor_execute",
                lambda *_: next(seen, None) or os.kill(os.getpid(), signal.SIGKILL),
            )
            here.save()

        reported = killed(save, None)
        assert here.look(reported) == reported
        if reported:
            break
    assert last > 8


def test_a_first_keep_that_is_killed_leaves_a_database_that_can_be_used(tmp_path: Path) -> None:
    study = study_of(1)
    Content.of(study)
    lasts = how_long(lambda: Store.in_folder(tmp_path / "first").keep(study, at=MONDAY))
    draw = random.Random(SEED)
    for number in range(20):
        folder = tmp_path / str(number)
        reported = killed(partial(Store.in_folder(folder).keep, study, at=MONDAY), draw.uniform(0, lasts))
        entries = Store.in_folder(folder).entries()
        assert len(entries) in ((1,) if reported else (0, 1))
        kept = entries[0].study_id if entries else Store.in_folder(folder).keep(study, at=MONDAY)
        assert Store.in_folder(folder).open(kept).fingerprint == study.fingerprint


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before_the_commit(store: Store, patch: pytest.MonkeyPatch) -> None:
    event.listen(store._database._engine, "commit", die)


def at_the_last_words(store: Store, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(withdrawing, "erasing_is_due", die)


def at_the_record_of_what_left(store: Store, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(withdrawing, "write_record_again", die)


def before_the_erasing(store: Store, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "_overwrite", die)


def before_the_journal_is_overwritten(store: Store, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "_with_zeros", die)


def before_it_says_that_it_is_done(store: Store, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "update", die)


@pytest.mark.parametrize(
    ("point", "taken_out"),
    [
        (at_the_record_of_what_left, 0),
        (at_the_last_words, 0),
        (before_the_commit, 0),
        (before_the_erasing, 1),
        (before_the_journal_is_overwritten, 1),
        (before_it_says_that_it_is_done, 1),
    ],
)
def test_a_withdrawal_that_is_killed_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: Callable[[Store, pytest.MonkeyPatch], None], taken_out: int
) -> None:
    """And what it left in the files is overwritten the next time that they are opened."""
    store, who = Store.in_folder(tmp_path), PEOPLE[0]
    kept = store.keep(pilot().record(left(1)), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY, note=who)

    def withdraw() -> None:
        point(store, monkeypatch)
        store.withdraw(kept, "staff", who)

    assert not killed(withdraw, None)
    again = Store.in_folder(tmp_path)
    assert [again.open(kept, version).withdrawn for version in (1, 2)] == [(("staff", 1),) * taken_out] * 2
    assert (who in repr(again.open(kept).exports[0].groups)) == (not taken_out)
    assert (who in again.versions(kept)[0].note) == (not taken_out)
    again.withdraw(kept, "staff", who)
    assert not any(who.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_an_erasing_that_is_killed_is_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.in_folder(tmp_path)
    kept = store.keep(pilot("Canary name"), at=MONDAY)
    other = store.keep(pilot("Other"), at=MONDAY)

    def delete() -> None:
        monkeypatch.setattr(erasing, "_overwrite", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        store.delete(kept)

    assert not killed(delete, None)
    assert any(b"Canary name" in file.read_bytes() for file in tmp_path.iterdir())
    assert [entry.study_id for entry in Store.in_folder(tmp_path).entries()] == [other]
    assert not any(b"Canary name" in file.read_bytes() for file in tmp_path.iterdir())
