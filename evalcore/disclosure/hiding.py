"""What the policy would hide now, over all figures of a study, as a list that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from evalcore.disclosure.policy import HIDDEN, DisclosurePolicy
from evalcore.disclosure.release import Release, apply_disclosure
from evalcore.disclosure.splits import keys_in
from evalcore.findings.finding import Column, Finding
from evalcore.leaving import Export, Override
from evalcore.methods import WordTable
from evalcore.wording import count, upper_first

REASON, FIGURE, ROW, COLUMN = "Reason", "Figure", "Row", "Column"
OTHER_FORM = "(g)"
"""Beginning of the rule of what is not hidden, but leaves in another form."""

_FORM_WORDS = "outside it shows "
_EVERYTHING = "everything"
_MOST_PLACES = 12
_COUNTS = ("Reason", "Rule", "How often", "In how many figures")


@dataclass(frozen=True, eq=False)
class Hiding:
    """What would be hidden if all of some findings left now.

    Attributes
    ----------
    findings : mapping of str to Finding
        As on the evaluator's own screen, by identifier.
    release : Release
    table : DataFrame
        `Reason, Figure, Row, Column`: one row for each cell, chart or sentence that would be hidden or changed, the
        most frequent reason first, then in the order of the figures. It tells which counts are small: for the
        evaluator only.
    counts : WordTable
        How often each reason would hide something, and in how many figures.
    """

    findings: Mapping[str, Finding]
    release: Release
    table: pd.DataFrame
    counts: WordTable

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason, the most frequent first."""
        return tuple(dict.fromkeys(self.table[REASON].tolist()))

    @property
    def sentence(self) -> str:
        """How much would be hidden, and in how many of the figures."""
        hidden = self.release.hidden
        gone = hidden[~hidden["rule"].str.startswith(OTHER_FORM)]
        figures = count(len(self.findings), "figure", "figures")
        if gone.empty:
            return f"Nothing would be hidden in {figures}."
        places = count(len(gone), "place", "places")
        return f"{places} would be hidden, in {gone['finding'].nunique():,} of {figures}."

    @property
    def hidden_in(self) -> dict[str, str]:
        """The figures in which something is hidden that an exception could release: what each is called, by its id."""
        hidden = self.release.hidden
        kept = hidden[~hidden["rule"].str.startswith(OTHER_FORM) & (hidden["column"] != _EVERYTHING)]
        return {one: _name(self.findings[one]) for one in dict.fromkeys(kept["finding"].tolist())}

    def listed(self, reason: str = "", by: str = REASON) -> pd.DataFrame:
        """The list for one reason, or for all; sorted by one of its columns, among equals in its own order."""
        found = self.table[self.table[REASON] == reason] if reason else self.table
        return found if by == REASON else found.sort_values(by, kind="stable")


def hiding(findings: Iterable[Finding], policy: DisclosurePolicy, released: Iterable[Export] = ()) -> Hiding:
    """Return what would be hidden if all of these findings left now, after what has left already.

    >>> hiding([], DisclosurePolicy()).sentence
    'Nothing would be hidden in 0 figures.'
    """
    held = {finding.id: finding for finding in findings}
    release = apply_disclosure(tuple(held.values()), policy, released=released)
    return Hiding(held, release, _table(release, held), _counts(release))


def hidden_groups(finding: Finding, released: Finding) -> dict[str, str]:
    """Return the groups whose figures are hidden in a finding as it would leave: what each is called, by its key.

    Where a cell counts people, those whom it counts; else the groups for whose sake it is hidden. What never leaves
    (the smallest and the largest score) is not looked at, and neither is a group without anybody.

    Parameters
    ----------
    finding : Finding
        As on the evaluator's own screen.
    released : Finding
        The same from a `Release`.
    """
    found: dict[str, str] = {}
    for column in released.columns:
        if column.kind == "extreme":
            continue
        for row, value in enumerate(released.table[column.name].tolist()):
            if isinstance(value, str) and value == HIDDEN:
                for key in _at_fault(column, row, released):
                    group = finding.groups.get(key)
                    if group is not None and group.n:
                        found[key] = f"{upper_first(group.label)} (n = {group.n:,})"
    return _told_apart(found)


