"""What released files say, as plain facts: a total within its rounding, a count of a whole, words of how many.

It knows the study itself (who is in each group, and each score), so that it can tell what a released number is the
number of; the attack is told no more than the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from evalcore.columns import AGE, OGRS, POST, PRE, RESPONDENT_ID, ROLES, SERVICE_USER
from evalcore.disclosure import DisclosurePolicy
from evalcore.findings import Finding, Group, measures, sites
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.before_after.when.times import gaps_of, has_dates
from evalcore.findings.finding import HAVING, Column
from evalcore.findings.people import People as Profile
from evalcore.findings.people.contacts import MEASURE as CONTACTS
from evalcore.findings.people.ogrs_basis import used_scores
from evalcore.findings.people.reach_people import Reached
from evalcore.findings.scores import Scores
from evalcore.profile.ogrs_choice import FILE, score_choices
from evalcore.study import Study
from tests.disclosure import alike, severe
from tests.disclosure.attack import is_measured, table_that_leaves

ONCE = "once"
People = frozenset[str]
Unknown = tuple[str, str]
"""A person and when: `pre`, `post`, or `once` for what is known of a person at one time only."""

_NEAR = 1e-6
_OTHERS = ", all others"
_INSIDE, _OUTSIDE = "inside a window", "outside a window"


@dataclass(frozen=True)
class Range:
    """Lowest and highest value of one person, and the step from one to the next; 0 where there is none."""

    low: float
    high: float
    step: float


@dataclass
class Truth:
    """Each person's values by measure and time, and what every reader knows of them: the range and the step."""

    values: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Total:
    """A weighted sum of values of people lies between two numbers."""

    measure: str
    weights: Mapping[Unknown, float]
    low: float
    high: float


@dataclass(frozen=True)
class Count:
    """How many of a whole have something; `shown` is None where it is hidden, and `having` is who really has it.

    `values` is what decides it, where that is a number: whose change is above a threshold.
    """

    variable: str
    what: str
    having: People
    whole: People
    shown: int | None
    where: str = ""
    values: Mapping[str, float] | None = field(default=None, compare=False)


_COMPUTED = ", computed: "
_STEPS = {"gse": 1.0, "wemwbs": 1.0, "swemwbs": 0.0}


def truth_of(study: Study) -> Truth:
    """Every score of everybody, ages and OGRS, and weeks between questionnaires."""
    truth = Truth(sites=sites(study))
    scores = Scores(study)
    for measure in measures(study, scores=scores):
        basis = Basis(scores, measure, None)
        pairs = basis.pairs
        held = truth.values.setdefault(measure.key, {PRE: {}, POST: {}})
        for wave, alone in ((PRE, pairs.pre_only), (POST, pairs.post_only)):
            both = pd.concat([pairs.matched[wave], alone])
            held[wave].update(zip(basis.name_people(both.index), both.tolist(), strict=True))
        items = {"total": 9, "vigor": 3, "dedication": 3, "absorption": 3}
        step = _STEPS.get(measure.instrument, 1 / items[measure.scale])
        truth.ranges[measure.key] = Range(measure.low, measure.high, step)
        if has_dates(basis):
            _add_weeks(truth, basis)
    _add_people(truth, study)
    truth.ranges = {measure: _known_step(limits, truth.values[measure]) for measure, limits in truth.ranges.items()}
    return truth


def _add_people(truth: Truth, study: Study) -> None:
    """Ages, scores of risk in the file and computed, and contacts attended."""
    people = Profile(study)
    for name, limits in ((AGE, Range(18, 99, 1)), (OGRS, Range(0, 100, 1))):
        if name in study.cases:
            _add(truth, name, limits, study.cases[RESPONDENT_ID], study.cases[name])
    for key in score_choices(study.cases):
        if key != FILE:
            scored = used_scores(people, key).people.cases
            _add(truth, f"{OGRS}{_COMPUTED}{key}", Range(0, 100, 0), scored[RESPONDENT_ID], scored[OGRS])
    reached = Reached.of(people.pilot())
    _add(truth, CONTACTS, Range(0, 100, 0), reached.people[RESPONDENT_ID], pd.Series(100 * reached.attended))


def _add(truth: Truth, name: str, limits: Range, who: pd.Series, values: pd.Series) -> None:
    known = {f"{SERVICE_USER}|{one}": float(value) for one, value in zip(who, values, strict=True) if pd.notna(value)}
    truth.values[name], truth.ranges[name] = {ONCE: known}, limits


