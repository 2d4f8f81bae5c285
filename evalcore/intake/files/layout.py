"""Which lines at the top of a file are its headings: titles skipped, several heading lines folded into one.

Works on the first lines of a file, however they were read. Rows keep the numbers that a spreadsheet gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.fitting import Record
from evalcore.intake.files.raw import Grid, RawTable, tidy
from evalcore.intake.files.source import Limits
from evalcore.intake.files.tools import HeadingLines, Tool, fits, list_tools, load_tool, one_line, recognise
from evalcore.intake.problems import NOTE, ROW_SET_ASIDE, Problem

# How many lines are looked at to find the headings.
HEAD = 30
# Texts that stand in cells of answers, never in all of a heading line.
_VALUE = re.compile(r"[\d\s.,:/%+-]*")
# Longest piece of a title line that is quoted back.
_QUOTED = 80


@dataclass(frozen=True, eq=False, repr=False)
class Headings:
    """What stands above the rows of one table.

    Attributes
    ----------
    above : int
        How many lines stand above the first row: blank lines, titles, and all heading lines.
    header, questions : tuple of str
        As in `RawTable`.
    tool : str
        Identifier of the survey tool, or empty.
    notes : tuple of Problem
        A line for each title that was skipped.
    """

    above: int
    header: tuple[str, ...]
    questions: tuple[str, ...] = ()
    tool: str = ""
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Sheet:
    """One table as laid out: its headings, its rows, and the sheet's name where a workbook holds several."""

    headings: Headings
    grid: Grid
    name: str = ""


def find_headings(lines: Sequence[Record]) -> Headings | None:
    """Find the headings among the first lines of a file; None where no line holds anything.

    Parameters
    ----------
    lines : sequence of list of str, or None
        The cells of each line from the first on; None for a line whose quotation marks do not match.

    Examples
    --------
    >>> found = find_headings([["ResponseId", "Q1"], ["Response ID", "Your code"], ['{"ImportId":"_recordId"}', ""]])
    >>> found.header, found.questions, found.above, found.tool
    (('ResponseId', 'Q1'), ('Response ID', 'Your code'), 3, 'qualtrics')
    """
    first, notes = _skip_titles(lines)
    if first is None:
        return None
    top = _until_faulty(lines[first : first + HEAD])
    for name in list_tools():
        tool = load_tool(name)
        count = _heading_lines(top, tool)
        if count > 1:
            folded = _Fold(top[:count], tool)
            return Headings(first + count, folded.header, folded.questions, name, notes)
    tool_name = recognise(top[0], top[1] if len(top) > 1 else ())
    return Headings(first + 1, tuple(top[0]), (), tool_name, notes)


def check_width(columns: int, limits: Limits) -> None:
    """UnreadableFileError for more columns than may be read."""
    if columns > limits.columns:
        raise UnreadableFileError(f"The file has more than {limits.columns:,} columns. Leave out those not needed.")


def agree(lines: Sequence[Record]) -> bool:
    """Whether most lines below a line of headings are no wider than it, and hold more than one cell.

    >>> agree([["id", "wave"], ["A1", "pre"], ["A2", "post"]]), agree([["id"], ["A1"]])
    (True, False)
    """
    extents = [
        max((i for i, cell in enumerate(line, 1) if tidy(cell)), default=0) for line in lines if line is not None
    ]
    fitting = [1 < extent <= extents[0] for extent in extents[1:]]
    return 2 * sum(fitting) >= len(fitting)


