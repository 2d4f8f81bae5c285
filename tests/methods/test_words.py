"""Definitions in a reader's words say what the definitions hold, and mark what is unverified."""

from __future__ import annotations

import dataclasses
import re

import pytest

from evalcore.instruments import list_instruments, load_instrument
from evalcore.methods import MEANINGS, cited, needs, standing_words
from evalcore.methods import questionnaires as words
from evalcore.methods.word_table import filled_columns
from evalcore.rules import band, list_band_schemes, load_band_scheme
from evalcore.rules.needs import list_need_forms, load_need_form
from evalcore.rules.source import STANDINGS, Source
from evalcore.wording import number
from tests.methods.made_up import UNVERIFIED, all_unverified

INSTRUMENTS = [load_instrument(name) for name in list_instruments()]
each_instrument = pytest.mark.parametrize("instrument", INSTRUMENTS, ids=list_instruments())


def test_every_standing_has_a_meaning() -> None:
    assert tuple(MEANINGS) == STANDINGS
    assert all(text.endswith(".") for text in MEANINGS.values())


def test_a_source_is_cited_with_its_standing() -> None:
    source = Source("A manual", "2004", "table 1", "single source", "secondary")
    assert cited(source) == "A manual (2004), table 1: single source (secondary)"
    assert cited(dataclasses.replace(source, year="n.d.")).startswith("A manual, table 1")
    assert standing_words(dataclasses.replace(source, qualifier="")) == "single source"


def test_a_column_without_a_word_is_left_out() -> None:
    table = filled_columns("T", ("a", "b", "c"), [("1", "", ""), ("2", "", "x")])
    assert table.headings == ("a", "c")
    assert table.rows == (("1", ""), ("2", "x"))


def test_the_overview_marks_the_questionnaires_of_the_study() -> None:
    table = words.overview_table(["gse"])
    here = dict(zip((row[0] for row in table.rows), (row[-1] for row in table.rows), strict=True))
    assert here == {one.short_name: "yes" if one.id == "gse" else "no" for one in INSTRUMENTS}
    for row, one in zip(table.rows, INSTRUMENTS, strict=True):
        assert row[3] == one.missing_rule().label


@each_instrument
def test_items_are_numbered_and_named_by_keyword(instrument: words.Instrument) -> None:
    rows = words.item_table(instrument).rows
    assert [row[:2] for row in rows] == [(str(n), one.keyword) for n, one in enumerate(instrument.items, start=1)]


def test_items_name_their_scales_and_the_longer_form() -> None:
    uwes9 = words.item_table(load_instrument("uwes9"))
    scales = ["vigor", "vigor", "dedication", "dedication", "vigor", "absorption", "dedication"] + ["absorption"] * 2
    assert [row[-1] for row in uwes9.rows] == [scale.capitalize() for scale in scales]
    assert words.item_table(load_instrument("swemwbs")).rows[3][-1] == "WEMWBS, item 6"


@each_instrument
def test_answers_stand_with_their_codes_and_unverified_words_are_marked(instrument: words.Instrument) -> None:
    table = words.answer_table(instrument)
    assert [row[:2] for row in table.rows] == [(str(code), instrument.answers[code].label) for code in instrument.codes]
    for code, row in zip(instrument.codes, table.rows, strict=True):
        for text in instrument.answers[code].unverified_variants:
            assert f"{text} (unverified)" in row[-1]
        for text in instrument.answers[code].variants:
            assert text in row[-1]
            assert f"{text} (unverified)" not in row[-1]


@each_instrument
def test_a_score_rule_names_method_items_and_range(instrument: words.Instrument) -> None:
    for scale, rule in zip(instrument.scales.values(), words.score_rules(instrument), strict=True):
        assert rule.startswith(f"{scale.label}: the {'mean' if scale.method == 'mean' else 'sum'} of the ")
        assert f"the {len(scale.items)} answers" in rule
        ends = [number(end, 2 if scale.table else 0) for end in (scale.low, scale.high)]
        assert f"{ends[0]} to {ends[1]} points" in rule
        assert ("converted by the table" in rule) == bool(scale.table)


def test_reversed_items_are_named() -> None:
    instrument = load_instrument("gse")
    turned = dataclasses.replace(instrument.scales["total"], reversed=("gse_2", "gse_5"))
    rule = words.score_rules(dataclasses.replace(instrument, scales={"total": turned}))[0]
    assert "Counted the other way round first: items 2 and 5." in rule


def test_the_conversion_table_is_whole() -> None:
    (table,) = words.conversion_tables(load_instrument("swemwbs"))
    known = load_instrument("swemwbs").scales["total"].table
    assert {int(total): float(score) for total, score in table.rows} == known
    assert len(table.rows) == 29
    assert [one.id for one in INSTRUMENTS if words.conversion_tables(one)] == ["swemwbs"]


def test_rules_for_items_left_out_say_how_many_and_what_is_done() -> None:
    rules = dict(words.missing_rules(load_instrument("gse")))
    default = "At most three items missing: mean of the answered items times ten (default)"
    assert list(rules) == [default, "Complete answers only"]
    assert "At most left out: 3 of 10." in rules[default]
    assert rules["Complete answers only"].startswith("No score where an item was left out.")
    uwes9 = dict(words.missing_rules(load_instrument("uwes9")))
    assert next(iter(uwes9)).endswith(" (default)")
    assert "Total 3 of 9; Vigor 1 of 3; Dedication 1 of 3; Absorption 1 of 3" in list(uwes9.values())[1]


