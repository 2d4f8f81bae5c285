"""A study: its tables from its files in any order, repeats across files, consent, roles, and the fingerprint."""

from __future__ import annotations

import dataclasses
import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.decisions import KeepAnswer
from evalcore.errors import UnknownNameError
from evalcore.intake import read_caseload, read_cases, read_published, read_questionnaires, read_roster
from evalcore.intake.choices import Choices
from evalcore.intake.headings.headers import shape_of
from evalcore.intake.native import KINDS, native_columns
from evalcore.leaving import Export
from evalcore.study import Study

HEAD = "respondent_id,wave,gse_1,gse_2,gse_3,gse_4,gse_5,gse_6,gse_7,gse_8,gse_9,gse_10"
UWES = "respondent_id,wave," + ",".join(f"uwes9_{i}" for i in range(1, 10))


def answers(name, *people, head=HEAD):
    """A file in which each of `people` ("A1 pre 3") gives one answer throughout."""
    n = head.count(",") - 1
    lines = [f"{who},{wave}" + f",{answer}" * n for who, wave, answer in (person.split() for person in people)]
    return read_questionnaires("\n".join([head, *lines]).encode(), name=name)


def roster(*lines, name="roster.csv"):
    return read_roster("\n".join(["respondent_id,role,site,consent", *lines]).encode(), name=name)


def listed(study, *actions):
    problems = study.problems[study.problems["action"].isin(actions)] if actions else study.problems
    lines = list(zip(problems["file"], problems["row"], problems["column"], problems["action"], strict=True))
    assert len(lines) == len(set(lines)), "a problem is listed twice"
    return set(lines)


def fates(study):
    return {
        (file, row): fate for file, row, fate in zip(*(study.rows[c] for c in ("file", "row", "fate")), strict=True)
    }


def tables(study):
    return [getattr(study, kind) for kind in KINDS] + [study.problems, study.rows]


def test_an_empty_study_has_every_native_column():
    study = Study.empty()
    for kind in KINDS:
        table = getattr(study, kind)
        assert table.empty
        assert tuple(table.columns) == native_columns(kind)
    assert (len(study.problems), len(study.rows), study.intakes, study.decisions, study.plan) == (0, 0, (), (), None)
    assert (study.rivals, study.taken_out) == ((), ())


def test_the_order_of_adding_changes_no_table():
    files = [
        answers("b.csv", "A1 pre 3", "A2 pre 3"),
        answers("a.csv", "A1 post 2", "A2 pre 1", "A3 post 1"),
        roster("A1,staff,North,given", "A3,service user,,refused"),
        read_cases(b"respondent_id,site\nA2,South\n", name="cases.csv"),
    ]
    first = Study.empty().add(*files)
    for order in itertools.permutations(files):
        study = Study.empty()
        for file in order:
            study = study.add(file)
        for one, other in zip(tables(first), tables(study), strict=True):
            pd.testing.assert_frame_equal(one, other)
        assert study.fingerprint == first.fingerprint
        assert study.notes == first.notes


def test_the_same_file_again_changes_nothing_but_says_so():
    file, again = answers("a.csv", "A1 pre 3"), answers("a.csv", "A1 pre 3")
    study = Study.empty().add(file)
    twice = study.add(again)
    assert twice.intakes == study.intakes
    assert twice.fingerprint == study.fingerprint
    assert twice.notes == ("a.csv is in the study already and was left out.",)
    assert twice.add(again).notes == twice.notes
    assert study.add(answers("copy.csv", "A1 pre 3")).notes == ("copy.csv is the same file as a.csv and was left out.",)


def test_another_file_of_the_same_name_gets_a_number():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"), answers("a.csv", "A2 pre 3"), answers("a.csv", "A3 pre x"))
    assert [intake.name for intake in study.intakes] == ["a.csv", "a (2).csv", "a (3).csv"]
    assert set(study.rows["file"]) == {"a.csv", "a (2).csv", "a (3).csv"}
    assert set(study.problems["file"]) == {"a (3).csv"}