def repeated_headings(raw: RawTable) -> NDArray[np.bool_]:
    """Say which rows are a heading line again, as where two exports were pasted together.

    Returns
    -------
    array of bool, shape (len(raw),)
        True where every cell that is filled repeats what stands above its column, in the heading or in the question,
        and at least two cells do (one in a table of one column). Blank cells count for neither.

    Examples
    --------
    >>> from evalcore.intake.files.reading import read_table
    >>> repeated_headings(read_table(b"id,wave\\nA1,pre\\nid,wave\\nA2,pre\\n")).tolist()
    [False, True, False]
    """
    spec = load_tool(raw.tool).lines if raw.tool else HeadingLines()
    may, filled = np.ones(len(raw), dtype=bool), np.zeros(len(raw), dtype=np.int64)
    for index, column in enumerate(raw.columns):
        if not may.any():
            break
        above = {"", one_line(raw.header[index]), one_line(raw.question(index)), *spec.fillers}
        texts = [one_line(text) for text in column.texts]
        repeats = [text in above or (spec.closing is not None and bool(spec.closing.match(text))) for text in texts]
        may &= np.array(repeats, dtype=bool)[column.codes]
        filled += np.array([bool(text) for text in texts], dtype=bool)[column.codes]
    return may & (filled >= min(2, len(raw.columns)))


def _skip_titles(lines: Sequence[Record]) -> tuple[int | None, tuple[Problem, ...]]:
    """Find the first heading line: blank lines, and titles above a line of headings, do not count."""
    start = next((index for index, line in enumerate(lines) if line is None or any(map(tidy, line))), None)
    if start is None:
        return None, ()
    head = enumerate(lines[start : start + HEAD], start=start)
    filled = [index for index, line in head if line is None or any(map(tidy, line))]
    titles = 0
    while titles < len(filled) - 1 and _texts(lines[filled[titles]]) == 1:
        titles += 1
    title = lines[filled[0]]
    below = [lines[index] for index in filled[titles:]]
    if not titles or title is None or not _names_columns(below[0], "".join(title)) or not agree(below):
        return filled[0], ()
    notes = []
    for index in filled[:titles]:
        text = " ".join("".join(lines[index] or ()).split())
        found = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
        notes.append(Problem(index + 1, "", found, "the headings in the first line", ROW_SET_ASIDE, NOTE))
    return filled[titles], tuple(notes)


def _texts(line: Record) -> int:
    """How many cells of a line hold something; 0 for a faulty line."""
    return sum(bool(tidy(cell)) for cell in line) if line is not None else 0


def _names_columns(line: Record, title: str) -> bool:
    """Whether a line below a title is one of headings: several different texts, none of them a number or a date.

    Two headings are enough only below a title of several words: else the line above may be a heading itself.
    """
    texts = [tidy(cell).casefold() for cell in line or () if tidy(cell)]
    enough = 2 if len(tidy(title).split()) > 1 else 3
    distinct = len(set(texts)) == len(texts)
    return len(texts) >= enough and distinct and not any(_VALUE.fullmatch(text) for text in texts)


def _until_faulty(lines: Sequence[Record]) -> list[list[str]]:
    found: list[list[str]] = []
    for line in lines:
        if line is None:
            break
        found.append(line)
    return found or [[]]


def _heading_lines(top: Sequence[Sequence[str]], tool: Tool) -> int:
    """How many heading lines a tool's file has; 0 where its several lines are not recognised."""
    spec = tool.lines
    lines = top[: spec.most]
    if spec.closing is not None:
        closed = [i for i, line in enumerate(lines) if any(spec.closing.match(tidy(cell)) for cell in line)]
        if closed and closed[-1] > 0:
            return closed[-1] + 1
    if len(lines) < 2:
        return 0
    told = _is_told_below(lines, spec) or _is_numbered_group(lines, spec)
    return max(2 * told, _until_answers(top, spec), _while_blank(lines, tool))


def _is_told_below(lines: Sequence[Sequence[str]], spec: HeadingLines) -> bool:
    """Whether a cell of the second line is what the tool writes there under that heading."""
    pairs = [(_cell(lines[0], i), _cell(lines[1], i)) for i in range(len(lines[1]))]
    return any(below == text and fits(name, heading) for name, text in spec.below for heading, below in pairs)


