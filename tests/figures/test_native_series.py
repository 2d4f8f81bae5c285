"""The marks of a panel as series, axes that count from a round number, and bars as a bar chart."""

from __future__ import annotations

import math

import pytest

from evalcore.figures.chart import Axis, Band, Bar, Chart, Interval, Line, Mark, Panel, Point, Ribbon
from evalcore.figures.native_axes import Scale, counted, scale
from evalcore.figures.native_bars import bars_of
from evalcore.figures.native_drawing import drawing
from evalcore.figures.native_layout import legend_lines
from evalcore.figures.native_panels import pieces
from evalcore.figures.native_series import EDGES, INTERVALS, KEY, POINTS, band_series, series_of
from evalcore.figures.native_text import Type, plain, unread
from tests.figures.examples import EXAMPLES, answers

NAN = math.nan


def panel(*marks: Mark, rows: tuple[str, ...] = ("a row", "another")) -> Panel:
    return Panel(Axis("People"), Axis("", ticks=tuple((float(at), name) for at, name in enumerate(rows))), marks)


def test_what_has_a_missing_number_is_left_out() -> None:
    marks = (
        Point(NAN, 0, "pre"),
        Point(1, NAN, "pre"),
        Interval(0, NAN, 2, "pre", "x"),
        Interval(0, 1, math.inf, "pre", "x"),
        Bar(0, NAN, 3, "pre"),
        Line(((0, NAN),), "pre"),
        Ribbon(((0, NAN, 1),), "pre"),
        Band(NAN, 1, "x"),
    )
    found = series_of(panel(*marks), {})
    assert not [value for one in found for value in (*one.xs, *one.ys)]
    assert not list(band_series(panel(*marks), (0, 1), (0, 1)))


def test_lines_of_one_kind_are_one_series_with_gaps() -> None:
    marks = (Line(((0, 1), (1, NAN), (2, 3)), "person"), Line(((0, 5), (1, 6)), "person"))
    (one,) = series_of(panel(*marks), {})
    assert one.xs == (0, None, 2, None, 0, 1)
    assert one.ys == (1, None, 3, None, 5, 6)


def test_dots_and_intervals_of_a_kind_are_one_series_each_along_one_axis() -> None:
    marks = (Interval(0, 1, 4, "pre", "x"), Point(2, 0, "pre", text="2"), Interval(0.5, 0, 1, "pre"))
    found = series_of(panel(*marks), {"pre": "Before"})
    assert [(one.name, one.form, one.along, one.xs, one.ys) for one in found] == [
        ("Before, interval", INTERVALS, "x", (1, 4), (0, 0)),
        ("Before, interval", INTERVALS, "y", (0.5, 0.5), (0, 1)),
        ("Before", POINTS, "", (2,), (0,)),
    ]


def test_a_band_has_two_edges_and_a_line_one_and_neither_leaves_the_panel() -> None:
    marks = (Band(1, 2, "x", label="± 1 SD"), Band(3, 3, "y"), Band(9, 9, "x"))
    found = list(band_series(panel(*marks), (0, 4), (0, 5)))
    assert [(one.name, one.xs, one.ys, one.shared, one.form) for one in found] == [
        ("± 1 SD", (1, 1), (0, 5), True, EDGES),
        ("± 1 SD", (2, 2), (0, 5), True, EDGES),
        ("reference", (0, 4), (3, 3), False, EDGES),
    ]


@pytest.mark.parametrize(
    ("axis", "limits", "marks", "expected"),
    [
        (Axis("%", -4, 104), (-4, 104), (0, 100), (0, 100, 20)),
        (Axis("GSE", 10, 40), (10, 40), (28,), (10, 40, 5)),
        (Axis("SWEMWBS", 7, 35), (7, 35), (20,), (7, 35, 7)),
        (Axis("r", -0.3, 1.15), (-0.3, 1.15), (-0.15, 0.6), (-0.25, 1.25, 0.25)),
        (Axis("Mean", 18.525, 40), (18.525, 40), (27,), (15, 40, 5)),
        (Axis("Mean"), (3, 3), (3,), (2, 4, 0.5)),
    ],
)
def test_the_ends_of_an_axis_are_multiples_of_its_step(
    axis: Axis, limits: tuple[float, float], marks: tuple[float, ...], expected: tuple[float, float, float]
) -> None:
    found = scale(axis, limits, marks, 6)
    assert (found.low, found.high, found.unit) == expected
    assert found.low <= min(marks)
    assert found.high >= max(marks)


def test_named_positions_keep_their_limits_and_people_on_both_sides_have_no_sign() -> None:
    assert scale(Axis("", ticks=((0, "a"),)), (-0.6, 1.6), (), 6) == Scale(-0.6, 1.6)
    ticks = ((-5.0, "5"), (0.0, "0"), (5.0, "5"))
    assert counted(Axis("People", ticks=ticks), (-7.5, 6.5)) == Scale(-10, 10, 5, "#,##0;#,##0")
    assert counted(Axis("Change", ticks=((-5.0, "−5"), (0.0, "0"))), (-5, 1)).number_format == "General"


