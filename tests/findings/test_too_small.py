"""Too small to matter: the verdict and when there is one, how many pairs could have fitted, and what may leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.figures.chart import Band, Interval, Point
from evalcore.findings import Finding, Scores, build, findings_for, measures
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.limits import equivalence_words
from evalcore.findings.before_after.limits.bound import Bound, largest_bound, planned_bound
from evalcore.instruments import load_instrument
from evalcore.outcomes.equivalence import equivalence, half_width, pairs_to_fit
from evalcore.plan import Outcome
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.wording import number, p_value, rounded
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.findings.time_studies import Answer, only_measure, pair, study_of

POLICY = DisclosurePolicy()
REASON = "Agreed with the service in March: 1.5 < 2 & *enough*"
SPREAD = (-2, 0, 1, 3)


def many(n: int, change: int = 0, spread: tuple[int, ...] = SPREAD, **more: str) -> Study:
    """`n` pairs whose changes differ a little."""
    answers = [
        pair(f"P{i:03d}", 16, 20 + i % 5, 20 + i % 5 + change + spread[i % len(spread)], **more) for i in range(n)
    ]
    return study_of([answer for both in answers for answer in both])


def built(study: Study, points: float, reason: str = REASON, **more: object) -> Finding:
    return build("equivalence", study, only_measure(study), choice=Bound(points, reason), **more)  # type: ignore[arg-type]


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def marks(finding: Finding, kind: type) -> list[object]:
    assert finding.chart is not None
    return [mark for mark in finding.chart.panels[0].marks if isinstance(mark, kind)]


# --- the numbers -------------------------------------------------------------------------------------------------


def test_the_table_holds_what_was_computed() -> None:
    study = sample_study()
    for measure in measures(study):
        finding = build("equivalence", study, measure, choice=Bound(1.5, REASON))
        found = equivalence(Basis(Scores(study), measure, None).pairs, bound=1.5)
        first, lower, upper, both = (row for _, row in finding.table.iterrows())
        assert (first["estimate"], first["sd"]) == (found.mean_change, found.sd_change)
        assert (first["ci_low"], first["ci_high"]) == (found.ci_low, found.ci_high)
        assert (lower["test_value"], lower["df"], lower["p_value"]) == (found.t_lower, found.df, found.p_lower)
        assert (upper["test_value"], upper["df"], upper["p_value"]) == (found.t_upper, found.df, found.p_upper)
        assert both["p_value"] == found.p_value


def test_there_is_no_bound_by_default() -> None:
    study = many(3)
    with pytest.raises(UnknownNameError, match="equivalence"):
        build("equivalence", study, only_measure(study))
    assert "equivalence" not in {finding.id.split(".")[0] for finding in findings_for(study, resamples=0)}


@pytest.mark.parametrize("points", [0, -1, float("nan")])
def test_a_bound_that_is_none_is_refused(points: float) -> None:
    with pytest.raises(EvalcoreError, match="positive number of points"):
        built(many(3), points)


# --- the verdict -------------------------------------------------------------------------------------------------


def test_a_verdict_only_where_the_whole_interval_lies_inside() -> None:
    study = many(12)
    found = equivalence(Basis(Scores(study), only_measure(study), None).pairs, bound=1)
    edge = max(-found.ci_low, found.ci_high)
    inside, across = (built(study, edge + shift) for shift in (0.01, -0.01))
    assert "is too small to matter by the bound set" in inside.title
    assert "The whole interval lies inside the bound" in inside.sentence
    assert "is not shown to be too small to matter by the bound set" in across.title
    assert "The interval reaches beyond the bound" in across.sentence
    assert "The whole interval lies beyond the bound" in built(many(12, 6), 1).sentence
    assert "The whole interval lies beyond the bound" in built(many(12, -6), 1).sentence


@pytest.mark.parametrize("n", [1, 2, 3, 9])
def test_below_ten_pairs_nothing_is_judged(n: int) -> None:
    finding = built(many(n), 15)
    assert finding.title.endswith("nothing is judged")
    assert "too small to matter" not in finding.title + finding.sentence
    assert "too small to matter by the bound set" in built(many(10), 15).title


def test_without_a_reason_nothing_is_judged() -> None:
    for reason in ("", "  \n"):
        finding = built(many(12), 15, reason)
        assert finding.title.endswith("nothing is judged")
        assert "No reason is given for the bound, so it judges nothing." in finding.sentence
        assert "too small to matter" not in finding.sentence


def test_the_reason_stands_beside_the_result_letter_for_letter() -> None:
    finding = built(many(12), 1.5)
    assert f"Why this bound: “{REASON}”." in finding.sentence
    assert REASON in outside(finding).sentence


def test_where_all_changes_are_equal_nothing_is_judged() -> None:
    finding = built(many(12, 2, (0,)), 5)
    assert finding.title.endswith("nothing is judged")
    assert "There is no interval, so nothing is judged." in finding.sentence
    assert not marks(finding, Interval)
    assert "All changes are equal" in finding.notes[0]


def test_a_p_is_said_from_thirty_pairs_on() -> None:
    assert "p" not in built(many(29), 1.5).sentence.replace(",", "").split()
    finding = built(many(30), 1.5)
    assert f"the larger {p_value(finding.table['p_value'].iloc[3])})" in finding.sentence


# --- how many pairs could have fitted ----------------------------------------------------------------------------


def test_where_no_interval_could_have_fitted_it_says_how_many_pairs_could_have() -> None:
    study = many(12)
    sd = built(study, 1).table["sd"].iloc[0]
    width = half_width(12, sd)
    too_wide, narrow = built(study, width * 0.999), built(study, width * 1.001)
    assert "could have fitted" not in narrow.sentence
    assert f"{pairs_to_fit(sd, width * 0.999):,} pairs could have, were the mean change zero." in too_wide.sentence


def test_a_number_of_pairs_that_gets_no_verdict_is_said_to_be_too_few() -> None:
    study = many(4)
    sd = built(study, 1).table["sd"].iloc[0]
    bound = half_width(7, sd) * 1.001
    assert (
        "7 pairs could have, were the mean change zero, and 10 are needed for a verdict."
        in built(study, bound).sentence
    )


def test_a_bound_that_no_study_could_reach_is_said_in_words() -> None:
    assert "more than 1,000,000 pairs could have" in built(many(12), 1e-4).sentence
    assert "more than 1,000,000 pairs could have" in built(many(12), 1e-9).sentence


def test_a_published_threshold_for_one_person_says_nothing_about_a_mean() -> None:
    study = sample_study()
    measure = next(one for one in measures(study) if one.instrument == "swemwbs")
    for known in load_instrument("swemwbs").thresholds:
        (note,) = build("equivalence", study, measure, choice=Bound(known.low, REASON)).notes
        assert known.label in note
        assert "says nothing about a mean" in note
    assert build("equivalence", study, measure, choice=Bound(1.5, REASON)).notes == ()


def test_a_threshold_for_a_group_is_no_threshold_for_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    known = load_instrument("swemwbs")
    of_groups = replace(known, thresholds=tuple(replace(one, level="group") for one in known.thresholds))
    monkeypatch.setattr(equivalence_words, "load_instrument", lambda name: of_groups)
    measure = next(one for one in measures(sample_study()) if one.instrument == "swemwbs")
    assert equivalence_words.threshold_notes(measure, known.thresholds[0].low) == ()


def test_the_plan_gives_a_bound_where_it_names_one() -> None:
    study = many(3)
    measure = only_measure(study)
    assert planned_bound(study, measure) is None

    def planned(change: float | None, reason: str = "") -> Bound | None:
        outcome = Outcome(measure.slug, "higher", change, reason)
        return planned_bound(study.fix_plan([outcome], at="2026-05-03T09:00:00+00:00"), measure)

    assert planned(2.5, "Agreed.") == Bound(2.5, "Agreed.")
    assert planned(None) is None
    assert largest_bound(measure) == measure.high - measure.low


# --- words and chart ---------------------------------------------------------------------------------------------


def test_nobody_with_both_scores_leaves_nothing_to_hold_against_a_bound() -> None:
    finding = built(study_of([Answer("A", "pre"), Answer("B", "post")]), 1)
    assert finding.chart is None
    assert "no change to hold against a bound" in finding.sentence
    assert finding.table[["estimate", "sd", "p_value"]].isna().all(axis=None)
    assert outside(finding).title == finding.title


def test_nothing_says_what_brought_a_change_about() -> None:
    for n in (2, 7, 12, 40):
        for change in (-5, 0, 2):
            said = everything_said(built(many(n, change), 1.5, "Agreed.")).lower()
            assert [word for word in rule_table().forbidden if word in said] == []


def test_the_bound_lies_behind_the_change_and_its_interval() -> None:
    finding = built(many(12), 1.5)
    assert [(band.low, band.high) for band in marks(finding, Band)] == [(-1.5, 1.5), (0, 0)]  # type: ignore[attr-defined]
    (dot,), (line,) = marks(finding, Point), marks(finding, Interval)
    first = finding.table.iloc[0]
    assert (dot.x, line.low, line.high) == (first["estimate"], first["ci_low"], first["ci_high"])  # type: ignore[attr-defined]
    assert "12 matched pairs" in finding.chart.n  # type: ignore[union-attr]


# --- what may leave ----------------------------------------------------------------------------------------------


def test_below_ten_people_no_test_leaves_and_everything_has_one_decimal() -> None:
    """Two tests against a bound of one's choice would give the mean and the SD with all their digits."""
    after = outside(built(many(7), 1.5))
    assert after.table.columns.tolist() == ["statistic", "n", "estimate", "sd", "ci_low", "ci_high"]
    assert len(after.table) == 1
    values = after.table[["estimate", "sd", "ci_low", "ci_high"]].iloc[0].tolist()
    assert values == [rounded(value, 1) for value in values]
    for mark in after.chart.panels[0].marks:  # type: ignore[union-attr]
        if not isinstance(mark, Band):
            places = [mark.x] if isinstance(mark, Point) else [mark.low, mark.high]  # type: ignore[union-attr]
            assert places == [rounded(place, 1) for place in places]
    assert outside(built(many(10), 1.5)).table["p_value"].notna().sum() == 3


