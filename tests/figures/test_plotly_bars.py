"""Bars: side by side and on top of each other, with words in them or beyond them, and squares in the legend."""

from __future__ import annotations

from typing import Any

import pytest

from evalcore.figures import theme
from evalcore.figures.chart import Axis, Bar, Chart, Interval, Mark, Panel, Point
from evalcore.figures.plotly_drawer import draw
from tests.figures.examples import EXAMPLES, answers

SURFACES = {False: theme.LIGHT, True: theme.DARK}


def drawn(
    *marks: Mark, x: Axis | None = None, y: Axis | None = None, dark: bool = False, **more: Any
) -> dict[str, Any]:
    panel = Panel(x or Axis("People"), y or Axis("", ticks=((0.0, "a row"), (1.0, "another"))), marks)
    found: dict[str, Any] = draw(Chart((panel,), n="n = 9", how_to_read="", **more), dark=dark).to_dict()
    return found


def shown(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if not trace["showlegend"]]


def entries(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["showlegend"]]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("dark", [False, True])
def test_each_form_of_chart_is_one_that_plotly_accepts(name: str, dark: bool) -> None:
    from plotly.graph_objects import Figure

    assert Figure(draw(EXAMPLES[name](), dark=dark).to_dict())["data"]


def test_a_bar_stands_from_its_start_to_its_end_as_wide_as_it_says() -> None:
    first, second = Bar(0, -4, -1, "answer_low_1"), Bar(1, 2, 5, "answer_low_1", width=0.4)
    trace = shown(drawn(first, second))[0]
    assert (trace["base"], trace["x"], trace["y"], trace["width"]) == ([-4, 2], [3, 3], [0, 1], [0.65, 0.4])


def test_bars_side_by_side_keep_their_place() -> None:
    bars = [Bar(2 + side * 0.2, 0, 5, kind, "y", width=0.4) for side, kind in ((-1, "pilot"), (1, "caseload"))]
    figure = drawn(*bars, x=Axis("Needs"), y=Axis("%"))
    assert [trace["x"] for trace in shown(figure)] == [[1.8], [2.2]]
    assert figure["layout"]["barmode"] == "overlay"  # plotly moves nothing


def test_words_in_a_bar_are_left_out_where_it_is_too_small_and_never_shrunk() -> None:
    figure = drawn(Bar(0, 0, 5, "answer_high_3", inside="<5>"), Bar(1, 0, 3, "answer_high_3"))
    trace = shown(figure)[0]
    assert trace["text"] == ["&lt;5&gt;", ""]
    assert trace["textposition"][0] == "inside"
    assert (trace["insidetextanchor"], trace["textangle"]) == ("middle", 0)
    assert trace["insidetextfont"] == {"size": 13, "color": theme.words_on(theme.look("answer_high_3").colour)}
    assert figure["layout"]["uniformtext"] == {"mode": "hide", "minsize": 13}


def test_words_above_upright_bars_are_left_out_where_they_would_meet() -> None:
    """Side by side on a narrow screen the words of two bars would run into each other; plotly sees when they fit."""
    figure = drawn(Bar(0, 0, 5, "pilot", "y", text="5 %", width=0.4), x=Axis("Needs"), y=Axis("%"))
    trace = shown(figure)[0]
    assert (trace["text"], trace["textposition"]) == (["5 %"], ["outside"])
    assert trace["outsidetextfont"] == {"size": 13, "color": theme.LIGHT.text}
    assert [label["text"] for label in figure["layout"]["annotations"]] == ["%"]


def test_words_in_and_above_an_upright_bar_are_both_there() -> None:
    figure = drawn(Bar(0, 0, 5, "pilot", "y", text="5 %", inside="5"), x=Axis("Needs"), y=Axis("%"))
    assert shown(figure)[0]["text"] == ["5"]
    assert [label["text"] for label in figure["layout"]["annotations"]] == ["%", "5 %"]


def test_words_beyond_a_lying_bar_stand_on_the_side_of_its_end() -> None:
    figure = drawn(Bar(0, 0, 5, "pilot", text="5 of 9"), Bar(1, 0, -5, "pilot", text="-5 of 9"))
    right, left = figure["layout"]["annotations"]
    assert (right["xanchor"], right["x"], right["xshift"] > 0) == ("left", 5, True)
    assert (left["xanchor"], left["x"], left["xshift"] < 0) == ("right", -5, True)


@pytest.mark.parametrize("text", ["3", "18 of 18", "18 of 18 people"])
def test_words_beyond_the_longest_bar_have_room_on_a_narrow_screen(text: str) -> None:
    names = Axis("", ticks=((0.0, "Education, training and employability"),))
    low, high = drawn(Bar(0, 0, 18, "pilot", text=text), y=names)["layout"]["xaxis"]["range"]
    panel = 350 - 24 - 19 * 6.8  # what the margins and the row's name, broken in two, leave of the screen
    assert low == 0  # a bar stands on its axis
    assert (high - 18) / (high - low) * panel >= len(text) * 6.5


def test_the_longest_name_of_a_row_takes_two_lines() -> None:
    names = Axis("", ticks=((0.0, "Education, training and employability"),))
    assert drawn(y=names)["layout"]["yaxis"]["ticktext"] == ["Education, training<br>and employability"]


