"""From the facts of a change to a title, a sentence and a caution; the rules are data, in `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from evalcore.errors import DefinitionError
from evalcore.wording import interval, number, p_value

CLEAR = "clear"
SPANS = "spans"
NO_INTERVAL = "none"


@dataclass(frozen=True)
class ChangeFacts:
    """What is known of one change between two waves.

    Attributes
    ----------
    who, measure, unit : str
        The people in the plural ("service users"), the measure ("SWEMWBS") and its unit ("points").
    n_pairs : int
        People with a score at both waves.
    n_asked : int or None
        People asked to take part; None where there is no list of them.
    mean_pre, mean_post, mean_change, ci_low, ci_high, p_value : float or None
        None or NaN where it can not be computed. The p value is said from 30 pairs on.
    all_equal : bool
        Every person changed by the same amount.
    confidence : float
        Of the interval.
    """

    who: str
    measure: str
    unit: str
    n_pairs: int
    n_asked: int | None = None
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_change: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p_value: float | None = None
    all_equal: bool = False
    confidence: float = 0.95

    @property
    def interval_state(self) -> str:
        """`none` where no interval could be computed, `spans` where it covers zero, else `clear`."""
        if self.ci_low is None or self.ci_high is None or self.ci_low != self.ci_low or self.ci_high != self.ci_high:
            return NO_INTERVAL
        return SPANS if self.ci_low <= 0 <= self.ci_high else CLEAR


@dataclass(frozen=True)
class Claim:
    """What may be said: an active title, a sentence, a caution, and the strength (0-7) of the rule that gave them."""

    title: str
    sentence: str
    caution: str
    strength: int
    rule: str = ""


@dataclass(frozen=True)
class Rule:
    """One row of the rule table: its conditions, its strength and its three templates."""

    name: str
    fewest: int
    most: int
    interval: str | None
    equal: bool | None
    direction: str | None
    strength: int
    title: str
    sentence: str
    caution: str

    def fits(self, facts: ChangeFacts, direction: str) -> bool:
        """Whether every condition of the rule holds."""
        return (
            self.fewest <= facts.n_pairs
            and (self.most < self.fewest or facts.n_pairs <= self.most)
            and self.interval in (None, facts.interval_state)
            and self.equal in (None, facts.all_equal)
            and self.direction in (None, direction)
        )


@dataclass(frozen=True)
class RuleTable:
    """All rules in order, the phrases that they share, and the words that no output may hold."""

    rules: tuple[Rule, ...]
    phrases: Mapping[str, Mapping[str, str]]
    forbidden: tuple[str, ...]


@lru_cache(maxsize=1)
def rule_table() -> RuleTable:
    """The rule table as it stands in `rules.toml`.

    Raises
    ------
    DefinitionError
        A rule lacks a condition or a template; all faults are named at once.

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
    needed = ("pairs", "strength", "title", "sentence", "caution")
    faults = []
    for number_, rule in enumerate(raw.get("rule", []), start=1):
        lacking = [key for key in needed if key not in rule]
        if lacking:
            faults.append(f"rule '{rule.get('name', number_)}' has no {', '.join(lacking)}")
    if faults:
        raise DefinitionError("rules.toml", tuple(faults))
    rules = tuple(_rule(rule) for rule in raw["rule"])
    return RuleTable(rules, raw.get("phrases", {}), tuple(raw.get("forbidden", ())))


def _rule(raw: Mapping[str, Any]) -> Rule:
    fewest, most = raw["pairs"]
    return Rule(
        name=raw["name"],
        fewest=fewest,
        most=most,
        interval=raw.get("interval"),
        equal=raw.get("equal"),
        direction=raw.get("direction"),
        strength=raw["strength"],
        title=raw["title"],
        sentence=raw["sentence"],
        caution=raw["caution"],
    )


def claim_change(facts: ChangeFacts, *, decimals: int) -> Claim:
    """Say what may be said of a change, by the first rule that fits.

    Parameters
    ----------
    facts : ChangeFacts
    decimals : int
        Decimals of every mean, change and interval in the words.

    Returns
    -------
    Claim
        `strength` runs from 0 (nothing can be described) to 7; fewer pairs or a wider interval never raise it.

    Raises
    ------
    DefinitionError
        No rule fits, which is a fault of the rule table.

    Notes
    -----
    The levels (0, 1, 2, 3-9, 10-29, 30 or more pairs) are those of "How much is said" in the project's definitions:
    below 10 pairs description only; "too few to tell" at 10-29 where the interval covers zero; a test from 30 on.

    Examples
    --------
    >>> facts = ChangeFacts("service users", "SWEMWBS", "points", 7, 27, 21.47, 22.35, 0.88, -1.95, 3.70)
    >>> claim = claim_change(facts, decimals=1)
    >>> claim.title, claim.strength
    ('Mean SWEMWBS was 0.9 points higher after than before among 7 service users', 3)
    """
    table = rule_table()
    direction = _direction(facts.mean_change, decimals)
    rule = next((rule for rule in table.rules if rule.fits(facts, direction)), None)
    if rule is None:
        raise DefinitionError("rules.toml", (f"no rule fits {facts.n_pairs} pairs",))
    words = _words(facts, table.phrases, decimals, direction)
    title, sentence, caution = (text.format(**words) for text in (rule.title, rule.sentence, rule.caution))
    return Claim(title, sentence, caution, rule.strength, rule.name)


def _words(
    facts: ChangeFacts, phrases: Mapping[str, Mapping[str, str]], decimals: int, direction: str
) -> dict[str, str]:
    missing = 0 if facts.n_asked is None else facts.n_asked - facts.n_pairs
    plain = {
        "who": facts.who,
        "measure": facts.measure,
        "unit": facts.unit,
        "n": f"{facts.n_pairs:,}",
        "asked": "" if facts.n_asked is None else f"{facts.n_asked:,}",
        "missing": f"{missing:,}",
        "are": "is" if missing == 1 else "are",
        "size": _size(facts.mean_change, decimals),
        "pre": number(facts.mean_pre, decimals),
        "post": number(facts.mean_post, decimals),
        "interval": interval(facts.ci_low, facts.ci_high, decimals),
        "confidence": f"{100 * facts.confidence:g}",
        "p": p_value(facts.p_value),
        "comparison": phrases["comparison"]["text"],
    }
    plain["change"] = phrases["change"][direction].format(**plain)
    plain["title_change"] = phrases["title_change"][direction].format(**plain)
    plain["share"] = phrases["share"][_share(facts)].format(**plain)
    return plain


def _size(change: float | None, decimals: int) -> str:
    return number(None if change is None else abs(change), decimals)


def _direction(change: float | None, decimals: int) -> str:
    """Higher, lower or the same, as the rounded number shows it."""
    if change is None or not _size(change, decimals).strip("0.,–"):
        return "same"
    return "higher" if change > 0 else "lower"


def _share(facts: ChangeFacts) -> str:
    if facts.n_asked is None:
        return "unknown"
    if facts.n_pairs == 0:
        return "none_of_one" if facts.n_asked == 1 else "none"
    if facts.n_pairs >= facts.n_asked:
        return "one" if facts.n_asked == 1 else "all"
    return "some"
