"""Items by name: a questionnaire's name and a number, however tools and people write them."""

from __future__ import annotations

import pytest

from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake.headings.headers import may_be_short_form
from evalcore.intake.headings.item_names import SCORE, find_names
from tests.intake.headings.columns_of import listed, mapped, taken

ONE_BY_ONE = {
    "GSE1": "gse_1",
    "gse_q3": "gse_3",
    "GSE_03": "gse_3",
    "GSE-Q10": "gse_10",
    "GSES item 4": "gse_4",
    "General Self-Efficacy Scale 7": "gse_7",
    "SWEMWBS_Q1": "swemwbs_1",
    "S-WEMWBS 2": "swemwbs_2",
    "Q12_swemwbs_3": "swemwbs_3",
    "SWEMWBS[SQ001]": "swemwbs_1",
    "group-swemwbs_3": "swemwbs_3",
    "wellbeing/swemwbs_4": "swemwbs_4",
    "WEMWBS (14): 5": "wemwbs_5",
    "UWES_3": "uwes9_3",
    "UWES9.3": "uwes9_3",
    "uwes-9 item 4": "uwes9_4",
    "Utrecht Work Engagement Scale 9": "uwes9_9",
    "pre_gse_1": "gse_1 pre",
    "gse_1_pre": "gse_1 pre",
    "GSE1_T2": "gse_1 post",
    "t1.swemwbs.3": "swemwbs_3 pre",
    "Baseline SWEMWBS 1": "swemwbs_1 pre",
    "gse3_followup": "gse_3 post",
    "gse_1 (after)": "gse_1 post",
    "preGSE2": "gse_2 pre",
    "postswemwbs2": "swemwbs_2 post",
    "gseT2_4": "gse_4 post",
    "SWEMWBS 3 (3 month follow-up)": "swemwbs_3 post",
    "GSE 3: stick to my aims": "gse_3",
    "UWES-9: immersed in work": "uwes9_8",
    "SWEMWBS 7 - feeling relaxed": "swemwbs_3",
}
NO_ITEM = [
    "pre1",
    "Q3",
    "swemwbs",
    "swemwbs_complete",
    "gse_1_comment",
    "GSE 2 weeks",
    "gse_1_recoded",
    "Comments on GSE 3",
    "GSE 3 (other, please specify)",
    "gse_date",
    "GSE_11",
    "SWEMWBS 0",
    "gse_2026",
    "gse_1_2",
    "phrases 3",
    "UWES-17 item 3",
    "GSE 3: several solutions",
]
SCORES = [
    "WEMWBS_total",
    "GSE sum",
    "Mean",
    "total score",
    "UWES_vigor",
    "Total WEMWBS 14",
    "swemwbs_raw",
    "gse mean pre",
]


@pytest.mark.parametrize(("header", "item"), ONE_BY_ONE.items())
def test_an_item_by_its_name(header, item):
    assert taken([header]) == [item]


@pytest.mark.parametrize("header", NO_ITEM)
def test_what_names_no_item(header):
    assert taken([header]) == [""]


@pytest.mark.parametrize("header", SCORES)
def test_scores_are_left_out_as_what_they_are(header):
    assert [(h.taken_for, h.reason) for h in mapped([header])] == [("", SCORE)]
    assert listed([header]) == [(header, "column left out", "note")]


def test_reasons_say_what_was_read():
    headings = mapped(["GSE 1", "gse_q3", "Q5"], questions=["", "", "SWEMWBS item 4"])
    assert [h.reason for h in headings] == ["native name", "the heading says GSE 3", "the question says SWEMWBS 4"]


@pytest.mark.parametrize("instrument", ["wemwbs", "swemwbs", "gse", "uwes9"])
def test_letters_count_from_a(instrument):
    name = instrument.rstrip("9").upper()
    columns = load_instrument(instrument).columns
    assert taken([f"{name}{chr(97 + i)}" for i in range(len(columns))]) == list(columns)


def test_a_lone_letter_is_no_item():
    assert taken(["WEMWBSb", "GSE_t"]) == ["", ""]


