"""What may be said of a change: every branch of the rule table is printed, reviewed and held."""

import math
import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.claims import ChangeFacts, claim_change, read_rules, rule_table
from evalcore.errors import DefinitionError

PRINTED = Path(__file__).parent / "every_branch.md"
PAIRS = (0, 1, 2, 3, 9, 10, 29, 30, 2000)
INTERVALS = {"covers zero": 2.4, "clear of zero": 0.5, "none": math.nan}


def facts(n, change=1.25, margin=2.4, *, asked=40, equal=False):
    has_interval = n > 2 and not equal and not math.isnan(margin)
    return ChangeFacts(
        who="service users",
        measure="SWEMWBS",
        unit="points",
        n_pairs=n,
        n_asked=asked,
        mean_pre=21.4743 if n else None,
        mean_post=21.4743 + change if n else None,
        mean_change=change if n else None,
        ci_low=change - margin if has_interval else None,
        ci_high=change + margin if has_interval else None,
        p_value=0.0412 if n > 2 and not equal else None,
        all_equal=equal and n > 1,
    )


def every_case():
    for n, (interval, margin), change, equal in product(PAIRS, INTERVALS.items(), (1.25, -1.25, 0.0), (False, True)):
        if interval == "clear of zero" and change == 0:
            continue
        yield f"{n} pairs, interval {interval}, change {change:+}, equal {equal}", facts(n, change, margin, equal=equal)
    for n, asked in ((0, None), (0, 1), (1, 1), (7, 7), (7, 8), (7, None)):
        yield f"{n} pairs, {asked} asked", facts(n, asked=asked)


def printed():
    lines = ["# Every branch of the claim rules, with an example sentence", "", "Written by `test_claims.py`.", ""]
    seen = set()
    for case, known in every_case():
        claim = claim_change(known, decimals=1)
        words = (claim.title, claim.sentence, claim.caution)
        if words in seen:
            continue
        seen.add(words)
        lines += [f"## {case}", "", f"rule: {claim.rule}; strength {claim.strength}", ""]
        lines += [f"- **{claim.title}**", f"- {claim.sentence}", f"- *{claim.caution}*", ""]
    return "\n".join(lines)


def test_every_branch_is_printed_and_reviewed():
    assert printed() == PRINTED.read_text(encoding="utf-8"), f"read the difference, then write {PRINTED.name} anew"


def test_every_rule_is_reached():
    reached = {claim_change(known, decimals=1).rule for _, known in every_case()}
    assert reached == {rule.name for rule in rule_table().rules}


@pytest.mark.parametrize("case", [case for case, _ in every_case()])
def test_no_forbidden_word_and_nothing_empty(case):
    claim = claim_change(dict(every_case())[case], decimals=1)
    for text in (claim.title, claim.sentence, claim.caution):
        assert text.strip()
        assert "{" not in text
        assert not re.search(r"\bnan\b|None(?! of)", text)
        assert not [word for word in rule_table().forbidden if re.search(rf"\b{word}", text.lower())]


def test_the_list_of_forbidden_words_is_the_agreed_one():
    assert {"significan", "caused", "improv", "effective", "worked", "impact"} <= set(rule_table().forbidden)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 9, 10, 29])
def test_no_p_below_thirty_pairs(n):
    claim = claim_change(facts(n), decimals=1)
    assert "p = " not in f"{claim.title} {claim.sentence} {claim.caution}"


def test_a_test_from_thirty_pairs_on():
    assert "p = 0.041" in claim_change(facts(30), decimals=1).sentence


@pytest.mark.parametrize("n", [3, 9])
def test_below_ten_pairs_the_interval_is_a_measure_of_how_little_is_known(n):
    assert "how little is known" in claim_change(facts(n), decimals=1).caution


def test_too_few_to_tell_only_from_ten_to_twenty_nine_pairs_over_zero():
    said = {
        (n, name)
        for n, (name, margin) in product(PAIRS, INTERVALS.items())
        if "too few to tell" in claim_change(facts(n, margin=margin), decimals=1).title.lower()
    }
    assert said == {(10, "covers zero"), (29, "covers zero")}


def test_the_sentence_says_how_many_asked_people_are_not_in_it():
    sentence = claim_change(facts(7, asked=27), decimals=1).sentence
    assert "7 of the 27 service users asked answered both times, so 20 are not in this figure" in sentence


def test_numbers_have_no_more_decimals_than_asked_for():
    claim = claim_change(facts(12, change=1.2345), decimals=1)
    assert not re.findall(r"\d\.\d{2,}", f"{claim.title} {claim.sentence}")


def test_a_change_that_rounds_to_zero_has_no_direction():
    claim = claim_change(facts(12, change=0.04, margin=2), decimals=1)
    assert not re.search("higher|lower", claim.title + claim.sentence)


@given(
    n=st.integers(0, 60),
    fewer=st.integers(0, 60),
    change=st.floats(-5, 5, allow_nan=False),
    margin=st.floats(0.001, 10),
    wider=st.floats(0, 10),
    equal=st.booleans(),
)
def test_fewer_pairs_or_a_wider_interval_never_raise_the_strength(n, fewer, change, margin, wider, equal):
    strength = claim_change(facts(n, change, margin, equal=equal), decimals=1).strength
    with_fewer = claim_change(facts(min(n, fewer), change, margin, equal=equal), decimals=1).strength
    with_wider = claim_change(facts(n, change, margin + wider, equal=equal), decimals=1).strength
    assert max(with_fewer, with_wider) <= strength
    assert claim_change(facts(n, change, math.nan, equal=equal), decimals=1).strength <= strength


def test_a_faulty_rule_table_names_all_faults():
    with pytest.raises(DefinitionError) as raised:
        read_rules("[[rule]]\nname = 'a'\npairs = [0, 0]\n[[rule]]\nname = 'b'\nstrength = 1\n")
    assert len(raised.value.problems) == 2


if __name__ == "__main__":
    PRINTED.write_text(printed(), encoding="utf-8")
