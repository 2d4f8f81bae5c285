"""Reactions of a room to one finding, by stakeholder group: tallies and comments, never a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from evalcore.wording import joined

STAKEHOLDERS: Mapping[str, str] = {
    "practitioners": "Practitioners",
    "managers": "Managers",
    "partners": "Partners",
    "lived": "People with lived experience",
}
"""The groups of people in the room, by the word that is kept."""

ANSWERS: Mapping[str, str] = {
    "agree": "Agree",
    "partly": "Partly",
    "disagree": "Disagree",
    "cannot_say": "Cannot say",
}
"""What can be said of a finding, by the field of `Tally`."""

LEAST_GROUP = 5
"""Answers that a group needs to stand alone; smaller groups are put together."""

MOST_COMMENT = 280
"""Characters of a comment."""

MOST_IN_A_ROOM = 500
EVERYBODY = "All groups together"


@dataclass(frozen=True)
class Tally:
    """How many of one group said what; `group` is one of `STAKEHOLDERS`."""

    group: str
    agree: int = 0
    partly: int = 0
    disagree: int = 0
    cannot_say: int = 0

    @property
    def n(self) -> int:
        """Number of answers.

        >>> Tally("partners", agree=2, cannot_say=1).n
        3
        """
        return self.agree + self.partly + self.disagree + self.cannot_say


@dataclass(frozen=True, repr=False)
class Comment:
    """What somebody of one group said about a finding; `group` is one of `STAKEHOLDERS`."""

    group: str
    text: str

    def __repr__(self) -> str:
        """Not the words: they were typed by a person."""
        return f"Comment({self.group!r})"


@dataclass(frozen=True)
class Reactions:
    """All reactions to one finding: at most one tally a group, in the order of `STAKEHOLDERS`."""

    tallies: tuple[Tally, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def n(self) -> int:
        """Number of answers.

        >>> Reactions((Tally("partners", agree=2), Tally("managers", partly=1))).n
        3
        """
        return sum(tally.n for tally in self.tallies)

    def of(self, group: str) -> Tally:
        """Return the tally of one group; all zero where nobody of it answered.

        >>> Reactions().of("managers").n
        0
        """
        return next((tally for tally in self.tallies if tally.group == group), Tally(group))

    def with_tally(self, tally: Tally) -> Reactions:
        """Return the reactions with the tally of one group in the place of its earlier one; an empty one goes.

        >>> Reactions((Tally("managers", agree=1),)).with_tally(Tally("managers", partly=2)).tallies
        (Tally(group='managers', agree=0, partly=2, disagree=0, cannot_say=0),)
        """
        held = {**{one.group: one for one in self.tallies}, tally.group: tally}
        return Reactions(tuple(held[group] for group in STAKEHOLDERS if group in held and held[group].n), self.comments)

    def and_also(self, other: Reactions) -> Reactions:
        """Return these reactions and others together.

        >>> Reactions((Tally("managers", agree=1),)).and_also(Reactions((Tally("managers", agree=2),))).n
        3
        """
        both = Reactions((), (*self.comments, *other.comments))
        for group in STAKEHOLDERS:
            both = both.with_tally(_sum((self.of(group), other.of(group)), group))
        return both


def merged(reactions: Reactions, least: int = LEAST_GROUP) -> tuple[tuple[str, Tally], ...]:
    """Return tallies that may be shown, with their names: groups with fewer than `least` answers are put together.

    Where those together are still fewer, the smallest group that could stand alone joins them; where all together are
    fewer, there is none to show. Every answer is counted once.

    >>> few = Reactions((Tally("practitioners", agree=6), Tally("managers", partly=2)))
    >>> merged(few)
    (('All groups together', Tally(group='', agree=6, partly=2, disagree=0, cannot_say=0)),)
    >>> merged(Reactions((Tally("managers", partly=4),)))
    ()
    """
    large = [tally for tally in reactions.tallies if tally.n >= least]
    small = [tally for tally in reactions.tallies if 0 < tally.n < least]
    if small and sum(tally.n for tally in small) < least and large:
        smallest = min(large, key=lambda tally: tally.n)
        large.remove(smallest)
        small.append(smallest)
    shown = [(STAKEHOLDERS[tally.group], tally) for tally in large]
    together = _sum(small)
    if small and together.n >= least:
        shown.append((_name(small, alone=not large), together))
    return tuple(shown)


def everybody(reactions: Reactions, least: int = LEAST_GROUP) -> tuple[tuple[str, Tally], ...]:
    """Return the tally of all groups together, as `merged` names it; none with fewer than `least` answers.

    >>> everybody(Reactions((Tally("managers", agree=5),)))
    (('All groups together', Tally(group='', agree=5, partly=0, disagree=0, cannot_say=0)),)
    """
    together = _sum(reactions.tallies)
    return ((EVERYBODY, together),) if together.n >= least else ()


def _name(groups: Iterable[Tally], *, alone: bool) -> str:
    names = [STAKEHOLDERS[tally.group] for tally in groups]
    if alone:
        return EVERYBODY if len(names) > 1 else names[0]
    return joined([names[0], *(name[0].lower() + name[1:] for name in names[1:])])


def _sum(tallies: Iterable[Tally], group: str = "") -> Tally:
    held = list(tallies)
    counted = [one.name for one in fields(Tally) if one.name != "group"]
    return Tally(group, *(sum(getattr(tally, name) for tally in held) for name in counted))
