"""Whether the changes are shaped as the t test supposes: a picture, with the test of it as a footnote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import MATCHED_PRE, POST, PRE
from evalcore.figures.chart import Axis, Band, Bar, Chart, Line, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.summary import change_rests_on
from evalcore.methods import definition
from evalcore.outcomes.normal_quantiles import NormalQuantiles, normal_quantiles
from evalcore.wording import count, number, p_value

Values = npt.NDArray[np.float64]

_MOST_DOTS = 120
"""Up to so many people each is a dot; beyond, bars count them."""

_BINS = 30
_WIDTHS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Of a bar, in the unit of the scores: the first that needs no more than `_BINS` bars."""

_CAUTION = (
    "With few pairs dots wander from the line even where the changes are normal, and a test finds nothing: it can not"
    " show that they are."
)


def normality_finding(basis: Basis) -> Finding:
    """Left the changes, right their normal Q-Q plot with its line; the Shapiro-Wilk test stands in a note."""
    matched = basis.pairs.matched
    # Rounded: tenths subtracted as binary fractions are not quite equal, and equal changes stand on top of each other.
    changes = np.sort(np.round((matched[POST] - matched[PRE]).to_numpy(dtype=float), 10))
    found = normal_quantiles(changes)
    title, sentence = _words(basis, changes, found)
    return Finding(
        id=basis.finding_id("normality"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, changes, found),
        table=_table(basis),
        columns=_columns(),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("change", "qq_plot", "shapiro", "sd"),
        outside=OutsideForm(
            name="no picture, since each mark is one person",
            title=f"{basis.topic}: how the changes are shaped",
            sentence="The picture shows single people and stays here; the table holds what may leave.",
            caution=_CAUTION,
            chart=None,
            rests_on=change_rests_on(basis),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=(_footnote(basis),),
        topic=f"Shape of the changes: {basis.topic}",
    )


def _words(basis: Basis, changes: Values, found: NormalQuantiles | None) -> tuple[str, str]:
    n, who = len(changes), basis.topic
    if found is None:
        title = f"{who}: too few different changes to see their shape"
        why = "all changes are equal" if n > 1 and changes[0] == changes[-1] else "three pairs are needed"
        return title, f"There {'is' if n == 1 else 'are'} {count(n, 'pair', 'pairs')}: {why}."
    middle, off = float(np.median(changes)), _farthest(found)
    decimals, unit = basis.decimals, basis.measure.unit
    sentence = (
        f"The {n:,} changes lie between {number(float(changes[0]), decimals, signed=True)} and"
        f" {number(float(changes[-1]), decimals, signed=True)} {unit}, their median is"
        f" {number(middle, decimals, signed=True)}. The one farthest from the line lies {number(off, decimals)} {unit}"
        " from it."
    )
    return f"{who}: {n:,} changes, each beside where a normal distribution would put it", sentence


def _farthest(found: NormalQuantiles) -> float:
    return float(np.abs(found.values - found.intercept - found.slope * found.quantiles).max())


def _footnote(basis: Basis) -> str:
    change = basis.change
    if change.shapiro_p is not None:
        return f"Shapiro-Wilk test of the changes: {p_value(change.shapiro_p)} (n = {change.n_pairs:,} pairs)."
    reasons = [note for note in change.notes if "Shapiro" in note or "normality" in note]
    return reasons[0] if reasons else "No Shapiro-Wilk test: it needs three pairs."


def _table(basis: Basis) -> pd.DataFrame:
    change = basis.change
    cells = np.array([change.mean_change, change.sd_change, change.shapiro_p], dtype=float)
    names = ("mean_change", "sd_change", "p_shapiro")
    return pd.DataFrame(
        {"what": ["Changes"], "n": [change.n_pairs], **{name: [cell] for name, cell in zip(names, cells, strict=True)}}
    )


def _columns() -> tuple[Column, ...]:
    groups = ((MATCHED_PRE,),)
    return (
        Column("what", "What", "label"),
        Column("n", "Pairs", "fieldwork", groups=groups),
        Column("mean_change", "Mean change", "mean", 2, groups),
        Column("sd_change", "SD of the changes", "sd", 2, groups),
        Column("p_shapiro", "Shapiro-Wilk p", "test", 3, groups),
    )


def _chart(basis: Basis, changes: Values, found: NormalQuantiles | None) -> Chart | None:
    """None below three pairs or where all changes are equal. Both panels have the change on the same upright axis."""
    if found is None:
        return None
    dots = len(changes) <= _MOST_DOTS
    people: list[Point | Bar] = [*(_dots(basis, changes) if dots else _bars(changes))]
    points = tuple(_quantile_marks(basis, found))
    upright = _axis(
        basis, [*changes.tolist(), *(y for mark in points if isinstance(mark, Line) for _, y in mark.points)]
    )
    left = Panel(
        x=Axis(
            "",
            low=-0.6,
            high=max(mark.x if isinstance(mark, Point) else mark.end for mark in people) + 0.6,
            visible=False,
        ),
        y=upright,
        marks=(Band(0.0, 0.0, label="no change"), *people),
        title="Each person" if dots else "People",
    )
    right = Panel(
        x=Axis("Expected of a normal distribution (SDs)"),
        y=upright,
        marks=points,
        title="Normal Q-Q",
        share=1.4,
    )
    each = "each dot is one person's change" if dots else "each bar counts the people with such a change"
    return Chart(
        panels=(left, right),
        n=f"{basis.topic}: n = {count(len(changes), 'matched pair', 'matched pairs')}",
        how_to_read=(
            f"On the left {each}. On the right the same changes in order, against where a normal distribution would put"
            " them: near the line they are shaped as it is. A bend says that they lean to one side, a dot far off that"
            " one person changed much more than the others."
        ),
        height=130,
    )


def _dots(basis: Basis, changes: Values) -> Iterator[Point]:
    """Equal changes stand beside each other."""
    before: dict[float, int] = {}
    for change in changes.tolist():
        place = before.get(change, 0)
        before[change] = place + 1
        label = f"{number(change, basis.measure.decimals, signed=True)} {basis.measure.unit}"
        yield Point(float(place), change, "person", label=label, group=MATCHED_PRE, individual=True)


def _bars(changes: Values) -> Iterator[Bar]:
    """Counts of people with nearly the same change; a bar of a few people tells as a dot does."""
    span = float(changes[-1] - changes[0])
    width = next((one for one in _WIDTHS if span / one < _BINS), span / _BINS)
    places, counts = np.unique(np.floor(changes / width + 0.5), return_counts=True)
    for place, n in zip(places.tolist(), counts.tolist(), strict=True):
        middle = place * width
        label = f"about {number(middle, 1, signed=True)}: {count(n, 'person', 'people')}"
        length = 10 * n / int(counts.max())
        yield Bar(middle, 0.0, length, "person", "x", label, group=MATCHED_PRE, individual=True, width=0.9 * width)


def _axis(basis: Basis, values: Sequence[float]) -> Axis:
    """One upright axis for both panels, around every change and the line."""
    low, high = min(values), max(values)
    room = 0.07 * (high - low)
    return Axis(f"Change ({basis.measure.unit})", low=low - room, high=high + room)


def _quantile_marks(basis: Basis, found: NormalQuantiles) -> Iterator[Mark]:
    """The line first, so that the dots lie on it; it tells the quartiles, and so does not leave either."""
    ends = [float(found.quantiles[0]), float(found.quantiles[-1])]
    points = tuple((at, found.intercept + found.slope * at) for at in ends)
    yield Line(points, "reference", label="through both quartiles", group=MATCHED_PRE)
    for at, value in zip(found.quantiles.tolist(), found.values.tolist(), strict=True):
        label = f"{number(value, basis.measure.decimals, signed=True)} {basis.measure.unit}"
        yield Point(at, value, "person", label=label, group=MATCHED_PRE, individual=True)
