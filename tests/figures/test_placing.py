"""Words stand where they hide no mark, no other words, and do not run out of a narrow picture."""

from __future__ import annotations

import math
from typing import Any

import pytest

from evalcore.figures import theme
from evalcore.figures.chart import Axis, Band, Chart, Interval, Line, Mark, Panel, Point
from evalcore.figures.placing import FREE, beside_rows, on_bands
from evalcore.figures.plotly_axes import Frame, frame
from evalcore.figures.plotly_drawer import draw
from evalcore.figures.words import CHARACTER
from tests.figures.examples import EXAMPLES

HERE = Frame((0, 100), (-1, 1), 300, 200)  # 3 pixels a unit across, 100 upward
ROWS = Axis("", ticks=((0.0, "a row"),))


def placed(*marks: Mark, y: Axis = ROWS) -> dict[str, dict[str, Any]]:
    """Where the words of each dot stand, by the words."""
    return {place["text"]: place for place in beside_rows(Panel(Axis("Score"), y, marks), HERE)}


def layout(*marks: Mark, title: str = "", x: Axis | None = None, y: Axis | None = None) -> dict[str, Any]:
    panel = Panel(x or Axis("Score", 7, 35), y or ROWS, marks, title=title)
    found: dict[str, Any] = draw(Chart((panel,), n="n = 9", how_to_read="")).to_dict()["layout"]
    return found


def test_words_stand_above_a_dot() -> None:
    place = placed(Point(50, 0, "pre", text="50.0"))["50.0"]
    assert (place["xanchor"], place["yanchor"]) == ("center", "bottom")


@pytest.mark.parametrize(
    "above",
    [
        Point(52, 0.15, "person"),
        Interval(0.15, 45, 55, "caseload", "x"),
        Interval(52, 0.1, 0.4, "caseload"),
        Line(((40, 0.2), (60, 0.2)), "caseload"),
    ],
)
def test_words_move_below_where_a_mark_stands_above(above: Mark) -> None:
    assert placed(Point(50, 0, "pre", text="50.0"), above)["50.0"]["yanchor"] == "top"


def test_words_move_beyond_the_interval_where_marks_stand_above_and_below() -> None:
    crowd = [Point(50, at, "person") for at in (0.15, -0.15)]
    place = placed(Point(50, 0, "pre", text="50.0"), Interval(0, 40, 62, "pre", "x"), *crowd)["50.0"]
    assert (place["x"], place["xanchor"], place["yanchor"]) == (62, "left", "middle")


def test_the_words_of_two_dots_do_not_overlap() -> None:
    one, other = placed(Point(50, 0, "pre", text="50.0"), Point(51, 0, "post", text="51.0")).values()
    assert one["yanchor"] != other["yanchor"]


@pytest.mark.parametrize(("x", "side"), [(1, "left"), (50, "center"), (99, "right")])
def test_words_at_the_edge_stay_in_the_panel(x: float, side: str) -> None:
    assert placed(Point(x, 0, "pre", text="50.0 (n = 27)"))["50.0 (n = 27)"]["xanchor"] == side


def test_words_at_the_lower_end_stay_clear_of_the_names_of_the_rows() -> None:
    names = Axis("", ticks=((0.0, "Consented, of those asked"), (1.0, "GSE after, of those who started")))
    panel = Panel(Axis("Share (%)", -4, 112), names, (Point(0, 0, "pilot", text="0 of 18"),))
    here = frame(panel, 342, 200)
    (words,) = beside_rows(panel, here)
    assert words["xanchor"] == "left"
    assert here.across(0) + words["xshift"] == pytest.approx(FREE)
    assert FREE >= CHARACTER / 2


def test_words_of_what_is_missing_stand_nowhere() -> None:
    assert placed(Point(math.nan, 0, "pre", text="nan"), Interval(0, math.nan, 3, "pre", "x")) == {}


def test_words_below_the_curves_hide_none_of_them() -> None:
    chart = EXAMPLES["curves"]()
    places = {place["text"]: place for place in beside_rows(chart.panels[0], frame(chart.panels[0], 326, 420))}
    assert {place["yanchor"] for place in places.values()} == {"bottom"}
    assert {place["y"] for place in places.values()} == {-22.0, -36.0}


def test_the_words_of_the_means_stand_clear_of_the_people_above_them() -> None:
    chart = EXAMPLES["scores"]()
    places = list(beside_rows(chart.panels[0], frame(chart.panels[0], 326, 270)))
    assert [place["yanchor"] for place in places] == ["top", "top"]


def test_the_labels_of_upright_bands_stand_above_the_panel_on_lines_of_their_own() -> None:
    bands = (Band(19.6, 27.4, "x", label="one SD on each side"), Band(23.5, 23.5, "x", label="mean 23.5"))
    found = layout(*bands, title="Scores")
    title, *labels = found["annotations"]
    assert all(label["y"] == 1 and label["yanchor"] == "bottom" for label in labels)
    assert [label["yshift"] for label in labels] == [0, 18]
    assert title["yshift"] == 36  # above both
    assert found["margin"]["t"] - layout(title="Scores")["margin"]["t"] == 36


