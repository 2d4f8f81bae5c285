"""A person is taken out of a study: what goes, what stays, and how they are counted."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
import pytest

from evalcore import read_caseload, read_questionnaires
from evalcore.columns import SERVICE_USER, STAFF, VOLUNTEER
from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.intake import Choices, read_any, reread
from evalcore.leaving import Export
from evalcore.plan import Outcome, Rival
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.withdrawal import Person, people_in, rows_of, withdraw, withdrawn_words
from tests.assembly_studies import answers, cases, fates, people, roster, study_of
from tests.withdrawal.traces import traces

EVERYWHERE = (
    answers("a.csv", "QX_7 pre 3", "AB2 pre 2", "AB3 pre 1"),
    answers("b.csv", "qx-7 post 3", "AB2 post 2", "AB3 later 1", "QX7 someday 4"),
    roster("QX7,staff,North,given", "AB2,staff,North,given"),
    read_caseload(b"respondent_id,age\nqx7,33\nAB9,40\n", name="caseload.csv"),
)


def test_nothing_is_left_of_a_person_but_a_count() -> None:
    study = study_of(*EVERYWHERE, cases("Qx7,North,F,44", "AB5,North,F,45"))
    left = withdraw(withdraw(study, Person(STAFF, "QX7")), Person(SERVICE_USER, "QX7"))
    assert traces(study, "qx7", "qx-7", "qx 7") == {"qx7", "qx-7", "qx 7"}
    assert traces(left, "qx7", "qx-7", "qx 7") == set()
    assert left.withdrawn == ((SERVICE_USER, 1), (STAFF, 1))
    assert withdrawn_words(left) == "2 people withdrew and were removed."
    assert people(left) == [("AB2", "post"), ("AB2", "pre"), ("AB3", "pre")]
    assert rows_of(left, Person(None, "QX7")) == ()


def test_the_rows_of_others_keep_their_numbers_and_each_has_one_fate() -> None:
    study = study_of(*EVERYWHERE)
    left = withdraw(study, Person(STAFF, "QX7"))
    before, after = fates(study), fates(left)
    gone = set(rows_of(study, Person(STAFF, "QX7")))
    assert after == {place: fate for place, fate in before.items() if place not in gone}
    assert gone == {("a.csv", 2), ("b.csv", 2), ("b.csv", 5), ("roster.csv", 2)}


def test_who_is_not_there_changes_nothing_and_counts_nowhere() -> None:
    study = study_of(*EVERYWHERE)
    assert withdraw(study, Person(STAFF, "QX8")) is study
    assert withdraw(study, Person(VOLUNTEER, "QX7")) is study
    assert withdraw(Study.empty(), Person(None, "QX7")).withdrawn == ()
    left = withdraw(study, Person(STAFF, "QX7"))
    assert withdraw(left, Person(STAFF, "QX7")) is left


def test_one_person_counts_once_and_each_role_of_an_identifier_once() -> None:
    study = study_of(roster("A1,staff,,", "A1,volunteer,,", "A2,,,", "A3,staff,,"), answers("a.csv", "A1 pre 3"))
    assert withdraw(study, Person(None, "A1")).withdrawn == ((STAFF, 1), (VOLUNTEER, 1))
    assert withdraw(study, Person(STAFF, "A1")).withdrawn == ((STAFF, 1),)
    assert withdraw(study, Person(None, "A3")).withdrawn == ((STAFF, 1),)
    twice = withdraw(withdraw(study, Person(None, "A2")), Person(STAFF, "A3"))
    assert twice.withdrawn == (("", 1), (STAFF, 1))


def test_who_stood_in_the_caseload_alone_counts_there() -> None:
    study = study_of(*EVERYWHERE, cases("AB9,North,F,40"))
    assert withdraw(study, Person(None, "AB9")).withdrawn == ((SERVICE_USER, 1),)
    left = withdraw(study, Person(SERVICE_USER, "qx7"))
    assert (left.withdrawn, left.caseload["respondent_id"].tolist()) == ((("caseload", 1),), ["AB9"])
    asked = study.beside(exports=(Export("a", "share", (("gse", frozenset({"service user|QX7"})),)),))
    assert withdraw(asked, Person(SERVICE_USER, "QX7")).withdrawn == ((SERVICE_USER, 1),)


def test_another_person_of_the_same_identifier_stays() -> None:
    study = study_of(
        answers("a.csv", "A1 pre 3 staff", "A1 pre 2 volunteer", more="role"), roster("A1,staff,,", "A1,volunteer,,")
    )
    left = withdraw(study, Person(STAFF, "A1"))
    assert left.responses[["role", "respondent_id"]].values.tolist() == [[VOLUNTEER, "A1"]]
    assert left.roster["role"].tolist() == [VOLUNTEER]


def test_a_file_that_held_nobody_else_goes_with_its_name() -> None:
    study = study_of(answers("QX7 alone.csv", "QX7 pre 3", "QX7 post 3"), answers("b.csv", "A1 pre 3"))
    left = withdraw(study, Person(None, "QX7"))
    assert [intake.name for intake in left.intakes] == ["b.csv"]
    assert traces(left, "QX7") == set()
    nobody = withdraw(left, Person(None, "A1"))
    assert (nobody.intakes, nobody.withdrawn, len(nobody.responses)) == ((), (("", 2),), 0)


def test_decisions_that_name_a_person_go_also_those_about_a_pair() -> None:
    about_qx7 = (
        SamePerson("QX7", "QX1", None, same=False),
        SamePerson("QX17", "qx 7", STAFF, same=True),
        KeepAnswer("neither", "QX7", None, "pre"),
    )
    others = (KeepAnswer("first complete"), SamePerson("AO2", "AB2", None, same=False), KeepAnswer("neither", "AB2"))
    left = withdraw(study_of(*EVERYWHERE, decisions=(*about_qx7, *others)), Person(STAFF, "QX7"))
    assert left.decisions == others


def test_a_decision_about_the_other_person_of_an_identifier_stays() -> None:
    staff, volunteer = (SamePerson("AO1", "A01", role, same=False) for role in (STAFF, VOLUNTEER))
    either = KeepAnswer("neither", "A01")
    study = study_of(roster("A01,staff,,", "A01,volunteer,,"), decisions=(staff, volunteer, either))
    assert withdraw(study, Person(STAFF, "A01")).decisions == (volunteer, either)
    assert withdraw(study, Person(None, "A01")).decisions == ()
    alone = study_of(roster("A01,staff,,", "A02,volunteer,,"), decisions=(volunteer,))
    assert withdraw(alone, Person(STAFF, "A01")).decisions == ()


def test_a_decision_that_gave_the_identifier_to_another_person_goes_with_the_last_row_of_it() -> None:
    files = answers("a.csv", "A_1 pre 3 staff", more="role"), roster("A2,volunteer,,")
    study = study_of(*files, decisions=[SamePerson("A2", "A1", None, same=True)])
    assert [(one.role, one.respondent_id) for one in people_in(study)] == [(STAFF, "A 1"), (VOLUNTEER, "A 1")]
    for spelled in ("A 1", "a-1"):
        left = withdraw(study, Person(STAFF, spelled))
        assert left.decisions == ()
        assert withdraw(left, Person(STAFF, spelled)) is left
        assert left.roster["respondent_id"].tolist() == ["A2"], "nobody is called A1 here any more"
    more = roster("A1,volunteer,,", "A2,volunteer,,")
    kept = withdraw(study_of(files[0], more, decisions=study.decisions), Person(STAFF, "A 1"))
    assert kept.decisions == study.decisions, "a volunteer has the identifier, too"
    apart = study_of(roster("AB1,staff,,", "ab 1,staff,,"), decisions=[SamePerson("AB1", "X9", None, same=False)])
    assert withdraw(apart, Person(STAFF, "AB1")).decisions == ()


def test_choices_keep_no_text_that_only_this_person_gave() -> None:
    cells = "QX7,before,now and then\nAB2,later,never\nQX7,later,often\nAB3,later,often\nAB4,before,often\n"
    first = read_questionnaires(f"who,when,gse_1\n{cells}".encode(), name="a.csv")
    found = ["now and then", "never", "often", "said nowhere"]
    codes = pd.DataFrame({"field": "gse", "found": found, "code": ["2", "1", "3", "4"]}, dtype="str")
    wave = pd.DataFrame({"field": ["wave"], "found": ["later"], "code": ["post"]}, dtype="str")
    mapping = first.mapping.assign(taken_for=["respondent_id", "wave", "gse_1"])
    choices = Choices(mapping=mapping, codes=pd.concat([codes, wave], ignore_index=True))
    study = study_of(reread(first, choices))
    assert study.responses["gse_1"].tolist() == [2, 1, 3, 3, 3]
    more = read_any(b"who,when,gse_1\nAB5,before,never\n", name="b.csv", choices=choices)
    left = withdraw(study.add(more), Person(None, "QX7"))
    assert left.responses["gse_1"].tolist() == [1, 3, 3, 1]
    assert traces(left, "QX7", "now and then") == set()
    kept = [file.choices.codes["found"].tolist() for file in left.intakes]
    assert kept == [["never", "often", "said nowhere", "later"]] * 2
    assert all(list(file.choices.mapping) == ["position", "header", "taken_for", "wave"] for file in left.intakes)
    assert study.remembered("") is None


def test_files_that_wait_are_cleaned_too() -> None:
    waiting = read_any(b"respondent_id,gse_1\nQX7,unheard\nAB2,3\n", name="which.csv")
    alone = read_any(b"respondent_id,gse_1\nQX7,3\n", name="alone.csv")
    study = study_of(answers("a.csv", "AB2 pre 2")).beside(waiting=(waiting, alone))
    left = withdraw(study, Person(None, "qx-7"))
    assert [intake.name for intake in left.waiting] == ["which.csv"]
    assert traces(left, "QX7", "unheard") == set()
    answered = reread(left.waiting[0], left.waiting[0].questions[0].options[0].choices)
    assert answered.responses["respondent_id"].tolist() == ["AB2"]


def test_the_digest_of_a_file_with_the_person_is_nowhere_any_more() -> None:
    study = study_of(*EVERYWHERE)
    left = withdraw(study, Person(STAFF, "QX7"))
    old = {digest for file in study.intakes[:3] for digest in (file.digest, file.raw.digest)}
    assert old & {digest for file in left.intakes for digest in (file.digest, file.raw.digest)} == set()
    assert left.intakes[3] is study.intakes[3], "a file without the person is the same one"
    again = withdraw(study_of(*reversed(EVERYWHERE)), Person(STAFF, "QX7"))
    assert {file.digest for file in again.intakes} == {file.digest for file in left.intakes}


def test_what_could_have_been_seen_before_the_plan_is_still_counted() -> None:
    before, after, more = (answers("a.csv", "A1 pre 3"), answers("b.csv", "QX7 post 3"), answers("c.csv", "A1 post 2"))
    study = study_of(before, after)
    left = withdraw(study, Person(None, "QX7"))
    assert (study.after_answers, left.after_answers) == (1, 1)
    plan = left.fix_plan([Outcome("gse.total.people")], at="2026-05-03T09:00:00+00:00").plan
    assert plan is not None
    assert not plan.before_the_data
    twice = withdraw(left.add(more), Person(None, "A1"))
    assert (twice.after_answers, twice.taken_out) == (2, (("withdrawn", 2),))


def test_a_file_that_was_taken_out_and_is_here_again_is_still_counted_once() -> None:
    after = answers("b.csv", "QX7 post 3", "A1 post 3")
    study = study_of(after).without("b.csv").add(after)
    assert (study.after_answers, len(study.taken_out)) == (2, 1)
    left = withdraw(study, Person(None, "QX7"))
    assert left.after_answers == 2
    assert left.taken_out[0][0] == left.without("b.csv").taken_out[-1][0]
    assert left.without("b.csv").after_answers == 2
    assert study.taken_out[0][0] not in {file for file, _ in left.taken_out}


def test_what_is_no_data_about_the_person_stays() -> None:
    study = study_of(*EVERYWHERE).note_rival(Rival("An office move")).renamed("Pilot")
    study = study.fix_plan([Outcome("gse.total.people")], at="2026-05-03T09:00:00+00:00")
    study = study.beside(exports=(Export("a", "internal"),))
    left = withdraw(study, Person(STAFF, "QX7"))
    same = ("name", "plan", "rivals", "exports", "thresholds", "overrides")
    assert all(getattr(left, name) == getattr(study, name) for name in same)
    assert left.fingerprint != study.fingerprint


def test_a_file_whose_cells_are_not_at_hand_is_cleaned_as_far_as_it_can_quote_them() -> None:
    study = study_of(*(replace(file, raw=None) for file in EVERYWHERE))
    left = withdraw(study, Person(STAFF, "QX7"))
    assert traces(left, "qx7", "qx-7", "qx 7") == {"qx7"}, "the caseload holds service users"
    assert people(left) == [("AB2", "post"), ("AB2", "pre"), ("AB3", "pre")]
    assert fates(left).keys() == fates(withdraw(study_of(*EVERYWHERE), Person(STAFF, "QX7"))).keys()
    assert len({file.digest for file in (*study.intakes, *left.intakes)}) == 7
    gone = set(rows_of(study, Person(STAFF, "QX7")))
    listed = set(zip(left.problems["file"], left.problems["row"].fillna(0), strict=True))
    assert listed
    assert not listed & gone


def test_what_reading_had_to_say_of_a_row_goes_with_it() -> None:
    lines = ["respondent_id,wave,gse_1,colour", "QX7,pre", "AB2,pre", "AB3,pre,3,red", "QX7,post,2,red,odd"]
    study = study_of(read_questionnaires("\n".join(lines).encode(), name="a.csv"))
    rows = study.problems["row"].dropna().tolist()
    assert {2, 3, 5} <= set(rows)
    left = withdraw(study, Person(None, "QX7"))
    assert left.problems["row"].dropna().tolist() == [row for row in rows if row != 2]
    assert left.rows["row"].tolist() == [3, 4, 5], "a row that does not fit the columns says nothing of anybody"


def test_everybody_of_the_sample_study_can_withdraw_one_after_the_other() -> None:
    study = sample_study()
    everyone = list(people_in(study))
    random.Random(7).shuffle(everyone)
    for number, person in enumerate(everyone[:12], start=1):
        study = withdraw(study, person)
        assert sum(n for _, n in study.withdrawn) == number
        assert rows_of(study, person) == ()
    assert len(people_in(study)) == len(everyone) - 12


@pytest.mark.parametrize("kind", ["cases", "caseload"])
def test_a_file_stays_of_its_kind_when_it_becomes_shorter(kind: str) -> None:
    lines = "".join(f"P{i},{20 + i % 40}\n" for i in range(501 if kind == "caseload" else 3))
    study = study_of(read_any(f"respondent_id,age\n{lines}".encode(), name="people.csv"))
    assert study.intakes[0].kind == kind
    (left,) = withdraw(study, Person(None, "P2")).intakes
    assert left.kind == kind == reread(left, Choices()).kind
