"""What every finding about one measure rests on: its pairs, its trail, its groups of people, and its words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalcore.claims import ChangeFacts, Claim, claim_change
from evalcore.columns import (
    ALL_POST,
    ALL_PRE,
    MATCHED_POST,
    MATCHED_PRE,
    POST,
    POST_ONLY,
    PRE,
    PRE_ONLY,
    RESPONDENT_ID,
    ROLE,
    ROLE_GROUPS,
    STEPS,
)
from evalcore.findings.families import Family, family_of
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, ONE_DECIMAL_BELOW, Group
from evalcore.findings.measures import Measure, sites
from evalcore.findings.scores import Key, Scores
from evalcore.instruments import load_instrument
from evalcore.outcomes.choices import choose_roles
from evalcore.outcomes.dropout import Attrition
from evalcore.outcomes.paired import PairedChange
from evalcore.outcomes.pairs import Pairs
from evalcore.plan import added_later
from evalcore.trail import Trail
from evalcore.wording import rounded

NEITHER = "answered neither time"
CONTEXT = "whole group: "
"""Prefix of the groups that a finding about one site, or one role of several, stands beside without showing them."""

_WIDE = 10
"""Scales with a range wider than this are written with one decimal in sentences, narrower ones with two."""


@dataclass(frozen=True, eq=False)
class Basis:
    """One measure of one study, for a whole role group or for one site."""

    scores: Scores
    measure: Measure
    site: str | None

    @property
    def _key(self) -> Key:
        return (self.measure.instrument, self.measure.scale, self.measure.roles, self.site)

    @cached_property
    def pairs(self) -> Pairs:
        """Scores before and after."""
        return self.scores.pairs(*self._key)

    @cached_property
    def trail(self) -> Trail:
        """Who was asked and how far each came."""
        return self.scores.trail(*self._key)

    @cached_property
    def description(self) -> pd.DataFrame:
        """`describe` of the pairs."""
        return self.scores.description(*self._key)

    @cached_property
    def described(self) -> Mapping[str, Mapping[str, float]]:
        """The same, as plain numbers by group and statistic."""
        table = self.description
        rows = table.to_numpy(dtype=float).tolist()
        return {
            str(key): dict(zip(table.columns, row, strict=True)) for key, row in zip(table.index, rows, strict=True)
        }

    @cached_property
    def attrition(self) -> Attrition:
        """Those who stayed beside those who left."""
        return self.scores.attrition(*self._key)

    @cached_property
    def change(self) -> PairedChange:
        """The matched change without a bootstrap."""
        return self.scores.change(*self._key)

    @cached_property
    def n_asked(self) -> int | None:
        """People asked; None where there is no list of them."""
        n = dict(zip(self.trail.steps["step"], self.trail.steps["n"], strict=True)).get(STEPS[0], pd.NA)
        return None if pd.isna(n) else int(n)

    @property
    def n_before(self) -> int:
        """People with a score before."""
        return len(self.pairs.matched) + len(self.pairs.pre_only)

    @cached_property
    def family(self) -> Family:
        """The comparisons that the change is tested together with."""
        return family_of(self.scores, self.measure, self.site)

    def claim(self, *, outside: bool = False) -> Claim:
        """What may be said of the matched change; `outside` writes it as it may leave.

        What leaves of a site holds no count but those that its sentence rests on: nobody reads from it how many had a
        score before, or of how many other measures of the site a test could be made.
        """
        change, measure = self.change, self.measure
        counted = not (outside and self.site is not None)
        comparisons, p_adjusted, correction = self._compared(counted)
        facts = ChangeFacts(
            who=self.who,
            measure=measure.short_name,
            unit=measure.unit,
            n_pairs=change.n_pairs,
            n_asked=self.n_asked,
            mean_pre=change.mean_pre,
            mean_post=change.mean_post,
            mean_change=change.mean_change,
            ci_low=change.ci_low,
            ci_high=change.ci_high,
            p_value=change.p_value,
            all_equal=change.n_pairs > 1 and change.sd_change == 0,
            confidence=change.confidence,
            n_before=self.n_before if counted else None,
            family=comparisons,
            family_name=self.family.label,
            p_adjusted=p_adjusted,
            correction=correction,
            added=added_later(self.scores.study.plan, measure.slug),
            one_site=self.site is not None,
        )
        decimals = self.outside_decimals(change.n_pairs) if outside else self.decimals
        return claim_change(facts, decimals=decimals)

    def _compared(self, counted: bool) -> tuple[int, float | None, str]:
        """Comparisons of the family, the p value adjusted for them, and how: by Holm for those that could be made.

        Not `counted`: by Bonferroni for all, also those that could not be made, which is never weaker.
        """
        family, p_value = self.family, self.change.p_value
        if counted:
            return family.tests, family.p_adjusted.get(self.measure.slug), "Holm's method"
        comparisons = len(family.measures)
        return comparisons, None if p_value is None else min(1.0, comparisons * p_value), "Bonferroni's method"

    @property
    def who(self) -> str:
        """The people in words, with the site where one was chosen."""
        return self.measure.who if self.site is None else f"{self.measure.who} at {self.site}"

    @property
    def topic(self) -> str:
        """The measure and the people, for a title without a figure."""
        return f"{self.measure.short_name}, {self.who}"

    @property
    def decimals(self) -> int:
        """Decimals of a mean in a sentence or on a chart."""
        return 2 if self.measure.high - self.measure.low <= _WIDE else 1

    def outside_decimals(self, n: int) -> int:
        """Decimals of a mean of `n` people in a sentence or on a chart that leaves."""
        return 1 if n < ONE_DECIMAL_BELOW else self.decimals

    def rounded(self, value: float, n: int) -> float:
        """A position on a chart that leaves: no more exact than the words beside it."""
        return rounded(value, self.outside_decimals(n))

    def finding_id(self, kind: str) -> str:
        """`change.swemwbs.total.service-users`, and `.site-2` where the second site was chosen."""
        base = f"{kind}.{self.measure.slug}"
        if self.site is None:
            return base
        return f"{base}.site-{sites(self.scores.study).index(self.site) + 1}"

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """All groups of people of this measure, by key.

        The six groups of before and after and the steps of the trail; and, where a site or one of several roles was
        chosen, the whole group that they are part of, so that what may leave does not depend on what left first.
        """
        found = {group.key: group for group in (*self._measured(), *self._counted())}
        found.update((group.key, group) for group in self._context())
        return found

    def _measured(self) -> Iterable[Group]:
        for key, people in self._answered(self.pairs).items():
            yield Group(key, f"{self.who}, {key}", self.measure.key, people)

    def _counted(self) -> Iterable[Group]:
        measure = FIELDWORK if self.site is None else FIELDWORK_BY_SITE
        for step, people in self._steps(self.pairs, self.trail, self.site).items():
            yield Group(step, f"{self.who}, {step}", measure, people)

    def _context(self) -> Iterable[Group]:
        whole = self.whole_roles
        if self.site is None and whole == self.measure.roles:
            return
        pairs = self._pairs(whole, None)
        for key, people in self._answered(pairs).items():
            yield Group(CONTEXT + key, f"whole group, {key}", self.measure.key, people)
        if self.site is not None:
            trail = self.scores.trail(self.measure.instrument, self.measure.scale, whole, None)
            for step, people in self._steps(pairs, trail, None).items():
                yield Group(CONTEXT + step, f"whole group, {step}", FIELDWORK, people)

    @cached_property
    def whole_roles(self) -> tuple[str, ...]:
        """The roles of the whole group that the chosen ones belong to, as far as they answered."""
        table = self.scores.of(self.measure.instrument)
        if not self.measure.roles or ROLE not in table:
            return self.measure.roles
        group = next(members for members in ROLE_GROUPS.values() if self.measure.roles[0] in members)
        return choose_roles(table[ROLE].dropna().unique(), group)

    def _pairs(self, roles: tuple[str, ...], site: str | None) -> Pairs:
        return self.scores.pairs(self.measure.instrument, self.measure.scale, roles, site)

    def _answered(self, pairs: Pairs) -> dict[str, frozenset[str]]:
        matched, before, after = (self._people(one.index) for one in (pairs.matched, pairs.pre_only, pairs.post_only))
        return {
            ALL_PRE: matched | before,
            ALL_POST: matched | after,
            MATCHED_PRE: matched,
            MATCHED_POST: matched,
            PRE_ONLY: before,
            POST_ONLY: after,
        }

    def _steps(self, pairs: Pairs, trail: Trail, site: str | None) -> dict[str, frozenset[str]]:
        """Who came as far as each step of the trail, and who answered neither time."""
        people = trail.people
        asked = self._people(people[RESPONDENT_ID])
        consented = self._people(people.loc[people["last_step"] != STEPS[0], RESPONDENT_ID])
        groups = self._answered(pairs)
        answered = {wave: self._who_answered(wave, asked) for wave in (PRE, POST)}
        found = {
            "asked": asked,
            "consented": consented,
            "answered pre": answered[PRE],
            "answered post": answered[POST],
            "scored pre": groups[ALL_PRE],
            "scored post": groups[ALL_POST],
            "matched": groups[MATCHED_PRE],
            "used": self._people(people.loc[people["last_step"] == STEPS[-1], RESPONDENT_ID]),
            NEITHER: asked - answered[PRE] - answered[POST],
            "before only": groups[PRE_ONLY],
            "after only": groups[POST_ONLY],
        }
        return found

    def _who_answered(self, wave: str, asked: frozenset[str]) -> frozenset[str]:
        return self._people(self.scores.answered(self.measure.instrument, self.measure.scale, wave)) & asked

    def _people(self, names: Iterable[Hashable]) -> frozenset[str]:
        return frozenset(self.name_people(names))

    def name_people(self, names: Iterable[Hashable]) -> tuple[str, ...]:
        """`role|identifier` of each, in order; a name "identifier (role)" holds its own role already."""
        roles = self.scores.roles_of_people(self.measure.instrument, self.whole_roles)
        default = (self.measure.roles or ("",))[0]
        return tuple(f"{roles.get(name, default)}|{name}" for name in names)


def known_people(table: pd.DataFrame, column: str) -> frozenset[Hashable]:
    """Identifiers of those of whom a column of a table is known."""
    if column not in table or RESPONDENT_ID not in table:
        return frozenset()
    return frozenset(table.loc[table[column].notna(), RESPONDENT_ID])


def source_of(basis: Basis) -> str:
    """Which questionnaire, with its copyright line."""
    instrument = load_instrument(basis.measure.instrument)
    return f"Questionnaire: {instrument.full_name}. {instrument.licence}"


def files_of(basis: Basis) -> tuple[str, ...]:
    """Names of the files that hold the answers and the people asked."""
    return tuple(intake.name for intake in basis.scores.study.intakes if intake.kind in ("responses", "roster"))
