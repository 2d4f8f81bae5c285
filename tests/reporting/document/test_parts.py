"""The parts of a document: whole, in the order that Word asks for, the same each time, and nobody's name in them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from tests.reporting.document.documents import AT, W, body, full_docx, opened, part, parts, rendered, small_report
from tests.reporting.studies import full_report

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc outlineLvl rPr"
    " sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols titlePg docGrid",
    "tblPr": "tblStyle tblStyleRowBandSize tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"
    " tblDescription",
    "tcPr": "tcW tcBorders shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr tcPr tblStylePr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr",
    "settings": "zoom mirrorMargins defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
}
"""Children of what is written by hand, as ECMA-376 orders them."""


def each_xml(data: bytes) -> dict[str, Any]:
    return {name: etree.fromstring(held) for name, held in parts(data).items() if name.endswith((".xml", ".rels"))}


def test_every_part_parses_and_has_its_children_in_the_order_of_the_standard() -> None:
    seen = set()
    for name, root in each_xml(full_docx()).items():
        for element in root.iter():
            tag = etree.QName(element).localname
            if element.tag.startswith(W) and tag in ORDER:
                order = ORDER[tag].split()
                found = [order.index(etree.QName(child).localname) for child in element]
                assert found == sorted(found), (name, tag)
                seen.add(tag)
    assert seen == set(ORDER)


def test_every_relation_leads_to_a_part_of_a_named_kind_and_every_part_is_led_to() -> None:
    held = parts(full_docx())
    types = etree.fromstring(held["[Content_Types].xml"])
    kinds = {one.get("PartName", f"*.{one.get('Extension')}"): one.get("ContentType") for one in types}
    reached = {"[Content_Types].xml"}
    for name, root in each_xml(full_docx()).items():
        if name.endswith(".rels"):
            reached.add(name)
            folder = posixpath.dirname(posixpath.dirname(name))
            for one in root:
                assert one.get("TargetMode") is None
                reached.add(posixpath.normpath(posixpath.join(folder, one.get("Target"))))
    assert reached == set(held)
    for name in held:
        assert f"/{name}" in kinds or f"*.{name.rpartition('.')[2]}" in kinds


def test_every_style_and_every_relation_that_is_used_exists() -> None:
    made = full_docx()
    styles = {one.get(f"{W}styleId") for one in part(made, "word/styles.xml").iter(f"{W}style")}
    used = {
        one.get(f"{W}val")
        for one in body(made).iter()
        if etree.QName(one).localname in ("pStyle", "rStyle", "tblStyle")
    }
    assert used <= styles
    names = {one.get("Id") for one in part(made, "word/_rels/document.xml.rels")}
    relations = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    asked = {value for one in body(made).iter() for key, value in one.attrib.items() if key.startswith(relations)}
    assert asked <= names
    assert len(asked) > 10


def test_numbers_of_pictures_and_places_are_given_once() -> None:
    made = [root for name, root in each_xml(full_docx()).items() if name.startswith("word/")]
    for tag in ("docPr", "bookmarkStart"):
        found = [
            one.get("id") or one.get(f"{W}id")
            for root in made
            for one in root.iter()
            if etree.QName(one).localname == tag
        ]
        assert len(found) == len(set(found)) > 10


def test_looks_come_from_styles_alone() -> None:
    allowed = {"rStyle", "pStyle", "keepNext", "pageBreakBefore", "sectPr"}
    made = body(full_docx())
    for tag in ("pPr", "rPr"):
        found = {etree.QName(child).localname for one in made.iter(f"{W}{tag}") for child in one}
        assert found <= allowed


def test_the_same_report_gives_the_same_bytes() -> None:
    assert rendered(full_report()) == full_docx()
    with zipfile.ZipFile(io.BytesIO(full_docx())) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


@pytest.mark.parametrize("made_at", [AT, "2026-05-04T10:00:00+01:00", "2026-05-04T09:00:00"])
def test_the_file_tells_of_the_report_and_of_nobody_at_a_machine(made_at: str) -> None:
    report = small_report(organisation="An institute")
    found = opened(rendered(replace(report, stamp=replace(report.stamp, made_at=made_at)))).core_properties
    assert (found.title, found.subject, found.language) == ("A report", "Study", "en-GB")
    assert (found.author, found.last_modified_by) == ("An institute", "An institute")
    assert found.created == found.modified == datetime(2026, 5, 4, 9, tzinfo=UTC)


def test_without_an_organisation_nobody_is_named_as_author() -> None:
    found = opened(rendered(small_report())).core_properties
    assert (found.author, found.last_modified_by) == ("", "")


def test_the_language_is_british_english() -> None:
    found = [one.get(f"{W}val") for one in part(full_docx(), "word/styles.xml").iter(f"{W}lang")]
    assert found == ["en-GB"]


def test_word_opens_it_as_a_document_of_today() -> None:
    settings = part(full_docx(), "word/settings.xml")
    modes = {one.get(f"{W}name"): one.get(f"{W}val") for one in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
