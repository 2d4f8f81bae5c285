"""Words on a drawn picture lie inside it, meet no others, and are only words, whatever they say."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from matplotlib.transforms import Bbox

from evalcore import DisclosurePolicy, apply_disclosure, findings_for, sample_study
from evalcore.figures.chart import Arrow, Axis, Band, Bar, Box, Chart, Interval, Line, Panel, Point, Ribbon
from evalcore.figures.picture import DOCUMENT, ROOM, Format, draw, draw_png, draw_svg
from evalcore.figures.picture_words import broken, clean, width_of
from tests.figures.examples import EXAMPLES

HOSTILE = {
    "mathematics": "$x^2$ costs 5 $ and \\frac{1}{0}",
    "markup": "<b>Leeds</b> & ]]> --> <script>",
    "signs": "👩🏽‍🚒 中文名字 مرحبا بالعالم",
    "control": "a\x00b\x07c\x1b[31m\u202e\ud800\ufeff",
    "formula": '=HYPERLINK("x") %s {} \\n',
}


def extents(chart: Chart, format: Format) -> tuple[Bbox, list[tuple[str, Bbox]]]:
    figure = draw(chart, format)
    figure.set_dpi(300)  # on a coarse screen letters are set a little wider
    texts = [text for text in figure.texts if text.get_text().strip()]
    return figure.bbox, [(text.get_text(), text.get_window_extent()) for text in texts]


def shared(one: Bbox, other: Bbox) -> bool:
    """Whether two texts meet by more than the empty edge that a line of text has."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    return wide > 1.5 and min(one.y1, other.y1) - max(one.y0, other.y0) > 4


