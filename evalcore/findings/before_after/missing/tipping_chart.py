"""The chart of the tipping point: everyone's mean change along the assumed change of those who left."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from evalcore.columns import MATCHED_PRE
from evalcore.figures.chart import Axis, Band, Chart, Interval, Line, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.missing.tipping_words import inside, possible_changes
from evalcore.outcomes.tipping import Tipping
from evalcore.wording import interval, number, rounded

CHOSEN, MATCHED, TIPPING = "chosen", "matched", "tipping"
_STEPS = 40
"""Pieces of each line."""
_ROOM = 1.25
_WORDS_APART = 0.09
"""Points closer in height than this part of the axis do not both have words beside them."""
_SCALE_SHARE = 14
"""The axis reaches at least this part of the scale to either side, so that no small change fills it."""


def tipping_chart(basis: Basis, found: Tipping, places: Mapping[str, int], *, outside: bool) -> Chart | None:
    """The line of everyone's mean change, its interval, and the points where something is to be read.

    Parameters
    ----------
    basis : Basis
    found : Tipping
    places : mapping of str to int
        Row of the finding's table by its name, for the marks that draw one.
    outside : bool
        Whether it may leave: every position is then no more exact than the words.
    """
    drawing = _Drawing(basis, found, places, outside)
    panel = Panel(
        x=Axis(f"Assumed mean change of those who left ({basis.measure.unit})", *drawing.ends),
        y=Axis(f"Mean change of everyone ({basis.measure.unit})"),
        marks=tuple(drawing.marks()),
    )
    band = " The dotted lines are its 95 % interval by multiple imputation." if drawing.has_interval else ""
    legend = [("change", "Everyone, under the assumption"), ("stayed", "If those who left changed as those who stayed")]
    if drawing.tips:
        legend.append(("left", "Tipping point: the mean change of everyone is zero"))
    if drawing.has_interval:
        legend.append(("aside", "95 % interval"))
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {found.n_pairs:,} matched, {found.n_left:,} left",
        how_to_read=(
            "Along the bottom is what is assumed of those who left, upwards what it makes of the mean change of"
            f" everyone with a score before.{band} Where the line crosses zero the answer turns."
        ),
        legend=tuple(legend),
        height=120,
    )


class _Drawing:
    """The marks of one chart, inside or outside."""

    def __init__(self, basis: Basis, found: Tipping, places: Mapping[str, int], outside: bool) -> None:
        self._basis, self._found, self._places, self._outside = basis, found, places, outside
        self._decimals = basis.outside_decimals(found.n_pairs) if outside else basis.decimals
        self.has_interval = found.ci_low is not None
        self.ends = self._ends()
        low, high = possible_changes(basis, found, outside=outside)
        turn = math.nan if found.tipping_point is None else found.tipping_point
        self.tips = max(low, self.ends[0]) <= turn <= min(high, self.ends[1])

    def _ends(self) -> tuple[float, float]:
        """To either side as far as anything is to be read, as far as that is possible."""
        found, basis = self._found, self._basis
        possible = possible_changes(basis, found, outside=self._outside)
        told = [
            found.assumed_change,
            found.matched_change or 0.0,
            (basis.measure.high - basis.measure.low) / _SCALE_SHARE,
        ]
        turns = [found.tipping_point]
        for reach in (inside(found.above_zero, possible), inside(found.below_zero, possible)):
            turns += reach or ()
        told += [at for at in turns if at is not None and possible[0] < at < possible[1]]
        widest = _ROOM * max(map(abs, told))
        step = max(0.1, 10.0 ** math.floor(math.log10(widest)) / 2)
        end = round(math.ceil(widest / step) * step, 1)
        return -end, end

    def marks(self) -> list[Mark]:
        """Lines under points."""
        found = self._found
        lines = self._lines()
        marks: list[Mark] = [Band(0.0, 0.0, label="no change"), *lines]
        if found.matched_change is None or found.estimate is None:
            return marks
        # Two words so near in height would cover each other.
        heights = [y for line in lines for _, y in line.points]
        near = abs(found.matched_change - found.estimate) < _WORDS_APART * (max(heights) - min(heights))
        at = found.matched_change
        marks.append(self._point(MATCHED, at, at, "stayed", "As those who stayed", spoken=not near))
        if self.tips and found.tipping_point is not None:
            marks += self._turn(found.tipping_point)
        if found.ci_low is not None and found.ci_high is not None:
            marks.append(self._interval(found.assumed_change, found.ci_low, found.ci_high))
        return [*marks, self._point(CHOSEN, found.assumed_change, found.estimate, "change", "As assumed")]

    def _turn(self, at: float) -> list[Mark]:
        """The tipping point; by site it also tells how many left, so that outside no line without a row may name it."""
        alone = self._outside and self._basis.site is not None
        point = self._point(TIPPING, at, 0.0, "left", "Tipping point", spoken=alone)
        if alone:
            return [point]
        place = self._written(at)
        words = f"tipping point {number(at, self._decimals, signed=True)}"
        return [Band(place, place, along="x", label=words, group=MATCHED_PRE), point]

    def _lines(self) -> list[Line]:
        places = np.linspace(*self.ends, _STEPS + 1)
        estimate, low, high = self._found.at(places)
        row = self._places[CHOSEN]
        found = [Line(self._points(places, estimate)[::_STEPS], "change", group=MATCHED_PRE, row=row)]
        if self.has_interval:
            found += [Line(self._points(places, limit), "aside", group=MATCHED_PRE, row=row) for limit in (low, high)]
        return found

    def _points(self, places: np.ndarray, values: np.ndarray) -> tuple[tuple[float, float], ...]:
        return tuple((float(x), self._written(float(y))) for x, y in zip(places, values, strict=True))

    def _written(self, value: float) -> float:
        return rounded(value, self._decimals) if self._outside else value

    def _point(self, name: str, at: float, value: float, kind: str, words: str, *, spoken: bool = True) -> Mark:
        text = number(at if name == TIPPING else value, self._decimals, signed=True) if spoken else ""
        left, all_of_them = (number(one, self._decimals, signed=True) for one in (at, value))
        label = f"{words}: those who left {left}, everyone {all_of_them}"
        across = at if name == CHOSEN else self._written(at)
        return Point(across, self._written(value), kind, label, text, MATCHED_PRE, row=self._places[name])

    def _interval(self, at: float, low: float, high: float) -> Mark:
        label = f"95 % interval {interval(low, high, self._decimals)}"
        ends = (self._written(low), self._written(high))
        return Interval(at, *ends, "change", label=label, group=MATCHED_PRE, row=self._places[CHOSEN])
