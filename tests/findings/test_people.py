"""The findings about people: the published figures of the pilot, and tables, charts and words that agree."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Bar, Interval, Line, Point
from evalcore.findings.building import REACH_KINDS
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE
from evalcore.findings.people import BUILDERS, People
from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match
from evalcore.outcomes.shares import wilson
from evalcore.profile.means import compare_means
from evalcore.profile.needs import need_profile
from evalcore.sample import known_answers, sample_study
from evalcore.wording import number
from tests.findings.people_studies import build_all, pilot_in_caseload, with_cases

KNOWN = known_answers()
PILOT = KNOWN["pilot"]


@pytest.fixture(scope="module")
def findings():
    return build_all(sample_study())


def row(finding, **labels):
    table = finding.table
    for column, value in labels.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def marks(finding, kind, form="inside"):
    chart = finding.chart if form == "inside" else finding.outside.chart
    return [mark for panel in chart.panels for mark in panel.marks if isinstance(mark, kind)]


def test_the_kinds_and_their_identifiers(findings):
    assert {kind: finding.id for kind, finding in findings.items()} == {
        "characteristics": "characteristics.people",
        "age": "age.people",
        "ogrs": "ogrs.people",
        "ogrs_bands": "ogrs-bands.people",
        "ogrs_expected": "ogrs-expected.people",
        "ogrs_checked": "ogrs-checked.people",
        "needs": "needs.people",
        "needs_number": "needs-number.people",
        "needs_severity": "needs-severity.people",
        "needs_together": "needs-together.people",
        "needs_by": "needs-by.people",
        "like_for_like": "like-for-like.people",
        "categories": "categories.people",
        "reach": "reach.people",
        "start_rates": "start-rates.people",
        "contacts": "contacts.people",
        "disengagement": "disengagement.people",
    }


def test_who_the_people_are_as_published(findings):
    found = findings["characteristics"]
    assert row(found, which="Men")["people"] == PILOT["men"]
    assert row(found, which="Women")["people"] == PILOT["women"]
    assert row(found, which="Disengaged")["people"] == PILOT["disengaged"]
    assert {site: row(found, which=site)["people"] for site in PILOT["by_site"]} == PILOT["by_site"]
    assert set(found.table["known"]) == {PILOT["n"]}
    assert f"{PILOT['men']} of {PILOT['n']} people" in found.title


def test_the_caseload_beside_them_as_published(findings):
    men = row(findings["characteristics"], which="Men")
    assert men["caseload_people"] == KNOWN["caseload"]["men"]
    assert round(men["caseload_share"], 1) == KNOWN["caseload"]["men_percent"]


def test_shares_have_wilsons_interval_but_sites_none(findings):
    table = findings["characteristics"].table
    for _, line in table.iterrows():
        if line["what"] == "Site":
            assert pd.isna(line["ci_low"])
            assert pd.isna(line["ci_high"])
        else:
            low, high = wilson(int(line["people"]), int(line["known"]))
            assert (line["ci_low"], line["ci_high"]) == (100 * low, 100 * high)


def test_age_and_ogrs_as_published(findings):
    age, ogrs = (row(findings[kind], who="Pilot") for kind in ("age", "ogrs"))
    assert round(age["mean"], 1) == PILOT["mean_age"]
    assert round(ogrs["mean"], 2) == PILOT["ogrs_mean"]
    assert (ogrs["min"], ogrs["max"]) == (PILOT["ogrs_low"], PILOT["ogrs_high"])
    assert (age["n"], ogrs["n"], ogrs["not_known"]) == (PILOT["n"], PILOT["n"], 0)
    assert str(PILOT["ogrs_mean"]) in findings["ogrs"].sentence


def test_the_caseloads_age_and_ogrs(findings):
    age, ogrs = (row(findings[kind], who="Caseload") for kind in ("age", "ogrs"))
    known = KNOWN["caseload"]
    assert (round(age["mean"], 3), round(ogrs["mean"], 3)) == (known["mean_age"], known["ogrs_mean"])
    assert (ogrs["n"], ogrs["not_known"]) == (known["ogrs_n"], known["n"] - known["ogrs_n"])


@pytest.mark.parametrize("measure", ["age", "ogrs"])
def test_the_difference_is_that_of_compare_means(findings, measure):
    study = sample_study()
    wanted = compare_means(study.cases[measure], study.caseload[measure])
    line = row(findings[measure], who="Difference (pilot minus caseload)")
    assert line["mean"] == pytest.approx(wanted.difference)
    assert (line["ci_low"], line["ci_high"]) == pytest.approx((wanted.ci_low, wanted.ci_high))
    assert (line["p_welch"], line["p_mann_whitney"]) == pytest.approx((wanted.p_value, wanted.mann_whitney_p))


@pytest.mark.parametrize("measure", ["age", "ogrs"])
def test_each_side_is_described_as_everywhere(findings, measure):
    study = sample_study()
    for who, table in (("Pilot", study.cases), ("Caseload", study.caseload)):
        values = table.set_index("respondent_id")[measure]
        wanted = describe(match(values, values)).loc["all pre"]
        assert row(findings[measure], who=who)[wanted.index].tolist() == pytest.approx(wanted.tolist())


def test_ogrs_names_version_and_horizon_wherever_it_stands(findings):
    ogrs = findings["ogrs"]
    for text in (ogrs.title, ogrs.sentence, ogrs.definition, ogrs.chart.panels[0].x.title, ogrs.topic):
        assert PILOT["ogrs_version"] in text
        assert PILOT["ogrs_horizon"] in text


def test_needs_as_built(findings):
    study = sample_study()
    profile = need_profile(study.cases, study.caseload).set_index("need")
    table = findings["needs"].table
    assert len(table) == len(KNOWN["needs_as_built"])
    for (need, built), (_, line) in zip(KNOWN["needs_as_built"].items(), table.iterrows(), strict=True):
        counts = (line["k"], line["n"], line["caseload_k"], line["caseload_n"])
        assert counts == (built["k"], built["n"], built["caseload_k"], built["caseload_n"])
        wanted = profile.loc[need]
        for name in ("difference", "difference_ci_low", "difference_ci_high", "ci_low", "ci_high"):
            assert line[name] == pytest.approx(100 * wanted[name])
        assert (line["p_value"], line["p_holm"]) == pytest.approx((wanted["p_value"], wanted["p_holm"]))


def test_the_chart_of_needs_begins_with_the_largest_difference(findings):
    found = findings["needs"]
    places = {name: at for at, name in found.chart.panels[0].y.ticks}
    difference = found.table.set_index("need")["difference"]
    from_the_top = sorted(places, key=lambda name: -places[name])
    assert difference[from_the_top].tolist() == sorted(difference, reverse=True)


def test_needs_higher_in_every_area_is_said_by_count(findings):
    higher = (findings["needs"].table["difference"] > 0).sum()
    assert f"In {higher} of the {len(findings['needs'].table)} needs compared" in findings["needs"].sentence


def test_the_needs_named_after_holm_are_those_below_a_twentieth(findings):
    table = findings["needs"].table
    said = findings["needs"].sentence.split("after Holm's correction")[1].lower()
    for need, p in zip(table["need"], table["p_holm"], strict=True):
        assert (need.lower() in said) == (p < 0.05)


def test_each_need_names_its_own_people(findings):
    found = findings["needs"]
    column = next(column for column in found.columns if column.name == "k")
    for line, (keys, holders) in enumerate(zip(column.groups, column.holders, strict=True)):
        whole, (having, without) = found.groups[keys[0]], (found.groups[key] for key in holders)
        assert (whole.n, having.n) == (found.table["n"][line], found.table["k"][line])
        assert having.people | without.people == whole.people
        assert not having.people & without.people


def test_the_number_of_needs_is_counted_from_the_thresholds(findings):
    cases, thresholds = sample_study().cases, KNOWN["need_thresholds"]
    number = sum((cases[f"{need}_score"] >= least).astype(int) for need, least in thresholds.items())
    wanted = [int((number == k).sum()) for k in range(len(thresholds) + 1)]
    table = findings["needs_number"].table
    assert table["people"].iloc[: len(wanted)].tolist() == wanted
    assert row(findings["needs_number"], number="Mean, pilot")["mean"] == pytest.approx(number.mean())
    caseload = sample_study().caseload[[f"{need}_score" for need in thresholds]].dropna()
    theirs = sum((caseload[f"{need}_score"] >= least).astype(int) for need, least in thresholds.items())
    line = row(findings["needs_number"], number="Mean, caseload")
    assert (line["mean"], line["sd"]) == pytest.approx((theirs.mean(), theirs.std()))


def test_the_needs_counted_one_by_one_add_up_to_the_number_a_person(findings):
    scored = findings["needs"].table.iloc[
        [list(KNOWN["needs_as_built"]).index(need) for need in KNOWN["need_thresholds"]]
    ]
    mean = row(findings["needs_number"], number="Mean, pilot")["mean"]
    assert scored["k"].sum() == pytest.approx(mean * PILOT["n"])


@pytest.mark.parametrize("kind", ["age", "ogrs"])
def test_a_curve_is_the_share_of_people_at_or_below(findings, kind):
    values = sample_study().cases[kind].to_numpy()
    line = next(mark for mark in marks(findings[kind], Line) if mark.kind == "pilot")
    assert line.individual
    heights = [y for _, y in line.points]
    assert heights == sorted(heights)
    assert (heights[0], heights[-1]) == (0.0, 100.0)
    for value in np.unique(values):
        assert max(y for x, y in line.points if x == value) == pytest.approx(100 * np.mean(values <= value))


@pytest.mark.parametrize("exact", [False, True], ids=["whole numbers", "all different"])
@pytest.mark.parametrize("kind", ["age", "ogrs"])
def test_the_caseloads_curve_is_thinned_and_near_the_whole(kind, exact):
    caseload = sample_study().caseload
    if exact:
        different = np.linspace(18.0, 90.0, len(caseload)) ** 1.01
        caseload = caseload.assign(**{kind: caseload[kind].notna().map({True: 1.0}) * different})
    values = np.sort(caseload[kind].dropna().to_numpy())
    found = build_all(replace(sample_study(), caseload=caseload))[kind]
    line = next(mark for mark in marks(found, Line) if mark.kind == "caseload")
    assert len(line.points) <= 200
    for x, y in line.points:
        below = np.searchsorted(values, x, "left"), np.searchsorted(values, x, "right")
        assert 100 * below[0] / len(values) - 1.5 <= y <= 100 * below[1] / len(values) + 1e-9


def test_the_means_stand_on_the_axis_of_the_curves(findings):
    for kind in ("age", "ogrs"):
        chart = findings[kind].chart
        assert len(chart.panels) == 1
        names = dict(chart.panels[0].y.ticks)
        for point in [one for one in marks(findings[kind], Point) if one.text]:
            side = "Pilot" if point.kind == "pilot" else "Caseload"
            assert names[point.y] == f"Mean, {side.lower()}"
            assert point.x == row(findings[kind], who=side)["mean"]
        assert {mark.kind for mark in marks(findings[kind], Interval)} == {"pilot", "caseload"}


def test_bars_of_one_colour_add_up(findings):
    bars = marks(findings["needs_number"], Bar)
    for kind in ("pilot", "caseload"):
        assert sum(bar.end - bar.start for bar in bars if bar.kind == kind) == pytest.approx(100)
    assert all(bar.width == 0.4 and bar.along == "y" for bar in bars)


def test_the_caution_names_both_shares_of_men(findings):
    men = row(findings["characteristics"], which="Men")
    for kind in ("age", "ogrs", "needs", "needs_number"):
        assert f"{number(men['share'], 0)} %" in findings[kind].caution
        assert f"{number(men['caseload_share'], 0)} %" in findings[kind].caution


def test_a_pilot_made_up_like_the_caseload_has_no_shares_in_the_caution():
    share = KNOWN["caseload"]["men"] / KNOWN["caseload"]["n"]
    like = ["male"] * round(27 * share) + ["female"] * (27 - round(27 * share))
    assert "%" not in build_all(with_cases(sex=like))["ogrs"].caution


def test_a_site_has_its_own_identifier_and_its_own_people():
    for place, (site, n) in enumerate(PILOT["by_site"].items(), start=1):
        for kind, finding in build_all(sample_study(), site).items():
            assert finding.id.endswith(f".people.site-{place}")
            assert finding.by_site
            assert site in finding.title or kind == "needs"
        found = build_all(sample_study(), site)["characteristics"]
        assert set(found.table["known"]) == {n}
        assert "Site" not in set(found.table["what"])


def test_people_at_a_site_are_counted_by_site():
    for finding in build_all(sample_study(), "Site 1").values():
        own = [group for key, group in finding.groups.items() if not key.startswith(("whole", "caseload"))]
        assert FIELDWORK not in {group.measure for group in own}
        assert FIELDWORK_BY_SITE in {group.measure for group in own}


def test_the_whole_stands_beside_a_site():
    whole, one = (build_all(sample_study(), site) for site in (None, "Site 2"))
    for kind in BUILDERS:
        beside = {key.removeprefix("whole group: "): group for key, group in one[kind].groups.items() if "whole" in key}
        own = {key: group for key, group in whole[kind].groups.items() if not key.startswith("caseload")}
        assert {key: (group.measure, group.people) for key, group in beside.items()} == {
            key: (group.measure, group.people) for key, group in own.items()
        }


def test_a_site_leaves_the_caseload_whole():
    whole, one = (build_all(sample_study(), site) for site in (None, "Site 1"))
    assert whole["needs"].table["caseload_k"].tolist() == one["needs"].table["caseload_k"].tolist()
    assert row(whole["ogrs"], who="Caseload").equals(row(one["ogrs"], who="Caseload"))


def test_the_pilot_is_taken_out_of_the_caseload_at_each_site_too():
    study = pilot_in_caseload()
    for site in (None, "Site 1"):
        mixed, clean = build_all(study, site), build_all(sample_study(), site)
        for kind in (one for one in BUILDERS if one not in REACH_KINDS):
            pd.testing.assert_frame_equal(mixed[kind].table, clean[kind].table)
            assert any("27 people of the pilot were taken out" in note for note in mixed[kind].notes)
            assert not any("nobody of the pilot" in note for note in mixed[kind].notes)


def test_a_site_that_does_not_exist_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="Site 1"):
        People(sample_study()).pilot("Site 9")


def test_a_site_may_stand_on_the_list_of_those_asked_alone():
    study = with_cases(site=pd.Series([None] * 27, dtype="str"))
    for site, n in PILOT["by_site"].items():
        assert People(study).pilot(site).n == n
