"""How far a value can be trusted: the word that stands beside it, and what that word means."""

from __future__ import annotations

from collections.abc import Mapping

from evalcore.rules.source import NOT_FOUND, SINGLE_SOURCE, UNVERIFIED, VERIFIED, Source

MEANINGS: Mapping[str, str] = {
    VERIFIED: (
        "Several independent sources agree, or the author's own data or the original publication was read. For a"
        " formula: its results were compared with those of R or of its paper. For a rule of this dashboard: it is what"
        " the software does, and our choice."
    ),
    SINGLE_SOURCE: "One source only, and sometimes one that reports somebody else's figure.",
    UNVERIFIED: (
        "Remembered, never seen in a source. Such a value is only ever shown with this word, and nothing is computed"
        " with it unless a person chooses it."
    ),
    NOT_FOUND: (
        "Looked for and not found. Nothing is asserted in its place; where the software still has to do something, it"
        " says that this is a choice of its design."
    ),
}
"""Each standing in the order in which trust falls, with its meaning for a reader."""


def standing_words(source: Source) -> str:
    """The standing of a source with what it rests on.

    >>> standing_words(Source("A survey", "2016", "table 1", "single source", "official"))
    'single source (official)'
    """
    return f"{source.standing} ({source.qualifier})" if source.qualifier else source.standing


def cited(source: Source) -> str:
    """A source as it stands beside a value: title, year, place, and its standing.

    >>> cited(Source("A survey", "2016", "table 1", "unverified"))
    'A survey (2016), table 1: unverified'
    """
    year = "" if source.year == "n.d." else f" ({source.year})"
    return f"{source.title}{year}, {source.place}: {standing_words(source)}"
