"""Who is in a study, and where a person stands: every row, every spelling, nobody else's."""

from __future__ import annotations

import pytest

from evalcore import read_caseload, read_questionnaires, read_roster
from evalcore.columns import SERVICE_USER, STAFF, VOLUNTEER
from evalcore.decisions import SamePerson
from evalcore.intake import read_any, read_published
from evalcore.sample import sample_study
from evalcore.withdrawal import Person, known_as, people_in, roles_in, rows_of, where_words
from tests.assembly_studies import answers, cases, roster, study_of


def named(study):
    return [(person.role, person.respondent_id) for person in people_in(study)]


def test_everyone_is_in_the_study_who_answered_was_asked_or_has_a_case_file() -> None:
    study = study_of(
        answers("a.csv", "A1 pre 3 staff", "B2 pre 3 .", more="role"),
        roster("A1,staff,,", "C3,volunteer,,", "E5,,,"),
        cases("D4,,,"),
        read_caseload(b"respondent_id,age\nZ9,30\n", name="caseload.csv"),
        read_published(b"measure,mean\nOGRS,3\n", name="published.csv"),
    )
    assert named(study) == [
        (STAFF, "A1"),
        (None, "B2"),
        (VOLUNTEER, "C3"),
        (SERVICE_USER, "D4"),
        (None, "E5"),
    ]
    assert roles_in(study) == (SERVICE_USER, STAFF, VOLUNTEER)


def test_one_stands_in_the_study_who_is_only_in_rows_set_aside_or_in_a_file_that_waits() -> None:
    aside = answers("a.csv", "A1 pre 3", "B2 later 3")
    waiting = read_any(b"respondent_id,gse_1\nC3,3\n", name="which.csv")
    assert not len(waiting.table)
    study = study_of(aside).beside(waiting=(waiting,))
    assert named(study) == [(None, "A1"), (None, "B2"), (None, "C3")]
    assert rows_of(study, Person(None, "B2")) == (("a.csv", 3),)
    assert rows_of(study, Person(None, "C3")) == (("which.csv", 2),)


def test_two_of_one_identifier_in_different_roles_are_two_people() -> None:
    study = study_of(
        answers("a.csv", "A1 pre 3 staff", "A1 pre 2 volunteer", more="role"), roster("A1,staff,,", "A1,volunteer,,")
    )
    assert named(study) == [(STAFF, "A1"), (VOLUNTEER, "A1")]
    assert rows_of(study, Person(STAFF, "A1")) == (("a.csv", 2), ("roster.csv", 2))
    assert rows_of(study, Person(VOLUNTEER, "A1")) == (("a.csv", 3), ("roster.csv", 3))
    assert len(rows_of(study, Person(None, "A1"))) == 4
    assert rows_of(study, Person(SERVICE_USER, "A1")) == ()


def test_everyone_of_an_identifier_is_found_without_a_role_though_each_role_spells_it_in_its_own_way() -> None:
    study = study_of(roster("A 1,service user,,", "A1,staff,,", "a-1,volunteer,,", "A2,staff,,"))
    assert [row for _, row in rows_of(study, Person(None, "A1"))] == [2, 3, 4]
    assert rows_of(study, Person(STAFF, "A1")) == (("roster.csv", 3),)


def test_a_row_without_a_role_is_about_the_only_one_it_can_be_about_or_goes_with_each() -> None:
    one = study_of(answers("a.csv", "A1 pre 3"), roster("A1,staff,,"))
    assert rows_of(one, Person(STAFF, "A1")) == (("a.csv", 2), ("roster.csv", 2))
    assert rows_of(one, Person(VOLUNTEER, "A1")) == ()
    aside = study_of(answers("a.csv", "A1 later 3"), roster("A1,staff,,"))
    assert rows_of(aside, Person(STAFF, "A1")) == (("a.csv", 2), ("roster.csv", 2))
    assert rows_of(aside, Person(VOLUNTEER, "A1")) == ()
    two = study_of(answers("a.csv", "A1 pre 3"), roster("A1,staff,,", "A1,volunteer,,"))
    assert rows_of(two, Person(STAFF, "A1")) == (("a.csv", 2), ("roster.csv", 2))
    assert rows_of(two, Person(VOLUNTEER, "A1")) == (("a.csv", 2), ("roster.csv", 3))
    assert named(two) == [(STAFF, "A1"), (VOLUNTEER, "A1")]


@pytest.mark.parametrize("word", ["staff", "Member of staff"])
def test_a_row_that_was_set_aside_says_its_own_role(word: str) -> None:
    file = f"respondent_id,role,wave,gse_1\nA1,{word},someday,3\nA1,volunteer,pre,2\n".encode()
    study = study_of(read_questionnaires(file, name="a.csv"))
    assert rows_of(study, Person(STAFF, "A1")) == (("a.csv", 2),)
    assert rows_of(study, Person(VOLUNTEER, "A1")) == (("a.csv", 3),)


def test_every_spelling_that_the_study_reads_as_one_is_found_by_any_of_them() -> None:
    study = study_of(
        answers("a.csv", "ab_12 pre 3", "CD1 pre 2"),
        answers("b.csv", "AB-12 post 3", "aB12 later 3"),
        roster("AB12,staff,,"),
    )
    everywhere = (("a.csv", 2), ("b.csv", 2), ("b.csv", 3), ("roster.csv", 2))
    for spelled in ("AB12", "ab 12", "AB-12", " Ab_12 ", "ab12"):
        assert rows_of(study, Person(STAFF, spelled)) == everywhere, spelled
    assert rows_of(study, Person(STAFF, "AB13")) == rows_of(study, Person(STAFF, "")) == ()