def test_rows_that_contradict_each_other_across_files_are_all_set_aside():
    study = Study.empty().add(answers("a.csv", "A1 pre 3", "A2 pre 3"), answers("b.csv", "A9 pre 1", "A1 pre 4"))
    assert listed(study) == {("a.csv", 2, "", "row set aside"), ("b.csv", 3, "", "row set aside")}
    assert study.problems["found"].tolist() == [
        "also row 3 of b.csv, with different answers",
        "also row 2 of a.csv, with different answers",
    ]
    assert sorted(study.responses["respondent_id"]) == ["A2", "A9"]
    assert fates(study) == {
        ("a.csv", 2): "set aside",
        ("a.csv", 3): "used",
        ("b.csv", 2): "used",
        ("b.csv", 3): "set aside",
    }
    assert sorted(study.without("b.csv").responses["respondent_id"]) == ["A1", "A2"]
    assert listed(study.without("b.csv")) == set()


def test_a_third_row_does_not_win_over_two_that_contradict_each_other():
    study = Study.empty().add(answers("a.csv", "A1 pre 3", "A1 pre 4"), answers("b.csv", "A1 pre 3"))
    assert study.responses.empty
    assert listed(study) == {
        (file, row, "", "row set aside") for file, row in (("a.csv", 2), ("a.csv", 3), ("b.csv", 2))
    }


def test_the_same_answers_in_two_files_count_once():
    study = Study.empty().add(answers("b.csv", "A1 pre 3", "A2 pre 1"), answers("a.csv", "A1 pre 3"))
    assert listed(study) == {("b.csv", 2, "", "row set aside")}
    assert set(study.problems["severity"]) == {"warning"}
    assert len(study.responses) == 2
    assert [row for row, fate in fates(study).items() if fate == "set aside"] == [("b.csv", 2)]


def test_a_questionnaire_in_each_file_makes_one_row():
    study = Study.empty().add(answers("gse.csv", "A1 pre 3"), answers("uwes.csv", "A1 pre 5", "A2 pre 4", head=UWES))
    assert study.responses[["respondent_id", "gse_1", "uwes9_9"]].fillna(-1).values.tolist() == [
        ["A1", 3, 5],
        ["A2", -1, 4],
    ]
    assert listed(study) == {(file, 2, "", "rows joined") for file in ("gse.csv", "uwes.csv")}
    assert set(fates(study).values()) == {"used"}


def test_answers_without_consent_are_set_aside():
    study = Study.empty().add(
        answers("a.csv", "A1 pre 3", "A2 pre 3", "A3 pre 3", "A4 pre 3"),
        roster("A1,staff,,given", "A2,staff,,withdrawn", "A3,staff,,refused", "A5,staff,,refused"),
    )
    assert listed(study) == {("a.csv", 3, "", "row set aside"), ("a.csv", 4, "", "row set aside")}
    assert set(study.problems["severity"]) == {"note"}
    assert sorted(study.responses["respondent_id"]) == ["A1", "A4"]
    assert len(study.roster) == 4


def test_a_withdrawal_counts_even_if_the_roster_contradicts_itself():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"), roster("A1,staff,,given", "A1,staff,,withdrawn"))
    assert study.responses.empty


def test_consent_is_a_matter_of_role_and_identifier():
    head = HEAD.replace("wave", "wave,role")
    file = read_questionnaires(
        f"{head}\n1,pre,staff{',3' * 10}\n1,pre,service user{',2' * 10}\n".encode(), name="a.csv"
    )
    study = Study.empty().add(file, roster("1,staff,,withdrawn", "1,service user,,given"))
    assert study.responses["role"].tolist() == ["service user"]


