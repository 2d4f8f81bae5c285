"""A drawn picture holds what its chart says: every mark at its numbers, in its colour, and every word."""

from __future__ import annotations

import math
import sys
import threading
from typing import Any
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import same_color, to_hex
from matplotlib.patches import FancyArrowPatch, Rectangle

from evalcore.figures import theme
from evalcore.figures.chart import Arrow, Axis, Band, Bar, Box, Chart, Interval, Line, Mark, Panel, Point, Ribbon
from evalcore.figures.picture import DOCUMENT, ROOM, ROOM_DARK, Format, draw, draw_png, draw_svg
from tests.figures.examples import EXAMPLES


def chart(*marks: Mark, x: Axis | None = None, y: Axis | None = None, **more: Any) -> Chart:
    panel = Panel(x or Axis("Across (years)"), y or Axis("Up (points)"), marks, title="A panel")
    return Chart((panel,), n=more.pop("n", "n = 3 people"), how_to_read="", **more)


def axes(made: Chart, format: Format = DOCUMENT) -> Any:
    return draw(made, format).axes[0]


def dots(made: Chart) -> dict[str, Any]:
    """The symbols that are drawn, without the caps of intervals, and the artist of each."""
    lines = [line for line in axes(made).lines if line.get_linestyle() == "None"]
    return {line.get_marker(): line for line in lines if line.get_marker() not in ("|", "_")}


def words(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def boxes(found: Any) -> list[tuple[float, float, float, float]]:
    patches = [patch for patch in found.patches if isinstance(patch, Rectangle)]
    return [(patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()) for patch in patches]


def test_points_keep_their_numbers_colour_and_symbol() -> None:
    found = dots(chart(Point(1, 2, "pre"), Point(3, 4, "post"), Point(5, 6, "pre"), Point(7, 8, "person")))
    assert found["o"].get_xydata().tolist() in ([[1, 2], [5, 6]], [[7, 8]])
    assert found["D"].get_xydata().tolist() == [[3, 4]]
    assert same_color(found["D"].get_markerfacecolor(), theme.look("post").colour)


@pytest.mark.parametrize("kind", theme.LOOKS)
def test_every_kind_has_a_symbol_of_its_colour(kind: str) -> None:
    made = chart(Point(1, 2, kind), legend=((kind, "words"),))
    (symbol,) = (line for line in axes(made).lines if line.get_linestyle() == "None")
    assert same_color(symbol.get_markeredgecolor(), theme.look(kind).colour)
    assert theme.look(kind).colour in draw_svg(made)


def test_open_symbols_are_open_and_backed_ones_hide_what_is_behind_them() -> None:
    (opened,) = dots(chart(Point(1, 2, "person"))).values()
    (backed,) = dots(chart(Point(1, 2, "caseload"))).values()
    assert opened.get_markerfacecolor() == "none"
    assert same_color(backed.get_markerfacecolor(), theme.LIGHT.background)


def test_lines_of_one_kind_have_gaps_between_them_and_the_pattern_of_their_kind() -> None:
    lines = [Line(((0, 1), (1, 2)), "post"), Line(((0, 5), (1, 6)), "post")]
    (drawn,) = axes(chart(*lines)).lines
    assert [[x, y] for x, y in drawn.get_xydata().tolist() if not math.isnan(y)] == [[0, 1], [1, 2], [0, 5], [1, 6]]
    assert math.isnan(drawn.get_xydata()[2][1])
    assert drawn.get_linestyle() == "--"


@pytest.mark.parametrize(("along", "ends"), [("x", [[1, 7], [4, 7]]), ("y", [[7, 1], [7, 4]])])
def test_an_interval_reaches_from_end_to_end_with_caps(along: str, ends: list[list[float]]) -> None:
    found = axes(chart(Interval(7, 1, 4, "change", along=along)))
    (bar,) = (artist for artist in found.collections if isinstance(artist, LineCollection))
    assert bar.get_segments()[0].tolist() == ends
    (caps,) = found.lines
    assert caps.get_xydata().tolist() == ends
    assert caps.get_marker() == ("|" if along == "x" else "_")
    assert caps.get_markersize() > 3 * bar.get_linewidth()[0]


def test_bars_begin_where_the_chart_says_and_differ_by_hatching() -> None:
    found = axes(chart(Bar(1, 0, 2, "pilot"), Bar(2, 1, 5, "caseload", width=0.4), Bar(0, -2, 1, "post", "y")))
    assert boxes(found) == [(0, 0.675, 2, 0.65), (1, 1.8, 4, 0.4), (-0.325, -2, 0.65, 3)]
    assert [bool(patch.get_hatch()) for patch in found.patches] == [False, True, True]
    assert [to_hex(patch.get_facecolor()) for patch in found.patches] == [
        theme.look(kind).colour for kind in ("pilot", "caseload", "post")
    ]


def test_bars_that_stand_alone_begin_at_the_edge() -> None:
    assert axes(EXAMPLES["counts"]()).get_xlim()[0] == 0
    assert axes(EXAMPLES["number-of-needs"]()).get_ylim()[0] == 0


def test_bands_lie_across_the_panel_and_carry_their_label() -> None:
    figure = draw(chart(Point(1, 2, "pre"), Band(1, 3, label="usual scores"), Band(0.5, 0.5, "x", label="a norm")))
    found = figure.axes[0]
    assert boxes(found) == [(0, 1, 1, 2)]
    assert {"usual scores", "a norm"} <= set(words(figure))
    rules = [(list(line.get_xdata()), list(line.get_ydata())) for line in found.lines if line.get_linestyle() != "None"]
    assert sorted(rules) == [([0, 1], [1, 1]), ([0, 1], [3, 3]), ([0.5, 0.5], [0, 1])]


def test_a_ribbon_lies_between_its_two_lines_with_a_gap_where_an_end_is_missing() -> None:
    gone = (2, math.nan, 9.0)
    found = axes(chart(Ribbon(((0, 1, 4), (1, 2, 5), gone, (3, 1, 7), (4, 1, 8)), "pilot")))
    areas = [artist for artist in found.collections if isinstance(artist, PolyCollection)]
    corners = [{tuple(corner) for corner in area.get_paths()[0].vertices.tolist()} for area in areas]
    assert corners == [{(0, 1), (0, 4), (1, 2), (1, 5)}, {(3, 1), (3, 7), (4, 1), (4, 8)}]


def test_boxes_and_arrows_of_a_flow_chart() -> None:
    hidden = Axis("", 0, 1, visible=False)
    flow = (Box(0.5, 0.8, 0.4, 0.2, ("Asked", "27")), Box(0.5, 0.2, 0.4, 0.2, ("Left", "9"), "aside"))
    figure = draw(chart(*flow, Arrow((0.5, 0.7), (0.5, 0.3)), x=hidden, y=hidden))
    assert boxes(figure.axes[0]) == [pytest.approx((0.3, 0.7, 0.4, 0.2)), pytest.approx((0.3, 0.1, 0.4, 0.2))]
    (arrow,) = (patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch))
    assert arrow._posA_posB == [(0.5, 0.7), (0.5, 0.3)]
    assert [word for word in words(figure) if word in ("Asked", "27", "Left", "9")] == ["Asked", "27", "Left", "9"]


