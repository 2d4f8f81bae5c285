"""What a file leaves open is asked at the top of Add data; the answer is used at once, and for files like it."""

from __future__ import annotations

from tests.pages import adding, frame
from tests.pages.adding import choose, files_of, give, gse, labels, page_with, press, table

NO_WAVE = ("answers.csv", b"respondent_id,role,gse_1\nQ1,staff,3\nQ2,staff,4\n")
WHICH_WAVE = "answers.csv: Was this file filled in before or after?"
ITEMS = ",".join(adding.ITEMS)
NOBODY = table(f"colour,shape,wave,{ITEMS}", gse("red", "round", "pre"), gse("blue", "square", "pre"))
UWES = ",".join(f"UWES {number}" for number in range(1, 10))
FROM_ONE = f"ID,wave,{UWES}"


def uwes(person: str, wave: str, code: str) -> str:
    return ",".join([person, wave, *[code] * 9])


def test_a_file_that_does_not_say_its_wave_waits_outside_until_it_is_answered() -> None:
    at = page_with(NO_WAVE)
    assert len(files_of(at)) == 4
    assert "answers.csv waits for an answer. It is not in the study yet." in frame.words(at)
    choose(at, WHICH_WAVE, "After")
    assert files_of(at) == ["answers.csv"]
    assert not at.main.warning
    assert WHICH_WAVE not in labels(at)
    frame.go(at, "overview")
    assert "answered before and 2 after" in frame.words(at)


def test_a_question_waits_while_other_pages_are_read() -> None:
    at = page_with(NO_WAVE)
    frame.go(frame.go(at, "overview"), "add_data")
    assert WHICH_WAVE in labels(at)


def test_a_waiting_file_can_be_left_out() -> None:
    at = press(page_with(NO_WAVE), "Leave answers.csv out")
    assert WHICH_WAVE not in labels(at)
    assert len(files_of(at)) == 4


def test_choosing_nothing_changes_nothing() -> None:
    at = choose(page_with(NO_WAVE), WHICH_WAVE, "Choose")
    assert WHICH_WAVE in labels(at)


def test_a_question_about_a_name_with_markup_shows_it_as_it_is() -> None:
    at = page_with(("[x](y).csv", NO_WAVE[1]))
    assert at.main.selectbox[0].label.startswith("\\[x\\](y).csv: Was this file")


def test_a_file_without_an_identifier_lists_its_columns_to_choose_from() -> None:
    at = page_with(("boxes.csv", NOBODY))
    box = next(box for box in at.main.selectbox if "Which column says who answered?" in box.label)
    assert box.options == ["Choose", "colour", "shape"]
    choose(at, "boxes.csv: Which column says who answered?", "colour")
    assert adding.used(at) == ["2"]


def test_a_file_of_the_same_shape_is_read_like_the_one_before_it_and_that_can_be_undone() -> None:
    at = page_with(("boxes.csv", NOBODY))
    choose(at, "boxes.csv: Which column says who answered?", "shape")
    more = table(f"colour,shape,wave,{ITEMS}", gse("red", "round", "post"), gse("blue", "square", "post", code="4"))
    give(at, ("boxes.csv", NOBODY), ("more.csv", more))
    assert files_of(at) == ["boxes.csv", "more.csv"]
    assert "more.csv was read like boxes.csv, as you chose there." in frame.words(at)
    press(at, "Undo: read more.csv by itself")
    assert "was read like" not in frame.words(at)
    assert "more.csv: Which column says who answered?" in labels(at)
    assert "Nothing in more.csv can be used as it is read now" in frame.words(at)
    assert files_of(at) == ["boxes.csv", "more.csv"]


def test_two_files_of_one_shape_that_ask_the_same_are_asked_once() -> None:
    more = table(f"colour,shape,wave,{ITEMS}", gse("red", "round", "post"), gse("blue", "square", "post", code="4"))
    at = page_with(("boxes.csv", NOBODY), ("more.csv", more))
    choose(at, "boxes.csv: Which column says who answered?", "shape")
    assert files_of(at) == ["boxes.csv", "more.csv"]
    assert adding.used(at) == ["2", "2"]
    assert "more.csv was read like boxes.csv" in frame.words(at)


def test_a_wave_is_never_carried_over_to_another_file() -> None:
    other = ("others.csv", NO_WAVE[1].replace(b"Q1", b"Q7"))
    at = page_with(NO_WAVE, other)
    choose(at, WHICH_WAVE, "Before")
    assert files_of(at) == ["answers.csv"]
    assert "others.csv: Was this file filled in before or after?" in labels(at)


def test_codes_that_may_count_from_one_are_asked_about_and_the_file_is_there_without_them() -> None:
    rows = [uwes("A1", "pre", "7"), uwes("A2", "pre", "5")]
    at = page_with(("engaged.csv", table(f"{FROM_ONE},{ITEMS}", *[f"{row}{',3' * 10}" for row in rows])))
    assert "engaged.csv is in the study, but a part of it waits for an answer." in frame.words(at)
    assert adding.column(at, "Questionnaires") == ["GSE"]
    asked = next(label for label in labels(at) if label.startswith("engaged.csv") and "UWES-9" in label)
    choose(at, asked, "Yes")
    assert adding.column(at, "Questionnaires") == ["GSE and UWES-9"]
    assert not at.main.warning
