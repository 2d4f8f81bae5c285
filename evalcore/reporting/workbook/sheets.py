"""Which sheets a report's workbook has, in order, each with its name and what it holds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace

from evalcore.findings.finding import Column
from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Report, Section, Table
from evalcore.reporting.workbook.names import sheet_name

CONTENTS, NOTES, METHODS, RULES, ORIGIN, NUMBERS = (
    *("Contents", "Notes", "Methods and limits"),
    *("Rules", "Where it comes from", "Figure numbers"),
)
"""The sheets whose names stay the same; the last one is there where a figure is."""

_SUMMARY, _RULES = "summary", "rules"
_WITH_TABLES = {"workshop": "Validation workshop", "problems": "Problems and exclusions"}
_BEHIND = "Who is behind it"
_STAMP = (Column("name", "What", "label"), Column("value", "Value", "text"))


@dataclass(frozen=True)
class Words:
    """Sections that are told in words on one sheet."""

    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its title, the section it belongs to, and what it holds.

    `steps` is the key of the steps that it tells: whose they are, and the numbers.
    """

    name: str
    title: str
    section: str
    content: Exhibit | Table | Words
    steps: Hashable = None

    @property
    def table(self) -> Table | None:
        """Its table, if it has one."""
        if isinstance(self.content, Exhibit):
            return self.content.table
        return self.content if isinstance(self.content, Table) else None

    @property
    def label(self) -> str:
        """What it holds, in a few words."""
        return self.content.label if isinstance(self.content, Exhibit) else self.title

    @property
    def numbers(self) -> str:
        """Which table and figure it holds: "Table 5, Figure 5"."""
        figure = self.content.figure if isinstance(self.content, Exhibit) else 0
        held = [f"Table {self.table.number}"] if self.table is not None and self.table.number else []
        return ", ".join([*held, *([f"Figure {figure}"] if figure else [])])

    @property
    def n(self) -> str:
        """The line with n of its figure."""
        chart = self.content.chart if isinstance(self.content, Exhibit) else None
        return "" if chart is None else chart.n


@dataclass(frozen=True)
class Plan:
    """The sheets of a workbook that hold something of the report, in order."""

    sheets: tuple[Sheet, ...]

    @property
    def homes(self) -> Mapping[int, str]:
        """On which sheet each numbered table stands."""
        return {sheet.table.number: sheet.name for sheet in self.sheets if sheet.table and sheet.table.number}

    def behind(self, exhibit: Exhibit) -> str:
        """Return the sheet that tells the steps from the people asked to those in a finding; empty where none does."""
        if exhibit.trail is None:
            return ""
        key = _steps_key(exhibit, exhibit.trail)
        return next((sheet.name for sheet in self.sheets if sheet.steps == key), "")


def plan_sheets(report: Report) -> Plan:
    """Return the sheets with findings, tables and words; contents, notes and figure numbers stand around them.

    >>> from evalcore.reporting.model import Stamp
    >>> stamp = Stamp("Study", "0" * 64, "not kept", "", "2026-05-04T09:00:00+00:00", ("A rule.",), 0, "")
    >>> [sheet.name for sheet in plan_sheets(Report("Report", "", "", "", stamp, ())).sheets]
    ['Rules', 'Where it comes from']
    """
    taken = [CONTENTS, NOTES, METHODS, RULES, ORIGIN, NUMBERS]
    found = []
    for sheet in _unnamed(report):
        if not sheet.name:
            sheet = replace(sheet, name=sheet_name(*_label(sheet), taken))
            taken.append(sheet.name)
        found.append(sheet)
    return Plan(tuple(found))


def summary_of(report: Report) -> tuple[Block, ...]:
    """Return the words of the summary."""
    section = report.section(_SUMMARY)
    return () if section is None else _in_words(section).blocks


def _label(sheet: Sheet) -> tuple[str, str]:
    """What a sheet's name begins with, and what it says."""
    if isinstance(sheet.content, Words):
        return "", _WITH_TABLES[sheet.content.sections[0].name]
    if sheet.table is not None:
        return f"T{sheet.table.number:02d}" if sheet.table.number else "", sheet.label
    return sheet.numbers.replace("Figure ", "F"), sheet.label


def _unnamed(report: Report) -> Iterator[Sheet]:
    """The sheets; those whose names follow from what they hold have none yet."""
    rules = report.section(_RULES) or Section(_RULES, "The rules", (Bullets(report.stamp.policy),))
    told = [one for one in report.sections if one.name != _RULES]
    for one in told:
        yield from _of_section(one)
    yield from _steps(report)
    words = [one for one in told if one.name not in (_SUMMARY, *_WITH_TABLES) and _says_something(one)]
    if words:
        yield Sheet(METHODS, METHODS, METHODS, Words(tuple(map(_in_words, words))))
    yield Sheet(RULES, rules.heading, rules.heading, Words((rules,)))
    origin = _origin(report, rules)
    yield from (sheet for sheet in _of_section(rules) if sheet.content != origin)
    yield Sheet(ORIGIN, origin.caption, rules.heading, origin)


def _of_section(section: Section) -> Iterator[Sheet]:
    """A sheet for each table and finding, after that of the words around tables."""
    if section.name in _WITH_TABLES and _says_something(section):
        yield Sheet("", section.heading, section.heading, Words((section,)))
    for block in section.blocks:
        if isinstance(block, Exhibit):
            key = None if block.table is None else _steps_key(block, block.table)
            yield Sheet("", block.title, section.heading, block, key)
        elif isinstance(block, Table):
            yield Sheet("", block.caption, section.heading, block)


def _steps(report: Report) -> Iterator[Sheet]:
    """A sheet for the steps behind findings, where the report has no finding that tells them."""
    told = {_steps_key(one, one.table) for one in report.exhibits if one.table is not None}
    for one in report.exhibits:
        if one.trail is not None and (key := _steps_key(one, one.trail)) not in told:
            told.add(key)
            title = f"{_BEHIND}: {one.label.partition(': ')[2] or one.label}"
            yield Sheet("", title, _BEHIND, replace(one.trail, caption=title), key)


def _steps_key(exhibit: Exhibit, table: Table) -> Hashable:
    """Steps are the same where measure, role and site of a finding are, and the numbers."""
    return exhibit.finding.partition(".")[2], table.rows


def _in_words(section: Section) -> Section:
    return replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, Exhibit)))


def _says_something(section: Section) -> bool:
    return any(isinstance(block, Paragraph | Bullets) for block in section.blocks)


def _origin(report: Report, rules: Section) -> Table:
    """The table that says where the report comes from, or one like it where its section was left out."""
    tables = (block for block in rules.blocks if isinstance(block, Table))
    own = Table("Where this report comes from", _STAMP, report.stamp.rows)
    return next((table for table in tables if table.rows == report.stamp.rows), own)
