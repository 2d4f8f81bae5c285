"""The twelve traps that break scoring in real exports, each by its own files."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore import Study, match_scores, score
from evalcore.decisions import FIRST_COMPLETE, LAST_COMPLETE, NEITHER, KeepAnswer
from evalcore.errors import TableError
from evalcore.instruments import load_instrument
from evalcore.intake import read_questionnaires
from tests.intake.exports import forms, jisc, qualtrics, reading, redcap, surveymonkey
from tests.intake.exports.people import (
    KEYWORDS,
    NAMES,
    NO_ANSWER,
    POST,
    PRE,
    ROW_ASIDE,
    cells,
    codes,
    in_numbers,
    in_words,
    items,
)
from tests.intake.made import csv_bytes, fates, gse, listed

LEFT_OUT, KEPT = "column left out", "kept, please check"


def keys(intake) -> list[str]:
    """The names of what a file asks."""
    return [question.key for question in intake.questions]


def uwes(write=in_numbers, *, shift: int = 0, names=None, own=None):
    """A file of six people before: each cell a code, moved up by `shift`."""
    names = names or [f"UWES{at}" for at in range(1, 10)]
    rows = [["ID", *names]]
    for who in NAMES:
        given = own or codes("uwes9", who, PRE)
        rows.append([who, *(write("uwes9", code + shift) for code in given)])
    return rows


def read(rows, name="engagement pre.csv", **more):
    return read_questionnaires(csv_bytes(rows), name=name, **more)


# 1. A scale of 0 to 6 stored as 1 to 7


def test_trap_1_bare_numbers_with_a_7_stop_the_questionnaire_and_ask():
    intake = read(uwes(shift=1))
    assert listed(intake, "error") >= {(None, f"UWES{at}", LEFT_OUT) for at in range(1, 10)}
    assert keys(intake) == ["codes.uwes9"]
    assert intake.questions[0].needed
    assert not intake.instruments
    assert all(code is None for given in reading.answers(intake).values() for code in given.values())


def test_trap_1_each_answer_to_the_question_reads_the_file():
    rows = uwes(shift=1)
    question = read(rows).questions[0]
    truths = []
    for option in question.options:
        intake = read(rows, codes=option.choices.codes)
        assert keys(intake) == []
        truths.append(reading.answers(intake))
    moved = {(who, PRE): dict(zip(items("uwes9"), codes("uwes9", who, PRE), strict=True)) for who in NAMES}
    assert moved in truths
    stands = {
        key: {item: code + 1 if code < 6 else None for item, code in given.items()} for key, given in moved.items()
    }
    assert stands in truths


def test_trap_1_bare_numbers_without_a_0_are_read_and_asked_about_once():
    people = {who: [min(5, max(1, code)) for code in codes("uwes9", who, PRE)] for who in NAMES}
    rows = [["ID", *(f"UWES{at}" for at in range(1, 10))], *([who, *given] for who, given in people.items())]
    intake = read(rows)
    assert keys(intake) == ["codes.uwes9"]
    assert not intake.questions[0].needed
    assert [action for _, column, action in listed(intake, "warning") if "UWES" in column] == [KEPT]
    assert listed(intake, "error") == set()
    read_as = {who: list(given.values()) for (who, _), given in reading.answers(intake).items()}
    assert read_as == people


@pytest.mark.parametrize("shift", [0, 1])
def test_trap_1_native_files_are_not_asked_about(shift):
    rows = uwes(names=[f"uwes9_{at}" for at in range(1, 10)], own=[3, 4, 2, 5, 3, 4, 2, 3, 4], shift=shift)
    intake = read([["respondent_id", *rows[0][1:]], *rows[1:]])
    assert keys(intake) == []
    assert listed(intake, "error", "warning") == set()


def test_trap_1_words_are_not_asked_about():
    intake = read(uwes(in_words, own=[1, 2, 3, 4, 5, 3, 4, 2, 3]))
    assert keys(intake) == []
    assert listed(intake, "error", "warning") == set()


def test_trap_1_a_file_with_a_0_is_not_asked_about():
    intake = read(uwes())
    assert keys(intake) == []
    assert listed(intake, "error", "warning") == set()


# 2. The heading row has a code, the item stands elsewhere


def test_trap_2_the_item_is_found_in_the_second_heading_row():
    for export in (*qualtrics.choice_text(), *surveymonkey.exports()):
        mapping = reading.read(export).mapping
        taken = mapping.loc[mapping["taken_for"].str.contains(r"_\d+$"), "taken_for"].tolist()
        assert taken in (items("swemwbs"), items("gse"))


# 3. Apostrophes, blanks that do not break, closing marks


@pytest.mark.parametrize(
    "heading",
    [
        "I've ... {}",
        "I’ve ... {}",
        "Ive ... {}",
        "I@SQ@ve ... {}",
        "I&#39;ve ... {}",
        "{}.",
        "{}:",
        "  {} ",
        "I've\u00a0... {}\u00a0",
        "{}\u200b",
        "1) {}",
        "Over the last two weeks\n{}",
    ],
)
def test_trap_3_a_heading_in_any_writing(heading):
    statements = [heading.format(text if heading[:2] != "{}" else text.capitalize()) for text in KEYWORDS["swemwbs"]]
    statements = [text.replace(" ", "\u00a0") if "\u00a0" in heading else text for text in statements]
    rows = [["ID", *statements], *([who, *cells("swemwbs", who, PRE)[0]] for who in NAMES)]
    intake = read(rows)
    assert reading.answers(intake) == {(who, PRE): cells("swemwbs", who, PRE)[1] for who in NAMES}
    assert listed(intake, "error") == set()


# 4. Labels with a gloss or a number


@pytest.mark.parametrize(
    ("instrument", "number", "cell"),
    [
        ("uwes9", 5, "Very often (A few times a week)"),
        ("uwes9", 5, "5 = A few times a week"),
        ("uwes9", 6, "Always (every day)"),
        ("swemwbs", 3, "3 - Some of the time"),
        ("swemwbs", 3, "3 – some of the time."),
        ("swemwbs", 4, "Often (4)"),
        ("swemwbs", 5, "5. All of the time"),
        ("gse", 4, " exactly true"),
        ("gse", 4, "EXACTLY\u00a0TRUE"),
        ("gse", 2, "Barely true"),
    ],
)
def test_trap_4_a_label_with_a_gloss_or_a_number(instrument, number, cell):
    rows = [["ID", *items(instrument)]]
    rows += [[who, *cells(instrument, who, PRE, planted={1: (cell, number)})[0]] for who in NAMES]
    intake = read(rows)
    assert {given[f"{instrument}_1"] for given in reading.answers(intake).values()} == {number}
    assert listed(intake, "error") == set()


@pytest.mark.parametrize("cell", ["3 - Often", "Often (3)", "6 - Often", "Very often", "Often or always", "3-4"])
def test_trap_4_a_number_against_its_words_is_listed(cell):
    rows = [["ID", *items("swemwbs")]]
    rows += [[who, *cells("swemwbs", who, PRE, planted={1: (cell, None)})[0]] for who in NAMES]
    intake = read(rows)
    assert {given["swemwbs_1"] for given in reading.answers(intake).values()} == {None}
    assert {(row, "swemwbs_1", NO_ANSWER) for row in range(2, 8)} <= listed(intake, "error")


@pytest.mark.parametrize(
    ("cell", "severity"),
    [
        *((cell, "note") for cell in ("99", "-9", "-99", "999", "99.0", "Prefer not to say", "-oth-", "Don’t know")),
        *((cell, "note") for cell in ("prefer not to answer", "Not applicable", "Don@SQ@t know")),
        *((cell, "error") for cell in ("6", "0", "2.5", "Oftn", "Rarely/Often", "?")),
        *((cell, "") for cell in ("", " ", "N/A", "n/a", "-", ".", "NA")),
    ],
)
def test_trap_4_what_is_no_answer_is_listed_by_what_it_is(cell, severity):
    """A word for "no answer" is noted, a slip is an error, a blank or its mark is neither."""
    rows = [["ID", *items("swemwbs")]]
    rows += [[who, *cells("swemwbs", who, PRE)[0]] for who in NAMES]
    rows[3][4] = cell
    intake = read(rows)
    assert reading.answers(intake)["CD07", PRE]["swemwbs_4"] is None
    here = {(4, "swemwbs_4", NO_ANSWER)}
    assert {line for line in listed(intake) if line[0]} == (here if severity else set())
    assert not severity or here <= listed(intake, severity)


# 5. The question's number differs between the waves


def test_trap_5_numbers_of_questions_are_never_matched_across_files():
    before, after = jisc.coded(PRE), jisc.coded(POST)
    made = reading.corrected(read_questionnaires(before.data, name=before.name).mapping, before)
    with pytest.raises(TableError):
        read_questionnaires(after.data, name=after.name, mapping=made)
    unasked = read_questionnaires(after.data, name=after.name)
    assert not unasked.instruments
    study = Study.empty().add(reading.read(before), reading.read(after))
    pairs = match_scores(score(study.responses, "swemwbs"))
    assert len(pairs.matched) == 5  # one of the six has a fault in both files
    for who in set(NAMES) - {"EF21"}:
        for wave in (PRE, POST):
            truth = reading.expected_scores("swemwbs", cells("swemwbs", who, wave)[1])
            assert pairs.matched.loc[who, wave] == pytest.approx(truth["total"])


def test_trap_5_one_mapping_is_not_put_on_a_file_of_another_shape():
    before, after = reading.read(jisc.coded(PRE)), reading.read(jisc.coded(POST))
    from evalcore.intake.headings.headers import shape_of

    assert shape_of(before.raw) != shape_of(after.raw)
    assert Study.empty().add(before).remembered(shape_of(after.raw)) is None
    assert Study.empty().add(before).remembered(shape_of(before.raw)) is not None


# 6. The same statement twice in one table


@pytest.mark.parametrize("second", ["{}2", "{}.1", "{}"])
def test_trap_6_a_statement_that_stands_twice_is_asked_about(second):
    statements = [f"... {text}" for text in KEYWORDS["swemwbs"]]
    rows = [["ID", *statements, *(second.format(text) for text in statements)]]
    for who in NAMES:
        rows.append([who, *cells("swemwbs", who, PRE)[0], *cells("swemwbs", who, POST)[0]])
    data = csv_bytes(rows) if second == "{}" else forms.table_bytes(rows[0], rows[1:])
    intake = read_questionnaires(data, name="form.csv")
    assert "twice.swemwbs" in keys(intake)
    assert all(code is None for given in reading.answers(intake).values() for code in given.values())
    question = next(one for one in intake.questions if one.key == "twice.swemwbs")
    truth = {(who, wave): cells("swemwbs", who, wave)[1] for who in NAMES for wave in (PRE, POST)}
    read = [
        reading.answers(read_questionnaires(data, name="form.csv", mapping=option.choices.mapping))
        for option in question.options
    ]
    assert truth in read


# 7. Items out of order


def test_trap_7_items_out_of_order_go_by_their_names():
    order = [3, 6, 2, 9, 1, 8, 4, 7, 5]
    rows = [["ID", *(f"UWES_{at}" for at in order)]]
    for who in NAMES:
        given, _ = cells("uwes9", who, PRE, in_numbers)
        rows.append([who, *(given[at - 1] for at in order)])
    intake = read(rows)
    assert reading.answers(intake) == {(who, PRE): cells("uwes9", who, PRE)[1] for who in NAMES}
    scores = score(intake.responses, "uwes9").set_index(["respondent_id", "scale"])["score"]
    for scale, expected in reading.expected_scores("uwes9", cells("uwes9", "AB12", PRE)[1]).items():
        assert scores["AB12", scale] == pytest.approx(expected)


# 8. One person answers twice


def test_trap_8_two_answers_of_one_person_are_set_aside_until_somebody_decides():
    rows = gse(["AB12", "pre"], ["AB13", "pre"], ["AB12", "pre"], ["AB13", "pre"])
    rows[3][2:] = [4] * 10
    intake = read(rows)
    assert listed(intake, "error") == {(2, "", ROW_ASIDE), (4, "", ROW_ASIDE)}
    assert listed(intake, "warning") == {(5, "", ROW_ASIDE)}
    assert fates(intake) == [(2, "set aside"), (3, "used"), (4, "set aside"), (5, "set aside")]
    study = Study.empty().add(intake)
    for keep, expected in ((FIRST_COMPLETE, {3}), (LAST_COMPLETE, {4}), (NEITHER, set())):
        decided = study.decide(KeepAnswer(keep, "AB12", None, PRE))
        own = decided.responses[decided.responses["respondent_id"] == "AB12"]
        assert set(own["gse_1"]) == expected
        assert sorted(decided.rows.loc[decided.rows["fate"] == "used", "row"]) == sorted(
            [3, *{FIRST_COMPLETE: [2], LAST_COMPLETE: [4], NEITHER: []}[keep]]
        )
    undone = study.decide(KeepAnswer(LAST_COMPLETE, "AB12", None, PRE)).undo(
        KeepAnswer(LAST_COMPLETE, "AB12", None, PRE)
    )
    pd.testing.assert_frame_equal(undone.responses, study.responses)


# 9. Test rows, unfinished ones, identifiers as people type them


def test_trap_9_previews_are_set_aside_and_unfinished_submissions_stay():
    for export in qualtrics.choice_text():
        intake = reading.read(export)
        assert "TEST" not in set(intake.responses["respondent_id"])
        assert intake.rows.loc[intake.rows["row"] == 4, "reason"].tolist() == ["a test response"]
        unfinished = intake.responses.set_index("respondent_id").loc["CD08"]
        assert unfinished[items("swemwbs")].notna().sum() == 3


@pytest.mark.parametrize("who", ["TEST", "test 1", "1@a.com"])
def test_trap_9_an_identifier_that_says_test_is_a_test_response(who):
    intake = read(gse([who, "pre"], ["A1", "pre"], ["Tester-Smith", "pre"], ["a", "pre"]))
    assert fates(intake) == [(2, "set aside"), (3, "used"), (4, "used"), (5, "used")]
    assert {(row, action) for row, _, action in listed(intake) if row} == {(2, ROW_ASIDE)}
    assert intake.rows.loc[0, "reason"] == "a test response"


def test_trap_9_case_and_blanks_do_not_part_a_person_and_a_slip_does():
    before = read(gse(["AB12", "pre"], ["ab13 ", "pre"], ["jo@gmail.com", "pre"], ["007", "pre"]), name="a.csv")
    after = read(gse(["ab12 ", "post"], ["AB 13", "post"], ["jo@gmaill.com", "post"], ["7", "post"]), name="b.csv")
    study = Study.empty().add(before, after)
    pairs = match_scores(score(study.responses, "gse"))
    assert len(pairs.matched) == 2
    assert len(pairs.pre_only) == len(pairs.post_only) == 2
    assert len(study.identities) == 2


# 10. A row an event


def test_trap_10_every_event_is_one_row_and_the_first_one_tells_of_the_person():
    export = redcap.raw()
    intake = reading.read(export)
    study = Study.empty().add(intake)
    assert set(study.responses["role"]) == {"service user"}
    assert set(study.responses["site"]) == {"Leeds"}
    assert len(match_scores(score(study.responses, "gse"), role="service user").matched) == len(NAMES)
    other = intake.rows[intake.rows["row"].isin(range(3, 20, 3))]
    assert set(other["fate"]) == {"set aside"}


def test_trap_10_of_several_follow_ups_a_person_says_which_one_is_after():
    before, after, later = "Baseline", "3 month follow-up", "6 month follow-up"
    rows = gse(["AB12", after], ["AB12", before], ["AB12", later])
    rows[1][2:], rows[3][2:] = [4] * 10, [1] * 10
    intake = read(rows, name="all waves.csv")
    assert keys(intake) == ["waves"]
    assert {key: set(given.values()) for key, given in reading.answers(intake).items()} == {("AB12", PRE): {3}}
    read_as = []
    for option in intake.questions[0].options:
        found = reading.answers(read(rows, name="all waves.csv", codes=option.choices.codes))
        read_as.append({wave: set(given.values()) for (_, wave), given in found.items()})
    assert {PRE: {3}, POST: {4}} in read_as
    assert {PRE: {3}, POST: {1}} in read_as


# 11. A comma that is not between quotation marks


def test_trap_11_a_ragged_row_is_refused_with_its_line():
    lines = ["ID,wave," + ",".join(items("swemwbs"))]
    lines += [f"{who},pre," + ",".join(map(str, cells("swemwbs", who, PRE)[0])) for who in NAMES]
    lines[3] = lines[3].replace("Rarely", "Rarely, or never", 1)
    intake = read_questionnaires("\n".join(lines).encode(), name="ragged.csv")
    assert listed(intake, "error") == {(4, "", ROW_ASIDE)}
    assert fates(intake) == [(2, "used"), (3, "used"), (4, "set aside"), (5, "used"), (6, "used"), (7, "used")]
    assert reading.answers(intake) == {(who, PRE): cells("swemwbs", who, PRE)[1] for who in NAMES if who != "CD07"}


# 12. What names a person


def test_trap_12_personal_columns_are_out_before_anything_is_shown():
    for export in (*qualtrics.exports(), *surveymonkey.exports(), *forms.exports()):
        intake = reading.read(export)
        out = intake.mapping.loc[intake.mapping["header"].map(reading.alike).isin(export.personal)]
        assert set(out["header"].map(reading.alike)) == set(export.personal)
        assert set(out["taken_for"]) == {""}
        assert set(out["preview"]) == {""}
        assert all("left out" in reason for reason in out["reason"])


def test_every_questionnaire_has_as_many_items_as_the_fixtures():
    for instrument in KEYWORDS:
        assert list(load_instrument(instrument).columns) == items(instrument)
