"""Words on a drawn picture: cleaned, measured in the font that is always there, and broken into lines that fit.

Everything is in points. A text is data: it is never read as mathematics or as markup, and a sign that the font does not
have becomes a hollow box.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

FAMILY = "DejaVu Sans"
"""The font that matplotlib brings along, so that a picture is the same on every machine."""

LEADING = 1.22
"""From one line of words to the next, in sizes of the text."""

STRANGE = "\u25a1"
"""Stands for a sign that the font does not have."""

LINES, LONGEST = 8, 400
"""The most lines of one text, and the most signs of it that are read: what is longer can only be a mistake."""

NARROWEST = 2.5
"""The least room to which words are broken, in sizes of the text."""

TALL, DEEP = 1.05, 0.26
"""What a line of words takes from top to bottom, and below its foot, in sizes of the text."""

VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Signs that only choose the form of the one before them."""

SLACK = 1.02
"""Small letters are set a little wider on a coarse screen than on paper."""


@dataclass(frozen=True)
class Area:
    """A rectangle, in points from the left and the upper edge of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether two rectangles share room.

        >>> Area(0, 0, 2, 2).meets(Area(1, 1, 3, 3)), Area(0, 0, 2, 2).meets(Area(2, 0, 3, 2))
        (True, False)
        """
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, other: Area) -> bool:
        """Whether this rectangle lies inside another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom

    def kept(self, page: Area) -> Area:
        """Return this rectangle, moved as far as it takes to lie in another.

        >>> Area(-3, 1, 1, 2).kept(Area(0, 0, 9, 9))
        Area(left=0, top=1, right=4, bottom=2)
        """
        right = max(page.left - self.left, 0) or min(page.right - self.right, 0)
        down = max(page.top - self.top, 0) or min(page.bottom - self.bottom, 0)
        return Area(self.left + right, self.top + down, self.right + right, self.bottom + down)


@dataclass(frozen=True)
class Words:
    """Lines of words that fill `area`; `backed` ones fade what lies behind them."""

    lines: tuple[str, ...]
    area: Area
    size: float
    align: str = "left"
    bold: bool = False
    muted: bool = False
    backed: bool = False
    colour: str = ""


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Return `text` without signs that no font shows, and with a hollow box for those that this font lacks.

    >>> clean("Leeds\\x00 \\u4e2d"), clean("two\\nlines")
    ('Leeds □', 'two lines')
    """
    return "".join(_shown(sign) for sign in unicodedata.normalize("NFC", text)).strip()


def _shown(sign: str) -> str:
    """What stands for one sign."""
    if sign in "\t\n\r\u2028\u2029":
        return " "
    if unicodedata.category(sign) in ("Cc", "Cf") or sign in VARIANTS:
        return ""
    if ord(sign) in _known():
        return sign
    return "" if unicodedata.category(sign).startswith("M") else STRANGE


@cache
def _known() -> frozenset[int]:
    """The signs that the font has, upright and bold."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    files = [findfont(FontProperties(family=FAMILY, weight=weight)) for weight in ("normal", "bold")]
    plain, bold = (frozenset(get_font(file).get_charmap()) for file in files)
    return plain & bold


@lru_cache(maxsize=20_000)
def _breadth(text: str, bold: bool) -> float:
    """The width of `text`, in sizes of the text."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FAMILY, weight="bold" if bold else "normal", size=100)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    return float(width) / 100 * SLACK


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the points that one line of cleaned `text` takes.

    >>> width_of("iii", 10) < width_of("mmm", 10)
    True
    """
    return _breadth(text, bold) * size if text else 0.0


def widest(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """Return the points that the longest of `lines` takes."""
    return max((width_of(line, size, bold=bold) for line in lines), default=0.0)


def broken(text: str, room: float, size: float, *, bold: bool = False, most: int = LINES) -> tuple[str, ...]:
    """Return `text` as lines that fit `room` points; a word that is longer than that is broken too.

    What does not fit `most` lines ends in an ellipsis: only text that no chart of ours has is as long as that.

    >>> broken("Change after minus before", 80, 10)
    ('Change after', 'minus before')
    >>> broken("A name that somebody pasted from elsewhere", 80, 10, most=2)
    ('A name that', 'somebody …')
    """
    room = max(room, NARROWEST * size)
    lines: list[str] = []
    line = ""
    # a count is never torn from its "n ="
    for word in clean(text[:LONGEST]).replace(" = ", "\u00a0=\u00a0").split(" "):
        if line and width_of(f"{line} {word}", size, bold=bold) <= room:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, room, size, bold)
        lines += whole
    lines = [kept.replace("\u00a0=\u00a0", " = ") for kept in [*lines, line] if kept]
    return tuple(lines) if len(lines) <= most else (*lines[: most - 1], _ended(lines[most - 1], room, size, bold))


def _ended(line: str, room: float, size: float, bold: bool) -> str:
    """A line that says that there would be more."""
    while line and width_of(f"{line} …", size, bold=bold) > room:
        line = line[:-1].rstrip()
    return f"{line} …"


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word as pieces that fit `room`: mostly the word itself."""
    if width_of(word, size, bold=bold) <= room:
        return [word]
    pieces = [""]
    for sign in word:
        if pieces[-1] and width_of(pieces[-1] + sign, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def high(lines: tuple[str, ...], size: float) -> float:
    """Return the points that lines of words take from top to bottom.

    >>> high(("one",), 10), high((), 10)
    (10.5, 0.0)
    """
    return ((len(lines) - 1) * LEADING + TALL) * size if lines else 0.0


def feet(words: Words) -> list[tuple[str, float]]:
    """Return each line with where its letters stand: points from the top."""
    last = len(words.lines) - 1
    return [
        (line, words.area.bottom - (DEEP + LEADING * (last - at)) * words.size) for at, line in enumerate(words.lines)
    ]
