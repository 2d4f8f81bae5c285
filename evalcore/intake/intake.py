"""What reading one file gives: checked tables, and an account of every row and every doubt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import CODE_COLUMNS
from evalcore.intake.choices import Choices, Question
from evalcore.intake.files.raw import RawTable


def no_codes() -> pd.DataFrame:
    """Return the table of codes without a row."""
    return pd.DataFrame({name: pd.Series(dtype="int64" if name == "n" else "str") for name in CODE_COLUMNS})


@dataclass(frozen=True, eq=False, repr=False)
class Entries:
    """Every row that could be read and identified, before rows of one person are held against each other.

    `rows` holds the spreadsheet's row number of each. A study holds entries of several files against each other, so a
    row that was set aside for contradicting another one is still here.
    """

    table: pd.DataFrame
    rows: NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Intake:
    """One file, read and checked. Frozen; the tables are not to be changed in place.

    Attributes
    ----------
    name : str
        The file's name as the user knows it.
    kind : str
        `responses`, `roster`, `cases`, `caseload`, `published` or `counted`.
    responses, roster, cases, caseload, published, counted : DataFrame or None
        The native table that was read; the others are None. `counted` is a caseload of which only counts were read.
    problems : DataFrame
        `file, row, column, found, expected, action, severity`; `row` as a spreadsheet counts, first line 1. An empty
        `column` means the whole row, an empty `row` (missing) the whole file.
    mapping : DataFrame
        `position, header, taken_for, wave, reason, preview`, one row a column of the file; may be edited and passed
        back to the reader.
    instruments : tuple of str
        Identifiers of the instruments recognised.
    rows : DataFrame
        `file, row, respondent_id, wave, fate, reason`: each row of the file once. `fate` is `used` or `set aside`.
        Without a row where only counts were read.
    digest : str
        SHA-256 of the file's bytes and of the choices made in reading it.
    entries : Entries or None
        The rows from which the table was made, repeats of one person among them.
    codes : DataFrame
        `field, found, n, code, reason`: each answer text found, by questionnaire (or `wave`), how often it stands
        there and what it was read as; may be edited and passed back to the reader.
    questions : tuple of Question
        What only a person can say about this file.
    choices : Choices
        What a person chose for this reading.
    raw : RawTable or None
        The file's cells, to read it again with other choices.
    """

    name: str
    kind: str
    problems: pd.DataFrame
    mapping: pd.DataFrame
    rows: pd.DataFrame
    instruments: tuple[str, ...] = ()
    responses: pd.DataFrame | None = None
    roster: pd.DataFrame | None = None
    cases: pd.DataFrame | None = None
    caseload: pd.DataFrame | None = None
    published: pd.DataFrame | None = None
    counted: pd.DataFrame | None = None
    digest: str = ""
    entries: Entries | None = None
    codes: pd.DataFrame = field(default_factory=no_codes)
    questions: tuple[Question, ...] = ()
    choices: Choices = field(default_factory=Choices)
    raw: RawTable | None = None

    @property
    def table(self) -> pd.DataFrame:
        """The one native table that this file gave."""
        found: pd.DataFrame = getattr(self, self.kind)
        return found

    def renamed(self, name: str) -> Intake:
        """The same file under another name, in its account too."""
        problems, rows = self.problems.assign(file=name), self.rows.assign(file=name)
        return replace(self, name=name, problems=problems.astype({"file": "str"}), rows=rows.astype({"file": "str"}))

    def __repr__(self) -> str:
        """Name and sizes only: an intake must not write its people into a log."""
        return f"Intake({self.name!r}, {self.kind}, {len(self.rows)} rows, {len(self.problems)} problems)"

    @cached_property
    def table_hash(self) -> str:
        """SHA-256 over every cell of the table; computed once."""
        return hash_table(self.table)


def hash_table(table: pd.DataFrame) -> str:
    """Return the SHA-256 over columns, types and every cell of a table; it changes when any single cell does.

    >>> one, other = pd.DataFrame({"a": [1.0, None]}), pd.DataFrame({"a": [1.0, 2.0]})
    >>> hash_table(one) == hash_table(one.copy()), hash_table(one) == hash_table(other)
    (True, False)
    """
    digest = sha256(repr([(name, str(dtype)) for name, dtype in table.dtypes.items()]).encode())
    digest.update(str(len(table)).encode())
    for name in table.columns:
        digest.update(pd.util.hash_pandas_object(table[name], index=False).to_numpy().tobytes())
    return digest.hexdigest()
