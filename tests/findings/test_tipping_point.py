"""The tipping point in table, words and chart, and what of it may leave."""

from __future__ import annotations

import re

import numpy as np
import pytest

from evalcore.disclosure import HIDDEN
from evalcore.errors import EvalcoreError
from evalcore.figures.chart import Band, Interval, Line, Point
from evalcore.findings import Scores, build, measures
from evalcore.findings.before_after.missing.tipping import slider_range
from evalcore.outcomes.tipping import tipping_point
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import everything_said
from tests.findings.missing_studies import built, many, marks, outside
from tests.findings.time_studies import only_measure


def test_the_table_holds_the_estimates_of_each_assumption() -> None:
    study = sample_study()
    scores = Scores(study)
    for measure in measures(study):
        pairs = scores.pairs(measure.instrument, measure.scale, measure.roles)
        found = tipping_point(pairs, assumed_change=-1.5, low=measure.low, high=measure.high)
        table = build("tipping", study, measure, choice=-1.5, scores=scores).table.set_index("which")
        assert table.loc["As chosen", ["assumed", "estimate"]].tolist() == [-1.5, found.estimate]
        assert table.loc["As they were before", "estimate"] == found.at([0.0])[0][0]
        assert table.loc["As those who stayed", "estimate"] == found.matched_change
        assert table.filter(like="Tipping point", axis=0)["assumed"].tolist() == [found.tipping_point]
        for end in ("lowest", "highest"):
            row = table.filter(like=f"to the {end}", axis=0).iloc[0]
            assert row[["assumed", "estimate"]].tolist() == [
                getattr(found, f"{end}_assumed"),
                getattr(found, f"{end}_estimate"),
            ]
            assert np.isnan(row["ci_low"])
        assert set(table["left"]) == {found.n_left}


def test_from_ten_pairs_on_the_interval_and_where_it_turns_stand_in_table_words_and_chart() -> None:
    study = many(25, 15)
    finding = built(study, choice=1.0)
    measure = only_measure(study)
    pairs = Scores(study).pairs(measure.instrument, measure.scale, measure.roles)
    found = tipping_point(pairs, assumed_change=1.0, low=measure.low, high=measure.high)
    first = finding.table.iloc[0]
    assert first[["ci_low", "ci_high"]].tolist() == [found.ci_low, found.ci_high]
    turning = finding.table[finding.table["which"].str.startswith("One end of the interval")]
    ends = [end for reach in (found.above_zero, found.below_zero) for end in reach or () if np.isfinite(end)]
    assert turning["assumed"].tolist() == [end for end in ends if abs(end) < measure.high - measure.low]
    for row in turning.itertuples():
        assert min(abs(row.ci_low), abs(row.ci_high)) == pytest.approx(0, abs=1e-9)
    bounds = finding.table[finding.table["which"].str.startswith("Bound")]
    assert bounds[["ci_low", "ci_high"]].isna().all().all()
    assert "95 % interval by multiple imputation" in finding.sentence
    assert "The interval lies above zero where the assumed change is more than" in finding.sentence
    assert len(marks(finding, Line)) == 3
    (bar,) = marks(finding, Interval)
    assert (bar.low, bar.high, bar.at) == (found.ci_low, found.ci_high, 1.0)  # type: ignore[attr-defined]


def test_below_ten_pairs_there_is_no_interval_anywhere() -> None:
    finding = built(many(9, 6))
    assert "no interval below 10 matched people" in finding.sentence
    assert "9 people, who say little about anybody else" in finding.caution
    assert finding.table[["ci_low", "ci_high"]].isna().all().all()
    assert not marks(finding, Interval)
    assert len(marks(finding, Line)) == 1
    assert "imputation" not in finding.sentence + finding.definition
    assert "multiple imputation" in built(many(10, 6)).definition


def test_the_line_runs_through_the_points_that_are_marked() -> None:
    finding = built(many(9, 6), choice=-3.0)
    (line,) = marks(finding, Line)
    (left, low), (right, high) = line.points  # type: ignore[attr-defined]
    for mark in marks(finding, Point):
        assert left <= mark.x <= right  # type: ignore[attr-defined]
        assert mark.y == pytest.approx(low + (high - low) * (mark.x - left) / (right - left))  # type: ignore[attr-defined]
    assert [mark.x for mark in marks(finding, Point)][-1] == -3.0  # type: ignore[attr-defined]
    upright = [mark for mark in marks(finding, Band) if mark.along == "x"]  # type: ignore[attr-defined]
    assert [mark.label for mark in upright] == ["tipping point −2.7"]  # type: ignore[attr-defined]


TITLES = {
    "rose": (many(10, 5), "If the 5 who left had fallen by about 3.6 points or more on average"),
    "fell": (many(10, 5, change=(-3, 1, -2)), "If the 5 who left had risen by about 3.0 points or more on average"),
    "one left": (
        many(3, 1, change=(1, 2, 0)),
        "If the one person who left had fallen by about 3.0 points or more, the",
    ),
    "slightly": (many(40, 39, change=(1, *[0] * 39)), "had fallen even slightly on average"),
    "no change": (many(4, 3, change=(1, -1)), "the mean change of the matched is zero, so that of all 7 is decided by"),
    "out of reach": (
        many(20, 1, change=(5, 6)),
        "even if the one person who left had fallen to the lowest possible score",
    ),
    "nobody left": (many(5, 0), "everyone with a score before has one after"),
    "no pair": (many(0, 5), "no matched pair, so an assumption would be the whole answer"),
    "one pair": (many(1, 4, change=(2,)), "If the 4 who left had fallen by about 0.5 points or more on average"),
}


