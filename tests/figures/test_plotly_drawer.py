"""What a chart says is what plotly is told: every mark, every word, escaped, and nothing clipped on a narrow screen."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest

from evalcore.figures import theme
from evalcore.figures.chart import Arrow, Axis, Band, Bar, Box, Chart, Interval, Line, Mark, Panel, Point, Ribbon
from evalcore.figures.plotly_drawer import CONFIG, draw, self_contained
from evalcore.figures.words import wrapped

NASTY = "<img src=x onerror=alert(1)> <b>Leeds</b> & co"


def chart(*marks: Mark, x: Axis | None = None, y: Axis | None = None, **more: Any) -> Chart:
    panel = Panel(x or Axis("Across (years)"), y or Axis("Up (points)"), marks, title="A panel")
    return Chart((panel,), n=more.pop("n", "n = 3 people"), how_to_read="", **more)


def parts(drawn: Any) -> dict[str, Any]:
    found: dict[str, Any] = drawn.to_dict()
    return found


def words(figure: dict[str, Any]) -> str:
    layout = figure["layout"]
    axes = [axis for name, axis in layout.items() if name[:5] in ("xaxis", "yaxis")]
    texts = [annotation["text"] for annotation in layout["annotations"]] + [layout["title"]["text"]]
    texts += [axis.get("title", {}).get("text", "") for axis in axes]
    texts += [tick for axis in axes for tick in axis.get("ticktext", ())]
    for trace in figure["data"]:
        texts += [trace.get("name", ""), *trace.get("hovertext", ())]
    return "\n".join(texts)


def test_a_drawn_chart_is_one_that_plotly_accepts() -> None:
    from plotly.graph_objects import Figure

    every = (
        Point(1, 2, "pre", "a label", "beside"),
        Line(((0, 1), (1, 2)), "person", "a person"),
        Interval(1, 1, 3, "pre"),
        Interval(1, 1, 3, "post", along="x"),
        Bar(1, 0, 2, "pilot", text="2"),
        Bar(1, 0, 2, "caseload", along="y", text="2"),
        Band(1, 2, label="usual"),
        Band(1, 1, along="x"),
        Ribbon(((0, 1, 2), (1, 0, 3)), "pilot"),
        Box(1, 1, 2, 1, ("Asked", "27")),
        Arrow((0, 0), (1, 1)),
    )
    drawn = parts(draw(chart(*every, legend=(("pre", "before"),))))
    assert parts(Figure(drawn))["data"]  # validates every name and value


def test_axis_titles_and_n_stand_on_the_chart() -> None:
    found = words(parts(draw(chart(Point(1, 2, "pre")))))
    for expected in ("Across (years)", "Up (points)", "n = 3 people", "A panel"):
        assert expected in found


def test_points_keep_their_place_colour_and_symbol() -> None:
    figure = parts(draw(chart(Point(1, 2, "pre"), Point(3, 4, "post"), Point(5, 6, "pre"))))
    traces = {trace["marker"]["symbol"]: trace for trace in figure["data"]}
    assert traces["circle"]["x"] == [1, 5]
    assert traces["circle"]["y"] == [2, 6]
    assert traces["diamond"]["marker"]["color"] == theme.look("post").colour


def test_lines_of_many_people_are_one_trace_with_gaps() -> None:
    people = [Line(((0, start), (1, start + 1)), "person", f"person {start}", individual=True) for start in range(40)]
    figure = parts(draw(chart(*people)))
    assert len(figure["data"]) == 1
    assert Counter(figure["data"][0]["y"])[None] == 40


@pytest.mark.parametrize("along", ["x", "y"])
def test_an_interval_reaches_from_end_to_end_with_caps(along: str) -> None:
    trace = parts(draw(chart(Interval(7, 1, 4, "change", along=along))))["data"][0]
    bars, middle = trace[f"error_{along}"], trace[along][0]
    assert (middle - bars["array"][0], middle + bars["array"][0]) == (1, 4)
    assert bars["width"] > 0
    assert trace["x" if along == "y" else "y"] == [7]


def test_a_ribbon_lies_between_its_two_lines_under_what_stands_on_it() -> None:
    pale, line = parts(draw(chart(Line(((0, 2), (1, 3)), "pilot"), Ribbon(((0, 1, 4), (1, 2, 5)), "pilot"))))["data"]
    assert (pale["x"], pale["y"]) == ([0, 1, 1, 0, None], [4, 5, 2, 1, None])
    assert (pale["fill"], line.get("fill")) == ("toself", None)
    assert pale["fillcolor"] == theme.tint(theme.look("pilot").colour, 0.18)


def test_a_ribbon_has_a_gap_where_an_end_is_missing_and_the_limits_hold_the_rest() -> None:
    gone = (2, math.nan, 9.0)
    figure = parts(draw(chart(Ribbon(((0, 1, 4), (1, 2, 5), gone, (3, 1, 7), (4, 1, 7)), "pilot"))))
    assert figure["data"][0]["x"] == [0, 1, 1, 0, None, 3, 4, 4, 3, None]
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < 1
    assert high > 7


def test_what_is_missing_is_left_out_and_not_drawn_at_zero() -> None:
    figure = parts(
        draw(chart(Interval(0, math.nan, 3, "pre"), Point(math.nan, 2, "pre", text="nan"), Point(1, 2, "pre")))
    )
    interval, points = figure["data"]
    assert interval["x"] == []
    assert points["x"] == [None, 1]
    assert "nan" not in words(figure)


def test_the_limits_hold_every_mark() -> None:
    figure = parts(draw(chart(Point(1, 2, "pre"), Interval(5, -3, 9, "post"), Bar(2, 0, 8, "pilot"))))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0
    assert high > 8
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < -3
    assert high > 9


def test_equal_scores_are_not_magnified() -> None:
    figure = parts(draw(chart(Point(1, 30, "pre"), Point(2, 30, "post"))))
    assert figure["layout"]["yaxis"]["range"] == [29, 31]


def test_given_limits_are_kept() -> None:
    figure = parts(draw(chart(Point(1, 2, "pre"), y=Axis("Score (points)", low=7, high=35))))
    assert figure["layout"]["yaxis"]["range"] == [7, 35]


def test_boxes_and_arrows_of_a_flow_chart() -> None:
    hidden = Axis("", visible=False)
    boxes = (Box(0.5, 0.8, 0.4, 0.2, ("Asked", "27")), Box(0.5, 0.2, 0.4, 0.2, ("Left", "9"), "aside"))
    layout = parts(draw(chart(*boxes, Arrow((0.5, 0.7), (0.5, 0.3)), x=hidden, y=hidden)))["layout"]
    assert [shape["line"]["dash"] for shape in layout["shapes"]] == ["solid", "dot"]
    assert layout["shapes"][0]["x0"] == pytest.approx(0.3)
    assert "Asked<br>27" in [annotation["text"] for annotation in layout["annotations"]]
    arrow = next(annotation for annotation in layout["annotations"] if annotation.get("arrowhead"))
    assert ((arrow["ax"], arrow["ay"]), (arrow["x"], arrow["y"])) == ((0.5, 0.7), (0.5, 0.3))
    assert not layout["xaxis"]["visible"]


def test_nothing_in_a_label_is_read_as_html() -> None:
    axis = Axis(NASTY, ticks=((0.0, NASTY), (1.0, "b")))
    marks = (
        Point(0, 1, "pre", NASTY, NASTY),
        Band(1, 1, label=NASTY),
        Box(1, 1, 1, 1, (NASTY,)),
        Bar(0, 0, 1, "pilot", text=NASTY),
    )
    found = words(parts(draw(chart(*marks, x=axis, n=NASTY, legend=(("pre", NASTY),)))))
    assert "&lt;b&gt;" in found
    assert {part.split(">")[0] for part in found.split("<")[1:]} == {"br"}


def test_every_word_is_large_enough() -> None:
    figure = parts(draw(chart(Point(0, 1, "pre", text="words"), legend=(("pre", "before"),))))
    layout = figure["layout"]
    fonts = [layout["font"], layout["title"]["font"], layout["legend"]["font"], layout["hoverlabel"]["font"]]
    fonts += [annotation["font"] for annotation in layout["annotations"]]
    fonts += [layout["xaxis"]["tickfont"], layout["yaxis"]["tickfont"], layout["xaxis"]["title"]["font"]]
    assert min(font["size"] for font in fonts) >= 13


@pytest.mark.parametrize(("dark", "surface"), [(False, theme.LIGHT), (True, theme.DARK)])
def test_words_have_the_colour_of_the_page_they_stand_on(dark: bool, surface: theme.Surface) -> None:
    layout = parts(draw(chart(Point(0, 1, "pre", text="words")), dark=dark))["layout"]
    assert layout["font"]["color"] == surface.text
    assert layout["yaxis"]["tickfont"]["color"] == surface.text
    assert layout["annotations"][-1]["font"]["color"] == surface.text


def test_marks_have_the_same_colour_on_both_pages() -> None:
    light, dark = (parts(draw(chart(Point(0, 1, "pre")), dark=dark))["data"][0] for dark in (False, True))
    assert light["marker"] == dark["marker"]


def test_words_beside_the_outer_dots_stand_on_the_outer_side() -> None:
    axis = Axis("", ticks=((0.0, "Before"), (1.0, "After")))
    figure = parts(draw(chart(Point(0, 1, "pre", text="21.5 (n = 7)"), Point(1, 2, "post", text="22.3"), x=axis)))
    before, after = figure["layout"]["annotations"][-2:]
    assert (before["xanchor"], after["xanchor"]) == ("right", "left")
    assert before["text"] == "21.5<br>(n = 7)"


def test_the_label_of_a_band_beside_a_single_mark_is_broken_into_words() -> None:
    single, many = Axis("", ticks=((0.0, "Change"),)), Axis("Across (years)")
    texts = [
        parts(draw(chart(Band(0, 0, label="no change"), x=x)))["layout"]["annotations"][-1]["text"]
        for x in (single, many)
    ]
    assert texts == ["no<br>change", "no change"]


def test_panels_share_the_width_and_do_not_overlap() -> None:
    panels = tuple(Panel(Axis("x"), Axis("y"), (Point(0, 1, "pre"),), share=share) for share in (2.0, 1.0))
    layout = parts(draw(Chart(panels, n="", how_to_read="")))["layout"]
    (start, end), (next_start, last) = layout["xaxis"]["domain"], layout["xaxis2"]["domain"]
    assert start == 0
    assert end < next_start
    assert last == pytest.approx(1)
    assert end - start == pytest.approx(2 * (last - next_start))


def test_the_chart_has_no_toolbar_and_can_not_be_dragged() -> None:
    layout = parts(draw(chart(Point(0, 1, "pre"))))["layout"]
    assert CONFIG["displayModeBar"] is False
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]


def test_the_page_to_share_needs_nothing_from_the_network_and_escapes_its_words() -> None:
    page = self_contained(chart(Point(0, 1, "pre")), title=NASTY, lines=["A sentence.", NASTY, ""])
    outside = page.split("<script")[0] + page.split("</script>")[-1]
    assert "<img" not in outside
    assert "A sentence." in page
    assert 'src="http' not in page
    assert 'lang="en-GB"' in page


def test_n_of_several_lines_is_lowered_by_what_one_line_gets_of_itself() -> None:
    def pad(n: str) -> float:
        return draw(Chart((Panel(Axis(""), Axis("Up (points)"), (Point(0, 1, "pre"),)),), n, "")).layout.title.pad.t

    assert pad("n = 7 matched pairs" * 4) > pad("n = 7 matched pairs")


def test_a_count_is_not_torn_from_its_n() -> None:
    assert wrapped("UWES-9, staff (n = 5)", 110) == ["UWES-9, staff", "(n = 5)"]
