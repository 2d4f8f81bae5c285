"""A whole workshop by keyboard, with a phone that answers from a browser of its own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import actions
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser

SIZES = ((1024, 768), (1920, 1080))
SMALLEST_TEXT = 15  # pixels, of the line that counts the screens; what is to be read is larger
TEXTS = """() => [...document.querySelectorAll('.room-stage h1, .room-stage p, .room-stage th, .room-stage td')]
    .map((part) => [part, part.getBoundingClientRect()])
    .map(([part, place]) => ({ text: part.innerText, size: parseFloat(getComputedStyle(part).fontSize),
        outside: place.bottom > innerHeight || place.right > innerWidth }))"""


def screen(page: Page, words: str) -> None:
    """Wait until the screen in front of the room holds these words."""
    expect(page.locator(".room-stage")).to_contain_text(words)
    actions.settle(page)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def begin(page: Page, dashboard: str) -> None:
    """Begin the workshop of the sample study, by keyboard."""
    actions.visit(page, f"{dashboard}/workshop")
    tab_to(page, "Begin the workshop")
    press(page, "Enter")
    screen(page, "Screen 1 of 7")


def test_a_workshop_by_keyboard_with_reactions_from_a_phone(page: Page, browser: Browser, dashboard: str) -> None:
    begin(page, dashboard)
    # Phones are switched on from the screen, and off until then.
    press(page, "q")
    expect(page.get_by_role("button", name="Take reactions from phones")).to_be_visible()
    tab_to(page, "Take reactions from phones")
    press(page, "Enter")
    link = page.locator(".room-link")
    expect(link).to_contain_text("http://")
    address = link.inner_text().strip()
    press(page, "q")
    phone_context = browser.new_context(viewport={"width": 390, "height": 844})
    phone = phone_context.new_page()
    phone.goto(address)
    phone.get_by_role("button", name="Practitioners").click()
    expect(phone.locator("body")).to_contain_text("gave a GSE score both before and after")
    # The room is asked before the result; the phone waits, and sees nothing of it.
    press(page, "ArrowRight")
    screen(page, "Before you see it")
    expect(phone.locator("body")).not_to_contain_text("Mean GSE was")
    press(page, "1")
    screen(page, "The room expects: Higher")
    page.get_by_label("A difference that would matter").focus()
    page.keyboard.type("2")
    press(page, "Enter", "Escape")
    screen(page, "a difference of 2 would matter")
    press(page, "PageDown")
    screen(page, "Mean GSE was 0.7 points higher after than before")
    screen(page, "The room expected: Higher; a difference of 2 would matter")
    expect(phone.locator("body")).to_contain_text("Mean GSE was 0.7 points higher")
    phone.get_by_label("Partly").check()
    phone.get_by_role("button", name="Send my answer").click()
    expect(phone.locator("body")).to_contain_text("Change my answer")
    # Five more are counted by hand; together they may be shown.
    press(page, "a")
    page.get_by_label("Practitioners: agree").wait_for()
    actions.settle(page)
    page.get_by_label("Practitioners: agree").focus()
    page.keyboard.type("5")
    tab_to(page, "Keep")
    press(page, "Enter")
    screen(page, "6 answers")
    table = page.locator(".room-tally")
    expect(table).to_contain_text("All groups together")
    # Blank, jump, back, and the end.
    press(page, "b")
    expect(page.locator("#room-blank")).to_be_visible()
    press(page, "b")
    expect(page.locator("#room-blank")).to_have_count(0)
    press(page, "7", "Enter")
    screen(page, "Screen 7 of 7")
    press(page, "ArrowLeft")
    screen(page, "Screen 6 of 7")
    press(page, "Escape")
    expect(page.locator("h1").first).to_have_text("Workshop")
    actions.settle(page)
    tab_to(page, "End the workshop", most=60)
    press(page, "Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("The workshop is ended")
    expect(page.get_by_test_id("stMain")).to_contain_text("Higher; a difference of 2 would matter")
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        phone.goto(address)
    phone_context.close()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_screen_can_be_read_from_the_back(browser: Browser, dashboard: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    actions.visit(page, f"{dashboard}/workshop")
    page.get_by_text("Ask the room what it expects").click()
    actions.settle(page)
    page.get_by_role("button", name="Rehearse").click()
    for number in range(1, 8):
        screen(page, f"Screen {number} of 7")
        for part in page.evaluate(TEXTS):
            assert not part["outside"], part["text"]
            assert part["size"] >= SMALLEST_TEXT * size[0] / 1024, part["text"]
        picture = page.locator(".room-picture img:visible").bounding_box()
        assert picture is not None
        assert picture["height"] > 0.4 * size[1]
        assert not page.get_by_test_id("stSidebar").is_visible()
        assert not page.get_by_test_id("stHeader").is_visible()
        press(page, "ArrowRight")
    context.close()


def test_a_screen_has_no_accessibility_fault(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/workshop?present=2")
    screen(page, "Before you see it")
    page.wait_for_timeout(actions.LATE_PARTS)
    assert actions.accessibility_faults(page) == []
    press(page, "r")
    screen(page, "Mean GSE was")
    page.wait_for_timeout(actions.LATE_PARTS)
    assert actions.accessibility_faults(page) == []


def test_a_screen_stands_without_the_network(page: Page, dashboard: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    actions.visit(page, f"{dashboard}/workshop?present=1")
    screen(page, "Screen 1 of 7")
    assert [url for url in asked if not url.startswith((dashboard, "data:", "ws://127.0.0.1", "blob:"))] == []
