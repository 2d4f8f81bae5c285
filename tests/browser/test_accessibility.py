"""axe on every page, with everything opened: light on a wide screen, dark on a narrow one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import actions

pytestmark = pytest.mark.browser

NAMES = (
    *("", "add_data", "plan", "questionnaires", "people", "feasibility", "next_phase?change=2.87", "methods"),
    *(f"people?about={part}" for part in ("risk", "needs", "like", "reach")),
    *("workshop", "report", "what_leaves", "studies", "?empty"),
    *(f"before_after?part={part}" for part in ("", "missing", "error", "groups")),
)
LIGHT = "rgb(255, 255, 255)"


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"))


def test_no_page_has_an_accessibility_fault(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    pages = {name: context.new_page() for name in NAMES}
    for name, page in pages.items():
        actions.visit(page, f"{dashboard}/{name}")
        if name == "?empty":
            actions.empty_the_study(page)
            actions.go_to(page, "Before and after")
        actions.open_everything(page)
    assert {background(page) for page in pages.values()} == {LIGHT}
    faults = {f"{name} light": found for name, found in faults_of(pages).items()}
    for page in pages.values():
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 390, "height": 844})
    faults |= {f"{name} dark": found for name, found in faults_of(pages).items()}
    assert LIGHT not in {background(page) for page in pages.values()}
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}


def faults_of(pages: dict[str, Page]) -> dict[str, list[tuple[str, str, list[str]]]]:
    """What axe finds on each page, once all have had time to settle."""
    pages[""].wait_for_timeout(actions.LATE_PARTS)
    return {name: actions.accessibility_faults(page) for name, page in pages.items()}


def test_a_fault_is_found(page: Page) -> None:
    page.set_content('<html lang="en"><title>A page</title><main><h1>A page</h1><img src="x.png"></main></html>')
    assert [rule for rule, _, _ in actions.accessibility_faults(page)] == ["image-alt"]
