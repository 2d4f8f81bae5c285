"""The chart of a finding as it may leave: marks dropped with the groups and the rows of the table that they draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evalcore.disclosure.cells import Cell
from evalcore.disclosure.policy import HIDDEN, ROUNDING, DisclosurePolicy, Ground
from evalcore.disclosure.standing import Standing, is_measured
from evalcore.figures.chart import Axis, Band, Bar, Box, Chart, Interval, Line, Mark, Panel, Ribbon
from evalcore.findings.finding import Finding

_NO_SUCH_ROW = Ground("(b) secondary", "it draws or tells a row that is not in the table")
_TOO_EXACT = Ground(ROUNDING, "its marks and words are more exact than this policy allows; see the table")

_BESIDE = 0.5
"""How far from a named position a mark may stand and still be one of it: half the way to the next."""


@dataclass(frozen=True)
class Look:
    """A finding whose words and chart are looked at, and what of its table is hidden: the ground by row."""

    finding: Finding
    standing: Standing
    policy: DisclosurePolicy
    rows: Mapping[int, Ground]

    def of_row(self, row: int) -> Ground | None:
        """Why what draws or tells a row of the table is hidden; None where it may be shown."""
        return self.rows.get(row) if 0 <= row < len(self.finding.table) else _NO_SUCH_ROW

    def of_group(self, key: str) -> Ground | None:
        """Why what rests on a group is hidden; None where it may be shown."""
        return self.standing.of_figure(self.finding, key, self.policy)


def rows_hidden(cells: Mapping[Cell, Ground]) -> dict[int, Ground]:
    """Rows with a hidden cell; one that is hidden for rounding alone does not count."""
    found: dict[int, Ground] = {}
    for (row, _), ground in cells.items():
        if ground.rule != ROUNDING:
            found.setdefault(row, ground)
    return found


def finer_than_allowed(finding: Finding, policy: DisclosurePolicy) -> bool:
    """Outside forms are written for the default threshold; a stricter policy must not show their finer figures."""
    default = DisclosurePolicy().one_decimal_below
    measured = [group for group in finding.groups.values() if is_measured(group.measure)]
    return any(default <= group.n < policy.one_decimal_below for group in measured)


def chart_outside(look: Look) -> tuple[Chart | None, tuple[Ground, ...]]:
    """The outside chart with the marks that may leave, None where none is left; and why it is not whole."""
    finding, chart = look.finding, look.finding.outside.chart
    if chart is None:
        return None, ()
    if look.policy.rounding or finer_than_allowed(finding, look.policy):
        return None, (_TOO_EXACT,)
    panels, dropped = [], None
    for panel in chart.panels:
        kept, ground = _marks(panel, look)
        dropped = dropped or ground
        if any(not isinstance(mark, Band) or mark.group for mark in kept):
            panels.append(_without_names(replace(panel, marks=kept), panel))
    form = Ground("(g) outside form", f"outside it shows {finding.outside.name}") if finding.outside.name else None
    grounds = tuple(ground for ground in (form, dropped) if ground is not None)
    if not panels:
        return None, grounds
    n = f"{finding.topic}: see the table" if finding.by_site and dropped is not None else chart.n
    left = {mark.kind for panel in panels for mark in panel.marks}
    # Answers stand as one scale: a code that nobody may be shown with is still one of it.
    legend = tuple(entry for entry in chart.legend if entry[0] in left or entry[0].startswith("answer"))
    return replace(chart, panels=tuple(panels), n=n, legend=legend), grounds


def _marks(panel: Panel, look: Look) -> tuple[tuple[Mark, ...], Ground | None]:
    """The marks of a panel that may leave, and the ground of the first that may not."""
    kept: list[Mark] = []
    found: Ground | None = None
    for mark in panel.marks:
        ground = _ground_of_mark(mark, look)
        if ground is None:
            kept.append(mark)
        elif isinstance(mark, Box) and not mark.individual:
            kept.append(replace(mark, lines=(mark.lines[0], HIDDEN)))
        found = found or ground
    return tuple(kept), found


def _ground_of_mark(mark: Mark, look: Look) -> Ground | None:
    if mark.individual:
        return Ground("(e) individual marks", "single people's marks never leave")
    ground = look.of_group(mark.group) if mark.group else None
    row: int | None = getattr(mark, "row", None)
    return ground if ground is not None or row is None else look.of_row(row)


def _without_names(panel: Panel, before: Panel) -> Panel:
    """Named positions at which nothing is left are taken from the axes, and so are ends that the gone marks set."""
    if len(panel.marks) == len(before.marks):
        return panel
    gone = [mark for mark in before.marks if mark not in panel.marks]
    return replace(panel, x=_fitted(panel.x, gone, panel.marks, "x"), y=_fitted(panel.y, gone, panel.marks, "y"))


def _fitted(axis: Axis, gone: Iterable[Mark], left: Sequence[Mark], along: str) -> Axis:
    """The axis of the marks that are left: how far it was made to reach would tell of the longest bar of all."""
    were, are = ([at for mark in marks for at in _places(mark, along)] for marks in (gone, left))
    # marks of several kinds stand side by side at one name; an empty name would read as a count of nobody
    empty = {at for at, _ in axis.ticks if _near(at, were) and not _near(at, are)}
    reach = [0.0, *(end for mark in left for end in _ends(mark, along))]
    ticks = [at for at in axis.ticks if at[0] not in empty and min(reach) <= at[0] <= max(reach)]
    both = axis.low is not None and axis.high is not None
    return replace(axis, ticks=tuple(ticks), low=None if both else axis.low, high=None if both else axis.high)


def _near(at: float, places: Iterable[float]) -> bool:
    return any(abs(at - place) < _BESIDE for place in places)


def _ends(mark: Mark, along: str) -> tuple[float, ...]:
    """How far a mark reaches on one axis."""
    if isinstance(mark, Interval) and mark.along == along:
        return mark.low, mark.high
    if isinstance(mark, Bar) and mark.along == along:
        return mark.start, mark.end
    if isinstance(mark, Ribbon) and along == "y":
        return tuple(end for _, low, high in mark.points for end in (low, high) if math.isfinite(end))
    return tuple(_places(mark, along))


def _places(mark: Mark, along: str) -> set[float]:
    """Where a mark stands on one axis; nowhere on the axis along which it runs."""
    if isinstance(mark, Line):
        return {point["xy".index(along)] for point in mark.points}
    if isinstance(mark, Ribbon):
        return {x for x, _, _ in mark.points} if along == "x" else set()
    if isinstance(mark, Interval | Bar):
        return set() if mark.along == along else {mark.at}
    place = getattr(mark, along, None)
    return set() if place is None else {place}
