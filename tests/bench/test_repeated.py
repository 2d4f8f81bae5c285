"""Several answers of one person at one wave, laid side by side."""

from __future__ import annotations

from evalcore.bench import repeats
from evalcore.decisions import KeepAnswer
from tests.assembly_studies import GSE, answers, roster, study_of


def twice():
    more = "completed_on"
    return (
        answers("b.csv", "A1 pre 1- 5 2026-02-01", "A2 pre 1 1 .", items=("gse", "uwes9"), more=more),
        answers("a.csv", "A1 pre 2 . 2026-01-05", "A1 post 2 3 .", items=("gse", "uwes9"), more=more),
    )


def test_rows_stand_side_by_side_in_the_order_of_the_files():
    (found,) = repeats(study_of(*twice()))
    assert (found.respondent_id, found.role, found.wave, found.decided) == ("A1", None, "pre", None)
    assert found.rows[["file", "row"]].values.tolist() == [["a.csv", 2], ["b.csv", 2]]
    assert found.rows["completed_on"].dt.strftime("%d.%m.").tolist() == ["05.01.", "01.02."]
    assert found.rows[["gse answered", "gse complete"]].values.tolist() == [[10, True], [9, False]]
    assert found.rows[["uwes9 answered", "uwes9 complete"]].values.tolist() == [[0, False], [9, True]]
    assert found.rows[GSE[0]].tolist() == [2, 1]
    assert set(found.rows["reason"]) == {"another row for the same person has different answers"}
    assert "A1" not in repr(found)


def test_what_was_decided_stands_with_them():
    study = study_of(*twice())
    (found,) = repeats(study)
    (decided,) = repeats(study.decide(found.decision("last complete")))
    assert decided.decided == "last complete"
    assert decided.rows["reason"].tolist() == ["", ""]
    (for_all,) = repeats(study.decide(KeepAnswer("neither")))
    assert for_all.decided == "neither"
    assert decided.rows[GSE].equals(found.rows[GSE]), "the answers stay what they were"


def test_people_without_consent_are_not_asked_about():
    assert repeats(study_of(*twice(), roster("A1,staff,,refused"))) == ()
