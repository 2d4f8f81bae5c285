"""What counting a caseload gives: the table of counts, and an account of what was read as what."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalcore.assembly.account import no_rows
from evalcore.intake.choices import Question
from evalcore.intake.intake import Intake
from evalcore.intake.native import COUNTED


@dataclass(frozen=True, eq=False, repr=False)
class Counts:
    """A caseload as counts. Nobody's row is in it; the tables are not to be changed in place.

    Attributes
    ----------
    name : str
        The file's name.
    table : DataFrame
        The native table `counted`: see `evalcore.profile.counted`.
    mapping : DataFrame
        As that of an `Intake`: which column of the file is taken for what; may be edited and passed back.
    problems : DataFrame
        As those of an `Intake`, each text of a column once with the number of rows that it stands in; `row` is missing.
    n_rows : int
        Rows of the file below its headings.
    digest : str
        Another one for every other file, reading or pilot.
    questions : tuple of Question
        What only a person can say about this file; the choices of an option are passed back as mapping and codes.
    """

    name: str
    table: pd.DataFrame
    mapping: pd.DataFrame
    problems: pd.DataFrame
    n_rows: int
    digest: str
    questions: tuple[Question, ...] = ()

    def as_intake(self) -> Intake:
        """The counts as a file of a study: its rows have no account one by one, and no cell is shown beside a column.

        >>> none = pd.DataFrame({"position": [1], "header": ["sex"], "preview": ["M"]})
        >>> counts = Counts("big.csv", pd.DataFrame({"tally": ["sex"], "people": [7]}), none, none, 7, "")
        >>> counts.as_intake().kind, counts.as_intake().mapping["preview"].tolist()
        ('counted', [''])
        """
        return Intake(
            name=self.name,
            kind=COUNTED,
            problems=self.problems,
            mapping=self.mapping.assign(preview=pd.Series("", index=self.mapping.index, dtype="str")),
            rows=no_rows(),
            digest=self.digest,
            counted=self.table,
        )

    def __repr__(self) -> str:
        """Name and sizes only."""
        return f"Counts({self.name!r}, {self.n_rows} rows, {len(self.problems)} problems)"
