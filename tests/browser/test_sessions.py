"""Two people at once on one server never see each other's study."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import actions

pytestmark = pytest.mark.browser

OPEN_STUDY = "Study: {}"


def test_two_sessions_hold_their_own_studies(browser: Browser, dashboard: str) -> None:
    mine, theirs = browser.new_context(), browser.new_context()
    ours = {"name": "mine.csv", "mimeType": "text/csv", "buffer": actions.two_people()["buffer"]}
    first, second = mine.new_page(), theirs.new_page()
    for page in (first, second):
        actions.visit(page, f"{dashboard}/add_data")
    actions.upload(first, ours)
    expect(first.get_by_role("table", name="Files in this study")).to_contain_text("mine.csv")

    actions.go_to(second, "Before and after")
    actions.choose(second, "Measure", "SWEMWBS, service users")
    actions.go_to(second, "Add data")
    files = second.get_by_role("table", name="Files in this study")
    expect(files).to_contain_text("caseload.csv")
    expect(files).not_to_contain_text("mine.csv")

    actions.go_to(first, "Before and after")
    expect(first.get_by_test_id("stMain")).to_contain_text("2 service users")
    expect(first.get_by_test_id("stMain")).not_to_contain_text("SWEMWBS")

    tab = mine.new_page()  # a second tab of the same person is a session of its own too
    actions.visit(tab, f"{dashboard}/add_data")
    expect(tab.get_by_role("table", name="Files in this study")).not_to_contain_text("mine.csv")
    mine.close()
    theirs.close()