def _at_fault(column: Column, row: int, released: Finding) -> Sequence[str]:
    keys = keys_in(column.holders, row)[:1] or keys_in(column.groups, row)
    return [key for key in keys if key not in released.groups] or keys


def _told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels that stand twice carry their key."""
    said = list(labels.values())
    return {key: f"{label}: {key}" if said.count(label) > 1 else label for key, label in labels.items()}


def first_lines(table: pd.DataFrame, most: int) -> WordTable:
    """The beginning of a list of what is hidden, for a page to show.

    >>> first_lines(hiding([], DisclosurePolicy()).table, 100).rows
    ()
    """
    rows = table.head(most).itertuples(index=False, name=None)
    return WordTable("What would be hidden", tuple(table.columns), tuple(tuple(map(str, row)) for row in rows))


def hidden_sentences(release: Release) -> tuple[str, ...]:
    """What is hidden or changed in a release, one sentence a reason with its places.

    >>> hidden_sentences(apply_disclosure([], DisclosurePolicy()))
    ()
    """
    places: dict[str, list[str]] = {}
    hidden = release.hidden
    for row, column, reason in zip(hidden["row"], hidden["column"], hidden["reason"], strict=True):
        places.setdefault(_reason(reason), []).append(f"{row}, {column}" if row else column)
    return tuple(f"{reason} ({_some(list(dict.fromkeys(where)))})." for reason, where in places.items())


def effect_of(
    finding: Finding, group: str, policy: DisclosurePolicy, released: Iterable[Export] = ()
) -> tuple[str, bool]:
    """Say what an exception for one group of a finding would do to it, and whether it would release anything.

    Parameters
    ----------
    finding : Finding
        As on the evaluator's own screen.
    group : str
        A key of its groups.
    policy : DisclosurePolicy
        The one in force, without the exception.
    released : iterable of Export
        What has left already.
    """
    left = tuple(released)
    more = replace(policy, overrides=(*policy.overrides, Override(finding.id, group, "")))
    before, after = (_places(apply_disclosure([finding], one, released=left)) for one in (policy, more))
    freed, new = len(before - after), len(after - before)
    if not freed:
        return "It would release nothing: these figures are hidden for the sake of others.", False
    said = f"It would release {count(freed, 'place', 'places')} in this figure"
    return f"{said} and hide {new:,} more." if new else f"{said}.", True


def _places(release: Release) -> set[tuple[str, str]]:
    return set(zip(release.hidden["row"], release.hidden["column"], strict=True))


def _some(places: Sequence[str]) -> str:
    more = len(places) - _MOST_PLACES
    return "; ".join([*places[:_MOST_PLACES], *([f"and {more:,} more"] if more > 0 else [])])


def _name(finding: Finding) -> str:
    return finding.topic or finding.id


def _reason(reason: str) -> str:
    """A reason as a line of a list begins; one that hides nothing says what leaves instead."""
    if reason.startswith(_FORM_WORDS):
        return f"Another form leaves: {reason.removeprefix(_FORM_WORDS)}"
    return upper_first(reason)


def _table(release: Release, findings: Mapping[str, Finding]) -> pd.DataFrame:
    hidden = release.hidden
    names = {one: _name(finding) for one, finding in findings.items()}
    table = pd.DataFrame(
        {
            REASON: hidden["reason"].map(_reason),
            FIGURE: hidden["finding"].map(names),
            ROW: hidden["row"],
            COLUMN: hidden["column"],
        },
        dtype="str",
    )
    rank = {reason: place for place, reason in enumerate(table[REASON].value_counts().index)}
    return table.sort_values(REASON, key=lambda reasons: reasons.map(rank), kind="stable", ignore_index=True)


def _counts(release: Release) -> WordTable:
    hidden = release.hidden
    grouped = hidden.groupby(["reason", "rule"], sort=False)["finding"].agg(["size", "nunique"])
    ordered = grouped.sort_values("size", ascending=False, kind="stable").reset_index()
    lines = ordered.itertuples(index=False, name=None)
    rows = [(_reason(reason), rule, f"{size:,}", f"{figures:,}") for reason, rule, size, figures in lines]
    return WordTable("What would be hidden, by reason", _COUNTS, tuple(rows))
