"""The QR code: valid, with its quiet zone, and module for module that of the library."""

from __future__ import annotations

import base64
import re

import segno
from lxml import etree

from evalcore.phones import qr_data_uri, qr_svg

LINK = "http://192.168.1.20:8765/k7m2pq"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> tuple[int, set[tuple[int, int]]]:
    """Size of the drawing in modules, and the dark ones (column, row) from its relative pen strokes."""
    root = etree.fromstring(svg.encode())
    size = int(root.get("viewBox").split()[2])
    (dark,) = (path for path in root.findall(f"{SVG}path") if path.get("stroke"))
    x, y, modules = 0.0, 0.0, set()
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", dark.get("d")):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            modules |= {(int(x) + step, int(y)) for step in range(int(values[0]))}
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return size, modules


def test_every_module_is_where_it_belongs() -> None:
    code = segno.make_qr(LINK, error="m")
    expected = {(x + 4, y + 4) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}
    assert drawn(qr_svg(LINK)) == (len(code.matrix) + 8, expected)
    assert code.error in ("M", "Q", "H")


def test_the_quiet_zone_is_white_on_every_page() -> None:
    size, modules = drawn(qr_svg(LINK))
    assert min(min(module) for module in modules) == 4
    assert max(max(module) for module in modules) == size - 5
    root = etree.fromstring(qr_svg(LINK).encode())
    (ground,) = (path for path in root.findall(f"{SVG}path") if path.get("fill"))
    assert ground.get("fill") == "#fff"
    assert ground.get("d") == f"M0 0h{size}v{size}h-{size}z"


def test_it_has_any_size_and_a_name() -> None:
    root = etree.fromstring(qr_svg(LINK).encode())
    assert (root.get("width"), root.get("height")) == (None, None)
    assert root.findtext(f"{SVG}title") == f"QR code of {LINK}"


def test_a_link_is_never_markup() -> None:
    root = etree.fromstring(qr_svg("http://x/<script>&\"'").encode())
    assert root.findtext(f"{SVG}title") == "QR code of http://x/<script>&\"'"
    assert [child.tag for child in root] == [f"{SVG}title", f"{SVG}path", f"{SVG}path"]


def test_as_an_image_it_is_the_same() -> None:
    kind, _, data = qr_data_uri(LINK).partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode() == qr_svg(LINK)
