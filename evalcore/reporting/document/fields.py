"""Fields in the headers and footers of a template: those that look into the document stay, any other is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.reporting.document.markup import NAMESPACES

_W = f"{{{NAMESPACES['w']}}}"
_HARMLESS = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "STYLEREF", "REF", "SEQ"),
        *("TITLE", "SUBJECT", "AUTHOR", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "DOCPROPERTY", "=", "IF"),
    )
)
_REFUSED = (
    "The header or footer of the template holds a field other than page numbers, title or date. Remove it in Word."
)


def refuse_fields(letterhead: Any) -> None:
    """Refuse a header or footer with a field that could fetch something: a picture, a text, another program's data.

    Raises
    ------
    UnreadableFileError

    >>> from evalcore.reporting.document.archive import parsed
    >>> instruction = '<w:fldSimple w:instr=" PAGE "/>'
    >>> refuse_fields(parsed(f'<w:ftr xmlns:w="{NAMESPACES["w"]}">{instruction}</w:ftr>'.encode()))
    """
    for instruction in _instructions(letterhead):
        first = instruction.split()[:1]
        if first and first[0].upper() not in _HARMLESS:
            raise UnreadableFileError(_REFUSED)


def _instructions(letterhead: Any) -> Iterator[str]:
    """What each field is told to do; Word may write the words of one in several pieces."""
    open_fields: list[list[str]] = []
    for one in letterhead.iter():
        if one.tag == f"{_W}fldSimple":
            yield one.get(f"{_W}instr", "")
        elif one.tag == f"{_W}fldChar":
            kind = one.get(f"{_W}fldCharType")
            if kind == "begin":
                open_fields.append([])
            elif kind == "end" and open_fields:
                yield "".join(open_fields.pop())
        elif one.tag in (f"{_W}instrText", f"{_W}delInstrText"):
            if not open_fields:
                open_fields.append([])
            open_fields[-1].append(one.text or "")
    yield from ("".join(pieces) for pieces in open_fields)
