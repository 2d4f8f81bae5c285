"""What may be said of a change: every branch of the rule table is printed, reviewed and held."""

import math
import re
from itertools import product
from pathlib import Path

import pytest

from evalcore.claims import ChangeFacts, claim_change, read_rules, rule_table
from evalcore.errors import DefinitionError
from tests.claims.facts import FULL, INTERVALS, PAIRS, TOTALS, every_case, facts

PRINTED = Path(__file__).parent / "every_branch.md"
CASES = dict(every_case())


def said(known, decimals=1):
    return claim_change(known, decimals=decimals)


def words_of(claim):
    return (claim.title, claim.sentence, claim.caution, *claim.reasons)


def printed():
    lines = ["# Every branch of the claim rules, with an example sentence", "", "Written by `test_claims.py`.", ""]
    lines += [f"- {at}: {level}" for at, level in enumerate(rule_table().levels)]
    seen = set()
    for case, known in CASES.items():
        claim = said(known)
        without_numbers = re.sub(r"\d[\d.,]*", "#", " ".join(words_of(claim)))
        if without_numbers in seen:
            continue
        seen.add(without_numbers)
        lines += ["", f"## {case}", "", f"rule: {claim.rule}; strength {claim.strength}", ""]
        lines += [f"- **{claim.title}**", f"- {claim.sentence}", f"- *{claim.caution}*"]
        lines += [f"  - {reason}" for reason in claim.reasons]
    return "\n".join((*lines, ""))


def test_every_branch_is_printed_and_reviewed():
    assert printed() == PRINTED.read_text(encoding="utf-8"), f"read the difference, then write {PRINTED.name} anew"


def test_every_rule_and_every_limit_is_reached():
    table = rule_table()
    assert {said(known).rule for known in CASES.values()} == {rule.name for rule in table.rules}
    # Every template but its blanks: what stands between two blanks is found in some claim.
    reasons = [reason for known in CASES.values() for reason in said(known).reasons]
    for limit in table.limits:
        pattern = ".+".join(map(re.escape, re.split(r"\{\w+\}", limit.reason)))
        assert any(re.fullmatch(pattern, reason) for reason in reasons), limit.name


def test_every_phrase_is_used():
    spoken = " ".join(" ".join(words_of(said(known))) for known in CASES.values())
    for group in rule_table().phrases.values():
        for phrase in group.values():
            assert all(part in spoken for part in re.split(r"\{\w+\}", phrase)), phrase


def test_every_strength_is_reached_and_explained():
    strengths = {said(known).strength for known in CASES.values()}
    assert strengths == set(range(len(rule_table().levels)))


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_empty_unfilled_forbidden_or_more_exact_than_asked_for(case):
    claim = said(CASES[case])
    for text in words_of(claim):
        assert text.strip()
        assert not re.search(r"\{|\}|  | [.,;:)]|\.\.|–|\bnan\b|None(?! of)", text)
        assert text[-1] == "." or text == claim.title
        assert not [stem for stem in rule_table().forbidden if re.search(rf"\b{stem}", text.lower())]
        assert not re.findall(r"\d\.\d{2,}", re.sub(r"p [=<] \d\.\d{3}\b", "", text))
    assert len(set(claim.reasons)) == len(claim.reasons)
    assert bool(claim.reasons)


@pytest.mark.parametrize("case", CASES)
def test_a_verb_agrees_with_its_number(case):
    for text in words_of(said(CASES[case])):
        assert not re.search(r"\b1 of the [\d,]+ [\w ]+ (have|are)\b|\b1 (pairs|comparisons|people)\b", text)
        assert not re.search(r"\b(?!1 )\d+ of the [\d,]+ (people|service users) [a-z ]*has\b", text)
        assert not re.search(r"\b(of the|All) 1\b", text)


def test_the_list_of_forbidden_words_is_the_agreed_one():
    assert {"significan", "caused", "improv", "effective", "worked", "impact"} <= set(rule_table().forbidden)


@pytest.mark.parametrize("case", [case for case, known in CASES.items() if known.n_pairs < 30])
def test_no_p_below_thirty_pairs(case):
    assert not re.search(r"\bp [=<]|Holm|t-test", " ".join(words_of(said(CASES[case]))))


def test_a_test_from_thirty_pairs_on():
    assert "p = 0.041" in said(facts(30, p=0.0412)).sentence


@pytest.mark.parametrize("n", [3, 9])
def test_below_ten_pairs_the_interval_is_a_measure_of_how_little_is_known(n):
    claim = said(facts(n))
    assert "how little is known" in claim.caution
    assert claim.reasons[0] == f"{n} pairs: below 10 the figures only describe these people."


def test_too_few_to_tell_only_from_ten_to_twenty_nine_pairs_over_zero():
    found = {
        (n, name)
        for n, (name, margin) in product(PAIRS, INTERVALS.items())
        if "too few to tell" in said(facts(n, margin=margin)).title.lower()
    }
    assert found == {(10, "covers zero"), (29, "covers zero")}


# --- people who are missing --------------------------------------------------------------------------------------


def test_the_sentence_says_how_many_asked_people_are_not_in_it():
    sentence = said(facts(7, asked=27)).sentence
    assert "7 of the 27 service users asked have a score both times, so 20 are not in this figure" in sentence


