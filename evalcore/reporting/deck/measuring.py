"""How much room words take: measured in a wide typeface, so that they fit in any that a deck is likely to use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

POINT = 12_700
"""EMU in a point: the unit of slides."""

INCH = 72 * POINT
LINE = 1.2
"""Height of a line as a share of the size of its type."""

_MEASURED = 100
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIED = "\u00a0=\u00a0"


def plain(text: str) -> str:
    r"""`text` on one line, without the characters that no XML file may hold.

    >>> plain("Leeds\x00\n & York")
    'Leeds & York'
    """
    return " ".join(_ILLEGAL.sub("", text).split())


@lru_cache(maxsize=2)
def _font(bold: bool) -> FreeTypeFont:
    from pathlib import Path

    from matplotlib import get_data_path
    from PIL import ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(str(Path(get_data_path()) / "fonts" / "ttf" / name), _MEASURED)


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """Points that `text` takes on one line, about; wide characters that the typeface lacks take a square.

    >>> width_of("change", 14) < width_of("change", 28) < width_of("change", 28, bold=True)
    True
    """
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in text)
    return (_font(bold).getlength(text) / _MEASURED + wide) * size


def lines_of(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break `text` to lines of `width` points as a slide does: between words, and inside a word that is longer.

    >>> lines_of("Change after minus before", 110, 14)
    ['Change after', 'minus before']
    """
    lines = [""]
    for word in plain(text).replace(" = ", _TIED).split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, width, size, bold))
    return [line.replace(_TIED, " = ") for line in lines if line] or [""]


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size, bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def height_of(paragraphs: Iterable[str], width: float, size: float, *, bold: bool = False, gap: float = 0) -> float:
    """Points that paragraphs take, with `gap` points between them.

    >>> height_of(["one", "two"], 200, 10, gap=6)
    30.0
    """
    counts = [len(lines_of(one, width, size, bold)) for one in paragraphs]
    return sum(counts) * size * LINE + gap * max(len(counts) - 1, 0)


def size_for(
    paragraphs: Sequence[str],
    width: float,
    height: float,
    largest: int,
    least: int,
    *,
    bold: bool = False,
    gap: float = 0,
) -> int:
    """Return the largest size of type, in whole points, at which paragraphs fit; `least` where none does.

    >>> size_for(["one"], 200, 36, 40, 14)
    30
    """
    fitting = (
        size for size in range(largest, least, -1) if height_of(paragraphs, width, size, bold=bold, gap=gap) <= height
    )
    return next(fitting, least)


def cut(text: str, width: float, size: float, lines: int, *, ending: str = "…", bold: bool = False) -> str:
    """Return `text`, ended early with `ending` where it takes more than `lines` lines.

    >>> cut("Change after minus before", 110, 14, 1), cut("Change", 110, 14, 1)
    ('Change after…', 'Change')
    """
    whole = plain(text)
    if len(lines_of(whole, width, size, bold)) <= lines:
        return whole
    kept = " ".join(lines_of(whole, width, size, bold)[:lines])
    while kept and len(lines_of(kept + ending, width, size, bold)) > lines:
        shorter = kept.rpartition(" ")[0]
        kept = shorter.rstrip(" ,;:") if shorter else kept[:-1]
    return kept + ending
