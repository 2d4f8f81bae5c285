"""Nothing is lost: a refresh, a link, a second window, a server that was killed; and what is not kept says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser import actions
from tests.browser.server import free_port, started

pytestmark = pytest.mark.browser

ITEMS = ",".join(f"gse_{item}" for item in range(1, 11))
KEPT = "Kept on this machine."
OTHER_WINDOW = "Another window saved this study meanwhile"
IN_ADDRESS = re.compile(r"[?&]study=[\w-]+")
SAMPLE = "Everyone in the sample study is invented."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard with a folder of its own."""
    with started(tmp_path_factory.mktemp("keeping") / "studies", free_port()) as running:
        yield running.url


def csv_file(name: str, *lines: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def answers() -> dict[str, Any]:
    """Two people who answered both times, and one whose identifier was misspelt after: a near miss."""
    people = [("M1", 2, 3), ("M2", 3, 3)]
    rows = [
        f"{who},{wave},service user,North{f',{code}' * 10}"
        for who, *codes in people
        for wave, code in zip(("pre", "post"), codes, strict=True)
    ]
    rows += [f"K10,pre,service user,South{',2' * 10}", f"Kl0,post,service user,South{',4' * 10}"]
    return csv_file("answers.csv", f"respondent_id,wave,role,site,{ITEMS}", *rows)


def later() -> dict[str, Any]:
    """One more person, in a file that does not say its wave."""
    return csv_file("more people.csv", f"respondent_id,role,site,{ITEMS}", f"M3,service user,North{',2' * 10}")


def hand_in(page: Page, server: str) -> None:
    """Begin a study of one's own."""
    actions.visit(page, f"{server}/add_data")
    actions.upload(page, answers())
    expect(page.get_by_text("The sample study is closed")).to_be_visible()
    actions.settle(page)


def click(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    actions.settle(page)


def keep(page: Page) -> str:
    """Keep the study; return what it is called in the address."""
    click(page, "Keep this study")
    expect(sidebar(page)).to_contain_text(KEPT)
    expect(page).to_have_url(IN_ADDRESS)
    return parse_qs(urlsplit(page.url).query)["study"][0]


def sidebar(page: Page) -> Any:
    return page.get_by_test_id("stSidebar")


def main(page: Page) -> Any:
    return page.get_by_test_id("stMain")


def table(page: Page, name: str) -> Any:
    """A table by its name; while the page is drawn anew, the one from before stands there too."""
    return page.get_by_role("table", name=name).last


def expect_study(page: Page, study: str) -> None:
    """The address names this study; none where it is empty."""
    if study:
        expect(page).to_have_url(re.compile(f"[?&]study={study}(&|$)"))
    else:
        expect(page).not_to_have_url(IN_ADDRESS)


def back(page: Page) -> None:
    """Go back to the page before; the framework may have written the page's bare address as a step of its own."""
    path = urlsplit(page.url).path
    page.go_back()
    if urlsplit(page.url).path == path:
        page.go_back()
    actions.settle(page)


def fill(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label)
    field.fill(text)
    field.press("Enter")
    actions.settle(page)


def give_name(page: Page, name: str) -> None:
    actions.go_to(page, "Studies")
    fill(page, "Name of the study that is open", name)
    click(page, "Give it this name")
    expect(sidebar(page)).to_contain_text(f"Study: {name}")


def test_a_refresh_and_a_typed_address_bring_the_study_and_its_view_back(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    hand_in(page, server)
    study = keep(page)
    actions.go_to(page, "Before and after")
    actions.choose(page, "Site", "South")
    actions.choose(page, "Site", "North")
    actions.choose(page, "Measure", "GSE, service users")
    page.locator('button[data-variant="segmented_control"]', has_text="By group").click()
    actions.settle(page)
    address = page.url
    page.reload()
    actions.settle(page)
    assert asked == [], "nothing is lost, so nothing is asked"
    expect(main(page).get_by_text("Keep this study")).to_have_count(0)
    assert page.url == address
    expect(page.locator("h1")).to_have_text("Before and after")
    expect(sidebar(page)).to_contain_text("Study: Your study")
    expect(sidebar(page)).to_contain_text(KEPT)
    assert actions.chosen(page, "Site") == "North"
    assert actions.chosen(page, "Measure") == "GSE, service users"
    expect(page.get_by_role("heading", name="By group", exact=True)).to_be_visible()
    back(page)
    expect(sidebar(page)).to_contain_text(KEPT)
    expect_study(page, study)

    actions.visit(page, f"{server}/add_data?study={study}")
    expect(table(page, "Files in this study")).to_contain_text("answers.csv")
    assert actions.chosen(page, "Site") == "North", "the view in which the study was left"


def test_a_second_window_and_the_back_button_stay_in_the_study(
    page: Page, desktop: BrowserContext, server: str
) -> None:
    hand_in(page, server)
    study = keep(page)
    actions.go_to(page, "People")
    actions.go_to(page, "Overview")
    back(page)
    expect(page.locator("h1")).to_have_text("People")
    expect_study(page, study)

    second = desktop.new_page()
    actions.visit(second, f"{server}/?study={study}")
    expect(sidebar(second)).to_contain_text(KEPT)
    expect(main(second)).to_contain_text("4 people filled in 6 questionnaires")
    second.close()


def test_a_killed_server_loses_nothing(page: Page, tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path / "studies", port) as running:
        hand_in(page, running.url)
        study = keep(page)
        actions.upload(page, later())
        actions.pick(page, "more people.csv", "Before")
        expect(table(page, "Files in this study")).to_contain_text("more people.csv")
        actions.settle(page)
        click(page, "Same person")
        actions.go_to(page, "Analysis plan")
        actions.pick(page, "Main outcomes", "GSE, service users")
        page.keyboard.press("Escape")
        actions.settle(page)
        click(page, "Fix this plan")
        expect(main(page)).to_contain_text("The plan was fixed on")
        fill(page, "What could explain a change", "The office moved in June")
        click(page, "Note this explanation")
        expect(main(page)).to_contain_text("1. The office moved in June")
        give_name(page, "Youth pilot")
        fill(page, "Note on version", "As shown to the board")
        click(page, "Keep this note")
        expect(main(page)).to_contain_text("The note on version")
        running.process.kill()
        running.process.wait()
    with started(tmp_path / "studies", port):
        page.reload()
        actions.settle(page)
        expect_study(page, study)
        expect(sidebar(page)).to_contain_text("Study: Youth pilot")
        expect(table(page, "Versions of the study")).to_contain_text("As shown to the board")
        actions.go_to(page, "Analysis plan")
        expect(main(page)).to_contain_text("The plan was fixed on")
        expect(main(page)).to_contain_text("1. The office moved in June")
        actions.go_to(page, "Add data")
        files = table(page, "Files in this study")
        expect(files.get_by_role("row").filter(has_text="more people.csv")).to_contain_text("1")
        expect(page.get_by_role("combobox", name="more people.csv")).to_have_count(0)
        expect(main(page)).to_contain_text("1 pair is decided")


def test_a_study_that_is_not_kept_says_so_and_asks_before_it_is_lost(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "studies"
    asked: list[str] = []
    stay = True

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss() if stay else dialog.accept()

    page.on("dialog", answer)
    with started(folder, free_port()) as running:
        actions.visit(page, running.url)
        page.reload()
        actions.settle(page)
        assert asked == [], "the sample study is not lost by a refresh"
        hand_in(page, running.url)
        asked.clear()
        for title in actions.page_titles(page):
            actions.go_to(page, title)
            expect(main(page).get_by_text("Keep this study on this machine?")).to_be_visible()
        click(page, "Not now")
        expect(main(page).get_by_text("Not kept:")).to_be_visible()
        expect(main(page).get_by_text("Keep this study on this machine?")).to_have_count(0)
        actions.go_to(page, "Overview")
        expect(main(page).get_by_text("Not kept:")).to_be_visible()

        page.close(run_before_unload=True)
        page.wait_for_timeout(500)
        assert asked == ["beforeunload"]
        assert not page.is_closed()
        expect(sidebar(page)).to_contain_text("Study: Your study")
        stay = False
        page.reload()
        actions.settle(page)
        assert asked == ["beforeunload", "beforeunload"]
        expect(sidebar(page)).to_contain_text(SAMPLE)
        expect_study(page, "")
    assert not folder.exists(), "nothing is written of a study that nobody asked to keep"


def test_closing_a_kept_study_opens_the_sample_and_leaves_it_kept(page: Page, server: str) -> None:
    hand_in(page, server)
    study = keep(page)
    click(page, "Back to the sample study")
    expect(sidebar(page)).to_contain_text(SAMPLE)
    expect_study(page, "")
    actions.visit(page, f"{server}/add_data?study={study}")
    expect(table(page, "Files in this study")).to_contain_text("answers.csv")


def two_windows(page: Page, desktop: BrowserContext, server: str) -> tuple[str, Page]:
    """A kept study in two windows; in the first a near miss is decided that the second still asks about."""
    hand_in(page, server)
    study = keep(page)
    second = desktop.new_page()
    actions.visit(second, f"{server}/add_data?study={study}")
    expect(second.get_by_role("button", name="Two people", exact=True)).to_be_visible()
    click(page, "Same person")
    expect(main(page)).to_contain_text("1 pair is decided")
    return study, second


def decided(page: Page, said: str) -> None:
    """What was decided about the near miss stands on the page."""
    actions.go_to(page, "Add data")
    page.locator("summary").filter(has_text="1 pair that was decided").click()
    expect(page.get_by_role("button", name=f"is {said}")).to_be_visible()


def as_a_copy(first: Page, second: Page, study: str) -> None:
    expect(sidebar(second)).to_contain_text("Study: Your study (copy)")
    expect(second).to_have_url(IN_ADDRESS)
    assert f"study={study}" not in second.url
    decided(second, "another person than")
    decided(first, "the same person as")
    expect_study(first, study)


def after_theirs(first: Page, second: Page, study: str) -> None:
    expect_study(second, study)
    decided(second, "another person than")
    actions.go_to(first, "Studies")
    expect(table(first, "Versions of the study").get_by_role("row")).to_have_count(4)
    decided(first, "another person than")


def dropped(first: Page, second: Page, study: str) -> None:
    expect_study(second, study)
    decided(second, "the same person as")
    actions.go_to(first, "Studies")
    expect(table(first, "Versions of the study").get_by_role("row")).to_have_count(3)


@pytest.mark.parametrize(
    ("way", "becomes"),
    [
        ("Save mine as a copy", as_a_copy),
        ("Save mine after version 2", after_theirs),
        ("Drop mine and show theirs", dropped),
    ],
)
def test_two_windows_never_overwrite_each_other_unseen(
    page: Page, desktop: BrowserContext, server: str, way: str, becomes: Callable[[Page, Page, str], None]
) -> None:
    study, second = two_windows(page, desktop, server)
    click(second, "Two people")
    expect(main(second)).to_contain_text(OTHER_WINDOW)
    expect(sidebar(second)).to_contain_text("The last change is not saved.")
    click(second, way)
    expect(main(second).get_by_text(OTHER_WINDOW)).to_have_count(0)
    expect(sidebar(second)).to_contain_text("Saved as version")
    becomes(page, second, study)
    second.close()


def test_a_window_that_only_looks_follows_and_says_so(page: Page, desktop: BrowserContext, server: str) -> None:
    _, second = two_windows(page, desktop, server)
    actions.go_to(second, "Overview")
    expect(main(second)).to_contain_text("This study was changed in another window.")
    decided(second, "the same person as")
    second.close()


def test_a_link_to_a_study_that_is_not_here_says_so_and_shows_the_sample(page: Page, server: str) -> None:
    actions.visit(page, f"{server}/overview?study=no-such-study")
    expect(main(page)).to_contain_text("The link leads to a study that is not kept on this machine.")
    expect(sidebar(page)).to_contain_text(SAMPLE)
    expect_study(page, "")


def test_a_file_that_waits_for_an_answer_survives_a_refresh(page: Page, server: str) -> None:
    hand_in(page, server)
    keep(page)
    actions.upload(page, later())
    expect(page.get_by_text("more people.csv waits for an answer")).to_be_visible()
    page.reload()
    actions.settle(page)
    expect(page.get_by_text("more people.csv waits for an answer")).to_be_visible()
    actions.pick(page, "more people.csv", "Before")
    expect(page.get_by_text("more people.csv waits for an answer")).to_have_count(0)
    expect(table(page, "Files in this study")).to_contain_text("more people.csv")
