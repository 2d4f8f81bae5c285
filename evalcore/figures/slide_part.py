"""A native chart as a part of a presentation: the chart of a small workbook, which stands embedded behind it."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evalcore.figures import theme
from evalcore.figures.native_book import native_chart
from evalcore.figures.native_cells import Cells, write_cells
from evalcore.figures.native_drawing import Drawing, drawing
from evalcore.figures.native_text import as_typed

if TYPE_CHECKING:
    from evalcore.figures.chart import Chart
    from evalcore.figures.native_panels import Piece

SHEET = "Chart"

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The date in the embedded workbook: the same chart makes the same file."""

_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_AFTER_SHOWN = ("separator", "showLeaderLines", "leaderLines", "extLst")

_SAID = (
    ("chartSpace", "roundedCorners", "0", ("date1904", "lang")),
    ("chart", "autoTitleDeleted", "0", ("title",)),
    ("chart", "dispBlanksAs", "gap", ("plotVisOnly",)),
    ("title", "overlay", "0", ("tx", "layout")),
    ("legend", "overlay", "0", ("legendPos", "legendEntry", "layout")),
    ("scatterChart", "varyColors", "0", ("scatterStyle",)),
    ("barChart", "varyColors", "0", ("grouping",)),
    ("ser", "smooth", "0", ("yVal",)),
    ("valAx", "delete", "0", ("scaling",)),
    ("catAx", "delete", "0", ("scaling",)),
)
"""What a chart on a slide says of itself: an element, its child and value, and what that stands after."""

_PALETTE = {
    theme.LIGHT.text: ("tx1", {}),
    theme.LIGHT.muted: ("tx1", {"lumMod": "75000", "lumOff": "25000"}),
    theme.LIGHT.grid: ("tx1", {"alpha": "15000"}),
}
"""Colours of the page that a presentation's own theme has, so that a dark template shows a dark chart."""


@dataclass(frozen=True)
class Ready:
    """What python-pptx asks of the data of a chart: its XML, and the workbook behind it."""

    xml: bytes
    xlsx_blob: bytes

    def xml_bytes(self, chart_type: Any) -> bytes:
        """The chart, made already, whatever its type."""
        return self.xml


def chart_data(chart: Chart, piece: Piece) -> Ready:
    """Return a panel as python-pptx takes a chart.

    Parameters
    ----------
    chart : Chart
        The whole, for the words of its legend.
    piece : Piece
        The panel and its place.
    """
    drawn = drawing(chart, piece)
    made = zipfile.ZipFile(io.BytesIO(_workbook(drawn, charted=True)))
    xml = _for_slide(made.read("xl/charts/chart1.xml"))
    return Ready(xml, _workbook(drawn, charted=False))


def _workbook(drawn: Drawing, *, charted: bool) -> bytes:
    """A workbook with the panel's numbers, with the chart on it or without."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": _LONG_AGO})
        sheet = book.add_worksheet(SHEET)
        cells = Cells(sheet, heading=book.add_format({"bold": True}))
        write_cells(cells, drawn)
        if charted:
            sheet.insert_chart(0, 0, native_chart(book, cells, drawn))
    return stream.getvalue()


def _for_slide(xml: bytes) -> bytes:
    """The chart of a sheet as that of a slide: a slide has no page settings, and takes nothing for granted."""
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    root: Any = parse_xml(xml)
    for found in root.findall(f"{_C}printSettings"):
        root.remove(found)
    _say(root)
    for bars in root.iter(f"{_C}barChart"):
        for one in bars.iter(f"{_C}spPr"):
            if one.getparent().tag == f"{_C}ser":
                # without it the bars below zero would be white
                one.addnext(one.makeelement(f"{_C}invertIfNegative", {"val": "0"}))
    for labels in list(root.iter(f"{_C}dLbl", f"{_C}dLbls")):
        _say_what_shows(labels)
    for words in root.iter(f"{_A}t"):
        words.text = as_typed(words.text or "")
    for colour in list(root.iter(f"{_A}srgbClr")):
        _of_the_theme(colour)
    return serialize_part_xml(root)


def _say(root: Any) -> None:
    """Say what programs do not agree on where nothing is said: no smooth lines, no round corners, gaps are gaps."""
    for parent, child, value, after in _SAID:
        for element in list(root.iter(f"{_C}{parent}")):
            before = [found for found in element if found.tag in {f"{_C}{name}" for name in after}]
            if before and element.find(f"{_C}{child}") is None:
                before[-1].addnext(element.makeelement(f"{_C}{child}", {"val": value}))


def _say_what_shows(labels: Any) -> None:
    """Each label says of everything whether it shows."""
    if labels.find(f"{_C}delete") is not None:
        return
    shown = {name: labels.find(f"{_C}{name}") for name in _SHOWN}
    after = [labels.find(f"{_C}{name}") for name in _AFTER_SHOWN]
    place = next((found for found in after if found is not None), None)
    for name, found in shown.items():
        value = "0" if found is None else found.get("val", "1")
        if found is not None:
            labels.remove(found)
        made = labels.makeelement(f"{_C}{name}", {"val": value})
        if place is None:
            labels.append(made)
        else:
            place.addprevious(made)


def _of_the_theme(colour: Any) -> None:
    """A colour of the page becomes the presentation's own; those of marks stay."""
    named = _PALETTE.get(f"#{colour.get('val', '').lower()}")
    if named is None:
        return
    scheme, changes = named
    made = colour.makeelement(f"{_A}schemeClr", {"val": scheme})
    for name, value in changes.items():
        made.append(made.makeelement(f"{_A}{name}", {"val": value}))
    colour.getparent().replace(colour, made)
