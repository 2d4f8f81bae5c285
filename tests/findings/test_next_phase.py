"""Plans of the next phase: their numbers and words, what they rest on, and what may leave."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.columns import MATCHED_PRE
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.errors import EvalcoreError
from evalcore.figures.chart import Interval, Line, Point
from evalcore.findings import Finding, Measure, Scores, findings_for, measures
from evalcore.findings.next_phase import (
    Choice,
    ClustersChoice,
    EffectChoice,
    GroupsChoice,
    PairsChoice,
    PowerChoice,
    SharesChoice,
    build_next_phase,
    protocol_paragraph,
)
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.planning import clusters_for_difference, groups_for_difference, pairs_for_change, sd_limits
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.wording import rounded
from tests.disclosure.attack import breaches
from tests.findings.time_studies import only_measure, pair, study_of

POLICY = DisclosurePolicy()
PAIRS = PairsChoice(change=2.0, reason="agreed with the service")
GROUPS = GroupsChoice(difference=2.0)
CLUSTERS = ClustersChoice(of=GROUPS, cluster_size=15, icc=0.05)
SHARES = SharesChoice(from_percent=40, to_percent=30)
OF_A_MEASURE: tuple[Choice, ...] = (PAIRS, GROUPS, CLUSTERS, ClustersChoice(of=GROUPS, cluster_size=15))
WITHOUT: tuple[Choice, ...] = (
    EffectChoice(effect_dz=-0.4, completion_percent=26),
    SHARES,
    ClustersChoice(of=SHARES, cluster_size=40, icc=0.02),
)


def answered(before: Sequence[int], after: Sequence[int]) -> Study:
    """A study of one questionnaire with these scores before and after."""
    both = [pair(f"P{i:03d}", 16, one, other) for i, (one, other) in enumerate(zip(before, after, strict=True))]
    return study_of([answer for answers in both for answer in answers])


def many(n: int) -> Study:
    return answered([20 + (i * i) % 9 for i in range(n)], [22 + (3 * i) % 11 for i in range(n)])


def planned(study: Study, choice: Choice, measure: Measure | None = None) -> Finding:
    return build_next_phase("next_phase", Scores(study), measure or only_measure(study), choice)


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def of_sample(slug: str) -> Measure:
    return next(one for one in measures(sample_study()) if one.slug == slug)


STUDIES = {
    "one pair": many(1),
    "two pairs": many(2),
    "three pairs": many(3),
    "all changes equal": answered([20, 24, 27, 31, 22], [22, 26, 29, 33, 24]),
    "one wave constant": answered([20] * 6, [20, 24, 21, 28, 23, 22]),
    "negative correlation": answered([20, 22, 24, 26, 28, 30, 32], [33, 30, 29, 27, 24, 22, 21]),
    "seven": many(7),
    "forty": many(40),
    "nobody twice": study_of([*pair("A", 16)[:1], *pair("B", 16, 30)[:1]]),
}


# --- the numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two pairs", "three pairs", "seven", "forty", "negative correlation"])
def test_the_pairs_are_planned_from_the_spread_of_the_changes(name: str) -> None:
    study = STUDIES[name]
    measure = only_measure(study)
    change = paired_change(Scores(study).pairs(measure.instrument, measure.scale, measure.roles), resamples=0)
    plan = pairs_for_change(2.0, sd_change=change.sd_change, pilot_pairs=change.n_pairs, completion=0.4)
    table = planned(study, PairsChoice(change=2.0, completion_percent=40)).table
    assert table["pairs"].tolist() == [plan.at_pilot_sd, plan.at_upper80, plan.at_lower95, plan.at_upper95]
    assert table["sd"].tolist() == [plan.sd_change, plan.sd_upper80, plan.sd_lower95, plan.sd_upper95]
    assert table["recruit"].iloc[1] == plan.recruit


@pytest.mark.parametrize("correlation", [None, 0.0, 0.7])
def test_groups_and_clusters_are_planned_from_the_spread_before(correlation: float | None) -> None:
    study = STUDIES["forty"]
    pairs = Scores(study).pairs("gse", "total", only_measure(study).roles)
    change = paired_change(pairs, resamples=0)
    r = change.correlation if correlation is None else correlation
    limits = sd_limits(change.sd_pre, change.n_pairs)
    choice = GroupsChoice(difference=2.0, correlation=correlation, completion_percent=50)
    table = planned(study, choice).table
    for row, sd in enumerate((limits.pilot, limits.upper80, limits.lower95, limits.upper95)):
        plan = groups_for_difference(2.0, sd=sd, correlation=r, completion=0.5)  # type: ignore[arg-type]
        assert table.loc[row, ["unadjusted", "per_group", "recruit"]].tolist() == [
            plan.unadjusted,
            plan.per_group,
            plan.recruit,
        ]
    row = (
        planned(study, ClustersChoice(of=choice, cluster_size=15, icc=0.05)).table.set_index("icc").loc["0.05 (chosen)"]
    )
    clusters = clusters_for_difference(
        2.0,
        sd=limits.upper80,  # type: ignore[arg-type]
        icc=0.05,
        cluster_size=15,
        correlation=r,  # type: ignore[arg-type]
        completion=0.5,
    )
    assert row.tolist() == [clusters.design_effect, clusters.per_arm, clusters.people_per_arm, clusters.recruit]


def test_the_change_that_the_pilot_saw_is_never_used() -> None:
    """All scores after raised by the same: another mean change, the same spread, and so the same plan."""
    before, after = [20 + (i * i) % 9 for i in range(12)], [18 + (3 * i) % 11 for i in range(12)]
    one, other = answered(before, after), answered(before, [score + 8 for score in after])
    for choice in OF_A_MEASURE:
        first, second = planned(one, choice), planned(other, choice)
        assert (first.title, first.sentence, first.notes) == (second.title, second.sentence, second.notes)
        pd.testing.assert_frame_equal(first.table, second.table)


def test_power_and_alpha_are_as_chosen() -> None:
    stricter = PairsChoice(change=2.0, test=PowerChoice(0.9, 0.01))
    finding = planned(STUDIES["seven"], stricter)
    assert finding.table["pairs"].gt(planned(STUDIES["seven"], PAIRS).table["pairs"]).all()
    assert "at 90 % power and a two-sided alpha of 0.01" in finding.sentence


# --- who completes ----------------------------------------------------------------------------------------------------


def test_without_a_list_of_those_asked_nothing_is_said_of_recruiting() -> None:
    finding = planned(STUDIES["seven"], PAIRS)
    assert finding.table["recruit"].isna().all()
    assert "How many to recruit can not be said" in finding.sentence
    assert "recruited" not in protocol_paragraph(finding)


def test_the_completion_of_the_pilot_is_taken_where_none_is_typed() -> None:
    swemwbs = of_sample("swemwbs.total.service-users")
    assert "At 7 of 27 completing, as in the pilot" in planned(sample_study(), PAIRS, swemwbs).sentence
    typed = PairsChoice(change=2.0, completion_percent=50)
    assert "At 50 % completing, about" in planned(sample_study(), typed, swemwbs).sentence


# --- the words --------------------------------------------------------------------------------------------------------

FORBIDDEN = re.compile("|".join(rule_table().forbidden), re.IGNORECASE)


def all_words(finding: Finding) -> str:
    chart = "" if finding.chart is None else f"{finding.chart.n} {finding.chart.how_to_read} {finding.chart.legend}"
    return " ".join((finding.title, finding.sentence, finding.caution, *finding.notes, finding.definition, chart))


@pytest.mark.parametrize("choice", [*OF_A_MEASURE, *WITHOUT], ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("name", STUDIES)
def test_every_plan_is_said_in_words_that_can_be_defended(name: str, choice: Choice) -> None:
    finding = planned(STUDIES[name], choice)
    for form in (finding, outside(finding)):
        said = all_words(form)
        assert not FORBIDDEN.search(said)
        assert not re.search(r"\b(nan|None|inf)\b", said)
        assert form.title
        assert form.sentence
        assert not re.search(r"\d\.\d{3}", form.sentence), "no figure has more than two decimals"
        assert "p = " not in said


@pytest.mark.parametrize("name", ["one pair", "all changes equal", "nobody twice"])
def test_a_pilot_without_spread_plans_nothing_and_says_why(name: str) -> None:
    finding = planned(STUDIES[name], PAIRS)
    assert "no number of pairs can be planned" in finding.title
    assert finding.chart is None
    assert finding.table[["sd", "pairs", "recruit"]].isna().all(axis=None)
    assert not protocol_paragraph(finding)


def test_scores_before_without_spread_plan_no_groups() -> None:
    for choice in (GROUPS, CLUSTERS):
        finding = planned(STUDIES["one wave constant"], choice)
        assert "can be planned from this pilot" in finding.title
        assert finding.chart is None
        assert not protocol_paragraph(finding)


def test_without_a_correlation_the_groups_are_not_adjusted() -> None:
    table = planned(STUDIES["two pairs"], GROUPS).table
    assert table["per_group"].equals(table["unadjusted"])


def test_the_paragraph_holds_what_a_protocol_needs() -> None:
    paragraph = protocol_paragraph(planned(STUDIES["seven"], PAIRS))
    for part in ("(agreed with the service)", "7 pairs", "one-sided 80 %", "two-sided alpha of 0.05", "was not used"):
        assert part in paragraph
    assert not protocol_paragraph(planned(STUDIES["seven"], ClustersChoice(of=GROUPS, cluster_size=15)))


def test_too_few_clusters_are_said_to_be_so() -> None:
    finding = planned(STUDIES["seven"], ClustersChoice(of=GroupsChoice(difference=15.0), cluster_size=60))
    assert finding.table["per_arm"].tolist() == [4, 4, 4]
    assert any("can not be analysed" in note for note in finding.notes)


def test_an_uncertain_correlation_is_said_to_be_so() -> None:
    assert "The correlation rests on 7 pairs: its 95 % interval" in planned(STUDIES["seven"], GROUPS).caution
    typed = GroupsChoice(difference=2.0, correlation=0.6)
    assert "rests on" not in planned(STUDIES["seven"], typed).caution


def test_what_needs_a_measure_is_refused_without_one() -> None:
    for choice in OF_A_MEASURE:
        with pytest.raises(EvalcoreError, match="measure"):
            build_next_phase("next_phase", None, None, choice)
    with pytest.raises(EvalcoreError, match="must not be 0"):
        planned(STUDIES["seven"], PairsChoice(change=0))


# --- the chart --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [PAIRS, GROUPS, CLUSTERS, *WITHOUT], ids=lambda one: type(one).__name__)
def test_the_curves_rise_to_the_wanted_power_and_the_dots_stand_on_them(choice: Choice) -> None:
    finding = planned(STUDIES["forty"], choice)
    (panel,) = finding.chart.panels  # type: ignore[union-attr]
    lines = [mark for mark in panel.marks if isinstance(mark, Line)]
    dots = [mark for mark in panel.marks if isinstance(mark, Point)]
    assert lines
    assert len(finding.chart.legend) == len({line.kind for line in lines}) == len(lines)  # type: ignore[union-attr]
    for line in lines:
        assert (np.diff([y for _, y in line.points]) >= -1e-9).all()
    for dot in dots:
        assert dot.y >= 80 - 1e-9
        (line,) = [one for one in lines if one.kind == dot.kind]
        xs, ys = zip(*line.points, strict=True)
        assert dot.y == pytest.approx(float(np.interp(dot.x, xs, ys)), abs=4)
    assert all(mark.high <= panel.x.high for mark in panel.marks if isinstance(mark, Interval))


# --- what may leave ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [PAIRS, PairsChoice(change=0.05)])
def test_what_leaves_tells_no_more_of_the_sd_than_may_be_shown(choice: PairsChoice) -> None:
    """A number of pairs gives the SD away, the better the smaller the change: it is reckoned from the rounded SD."""
    study = STUDIES["seven"]
    change = paired_change(Scores(study).pairs("gse", "total", only_measure(study).roles), resamples=0)
    after = outside(planned(study, choice))
    sd = rounded(change.sd_change, 1)  # type: ignore[arg-type]
    plan = pairs_for_change(choice.change, sd_change=sd, pilot_pairs=7)
    assert sd != pytest.approx(change.sd_change)
    assert after.table["pairs"].tolist() == [plan.at_pilot_sd, plan.at_upper80, plan.at_lower95, plan.at_upper95]
    assert f"plan {plan.at_upper80:,} pairs" in after.title
    marks = after.chart.panels[0].marks  # type: ignore[union-attr]
    assert {mark.x for mark in marks if isinstance(mark, Point)} <= {plan.at_pilot_sd, plan.at_upper80}
    exact = f"{planned(study, choice).table['pairs'].iloc[1]:,.0f}"
    assert exact not in re.findall(r"[\d,.]+", after.title + after.sentence) or exact == f"{plan.at_upper80:,}"


def test_the_paragraph_leaves_in_its_outside_form() -> None:
    after = outside(planned(STUDIES["seven"], PAIRS))
    assert after.notes == ()
    assert protocol_paragraph(after)
    assert protocol_paragraph(after) in after.sentence


@pytest.mark.parametrize("choice", OF_A_MEASURE, ids=lambda one: type(one).__name__)
def test_of_fewer_than_five_people_nothing_leaves(choice: Choice) -> None:
    finding = planned(many(4), choice)
    after = outside(finding)
    assert after.chart is None
    assert "not shown outside" in after.title
    assert not protocol_paragraph(after)
    numbers = [column.name for column in after.columns if column.groups]
    assert {cell for name in numbers for cell in after.table[name].dropna()} == {HIDDEN}


def test_the_staff_of_the_sample_can_not_be_worked_out() -> None:
    """All who answered before and the matched differ by one person: only one of the two may leave, with all else."""
    study = sample_study()
    scores, staff = Scores(study), measures(study, "staff")
    plans = [build_next_phase("next_phase", scores, measure, choice) for measure in staff for choice in OF_A_MEASURE]
    everything = [*findings_for(study, role="staff", resamples=0), *plans]
    after = apply_disclosure(everything, POLICY).findings
    assert not breaches(zip(everything, after, strict=True))


def test_a_plan_without_people_leaves_as_it_is() -> None:
    for choice in WITHOUT:
        finding = build_next_phase("next_phase", None, None, choice)
        assert finding.groups == {}
        assert MATCHED_PRE not in finding.outside.rests_on
        after = outside(finding)
        pd.testing.assert_frame_equal(after.table, finding.table, check_dtype=False)
        assert after.chart == finding.chart
        assert protocol_paragraph(after) == protocol_paragraph(finding)