def parsed(cell: str) -> tuple[float, bool, float, bool]:
    """Lowest and highest score of a band, each with whether the limit itself belongs to it."""
    low, high = cell.split(" to ")
    ends = [float(end.removeprefix("above ").removeprefix("below ")) for end in (low, high)]
    return ends[0], not low.startswith("above"), ends[1], not high.startswith("below")


@pytest.mark.parametrize("name", list_band_schemes())
def test_bands_in_words_put_a_score_on_the_border_where_the_rule_does(name: str) -> None:
    scheme = load_band_scheme(name)
    table = words.band_table(load_instrument(scheme.instrument), scheme)
    for scale, cuts in scheme.cuts.items():
        label = load_instrument(scheme.instrument).scales[scale].label
        for at in (scheme.low, *(cut.at for cut in cuts), scheme.high):
            holding = []
            for *named, name_of_band, scores in table.rows:
                low, with_low, high, with_high = parsed(scores)
                inside = low < at < high or (at == low and with_low) or (at == high and with_high)
                if inside and named in ([], [label]):
                    holding.append(name_of_band)
            assert holding == list(band([at], scheme, scale=scale))


def test_the_default_bands_come_first() -> None:
    scheme = load_band_scheme("wemwbs_warwick")
    instrument = dataclasses.replace(load_instrument("wemwbs"), default_band_scheme=scheme.id)
    assert words.band_schemes(instrument)[0] == scheme
    assert len(words.band_schemes(instrument)) == 2


@each_instrument
def test_norms_stand_with_their_number_mean_and_sd(instrument: words.Instrument) -> None:
    table = words.norm_table(instrument)
    for norm, (label, n, mean, sd, standing) in zip(instrument.norms, table.rows, strict=True):
        assert label == norm.label + (" (default)" if norm.default else "")
        assert n == ("not given" if norm.n is None else f"{norm.n:,}")
        assert float(mean) == norm.mean
        assert sd == "not given" if norm.sd is None else float(sd) == norm.sd
        assert standing == norm.source.standing


@each_instrument
def test_each_norm_has_its_people_date_caution_and_source(instrument: words.Instrument) -> None:
    notes = words.norm_notes(instrument)
    for norm in instrument.norms:
        (text,) = [text for label, text in notes if norm.label in label.split("; ")]
        assert all(part in text for part in (norm.population, norm.date, norm.caution, cited(norm.source)))


@each_instrument
def test_reliabilities_and_sizes_of_change_stand_with_what_they_hold_for(instrument: words.Instrument) -> None:
    for one, (label, text) in zip(instrument.reliabilities, words.reliabilities(instrument), strict=True):
        assert label == one.label + (" (default)" if one.default else "")
        assert text.startswith(f"{one.low:g}")
        assert f"{one.high:g}" in text
        assert all(part in text for part in (one.kind, one.population, one.caution, cited(one.source)))
    for one, (label, text) in zip(instrument.thresholds, words.thresholds(instrument), strict=True):
        assert label == one.label
        assert text.startswith(f"{one.low:g}")
        assert all(part in text for part in (f"{one.high:g} points", one.caution, cited(one.source)))
        assert (
            f"May judge {'one person, never a mean' if one.level == 'individual' else 'the mean of a group'}." in text
        )


@each_instrument
def test_what_is_unverified_never_stands_without_the_word(instrument: words.Instrument) -> None:
    made = all_unverified(instrument.id)
    assert all(row[-1] == "unverified" for row in words.norm_table(made).rows)
    beside = (*words.reliabilities(made), *words.thresholds(made))
    assert all(re.match(r"[\d.]+( to [\d.]+)?( points)? \(unverified\)\.", text) for _, text in beside)
    sourced = (*words.norm_notes(made), *words.missing_rules(made), *words.sources(made)[: len(made.sources)])
    assert all(cited(UNVERIFIED) in text for _, text in sourced)
    for scheme in words.band_schemes(instrument):
        marked = words.band_table(made, dataclasses.replace(scheme, source=UNVERIFIED))
        assert "Band (unverified)" in marked.headings


def test_what_is_verified_carries_no_doubt() -> None:
    assert "(verified)" not in words.reliabilities(load_instrument("gse"))[0][1]
    assert words.reliabilities(load_instrument("gse"))[0][1].startswith("0.85. ")


@each_instrument
def test_every_source_is_named(instrument: words.Instrument) -> None:
    said = " ".join(text for _, text in words.sources(instrument))
    for source in (*instrument.sources.values(), *(scale.source for scale in instrument.scales.values())):
        assert cited(source) in said


@pytest.mark.parametrize("name", list_need_forms())
def test_needs_stand_with_their_thresholds(name: str) -> None:
    form = load_need_form(name)
    table = needs.need_table(form)
    assert ("Highest score" in table.headings) == any(rule.maximum for rule in form.rules.values())
    for rule, row in zip(form.rules.values(), table.rows, strict=True):
        expected = [rule.label, *(str(limit or "no threshold") for limit in (rule.threshold, rule.severe))]
        assert list(row[:3]) == expected
        assert len(row) == 3 or row[3] == str(rule.maximum or "not known")


@pytest.mark.parametrize("name", list_need_forms())
def test_each_need_is_behind_a_source(name: str) -> None:
    form = load_need_form(name)
    entries = needs.need_sources(form)
    for rule in form.rules.values():
        kind = "No threshold" if rule.threshold is None else "A need from"
        wanted = [(kind, rule.source)] + ([("Severe from", rule.severe_source)] if rule.severe_source else [])
        for start, source in wanted:
            (found,) = [
                text for label, text in entries if label.startswith(start) and rule.label.lower() in label.lower()
            ]
            assert found == f"{cited(source)}."
    assert set(needs.need_reasons(form)) == {rule.reason for rule in form.rules.values()} - {""}
