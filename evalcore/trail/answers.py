"""Who answered, who has a score, and whose answers the study set aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import POST, PRE, RESPONDENT_ID, ROLE, SCORE, SITE, WAVE, WAVES
from evalcore.instruments import Instrument
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.pairs import Pairs
from evalcore.study import Study
from evalcore.trail.choice import Choice, present, values

Aside = Mapping[str, Collection[str]]


def items_of(questionnaire: Instrument, scale: str) -> set[str]:
    """Columns that a scale can be scored from, those of a longer form among them."""
    codes = questionnaire.scales[scale].items
    return {name for item in questionnaire.items if item.code in codes for name in (item.code, item.also) if name}


@dataclass(frozen=True)
class Answers:
    """Names of those who answered and of those with a score, by wave; who answered at another site; who had no role."""

    answered: Mapping[str, set[str]]
    scored: Mapping[str, set[str]]
    elsewhere: set[str]
    without_role: set[str]

    @property
    def anyone(self) -> set[str]:
        """Everyone who answered at least once."""
        return self.answered[PRE] | self.answered[POST]

    @property
    def matched(self) -> set[str]:
        """Everyone with a score at both waves."""
        return self.scored[PRE] & self.scored[POST]


def count_answers(rows: pd.DataFrame, choice: Choice, pairs: Pairs | None, *, measure: tuple[str, str]) -> Answers:
    """Count by `match_scores`, so that nobody is a pair there and not here."""
    roles, sites = choice.roles, choice.sites
    role = tuple(name for name in roles if name in present(rows, ROLE))
    site = tuple(name for name in sites if name in present(rows, SITE))
    people = list(zip(values(rows, RESPONDENT_ID), values(rows, ROLE), strict=True))
    roled = {who for who, its in people if its}
    without_role = {who for who, its in people if who and not its and who not in roled} if roles else set()
    here = {str(who) for who, its in people if who and (choice.has_role(its) or not its)}
    if rows.empty or (roles and not role) or (sites and not site):
        return Answers({PRE: set(), POST: set()}, {PRE: set(), POST: set()}, here if sites else set(), without_role)

    def paired(scores: pd.DataFrame) -> Mapping[str, set[str]]:
        instrument, scale = measure
        return _by_wave(match_scores(scores, instrument=instrument, scale=scale, role=role or None, site=site or None))

    scored = paired(rows) if pairs is None else _by_wave(pairs)
    answered = scored
    if rows[SCORE].isna().any():  # answered is what would be matched if every answer gave a score
        answered = paired(rows.assign(**{SCORE: rows[SCORE].fillna(0.0)}))
    elsewhere = here - answered[PRE] - answered[POST] - without_role if sites else set()
    return Answers(answered, scored, elsewhere, without_role)


def _by_wave(pairs: Pairs) -> Mapping[str, set[str]]:
    both = set(map(str, pairs.matched.index))
    return {PRE: both.union(map(str, pairs.pre_only.index)), POST: both.union(map(str, pairs.post_only.index))}


def find_set_aside(study: Study, items: Collection[str], choice: Choice) -> Aside:
    """Who handed in answers to these items, by wave, where the study set rows aside (for contradicting each other).

    Whoever is here and has not answered is someone whose rows were all set aside. Empty where no row was.
    """
    found: dict[str, set[str]] = {wave: set() for wave in WAVES}
    entries = study.entries
    if not (entries["reason"] != "").any():
        return found
    answered = entries[[column for column in entries if column in items]].notna().any(axis=1).tolist()
    cells = (values(entries, column) for column in (WAVE, RESPONDENT_ID, ROLE, SITE))
    for spoke, wave, who, role, site in zip(answered, *cells, strict=True):
        here = choice.has_role(role) and choice.has_site(site)
        if spoke and here and who and wave in found:
            found[wave].add(who)
    return found


def find_returned(study: Study, choice: Choice) -> set[tuple[str | None, str]]:
    """Wave and name of each row of the responses; the name plain and, for who stands in two roles, with the role."""
    columns = (values(study.responses, column) for column in (WAVE, RESPONDENT_ID, ROLE))
    rows = [(wave, who, role) for wave, who, role in zip(*columns, strict=True) if who and choice.has_role(role)]
    return {(wave, name) for wave, who, role in rows for name in (who, f"{who} ({role})")}
