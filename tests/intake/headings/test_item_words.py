"""Items by the words of a heading: keywords only, never on the strength of one word that may mean anything."""

from __future__ import annotations

import pytest

from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake.headings.headers import known_columns, twice
from evalcore.intake.headings.item_words import OTHER_ITEM, SAME_ITEM, TWO_ITEMS
from tests.intake.headings.columns_of import listed, mapped, table, taken

# Our own short forms of the statements: a few keywords each.
SHORT = {
    "swemwbs_1": "feeling optimistic",
    "swemwbs_2": "feeling useful",
    "swemwbs_3": "feeling relaxed",
    "swemwbs_4": "dealing with problems",
    "swemwbs_5": "thinking clearly",
    "swemwbs_6": "close to others",
    "swemwbs_7": "own mind",
}
ONLY_LONG = {
    "wemwbs_4": "interested in people",
    "wemwbs_5": "energy to spare",
    "wemwbs_8": "good about myself",
    "wemwbs_10": "feeling confident",
    "wemwbs_12": "feeling loved",
    "wemwbs_13": "interested in new things",
    "wemwbs_14": "feeling cheerful",
}
GSE = [
    "I can always manage to solve difficult problems if I try hard enough",
    "If someone opposes me, I can find the means and ways to get what I want",
    "It is easy for me to stick to my aims and accomplish my goals",
    "I am confident that I could deal efficiently with unexpected events",
    "Thanks to my resourcefulness, I know how to handle unforeseen situations",
    "I can solve most problems if I invest the necessary effort",
    "I can remain calm when facing difficulties because I can rely on my coping abilities",
    "When I am confronted with a problem, I can usually find several solutions",
    "If I am in trouble, I can usually think of a solution",
    "I can usually handle whatever comes my way",
]
UWES = [
    "bursting with energy",
    "strong and vigorous",
    "enthusiastic",
    "my job inspires",
    "mornings: going to work",
    "working intensely",
    "proud of my work",
    "immersed in work",
    "carried away",
]
WORDS = ("Often", "Rarely", "")


@pytest.mark.parametrize(
    ("headings", "items"),
    [
        (list(SHORT.values()), list(SHORT)),
        (GSE, list(load_instrument("gse").columns)),
        (UWES, list(load_instrument("uwes9").columns)),
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "{}.",
        "  3. {}: ",
        "Q3: {}",
        "a) {}",
        "\N{NO-BREAK SPACE}{}",
        "<p><strong>{}</strong></p>",
        "Below are some statements [{}]",
        "Over the last weeks - {}",
        "Your feelings >> {}",
        "Q_118_{}",
        "I@SQ@ve: {}",
        "{}2",
        "{}.1",
    ],
)
def test_every_item_in_the_forms_that_tools_give_it(headings, items, form):
    assert taken([form.format(text) for text in headings]) == items
    assert taken([form.format(text.upper()) for text in headings]) == items


@pytest.mark.parametrize(
    "heading",
    [
        "I've been feeling useful",
        "I’ve been feeling useful",
        "I@SQ@ve been feeling useful",
        "I&#39;ve been feeling useful",
    ],
)
def test_apostrophes_in_any_form(heading):
    assert taken([heading]) == ["swemwbs_2"]


@pytest.mark.parametrize(
    "heading",
    [
        "About feeling relaxed [thinking clearly]",
        "Feeling relaxed and more - thinking clearly",
        "relaxed/thinking clearly",
    ],
)
def test_the_part_that_carries_the_statement(heading):
    assert taken([heading]) == ["swemwbs_5"]


def test_entities_are_read():
    assert taken(["own&nbsp;mind"]) == ["swemwbs_7"]


def test_words_in_the_question_above_a_column():
    headings = mapped(["Q14_1", "Q14_2"], questions=["Last weeks - feeling useful", "Pre: feeling relaxed"])
    assert [(h.taken_for, h.wave) for h in headings] == [("swemwbs_2", ""), ("swemwbs_3", "pre")]
    assert headings[0].reason == "words of the question: feeling, useful"


