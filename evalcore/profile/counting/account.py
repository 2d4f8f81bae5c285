"""What a person should know about the reading: rows set aside, columns left out, what was made from other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalcore.intake.choices import Choices
from evalcore.intake.headings.headers import map_headings
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, SECTION_MAXIMA
from evalcore.intake.problems import (
    ADDED_UP,
    CELLS_FILLED,
    COLUMN_LEFT_OUT,
    ERROR,
    KEPT,
    NOTE,
    ROW_SET_ASIDE,
    VALUE_MISSING,
    WARNING,
    Problem,
    Problems,
)
from evalcore.profile.counting.ages import Births, told
from evalcore.profile.counting.codes import Coded
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.layout import Layout
from evalcore.profile.counting.natives import births_sql, other_form, points_of
from evalcore.profile.counting.source import CaseloadFile
from evalcore.profile.counting.understanding import Understood
from evalcore.rules.needs import load_need_rules
from evalcore.wording import count

_ENOUGH_PEOPLE = 10


def of_head(file: CaseloadFile, head: Intake, choices: Choices) -> list[Problem]:
    """What the headings say, as an upload would say it."""
    found = Problems([note for note in file.head.notes if note.action == ROW_SET_ASIDE])
    map_headings(file.head, CASELOAD, found, choices.mapping)
    return found.found


def of_rows(found: Coded) -> list[Problem]:
    """Rows that are not counted for their form, each reason once."""
    lines = []
    for kind, action, severity in ((found.rows.faults, ROW_SET_ASIDE, ERROR), (found.rows.notes, CELLS_FILLED, NOTE)):
        different: dict[tuple[str, str], int] = {}
        for one in kind:
            different[one.found, one.expected] = different.get((one.found, one.expected), 0) + 1
        for (text, expected), n in different.items():
            lines.append(Problem(None, "", f"{text} (in {count(n, 'row', 'rows')})", expected, action, severity))
    if found.headings:
        told = f"the headings once more (in {count(found.headings, 'row', 'rows')})"
        lines.append(Problem(None, "", told, "an answer", ROW_SET_ASIDE, NOTE))
    if found.unnamed and found.layout.identifier is not None:
        label = found.layout.labels[found.layout.identifier]
        for text, n in found.no_answers.items():
            words = f"{text} (in {count(n, 'row', 'rows')})"
            lines.append(Problem(None, label, words, "an identifier", VALUE_MISSING, NOTE))
        told = f"no identifier (in {count(found.unnamed, 'row', 'rows')})"
        lines.append(Problem(None, label, told, "an identifier", ROW_SET_ASIDE, ERROR))
    return lines


def of_columns(engine: Engine, found: Coded, read: Understood, n: Mapping[int, Sequence[int]]) -> list[Problem]:
    """Columns that can not be counted, that are shortened, that look wrong, or that others are made from."""
    labels, layout = found.layout.labels, found.layout
    lines = []
    for at, many in found.dictionary.too_many.items():
        told_ = f"more than {many:,} different texts" if many else "too many different texts"
        lines.append(Problem(None, labels[at], told_, "a text that many people share", COLUMN_LEFT_OUT, WARNING))
    for at in found.rows.unread:
        lines.append(Problem(None, labels[at], "times in a time zone", "days", COLUMN_LEFT_OUT, WARNING))
    for at in found.dictionary.cut:
        told_ = "more than two decimals, or a time of day"
        lines.append(Problem(None, labels[at], told_, "counted to two decimals, and by the day", KEPT, NOTE))
    lines += [line for section in SECTION_MAXIMA for line in _only_yes_and_no(found, read, n, f"{section}_score")]
    for section, items in layout.items.items():
        lines += _added_up(engine, found, read, section, items)
    return lines


def of_births(engine: Engine, births: Births | None, layout: Layout) -> list[Problem]:
    """What became of dates of birth."""
    if births is None:
        return []
    lookup = births_sql(births)
    lookup |= {f"at {name}": lookup[f"at {i}"] for i, name in enumerate(layout.dates)}
    return told(engine, births, layout, lookup)


def _only_yes_and_no(found: Coded, read: Understood, n: Mapping[int, Sequence[int]], name: str) -> list[Problem]:
    """Warn of a section score that is never above 1."""
    at = found.layout.counted.get(name)
    if at is None:
        return []
    known = [(float(str(v)), many) for v, many in zip(read.values[name], n[at], strict=True) if v is not None and many]
    if sum(many for _, many in known) < _ENOUGH_PEOPLE or max(value for value, _ in known) != 1:
        return []
    expected = f"scores; a yes or no belongs under {name.replace('_score', '_need')}"
    return [Problem(None, found.layout.labels[at], "only 0 and 1 in the whole file", expected, KEPT, WARNING)]


def _added_up(engine: Engine, found: Coded, read: Understood, section: str, items: Sequence[str]) -> list[Problem]:
    """Say that items were added up, how many people answered only some, and who has another form."""
    answered = " + ".join(f"({points_of(found.layout, read, item)} IS NOT NULL)::INTEGER" for item in items)
    other = other_form(found.layout, found.dictionary.texts)
    most = len(load_need_rules()[section].items)
    sums = (
        f"count(*) FILTER ({answered} = {most} AND NOT {other}), "
        f"count(*) FILTER ({answered} BETWEEN 1 AND {most - 1} AND NOT {other}), "
        f"count(*) FILTER ({answered} > 0 AND {other})"
    )
    every, some, left = engine.rows(f"SELECT {sums} FROM coded")[0]
    labels = [found.layout.labels[found.layout.counted[item]] for item in items]
    span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    text = f"{section}_score: sum of the items; {every:,} with all {most}, {some:,} with only some"
    lines = [Problem(None, span, text, f"{section}_score", ADDED_UP, WARNING if some else NOTE)]
    if left:
        text = f"items of {count(left, 'person', 'people')} on another form than that of 2009: not added up"
        lines.append(Problem(None, span, text, "items of the 2009 form", KEPT, WARNING))
    return lines
