"""When people answered: weeks from the start to the questionnaire before, and from before to after."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.figures.chart import Axis, Band, Bar, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.when.times import (
    BETWEEN,
    NOT_BETWEEN,
    NOT_STARTED,
    STARTED,
    Window,
    gaps_of,
    time_groups,
)
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.outcomes.timing import (
    BEFORE_TO_AFTER,
    DAYS_A_WEEK,
    START_TO_BEFORE,
    Gaps,
    Values,
    check_window,
    window_words,
    within,
)
from evalcore.wording import MISSING, count, number, rounded, upper_first

MOST_DOTS = 60
"""People up to whom each is drawn as a dot; above that bars of counts are."""
_DECIMALS = 1
_ROWS = {BEFORE_TO_AFTER: "From before to after", START_TO_BEFORE: "From the start to before"}
_KEYS = {BEFORE_TO_AFTER: (BETWEEN, NOT_BETWEEN), START_TO_BEFORE: (STARTED, NOT_STARTED)}
_STATISTICS = ("n", "unusable", "mean", "sd", "median", "q1", "q3", "min", "max")
_BINS = 30
_WIDTHS = (1, 2, 4, 8, 13, 26)
_STACK, _DOT, _BELOW = 1.2, 0.1, 0.4
_MEDIAN = "Median"
_CAUTION = (
    "Nobody chose by chance when to answer: a change after a long gap and one after a short gap are not changes of the"
    " same people."
)


def timing_finding(basis: Basis, window: Window | None = None) -> Finding:
    """Weeks between before and after of each pair, and from the start to before; who lacks a date is counted.

    Parameters
    ----------
    basis : Basis
    window : (float, float), optional
        Fewest and most weeks, as a person chose them: shaded in the chart, and the pairs outside counted and listed.
    """
    if window is not None:
        check_window(*window)
    found = gaps_of(basis)
    table = _table(found)
    title, sentence = _words(basis, found, window)
    outside_title, outside_sentence = _words_outside(basis, found)
    columns = _columns(list(table["gap"]))
    return Finding(
        id=basis.finding_id("timing"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, found, window),
        table=table,
        columns=columns,
        groups={**basis.groups, **time_groups(basis)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("weeks_between", "sd", "quartiles"),
        outside=OutsideForm(
            name="median and quartiles only",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_outside_chart(basis, found, window),
            rests_on=(BETWEEN,) if len(found.weeks) else (),
            columns=tuple(column for column in columns if column.kind != "extreme"),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=found.notes,
        topic=f"When they answered: {basis.topic}",
        people=_people(basis, found, window),
    )


def _words(basis: Basis, found: Gaps, window: Window | None) -> tuple[str, str]:
    name, who, weeks = basis.measure.short_name, basis.who, found.weeks
    pairs, unusable = len(basis.pairs.matched), len(basis.pairs.matched) - len(weeks)
    if not len(weeks):
        none = f"{name}, {who}: the time between before and after is not known"
        lack = f"Of {count(pairs, 'pair', 'pairs')} none has usable dates" if pairs else "Nobody answered twice"
        return none, f"{lack}, so no weeks between before and after can be given. {_start_words(found)}".strip()
    row = found.lines[BEFORE_TO_AFTER]
    median, low, high = (number(row[one], _DECIMALS) for one in ("median", "min", "max"))
    title = f"{name}, {who}: a median of {median} weeks between before and after"
    lay = f"{median} weeks lie between" if low == high else f"{low} to {high} weeks lie between, the median is {median}"
    known = f"Of {count(pairs, 'pair', 'pairs')} among the {who} with a {name} score both times"
    known += f", {len(weeks):,} {'has' if len(weeks) == 1 else 'have'} usable dates before and after"
    lacking = f"; {unusable:,} {'has' if unusable == 1 else 'have'} none" if unusable else ""
    return title, " ".join(
        filter(
            None,
            (f"{known}{lacking}.", f"{upper_first(lay)}.", _window_words(basis, found, window), _start_words(found)),
        )
    )


def _window_words(basis: Basis, found: Gaps, window: Window | None) -> str:
    if window is None:
        return ""
    n, what = len(found.weeks), window_words(*window)
    outside = n - len(within(basis.pairs, found, *window).matched)
    if not outside:
        return f"No pair lies outside {what}."
    return f"{outside:,} of these {n:,} {'lies' if outside == 1 else 'lie'} outside {what}."


def _start_words(found: Gaps) -> str:
    row = found.lines[START_TO_BEFORE]
    n, median = int(row["n"]), number(row["median"], _DECIMALS)
    return f"From the start to the questionnaire before the median is {median} weeks (n = {n:,})." if n else ""


def _words_outside(basis: Basis, found: Gaps) -> tuple[str, str]:
    name, who, n = basis.measure.short_name, basis.who, len(found.weeks)
    if not n:
        title, _ = _words(basis, found, None)
        return title, f"{title}."
    mean = number(found.lines[BEFORE_TO_AFTER]["mean"], _DECIMALS)
    title = f"{name}, {who}: {mean} weeks between before and after on average"
    return title, f"Between the {name} questionnaires before and after lay {mean} weeks on average (n = {n:,})."


def _table(found: Gaps) -> pd.DataFrame:
    """One row for each time that is known of anybody; that between before and after always."""
    kept = [key for key in _ROWS if key == BEFORE_TO_AFTER or found.lines[key]["n"]]
    table = found.described.loc[kept, list(_STATISTICS)].reset_index(drop=True)
    table.insert(0, "gap", [_ROWS[key] for key in kept])
    return table


def _columns(rows: list[str]) -> tuple[Column, ...]:
    keys = [pair for key, pair in _KEYS.items() if _ROWS[key] in rows]
    known, unknown = tuple((one,) for one, _ in keys), tuple((one,) for _, one in keys)
    return (
        Column("gap", "Time", "label"),
        Column("n", "People", "fieldwork", groups=known),
        Column("unusable", "Without usable dates", "fieldwork", groups=unknown),
        Column("mean", "Mean (weeks)", "mean", _DECIMALS, known),
        Column("sd", "SD", "sd", _DECIMALS, known),
        Column("median", "Median", "quartile", _DECIMALS, known),
        Column("q1", "Lower quartile", "quartile", _DECIMALS, known),
        Column("q3", "Upper quartile", "quartile", _DECIMALS, known),
        Column("min", "Shortest", "extreme", _DECIMALS, known),
        Column("max", "Longest", "extreme", _DECIMALS, known),
    )


def _people(basis: Basis, found: Gaps, window: Window | None) -> pd.DataFrame:
    """Pairs to look at, by identifier: without usable dates, and outside the window."""
    matched = found.people[found.people[RESPONDENT_ID].isin(basis.pairs.matched.index)]
    inside = set(within(basis.pairs, found, *window).matched.index) if window else set(matched[RESPONDENT_ID])
    rows = []
    for line in matched.to_dict("records"):
        before, after, days = line["completed_pre"], line["completed_post"], float(line["pre_to_post_days"])
        why = _why(before, after, days, inside=line[RESPONDENT_ID] in inside, window=window)
        if why:
            weeks = number(days / DAYS_A_WEEK, _DECIMALS)
            rows.append((str(line[RESPONDENT_ID]), _written(before), _written(after), weeks, why))
    return pd.DataFrame(rows, columns=["Person", "Before", "After", "Weeks between", "Why"], dtype="str")


def _why(before: pd.Timestamp, after: pd.Timestamp, days: float, *, inside: bool, window: Window | None) -> str:
    if math.isnan(days):
        missing = [when for when, date in (("before", before), ("after", after)) if pd.isna(date)]
        return f"no date {' or '.join(missing)}"
    if days < 0:
        return "the dates are the wrong way round"
    return "" if inside or window is None else f"outside {window_words(*window)}"


def _written(date: pd.Timestamp) -> str:
    return MISSING if pd.isna(date) else f"{date:%Y-%m-%d}"


def _chart(basis: Basis, found: Gaps, window: Window | None) -> Chart | None:
    """One dot a person (bars of counts for many), the median with the quartiles below; None where no time is known."""
    weeks = np.sort(found.weeks.to_numpy(dtype=float))
    if not len(weeks):
        return None
    low, high = _limits(weeks, window)
    dots = len(weeks) <= MOST_DOTS
    people: list[Point | Bar] = [*_dots(weeks, low, high)] if dots else [*_bars(weeks)]
    top = max(mark.y if isinstance(mark, Point) else mark.end for mark in people)
    marks = (*_bands(window), *people, *_middle(found, row=0))
    each = "Each small dot is one person" if dots else "Each bar counts the people with so many weeks"
    return Chart(
        panels=(Panel(x=_axis(low, high), y=_rows("Each person" if dots else "People", top), marks=marks),),
        n=_n(basis, len(weeks)),
        how_to_read=f"{each}. {_reading(window)}",
        height=round(60 + 35 * top),
    )


def _outside_chart(basis: Basis, found: Gaps, window: Window | None) -> Chart | None:
    """The median with the quartiles; the axis is fitted to these alone, so that no end of it tells of one person."""
    if not len(found.weeks):
        return None
    panel = Panel(
        x=_axis(None, None),
        y=Axis("", ticks=((-_BELOW, _MEDIAN),)),
        marks=(*_bands(window), *_middle(found, row=0, exact=False)),
    )
    return Chart(panels=(panel,), n=_n(basis, len(found.weeks)), how_to_read=_reading(window), height=60)


def _n(basis: Basis, n: int) -> str:
    return f"{basis.topic}: n = {count(n, 'pair', 'pairs')}"


def _reading(window: Window | None) -> str:
    shade = f" The shaded band is the window that was chosen: {window_words(*window)}." if window else ""
    return f"The large mark is the median; the bar through it runs from the lower to the upper quartile.{shade}"


def _axis(low: float | None, high: float | None) -> Axis:
    return Axis("Weeks between before and after", low=low, high=high)


def _rows(people: str, top: float) -> Axis:
    """The people with their marks up to `top`, and the median below them."""
    return Axis("", low=-2 * _BELOW, high=top + 0.15, ticks=((0.0, people), (-_BELOW, _MEDIAN)))


def _limits(weeks: Values, window: Window | None) -> tuple[float, float]:
    """Whole weeks around everyone, and around the window: a few weeks more or less are to be seen."""
    ends = [float(weeks[0]), float(weeks[-1]), *(window or ())]
    return math.floor(min(ends)) - 1.0, math.ceil(max(ends)) + 1.0


def _bands(window: Window | None) -> tuple[Mark, ...]:
    return (Band(*window, along="x", label=f"chosen: {window_words(*window)}"),) if window else ()


def _dots(weeks: Values, low: float, high: float) -> Iterator[Point]:
    """One dot a person, those with nearly the same weeks on top of each other."""
    places = np.floor((weeks - low) / (high - low) * 2 * _BINS + 1e-9)
    step = min(_DOT, _STACK / int(np.unique(places, return_counts=True)[1].max()))
    stacked: dict[float, int] = {}
    for place, value in zip(places.tolist(), weeks.tolist(), strict=True):
        level = stacked.get(place, 0)
        stacked[place] = level + 1
        label = f"{number(value, _DECIMALS)} weeks"
        yield Point(value, level * step, "person", label=label, group=BETWEEN, individual=True)


def _bars(weeks: Values) -> Iterator[Bar]:
    """Counts of people by whole weeks, in about thirty bars at most; a bar of a few people tells as a dot does."""
    span = float(weeks[-1] - weeks[0])
    width = next((one for one in _WIDTHS if span / one <= _BINS), math.ceil(span / _BINS))
    first = math.floor(weeks[0] / width) * width
    bins = np.floor((weeks - first) / width + 1e-9).astype(int)
    tallest = int(np.bincount(bins).max())
    for place, n in enumerate(np.bincount(bins).tolist()):
        if n:
            start = first + place * width
            label = f"{start} to below {start + width} weeks: {count(n, 'person', 'people')}"
            middle, top = start + width / 2, _STACK * n / tallest
            yield Bar(middle, 0.0, top, "person", "y", label, group=BETWEEN, individual=True, width=0.9 * width)


def _middle(found: Gaps, *, row: int, exact: bool = True) -> Iterator[Mark]:
    """The median, and the quartiles where they differ; rounded as the words are where it leaves."""
    line = found.lines[BEFORE_TO_AFTER]
    median, low, high = (line[name] for name in ("median", "q1", "q3"))
    text = f"median {number(median, _DECIMALS)}"
    if not exact:
        median, low, high = (rounded(value, _DECIMALS) for value in (median, low, high))
    if low < high:
        label = f"quartiles {number(low, _DECIMALS)} and {number(high, _DECIMALS)}"
        yield Interval(-_BELOW, low, high, "pilot", along="x", label=label, group=BETWEEN, row=row)
    yield Point(median, -_BELOW, "pilot", label=f"{text} weeks", text=text, group=BETWEEN, row=row)
