"""An organisation's template: its looks are used, its text is not, and what could do harm is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import docx
import pytest
from docx.shared import Cm, Pt

from evalcore.errors import UnreadableFileError
from evalcore.reporting.document import archive
from evalcore.reporting.model import Bullets, Paragraph, Table
from evalcore.telling.report_text import LARGEST_TEMPLATE
from tests.reporting.document.documents import (
    W,
    body,
    full_docx,
    opened,
    paragraphs,
    part,
    parts,
    rendered,
    small_report,
    words,
)
from tests.reporting.document.templates import (
    AS_TEMPLATE,
    OUTSIDE,
    WITH_MACROS,
    changed,
    of_kind,
    packed,
    saved,
    university,
    with_footer_field,
    with_part,
)
from tests.reporting.studies import full_report

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@cache
def dressed() -> bytes:
    return rendered(full_report(), university())


def test_the_looks_are_the_templates_and_the_text_is_the_reports() -> None:
    made = opened(dressed())
    assert made.styles["Heading 1"].font.size == Pt(23)
    assert made.sections[0].left_margin.cm == pytest.approx(4, abs=0.01)
    assert paragraphs(dressed()) == paragraphs(full_docx())
    assert not any(b"Instructions" in content or b"someone" in content for content in parts(dressed()).values())


def test_its_letterhead_is_used_and_ours_stands_where_it_has_none() -> None:
    made = opened(dressed())
    assert made.sections[0].different_first_page_header_footer
    assert not made.sections[1].different_first_page_header_footer
    assert made.sections[1].header.paragraphs[0].text == "University letterhead"
    assert made.sections[1].footer.paragraphs[0].text.startswith("Page 1 of 1")
    logos = [name for name in parts(dressed()) if name.startswith("word/media/letterheader")]
    assert len(logos) == 1


def test_styles_that_it_lacks_are_added_and_all_that_are_used_exist() -> None:
    root = part(dressed(), "word/styles.xml")
    held = {one.get(f"{W}styleId") for one in root.iter(f"{W}style")}
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in body(dressed()).iter(f"{W}{tag}")}
    assert used <= held
    names = [one.find(f"{W}name").get(f"{W}val") for one in root.iter(f"{W}style")]
    assert {"caption", "List Bullet", "Body Text", "Evaluator's text", "Report table"} <= set(names)
    assert len(names) == len(set(names))
    assert {one.get(f"{W}val") for one in root.iter(f"{W}lang")} == {"en-GB"}


def test_bullets_that_it_lacks_get_a_number_that_none_of_its_lists_has() -> None:
    made = rendered(small_report(Bullets(("One.",))), university())
    bullets = opened(made).styles["List Bullet"].element.find(f".//{W}numId").get(f"{W}val")
    numbers = [one.get(f"{W}numId") for one in part(made, "word/numbering.xml").iter(f"{W}num")]
    assert numbers.count(bullets) == 1
    assert len(numbers) > 1


def test_its_styles_are_known_by_name_in_any_language() -> None:
    source = docx.Document()
    heading, toc = source.styles["Heading 1"].element, source.styles["TOC Heading"].element
    heading.set(f"{W}styleId", "berschrift1")
    toc.find(f"{W}basedOn").set(f"{W}val", "berschrift1")
    made = rendered(small_report(Paragraph("Words.")), saved(source))
    assert paragraphs(made, "berschrift1") == ["Summary"]
    ids = [one.get(f"{W}styleId") for one in part(made, "word/styles.xml").iter(f"{W}style")]
    assert "Heading1" not in ids


def test_a_style_of_another_name_does_not_stand_in_for_ours() -> None:
    source = docx.Document()
    source.styles["Quote"].element.set(f"{W}styleId", "TakeCare")
    report = small_report(Table("Scores", full_report().tables[0].columns[:1], (("a",),), number=1))
    names = {
        one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val")
        for one in part(rendered(report, saved(source)), "word/styles.xml").iter(f"{W}style")
    }
    assert names["TakeCare"] == "Quote"
    assert names["TakeCare1"] == "Take care"


def test_a_word_template_is_used_as_a_document_is() -> None:
    report = small_report(Paragraph("Words."))
    assert rendered(report, of_kind(university(), AS_TEMPLATE)) == rendered(report, university())


def test_pages_that_name_no_header_have_the_one_before_them() -> None:
    source = docx.Document()
    source.sections[0].header.paragraphs[0].text = "Of the cover and all pages"
    source.add_section()
    assert opened(rendered(small_report(), saved(source))).sections[-1].header.paragraphs[0].text.startswith("Of the")


def test_an_earlier_report_serves_as_template_without_its_own_header() -> None:
    made = rendered(small_report(Paragraph("Words.")), full_docx())
    assert words(part(made, "word/header.xml")) == "A report"
    assert not any(name.startswith("word/letter") for name in parts(made))


def test_the_same_template_gives_the_same_bytes() -> None:
    assert rendered(full_report(), university()) == dressed()


def test_pages_that_lie_wide_keep_the_templates_paper() -> None:
    pages = [one.find(f"{W}pgSz") for one in body(dressed()).iter(f"{W}sectPr")]
    sizes = {(one.get(f"{W}w"), one.get(f"{W}h"), one.get(f"{W}orient")) for one in pages}
    assert sizes == {("11906", "16838", None), ("16838", "11906", "landscape")}


@pytest.mark.parametrize("field", [("PAGE",), (" NUM", "PAGES "), (' STYLEREF "heading 1" ',)])
def test_a_footer_may_count_pages(field: tuple[str, ...]) -> None:
    made = rendered(small_report(), with_footer_field(*field))
    assert "word/footer.xml" not in parts(made)


@pytest.mark.parametrize("field", [(' INCLUDEPICTURE "x" ',), (" INCLUDE", 'TEXT "x"'), ("dde x",), ("HYPERLINK x",)])
def test_a_field_that_could_fetch_something_is_refused(field: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableFileError, match="holds a field other than"):
        rendered(small_report(), with_footer_field(*field))


def _refused(template: bytes) -> str:
    with pytest.raises(UnreadableFileError) as told:
        rendered(small_report(), template)
    return str(told.value)


NO_WORD_FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "words": lambda: b"plain words",
    "no archive": lambda: b"PK\x03\x04 cut off",
    "cut off": lambda: university()[:3000],
    "no parts": lambda: packed({"a": b""}),
    "workbook": lambda: of_kind(university(), b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "entities": lambda: changed(university(), "word/styles.xml", b"<w:styles", ENTITIES + b"<w:styles"),
    "torn": lambda: changed(university(), "word/document.xml", b"</w:body>", b""),
    "no number": lambda: changed(university(), "word/document.xml", b'w:w="11906"', b'w:w="wide"'),
}
PROGRAMS: dict[str, Callable[[], bytes]] = {
    "kind": lambda: of_kind(university(), WITH_MACROS),
    "macros": lambda: with_part(university(), "word/vbaProject.bin", b"\0"),
    "control": lambda: with_part(university(), "word/activeX/activeX1.xml", b"<x/>"),
}
LINKS: dict[str, Callable[[], bytes]] = {
    "attached template": lambda: with_part(university(), "word/_rels/settings.xml.rels", OUTSIDE),
    "not marked": lambda: with_part(university(), "word/_rels/a.xml.rels", OUTSIDE.replace(b"TargetMode", b"Mode")),
}


@pytest.mark.parametrize("template", NO_WORD_FILES.values(), ids=NO_WORD_FILES)
def test_what_is_no_word_file_is_refused(template: Callable[[], bytes]) -> None:
    assert _refused(template()).startswith("The template is no Word file that can be read.")


@pytest.mark.parametrize("template", PROGRAMS.values(), ids=PROGRAMS)
def test_programs_are_refused(template: Callable[[], bytes]) -> None:
    assert _refused(template()).startswith("The template holds macros or other programs.")


@pytest.mark.parametrize("template", LINKS.values(), ids=LINKS)
def test_links_to_the_outside_are_refused(template: Callable[[], bytes]) -> None:
    assert _refused(template()).startswith("The template is linked to something outside of it")


def test_what_is_too_large_is_refused_packed_and_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _refused(bytes(LARGEST_TEMPLATE + 1)).startswith("The template is larger than 10 MB.")
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 1000)
    assert _refused(university()).startswith("The template is larger than 10 MB.")


def test_an_old_or_protected_file_is_refused_with_what_to_do() -> None:
    assert "without one" in _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


def test_pages_without_room_are_refused() -> None:
    source = docx.Document()
    source.sections[0].left_margin = source.sections[0].right_margin = Cm(8)
    assert _refused(saved(source)).startswith("The pages of the template leave too little room")


def test_an_object_in_a_header_is_refused() -> None:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    name = next(name for name in parts(university()) if name.startswith("word/_rels/header"))
    template = changed(university(), name, kind + b"image", kind + b"chart")
    assert "more than text and pictures" in _refused(template)
