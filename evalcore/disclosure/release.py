"""From findings to what may leave: the outside form of each, with everything hidden that the policy hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from evalcore.disclosure.at_sites import recorded
from evalcore.disclosure.cells import Cell
from evalcore.disclosure.marks import Look, chart_outside, finer_than_allowed, rows_hidden
from evalcore.disclosure.policy import HIDDEN, ROUNDING, DisclosurePolicy, Ground
from evalcore.disclosure.splits import is_having, keys_in
from evalcore.disclosure.standing import Standing, decide, staff_by_site
from evalcore.disclosure.table import protect_table
from evalcore.findings.finding import Finding, Group, OutsideForm
from evalcore.findings.trail import step_columns
from evalcore.leaving import Export
from evalcore.trail import Trail

_COLUMNS = ("finding", "row", "column", "rule", "reason")
_WORDS = "title and sentence"
_CHART = "chart"
_STAFF = Ground("(h) staff by site", "results of staff are not given by site")
_ONE_DECIMAL = "(c) one decimal"
_OPEN = (_STAFF.rule, ROUNDING, _ONE_DECIMAL)
"""Rules that say nothing of the people."""

_FEW = "too few people are behind it, or with another figure it would tell about a few"

Hidden = tuple[str, str, str, str, str]


@dataclass(frozen=True, eq=False)
class Release:
    """What may leave, and what was hidden.

    Attributes
    ----------
    findings : tuple of Finding
        In their outside form. A hidden cell holds `[c]`, a value that could not be computed stays missing. `groups`
        holds only the groups that are shown, for the record of exports; it must not be written to a file.
    hidden : DataFrame
        `finding, row, column, rule, reason`, in words.
    policy : tuple of str
        The policy's lines, to be printed with the findings.
    """

    findings: tuple[Finding, ...]
    hidden: pd.DataFrame
    policy: tuple[str, ...] = field(default=())


def shown_groups(finding: Finding) -> tuple[tuple[str, frozenset[str]], ...]:
    """The groups of a released finding as an `Export` records them.

    >>> from evalcore.findings import build
    >>> from evalcore.sample import sample_study
    >>> shown_groups(build("holds", sample_study()))
    ()
    """
    return tuple(dict.fromkeys((group.measure, group.people) for group in finding.groups.values() if group.people))


def apply_disclosure(
    findings: Sequence[Finding], policy: DisclosurePolicy, *, released: Iterable[Export] = ()
) -> Release:
    """Apply the small-number policy to whole findings, and to what left before.

    Parameters
    ----------
    findings : sequence of Finding
        Everything that leaves together.
    policy : DisclosurePolicy
    released : iterable of Export
        Earlier exports of the same study (`study.exports`). Those to share count as shown; working copies do not.

    Returns
    -------
    Release

    Notes
    -----
    Two groups that nest and differ by 1 to 4 people are never both shown: the inner one is hidden, or the outer one
    where the inner has left already. So is every group that would give such a difference in combination with others
    (all sites but one). A hidden group is hidden in every statistic, mark and sentence.

    Examples
    --------
    >>> from evalcore.findings import findings_for
    >>> from evalcore.sample import sample_study
    >>> staff = findings_for(sample_study(), role="staff", resamples=0)
    >>> release = apply_disclosure(staff, DisclosurePolicy())
    >>> change = next(finding for finding in release.findings if finding.id.startswith("change.gse"))
    >>> change.table["estimate"].iloc[0], change.chart
    ('[c]', None)
    """
    outside = [_as_it_leaves(finding) for finding in findings]
    standing = decide(outside, policy, released)
    hidden: list[Hidden] = []
    leaving = tuple(_release(finding, standing, policy, hidden) for finding in outside)
    table = pd.DataFrame(hidden, columns=list(_COLUMNS), dtype="str")
    return Release(leaving, table, policy.lines())


def _as_it_leaves(finding: Finding) -> Finding:
    """The finding with the table that leaves in the place of its own, and without single people."""
    outside = finding.outside
    table = finding.table if outside.table is None else outside.table
    columns = outside.columns or tuple(column for column in finding.columns if column.name in table)
    bare = replace(outside, table=None, columns=())
    return replace(finding, table=table, columns=columns, outside=bare, people=None)


def _release(finding: Finding, standing: Standing, policy: DisclosurePolicy, hidden: list[Hidden]) -> Finding:
    if staff_by_site(finding, policy):
        return _nothing(finding, hidden)
    table, cells = protect_table(finding, standing, policy)
    headings = {column.name: column.label for column in finding.columns}
    names = _row_names(replace(finding, table=table))
    hidden += [(finding.id, names[row], headings[column], *_both(ground)) for (row, column), ground in cells.items()]
    look = Look(finding, standing, policy, rows_hidden(cells))
    released = _words(look, hidden)
    chart, dropped = chart_outside(look)
    hidden += [(finding.id, "", _CHART, *_both(ground)) for ground in dropped]
    return replace(
        released,
        chart=chart,
        table=table,
        groups=_shown(finding, standing, policy, cells),
        trail=_trail(finding, standing, policy),
        outside=replace(released.outside, chart=chart),
    )


def _shown(
    finding: Finding, standing: Standing, policy: DisclosurePolicy, cells: Mapping[Cell, Ground]
) -> dict[str, Group]:
    """The groups whose figures can be seen, or that these were decided beside; people with a characteristic only
    where their count can be seen."""
    counted: set[str] = set()
    numbers: set[str] = set()
    for column in finding.columns:
        filled = finding.table[column.name].notna().tolist()
        for row in range(max(len(column.holders), len(column.groups))):
            if row < len(filled) and filled[row] and (row, column.name) not in cells:
                counted.update(keys_in(column.holders, row), keys_in(column.groups, row))
                numbers.update(keys_in(column.groups, row) if column.kind == "fieldwork" else ())
    shown = {
        key: group
        for key, group in finding.groups.items()
        if group.people
        and (key in counted if is_having(group.measure) else standing.of_figure(finding, key, policy) is None)
    }
    sides = (side for key in sorted(numbers) for side in recorded(finding, key))
    return shown | {side.key: side for side in sides}


def _row_names(finding: Finding) -> list[str]:
    """Each row's labels in words."""
    labels = [finding.table[column.name].astype(str) for column in finding.columns if column.kind == "label"]
    return [", ".join(parts) for parts in zip(*labels, strict=True)] if labels else [""] * len(finding.table)


