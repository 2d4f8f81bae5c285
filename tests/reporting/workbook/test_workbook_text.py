"""Text of a file or of a person is data: never a formula, a link, markup or a code, and none of it breaks a file."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache

import pytest

from evalcore.reporting.model import Bullets, Paragraph, Report, Section
from evalcore.reporting.workbook.names import LONGEST_CELL, in_pieces, safe
from evalcore.reporting.workbook.sheets import CONTENTS, METHODS
from tests.reporting.studies import sample_report
from tests.reporting.web.reports import NASTY, made_up
from tests.reporting.workbook.workbooks import MAIN, Opened, full, opened

HOSTILE = {
    "markup": NASTY,
    "formula": '=HYPERLINK("http://example.org";"x")',
    "plus": "+1+1",
    "minus": "-1+cmd|' /C calc'!A0",
    "at": "@SUM(A1:A9)",
    "address": "http://example.org/x",
    "a sheet of ours": "internal:'Rules'!A1",
    "the writer's own markup": "<r><t>x</b></r>",
    "code of a character": "_x0041_",
    "reference": "=Contents!$A$1",
    "codes of a footer": '&P&"Wingdings"&99',
    "no name for a sheet": "[]:*?/\\'",
    "control": "\x00\x01\x1f\x7f\ufffe",
    "one long word": "a" * 40_000,
    "many words": "Some words. " * 4_000,
    "pictures": "\U0001f600" * 300,
    "lines": "one\r\ntwo\n\nthree\u2028four",
    "nothing": "",
    "blank": "   ",
}


@cache
def built(name: str) -> tuple[str, Opened]:
    return HOSTILE[name], opened(made_up(HOSTILE[name]))


def said(words: str) -> Report:
    """A report that says `words` in one paragraph and in a list."""
    section = Section("methods", "Methods", (Paragraph(words), Bullets((words,))))
    return replace(sample_report(), sections=(section,))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_the_file_or_runs_in_it(name: str) -> None:
    _, book = built(name)
    for part, content in book.parts.items():
        assert "macro" not in part.lower()
        assert "vba" not in part.lower()
        root = ET.fromstring(content)
        if part.endswith(".rels"):
            assert not [one for one in root if one.attrib.get("TargetMode") == "External"]
        if part.startswith("xl/worksheets/"):
            assert list(root.iter(f"{MAIN}f")) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_links_and_marked_tables_hold_whatever_they_say(name: str) -> None:
    _, book = built(name)
    assert all(book.at(location) not in ([], [""]) for _, _, location in book.links())
    assert len(book.tables) == 4
    for table in book.tables:
        heads = book.rows(table)[0]
        assert [re.sub("[\r\n]+", " ", str(head)) for head in heads] == list(table.headings)
        assert len({head.casefold() for head in table.headings}) == len(table.headings)
        assert all(0 < len(head) <= 255 for head in table.headings)


@pytest.mark.parametrize("name", ["formula", "plus", "minus", "at", "address", "reference", "code of a character"])
def test_text_is_read_back_as_it_was_written(name: str) -> None:
    words, book = built(name)
    table = next(one for one in book.tables if one.name == "Table_01")
    assert book.rows(table)[1][:2] == [words, words]
    assert words in book.text(CONTENTS)


def test_every_cell_with_words_is_a_text_and_none_is_longer_than_a_cell_may_be() -> None:
    for name in HOSTILE:
        for part in (content for part, content in built(name)[1].parts.items() if part.startswith("xl/worksheets/s")):
            kinds = {one.attrib.get("t", "n") for one in ET.fromstring(part).iter(f"{MAIN}c")}
            assert kinds <= {"n", "s"}
        strings = ET.fromstring(built(name)[1].parts["xl/sharedStrings.xml"])
        assert all(len("".join(one.itertext()).encode("utf-16-le")) // 2 <= LONGEST_CELL for one in strings)


def test_a_text_that_is_too_long_for_a_cell_says_that_it_was_cut() -> None:
    cut = safe("\U0001f600" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_CELL, LONGEST_CELL - 1)
    assert cut.endswith("(cut here: a cell holds no more)")


def test_a_long_paragraph_goes_on_in_the_next_row_and_nothing_is_lost() -> None:
    words = "This is one of many sentences, each a little longer than the last. " * 300
    lines = opened(said(words.strip())).text(METHODS)
    assert " ".join(lines).count("one of many sentences") == 600
    assert max(map(len, lines)) <= 800


@pytest.mark.parametrize("text", ["", "\n\n", "a" * 1700, "One. Two.\nThree.", "word " * 500, "a " + "b" * 900])
def test_pieces_hold_every_word_of_a_text(text: str) -> None:
    pieces = list(in_pieces(text, 800))
    assert all(0 < len(piece) <= 800 for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_the_report_itself_has_no_formula_and_no_link_to_the_outside() -> None:
    for part, content in full().parts.items():
        if part.startswith("xl/worksheets/"):
            assert list(ET.fromstring(content).iter(f"{MAIN}f")) == []
        assert b'TargetMode="External"' not in content


def test_codes_of_a_footer_are_words_in_it() -> None:
    stamp = replace(sample_report().stamp, study="&P & Sons")
    book = opened(replace(sample_report(), stamp=stamp))
    foot = next(book.xml(book.sheets[CONTENTS]).iter(f"{MAIN}oddFooter")).text
    assert foot is not None
    assert foot.startswith("&L&A&C&&P && Sons, data ")
    assert foot.endswith("&RPage &P of &N")
