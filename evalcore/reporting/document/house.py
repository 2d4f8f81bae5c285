"""What a document looks like before anything is written: our plain looks, or those of an organisation's template."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.reporting.document.archive import NO_WORD_FILE, Archive, open_archive, parsed
from evalcore.reporting.document.fields import refuse_fields
from evalcore.reporting.document.markup import NAMESPACES, root
from evalcore.reporting.document.package import OFFICE, WORD, Package
from evalcore.reporting.document.pages import MARGINS, Paper
from evalcore.reporting.document.styles import Styles, completed, our_styles
from evalcore.reporting.document.writing import DOCUMENT

_W, _R = f"{{{NAMESPACES['w']}}}", f"{{{NAMESPACES['r']}}}"
OURS = "_ReportLetterhead"
"""The place by which a header or footer of ours is known again, where an earlier report serves as template."""

_LEAST_ROOM = 5000, 6000
"""Twips that a page has to leave for text: 9 cm across and 11 cm down."""

_NO_ROOM = "The pages of the template leave too little room for text. Choose one with ordinary pages and margins."
_OBJECT = (
    "The header or footer of the template holds more than text and pictures, such as a chart."
    " Remove that in Word and save it again."
)
_OF_PAGES = ("default", "first", "even")
_OFF = ("0", "false", "off")
_KEPT_SETTINGS = ("mirrorMargins", "gutterAtTop", "evenAndOddHeaders", "clrSchemeMapping")
_FONT = '<w:font w:name="Arial"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"


@dataclass(frozen=True)
class House:
    """The looks of a document.

    Attributes
    ----------
    styles : Styles
    paper : Paper
    lists : int
        The number of the document's own bullets among its lists.
    numbering : bytes
        The lists of a template; empty where there are none.
    references : str
        The headers and footers of a template, as the settings of its pages name them.
    headed, footed : bool
        Whether a template has a header, a footer.
    first_differs : bool
        Whether they differ on the first page.
    settings : mapping of str to str
        What is kept of a template's settings, by name.
    """

    styles: Styles
    paper: Paper
    lists: int = 1
    numbering: bytes = b""
    references: str = ""
    headed: bool = False
    footed: bool = False
    first_differs: bool = False
    settings: tuple[tuple[str, str], ...] = ()


def our_house(package: Package) -> House:
    """Return the looks of a report that has no template, and add what belongs to them to the package.

    >>> our_house(Package()).headed
    False
    """
    theme = resources.files("evalcore.reporting.document").joinpath("theme.xml").read_bytes()
    package.relate(DOCUMENT, f"{OFFICE}theme", package.add("word/theme/theme1.xml", theme, _THEME_TYPE))
    fonts = package.add("word/fontTable.xml", root("w:fonts", _FONT, "w"), f"{WORD}fontTable+xml")
    package.relate(DOCUMENT, f"{OFFICE}fontTable", fonts)
    return House(our_styles(), Paper())


def house_of(template: bytes, package: Package) -> House:
    """Return the looks of a template, and carry what belongs to them over to the package; its text stays behind.

    Raises
    ------
    UnreadableFileError
        Where the template can not be used.
    """
    archive = open_archive(template)
    main = archive.first("", "officeDocument")
    sections = _sections(parsed(archive.parts[main]))
    pages = sections[-1] if sections else None
    paper = _paper(pages)
    numbering = _lists(archive, main)
    lists = _free_list(numbering)
    references, headed, footed = "", False, False
    for kind in ("header", "footer"):
        found = "".join(_letterheads(archive, main, sections, kind, package))
        headed, footed = headed or (kind == "header" and bool(found)), footed or (kind == "footer" and bool(found))
        references += found
    _carry(archive, archive.first(main, "theme"), "word/theme/theme1.xml", package, "theme", _THEME_TYPE)
    _carry(
        archive, archive.first(main, "fontTable"), "word/fontTable.xml", package, "fontTable", f"{WORD}fontTable+xml"
    )
    return House(
        styles=completed(archive.parts.get(archive.first(main, "styles"), our_styles().part), lists),
        paper=paper,
        lists=lists,
        numbering=numbering,
        references=references,
        headed=headed,
        footed=footed,
        first_differs=pages is not None and _is_on(pages.find(f"{_W}titlePg")),
        settings=_settings(archive, main),
    )


def _sections(document: Any) -> list[Any]:
    """The settings of each stretch of pages; the last are those of the report's pages, a cover's stand before them."""
    return [one for one in document.iter(f"{_W}sectPr") if one.getparent().tag != f"{_W}sectPrChange"]


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val", "1") not in _OFF


def _paper(pages: Any) -> Paper:
    """Size and margins of the template's pages, upright or wide as they are."""
    if pages is None:
        return Paper()
    held: dict[str, int] = {}
    size, margins = pages.find(f"{_W}pgSz"), pages.find(f"{_W}pgMar")
    try:
        if size is not None:
            held = {"width": int(size.get(f"{_W}w")), "height": int(size.get(f"{_W}h"))}
        if margins is not None:
            given = {name: margins.get(f"{_W}{name}") for name in MARGINS}
            held |= {name: int(value) for name, value in given.items() if value is not None}
    except (TypeError, ValueError):
        raise UnreadableFileError(NO_WORD_FILE) from None
    borders = pages.find(f"{_W}pgBorders")
    paper = Paper(**held, borders="" if borders is None else _written(borders))
    if any(has < needs for has, needs in zip(paper.room, _LEAST_ROOM, strict=True)):
        raise UnreadableFileError(_NO_ROOM)
    return paper


