"""Reads the archive that a template is, with care: what is no Word file, or could do something, is refused.

Nothing is unpacked to a disk, no program in it is run, and nothing outside of it is fetched.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.reporting.document.package import OFFICE
from evalcore.telling.report_text import LARGEST_TEMPLATE

LARGEST_UNPACKED = 10 * LARGEST_TEMPLATE
"""Bytes that a template may unpack to."""

NO_WORD_FILE = "The template is no Word file that can be read. Open it in Word and save it as .docx or .dotx."
_OLD = "The template is in an old Word format, or needs a password. Save it in Word as .docx or .dotx, without one."
_TOO_LARGE = f"The template is larger than {LARGEST_TEMPLATE // 1_000_000} MB. Remove large pictures from it."
_MACROS = "The template holds macros or other programs. Save it in Word as .docx or .dotx, which keeps its looks."
_LINKS = (
    "The template is linked to something outside of it: a web page, another template or a file."
    " Remove its links in Word and save it again."
)
_OLD_BEGINS = b"\xd0\xcf\x11\xe0"
_WORD_FILES = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")
)
_PROGRAMS = ("macroenabled", "vbaproject", "activex", "oleobject", "ms-office.vba", "keymapcustomizations")
_BAD_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OSError, LookupError, OverflowError, struct.error, lzma.LZMAError),
)


@dataclass(frozen=True)
class Target:
    """What a part is related to: by which name, as what, and to which part."""

    name: str
    kind: str
    part: str


@dataclass(frozen=True, eq=False)
class Archive:
    """The parts of a template, by their names, and the content type of each."""

    parts: dict[str, bytes]
    kinds: dict[str, str]
    usual: dict[str, str]

    def kind(self, part: str) -> str:
        """Return the content type of a part; the empty text where the archive names none."""
        ending = posixpath.splitext(part)[1].lstrip(".").lower()
        return self.kinds.get(part.lower(), self.usual.get(ending, ""))

    def targets(self, part: str) -> tuple[Target, ...]:
        """Return what a part (the empty name: the whole) is related to inside of the archive."""
        folder, name = posixpath.split(part)
        relations = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relations is None:
            return ()
        found = [dict(one.attrib) for one in parsed(relations)]
        return tuple(
            Target(one.get("Id", ""), one.get("Type", ""), _inside(folder, one.get("Target", ""))) for one in found
        )

    def first(self, part: str, kind: str) -> str:
        """Return the part that another is related to as `kind`; the empty name where there is none."""
        held = (one.part for one in self.targets(part) if one.kind == f"{OFFICE}{kind}" and one.part in self.parts)
        return next(held, "")


def open_archive(data: bytes) -> Archive:
    """Read a template's parts.

    Parameters
    ----------
    data : bytes
        Of a file that should be a Word document or a Word template.

    Raises
    ------
    UnreadableFileError
        Where it is none, is too large, holds a program, or is linked to something outside of it.

    >>> open_archive(b"plain words")
    Traceback (most recent call last):
    ...
    evalcore.errors.UnreadableFileError: The template is no Word file that can be read. Open it in Word and save ...
    """
    if len(data) > LARGEST_TEMPLATE:
        raise UnreadableFileError(_TOO_LARGE)
    if data.startswith(_OLD_BEGINS):
        raise UnreadableFileError(_OLD)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            if sum(part.file_size for part in held.infolist()) > LARGEST_UNPACKED:
                raise UnreadableFileError(_TOO_LARGE)
            parts = {part.filename: held.read(part) for part in held.infolist() if not part.is_dir()}
    except _BAD_ARCHIVE:
        raise UnreadableFileError(NO_WORD_FILE) from None
    archive = _with_kinds(parts)
    _check(archive)
    return archive


def parsed(xml: bytes) -> Any:
    """Return the root of a part's XML; one that declares entities is refused, for nobody's Word writes that."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFileError(NO_WORD_FILE) from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError(NO_WORD_FILE)
    return root


def _with_kinds(parts: dict[str, bytes]) -> Archive:
    if "[Content_Types].xml" not in parts:
        raise UnreadableFileError(NO_WORD_FILE)
    kinds, usual = {}, {}
    for one in parsed(parts["[Content_Types].xml"]):
        kind = one.get("ContentType", "")
        if one.get("PartName"):
            kinds[one.get("PartName").lstrip("/").lower()] = kind
        elif one.get("Extension"):
            usual[one.get("Extension").lower()] = kind
    return Archive(parts, kinds, usual)


def _check(archive: Archive) -> None:
    """Refuse programs first, then links to the outside, then what is no Word file."""
    said = " ".join((*archive.kinds.values(), *archive.usual.values(), *archive.parts)).lower()
    if any(program in said for program in _PROGRAMS):
        raise UnreadableFileError(_MACROS)
    for name, content in archive.parts.items():
        if name.lower().endswith(".rels") and any(_leads_outside(one) for one in parsed(content)):
            raise UnreadableFileError(_LINKS)
    if archive.kind(archive.first("", "officeDocument")) not in _WORD_FILES:
        raise UnreadableFileError(NO_WORD_FILE)


def _leads_outside(relation: Any) -> bool:
    target = relation.get("Target", "")
    return relation.get("TargetMode", "").lower() == "external" or ":" in target or target.startswith("//")


def _inside(folder: str, target: str) -> str:
    """The name of a part in the archive that a relation of a part in `folder` points to."""
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
