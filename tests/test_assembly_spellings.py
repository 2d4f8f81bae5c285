"""Spellings of one identifier across the files of a study: joined by rule, listed, or left side by side."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from evalcore.bench import near_misses
from evalcore.decisions import SamePerson
from evalcore.intake import read_caseload
from evalcore.profile.caseload import without_pilot
from tests.assembly_studies import answers, cases, fates, people, problems, read_as, roster, study_of

RESPELLED = "read as another spelling"
KEPT = "kept, please check"


def test_answers_before_and_after_meet_under_one_spelling():
    study = study_of(answers("a.csv", "AB-01 pre 3", "A2 pre 3"), answers("b.csv", "ab_01 post 2", "A2 post 3"))
    assert people(study) == [("A2", "post"), ("A2", "pre"), ("AB-01", "post"), ("AB-01", "pre")]
    assert read_as(study) == {"ab 01": ("AB-01", "capitals, blanks and punctuation")}
    assert problems(study, RESPELLED) == [("b.csv", 2, "ab 01", "AB-01", "note")]
    assert set(study.problems["column"]) == {"respondent_id"}
    assert study.notes == ("1 row has an identifier that is read as another spelling of the same.",)


def test_what_the_files_say_stays_as_typed():
    study = study_of(answers("a.csv", "AB1 pre 3"), answers("b.csv", "ab1 post 3"))
    assert [list(intake.rows["respondent_id"]) for intake in study.intakes] == [["AB1"], ["ab1"]]
    assert [list(intake.entries.table["respondent_id"]) for intake in study.intakes] == [["AB1"], ["ab1"]]
    assert list(study.rows["respondent_id"]) == ["AB1", "ab1"]
    assert list(study.entries["respondent_id"]) == ["AB1", "AB1"]


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        ((answers("a.csv", "aB1 pre 3"), answers("b.csv", "AB1 post 3"), cases("Ab1,,,"), roster("ab1,,,")), "ab1"),
        ((answers("a.csv", "aB1 pre 3"), answers("b.csv", "AB1 post 3"), cases("Ab1,,,")), "Ab1"),
        ((answers("z.csv", "aB1 pre 3"), answers("b.csv", "AB1 post 3")), "aB1"),
    ],
)
def test_which_spelling_stays(files, kept):
    study = study_of(*files)
    assert {who for who, _ in people(study)} == {kept}


def test_every_table_uses_the_spelling_that_stays():
    study = study_of(
        answers("a.csv", "ab1 pre 3"),
        roster("AB-1,service user,North,"),
        cases("Ab 1,South,f,30", "C2,,,"),
    )
    assert study.responses["respondent_id"].tolist() == ["AB-1"]
    assert study.responses[["role", "site"]].values.tolist() == [["service user", "North"]]
    assert study.cases["respondent_id"].tolist() == ["AB-1", "C2"]
    assert problems(study, RESPELLED) == [
        ("a.csv", 2, "ab1", "AB-1", "note"),
        ("cases.csv", 2, "Ab 1", "AB-1", "note"),
    ]


def test_a_refusal_counts_however_it_is_spelled():
    study = study_of(answers("a.csv", "ab1 pre 3"), roster("AB-1,staff,,refused"))
    assert people(study) == []
    assert fates(study)["a.csv", 2] == ("set aside", "consent was refused or withdrawn")


def test_repeats_are_found_under_one_spelling():
    again = answers("b.csv", "ab1 pre 4", "x pre 1")
    first = answers("a.csv", "AB1 pre 3")
    apart = study_of(first, again)
    assert len(apart.responses) == 3, "two spellings at one wave may be two people"
    joined = study_of(answers("a.csv", "AB1 pre 3"), answers("b.csv", "AB1 pre 4"), roster("ab1,,,"))
    assert people(joined) == []


@pytest.mark.parametrize(
    ("files", "rows"),
    [
        (
            (roster("AB1,staff,,", "ab-1,staff,,"), answers("a.csv", "AB1 pre 3")),
            {("roster.csv", 2), ("roster.csv", 3)},
        ),
        ((cases("AB1,,,", "ab1,,,"), answers("a.csv", "AB1 pre 3")), {("cases.csv", 2), ("cases.csv", 3)}),
        ((answers("b.csv", "AB1 pre 3"), answers("a.csv", "ab1 pre 3")), {("b.csv", 2)}),
        ((roster("AB1,staff,,", "ab1,,,"), answers("a.csv", "AB1 pre 3")), {("roster.csv", 2), ("roster.csv", 3)}),
    ],
)
def test_two_spellings_side_by_side_are_left_apart_and_listed(files, rows):
    study = study_of(*files)
    assert read_as(study) == {}
    listed = problems(study, KEPT)
    assert {line[:2] for line in listed} == rows | {("a.csv", 2)}
    assert {line[-1] for line in listed} == {"warning"}
    others = {"AB1": "ab-1" if "ab-1" in str(study.roster) else "ab1"}
    assert all(others.get(found, "AB1") in expected for _, _, found, expected, _ in listed)


def test_spellings_left_apart_are_a_near_miss():
    study = study_of(answers("a.csv", "AB1 pre 3", "ab1 pre 2"), answers("b.csv", "Ab1 post 1"))
    assert {miss.slip for miss in near_misses(study)} == {"case or punctuation"}
    assert {frozenset((miss.found, miss.respondent_id)) for miss in near_misses(study)} == {
        frozenset(pair) for pair in itertools.combinations(("AB1", "ab1", "Ab1"), 2)
    }


def test_one_spelling_in_each_of_two_roles_is_two_people():
    files = answers("a.csv", "ab1 pre 3 staff", "AB1 post 3 volunteer", more="role")
    study = study_of(files, roster("ab1,volunteer,,", "AB1,staff,,"))
    used = set(zip(study.responses["role"], study.responses["respondent_id"], strict=True))
    assert used == {("staff", "AB1"), ("volunteer", "ab1")}
    assert study.identities["role"].tolist() == ["staff", "volunteer"]
    assert problems(study, KEPT) == []


def test_where_a_role_is_not_known_two_lines_of_a_roster_stay_apart():
    files = answers("a.csv", "ab1 pre 3"), answers("b.csv", "AB1 post 3")
    study = study_of(*files, roster("ab1,volunteer,,", "AB1,staff,,"))
    assert read_as(study) == {}
    assert study.responses.set_index("respondent_id")["role"].to_dict() == {"ab1": "volunteer", "AB1": "staff"}


def test_the_order_of_adding_makes_no_difference():
    files = [
        answers("b.csv", "ab1 pre 3", "AO2 pre 3"),
        answers("a.csv", "AB-1 post 2", "A02 post 3"),
        cases("Ab1,South,,"),
        roster("x,staff,,"),
    ]
    decision = SamePerson("AO2", "A02", None, True)
    first = study_of(*files, decisions=[decision])
    for order in itertools.permutations(files):
        study = study_of(decisions=[decision])
        for file in order:
            study = study.add(file)
        assert study.fingerprint == first.fingerprint
        for table in ("entries", "identities", "problems", "rows"):
            pd.testing.assert_frame_equal(getattr(study, table), getattr(first, table))


def test_the_pilot_is_taken_out_of_a_caseload_that_spells_it_otherwise():
    lines = ["respondent_id,sex", "c-01,f", "C02,m", "c_3,f", "C 3,m", "x9,m", "C04,f", "c04,m"]
    caseload = read_caseload("\n".join(lines).encode(), name="caseload.csv")
    study = study_of(caseload, cases("C01,,,", "c-02,,,", "C3,,,", "C04,,,"), roster("C02,service user,,"))
    # Two that could both be C3 stay, and so does one beside the very spelling.
    assert study.caseload["respondent_id"].tolist() == ["C01", "C02", "c_3", "C 3", "x9", "C04", "c04"]
    assert "1 row of the caseload is read as a person of the case file, in another spelling." in study.notes
    left = without_pilot(study.cases, study.caseload)[0]
    assert left["respondent_id"].tolist() == ["c_3", "C 3", "x9", "c04"]
    assert caseload.caseload["respondent_id"].tolist()[0] == "c-01"


def test_a_caseload_row_goes_with_the_case_that_a_person_confirmed():
    caseload = read_caseload(b"respondent_id,sex\nCO1,f\nX1,m\nC01,f\n", name="caseload.csv")
    study = study_of(
        caseload, cases("CO1,,,"), roster("C01,service user,,"), decisions=[SamePerson("CO1", "C01", None, True)]
    )
    assert study.cases["respondent_id"].tolist() == ["C01"]
    assert study.caseload["respondent_id"].tolist() == ["C01", "X1", "C01"]
    assert study.undo(study.decisions[0]).caseload is caseload.caseload
