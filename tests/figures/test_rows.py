"""Rows that panels share stand at the same height, with a name for each, also where a row may not leave."""

from __future__ import annotations

from typing import Any

import pytest

from evalcore.figures.chart import Axis, Chart, Panel, Point
from evalcore.figures.picture import draw


def panel(rows: dict[float, str], *, visible: bool = True, x: str = "Share (%)", scores: float = 20) -> Panel:
    marks = tuple(Point(scores + at, at + 0.1, "pilot", text=name) for at, name in rows.items())
    return Panel(Axis(x), Axis("", ticks=tuple(rows.items()), visible=visible), marks, title="Need")


def heights(figure: Any) -> list[float]:
    """Where on the page the first dot of each panel stands."""
    return [found.transData.transform(found.lines[0].get_xydata())[0][1] for found in figure.axes]


def test_a_row_stands_at_one_height_in_all_panels() -> None:
    men, women = {3.0: "Alcohol", 2.0: "Drugs"}, {3.0: "Alcohol", 0.0: "Attitudes"}
    figure = draw(Chart((panel(men), panel(women, visible=False)), "n = 27", ""))
    first, second = heights(figure)
    assert first == pytest.approx(second)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()


def test_a_row_of_the_second_panel_only_has_a_name_too() -> None:
    men, women = {3.0: "Alcohol"}, {3.0: "Alcohol", 0.0: "Attitudes"}
    figure = draw(Chart((panel(men), panel(women, visible=False)), "n = 27", ""))
    names = [text for text in figure.texts if text.get_text() == "Attitudes" and text.get_ha() == "right"]
    (dot,) = (name.get_position()[1] * figure.bbox.height for name in names)
    place = figure.axes[1].transData.transform((20, 0.0))[1]
    assert dot == pytest.approx(place, abs=6)


def test_rows_with_other_names_keep_their_own() -> None:
    one, other = {1.0: "Men", 0.0: "Women"}, {1.0: "Leeds", 0.0: "York"}
    figure = draw(Chart((panel(one), panel(other, visible=False)), "n = 27", ""))
    right = [text.get_text() for text in figure.texts if text.get_ha() == "right"]
    assert right == ["Men", "Women", "Leeds", "York"]


def test_the_same_measure_side_by_side_has_one_scale_and_another_measure_its_own() -> None:
    rows = {1.0: "Men", 0.0: "Women"}
    same = draw(Chart((panel(rows), panel(rows, visible=False, scores=70)), "", ""))
    other = draw(Chart((panel(rows), panel(rows, visible=False, scores=70, x="Change (points)")), "", ""))
    assert same.axes[0].get_xlim() == same.axes[1].get_xlim()
    assert other.axes[0].get_xlim() != other.axes[1].get_xlim()
    low, high = same.axes[0].get_xlim()
    assert low < 20 < 71 < high


def test_panels_with_numbers_or_with_names_of_their_own_are_left_alone() -> None:
    rows = {1.0: "Men", 0.0: "Women"}
    own = draw(Chart((panel(rows), panel({7.0: "All"})), "", ""))
    assert own.axes[0].get_ylim() != own.axes[1].get_ylim()
    plain = Panel(Axis("x"), Axis("y"), (Point(1, 90, "pre"),))
    mixed = draw(Chart((plain, panel(rows, visible=False)), "", ""))
    assert mixed.axes[0].get_ylim() != mixed.axes[1].get_ylim()
