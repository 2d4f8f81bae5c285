"""What a room expected before a result was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HIGHER, LOWER, SAME, UNSURE = "higher", "lower", "same", "unsure"
DIRECTIONS: Mapping[str, str] = {
    HIGHER: "Higher",
    LOWER: "Lower",
    SAME: "About the same",
    UNSURE: "The room did not agree",
}
"""What a room can expect of a figure beside the one that it is compared with."""

LARGEST = 1_000.0


@dataclass(frozen=True)
class Expectation:
    """What the room expected: in which direction, and how large a difference would matter to it.

    Attributes
    ----------
    direction : str
        One of `DIRECTIONS`.
    matters : float or None
        The smallest difference that would matter to the room, above 0, in the unit of the figure.
    """

    direction: str
    matters: float | None = None