def test_roles_and_sites_come_from_the_roster_then_the_cases():
    study = Study.empty().add(
        answers("a.csv", "A1 pre 3", "A2 pre 3", "A3 pre 3", "A4 pre 3"),
        roster("A1,staff,North,", "A4,staff,,", "A4,service user,,"),
        read_cases(b"respondent_id,site\nA1,East\nA2,South\nA4,West\n", name="cases.csv"),
    )
    found = study.responses.set_index("respondent_id")[["role", "site"]].fillna("")
    assert found.loc[["A1", "A2", "A3", "A4"]].values.tolist() == [
        ["staff", "North"],
        ["service user", "South"],
        ["", ""],
        ["", ""],
    ]
    assert study.notes == (
        "The role of 1 answered questionnaire came from the roster.",
        "The role of 1 answered questionnaire came from the case file.",
        "The site of 1 answered questionnaire came from the roster.",
        "The site of 1 answered questionnaire came from the case file.",
    )
    assert listed(study) == set()


def test_what_a_questionnaire_says_itself_stays():
    head = HEAD.replace("wave", "wave,role,site")
    file = read_questionnaires(f"{head}\nA1,pre,volunteer,West{',3' * 10}\n".encode(), name="a.csv")
    study = Study.empty().add(file, roster("A1,staff,North,"))
    assert study.responses[["role", "site"]].values.tolist() == [["volunteer", "West"]]
    assert study.notes == ()


def test_a_role_known_from_another_answer():
    head = HEAD.replace("wave", "wave,role")
    file = read_questionnaires(f"{head}\nA1,pre,staff{',3' * 10}\nA1,post,{',3' * 10}\n".encode(), name="a.csv")
    assert Study.empty().add(file).responses["role"].tolist() == ["staff", "staff"]


@pytest.mark.parametrize("reader", [read_roster, read_cases, read_caseload])
def test_people_in_two_files(reader):
    one = reader(b"respondent_id,site\nA1,North\nA2,North\nA3,South\n", name="a.csv")
    other = reader(b"respondent_id,site,company\nA1,South,X\nA3,South,\nA4,,\n", name="b.csv")
    study = Study.empty().add(one, other)
    assert listed(study, "row set aside") == {
        (f, r, "", "row set aside") for f, r in (("a.csv", 2), ("b.csv", 2), ("b.csv", 3))
    }
    assert getattr(study, one.kind)["respondent_id"].tolist() == ["A2", "A3", "A4"]


def test_caseloads_without_identifiers_are_joined_as_they_are():
    one, other = (read_caseload(b"sex,age\nm,30\nm,%d\n" % age, name=f"{age}.csv") for age in (31, 32))
    study = Study.empty().add(one, other)
    assert len(study.caseload) == 4
    assert listed(study) == set()


def test_published_figures_are_never_held_against_each_other():
    files = [read_published(b"measure,mean\nOGRS,%d\n" % mean, name=f"{mean}.csv") for mean in (48, 49)]
    assert Study.empty().add(*files).published["mean"].tolist() == [48, 49]


def test_without_names_the_files_there_are():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"))
    with pytest.raises(UnknownNameError, match=r"a\.csv"):
        study.without("b.csv")
    assert study.without("a.csv").responses.empty


def test_a_file_read_again_keeps_its_place_and_name():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"), answers("a.csv", "A2 pre 3"), roster("A1,staff,,"))
    again = study.replaced("a (2).csv", answers("a.csv", "A3 post 4"))
    assert [intake.name for intake in again.intakes] == ["a.csv", "a (2).csv", "roster.csv"]
    assert sorted(again.responses["respondent_id"]) == ["A1", "A3"]
    assert fates(again).keys() == fates(study).keys()
    assert again.replaced("a (2).csv", study.intakes[1]).fingerprint == study.fingerprint
    with pytest.raises(UnknownNameError, match=r"a \(2\)\.csv"):
        study.replaced("b.csv", study.intakes[0])


