"""Check how a file was read: columns in words, corrections of columns and answers, and the way back."""

from __future__ import annotations

from hashlib import sha256

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import adding, frame
from tests.pages.adding import check, choose, column, files_of, give, gse, page_with, press, table

ITEMS = ",".join(adding.ITEMS)
SHELVES = [gse("A1", "pre", "Leeds"), gse("A2", "pre", "York")]
TWO_SITES = ("sites.csv", table(f"respondent_id,wave,shelf,{ITEMS}", *SHELVES))
IN_ORDER = ",".join(f"Thing {letter}" for letter in "abcdefghij")
UNNAMED = ("unnamed.csv", table(f"respondent_id,wave,{IN_ORDER}", gse("A1", "pre"), gse("A2", "pre", code="4")))
PERSONAL = ("personal.csv", table(f"respondent_id,wave,E-mail,{ITEMS}", gse("A1", "pre", "ann@example.org")))
ODD = [gse("A1", "pre", code="Definitely so"), gse("A2", "pre")]
ODD_WORDS = ("words.csv", table(f"respondent_id,wave,{ITEMS}", *ODD))


def opened(file: tuple[str, bytes]) -> AppTest:
    return check(page_with(file), file[0])


def taken_for(at: AppTest) -> dict[str, str]:
    return dict(zip(column(at, "Heading", "Taken for"), column(at, "Taken for"), strict=True))


def sites(at: AppTest) -> list[str]:
    return sorted(at.session_state["study"].responses["site"].dropna())


def read_as(at: AppTest) -> dict[str, str]:
    return dict(zip(column(at, "Found", "Read as"), column(at, "Read as"), strict=True))


def test_nothing_is_built_while_it_is_folded() -> None:
    at = page_with(TWO_SITES)
    assert "Check how it was read: sites.csv" in [part.label for part in at.main.get("expander")]
    assert not any("Taken for" in found.columns for found in frame.tables(at))


def test_each_column_is_named_in_words_with_the_reason_and_a_preview() -> None:
    at = opened(TWO_SITES)
    read = taken_for(at)
    assert read["respondent_id"] == "Respondent: who answered"
    assert read["gse_3"] == "GSE, item 3: stick to aims"
    assert read["shelf"] == "Left out"
    assert column(at, "First answers", "Taken for")[2] == "Leeds, York"
    assert all(column(at, "Why", "Taken for"))


def test_a_column_is_taken_for_what_a_person_says() -> None:
    at = opened(TWO_SITES)
    choose(at, "Column", "3: shelf")
    choose(at, "What it is", "Site")
    press(at, "Use this")
    assert taken_for(at)["shelf"] == "Site"
    assert at.sidebar.selectbox(key="select_site").options == ["All sites", "Leeds", "York"]


def test_the_column_that_was_taken_for_the_same_before_is_left_out_and_that_is_said() -> None:
    file = ("two.csv", table(f"respondent_id,wave,number,{ITEMS}", gse("A1", "pre", "N1"), gse("A2", "pre", "N2")))
    at = opened(file)
    choose(at, "Column", "3: number")
    choose(at, "What it is", "Respondent")
    press(at, "Use this")
    assert taken_for(at)["number"] == "Respondent: who answered"
    assert taken_for(at)["respondent_id"] == "Left out"
    assert "respondent_id is left out now" in frame.words(at)


def test_the_way_back_to_how_it_was_read_at_first() -> None:
    at = opened(TWO_SITES)
    choose(at, "Column", "1: respondent_id")
    choose(at, "What it is", "Left out")
    press(at, "Use this")
    assert files_of(at) == ["sites.csv"]
    assert "Nothing in sites.csv can be used as it is read now" in frame.words(at)
    assert adding.used(at) == ["0"]
    press(at, "Back to how it was read at first")
    assert adding.used(at) == ["2"]
    assert "Back to how it was read at first" not in adding.buttons(at)


def test_columns_without_a_name_are_items_in_order_when_a_person_says_so() -> None:
    at = page_with(UNNAMED)
    assert len(files_of(at)) == 4
    at.session_state[f"check {sha256(UNNAMED[1]).hexdigest()[:12]} unnamed.csv"] = True
    at.run()
    choose(at, "First column", "3: Thing a")
    choose(at, "Questionnaire", "GSE")
    assert "3: Thing a would be item 1, 12: Thing j item 10." in frame.words(at)
    press(at, "Use these columns")
    assert files_of(at) == ["unnamed.csv"]
    assert adding.column(at, "Questionnaires") == ["GSE"]


def test_too_few_columns_for_a_questionnaire_are_said() -> None:
    at = opened(TWO_SITES)
    choose(at, "First column", "13: gse_10")
    assert "too few columns" in frame.words(at)
    assert "Use these columns" not in adding.buttons(at)


def test_an_answer_that_is_not_known_is_asked_about_given_a_code_and_taken_back() -> None:
    at = opened(ODD_WORDS)
    assert read_as(at) == {"Definitely so": "Not known", "3": "3: Moderately true", "pre": "Before"}
    label = "words.csv: 1 answer is not known. Choose what it stands for."
    assert label in [part.label for part in at.main.get("expander")]
    at.session_state["unknown  words.csv"] = True
    at.run()
    choose(at, "GSE: Definitely so (10 times)", "4:")
    assert read_as(at)["Definitely so"] == "4: Exactly true"
    assert label not in [part.label for part in at.main.get("expander")]
    press(at, "Back to how it was read at first")
    assert label in [part.label for part in at.main.get("expander")]