def _known_step(limits: Range, values: Mapping[str, Mapping[str, float]]) -> Range:
    """Without a step where somebody left an item out: then a score lies between two steps."""
    every = [value for of in values.values() for value in of.values()]
    steps = [(value - limits.low) / limits.step for value in every] if limits.step else []
    return limits if all(abs(step - round(step)) < _NEAR for step in steps) else replace(limits, step=0.0)


def _add_weeks(truth: Truth, basis: Basis) -> None:
    found = gaps_of(basis)
    lead = found.people.set_index(RESPONDENT_ID)["start_to_pre_days"].dropna() / 7
    for key, weeks in (("weeks from before to after", found.weeks), ("weeks from the start to before", lead)):
        held = truth.values.setdefault(key, {ONCE: {}})[ONCE]
        for who, value in zip(basis.name_people(weeks.index), weeks.tolist(), strict=True):
            if held.setdefault(who, value) != value:
                # Another questionnaire was filled in on another day: the two are not the same number.
                held[who] = value
        truth.ranges[key] = Range(-104, 520, 1 / 7)


def totals(truth: Truth, before: Finding, after: Finding, policy: DisclosurePolicy) -> Iterator[Total]:
    """Every mean that can be seen, and the middle of every interval, as a total within its rounding."""
    real = table_that_leaves(before)
    columns = list(after.columns)
    for place, column in enumerate(columns):
        second = columns[place + 1] if place + 1 < len(columns) else None
        for row, value in enumerate(after.table[column.name].tolist()):
            groups = _measured(before, column, row)
            if not groups or not _is_number(value):
                continue
            half = 0.5 * 10 ** -_decimals(before, column, row, policy) + 1e-9
            if column.kind == "mean":
                yield from _as_total(truth, groups, float(real[column.name].iloc[row]), float(value), half)
            elif column.kind == "interval" and second is not None and second.kind == "interval":
                other = after.table[second.name].tolist()[row]
                if _is_number(other) and _measured(before, second, row) == groups:
                    middle = (float(real[column.name].iloc[row]) + float(real[second.name].iloc[row])) / 2
                    yield from _as_total(truth, groups, middle, (float(value) + float(other)) / 2, half)


def _measured(finding: Finding, column: Column, row: int) -> list[Group]:
    keys = column.groups[row] if row < len(column.groups) else ()
    found = [finding.groups[key] for key in keys if key in finding.groups]
    return [group for group in found if is_measured(group)]


def _decimals(finding: Finding, column: Column, row: int, policy: DisclosurePolicy) -> int:
    decimals = 9 if column.decimals is None else column.decimals
    smallest = min(finding.groups[key].n for key in column.groups[row] if key in finding.groups)
    return min(decimals, 1) if smallest < policy.one_decimal_below else decimals


def _is_number(value: object) -> bool:
    return not isinstance(value, str) and not pd.isna(value)


def _as_total(truth: Truth, groups: list[Group], real: float, shown: float, half: float) -> Iterator[Total]:
    """The total that a number is of: of one group's scores or changes, or the difference of two groups' means."""
    of = groups[0].measure
    if any(group.measure != of for group in groups):
        return
    for measure in (of, *(name for name in truth.values if name.startswith(f"{of}{_COMPUTED}"))):
        for weights in _functionals(truth, measure, groups) if measure in truth.values else ():
            mean = sum(weight * truth.values[measure][when][who] for (who, when), weight in weights.items())
            for factor, offset in _scalings(truth.ranges[measure], len(weights)):
                if abs(factor * mean + offset - real) < _NEAR:
                    if abs(shown - real) > half + 1e-6:
                        raise AssertionError(f"{measure}: {shown} is not {real} rounded to within {half}")
                    ends = sorted(((shown - half - offset) / factor, (shown + half - offset) / factor))
                    yield Total(measure, weights, *ends)
                    return


def _scalings(limits: Range, n: int) -> tuple[tuple[float, float], ...]:
    """As it is, as a share of the scale's range, as the way left to either end of the scale, or as people expected."""
    share = 100 / (limits.high - limits.low)
    return (1.0, 0.0), (share, 0.0), (-1.0, limits.low), (-1.0, limits.high), (n / 100, 0.0)


def _functionals(truth: Truth, measure: str, groups: list[Group]) -> Iterator[dict[Unknown, float]]:
    sides = list(dict.fromkeys(group.people for group in groups))
    for one in sides:
        yield from _means(truth, measure, one)
    for one in sides:
        for other in sides:
            if one != other:
                for first in _means(truth, measure, one):
                    for second in _means(truth, measure, other):
                        yield {
                            key: first.get(key, 0.0) - second.get(key, 0.0) for key in dict.fromkeys((*first, *second))
                        }


