"""The plain parts of a report on a page: paragraphs, lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from evalcore.figures.theme import HIDDEN
from evalcore.findings.finding import Column
from evalcore.reporting.model import Block, Bullets, Paragraph, Subheading, Table
from evalcore.reporting.web.markup import Markup, lines, tag

_WORDS = ("label", "text")
_OWN = "In the evaluator’s own words"
_HIDDEN_WORDS = "hidden, because few people are behind it"
_LONG = 25
"""Rows of a table that half a printed page does not hold."""

_SIZES = {"fullest": 14, "widest": 11, "wide": 7}
"""How small a table is set on paper, by the number of columns that it has more than."""

_NOTE = f"{HIDDEN}: {_HIDDEN_WORDS}."


def blocks_html(blocks: Sequence[Block]) -> Iterator[Markup]:
    """Give the plain blocks of a section; what a person wrote stands together, and is marked.

    >>> list(blocks_html([Subheading("Data"), Bullets(("One.", "Two."))]))
    ['<h3>Data</h3>', '<ul><li>One.</li><li>Two.</li></ul>']
    """
    for own, together in groupby(blocks, key=_is_own):
        made = [_block(block) for block in together]
        if own:
            yield tag("div", tag("p", _OWN, class_="whose"), *made, class_="own")
        else:
            yield from made


def _is_own(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.own


def _block(block: Block) -> Markup:
    match block:
        case Paragraph():
            return tag("p", block.text)
        case Bullets():
            return bullets_html(block.items)
        case Subheading():
            return tag("h3", block.text)
        case Table():
            return table_html(block, f"table-{block.number}")
        case _:
            return Markup()


def bullets_html(items: Sequence[str], class_: str | None = None) -> Markup:
    """Return a list of sentences; nothing where there is none.

    >>> bullets_html(())
    ''
    """
    return tag("ul", *(tag("li", item) for item in items), class_=class_) if items else Markup()


def table_html(table: Table, identifier: str, *, explained: bool = False) -> Markup:
    """Return a table that scrolls in a frame of its own where it is wider than the page.

    Parameters
    ----------
    table : Table
    identifier : str
        No other element of the page has it.
    explained : bool
        Whether what `[c]` stands for is said beside it anyway.

    >>> table_html(Table("Scores", (Column("n", "People", "fieldwork"),), (("[c]",),), 1), "table-1")[:60]
    '<div class="scroll" role="region" aria-labelledby="table-1-c'
    """
    caption = tag("caption", table.label if table.number else table.caption, id=f"{identifier}-caption")
    head = tag("thead", tag("tr", *(_heading(column) for column in table.columns)))
    rows = (
        tag("tr", *(_cell(text, column, first=not place) for place, (text, column) in enumerate(_pairs(row, table))))
        for row in table.written
    )
    held = tag("table", caption, head, tag("tbody", *rows), class_=_size(table), id=identifier)
    frame = tag("div", held, class_="scroll", role="region", aria_labelledby=f"{identifier}-caption", tabindex=0)
    hidden = any(HIDDEN in row for row in table.written)
    notes = (*table.notes, *([_NOTE] if hidden and not explained else []))
    return lines(frame, *(tag("p", note, class_="note") for note in notes))


def _pairs(row: Sequence[str], table: Table) -> Iterator[tuple[str, Column]]:
    return zip(row, table.columns, strict=True)


def _size(table: Table) -> str | None:
    """On paper nothing scrolls: many columns are set smaller, and many rows are broken over pages."""
    wide = next((name for name, most in _SIZES.items() if len(table.columns) > most), "")
    return f"{wide} {'long' if len(table.rows) > _LONG else ''}".strip() or None


def _heading(column: Column) -> Markup:
    """The heading of a column; an empty one is no heading."""
    class_ = None if column.kind in _WORDS else "number"
    return tag("th", column.label, scope="col", class_=class_) if column.label else tag("td")


def _cell(text: str, column: Column, *, first: bool) -> Markup:
    shown = tag("abbr", HIDDEN, title=_HIDDEN_WORDS) if text == HIDDEN else text
    if first and text and column.kind == "label":
        return tag("th", shown, scope="row")
    return tag("td", shown, class_=None if column.kind in _WORDS else "number")