def _both(ground: Ground) -> tuple[str, str]:
    return ground.rule, ground.reason


def _words(look: Look, hidden: list[Hidden]) -> Finding:
    """The finding with the words of its outside form, or with a plain sentence where they rest on something hidden."""
    finding, outside = look.finding, look.finding.outside
    ground = _ground_of_words(look)
    if ground is None:
        return _said(finding, outside)
    hidden.append((finding.id, "", _WORDS, *_both(ground)))
    return _unsaid(finding, ground)


def _unsaid(finding: Finding, ground: Ground) -> Finding:
    title = f"{finding.topic or finding.id}: not shown outside"
    # Which rule it was would tell: of a count that is none or all, or that is small and not hidden for another's sake.
    reason = ground.reason if ground.rule in _OPEN else _FEW
    sentence = f"This figure can not be shown outside: {reason}."
    outside = replace(finding.outside, title=title, sentence=sentence, caution="", reasons=())
    return _said(replace(finding, outside=outside), outside)


def _said(finding: Finding, outside: OutsideForm) -> Finding:
    """The finding in the words of its outside form."""
    return replace(
        finding,
        title=outside.title,
        sentence=outside.sentence,
        caution=outside.caution,
        reasons=outside.reasons,
        notes=(),
        files=(),
    )


def _ground_of_words(look: Look) -> Ground | None:
    outside, policy = look.finding.outside, look.policy
    grounds = (*map(look.of_group, outside.rests_on), *map(look.of_row, outside.rests_on_rows))
    found = next((ground for ground in grounds if ground is not None), None)
    if found is not None:
        return found
    if policy.rounding:
        return Ground(ROUNDING, f"counts are rounded to {policy.rounding}; the table holds the rounded ones")
    if finer_than_allowed(look.finding, policy):
        return Ground(_ONE_DECIMAL, "the words were written with more decimals than this policy allows; see the table")
    return None


def _trail(finding: Finding, standing: Standing, policy: DisclosurePolicy) -> Trail | None:
    """The trail's steps as they may leave; nobody is named."""
    if finding.trail is None:
        return None
    steps = replace(finding, table=finding.trail.steps, columns=step_columns())
    protected, _ = protect_table(steps, standing, policy)
    return Trail(protected, finding.trail.people.iloc[:0])


def _nothing(finding: Finding, hidden: list[Hidden]) -> Finding:
    """A finding of which nothing may leave."""
    hidden.append((finding.id, "", "everything", *_both(_STAFF)))
    columns = [column for column in finding.columns if column.kind != "label"]
    table = finding.table.copy()
    for column in columns:
        table[column.name] = _all_hidden(table[column.name])
    emptied = replace(
        finding, table=table, chart=None, groups={}, trail=None, outside=replace(finding.outside, chart=None)
    )
    return _unsaid(emptied, _STAFF)


def _all_hidden(values: pd.Series) -> pd.Series:
    """Blanks too, for they would tell how few there are."""
    return pd.Series([HIDDEN] * len(values), index=values.index, dtype=object)
