"""Screenshots of every page for a person to look at: `make look` writes them into screenshots/.

Each page, on a study that is empty, on the sample study and on two people; on a wide and a narrow screen; light and
dark. Nothing is asserted here: what a test can see, the tests see.
"""

from __future__ import annotations

import itertools
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from pages.before_after.parts import PARTS
from tests.browser import actions
from tests.browser.installed import FLAGS, MISSING, browser_path
from tests.browser.server import ROOT, running_dashboard

FOLDER = ROOT / "screenshots"
SCREENS = {"wide": (1440, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
STUDIES: dict[str, Callable[[Page], None]] = {
    "sample": lambda page: None,
    "empty": actions.empty_the_study,
    "two-people": actions.two_people_only,
}


def main() -> int:
    """Take all of them; the exit code is 1 where there is no browser to take them with."""
    path = browser_path()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    with running_dashboard() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for (screen, (width, height)), scheme in itertools.product(SCREENS.items(), SCHEMES):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            for study, prepare in STUDIES.items():
                page = context.new_page()
                actions.visit(page, url)
                prepare(page)
                _take_each_page(page, FOLDER / screen / scheme / study)
                page.close()
            _take_each_part(context, url, FOLDER / screen / scheme / "parts")
            context.close()
        browser.close()
    print(f"{len(list(FOLDER.rglob('*.png')))} screenshots in {FOLDER.name}/")
    return 0


def _take_each_page(page: Page, folder: Path) -> None:
    for title in actions.page_titles(page):
        actions.open_sidebar(page)
        actions.go_to(page, title)
        _take_whole(page, folder / f"{title.lower().replace(' ', '-')}.png")


def _take_each_part(context: BrowserContext, url: str, folder: Path) -> None:
    """The parts of Before and after, on the sample study."""
    for part in filter(None, PARTS):
        page = context.new_page()
        actions.visit(page, f"{url}/before_after?part={part}&measure=swemwbs.total.service-users")
        _take_whole(page, folder / f"{part}.png")
        page.close()


def _take_whole(page: Page, path: Path) -> None:
    """The whole page: the window is made as tall as its content, because the content scrolls inside it."""
    before = page.viewport_size
    page.wait_for_timeout(1_500)
    height = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
    path.parent.mkdir(parents=True, exist_ok=True)
    if before:
        page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
        page.wait_for_timeout(500)
    page.screenshot(path=path)
    if before:
        page.set_viewport_size(before)


if __name__ == "__main__":
    sys.exit(main())
