"""Which counts of people with a characteristic belong to one variable, and so add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evalcore.disclosure.at_sites import COUNTED_AT
from evalcore.disclosure.nesting import People
from evalcore.disclosure.splits import Split, counted_cells, split_of, splits_beside
from evalcore.findings.finding import HAVING_SITE, Finding


class Families:
    """Measures whose counts add up: the categories of one variable.

    Counts are parts of one whole where they stand under one first label, or in one row, with the same people known and
    nobody in two of them; and where successive ones make up everyone who is known.

    Parameters
    ----------
    findings : iterable of Finding
    exports : iterable of sequence of Split
        What earlier exports showed, each in its order.
    """

    def __init__(self, findings: Iterable[Finding], exports: Iterable[Sequence[Split]] = ()) -> None:
        self._parent: dict[str, str] = {}
        for finding in findings:
            self._learn(finding)
        for export in exports:
            self._link_runs(export)

    def root(self, measure: str) -> str:
        """The measure that stands for all those that belong together, the same whatever the order of findings."""
        if measure.startswith((HAVING_SITE, COUNTED_AT)):
            # People of all sites, and of each by itself, whatever else is known of them.
            measure = HAVING_SITE
        while (parent := self._parent.get(measure, measure)) != measure:
            measure = parent
        return measure

    def of(self, split: Split) -> str:
        """The family of one count."""
        return self.root(split.parts[0][0])

    def _link(self, splits: Iterable[Split]) -> None:
        roots = sorted({self.root(measure) for split in splits for measure in split.measures})
        for other in roots[1:]:
            self._parent[other] = roots[0]

    def _learn(self, finding: Finding) -> None:
        first = _first_labels(finding)
        together: dict[tuple[object, ...], list[Split]] = {}
        columns: dict[str, list[Split]] = {}
        for row, column, _, keys in counted_cells(finding):
            split = split_of(finding, keys)
            if split is None:
                continue
            whole = split.whole
            together.setdefault(("down", column.name, first[row], whole), []).append(split)
            together.setdefault(("across", row, whole), []).append(split)
            columns.setdefault(column.name, []).append(split)
        for splits in together.values():
            if _disjoint(splits):
                self._link(splits)
        # A row may count several variables of the same people: the categories of one stand beside each other.
        for splits in (*together.values(), *columns.values(), list(splits_beside(finding))):
            self._link_runs(splits)

    def _link_runs(self, splits: Iterable[Split]) -> None:
        """Link successive counts that make up everyone who is known."""
        wholes: dict[People, list[Split]] = {}
        for split in splits:
            wholes.setdefault(split.whole, []).append(split)
        for together in wholes.values():
            for run in _complete_runs(together):
                self._link(run)


def _first_labels(finding: Finding) -> Sequence[object]:
    """The first label of each row where there are two or more columns of words."""
    words = [column.name for column in finding.columns if column.kind in ("label", "text")]
    return finding.table[words[0]].tolist() if len(words) > 1 else [""] * len(finding.table)


def _disjoint(splits: Sequence[Split]) -> bool:
    return sum(len(split.having) for split in splits) == len(frozenset().union(*(split.having for split in splits)))


def _complete_runs(splits: Sequence[Split]) -> Iterator[Sequence[Split]]:
    """Successive counts that make up everyone who is known, each person once."""
    for start, split in enumerate(splits):
        found: set[str] = set()
        for end, other in enumerate(splits[start:], start + 1):
            if found & other.having:
                break
            found |= other.having
            if len(found) == len(split.whole):
                yield splits[start:end]
                break
