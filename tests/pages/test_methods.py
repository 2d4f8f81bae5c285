"""Methods shows every definition that the dashboard computes with, and no unverified value without its word."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evalcore import DisclosurePolicy
from evalcore.claims import rule_table
from evalcore.instruments import list_instruments, load_instrument
from evalcore.methods import MEANINGS, cited, list_statistics, list_terms, ogrs
from evalcore.rules import list_band_schemes, load_band_scheme
from evalcore.rules.needs import list_need_forms, load_need_form
from evalcore.rules.risk_scales import load_ogrs3
from pages._shared import leaving
from pages.methods import needs, questionnaires, sayings
from tests.methods import made_up
from tests.pages import frame

HEADERS = [
    "From a file to a figure",
    "What a standing means",
    "Questionnaires",
    "Needs and OGRS",
    "Statistics",
    "How much is said",
    "Disclosure policy",
    "Glossary",
]
INSTRUMENTS = [load_instrument(name) for name in list_instruments()]
each_instrument = pytest.mark.parametrize("instrument", INSTRUMENTS, ids=list_instruments())


def opened(at: AppTest) -> AppTest:
    """The page with every part unfolded."""
    assert frame.calm(at)
    for part in at.main.get("expander"):
        at.session_state[f"methods {part.label}"] = True
    at.run()
    assert frame.calm(at)
    return at


def all_words(at: AppTest) -> str:
    """Everything that the page says, its tables and the labels of its parts among it."""
    cells = [" | ".join(row) for table in frame.tables(at) for row in table.to_numpy(str)]
    return "\n".join([frame.words(at), *cells]).replace("\\", "").replace("\u2060", "")


@pytest.fixture(scope="module")
def page() -> AppTest:
    return opened(frame.dashboard("methods"))


@pytest.fixture(scope="module")
def said(page: AppTest) -> str:
    return all_words(page)


def lines(text: str, label: str) -> Iterator[str]:
    return (line for line in text.splitlines() if label in line)


def test_the_sections_stand_in_order(page: AppTest) -> None:
    assert [header.value for header in page.main.header] == HEADERS


def test_the_page_says_much_before_anything_is_opened() -> None:
    at = frame.dashboard("methods")
    assert not any(part.proto.expanded for part in at.main.get("expander"))
    text = all_words(at)
    for wanted in (*(one.label for one in list_statistics()), *DisclosurePolicy().lines(), *MEANINGS.values()):
        assert wanted in text
    assert [line for one in INSTRUMENTS for line in [one.licence] if line not in text] == []
    assert "Feldt, Woodruff" not in text
    assert "Feldt, Woodruff" in all_words(opened(at))


def test_headings_go_down_by_one_level_with_everything_open(page: AppTest) -> None:
    levels = [int(element.tag[1]) for element in page.main if getattr(element, "tag", "") in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(after - before for before, after in itertools.pairwise(levels)) == 1
    names = [subheader.value for subheader in page.main.subheader]
    assert len(names) == len(set(names)) > 4 * len(INSTRUMENTS)


@each_instrument
def test_each_questionnaire_is_shown_in_full(instrument: questionnaires.Instrument, said: str) -> None:
    expected = [instrument.licence, instrument.licence_terms, instrument.norms_caution, *instrument.notes]
    expected += [f" | {item.keyword}" for item in instrument.items]
    expected += [f"{code} | {answer.label}" for code, answer in instrument.answers.items()]
    expected += [rule.label for rule in instrument.missing_rules.values()]
    expected += [one.label for part in ("norms", "reliabilities", "thresholds") for one in getattr(instrument, part)]
    expected += [cited(source) for source in instrument.sources.values()]
    assert [words for words in expected if words not in said] == []


def test_those_of_the_study_are_marked_and_come_first(page: AppTest) -> None:
    labels = [part.label for part in page.main.get("expander")][: len(INSTRUMENTS)]
    assert [label.endswith(" – in this study") for label in labels] == [True, True, True, False]
    table = frame.table_with(page, "Questionnaire", "In this study").set_index("Questionnaire")
    assert table["In this study"].to_dict() == {"GSE": "yes", "SWEMWBS": "yes", "UWES-9": "yes", "WEMWBS": "no"}


def test_only_the_questionnaires_of_the_study_are_marked() -> None:
    file = ("one.csv", frame.answers([("Q1", "pre", 2), ("Q2", "pre", 3)], instrument="wemwbs"))
    labels = [part.label for part in frame.with_files(file, slug="methods").main.get("expander")]
    # Its items hold those of the short form, which is therefore scored too.
    assert [label for label in labels if label.endswith(" – in this study")] == labels[:2]
    assert "Mental wellbeing (WEMWBS) – in this study" in labels[:2]


def test_the_gse_is_scored_with_at_most_three_items_left_out(page: AppTest, said: str) -> None:
    rule = load_instrument("gse").missing_rule()
    assert f"At most left out: {rule.max_missing['total']} of 10." in said
    table = frame.table_with(page, "Questionnaire", "Items left out").set_index("Questionnaire")
    assert table.loc["GSE", "Items left out"] == rule.label
    assert rule.max_missing["total"] == 3


def test_the_swemwbs_table_has_its_29_values(page: AppTest) -> None:
    table = frame.table_with(page, "Sum of answers", "Metric score")
    known = load_instrument("swemwbs").scales["total"].table
    assert dict(zip(table.iloc[:, 0].astype(int), table.iloc[:, 1].astype(float), strict=True)) == known
    assert len(table) == 29


@pytest.mark.parametrize("one", list_statistics(), ids=lambda one: one.name)
def test_each_statistic_has_its_definition_and_its_source(one: made_up.loading.Statistic, said: str) -> None:
    flat = " ".join(said.split())
    for words in (one.label, one.text, one.more, cited(one.source)):
        assert " ".join(words.split()) in flat


@pytest.mark.parametrize("name", list_need_forms())
def test_every_need_has_its_thresholds(name: str, page: AppTest, said: str) -> None:
    form = load_need_form(name)
    found = [
        {row.iloc[0]: list(row.iloc[1:3]) for _, row in table.iterrows()}
        for table in frame.tables(page)
        if "A need from" in table.columns
    ]
    expected = {
        rule.label: [str(limit or "no threshold") for limit in (rule.threshold, rule.severe)]
        for rule in form.rules.values()
    }
    assert expected in found
    assert form.note in said
    for rule in form.rules.values():
        assert cited(rule.source) in said
        assert rule.reason in said


def test_ogrs_has_its_bands_its_rulings_its_coefficients_and_its_sources(page: AppTest, said: str) -> None:
    for scale in ogrs.scales():
        for words in (scale.note, cited(scale.source), cited(scale.bands_source)):
            assert words in said
        bands = frame.table_with(page, "Score", "Very high").set_index("Score").loc[f"{scale.label}, two years"]
        assert [cell.replace("\\", "") for cell in bands] == [band.range for band in scale.bands]
        added = frame.table_with(page, "Current offence").set_index("Current offence")[scale.label]
        assert {float(cell) for cell in added if cell} == {round(one.value, 4) for one in scale.offences.values()}
    assert [ruling for ruling in load_ogrs3().rulings if ruling not in said] == []


def test_every_policy_line_stands_and_whose_policy_it_is(said: str) -> None:
    assert [line for line in DisclosurePolicy().lines() if line not in said] == []
    assert "defaults, not a ministry's rule" in said


def test_the_glossary_and_the_standings_are_whole(said: str) -> None:
    assert [one.term for one in list_terms() if f"{one.term}.** {one.meaning}" not in said] == []
    assert [word for word, meaning in MEANINGS.items() if f"{word}.** {meaning}" not in said] == []


def test_every_rule_for_what_is_said_is_shown(page: AppTest, said: str) -> None:
    table = frame.table_with(page, "Pairs", "Title", "Numbers")
    rules = rule_table().rules
    pairs = {(0, 0): "0", (1, 1): "1", (2, 2): "2", (3, 0): "3 or more", (3, 9): "3 to 9"}
    pairs |= {(10, 29): "10 to 29", (30, 0): "30 or more"}
    assert table["Pairs"].tolist() == [pairs[rule.fewest, rule.most] for rule in rules]
    assert [", p" in numbers for numbers in table["Numbers"]] == ["{p}" in rule.sentence for rule in rules]
    where = {"clear": "interval clear of 0", "spans": "interval covers 0", "none": "no interval", None: ""}
    assert all(where[rule.interval] in cell for rule, cell in zip(rules, table["Where"], strict=True))
    assert "Too few to tell" in table["Title"].str.cat()
    assert "{" not in table["Title"].str.cat()
    for rule in rules:
        start = rule.caution.partition("{")[0]
        assert f"{rule.name[:1].upper()}{rule.name[1:]}.** {start}" in said


def test_no_sentence_claims_a_cause_or_a_success(said: str) -> None:
    ours = said.replace("\\", "")
    sources = [one.source for one in (*list_statistics(), *list_terms()) if one.source is not None]
    for words in sorted({text for one in sources for text in (one.title, one.place)}, key=len, reverse=True):
        ours = ours.replace(words, "")
    assert [stem for stem in rule_table().forbidden if stem in ours.lower()] == []


def test_no_unverified_value_stands_without_the_word(page: AppTest, said: str) -> None:
    facts = [one for i in INSTRUMENTS for one in (*i.norms, *i.reliabilities, *i.thresholds, *i.missing_rules.values())]
    schemes = [load_band_scheme(name) for name in list_band_schemes()]
    doubtful = [one for one in (*facts, *schemes) if one.source.standing == "unverified"]
    assert len(doubtful) >= 4
    for one in doubtful:
        shown = list(lines(said, one.label))
        assert shown
        assert all("unverified" in line.lower() for line in shown)
    bands = [name for table in frame.tables(page) for name in table.columns if str(name).startswith("Band")]
    assert len(bands) == len(schemes)
    assert bands.count("Band (unverified)") == sum(one.source.standing == "unverified" for one in schemes)


def test_no_unverified_answer_word_stands_without_the_word(page: AppTest) -> None:
    tables = [table for table in frame.tables(page) if "Also read as" in table.columns]
    cells = [cell for table in tables for cell in table["Also read as"]]
    words = {text for i in INSTRUMENTS for answer in i.answers.values() for text in answer.unverified_variants}
    assert len(words) >= 10
    shown = [part.replace("\\", "") for cell in cells for part in cell.split("; ")]
    assert words.isdisjoint(shown)
    assert {f"{text} (unverified)" for text in words} <= set(shown)


def test_a_changed_statistic_is_shown_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made_up.change_statistics(monkeypatch, tmp_path, "SD with n − 1.", "SD with a made-up divisor.")
    text = all_words(opened(frame.dashboard("methods")))
    assert "SD with a made-up divisor." in text
    assert "SD with n − 1." not in text


def test_a_changed_word_is_shown_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made_up.change_glossary(monkeypatch, tmp_path, "One time of asking:", "A made-up time of asking:")
    assert "A made-up time of asking:" in all_words(frame.dashboard("methods"))


def test_a_changed_questionnaire_is_shown_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(name: str) -> questionnaires.Instrument:
        return dataclasses.replace(made_up.all_unverified(name), licence=f"© A made-up owner of {name}")

    monkeypatch.setattr(questionnaires, "load_instrument", changed)
    text = all_words(opened(frame.dashboard("methods")))
    assert "© A made-up owner of gse" in text
    assert load_instrument("gse").licence not in text
    assert text.count(cited(made_up.UNVERIFIED)) > 3 * len(INSTRUMENTS)


def test_a_changed_threshold_of_a_need_is_shown_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    form = load_need_form()
    rules = {name: dataclasses.replace(rule, threshold=77) for name, rule in form.rules.items()}
    monkeypatch.setattr(needs, "load_need_form", lambda name: dataclasses.replace(form, rules=rules))
    table = frame.table_with(frame.dashboard("methods"), "A need from")
    assert set(table["A need from"]) == {"77"}


def test_a_changed_policy_is_shown_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = DisclosurePolicy(min_gap=7)
    monkeypatch.setattr(leaving, "policy", lambda: policy)
    text = all_words(frame.dashboard("methods"))
    assert [line for line in policy.lines() if line not in text] == []
    assert [line for line in DisclosurePolicy().lines() if line not in policy.lines() and line in text] == []


def test_a_changed_rule_for_what_is_said_is_shown_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = rule_table()
    changed = dataclasses.replace(table.rules[-1], fewest=44, caution="A made-up caution.")
    monkeypatch.setattr(sayings, "rule_table", lambda: dataclasses.replace(table, rules=(changed,)))
    at = opened(frame.dashboard("methods"))
    assert frame.table_with(at, "Pairs", "Numbers")["Pairs"].tolist() == ["44 or more"]
    assert "A made-up caution." in all_words(at)


def test_an_empty_study_still_has_its_methods() -> None:
    at = frame.empty("methods")
    assert [header.value for header in at.main.header] == HEADERS
    assert "In this study" in frame.table_with(at, "Questionnaire", "In this study").columns
    assert set(frame.table_with(at, "Questionnaire", "In this study")["In this study"]) == {"no"}