@pytest.mark.parametrize("name", TITLES)
def test_the_title_says_where_it_turns(name: str) -> None:
    study, said = TITLES[name]
    finding = built(study)
    assert said in finding.title
    assert (finding.chart is None) == (name in ("nobody left", "no pair"))
    if name == "out of reach":
        assert "It would be zero at" not in finding.sentence
        assert not [mark for mark in marks(finding, Point) if mark.kind == "left"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("study", "choice", "said"),
    [
        (many(12, 6, change=(6, -5, 1, -2)), 0.0, "too few to tell a rise from a fall"),
        (many(60, 6, change=(6, -5, 1, -2)), 0.0, "covers a fall as well as a rise"),
        (many(60, 2, change=(6, -5, 1, -2, 0)), 0.0, "Whatever is assumed within the scale, the interval covers zero."),
        (many(60, 2, change=(3, 4)), 0.0, "Whatever is assumed within the scale, the interval lies above zero."),
        (many(60, 2, change=(-3, -4)), 0.0, "Whatever is assumed within the scale, the interval lies below zero."),
        (many(12, 2, change=(2, 2)), 0.0, "no interval where all matched changes are equal"),
        (many(12, 6), 15.0, ""),
        (many(12, 6), -15.0, "The scale has no room for what is assumed here: only for −10.8 to +19.2."),
    ],
)
def test_the_sentence_says_how_sure_it_is(study: Study, choice: float, said: str) -> None:
    assert said in built(study, choice=choice).sentence


def test_the_bounds_are_told_on_the_screen_and_leave_in_the_table_alone() -> None:
    finding = built(many(12, 5))
    after = outside(finding)
    assert "At the bounds" in finding.sentence
    assert "bounds" not in after.sentence
    bounds = after.table[after.table["which"].str.startswith("Bound")]
    assert len(bounds) == 2
    assert HIDDEN not in bounds.to_numpy()
    assert finding.columns[1].groups[-1] == ("pre only",)
    assert finding.columns[5].groups[-1] == ("matched pre", "pre only")


def test_where_fewer_than_five_left_nothing_leaves() -> None:
    after = outside(built(many(12, 4)))
    assert set(after.table["estimate"]) == {HIDDEN}
    assert after.chart is None


def test_outside_the_scores_of_those_who_left_decide_no_word() -> None:
    finding = built(many(20, 5, change=(6, 5)))
    assert finding.title.startswith("GSE: even if the 5 who left had fallen to the lowest possible score")
    assert finding.outside.title.startswith("If the 5 who left had fallen by about 22.0 points or more")


def test_outside_no_place_is_finer_than_the_words() -> None:
    after = outside(built(many(9, 6), choice=1.0))
    for mark in marks(after, Point) + marks(after, Line):
        places = getattr(mark, "points", None) or [(mark.x, mark.y)]  # type: ignore[attr-defined]
        assert all(round(y, 1) == y for _, y in places)
    assert not re.search(r"\d\.\d\d", after.title + after.sentence)
    assert after.table["estimate"].tolist() == [round(value, 1) for value in after.table["estimate"]]


def test_few_matched_people_do_not_leave_at_all() -> None:
    after = outside(built(many(4, 9)))
    assert after.chart is None
    assert "not shown outside" in after.title
    assert set(after.table["estimate"]) == {HIDDEN}


def test_where_all_changed_alike_the_mean_would_be_everybodys_change() -> None:
    after = outside(built(many(7, 9, change=(2,))))
    assert set(after.table["estimate"].iloc[:3]) == {HIDDEN}


def test_at_a_site_a_small_number_who_left_can_not_be_worked_out() -> None:
    study = many(36, 9)
    finding = built(study, site="X")
    after = outside(finding)
    assert (finding.groups["before only"].n, finding.groups["matched"].n) == (3, 12)
    assert set(after.table["left"]) == {HIDDEN}
    assert after.chart is None
    assert "not shown outside" in after.title
    assert {"matched pre", "matched", "before only"} <= set(finding.outside.rests_on)
    assert "3 left" not in everything_said(after)


def test_staff_results_by_site_never_leave() -> None:
    study = many(36, 36, role="staff")
    for kind in ("tipping", "start"):
        after = outside(built(study, kind, site="X"))
        assert after.chart is None
        assert "results of staff are not given by site" in after.sentence


@pytest.mark.parametrize("slug", [measure.slug for measure in measures(sample_study())])
def test_the_slider_reaches_half_the_scale_in_whole_steps(slug: str) -> None:
    measure = next(one for one in measures(sample_study()) if one.slug == slug)
    low, high, step = slider_range(measure)
    assert high - low == measure.high - measure.low
    assert low == -high
    assert round(high / step, 9).is_integer()


def test_an_assumption_that_is_no_number_is_refused() -> None:
    with pytest.raises(EvalcoreError, match="a number of points"):
        built(many(3, 3), choice=float("nan"))
