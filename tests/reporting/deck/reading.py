"""Reading a deck back: what stands on a slide, and in the parts of the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def title_of(slide: Any) -> str:
    """The title of a slide, in its title's placeholder."""
    return str(slide.shapes.title.text_frame.text)


def words_on(slide: Any) -> str:
    """Every word on a slide, also in tables."""
    return "\n".join(text.text or "" for text in slide._element.iter(f"{A}t"))


def notes_of(slide: Any) -> str:
    """What a presenter reads."""
    return str(slide.notes_slide.notes_text_frame.text)


def named(slide: Any, name: str) -> Any:
    """The shape of a name; None where there is none."""
    return next((shape for shape in slide.shapes if shape.name == name), None)


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a file by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def xml_parts(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every part that is XML, parsed."""
    for name, blob in parts(data).items():
        if name.endswith((".xml", ".rels")):
            yield name, etree.fromstring(blob)


def numbers_in(slide: Any) -> set[float]:
    """Every number of the native charts of a slide, and every whole number among its words."""
    held = (shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)
    return {float(value.text) for chart in held for value in chart.iter(f"{C}v") if _is_number(value.text)}


def _is_number(text: str | None) -> bool:
    try:
        float(text or "")
    except ValueError:
        return False
    return True


def again(changed: dict[str, bytes]) -> bytes:
    """A file of parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in changed.items():
            archive.writestr(name, blob)
    return held.getvalue()
