"""Who was reached: counts of the files, what is said where something is missing, and what may leave."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.disclosure.policy import HIDDEN
from evalcore.figures.chart import Line, Ribbon
from evalcore.findings.building import REACH_KINDS
from evalcore.plan import Target
from evalcore.sample import known_answers, sample_study
from tests.disclosure.attacking import counts_told
from tests.disclosure.random_studies import all_at_once, one_after_another
from tests.disclosure.said import truth_of
from tests.findings.reach_studies import N, cases_of, found, ordinary, roster_of, study_of
from tests.plan.test_criteria import made

PILOT = known_answers()["pilot"]
STUDIES = {
    "ordinary": ordinary,
    "sample": sample_study,
    "no roster": lambda: study_of(roster=roster_of().iloc[:0]),
    "nobody eligible is known": lambda: study_of(roster=roster_of(eligible=pd.array([pd.NA] * N, dtype="boolean"))),
    "no scores": lambda: study_of(cases=cases_of(ogrs=np.nan)),
    "scores of two horizons": lambda: study_of(cases=cases_of(ogrs_horizon=["1 year", "2 years"] * (N // 2))),
    "no contacts": lambda: study_of(cases=cases_of(contacts_offered=np.nan)),
    "no status": lambda: study_of(cases=cases_of(status=None)),
    "no days": lambda: study_of(cases=cases_of(ended_on=pd.NaT)),
    **{f"{n} people": (lambda n=n: study_of(n)) for n in (1, 2, 3)},
}


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("kind", REACH_KINDS)
def test_every_study_is_answered_in_words(kind, name):
    study = STUDIES[name]()
    for site in (None, study.roster["site"].min() if len(study.roster) else study.cases["site"].min()):
        finding = found(kind, study, site)
        texts = [finding.title, finding.sentence, finding.caution, *finding.notes, finding.outside.sentence]
        for text in texts:
            assert not [word for word in rule_table().forbidden if re.search(rf"\b{word}", text.lower())]
            assert not re.search(r"\bnan\b|\bNone\b|  |\.\.|\{|\}", text)
        assert finding.title
        assert finding.sentence
        assert [column.name for column in finding.columns] == list(finding.table.columns)


def test_reach_counts_the_sample_as_its_files_do():
    finding = found("reach", sample_study())
    table = finding.table.set_index("where")
    assert {site: table.loc[site, "started"] for site in PILOT["by_site"]} == PILOT["by_site"]
    assert table.loc["All sites", "disengaged"] == PILOT["disengaged"]
    assert "No target was written down" in finding.sentence


def test_reach_counts_by_hand():
    finding = found("reach", ordinary())
    whole = finding.table.iloc[0]
    roster = roster_of()
    eligible = roster["eligible"].to_numpy(dtype=bool)
    started = roster["started_on"].notna().to_numpy()
    assert (whole["listed"], whole["eligible"]) == (N, eligible.sum())
    assert (whole["started"], whole["started_eligible"]) == (started.sum(), (started & eligible).sum())
    assert finding.title == f"{started.sum()} of {eligible.sum()} eligible people started"


def test_a_target_stands_beside_the_starts_it_was_written_for():
    study = replace(sample_study(), plan=made(aims=(Target(36), Target(12, "Site 1"))))
    finding = found("reach", study)
    assert "a target of 36 starts: 27 is 75 %" in finding.sentence
    assert finding.table.set_index("where")["target"].to_dict() == {
        "All sites": "36",
        "Site 1": "12",
        "Site 2": "",
        "Site 3": "",
    }
    marks = [mark for mark in finding.chart.panels[0].marks if isinstance(mark, Line)]
    assert [mark.points[0][0] for mark in marks] == [36.0, 12.0]
    assert "a target of 12 starts: 9 is 75 %" in found("reach", study, "Site 1").sentence
    assert "No target" in found("reach", study, "Site 2").sentence


@pytest.mark.parametrize(
    ("kind", "study", "column"),
    [
        ("reach", "nobody eligible is known", "eligible"),
        ("start_rates", "nobody eligible is known", "eligible"),
        ("start_rates", "no scores", "ogrs"),
        ("contacts", "no contacts", "contacts_offered"),
        ("contacts", "no scores", "ogrs"),
        ("reach", "no status", "status"),
        ("disengagement", "no status", "status"),
        ("disengagement", "no days", "ended_on"),
    ],
)
def test_the_column_that_is_missing_is_named(kind, study, column):
    assert re.search(rf"\b{column} \(a column of|\({column}", found(kind, STUDIES[study]()).sentence)


def test_starts_by_risk_are_those_of_the_eligible_in_each_band():
    finding = found("start_rates", ordinary())
    roster, cases = roster_of(), cases_of()
    eligible = roster["eligible"].to_numpy(dtype=bool)
    started = roster["started_on"].notna().to_numpy()
    bands = np.digitize(cases["ogrs"], [50, 75, 90])
    assert finding.table["n"].tolist() == [int((eligible & (bands == at)).sum()) for at in range(4)]
    assert finding.table["k"].tolist() == [int((eligible & started & (bands == at)).sum()) for at in range(4)]
    assert "published ones of OGRS3 (2 years)" in finding.notes[0]
    assert "odds of starting are" in finding.sentence


def test_quarters_of_the_scale_are_named_so():
    for kind in ("start_rates", "contacts"):
        assert any("quarters of the scale" in note for note in found(kind, sample_study()).notes)


def test_scores_of_two_horizons_give_no_bands():
    study = STUDIES["scores of two horizons"]()
    assert found("start_rates", study).table.empty
    assert "more than one horizon" in found("start_rates", study).sentence
    contacts = found("contacts", study)
    assert len(contacts.table) == 1
    assert "more than one horizon" in contacts.sentence


def test_creaming_and_parking_are_never_claimed():
    for study in (ordinary(), sample_study()):
        for kind, word in (("start_rates", "creaming"), ("contacts", "parking")):
            finding = found(kind, study)
            assert f"is what {word} would look like" in finding.caution or f"what {word} would" in finding.caution
            assert word not in f"{finding.title} {finding.sentence}".lower()


def falling(slope):
    """Contacts that fall, or rise, with risk."""
    ogrs = cases_of()["ogrs"]
    attended = np.clip(np.round(5 + slope * (ogrs - 47) / 10), 0, 10)
    return study_of(cases=cases_of(contacts_attended=attended))


@pytest.mark.parametrize(("slope", "title", "words"), [(-1, "fewer", "falls"), (1, "more", "rises"), (0, "no", "")])
def test_a_trend_is_named_only_where_its_interval_is_clear(slope, title, words):
    finding = found("contacts", falling(slope))
    assert title in finding.title
    assert (f"the share {words} with risk" in finding.sentence) is bool(words)


def test_a_mean_of_contacts_counts_each_person_once():
    finding = found("contacts", ordinary())
    cases = cases_of()
    shares = 100 * (cases["contacts_attended"] / cases["contacts_offered"]).dropna()
    first = finding.table.iloc[0]
    assert (first["n"], first["mean"], first["median"]) == pytest.approx((len(shares), shares.mean(), shares.median()))
    ends = finding.table[["ci_low", "ci_high"]].to_numpy().ravel()
    assert all(0 <= end <= 100 for end in ends if not np.isnan(end))


def test_the_curve_falls_when_people_left_and_says_how_many_it_rests_on():
    finding = found("disengagement", ordinary())
    cases = cases_of()
    started = roster_of()["started_on"].notna()
    left = int((started & (cases["status"] == "disengaged")).sum())
    n = int(started.sum())
    table = finding.table.set_index("week")
    assert table.loc["4", ["at_risk", "share"]].tolist() == [n, 100.0]
    # Everybody who left did so in week 6, the others stayed at least until then: a plain share.
    last_start = roster_of()["started_on"].max() + pd.Timedelta(days=42)
    assert last_start == cases["ended_on"].max()
    assert finding.title == f"Disengagement: {left} of {n} disengaged"
    line = next(mark for mark in finding.chart.panels[0].marks if isinstance(mark, Line))
    assert [x for x, _ in line.points][1:3] == [6.0, 6.0]
    assert line.individual


def test_the_shaded_area_is_the_interval_of_the_curve_at_every_step_and_is_of_single_people():
    at = np.arange(20)
    cases = cases_of(20, status=np.where(at % 3, "disengaged", "active"))
    ended = pd.Series(pd.Timestamp("2026-02-01") + pd.to_timedelta(7 * at, unit="D")).where(at % 3 > 0)
    study = study_of(20, roster=roster_of(20), cases=cases.assign(ended_on=ended))
    finding = found("disengagement", study)
    marks = finding.chart.panels[0].marks
    (ribbon,) = (mark for mark in marks if isinstance(mark, Ribbon))
    line = next(mark for mark in marks if isinstance(mark, Line))
    assert ribbon.individual
    assert [x for x, _, _ in ribbon.points] == [x for x, _ in line.points][2:]
    table = finding.table.dropna().set_index("week")
    steps = {}
    for x, low, high in ribbon.points:
        steps[x] = (low, high)
    for week, row in table.iterrows():
        x = max(one for one in steps if one <= float(week))
        assert (row["ci_low"], row["ci_high"]) == pytest.approx(steps[x])
    shares = dict(line.points)
    assert all(low <= shares[x] <= high for x, (low, high) in steps.items() if np.isfinite(low))


def test_who_disengaged_is_described_beside_the_others():
    notes = " ".join(found("disengagement", ordinary()).notes)
    started = roster_of()["started_on"].notna()
    cases = cases_of()[started]
    left = cases["status"] == "disengaged"
    assert f"{cases.loc[left, 'age'].mean():.1f} of those who disengaged (n = {left.sum()})" in notes
    women = int((cases.loc[left, "sex"] == "female").sum())
    assert f"Women: {women} of {left.sum()} of those who disengaged" in notes


def released(*findings):
    return apply_disclosure(findings, DisclosurePolicy()).findings


@pytest.mark.parametrize("site", [None, "East"])
def test_nothing_of_the_curve_and_no_trend_leaves(site):
    kinds = [found(kind, ordinary(), site) for kind in REACH_KINDS]
    for inside, finding in zip(kinds, released(*kinds), strict=True):
        assert finding.chart is None
        assert finding.notes == ()
        assert "odds" not in finding.sentence
        assert "10 points" not in finding.sentence
        if inside.id.startswith("disengagement"):
            assert finding.table.empty
            assert not re.search(r"\d", f"{finding.title} {finding.sentence}")


def test_what_leaves_of_reach_is_one_row_and_small_counts_are_hidden():
    inside, outside = found("reach", sample_study(), "Site 1"), None
    outside = released(inside)[0]
    assert len(outside.table) == 1
    assert outside.table.iloc[0]["listed"] == PILOT["by_site"]["Site 1"]
    assert outside.table.iloc[0]["disengaged"] == HIDDEN
    whole = released(found("reach", sample_study()))[0]
    assert whole.table["where"].tolist() == ["All sites"]


@pytest.mark.parametrize("site", [None, "East"])
def test_statuses_stand_for_each_other_where_as_many_are_known_to_be_eligible(site):
    """Of 20 people all is known: without the second of three numbers the third could be worked out."""
    status = ["active"] * 11 + ["completed"] * 7 + ["disengaged"] * 2
    roster = roster_of(20, eligible=pd.array([True] * 19 + [False], dtype="boolean"), site="East")
    study = study_of(roster=roster, cases=cases_of(20, status=status, site="East"))
    row = released(found("reach", study, site))[0].table.iloc[0]
    assert row[["completed", "disengaged"]].tolist() == [HIDDEN, HIDDEN]
    assert row["active"] == 11
    assert row["listed"] == 20


@pytest.mark.parametrize("order", [("East", "West"), ("West", "East")])
def test_two_sites_do_not_tell_at_which_of_them_the_one_is_who_did_not_start(order):
    site, start = ["East"] * 11 + ["West"] * 6, [pd.Timestamp("2026-01-05")] * 16 + [pd.NaT]
    roster = roster_of(17, site=site, started_on=start, eligible=pd.array([True] * 17, dtype="boolean"))
    study = study_of(roster=roster, cases=cases_of(17, site=site, status=None))
    findings = [found("reach", study, one) for one in order]
    for pairs in (all_at_once(findings, DisclosurePolicy()), one_after_another(findings, DisclosurePolicy())):
        assert counts_told(truth_of(study), pairs) == []
        shown = [after.table[["listed", "started"]].iloc[0].tolist() for _, after in pairs]
        assert any(n != HIDDEN for row in shown for n in row)


def test_a_band_of_the_eligible_and_the_same_band_of_all_do_not_tell_of_the_few_who_are_not_eligible():
    scores = [30.0] * 16 + [60.0] * 14
    eligible = pd.array([True] * 14 + [False] * 2 + [True] * 14, dtype="boolean")
    study = study_of(roster=roster_of(30, eligible=eligible), cases=cases_of(30, ogrs=scores))
    rates, bands = released(found("start_rates", study), found("ogrs_bands", study))
    assert bands.table["people"].tolist()[:2] == [16, 14]
    assert rates.table["n"].tolist()[:2] == [HIDDEN, HIDDEN]


def test_a_band_in_which_everybody_started_is_hidden_where_it_is_small():
    table = released(found("start_rates", sample_study()))[0].table
    small = table["n"].astype(float) < 10
    assert (table.loc[small, "k"] == HIDDEN).all()
    assert (table.loc[small, "share"] == HIDDEN).all()


def test_contacts_leave_without_bands():
    table = released(found("contacts", sample_study()))[0].table
    assert table["band"].tolist() == ["Everybody"]
    few = study_of(8, cases=cases_of(8, contacts_attended=5.0))
    assert released(found("contacts", few))[0].table["mean"].tolist() == [HIDDEN]
