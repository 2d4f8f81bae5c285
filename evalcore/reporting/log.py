"""The validation log: what a room was shown, what it had expected, how it reacted, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from evalcore.disclosure.record import when
from evalcore.findings.finding import Column
from evalcore.reporting.model import Block, Bullets, Paragraph, Subheading, Table, Value
from evalcore.study import Study
from evalcore.telling import ANSWERS, DIRECTIONS, LEAST_GROUP, STAKEHOLDERS, Expectation, Shown, Workshop, merged
from evalcore.wording import count, number

COLUMNS = (
    Column("finding", "Finding", "label"),
    Column("expected", "The room had expected", "text"),
    Column("group", "Group", "text"),
    Column("n", "Answers", "fieldwork"),
    *(Column(name, label, "fieldwork") for name, label in ANSWERS.items()),
    Column("follow_up", "What the evaluator will do", "text"),
    Column("digest", "Shown (SHA-256, first 12)", "text"),
)
FEW = f"Fewer than {LEAST_GROUP} answered"
_NOBODY = "Nobody answered"


def log_blocks(study: Study) -> Iterator[Block]:
    """Give the log of each workshop, the oldest first, and how the last two compare; nothing where none was held."""
    held = study.telling.workshops
    for workshop in held:
        yield Subheading(f"{workshop.name}, {when(workshop.began_at)}")
        yield Paragraph(
            f"{count(len(workshop.shown), 'finding was', 'findings were')} shown. Groups with fewer than"
            f" {LEAST_GROUP} answers are put together. No names were asked."
        )
        if workshop.shown:
            yield log_table(workshop)
            yield from _comments(workshop)
    if len(held) > 1:
        table = comparison_table(held[-2], held[-1])
        if table.rows:
            yield table


def log_table(workshop: Workshop) -> Table:
    """Return the log of one workshop: a row for each group of each finding.

    >>> log_table(Workshop("May", "2026-05-04T09:00:00+00:00", "")).rows
    ()
    """
    rows = tuple(row for shown in workshop.shown for row in _rows(shown))
    return Table(f"Validation log: {workshop.name}", COLUMNS, rows)


def _rows(shown: Shown) -> Iterator[tuple[Value, ...]]:
    groups = merged(shown.reactions) or ((FEW if shown.reactions.n else _NOBODY, None),)
    for place, (name, tally) in enumerate(groups):
        counts: tuple[Value, ...] = (None,) * (len(ANSWERS) + 1)
        if tally is not None:
            counts = (tally.n, *(getattr(tally, answer) for answer in ANSWERS))
        first = (shown.title, expected_words(shown.expectation)) if not place else ("", "")
        last = (shown.follow_up, shown.digest[:12]) if not place else ("", "")
        yield (*first, name, *counts, *last)


def expected_words(expectation: Expectation | None) -> str:
    """Say what a room had expected; empty where it was not asked.

    >>> expected_words(Expectation("higher", 2.5))
    'Higher; a difference of 2.5 would matter'
    """
    if expectation is None:
        return ""
    words = DIRECTIONS[expectation.direction]
    if expectation.matters is None:
        return words
    size = number(expectation.matters, 2).rstrip("0").rstrip(".")
    return f"{words}; a difference of {size} would matter"


def _comments(workshop: Workshop) -> Iterator[Block]:
    """What was said, by the names under which the groups may be shown."""
    for shown in workshop.shown:
        if not shown.reactions.comments:
            continue
        alone = {name for name, _ in merged(shown.reactions)}
        said = []
        for one in shown.reactions.comments:
            group = STAKEHOLDERS[one.group]
            said.append(f"“{one.text}” ({group})" if group in alone else f"“{one.text}”")
        yield Subheading(f"Said about: {shown.title}")
        yield Bullets(tuple(said))


def comparison_table(earlier: Workshop, later: Workshop) -> Table:
    """Return what two workshops said of the findings that both saw: all groups together, from five answers on.

    >>> one = Workshop("May", "2026-05-04T09:00:00+00:00", "")
    >>> comparison_table(one, one).rows
    ()
    """
    columns = (
        Column("finding", "Finding", "label"),
        Column("same", "Shown as before", "text"),
        *(
            Column(f"{place}_{name}", f"{workshop.name}: {label}", "fieldwork")
            for place, workshop in (("earlier", earlier), ("later", later))
            for name, label in (("n", "answers"), ("agree", "agree"), ("disagree", "disagree"))
        ),
    )
    rows = []
    for shown in later.shown:
        before = earlier.of(shown.finding)
        if before is not None:
            same = "yes" if before.digest == shown.digest else "no: the figure has changed"
            rows.append((shown.title, same, *_whole(before), *_whole(shown)))
    return Table(f"Two workshops: {earlier.name} and {later.name}", columns, tuple(rows))


def _whole(shown: Shown) -> tuple[Value, Value, Value]:
    reactions = shown.reactions
    if reactions.n < LEAST_GROUP:
        return None, None, None
    return reactions.n, sum(one.agree for one in reactions.tallies), sum(one.disagree for one in reactions.tallies)