def test_the_title_of_an_axis_beside_long_names_is_broken_to_what_they_leave() -> None:
    """It stands in the middle of the axis, not of the picture."""
    names = Axis("", ticks=((0.0, "Education, training and employability"),))
    title = drawn(x=Axis("People with the need, of those assessed (%)"), y=names)["layout"]["xaxis"]["title"]["text"]
    assert title == "People with the need, of those<br>assessed (%)"


def test_an_interval_does_not_strike_through_an_open_symbol() -> None:
    points = {
        dark: drawn(Point(1, 0, "caseload"), dark=dark, legend=(("caseload", "Caseload"),))["data"] for dark in SURFACES
    }
    for dark, traces in points.items():
        for trace in traces:
            assert trace["marker"]["color"] == SURFACES[dark].background
            assert trace["marker"]["line"]["color"] == theme.look("caseload").colour


def test_bars_on_both_sides_of_zero_have_a_line_there_and_a_grid_across() -> None:
    layout = drawn(Bar(0, -4, 5, "answer_low_1"))["layout"]
    assert layout["xaxis"]["zeroline"]
    assert layout["xaxis"]["zerolinecolor"] == theme.LIGHT.muted
    assert (layout["xaxis"]["showgrid"], layout["yaxis"]["showgrid"]) == (True, False)
    assert not drawn(Bar(0, 0, 5, "pilot"))["layout"]["xaxis"]["zeroline"]


def test_the_numbers_of_people_are_written_without_a_sign_on_both_sides() -> None:
    axis = draw(answers())["layout"]["xaxis"]
    assert axis["tickvals"] == (-10, 0, 10, 20)
    assert axis["ticktext"] == ("10", "0", "10", "20")


def test_named_places_below_upright_bars_waste_no_room() -> None:
    bars = [Bar(float(at), 0, 5, "pilot", "y", width=0.8) for at in range(9)]
    ticks = tuple((float(at), str(at)) for at in range(9))
    low, high = drawn(*bars, x=Axis("Needs", ticks=ticks), y=Axis("%"))["layout"]["xaxis"]["range"]
    assert (low, high) == pytest.approx((-0.6, 8.6))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", [kind for kind, look in theme.LOOKS.items() if look.outlined])
def test_a_fill_that_fades_into_a_page_is_outlined_in_the_bar_and_in_the_legend(kind: str, dark: bool) -> None:
    figure = drawn(Bar(0, 0, 5, kind), legend=((kind, "words"),), dark=dark)
    for trace in figure["data"]:
        assert trace["marker"]["line"] == {"width": 1, "color": SURFACES[dark].muted}


def test_hatching_lies_on_the_fill() -> None:
    marker = shown(drawn(Bar(0, 0, 5, "caseload")))[0]["marker"]
    assert marker["pattern"]["shape"] == theme.look("caseload").pattern != ""
    assert (marker["pattern"]["fillmode"], marker["color"]) == ("overlay", theme.look("caseload").colour)
    assert marker["pattern"]["fgcolor"] == theme.hatching(marker["color"])


def test_the_legend_of_bars_has_filled_squares_in_the_order_given() -> None:
    chart = answers(7)
    figure = draw(chart).to_dict()
    assert [entry["name"] for entry in entries(figure)] == [words for _, words in chart.legend]
    assert {entry["type"] for entry in entries(figure)} == {"bar"}
    fills = {trace["marker"]["color"]: trace["marker"] for trace in shown(figure)}
    assert [entry["marker"] for entry in entries(figure)] == [
        fills[theme.look(kind).colour] for kind, _ in chart.legend
    ]
    assert figure["layout"]["legend"]["traceorder"] == "normal"


def test_an_entry_of_the_legend_is_drawn_as_its_marks_are() -> None:
    marks = (Point(1, 0, "pre"), Interval(0, 0, 2, "post", "x"), Point(1, 1, "pilot"), Interval(1, 0, 2, "pilot", "x"))
    kinds = ("pre", "post", "pilot", "caseload")
    found = entries(drawn(*marks, legend=tuple((kind, kind) for kind in kinds)))
    assert [entry["mode"] for entry in found] == ["markers", "lines", "lines+markers", "lines+markers"]


def test_an_answer_that_nobody_gave_has_a_square_in_the_legend_too() -> None:
    legend = (("answer_low_1", "Rarely"), ("answer_low_2", "Never"))
    assert {entry["type"] for entry in entries(drawn(Bar(0, 0, 5, "answer_low_1"), legend=legend))} == {"bar"}


def test_the_picture_grows_with_the_lines_of_its_legend() -> None:
    names = Axis("", ticks=((0.0, "unexpected events"),))
    plain, four, seven = (
        drawn(Bar(0, 0, 5, "answer_middle"), y=names, legend=legend)["layout"]["height"]
        for legend in ((), answers(4).legend, answers(7).legend)
    )
    assert four - plain >= 4 * 20  # beside the names of rows one column of entries fits on a narrow screen
    assert seven - four >= 3 * 20


def test_the_row_of_the_table_that_a_mark_draws_changes_nothing_in_the_picture() -> None:
    one, other = (drawn(Bar(0, 0, 5, "pilot", row=row), Point(1, 1, "pilot", row=row)) for row in (None, 3))
    assert one == other