def test_any_item_of_the_long_form_makes_all_of_it():
    both = SHORT | ONLY_LONG
    long = {item.also: item.code for item in load_instrument("swemwbs").items}
    expected = [name if name in ONLY_LONG else next(k for k, v in long.items() if v == name) for name in both]
    assert taken(list(both.values())) == expected
    assert taken([*SHORT.values(), "feeling cheerful"])[0] == "wemwbs_1"


def test_forms_are_told_wave_by_wave_and_block_by_block():
    before = [f"{text} (before)" for text in SHORT.values()]
    after = [f"{text} (after)" for text in [*SHORT.values(), "feeling cheerful"]]
    found = taken(before + after)
    assert found[:7] == [f"{item} pre" for item in SHORT]
    assert found[7] == "wemwbs_1 post"
    assert taken([*SHORT.values(), "gse_1"])[:7] == list(SHORT)
    mixed = [f"{text} ({wave})" for text in SHORT.values() for wave in ("before", "after")]
    assert taken([*mixed, "feeling cheerful (after)"])[:4] == [
        "swemwbs_1 pre",
        "wemwbs_1 post",
        "swemwbs_2 pre",
        "wemwbs_2 post",
    ]


def test_the_short_form_where_the_heading_names_it():
    assert taken(["swemwbs/useful", "wemwbs/cheerful"]) == ["swemwbs_2", "wemwbs_14"]
    assert taken(["wemwbs/useful", "wemwbs/cheerful"]) == ["wemwbs_2", "wemwbs_14"]


def test_the_same_statements_twice_with_words_of_waves():
    header = [f"{when} [{text}]" for when in ("Before the programme", "After the programme") for text in SHORT.values()]
    assert taken(header) == [f"{item} {wave}" for wave in ("pre", "post") for item in SHORT]


def test_the_same_statements_twice_without_a_word_are_left_for_a_person():
    header = [*SHORT.values(), *(f"{text}2" for text in SHORT.values())]
    cells = {f"{text}2": ["1", "1", "1"] for text in SHORT.values()}
    assert set(taken(header, cells=cells)) == {""}
    assert listed(header, cells=cells) == [(h, "column left out", "error") for i in range(7) for h in header[i::7]]
    first, second = twice(table(header, cells), "responses")["swemwbs"]
    assert first == dict(zip(range(1, 8), SHORT, strict=True))
    assert second == dict(zip(range(8, 15), SHORT, strict=True))


@pytest.mark.parametrize(
    ("extra", "cells"),
    [
        ([], {}),  # the second block says the same
        ([], {"feeling useful (after)2": ("1", "1", "1")}),
        (["feeling relaxed"], {"feeling useful2": ("1", "1", "1")}),
    ],
)
def test_nothing_stands_twice(extra, cells):
    header = ["feeling useful", "feeling useful2", *extra]
    if any("after" in name for name in cells):
        header = ["feeling useful (before)", "feeling useful (after)2"]
    assert twice(table(header, cells), "responses") == {}


@pytest.mark.parametrize("word", ["Calm", "Trouble", "Proud", "Morning", "Loved", "Relaxed", "Optimistic"])
def test_one_word_needs_answers_under_it_or_other_items(word):
    assert taken([word], cells={word: ("a leaflet", "3", "a friend")}) == [""]
    assert taken([word], cells={word: ("", "", "")}) == [""]
    assert taken([word]) != [""]


def test_a_refusal_is_no_answer():
    assert taken(["Calm"], cells={"Calm": ("99", "Prefer not to say", "Prefer not to say")}) == [""]


def test_other_items_bear_one_word_out():
    texts = ("AO01", "AO02", "AO01")
    header = ["Optimistic", "Relaxed"]
    assert taken(header, cells=dict.fromkeys(header, texts)) == ["", ""]
    assert taken([*header, "thinking clearly"], cells=dict.fromkeys(header, texts))[:2] == ["swemwbs_1", "swemwbs_3"]
    # items that were found by their number bear it out as well
    assert taken(["GSE 1", "GSE 2", "Calm"], cells={"Calm": texts})[2] == "gse_7"
    assert taken(["GSE 1", "SWEMWBS 2", "Calm"], cells={"Calm": texts})[2] == ""


