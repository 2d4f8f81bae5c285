"""Report: what stands in it, how it reads, and every file from one click."""

from __future__ import annotations

import io
import zipfile

import pytest

from evalcore.reporting.files import KINDS
from evalcore.reporting.told import tell
from evalcore.sample import sample_study
from evalcore.telling import SECTIONS
from evalcore.telling.report_text import ALWAYS
from tests.pages import frame


@pytest.fixture
def at():
    return frame.dashboard("report")


def study(at):
    return at.session_state["study"]


def click(at, label: str):
    next(button for button in at.main.button if button.label == label).click().run(timeout=120)
    assert not at.exception
    return at


def test_every_file_is_built_by_one_click(at) -> None:
    click(at, "Build the report")
    assert not at.main.error
    built = at.session_state["files of the report"]
    assert list(built.files) == list(KINDS)
    for kind in ("document", "slides", "workbook", "figures"):
        assert zipfile.is_zipfile(io.BytesIO(built.files[kind]))
    assert built.files["web"].startswith(b"<!doctype html>")
    labels = [button.proto.label for button in at.get("download_button")]
    assert labels[: len(KINDS)] == [f"{one.label} to share ({one.ending.upper()})" for one in KINDS.values()]
    assert study(at).exports == ()  # nothing left until a file is taken


def test_a_change_asks_to_build_again(at) -> None:
    click(at, "Build the report")
    next(field for field in at.main.text_input if field.label == "Authors").set_value("An evaluator").run()
    assert any("Nothing is built yet" in text.value for text in at.main.caption)
    assert not [button for button in at.get("download_button") if "DOCX" in button.proto.label]


def test_own_words_are_kept_with_the_study(at) -> None:
    next(field for field in at.main.text_input if field.label == "Title").set_value("A pilot").run()
    next(area for area in at.main.text_area if "Summary" in area.label).set_value("Ours.").run()
    assert study(at).telling.report.title == "A pilot"
    assert study(at).telling.report.own == (("summary", "Ours."),)
    assert "Ours." in [text.value for text in at.main.text]
    assert not at.main.warning


def test_a_strong_word_is_named(at) -> None:
    next(area for area in at.main.text_area if "Summary" in area.label).set_value("It improved lives.").run()
    assert "improved" in at.main.warning[0].value


def test_sections_are_switched_off_but_for_those_that_always_stand(at) -> None:
    boxes = {box.label: box for box in at.main.checkbox}
    assert [label for label, box in boxes.items() if box.disabled] == [SECTIONS[name] for name in ALWAYS]
    boxes[SECTIONS["people"]].uncheck().run()
    assert study(at).telling.report.left_out == ("people",)
    options = next(box for box in at.main.selectbox if box.label == "Section").options
    assert SECTIONS["people"] not in options


def test_each_section_can_be_read_before_it_leaves(at) -> None:
    told = tell(sample_study())
    box = next(box for box in at.main.selectbox if box.label == "Section")
    box.set_value("changes").run()
    titles = [text.value for text in at.main.subheader]
    assert told.exhibits["change.gse.total.service-users"].title in titles


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_no_section_breaks(name, at) -> None:
    box = next(box for box in at.main.selectbox if box.label == "Section")
    if SECTIONS[name] in box.options:
        box.set_value(name).run()
    assert not at.exception
    assert not at.main.error


def test_a_study_without_findings_says_what_to_do() -> None:
    at = frame.empty("report")
    assert not at.exception
    assert "nothing to report yet" in at.main.info[0].value


def test_two_people(at) -> None:
    two = frame.with_files(frame.TWO_PEOPLE, slug="report")
    assert not two.exception
    assert not two.main.error