@pytest.mark.parametrize(("at", "side"), [(8.0, "left"), (21.0, "center"), (34.0, "right")])
def test_the_label_of_an_upright_band_keeps_to_the_side_with_room(at: float, side: str) -> None:
    words = "England 2010–2013: mean 23.5"
    label = layout(Band(at, at, "x", label=words))["annotations"][0]
    assert (label["x"], label["xanchor"]) == (at, side)
    here = frame(Panel(Axis("Score", 7, 35), ROWS, ()), 326, 300)
    room = {"left": here.width - here.across(at), "right": here.across(at), "center": here.width}[side]
    assert max(map(len, label["text"].split("<br>"))) * 6.8 <= room


def test_the_label_of_a_band_beyond_the_axis_stands_at_its_end() -> None:
    assert layout(Band(30, 90, "x", label="usual"))["annotations"][0]["x"] == 35


def test_a_band_has_edges_that_can_be_seen() -> None:
    across, *edges = layout(Band(19.6, 27.4, "x"))["shapes"]
    assert across["type"] == "rect"
    # a line of the grid does not hide a reference; plotly fails on such a shape without a position on both axes
    assert {(shape["layer"], shape["xref"], shape["yref"]) for shape in (across, *edges)} == {("between", "x", "y")}
    assert [(edge["x0"], edge["x1"], edge["line"]["width"]) for edge in edges] == [(19.6, 19.6, 1), (27.4, 27.4, 1)]
    assert [shape["type"] for shape in layout(Band(23.5, 23.5, "x"))["shapes"]] == ["line"]


@pytest.mark.parametrize(("along", "across"), [("x", "y"), ("y", "x")])
def test_a_band_reaches_across_the_whole_panel(along: str, across: str) -> None:
    found = layout(Band(20, 22, along), Point(21, 0, "pre"), y=Axis("Up", 0, 40))
    for shape in found["shapes"]:
        assert [shape[f"{across}0"], shape[f"{across}1"]] == found[f"{across}axis"]["range"]


def test_a_band_without_numbers_is_left_out() -> None:
    found = layout(Band(math.nan, 3, "x", label="nan"), Band(math.nan, 3, label="nan"))
    assert (found["shapes"], found["annotations"]) == ([], [])


def bands(*marks: Mark) -> list[str]:
    panel = Panel(Axis("", ticks=((0.0, "Change"),)), Axis("Change (points)"), marks)
    return [place["yanchor"] for place in on_bands(panel, Frame((-1, 1), (-5, 5), 100, 200))]


def test_the_label_of_a_lying_band_moves_below_it_where_words_stand_above() -> None:
    line = Band(0, 0, label="no change")
    assert bands(line, Point(0, 3, "change", text="+3.0")) == ["bottom"]
    assert bands(line, Point(0, 0.9, "change", text="+0.9")) == ["top"]


def test_the_labels_of_two_lying_bands_do_not_overlap() -> None:
    assert bands(Band(0, 0, label="mean"), Band(-2, -0.5, label="usual")) == ["bottom", "top"]


def test_the_label_of_a_band_at_the_upper_end_stays_in_the_panel() -> None:
    assert bands(Band(5, 5, label="highest")) == ["top"]


def test_a_long_line_with_n_pushes_the_panels_down() -> None:
    panel = Panel(Axis("x"), Axis("y"), (Point(0, 1, "pre"),))
    short, long = (draw(Chart((panel,), n=n, how_to_read="")).layout for n in ("n = 9", "people " * 12))
    assert long.title.text.count("<br>") == 1
    assert long.margin.t - short.margin.t == 18


def test_a_reference_line_fades_behind_words() -> None:
    words = layout(Point(20, 0, "pre", text="20.0"), Band(20.5, 20.5, "x"))["annotations"][0]
    assert words["bgcolor"] == theme.tint(theme.LIGHT.background, 0.7)


def test_a_title_in_two_lines_leaves_less_height() -> None:
    names = Axis("", ticks=((0.0, "Education, training and employability"),))
    short, long = (frame(Panel(Axis(title), names, ()), 326, 300) for title in ("People", "People " * 8))
    assert short.height - long.height == 18


def test_the_title_of_an_upright_axis_stands_level_above_it() -> None:
    panel = Panel(Axis("x"), Axis("People assessed (%)"), (Point(0, 1, "pre"),), title="Needs")
    layout = draw(Chart((panel,), n="", how_to_read="")).layout
    assert layout.yaxis.title.text is None
    assert [(one.text, one.textangle) for one in layout.annotations] == [("Needs: People assessed (%)", None)]


def test_named_places_across_do_not_take_room_from_named_rows() -> None:
    across = Axis("Share", ticks=((0.0, "none"), (100.0, "all")))
    assert layout(Point(50, 0, "pre"), x=across)["xaxis"]["range"] == [-4, 104]


def test_a_click_on_the_legend_hides_nothing() -> None:
    panel = Panel(Axis("x"), Axis("y"), (Point(0, 1, "pre"),))
    legend = draw(Chart((panel,), n="", how_to_read="", legend=(("pre", "Before"),))).layout.legend
    assert (legend.itemclick, legend.itemdoubleclick) == (False, False)
