"""One way of grouping a measure's matched people, as the findings about groups share it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import ROLE, SITE
from evalcore.errors import UnknownNameError
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.before_after.by_group.group_columns import candidates, columns_for, counted_as, labels_of
from evalcore.findings.finding import FIELDWORK_BY_SITE, Group

PAIRS_IN_WORDS = {0: "no pair", 1: "1 pair", 2: "2 pairs"}
"""Numbers of pairs that are too few for an interval, and so for being drawn."""


@dataclass(frozen=True, eq=False)
class Split:
    """The groups that a column makes of the people of a measure.

    Attributes
    ----------
    column : str
        As it stands in an address; empty where there is no column to group by.
    label, words : str
        Its heading, and the same inside a sentence.
    labels : Series
        The group of each person with a score before; missing where it is not recorded.
    names : tuple of str
        The groups, as `subgroup_changes` orders them.
    by_place : bool
        Whether what leaves follows the rules for a site: a site was chosen or is what people are grouped by; of staff,
        whatever groups them but their role, because in a small service it says who works where.
    n_blank, n_pairs : int
        Pairs of whom the group is not recorded, and all pairs.
    """

    column: str
    label: str
    words: str
    labels: pd.Series
    names: tuple[str, ...]
    by_place: bool
    n_blank: int
    n_pairs: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Of each group of matched people whose scores are shown."""
        return tuple(f"{self.column}: {name}" for name in self.names)

    @property
    def known_key(self) -> str:
        """Of the matched people whose group is recorded."""
        return _known(self.column)

    @property
    def counted_groups(self) -> tuple[tuple[str, ...], ...]:
        """For the row of all pairs and each group's the keys of the groups that its number of pairs is a part of."""
        return ((), *(((self.known_key,),) * len(self.names)))

    @property
    def holders(self) -> tuple[tuple[str, ...], ...]:
        """For the same rows the keys of those who belong to the group and of those who are known not to."""
        return ((), *((f"counted {key}", f"counted not {key}") for key in self.keys))

    @property
    def leader(self) -> str:
        """The column with which a number of pairs is hidden: of a site that is decided with the counts of that site."""
        return "mean_change" if self.column == SITE else ""

    @property
    def blank(self) -> str:
        """A sentence about pairs without a group; empty where there are none."""
        if not self.n_blank:
            return ""
        return f" Of {self.n_blank:,} of {self.n_pairs:,} pairs it is not recorded."

    @property
    def notes(self) -> tuple[str, ...]:
        """The same as a note."""
        return (self.blank.strip(),) if self.n_blank else ()

    def groups(self, basis: Basis) -> dict[str, Group]:
        """The people of each group, and the same of the whole group that they are part of."""
        if not self.column:
            return {}
        found = {group.key: group for group in self._of(basis, self.labels, basis.pairs.matched.index, "")}
        roles = basis.whole_roles
        if basis.site is not None or roles != basis.measure.roles:
            pairs = basis.scores.pairs(basis.measure.instrument, basis.measure.scale, roles)
            labels = labels_of(basis, self.column, whole=True)
            found |= {group.key: group for group in self._of(basis, labels, pairs.matched.index, CONTEXT)}
        return found

    def _of(self, basis: Basis, labels: pd.Series, matched: pd.Index, prefix: str) -> Iterator[Group]:
        """Of each group those measured, and those counted as the case files count them."""
        of = labels.reindex(matched).dropna()
        everyone = _people(basis, of.index)
        yield Group(f"{prefix}{self.known_key}", f"{basis.who}, {self.words} known", basis.measure.key, everyone)
        for name in self.names if not prefix else sorted(of.unique(), key=str):
            key = f"{self.column}: {name}"
            own = _people(basis, of.index[of == name])
            who = f"{basis.who}, {self.words}: {name}"
            yield Group(prefix + key, who, basis.measure.key, own)
            if self.column == SITE:
                # The same people are counted where a site is chosen: what left there and here is held together.
                yield Group(f"{prefix}counted at {key}", who, FIELDWORK_BY_SITE, own)
            measure, other = (counted_as(basis, self.column, name, without=without) for without in (False, True))
            yield Group(f"{prefix}counted {key}", who, measure, own)
            yield Group(f"{prefix}counted not {key}", f"{who}, not", other, everyone - own)


def split_by(basis: Basis, column: str | None = None) -> Split:
    """Group the people of a measure by a column; by the first that is offered where none is named.

    Raises
    ------
    UnknownNameError
        If these people can not be grouped by that column.
    """
    offered = columns_for(basis)
    if column is not None and column not in offered:
        known = ", ".join(offered) or "none"
        raise UnknownNameError(f"These people can not be grouped by {column!r}. Columns that they can: {known}.")
    pairs = basis.pairs
    if not offered:
        return Split("", "Group", "group", pd.Series(dtype=object), (), basis.site is not None, 0, len(pairs.matched))
    chosen = column or next(iter(offered))
    labels = labels_of(basis, chosen)
    of_pairs = labels.reindex(pairs.matched.index)
    return Split(
        column=chosen,
        label=offered[chosen],
        words=candidates(basis.scores.study)[chosen].words,
        labels=labels,
        names=tuple(sorted(labels.dropna().unique(), key=str)),
        by_place=basis.site is not None or chosen == SITE or (basis.measure.of_staff and chosen != ROLE),
        n_blank=int(of_pairs.isna().sum()),
        n_pairs=len(of_pairs),
    )


def _known(column: str) -> str:
    return f"{column} known"


def _people(basis: Basis, names: Iterable[Hashable]) -> frozenset[str]:
    return frozenset(basis.name_people(names))