def test_the_reasons_say_where_the_missing_went():
    reasons = said(facts(7, asked=27, before=18)).reasons
    assert "11 of the 18 people with a score before have none after." in reasons
    assert "9 of the 27 people asked have no score before." in reasons


@pytest.mark.parametrize(("asked", "many"), [(50, False), (51, True), (None, True)])
def test_above_a_fifth_missing_the_title_names_those_who_are_there_and_the_claim_is_capped(asked, many):
    claim = said(facts(40, margin=0.5, asked=asked, before=40, added=False))
    assert (claim.strength == 6) == many
    assert (claim.strength == 9) == (not many)
    assert ("with a score both times" in claim.title) == many


def test_people_on_no_list_count_as_missing_too():
    assert said(facts(40, margin=0.5, asked=40, before=80, added=False)).strength == 6


def test_a_count_that_is_not_known_is_not_said():
    claim = said(facts(7, asked=27))
    assert "20 of the 27 people asked do not have a score both times." in claim.reasons
    assert "score before" not in " ".join(claim.reasons)


# --- several comparisons, and a plan ------------------------------------------------------------------------------


def compared(n, p_adjusted, margin=0.5, **more):
    return said(facts(n, margin=margin, family=4, family_name=TOTALS, p_adjusted=p_adjusted, **FULL, **more))


@pytest.mark.parametrize("p_adjusted", [0.0501, 0.3, None, math.nan])
@pytest.mark.parametrize("n", [12, 40])
def test_an_interval_that_is_clear_alone_and_not_among_all_says_so(n, p_adjusted):
    claim = compared(n, p_adjusted)
    assert claim.strength == {12: 5, 40: 6}[n]
    assert claim.title.endswith("not clear as one of 4 comparisons")
    assert any("4 comparisons are in the family “the totals of these people”" in reason for reason in claim.reasons)


@pytest.mark.parametrize("n", [12, 40])
def test_an_interval_that_is_clear_among_all_is_not_capped(n):
    assert compared(n, 0.05).strength == {12: 7, 40: 9}[n]
    assert "comparisons" not in compared(n, 0.05).title


def test_the_adjusted_p_stands_beside_its_family_and_method_from_thirty_pairs_on():
    claim = compared(40, 0.1236, p=0.0412)
    family = "when adjusted by Holm's method for 4 comparisons, the totals of these people"
    assert f"paired t-test, p = 0.041, and p = 0.124 {family})" in claim.sentence


@pytest.mark.parametrize(("added", "strength"), [(False, 9), (True, 8), (None, 8)])
def test_only_what_was_planned_before_the_data_may_be_strongest(added, strength):
    claim = said(facts(40, margin=0.5, **{**FULL, "added": added}))
    assert claim.strength == strength
    assert ("not in a plan" in claim.caution) == (added is True)
    assert any("plan" in reason for reason in claim.reasons) == (added is not False)


def test_a_plan_does_not_speak_of_one_site():
    assert said(facts(40, margin=0.5, one_site=True, **FULL)).strength == 8


# --- numbers ------------------------------------------------------------------------------------------------------


def test_a_change_that_rounds_to_zero_has_no_direction_unless_the_interval_is_clear():
    covering, clear = said(facts(12, change=0.04, margin=2)), said(facts(12, change=0.04, margin=0.01))
    assert not re.search("higher|lower", covering.title + covering.sentence)
    assert "less than 0.1 points higher" in clear.title
    assert "less than 0.1 points higher" in clear.sentence


def test_nobody_is_said_to_have_the_same_score_twice_who_has_not():
    assert said(facts(7, 0.0, equal=True)).rule == "nobody changed"
    assert said(facts(7, 0.04, equal=True)).rule == "all changes equal"


def test_an_adjusted_p_that_is_written_alike_is_not_written_twice():
    sentence = compared(40, 0.00004, p=0.00001).sentence
    assert "p < 0.001, also when adjusted by Holm's method for 4 comparisons, the totals of these people)" in sentence
    assert "p = 1 when" in compared(40, 1.0, p=0.4, margin=2.4).sentence


def test_a_p_value_above_the_limit_is_not_written_as_the_limit():
    assert "p just above 0.05 when adjusted" in compared(40, 0.0504, p=0.0252).sentence
    assert "p = 0.050 when adjusted" in compared(40, 0.0496, p=0.0248).sentence


def test_an_interval_that_begins_at_zero_covers_no_fall():
    assert "covers no change as well as a rise" in said(facts(12, 1.25, 1.25)).caution
    assert "covers no change as well as a fall" in said(facts(12, -1.25, 1.25)).caution


def test_rounded_means_that_do_not_add_up_are_explained():
    aside = "The change is computed before rounding."
    assert aside in said(ChangeFacts("people", "GSE", "points", 2, 2, 20.04, 20.16, 0.12)).sentence
    assert aside not in said(ChangeFacts("people", "GSE", "points", 2, 2, 20.04, 20.24, 0.2)).sentence


# --- the table ----------------------------------------------------------------------------------------------------


def test_a_faulty_rule_table_names_all_faults():
    with pytest.raises(DefinitionError) as raised:
        read_rules(
            "[[rule]]\nname = 'a'\npairs = [0, 0]\n[[rule]]\nname = 'b'\nstrength = 1\n"
            "[[limit]]\nname = 'c'\nintervall = 'clear'\n"
        )
    assert len(raised.value.problems) == 4


if __name__ == "__main__":
    PRINTED.write_text(printed(), encoding="utf-8")