@pytest.mark.parametrize("n", [7, 12])
def test_outside_the_pairs_that_could_fit_follow_from_the_sd_as_shown(n: int) -> None:
    study = many(n)
    shown = outside(built(study, 1)).table["sd"].iloc[0]
    for points in (0.01, 0.0731, 0.31):
        needed = pairs_to_fit(shown, points)
        assert f"{needed:,} pairs could have" in outside(built(study, points)).sentence


def test_no_sentence_contradicts_itself_where_the_shown_sd_is_a_little_larger() -> None:
    study = many(11, 0, (0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0))
    sd = built(study, 1).table["sd"].iloc[0]
    widths = [half_width(11, one) for one in (sd, rounded(sd, 2))]
    assert widths[0] < widths[1]
    said = outside(built(study, sum(widths) / 2)).sentence
    assert "lies inside the bound" in said
    assert "could have fitted" not in said


def test_the_figures_of_a_few_people_do_not_leave() -> None:
    after = outside(built(many(4), 1.5))
    assert after.table["estimate"].tolist() == [HIDDEN]
    assert not [mark for panel in (after.chart.panels if after.chart else ()) for mark in panel.marks if mark.group]
    assert "not shown outside" in after.title
    assert REASON not in after.sentence


def test_the_words_that_leave_are_rounded_as_the_table_is() -> None:
    finding = built(many(7), 1.5)
    assert f"{number(finding.table['estimate'].iloc[0], 1, signed=True)} points" in outside(finding).sentence


def test_staff_results_by_site_do_not_leave() -> None:
    study = sample_study()
    staff = measures(study, "staff")[0]
    after = outside(build("equivalence", study, staff, "Site 1", choice=Bound(1, REASON)))
    assert after.chart is None
    assert "not shown outside" in after.title


@pytest.mark.parametrize("reverse", [False, True])
def test_sites_and_the_whole_leave_in_any_order(reverse: bool) -> None:
    answers = [
        answer
        for i in range(24)
        for answer in pair(f"P{i:03d}", 16, 20 + i % 7, 22 + i % 5, site=("X", "Y", "Z")[(i > 10) + (i > 20)])
    ]
    study = study_of(answers)
    everything = [built(study, points, site=site) for site in (None, "X", "Y", "Z") for points in (1.5, 4)]
    found = exported_one_by_one(study, everything[::-1] if reverse else everything, POLICY)
    assert not breaches(found)
    assert not breaches(zip(everything, apply_disclosure(everything, POLICY).findings, strict=True))
