"""A blank workbook filled in as a spreadsheet program would do it, and what a workbook holds besides its cells."""

from __future__ import annotations

import datetime
import html
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

import python_calamine

Page = Mapping[str, Sequence[Sequence[object]]]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DAY_0 = datetime.date(1899, 12, 30)


def filled(book: bytes, pages: Page) -> bytes:
    """Write rows under the headings of the named sheets; a new cell takes the format of its column."""
    parts = _parts(book)
    for name, rows in pages.items():
        part = _part_of(book, name)
        styles = _column_styles(ElementTree.fromstring(parts[part]))
        written = "".join(_row(at, row, styles) for at, row in enumerate(rows, 2))
        parts[part] = parts[part].replace(b"</sheetData>", f"{written}</sheetData>".encode())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part, content in parts.items():
            made.writestr(part, content)
    return file.getvalue()


def sheet_names(book: bytes) -> list[str]:
    """The sheets in order."""
    return python_calamine.load_workbook(io.BytesIO(book)).sheet_names


def cells_of(book: bytes, sheet: str) -> list[list[str]]:
    """The cells of a sheet as text."""
    cells = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_name(sheet).to_python()
    return [[str(cell) for cell in row] for row in cells]


def checks_of(book: bytes, sheet: str) -> dict[str, tuple[str, ...]]:
    """What the cells under each heading are checked for as they are typed: the kind of check and its limits."""
    header = cells_of(book, sheet)[0]
    found = {}
    for check in _tree(book, sheet).iter(f"{_MAIN}dataValidation"):
        place = re.fullmatch(r"([A-Z]+)2:\1\d{7}", check.get("sqref", ""))
        if place:
            limits = [one.text or "" for name in ("formula1", "formula2") for one in check.iter(f"{_MAIN}{name}")]
            found[header[_number(place[1])]] = (check.get("type", ""), *limits)
    return found


def styles_of(book: bytes, sheet: str) -> dict[str, str]:
    """The number format of each column that has one."""
    header = cells_of(book, sheet)[0]
    styles = ElementTree.fromstring(_parts(book)["xl/styles.xml"])
    formats = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{_MAIN}numFmt")} | {"49": "@"}
    cell_formats = styles.find(f"{_MAIN}cellXfs")
    assert cell_formats is not None
    used = [formats.get(one.get("numFmtId"), "") for one in cell_formats]
    return {header[at]: used[style] for at, style in _column_styles(_tree(book, sheet)).items() if at < len(header)}


def is_frozen(book: bytes, sheet: str) -> bool:
    """Whether the heading row stays in sight."""
    panes = [(pane.get("state"), pane.get("ySplit")) for pane in _tree(book, sheet).iter(f"{_MAIN}pane")]
    return panes == [("frozen", "1")]


def has_formula(book: bytes) -> bool:
    """Whether any sheet has a cell with a formula."""
    return any(list(_tree(book, sheet).iter(f"{_MAIN}f")) for sheet in sheet_names(book))


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _part_of(book: bytes, sheet: str) -> str:
    return f"xl/worksheets/sheet{sheet_names(book).index(sheet) + 1}.xml"


def _tree(book: bytes, sheet: str) -> ElementTree.Element:
    return ElementTree.fromstring(_parts(book)[_part_of(book, sheet)])


def _column_styles(tree: ElementTree.Element) -> dict[int, int]:
    spans = [
        (int(one.get("min", 0)), int(one.get("max", 0)), int(one.get("style", 0))) for one in tree.iter(f"{_MAIN}col")
    ]
    return {at - 1: style for first, last, style in spans for at in range(first, last + 1)}


def _row(at: int, cells: Sequence[object], styles: Mapping[int, int]) -> str:
    written = "".join(_cell(f"{_letters(column)}{at}", cell, styles[column]) for column, cell in enumerate(cells))
    return f'<row r="{at}">{written}</row>'


def _cell(place: str, cell: object, style: int) -> str:
    if cell is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(cell, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{html.escape(cell)}</t></is></c>'
    value = (cell - _DAY_0).days if isinstance(cell, datetime.date) else cell
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
