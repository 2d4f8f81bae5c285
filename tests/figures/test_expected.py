"""What a room expected is drawn where the result can be held against it, and hides nothing of the result."""

from __future__ import annotations

import pytest

from evalcore.figures.chart import Axis, Band, Chart, Interval, Panel, Point
from evalcore.figures.expected import KIND, with_expectation
from evalcore.telling import Expectation

ZERO = Band(0.0, 0.0, along="y", label="no change")
CHANGE = Chart(
    (
        Panel(Axis(""), Axis("Score"), (Point(0.0, 20.0, "pre"),)),
        Panel(Axis(""), Axis("Mean change"), (ZERO, Interval(0.0, -1.0, 3.0, "change"), Point(0.0, 1.0, "change"))),
    ),
    n="n = 7",
    how_to_read="",
)
NEEDS = Chart(
    (Panel(Axis("Share (%)"), Axis(""), (Point(30.0, 0.0, "caseload"), Point(50.0, 0.0, "pilot"))),),
    n="",
    how_to_read="",
)


def drawn(chart: Chart) -> list:
    return [mark for panel in chart.panels for mark in panel.marks if mark.kind == KIND]


def test_nothing_is_drawn_where_nobody_was_asked() -> None:
    assert with_expectation(CHANGE, None) is CHANGE


@pytest.mark.parametrize("chart", [CHANGE, NEEDS])
@pytest.mark.parametrize("direction", ["higher", "lower", "same", "unsure"])
def test_every_mark_of_the_result_stays(chart, direction) -> None:
    found = with_expectation(chart, Expectation(direction, 2.0))
    for before, after in zip(chart.panels, found.panels, strict=True):
        assert [mark for mark in after.marks if mark.kind != KIND] == list(before.marks)


def test_the_side_and_the_size_stand_on_the_axis_of_differences_alone() -> None:
    found = with_expectation(CHANGE, Expectation("higher", 2.0))
    assert found.panels[0] == CHANGE.panels[0]
    side, line = drawn(found)
    assert (side.low, side.along, side.high > 3.0) == (0.0, "y", True)
    assert (line.low, line.high, line.label) == (2.0, 2.0, "Would matter: +2")


def test_lower_is_drawn_below_zero() -> None:
    side, line = drawn(with_expectation(CHANGE, Expectation("lower", 2.5)))
    assert side.high == 0.0
    assert (line.low, line.label) == (-2.5, "Would matter: −2.5")


@pytest.mark.parametrize("direction", ["same", "unsure"])
def test_without_a_side_both_lines_are_drawn(direction) -> None:
    assert [mark.low for mark in drawn(with_expectation(CHANGE, Expectation(direction, 2.0)))] == [-2.0, 2.0]


def test_the_axis_has_room_for_what_would_matter() -> None:
    axis = with_expectation(CHANGE, Expectation("higher", 40.0)).panels[1].y
    assert axis.low is not None
    assert axis.high is not None
    assert axis.low < -1.0
    assert axis.high > 40.0


def test_beside_a_caseload_each_row_has_its_mark() -> None:
    assert [(mark.x, mark.y) for mark in drawn(with_expectation(NEEDS, Expectation("lower", 5.0)))] == [(25.0, 0.0)]
    assert drawn(with_expectation(NEEDS, Expectation("higher"))) == []
