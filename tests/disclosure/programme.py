"""The attacker: a linear programme (HiGHS) over what each person may have scored, and may be.

Each person's score is an unknown within the scale's range, a whole number of steps where the scale has steps; each
person's characteristic is an unknown too. Every released number is a constraint. Who is in which group is taken as
known. A target is told where the smallest and the largest value that the constraints allow are the same.

People who stand in exactly the same constraints can not be told apart, so that they are taken together, and a target
is so and so many people of each such set. To spare the solver, a few far corners of what is possible are found first:
a target that takes two values there is not told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from evalcore.columns import POST, PRE
from tests.disclosure import alike, severe
from tests.disclosure.said import Count, Range, Total, Unknown

MOST = 4
_CORNERS = 8
_LOOSE = 1e-6
_NOBODY = 1_000.0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """What follows: of how many of whom, and what."""

    measure: str
    when: str
    people: tuple[str, ...]
    low: float
    high: float


@dataclass
class _Model:
    """Whole or real unknowns between bounds, under linear constraints."""

    low: Floats
    high: Floats
    whole: bool
    rows: Floats
    least: Floats
    most: Floats

    def best(self, objective: Floats) -> Floats:
        """The point with the smallest value of an objective; the truth lies inside, so that there always is one."""
        limits = [LinearConstraint(self.rows, self.least, self.most)] if len(self.rows) else []
        found = milp(
            objective,
            bounds=Bounds(self.low, self.high),
            constraints=limits,
            integrality=np.full(len(objective), int(self.whole)),
        )
        if found.x is None:
            raise AssertionError(f"the released numbers contradict each other: {found.message}")
        return np.asarray(found.x)

    def corners(self, seed: int) -> Floats:
        """Some far points of what is possible."""
        random = np.random.default_rng(seed)
        objectives = random.choice((-1.0, 1.0), size=(_CORNERS, len(self.low)))
        return np.array([self.best(one) for objective in objectives for one in (objective, -objective)])


@dataclass
class ScoreAttack:
    """What the totals of one measure tell of any one to four people."""

    measure: str
    limits: Range
    facts: list[Total] = field(default_factory=list)

    def told(self, *, most: int = MOST) -> list[Told]:
        """Every set of one to four people, one for each kind of set, whose total can be only one."""
        unknowns = sorted({unknown for fact in self.facts for unknown in fact.weights})
        if not unknowns:
            return []
        atoms = _atoms(unknowns, self.facts)
        model = self._model(unknowns)
        points = model.corners(len(unknowns))
        return [told for target in _targets(atoms, most) if (told := self._of(target, unknowns, model, points))]

    def _model(self, unknowns: Sequence[Unknown]) -> _Model:
        """In steps above the lowest score where there are steps, so that the unknowns are whole numbers."""
        step = self.limits.step or 1.0
        place = {unknown: at for at, unknown in enumerate(unknowns)}
        rows = np.zeros((len(self.facts), len(unknowns)))
        ends = np.zeros((2, len(self.facts)))
        for at, fact in enumerate(self.facts):
            for unknown, weight in fact.weights.items():
                rows[at, place[unknown]] = weight
            below = self.limits.low * rows[at].sum()
            ends[:, at] = (fact.low - below) / step - _LOOSE, (fact.high - below) / step + _LOOSE
        width = np.full(len(unknowns), (self.limits.high - self.limits.low) / step)
        if self.limits.step:
            width = np.round(width)
        return _Model(np.zeros(len(unknowns)), width, bool(self.limits.step), rows, ends[0], ends[1])

    def _of(
        self, target: tuple[str, tuple[str, ...]], unknowns: Sequence[Unknown], model: _Model, points: Floats
    ) -> Told | None:
        when, people = target
        objective = np.zeros(len(unknowns))
        for at, (who, time) in enumerate(unknowns):
            if who in people and (time == when or when == "change"):
                objective[at] = -1.0 if when == "change" and time == PRE else 1.0
        width = 0.5 if self.limits.step else 0.5 / (self.limits.step or 1.0)
        seen = points @ objective
        if seen.max() - seen.min() > width:
            return None
        low, high = (float(sign * (model.best(sign * objective) @ objective) * sign) for sign in (1.0, -1.0))
        if high - low > width:
            return None
        step = self.limits.step or 1.0
        start = 0.0 if when == "change" else self.limits.low * len(people)
        return Told(self.measure, when, people, start + low * step, start + high * step)


def _atoms(unknowns: Sequence[Unknown], facts: Sequence[Total]) -> list[tuple[frozenset[str], list[str]]]:
    """People who stand in the same constraints with the same weights, and at which times each set has a value."""
    times: dict[str, set[str]] = {}
    for who, when in unknowns:
        times.setdefault(who, set()).add(when)
    signatures: dict[tuple[object, ...], list[str]] = {}
    for who, own in sorted(times.items()):
        weights = (tuple(round(fact.weights.get((who, when), 0.0), 12) for when in sorted(own)) for fact in facts)
        signature = tuple(weights)
        signatures.setdefault((tuple(sorted(own)), signature), []).append(who)
    return [(frozenset(key[0]), people) for key, people in signatures.items()]  # type: ignore[arg-type]


def _targets(atoms: list[tuple[frozenset[str], list[str]]], most: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """So and so many people of each set, one to four in all, at each time at which all of them have a value."""
    for when in sorted({time for times, _ in atoms for time in times}):
        here = [people for times, people in atoms if when in times]
        yield from ((when, people) for people in _some_of(here, most))
    both = [people for times, people in atoms if {PRE, POST} <= times]
    yield from (("change", people) for people in _some_of(both, most))


def _some_of(sets: list[list[str]], most: int) -> Iterator[tuple[str, ...]]:
    if not sets:
        return
    first, *rest = sets
    for k in range(min(most, len(first)) + 1):
        own = tuple(first[:k])
        if own:
            yield own
        if rest and k < most:
            yield from (own + more for more in _some_of(rest, most - k)) if own else _some_of(rest, most)


@dataclass
class CountAttack:
    """What the counts of one variable tell of any set of people of whom it is known."""

    variable: str
    facts: list[Count] = field(default_factory=list)

    def told(self) -> list[tuple[str, frozenset[str], int]]:
        """Counts that follow although they may not be told: (what, of whom, how many)."""
        facts = self._facts()
        whole = sorted(frozenset().union(*(fact.whole for fact in facts)))
        kinds = self._kinds(facts, whole)
        if not whole or not kinds:
            return []
        names = sorted({name for name, _ in facts_by_name(facts)})
        atoms = _places(whole, [fact.whole for fact in facts])
        model = self._model(facts, atoms, kinds, names)
        points = model.corners(len(whole))
        found = []
        for some in _unions(atoms, [fact.whole for fact in facts]):
            people = frozenset().union(*(atoms[at] for at in some))
            for name in names:
                at = names.index(name)
                objective = np.array([float(a in some and kind[at]) for a in range(len(atoms)) for kind in kinds])
                seen = points @ objective
                if seen.max() - seen.min() > 0.5:
                    continue
                low, high = (sign * (model.best(sign * objective) @ objective) * sign for sign in (1.0, -1.0))
                if high - low < 0.5:
                    found.append((name, people, round(low)))
        return found

    def _facts(self) -> list[Count]:
        """Counts of one name that can not be of one threshold, or one window, get a name each."""
        kept: dict[str, list[Count]] = {}
        for fact in self.facts:
            name, at = fact.what, 0
            while not _of_one(name, fact, kept.get(name, [])):
                at += 1
                name = f"{fact.what} ({at})"
            kept.setdefault(name, []).append(replace(fact, what=name))
        return [fact for facts in kept.values() for fact in facts]

    def _kinds(self, facts: list[Count], whole: list[str]) -> list[tuple[bool, ...]]:
        """The kinds of people that there are: with this and without that."""
        names = sorted({fact.what for fact in facts})
        if facts[0].values is not None:
            return _kinds_of_number(facts, names)
        if self.variable.startswith(alike.LIKE):
            return alike.kinds(names)
        if severe.variable_of(self.variable) and not any("(" in name for name in names):
            return severe.kinds(names)
        known: dict[str, dict[str, bool]] = {}
        for fact in facts:
            for who in fact.whole:
                known.setdefault(who, {})[fact.what] = who in fact.having
        full = {tuple(of[name] for name in names) for of in known.values() if len(of) == len(names)}
        for who in whole:
            of = known[who]
            if not any(all(kind[names.index(name)] == has for name, has in of.items()) for kind in full):
                full.add(tuple(of.get(name, False) for name in names))
        if all(sum(kind) <= 1 for kind in full):
            full |= {tuple(one == name for one in names) for name in names}
        if len(names) == 1:
            full |= {(True,), (False,)}
        return sorted(full)

    def _model(
        self, facts: list[Count], atoms: list[frozenset[str]], kinds: list[tuple[bool, ...]], names: list[str]
    ) -> _Model:
        size = len(atoms) * len(kinds)
        rows, ends = [], []
        for at, people in enumerate(atoms):
            row = np.zeros((len(atoms), len(kinds)))
            row[at] = 1
            rows.append(row.ravel())
            ends.append(len(people))
        for fact in facts:
            if fact.shown is None:
                continue
            row = np.zeros((len(atoms), len(kinds)))
            of_kind = [kind[names.index(fact.what)] for kind in kinds]
            for at, people in enumerate(atoms):
                if people <= fact.whole:
                    row[at] = of_kind
            rows.append(row.ravel())
            ends.append(fact.shown)
        most = np.repeat([float(len(people)) for people in atoms], len(kinds))
        limits = np.array(ends, dtype=float)
        return _Model(np.zeros(size), most, True, np.array(rows), limits, limits)


def _kinds_of_number(facts: Sequence[Count], names: Sequence[str]) -> list[tuple[bool, ...]]:
    """What a person may have moved by, or waited: between which of the thresholds, also where nobody did."""
    changes = facts[0].values or {}
    ends = {}
    for at, name in enumerate(names):
        own = [changes[who] for fact in facts if fact.what == name for who in fact.having]
        ends[name] = _range_of(name, own, at)
    inside = (low for low, high in ends.values() if low == high)
    tried = sorted({0.0, *changes.values(), *inside, 2 * _NOBODY, -2 * _NOBODY})
    return sorted({tuple(ends[name][0] <= value <= ends[name][1] for name in names) for value in tried})


def _range_of(name: str, own: Sequence[float], at: int = 0) -> tuple[float, float]:
    """Between which values those lie whom one threshold counts, as far as those tell who are known to be counted."""
    if ", rose" in name:
        return min(own, default=_NOBODY), math.inf
    if ", fell" in name:
        return -math.inf, max(own, default=-_NOBODY)
    if ", inside" in name:
        # A window in which nobody is known to be may yet hold whom nothing is told of.
        return min(own, default=_NOBODY + at), max(own, default=_NOBODY + at)
    return min([0.0, *own]), max([0.0, *own])


def _of_one(name: str, fact: Count, others: Sequence[Count]) -> bool:
    """Whether a count may be of the same threshold as others: the same people of both wholes, and nobody between."""
    if any((one.having & fact.whole) != (fact.having & one.whole) for one in others):
        return False
    if fact.values is None or not others:
        return True
    every = [*others, fact]
    low, high = _range_of(name, [fact.values[who] for one in every for who in one.having])
    return all((low <= fact.values[who] <= high) == (who in one.having) for one in every for who in one.whole)


def facts_by_name(facts: Iterable[Count]) -> Iterator[tuple[str, Count]]:
    """Each count with the name of what it counts."""
    yield from ((fact.what, fact) for fact in facts)


def _places(people: Sequence[str], wholes: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """People who belong to exactly the same wholes."""
    distinct = list(dict.fromkeys(wholes))
    found: dict[tuple[bool, ...], set[str]] = {}
    for who in people:
        found.setdefault(tuple(who in whole for whole in distinct), set()).add(who)
    return [frozenset(own) for own in found.values()]


def _unions(atoms: list[frozenset[str]], wholes: Sequence[frozenset[str]]) -> list[tuple[int, ...]]:
    """The sets that are looked at: each place, each whole, and what is left of one whole without another."""
    distinct = list(dict.fromkeys(wholes))
    wanted = {*atoms, *distinct, *(one - other for one, other in product(distinct, distinct))}
    wanted |= {one & other for one, other in product(distinct, distinct)}
    found = []
    for people in wanted:
        some = tuple(at for at, own in enumerate(atoms) if own <= people)
        if people and some:
            found.append(some)
    return sorted(set(found))
