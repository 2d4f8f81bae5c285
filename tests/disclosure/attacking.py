"""The whole attack: everything that was released is read, and each measure and each variable is tried by itself."""

from __future__ import annotations

from collections.abc import Iterable

from evalcore.columns import POST, PRE
from evalcore.disclosure import DisclosurePolicy
from evalcore.findings import Finding
from tests.disclosure.programme import CountAttack, ScoreAttack, Told
from tests.disclosure.said import Count, Total, Truth, Unknown, counts, totals

FEW = 5
SMALL = 10
Pairs = Iterable[tuple[Finding, Finding]]
"""Findings before and after release."""


def scores_told(truth: Truth, released: Pairs, policy: DisclosurePolicy, *, most: int = FEW - 1) -> list[Told]:
    """Totals of one to four people that follow from the means that can be seen."""
    facts: dict[str, dict[tuple[object, ...], Total]] = {}
    for before, after in released:
        for fact in totals(truth, before, after, policy):
            key = (frozenset(fact.weights.items()), round(fact.low, 9), round(fact.high, 9))
            facts.setdefault(fact.measure, {})[key] = fact
    found = []
    for measure, of in facts.items():
        attack = ScoreAttack(measure, truth.ranges[measure], list(of.values()))
        forced = _forced(attack)
        found += [told for told in attack.told(most=most) if not forced.issuperset(_unknowns(told))]
    return found


def _forced(attack: ScoreAttack) -> set[Unknown]:
    """Whose scores one shown mean of ten or more forces by itself, because it lies at an end of the scale.

    That all of so many have the same score may be told, as may that all of them have a characteristic.
    """
    limits, found = attack.limits, set()
    for fact in attack.facts:
        n = len(fact.weights)
        if n < SMALL or len({when for _, when in fact.weights}) > 1 or min(fact.weights.values()) <= 0:
            continue
        above, below = fact.high - limits.low, limits.high - fact.low
        if min(above, below) * n < max(limits.step, 0.5):
            found |= fact.weights.keys()
    return found


def _unknowns(told: Told) -> set[Unknown]:
    times = (PRE, POST) if told.when == "change" else (told.when,)
    return {(who, when) for who in told.people for when in times}


def counts_told(truth: Truth, released: Pairs) -> list[tuple[str, frozenset[str], int]]:
    """Counts that follow although they may not be told: of what, of whom, how many."""
    facts: dict[str, dict[tuple[object, ...], Count]] = {}
    for before, after in released:
        for fact in counts(truth, before, after):
            facts.setdefault(fact.variable, {})[fact.what, fact.having, fact.whole, fact.shown] = fact
    found = []
    for variable, of in facts.items():
        if all(fact.shown is None for fact in of.values()):
            continue
        told = CountAttack(variable, list(of.values())).told()
        told = [one for one in told if variable != "site" or not _by_elimination(one, list(of.values()))]
        many = FEW if variable == "site" else SMALL
        plain = [(name, people, k) for name, people, k in told if len(people) >= many and k in (0, len(people))]
        found += [one for one in told if _may_not_be_told(variable, one, plain)]
    return found


def _by_elimination(told: tuple[str, frozenset[str], int], shown: list[Count]) -> bool:
    """Whether all are at a site because of each it is told that nobody of many, the person among them, is elsewhere."""
    name, people, k = told
    nobody = {other: _nobody(other, shown) for other in {fact.what for fact in shown} - {name}}
    return k == len(people) and bool(nobody) and all(people <= elsewhere for elsewhere in nobody.values())


def _nobody(site: str, shown: list[Count]) -> frozenset[str]:
    none = (fact.whole for fact in shown if fact.what == site and fact.shown == 0 and len(fact.whole) >= FEW)
    return frozenset().union(*none)


def _may_not_be_told(
    variable: str, told: tuple[str, frozenset[str], int], plain: list[tuple[str, frozenset[str], int]]
) -> bool:
    """One to four who have it, or (but of a site) who have it not; none or all of fewer than ten.

    That nobody of many has it, or everybody, tells of each of them: no subtraction is needed for that.
    """
    name, people, k = told
    others = len(people) - k
    if people <= frozenset().union(*(many for one, many, _ in plain if one == name)):
        # Of each of them it is told by itself, of many at once, that all have it, or that none has.
        return False
    if variable == "site":
        return 0 < k < FEW
    return min(k, others) < FEW if k * others else len(people) < SMALL
