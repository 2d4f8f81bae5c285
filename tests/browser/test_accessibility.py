"""axe on every page, with everything opened, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import actions

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault(browser: Browser, dashboard: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    pages = {slug: context.new_page() for slug in ("", "add_data", "before_after", "?study=empty")}
    for slug, page in pages.items():
        actions.visit(page, f"{dashboard}/{slug}")
        if slug == "?study=empty":
            actions.empty_the_study(page)
            actions.go_to(page, "Before and after")
        actions.open_everything(page)
    pages[""].wait_for_timeout(actions.LATE_PARTS)
    faults = {slug or "overview": actions.accessibility_faults(page) for slug, page in pages.items()}
    context.close()
    assert {slug: found for slug, found in faults.items() if found} == {}


def test_a_fault_is_found(page: Page) -> None:
    page.set_content('<html lang="en"><title>A page</title><main><h1>A page</h1><img src="x.png"></main></html>')
    assert [rule for rule, _, _ in actions.accessibility_faults(page)] == ["image-alt"]
