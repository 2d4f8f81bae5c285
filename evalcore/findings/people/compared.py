"""A share of the pilot's people beside the caseload's: its line in a table, its columns, its words and its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from evalcore.figures.chart import Interval, Mark, Point
from evalcore.findings.finding import FIELDWORK, Column, Group
from evalcore.findings.people.basis import People, caseload_group
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent, per_cent_interval
from evalcore.outcomes.shares import wilson

LEGEND = (("pilot", "Pilot"), ("caseload", "Caseload"))


class Compared(Protocol):
    """One row: of how many people of the pilot it is known, how many of them have it, and the same of the caseload."""

    @property
    def row(self) -> int:
        """Its place in the table."""

    @property
    def n(self) -> int:
        """People of the pilot of whom it is known."""

    @property
    def k(self) -> int:
        """Of them those who have it."""

    @property
    def known_key(self) -> str:
        """Key of the group of those of whom it is known."""

    @property
    def caseload_n(self) -> int:
        """People of the caseload of whom it is known; 0 where there is nothing to compare with."""

    @property
    def caseload_k(self) -> int:
        """Of them those who have it."""


_Row = TypeVar("_Row", bound=Compared)


def by_share(rows: Iterable[_Row]) -> list[_Row]:
    """The largest share of the pilot first."""
    return sorted(rows, key=lambda row: (-row.k / row.n, row.row))


def compared(rows: Iterable[Compared]) -> bool:
    """Whether there is a caseload beside any of them."""
    return any(row.caseload_n for row in rows)


def published_note(people: People) -> tuple[str, ...]:
    """That published figures are not held beside the pilot here; nothing where there are none, or people to compare."""
    if len(people.caseload) or not len(people.study.published):
        return ()
    return ("The caseload is known from published figures only, which are not compared here.",)


def caseload_key(row: Compared) -> str:
    """Of the people of the caseload of whom it is known; empty where there are none."""
    return f"caseload, {row.known_key}" if row.caseload_n else ""


def caseload_groups(rows: Iterable[Compared]) -> dict[str, Group]:
    """The people of the caseload of whom it is known, by key."""
    return {key: caseload_group(key, FIELDWORK, row.caseload_n) for row in rows if (key := caseload_key(row))}


def share_words(row: Compared) -> str:
    """The pilot's share with its n; below 10 people as a count: "34 % of 120", "3 of 9"."""
    return f"{row.k:,} of {row.n:,}" if row.n < LEAST_FOR_A_SHARE else f"{per_cent(row.k / row.n)} of {row.n:,}"


def beside_words(row: Compared) -> str:
    """The caseload's share in brackets; nothing where there is none."""
    return f" (in the caseload {per_cent(row.caseload_k / row.caseload_n)})" if row.caseload_n else ""


def compared_line(row: Compared, **named: str) -> dict[str, object]:
    """The line of a table, shares in per cent, with Wilson's interval of the pilot's; `named` are its labels."""
    low, high = wilson(row.k, row.n)
    own = {"n": row.n, "k": row.k, "share": 100 * row.k / row.n, "ci_low": 100 * low, "ci_high": 100 * high}
    if not row.caseload_n:
        return {**named, **own}
    share = 100 * row.caseload_k / row.caseload_n
    return {**named, **own, "caseload_n": row.caseload_n, "caseload_k": row.caseload_k, "caseload_share": share}


def compared_columns(
    rows: Sequence[Compared], keys: Sequence[tuple[str, ...]], n: str, k: str, beside: str = ""
) -> tuple[Column, ...]:
    """The columns of these lines after their labels.

    Parameters
    ----------
    rows : sequence of Compared
    keys : sequence of tuple of str
        Of each row the keys of the groups into which those of whom it is known fall.
    n, k : str
        Headings of the two counts.
    beside : str
        Heading of the caseload's second count, where it is another one.
    """
    known = tuple((row.known_key,) for row in rows)
    theirs = tuple((key,) if (key := caseload_key(row)) else () for row in rows)
    return (
        Column("n", n, "fieldwork", groups=known),
        Column("k", k, "characteristic", groups=known, holders=tuple(keys)),
        Column("share", "Share (%)", "rate", 1, known, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, known, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, known, follows="share"),
        Column("caseload_n", f"Caseload: {n[0].lower()}{n[1:]}", "fieldwork", groups=theirs),
        Column("caseload_k", f"Caseload: {beside or k.lower()}", "characteristic", groups=theirs),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, theirs, follows="caseload_k"),
    )


def pilot_marks(row: Compared, place: float, named: str, text: str) -> Iterator[Mark]:
    """A dot with its interval; `text` stands beside the dot."""
    low, high = wilson(row.k, row.n)
    share, group = row.k / row.n, row.known_key
    words = f"{named}: {row.k:,} of {row.n:,} ({per_cent(share)})"
    between = f"95 % interval {per_cent_interval(low, high)}"
    yield Interval(place, 100 * low, 100 * high, "pilot", along="x", label=between, group=group, row=row.row)
    yield Point(100 * share, place, "pilot", label=words, text=text, group=group, row=row.row)


def caseload_mark(row: Compared, place: float, named: str, *, of: str = "") -> Iterator[Mark]:
    """The caseload's square, where there is one; `of` is said behind its share."""
    if row.caseload_n:
        share = row.caseload_k / row.caseload_n
        words = f"{named}: {per_cent(share)}{of}"
        yield Point(100 * share, place, "caseload", label=words, group=caseload_key(row), row=row.row)
