"""How much is said: which words a number of pairs and an interval allow, from the rules that choose them."""

from collections.abc import Mapping
from string import Formatter

import streamlit as st

from evalcore.claims import CLEAR, NO_INTERVAL, SPANS, Limit, Rule, RuleTable, rule_table
from evalcore.methods import WordTable
from evalcore.wording import joined, upper_first
from pages._shared import listings
from pages.methods.parts import entries, folded

_BLANK = "…"
_INTERVALS = {CLEAR: "interval clear of 0", SPANS: "interval covers 0", NO_INTERVAL: "no interval"}
_NUMBERS = {"pre": "means", "change": "change", "interval": "interval", "p": "p"}


def draw() -> None:
    """Show what each number of pairs allows, and every rule where it is asked for."""
    st.header("How much is said", anchor=False, divider="gray")
    st.markdown(
        "Title, sentence and caution of a change follow by fixed rules from the number of matched pairs, the interval,"
        " who is missing, how many comparisons are made and what was planned. No rule says what brought a change about,"
        " and none praises a result."
    )
    table = rule_table()
    rows = tuple((_pairs(rule), _where(rule), _filled(rule.title, table), _numbers(rule)) for rule in table.rules)
    listings.words(WordTable("What is said of a change", ("Pairs", "Where", "Title", "Numbers"), rows))
    st.caption(f"The first rule that fits is used. {_BLANK} stands for a number, GSE for any questionnaire.")
    with folded("How strong a claim may be") as part:
        if part.open:
            entries((str(strength), f"{upper_first(allowed)}.") for strength, allowed in enumerate(table.levels))
            st.markdown("A claim is as strong as its rule, or as the lowest of these limits that holds:")
            entries((_most(limit), _filled(limit.reason, table)) for limit in table.limits)
    with folded("The caution that each rule brings") as part:
        if part.open:
            entries((upper_first(rule.name), _filled(rule.caution, table)) for rule in table.rules)


def _most(limit: Limit) -> str:
    return "No limit, but said" if limit.cap is None else f"At most {limit.cap}"


def _numbers(rule: Rule) -> str:
    fields = _fields(rule.sentence)
    return ", ".join(words for name, words in _NUMBERS.items() if name in fields) or "none"


def _pairs(rule: Rule) -> str:
    if rule.most < rule.fewest:
        return f"{rule.fewest} or more"
    return str(rule.fewest) if rule.most == rule.fewest else f"{rule.fewest} to {rule.most}"


def _where(rule: Rule) -> str:
    parts = [_INTERVALS[rule.interval]] if rule.interval else []
    if rule.equal:
        parts.append("all changes equal")
    if rule.direction:
        parts.append("mean change 0 as shown")
    if "family" in rule.when:
        parts.append("not clear when all comparisons are counted")
    return joined(parts) or "always"


def _filled(template: str, table: RuleTable) -> str:
    """A template with blanks for its numbers."""
    blanks = dict.fromkeys(_fields(template), _BLANK)
    higher = table.phrases["title_change"]["higher"].format(size=_BLANK, unit="points")
    words: Mapping[str, str] = {
        "who": "people",
        "measure": "GSE",
        "title_change": higher,
        "comparison": table.phrases["comparison"]["text"],
    }
    return template.format(**{**blanks, **words})


def _fields(template: str) -> set[str]:
    """Names of the blanks in a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}
