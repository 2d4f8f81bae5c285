"""The file in a real browser, without any network: drawn, reachable by keyboard, free of faults, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from evalcore.figures import theme
from evalcore.reporting.web import report_html
from tests.browser import actions
from tests.reporting.web.reports import NASTY, made_up, sample_page, sample_report

pytestmark = pytest.mark.browser

CHARTS = "() => [...document.querySelectorAll('.plot')].map(plot => plot.querySelectorAll('.main-svg').length > 0)"
INK = "() => getComputedStyle(document.querySelector('.plot .annotation-text')).fill"
OPEN = "() => [...document.querySelectorAll('details')].filter(part => part.open).length"
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("web") / "report.html"
    path.write_text(sample_page(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[("light", 1440, 900), ("dark", 390, 844)], ids=["light and wide", "dark and narrow"])
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme, width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, offline=True)
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """A page with every chart drawn, and what it said or asked for that it should not."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.extend([] if request.url.startswith((address, "data:")) else [request.url]))
    page.goto(address)
    for plot in page.locator(".plot").all():
        plot.scroll_into_view_if_needed()
    page.wait_for_function(f"() => ({CHARTS})().every(drawn => drawn)")
    return page, said


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_it_stands_without_a_fault_and_asks_for_nothing(window: BrowserContext, address: str) -> None:
    page, said = opened(window, address)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate(INK) == rgb(theme.surface(dark).text)
    page.get_by_role("button", name="Show all tables").click()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    assert page.get_by_role("button", name="Hide all tables").is_visible()
    assert actions.accessibility_faults(page) == []
    assert page.evaluate(WIDER) <= 0
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function(f"ink => ({INK})() === ink", arg=rgb(theme.surface(not dark).text))
    assert said == []


def test_a_chart_answers_to_the_pointer(page: Page, address: str) -> None:
    page.goto(address)
    chart = page.locator("article", has=page.locator(".plot")).nth(4).locator(".plot")
    chart.scroll_into_view_if_needed()
    chart.locator(".points path").first.hover(force=True)
    assert chart.locator(".hovertext").first.text_content()


def test_the_first_key_leads_past_the_contents(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Hide all tables").is_visible()
    assert page.evaluate(OPEN) == sum(
        (one.table is not None) + (one.trail is not None) for one in sample_report().exhibits
    )


def test_paper_has_every_table_and_every_picture(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page, said = opened(context, address)
    before = page.evaluate(OPEN)
    page.evaluate("addEventListener('beforeprint', () => { window.openOnPaper = " + f"({OPEN})()" + "; })")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert page.evaluate("window.openOnPaper") == page.locator("details").count()
    assert page.evaluate(OPEN) == before
    assert 20 < len(re.findall(rb"/Type\s*/Page\b", pdf)) < 80
    assert rb"/MediaBox [0 0 594.95996 841.91998]" in pdf
    assert said == []
    context.close()


def test_style_alone_opens_everything_on_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    shown = "(css, how) => [...document.querySelectorAll(css)].map(one => one.checkVisibility(how))"
    for css, wanted in (("details table", True), (".still", True), (".plot", False), (".tools, .skip", False)):
        found = page.evaluate(f"css => ({shown})(css, {{contentVisibilityAuto: true}})", css)
        assert set(found) == {wanted}, css
    assert page.evaluate("getComputedStyle(document.documentElement).color") == rgb(theme.LIGHT.text)
    too_wide = "() => [...document.querySelectorAll('table')].filter(one => one.offsetWidth > 673).map(one => one.id)"
    page.set_viewport_size({"width": 673, "height": 1000})  # what A4 leaves between its margins
    assert page.evaluate(too_wide) == []


def test_without_script_the_pictures_and_words_stand(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".still").count() == sum(one.chart is not None for one in sample_report().exhibits)
    assert all(still.is_visible() for still in page.locator(".still").all())
    assert not any(part.is_visible() for part in page.locator(".plot, .tools").all())
    page.locator("summary").first.click()
    assert page.locator("details table").first.is_visible()
    context.close()


def test_hostile_names_run_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report_html(made_up(NASTY)), encoding="utf-8")
    context = browser.new_context(offline=True)
    page, said = opened(context, path.as_uri())
    page.locator(".still").first.evaluate("still => still.decode()")
    assert page.evaluate("window.hurt") is None
    assert said == []
    context.close()
