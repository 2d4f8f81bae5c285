"""Cells to codes, for every questionnaire by its own definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.columns import CODE_COLUMNS
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake import read_any
from evalcore.intake.cells import answers
from evalcore.intake.cells.answers import coded_answers, codes_found, for_instrument, stands_for_number, whole_number
from evalcore.intake.cells.values import NO_ANSWER, UNREADABLE, convert_column
from evalcore.intake.files.raw import TextColumn

EVERY = [(name, code) for name in list_instruments() for code in load_instrument(name).codes]
UWES_GLOSSES = {
    "Never (0)": 0,
    "Almost never (A few times a year or less)": 1,
    "Rarely (Once a month or less)": 2,
    "2. Rarely - Once a month or less": 2,
    "Sometimes (A few times a month)": 3,
    "A few times a month/Sometimes": 3,
    "Often (Once a week) (4)": 4,
    "Very often (A few times a week)": 5,
    "A few times a week (Very often)": 5,
    "5 - Very often (A few times a week)": 5,
    "Always (every day)": 6,
    "6 = Always / every day": 6,
    "Every day": 6,
}


def convert(name, text, chosen=None):
    return for_instrument(name, chosen).convert(text)


@pytest.mark.parametrize(("name", "code"), EVERY)
@pytest.mark.parametrize("form", ["{}", " {} ", "{}.0", "{},0", "{},00", "\u00a0{}", "+{}", "({})", "[{}]", "{}."])
def test_codes_in_every_writing(name, code, form):
    assert convert(name, form.format(code)) == code
    assert whole_number(form.format(code)) == code


BESIDE = (
    "{1}|{1}. |{0} - {1}|{0} – {1}|{0}-{1}|{0}. {1}|{0}.{1}|{0}: {1}|{0}; {1}|{0}) {1}|({0}) {1}|[{0}] {1}|{0} ({1})"
    "|{0}={1}|{0} = {1}|{0}/{1}|{0} {1}|{0}.0 - {1}|{1} ({0})|{1} [{0}]|{1} - {0}|{1}: {0}|{1}={0}|{1} {0}"
    "|{0} - {1} ({0})|({1})|- {1}|“{1}”|{1}\n({0})"
)


@pytest.mark.parametrize(("name", "code"), EVERY)
@pytest.mark.parametrize("form", BESIDE.split("|"))
def test_labels_and_their_variants(name, code, form):
    answer = load_instrument(name).answers[code]
    for label in (answer.label, *answer.variants, *answer.unverified_variants):
        for text in (label, label.upper(), label.replace(" ", "\u00a0"), label.replace(" ", "  ")):
            assert convert(name, form.format(code, text)) == code


@pytest.mark.parametrize(("name", "code"), EVERY)
@pytest.mark.parametrize("joint", ["_", "-", "\u2011"])
def test_names_of_answers_in_a_form(name, code, joint):
    label = load_instrument(name).answers[code].label
    assert convert(name, label.lower().replace(" ", joint)) == code


@pytest.mark.parametrize(("text", "code"), UWES_GLOSSES.items())
def test_a_gloss_stands_for_the_same_answer(text, code):
    assert convert("uwes9", text) == code


@pytest.mark.parametrize("text", ["Rarely (A few times a week)", "Often (most days)", "Often, I think", "1 - 2 Never"])
def test_a_gloss_that_does_not_is_no_answer(text):
    assert convert("uwes9", text) is UNREADABLE


@pytest.mark.parametrize(("name", "code"), EVERY)
def test_a_number_and_words_that_disagree_are_no_answer(name, code):
    instrument = load_instrument(name)
    for other, answer in instrument.answers.items():
        if other != code:
            assert convert(name, f"{code} - {answer.label}") is UNREADABLE
            assert convert(name, f"{answer.label} ({code})") is UNREADABLE
            assert convert(name, f"{other} - {answer.label} ({code})") is UNREADABLE


@pytest.mark.parametrize("name", list_instruments())
@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "N/A", "#N/A", "-", "–", ".", "null", "NaN"])
def test_marks_for_nothing_are_missing(name, text):
    assert convert(name, text) is None


SAID_MISSING = (
    "99|999|88|77|98|-9|-99|-999|99.0|-9,0|Prefer not to say|PREFER NOT TO SAY.|prefer_not_to_say|Don't know|Don’t know"
    "|Dont know|Don@SQ@t know|Don&#39;t know|Not applicable|No answer|Refused|Missing|-oth-|NASK|Skipped|(blank)|#NULL!"
    "|99 - Prefer not to say|Prefer not to say (99)|(99) Don't know"
)


@pytest.mark.parametrize("name", list_instruments())
@pytest.mark.parametrize("text", SAID_MISSING.split("|"))
def test_what_says_that_there_is_no_answer(name, text):
    assert convert(name, text) is NO_ANSWER
    column = TextColumn.from_cells([text, "", "1", "x"])
    converted = convert_column(column, for_instrument(name))
    assert converted.said_missing.tolist() == [True, False, False, False]
    assert converted.bad.tolist() == [False, False, False, True]
    assert converted.values.isna().tolist() == [True, True, False, True]


NO_ANSWERS = (
    "-1 8 9 10 2.5 1,5 0.5 1e0 1-2 1/2 one ? =2 inf 2x A3 AO02 AO03 a1 None &#52; 2-2",
    "1 2|2 - |- 2|" + "9" * 400 + "|1 " + "x\n" * 5_000 + "|3 - Refused|2 - Prefer not to say",
)


@pytest.mark.parametrize("name", list_instruments())
@pytest.mark.parametrize("text", [*NO_ANSWERS[0].split(), *NO_ANSWERS[1].split("|")])
def test_what_is_no_answer(name, text):
    assert convert(name, text) is UNREADABLE


@given(st.sampled_from(list_instruments()), st.text())
def test_nothing_but_a_code_ever_comes_out(name, text):
    code = convert(name, text)
    assert code is None or code is UNREADABLE or code is NO_ANSWER or code in load_instrument(name).codes


@given(st.sampled_from(list_instruments()), st.integers(-10_000, 10_000))
def test_a_number_is_itself_or_nothing(name, number):
    code = convert(name, str(number))
    if number in load_instrument(name).codes:
        assert code == number
    else:
        assert code is UNREADABLE or code is NO_ANSWER


def test_a_choice_wins_over_everything():
    from_one = {str(number): number - 1 for number in range(1, 8)}
    assert [convert("uwes9", text, from_one) for text in ("1", "7", "7.0", " 4,0")] == [0, 6, 6, 3]
    chosen = {"Mostly": 4, "99": 5, "3": None, "-": 1, "-1": 2}
    assert [convert("swemwbs", text, chosen) for text in ("mostly.", "99", "3.0", "-", "-1")] == [4, 5, None, 1, 2]
    assert convert("swemwbs", "4", chosen) == 4
    assert convert("swemwbs", "1", chosen) == 1, "the choice for -1 is not one for 1"
    assert convert("swemwbs", "x", {"x": 9}) is UNREADABLE, "a choice can not make up a code"
    assert convert("uwes9", "7") is UNREADABLE, "a choice holds for its own file only"


def test_codes_found_lists_each_meaning_once_with_its_reason():
    cells = ["3", "3.0", "Often", "OFTEN.", "4 - Often", "3 - Often", "6", "99", "-", "", "Mostly", "6", "Refused"]
    columns = [TextColumn.from_cells(cells), TextColumn.from_cells(["3", "", "often"])]
    table = codes_found("swemwbs", columns, {"Mostly": 4})
    assert tuple(table.columns) == CODE_COLUMNS
    assert set(table["field"]) == {"swemwbs"}
    assert table.drop(columns="field").values.tolist() == [
        ["6", 2, "", answers.UNKNOWN],
        ["3 - Often", 1, "", answers.DISAGREE],
        ["Mostly", 1, "4", answers.CHOSEN],
        ["4 - Often", 1, "4", answers.AGREE],
        ["Often", 3, "4", answers.WORDS],
        ["3", 3, "3", answers.CODE],
        ["-", 1, "", answers.STANDS_FOR_NONE],
        ["99", 1, "", answers.STANDS_FOR_NONE],
        ["Refused", 1, "", answers.STANDS_FOR_NONE],
    ]
    assert [str(dtype) for dtype in table.dtypes] == ["str", "str", "int64", "str", "str"]


def test_codes_found_shows_the_unreadable_first_and_is_bounded():
    cells = ["3"] * 9 + [f"word {number}" for number in range(500)] + ["word 7"]
    table = codes_found("gse", [TextColumn.from_cells(cells)])
    assert len(table) == answers.MOST_LINES
    assert table["found"][0] == "word 7"
    assert set(table["reason"]) == {answers.UNKNOWN}
    assert codes_found("gse", []).empty
    left_out = TextColumn.from_cells(["3", "x"])
    assert codes_found("gse", [TextColumn(left_out.codes[:1], left_out.texts)])["found"].tolist() == ["3"]


@pytest.mark.parametrize("name", list_instruments())
def test_what_the_table_says_is_what_is_read(name):
    cells = ["0", "1", "2", "7", "99", "Often", "Never", "exactly true", "2 - Rarely", "x", "-"]
    table = codes_found(name, [TextColumn.from_cells(cells)]).set_index("found")["code"]
    for text in cells:
        code = convert(name, text)
        assert table[text] == (str(code) if isinstance(code, int) else "")


@pytest.mark.parametrize("name", list_instruments())
@pytest.mark.parametrize("form", ["AO{:02d}", "A{}", "a{:02d}"])
def test_list_codes_are_proposed_in_the_order_of_the_answers(name, form):
    codes = load_instrument(name).codes
    texts = [form.format(place) for place in (len(codes), 2, 1)]
    expected = {form.format(place): code for place, code in enumerate(codes, start=1)}
    assert list(coded_answers(name, [*texts, "", "N/A", "-oth-"]).items()) == list(expected.items())
    assert convert(name, texts[0]) is UNREADABLE, "proposed, not taken"
    assert convert(name, texts[0], expected) == codes[-1]


def test_list_codes_that_start_at_0_or_do_not_fit():
    assert coded_answers("gse", ["A0", "A3"]) == {"A0": 1, "A1": 2, "A2": 3, "A3": 4}
    assert coded_answers("gse", ["A1", "A5"]) == {}
    assert coded_answers("gse", ["A0", "A4"]) == {}
    assert coded_answers("gse", ["A1", "B2"]) == {}
    assert coded_answers("gse", ["1", "Often", "A1b"]) == {}


@pytest.mark.parametrize("name", list_instruments())
def test_bare_numbers_are_told_from_words(name):
    label = load_instrument(name).answers[2].label
    assert all(stands_for_number(name, text) for text in ("2", "2.0", "7", "55", "99", "Refused", "-", ""))
    assert not any(stands_for_number(name, text) for text in (label, f"2 - {label}", "x", "AO02"))


@pytest.mark.parametrize("digits", [400, 5_000])
def test_a_number_larger_than_a_computer_holds_is_no_answer(digits):
    intake = read_any(f"respondent_id,wave,gse_1,gse_2\nA1,pre,{'9' * digits},3\n".encode())
    assert intake.responses[["gse_1", "gse_2"]].isna().to_numpy().tolist() == [[True, False]]
    assert (2, "gse_1") in set(zip(intake.problems["row"].fillna(0), intake.problems["column"], strict=True))
