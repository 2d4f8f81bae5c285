"""An organisation's template: looked at before it is opened, and emptied of its slides."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.reporting.deck.rooms import title_of
from evalcore.telling.report_text import LARGEST_TEMPLATE
from evalcore.wording import number

_OLD_OR_SEALED = b"\xd0\xcf\x11\xe0"
_MOST_PARTS, _LARGEST_UNPACKED = 5_000, 200_000_000
_TYPES = "[Content_Types].xml"
_FAMILY = b"application/vnd.openxmlformats-officedocument.presentationml."
_OPENED_AS = {
    _FAMILY + b"template.main+xml": b"",
    _FAMILY + b"slideshow.main+xml": b"",
    _FAMILY + b"presentation.main+xml": b"",
}
_MACROS = re.compile(rb"macroEnabled|vbaProject|activeX", re.IGNORECASE)
_ACTIVE_PART = re.compile(r"(^|/)(vbaProject\.bin|activeX/)", re.IGNORECASE)
_HYPERLINK = "/hyperlink"
# What zipfile raises for an archive that is cut, or packed in a way that no slide program uses.
_BAD_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OSError, LookupError, OverflowError, struct.error),
)
_FOREIGN = "This is no PowerPoint template. Choose a .pptx or .potx file."
_DAMAGED = (
    "The template for slides is damaged and can not be read. Open it in PowerPoint, save it again and choose that."
)
_SEALED = (
    "The template for slides is protected by a password, or was saved by an old PowerPoint. Save it as .pptx or .potx"
    " without a password."
)
_LARGE = f"The template for slides is too large. Choose one of {number(LARGEST_TEMPLATE / 1e6, 0)} MB at most."
_UNPACKS = "The template for slides unpacks to more than can be read safely. Choose another one."
_ACTIVE = "The template for slides holds macros or controls. Save it as .pptx or .potx, which hold none."
_OUTSIDE = (
    "The template for slides takes something from outside the file, such as a linked picture. Put that into the file,"
    " save it and choose it again."
)
_UNTITLED = "The template for slides has no layout with a title. Add one, or choose another template."


def open_template(data: bytes) -> Any:
    """Open a template without its slides.

    UnreadableFileError where it is no PowerPoint file, is too large, holds macros, or takes anything but links from
    outside.
    """
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    checked = _checked(data)
    try:
        deck = Presentation(io.BytesIO(checked))
        emptied(deck)
        titled = any(title_of(layout) is not None for master in deck.slide_masters for layout in master.slide_layouts)
        sized = min(deck.slide_width or 0, deck.slide_height or 0)
    except (PythonPptxError, SyntaxError, AttributeError, TypeError, *_BAD_ARCHIVE):
        # XML that is no XML is a SyntaxError; parts that refer to what is not there are the others.
        raise UnreadableFileError(_DAMAGED) from None
    if not sized:
        raise UnreadableFileError(_DAMAGED)
    if not titled:
        raise UnreadableFileError(_UNTITLED)
    return deck


def _checked(data: bytes) -> bytes:
    """The template as python-pptx opens it, once every part has been looked at."""
    if len(data) > LARGEST_TEMPLATE:
        raise UnreadableFileError(_LARGE)
    if data.startswith(_OLD_OR_SEALED):
        raise UnreadableFileError(_SEALED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = archive.infolist()
            if len(held) > _MOST_PARTS or sum(one.file_size for one in held) > _LARGEST_UNPACKED:
                raise UnreadableFileError(_UNPACKS)
            parts = [(one.filename, archive.read(one)) for one in held]
    except _BAD_ARCHIVE:
        raise UnreadableFileError(_FOREIGN) from None
    types = dict(parts).get(_TYPES, b"")
    if _MACROS.search(types) or any(_ACTIVE_PART.search(name) for name, _ in parts):
        raise UnreadableFileError(_ACTIVE)
    if not any(kind in types for kind in _OPENED_AS):
        raise UnreadableFileError(_FOREIGN)
    if any(_from_outside(blob) for name, blob in parts if name.endswith(".rels")):
        raise UnreadableFileError(_OUTSIDE)
    return _packed(parts)


def _from_outside(relations: bytes) -> bool:
    """Whether a part draws on anything outside the file; a link that somebody may click does not."""
    from pptx.oxml import parse_xml

    try:
        found = parse_xml(relations)
    except (SyntaxError, ValueError):
        raise UnreadableFileError(_DAMAGED) from None
    outside = (one.get("Type", "") for one in found.iter() if str(one.get("TargetMode", "")).lower() == "external")
    return not all(kind.endswith(_HYPERLINK) for kind in outside)


def _packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The same parts, of a presentation where they were of a template or of a show."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, blob in dict(parts).items():
            if name == _TYPES:
                blob = re.sub(_FAMILY + rb"(template|slideshow)\.main", _FAMILY + b"presentation.main", blob)
            archive.writestr(name, blob)
    return held.getvalue()


def emptied(deck: Any) -> None:
    """Take out every slide, and everything that speaks of one: sections, shows, the state of the window, a preview."""
    from pptx.oxml.ns import qn

    part, root = deck.part, deck.part._element
    for listed in root.findall(qn("p:custShowLst")):
        root.remove(listed)
    for extension in [one for one in root.iter(qn("p:ext")) if _tells_of_slides(one)]:
        extension.getparent().remove(extension)
    for extensions in [one for one in root.findall(qn("p:extLst")) if not len(one)]:
        root.remove(extensions)
    for slide in list(deck.slides._sldIdLst):
        deck.slides._sldIdLst.remove(slide)
    _drop(part, ("viewProps", "commentAuthors", "authors", "printerSettings"))
    _drop(part.package, ("thumbnail", "extended-properties", "custom-properties"))
    for other in list(part.package.iter_parts()):
        _forget_slides(other)


def _tells_of_slides(extension: Any) -> bool:
    return any(str(one.tag).endswith(("}sldId", "}sectionLst")) for one in extension.iter())


def _drop(owner: Any, kinds: Iterable[str]) -> None:
    """Take the relations of some kinds from a part, and with them what nothing else refers to."""
    rels = owner._rels
    for name in [name for name, one in rels.items() if one.reltype.rpartition("/")[2] in kinds]:
        rels.pop(name)


def _forget_slides(part: Any) -> None:
    """Take links to slides, which are no longer there, from a layout or a master."""
    links = [name for name, one in part.rels.items() if one.reltype.endswith("/slide")]
    for name in links:
        for element in _linking(part, name):
            element.getparent().remove(element)
        part.rels.pop(name)


def _linking(part: Any, name: str) -> Iterator[Any]:
    from pptx.oxml.ns import qn

    root = getattr(part, "_element", None)
    if root is not None:
        yield from [one for one in root.iter() if one.get(qn("r:id")) == name]
