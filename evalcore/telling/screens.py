"""A screen of the running order: which finding, and what its presenter adds to it."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = {"question": 300, "notes": 2_000, "message": 200}
"""Characters that each text of a screen may have."""

MOST_SCREENS = 60


@dataclass(frozen=True, repr=False)
class Screen:
    """One finding in the running order of a workshop.

    Attributes
    ----------
    finding : str
        Identifier of the finding; a running order holds each once.
    made_from : str
        How the finding is built again, as `findings.recipes` writes it.
    message : str
        The evaluator's own short heading; empty for the finding's title, which is shown in any case.
    question : str
        For the room; empty for the usual one.
    notes : str
        What the presenter wants to say: never on the screen, but in the slides' notes.
    """

    finding: str
    made_from: str
    message: str = ""
    question: str = ""
    notes: str = ""

    def __repr__(self) -> str:
        """The finding only: the rest was typed by a person."""
        return f"Screen({self.finding!r})"