@pytest.mark.parametrize("name", ["UWES9{}", "UWES9_{}", "uwes-9 q{}", "UWES_9_{}"])
def test_the_length_in_a_name_is_no_number(name):
    columns = load_instrument("uwes9").columns
    assert taken([name.format(i) for i in range(1, 10)]) == list(columns)
    assert taken([f"pre_{name}".format(i) for i in range(1, 10)]) == [f"{column} pre" for column in columns]


def test_a_number_above_the_items_may_be_the_longer_form():
    headings = mapped([f"UWES_{i}" for i in range(1, 18)])
    assert {h.taken_for for h in headings} == {""}
    assert all("may be UWES-17" in h.reason for h in headings)
    assert {severity for *_, severity in listed(["UWES_12"])} == {"warning"}
    # the nine that name their form are not in doubt
    assert taken(["uwes9_1", "UWES-9 item 2", "UWES_12"]) == ["uwes9_1", "uwes9_2", ""]


def test_items_of_the_short_form_under_the_numbers_of_the_long_one():
    numbers = [1, 2, 3, 6, 7, 9, 11]
    assert taken([f"swemwbs_{i}" for i in numbers]) == list(load_instrument("swemwbs").columns)
    # seven others are no such thing
    assert taken([f"swemwbs_{i}" for i in (1, 2, 3, 6, 7, 9, 12)])[3:5] == ["swemwbs_6", "swemwbs_7"]


def test_fourteen_items_are_no_short_form():
    assert taken([f"SWEMWBS {i}" for i in range(1, 15)]) == list(load_instrument("wemwbs").columns)


def test_numbers_from_zero():
    assert taken([f"gse_{i}" for i in range(10)]) == list(load_instrument("gse").columns)
    assert taken([f"gse_{i}" for i in range(9)])[:2] == ["", "gse_1"]


@pytest.mark.parametrize("form", ["gse_{item}_{wave}", "gse_{wave}_{item}", "GSE{wave}[SQ{item:03}]"])
def test_a_second_number_is_the_wave_where_nothing_else_is_possible(form):
    header = [form.format(item=item, wave=wave) for wave in (1, 2) for item in range(1, 11)]
    expected = [f"gse_{item} {wave}" for wave in ("pre", "post") for item in range(1, 11)]
    assert taken(header) == expected
    assert [line[1:] for line in listed(header)] == [("kept, please check", "warning")]
    assert set(taken(header[:-1])) == {""}


def test_two_numbers_of_which_either_may_be_the_wave():
    assert set(taken([f"gse_{one}_{other}" for one in (1, 2) for other in (1, 2)])) == {""}


def test_a_second_number_is_no_wave_where_words_say_one():
    assert set(taken([f"gse_{item}_fu{i}" for i in (1, 2) for item in range(1, 11)])) == {""}


def test_two_numbers_are_never_run_together():
    assert taken(["wemwbs_1_2", "gse_1_0"]) == ["", ""]


def test_the_mark_of_a_repeated_heading_is_no_number():
    headings = mapped(["gse_1", "gse_1.1"], cells={"gse_1.1": ["1", "1", "1"]})
    assert [h.reason for h in headings] == ["left out: columns 1, 2 are all gse_1"] * 2


@pytest.mark.parametrize(
    ("numbers", "header", "asked"),
    [
        (range(1, 8), "wemwbs_{}", True),
        (range(1, 9), "wemwbs_{}", False),
        (range(1, 7), "wemwbs_{}", False),
        (range(1, 8), "swemwbs_{}", False),
    ],
)
def test_seven_numbered_items_may_be_the_short_form(numbers, header, asked):
    assert may_be_short_form(mapped([header.format(i) for i in numbers])) is asked


def test_items_by_their_words_are_not_in_doubt():
    words = ["cheerful", "spare energy", "new things", "optimistic", "good about myself", "feeling loved", "relaxed"]
    assert not may_be_short_form(mapped([f"wemwbs {word}" for word in words]))


def test_all_names_are_understood_together():
    found = find_names(["gse 1", "colour", "gse 2 (pre)"])
    assert [name and name.item for name in found] == ["gse_1", None, "gse_2"]


def test_every_name_of_a_questionnaire_leads_to_it():
    for instrument in list_instruments():
        definition = load_instrument(instrument)
        for name in (definition.short_name, definition.full_name.partition(",")[0], *definition.names):
            assert taken([f"{name.title()} item 2"]) == [f"{instrument}_2"], name
