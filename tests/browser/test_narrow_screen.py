"""The dashboard on a telephone: nothing scrolls sideways, and the navigation does not lie over the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import actions

pytestmark = pytest.mark.browser

SLUGS = (
    *("", "add_data", "plan", "questionnaires", "before_after", "people", "feasibility", "next_phase"),
    *("workshop", "report", "methods"),
)


@pytest.fixture(scope="module")
def telephone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def phone(telephone: BrowserContext) -> Iterator[Page]:
    tab = telephone.new_page()
    yield tab
    tab.close()


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_scrolls_sideways(phone: Page, dashboard: str, slug: str) -> None:
    actions.visit(phone, f"{dashboard}/{slug}")
    assert not actions.scrolls_sideways(phone)
    actions.open_everything(phone)
    assert not actions.scrolls_sideways(phone)


def test_the_sidebar_closes_after_a_tap_on_the_navigation(phone: Page, dashboard: str) -> None:
    actions.visit(phone, dashboard)
    actions.open_sidebar(phone)
    actions.navigation(phone).filter(has_text="Before and after").tap()
    expect(phone.locator("h1").first).to_have_text("Before and after")
    expect(phone.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    expect(actions.navigation(phone).first).not_to_be_in_viewport()
