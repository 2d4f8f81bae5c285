"""Those who stayed and those who left at the start, one row a group: role, site, sex, status."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import CASE_STATUS, ROLE, SEX, SITE
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.by_group.group_columns import candidates, labels_of
from evalcore.findings.before_after.missing.leavers import LEFT, STAYED
from evalcore.outcomes.dropout import score_before_by
from evalcore.wording import lower_first

EVERYONE = "Everyone"
OTHER = "Others together"
MOST_GROUPS = 20
"""Groups of one column that stand by name; the smaller ones are taken together."""
_COLUMNS = (ROLE, SITE, SEX, CASE_STATUS)
_NUMBERS = ("n_stayed", "mean_stayed", "sd_stayed", "n_left", "mean_left", "sd_left", "difference", "ci_low", "ci_high")

Labels = Mapping[str, pd.Series]
"""The group of each person with a score before, by the column that tells it."""


@dataclass(frozen=True, eq=False)
class StartRow:
    """Those who stayed and those who left of one group; `column` is empty for everyone."""

    column: str
    heading: str
    group: str
    numbers: Mapping[str, float]

    @property
    def name(self) -> str:
        """For a chart and a sentence; those taken together say of what."""
        return f"{self.heading}: {lower_first(self.group)}" if self.group == OTHER else self.group

    @property
    def drawn(self) -> bool:
        """Whether there is an interval."""
        return math.isfinite(self.numbers["ci_low"])

    def key(self, side: str) -> str:
        """Of the group of people whose scores these are, on one side."""
        return f"{side}, {self.column}: {self.group}" if self.column else side

    @property
    def sizes(self) -> tuple[int, int]:
        """How many stayed and how many left."""
        return int(self.numbers["n_stayed"]), int(self.numbers["n_left"])

    @property
    def difference(self) -> float:
        """Stayed minus left."""
        return self.numbers["difference"]

    @property
    def keys(self) -> tuple[str, str]:
        """Of both sides."""
        return self.key(STAYED), self.key(LEFT)


def labels_by_column(basis: Basis, *, whole: bool = False) -> Labels:
    """The group of each person, by column; of a chosen site the roles only. A column with one group tells nothing."""
    known = candidates(basis.scores.study)
    wanted = (ROLE,) if basis.site is not None else _COLUMNS
    found = {column: labels_of(basis, column, whole=whole) for column in wanted if column in known}
    return {column: _largest(labels) for column, labels in found.items() if labels.nunique() > 1}


def _largest(labels: pd.Series) -> pd.Series:
    sizes = Counter(labels.dropna().tolist())
    if len(sizes) <= MOST_GROUPS:
        return labels
    order = sorted(sizes, key=lambda group: (-sizes[group], group))
    return labels.where(labels.isna() | labels.isin(order[: MOST_GROUPS - 1]), OTHER)


def rows_of(basis: Basis, labels: Labels) -> list[StartRow]:
    """Everyone first, then the groups column by column."""
    known = candidates(basis.scores.study)
    everyone = basis.attrition.comparisons.iloc[0]
    rows = [StartRow("", "", EVERYONE, {name: float(everyone[name]) for name in _NUMBERS})]
    table = score_before_by(basis.pairs, labels)
    for column, group, *numbers in table[["measure", "category", *_NUMBERS]].itertuples(index=False, name=None):
        of = dict(zip(_NUMBERS, map(float, numbers), strict=True))
        rows.append(StartRow(column, known[column].label, group, of))
    return rows


def table_of(rows: Sequence[StartRow]) -> pd.DataFrame:
    """The rows as plain numbers."""
    lines = [{"by": row.heading, "group": row.group, **row.numbers} for row in rows]
    table = pd.DataFrame(lines, columns=["by", "group", *_NUMBERS])
    return table.astype({"n_stayed": int, "n_left": int})


def notes_of(basis: Basis, labels: Labels) -> tuple[str, ...]:
    """The direction, why intervals are missing, and of how many a group is not known."""
    found = ["Differences are those who stayed minus those who left."]
    found.append("No interval where fewer than two people are on a side, or where all scores are equal.")
    known = candidates(basis.scores.study)
    for column, of in labels.items():
        missing = int(of.isna().sum())
        if missing:
            found.append(f"{known[column].label}: not recorded of {missing:,} of {len(of):,}.")
        if (of == OTHER).any():
            found.append(f"{known[column].label}: the {MOST_GROUPS - 1} largest stand by name.")
    return tuple(found)
