"""The dashboard as the test tool runs it: always through app.py, so that the frame is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from evalcore.instruments import load_instrument

APP = str(Path(__file__).resolve().parents[2] / "app.py")
TITLES = {
    "overview": "Overview",
    "add_data": "Add data",
    "plan": "Analysis plan",
    "questionnaires": "Questionnaires",
    "before_after": "Before and after",
    "people": "People",
    "feasibility": "Feasibility",
    "next_phase": "Next phase",
    "workshop": "Workshop",
    "report": "Report",
    "what_leaves": "What leaves",
    "studies": "Studies",
    "methods": "Methods",
}
SLUGS = tuple(TITLES)


def dashboard(slug: str = "overview", **address: str) -> AppTest:
    """The sample study on one page, opened by a link with these choices."""
    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in address.items():
        at.query_params[name] = value
    if slug != "overview":
        at._page_hash = calc_hash(slug)  # what `switch_page` sets, which knows the pages only after a first run
    return at.run()


def go(at: AppTest, slug: str) -> AppTest:
    """Choose a page in the navigation."""
    return at.switch_page(f"pages/{slug}/page.py").run()


def with_files(*files: tuple[str, bytes], slug: str = "overview") -> AppTest:
    """A study of these files, on one page."""
    at = dashboard("add_data")
    at.file_uploader(key="files").set_value([(name, data, "text/csv") for name, data in files]).run()
    return go(at, slug)


def empty(slug: str) -> AppTest:
    """A study without any file, on one page."""
    at = dashboard("add_data")
    next(button for button in at.main.button if button.label == "Start an empty study").click().run()
    return go(at, slug)


def answers(people: Sequence[tuple[str, str, int]], instrument: str = "gse", role: str = "service user") -> bytes:
    """A questionnaire file: identifier, wave and the code that was given to every item."""
    items = load_instrument(instrument).columns
    lines = [",".join(("respondent_id", "wave", "role", *items))]
    lines += [",".join((person, wave, role, *[str(code)] * len(items))) for person, wave, code in people]
    return "\n".join(lines).encode()


TWO_PEOPLE = ("two.csv", answers([("Q1", "pre", 2), ("Q1", "post", 3), ("Q2", "pre", 3), ("Q2", "post", 3)]))
ONLY_BEFORE = ("before.csv", answers([("Q1", "pre", 2), ("Q2", "pre", 3), ("Q3", "pre", 4)]))


def part(at: AppTest, name: str) -> AppTest:
    """Choose a part of Before and after, as a link does."""
    at.query_params["part"] = name
    return at.run()


def open_part(at: AppTest, label: str, finding: str) -> AppTest:
    """Open one folded part of a finding."""
    at.session_state[f"{label} {finding}"] = True
    return at.run()


def tables(at: AppTest) -> list[pd.DataFrame]:
    """Every table of the page."""
    return [table.value for table in at.main.table]


def table_with(at: AppTest, *headings: str) -> pd.DataFrame:
    """The first table of the page that has these headings."""
    return next(table for table in tables(at) if set(headings) <= set(table.columns))


def words(at: AppTest) -> str:
    """Everything that the page says outside tables, without the marks that keep labels from being read as Markdown."""
    kinds = ("title", "header", "subheader", "text", "markdown", "caption", "info", "warning", "error", "success")
    found = [element.value for kind in kinds for element in at.main.get(kind)]
    return "\n".join(found).replace("\\", "")


def address(at: AppTest) -> dict[str, str]:
    """The choices in the address; the tool hands out a list for what a link brought and text for what was written."""
    return {name: value[-1] if isinstance(value, list) else value for name, value in at.query_params.items()}


def calm(at: AppTest) -> bool:
    """True if nothing went wrong on the page."""
    return not at.exception and not at.error