def test_all_words_of_a_chart_stand_on_it() -> None:
    names = Axis("Up (points)", ticks=((0.0, "Before"), (1.0, "After")))
    marks = (Point(2, 0, "pre", text="2.0 (n = 7)"), Bar(1, 0, 3, "pilot", text="3 of 7", inside="three"))
    found = words(draw(chart(*marks, y=names, legend=(("pre", "at the start"),))))
    expected = "A panel: Up (points)", "n = 3 people", "Across (years)", "Before", "After", "2.0 (n = 7)", "3 of 7"
    assert {*expected, "three", "at the start"} <= set(found)


def test_words_in_a_bar_that_is_too_small_for_them_are_left_out() -> None:
    tiny = Bar(0, 0, 0.01, "pilot", inside="a long word"), Bar(1, 0, 9, "pilot", inside="fits")
    found = words(draw(chart(*tiny)))
    assert "fits" in found
    assert "a long word" not in found


def test_a_panel_with_bars_that_lie_has_its_grid_across_them() -> None:
    upright, lying = axes(chart(Point(1, 2, "pre"))), axes(chart(Bar(1, 0, 2, "pilot")))
    assert [upright.xaxis.get_gridlines()[0].get_visible(), upright.yaxis.get_gridlines()[0].get_visible()] == [0, 1]
    assert [lying.xaxis.get_gridlines()[0].get_visible(), lying.yaxis.get_gridlines()[0].get_visible()] == [1, 0]
    assert not upright.spines["top"].get_visible()
    assert not upright.spines["right"].get_visible()


@pytest.mark.parametrize("missing", [math.nan, math.inf, -math.inf])
def test_what_is_missing_is_left_out_and_not_drawn_at_zero(missing: float) -> None:
    gone = (
        Point(missing, 1, "pre", text="gone"),
        Interval(0, missing, 3, "pre"),
        Bar(1, 0, missing, "pilot", text="gone", inside="gone"),
        Bar(missing, 0, 2, "pilot", inside="gone"),
        Band(missing, missing, label="gone"),
        Ribbon(((0, missing, 1), (1, 1, 2)), "pilot"),
        Box(missing, 1, 1, 1, ("gone",)),
        Arrow((0, missing), (1, 1)),
    )
    figure = draw(chart(*gone, Point(1, 2, "post"), Line(((0, missing), (1, 2)), "pre")))
    found = figure.axes[0]
    assert "gone" not in words(figure)
    assert not found.patches
    assert [len(area.get_paths()[0].vertices) for area in found.collections] in ([], [5])
    shown = [place for line in found.lines for place in line.get_xydata().tolist() if not math.isnan(place[1])]
    zero = [[0, 0], [0, 1]]
    assert sorted(shown) == [*zero, [1, 2], [1, 2]]
    assert draw_svg(chart(*gone)).startswith("<svg")


