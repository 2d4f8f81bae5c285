"""What a workbook asks of names: of sheets, of columns in a table, and of any text in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalcore.figures.native_text import plain

LONGEST_SHEET = 31
LONGEST_HEADING = 255
LONGEST_CELL = 32_767
_CUT = "… (cut here: a cell holds no more)"

_NOT_IN_A_SHEET = re.compile(r"[\[\]:*?/\\]")
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_RESERVED = "history"
_ELLIPSIS = "…"
_LEAST_WORDS = 6


def safe(text: str) -> str:
    """Return `text` as a cell holds it: no characters that no file may hold, no markup that the writer would take over.

    >>> safe("Leeds\\x00 & York"), safe("<r>not markup</r>")
    ('Leeds & York', ' <r>not markup</r>')
    """
    kept = plain(text)
    if kept.startswith("<r>"):
        kept = f" {kept}"
    return kept if _length(kept) <= LONGEST_CELL else _cut(kept, LONGEST_CELL - _length(_CUT)) + _CUT


def one_line(text: str) -> str:
    r"""Return `text` without what no file may hold, on one line.

    >>> one_line("Two\nlines ")
    'Two lines'
    """
    return _SPACES.sub(" ", plain(text)).strip()


def sheet_name(number: str, label: str, taken: Iterable[str] = ()) -> str:
    """Return a name for a sheet that no other has: at most 31 characters, none that is forbidden.

    Parameters
    ----------
    number : str
        What it begins with; never shortened.
    label : str
        What the sheet holds: "Change: GSE, service users". Where it is too long, its end or its middle goes.
    taken : iterable of str
        Names of other sheets; large and small letters count as the same.

    >>> sheet_name("T05", "Change: GSE, service users"), sheet_name("T07", "If those who left had changed: GSE, staff")
    ('T05 Change GSE, service users', 'T07 If those who left had… GSE')
    >>> sheet_name("T01", "Who took part: GSE, service users")
    'T01 Who took part GSE, service…'
    >>> sheet_name("T01", "Pneumonoultramicroscopicsilicovolcanoconiosis")
    'T01 Pneumonoultramicroscopicsi…'
    >>> sheet_name("", "[Rules]", ["rules"])
    'Rules 2'
    """
    others = {one.casefold() for one in taken} | {_RESERVED}
    what, colon, whose = label.partition(": ")
    found = _fitting(number, _words(what), _words(whose) if colon else "")
    name, again = found, 2
    while name.casefold() in others:
        mark = f" {again}"
        name, again = f"{_cut(found, LONGEST_SHEET - len(mark)).rstrip()}{mark}", again + 1
    return name


def _fitting(number: str, what: str, whose: str) -> str:
    """All of it; or as much as names the measure; or the measure, with the middle left out."""
    whole = " ".join(part for part in (number, what, whose) if part)
    if _length(whole) <= LONGEST_SHEET:
        return whole or "Sheet"
    measure = whose.rpartition(",")[0] or whose
    cut = _at_word(whole, LONGEST_SHEET - 1) + _ELLIPSIS
    room = LONGEST_SHEET - _length(" ".join(part for part in (number, _ELLIPSIS, measure) if part))
    if not measure or cut.startswith(f"{number} {what} {measure}".strip()) or room < _LEAST_WORDS:
        return cut
    return " ".join(part for part in (number, _at_word(what, room) + _ELLIPSIS, measure) if part)


def _words(text: str) -> str:
    """`text` without what a sheet's name may not hold; an apostrophe, which quotes names, becomes a raised comma."""
    return one_line(_NOT_IN_A_SHEET.sub(" ", text).replace("'", "’"))


def _at_word(text: str, room: int) -> str:
    """The whole words of `text` that fit; where they are few, part of the next too."""
    cut = _cut(text, room)
    whole = cut if text[len(cut) :][:1] in ("", " ") else cut.rpartition(" ")[0]
    return (whole if len(whole) > room // 2 else cut).rstrip(" ,")


def _length(text: str) -> int:
    """Characters as a spreadsheet counts them: those outside the basic plane twice."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, room: int) -> str:
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")


def headings(labels: Iterable[str]) -> tuple[str, ...]:
    """Return the headings of a table's columns: none empty, no two the same, each to be understood by itself.

    >>> headings(["Mean", "95 % interval from", "to", "Mean", ""])
    ('Mean', '95 % interval from', '95 % interval to', 'Mean (2)', 'Value')
    """
    found: list[str] = []
    before = ""
    for label in map(one_line, labels):
        stem, end, _ = before.partition(" from")
        whole = f"{stem} {label}" if end and label.split(" ")[0] == "to" else label
        before = label
        found.append(_unlike(found, safe(_CODE.sub("_ ", whole)) or "Value"))
    return tuple(found)


def _unlike(others: list[str], heading: str) -> str:
    """`heading`, numbered where another is the same, and short enough for a table."""
    taken = {one.casefold() for one in others} | {one.lower() for one in others}
    name, again = _cut(heading, LONGEST_HEADING), 2
    while name.casefold() in taken or name.lower() in taken:
        mark = f" ({again})"
        name, again = f"{_cut(heading, LONGEST_HEADING - len(mark))}{mark}", again + 1
    return name


def in_pieces(text: str, most: int) -> Iterator[str]:
    """Divide a text at its lines and sentences into pieces that a cell can show: no row may be higher than a page.

    >>> list(in_pieces("One. Two. Three.", 10))
    ['One. Two.', 'Three.']
    """
    for line in plain(text).splitlines():
        piece = ""
        for sentence in _SENTENCE.split(line):
            if piece and len(piece) + len(sentence) >= most:
                yield piece
                piece = ""
            piece = f"{piece} {sentence}".strip()
            while len(piece) > most:
                at = piece.rfind(" ", 1, most)
                at = most if at < 0 else at
                yield piece[:at]
                piece = piece[at:].strip()
        if piece:
            yield piece
