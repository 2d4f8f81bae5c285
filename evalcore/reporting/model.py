"""The report: one frozen object that every format is rendered from, so that all hold the same numbers and words.

A report is sections, a section is blocks, and a block is a paragraph, a list, a smaller heading, a table or an exhibit:
a finding as it may leave. Nothing in it knows a file format, and nothing of it is computed again by a renderer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from evalcore.figures import theme
from evalcore.figures.chart import Chart
from evalcore.findings.finding import Column

Value = str | int | float | None
"""One cell of a table: a number as it was computed, `[c]` where it is hidden, None where there is none."""


@dataclass(frozen=True)
class Table:
    """A table with its caption.

    Attributes
    ----------
    caption : str
        What it holds, without its number.
    columns : tuple of Column
        Label, kind and decimals of each; `theme.written(value, column)` writes a cell as the screen does.
    rows : tuple of tuple
        Plain values, one for each column.
    number : int
        Its number among the report's tables, from 1.
    notes : tuple of str
        Sentences that stand under it.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    number: int = 0
    notes: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The label of each column."""
        return tuple(column.label for column in self.columns)

    @property
    def written(self) -> tuple[tuple[str, ...], ...]:
        """Every cell as the screen writes it."""
        return tuple(
            tuple(theme.written(value, column) for value, column in zip(row, self.columns, strict=True))
            for row in self.rows
        )

    @property
    def label(self) -> str:
        """Number and caption: "Table 3. Before and after"."""
        return f"Table {self.number}. {self.caption}"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; `own` where a person wrote it and not this program."""

    text: str
    own: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Subheading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Exhibit:
    """A finding as it may leave, with what a reader needs beside it.

    Attributes
    ----------
    finding : str
        Its identifier.
    label : str
        What it is, in a few words without a figure: "Change: GSE, service users".
    title, sentence, caution : str
        Active title with its n; the sentence that stands in for the chart; what it can not show.
    reasons, rivals : tuple of str
        Why nothing stronger is said; other explanations that are registered.
    planned : str
        Whether it was planned in advance; empty where there is no plan.
    chart : Chart or None
    figure : int
        Its number among the report's figures, from 1; 0 without a chart.
    table : Table or None
        None where it has no row.
    trail : Table or None
        From the people asked to those in the figure.
    source, definition : str
    hidden : str
        What was hidden or changed in it, in a sentence; empty where nothing was.
    message, question, notes : str
        The evaluator's own short heading (or empty); the question for a room; speaker's notes.
    """

    finding: str
    label: str
    title: str
    sentence: str
    caution: str
    chart: Chart | None
    figure: int
    table: Table | None
    trail: Table | None
    source: str
    definition: str
    hidden: str = ""
    reasons: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    planned: str = ""
    message: str = ""
    question: str = ""
    notes: str = ""

    @property
    def caption(self) -> str:
        """Number and content of its figure: "Figure 2. Change: GSE, service users. n = 7 matched pairs"."""
        n = "" if self.chart is None else _without_whom(self.chart.n)
        return f"Figure {self.figure}. {self.label}. {n}".rstrip()

    @property
    def digest(self) -> str:
        """SHA-256 of what is shown: words, marks and table; not of the presenter's own words."""
        said = (self.finding, self.title, self.sentence, self.caution, self.chart, self.table and self.table.rows)
        return sha256(repr((said, self.reasons, self.rivals, self.planned, self.hidden)).encode()).hexdigest()


def _without_whom(n: str) -> str:
    """The line with n of a chart, without whom it speaks of, which the label says; empty where it holds no number."""
    said = n.partition(": ")[2] or n
    return f"{said.rstrip('.')}." if any(one.isdigit() for one in said) else ""


Block = Paragraph | Bullets | Subheading | Table | Exhibit


@dataclass(frozen=True)
class Section:
    """One section: its name (a key of `telling.SECTIONS`), its heading and its blocks, in order."""

    name: str
    heading: str
    blocks: tuple[Block, ...]

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The findings that it shows."""
        return tuple(block for block in self.blocks if isinstance(block, Exhibit))


@dataclass(frozen=True)
class Stamp:
    """Where a report comes from, printed in every file of it.

    Attributes
    ----------
    study : str
        Its name.
    fingerprint : str
        SHA-256 over every cell, decision and plan of the study.
    version : str
        Of the study: "version 4", or that it is not kept.
    software : str
        Name and version of this program.
    made_at : str
        ISO 8601, UTC.
    policy : tuple of str
        The small-number policy, line by line.
    seed : int
        Of every random number in it.
    plan : str
        Which plan was fixed and when, or that none was.
    """

    study: str
    fingerprint: str
    version: str
    software: str
    made_at: str
    policy: tuple[str, ...]
    seed: int
    plan: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Everything but the policy, as name and value."""
        return (
            ("Study", self.study),
            ("Version of the study", self.version),
            ("Data fingerprint", self.fingerprint),
            ("Made", self.made_at),
            ("Made with", self.software),
            ("Plan", self.plan),
            ("Seed of random numbers", str(self.seed)),
        )


@dataclass(frozen=True)
class Report:
    """A report: its title page, its sections, and where it comes from."""

    title: str
    subtitle: str
    authors: str
    organisation: str
    stamp: Stamp
    sections: tuple[Section, ...]
    logo: bytes = field(default=b"", repr=False)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every finding that it shows, in order."""
        return tuple(exhibit for section in self.sections for exhibit in section.exhibits)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every numbered table, in order; those of exhibits among them."""
        return tuple(self._tables())

    def _tables(self) -> Iterator[Table]:
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    yield block
                elif isinstance(block, Exhibit) and block.table is not None:
                    yield block.table

    def section(self, name: str) -> Section | None:
        """Return one section by its name; None where it is switched off or empty."""
        return next((section for section in self.sections if section.name == name), None)
