"""What a person confirmed or denied of two identifiers: where it holds, in chains and loops, and undone again."""

from __future__ import annotations

import itertools

import pytest

from evalcore.bench import near_misses
from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.study import Study
from evalcore.trail import build_trail
from tests.assembly_studies import answers, cases, fates, people, problems, read_as, roster, study_of

CONFIRMED = "confirmed by a person"


def same(found, respondent_id, role=None):
    return SamePerson(found, respondent_id, role, same=True)


def apart(found, respondent_id, role=None):
    return SamePerson(found, respondent_id, role, same=False)


def pair():
    return answers("before.csv", "A01 pre 3", "A2 pre 3"), answers("after.csv", "AO1 post 2", "A2 post 3")


def test_a_confirmed_slip_is_one_person_in_every_table():
    study = study_of(*pair(), roster("AO1,staff,North,"), cases("AO1,,,"), decisions=[same("AO1", "A01")])
    assert people(study) == [("A01", "post"), ("A01", "pre"), ("A2", "post"), ("A2", "pre")]
    assert read_as(study) == {"AO1": ("A01", CONFIRMED)}
    assert (study.roster["respondent_id"].tolist(), study.cases["respondent_id"].tolist()) == (["A01"], ["A01"])
    assert study.responses.set_index("respondent_id").loc["A01", "site"].tolist() == ["North", "North"]
    assert problems(study, "read as another spelling")[0] == ("after.csv", 2, "AO1", "A01", "note")
    assert "3 rows have identifiers that a person confirmed to be a slip, read as the right one." in study.notes
    assert build_trail(study, "gse", role="staff").people["respondent_id"].tolist() == ["A01"]


def test_undone_and_without_it():
    plain = study_of(*pair())
    decided = plain.decide(same("AO1", "A01"))
    assert decided.fingerprint != plain.fingerprint
    assert decided.undo(same("AO1", "A01")).fingerprint == plain.fingerprint
    assert decided.exactly_matched().fingerprint == plain.fingerprint
    assert decided.exactly_matched() is decided.exactly_matched()
    assert plain.exactly_matched() is plain
    other = plain.decide(apart("AO1", "A01"), KeepAnswer("neither"))
    assert other.exactly_matched() is other
    assert other.undo(same("AO1", "A01")) is other
    assert len(decided.decide(KeepAnswer("neither")).exactly_matched().decisions) == 1


def test_a_decision_stays_with_the_study_whatever_else_changes():
    study = study_of(*pair(), decisions=[same("AO1", "A01")])
    assert people(study.without("after.csv")) == [("A01", "pre"), ("A2", "pre")]
    assert people(study.without("before.csv")) == [("A2", "post"), ("AO1", "post")]
    assert study.without("after.csv").add(pair()[1]).fingerprint == study.fingerprint
    assert study.renamed("x").decisions == study.decisions


def test_a_slip_is_found_under_another_spelling_of_later_files():
    study = study_of(*pair(), decisions=[same("AO1", "A01")]).add(roster("ao-1,staff,,", "a-01,staff,,"))
    assert {who for who, _ in people(study)} == {"a-01", "A2"}
    assert read_as(study)["AO1"] == ("a-01", CONFIRMED)
    again = study_of(*pair(), decisions=[same("AO1", "A01")]).replaced("after.csv", answers("after.csv", "ao-1 post 2"))
    assert read_as(again) == {"ao-1": ("A01", CONFIRMED)}


def test_a_role_limits_what_is_read_as_another():
    files = answers("a.csv", "AO1 pre 3 staff", "AO1 post 3 volunteer", "A01 post 1 staff", more="role")
    study = study_of(files, decisions=[same("AO1", "A01", "staff")])
    used = sorted(zip(study.responses["role"], study.responses["respondent_id"], strict=True))
    assert used == [("staff", "A01"), ("staff", "A01"), ("volunteer", "AO1")]
    assert study.identities.values.tolist() == [["staff", "AO1", "A01", CONFIRMED]]


