"""Everyone's answers: three estimates as computed, what each assumes, when they disagree, and what may leave."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from evalcore.disclosure import HIDDEN, apply_disclosure
from evalcore.figures.chart import Band, Interval, Point
from evalcore.findings import Finding, Scores, build, measures
from evalcore.findings.before_after.everyone.disagreement import disagreement
from evalcore.outcomes.mixed import mixed_change
from evalcore.outcomes.overlap import OverlapChange, overlap_change
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches, exported_one_by_one
from tests.findings.pair_studies import POLICY, STUDIES, built, moving, outside, scores_study
from tests.findings.time_studies import only_measure

FIGURES = ("mean_change", "ci_low", "ci_high", "df", "p_value")


def pairs_of(study: Study) -> Pairs:
    measure = only_measure(study)
    return Scores(study).pairs(measure.instrument, measure.scale, measure.roles)


def marks(finding: Finding, kind: type) -> list[object]:
    return [mark for mark in finding.chart.panels[0].marks if isinstance(mark, kind)]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", STUDIES)
def test_the_table_holds_the_three_estimates(name: str) -> None:
    study = STUDIES[name]()
    pairs, table = pairs_of(study), built(study, "everyone").table
    estimates = (paired_change(pairs, resamples=0), overlap_change(pairs), mixed_change(pairs))
    for row, found in enumerate(estimates):
        for field in FIGURES:
            value, shown = getattr(found, field), table[field].iloc[row]
            assert pd.isna(shown) if value is None else shown == value
    assert table["n"].tolist() == [len(pairs.matched)] * 3
    assert table["n_pre_only"].tolist()[1:] == [len(pairs.pre_only)] * 2
    assert table["n_post_only"].tolist()[1:] == [len(pairs.post_only)] * 2
    assert table.iloc[0][["n_pre_only", "n_post_only"]].isna().all()


def test_each_estimate_is_drawn_with_its_interval_and_its_n() -> None:
    study = STUDIES["twenty"]()
    finding = built(study, "everyone")
    points, intervals = marks(finding, Point), marks(finding, Interval)
    assert [mark.x for mark in points] == finding.table["mean_change"].tolist()  # type: ignore[attr-defined]
    assert [(mark.low, mark.high) for mark in intervals] == list(  # type: ignore[attr-defined]
        zip(finding.table["ci_low"], finding.table["ci_high"], strict=True)
    )
    assert ["(n = 20)" in mark.text for mark in points] == [True, False, False]  # type: ignore[attr-defined]
    assert ["(n = 30)" in mark.text for mark in points] == [False, True, True]  # type: ignore[attr-defined]
    (zero,) = marks(finding, Band)
    assert (zero.low, zero.high, zero.along) == (0, 0, "x")  # type: ignore[attr-defined]
    names = dict(finding.chart.panels[0].y.ticks)  # type: ignore[union-attr]
    assert [names[mark.y] for mark in points] == finding.table["estimate"].tolist()  # type: ignore[attr-defined]


def test_what_each_assumes_is_said_beside_the_picture() -> None:
    reading = built(STUDIES["twenty"](), "everyone").chart.how_to_read  # type: ignore[union-attr]
    for words in ("like those who stayed", "missing completely at random", "equal spread before and after"):
        assert words in reading


def test_an_estimate_that_is_not_given_is_named_and_not_drawn() -> None:
    finding = built(STUDIES["against each other"](), "everyone")
    assert len(marks(finding, Point)) == 2
    assert "With everyone's answers by the mixed model no estimate is given" in finding.sentence
    assert any("variance between people" in note for note in finding.notes)
    nobody = built(STUDIES["nobody twice"](), "everyone")
    assert nobody.chart is None
    assert "none of the three estimates is given" in nobody.sentence


# --- when they disagree ------------------------------------------------------------------------------------------


def other(mean: float, low: float, high: float) -> OverlapChange:
    return OverlapChange(
        n_pairs=16, n_pre_only=2, n_post_only=2, mean_change=mean, t=1.0, df=15.0, p_value=0.3, ci_low=low, ci_high=high
    )


MATCHED = dataclasses.replace(
    paired_change(pairs_of(STUDIES["twenty"]()), resamples=0),
    n_pairs=16,
    mean_change=1.0,
    sd_change=2.0,
    ci_low=-0.1,
    ci_high=2.1,
)


@pytest.mark.parametrize(
    ("mean", "low", "high", "rule"),
    [
        (-0.1, -1.2, 1.0, "signs"),
        (0.0, -1.1, 1.1, "apart"),
        (1.2, 0.1, 2.3, "clear"),
        (1.0, 0.0, 2.0, "none"),
        (1.51, -0.2, 3.0, "apart"),
        (1.5, -0.2, 3.0, "none"),
        (0.5, -0.6, 1.6, "none"),
        (0.49, -0.6, 1.6, "apart"),
    ],
)
def test_the_rule_of_disagreement(mean: float, low: float, high: float, rule: str) -> None:
    """The standard error of the matched change is 2/√16 = 0.5; no interval ends beyond zero where it ends at zero."""
    assert disagreement(MATCHED, [other(mean, low, high)]).rule == rule
    assert disagreement(MATCHED, [other(1.0, -0.1, 2.1), other(mean, low, high)]).rule == rule


def test_every_meaning_stands_in_a_sentence() -> None:
    cases = {
        "signs": scores_study([(24 + at % 4, 25 + at % 5) for at in range(16)], [36] * 3, [12] * 8),
        "clear": scores_study(moving(8, 4, 8), [20] * 8, [24] * 8),
        "apart": scores_study(moving(8, 4, 8), [21, 30] * 4, [26, 34] * 4),
        "none": scores_study(moving(10, 5, 5)),
    }
    for rule, study in cases.items():
        pairs = pairs_of(study)
        others = [one for one in (overlap_change(pairs), mixed_change(pairs)) if one.mean_change is not None]
        found = disagreement(paired_change(pairs, resamples=0), others)
        assert found.rule == rule
        finding = built(study, "everyone")
        assert found.sentence in finding.sentence
        assert found.sentence in finding.outside.sentence


def test_below_ten_pairs_they_are_not_compared() -> None:
    for name in ("seven", "nine", "ten"):
        sentence = built(STUDIES[name](), "everyone").sentence
        assert ("are not compared" in sentence) is (name != "ten")
        assert ("isagree" in sentence or "differ" in sentence) is (name == "ten")


# --- what may leave ----------------------------------------------------------------------------------------------


def test_numbers_that_leave_are_rounded_by_the_pairs_behind_them() -> None:
    after = outside(built(STUDIES["seven"](), "everyone"))
    for mark in marks(after, Point):
        assert round(mark.x, 1) == mark.x  # type: ignore[attr-defined]
    for mark in marks(after, Interval):
        assert (round(mark.low, 1), round(mark.high, 1)) == (mark.low, mark.high)  # type: ignore[attr-defined]


def test_the_estimates_of_four_pairs_do_not_leave() -> None:
    after = outside(built(scores_study(moving(2, 0, 2), [22, 25, 28, 30, 21, 24]), "everyone"))
    assert after.table["mean_change"].dropna().tolist() == [HIDDEN, HIDDEN]
    assert after.chart is None
    assert "not shown outside" in after.title


def test_one_person_less_does_not_leave() -> None:
    """Nine of ten before also answered after: beside each other the two means tell the tenth score."""
    study = scores_study(moving(5, 0, 4), [39])
    findings = [built(study, kind) for kind in ("everyone", "groups", "change")]
    assert not breaches(zip(findings, apply_disclosure(findings, POLICY).findings, strict=True))
    for order in (findings, findings[::-1]):
        assert not breaches(exported_one_by_one(study, order, POLICY))


def test_sites_and_the_whole_leave_in_any_order() -> None:
    study = scores_study(moving(14, 7, 9), [20, 21, 22, 23, 24, 25], [30, 31, 32, 33, 34, 35], sites=("X", "Y", "X"))
    everything = [built(study, kind, site) for site in (None, "X", "Y") for kind in ("everyone", "change")]
    for order in (everything, everything[::-1]):
        assert not breaches(exported_one_by_one(study, order, POLICY))


def test_the_sample_study_in_words() -> None:
    study = sample_study()
    finding = build("everyone", study, measures(study, "service user")[0])
    assert (
        finding.title
        == "GSE, service users: mean change +0.7 among the matched people, +0.2 and +0.4 with everyone's answers"
    )
    assert finding.sentence.endswith("Below 10 pairs the estimates only describe, and are not compared.")