def faults(chart: Chart, format: Format) -> list[str]:
    page, found = extents(chart, format)
    outside = [
        f"outside: {text}" for text, box in found if box.x0 < 0 or box.y0 < 0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    pairs = [(one, other) for at, one in enumerate(found) for other in found[:at]]
    return outside + [f"{one[0]} meets {other[0]}" for one, other in pairs if shared(one[1], other[1])]


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    """One chart of every kind, as on the evaluator's own screen and as it leaves."""
    screen = findings_for(sample_study(), resamples=0)
    outside = apply_disclosure(screen, DisclosurePolicy()).findings
    found: dict[str, Chart] = {}
    for form, findings in (("screen", screen), ("outside", outside)):
        for finding in findings:
            family = " ".join(finding.id.split(".")[:2] if "answers" in finding.id else finding.id.split(".")[:1])
            if finding.chart is not None:
                found.setdefault(f"{form} {family}", finding.chart)
    return found


@pytest.mark.parametrize("format", [DOCUMENT, ROOM], ids=["document", "room"])
def test_every_word_of_the_sample_study_is_inside_and_meets_no_other(charts: dict[str, Chart], format: Format) -> None:
    assert len(charts) > 50
    found = {name: faults(chart, format) for name, chart in charts.items()}
    assert {name: fault for name, fault in found.items() if fault} == {}


@pytest.mark.parametrize("format", [DOCUMENT, ROOM], ids=["document", "room"])
def test_every_word_of_the_invented_charts_is_inside_and_meets_no_other(format: Format) -> None:
    found = {name: faults(make(), format) for name, make in EXAMPLES.items()}
    assert {name: fault for name, fault in found.items() if fault} == {}


def test_in_a_room_the_charts_that_leave_keep_large_words(charts: dict[str, Chart]) -> None:
    leaving = {name: chart for name, chart in charts.items() if name.startswith("outside")}
    sizes = {name: min(text.get_fontsize() for text in draw(chart, ROOM).texts) for name, chart in leaving.items()}
    assert {name for name, size in sizes.items() if size < 19} <= {"outside answers gse", "outside answers swemwbs"}
    assert min(sizes.values()) >= 17


def everywhere(text: str) -> Iterator[Chart]:
    """Charts with one text in all places that a text can have."""
    named = Axis(text, ticks=((0.0, text), (1.0, text)))
    rows = (
        Point(0, 0, "pre", text, text),
        Interval(1, 0, 2, "pre", "x", text),
        Band(0, 1, "x", label=text),
        Bar(1, 0, 2, "pilot", text=text, inside=text),
    )
    columns = (
        Point(0, 1, "pre", text=text),
        Line(((0, 1), (1, 2)), "nobody knows this kind", text),
        Band(1, 1, label=text),
        Ribbon(((0, 1, 2), (1, 2, 3)), "pilot", text),
    )
    upright = (Bar(0, 0, 2, "pilot", "y", text=text),)
    flow = (Box(0.5, 0.5, 1, 1, (text, text)), Arrow((0, 0), (1, 1)))
    hidden = Axis(text, 0, 1, visible=False)
    for across, up, marks in (
        (Axis(text), named, rows),
        (named, Axis(text), columns),
        (Axis(text), Axis(text), columns),
        (named, Axis(text), upright),
        (hidden, hidden, flow),
    ):
        panel = Panel(across, up, marks, title=text)
        yield Chart((panel,), text, text, (("pre", text), ("pilot", text)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_only_text(text: str) -> None:
    for chart in everywhere(text):
        assert faults(chart, DOCUMENT) == []
        svg = draw_svg(chart, words=text)
        assert ElementTree.fromstring(svg)[0].text == clean(text)
        assert "<script" not in svg
        assert draw_png(chart, dpi=40)


def test_a_dollar_is_a_dollar() -> None:
    chart = Chart(
        (Panel(Axis("Cost ($x^2$)"), Axis("", ticks=((0.0, "5 $ and 6 $"),)), (Point(1, 0, "pre"),)),), "", ""
    )
    found = dict(extents(chart, DOCUMENT)[1])
    assert {"Cost ($x^2$)", "5 $ and 6 $"} <= set(found)
    wide = found["Cost ($x^2$)"].width * 72 / 300
    assert wide == pytest.approx(width_of("Cost ($x^2$)", 9), rel=0.04)


def test_long_names_are_broken_and_not_cut_off() -> None:
    name = "A rather long name of a partner organisation that somebody typed in full, with its place"
    rows = tuple((float(at), f"{at} {name}") for at in range(4))
    marks = tuple(Point(at, at, "pre", text="21.5 (n = 7)") for at, _ in rows)
    for axis in ((Axis("Score"), Axis("", ticks=rows)), (Axis("", ticks=rows), Axis("Score"))):
        chart = Chart((Panel(*axis, marks),), name, "", (("pre", name), ("post", name)))
        assert faults(chart, DOCUMENT) == []
        said = " ".join(text for text, _ in extents(chart, DOCUMENT)[1])
        assert said.count("place") == 4 + 3
        assert "…" not in said


@pytest.mark.parametrize("format", [DOCUMENT, ROOM], ids=["document", "room"])
def test_a_text_without_end_takes_no_time_and_stays_inside(format: Format) -> None:
    for chart in everywhere("endless" * 500):
        page, found = extents(chart, format)
        assert all(box.x0 >= 0 and box.x1 <= page.x1 for _, box in found)


def test_signs_that_the_font_lacks_are_hollow_boxes_and_the_rest_goes() -> None:
    assert clean("中 a\x00\u200d\ufe0f\ud800") == "□ a□"
    assert clean("Ŵyn Łódź Привет") == "Ŵyn Łódź Привет"


def test_words_are_broken_at_spaces_and_a_count_stays_with_its_n() -> None:
    assert broken("UWES-9, staff (n = 5)", 75, 9) == ("UWES-9, staff", "(n = 5)")
    assert "".join(broken("Unbreakableword" * 3, 60, 9)) == "Unbreakableword" * 3
    assert all(width_of(line, 9) <= 60 for line in broken("Unbreakableword" * 3, 60, 9))
    assert broken("", 60, 9) == ()


@pytest.mark.parametrize(("format", "word"), [(DOCUMENT, "Emotional"), (ROOM, "Unemployability")])
def test_no_word_of_a_column_is_torn(format: Format, word: str) -> None:
    names = tuple((float(at), f"{word}{at}") for at in range(10))
    bars = tuple(Bar(at, 0, 5, "pilot", "y") for at, _ in names)
    chart = Chart((Panel(Axis("Need", ticks=names), Axis("People"), bars),), "", "")
    assert faults(chart, format) == []
    assert {f"{word}{at}" for at in range(10)} <= {text for text, _ in extents(chart, format)[1]}


def test_in_a_room_text_shrinks_before_words_in_bars_are_left_out() -> None:
    names = tuple((float(at), f"Item {at}") for at in range(11))
    bars = tuple(Bar(at, 0, 9, "answer_high_1", inside=f"{at:.0f} people") for at, _ in names)
    found = [text for text, _ in extents(Chart((Panel(Axis("n"), Axis("", ticks=names), bars),), "", ""), ROOM)[1]]
    assert len([text for text in found if text.endswith("people")]) == 11


def test_the_words_of_near_rows_stand_level_with_their_dots() -> None:
    names = tuple((float(at), f"Row {at}") for at in range(10))
    marks = tuple(Point(20 + 5 * at, at, "pilot", text=f"{at} of 27") for at in range(10))
    found = dict(extents(Chart((Panel(Axis("Share (%)", 0, 100), Axis("", ticks=names), marks),), "", ""), ROOM)[1])
    for at in range(10):
        assert found[f"{at} of 27"].y0 == pytest.approx(found[f"Row {at}"].y0, abs=3)
