"""All looks in one place: colours, symbols, line patterns, fonts, and how a table's values are written.

A chart says what its marks mean (`kind`); this module says what that looks like. The mark colours are mid-tones that
reach 3:1 on the light and on the dark page, so that before and after look the same everywhere; text is never written
in them. Each kind also has its own symbol and line pattern: nothing is told by colour alone. Hues are after Okabe & Ito
(2008), "Color universal design", moved to mid-tones. Answers from the lowest to the highest are brown to teal after
Harrower & Brewer (2003), "ColorBrewer.org" (BrBG, named there as safe for colour-blind readers): they need steps from
pale to dark, which no mid-tone gives, so an outline carries their contrast with the page, and each has a hatching of
its own.
`tests/figures/test_theme.py` computes every contrast.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from evalcore import wording
from evalcore.findings.finding import Column

FONT = "'Source Sans', 'Source Sans 3', 'Segoe UI', Arial, sans-serif"
TEXT_SIZE = 14
SMALL_SIZE = 13
LINE_HEIGHT = 1.35

HIDDEN = "[c]"
"""Stands in a released table for a value that the disclosure policy hides (the statistical service's symbol)."""

TINY_P = "< 0.001"


@dataclass(frozen=True)
class Surface:
    """The page that a picture stands on."""

    background: str
    panel: str
    text: str
    muted: str
    grid: str


LIGHT = Surface(background="#ffffff", panel="#f3f5f7", text="#0b0c0c", muted="#4c555e", grid="#dfe3e8")
DARK = Surface(background="#0e1117", panel="#1b212b", text="#f5f6f7", muted="#b6bec7", grid="#2c343f")


@dataclass(frozen=True)
class Look:
    """How one kind of mark is drawn: `dash` is the pattern of a line, `pattern` the hatching of a bar.

    `outlined` asks for an edge in the page's quieter text colour, where `colour` alone would fade into a page; `backed`
    for an open symbol filled with the page, so that an interval behind it does not strike it through.
    """

    colour: str
    symbol: str
    dash: str = "solid"
    pattern: str = ""
    width: float = 2.5
    size: float = 12
    outlined: bool = False
    backed: bool = False


LOOKS: Mapping[str, Look] = {
    "pre": Look("#2b7bc0", "circle"),
    "post": Look("#c8590b", "diamond", "dash", "/"),
    "change": Look("#8a63c9", "square"),
    "person": Look("#767f87", "circle-open", width=1.5, size=7),
    "stayed": Look("#12877a", "circle"),
    "left": Look("#b0588c", "x", "dash", "x"),
    "pilot": Look("#12877a", "circle"),
    "caseload": Look("#767f87", "square", "dot", "\\", backed=True),
    "reference": Look("#767f87", "line-ew-open", "dash", width=1.5),
    "expected": Look("#8f7a00", "triangle-right", "dash", "-"),
    "step": Look("#767f87", "square", width=1.5),
    "aside": Look("#a8681a", "square-open", "dot", width=1.5),
    "answer_low_3": Look("#8c510a", "triangle-down", pattern="x", outlined=True),
    "answer_low_2": Look("#bf812d", "triangle-left", pattern="\\", outlined=True),
    "answer_low_1": Look("#dfc27d", "triangle-left-open", pattern="-", outlined=True),
    "answer_middle": Look("#e3e3e3", "square", outlined=True),
    "answer_high_1": Look("#80cdc1", "triangle-right-open", pattern="|", outlined=True),
    "answer_high_2": Look("#35978f", "triangle-right", pattern="/", outlined=True),
    "answer_high_3": Look("#01665e", "triangle-up", pattern="+", outlined=True),
}

FOR_TEXT = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""

HATCHING: Mapping[str, float] = {"#000000": 0.2, "#ffffff": 0.35}
"""How far the hatching of a bar stands from its fill, as a share of the way to black or to white."""


def surface(dark: bool) -> Surface:
    """Return the page that a picture will stand on.

    >>> surface(False).background
    '#ffffff'
    """
    return DARK if dark else LIGHT


def look(kind: str) -> Look:
    """Return how marks of `kind` are drawn; a kind that is not known is drawn as a reference.

    >>> look("pre").symbol, look("post").symbol
    ('circle', 'diamond')
    """
    return LOOKS.get(kind, LOOKS["reference"])


def tint(colour: str, strength: float) -> str:
    """Return `colour` at `strength` (0 to 1) over whatever lies behind it.

    >>> tint("#2b7bc0", 0.2)
    'rgba(43,123,192,0.2)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"


def words_on(fill: str) -> str:
    """Return black or white, whichever is easier to read on `fill`: one of them always reaches 4.58:1.

    >>> words_on("#dfc27d"), words_on("#01665e")
    ('#000000', '#ffffff')
    """
    return max(("#000000", "#ffffff"), key=lambda words: contrast(words, fill))


def hatching(fill: str) -> str:
    """Return the colour of the hatching on `fill`: as far from it as the words on it allow, which stay at 4.5:1.

    >>> hatching("#000000"), hatching("#ffffff")
    ('#595959', '#cccccc')
    """
    words = words_on(fill)
    steps = (mixed(fill, towards, share) for towards, share in HATCHING.items())
    return max((step for step in steps if contrast(words, step) >= FOR_TEXT), key=lambda step: contrast(step, fill))


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with a share of `other` in it.

    >>> mixed("#000000", "#ffffff", 0.2)
    '#333333'
    """
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, "contrast ratio": 1 is none, 21 is black on white).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def written(value: object, column: Column) -> str:
    """Write one value of a finding's table as `column` asks; a missing one is an en dash.

    >>> written(20.53, Column("mean", "Mean", "mean", 1)), written(12000, Column("n", "People", "fieldwork"))
    ('20.5', '12,000')
    >>> written("[c]", Column("mean", "Mean", "mean", 2)), written(float("nan"), Column("sd", "SD", "sd", 2))
    ('[c]', '–')
    """
    if isinstance(value, str):
        return value
    amount = _amount(value)
    if amount is None:
        return wording.MISSING
    if is_tiny_p(amount, column):
        return TINY_P
    if column.decimals is None:
        return wording.number(amount, 0) if amount == int(amount) else f"{amount:,g}".replace("-", wording.MINUS)
    return wording.number(amount, column.decimals)


def is_tiny_p(value: float, column: Column) -> bool:
    """Whether a p value would be written as 0, which no p value is.

    >>> is_tiny_p(0.0004, Column("p_value", "p", "test", 3))
    True
    """
    return column.name.startswith("p_") and 0 <= value < 0.0005


def _amount(value: object) -> float | None:
    """The value as a finite number; None for what is missing, infinite or not a number."""
    try:
        amount = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return amount if math.isfinite(amount) else None


def table(values: pd.DataFrame, columns: Iterable[Column]) -> pd.DataFrame:
    """Write a finding's table for a reader: text cells under the columns' labels, in the order of `columns`.

    Parameters
    ----------
    values : DataFrame
        One row a line; missing values are written as an en dash, hidden ones (`[c]`) stay as they are.
    columns : iterable of Column
        What to show; a column that the table does not have is left out.

    >>> table(pd.DataFrame({"who": ["all"], "mean": [20.534]}), [Column("mean", "Mean (points)", "mean", 2)])
      Mean (points)
    0         20.53
    """
    shown = [column for column in columns if column.name in values.columns]
    cells = {c.label: [written(value, c) for value in values[c.name].tolist()] for c in shown}
    return pd.DataFrame(cells, index=values.index, dtype="str")
