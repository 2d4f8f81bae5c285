"""What a screen reader is told, and what the file says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reporting.deck.decks import MADE_AT, Told
from tests.reporting.deck.reading import A, P, named, title_of, words_on, xml_parts

ORDER = (
    "Message",
    "Chart 1",
    "Table",
    "Sentence",
    "Where the full table stands",
    "Caution",
    "Source",
    "Footer",
    "Slide number",
)
DECKS = ["everything", "workshop", "nothing"]


@pytest.fixture(params=DECKS)
def told(request: pytest.FixtureRequest) -> Told:
    found: Told = request.getfixturevalue(request.param)
    return found


def shapes(slide: Any) -> list[Any]:
    return list(slide.shapes)


def test_every_slide_has_a_title_of_its_own_and_reads_it_first(told: Told) -> None:
    slides = list(told.open().slides)
    assert all(title_of(slide).strip() for slide in slides)
    assert all(shapes(slide)[0].shape_id == slide.shapes.title.shape_id for slide in slides)


def test_the_rest_is_read_from_top_to_foot(told: Told) -> None:
    for slide in told.open().slides:
        places = [at for name in ORDER for at, shape in enumerate(shapes(slide)) if shape.name == name]
        assert places == sorted(places), [shape.name for shape in shapes(slide)]


def test_every_picture_and_table_and_chart_has_words(told: Told) -> None:
    for slide in told.open().slides:
        for shape in shapes(slide):
            if shape._element.tag in (f"{P}graphicFrame", f"{P}pic"):
                assert shape._element._nvXxPr.cNvPr.get("descr", "").strip(), shape.name
            assert shape.name.strip()


def test_the_words_of_a_chart_are_the_sentence(everything: Told) -> None:
    for exhibit, slide in zip(everything.report.exhibits, list(everything.open().slides)[2:], strict=False):
        said = [shape._element._nvXxPr.cNvPr.get("descr") for shape in shapes(slide)]
        assert any(" ".join(exhibit.sentence.split()) in (one or "") for one in said), exhibit.finding


def test_the_first_row_of_a_table_is_its_heading(told: Told) -> None:
    for slide in told.open().slides:
        for shape in shapes(slide):
            if shape.has_table:
                assert shape._element.find(f".//{A}tblPr").get("firstRow") == "1"


def test_everything_is_british_english(told: Told) -> None:
    for name, root in xml_parts(told.data):
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes")):
            for run in (*root.iter(f"{A}r"), *root.iter(f"{A}fld")):
                assert run.find(f"{A}rPr").get("lang") == "en-GB", name


def test_slide_numbers_and_footers_stand_in_their_placeholders(told: Told) -> None:
    first, *others = told.open().slides
    assert named(first, "Footer") is None
    for number, slide in enumerate(others, start=2):
        held = {shape._element.find(f".//{P}ph").get("type"): shape for shape in slide.placeholders}
        assert held["sldNum"]._element.find(f".//{A}fld").get("type") == "slidenum"
        assert held["sldNum"].text_frame.text == str(number)
        assert held["ftr"].text_frame.text == told.report.title
    assert all(words_on(slide.slide_layout) for slide in others)


def test_no_placeholder_is_left_empty(told: Told) -> None:
    for slide in told.open().slides:
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders)


def test_what_is_for_the_eye_only_is_marked(told: Told) -> None:
    deck = told.open()
    for owner in (deck.slide_master, *deck.slide_layouts):
        for shape in owner._element.iter(f"{P}sp"):
            if shape.find(f".//{P}ph") is None:
                assert b"decorative" in _text(shape)


def _text(element: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element))


def test_the_file_says_what_it_is(told: Told) -> None:
    known = told.open().core_properties
    assert known.title == told.report.title
    assert known.author == told.report.organisation
    assert known.created.isoformat() == MADE_AT.partition("+")[0]
    assert known.last_modified_by == ""


def test_nothing_is_written_on_a_slide_by_hand_in_another_order_than_the_schema(told: Told) -> None:
    orders = {
        f"{P}sp": ("nvSpPr", "spPr", "style", "txBody", "extLst"),
        f"{P}nvSpPr": ("cNvPr", "cNvSpPr", "nvPr"),
        f"{P}cNvPr": ("hlinkClick", "hlinkHover", "extLst"),
        f"{P}txBody": ("bodyPr", "lstStyle", "p"),
        f"{A}p": ("pPr", "r", "br", "fld", "endParaRPr"),
        f"{A}fld": ("rPr", "pPr", "t"),
        f"{A}r": ("rPr", "t"),
        f"{A}rPr": ("ln", "noFill", "solidFill", "effectLst", "latin", "ea", "cs", "sym", "hlinkClick"),
        f"{A}tcPr": ("lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "noFill", "solidFill"),
        f"{A}lvl1pPr": (
            "lnSpc",
            "spcBef",
            "spcAft",
            "buClr",
            "buSzPct",
            "buFont",
            "buNone",
            "buChar",
            "tabLst",
            "defRPr",
        ),
        f"{A}effectStyle": ("effectLst", "scene3d", "sp3d"),
    }
    seen = set()
    for name, root in xml_parts(told.data):
        if "/charts/" in name:
            continue
        for element in root.iter(*orders):
            found = [child.tag.partition("}")[2] for child in element]
            order = orders[element.tag]
            if element.tag == f"{A}p":
                found = ["r" if one in ("br", "fld") else one for one in found]
            places = [order.index(one) for one in found]
            assert places == sorted(places), (name, element.tag, found)
            seen.add(element.tag)
    assert seen == set(orders)
