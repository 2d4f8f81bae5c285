"""OGRS by band, observed against expected and against the file: right, refused in words, and safe outside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.disclosure.policy import HIDDEN
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Point
from evalcore.findings import build
from evalcore.findings.building import OGRS_KINDS
from evalcore.profile.ogrs_expected import observed_expected
from evalcore.profile.ogrs_scored import KINDS, compute_scores
from evalcore.sample import sample_study
from tests.findings.risk_studies import computed_only, stated_too
from tests.outcomes.oracle import read

BANDS, R = read("ogrs_bands.json"), read("ogrs_expected.json")
SITES = (None, "Site 1", "Site 3")
CHOSEN = [(kind, choice) for kind in OGRS_KINDS[:3] for choice in (None, *KINDS)]


def released(*findings):
    return apply_disclosure(findings, DisclosurePolicy()).findings


def with_scores(scores, version="OGRS3", horizon="2 years"):
    study = sample_study()
    cases = study.cases.iloc[: len(scores)].assign(ogrs=scores, ogrs_version=version, ogrs_horizon=horizon)
    return replace(study, cases=cases, caseload=study.caseload.assign(ogrs_version=version, ogrs_horizon=horizon))


@pytest.mark.parametrize("kind", BANDS.keys() - {"from"})
def test_a_score_on_a_border_belongs_to_the_higher_band(kind):
    starts = list(BANDS[kind].values())
    on, below = [float(start) for start in starts], [start - 0.01 for start in starts[1:]]
    version = KINDS[kind].version
    table = build("ogrs_bands", with_scores([*on, *below], version)).table
    assert table["people"].tolist() == [2, 2, 2, 1]


def test_a_computed_score_is_put_into_its_band_as_it_is_displayed():
    study = computed_only()
    scored = compute_scores(study.cases, "ogrs3_2")
    wanted = np.histogram(scored.shown, [*BANDS["ogrs3_2"].values(), 101])[0]
    found = build("ogrs_bands", study, choice="ogrs3_2").table
    assert found["people"].tolist() == wanted.tolist()
    theirs = compute_scores(study.caseload, "ogrs3_2").shown
    assert found["caseload_people"].tolist() == np.histogram(theirs, [*BANDS["ogrs3_2"].values(), 101])[0].tolist()


def test_scores_for_one_year_have_no_bands_and_the_sentence_says_why():
    for found in (build("ogrs_bands", sample_study()), build("ogrs_bands", computed_only(), choice="ogrs3_1")):
        assert found.chart is None
        assert found.table.empty
        assert "for 1 year, and the bands are those of scores for two years" in found.sentence


def test_bands_of_a_version_that_is_not_known_are_not_made_up():
    found = build("ogrs_bands", with_scores([50.0, 60.0], "OGRS4"))
    assert found.table.empty
    assert "No bands are known here for OGRS4." in found.sentence


def test_versions_never_mix_in_bands_and_the_way_out_is_said():
    study = stated_too()
    cases = study.cases.assign(ogrs_version=["OGRS3", "OGRS4/G"] * 13 + ["OGRS3"])
    for kind in OGRS_KINDS[:3]:
        found = build(kind, replace(study, cases=cases))
        assert "more than one version (OGRS3 and OGRS4/G)" in found.sentence
        assert "choose a score that is computed" in found.sentence
        assert found.chart is None
        assert build(kind, replace(study, cases=cases), choice="ogrs3_2").chart is not None


@pytest.mark.parametrize(("kind", "choice"), CHOSEN)
@pytest.mark.parametrize("site", SITES)
def test_every_choice_has_its_own_name_and_words_and_its_groups(kind, choice, site):
    found = build(kind, computed_only(), site=site, choice=choice)
    key = choice or "ogrs4_g"
    assert found.id.startswith(f"{kind}-{key}".replace("_", "-"))
    for words in (found.title, found.sentence, found.definition, found.topic, found.outside.title):
        assert words.strip()
        assert not [word for word in rule_table().forbidden if word in words.lower()]
    assert (found.chart is None) == (not found.caution)
    for column in found.columns:
        assert {name for keys in (*column.groups, *column.holders) for name in keys} <= set(found.groups)
        assert len(column.groups) in (0, len(found.table))
    assert found.definition.count("legacy") == (1 if kind == "ogrs" and "ogrs3" in key else 0)
    assert ("provisional" in found.definition) == (kind == "ogrs" and key == "ogrs4_v" and found.chart is not None)


def test_a_score_that_is_not_there_is_refused():
    with pytest.raises(UnknownNameError):
        build("ogrs", computed_only(), choice="ogrs5")


def test_who_can_not_be_computed_is_counted_in_the_notes():
    study = computed_only()
    cases = study.cases.assign(ogrs_offence=["no category"] * 2 + study.cases["ogrs_offence"].tolist()[2:])
    found = build("ogrs", replace(study, cases=cases))
    assert found.table.iloc[0][["n", "not_known"]].tolist() == [25, 2]
    assert "Not computed for 2 people: offence is not known." in found.notes
    nobody = build("ogrs", replace(study, cases=cases.assign(ogrs_offence="no category")), choice="ogrs4_g")
    assert nobody.chart is None
    assert "No OGRS4/G, two years could be computed" in nobody.sentence or "No OGRS score" in nobody.sentence


def test_the_mean_is_that_of_the_probabilities():
    study = computed_only()
    table = build("ogrs", study, choice="ogrs3_2").table.set_index("who")
    for who, people in (("Pilot", study.cases), ("Caseload", study.caseload)):
        assert table.loc[who, "mean"] == pytest.approx(100 * compute_scores(people, "ogrs3_2").p.mean())


@pytest.mark.parametrize("site", SITES)
def test_observed_and_expected_are_those_of_the_engine(site):
    study = computed_only(incomplete=1)
    cases = study.cases if site is None else study.cases[study.cases["site"] == site]
    wanted = observed_expected(cases, compute_scores(cases, "ogrs4_g").p)
    found = build("ogrs_expected", study, site=site)
    row = found.table.set_index("who").loc["Pilot"]
    assert row[["n", "observed", "left_out"]].tolist() == [wanted.n, wanted.observed, len(cases) - wanted.n]
    assert row["expected"] == pytest.approx(wanted.expected)
    assert row[["low", "high"]].tolist() == [wanted.low, wanted.high]
    assert pd.isna(row["p_value"]) == (wanted.n < 10)
    assert found.title.startswith("Not an effect: ")
    assert "built on people of earlier years" in found.caution
    assert "Only the same ratio in a caseload of the same period" in found.caution


def test_the_ratio_of_the_caseload_stands_beside():
    study = computed_only()
    caseload = study.caseload
    wanted = observed_expected(caseload, compute_scores(caseload, "ogrs4_g").p)
    found = build("ogrs_expected", study)
    assert found.table.set_index("who").loc["Caseload", "ratio"] == pytest.approx(wanted.ratio)
    low, high = wanted.low / wanted.expected, wanted.high / wanted.expected
    assert f"{wanted.ratio:.2f} times the number expected" in found.sentence
    assert f"(95 times in 100 it would be {low:.2f} to {high:.2f} if the scale were right)" in found.sentence
    assert found.table.set_index("who").loc["Caseload", ["low", "high"]].tolist() == [wanted.low, wanted.high]
    assert found.table["left_out"].tolist() == [found.groups[keys[0]].n for keys in found.columns[2].groups]
    assert found.table["left_out"].tolist() == [0, len(caseload) - wanted.n]
    alone = build("ogrs_expected", replace(study, caseload=caseload.drop(columns="reoffended")))
    assert alone.table["who"].tolist() == ["Pilot"]
    assert any("no ratio to hold this against" in note for note in alone.notes)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"followup_complete": False}, "follow-up of nobody in the pilot is said to be complete"),
        ({"followup_complete": None}, "follow-up of nobody in the pilot is said to be complete"),
        ({"reoffended": None}, "Nothing is known about reoffending"),
        ({"ogrs_horizon": ["1 year", "2 years"] * 13 + ["1 year"]}, "more than one horizon"),
        ({"ogrs_horizon": None}, "horizon is not stated"),
        ({"ogrs": np.nan, "ogrs_offence": "no category"}, "No OGRS score is recorded"),
    ],
)
def test_without_what_it_needs_nothing_is_expected_and_the_sentence_says_why(changed, why):
    study = stated_too()
    columns = {
        name: pd.array([value] * 27, dtype="boolean") if "re" in name[:2] else value for name, value in changed.items()
    }
    found = build("ogrs_expected", replace(study, cases=study.cases.assign(**columns)))
    assert why in found.sentence
    assert found.chart is None
    assert found.table.empty


def test_a_stated_score_is_said_to_be_rounded_and_a_computed_one_is_not():
    assert any("rounded" in note for note in build("ogrs_expected", stated_too()).notes)
    assert not any("rounded" in note for note in build("ogrs_expected", stated_too(), choice="ogrs3_2").notes)


def test_the_check_counts_who_agrees_and_names_who_differs_on_this_screen_only():
    found = build("ogrs_checked", stated_too())
    assert found.table["people"].tolist() == [14, 6, 7]
    assert len(found.people) == 6
    assert set(found.people["Difference"]) <= {"+3.0", "−3.0"}
    for value, keys in zip(found.table["people"], found.columns[1].holders, strict=True):
        assert [found.groups[key].n for key in keys] == [value, 27 - value]
    names = set(found.people["Person"])
    assert names == set(stated_too().cases["respondent_id"].iloc[:6])
    (left,) = released(found)
    assert left.people is None
    said = " ".join((left.title, left.sentence, left.table.to_string()))
    assert not [name for name in names if name in said]


def test_few_who_differ_are_not_counted_outside():
    (left,) = released(build("ogrs_checked", stated_too(off=2)))
    assert left.table["people"].tolist().count(HIDDEN) >= 2
    assert " 2 differ" not in left.sentence


@pytest.mark.parametrize(("kind", "choice"), [*CHOSEN, ("ogrs_checked", None)])
@pytest.mark.parametrize("site", SITES)
def test_nothing_small_and_nobody_leaves(kind, choice, site):
    study = stated_too() if kind == "ogrs_checked" else computed_only(incomplete=1)
    found = build(kind, study, site=site, choice=choice)
    (left,) = released(found)
    columns = {column.name: column for column in left.outside.columns or left.columns}
    for name in ("people", "observed"):
        for value in left.table.get(name, ()):
            assert value == HIDDEN or pd.isna(value) or value == 0 or value >= 5
    marks = [mark for panel in getattr(left.chart, "panels", ()) for mark in panel.marks]
    assert not [mark for mark in marks if mark.individual]
    assert left.notes == ()
    assert columns


def test_a_number_expected_of_all_but_one_is_hidden_beside_the_mean_of_all():
    study = computed_only(incomplete=1)
    both = released(build("ogrs", study), build("ogrs_expected", study))
    row = both[1].table.set_index("who").loc["Pilot"]
    assert row[["expected", "ratio", "low", "high"]].tolist() == [HIDDEN] * 4
    assert "were expected" not in both[1].title + both[1].sentence
    whole = computed_only(incomplete=0)
    beside = released(build("ogrs", whole), build("ogrs_expected", whole))
    assert beside[1].table.set_index("who").loc["Pilot", "expected"] != HIDDEN


def test_each_person_is_a_dot_on_screen_only_and_the_caseload_is_twenty_quantiles():
    found = build("ogrs", sample_study())
    points = [mark for mark in found.chart.panels[0].marks if isinstance(mark, Point) and not mark.text]
    own = [point for point in points if point.kind == "pilot"]
    assert sorted(point.x for point in own) == sorted(sample_study().cases["ogrs"])
    assert all(point.individual for point in own)
    theirs = [point for point in points if point.kind == "caseload"]
    assert [point.x for point in theirs] == pytest.approx(R["dots"])
    assert not any(point.individual for point in theirs)
    assert len({(point.x, point.y) for point in points}) == len(points)
    assert not [mark for mark in found.outside.chart.panels[0].marks if isinstance(mark, Point) and not mark.text]


def test_many_people_of_the_pilot_are_twenty_dots():
    study = sample_study()
    many = pd.concat([study.cases.assign(respondent_id=study.cases["respondent_id"] + str(k)) for k in range(3)])
    found = build("ogrs", replace(study, cases=many.reset_index(drop=True)))
    points = [mark for mark in found.chart.panels[0].marks if isinstance(mark, Point) and not mark.text]
    assert [point.individual for point in points if point.kind == "pilot"] == [False] * 20


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_handful_of_people(n):
    study = computed_only()
    few = replace(study, cases=study.cases.iloc[:n])
    for kind in OGRS_KINDS:
        found = build(kind, few)
        assert found.sentence
        assert (found.chart is None) or n