def test_an_item_that_is_there_by_name_is_not_looked_for_by_words():
    header = [*(f"gse_{i}" for i in range(1, 11)), "Trouble", "can think of several solutions"]
    assert taken(header) == [*header[:10], "", ""]
    assert mapped(header)[11].reason == SAME_ITEM
    assert taken(["gse_9_pre", "in trouble (after)"]) == ["gse_9 pre", "gse_9 post"]


@pytest.mark.parametrize(
    "heading",
    [
        "How did you hear about us and were you relaxed",
        "How close do you feel to other people here?",
        "Please say whether thinking clearly matters",
        "Where do you get up in the morning",
        "Which of these made you feel loved",
        " ".join(["long"] * 30 + ["thinking clearly"]),
        "cheerfulness",
        "proudly",
    ],
)
def test_sentences_and_other_words_are_no_items(heading):
    assert taken([heading]) == [""]


def test_words_of_two_items_are_none():
    headings = mapped(["feeling relaxed and thinking clearly"])
    assert [(h.taken_for, h.reason) for h in headings] == [("", TWO_ITEMS)]
    assert [line[2] for line in listed(["feeling relaxed and thinking clearly"])] == ["warning"]


def test_a_number_against_the_words():
    headings = mapped(["GSE item 3 - several solutions", "GSE item 8 - several solutions"])
    assert (headings[0].taken_for, headings[0].reason) == ("", OTHER_ITEM)
    assert headings[1].taken_for == "gse_8"


def test_short_words_count_where_the_questionnaire_is_named():
    header = ["wemwbs/useful", "wemwbs/problems", "swemwbs_mind", "GSE - effort", "gse/coping"]
    assert taken(header) == ["swemwbs_2", "swemwbs_4", "swemwbs_7", "gse_6", "gse_7"]
    assert taken(["useful", "problems", "mind", "effort"]) == [""] * 4


def test_short_words_count_in_a_file_that_surely_holds_the_questionnaire():
    header = ["Optimistic", "Useful", "Relaxed", "Problems", "Clear thinking", "Close", "Mind"]
    assert taken(header) == list(SHORT)
    assert taken(header, cells={"Problems": ("with my landlord", "none", "3")})[3] == ""
    assert taken([*SHORT.values(), "Useful"], cells={"Useful": ("1", "1", "1")})[1::6] == ["swemwbs_2", ""]
    header[3] = "Problems with my housing this year"
    assert taken(header)[3] == ""


def test_five_keywords_are_enough_together():
    short = ["Useful", "Problems", "Close", "Mind"]
    header = ["Optimistic", "Relaxed", *short]
    assert taken([f"{word}_{wave}" for word in header for wave in ("pre", "post")])[4:6] == [
        "swemwbs_2 pre",
        "swemwbs_2 post",
    ]
    assert taken(header[:4])[2:] == ["", ""]
    assert taken(["Optimistic", *short])[1:] == [""] * 4


def test_items_tell_what_kind_of_table_a_file_is():
    assert known_columns(table(["Your ID", *SHORT.values()]), "responses") == {"respondent_id", *SHORT}
    assert known_columns(table(["Your ID", *SHORT.values()]), "cases") == {"respondent_id"}


@pytest.mark.parametrize("name", list_instruments())
def test_every_item_has_words_for_a_named_heading(name):
    definition = load_instrument(name)
    for item in definition.items:
        for phrases in (*item.header_words, *item.named_words):
            heading = f"{definition.short_name}: {' '.join(phrases)}"
            codes = {item.code, item.also, *(i.code for i in load_instrument("swemwbs").items if i.also == item.code)}
            assert taken([heading])[0] in codes - {""}