def test_what_was_chosen_is_remembered_for_a_file_of_the_same_shape():
    words = pd.DataFrame({"field": ["gse"], "found": ["often"], "code": ["3"]})
    first = answers("a.csv", "A1 pre 3")
    chosen = [
        dataclasses.replace(first, choices=Choices(wave="pre", codes=words)),
        dataclasses.replace(answers("b.csv", "A2 pre 3"), choices=Choices(codes=words.assign(code="4"))),
        dataclasses.replace(answers("c.csv", "A3 pre 3", head=UWES), choices=Choices(codes=words.assign(code="1"))),
    ]
    study = Study.empty().add(*chosen)
    remembered = study.remembered(shape_of(first.raw))
    assert remembered.wave is None
    assert remembered.codes["code"].tolist() == ["4"]
    assert study.remembered("another shape") is None
    assert Study.empty().add(first).remembered(shape_of(first.raw)) is None
    only_a_wave = Study.empty().add(dataclasses.replace(first, choices=Choices(wave="pre")))
    assert only_a_wave.remembered(shape_of(first.raw)) is None


def test_the_entries_are_all_answers_with_their_place_and_fate():
    study = Study.empty().add(
        answers("b.csv", "A1 pre 3", "A2 pre 3"), answers("a.csv", "A1 pre 4"), roster("A2,staff,North,refused")
    )
    assert study.entries[["file", "row", "respondent_id", "role", "site"]].fillna("").values.tolist() == [
        ["a.csv", 2, "A1", "", ""],
        ["b.csv", 2, "A1", "", ""],
        ["b.csv", 3, "A2", "staff", "North"],
    ]
    assert study.entries["reason"].tolist() == [
        "another row for the same person has different answers",
        "another row for the same person has different answers",
        "consent was refused or withdrawn",
    ]
    empty = Study.empty()
    assert list(empty.entries.columns[-4:]) == ["file", "row", "reason", "decided"]
    assert list(empty.identities.columns) == ["role", "found", "respondent_id", "rule"]


def test_a_file_that_could_not_be_used_takes_nothing_away():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"))
    worse = study.add(read_questionnaires(b"who,wave,gse_1\nA1,pre,2\n", name="b.csv"))
    assert worse.responses.equals(study.responses)
    assert fates(worse)["b.csv", 2] == "set aside"


def test_the_fingerprint_is_of_the_data_alone():
    study = Study.empty().add(answers("a.csv", "A1 pre 3"))
    same = study.renamed("Other").record(Export("change.gse.total.staff", "share"))
    assert same.fingerprint == study.fingerprint
    assert (same.name, len(same.exports)) == ("Other", 1)
    assert study.add(answers("b.csv", "A2 pre 3")).fingerprint != study.fingerprint
    assert dataclasses.replace(study, decisions=(KeepAnswer("neither"),)).fingerprint != study.fingerprint


@given(st.data())
def test_the_fingerprint_changes_with_any_cell(data):
    study = Study.empty().add(
        answers("a.csv", "A1 pre 3", "A2 post 2"),
        roster("A1,staff,North,given", "A2,service user,,"),
        read_cases(b"respondent_id,drugs_need,started_on,age\nA1,yes,2026-02-04,30\nA2,,,\n", name="c.csv"),
        read_caseload(b"sex,age\nm,30\nf,\n", name="caseload.csv"),
        read_published(b"measure,mean\nOGRS,48\n", name="published.csv"),
    )
    kind = data.draw(st.sampled_from(KINDS))
    table = getattr(study, kind).copy()
    row, column = data.draw(st.integers(0, len(table) - 1)), data.draw(st.sampled_from(list(table.columns)))
    before, dtype = table.loc[row, column], table[column].dtype
    others = {"str": "other", "boolean": False, "float64": -7.0}
    table.loc[row, column] = others.get(str(dtype), pd.Timestamp("2001-01-01")) if pd.isna(before) or row else None
    if (pd.isna(before) and pd.isna(table.loc[row, column])) or before is table.loc[row, column]:
        return
    assert table[column].dtype == dtype
    assert dataclasses.replace(study, **{kind: table}).fingerprint != study.fingerprint


def test_nothing_about_people_stands_in_a_repr():
    study = Study.empty("Pilot").add(answers("a.csv", "SECRET pre 3"))
    assert repr(study) == "Study('Pilot', 1 file, 1 answered questionnaire)"
