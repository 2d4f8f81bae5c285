"""Import of the package, and a cold start until a page is drawn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.measuring import ROOT, Line
from tests.browser.installed import FLAGS, MISSING, browser_path
from tests.browser.server import running_dashboard

_IMPORT = "import time; start = time.perf_counter(); import evalcore; print(time.perf_counter() - start)"
_WARM_UP = "import evalcore, streamlit"  # so that a fresh checkout's byte-code compilation is not what is measured


def lines() -> Iterator[Line]:
    """Lines of the table."""
    yield Line("Import of evalcore, fresh process", 0.5, statistics.median(_import_seconds() for _ in range(5)))
    yield _cold_start()


def _import_seconds() -> float:
    run = subprocess.run([sys.executable, "-c", _IMPORT], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(run.stdout)


def _cold_start() -> Line:
    name = "Cold start: server to first heading in a browser"
    path = browser_path()
    if path is None or not (ROOT / "app.py").exists():
        return Line(name, 5.0, None, remark=MISSING if path is None else "there is no app.py")
    from playwright.sync_api import sync_playwright

    subprocess.run([sys.executable, "-c", _WARM_UP], cwd=ROOT, check=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = chromium.new_page()
        start = time.perf_counter()
        with running_dashboard() as url:
            page.goto(url)
            page.locator("h1").first.wait_for(timeout=60_000)
            taken = time.perf_counter() - start
        chromium.close()
    return Line(name, 5.0, taken, remark="the browser was running already")
