"""From the facts of a change to a title, a sentence, a caution and reasons; the rules are data, in `rules.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.claims.facts import ChangeFacts
from evalcore.claims.table import rule_table
from evalcore.claims.words import shown_as_zero, template_words
from evalcore.errors import DefinitionError


@dataclass(frozen=True)
class Claim:
    """What may be said of a change.

    Attributes
    ----------
    title, sentence, caution : str
        An active title; the sentence with its figures; what it can not show.
    strength : int
        0 (nothing can be described) to 9; `rule_table().levels` says what each allows.
    rule : str
        Name of the rule that gave the words.
    reasons : tuple of str
        Why nothing stronger is said, each a short sentence with its figure.
    """

    title: str
    sentence: str
    caution: str
    strength: int
    rule: str = ""
    reasons: tuple[str, ...] = ()


def claim_change(facts: ChangeFacts, *, decimals: int) -> Claim:
    """Say what may be said of a change: by the first rule that fits, and no more than the limits allow.

    Parameters
    ----------
    facts : ChangeFacts
    decimals : int
        Decimals of every mean, change and interval in the words.

    Returns
    -------
    Claim
        Fewer pairs, a wider interval, more people missing, more comparisons or an outcome that was added later never
        raise its strength.

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
    >>> facts = ChangeFacts(
    ...     "service users", "SWEMWBS", "points", 7, 27, 21.47, 22.35, 0.88, -1.95, 3.70, n_before=18
    ... )
    >>> claim = claim_change(facts, decimals=1)
    >>> claim.title, claim.strength
    ('Mean SWEMWBS was 0.9 points higher after than before among the 7 service users with a score both times', 3)
    >>> claim.reasons[0]
    '7 pairs: below 10 the figures only describe these people.'
    >>> claim.reasons[2]
    '11 of the 18 people with a score before have none after.'
    """
    table = rule_table()
    direction = facts.direction(shown_as_zero(facts.mean_change, decimals))
    states = facts.states(table.most_missing, direction)
    rule = next((rule for rule in table.rules if rule.fits(facts.n_pairs, states)), None)
    if rule is None:
        raise DefinitionError("rules.toml", (f"no rule fits {facts.n_pairs} pairs",))
    limits = [limit for limit in table.limits if limit.holds(facts.n_pairs, states)]
    words = template_words(facts, table.phrases, states, decimals)
    title, sentence, caution, *reasons = (
        _filled(text, words) for text in (rule.title, rule.sentence, rule.caution, *(one.reason for one in limits))
    )
    strength = min((rule.strength, *(one.cap for one in limits if one.cap is not None)))
    return Claim(title, sentence, caution, strength, rule.name, tuple(reasons))


def _filled(template: str, words: dict[str, str]) -> str:
    """The template with its blanks filled; a phrase that is empty leaves no gap."""
    return " ".join(template.format(**words).split())
