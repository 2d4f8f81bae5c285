"""From a result to a title, a sentence and a caution; the rules are data."""

from evalcore.claims.change import ChangeFacts, Claim, RuleTable, claim_change, read_rules, rule_table

__all__ = ["ChangeFacts", "Claim", "RuleTable", "claim_change", "read_rules", "rule_table"]
