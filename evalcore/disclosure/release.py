"""From findings to what may leave: the outside form of each, with everything hidden that the policy hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from evalcore.disclosure.cells import protect_table
from evalcore.disclosure.policy import HIDDEN, DisclosurePolicy
from evalcore.disclosure.standing import COUNTED, Ground, Standing, decide, staff_by_site
from evalcore.figures.chart import Axis, Band, Box, Chart, Mark, Panel
from evalcore.findings.finding import Column, Finding
from evalcore.findings.trail import step_columns
from evalcore.study import Export
from evalcore.trail import Trail

_COLUMNS = ("finding", "row", "column", "rule", "reason")
_WORDS = "title and sentence"
_CHART = "chart"
_STAFF = Ground("(h) staff by site", "results of staff are not given by site")

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
    standing = decide(findings, policy, released)
    hidden: list[Hidden] = []
    leaving = tuple(_release(finding, standing, policy, hidden) for finding in findings)
    table = pd.DataFrame(hidden, columns=list(_COLUMNS), dtype="str")
    return Release(leaving, table, policy.lines())


def _release(finding: Finding, standing: Standing, policy: DisclosurePolicy, hidden: list[Hidden]) -> Finding:
    if staff_by_site(finding, policy):
        return _nothing(finding, hidden)
    table, cells = protect_table(finding, standing, policy)
    headings = {column.name: column.label for column in finding.columns}
    names = _row_names(finding)
    hidden += [(finding.id, names[row], headings[column], *_both(ground)) for (row, column), ground in cells.items()]
    released = _words(finding, standing, policy, hidden)
    chart = _chart(finding, standing, policy, hidden)
    shown = {
        key: group
        for key, group in finding.groups.items()
        if group.people and standing.of_figure(finding, key, policy) is None
    }
    return replace(
        released,
        chart=chart,
        table=table,
        groups=shown,
        trail=_trail(finding, standing, policy),
        outside=replace(released.outside, chart=chart),
    )


def _row_names(finding: Finding) -> list[str]:
    """Each row's labels in words."""
    labels = [finding.table[column.name].astype(str) for column in finding.columns if column.kind == "label"]
    return [", ".join(parts) for parts in zip(*labels, strict=True)] if labels else [""] * len(finding.table)


def _both(ground: Ground) -> tuple[str, str]:
    return ground.rule, ground.reason


def _words(finding: Finding, standing: Standing, policy: DisclosurePolicy, hidden: list[Hidden]) -> Finding:
    """The finding with the words of its outside form, or with a plain sentence where they rest on something hidden."""
    outside = finding.outside
    ground = _ground_of_words(finding, standing, policy)
    if ground is None:
        return replace(
            finding, title=outside.title, sentence=outside.sentence, caution=outside.caution, notes=(), files=()
        )
    hidden.append((finding.id, "", _WORDS, *_both(ground)))
    return _unsaid(finding, ground)


def _unsaid(finding: Finding, ground: Ground) -> Finding:
    title = f"{finding.topic or finding.id}: not shown outside"
    sentence = f"This figure can not be shown outside: {ground.reason}."
    outside = replace(finding.outside, title=title, sentence=sentence, caution="")
    return replace(finding, title=title, sentence=sentence, caution="", outside=outside, notes=(), files=())


def _ground_of_words(finding: Finding, standing: Standing, policy: DisclosurePolicy) -> Ground | None:
    for key in finding.outside.rests_on:
        ground = standing.of_figure(finding, key, policy)
        if ground is not None:
            return ground
    if policy.rounding:
        return Ground("rounding", f"counts are rounded to {policy.rounding}; the table holds the rounded ones")
    if _finer_than_allowed(finding, policy):
        return Ground(
            "(c) one decimal", "the words were written with more decimals than this policy allows; see the table"
        )
    return None


def _finer_than_allowed(finding: Finding, policy: DisclosurePolicy) -> bool:
    """Outside forms are written for the default threshold; a stricter policy must not show their finer figures."""
    default = DisclosurePolicy().one_decimal_below
    measured = [group for group in finding.groups.values() if group.measure not in COUNTED]
    return any(default <= group.n < policy.one_decimal_below for group in measured)


def _chart(finding: Finding, standing: Standing, policy: DisclosurePolicy, hidden: list[Hidden]) -> Chart | None:
    chart = finding.outside.chart
    if chart is None:
        return None
    if policy.rounding or _finer_than_allowed(finding, policy):
        reason = "its marks and words are more exact than this policy allows; see the table"
        hidden.append((finding.id, "", _CHART, "rounding", reason))
        return None
    if finding.outside.name:
        hidden.append((finding.id, "", _CHART, "(g) outside form", f"outside it shows {finding.outside.name}"))
    panels, dropped = [], None
    for panel in chart.panels:
        kept, ground = _marks(panel, finding, standing, policy)
        dropped = dropped or ground
        if any(not isinstance(mark, Band) or mark.group for mark in kept):
            panels.append(_without_names(replace(panel, marks=kept), panel))
    if dropped is not None:
        hidden.append((finding.id, "", _CHART, *_both(dropped)))
    if not panels:
        return None
    n = f"{finding.topic}: see the table" if finding.by_site and dropped is not None else chart.n
    return replace(chart, panels=tuple(panels), n=n)


def _marks(
    panel: Panel, finding: Finding, standing: Standing, policy: DisclosurePolicy
) -> tuple[tuple[Mark, ...], Ground | None]:
    """The marks of a panel that may leave, and the ground of the first that may not."""
    kept: list[Mark] = []
    found: Ground | None = None
    for mark in panel.marks:
        ground = standing.of_figure(finding, mark.group, policy) if mark.group else None
        if mark.individual:
            ground = Ground("(e) individual marks", "single people's marks never leave")
        if ground is None:
            kept.append(mark)
        elif isinstance(mark, Box) and not mark.individual:
            kept.append(replace(mark, lines=(mark.lines[0], HIDDEN)))
        found = found or ground
    return tuple(kept), found


def _without_names(panel: Panel, before: Panel) -> Panel:
    """Named positions at which nothing is left are taken from the axes."""
    if len(panel.marks) == len(before.marks):
        return panel
    return replace(panel, x=_named(panel.x, panel.marks, "x"), y=_named(panel.y, panel.marks, "y"))


def _named(axis: Axis, marks: tuple[Mark, ...], along: str) -> Axis:
    if not axis.ticks:
        return axis
    places = {getattr(mark, along, getattr(mark, "at", None)) for mark in marks}
    return replace(axis, ticks=tuple(tick for tick in axis.ticks if tick[0] in places))


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
        table[column.name] = _all_hidden(table[column.name], column)
    emptied = replace(
        finding, table=table, chart=None, groups={}, trail=None, outside=replace(finding.outside, chart=None)
    )
    return _unsaid(emptied, _STAFF)


def _all_hidden(values: pd.Series, column: Column) -> pd.Series:
    cells = [value if pd.isna(value) or value == "" else HIDDEN for value in values]
    return pd.Series(cells, index=values.index, dtype=object, name=column.name)
