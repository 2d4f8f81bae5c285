"""Tables of the studies that are kept and of a study's versions, with times and sizes in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from evalcore.methods import WordTable
from evalcore.plan import day
from evalcore.wording import MISSING
from pages._shared import listings

if TYPE_CHECKING:
    from evalcore.storage.store import Entry, Version

_MEGABYTE, _KILOBYTE = 1_000_000, 1_000


def moment(at: str, now: str) -> str:
    """Write a time as it is on this machine's clock: the hour alone where it was today.

    >>> moment("2026-05-03T09:15:00+00:00", "2026-05-09T10:00:00+00:00")[:10]
    '3 May 2026'
    """
    then = datetime.fromisoformat(at).astimezone()
    if then.date() == local_day(now):
        return f"today {then:%H:%M}"
    return f"{day(then.isoformat())}, {then:%H:%M}"


def local_day(at: str) -> date:
    """Return the day of a time as the calendar of this machine has it."""
    return datetime.fromisoformat(at).astimezone().date()


def size(held: int) -> str:
    """Write a size as file managers do.

    >>> size(1_240_000), size(12)
    ('1.2 MB', '1 kB')
    """
    if held >= _MEGABYTE:
        return f"{held / _MEGABYTE:,.1f} MB"
    return f"{max(1, round(held / _KILOBYTE))} kB"


def names(entries: Iterable[Entry], now: str) -> dict[str, str]:
    """Return what to call each study to choose it by: its name, and when it was saved where two are called the same.

    Two that were saved in the same minute are numbered.
    """
    held = list(entries)
    called = [one.name for one in held]
    found: dict[str, str] = {}
    for one in held:
        name = one.name if called.count(one.name) == 1 else f"{one.name}, saved {moment(one.saved_at, now)}"
        number = 2
        free = name
        while free in found.values():
            free, number = f"{name} ({number})", number + 1
        found[one.study_id] = free
    return found


def studies(entries: Sequence[Entry], open_now: str, now: str) -> None:
    """Show the studies that are kept; the one that is open says so."""
    rows = [
        (
            f"{one.name} (open)" if one.study_id == open_now else one.name,
            moment(one.saved_at, now),
            str(one.version),
            size(one.size),
            MISSING if one.deleted_on is None else day(one.deleted_on),
        )
        for one in entries
    ]
    headings = ("Name", "Last saved", "Version", "Size", "Deleted on")
    listings.words(WordTable("Studies kept on this machine", headings, tuple(rows)))


def history(versions: Sequence[Version], now: str) -> None:
    """Show versions in the order in which they are given."""
    rows = [(str(one.number), moment(one.saved_at, now), one.changed, one.note) for one in versions]
    headings = ("Version", "Saved", "What changed", "Note")
    listings.words(WordTable("Versions of the study that is open", headings, tuple(rows)))
