"""An organisation's template: what is used of it, what is left behind, and which are refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pptx import Presentation

from evalcore.errors import UnreadableFileError
from evalcore.reporting.deck import report_pptx
from evalcore.telling.report_text import LARGEST_TEMPLATE
from tests.reporting.deck import templates
from tests.reporting.deck.decks import Told
from tests.reporting.deck.reading import notes_of, parts, title_of, xml_parts


def opened(told: Told, template: bytes) -> tuple[bytes, Any]:
    data = report_pptx(told.report, order=told.order[:2], template=template)
    return data, Presentation(io.BytesIO(data))


GOOD = [
    templates.four_by_three,
    templates.with_references,
    templates.as_potx,
    templates.with_a_link,
    templates.with_one_odd_layout,
]


@pytest.mark.parametrize("template", GOOD)
def test_a_template_is_used(template: Callable[[], bytes], workshop: Told) -> None:
    data, deck = opened(workshop, template())
    held = {one.finding: one for one in workshop.report.exhibits}
    titles = [title_of(slide) for slide in deck.slides]
    assert titles[2:4] == [held[finding].title for finding in workshop.order[:2]]
    assert all(held[finding].caution in notes_of(deck.slides[2 + at]) for at, finding in enumerate(workshop.order[:2]))
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    theme = {name: blob for name, blob in parts(data).items() if name.startswith("ppt/theme/")}
    assert any(b"Calibri" in blob and b"4F81BD" in blob for blob in theme.values())


@pytest.mark.parametrize("template", GOOD)
def test_its_slides_are_gone_and_leave_no_trace(template: Callable[[], bytes], workshop: Told) -> None:
    data, deck = opened(workshop, template())
    held = parts(data)
    slides = [name for name in held if name.startswith("ppt/slides/slide")]
    assert len(slides) == len(deck.slides)
    assert sum(name.startswith("ppt/notesSlides/notes") for name in held) == len(deck.slides)
    assert not any(templates.OLD.encode() in blob for blob in held.values())
    for name in ("docProps/app.xml", "docProps/thumbnail.jpeg", "ppt/viewProps.xml"):
        assert name not in held
    assert b"sectionLst" not in held["ppt/presentation.xml"]
    assert b"custShow" not in held["ppt/presentation.xml"]


@pytest.mark.parametrize("template", GOOD)
def test_every_relation_is_used_and_every_part_is_there(template: Callable[[], bytes], workshop: Told) -> None:
    data, _ = opened(workshop, template())
    held = parts(data)
    reached = set()
    for name, root in xml_parts(data):
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rpartition("/")[0]
        for one in root:
            if one.get("TargetMode") != "External":
                reached.add(_joined(folder, one.get("Target")))
        owner = name.replace("_rels/", "").removesuffix(".rels")
        if owner in held:
            known = {one.get("Id") for one in root}
            for element in (element for found, tree in xml_parts(data) if found == owner for element in tree.iter()):
                asked = [
                    value
                    for key, value in element.attrib.items()
                    if key.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
                ]
                assert set(filter(None, asked)) <= known
    assert reached == {name for name in held if not name.endswith(".rels") and name != "[Content_Types].xml"}


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def test_the_layouts_of_a_template_are_found_by_their_type(workshop: Told) -> None:
    _, deck = opened(workshop, templates.with_a_decoy())
    kinds = [slide.slide_layout._element.get("type") for slide in deck.slides]
    assert kinds == ["title", "obj", "titleOnly", "titleOnly", "titleOnly", "obj", "titleOnly"]


def test_a_title_in_an_odd_place_is_moved_to_the_top(workshop: Told) -> None:
    _, deck = opened(workshop, templates.with_one_odd_layout())
    for slide in list(deck.slides)[1:]:
        title = slide.shapes.title
        assert title.top + title.height < deck.slide_height / 2
        assert title.width > deck.slide_width / 2


def test_what_a_template_says_of_its_author_is_not_kept(workshop: Told) -> None:
    _, deck = opened(workshop, templates.four_by_three())
    assert deck.core_properties.author == "University of Somewhere"
    assert deck.core_properties.comments == ""


REFUSED = {
    "no PowerPoint": [lambda: b"", lambda: b"PK\x03\x04", lambda: b"<html></html>", templates.a_document],
    "too large": [lambda: bytes(LARGEST_TEMPLATE + 1)],
    "password": [lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    "macros": [templates.with_macros, templates.with_hidden_macros],
    "outside the file": [templates.with_a_picture_from_outside],
    "damaged": [templates.damaged, templates.without_master],
    "no layout with a title": [templates.without_titles],
    "unpacks": [templates.large_inside],
}


@pytest.mark.parametrize(("said", "made"), [(said, made) for said, held in REFUSED.items() for made in held])
def test_a_bad_template_is_refused_in_a_sentence(said: str, made: Callable[[], bytes], nothing: Told) -> None:
    with pytest.raises(UnreadableFileError, match=said) as raised:
        report_pptx(nothing.report, template=made())
    assert raised.value.__cause__ is None
    assert str(raised.value).count(". ") <= 1


def test_a_template_that_was_cut_or_changed_is_refused_or_read(nothing: Told) -> None:
    whole, refused = templates.four_by_three(), 0
    places = range(0, len(whole), 1_499)
    for at in places:
        for changed in (whole[:at], whole[:at] + b"\x00\xff" + whole[at + 2 :]):
            try:
                report_pptx(nothing.report, template=changed)
            except UnreadableFileError:
                refused += 1
    assert refused >= len(places), "each that was cut, at least"
