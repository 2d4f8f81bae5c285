"""The rule table of what may be said of a change: its rules and its limits, read from `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from evalcore.claims.facts import CONDITIONS
from evalcore.errors import DefinitionError

States = Mapping[str, str | bool]
Conditions = Mapping[str, tuple[str | bool, ...]]
"""For each state that is asked for, the values that will do."""

_ANY_PAIRS = (0, -1)
"""The most is below the fewest where there is no upper limit."""


@dataclass(frozen=True)
class Rule:
    """One row of the rule table: its conditions, its strength and its three templates."""

    name: str
    fewest: int
    most: int
    when: Conditions
    strength: int
    title: str
    sentence: str
    caution: str

    @property
    def interval(self) -> str | None:
        """The state of the interval that the rule asks for; None where any will do."""
        return _only(self.when, "interval")

    @property
    def equal(self) -> bool:
        """Whether the rule asks for changes that are all equal."""
        return self.when.get("equal") == (True,)

    @property
    def direction(self) -> str | None:
        """The direction that the rule asks for; None where any will do."""
        return _only(self.when, "direction")

    def fits(self, n_pairs: int, states: States) -> bool:
        """Whether every condition of the rule holds."""
        return _hold(self.fewest, self.most, self.when, n_pairs, states)


@dataclass(frozen=True)
class Limit:
    """One reason why nothing stronger is said: its conditions, the highest strength it allows, and its template."""

    name: str
    fewest: int
    most: int
    when: Conditions
    cap: int | None
    reason: str

    def holds(self, n_pairs: int, states: States) -> bool:
        """Whether every condition of the limit holds."""
        return _hold(self.fewest, self.most, self.when, n_pairs, states)


@dataclass(frozen=True)
class RuleTable:
    """Rules and limits in order, their phrases, what each strength allows, forbidden words, the share of missing."""

    rules: tuple[Rule, ...]
    limits: tuple[Limit, ...]
    phrases: Mapping[str, Mapping[str, str]]
    levels: tuple[str, ...]
    forbidden: tuple[str, ...]
    most_missing: float


@lru_cache(maxsize=1)
def rule_table() -> RuleTable:
    """The rule table as it stands in `rules.toml`.

    Raises
    ------
    DefinitionError
        A rule or a limit has a fault; all faults are named at once.

    Examples
    --------
    >>> rule_table().rules[0].name, rule_table().rules[0].strength
    ('no pairs', 0)
    """
    text = resources.files("evalcore.claims").joinpath("rules.toml").read_text(encoding="utf-8")
    return read_rules(text)


def read_rules(text: str) -> RuleTable:
    """Read a rule table from TOML text.

    >>> read_rules("[[rule]]\\nname = 'a'\\npairs = [0, 0]\\nstrength = 0\\ntitle = 't'\\n")
    Traceback (most recent call last):
    ...
    evalcore.errors.DefinitionError: rules.toml can not be used: rule 'a' has no sentence, caution
    """
    raw = tomllib.loads(text)
    rules, limits = raw.get("rule", []), raw.get("limit", [])
    faults = [
        *_faults("rule", rules, ("pairs", "strength", "title", "sentence", "caution"), ()),
        *_faults("limit", limits, ("reason",), ("pairs", "cap")),
    ]
    if faults:
        raise DefinitionError("rules.toml", tuple(faults))
    return RuleTable(
        rules=tuple(_rule(rule) for rule in rules),
        limits=tuple(_limit(limit) for limit in limits),
        phrases=raw.get("phrases", {}),
        levels=tuple(raw.get("levels", ())),
        forbidden=tuple(raw.get("forbidden", ())),
        most_missing=raw.get("missing", {}).get("most", 0.0),
    )


def _faults(
    what: str, rows: list[Mapping[str, Any]], needed: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[str]:
    known = {"name", *needed, *optional, *CONDITIONS}
    for at, row in enumerate(rows, start=1):
        name = f"{what} '{row.get('name', at)}'"
        lacking = [key for key in needed if key not in row]
        if lacking:
            yield f"{name} has no {', '.join(lacking)}"
        unknown = sorted(set(row) - known)
        if unknown:
            yield f"{name} has {', '.join(unknown)}, which no rule knows"


def _rule(raw: Mapping[str, Any]) -> Rule:
    fewest, most = raw["pairs"]
    return Rule(raw["name"], fewest, most, _when(raw), raw["strength"], raw["title"], raw["sentence"], raw["caution"])


def _limit(raw: Mapping[str, Any]) -> Limit:
    fewest, most = raw.get("pairs", _ANY_PAIRS)
    return Limit(raw["name"], fewest, most, _when(raw), raw.get("cap"), raw["reason"])


def _when(raw: Mapping[str, Any]) -> Conditions:
    wanted = {key: raw[key] for key in CONDITIONS if key in raw}
    return {key: tuple(value) if isinstance(value, list) else (value,) for key, value in wanted.items()}


def _hold(fewest: int, most: int, when: Conditions, n_pairs: int, states: States) -> bool:
    in_range = fewest <= n_pairs and (most < fewest or n_pairs <= most)
    return in_range and all(states[key] in values for key, values in when.items())


def _only(when: Conditions, key: str) -> str | None:
    values = when.get(key, ())
    return str(values[0]) if len(values) == 1 else None
