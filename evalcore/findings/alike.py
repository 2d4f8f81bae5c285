"""Which groups of a finding have the same value throughout, so that a mean of them would be each one's score."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from evalcore.columns import AGE, OGRS, POST, PRE, RESPONDENT_ID, SERVICE_USER
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Finding, Group

Values = Mapping[str, float]
"""One value of each person, such as the score before, by `role|identifier`."""

_MOST_APART = 10
"""Two groups that differ by fewer people than this are looked at for what they differ by; the policy's default."""


def with_alike(finding: Finding, values: Mapping[str, Iterable[Values]]) -> Finding:
    """The finding with each group marked in which everybody has the same value.

    Parameters
    ----------
    finding : Finding
    values : mapping of str to iterable of mapping
        For each measure each value that a person has of it: before, after, and the change.

    Returns
    -------
    Finding
        With a further group for the people by whom two of its groups differ, where these few are alike: nothing is
        shown of it, but the policy must know that nothing may be.

    Examples
    --------
    >>> from evalcore.findings import build
    >>> from evalcore.sample import sample_study
    >>> holds = build("holds", sample_study())
    >>> with_alike(holds, {}) is holds
    True
    """
    changed: dict[str, Group] = {}
    measured: dict[str, dict[frozenset[str], bool]] = {}
    for key, group in finding.groups.items():
        if group.people and group.measure in values:
            of = measured.setdefault(group.measure, {})
            if group.people not in of:
                of[group.people] = _alike(group.people, values[group.measure])
            if of[group.people]:
                changed[key] = replace(group, alike=True)
    for measure, of in measured.items():
        for number, people in enumerate(_apart(list(of), values[measure]), 1):
            key = f"alike: {measure}, {number}"
            changed[key] = Group(key, key, measure, people, alike=True)
    return replace(finding, groups={**finding.groups, **changed}) if changed else finding


def values_of(bases: Iterable[Basis]) -> dict[str, list[Values]]:
    """Of the whole group of each measure the scores before, after, and the changes."""
    found: dict[str, list[Values]] = {}
    for basis in bases:
        key = (basis.measure.instrument, basis.measure.scale, basis.whole_roles)
        of = basis.scores.once(("values of people", key), partial(_scores, basis))
        found.setdefault(basis.measure.key, []).extend(of)
    return found


def case_values(cases: pd.DataFrame) -> dict[str, list[Values]]:
    """Ages and OGRS of the people with a case file."""
    return {
        name: [{f"{SERVICE_USER}|{who}": float(value) for who, value in zip(known.index, known, strict=True)}]
        for name in (AGE, OGRS)
        if name in cases and RESPONDENT_ID in cases
        for known in [pd.to_numeric(cases.set_index(RESPONDENT_ID)[name], errors="coerce").dropna()]
    }


def _scores(basis: Basis) -> list[Values]:
    pairs = basis.scores.pairs(basis.measure.instrument, basis.measure.scale, basis.whole_roles)
    matched = basis.name_people(pairs.matched.index)
    found: list[Values] = [dict(zip(matched, (pairs.matched[POST] - pairs.matched[PRE]).round(10), strict=True))]
    for wave, alone in ((PRE, pairs.pre_only), (POST, pairs.post_only)):
        found.append(dict(zip(matched, pairs.matched[wave], strict=True)) | _named(basis, alone))
    return found


def _named(basis: Basis, scores: pd.Series) -> dict[str, float]:
    names: Iterable[Hashable] = scores.index
    return dict(zip(basis.name_people(names), scores.tolist(), strict=True))


def _alike(people: frozenset[str], values: Iterable[Values]) -> bool:
    return any(_same(people, of) for of in values)


def _same(people: frozenset[str], of: Values) -> bool:
    """Whether two people or more have a value and all have the same; the first that differs decides."""
    first = of.get(next(iter(people)))
    return len(people) > 1 and first is not None and all(of.get(one) == first for one in people)


def _apart(groups: list[frozenset[str]], values: Iterable[Values]) -> Iterator[frozenset[str]]:
    """The few people by whom two groups differ, where they are alike."""
    seen = set(groups)
    for inner in groups:
        for outer in groups:
            if 1 < len(outer) - len(inner) < _MOST_APART and inner < outer:
                people = outer - inner
                if people not in seen and _alike(people, values):
                    seen.add(people)
                    yield people
