"""What every kind of test shares: how hypothesis runs, a real browser, and the dashboard as a real server."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.installed import FLAGS, MISSING, browser_path, must_have_browser
from tests.browser.server import running_dashboard

PATIENCE = 30_000  # milliseconds, for a machine that is busy with other things

# A slow machine is no reason to fail: speed is measured by `make bench`.
hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.load_profile("here")
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together on one processor what shares something: the tests of one file, and all that drive the browser.

    Those go first, since they are the longest; side by side they only took each other's time.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    for item in items:
        name = "browser" if item.get_closest_marker("browser") else str(item.path)
        item.add_marker(pytest.mark.xdist_group(name))


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of tests that were collected: they stay to the end."""
    gc.collect()
    gc.freeze()


_folders = count(1)


@pytest.fixture(autouse=True)
def no_study_in_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Studies that a test keeps go into a folder of its own, which is made when the first is kept."""
    folder = tmp_path_factory.getbasetemp() / f"studies {next(_folders)}"
    monkeypatch.setenv("EVALUATION_DASHBOARD_DATA", str(folder))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run; each test opens contexts of its own, which share nothing."""
    path = browser_path()
    if path is None:
        if must_have_browser():
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def dashboard() -> Iterator[str]:
    """Address of one running dashboard that all browser tests share."""
    with running_dashboard() as url:
        yield url


@pytest.fixture
def fresh_dashboard() -> Iterator[str]:
    """Address of a dashboard whose very first request the test makes."""
    with running_dashboard() as url:
        yield url


@pytest.fixture(scope="session")
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """One desktop window for the whole run, so that what the framework loads is loaded once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(desktop: BrowserContext) -> Iterator[Page]:
    """A tab of a desktop browser: to the dashboard each tab is a session of its own."""
    tab = desktop.new_page()
    yield tab
    tab.close()
