"""Finding: the one object that screen, slide and document show, and the pieces that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from evalcore.columns import SITE
from evalcore.figures.chart import Chart
from evalcore.trail import Trail

# The `measure` of a group that is only counted, never measured: a whole role, and the part of it at one site.
FIELDWORK = "fieldwork"
FIELDWORK_BY_SITE = "fieldwork by site"
# Beginning of the `measure` of a group of people who have a characteristic and are only counted: `having: sex, male`.
HAVING = "having: "
# The same of one site: `having: site, north`.
HAVING_SITE = f"{HAVING}{SITE}, "
# Smallest group with a mean outside; the outside forms are written so, and the policy's default is this.
LEAST_FOR_A_MEAN = 5
# Below this n a figure that leaves has one decimal; the outside forms are written so, and the policy's default is this.
ONE_DECIMAL_BELOW = 10


def having_measure(variable: str, category: str, *, without: bool = False) -> str:
    """The `measure` of people of one category of a variable, whoever was looked at: all of them, a site, the matched.

    Counts of one variable are held together by it, so that two of them do not give a small one back. `without`: of the
    people who are known to belong to another category.

    >>> having_measure("sex", "Male"), having_measure("sex", "Male", without=True)
    ('having: sex, male', 'having: sex, not male')
    """
    return f"{HAVING}{variable}, {'not ' if without else ''}{category.casefold()}"


@dataclass(frozen=True)
class Group:
    """People whom a figure speaks of.

    `people` holds role and identifier of each (`"staff|ST01"`), so that the disclosure policy can see which groups
    nest; it never leaves. `measure` names what was measured on them (`gse.total`, `age`): groups are compared with
    each other only within one measure. A caseload to compare with is too large to list: it has a `size` and no people,
    and never nests with another group. `alike`: everybody has the same value of it, so that any figure about them, and
    any two figures that differ by them, would be each one's value.
    """

    key: str
    label: str
    measure: str
    people: frozenset[str]
    size: int = 0
    alike: bool = False

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.people) or self.size


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
    holders : tuple of tuple of str
        For each row of a count of people with a characteristic the keys of the groups of those who have it and of those
        who are known not to: so that counts of a site and of all sites do not give a small one back.
    follows : str
        Name of a column of the same table: this cell is hidden wherever that one is, because it would give it back (a
        share, an interval and a p value follow their count).
    """

    name: str
    label: str
    kind: str
    decimals: int | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    holders: tuple[tuple[str, ...], ...] = ()
    follows: str = ""


@dataclass(frozen=True, eq=False)
class OutsideForm:
    """The form in which a finding may leave: no individual marks, rounding by n already done.

    `rests_on` holds the keys of the groups whose figures stand in the title and the sentence: when the policy hides one
    of them the words are replaced too. `rests_on_rows` does the same for rows of the table: the words are replaced when
    any cell of one of them is hidden. `table` and `columns` stand in for the finding's own where what may leave has
    another shape (answers merged into three); rows of marks and of `rests_on_rows` are then rows of this table.
    """

    name: str
    title: str
    sentence: str
    caution: str
    chart: Chart | None
    rests_on: tuple[str, ...] = ()
    rests_on_rows: tuple[int, ...] = ()
    table: pd.DataFrame | None = None
    columns: tuple[Column, ...] = ()
    reasons: tuple[str, ...] = ()


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
    people : DataFrame or None
        Single people to look at, one a row, its columns headed for a reader: for the evaluator's own screen only.
    reasons : tuple of str
        Why nothing stronger may be said of a change; empty where the finding claims none.
    rivals : tuple of str
        Other explanations of a change that a person has registered, printed beside the claim.
    planned : str
        Whether this was planned before the data after were there, or added later; empty where there is no plan.
    made_from : str
        How it is built again, as `recipes.Recipe` writes it.
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
    people: pd.DataFrame | None = None
    reasons: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    planned: str = ""
    made_from: str = ""