def _means(truth: Truth, measure: str, people: People) -> list[dict[Unknown, float]]:
    times = truth.values[measure]
    found = []
    for when, of in times.items():
        if people <= of.keys():
            found.append({(who, when): 1 / len(people) for who in people})
    if len(found) == 2:
        found.append({(who, when): (1 if when == POST else -1) / len(people) for when in times for who in people})
    return found


_LAST = re.compile(r"^(?P<variable>.*?)(?P<mark>, |: )(?P<what>[^,:]*)$")


def counts(truth: Truth, before: Finding, after: Finding) -> Iterator[Count]:
    """Every count of people with a characteristic and, of a site, every count of people, shown or hidden."""
    real = table_that_leaves(before)
    for column in after.columns:
        for row, value in enumerate(after.table[column.name].tolist()):
            if pd.isna(real[column.name].iloc[row]):
                continue
            shown = int(value) if _is_number(value) else None
            where = f"{after.id}, row {row}, {column.name}"
            if column.kind == "characteristic" and row < len(column.holders) and column.holders[row]:
                yield from _count_of(truth, before, column.holders[row], shown, where)
            elif column.kind == "fieldwork" and ".site-" in before.id and row < len(column.groups):
                yield from _at_site(truth, before, column.groups[row], shown, int(real[column.name].iloc[row]), where)


def _count_of(truth: Truth, before: Finding, keys: tuple[str, ...], shown: int | None, where: str) -> Iterator[Count]:
    having, *others = (before.groups[key] for key in keys)
    known = having.people.union(*(group.people for group in others))
    what = having.measure.removeprefix(HAVING)
    if others:
        own = having.people
        if having.key.startswith("not ") or what.endswith(_OUTSIDE):
            # A count of those who have it not: it says how many have it.
            what = what.replace(_OUTSIDE, _INSIDE)
            own, shown = known - own, None if shown is None else len(known) - shown
        what = _of_choice(before, having.key, what)
        variable = _variable(what)
        yield Count(variable, what, own, known, shown, where, _deciding(truth, variable))


def _of_choice(before: Finding, key: str, what: str) -> str:
    """What is counted under a choice: another choice of score, or of what is held alike, counts something else."""
    if what.startswith(alike.LIKE):
        return alike.name_of(before.id, key)
    if what.endswith(_OTHERS) and ".site-" in before.id:
        # Which categories have few people is another question at each site.
        return f"{what} at {before.id.rpartition('.')[2]}: others"
    scale, band, rest = what.partition(" band, ")
    chosen = before.id.partition(".")[0].removeprefix("ogrs-bands")
    return f"{scale}{chosen}{band}{rest}" if band and before.id.startswith("ogrs-bands") else what


def _deciding(truth: Truth, variable: str) -> Mapping[str, float] | None:
    """The number that decides who has it: a change, or weeks."""
    if variable == "weeks from before to after":
        return truth.values[variable][ONCE]
    of = truth.values.get(variable.removeprefix("change in "))
    if of is None or not variable.startswith("change in "):
        return None
    return {who: round(of[POST][who] - of[PRE][who], 10) for who in of[PRE].keys() & of[POST].keys()}


def _variable(what: str) -> str:
    if what.startswith(("band in ", alike.LIKE)):
        return what.partition(": ")[0]
    if what.endswith(" needs") and what[:1].isdigit():
        return "number of needs"
    found = _LAST.match(what)
    return severe.variable_of(what) or (found["variable"] if found else what)


def _at_site(
    truth: Truth, before: Finding, keys: tuple[str, ...], shown: int | None, real: int, where: str
) -> Iterator[Count]:
    if len(keys) != 1 or CONTEXT + keys[0] not in before.groups:
        return
    site = truth.sites[int(before.id.rsplit(".site-", 1)[1]) - 1]
    own, whole = before.groups[keys[0]], before.groups[CONTEXT + keys[0]]
    # Where one of several roles was chosen the whole is of that role.
    chosen = [role for role in ROLES if role in before.id.split(".")]
    of_role = {who for who in whole.people if not chosen or who.partition("|")[0] in chosen}
    if real == own.n:
        yield Count("site", f"site, {site.casefold()}", own.people, own.people | of_role, shown, where)
