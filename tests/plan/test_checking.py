"""What keeps a plan or a rival explanation from being kept, all of it at once, in words that quote nothing."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import DefinitionError
from evalcore.plan import (
    LONGEST,
    LONGEST_RIVAL,
    Outcome,
    Plan,
    Rival,
    check_plan,
    check_rival,
    cleaned,
    cleaned_rival,
    draft_problems,
    fixed,
    plan_problems,
    plannable,
    rival_problems,
    rival_words,
    usual_rivals,
)
from tests.plan.made import GSE, SWEMWBS, moment, plan, plans

GOOD = plan(Outcome(GSE, "higher", 2.0, "Agreed."))


def with_outcome(**changes) -> dict[str, object]:
    return {"outcomes": (dataclasses.replace(GOOD.outcomes[0], **changes),)}


WEEK = ("2026-W18-7T09:00:00+00:00", "20260503T090000+00:00")
FAULTS = [
    ({"outcomes": ()}, "name at least one main outcome"),
    (with_outcome(main=False), "name at least one main outcome"),
    ({"outcomes": GOOD.outcomes * 2}, "name each outcome once; GSE, service users stands 2 times"),
    (with_outcome(measure="gse.totl.staff"), "choose outcomes from the questionnaires that are known here; one is not"),
    (with_outcome(direction="up"), "choose a direction for GSE, service users: higher, lower or either"),
    (with_outcome(smallest_change=-1.0), "the smallest change of GSE, service users must be above 0"),
    (with_outcome(smallest_change=0.0), "the smallest change of GSE, service users must be above 0"),
    (with_outcome(smallest_change=float("nan")), "the smallest change of GSE, service users must be above 0"),
    (
        with_outcome(smallest_change=31.0),
        "the smallest change of GSE, service users is larger than its whole scale of 30 points",
    ),
    (with_outcome(threshold_reason=""), "say why the smallest change of GSE, service users matters"),
    (
        with_outcome(threshold_reason="x" * (LONGEST["reason"] + 1)),
        "shorten the reason for GSE, service users to 300 characters",
    ),
    ({"exclusions": "x" * (LONGEST["exclusions"] + 1)}, "shorten whose answers are left out to 1500 characters"),
    ({"family": ""}, "say which tests are corrected together"),
    ({"author": "x" * (LONGEST["author"] + 1)}, "shorten the name to 80 characters"),
    ({"author": "a\x00b"}, "take out of the name what can not be printed"),
    ({"after_answers": -1}, "the number of questionnaires after must be 0 or more"),
    *(
        ({"written_at": stamp}, "the time at which it was fixed must be written in UTC, like 2026-05-03T09:00:00+00:00")
        for stamp in (
            "",
            "yesterday",
            "2026-05-03T09:00:00",
            "2026-05-03T09:00:00+01:00",
            "2026-05-03",
            "2026-05-03T09:00:00Z",
            *WEEK,
        )
    ),
    (
        {"replaces": dataclasses.replace(GOOD, written_at=moment(9))},
        "a plan can not be older than the one that it replaces; look at the clock of this computer",
    ),
    ({"replaces": dataclasses.replace(GOOD, family="")}, "say which tests are corrected together"),
]


def test_a_good_plan_has_no_fault() -> None:
    assert plan_problems(GOOD) == ()
    check_plan(GOOD)


@pytest.mark.parametrize(("change", "problem"), FAULTS)
def test_each_fault_is_said(change: dict[str, object], problem: str) -> None:
    bad = dataclasses.replace(GOOD, **change)
    assert plan_problems(bad) == (problem,)
    with pytest.raises(DefinitionError) as raised:
        check_plan(bad)
    assert raised.value.problems == (problem,)


def test_every_fault_is_said_at_once() -> None:
    bad = Plan((Outcome(GSE, "up", -1.0, main=False), Outcome("x")), "", "", "", "", -1)
    assert len(plan_problems(bad)) == 7


@pytest.mark.parametrize("size", [0.1, 30.0])
def test_a_smallest_change_may_be_as_large_as_the_scale(size: float) -> None:
    assert plan_problems(plan(Outcome(GSE, "higher", size, "x"))) == ()


def test_a_form_is_checked_before_it_has_a_time() -> None:
    assert draft_problems([Outcome(GSE)], "", "x", "") == ()
    assert draft_problems([Outcome(GSE, smallest_change=1.0, threshold_reason=" \n ")], "", "x", "") == (
        "say why the smallest change of GSE, service users matters",
    )


@given(st.text(max_size=80))
def test_cleaning_leaves_only_what_can_be_seen(text: str) -> None:
    found = cleaned(text)
    assert cleaned(found) == found
    assert all(one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Co", "Cs") for one in found)
    assert isinstance(found.encode(), bytes)


def test_typed_text_is_kept_letter_for_letter() -> None:
    typed = 'Nobody <b>under</b> 18 & "those" *who* left\nà la carte, 漢字, 🙂'
    made = fixed(None, [Outcome(GSE)], f"  {typed} ", "x", "", at=moment(0), after_answers=0)
    assert made.exclusions == typed


@given(plans())
def test_what_can_be_fixed_has_no_fault(made: Plan) -> None:
    assert plan_problems(made) == ()


def test_every_score_of_every_questionnaire_can_be_planned_without_data() -> None:
    assert len(plannable()) == 21
    assert all(one.span > 0 and one.unit for one in plannable().values())
    assert {slug.split(".")[2] for slug in plannable()} == {"service-users", "staff-and-volunteers", "people"}


@pytest.mark.parametrize(
    ("rival", "problem"),
    [
        (Rival(""), "say what could explain a change"),
        *(
            (Rival(**{"what": "x", name: "x" * (most + 1)}), f'shorten "{name}" to {most} characters')
            for name, most in LONGEST_RIVAL.items()
        ),
        (Rival("x", when="\x00"), 'take out of "when" what can not be printed'),
    ],
)
def test_each_fault_of_a_rival_is_said(rival: Rival, problem: str) -> None:
    assert rival_problems(rival) == (problem,)
    with pytest.raises(DefinitionError, match="The explanation can not be used"):
        check_rival(rival)


def test_a_rival_is_one_phrase_and_its_repr_names_nothing() -> None:
    rival = cleaned_rival(Rival(" A new\nmanager", "June 2026 ", "Site 2", "Contact was\tmore regular."))
    assert rival_words([rival]) == ("A new manager (June 2026, Site 2): Contact was more regular",)
    assert rival_words([Rival("An office move.")]) == ("An office move",)
    assert rival_words([Rival("An office move", where="Site 2")]) == ("An office move (Site 2)",)
    assert rival_words([]) == ()
    assert repr(rival) == "Rival()"


def test_the_usual_rivals_fit_into_the_fields() -> None:
    assert [rival_problems(Rival(one.what, why=one.why)) for one in usual_rivals()] == [()] * 7
    assert SWEMWBS in plannable()
