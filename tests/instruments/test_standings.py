"""Each value shipped is the reference's, with the reference's word for how far it can be trusted."""

from __future__ import annotations

import re

import pytest

from evalcore.instruments import load_instrument
from evalcore.rules import band, list_band_schemes, load_band_scheme
from tests.instruments.reference import INSTRUMENTS, REFERENCE, entries, shipped


def test_items_answers_recall_and_licence() -> None:
    found = {f"{one.id}/{name}": source.standing for one in INSTRUMENTS for name, source in one.sources.items()}
    assert found == {name: entry["standing"] for name, entry in entries("sources").items()}
    values: dict[str, object] = {}
    for one in INSTRUMENTS:
        values[f"{one.id}/items"] = [item.keyword for item in one.items]
        values[f"{one.id}/answers"] = {str(code): answer.label for code, answer in one.answers.items()}
        values[f"{one.id}/licence"] = one.licence
        if one.recall:
            values[f"{one.id}/recall"] = one.recall
    assert values == {name: entry["value"] for name, entry in entries("sources").items()}


def test_answer_words_not_seen_in_a_source_are_marked() -> None:
    for one in INSTRUMENTS:
        words = REFERENCE["unverified_answer_words"].get(one.id, {})
        for code, answer in one.answers.items():
            first_words = {text.split(" (")[0] for text in answer.unverified_variants}
            assert first_words == ({words[str(code)]} if str(code) in words else set())
            assert not first_words & {answer.label.lower(), *answer.variants}


def test_scales() -> None:
    found = {
        f"{one.id}/{scale.name}": (
            scale.source.standing,
            {
                "method": scale.method,
                "items": [one.columns.index(code) + 1 for code in scale.items],
                "low": scale.low,
                "high": scale.high,
            },
        )
        for one in INSTRUMENTS
        for scale in one.scales.values()
    }
    assert found == {name: (entry["standing"], entry["value"]) for name, entry in entries("scales").items()}


def test_no_scale_of_the_four_reverses_an_item() -> None:
    assert [scale.name for one in INSTRUMENTS for scale in one.scales.values() if scale.reversed] == []


def test_the_conversion_table() -> None:
    table = load_instrument("swemwbs").scales["total"].table
    expected = dict(REFERENCE["swemwbs_table"])
    total = expected.pop("sum_of_values")
    assert {str(key): value for key, value in table.items()} == expected
    values = [table[key] for key in sorted(table)]
    assert len(values) == 29
    assert sum(values) == pytest.approx(total, abs=1e-9)
    assert values == sorted(set(values))


def test_the_short_form_asks_seven_of_the_fourteen() -> None:
    short, long = load_instrument("swemwbs"), load_instrument("wemwbs")
    assert [item.also for item in short.items] == [f"wemwbs_{i}" for i in REFERENCE["swemwbs_items_of_wemwbs"]]
    keywords = {item.code: item.keyword for item in long.items}
    assert [item.keyword for item in short.items] == [keywords[item.also] for item in short.items]


def test_missing_rules() -> None:
    found = {
        f"{one.id}/{rule.name}": (rule.source.standing, rule.name == one.default_missing_rule, dict(rule.max_missing))
        for one in INSTRUMENTS
        for rule in one.missing_rules.values()
    }
    expected = entries("missing_rules")
    assert found == {name: (one["standing"], one["default"], one["value"]) for name, one in expected.items()}


def test_norms() -> None:
    found = {
        name: (norm.source.standing, {"n": norm.n, "mean": norm.mean, "sd": norm.sd})
        for name, norm in shipped("norms").items()
    }
    assert found == {name: (entry["standing"], entry["value"]) for name, entry in entries("norms").items()}


def test_a_norm_of_one_sex_says_so_and_no_other_does() -> None:
    words = {"male": "men", "female": "women"}
    for name, norm in shipped("norms").items():
        ending = name.split("/")[1].rsplit("_", 1)[-1]
        assert norm.sex == {"men": "male", "women": "female"}.get(ending, "")
        assert norm.label.endswith(f", {words[norm.sex]}") if norm.sex else "men" not in norm.label.split(", ")[-1]


def test_a_norm_can_be_told_from_every_other_by_source_year_and_sex() -> None:
    labels = [norm.label for norm in shipped("norms").values()]
    for one in INSTRUMENTS:
        of_one = [norm.label for norm in one.norms]
        assert len(of_one) == len(set(of_one))
    assert all(re.search(r"\b20\d\d\b", label) for label in labels)


def test_a_questionnaire_without_a_good_norm_says_so() -> None:
    for one in INSTRUMENTS:
        poor = all(norm.caution for norm in one.norms)
        assert not poor or re.search(r"\b(no|not)\b", one.norms_caution.lower())


@pytest.mark.parametrize("kind", ["thresholds", "reliabilities"])
def test_thresholds_and_reliabilities(kind: str) -> None:
    found = {name: (fact.source.standing, {"low": fact.low, "high": fact.high}) for name, fact in shipped(kind).items()}
    assert found == {name: (entry["standing"], entry["value"]) for name, entry in entries(kind).items()}


def test_no_published_threshold_may_judge_a_mean() -> None:
    assert {threshold.level for threshold in shipped("thresholds").values()} == {"individual"}


@pytest.mark.parametrize("kind", ["norms", "thresholds", "reliabilities"])
def test_no_unverified_value_is_a_default(kind: str) -> None:
    defaults = {name: fact.source.standing for name, fact in shipped(kind).items() if fact.default}
    assert set(defaults.values()) <= {"verified", "single source"}


def test_band_schemes_give_the_printed_limits() -> None:
    found = {name: load_band_scheme(name).source.standing for name in list_band_schemes()}
    assert found == {name: entry["standing"] for name, entry in entries("band_schemes").items()}
    for name, entry in entries("band_schemes").items():
        scheme = load_band_scheme(name)
        for scale, limits in entry["value"].items():
            ends = [end for pair in limits.values() for end in pair]
            labels = [label for label in limits for _ in range(2)]
            assert list(band(ends, scheme, scale=scale)) == labels


def test_default_band_schemes() -> None:
    defaults = {one.default_band_scheme for one in INSTRUMENTS} - {""}
    assert defaults == {name for name, entry in entries("band_schemes").items() if entry["default"]}


def test_the_short_forms_bands_in_raw_sums() -> None:
    short = load_instrument("swemwbs")
    scheme = load_band_scheme(short.default_band_scheme)
    table = short.scales["total"].table
    expected = {
        raw: label for label, (low, high) in REFERENCE["swemwbs_raw_bands"].items() for raw in range(low, high + 1)
    }
    assert dict(zip(table, band(list(table.values()), scheme), strict=True)) == expected
