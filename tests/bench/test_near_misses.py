"""Near misses of a study: who is compared, what stands beside, the order, and what was decided."""

from __future__ import annotations

import pytest

from evalcore.bench import near_miss_note, near_misses
from evalcore.decisions import SamePerson
from evalcore.sample import sample_study
from tests.assembly_studies import answers, cases, roster, study_of


def shown(study):
    return [(miss.found, miss.respondent_id, miss.slip) for miss in near_misses(study)]


def test_whoever_is_matched_is_left_out():
    study = study_of(answers("a.csv", "A01 pre 3", "A01 post 3", "AO1 pre 3", "B01 pre 2", "BO1 post 2", "B02 post 2"))
    assert shown(study) == [("BO1", "B01", "O for 0")]


def test_spellings_that_are_each_matched_are_two_people():
    lines = [f"{who} {wave} 3" for who in ("AB1", "ab1") for wave in ("pre", "post")]
    assert shown(study_of(answers("a.csv", *lines))) == []
    assert shown(study_of(answers("a.csv", *lines[:3]))) == [("ab1", "AB1", "case or punctuation")]


def test_two_answers_at_one_wave_are_no_near_miss_but_two_people():
    assert shown(study_of(answers("a.csv", "A01 pre 3", "AO1 pre 3"))) == []


@pytest.mark.parametrize(
    ("before", "after", "n"), [("staff", "volunteer", 0), ("staff", "staff", 1), (".", "staff", 1)]
)
def test_roles_are_never_mixed(before, after, n):
    study = study_of(answers("a.csv", f"A01 pre 3 {before}", f"AO1 post 3 {after}", more="role"))
    assert len(near_misses(study)) == n
    assert {miss.role for miss in near_misses(study)} <= {"staff"}


def test_answers_off_the_roster_are_held_against_the_roster_without_answers():
    files = answers("a.csv", "AO1 pre 3", "AO1 post 3", "C1 pre 2", "C1 post 2"), roster("A01,staff,,", "C1,staff,,")
    assert shown(study_of(*files)) == [("AO1", "A01", "O for 0")]
    decided = study_of(*files).decide(near_misses(study_of(*files))[0].decision(same=True))
    assert set(decided.responses["respondent_id"]) == {"A01", "C1"}
    assert shown(decided) == []


@pytest.mark.parametrize(
    ("more", "stays"), [((), "AO1"), ((cases("A01,,,"),), "A01"), ((cases("A01,,,"), roster("AO1,,,")), "AO1")]
)
def test_which_identifier_would_stay(more, stays):
    study = study_of(answers("a.csv", "AO1 pre 3", "A01 post 3"), *more)
    assert [miss.respondent_id for miss in near_misses(study)] == [stays]


def test_what_is_known_stands_side_by_side():
    study = study_of(
        answers("a.csv", "A01 pre 3 North 2026-02-01", "AO1 post 3 South 2026-05-20", more="site completed_on"),
        roster("A01,service user,,"),
        cases("A01,North,f,30"),
    )
    (miss,) = near_misses(study)
    assert (miss.found, miss.respondent_id, miss.role) == ("AO1", "A01", "service user")
    assert miss.agrees == {"dates": "before on 2026-02-01, after on 2026-05-20", "roster": "one of them stands on it"}
    assert miss.differs == {"site": "South, North"}
    assert miss.unknown == ("role", "sex", "age")
    assert miss.beside["sex"] == ("", "female")
    assert miss.beside["age"] == ("", "30")
    assert miss.beside["answered"] == ("after only", "before only")
    assert miss.where == "AO1: after only, not on the roster; A01: before only, on the roster, in the case file"


def test_an_answer_after_that_comes_before_the_other_speaks_against():
    lines = "A01 pre 3 2026-05-01", "AO1 post 3 2026-02-20"
    (miss,) = near_misses(study_of(answers("a.csv", *lines, more="completed_on")))
    assert "dates" in miss.differs


def test_the_most_telling_slip_comes_first_and_those_that_disagree_last():
    before = "AB12 pre 3 North", "C07 pre 3 North", "D01 pre 3 North"
    after = "AB21 post 3 North", "AB1 post 3 North", "C7 post 3 South", "DO1 post 3 ."
    study = study_of(answers("a.csv", *before, *after, more="site"))
    assert shown(study) == [
        ("DO1", "D01", "O for 0"),
        ("AB21", "AB12", "two neighbours swapped"),
        ("AB1", "AB12", "dropped character"),
        ("C7", "C07", "leading zero"),
    ]


def test_two_lines_of_the_roster_speak_against():
    (miss,) = near_misses(study_of(answers("a.csv", "AO1 pre 3", "A01 post 3"), roster("A01,,,", "AO1,,,")))
    assert miss.differs["roster"] == "both stand on it"


@pytest.mark.parametrize("role", [None, "staff"])
@pytest.mark.parametrize("pair", [("AO1", "A01"), ("A01", "AO1"), ("ao-1", "a 01")])
def test_what_was_rejected_is_not_shown_again(role, pair):
    study = study_of(answers("a.csv", "A01 pre 3", "AO1 post 3"), decisions=[SamePerson(*pair, role, False)])
    assert shown(study) == []


def test_what_was_rejected_in_another_role_is_still_asked():
    files = answers("a.csv", "A01 pre 3 staff", "AO1 post 3 staff", more="role")
    assert len(shown(study_of(files, decisions=[SamePerson("AO1", "A01", "volunteer", False)]))) == 1


def test_too_many_are_not_compared_and_it_says_so():
    def half(wave, first, n):
        return answers(f"{wave}.csv", *(f"{first}{i:05d}9 {wave} 3" for i in range(n)))

    study = study_of(half("pre", "A", 2001), half("post", "A0", 3))
    assert shown(study) == []
    assert near_miss_note(study).startswith("2,001 identifiers have no partner.")
    fewer = study_of(half("pre", "A", 2000), half("post", "A0", 3))
    assert len(shown(fewer)) >= 3
    assert near_miss_note(fewer) == ""


def test_the_sample_study_has_one_and_nobody_in_its_repr():
    (miss,) = near_misses(sample_study())
    assert repr(miss) == "NearMiss('two neighbours swapped')"
    assert set(miss.differs) >= {"site", "sex", "roster"}
