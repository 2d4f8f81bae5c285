"""The body of a document while it is written: paragraphs, pictures, headings with their places, and page breaks."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.errors import UnreadableFileError
from evalcore.reporting.document import markup
from evalcore.reporting.document.package import OFFICE, Package
from evalcore.reporting.document.pages import Paper, section

DOCUMENT = "word/document.xml"

_FIRST_NUMBER = 1000
"""The pictures of a template's headers have small numbers, and no two may have the same."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_NO_LOGO = "The logo is no PNG or JPEG picture that can be read. Save it as PNG and choose it again."


@dataclass(frozen=True)
class Heading:
    """A heading of the document: its level, its words, and the name of its place."""

    level: int
    words: str
    place: str


class Writer:
    """Writes the body of a document, one block after the other.

    Parameters
    ----------
    package : Package
        Receives the pictures.
    styles : mapping of str to str
        From the identifiers of our styles to those in the document.
    paper : Paper

    Attributes
    ----------
    headings : list of Heading
        Those written so far.
    lies : bool
        Whether the pages that are being written lie wide.
    references : str
        Headers and footers of the pages that are being written, and of those after them.
    """

    def __init__(self, package: Package, styles: Mapping[str, str], paper: Paper) -> None:
        self.package = package
        self.styles = styles
        self.paper = paper
        self.headings: list[Heading] = []
        self.references = ""
        self.lies = False
        self._after_table = False
        self._blocks: list[str] = []
        self._waiting: tuple[str, str, bool, bool] | None = None
        self._pictures = 0

    def write(self, style: str, content: str, *, keep: bool = False, new_page: bool = False) -> None:
        """Write a paragraph in one of our styles; one without content is left out."""
        if content:
            if self._after_table and style == "BodyText":
                style = "BodyTextAfterTable"
            self._flush()
            self._waiting = (self.styles[style], content, keep, new_page)
            self._after_table = False

    def say(self, style: str, words: str, label: str = "", *, keep: bool = False) -> None:
        """Write a paragraph of text, after a label in bold; without words there is none."""
        if words.strip():
            front = markup.text(f"{label} ", self.styles["Strong"]) if label else ""
            self.write(style, front + markup.text(words), keep=keep)

    def add(self, block: str) -> None:
        """Write a table."""
        self._flush()
        self._blocks.append(block)
        self._after_table = True

    def head(self, level: int, words: str, *, new_page: bool = False) -> None:
        """Write a heading, and remember its place for the contents."""
        number = len(self.headings) + 1
        self.headings.append(Heading(level, words, f"_Toc{number:06}"))
        content = markup.bookmarked(self.headings[-1].place, number, markup.text(words))
        self.write(f"Heading{level}", content, new_page=new_page)

    def picture(self, style: str, data: bytes, words: str, most: tuple[int, int]) -> None:
        """Write a picture as large as fits `most` (width and height in twips), never torn from what follows."""
        kind, size = _kind_and_size(data)
        self._pictures += 1
        name = f"word/media/picture{self._pictures}.{kind}"
        relationship = self.package.relate(DOCUMENT, f"{OFFICE}image", self.package.add(name, data, f"image/{kind}"))
        share = min(most[0] / size[0], most[1] / size[1])
        fitted = (round(size[0] * share), round(size[1] * share))
        self.write(style, markup.picture(relationship, _FIRST_NUMBER + self._pictures, fitted, words))

    def lay(self, *, wide: bool) -> None:
        """Let what follows stand on pages that lie wide, or upright again."""
        if wide != self.lies:
            self.end_pages()
            self.lies = wide

    def end_pages(self, *, first_differs: bool = False) -> None:
        """End a stretch of pages with the last paragraph; after a table, with one that takes no room."""
        settings = self._settings(first_differs)
        if self._waiting is None:
            self._blocks.append(markup.paragraph(self.styles["SectionEnd"], "", ends=settings))
        else:
            self._flush(settings)

    def mark(self) -> int:
        """Return where the document stands now, so that something can be put there later."""
        self._flush()
        return len(self._blocks)

    def put(self, mark: int, block: str) -> None:
        """Put a block where the document stood when it was marked."""
        self._blocks.insert(mark, block)

    def body(self) -> str:
        """Return all that was written."""
        self._flush()
        return "".join(self._blocks) + self._settings()

    def _settings(self, first_differs: bool = False) -> str:
        """The settings of a stretch of pages; headers and footers that are named once hold for those that follow."""
        named, self.references = self.references, ""
        paper = self.paper.lying() if self.lies else self.paper
        return section(paper, references=named, first_differs=first_differs)

    def _flush(self, ends: str = "") -> None:
        if self._waiting is not None:
            style, content, keep, new_page = self._waiting
            self._blocks.append(markup.paragraph(style, content, keep=keep, new_page=new_page, ends=ends))
            self._waiting = None


def _kind_and_size(data: bytes) -> tuple[str, tuple[int, int]]:
    """Whether a picture is PNG or JPEG, and its width and height in pixels."""
    if data.startswith(_PNG) and len(data) >= 24:
        size = struct.unpack(">II", data[16:24])
        kind = "png"
    elif data.startswith(_JPEG):
        size, kind = _jpeg_size(data), "jpeg"
    else:
        raise UnreadableFileError(_NO_LOGO)
    if not all(size):
        raise UnreadableFileError(_NO_LOGO)
    return kind, (size[0], size[1])


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height from the first frame of a JPEG picture; zero where there is none."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return 0, 0
