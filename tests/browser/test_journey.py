"""The straight line, as a person goes it: files in, scores and change on screen, a file out that identifies nobody."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from playwright.sync_api import Page, expect

from evalcore import match_scores, sample_study, score
from evalcore.outcomes.pairs import Pairs
from tests.browser import actions

pytestmark = pytest.mark.browser

IDENTIFIER = re.compile(r"\b(?:SU|ST)\d\d\b")
MEASURE = "SWEMWBS, service users"


def sample_pairs() -> Pairs:
    """The matched pairs that the page must show."""
    return match_scores(score(sample_study().responses, "swemwbs"), role="service user")


def individual_values() -> set[float]:
    """Each matched person's scores and change, as far as no mean happens to have the same value."""
    pairs = sample_pairs()
    return {round(float(value), 2) for column in (pairs.matched["pre"], pairs.matched["post"]) for value in column}


def test_from_the_files_to_a_download_that_identifies_nobody(page: Page, dashboard: str) -> None:
    actions.visit(page, dashboard)
    actions.go_to(page, "Add data")
    actions.upload(page, actions.SAMPLE_FILES / "responses.csv", actions.SAMPLE_FILES / "roster.csv")
    expect(page.get_by_text("The sample study is closed")).to_be_visible()
    files = page.get_by_role("table", name="Files in this study")
    expect(files.get_by_role("row").filter(has_text="responses.csv")).to_contain_text("43")
    expect(files.get_by_role("row").filter(has_text="roster.csv")).to_contain_text("35")

    actions.go_to(page, "Overview")
    expect(page.get_by_role("heading", name=MEASURE)).to_be_visible()

    actions.go_to(page, "Before and after")
    actions.choose(page, "Measure", MEASURE)
    pairs = sample_pairs()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(f"n = {len(pairs.matched)}")
    expect(main).to_contain_text(f"the mean was {pairs.matched['pre'].mean():.1f} points before")

    actions.open_part(page, "Answer", "Downloads, and what is hidden outside")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Table to share (CSV)").click()
    assert "INTERNAL" not in caught.value.suggested_filename
    text = caught.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(row and row[0].startswith("Policy:") for row in rows)
    assert IDENTIFIER.search(text) is None
    numbers = {float(cell) for row in rows for cell in row[1:] if re.fullmatch(r"-?\d+(\.\d+)?", cell)}
    assert numbers, "the table holds no figure at all"
    assert numbers & individual_values() == set()
    assert any(f"{pairs.matched['pre'].mean():.1f}" in cell for row in rows for cell in row)


def test_the_figure_to_share_holds_no_person(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/before_after")
    actions.choose(page, "Measure", MEASURE)
    actions.open_part(page, "Answer", "Downloads, and what is hidden outside")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Figure to share (web page)").click()
    text = caught.value.path().read_text(encoding="utf-8")
    words = re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL)
    assert "Policy:" in words
    assert IDENTIFIER.search(text) is None
    drawn = numbers_drawn(text)
    assert drawn, "nothing is drawn"
    assert {round(value, 2) for value in drawn} & individual_values() == set()


def numbers_drawn(text: str) -> list[float]:
    """Every number of the traces that a web page hands to the chart library."""
    start = text.index("[", text.index("Plotly.newPlot(", text.rindex("<script")))
    traces, _ = json.JSONDecoder().raw_decode(text[start:])
    return [value for trace in traces for value in numbers_in([trace.get("x"), trace.get("y")])]


def numbers_in(data: object) -> list[float]:
    if isinstance(data, (int, float)):
        return [float(data)]
    return [value for item in data for value in numbers_in(item)] if isinstance(data, list) else []


def test_a_broken_file_is_told_of_and_loses_nothing(page: Page, dashboard: str) -> None:
    actions.visit(page, f"{dashboard}/add_data")
    actions.upload(page, actions.two_people())
    expect(page.get_by_text("The sample study is closed")).to_be_visible()
    actions.upload(page, {"name": "picture.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00\x00"})
    expect(page.get_by_role("alert").filter(has_text="picture.csv")).to_be_visible()
    expect(page.get_by_role("table", name="Files in this study")).to_contain_text("two-people.csv")
