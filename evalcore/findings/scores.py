"""The scores of one study while findings are built: each instrument is scored once, each measure matched once."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

import pandas as pd

from evalcore.columns import RESPONDENT_ID, ROLE, SCALE, SITE, WAVE
from evalcore.instruments import list_instruments, load_instrument
from evalcore.outcomes.description import describe
from evalcore.outcomes.dropout import Attrition, attrition
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.paired import PairedChange, paired_change
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.scoring import score
from evalcore.study import Study
from evalcore.trail import Trail, trail_from_scores

LEAST_FOR_AN_INTERVAL = 3

Found = TypeVar("Found")
Key = tuple[str, str, tuple[str, ...], str | None]
"""Instrument, scale, roles and site."""


class Scores:
    """A study's scores, pairs and trails, each computed when first asked for.

    It lives as long as one call (or one page run); it is not a cache across users or studies.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self._tables: dict[str, pd.DataFrame] = {}
        self._pairs: dict[Key, Pairs] = {}
        self._changes: dict[Key, PairedChange] = {}
        self._trails: dict[Key, Trail] = {}
        self._descriptions: dict[Key, pd.DataFrame] = {}
        self._attritions: dict[Key, Attrition] = {}
        self._answered: dict[str, dict[tuple[str, str], list[Hashable]]] = {}
        self._roles: dict[tuple[str, tuple[str, ...]], dict[Hashable, str]] = {}
        self._made: dict[Hashable, object] = {}
        self._of_site: dict[str, frozenset[str]] = {}

    @cached_property
    def instruments(self) -> tuple[str, ...]:
        """Identifiers of the instruments that somebody answered."""
        columns = set(self.study.responses.columns)
        asked = [name for name in list_instruments() if columns.intersection(_columns_of(name))]
        return tuple(name for name in asked if not self.of(name).empty)

    def of(self, instrument: str) -> pd.DataFrame:
        """The scores of one instrument, all scales, all people."""
        if instrument not in self._tables:
            self._tables[instrument] = score(self.study.responses, instrument)
        return self._tables[instrument]

    def pairs(self, instrument: str, scale: str, roles: tuple[str, ...], site: str | None = None) -> Pairs:
        """The matched pairs of one scale, for these roles and this site."""
        key = (instrument, scale, roles, site)
        if key not in self._pairs:
            self._pairs[key] = match_scores(
                self.of(instrument), instrument=instrument, scale=scale, role=roles or None, site=site
            )
        return self._pairs[key]

    def change(self, instrument: str, scale: str, roles: tuple[str, ...], site: str | None = None) -> PairedChange:
        """The matched change without a bootstrap."""
        key = (instrument, scale, roles, site)
        if key not in self._changes:
            self._changes[key] = paired_change(self.pairs(*key), resamples=0)
        return self._changes[key]

    def trail(self, instrument: str, scale: str, roles: tuple[str, ...], site: str | None = None) -> Trail:
        """Who was asked and how far each person came, on one scale."""
        key = (instrument, scale, roles, site)
        if key not in self._trails:
            self._trails[key] = trail_from_scores(
                self.study,
                self.of(instrument),
                instrument,
                scale=scale,
                role=roles or None,
                site=site,
                pairs=self.pairs(instrument, scale, roles, site),
            )
        return self._trails[key]

    def description(self, instrument: str, scale: str, roles: tuple[str, ...], site: str | None = None) -> pd.DataFrame:
        """`describe` of the pairs, without the intervals of two people, which reach far beyond any scale."""
        key = (instrument, scale, roles, site)
        if key not in self._descriptions:
            table = describe(self.pairs(*key))
            table.loc[table["n"] < LEAST_FOR_AN_INTERVAL, ["ci_low", "ci_high"]] = math.nan
            self._descriptions[key] = table
        return self._descriptions[key]

    def attrition(self, instrument: str, scale: str, roles: tuple[str, ...], site: str | None = None) -> Attrition:
        """Those who stayed beside those who left."""
        key = (instrument, scale, roles, site)
        if key not in self._attritions:
            self._attritions[key] = attrition(self.pairs(*key), self.study.roster, self.study.cases)
        return self._attritions[key]

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What `make` gives, made once for these scores; `key` names it and all that it depends on."""
        if key not in self._made:
            self._made[key] = make()
        return cast(Found, self._made[key])

    def answered(self, instrument: str, scale: str, wave: str) -> Sequence[Hashable]:
        """Identifiers of everyone who answered at least one question of a scale at one wave."""
        if instrument not in self._answered:
            table = self.of(instrument)
            found: dict[tuple[str, str], list[Hashable]] = {}
            for name, of_scale, at_wave in zip(table[RESPONDENT_ID], table[SCALE], table[WAVE], strict=True):
                found.setdefault((of_scale, at_wave), []).append(name)
            self._answered[instrument] = found
        return self._answered[instrument].get((scale, wave), [])

    def roles_of_people(self, instrument: str, roles: tuple[str, ...]) -> Mapping[Hashable, str]:
        """Each identifier's role among `roles`, from the roster and from the answers."""
        key = (instrument, roles)
        if key not in self._roles:
            found: dict[Hashable, str] = {}
            for table in (self.study.roster, self.of(instrument)):
                if ROLE in table and RESPONDENT_ID in table:
                    rows = table.loc[table[ROLE].isin(roles), [RESPONDENT_ID, ROLE]]
                    found.update(zip(rows[RESPONDENT_ID], rows[ROLE].astype(str), strict=True))
            self._roles[key] = found
        return self._roles[key]

    def people_of(self, site: str) -> frozenset[str]:
        """Identifiers of everyone whom any table places at a site."""
        if site not in self._of_site:
            tables = (self.study.responses, self.study.roster, self.study.cases)
            found = [t.loc[t[SITE] == site, RESPONDENT_ID] for t in tables if SITE in t and RESPONDENT_ID in t]
            self._of_site[site] = frozenset(name for ids in found for name in ids)
        return self._of_site[site]


def _columns_of(instrument: str) -> set[str]:
    """Every column that an instrument can be scored from, those of a longer form among them."""
    found = load_instrument(instrument)
    return {*found.columns, *(item.also for item in found.items if item.also)}
