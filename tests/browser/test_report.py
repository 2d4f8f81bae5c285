"""From an uploaded survey export to a deck, by a person who reads no manual: twelve actions at most."""

from __future__ import annotations

import io
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser import actions
from tests.browser.test_exports import Counted, forms_file, qualtrics_file
from tests.intake.exports.people import POST, PRE

pytestmark = pytest.mark.browser

MOST = 12
BUILT_WITHIN = 120_000  # milliseconds, on a machine that does many other things


def test_from_an_export_to_slides(page: Page, dashboard: str) -> None:
    from pptx import Presentation

    person = Counted(page)
    person.visit(dashboard)
    person.go_to("Add data")
    person.upload(
        forms_file(PRE, "How are you(1-7).xlsx"), qualtrics_file(POST, "Wellbeing+survey_June 16, 2026_11.03.csv")
    )
    person.choose("How are you", "Before")
    person.choose("Wellbeing+survey", "After")
    person.go_to("Report")
    person.done.append("build the report")
    page.get_by_role("button", name="Build the report").click()
    slides = page.get_by_role("button", name="Slides to share (PPTX)")
    slides.wait_for(timeout=BUILT_WITHIN)
    actions.settle(page)
    person.done.append("take the slides")
    with page.expect_download() as waiting:
        slides.click()
    deck = Presentation(io.BytesIO(waiting.value.path().read_bytes()))
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title is not None]
    assert len(titles) == len(deck.slides)
    assert any("SWEMWBS" in title for title in titles)
    sys.stdout.write(f"{len(person.done)} actions: {person.done}\n")
    assert len(person.done) <= MOST


def test_a_report_that_was_taken_is_recorded_as_left(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/report")
    page.get_by_role("button", name="Build the report").click()
    button = page.get_by_role("button", name="Web page to share (HTML)")
    button.wait_for(timeout=BUILT_WITHIN)
    actions.settle(page)
    with page.expect_download() as waiting:
        button.click()
    assert waiting.value.suggested_filename == "report.html"
    # Taking one file leaves the others there: they are of the same report.
    expect(page.get_by_role("button", name="Word document to share (DOCX)")).to_be_visible()
    page.wait_for_timeout(3_000)
    actions.settle(page)
    expect(page.get_by_role("button", name="Word document to share (DOCX)")).to_be_visible()
    actions.go_to(page, "What leaves")
    expect(page.get_by_test_id("stMain")).to_contain_text("1 file to share")