@pytest.mark.parametrize("format", [DOCUMENT, ROOM])
@pytest.mark.parametrize("panels", [0, 1, 3])
def test_charts_without_marks_are_drawn(panels: int, format: Format) -> None:
    empty = Panel(Axis("Weeks"), Axis("Score (points)"), (), title="Nobody yet")
    figure = draw(Chart((empty,) * panels, n="nobody", how_to_read=""), format)
    assert len(figure.axes) == panels
    assert " ".join(words(figure)).count("Nobody yet: Score") == panels


def test_three_panels_stand_side_by_side_by_their_shares() -> None:
    panels = tuple(Panel(Axis("x"), Axis("y"), (Point(0, 1, "pre"),), share=share) for share in (2.0, 1.0, 1.0))
    first, second, third = (found.get_position() for found in draw(Chart(panels, n="", how_to_read="")).axes)
    assert first.width == pytest.approx(2 * second.width)
    assert second.width == pytest.approx(third.width)
    assert first.x1 < second.x0 < second.x1 < third.x0
    assert third.x1 <= 1


@pytest.mark.parametrize(("format", "surface"), [(ROOM, theme.LIGHT), (ROOM_DARK, theme.DARK)])
def test_words_have_the_colour_of_the_page_and_marks_the_same_on_both(format: Format, surface: theme.Surface) -> None:
    figure = draw(chart(Point(0, 1, "pre", text="words")), format)
    assert same_color(figure.get_facecolor(), surface.background)
    assert {text.get_color() for text in figure.texts} == {surface.text, surface.muted}
    (dot,) = figure.axes[0].lines
    assert dot.get_markerfacecolor() == theme.look("pre").colour


def test_a_format_gives_the_size() -> None:
    figure = draw(chart(Point(0, 1, "pre")), Format(width=5, text=10, height=4))
    assert figure.get_size_inches().tolist() == [5, 4]
    assert {text.get_fontsize() for text in figure.texts} == {10}
    tall, low = (draw(chart(Point(0, 1, "pre"), height=height)).get_figheight() for height in (200, 100))
    assert tall == pytest.approx(2 * low)


def test_a_room_has_smaller_text_only_where_rows_ask_for_it_and_never_under_twelve() -> None:
    def text(rows: int) -> float:
        names = tuple((float(at), f"A name of row {at}") for at in range(rows))
        marks = tuple(Point(1, at, "pilot", text="1") for at, _ in names)
        return min(text.get_fontsize() for text in draw(chart(*marks, y=Axis("", ticks=names)), ROOM).texts)

    assert text(7) == 19
    assert 12 <= text(22) < 19
    assert 12 <= text(60) < 19


def test_the_same_chart_gives_the_same_bytes() -> None:
    for name in ("answers-5", "curves", "scores"):
        one, other = (draw_svg(EXAMPLES[name](), ROOM, words="A sentence.") for _ in range(2))
        assert one == other
    assert draw_png(EXAMPLES["needs"]()) == draw_png(EXAMPLES["needs"]())


def test_nothing_global_is_changed_whatever_this_machine_prefers() -> None:
    plain = draw_svg(EXAMPLES["answers-5"]())
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.transparent": True}):
        before = dict(matplotlib.rcParams)
        assert draw_svg(EXAMPLES["answers-5"]()) == plain
        assert dict(matplotlib.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_several_threads_draw_at_once() -> None:
    names, drawn = list(EXAMPLES)[-4:], {}
    alone = {name: draw_svg(EXAMPLES[name]()) for name in names}

    def work(name: str) -> None:
        drawn[name] = draw_svg(EXAMPLES[name]())

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == alone


def test_svg_stands_in_a_page_beside_others() -> None:
    first, second = (draw_svg(EXAMPLES[name](), words='One "sentence" <b>') for name in ("answers-5", "needs"))
    names = [{part.split('"')[0] for part in svg.split(' id="')[1:]} for svg in (first, second)]
    assert not names[0] & names[1]
    assert "<style" not in first
    assert "http" not in first.replace("http://www.w3.org/", "")
    root = ElementTree.fromstring(first)
    assert root.get("role") == "img"
    assert root.get("aria-label") == root[0].text == 'One "sentence" <b>'
    used = {part.split('"')[0] for part in first.split('href="#')[1:]} | {
        part.split(")")[0] for part in first.split("url(#")[1:]
    }
    assert used <= names[0]


def test_png_has_the_pixels_that_are_asked_for() -> None:
    pixels = draw_png(chart(Point(0, 1, "pre")), Format(width=4, text=9, height=3), dpi=50)
    assert (int.from_bytes(pixels[16:20]), int.from_bytes(pixels[20:24])) == (200, 150)
    assert b"Matplotlib" not in pixels
