"""After a download the page is drawn again by itself: what may leave now can be less than before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import actions

pytestmark = pytest.mark.browser

TABLE, RECORD = "Table to share (CSV)", "Working copy of the record (CSV)"


def test_the_record_of_what_left_is_drawn_again_without_another_click(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after")
    page.get_by_text("Downloads, and what is hidden outside").first.click()
    take(page, TABLE)
    actions.go_to(page, "What leaves")
    rows = page.get_by_role("table").first.locator("tbody tr")
    expect(rows).to_have_count(1)
    take(page, RECORD)
    expect(rows).to_have_count(2)


def take(page: Page, label: str) -> None:
    with page.expect_download() as taken:
        page.get_by_role("button", name=label).first.click()
    assert taken.value.path().stat().st_size
