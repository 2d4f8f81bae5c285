"""Every file that a page offers says whether it is to share or a working copy, and what was shared is on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from evalcore.instruments import list_instruments
from evalcore.intake.native import KINDS
from tests.browser import actions

pytestmark = pytest.mark.browser

BUILT_WITHIN = 120_000  # milliseconds, on a machine that does many other things
INTERNAL = "INTERNAL_"
SHARED, WORKING, BLANK = "to share", "working copy", "blank"
RESULTS = ("overview", "questionnaires", "before_after", "before_after?part=missing", "people")
PLACES = (*RESULTS, "next_phase?change=2.87", "add_data", "studies", "report", "what_leaves")
# What holds nobody: empty files to fill in, and the plan.
OF_NOBODY = {
    "study-xlsx",
    *(f"{name}-xlsx" for name in list_instruments()),
    *(f"template_{kind}-csv" for kind in KINDS),
    *("analysis_plan-txt", "analysis_plan-json"),
}
OFFERED = """() => [...document.querySelectorAll('[data-testid="stDownloadButton"] button')].map(button =>
    [button.innerText.trim(), [...button.closest('[class*="st-key-download-"]').classList]
        .find(name => name.startsWith("st-key-download-")).slice("st-key-download-".length)])"""

TO_TICK = 'input[type="checkbox"][aria-label^="Working copy"]:not(:checked)'
FILLED = """() => [...document.querySelectorAll("details[open]")]
    .every(part => part.querySelector('[data-testid="stElementContainer"]'))"""
MADE = """() => [...document.querySelectorAll('input[aria-label^="Working copy"]:checked')]
    .every(box => box.closest("details").querySelector('[class*="st-key-download-INTERNAL_"]'))"""


class Offer(NamedTuple):
    """A download button: its label, and the name of its file with a hyphen for each full stop."""

    label: str
    name: str

    @property
    def said(self) -> set[str]:
        """What the button says of its file; a blank one is known by its name."""
        words = {one for one in (SHARED, WORKING) if one in self.label.lower()}
        return words | ({BLANK} if self.name in OF_NOBODY else set())


def offers(page: Page) -> list[Offer]:
    return [Offer(*found) for found in page.evaluate(OFFERED)]


def click_all(page: Page, elements: str, until: str) -> None:
    """Click everything of a kind, also what comes up by that; `until` is true when what it asked for is there."""
    while page.locator(elements).count():
        page.evaluate("which => document.querySelectorAll(which).forEach(one => one.click())", elements)
        actions.settle(page)
        page.wait_for_function(until)
        actions.settle(page)


def open_all(page: Page, url: str) -> list[Offer]:
    """Open a page, each part that is folded away, and each working copy; return what it offers."""
    actions.visit(page, url)
    if url.endswith("studies"):
        page.get_by_role("button", name="Make the file").click()
        page.get_by_test_id("stDownloadButton").wait_for()
    elif url.endswith("report"):
        page.get_by_role("button", name="Build the report").click()
        page.get_by_test_id("stDownloadButton").first.wait_for(timeout=BUILT_WITHIN)
    else:
        page.locator("summary").first.wait_for()
        actions.settle(page)
    click_all(page, "details:not([open]) > summary", FILLED)
    if url.rsplit("/", 1)[-1] in RESULTS:
        page.locator(TO_TICK).first.wait_for(state="attached")
    click_all(page, TO_TICK, MADE)
    return offers(page)


def one_of_each(found: list[Offer]) -> Iterator[Offer]:
    """The first offer of each kind."""
    return iter({next(iter(one.said)): one for one in reversed(found)}.values())


def take(page: Page, offer: Offer) -> str:
    """Download a file; return the name under which the browser would save it."""
    button = page.locator(f'[class*="st-key-download-{offer.name}"]').get_by_role("button", name=offer.label)
    with page.expect_download() as caught:
        button.first.click()
    actions.settle(page)
    return caught.value.suggested_filename


@pytest.mark.parametrize("place", PLACES)
def test_every_download_says_what_it_is(page: Page, dashboard: str, place: str) -> None:
    found = open_all(page, f"{dashboard}/{place}")
    assert found, "the page offers nothing"
    for offer in found:
        assert len(offer.said) == 1, f"“{offer.label}” ({offer.name}) says {offer.said or 'nothing'} of itself"
        assert offer.name.startswith(INTERNAL) == (WORKING in offer.said), offer
    if place in RESULTS:
        assert {next(iter(offer.said)) for offer in found} == {SHARED, WORKING}
    for offer in one_of_each(found):
        assert take(page, offer).replace(".", "-") == offer.name


def test_what_was_shared_stands_on_the_page_what_leaves(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/what_leaves")
    expect(page.get_by_text("Nothing has left yet.")).to_be_visible()
    actions.go_to(page, "Before and after")
    actions.choose(page, "Measure", "SWEMWBS, service users")
    actions.open_part(page, "Answer", "Downloads, and what is hidden outside")
    with page.expect_download():
        page.get_by_role("button", name="Table to share (CSV)").click()
    actions.go_to(page, "What leaves")
    expect(page.get_by_text("1 file to share has been taken.")).to_be_visible()
    row = page.get_by_role("table", name="What has left").get_by_role("row").filter(has_text="To share")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Change: SWEMWBS, service users")
