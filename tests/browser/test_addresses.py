"""A view is a link: it may be the first thing that a server is asked for, and a refresh brings it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import actions

pytestmark = pytest.mark.browser


def test_a_link_into_the_dashboard_may_be_the_first_request(page: Page, fresh_dashboard: str) -> None:
    actions.visit(page, f"{fresh_dashboard}/before_after?measure=swemwbs.total.service-users")
    expect(page.locator("h1")).to_have_text("Before and after")
    assert actions.page_titles(page) == [
        "Overview",
        "Add data",
        "Analysis plan",
        "Questionnaires",
        "Before and after",
        "People",
        "Feasibility",
        "Next phase",
        "Workshop",
        "Report",
        "What leaves",
        "Studies",
        "Methods",
    ]
    expect(page.get_by_role("combobox", name="People")).to_be_visible()
    assert actions.chosen(page, "Measure") == "SWEMWBS, service users"
    page.wait_for_timeout(2_000)  # the framework says "Page not found" a moment late
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_page_has_an_address_of_its_own(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/overview")
    expect(page.locator("h1")).to_have_text("Overview")
    page.wait_for_timeout(1_000)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_refresh_keeps_the_view_and_says_that_the_study_is_gone(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/add_data")
    actions.upload(page, actions.SAMPLE_FILES / "responses.csv")
    expect(page.get_by_text("The sample study is closed")).to_be_visible()
    expect(page.get_by_text("a refresh, a new tab or closing this page loses it")).to_be_visible()
    actions.go_to(page, "Before and after")
    actions.choose(page, "People", "Staff and volunteers")
    actions.choose(page, "Site", "Site 2")
    actions.choose(page, "Measure", "UWES-9, staff")
    address = page.url
    assert {"group=staff-and-volunteers", "site=2"} <= set(address.split("?")[1].split("&"))

    page.reload()
    actions.settle(page)
    expect(page.get_by_text("Everyone in the sample study is invented.")).to_be_visible()
    assert page.url == address
    expect(page.locator("h1")).to_have_text("Before and after")
    assert actions.chosen(page, "People") == "Staff and volunteers"
    assert actions.chosen(page, "Site") == "Site 2"
    assert actions.chosen(page, "Measure") == "UWES-9, staff"


def test_a_link_to_what_is_not_there_says_so(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after?site=99")
    expect(page.get_by_role("alert")).to_contain_text("site")
    assert actions.chosen(page, "Site") == "All sites"


def test_a_choice_survives_a_change_of_page(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after")
    actions.choose(page, "People", "Staff and volunteers")
    actions.go_to(page, "Overview")
    assert actions.chosen(page, "People") == "Staff and volunteers"
    assert "group=staff-and-volunteers" in page.url
    expect(page.get_by_test_id("stMain")).not_to_contain_text("service users")
