"""A study's plan and its rival explanations: they stay with it, and the plan says what could have been seen by then."""

from __future__ import annotations

import dataclasses

import pytest

from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.errors import DefinitionError
from evalcore.intake import read_questionnaires, read_roster
from evalcore.leaving import Export
from evalcore.plan import Outcome, Rival
from evalcore.study import Study


def answers(name, *people):
    """A file in which each of `people` ("A1 pre 3") answers one question."""
    lines = [person.replace(" ", ",") for person in people]
    return read_questionnaires("\n".join(["respondent_id,wave,gse_1", *lines]).encode(), name=name)


AT = "2026-05-03T09:00:00+00:00"
WELLBEING = Outcome("gse.total.service-users", "higher", 2.0, "Agreed with the service.")


def test_a_plan_and_a_rival_stay_whatever_happens_to_the_files():
    before, after = answers("a.csv", "A1 pre 3"), answers("b.csv", "A1 post 4")
    rival = Rival("An office move", "June 2026")
    study = Study.empty().add(before).fix_plan([WELLBEING], at=AT).note_rival(rival)
    others = {
        "add": study.add(after),
        "without": study.without("a.csv"),
        "replaced": study.replaced("a.csv", answers("other.csv", "A1 pre 2")),
        "decide": study.decide(KeepAnswer("neither")),
        "undo": study.decide(KeepAnswer("neither")).undo(KeepAnswer("neither")),
        "renamed": study.renamed("Pilot"),
        "record": study.record(Export("summary", "share")),
        "exactly matched": study.decide(SamePerson("AO1", "A1", None, same=True)).exactly_matched(),
    }
    assert {name: (one.plan, one.rivals) for name, one in others.items()} == dict.fromkeys(
        others, (study.plan, (rival,))
    )


def test_the_fingerprint_changes_with_the_plan_and_the_rivals():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"))
    planned = study.fix_plan([WELLBEING], at=AT)
    rival = planned.note_rival(Rival("An office move"))
    amended = planned.fix_plan([Outcome("gse.total.service-users")], at=AT)
    found = [one.fingerprint for one in (study, planned, rival, amended)]
    assert len(set(found)) == 4
    assert rival.drop_rival(Rival("An office move")).fingerprint == planned.fingerprint
    assert study.fix_plan([WELLBEING], at=AT).fingerprint == planned.fingerprint


def test_a_plan_counts_the_questionnaires_after_that_could_have_been_seen():
    assert Study.empty().add(answers("a.csv", "A1 pre 3")).after_answers == 0
    both = answers("b.csv", "A1 pre 3", "A1 post 3", "A2 post 3", "A2 post 4")
    nameless = read_questionnaires(b"respondent_id,pre_gse_1,post_gse_1\n,3,4\nA3,3,\n", name="c.csv")
    refused = read_roster(b"respondent_id,consent\nA1,refused\n", name="roster.csv")
    study = Study.empty().add(both, nameless, refused)
    assert study.responses["wave"].tolist() == ["pre"]
    assert study.after_answers == 4
    assert study.fix_plan([WELLBEING], at=AT).plan.after_answers == 4


def test_a_file_that_was_taken_out_again_was_seen():
    after, more = answers("b.csv", "A1 post 4", "A2 post 4"), answers("c.csv", "A3 post 1")
    study = Study.empty().add(answers("a.csv", "A1 pre 3"), after)
    seen = study.without("b.csv")
    assert not (seen.responses["wave"] == "post").any()
    assert seen.after_answers == 2
    assert not seen.fix_plan([WELLBEING], at=AT).plan.before_the_data
    assert seen.add(more).after_answers == 3
    assert seen.add(after).after_answers == 2
    assert seen.add(after).without("b.csv").after_answers == 2
    assert study.without("a.csv").after_answers == 2


def test_a_file_that_was_read_as_the_wrong_wave_was_no_answer_after():
    file = b"respondent_id,gse_1\nA1,3\n"
    wrong = Study.empty().add(read_questionnaires(file, name="a.csv", wave="post"))
    assert wrong.after_answers == 1
    right = wrong.replaced("a.csv", read_questionnaires(file, name="a.csv", wave="pre"))
    assert right.after_answers == 0
    assert wrong.without("a.csv").add(right.intakes[0]).after_answers == 0


def test_an_amended_plan_keeps_the_one_before_it():
    first = Study.empty().fix_plan([WELLBEING], at=AT)
    assert first.fix_plan([WELLBEING], at="2026-06-01T09:00:00+00:00") is first
    study = first.add(answers("b.csv", "A1 post 4"))
    amended = study.fix_plan([WELLBEING, Outcome("swemwbs.total.service-users")], at="2026-06-01T09:00:00Z")
    assert amended.plan.replaces == first.plan
    assert (amended.plan.version, amended.plan.before_the_data) == (2, False)
    with pytest.raises(DefinitionError, match="older than the one that it replaces"):
        amended.fix_plan([WELLBEING], at=AT)


def test_a_plan_from_a_file_is_amended_but_never_exchanged():
    first = Study.empty().fix_plan([WELLBEING], at=AT)
    later = first.fix_plan([Outcome("gse.total.people")], at=AT)
    other = Study.empty().fix_plan([Outcome("uwes9.total.people")], at=AT)
    assert Study.empty().with_plan(later.plan).plan == later.plan
    assert first.with_plan(later.plan).plan == later.plan
    assert first.with_plan(first.plan).fingerprint == first.fingerprint
    with pytest.raises(DefinitionError, match="a later version of it already"):
        later.with_plan(first.plan)
    with pytest.raises(DefinitionError, match="can be amended but not exchanged"):
        first.with_plan(other.plan)
    with pytest.raises(DefinitionError, match="main outcome"):
        Study.empty().with_plan(dataclasses.replace(first.plan, outcomes=()))


def test_rivals_are_kept_once_cleaned_and_only_so_many():
    study = Study.empty().note_rival(Rival(" An office\nmove "))
    assert study.rivals == (Rival("An office move"),)
    assert study.note_rival(Rival("An office move")) is study
    assert study.drop_rival(Rival("Something else")) is study
    for number in range(29):
        study = study.note_rival(Rival(f"Number {number}"))
    with pytest.raises(DefinitionError, match="30 are kept already"):
        study.note_rival(Rival("One too many"))
    with pytest.raises(DefinitionError, match="say what could explain"):
        Study.empty().note_rival(Rival(" "))


def test_tables_that_were_put_in_by_hand_count_too():
    table = Study.empty().add(answers("a.csv", "A1 post 3", "A2 pre 3")).responses
    assert dataclasses.replace(Study.empty(), responses=table).after_answers == 1
