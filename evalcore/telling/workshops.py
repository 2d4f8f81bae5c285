"""The record of one workshop: what was shown, what was expected, how the room reacted, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evalcore.telling.expecting import Expectation
from evalcore.telling.reactions import Reactions

LONGEST = {"name": 120, "follow_up": 600}
"""Characters that each text of a record may have."""

MOST_WORKSHOPS = 40


@dataclass(frozen=True, repr=False)
class Shown:
    """One finding as a room saw it.

    Attributes
    ----------
    finding, title, sentence : str
        Its identifier and its words, as they were on the screen.
    digest : str
        SHA-256 (hexadecimal) of everything that was on the screen: words, marks, table.
    expectation : Expectation or None
        What the room expected, where it was asked before the result.
    typed, sent : Reactions
        Typed by the presenter; sent from phones.
    follow_up : str
        What the evaluator will do; typed afterwards.
    """

    finding: str
    title: str
    sentence: str
    digest: str
    expectation: Expectation | None = None
    typed: Reactions = field(default_factory=Reactions)
    sent: Reactions = field(default_factory=Reactions)
    follow_up: str = ""

    @property
    def reactions(self) -> Reactions:
        """All reactions, typed and sent.

        >>> Shown("holds.study", "", "", "").reactions.n
        0
        """
        return self.typed.and_also(self.sent)

    def __repr__(self) -> str:
        """The finding only: the rest tells of the study."""
        return f"Shown({self.finding!r})"


@dataclass(frozen=True, repr=False)
class Workshop:
    """One workshop.

    Attributes
    ----------
    name : str
        As the evaluator calls it; a date or a place, never a person.
    began_at : str
        ISO 8601, UTC; tells one workshop from another.
    ended_at : str
        Empty while it goes on.
    fingerprint : str
        Of the study's data that were shown.
    shown : tuple of Shown
        In the order of the screens; each finding once.
    """

    name: str
    began_at: str
    fingerprint: str
    shown: tuple[Shown, ...] = field(default=())
    ended_at: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it goes on.

        >>> Workshop("May", "2026-05-04T09:00:00+00:00", "").is_on
        True
        """
        return not self.ended_at

    def of(self, finding: str) -> Shown | None:
        """Return what is recorded of one finding; None where it was not shown.

        >>> Workshop("May", "2026-05-04T09:00:00+00:00", "").of("holds.study") is None
        True
        """
        return next((one for one in self.shown if one.finding == finding), None)

    def with_shown(self, shown: Shown) -> Workshop:
        """Return the workshop with what is recorded of one finding in the place of what was, or at the end.

        >>> one = Shown("holds.study", "", "", "")
        >>> Workshop("May", "2026-05-04T09:00:00+00:00", "").with_shown(one).with_shown(one).shown
        (Shown('holds.study'),)
        """
        if self.of(shown.finding) is None:
            return replace(self, shown=(*self.shown, shown))
        return replace(self, shown=tuple(shown if one.finding == shown.finding else one for one in self.shown))

    def __repr__(self) -> str:
        """Time and size only."""
        return f"Workshop({self.began_at!r}, {len(self.shown)} findings shown)"
