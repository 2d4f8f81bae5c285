"""Headings: native names in any writing, repeats, strangers, personal data, and a mapping that is passed back."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.errors import TableError, UnknownNameError
from evalcore.instruments import load_instrument
from evalcore.intake import read_cases, read_questionnaires
from evalcore.intake.headings.headers import (
    KEEP,
    RECORD_STATUS,
    assign_in_order,
    heading_key,
    known_columns,
    map_headings,
    mapping_table,
    shape_of,
)
from evalcore.intake.native import KINDS, item_columns, native_columns, template
from evalcore.intake.problems import Problems
from tests.intake.headings import columns_of
from tests.intake.headings.columns_of import mapped, table, taken
from tests.intake.made import csv_bytes, gse, listed

LEFT_OUT, KEPT = "column left out", "kept, please check"


def read(rows, **options):
    return read_questionnaires(csv_bytes(rows), name="answers.csv", **options)


@pytest.mark.parametrize(
    "header", ["Respondent ID", "respondent-id", "\ufeffRESPONDENT_ID", "RespondentId", " respondent\u00a0id "]
)
def test_native_names_in_any_writing(header):
    intake = read(gse(["A1", "pre"], header=(header, "WAVE ")))
    assert listed(intake) == set()
    assert intake.mapping["header"].tolist()[1] == "WAVE "
    assert intake.mapping["position"].tolist() == list(range(1, 13))


def test_no_two_native_names_fold_into_one():
    for kind in KINDS:
        names = native_columns(kind)
        assert len({heading_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(("cell", "severity"), [(3, "warning"), (4, "error")])
def test_a_repeated_heading(cell, severity):
    rows = gse(["A1", "pre"])
    rows[0].append("GSE 1")
    rows[1].append(cell)
    intake = read(rows)
    if severity == "warning":
        assert listed(intake, "warning") == {(None, "GSE 1", LEFT_OUT)} == listed(intake)
        assert intake.responses["gse_1"].tolist() == [3]
    else:
        assert listed(intake, "error") == {(None, "GSE 1", LEFT_OUT), (None, "gse_1", LEFT_OUT)}
        assert "gse_1" not in intake.responses


def test_unknown_headings_are_left_out_and_listed():
    rows = gse(["A1", "pre", "blue", "x"], header=("respondent_id", "wave", "colour", ""))
    intake = read(rows)
    assert listed(intake) == {(None, "colour", LEFT_OUT), (None, "column 4 (no heading)", LEFT_OUT)}
    assert listed(intake, "note") == listed(intake)


@pytest.mark.parametrize(
    "header",
    [
        "Name",
        "First name",
        "Your name",
        "surname",
        "Email Address",
        "e-mail",
        "IPAddress",
        "Home address",
        "Postcode",
        "Phone number",
        "NHS no",
        "PNC ID",
        "dob",
        "Date of birth",
        "LocationLatitude",
        "NI number",
    ],
)
def test_headings_that_look_personal_are_left_out_unseen(header):
    intake = read(gse(["A1", "pre", "Jane Example"], header=("respondent_id", "wave", header)))
    assert listed(intake) == {(None, header, LEFT_OUT)} == listed(intake, "warning")
    assert "Jane" not in intake.mapping.to_csv() + intake.problems.to_csv() + intake.responses.to_csv()


@pytest.mark.parametrize(
    "cells",
    [["a@example.org", ""], ["M1 1AA", "LS29JT"], ["2001/123456X", "98/1Z"], ["07700 900123", "-"], ["10.0.0.1"]],
)
def test_cells_that_look_personal_are_left_out_unseen(cells):
    rows = gse(*([f"A{i}", "pre", cell] for i, cell in enumerate(cells)), header=("respondent_id", "wave", "q7"))
    intake = read(rows)
    assert listed(intake, "warning") == {(None, "q7", LEFT_OUT)}
    assert cells[0] not in intake.mapping.to_csv() + intake.problems.to_csv()


@pytest.mark.parametrize("header", ["Site name", "Programme name", "Colour", "instrument"])
def test_headings_that_name_nobody(header):
    intake = read(gse(["A1", "pre", "x"], header=("respondent_id", "wave", header)))
    assert listed(intake, "warning") == set()


def test_identifiers_that_are_addresses_are_kept_with_a_warning():
    intake = read(gse(["a@example.org", "pre"]))
    assert listed(intake) == {(None, "respondent_id", KEPT)}
    assert len(intake.responses) == 1


def test_a_mapping_passed_back_gives_the_same_reading():
    data = csv_bytes(gse(["A1", "x"], header=("respondent_id", "colour")))
    first = read_questionnaires(data, name="a.csv", wave="post")
    second = read_questionnaires(data, name="a.csv", mapping=first.mapping)
    assert second.mapping[["position", "taken_for", "wave"]].equals(first.mapping[["position", "taken_for", "wave"]])
    assert second.responses.equals(first.responses)
    assert second.responses["wave"].tolist() == ["post"]


def test_a_corrected_mapping_decides():
    rows = gse(["A1", "pre", "North", "Jane Example"], header=("Who", "When", "Place", "Nickname"))
    mapping = read(rows).mapping
    mapping.loc[:3, "taken_for"] = ["respondent_id", "wave", "site", "keep"]
    mapping.loc[mapping["header"] == "gse_10", "taken_for"] = ""
    intake = read(rows, mapping=mapping)
    assert listed(intake, "error", "warning") == {(None, "Nickname", KEPT)}
    row = intake.responses.iloc[0]
    assert row[["respondent_id", "wave", "site", "Nickname"]].tolist() == ["A1", "pre", "North", "Jane Example"]
    assert "gse_10" not in intake.responses
    # two of the four had been recognised without help, and keep their reason
    reasons = ["chosen", "another name for wave", "another name for site", "chosen"]
    assert intake.mapping["reason"].tolist()[:4] == reasons


def test_a_mapping_of_another_file_or_with_unknown_names_is_refused():
    rows = gse(["A1", "pre"])
    mapping = read(rows).mapping
    with pytest.raises(TableError, match="other headings"):
        read(rows, mapping=mapping.assign(header="x"))
    with pytest.raises(TableError, match="needs the columns"):
        read(rows, mapping=mapping.drop(columns="position"))
    with pytest.raises(TableError, match="other headings"):
        read(rows, mapping=pd.concat([mapping, mapping]))
    with pytest.raises(UnknownNameError, match="keep"):
        read(rows, mapping=mapping.assign(taken_for="gse_11"))
    with pytest.raises(UnknownNameError, match="pre or post"):
        read(rows, wave="middle")


def uwes(values, header="Q{}"):
    items = load_instrument("uwes9").columns
    rows = [["respondent_id", "wave", *(header.format(i) for i in range(1, 10))]]
    rows += [[f"A{i}", "pre", *[value] * 9] for i, value in enumerate(values)]
    mapping = pd.DataFrame(
        {"position": range(1, 12), "header": rows[0], "taken_for": ["respondent_id", "wave", *items]}
    )
    return read(rows, mapping=mapping if header == "Q{}" else None)


def test_bare_numbers_without_a_0_are_asked_about_once():
    intake = uwes([1, 6])
    assert listed(intake) == {(None, "Q1 to Q9", KEPT)}
    assert len(intake.responses) == 2
    assert listed(uwes([0, 6])) == set()
    assert listed(uwes(["often", "6"]), "error") == set()


def test_words_without_a_source_are_warned_of_once():
    words = {word for answer in load_instrument("uwes9").answers.values() for word in answer.unverified_variants}
    assert words
    for word in words:
        intake = uwes([word.title(), 0], "uwes9_{}")
        assert listed(intake) == {(None, "uwes9_1 to uwes9_9", KEPT)} == listed(intake, "warning")
        assert intake.responses["uwes9_1"].notna().all()
    assert listed(uwes(["Never"], "uwes9_{}")) == set()


def test_a_7_stops_the_questionnaire():
    intake = uwes([1, 7])
    assert listed(intake, "error") == {(None, f"Q{i}", LEFT_OUT) for i in range(1, 10)} | {(None, "", "file not read")}
    assert intake.instruments == ()


def test_native_files_are_not_asked_about():
    assert listed(uwes([1, 6], "uwes9_{}")) == set()
    assert listed(uwes([1, 7], "uwes9_{}")) == {(3, f"uwes9_{i}", "answer set to missing") for i in range(1, 10)}


def test_only_some_items_are_noted():
    intake = read([["respondent_id", "wave", "gse_1", "gse_3"], ["A1", "pre", 3, 3]])
    assert listed(intake) == {(None, "gse_2", KEPT)} == listed(intake, "note")
    assert "gse_2" in intake.problems["found"][0]


@pytest.mark.parametrize("kind", KINDS)
def test_templates_are_read_as_what_they_are(kind):
    header = template(kind).decode().strip().split(",")
    assert header == list(native_columns(kind))
    if kind == "responses":
        assert set(item_columns()) <= set(header)


def test_an_empty_template_says_that_it_is_empty():
    assert listed(read_cases(template("cases"))) == {(None, "", "file not read")}
    assert listed(read_questionnaires(template("responses"))) == {(None, "", "file not read")}


WIDE = ["respondent_id", *(f"gse_{i}" for i in range(1, 11)), *(f"gse_{i}_post" for i in range(1, 11))]


def test_items_without_a_wave_are_the_other_wave():
    assert taken(WIDE) == ["respondent_id", *(f"gse_{i} {wave}" for wave in ("pre", "post") for i in range(1, 11))]
    assert columns_of.listed(WIDE) == [("gse_1 to gse_10", KEPT, "warning")]
    dated = [*WIDE, "completed_on", "completed_on_post", "site"]
    assert taken(dated)[-3:] == ["completed_on pre", "completed_on post", "site"]


@pytest.mark.parametrize(
    "header",
    [
        WIDE[:-1],
        WIDE[1:],
        [*WIDE, "gse_1_pre"],
        ["gse_1", "gse_2", "gse_1_post"],
        ["gse_1", "swemwbs_1_post"],
        ["gse_1", "gse_2", "gse_1_pre", "gse_2_post"],
    ],
)
def test_items_without_a_wave_are_the_other_one_only_where_every_item_stands_twice(header):
    found = taken(header)
    if header == WIDE[1:]:
        assert found[0] == "gse_1 pre"
    else:
        assert "gse_1" in found


def test_waves_count_from_zero_where_a_zero_occurs():
    assert taken(["gse_1_T0", "gse_1_T1"]) == ["gse_1 pre", "gse_1 post"]
    assert taken(["gse_1_T1", "gse_1_T2"]) == ["gse_1 pre", "gse_1 post"]


@pytest.mark.parametrize(
    "header",
    [["gse_1_T0", "gse_1_T1", "gse_1_T2"], ["T1 gse_1", "T2 gse_1", "T3 gse_1"], ["site_T1", "site_T2", "site_T3"]],
)
def test_a_third_wave_is_left_out_with_a_warning(header):
    assert [text.partition(" ")[2] for text in taken(header)] == ["pre", "post", ""]
    assert columns_of.listed(header) == [(header[2], LEFT_OUT, "warning")]


def test_repeats_are_held_against_each_other_wave_by_wave():
    header = ["gse_1_pre", "pre_gse_1", "gse_1_post"]
    assert [h.taken_for for h in mapped(header)] == ["gse_1", "", "gse_1"]
    other = {"pre_gse_1": ("1", "1", "1")}
    assert [h.taken_for for h in mapped(header, cells=other)] == ["", "", "gse_1"]
    assert [line[2] for line in columns_of.listed(header, cells=other)] == ["error", "error"]


def test_a_mapping_keeps_the_reasons_of_what_was_left_alone():
    header = ["Your ID", "gse_1_pre", "gse_1_post", "Comments", "colour"]
    raw = table(header)
    mapping = mapping_table(raw, map_headings(raw, "responses", Problems()))
    again = map_headings(raw, "responses", Problems(), mapping)
    assert mapping_table(raw, again).equals(mapping)
    mapping.loc[mapping["header"] == "colour", "taken_for"] = "site"
    changed = map_headings(raw, "responses", Problems(), mapping)
    assert [h.reason for h in changed[:4]] == [h.reason for h in again[:4]]
    assert (changed[4].taken_for, changed[4].reason) == ("site", "chosen")


def test_a_mapping_may_keep_columns_and_tell_test_responses_apart():
    raw = table(["Your ID", "Status", "Comments", "gse_1"])
    mapping = mapping_table(raw, map_headings(raw, "responses", Problems()))
    mapping["taken_for"] = ["respondent_id", RECORD_STATUS, KEEP, "gse_1"]
    mapping["wave"] = ["", "", "", "post"]
    headings = map_headings(raw, "responses", Problems(), mapping)
    assert [(h.taken_for, h.wave) for h in headings] == list(zip(mapping["taken_for"], mapping["wave"], strict=True))
    assert headings[3].reason == "native name"
    with pytest.raises(UnknownNameError, match="pre or post"):
        map_headings(raw, "responses", Problems(), mapping.assign(wave="later"))


def test_columns_that_a_person_names_in_order():
    header = ["Your ID", *(f"Q{i}" for i in range(1, 11))]
    raw = table(header)
    mapping = mapping_table(raw, map_headings(raw, "responses", Problems()))
    changed = assign_in_order(mapping, range(11, 1, -1), "gse", "pre")
    headings = map_headings(raw, "responses", Problems(), changed)
    assert [(h.taken_for, h.wave) for h in headings[1:]] == [(f"gse_{i}", "pre") for i in range(10, 0, -1)]
    assert mapping["taken_for"].tolist() == ["respondent_id", *[""] * 10]


@pytest.mark.parametrize(
    ("positions", "instrument", "wave", "error"),
    [
        (range(2, 11), "gse", "", TableError),
        ([2] * 10, "gse", "", TableError),
        (range(3, 13), "gse", "", TableError),
        (range(2, 12), "hope", "", UnknownNameError),
        (range(2, 12), "gse", "later", UnknownNameError),
    ],
)
def test_columns_in_order_must_fit_the_questionnaire(positions, instrument, wave, error):
    raw = table(["Your ID", *(f"Q{i}" for i in range(1, 11))])
    mapping = mapping_table(raw, map_headings(raw, "responses", Problems()))
    with pytest.raises(error):
        assign_in_order(mapping, positions, instrument, wave)


def test_files_of_one_shape():
    one = shape_of(table(["Your ID", "GSE 1"]))
    assert one == shape_of(table(["your id", "gse_1", ""], cells={"your id": ("x", "y", "z")}))
    assert len({one, shape_of(table(["GSE 1", "Your ID"])), shape_of(table(["Your ID", "GSE 2"]))}) == 3


def test_columns_by_other_names_tell_the_kind_of_table():
    assert known_columns(table(["Client number", "Gender", "Housing need"]), "cases") == {
        "respondent_id",
        "sex",
        "accommodation_need",
    }
    assert known_columns(table(["Status"], tool="qualtrics"), "responses") == set()
