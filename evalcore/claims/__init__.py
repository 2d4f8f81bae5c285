"""From a result to a title, a sentence, a caution and the reasons why nothing stronger is said; the rules are data."""

from evalcore.claims.change import Claim, claim_change
from evalcore.claims.facts import CLEAR, NO_INTERVAL, SPANS, ChangeFacts
from evalcore.claims.table import Limit, Rule, RuleTable, read_rules, rule_table

__all__ = [
    "CLEAR",
    "NO_INTERVAL",
    "SPANS",
    "ChangeFacts",
    "Claim",
    "Limit",
    "Rule",
    "RuleTable",
    "claim_change",
    "read_rules",
    "rule_table",
]
