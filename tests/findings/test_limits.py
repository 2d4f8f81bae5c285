"""Regression to the mean: the range beside the change, what is said of one by the other, and what may leave."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.figures.chart import Band, Interval, Point
from evalcore.findings import Finding, Scores, build, findings_for, measures
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.limits import regression
from evalcore.findings.before_after.limits.regression import RegressionChoice, regression_norms
from evalcore.instruments import list_instruments, load_instrument
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.regression import expected_change, regression_to_the_mean
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.wording import number, rounded
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.findings.time_studies import Answer, only_measure, pair, study_of

POLICY = DisclosurePolicy()
NORM = {norm.name: norm for norm in load_instrument("gse").norms}["great_britain"]
SPREAD = (-2, 0, 1, 3)


def many(n: int, before: int, change: int = 2, **more: str) -> Study:
    """`n` pairs around one mean before, whose changes differ a little."""
    answers = [
        pair(f"P{i:03d}", 16, before + (i % 3 - 1) * (i < n - n % 3), before + change + SPREAD[i % 4], **more)
        for i in range(n)
    ]
    return study_of([answer for both in answers for answer in both])


def built(study: Study, choice: RegressionChoice | None = None, **more: object) -> Finding:
    return build("regression", study, only_measure(study), choice=choice, **more)  # type: ignore[arg-type]


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def marks(finding: Finding, kind: type) -> list[object]:
    assert finding.chart is not None
    return [mark for mark in finding.chart.panels[0].marks if isinstance(mark, kind)]


# --- the numbers -------------------------------------------------------------------------------------------------


def test_the_table_holds_what_was_reckoned_and_what_was_seen() -> None:
    study = sample_study()
    for measure in measures(study):
        finding = build("regression", study, measure)
        norm = regression_norms(measure)[0]
        pairs = Basis(Scores(study), measure, None).pairs
        found, change = regression_to_the_mean(pairs, norm_mean=norm.mean), paired_change(pairs, resamples=0)
        assert finding.table["value"].tolist() == [norm.mean, found.mean_pre, *found.expected, change.mean_change]
        last = finding.table.iloc[-1]
        assert (last["ci_low"], last["ci_high"], last["n"]) == (change.ci_low, change.ci_high, change.n_pairs)


def test_every_measure_has_the_finding_without_any_choice() -> None:
    study = sample_study()
    ids = {finding.id for finding in findings_for(study, resamples=0)}
    assert {f"regression.{measure.slug}" for measure in measures(study)} <= ids


@pytest.mark.parametrize("name", list_instruments())
def test_no_default_rests_on_what_was_never_seen_in_a_source(name: str) -> None:
    for norm in load_instrument(name).norms:
        assert norm.source.may_be_default or norm not in regression_norms_of(name)
    defaults = [norm for norm in load_instrument(name).norms if norm.default]
    assert all(norm in regression_norms_of(name) for norm in defaults)


def regression_norms_of(name: str) -> list[object]:
    scales = load_instrument(name).scales
    return [norm for scale in scales for norm in regression_norms(SimpleNamespace(instrument=name, scale=scale))]  # type: ignore[arg-type]


def test_a_norm_of_one_sex_or_unknown_is_refused_with_those_there_are() -> None:
    for name in ("men", "atlantis"):
        with pytest.raises(UnknownNameError, match=f"'{name}' for both sexes together.*great_britain"):
            built(many(3, 25), RegressionChoice(norm=name))


def test_a_correlation_that_can_not_be_is_refused() -> None:
    with pytest.raises(EvalcoreError, match="from 0 to 1"):
        built(many(3, 25), RegressionChoice(correlation=1.5))


# --- the words ---------------------------------------------------------------------------------------------------


def test_the_sentence_names_the_norm_and_the_range_assumed() -> None:
    finding = built(many(12, 20))
    for words in (
        f"{NORM.label}: {NORM.population}, {NORM.date}, n = {NORM.n:,}",
        "0.9 down to 0.5",
        "a range assumed",
    ):
        assert words in finding.sentence
    assert "not a probation population" in finding.caution
    assert "an upper bound, and holds only if people were taken because they were low that day" in finding.caution
    assert NORM.source.citation in finding.source


def test_a_chosen_norm_and_correlation_are_used_and_named() -> None:
    finding = built(many(12, 20), RegressionChoice("germany", 0.7, "Smith 2020, four months"))
    norm = {norm.name: norm for norm in load_instrument("gse").norms}["germany"]
    assert norm.label in finding.sentence
    assert finding.table["value"].iloc[2] == expected_change(20.0, norm.mean, 0.7)
    assert "for a correlation of 0.7 between the two times (given as from: Smith 2020, four months)" in finding.sentence
    assert "Smith 2020" in outside(finding).sentence
    assert "typed, without a source" in built(many(12, 20), RegressionChoice(correlation=0.7)).sentence
    assert "assumed" not in finding.sentence


@pytest.mark.parametrize(("before", "direction", "day"), [(20, "a rise of", "low"), (35, "a fall of", "high")])
def test_the_direction_is_from_the_mean_before_to_the_norm(before: int, direction: str, day: str) -> None:
    finding = built(many(12, before))
    ends = sorted(abs(expected_change(before, NORM.mean, r)) for r in (0.5, 0.9))
    assert f"{direction} {number(ends[0], 1)} to {number(ends[1], 1)} points" in finding.title
    assert f"because they were {day} that day" in finding.caution


def test_where_the_mean_before_is_the_norm_there_is_nothing_to_regress() -> None:
    answers = [pair(f"P{i}", 16, 30, 31 + i % 2) for i in range(8)] + [pair(f"R{i}", 16, 31, 32) for i in range(2)]
    finding = built(study_of([one for both in answers for one in both]))
    assert finding.table["value"].iloc[2:4].tolist() == [0, 0]
    assert "regression to the mean alone could give no change" in finding.title
    assert "could be regression" not in finding.sentence
    assert "lie beyond" not in finding.sentence


JUDGED = {
    "the whole": (20, 4, "So the whole mean change could be regression to the mean."),
    "beyond, clearly": (27, 8, "points of it lie beyond the largest of these, and at most"),
    "beyond, not clearly": (27, 2, "beyond the smallest; but the interval reaches back to there."),
    "the other way": (20, -3, "The mean change goes the other way."),
    "a fall beyond": (34, -9, "lie beyond the largest of these"),
    "a fall within": (38, -2, "So the whole mean change could be regression to the mean."),
}


@pytest.mark.parametrize("case", JUDGED)
def test_what_is_said_of_the_change_by_the_range(case: str) -> None:
    before, change, words = JUDGED[case]
    finding = built(many(12, before, change))
    assert words in finding.sentence
    assert ("reaches back" in finding.sentence) == (case == "beyond, not clearly")


def test_the_figures_beyond_are_the_differences_of_those_written() -> None:
    finding = built(many(12, 27, 8))
    change = rounded(finding.table["value"].iloc[-1], 1)
    largest, smallest = (rounded(value, 1) for value in finding.table["value"].iloc[2:4])
    assert f"So {number(change - largest, 1)} points" in finding.sentence
    assert f"at most {number(change - smallest, 1)} beyond" in finding.sentence


def test_below_ten_pairs_nothing_is_said_of_one_by_the_other() -> None:
    for n in (1, 2, 3, 9):
        finding = built(many(n, 20, 4))
        assert finding.sentence.endswith("With fewer than 10 pairs nothing more is said.")
        assert "could be regression" not in finding.sentence
    assert "So the whole mean change" in built(many(10, 20, 4)).sentence


def test_without_a_pair_there_is_nothing_to_draw() -> None:
    finding = built(study_of([Answer("A", "pre"), Answer("B", "post")]))
    assert finding.chart is None
    assert finding.title == "GSE: nobody has a score both before and after"
    assert finding.table["value"].isna().tolist() == [False, True, True, True, True]
    assert outside(finding).title == finding.title


def test_without_a_norm_the_finding_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "norms_of", lambda measure: ())
    finding = built(many(12, 20))
    assert finding.chart is None
    assert "none is held here" in finding.sentence
    assert finding.table.empty
    assert outside(finding).sentence == finding.sentence
    with pytest.raises(UnknownNameError, match="There is none"):
        built(many(12, 20), RegressionChoice(norm="great_britain"))


def test_published_correlations_over_another_gap_are_named_and_not_used() -> None:
    (note,) = built(many(12, 20)).notes
    known = next(one for one in load_instrument("gse").reliabilities if one.kind == "test-retest")
    assert note.startswith("Not used, because it is not known to be over the same gap")
    assert f"{known.low:g} to {known.high:g}" in note


def test_nothing_says_what_brought_a_change_about() -> None:
    findings = [built(many(n, before, change)) for n in (7, 40) for before in (16, 30) for change in (-3, 0, 6)]
    findings += [build("regression", sample_study(), measure) for measure in measures(sample_study())]
    for finding in findings:
        said = everything_said(finding).lower()
        assert [word for word in rule_table().forbidden if word in said] == []
        assert "p = " not in said


# --- the chart ---------------------------------------------------------------------------------------------------


def test_the_range_lies_behind_the_change_and_its_interval() -> None:
    finding = built(many(12, 20))
    bands = marks(finding, Band)
    assert [(band.low, band.high, band.along) for band in bands] == [  # type: ignore[attr-defined]
        (expected_change(20.0, NORM.mean, 0.9), expected_change(20.0, NORM.mean, 0.5), "x"),
        (0.0, 0.0, "x"),
    ]
    (dot,), (line,) = marks(finding, Point), marks(finding, Interval)
    last = finding.table.iloc[-1]
    assert (dot.x, line.low, line.high) == (last["value"], last["ci_low"], last["ci_high"])  # type: ignore[attr-defined]
    assert "12 matched pairs" in finding.chart.n  # type: ignore[union-attr]
    assert not marks(built(many(2, 20)), Interval)


# --- what may leave ----------------------------------------------------------------------------------------------


def test_below_ten_people_every_position_and_number_has_one_decimal() -> None:
    after = outside(built(many(7, 20)))
    shown = [value for value in after.table[["value", "ci_low", "ci_high"]].to_numpy()[1:].ravel() if value == value]
    assert all(value == rounded(value, 1) for value in shown)
    for mark in after.chart.panels[0].marks:  # type: ignore[union-attr]
        places = [mark.x] if isinstance(mark, Point) else [mark.low, mark.high]  # type: ignore[union-attr]
        assert all(place == rounded(place, 1) for place in places)


@pytest.mark.parametrize("n", [7, 13])
def test_outside_all_is_reckoned_from_the_mean_before_as_shown(n: int) -> None:
    """So any number of exports with other correlations tell no more than the mean that they show."""
    answers = [answer for i in range(n) for answer in pair(f"P{i:03d}", 16, 20 + (i % 5 == 1), 23 + i % 4)]
    study = study_of(answers)
    exact = built(study).table["value"].iloc[1]
    shown = rounded(exact, 1 if n < 10 else only_measure(study).decimals)
    assert shown != exact
    for r in (0.0, 0.003, 0.03, 0.37, 0.5, 0.77):
        finding = built(study, RegressionChoice(correlation=r))
        leaves = finding.outside.table["value"].tolist()[1:3]  # type: ignore[index]
        assert leaves == [shown, expected_change(shown, NORM.mean, r)]
        assert outside(finding).table["value"].iloc[1] == shown


def test_the_figures_of_a_few_people_do_not_leave() -> None:
    after = outside(built(many(4, 20)))
    assert after.table["value"].tolist()[1:] == [HIDDEN] * 4
    assert after.table["value"].iloc[0] == NORM.mean
    assert after.chart is None
    assert "not shown outside" in after.title


def test_staff_results_by_site_do_not_leave() -> None:
    study = sample_study()
    staff = measures(study, "staff")[0]
    after = outside(build("regression", study, staff, "Site 1"))
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
    everything = [
        build(kind, study, only_measure(study), site)
        for site in (None, "X", "Y", "Z")
        for kind in ("regression", "change")
    ]
    found = exported_one_by_one(study, everything[::-1] if reverse else everything, POLICY)
    assert not breaches(found)
    assert not breaches(zip(everything, apply_disclosure(everything, POLICY).findings, strict=True))
