"""Different answers of one person at one wave: which is used as a person decided, row by row and as a whole."""

from __future__ import annotations

import pytest

from evalcore.bench import repeats
from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.errors import UnknownNameError
from tests.assembly_studies import GSE, UWES, answers, fates, people, problems, roster, study_of

CHOSEN = "another answer of the same person was chosen"
NONE = "none of the different answers of the same person is complete"
CONTRADICTS = "another row for the same person has different answers"


def gse(study, who="A1"):
    """The answers that are used: one number where all are the same."""
    rows = study.responses.loc[study.responses["respondent_id"] == who, GSE]
    return [sorted(set(row.dropna())) for _, row in rows.iterrows()]


def three():
    return answers("a.csv", "A1 pre 1-", "A1 pre 2", "A2 pre 4"), answers("b.csv", "A1 pre 3", "A1 post 1")


@pytest.mark.parametrize(
    ("keep", "used"), [("first complete", [[2]]), ("last complete", [[3]]), ("neither", []), (None, [])]
)
def test_one_is_kept_whole_and_the_others_say_why(keep, used):
    study = study_of(*three(), decisions=[KeepAnswer(keep)] if keep else [])
    at = {1: ("a.csv", 2), 2: ("a.csv", 3), 3: ("b.csv", 2)}
    assert gse(study)[: len(used)] == used
    assert len(study.responses) == 2 + len(used)
    chosen = used[0][0] if used else 0
    for answer, place in at.items():
        reason = CHOSEN if used else CONTRADICTS
        assert fates(study)[place] == (("used", "") if answer == chosen else ("set aside", reason))
    listed = problems(study, "row set aside")
    assert {line[:2] for line in listed} == set(at.values()) - {at.get(chosen)}
    assert {line[-1] for line in listed} == {"note" if keep else "error"}
    assert set(study.entries.loc[study.entries["respondent_id"] == "A1", "decided"]) == {"", keep or ""}


def test_without_a_complete_one_none_is_used_and_it_says_so():
    study = study_of(answers("a.csv", "A1 pre 1-", "A1 pre 2-", "A2 pre 4"), decisions=[KeepAnswer("last complete")])
    assert people(study) == [("A2", "pre")]
    assert fates(study)["a.csv", 2] == fates(study)["a.csv", 3] == ("set aside", NONE)
    assert [line[2:] for line in problems(study, "row set aside")] == [
        ("also row 3, with different answers, none complete", "one row for each person and wave", "warning"),
        ("also row 2, with different answers, none complete", "one row for each person and wave", "warning"),
    ]


@pytest.mark.parametrize(
    ("dates", "used"),
    [
        (("2026-03-03", "2026-03-01", "2026-03-02"), 1),
        ((".", "2026-03-02", "2026-03-01"), 3),
        (("2026-03-02", "2026-03-02", "2026-03-01"), 2),
    ],
)
def test_last_goes_by_date_where_all_have_one_else_by_file_and_row(dates, used):
    file = answers("a.csv", *(f"A1 pre {i} {date}" for i, date in enumerate(dates, start=1)), more="completed_on")
    assert gse(study_of(file, decisions=[KeepAnswer("last complete")])) == [[used]]


def test_what_is_decided_singly_goes_before_what_holds_for_all():
    file = answers("a.csv", "A1 pre 1", "A1 pre 2", "A2 pre 1", "A2 pre 2", "A2 post 1", "A2 post 2")
    made = [KeepAnswer("last complete", "A2", None, "post"), KeepAnswer("neither", "A2"), KeepAnswer("first complete")]
    study = study_of(file, decisions=made)
    assert people(study) == [("A1", "pre"), ("A2", "post")]
    assert (gse(study), gse(study, "A2")) == ([[1]], [[2]])


def test_a_role_tells_two_people_of_one_identifier_apart():
    lines = [f"A1 pre {answer} {role}" for role in ("staff", "volunteer") for answer in (1, 2)]
    study = study_of(
        answers("a.csv", *lines, more="role"), decisions=[KeepAnswer("first complete", "A1", "staff", "pre")]
    )
    assert study.responses["role"].tolist() == ["staff"]


def test_a_decision_holds_for_the_person_under_another_spelling():
    file, made = answers("a.csv", "ab1 pre 1", "ab1 pre 2"), KeepAnswer("first complete", "ab1", None, "pre")
    study = study_of(file, roster("AB-1,staff,,"), decisions=[made])
    assert people(study) == [("AB-1", "pre")]
    joined = study_of(
        answers("a.csv", "AO1 pre 1"),
        answers("b.csv", "A01 pre 2", "A01 post 2"),
        decisions=[SamePerson("AO1", "A01", None, True), KeepAnswer("last complete", "AO1")],
    )
    assert gse(joined, "A01") == [[2], [2]]


def test_each_questionnaire_has_its_own_choice_where_rows_hold_different_ones():
    file = answers("a.csv", "A1 pre 1 5", "A1 pre 2 .", "A1 pre 3- .", items=("gse", "uwes9"))
    study = study_of(file, decisions=[KeepAnswer("last complete")])
    assert study.responses[["gse_1", "gse_10", "uwes9_1"]].values.tolist() == [[2, 2, 5]]
    assert fates(study) == {
        ("a.csv", 2): ("used", f"GSE: {CHOSEN}"),
        ("a.csv", 3): ("used", ""),
        ("a.csv", 4): ("set aside", CHOSEN),
    }
    assert problems(study, "answer set to missing") == [
        ("a.csv", 2, "also row 3, which a person chose (last complete)", "one row for each person and wave", "note")
    ]
    assert study.entries["reason"].tolist() == ["", "", CHOSEN]


def test_questionnaires_that_stand_in_the_same_rows_are_chosen_together():
    file = answers("a.csv", "A1 pre 1 5", "A1 pre 2 6-", items=("gse", "uwes9"))
    study = study_of(file, decisions=[KeepAnswer("last complete")])
    assert study.responses[["gse_1", "uwes9_1"]].values.tolist() == [[1, 5]]


def test_what_does_not_contradict_itself_stays_where_none_is_complete():
    file = answers("a.csv", "A1 pre 1- 5", "A1 pre 2- .", items=("gse", "uwes9"))
    study = study_of(file, decisions=[KeepAnswer("first complete")])
    assert study.responses[UWES].notna().all(axis=None)
    assert study.responses[GSE].isna().all(axis=None)
    assert fates(study) == {("a.csv", 2): ("used", f"GSE: {NONE}"), ("a.csv", 3): ("set aside", NONE)}


def test_rows_that_complete_or_repeat_each_other_are_not_for_a_choice():
    file = answers("a.csv", "A1 pre 1 .", "A1 pre . 5", "A2 pre 2 3", "A2 pre 2 3", items=("gse", "uwes9"))
    study = study_of(file, decisions=[KeepAnswer("neither")])
    assert len(study.responses) == 2
    assert repeats(study) == ()
    assert set(study.entries["decided"]) == {""}


def test_another_word_is_refused():
    with pytest.raises(UnknownNameError, match="first complete, last complete and neither"):
        KeepAnswer("average")


def test_an_answer_chosen_stays_chosen_in_the_order_of_names_whatever_the_order_of_adding():
    first, second = three()
    decided = KeepAnswer("last complete")
    assert study_of(first, second, decisions=[decided]).responses.equals(
        study_of(second, first, decisions=[decided]).responses
    )
