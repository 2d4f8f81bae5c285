"""What the files of each survey tool look like, as data: how they are told, their heading lines, their own columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from pathlib import Path

from evalcore.columns import COMPLETED_ON, RESPONDENT_ID, WAVE
from evalcore.intake.files.raw import tidy
from evalcore.rules.definition import Definition, names_in, read_named

_DEFINITIONS = Path(__file__).parent / "survey_tools"

# What a tool's own column may be besides a native column.
RECORD_STATUS = "record_status"
SUBMISSION_ID = "submission_id"
BOOKKEEPING = ""

_REASONS: Mapping[str, str] = {
    COMPLETED_ON: "when it was completed, as {name} writes it",
    RESPONDENT_ID: "the person, as {name} writes it",
    WAVE: "the event, as {name} writes it",
    RECORD_STATUS: "kept apart: how {name} tells test responses",
    SUBMISSION_ID: "left out: the number of the submission in {name}, not of the person",
    BOOKKEEPING: "left out: bookkeeping of {name}",
}
_KEYS = {"bookkeeping": BOOKKEEPING}


@dataclass(frozen=True)
class Habit:
    """What a tool's own column is taken for, and why.

    `taken_for` is a native column, `record_status`, `submission_id`, or empty for bookkeeping, which is left out.
    """

    taken_for: str
    reason: str


@dataclass(frozen=True)
class HeadingLines:
    """How a tool that writes several heading lines is read.

    Attributes
    ----------
    most : int
        The most heading lines there may be.
    closing : Pattern or None
        A cell like this stands only in the last heading line, and every such file has it.
    below : tuple of tuple of str
        Pairs: a heading of the first line and what stands below it in the second; one pair tells the second line.
    answers : mapping of str to Pattern
        Columns that the tool fills in every answer, and the form of what it writes there, which is never typed.
    blank_below : frozenset of str
        Columns that the tool fills in every answer and leaves blank in the heading lines below the first.
    numbered : Pattern or None
        How the tool numbers its questions, where no other column is left to tell it by.
    unnamed : Pattern or None
        A name in the first line that says nothing, so that the column is called by the second.
    fillers : frozenset of str
        Texts of a later line that say nothing.
    groups : bool
        Whether a question stands over its first column only, and the columns are called by the lines below it.
    """

    most: int = 1
    closing: re.Pattern[str] | None = None
    below: tuple[tuple[str, ...], ...] = ()
    answers: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    blank_below: frozenset[str] = frozenset()
    numbered: re.Pattern[str] | None = None
    unnamed: re.Pattern[str] | None = None
    fillers: frozenset[str] = frozenset()
    groups: bool = False


@dataclass(frozen=True)
class Tool:
    """One survey tool.

    Attributes
    ----------
    id, name : str
        `name` is what people call the tool.
    columns : mapping of str to Habit
        The tool's own columns; a heading may hold `*` for any text.
    otherwise : mapping of str to Habit
        Columns that count only where none of `columns` is there for the same; else they are bookkeeping.
    signs : tuple of tuple of str
        Groups of headings; all of one group together tell that the tool wrote the file.
    unless : tuple of str
        Headings that rule it out.
    shapes : mapping of str to Pattern
        Headings that are a sign only above a cell of this form.
    lines : HeadingLines
    """

    id: str
    name: str
    columns: Mapping[str, Habit]
    otherwise: Mapping[str, Habit]
    signs: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    shapes: Mapping[str, re.Pattern[str]]
    lines: HeadingLines

    def habit(self, header: str) -> Habit | None:
        """Return what a column of this heading is, or None where it is not the tool's own.

        Case and blanks do not count. A column that only stands in for another one is bookkeeping here: see `habits`.

        >>> load_tool("qualtrics").habit("EndDate").taken_for, load_tool("qualtrics").habit("Q14_1")
        ('completed_on', None)
        """
        found = _look_up(self.columns, header)
        if found is None and _look_up(self.otherwise, header) is not None:
            return _habit(BOOKKEEPING, self.name)
        return found

    def habits(self, headings: Sequence[str]) -> tuple[Habit | None, ...]:
        """Return `habit` of each heading of a whole file, where one column may stand in for another that is not there.

        >>> tool = load_tool("qualtrics")
        >>> [habit.taken_for for habit in tool.habits(["ResponseId", "RecordedDate"])]
        ['submission_id', 'completed_on']
        >>> [habit.taken_for for habit in tool.habits(["EndDate", "RecordedDate"])]
        ['completed_on', '']
        """
        found = [self.habit(heading) for heading in headings]
        there = {habit.taken_for for habit in found if habit is not None}
        for index, heading in enumerate(headings):
            second = _look_up(self.otherwise, heading)
            if second is not None and second.taken_for not in there:
                found[index] = second
                there.add(second.taken_for)
        return tuple(found)

    def has_signs(self, header: Sequence[str], first: Sequence[str] = ()) -> bool:
        """Whether the headings tell that this tool wrote the file; `first` is the line below them."""
        texts = [one_line(heading) for heading in header]
        if any(heading in texts for heading in self.unless):
            return False
        return any(all(self._is_there(sign, texts, first) for sign in group) for group in self.signs)

    def _is_there(self, sign: str, texts: Sequence[str], first: Sequence[str]) -> bool:
        shape = self.shapes.get(sign)
        if shape is not None:
            return sign in texts and shape.fullmatch(_cell(first, texts.index(sign))) is not None
        matches = _matcher(sign).match
        return any(matches(text) for text in texts)


def list_tools() -> list[str]:
    """Identifiers of the survey tools, sorted.

    >>> "qualtrics" in list_tools()
    True
    """
    return names_in(_DEFINITIONS)


@cache
def load_tool(name: str) -> Tool:
    """Read one tool's habits; read once, then kept. UnknownNameError where there is no such tool.

    >>> load_tool("microsoft_forms").name
    'Microsoft Forms'
    """
    return read_named(_DEFINITIONS, name, "survey tool", _tool)


def recognise(header: Sequence[str], first: Sequence[str] = ()) -> str:
    """Tell which tool wrote a file by its heading line; empty where none is certain.

    Parameters
    ----------
    header : sequence of str
        The first heading line.
    first : sequence of str
        The line below it; some headings are a sign only above an answer of the tool's own form.

    Examples
    --------
    >>> recognise(["ID", "Start time", "Completion time", "Email", "Name", "Your code"])
    'microsoft_forms'
    >>> recognise(["ID", "Timestamp", "gse_1"], ["12", "2026-02-04", "3"])
    ''
    """
    return next((name for name in list_tools() if load_tool(name).has_signs(header, first)), "")


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))


def _look_up(habits: Mapping[str, Habit], header: str) -> Habit | None:
    key = one_line(header).casefold()
    if key in habits:
        return habits[key]
    starred = (habit for pattern, habit in habits.items() if "*" in pattern or "[" in pattern if fits(pattern, key))
    return next(starred, None)


def fits(pattern: str, text: str) -> bool:
    """Whether a text has the form of a pattern in which `*` stands for any text.

    >>> fits("V*", "V10"), fits("StartDate", "Start Date")
    (True, False)
    """
    return _matcher(pattern).match(text) is not None


def one_line(text: str) -> str:
    """Make every run of blanks and line ends one space.

    >>> one_line(" Your\\ncode ")
    'Your code'
    """
    return " ".join(tidy(text).split())


def _cell(line: Sequence[str], index: int) -> str:
    return tidy(line[index]) if index < len(line) else ""


def _habit(taken_for: str, name: str) -> Habit:
    return Habit(taken_for, _REASONS[taken_for].format(name=name))


def _tool(definition: Definition) -> Tool:
    name = definition.text("name")
    return Tool(
        id=definition.text("id"),
        name=name,
        columns=_habits(definition.table("columns"), name),
        otherwise=_habits(definition.table("otherwise"), name) if definition.has("otherwise") else {},
        signs=definition.word_sets("signs"),
        unless=definition.texts("unless", []),
        shapes=_patterns(definition, "shapes"),
        lines=_heading_lines(definition.table("headings")) if definition.has("headings") else HeadingLines(),
    )


def _habits(table: Definition, name: str) -> Mapping[str, Habit]:
    found = {}
    for key in table.names():
        taken_for = _KEYS.get(key, key)
        if taken_for not in _REASONS:
            table.problem(key, "is nothing that a tool's column is taken for")
            continue
        found.update({heading.casefold(): _habit(taken_for, name) for heading in table.texts(key)})
    return found


def _heading_lines(table: Definition) -> HeadingLines:
    return HeadingLines(
        most=table.integer("most"),
        closing=_pattern(table, "closing"),
        below=table.word_sets("below"),
        answers=_patterns(table, "answers"),
        blank_below=frozenset(table.texts("blank_below", [])),
        numbered=_pattern(table, "numbered"),
        unnamed=_pattern(table, "unnamed"),
        fillers=frozenset(table.texts("fillers", [])),
        groups=table.flag("groups", False),
    )


def _patterns(table: Definition, key: str) -> Mapping[str, re.Pattern[str]]:
    if not table.has(key):
        return {}
    inside = table.table(key)
    return {name: re.compile(inside.text(name)) for name in inside.names()}


def _pattern(table: Definition, key: str) -> re.Pattern[str] | None:
    return re.compile(table.text(key)) if table.has(key) else None
