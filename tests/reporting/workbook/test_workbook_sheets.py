"""The sheets: their order and names, the links between them, what they say, and how they are laid out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from evalcore.reporting.build import build_report
from evalcore.reporting.model import Bullets, Paragraph, Report, Section, Table
from evalcore.reporting.told import tell
from evalcore.reporting.workbook import report_xlsx
from evalcore.reporting.workbook.names import LONGEST_SHEET, in_pieces, sheet_name
from evalcore.reporting.workbook.sheets import CONTENTS, METHODS, NOTES, NUMBERS, ORIGIN, RULES
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.telling import ReportText, Telling
from tests.claims.studies import study_of_pairs
from tests.reporting.studies import AT, full_report, sample_report
from tests.reporting.workbook.workbooks import MAIN, Opened, full, opened, sample

FORBIDDEN = set("[]:*?/\\'")


def report_of(study: Study) -> Report:
    return build_report(study, tell(study), made_at=AT)


def lead_somewhere(book: Opened) -> bool:
    """Whether every link leads to a cell that holds something."""
    return all(book.at(location) not in ([], [""]) for _, _, location in book.links())


def test_contents_come_first_then_the_report_in_its_order() -> None:
    names = full().names
    assert names[:2] == [CONTENTS, NOTES]
    assert names[-1] == NUMBERS
    numbered = [name[:3] for name in names if name[0] == "T" and name[1:3].isdigit()]
    assert numbered == [f"T{number:02d}" for number in range(1, len(full_report().tables))]
    assert {METHODS, RULES, ORIGIN, "Validation workshop", "Problems and exclusions"} <= set(names)


def test_the_first_sheet_says_what_this_is_and_what_was_found() -> None:
    words = full().text(CONTENTS)
    report = full_report()
    assert words[0] == report.title
    assert {"Study: Sample study (invented)", "An institute", "By An evaluator"} <= set(words)
    assert any("4 May 2026, 09:00 UTC" in line for line in words)
    summary = report.section("summary")
    assert summary is not None
    for block in summary.blocks:
        said = block.items if isinstance(block, Bullets) else (block.text,) if isinstance(block, Paragraph) else ()
        assert set(said) <= set(words)


def test_what_a_person_wrote_is_told_from_what_the_program_wrote() -> None:
    words = full().text(CONTENTS)
    own, data = words.index("In the evaluator’s own words"), words.index("Written from the data")
    assert words[own + 1 : data] == ["First line.", "Second line."]
    assert "Written from the data" not in sample().text(CONTENTS)


def test_contents_lead_to_every_other_sheet_and_each_leads_back() -> None:
    found = [location for sheet, _, location in full().links() if sheet == CONTENTS]
    assert found == [f"'{name}'!A1" for name in full().names if name != CONTENTS]
    back = {sheet for sheet, cell, location in full().links() if (cell, location) == ("A2", f"'{CONTENTS}'!A1")}
    assert back == set(full().names) - {CONTENTS, NOTES}
    assert lead_somewhere(full())


def test_contents_name_table_figure_and_n() -> None:
    listed = next(table for table in full().tables if table.sheet == CONTENTS)
    rows = {row[0]: row for row in full().rows(listed)[1:]}
    for one in full_report().exhibits:
        numbers = [f"Table {one.table.number}"] if one.table else []
        numbers += [f"Figure {one.figure}"] if one.figure else []
        assert rows[one.label][1:3] == [", ".join(numbers), one.chart.n if one.chart else ""]


def test_a_finding_leads_to_the_steps_behind_it_of_the_same_measure() -> None:
    steps = {one.finding: one for one in full_report().exhibits if one.finding.startswith("trail.")}
    behind = [one for one in full_report().exhibits if one.trail is not None]
    assert behind
    for one in behind:
        sheet = next(name for name in full().names if name.startswith(f"T{one.table.number:02d} "))
        wanted = steps[f"trail.{one.finding.partition('.')[2]}"]
        leads = [location[1:4] for found, _, location in full().links() if found == sheet]
        assert f"T{wanted.table.number:02d}" in leads


def test_steps_have_a_sheet_of_their_own_where_their_section_is_left_out() -> None:
    left_out = Telling(report=ReportText(left_out=("who_took_part",)))
    book = opened(report_of(sample_study().beside(telling=left_out)))
    own = [name for name in book.names if name.startswith("Who is behind")]
    assert len(own) == 4
    leads = {location for sheet, _, location in book.links() if sheet.startswith("T")}
    assert {f"'{name}'!A1" for name in own} <= leads
    assert lead_somewhere(book)


def test_words_that_explain_a_finding_stand_on_its_sheet() -> None:
    exhibit = next(one for one in full_report().exhibits if one.finding == "change.gse.total.service-users")
    told = replace(exhibit, planned="Planned.", rivals=("New housing.", "A warm summer."), message="A small rise")
    book = opened(replace(full_report(), sections=(Section("changes", "Changes", (told,)),)))
    words = book.text(next(name for name in book.names if name.startswith("T05")))
    assert words[0] == told.title
    assert {told.message, told.sentence, told.caution, told.source, told.planned} <= set(words)
    assert {*told.reasons, *told.rivals} <= set(words)
    said = " ".join(words)
    assert told.definition in said
    assert told.hidden in said


def test_limits_methods_rules_and_origin_are_told() -> None:
    report = full_report()
    methods, rules = " ".join(full().text(METHODS)), " ".join(full().text(RULES))
    for name, words in (("methods", methods), ("limits", methods), ("references", methods), ("rules", rules)):
        section = report.section(name)
        assert section is not None
        for block in section.blocks:
            said = block.items if isinstance(block, Bullets) else () if isinstance(block, Table) else (block.text,)
            assert all(" ".join(in_pieces(one, 800)) in words for one in said)
    origin = next(table for table in full().tables if table.sheet == ORIGIN)
    assert [tuple(row) for row in full().rows(origin)[1:]] == list(report.stamp.rows)


def test_policy_and_origin_are_told_where_their_section_is_left_out() -> None:
    report = replace(full_report(), sections=tuple(one for one in full_report().sections if one.name != "rules"))
    book = opened(report)
    assert set(report.stamp.policy) <= set(book.text(RULES))
    origin = next(table for table in book.tables if table.sheet == ORIGIN)
    assert [tuple(row) for row in book.rows(origin)[1:]] == list(report.stamp.rows)


def test_own_words_of_a_section_with_findings_are_kept() -> None:
    text = ReportText(own=(("changes", "Our own view of it."),))
    book = opened(report_of(sample_study().beside(telling=Telling(report=text))))
    assert "Our own view of it." in book.text(METHODS)


def test_each_sheet_lies_across_one_page_wide_and_opens_at_its_first_cell() -> None:
    for at, (name, part) in enumerate(full().sheets.items()):
        sheet = full().xml(part)
        setup = next(sheet.iter(f"{MAIN}pageSetup")).attrib
        assert (setup["orientation"], setup["paperSize"], setup["fitToHeight"]) == ("landscape", "9", "0")
        assert next(sheet.iter(f"{MAIN}pageSetUpPr")).attrib["fitToPage"] == "1"
        view = next(sheet.iter(f"{MAIN}sheetView"))
        assert (view.attrib.get("tabSelected") == "1") is (at == 0)
        assert {one.attrib.get("activeCell", "A1") for one in view.iter(f"{MAIN}selection")} <= {"A1"}
        assert full().cells[name][0][0]
        assert list(sheet.iter(f"{MAIN}mergeCell")) == list(sheet.iter(f"{MAIN}autoFilter")) == []


def test_every_row_of_words_is_high_enough_and_no_row_too_high() -> None:
    for part in full().sheets.values():
        rows = [row for row in full().xml(part).iter(f"{MAIN}row") if row.attrib.get("customHeight")]
        assert rows
        assert all(15 <= float(row.attrib["ht"]) <= 409 for row in rows)


def test_properties_say_what_it_is_and_when_it_was_made() -> None:
    core = full().parts["docProps/core.xml"].decode()
    assert "<dc:title>A pilot, looked at</dc:title>" in core
    assert "<dc:creator>An institute</dc:creator>" in core
    assert ">2026-05-04T09:00:00Z<" in core
    stamp = replace(full_report().stamp, made_at="some day")
    assert ">1980-01-01T00:00:00Z<" in opened(replace(full_report(), stamp=stamp)).parts["docProps/core.xml"].decode()


def test_the_same_report_gives_the_same_bytes() -> None:
    data = report_xlsx(sample_report())
    assert data == report_xlsx(sample_report())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


@pytest.mark.parametrize("pairs", [0, 1, 2, 3])
def test_few_people(pairs: int) -> None:
    report = report_of(study_of_pairs(pairs) if pairs else Study.empty())
    book = opened(report)
    assert {CONTENTS, NOTES, RULES, ORIGIN} <= set(book.names)
    assert lead_somewhere(book)
    assert (NUMBERS in book.names) is any(one.chart is not None for one in report.exhibits)
    assert len(book.tables) == len(report.tables) + 1


def test_names_of_sheets_tell_measures_apart_and_are_legal() -> None:
    names = full().names
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= LONGEST_SHEET and not FORBIDDEN & set(name) for name in names)
    assert "T01 Who took part GSE, service…" in names


@pytest.mark.parametrize(
    "label", ["", "History", "x" * 200, "[]:*?/\\", "'", "\x00\x1f", "a: b: c", "😀" * 40, "word " * 40, "Rules", " "]
)
def test_any_label_gives_a_name(label: str) -> None:
    taken = ["Rules"]
    for _ in range(12):
        for number in ("", "T05"):
            name = sheet_name(number, label, taken)
            assert 0 < len(name.encode("utf-16-le")) // 2 <= LONGEST_SHEET
            assert not FORBIDDEN & set(name)
            assert name.isprintable()
            assert name == name.strip()
            assert name.casefold() not in {"history", *(one.casefold() for one in taken)}
            taken.append(name)