def test_a_code_chosen_for_one_file_is_not_used_for_a_file_of_another_shape() -> None:
    other = ("other.csv", table(f"respondent_id,wave,role,{ITEMS}", gse("A3", "pre", "staff", code="Definitely so")))
    at = check(page_with(ODD_WORDS, other), "words.csv")
    choose(at, "Answer", "GSE: Definitely so")
    choose(at, "It stands for", "4:")
    assert "other.csv: 1 answer is not known. Choose what it stands for." in [
        part.label for part in at.main.get("expander")
    ]


def test_an_answer_can_be_said_to_be_none() -> None:
    at = opened(ODD_WORDS)
    choose(at, "Answer", "GSE: Definitely so")
    choose(at, "It stands for", "No answer")
    assert read_as(at)["Definitely so"] == "No answer"


def test_an_answer_that_was_known_can_be_changed_too() -> None:
    at = opened(ODD_WORDS)
    choose(at, "Answer", "GSE: 3")
    choose(at, "It stands for", "2:")
    assert read_as(at)["3"] == "2: Hardly true"


def test_personal_columns_are_named_and_one_is_kept_only_on_purpose() -> None:
    at = opened(PERSONAL)
    assert "3: E-mail: looks like" in frame.words(at)
    assert "ann@example.org" not in "".join(column(at, "First answers", "Taken for"))
    choose(at, "Keep one on purpose", "3: E-mail")
    assert "Keep it only if the evaluation needs it" in frame.words(at)
    press(at, "Keep this column")
    assert taken_for(at)["E-mail"] == "Kept under its own heading"


@pytest.mark.parametrize("kind", ["roster of people asked", "case files"])
def test_a_file_is_read_as_the_table_that_a_person_says(kind: str) -> None:
    file = ("people.csv", b"respondent_id,site,started_on,age\nA1,Leeds,2026-01-02,33\n")
    at = opened(file)
    choose(at, "What this file holds", kind)
    assert frame.table_with(at, "Recognised as")["Recognised as"].tolist() == [kind]


def test_a_correction_holds_for_the_next_file_of_the_same_shape_but_its_wave_does_not() -> None:
    header = f"Participant ID,shelf,{ITEMS}"
    before = ("baseline.csv", table(header, gse("A1", "Leeds"), gse("A2", "York")))
    after = ("follow-up.csv", table(header, gse("A1", "Leeds", code="4"), gse("A2", "York")))
    at = opened(before)
    choose(at, "Column", "2: shelf")
    choose(at, "What it is", "Site")
    press(at, "Use this")
    give(at, after)
    assert "follow-up.csv was read like baseline.csv, as you chose there." in frame.words(at)
    responses = at.session_state["study"].responses
    assert responses[["wave", "site"]].value_counts().to_dict() == {
        (wave, site): 1 for wave in ("pre", "post") for site in ("Leeds", "York")
    }


def test_both_waves_of_a_wide_file_are_assigned_one_after_the_other() -> None:
    names = [f"Thing {number}" for number in range(1, 21)]
    line = ",".join(["A1", *["2"] * 10, *["3"] * 10])
    at = page_with(("wide.csv", table(",".join(["respondent_id", *names]), line)))
    check(at, "wide.csv")
    choose(at, "What this file holds", "questionnaires")
    choose(at, "First column", "2: Thing 1")
    choose(at, "Questionnaire", "GSE")
    choose(at, "Wave, where one row holds both", "Before")
    press(at, "Use these columns")
    choose(at, "First column", "12: Thing 11")
    choose(at, "Questionnaire", "GSE")
    choose(at, "Wave, where one row holds both", "After")
    press(at, "Use these columns")
    responses = at.session_state["study"].responses.set_index("wave")["gse_1"]
    assert responses.to_dict() == {"pre": 2, "post": 3}
    assert "No problem was found in these files." in frame.words(at)


def test_a_correction_holds_for_a_file_of_the_same_shape_that_is_there_already_and_is_taken_back_with_it() -> None:
    header = f"Participant ID,shelf,{ITEMS}"
    names = ("baseline.csv", "follow-up.csv", "late follow-up.csv")
    lines = ([gse("A1", "Leeds", code="2")], [gse("A1", "Leeds", code="4")], [gse("A2", "York", code="4")])
    at = page_with(*((name, table(header, *rows)) for name, rows in zip(names, lines, strict=True)))
    check(at, "baseline.csv")
    choose(at, "Column", "2: shelf")
    choose(at, "What it is", "Site")
    press(at, "Use this")
    assert sites(at) == ["Leeds", "Leeds", "York"]
    press(at, "Undo: read late follow-up.csv by itself")
    assert sites(at) == ["Leeds", "Leeds"]
    choose(at, "Column", "2: shelf")
    choose(at, "What it is", "Left out")
    press(at, "Use this")
    assert sites(at) == []
    choose(at, "Column", "2: shelf")
    choose(at, "What it is", "Site")
    press(at, "Use this")
    assert sites(at) == ["Leeds", "Leeds"]
    press(at, "Back to how it was read at first")
    assert sites(at) == []
    assert "was read like" not in frame.words(at)


def test_nothing_in_a_heading_or_an_answer_is_read_as_markup() -> None:
    lines = [gse("A1", "pre", "[x](y)", code="*so*"), gse("A2", "pre", "<b>z</b>")]
    at = opened(("marks.csv", table(f"respondent_id,wave,<i>shelf</i>,{ITEMS}", *lines)))
    found = frame.table_with(at, "Heading", "Taken for")
    assert found["Heading"].tolist()[2] == "\\<i\\>shelf\\</i\\>"
    assert found["First answers"].tolist()[2] == "\\[x\\](y), \\<b\\>z\\</b\\>"
    assert "\\*so\\*" in frame.table_with(at, "Found", "Read as")["Found"].tolist()
    at.session_state["unknown  marks.csv"] = True
    assert "GSE: \\*so\\* (10 times)" in [box.label for box in at.run().main.selectbox]