def _written(element: Any) -> str:
    from lxml import etree

    xml: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return xml


def _letterheads(archive: Archive, main: str, sections: list[Any], kind: str, package: Package) -> Iterator[str]:
    """Carry over the headers or footers of the template's last pages, and name each as the new pages will.

    Pages that name none have those of the pages before them.
    """
    held = {one.name: one.part for one in archive.targets(main)}
    named = [one for pages in sections for one in pages.findall(f"{_W}{kind}Reference")]
    last = {one.get(f"{_W}type", "default"): held.get(one.get(f"{_R}id", ""), "") for one in named}
    for place, (pages, part) in enumerate(last.items(), start=1):
        if part not in archive.parts or pages not in _OF_PAGES:
            raise UnreadableFileError(NO_WORD_FILE)
        letterhead = parsed(archive.parts[part])
        refuse_fields(letterhead)
        if _says_something(letterhead):
            name = _carry(archive, part, f"word/letter{kind}{place}.xml", package, kind, f"{WORD}{kind}+xml")
            yield f'<w:{kind}Reference w:type="{pages}" r:id="{name}"/>'


def _says_something(letterhead: Any) -> bool:
    """Whether a header or footer holds text, a field or a picture; one of an earlier report of ours counts as none."""
    if any(one.get(f"{_W}name") == OURS for one in letterhead.iter(f"{_W}bookmarkStart")):
        return False
    words = any((one.text or "").strip() for tag in ("t", "instrText") for one in letterhead.iter(f"{_W}{tag}"))
    seen = any(letterhead.find(f".//{_W}{tag}") is not None for tag in ("drawing", "pict", "fldSimple"))
    return words or seen


def _carry(archive: Archive, part: str, name: str, package: Package, kind: str, content_type: str) -> str:
    """Carry a part over under a new name, with its pictures and fonts, and return how the document is related to it."""
    if not part:
        return ""
    package.add(name, archive.parts[part], content_type)
    stem = posixpath.splitext(posixpath.basename(name))[0]
    for place, one in enumerate(archive.targets(part), start=1):
        if one.kind not in (f"{OFFICE}image", f"{OFFICE}font") or one.part not in archive.parts:
            raise UnreadableFileError(_OBJECT)
        if not archive.kind(one.part):
            raise UnreadableFileError(NO_WORD_FILE)
        held = f"word/media/{stem}-{place}{posixpath.splitext(one.part)[1].lower()}"
        package.add(held, archive.parts[one.part], archive.kind(one.part))
        package.relate(name, one.kind, held, one.name)
    return package.relate(DOCUMENT, f"{OFFICE}{kind}", name)


def _free_list(numbering: bytes) -> int:
    """A number that no list of the template has."""
    if not numbering:
        return 1
    numbers = [one.get(f"{_W}{what}", "") for one in parsed(numbering).iter() for what in ("numId", "abstractNumId")]
    return max((int(one) for one in numbers if one.isdigit()), default=0) + 1


def _lists(archive: Archive, main: str) -> bytes:
    """The template's lists, without pictures for bullets: those would be parts of their own."""
    part = archive.first(main, "numbering")
    if not part:
        return b""
    held = parsed(archive.parts[part])
    for one in [found for tag in ("numPicBullet", "lvlPicBulletId") for found in held.iter(f"{_W}{tag}")]:
        one.getparent().remove(one)
    return _written(held).encode("utf-8")


def _settings(archive: Archive, main: str) -> tuple[tuple[str, str], ...]:
    part = archive.first(main, "settings")
    if not part:
        return ()
    held = parsed(archive.parts[part])
    found = ((name, held.find(f"{_W}{name}")) for name in _KEPT_SETTINGS)
    return tuple((name, _written(one)) for name, one in found if one is not None)
