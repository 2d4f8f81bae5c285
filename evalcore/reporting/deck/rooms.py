"""Where things stand on a slide: rectangles, and the free room that a layout leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evalcore.reporting.deck.measuring import POINT

INSET = 91_440
"""EMU that a text box usually leaves empty at each side."""

FOOTERS = ("dt", "ftr", "sldNum")
TITLES = ("title", "ctrTitle")
_TEXT = ("body", "obj")
_MARGIN, _BELOW, _MOST_TITLE = 0.05, 0.94, 0.4


@dataclass(frozen=True)
class Room:
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge.

        >>> Room(0, 10, 5, 20).bottom
        30
        """
        return self.top + self.height

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width / POINT, self.height / POINT

    def from_top(self, height: float) -> Room:
        """Return the `height` EMU at its top."""
        return Room(self.left, self.top, self.width, round(min(height, self.height)))

    def from_bottom(self, height: float) -> Room:
        """Return the `height` EMU at its foot.

        >>> Room(0, 10, 5, 20).from_bottom(5)
        Room(left=0, top=25, width=5, height=5)
        """
        held = round(min(height, self.height))
        return Room(self.left, self.bottom - held, self.width, held)

    def without_top(self, height: float) -> Room:
        """Return what is left below the `height` EMU at its top."""
        gone = round(min(height, self.height))
        return Room(self.left, self.top + gone, self.width, self.height - gone)

    def without_bottom(self, height: float) -> Room:
        """Return what is left above the `height` EMU at its foot."""
        return Room(self.left, self.top, self.width, self.height - round(min(height, self.height)))

    def inside(self) -> Room:
        """Return what a text box leaves for its text."""
        return Room(self.left + INSET, self.top + INSET // 2, self.width - 2 * INSET, self.height - INSET)


@dataclass(frozen=True)
class Frame:
    """The room of a layout: that of its title, and the free one below; `moved` where the title must be moved."""

    title: Room
    content: Room
    moved: bool


def kind_of(placeholder: Any) -> str:
    """Return the type of a placeholder, as the file writes it."""
    return str(placeholder.element.ph.get("type", "obj"))


def room_of(placeholder: Any) -> Room | None:
    """Return where a placeholder stands; None where neither its layout nor its master says."""
    sides = (placeholder.left, placeholder.top, placeholder.width, placeholder.height)
    return None if any(side is None for side in sides) else Room(*map(int, sides))


def title_of(layout: Any) -> Any | None:
    """Return the placeholder of a layout's title; None where it has none."""
    return next((one for one in layout.placeholders if kind_of(one) in TITLES), None)


def text_of(layout: Any) -> Any | None:
    """Return the largest placeholder for text of a layout; None where it has none."""
    held = [one for one in layout.placeholders if kind_of(one) in _TEXT]
    return max(held, key=lambda one: (one.width or 0) * (one.height or 0), default=None)


def frame_of(layout: Any, width: int, height: int) -> Frame:
    """Return the rooms of a layout on slides of `width` and `height` EMU."""
    title = title_of(layout)
    held = None if title is None else room_of(title)
    foot = min(_tops_of_footers(layout, height), default=round(height * _BELOW))
    usual = Room(
        round(width * _MARGIN), round(height * _MARGIN), round(width * (1 - 2 * _MARGIN)), round(height * 0.16)
    )
    moved = held is None or not _is_a_head(held, width, foot)
    place = usual if held is None or moved else held
    left, right = (place.left, place.right) if moved else _sides(layout, place, width)
    top = place.bottom + 2 * INSET
    return Frame(place, Room(left + INSET, top, right - left - 2 * INSET, foot - INSET - top), moved)


def _is_a_head(title: Room, width: int, foot: int) -> bool:
    """Whether a title stands across the top of a slide and leaves most of it free."""
    return title.bottom <= _MOST_TITLE * foot and title.width >= width / 2 and title.top >= 0 and title.right <= width


def _tops_of_footers(layout: Any, height: int) -> Iterator[int]:
    for one in layout.placeholders:
        room = room_of(one)
        if kind_of(one) in FOOTERS and room is not None and 0.75 * height < room.top < height:
            yield room.top


def _sides(layout: Any, title: Room, width: int) -> tuple[int, int]:
    """From where to where text goes on a layout: as on its own text, else as the title."""
    text = text_of(layout)
    held = None if text is None else room_of(text)
    place = held if held is not None and held.width > width / 2 and held.left >= 0 and held.right <= width else title
    return place.left, place.right
