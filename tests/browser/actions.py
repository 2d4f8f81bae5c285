"""What a person does in the dashboard, by the words that they see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.server import ROOT

SAMPLE_FILES = ROOT / "sample_data"
LATE_PARTS = 5_000  # milliseconds: parts that the framework draws late were missed by axe at 1.5 seconds
SHORTLY = 5_000  # milliseconds in which a list that was opened shows its options
RESTS = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const rests = app?.dataset.testScriptState === "notRunning" && document.querySelector("h1");
    const now = performance.now();
    window.lastBusy = rests ? (window.lastBusy ?? now) : now;
    return now - window.lastBusy > 300;
}"""
TOLD_OF = """names => {
    const parts = document.querySelectorAll('[data-testid="stMain"] :is([data-testid="stMarkdownContainer"], table)');
    const said = [...parts].map((part) => part.innerText).join(" ");
    return names.every((name) => said.includes(name));
}"""
FRAMEWORK_RULES = {"presentation-role-conflict"}  # the framework's file uploader; minor, and none of ours to mend


def settle(page: Page) -> None:
    """Wait until the page has a heading and its script has not run for a moment.

    The moment matters: what a click asks for reaches the server a little later; until then the script seems to rest.
    """
    page.evaluate("window.lastBusy = performance.now()")
    page.wait_for_function(RESTS)


def visit(page: Page, url: str) -> None:
    """Open an address and wait until the page stands."""
    page.goto(url)
    settle(page)


def navigation(page: Page) -> Locator:
    """The links of the navigation."""
    return page.get_by_test_id("stSidebarNavLink")


def open_sidebar(page: Page) -> None:
    """Open the sidebar where the screen is too narrow to show it beside the page."""
    button = page.get_by_test_id("stExpandSidebarButton")
    if button.is_visible():
        button.click()
        navigation(page).first.wait_for()


def go_to(page: Page, title: str) -> None:
    """Choose a page in the navigation."""
    navigation(page).filter(has_text=title).click()
    expect(page.locator("h1").first).to_have_text(title)
    settle(page)


def upload(page: Page, *files: Path | dict[str, Any]) -> None:
    """Hand files to the uploader of the page, and wait until it says something of each: they arrive one by one."""
    page.locator("input[type=file]").first.set_input_files(list(files))
    page.wait_for_function(TOLD_OF, arg=[one.name if isinstance(one, Path) else one["name"] for one in files])
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option in a select box."""
    pick(page, label, option)
    expect(page.get_by_role("combobox", name=label)).to_have_value(option)
    settle(page)


def pick(page: Page, label: str, option: str) -> None:
    """Open a select box and click an option; where the page is drawn anew meanwhile, which closes it, open it again."""
    offered = page.get_by_role("option", name=option, exact=True)
    for _ in range(3):
        page.get_by_role("combobox", name=label).click()
        try:
            offered.click(timeout=SHORTLY)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return
    offered.click()


def chosen(page: Page, label: str) -> str:
    """The option that a select box shows."""
    return page.get_by_role("combobox", name=label).input_value()


def open_part(page: Page, heading: str, part: str) -> None:
    """Open the first folded part of this name under a heading."""
    under = page.locator(
        f"xpath=//h2[normalize-space()='{heading}']/following::details[.//summary[contains(., '{part}')]]"
    )
    under.first.locator("summary").click()
    expect(under.first).to_have_attribute("open", "")
    settle(page)


def open_everything(page: Page) -> None:
    """Open each part that is folded away, and tick what shows more."""
    closed = page.locator("details:not([open]) > summary")
    while closed.count():
        page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(part => part.click())")
        page.wait_for_timeout(500)
        settle(page)


def scrolls_sideways(page: Page) -> bool:
    """True if the page, or its main part, is wider than the window."""
    return bool(
        page.evaluate(
            "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".some(part => part.scrollWidth > part.clientWidth)"
        )
    )


def accessibility_faults(page: Page) -> list[tuple[str, str, list[str]]]:
    """What axe finds on a page that has had time to settle: rule, how bad, and where; less the framework's own."""
    violations = Axe().run(page).response["violations"]
    return [
        (fault["id"], fault["impact"], [" ".join(map(str, node["target"])) for node in fault["nodes"]])
        for fault in violations
        if fault["id"] not in FRAMEWORK_RULES
    ]


def page_titles(page: Page) -> list[str]:
    """Titles of all pages, as the navigation names them."""
    return [link.inner_text().strip() for link in navigation(page).all()]


def empty_the_study(page: Page) -> None:
    """Close the sample study and begin one without any file."""
    open_sidebar(page)
    go_to(page, "Add data")
    page.get_by_role("button", name="Start an empty study").click()
    page.get_by_role("button", name="Back to the sample study").wait_for()
    settle(page)


def two_people() -> dict[str, Any]:
    """A questionnaire file of two invented people who answered both times."""
    items = ",".join(f"gse_{item}" for item in range(1, 11))
    rows = ["Q1,pre" + ",2" * 10, "Q1,post" + ",3" * 10, "Q2,pre" + ",3" * 10, "Q2,post" + ",3" * 10]
    text = "\n".join([f"respondent_id,wave,{items},role", *(f"{row},service user" for row in rows)])
    return {"name": "two-people.csv", "mimeType": "text/csv", "buffer": text.encode()}


def two_people_only(page: Page) -> None:
    """Begin a study of two people."""
    open_sidebar(page)
    go_to(page, "Add data")
    upload(page, two_people())
    page.get_by_text("The sample study is closed").wait_for()
