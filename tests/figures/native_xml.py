"""What ECMA-376 says of the order of children in a chart, and how a test reads a chart back."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_SHOWN = "showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator"
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr"
    " txPr crossAx crosses crossesAt"
)
_SERIES = "idx order tx spPr"

ORDER: Mapping[str, str] = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData"
    " printSettings userShapes extLst",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "title": "tx layout overlay spPr txPr",
    "plotArea": "layout barChart scatterChart catAx valAx dTable spPr",
    "scatterChart": "scatterStyle varyColors ser dLbls axId",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "scatterChart/ser": f"{_SERIES} marker dPt dLbls trendline errBars xVal yVal smooth",
    "barChart/ser": f"{_SERIES} invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
    "marker": "symbol size spPr",
    "errBars": "errDir errBarType errValType noEndCap plus minus val spPr",
    "dLbls": f"dLbl delete numFmt spPr txPr dLblPos {_SHOWN} showLeaderLines leaderLines extLst",
    "dLbl": f"idx delete layout tx numFmt spPr txPr dLblPos {_SHOWN} extLst",
    "scaling": "logBase orientation max min",
    "valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits",
    "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "legendEntry": "idx delete txPr",
    "manualLayout": "layoutTarget xMode yMode wMode hMode x y w h",
    "numCache": "formatCode ptCount pt",
    "strCache": "ptCount pt",
}


def out_of_order(xml: bytes) -> list[str]:
    """The elements of a chart whose children are not in the order of the schema, or are none of its."""
    found = []
    for element, parent in _elements(ET.fromstring(xml), ""):
        name = element.tag.removeprefix(C)
        order = ORDER.get(f"{parent}/{name}") or ORDER.get(name)
        if not element.tag.startswith(C) or order is None:
            continue
        places = order.split()
        children = [child.tag.removeprefix(C) for child in element]
        if unknown := [child for child in children if child not in places]:
            found.append(f"{name} has {unknown}")
        elif [places.index(child) for child in children] != sorted(places.index(child) for child in children):
            found.append(f"{name}: {children}")
    return found


def _elements(element: ET.Element, parent: str) -> Iterator[tuple[ET.Element, str]]:
    yield element, parent
    for child in element:
        yield from _elements(child, element.tag.removeprefix(C))


def series(xml: bytes) -> list[tuple[str, list[tuple[float, float]]]]:
    """The name and the positions (bars: category and value) of each series, without gaps."""
    found = []
    for one in ET.fromstring(xml).iter(f"{C}ser"):
        name = one.findtext(f".//{C}tx//{C}v") or ""
        across, up = cached(one, "xVal"), cached(one, "yVal") or cached(one, "val")
        found.append((name, [(across.get(at, float(at)), value) for at, value in up.items()]))
    return found


def cached(one: ET.Element, tag: str) -> dict[int, float]:
    """The numbers that a chart has stored beside its reference to cells."""
    return {
        int(point.get("idx", "")): tidy(float(point.findtext(f"{C}v") or ""))
        for point in one.findall(f"{C}{tag}/{C}numRef/{C}numCache/{C}pt")
    }


def tidy(value: float) -> float:
    """A number to twelve digits: a workbook keeps no more than sixteen."""
    return float(f"{value:.12g}")


def label_words(xml: bytes) -> list[str]:
    """The words at the points of a chart, a space between two lines."""
    labels = ET.fromstring(xml).iter(f"{C}dLbl")
    found = (" ".join(text.text or "" for text in label.iter(f"{A}t")) for label in labels)
    return [words for words in found if words]


def ranges(xml: bytes) -> list[tuple[str, dict[int, float]]]:
    """Each reference of a series to cells with the numbers stored beside it."""
    found = []
    for tag in ("xVal", "yVal", "val"):
        for one in ET.fromstring(xml).iter(f"{C}ser"):
            formula = one.findtext(f"{C}{tag}/{C}numRef/{C}f")
            if formula:
                found.append((formula, cached(one, tag)))
    return found


def cells(sheet: bytes, shared: bytes = b"") -> dict[str, float | str]:
    """The values in the cells of a sheet by their address; words by the table of shared strings."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    strings = ["".join(t.text or "" for t in si.iter(f"{main}t")) for si in ET.fromstring(shared)] if shared else []
    found: dict[str, float | str] = {}
    for cell in ET.fromstring(sheet).iter(f"{main}c"):
        if cell.find(f"{main}f") is not None:
            raise ValueError(f"a formula in {cell.get('r')}")
        value = cell.findtext(f"{main}v") or ""
        found[cell.get("r", "")] = strings[int(value)] if cell.get("t") == "s" else tidy(float(value))
    return found


def at_range(formula: str, found: Mapping[str, float | str]) -> dict[int, float]:
    """The numbers in a range of one column, by their place in it."""
    first, _, last = formula.split("!")[1].replace("$", "").partition(":")
    column = first.rstrip("0123456789")
    rows = range(int(first[len(column) :]), int((last or first)[len(column) :]) + 1)
    values = ((at, found.get(f"{column}{row}")) for at, row in enumerate(rows))
    return {at: value for at, value in values if isinstance(value, float)}
