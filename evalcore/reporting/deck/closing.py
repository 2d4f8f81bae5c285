"""The last slides: what workshops said, and where everything comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from evalcore.findings.finding import Column
from evalcore.reporting.deck.finding import ELSEWHERE
from evalcore.reporting.deck.measuring import POINT, height_of
from evalcore.reporting.deck.slides import TEXT, Deck, fill
from evalcore.reporting.deck.table import Fitted, draw_table, fitted
from evalcore.reporting.deck.text import Words, add_box
from evalcore.reporting.model import Block, Bullets, Paragraph, Report, Stamp, Subheading, Table

FROM = "Where these slides come from"
POLICY = "What is hidden, and by which rules"
_ON_SLIDE = ("finding", "group", "agree", "partly", "disagree", "cannot_say")
_FOLLOW_UP = "follow_up"
_GAP = 5


@dataclass
class _Held:
    """What a report says of one workshop."""

    name: str
    said: str
    tables: list[Table] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def add_workshops(deck: Deck, report: Report) -> None:
    """Add a slide for each workshop that was held: its log in short, all of it in the notes."""
    section = report.section("workshop")
    labels = {one.title: one.label for one in report.exhibits}
    for held in _workshops(() if section is None else section.blocks):
        made = deck.add(deck.layouts.bare, f"Workshop: {held.name}")
        width, height = made.room.points
        lines = [Words(held.said)]
        log = held.tables[0] if held.tables else None
        used = 0
        if log is not None:
            lines.append(Words(ELSEWHERE))
            foot = height_of([one.whole for one in lines], width, TEXT, gap=_GAP)
            part = _whole_findings(_in_short(log, labels), width, height - foot - 3 * _GAP)
            used = draw_table(made.slide, part, made.room, f"{log.caption}: how each group answered") + 3 * _GAP * POINT
        add_box(made.slide, made.room.without_top(used), "About the log", lines, size=TEXT, gap=_GAP)
        deck.finish(made.slide, tuple(_told(held)))


def _workshops(blocks: Sequence[Block]) -> list[_Held]:
    """Group what the report says: a workshop is a heading with a paragraph right after it."""
    held: list[_Held] = []
    heading = ""
    for block in blocks:
        if isinstance(block, Subheading):
            heading = block.text
        elif isinstance(block, Paragraph) and heading and not block.own:
            held.append(_Held(heading, block.text))
            heading = ""
        elif isinstance(block, Table) and held:
            held[-1].tables.append(block)
        elif isinstance(block, Bullets) and held:
            held[-1].comments.extend((heading, *block.items))
    return held


def _in_short(log: Table, labels: dict[str, str]) -> Table:
    """A log without what is too long for a slide; a finding by its label where the report has it."""
    kept = [place for place, column in enumerate(log.columns) if column.name in _ON_SLIDE]
    rows = tuple(tuple(row[place] for place in kept) for row in log.rows)
    named = tuple((labels.get(str(row[0]), row[0]), *row[1:]) for row in rows)
    return replace(log, columns=tuple(log.columns[place] for place in kept), rows=named)


def _whole_findings(log: Table, width: float, height: float) -> Fitted:
    """Return the first findings of a log that fit, each with all of its groups."""
    starts = [place for place, row in enumerate(log.rows) if row[0]]
    for end in sorted({*starts[1:], len(log.rows)}, reverse=True):
        part = fitted(replace(log, rows=log.rows[:end]), width, height)
        if len(part.grid.rows) == end:
            return part
    return fitted(log, width, height)


def _told(held: _Held) -> Iterator[Words]:
    """The whole log in sentences: a table can not stand in notes."""
    yield Words(held.said)
    for table in held.tables:
        yield Words("", f"{table.label}.")
        for row in table.written:
            cells = zip(table.headings, row, strict=True)
            yield Words("; ".join(f"{name}: {cell}" for name, cell in cells if cell))
    yield from (Words(one) for one in held.comments)


def add_policy(deck: Deck, report: Report) -> None:
    """Add the slide that says by which rules values are hidden."""
    layout = deck.layouts.text
    made = deck.add(layout, POLICY)
    lines = [Words(one) for one in report.stamp.policy]
    fill(made, layout, lines, gap=_GAP)
    deck.finish(made.slide, lines)


def add_stamp(deck: Deck, report: Report) -> None:
    """Add the last slide: study, version, fingerprint, date, plan and seed; the policy in its notes."""
    made = deck.add(deck.layouts.bare, FROM)
    part = fitted(_stamp_table(report.stamp), *made.room.points)
    draw_table(made.slide, part, made.room, "Study, version, fingerprint, date, software, plan and seed")
    rows = [Words(value, f"{name}:") for name, value in report.stamp.rows]
    deck.finish(made.slide, [*rows, Words("", f"{POLICY}:"), *map(Words, report.stamp.policy)])


def _stamp_table(stamp: Stamp) -> Table:
    columns = (Column("name", "What", "label"), Column("value", "As it was", "text"))
    return Table(FROM, columns, stamp.rows)