def test_a_row_set_aside_is_read_as_the_one_spelling_of_its_role() -> None:
    file = b"respondent_id,role,wave,gse_1\nA 1,volunteer,pre,3\nA-1,volunteer,someday,2\na1,staff,pre,2\n"
    study = study_of(read_questionnaires(file, name="a.csv"))
    assert rows_of(study, Person(VOLUNTEER, "A 1")) == (("a.csv", 2), ("a.csv", 3))
    assert rows_of(study, Person(STAFF, "a1")) == (("a.csv", 4),)


def test_spellings_that_stand_side_by_side_are_two_people() -> None:
    study = study_of(roster("AB1,staff,,", "ab 1,staff,,", "AB2,staff,,"))
    assert rows_of(study, Person(STAFF, "AB1")) == (("roster.csv", 2),)
    assert rows_of(study, Person(STAFF, "ab 1")) == (("roster.csv", 3),)
    assert rows_of(study, Person(STAFF, "ab-1")) == ()
    assert where_words(study, Person(STAFF, "ab-1")) == ""


def test_who_is_confirmed_to_be_one_person_is_found_by_both_identifiers() -> None:
    files = answers("a.csv", "A01 pre 3"), answers("b.csv", "AO1 post 3"), answers("c.csv", "AO1 later 3")
    study = study_of(*files, decisions=[SamePerson("AO1", "A01", None, same=True)])
    everywhere = (("a.csv", 2), ("b.csv", 2), ("c.csv", 2))
    assert rows_of(study, Person(None, "A01")) == rows_of(study, Person(None, "AO1")) == everywhere
    assert known_as(study, Person(None, "AO1")).names == ("AO1", "A01")
    assert rows_of(study_of(*files), Person(None, "A01")) == (("a.csv", 2),)
    assert rows_of(study_of(*files), known_as(study, Person(None, "A01"))) == everywhere


def test_a_person_is_found_in_the_caseload_however_it_spells_them() -> None:
    caseload = read_caseload(b"respondent_id,age\nab 12,30\nAB13,40\nX1,50\n", name="caseload.csv")
    study = study_of(cases("AB12,,,", "AB13,,,"), caseload, roster("AB13,staff,,"))
    assert rows_of(study, Person(SERVICE_USER, "AB12")) == (("cases.csv", 2), ("caseload.csv", 2))
    assert rows_of(study, Person(STAFF, "AB13")) == (("roster.csv", 2),)
    assert rows_of(study, Person(None, "x-1")) == (("caseload.csv", 4),)
    assert rows_of(study, Person(STAFF, "X1")) == ()


def test_a_row_that_does_not_say_whose_it_is_is_found_by_a_column_that_may() -> None:
    file = b"who,wave,gse_1,respondent_id\nA1,pre,3,\nB2,pre,2,B2\nC3,pre,1,C3\n"
    study = study_of(read_questionnaires(file, name="a.csv"))
    assert rows_of(study, Person(None, "A1")) == (("a.csv", 2),)
    waiting = read_any(b"nickname,wave,gse_1\nA1,pre,3\nB2,pre,2\nC3,pre,3\n", name="which.csv")
    assert "respondent_id" in [question.key for question in waiting.questions]
    study = study_of().beside(waiting=(waiting,))
    assert rows_of(study, Person(None, "b2")) == (("which.csv", 3),)
    assert rows_of(study, Person(None, "3")) == ()


def test_a_cell_that_says_the_same_is_not_taken_for_an_identifier() -> None:
    lines = "".join(f"P{i},{3 + i % 2},pre,3\n" for i in range(10))
    waiting = read_any(f"nickname,number of visits,wave,gse_1\n{lines}".encode(), name="which.csv")
    assert rows_of(study_of().beside(waiting=(waiting,)), Person(None, "3")) == (), "an answer that many gave"
    file = b"friend,role,wave,gse_1,respondent_id\nA1,staff,pre,3,B2\nA1,volunteer,pre,2,\nC4,staff,pre,2,A1\n"
    study = study_of(read_questionnaires(file, name="a.csv"))
    assert rows_of(study, Person(STAFF, "A1")) == (("a.csv", 4),), "neither the friend's row nor another role's"
    assert rows_of(study, Person(VOLUNTEER, "A1")) == (("a.csv", 3),)


def test_it_is_said_where_a_person_stands_and_nobody_is_named() -> None:
    study = sample_study()
    person = people_in(study)[0]
    rows = rows_of(study, person)
    files = {name for name, _ in rows}
    assert where_words(study, person) == f"Stands in {len(rows)} rows of {len(files)} files."
    assert person.respondent_id not in f"{person!r} {study!r}"
    assert where_words(study, Person(None, "nobody")) == ""


def test_every_row_with_an_identifier_is_about_somebody_of_the_study() -> None:
    study = sample_study()
    found = {row for person in people_in(study) for row in rows_of(study, person)}
    kinds = {intake.name: intake.kind for intake in study.intakes}
    typed = study.rows[study.rows["respondent_id"].notna()]
    expected = {(name, row) for name, row in zip(typed["file"], typed["row"], strict=True) if kinds[name] != "caseload"}
    assert {place for place in found if kinds[place[0]] != "caseload"} == expected
    assert len(expected) > 50


def test_a_roster_that_names_a_column_of_roles_in_its_own_words() -> None:
    study = study_of(read_roster(b"ID,Role\nA1,Volunteer \nA1,STAFF\n", name="who.csv"))
    assert rows_of(study, Person(VOLUNTEER, "A1")) == (("who.csv", 2),)
