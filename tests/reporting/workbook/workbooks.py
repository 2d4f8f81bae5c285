"""Reading a workbook back: cells by one program that reads them, everything else from the parts of the file."""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from python_calamine import CalamineWorkbook

from evalcore.reporting.model import Report
from evalcore.reporting.workbook import report_xlsx
from tests.reporting.studies import full_report, sample_report

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

Cell = object
_REFERENCE = re.compile(r"^(?:'((?:[^']|'')+)'|(\w+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")


@dataclass(frozen=True)
class Marked:
    """A marked table: its sheet, its name, the headings that it knows, its first row and its last (from 0)."""

    sheet: str
    name: str
    headings: tuple[str, ...]
    first: int
    last: int


class Opened:
    """A workbook that was written, opened again."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.names: list[str] = book.sheet_names
        self.cells = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in self.names}

    def xml(self, part: str) -> ET.Element:
        return ET.fromstring(self.parts[part])

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The parts that another is related to as `kind`."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations in self.parts:
            for one in self.xml(relations):
                if one.attrib["Type"].endswith(f"/{kind}"):
                    yield posixpath.normpath(posixpath.join(folder, one.attrib["Target"]))

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each sheet, in order."""
        targets = {one.attrib["Id"]: one.attrib["Target"] for one in self.xml("xl/_rels/workbook.xml.rels")}
        found = self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {one.attrib["name"]: f"xl/{targets[one.attrib[f'{REL}id']]}" for one in found}

    @cached_property
    def tables(self) -> list[Marked]:
        """Every marked table."""
        found = []
        for sheet, part in self.sheets.items():
            for table in map(self.xml, self.related(part, "table")):
                first, last = (int(re.sub(r"\D", "", end)) - 1 for end in table.attrib["ref"].split(":"))
                heads = tuple(one.attrib["name"] for one in table.iter(f"{MAIN}tableColumn"))
                assert table.attrib["name"] == table.attrib["displayName"]
                assert table.attrib["ref"].startswith("A")
                found.append(Marked(sheet, table.attrib["name"], heads, first, last))
        return found

    def rows(self, table: Marked) -> list[list[Cell]]:
        """The cells of a marked table, its headings first."""
        return [row[: len(table.headings)] for row in self.cells[table.sheet][table.first : table.last + 1]]

    def links(self) -> Iterator[tuple[str, str, str]]:
        """Every link: the sheet it stands on, its cell, and where it leads."""
        for sheet, part in self.sheets.items():
            for one in self.xml(part).iter(f"{MAIN}hyperlink"):
                assert f"{REL}id" not in one.attrib
                yield sheet, one.attrib["ref"], one.attrib["location"]

    def at(self, reference: str) -> list[Cell]:
        """The cells that a reference means; it fails where there is no such sheet."""
        found = _REFERENCE.match(reference)
        assert found, reference
        sheet = (found[1] or found[2]).replace("''", "'")
        columns = [_column(found[3]), _column(found[5] or found[3])]
        rows = [int(found[4]) - 1, int(found[6] or found[4]) - 1]
        grid = self.cells[sheet]
        return [_cell(grid, row, at) for row in range(rows[0], rows[1] + 1) for at in range(columns[0], columns[1] + 1)]

    def text(self, sheet: str) -> list[str]:
        """The words in the first column of a sheet, from above."""
        return [str(row[0]) for row in self.cells[sheet] if row and row[0] != ""]

    def charts(self, sheet: str) -> list[tuple[str, ET.Element]]:
        """The alternative text and the XML of each chart on a sheet."""
        found = []
        for drawing in self.related(self.sheets[sheet], "drawing"):
            parts = {
                one.attrib["Id"]: one.attrib["Target"]
                for one in self.xml(f"xl/drawings/_rels/{posixpath.basename(drawing)}.rels")
            }
            for frame in self.xml(drawing).iter(f"{XDR}graphicFrame"):
                said = next(frame.iter(f"{XDR}cNvPr")).attrib.get("descr", "")
                target = parts[next(frame.iter(f"{C}chart")).attrib[f"{REL}id"]]
                found.append((said, self.xml(posixpath.normpath(f"xl/drawings/{target}"))))
        return found


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _cell(grid: list[list[Cell]], row: int, at: int) -> Cell:
    return grid[row][at] if row < len(grid) and at < len(grid[row]) else ""


def opened(report: Report) -> Opened:
    return Opened(report_xlsx(report))


@cache
def full() -> Opened:
    """The sample study's report with two workshops and own words."""
    return opened(full_report())


@cache
def sample() -> Opened:
    return opened(sample_report())
