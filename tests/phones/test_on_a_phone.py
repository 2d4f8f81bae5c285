"""The page in a real browser of a phone's size: accessible, light and dark, with and without its script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from evalcore.phones import Room
from evalcore.telling.reactions import Comment, Reactions, Tally
from tests.browser.actions import accessibility_faults

pytestmark = pytest.mark.browser

SIZE: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TITLE = "Self-efficacy was 2.9 points higher after the programme than before it; too few people to tell"


@pytest.fixture
def room() -> Iterator[Room]:
    with Room.open(address="127.0.0.1") as room:
        yield room


def check(page: Page) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SIZE["width"]
    small = "[...document.querySelectorAll('button, .choice, .button')].filter(one => one.offsetHeight < 48).length"
    assert page.evaluate(small) == 0


def test_a_phone_follows_the_room(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    page.goto(room.link)
    check(page)
    page.get_by_role("button", name="Managers").click()
    expect(page.get_by_role("heading", name="Wait for the next question")).to_be_visible()
    check(page)

    room.show("change.gse", 3, TITLE, "Does this fit what you saw?")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    check(page)
    page.get_by_label("Partly").check()
    page.get_by_label("A comment").fill("Ring 01632 960 123.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Not sent yet")
    check(page)
    page.get_by_label("A comment").fill("Later on.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Your answer and your comment came in: Partly.")).to_be_visible()
    check(page)
    assert room.reactions()["change.gse"] == Reactions(
        (Tally("managers", partly=1),), (Comment("managers", "Later on."),)
    )

    page.get_by_label("A comment").fill("Half a thought")
    room.show("change.wemwbs", 4, "Wellbeing", "")
    expect(page.get_by_role("status")).to_contain_text("The room has gone on.")
    check(page)
    expect(page.get_by_label("A comment")).to_have_value("Half a thought")
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", name="Wellbeing")).to_be_visible()
    room.close()
    expect(page.get_by_role("status")).to_contain_text("does not reach the room any more")
    context.close()
    assert faults == []


def test_a_phone_without_scripts(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport=SIZE, java_script_enabled=False)
    page = context.new_page()
    page.goto(room.link)
    page.get_by_role("button", name="Partners").click()
    room.show("one", 1, "First", "")
    page.get_by_role("link", name="Look again").click()
    page.get_by_label("Disagree").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Your answer came in: Disagree.")).to_be_visible()
    page.get_by_role("link", name="Change the group").click()
    page.get_by_role("button", name="People with lived experience").click()
    context.close()
    assert room.reactions() == {"one": Reactions((Tally("lived", disagree=1),))}
