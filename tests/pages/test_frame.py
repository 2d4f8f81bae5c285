"""The frame around every page: sidebar, choices in the address, guard."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from evalcore import EvalcoreError
from pages._shared import components
from tests.pages import frame

STUDIES: dict[str, Callable[[str], AppTest]] = {
    "sample": frame.dashboard,
    "empty": frame.empty,
    "two people": lambda slug: frame.with_files(frame.TWO_PEOPLE, slug=slug),
    "only before": lambda slug: frame.with_files(frame.ONLY_BEFORE, slug=slug),
}


@pytest.mark.parametrize("slug", frame.SLUGS)
@pytest.mark.parametrize("study", STUDIES)
def test_each_page_stands_with_its_sidebar_and_its_title(slug: str, study: str) -> None:
    at = STUDIES[study](slug)
    assert frame.calm(at)
    assert at.title[0].value == frame.TITLES[slug]
    assert [box.label for box in at.sidebar.selectbox] == ["People", "Site"]
    assert not re.search(r"\b(nan|None|NaN|inf)\b", frame.words(at))
    assert not any(table.isin(["nan", "None", "NaN", "inf"]).to_numpy().any() for table in frame.tables(at))


@pytest.mark.parametrize("slug", frame.SLUGS)
def test_headings_go_down_by_one_level(slug: str) -> None:
    at = frame.dashboard(slug)
    levels = [int(element.tag[1]) for element in at.main if getattr(element, "tag", "") in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max((after - before for before, after in itertools.pairwise(levels)), default=0) <= 1


@pytest.mark.parametrize("slug", ["overview", "questionnaires", "before_after", "people"])
def test_each_chart_has_its_sentence_how_to_read_it_table_trail_and_downloads(slug: str) -> None:
    at = frame.dashboard(slug)
    charts, parts = at.main.get("plotly_chart"), [part.label for part in at.main.get("expander")]
    sentences = [text.value for text in at.main.get("text")]
    assert charts
    assert all(chart.proto.alt in sentences for chart in charts)
    findings = len(at.main.subheader)
    assert sum("How to read it:" in caption.value for caption in at.main.caption) == len(charts) <= findings
    assert parts.count("Who is behind it, source and definitions") == findings
    assert parts.count("Downloads, and what is hidden outside") == findings
    folded = [label for label in parts if label in ("Table", "Tests and effect sizes")]
    assert len(at.main.table) + len(folded) == findings


def test_a_link_opens_the_view_it_names() -> None:
    at = frame.dashboard("before_after", group="service-users", site="2", measure="swemwbs.total.service-users")
    assert at.sidebar.selectbox(key="select_group").value == "service-users"
    assert at.sidebar.selectbox(key="select_site").value == "2"
    assert at.main.selectbox(key="select_measure").value == "swemwbs.total.service-users"
    assert "at Site 2" in frame.words(at)
    assert frame.address(at) == {"group": "service-users", "site": "2", "measure": "swemwbs.total.service-users"}


def test_a_choice_is_written_into_the_address_and_survives_a_change_of_page() -> None:
    at = frame.dashboard("before_after")
    at.sidebar.selectbox(key="select_group").select("staff-and-volunteers").run()
    assert frame.address(at)["group"] == "staff-and-volunteers"
    frame.go(at, "overview")
    assert at.sidebar.selectbox(key="select_group").value == "staff-and-volunteers"
    assert frame.address(at)["group"] == "staff-and-volunteers"
    assert "service users" not in frame.words(at)


def test_a_choice_taken_back_leaves_the_address() -> None:
    at = frame.dashboard("overview", site="2")
    at.sidebar.selectbox(key="select_site").select("").run()
    assert "site" not in frame.address(at)


def test_the_address_holds_no_label_of_a_file() -> None:
    rows = b"respondent_id,role,site,consent\nQ1,service user,Mrs Smith's house,given\n"
    at = frame.with_files(("roster.csv", rows), frame.TWO_PEOPLE)
    assert at.sidebar.selectbox(key="select_site").options == ["All sites", "Mrs Smith's house"]
    at.sidebar.selectbox(key="select_site").select("1").run()
    assert frame.address(at)["site"] == "1"


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("site", "9", "site"),
        ("site", "Leeds", "site"),
        ("group", "nobody", "group of people"),
        ("measure", "x", "measure"),
    ],
)
def test_a_link_to_what_is_not_there_says_so_once(name: str, value: str, what: str) -> None:
    at = frame.dashboard("before_after", **{name: value})
    assert [warning.value for warning in at.main.warning] == [
        f"The link names a {what} that is not in this study, so it was left out."
    ]
    assert frame.address(at).get(name) != value
    at.sidebar.selectbox(key="select_site").select("1").run()
    assert not at.main.warning


def _fails(message: str, kind: type[Exception]) -> Callable[[], None]:
    def run() -> None:
        raise kind(message)

    return run


def test_what_goes_wrong_is_said_without_a_value_and_only_its_kind_and_place_are_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pages._shared.cache.find_measures", lambda *_: _fails("SU01 scored 12", ValueError)())
    with caplog.at_level(logging.DEBUG, logger="pages"):
        at = frame.dashboard()
    assert not at.exception
    assert "could not be shown" in at.error[0].value
    assert "SU01" not in caplog.text + frame.words(at)
    assert "ValueError at " in caplog.text
    assert "components:" in caplog.text


def test_what_we_raise_on_purpose_is_shown_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages._shared.cache.finding", lambda *_: _fails("Choose one role.", EvalcoreError)())
    assert frame.dashboard().error[0].value == "Choose one role."


@pytest.mark.parametrize(
    "label",
    [
        "# a heading",
        "- a point",
        "1. a list",
        "*bold* _it_ `code`",
        "[link](x)",
        "<b>bold</b>",
        "$x^2$",
        ":red[x]",
        "a|b",
    ],
)
def test_nothing_in_a_label_is_read_as_markdown(label: str) -> None:
    shown = components.plain(label)
    for mark in "#*_`[]<>$|":
        assert shown.count(mark) == shown.count(f"\\{mark}")
    assert not shown.startswith(("- ", "1. "))


def test_an_address_in_a_label_is_no_link() -> None:
    assert "www." not in components.plain("www.example.org")
    assert "https:/" not in components.plain("https://example.org")
