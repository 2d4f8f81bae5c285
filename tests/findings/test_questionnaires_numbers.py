"""Findings of the Questionnaires page: their numbers are those of the sample study, its files and the instruments."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.columns import WAVES
from evalcore.errors import UnknownNameError
from evalcore.findings.basis import Basis
from evalcore.findings.measures import measures
from evalcore.findings.questionnaires import (
    answers_finding,
    consistency_finding,
    missing_finding,
    norms_finding,
    norms_of,
    scores_finding,
)
from evalcore.findings.questionnaires.published import reliabilities_of
from evalcore.findings.scores import Scores
from evalcore.instruments import load_instrument
from evalcore.outcomes.consistency import reliability
from evalcore.outcomes.scoring import item_answers
from evalcore.sample import sample_study
from evalcore.wording import number
from tests.findings.questionnaire_studies import STUDIES, answers, basis_of, both_waves, names, study_of

ROOT = Path(__file__).parents[2]
KNOWN = json.loads((ROOT / "sample_data" / "known_answers.json").read_text(encoding="utf-8"))
RESULTS = json.loads((ROOT / "tests" / "backtest" / "results.json").read_text(encoding="utf-8"))
NORMS = {
    entry["id"]: entry["value"]
    for entry in json.loads((ROOT / "tests" / "oracle" / "reference_standings.json").read_text(encoding="utf-8"))[
        "norms"
    ]
}
WHEN = {"pre": "before", "post": "after"}
RESPONSES = pd.read_csv(ROOT / "sample_data" / "responses.csv")


@pytest.fixture(scope="module")
def bases():
    study = sample_study()
    scores = Scores(study)
    return {measure.slug: Basis(scores, measure, None) for measure in measures(study, scores=scores)}


def of_file(basis, wave):
    """The file's answers of the measure's people, read without this software."""
    items = list(load_instrument(basis.measure.instrument).scales[basis.measure.scale].items)
    rows = RESPONSES[(RESPONSES["wave"] == wave) & RESPONSES["role"].isin(basis.measure.roles)]
    return rows.set_index("respondent_id")[items].dropna(how="all")


def test_the_scores_are_the_published_ones(bases):
    for line in KNOWN["published_table"]:
        if line["group"] not in ("all pre", "all post"):
            continue
        group = "service-users" if line["role"] == "service user" else "staff-and-volunteers"
        table = scores_finding(bases[f"{line['instrument']}.total.{group}"]).table.set_index("when")
        row = table.loc[WHEN[line["wave"]].capitalize()]
        assert (row["n"], round(row["mean"], 5), round(row["sd"], 5)) == (line["n"], line["mean"], line["sd"])
        assert number(row["mean"], 2) + f" ({number(row['sd'], 2)})" == line["here"]


def test_the_whole_table_of_scores_is_that_of_the_back_test(bases):
    for slug, basis in bases.items():
        instrument, scale, _ = slug.split(".")
        described = RESULTS[f"{instrument}, {scale}, {basis.measure.group}"]["describe"]
        table = scores_finding(basis).table.set_index("when")
        for when, key in (("Before", "all pre"), ("After", "all post")):
            assert {name: table.loc[when, name] for name in described[key]} == pytest.approx(described[key], rel=1e-9)


def test_people_at_the_ends_of_the_scale_are_counted_and_judged_from_fifty_on():
    basis = basis_of(STUDIES["ends of the scale"](), "gse")
    finding = scores_finding(basis)
    row = finding.table.set_index("when").loc["Before"]
    assert (row["at_lowest"], row["at_highest"]) == (5, 20)
    assert "20 of 60 had the highest possible score before" in finding.sentence
    assert "more than 15 % at the highest score before." in finding.sentence
    few = scores_finding(basis_of(study_of(basis.scores.study.responses.iloc[:49]), "gse"))
    assert "15 %" not in few.sentence
    assert any("15 %" in note for note in few.notes)


@pytest.mark.parametrize("slug", ["swemwbs.total.service-users", "gse.total.staff-and-volunteers"])
def test_a_difference_from_a_norm_is_the_mean_less_the_published_mean(bases, slug):
    basis = bases[slug]
    for norm in norms_of(basis.measure):
        if norm.sex:
            continue
        finding = norms_finding(basis, norm.name)
        published = NORMS[f"{basis.measure.instrument}/{norm.name}"]
        table = finding.table.set_index("when")
        for when, key in (("Before", "all pre"), ("After", "all post")):
            row, ours = table.loc[when], basis.described[key]
            assert row["mean"] == ours["mean"]
            assert row["difference"] == pytest.approx(ours["mean"] - published["mean"])
            assert row["difference_high"] - row["difference_low"] == pytest.approx(ours["ci_high"] - ours["ci_low"])
            assert number(abs(row["difference"]), basis.decimals) in finding.sentence
        last = table.iloc[-1]
        shown = {"n": published["n"], "mean": published["mean"], "sd": published["sd"]}
        assert {name: None if pd.isna(last[name]) else last[name] for name in shown} == shown
        assert norm.label in finding.title
        assert norm.date in finding.sentence
        assert norm.population in finding.sentence
        assert norm.source.citation in finding.source
        assert norm.source.standing in finding.source


def test_the_norm_is_a_line_with_a_band_of_one_sd(bases):
    for slug, basis in bases.items():
        for norm in norms_of(basis.measure):
            chart = norms_finding(basis, norm.name).chart
            if chart is None:
                assert norm.sex
                continue
            bands = [mark for mark in chart.panels[0].marks if hasattr(mark, "along") and not hasattr(mark, "at")]
            value = NORMS[f"{slug.split('.')[0]}/{norm.name}"]
            assert (value["mean"], value["mean"]) in [(band.low, band.high) for band in bands]
            assert len(bands) == (2 if value["sd"] else 1)
            if value["sd"]:
                wide = next(band for band in bands if band.low < band.high)
                axis = chart.panels[0].x
                assert wide.low == max(value["mean"] - value["sd"], axis.low)
                assert wide.high == min(value["mean"] + value["sd"], axis.high)


@pytest.mark.parametrize(("norm", "sex"), [("england_2010_2013_men", "male"), ("england_2010_2013_women", "female")])
def test_a_norm_of_one_sex_is_set_beside_people_of_that_sex_alone(bases, norm, sex):
    basis = bases["swemwbs.total.service-users"]
    finding = norms_finding(basis, norm)
    cases = pd.read_csv(ROOT / "sample_data" / "cases.csv")
    those = set(cases.loc[cases["sex"] == sex, "respondent_id"])
    for wave, when in WHEN.items():
        scores = basis.scores.of("swemwbs")
        ours = scores[(scores["wave"] == wave) & scores["respondent_id"].isin(those)]["score"]
        row = finding.table.set_index("when").loc[when.capitalize()]
        assert row["n"] == len(ours)
        assert row["mean"] == pytest.approx(ours.mean())
    assert "Not compared:" in finding.sentence
    assert "Not compared:" not in finding.outside.sentence


def test_those_whose_sex_is_not_known_are_counted_and_left_out():
    study = both_waves(12, 8, role="service user")
    cases = pd.DataFrame({"respondent_id": names(9), "sex": ["male"] * 5 + ["female"] * 3 + ["other"]})
    finding = norms_finding(basis_of(study_of(study.responses, cases=cases), "gse"), "men")
    assert finding.table["n"].tolist()[:2] == [5, 5]
    assert "Not compared: 3 women and 4 people whose sex is not recorded." in finding.sentence


@pytest.mark.parametrize(
    ("role", "cases", "why"),
    [
        ("staff", {"respondent_id": ["P1"], "sex": ["male"]}, "the sex of the staff is not recorded"),
        ("service user", {"respondent_id": ["P1"], "sex": [None]}, "the sex of the service users is not recorded"),
        ("service user", {"respondent_id": ["P1"], "sex": ["female"]}, "No men among the service users"),
    ],
)
def test_a_norm_of_one_sex_is_refused_where_nobody_can_stand_beside_it(role, cases, why):
    study = study_of(both_waves(6, role=role).responses, cases=pd.DataFrame(cases))
    finding = norms_finding(basis_of(study, "gse"), "men")
    assert why in finding.sentence
    assert finding.chart is finding.outside.chart is None
    assert finding.table["difference"].isna().all()


def test_where_no_good_norm_exists_the_plain_word_stands_in_the_caution(bases):
    for slug, basis in bases.items():
        caution = norms_finding(basis).caution
        assert load_instrument(basis.measure.instrument).norms_caution in caution
        assert "not a sample of a norm's population" in caution
        if slug.startswith("gse"):
            assert "Convenience sample" in caution
        if slug.startswith("uwes9"):
            assert "Provisional" in caution


def test_without_any_norm_nothing_is_set_beside_the_scores(bases, monkeypatch):
    monkeypatch.setattr("evalcore.findings.questionnaires.norms.norms_of", lambda measure: ())
    basis = bases["gse.total.service-users"]
    finding = norms_finding(basis)
    assert "no published norm can be used" in finding.title
    assert load_instrument("gse").norms_caution in finding.sentence
    assert finding.chart is None
    assert finding.table.empty
    with pytest.raises(UnknownNameError, match="There is none"):
        norms_finding(basis, "men")


def test_the_short_form_is_read_from_the_long_one():
    basis = basis_of(STUDIES["long form"](), "swemwbs")
    asked = [item.also for item in load_instrument("swemwbs").items]
    given = basis.scores.study.responses.query("wave == 'pre'")[asked]
    table = answers_finding(basis, "pre").table
    assert table["answered"].tolist() == given.notna().sum().tolist()
    assert table["answer_3"].tolist() == (given == 3).sum().tolist()


def test_answers_are_those_of_the_file(bases):
    for basis in bases.values():
        for wave in WAVES:
            given, finding = of_file(basis, wave), answers_finding(basis, wave)
            codes = load_instrument(basis.measure.instrument).codes
            for place, item in enumerate(given):
                row = finding.table.iloc[place]
                assert [row[f"answer_{code}"] for code in codes] == [(given[item] == code).sum() for code in codes]
                assert (row["answered"], row["left_out"]) == (given[item].notna().sum(), given[item].isna().sum())


def test_merged_answers_add_up_to_everyone(bases):
    for slug, basis in bases.items():
        finding = answers_finding(basis, "pre")
        parts = ["lower", "upper"] if slug.startswith("gse") else ["lower", "middle", "upper"]
        table = finding.outside.table
        assert list(table.columns) == ["item", "keyword", *parts, "left_out"]
        assert (table[[*parts, "left_out"]].sum(axis=1) == finding.groups["answered items before"].n).all()
        codes = np.array(load_instrument(basis.measure.instrument).codes)
        upper = codes[codes > codes.mean()]
        assert (table["upper"] == finding.table[[f"answer_{code}" for code in upper]].sum(axis=1)).all()


def test_the_words_name_the_items_with_most_and_fewest_upper_answers():
    table = answers(names(8), "pre", role="service user").fillna(2)
    items = [name for name in table if name.startswith("gse_")]
    table[items] = 2
    table.loc[:2, "gse_2"], table.loc[:6, items[2:]] = 4, 3
    finding = answers_finding(basis_of(study_of(table), "gse"), "pre")
    assert "least often on “solve difficult problems”" in finding.title
    assert "8 of the items alike, least often on “solve difficult problems” (0 of 8)" in finding.sentence
    table[items] = 3
    assert "equally often on every item" in answers_finding(basis_of(study_of(table), "gse"), "pre").title


def test_what_was_left_out_is_counted_by_item_and_person():
    table = answers(names(10), "pre", instrument="swemwbs", role="service user")
    table.loc[0, ["swemwbs_2", "swemwbs_5"]] = np.nan
    table.loc[3, "swemwbs_5"] = np.nan
    table.loc[7, [name for name in table if name.startswith("swemwbs_")]] = 3
    finding = missing_finding(basis_of(study_of(table), "swemwbs"), "pre")
    assert finding.table["left_out"].tolist() == [0, 1, 0, 0, 2, 0, 0]
    assert finding.table["answered"].tolist() == [10, 9, 10, 10, 8, 10, 10]
    assert "2 of the 10 service users" in finding.sentence
    assert "3 of 70 answers in all; 2 people of them have no score (rule: complete answers only)" in finding.sentence
    assert "1 person gave the same answer to every item; nobody is set aside for it." in finding.sentence
    assert finding.people.to_numpy().tolist() == [
        ["P1", 2, "2 useful, 5 thinking clearly", "no", "no score"],
        ["P4", 1, "5 thinking clearly", "no", "no score"],
        ["P8", 0, "", "yes", "complete"],
    ]
    assert finding.outside.chart is None


def test_a_score_from_the_items_answered_is_called_so():
    table = answers(names(6), "pre", role="service user")
    table.loc[1, ["gse_3", "gse_4"]] = np.nan
    table.loc[2, ["gse_2", "gse_3", "gse_4", "gse_5"]] = np.nan
    people = missing_finding(basis_of(study_of(table), "gse"), "pre").people.set_index("Person")
    assert people.loc["P2", "Score"] == "score from the items answered"
    assert people.loc["P3", "Score"] == "no score"


def test_nobody_left_anything_out(bases):
    for basis in bases.values():
        finding = missing_finding(basis, "post")
        assert "nobody left an item out" in finding.title
        assert finding.chart is None
        assert finding.people.empty


def test_consistency_is_that_of_the_item_answers(bases):
    for basis in bases.values():
        measure = basis.measure
        for wave in WAVES:
            items = item_answers(
                basis.scores.study.responses, measure.instrument, scale=measure.scale, wave=wave, role=measure.roles
            )
            wanted, finding = reliability(items), consistency_finding(basis, wave)
            for name in ("item_total", "item_rest", "alpha_if_dropped"):
                assert finding.table[name].tolist() == pytest.approx(wanted.items[name].tolist(), nan_ok=True)
            assert f"alpha is {number(wanted.alpha, 2)}" in finding.sentence
            assert f"n = {wanted.n}" in finding.sentence


def test_below_thirty_the_published_value_leads_and_from_thirty_on_the_samples_own():
    for people, leads in ((29, "published"), (30, "sample")):
        basis = basis_of(both_waves(people, role="service user"), "gse")
        finding = consistency_finding(basis, "pre")
        published = number(reliabilities_of(basis.measure)[0][0].value, 2)
        assert finding.sentence.startswith("Published" if leads == "published" else "Among")
        assert (f"published alpha {published}" in finding.title) == (leads == "published")
        assert ("very uncertain" in finding.sentence) == (leads == "published")
        assert published in finding.sentence


def test_a_published_reliability_that_was_not_seen_in_a_source_is_never_shown(bases):
    for basis in bases.values():
        finding = consistency_finding(basis, "pre")
        unseen = [
            one for one in load_instrument(basis.measure.instrument).reliabilities if not one.source.may_be_default
        ]
        words = " ".join((finding.title, finding.sentence, *finding.notes))
        assert not [one for one in unseen if f"{number(one.low, 2)} ({one.population}" in words]
    assert (
        "no published reliability was found"
        in consistency_finding(bases["uwes9.vigor.staff-and-volunteers"], "pre").title
    )


def test_an_item_that_runs_against_the_rest_is_named_and_drawn_left_of_zero():
    table = answers(names(40), "pre", role="service user")
    table["gse_4"] = 5 - table["gse_4"]
    finding = consistency_finding(basis_of(study_of(table), "gse"), "pre")
    assert "“4 unexpected events” runs against the other items." in finding.sentence
    points = {mark.row: mark.x for mark in finding.chart.panels[0].marks if mark.kind == "pre"}
    assert points[3] < 0 < points[0]
    assert finding.chart.panels[0].x.low < points[3]