def _until_answers(top: Sequence[Sequence[str]], spec: HeadingLines) -> int:
    """Count the lines above the first that holds an answer's own number."""
    keys = [(i, spec.answers[text]) for i, cell in enumerate(top[0]) if (text := tidy(cell)) in spec.answers]
    for index, line in enumerate(top[: spec.most + 1] if keys else ()):
        if any(shape.fullmatch(_cell(line, i)) for i, shape in keys):
            return index
    return 0


def _while_blank(lines: Sequence[Sequence[str]], tool: Tool) -> int:
    """Count the lines that leave blank what the tool fills in every answer.

    A first answer without its number looks the same in a table made by hand: so other headings must be the tool's too,
    or a cell must be one of its fillers, or a statement must stand where the first line is blank, without any number.
    """
    spec = tool.lines
    keys = [i for i, cell in enumerate(lines[0]) if tidy(cell) in spec.blank_below]
    filled_up = any(tidy(cell) in spec.fillers for cell in lines[1])
    if not keys or not (tool.has_signs(lines[0]) or filled_up or _names_gaps(lines)):
        return 0
    count = 1
    for index, line in enumerate(lines[1:], start=2):
        if any(_cell(line, i) for i in keys):
            break
        if any(map(tidy, line)):
            count = index
    return count


def _names_gaps(lines: Sequence[Sequence[str]]) -> bool:
    """Whether the second line says something where the first is blank, and holds no number or date."""
    below = [_cell(lines[1], i) for i in range(len(lines[1]))]
    gaps = any(text and not _cell(lines[0], i) for i, text in enumerate(below))
    return gaps and not any(text and _VALUE.fullmatch(text) for text in below)


def _is_numbered_group(lines: Sequence[Sequence[str]], spec: HeadingLines) -> bool:
    """Whether numbered questions stand over several columns each, named in the second line."""
    numbered = spec.numbered
    if numbered is None:
        return False
    first = [tidy(cell) for cell in lines[0]]
    if sum(map(bool, first)) < 2 or not all(numbered.fullmatch(text) for text in first if text):
        return False
    return _names_gaps(lines) and any(text and not _cell(lines[1], i) for i, text in enumerate(first))


def _cell(line: Sequence[str], index: int) -> str:
    return tidy(line[index]) if index < len(line) else ""


class _Fold:
    """Several heading lines folded into one heading and one question for each column."""

    def __init__(self, lines: Sequence[Sequence[str]], tool: Tool) -> None:
        self._spec = tool.lines
        width = max(map(len, lines))
        padded = [[*line, *[""] * (width - len(line))] for line in lines]
        if self._spec.groups:
            _carry_questions(padded)
        folded = [self._fold([line[i] for line in padded]) for i in range(width)]
        self.header = tuple(heading for heading, _ in folded)
        self.questions = tuple(question for _, question in folded)

    def _fold(self, cells: Sequence[str]) -> tuple[str, str]:
        """Choose what one column is called by; what else stands above it is its question."""
        closing, fillers = self._spec.closing, self._spec.fillers
        texts = [
            cell
            for cell in cells
            if tidy(cell) and tidy(cell) not in fillers and not (closing and closing.match(tidy(cell)))
        ]
        if not texts:
            return "", ""
        at = self._calls_by(texts)
        heading = texts[at]
        rest = [text for i, text in enumerate(texts) if i != at and one_line(text) != one_line(heading)]
        return heading, " - ".join(map(one_line, rest))

    def _calls_by(self, texts: Sequence[str]) -> int:
        """Which of several texts names the column: the statement below a question, or the name above it."""
        if len(texts) == 1:
            return 0
        unnamed = self._spec.unnamed
        nameless = unnamed is not None and unnamed.fullmatch(tidy(texts[0])) is not None
        return 1 if self._spec.groups or nameless else 0


def _carry_questions(lines: list[list[str]]) -> None:
    """Write a question over all its columns: those to its right that name only a statement or an option."""
    question, top = "", lines[0]
    for i, cell in enumerate(top):
        below = any(tidy(line[i]) for line in lines[1:])
        if tidy(cell):
            question = cell if below else ""
        elif below:
            top[i] = question