def test_a_role_known_from_the_roster_counts_and_an_unknown_one_follows():
    before, after = pair()
    assert len(read_as(study_of(before, after, decisions=[same("AO1", "A01", "staff")]))) == 1
    other = study_of(before, after, roster("AO1,volunteer,,"), decisions=[same("AO1", "A01", "staff")])
    assert read_as(other) == {}


def test_chains_are_followed_in_any_order_and_past_files_that_are_gone():
    files = answers("a.csv", "a pre 3"), answers("b.csv", "c post 3")
    for order in itertools.permutations([same("a", "b"), same("b", "c"), same("x", "y")]):
        assert people(study_of(*files, decisions=order)) == [("c", "post"), ("c", "pre")]


def test_a_loop_ends_somewhere_and_always_there():
    files = answers("a.csv", "a pre 3", "b post 3"), answers("b.csv", "c pre 1")
    chain = [same("c", "a"), same("a", "b"), same("b", "c")]
    found = {tuple(people(study_of(*files, decisions=order))) for order in itertools.permutations(chain)}
    assert found == {(("a", "post"),)}  # a's answers before contradict each other now


def test_one_person_and_two_at_once_joins_nothing_and_says_so():
    files = answers("a.csv", "a pre 3"), answers("b.csv", "c post 3")
    study = study_of(*files, decisions=[same("a", "b"), same("b", "c"), apart("a", "c")])
    assert people(study) == [("a", "pre"), ("c", "post")]
    assert any("one person and two people at once" in note for note in study.notes)


@pytest.mark.parametrize("later", [apart("AO1", "A01"), apart("A01", "AO1"), same("AO1", "A2")])
def test_a_later_decision_on_the_same_subject_replaces(later):
    study = study_of(*pair(), decisions=[same("AO1", "A01"), later])
    assert study.decisions == (later,)


def test_the_order_of_decisions_makes_no_difference():
    made = [same("AO1", "A01"), apart("A2", "A01"), KeepAnswer("neither"), KeepAnswer("last complete", "A2")]
    prints = {study_of(*pair(), decisions=order).fingerprint for order in itertools.permutations(made)}
    assert len(prints) == 1


def test_said_to_be_two_they_are_not_joined_by_rule_either():
    side_by_side = answers("a.csv", "AB1 pre 3", "ab1 pre 3"), answers("b.csv", "AB1 post 1")
    study = study_of(*side_by_side, decisions=[apart("ab1", "AB1")])
    assert problems(study, "kept, please check") == []
    assert near_misses(study) == ()
    again = study.replaced("a.csv", answers("a.csv", "ab1 pre 3"))
    assert people(again) == [("AB1", "post"), ("ab1", "pre")]
    assert read_as(study.undo(study.decisions[0]).replaced("a.csv", answers("a.csv", "ab1 pre 3"))) != {}


def test_side_by_side_but_one_person():
    files = answers("a.csv", "AB1 pre 3", "ab1 pre 3"), answers("b.csv", "AB1 post 1")
    study = study_of(*files, decisions=[same("ab1", "AB1")])
    assert people(study) == [("AB1", "post"), ("AB1", "pre")]
    assert problems(study, "kept, please check") == []
    assert fates(study)["a.csv", 3][0] == "set aside"


def test_a_refusal_reaches_a_confirmed_slip():
    study = study_of(*pair(), roster("A01,staff,,withdrawn"), decisions=[same("AO1", "A01")])
    assert people(study) == [("A2", "post"), ("A2", "pre")]


def test_decisions_about_nobody_do_no_harm():
    made = [same("x", "y"), apart("z", "x"), KeepAnswer("first complete", "nobody", "staff", "pre")]
    study = study_of(*pair(), decisions=made)
    assert study.responses.equals(study_of(*pair()).responses)
    assert Study.empty().decide(*made).responses.empty


def test_nobody_stands_in_the_repr_of_a_decision():
    assert "SECRET" not in repr(same("SECRET", "SECRET2", "staff")) + repr(KeepAnswer("neither", "SECRET"))