@pytest.mark.parametrize("steps", [4, 5, 7])
def test_answers_are_piled_from_zero_outwards_and_lose_nobody(steps: int) -> None:
    chart = answers(steps)
    found = bars_of(chart.panels[0], dict(chart.legend))
    assert found is not None
    assert found.piled
    assert found.categories[0] == "optimistic"
    for row, at in enumerate(range(9, -1, -1)):
        people = sum(bar.end - bar.start for bar in chart.panels[0].marks if isinstance(bar, Bar) and bar.at == at)
        assert sum(abs(one.values[row] or 0) for one in found.series) == people
        low = min(bar.start for bar in chart.panels[0].marks if isinstance(bar, Bar) and bar.at == at)
        assert sum(one.values[row] or 0 for one in found.series if one.side < 0) == low
    below = [one.kind for one in found.series if one.side < 0]
    order = [kind for kind, _ in chart.legend]
    assert below == sorted(below, key=order.index, reverse=True)


def test_bars_side_by_side_stand_in_the_order_of_their_places() -> None:
    found = bars_of(EXAMPLES["number-of-needs"]().panels[0], {})
    assert found is not None
    assert [one.kind for one in found.series] == ["pilot", "caseload"]
    assert (found.piled, found.lying, found.gap) == (False, False, 50)
    rows = panel(Bar(0.2, 0, 3, "pilot", width=0.4), Bar(-0.2, 0, 2, "caseload", width=0.4))
    lying = bars_of(rows, {})
    assert lying is not None
    assert [one.kind for one in lying.series] == ["pilot", "caseload"]
    assert lying.series[0].values == (None, 3)


@pytest.mark.parametrize(
    "marks",
    [
        (Bar(0, 0, 3, "pilot"), Line(((2, -0.3), (2, 0.3)), "reference")),
        (Bar(0, 1, 3, "pilot"),),
        (Bar(0, 0, 3, "pilot"), Bar(1, 0, 3, "pilot", "y")),
        (Bar(0.7, 0, 3, "pilot"), Bar(5, 0, 1, "pilot")),
        (Bar(0, 0, 3, "pilot"), Band(2, 2, "x")),
        (Point(1, 1, "pilot"),),
    ],
)
def test_other_bars_are_no_bar_chart(marks: tuple[Mark, ...]) -> None:
    assert bars_of(panel(*marks), {}) is None


def test_the_legend_has_entries_of_its_own_where_a_kind_has_a_line() -> None:
    dots = (Point(1, 0, "pilot"), Point(2, 0, "caseload"))
    legend = (("caseload", "Caseload"), ("pilot", "Pilot"))
    for marks, own in ((dots, False), ((*dots, Line(((0, 0), (1, 1)), "pilot")), True), (dots[:1], True)):
        chart = Chart((panel(*marks),), "", "", legend)
        (piece,) = pieces(chart, 500, 200, Type(14))
        found = drawing(chart, piece).series
        assert [one.name for one in found if one.form == KEY] == (["Caseload", "Pilot"] if own else [])
        assert [one.kind for one in found if one.form == POINTS] == ["caseload", "pilot"][2 - len(marks[:2]) :]


def test_panels_share_their_rows_and_each_kind_is_explained_once() -> None:
    first = panel(Point(1, 0, "pre"), rows=("one", "two"))
    second = Panel(
        Axis("Change"), Axis("", ticks=((0.0, "one"), (2.0, "three")), visible=False), (Point(1, 2, "change"),)
    )
    chart = Chart((first, second), "", "", (("pre", "Before"), ("change", "Change"), ("post", "After")))
    left, right = pieces(chart, 800, 300, Type(14))
    assert (left.place.y, left.place.top, left.place.bottom) == (right.place.y, right.place.top, right.place.bottom)
    assert [name for _, (name,) in left.place.names] == ["one", "two", "three"]
    assert right.place.names == ()
    assert (left.keys, right.keys) == (("pre", "post"), ("change",))


def test_type_gets_smaller_for_many_rows_and_never_smaller_than_twelve_points() -> None:
    many = panel(*(Point(1, float(at), "pre") for at in range(40)), rows=tuple(f"row {at}" for at in range(40)))
    for rows, size in ((panel(Point(1, 0, "pre")), 19.0), (many, 12.0)):
        (piece,) = pieces(Chart((rows,), "", ""), 800, 300, Type(20))
        assert piece.place.type.small == size


def test_words_that_a_file_may_not_hold_or_that_look_like_a_cell() -> None:
    assert plain("a\x00b\ud800c\ufffe\n") == "abc\n"
    for words in ("Leeds!A1", "=Sheet1!$A$1", "=x!A1:B2"):
        assert unread(words).replace("\u2060", "") == words
        assert "\u2060" in unread(words)
    assert unread("=1+1") == "=1+1"
    assert legend_lines((), 100, Type(14)) == 0
