"""Files with both waves side by side: a row gives two answers and still has one fate."""

from __future__ import annotations

import pytest

from evalcore.decisions import KeepAnswer
from evalcore.intake import read_questionnaires
from tests.assembly_studies import GSE, answers, fates, people, problems, roster, study_of

CONTRADICTS = "another row for the same person has different answers"


def wide(*lines, name="wide.csv"):
    """A line "A1 3 2" is a person who answered 3 throughout before and 2 after; "." for no answer."""
    head = ["respondent_id", *(f"{item}_{wave}" for wave in ("pre", "post") for item in GSE)]
    rows = [
        [who, *(cell.replace(".", "") for cell in (before, after) for _ in GSE)]
        for who, before, after in map(str.split, lines)
    ]
    return read_questionnaires("\n".join(map(",".join, [head, *rows])).encode(), name=name)


def test_a_row_with_two_answers_is_used_once():
    study = study_of(wide("A1 3 2", "A2 4 .", "A3 . 1"))
    assert people(study) == [("A1", "post"), ("A1", "pre"), ("A2", "pre"), ("A3", "post")]
    assert fates(study) == {("wide.csv", row): ("used", "") for row in (2, 3, 4)}
    assert study.entries["row"].tolist() == [2, 2, 3, 4]


@pytest.mark.parametrize(
    ("other", "fate"),
    [
        ("A1 post 4", ("used", f"after: {CONTRADICTS}")),
        ("A1 pre 4", ("used", f"before: {CONTRADICTS}")),
        ("A1 post 2", ("used", "after: another row for the same person says the same")),
    ],
)
def test_a_row_of_which_one_wave_is_used_names_the_other(other, fate):
    study = study_of(wide("A1 3 2", "A2 1 1"), answers("a.csv", other))
    assert fates(study)["wide.csv", 2] == fate
    assert fates(study)["wide.csv", 3] == ("used", "")


def test_a_row_of_which_no_wave_is_used_is_set_aside():
    both = study_of(wide("A1 3 2"), answers("a.csv", "A1 pre 1", "A1 post 1"))
    assert fates(both)["wide.csv", 2] == ("set aside", CONTRADICTS)
    mixed = study_of(wide("A1 3 2"), answers("a.csv", "A1 pre 3", "A1 post 1"))
    same = "another row for the same person says the same"
    assert fates(mixed)["wide.csv", 2] == ("set aside", f"before: {same}; after: {CONTRADICTS}")


def test_a_refusal_or_a_spelling_of_such_a_row_is_listed_once():
    refused = study_of(wide("A1 3 2"), roster("A1,staff,,refused"))
    assert fates(refused)["wide.csv", 2] == ("set aside", "consent was refused or withdrawn")
    assert len(problems(refused, "row set aside")) == 1
    spelled = study_of(wide("a1 3 2"), roster("A-1,staff,,"))
    assert [line[:4] for line in problems(spelled, "read as another spelling")] == [("wide.csv", 2, "a1", "A-1")]
    assert len(spelled.identities) == 1
    side_by_side = study_of(wide("a1 3 2", "A1 3 2"))
    assert len(problems(side_by_side, "kept, please check")) == 2


def test_an_answer_chosen_from_such_a_row():
    study = study_of(wide("A1 3 2"), answers("a.csv", "A1 post 4"), decisions=[KeepAnswer("first complete")])
    chosen = "another answer of the same person was chosen"
    assert fates(study) == {("wide.csv", 2): ("used", f"after: {chosen}"), ("a.csv", 2): ("used", "")}
    assert study.responses.set_index("wave")["gse_1"].to_dict() == {"pre": 3, "post": 4}
