"""Every colour can be seen where it stands, kinds differ by more than colour, and values are written plainly."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.figures import theme
from evalcore.findings import Column

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
ANSWERS = {f"answer_{side}_{step}" for side in ("low", "high") for step in (1, 2, 3)} | {"answer_middle"}
KINDS = {
    "pre",
    "post",
    "change",
    "person",
    "stayed",
    "left",
    "pilot",
    "caseload",
    "reference",
    "expected",
    "step",
    "aside",
} | ANSWERS
SURFACES = {"light": theme.LIGHT, "dark": theme.DARK}
FOR_MARKS, FOR_TEXT = 3.0, 4.5  # WCAG 2.2: 1.4.11 non-text contrast, 1.4.3 contrast (minimum)


def test_each_kind_of_mark_has_a_look() -> None:
    assert set(theme.LOOKS) == KINDS


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_marks_can_be_seen_on_either_page(kind: str, surface: theme.Surface) -> None:
    """By their own colour, or by the outline that the drawer gives them: `test_plotly_bars` finds it drawn."""
    look = theme.look(kind)
    for ground in (surface.background, surface.panel):
        assert theme.contrast(surface.muted if look.outlined else look.colour, ground) >= FOR_MARKS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_words_in_a_bar_can_be_read_on_its_fill_and_on_its_hatching(kind: str) -> None:
    fill = theme.look(kind).colour
    for ground in (fill, theme.hatching(fill)):
        assert theme.contrast(theme.words_on(fill), ground) >= FOR_TEXT


@pytest.mark.parametrize("kind", sorted(kind for kind in KINDS if theme.look(kind).pattern))
def test_a_hatching_can_be_told_from_its_fill(kind: str) -> None:
    fill = theme.look(kind).colour
    assert theme.contrast(theme.hatching(fill), fill) >= 1.3


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_text_can_be_read_on_either_page(surface: theme.Surface) -> None:
    for words in (surface.text, surface.muted):
        for ground in (surface.background, surface.panel):
            assert theme.contrast(words, ground) >= FOR_TEXT


def test_kinds_that_meet_in_one_chart_differ_by_more_than_colour() -> None:
    for together in (("pre", "post", "change", "person"), ("stayed", "left", "person"), ("pilot", "caseload")):
        for one, other in combinations(together, 2):
            assert theme.look(one).symbol != theme.look(other).symbol
    for one, other in (("pre", "post"), ("stayed", "left"), ("pilot", "caseload"), ("step", "aside")):
        assert theme.look(one).dash != theme.look(other).dash
    for one, other in (("pre", "post"), ("stayed", "left"), ("pilot", "caseload")):
        assert theme.look(one).pattern != theme.look(other).pattern


def test_no_text_is_smaller_than_thirteen_pixels() -> None:
    assert min(theme.TEXT_SIZE, theme.SMALL_SIZE) >= 13


@pytest.mark.parametrize("name", SURFACES)
def test_the_page_has_the_colours_that_the_charts_were_measured_on(name: str) -> None:
    page, surface = CONFIG["theme"][name], SURFACES[name]
    assert page["backgroundColor"] == surface.background
    assert page["secondaryBackgroundColor"] == surface.panel
    assert page["textColor"] == surface.text


@pytest.mark.parametrize("name", SURFACES)
def test_the_controls_of_the_page_can_be_seen(name: str) -> None:
    page = CONFIG["theme"][name]
    for ground in (page["backgroundColor"], page["secondaryBackgroundColor"]):
        assert theme.contrast(page["borderColor"], ground) >= FOR_MARKS
        assert theme.contrast(page["linkColor"], ground) >= FOR_TEXT
    assert theme.contrast(page["primaryColor"], page["backgroundColor"]) >= FOR_MARKS
    assert theme.contrast("#ffffff", page["primaryColor"]) >= FOR_TEXT


def test_contrast_is_that_of_the_guideline() -> None:
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the guideline's own example of 4.5
    assert theme.contrast("#ffffff", "#767676") == theme.contrast("#767676", "#ffffff")


@pytest.mark.parametrize("value", [None, np.nan, np.inf, pd.NA, -np.inf])
def test_what_is_missing_is_a_dash(value: object) -> None:
    assert theme.written(value, Column("mean", "Mean", "mean", 2)) == "–"
    assert theme.written(value, Column("n", "People", "fieldwork")) == "–"


def test_values_are_written_as_the_column_asks() -> None:
    assert theme.written(-0.5, Column("change", "Change", "mean", 2)) == "−0.50"
    assert theme.written(7.0, Column("n", "People", "fieldwork")) == "7"
    assert theme.written(0.0004, Column("p_value", "p", "test", 3)) == "< 0.001"
    assert theme.written(0.0004, Column("mean", "Mean", "mean", 3)) == "0.000"


def test_a_table_is_written_in_the_order_of_its_columns() -> None:
    values = pd.DataFrame({"n": pd.array([7, pd.NA], dtype="Int64"), "mean": [21.474, np.nan], "who": ["all", "[c]"]})
    columns = (Column("who", "Who", "label"), Column("mean", "Mean", "mean", 2), Column("n", "People", "fieldwork"))
    written = theme.table(values, columns)
    assert list(written.columns) == ["Who", "Mean", "People"]
    assert written.to_numpy().tolist() == [["all", "21.47", "7"], ["[c]", "–", "–"]]
