"""Source: where a value comes from, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

VERIFIED = "verified"
SINGLE_SOURCE = "single source"
UNVERIFIED = "unverified"
NOT_FOUND = "not found"
STANDINGS = (VERIFIED, SINGLE_SOURCE, UNVERIFIED, NOT_FOUND)


@dataclass(frozen=True)
class Source:
    """Where a value comes from.

    Attributes
    ----------
    title : str
        The publication, data set or page.
    year : str
        Year of publication, or of the edition of a yearly survey; `n.d.` for an undated page.
    place : str
        Where in it: abstract, table, section.
    standing : str
        `verified` (several independent sources agree, or the author's own data or a primary source was read),
        `single source`, `unverified` (remembered, never seen in a source) or `not found` (looked for, not found).
    qualifier : str
        What the standing rests on where it needs saying: `primary`, `secondary`, `arithmetic`, `design choice`.
    url : str
        Address, where there is a stable one.

    Examples
    --------
    >>> Source("Health Survey for England 2016", "2017", "wellbeing chapter", "single source").may_be_default
    True
    """

    title: str
    year: str
    place: str
    standing: str
    qualifier: str = ""
    url: str = ""

    @property
    def may_be_default(self) -> bool:
        """Whether a value from this source may be used without a person choosing it."""
        return self.standing in (VERIFIED, SINGLE_SOURCE)

    @property
    def citation(self) -> str:
        """Title, year and place in one line, as written under a figure."""
        return f"{self.title} ({self.year}), {self.place}"
