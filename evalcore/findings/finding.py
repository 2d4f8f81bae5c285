"""Finding: the one object that screen, slide and document show, and the pieces that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from evalcore.figures.chart import Chart
from evalcore.trail import Trail

# The `measure` of a group that is only counted, never measured: a whole role, and the part of it at one site.
FIELDWORK = "fieldwork"
FIELDWORK_BY_SITE = "fieldwork by site"
# Smallest group with a mean outside; the outside forms are written so, and the policy's default is this.
LEAST_FOR_A_MEAN = 5
# Below this n a figure that leaves has one decimal; the outside forms are written so, and the policy's default is this.
ONE_DECIMAL_BELOW = 10


@dataclass(frozen=True)
class Group:
    """People whom a figure speaks of.

    `people` holds role and identifier of each (`"staff|ST01"`), so that the disclosure policy can see which groups
    nest; it never leaves. `measure` names what was measured on them (`gse.total`, `age`): groups are compared with
    each other only within one measure.
    """

    key: str
    label: str
    measure: str
    people: frozenset[str]

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.people)


@dataclass(frozen=True)
class Column:
    """What one column of a finding's table holds.

    Attributes
    ----------
    name, label : str
        The table's column, and its heading for a reader (with the unit).
    kind : str
        `label`, `text`, `fieldwork` (people asked, answered, matched), `characteristic` (people with a need, an
        answer, a verdict), `mean`, `sd`, `interval`, `quartile`, `extreme`, `rate`, `test` (t, df, p, effect sizes).
    decimals : int or None
        As shown on screen; None for text and counts.
    groups : tuple of tuple of str
        For each row of the table the keys of the groups that its cell rests on; `()` for a cell without people.
    """

    name: str
    label: str
    kind: str
    decimals: int | None = None
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class OutsideForm:
    """The form in which a finding may leave: no individual marks, rounding by n already done.

    `rests_on` holds the keys of the groups whose figures stand in the title and the sentence: when the policy hides one
    of them the words are replaced too.
    """

    name: str
    title: str
    sentence: str
    caution: str
    chart: Chart | None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Finding:
    """One finding.

    Attributes
    ----------
    id : str
        `<what>.<instrument>.<scale>.<role>`, with dashes for spaces: `change.swemwbs.total.service-users`.
    title, sentence, caution : str
        Active title; the sentence that stands in for the chart (also its alternative text); what it can not show.
    chart : Chart or None
    table : DataFrame
        Plain numbers, not rounded; the index is not shown.
    columns : tuple of Column
        One for each column of `table`, in order.
    groups : mapping of str to Group
        The groups that are compared or counted, by key.
    trail : Trail or None
        Who is behind it and who is missing.
    source, definition : str
        Which questionnaire, with its copyright line; the named definition of each statistic shown.
    outside : OutsideForm
    by_site : bool
        True where a site was chosen: fieldwork counts of 1-4 are then hidden outside, and staff results do not leave.
    of_staff : bool
    topic : str
        What the finding is about, in words without a figure: the title where the figure may not be shown.
    notes : tuple of str
        What could not be computed, and why; how to read the table.
    files : tuple of str
        Names of the files behind it, for the evaluator's own screen only: a file's name may hold a person's.
    """

    id: str
    title: str
    sentence: str
    caution: str
    chart: Chart | None
    table: pd.DataFrame
    columns: tuple[Column, ...]
    groups: Mapping[str, Group]
    trail: Trail | None
    source: str
    definition: str
    outside: OutsideForm
    by_site: bool = False
    of_staff: bool = False
    notes: tuple[str, ...] = field(default=())
    files: tuple[str, ...] = ()
    topic: str = ""
