"""Everything that a mouse can do, the keyboard can."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import actions

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """What has the focus, in words: its label, or what it says."""
    return str(
        page.evaluate("[document.activeElement].map(at => at.getAttribute('aria-label') || at.innerText || '')[0]")
    )


def tab_to(page: Page, words: str, most: int = 40) -> None:
    """Press Tab until something with these words has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(focused(page)[:40])
        if focused(page).strip().endswith(words):
            return
    pytest.fail(f"{words!r} can not be reached with the Tab key; it passed {passed}")


def test_a_page_is_opened_and_a_measure_chosen_by_keyboard(page: Page, dashboard: str) -> None:
    actions.visit(page, dashboard)
    tab_to(page, "Before and after")
    page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_have_text("Before and after")
    actions.settle(page)
    tab_to(page, "Measure")
    page.keyboard.type("UWES-9, staff")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("Mean UWES-9")
    assert "measure=uwes9.total.staff-and-volunteers" in page.url


def test_a_norm_and_a_wave_are_chosen_by_keyboard(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/questionnaires?measure=swemwbs.total.service-users")
    tab_to(page, "Published norm")
    page.keyboard.type("women")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("published mean 23.2")
    actions.settle(page)
    tab_to(page, "Answered")
    page.keyboard.type("After")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("who answered SWEMWBS after (n = 12)")
    assert "norm=england_2010_2013_women" in page.url
    assert "wave=after" in page.url


def test_a_wide_table_is_scrolled_by_keyboard(page: Page, dashboard: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    actions.visit(page, f"{dashboard}/people")
    page.locator("[data-testid=stTable] > [tabindex]").first.wait_for()
    tab_to(page, "Wide table: scroll sideways with the arrow keys")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_a_folded_part_is_opened_by_keyboard(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after")
    tab_to(page, "Tests and effect sizes")
    page.keyboard.press("Enter")
    expect(page.locator("details[open]").filter(has_text="Tests and effect sizes")).to_have_count(1)


def test_the_navigation_can_be_skipped(page: Page, dashboard: str) -> None:
    actions.visit(page, dashboard)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"


def test_a_part_is_chosen_and_the_assumption_moved_by_keyboard(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after?measure=swemwbs.total.service-users")
    tab_to(page, "Answer")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert focused(page) == "Who is missing"
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="What if they had answered?")).to_be_visible()
    assert "part=missing" in page.url
    actions.settle(page)
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("stMain")).to_contain_text("had changed by −0.5 points on average")
    actions.settle(page)
    assert "assumed=-0.5" in page.url


def test_why_nothing_stronger_is_said_shows_where_the_focus_is(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after?measure=swemwbs.total.service-users")
    page.get_by_test_id("stMain").get_by_role("button", name="Help").first.focus()
    page.keyboard.press("Shift+Tab")
    tab_to(page, "Help", most=3)
    expect(page.get_by_role("tooltip")).to_contain_text("7 pairs: below 10 the figures only describe these people.")
