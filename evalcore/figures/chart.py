"""Chart: a frozen description of a picture. Nothing here knows plotly, slides or pixels.

A mark says what it *means* (`kind`), not what it looks like; `theme` turns kinds into colours and symbols. Every mark
that rests on people names its `group` (a key of the finding's groups), and `individual` says that it is one person:
the disclosure policy drops marks by these two fields, and by `row`: the row of the finding's table that the mark draws,
which is dropped when a cell of that row is hidden.

kinds: pre, post, change, person, stayed, left, pilot, caseload, reference, expected, step, aside; and for answers from
the lowest to the highest: answer_low_3, answer_low_2, answer_low_1, answer_middle, answer_high_1, answer_high_2,
answer_high_3
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Axis:
    """One axis: its title with unit, its limits (None: fit the marks), and named positions (`ticks`) if not numeric."""

    title: str
    low: float | None = None
    high: float | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    visible: bool = True


@dataclass(frozen=True)
class Point:
    """A dot. `label` is read out and shown on hover; `text` stands beside the dot."""

    x: float
    y: float
    kind: str
    label: str = ""
    text: str = ""
    group: str = ""
    individual: bool = False
    row: int | None = None


@dataclass(frozen=True)
class Line:
    """A line through `points`, in order."""

    points: tuple[tuple[float, float], ...]
    kind: str
    label: str = ""
    group: str = ""
    individual: bool = False
    row: int | None = None


@dataclass(frozen=True)
class Interval:
    """An interval from `low` to `high` along one axis (`along`: x or y), standing at `at` on the other."""

    at: float
    low: float
    high: float
    kind: str
    along: str = "y"
    label: str = ""
    group: str = ""
    individual: bool = False
    row: int | None = None


@dataclass(frozen=True)
class Bar:
    """A bar from `start` to `end` along one axis, standing at `at` on the other and `width` wide there.

    `text` stands beyond its end, `inside` in its middle.
    """

    at: float
    start: float
    end: float
    kind: str
    along: str = "x"
    label: str = ""
    text: str = ""
    group: str = ""
    individual: bool = False
    row: int | None = None
    inside: str = ""
    width: float = 0.65


@dataclass(frozen=True)
class Band:
    """A shaded reference from `low` to `high` across the whole panel; a reference line where both are equal."""

    low: float
    high: float
    along: str = "y"
    kind: str = "reference"
    label: str = ""
    group: str = ""
    individual: bool = False


@dataclass(frozen=True)
class Ribbon:
    """A shaded area between two lines: (x, low, high) at each of `points`, in order of x; missing ends leave a gap."""

    points: tuple[tuple[float, float, float], ...]
    kind: str
    label: str = ""
    group: str = ""
    individual: bool = False
    row: int | None = None


@dataclass(frozen=True)
class Box:
    """A box of a flow chart, centred at (`x`, `y`), with up to three short lines of text."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    kind: str = "step"
    group: str = ""
    individual: bool = False


@dataclass(frozen=True)
class Arrow:
    """An arrow of a flow chart."""

    start: tuple[float, float]
    end: tuple[float, float]
    kind: str = "step"
    group: str = ""
    individual: bool = False


Mark = Point | Line | Interval | Bar | Band | Ribbon | Box | Arrow


@dataclass(frozen=True)
class Panel:
    """One coordinate system with its marks; panels stand side by side, `share` of the width each."""

    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    title: str = ""
    share: float = 1.0


@dataclass(frozen=True)
class Chart:
    """A picture: panels, the n that stands on it, how to read it, and its shape.

    `n` is the line written on the chart ("n = 7 matched pairs"); `height` is in hundredths of a text line's height
    multiple, so that each target scales it: about 100 is a small chart, 200 a tall one.
    """

    panels: tuple[Panel, ...]
    n: str
    how_to_read: str
    legend: tuple[tuple[str, str], ...] = field(default=())
    """(kind, words) pairs; empty where every mark is labelled directly."""
    height: int = 120
