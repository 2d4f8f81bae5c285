"""When they answered: the numbers of the gaps, the words, the window, near misses, and what may leave."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.decisions import SamePerson
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.figures.chart import Band, Bar, Interval, Point
from evalcore.findings import Finding, Scores, build, findings_for, measures
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.timing import gaps, within
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.findings.time_studies import Answer, only_measure, pair, study_of

POLICY = DisclosurePolicy()
WINDOW = (12, 20)


def many(n: int, *, far: int = 0, undated: int = 0, **more: str) -> Study:
    """`n` pairs about 16 weeks apart, of whom `far` lie 30 weeks apart and `undated` lack the date after."""
    weeks = [*[None] * undated, *[30.0] * far, *[15 + i % 3 for i in range(n - far - undated)]]
    answers = [pair(f"P{i:03d}", gap, 20 + i % 7, 22 + i % 5, **more) for i, gap in enumerate(weeks)]
    return study_of([answer for both in answers for answer in both])


def built(study: Study, kind: str = "timing", **more: object) -> Finding:
    return build(kind, study, only_measure(study), **more)  # type: ignore[arg-type]


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


# --- which there are ---------------------------------------------------------------------------------------------


def kinds_of(study: Study) -> set[str]:
    return {finding.id.split(".")[0] for finding in findings_for(study, resamples=0)}


def test_a_study_without_dates_or_circumstances_has_neither_finding() -> None:
    study = study_of([Answer("A", "pre"), Answer("A", "post")])
    assert not {"timing", "circumstances", "near-misses", "window"} & kinds_of(study)


def test_dates_and_circumstances_bring_their_findings() -> None:
    assert "timing" in kinds_of(study_of(pair("A", 16)))
    assert "circumstances" not in kinds_of(study_of(pair("A", 16)))
    assert "circumstances" in kinds_of(study_of([Answer("A", "pre", how="alone"), Answer("A", "post")]))


def test_a_start_alone_brings_the_finding_too() -> None:
    study = study_of([Answer("A", "pre", on="2026-01-05")], starts={"A": "2025-12-29"})
    assert built(study).table["gap"].tolist() == ["From before to after", "From the start to before"]
    assert "timing" in kinds_of(study)


def test_a_window_is_a_finding_only_where_it_is_chosen() -> None:
    study = many(3)
    with pytest.raises(UnknownNameError, match="window"):
        built(study, "window")
    assert "window" not in kinds_of(study)


# --- the table and the words -------------------------------------------------------------------------------------


def test_the_table_holds_the_gaps() -> None:
    study = sample_study()
    for measure in measures(study):
        scores = Scores(study)
        found = gaps(scores.of(measure.instrument), scale=measure.scale, role=measure.roles)
        row = build("timing", study, measure, scores=scores).table.iloc[0]
        expected = found.described.loc["before to after"]
        assert row[expected.index].tolist() == expected.tolist()


def test_the_sample_study_in_words() -> None:
    study = sample_study()
    finding = build("timing", study, measures(study, "service user")[0])
    assert finding.title == "GSE, service users: a median of 17.0 weeks between before and after"
    assert finding.sentence == (
        "Of 7 pairs among the service users with a GSE score both times, 7 have usable dates before and after."
        " 15.4 to 17.1 weeks lie between, the median is 17.0."
        " From the start to the questionnaire before the median is 1.7 weeks (n = 18)."
    )


def test_without_dates_it_says_so_and_draws_nothing() -> None:
    finding = built(many(2, undated=2))
    assert finding.chart is None
    assert finding.sentence == "Of 2 pairs none has usable dates, so no weeks between before and after can be given."
    assert built(study_of([Answer("A", "pre", on="2026-01-05")])).sentence.startswith("Nobody answered twice")


def test_who_lacks_a_date_or_lies_outside_is_listed_on_the_screen_alone() -> None:
    backwards = [Answer("Z", "pre", on="2026-04-27"), Answer("Z", "post", on="2026-01-05")]
    study = study_of([*pair("A", 16), *pair("B", None), *pair("C", 30), *backwards])
    finding = built(study, choice=WINDOW)
    assert finding.people is not None
    assert finding.people[["Person", "Weeks between", "Why"]].to_numpy().tolist() == [
        ["B", "–", "no date after"],
        ["C", "30.0", "outside 12 to 20 weeks"],
        ["Z", "−16.0", "the dates are the wrong way round"],
    ]
    assert "1 of these 2 lies outside 12 to 20 weeks." in finding.sentence
    assert finding.table["unusable"].tolist() == [2]
    assert outside(finding).people is None


# --- the chart ---------------------------------------------------------------------------------------------------


def marks(finding: Finding, kind: type) -> list[object]:
    assert finding.chart is not None
    return [mark for mark in finding.chart.panels[0].marks if isinstance(mark, kind)]


@pytest.mark.parametrize("n", [7, 60])
def test_each_person_is_a_dot_that_covers_no_other(n: int) -> None:
    finding = built(many(n))
    dots = [mark for mark in marks(finding, Point) if mark.individual]  # type: ignore[attr-defined]
    places = {(mark.x, mark.y) for mark in dots}  # type: ignore[attr-defined]
    assert len(dots) == len(places) == n
    axis = finding.chart.panels[0]  # type: ignore[union-attr]
    assert all(axis.x.low < x < axis.x.high and axis.y.low < y < axis.y.high for x, y in places)


def test_many_people_are_bars_that_count_them_all() -> None:
    finding = built(many(200, far=20))
    bars = marks(finding, Bar)
    assert all(bar.individual for bar in bars)  # type: ignore[attr-defined]
    assert sum(int(re.search(r"(\d+) p", bar.label).group(1)) for bar in bars) == 200  # type: ignore[attr-defined,union-attr]
    assert len(bars) <= 31
    assert max(bar.end for bar in bars) < finding.chart.panels[0].y.high  # type: ignore[attr-defined,union-attr]


def test_no_gap_is_drawn_as_planned_unless_it_was_chosen() -> None:
    study = many(7)
    assert not marks(built(study), Band)
    (band,) = marks(built(study, choice=WINDOW), Band)
    assert (band.low, band.high, band.label) == (12, 20, "chosen: 12 to 20 weeks")  # type: ignore[attr-defined]


def test_the_window_lies_on_the_axis() -> None:
    axis = built(many(7), choice=(2, 40)).chart.panels[0].x  # type: ignore[union-attr]
    assert (axis.low, axis.high) == (1, 41)


# --- the window --------------------------------------------------------------------------------------------------


def test_all_pairs_stand_beside_those_inside() -> None:
    study = many(20, far=5, undated=2)
    measure = only_measure(study)
    scores = Scores(study)
    pairs = scores.pairs(measure.instrument, measure.scale, measure.roles)
    inside = within(pairs, gaps(scores.of("gse")), *WINDOW)
    table = built(study, "window", choice=WINDOW).table
    assert table["which"].tolist() == ["All pairs", "12 to 20 weeks", "Outside"]
    assert table["n"].tolist() == [20, 13, 5]
    assert table["unusable"].iloc[0] == 2
    for row, of in enumerate((pairs, inside)):
        change = paired_change(of, resamples=0)
        for name in ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high"):
            assert table[name].iloc[row] == getattr(change, name)


def test_the_counts_of_the_window_in_words() -> None:
    sentence = built(many(20, far=5, undated=2), "window", choice=WINDOW).sentence
    assert sentence.startswith(
        "Of 20 pairs among the service users, 13 lie inside 12 to 20 weeks, 5 outside and 2 have no usable dates."
    )
    assert built(many(3), "window", choice=(1, 2)).title == "GSE, service users: no pair inside 1 to 2 weeks"
    assert built(study_of([Answer("A", "pre")]), "window", choice=WINDOW).chart is None


def test_a_window_shows_no_test() -> None:
    for pairs in (7, 40):
        finding = built(many(pairs), "window", choice=WINDOW)
        assert not [column for column in finding.columns if column.kind == "test"]
        assert "p = " not in finding.title + finding.sentence + finding.caution


def test_a_window_that_is_none_is_refused() -> None:
    for kind in ("timing", "window"):
        with pytest.raises(EvalcoreError, match="fewer to more weeks"):
            built(many(3), kind, choice=(20, 12))


# --- near misses -------------------------------------------------------------------------------------------------


def near_miss_study(n: int = 12) -> Study:
    """Pairs of whom one rests on a near miss that was confirmed."""
    answers = [answer for i in range(n - 1) for answer in pair(f"P{i:03d}", 16, 20 + i % 7, 22 + i % 5)]
    study = study_of([*answers, Answer("P900", "pre", 20), Answer("P9OO", "post", 30)])
    return study.decide(SamePerson("P9OO", "P900", "service user", same=True))


def test_the_change_with_and_without_near_misses() -> None:
    study = near_miss_study()
    exact = study.exactly_matched()
    finding = built(study, "near_misses")
    assert finding.id == "near-misses.gse.total.service-users"
    assert finding.title.startswith("GSE: 1 of 12 pairs rests on a confirmed near miss; mean change +")
    for row, of in enumerate((study, exact)):
        change = build("change", of, only_measure(of), resamples=0).table.set_index("statistic")
        assert finding.table["n"].iloc[row] == change["n"].iloc[0]
        assert finding.table["mean_change"].iloc[row] == change.loc["Mean change (paired t)", "estimate"]
    assert "near-misses" in kinds_of(study)
    assert "near-misses" not in kinds_of(exact)


def test_a_near_miss_that_makes_no_pair_is_said_to_change_nothing() -> None:
    study = study_of([*pair("A1", 16), Answer("B1", "pre"), Answer("B01", "pre")])
    study = study.decide(SamePerson("B01", "B1", "service user", same=True))
    assert "0 of 1 pair rest on a confirmed near miss" in built(study, "near_misses").title


def test_the_one_pair_by_a_near_miss_can_not_be_worked_out() -> None:
    study = near_miss_study()
    findings = findings_for(study, resamples=0)
    after = apply_disclosure(findings, POLICY).findings
    assert not breaches(zip(findings, after, strict=True))
    table = next(one.table for one in after if one.id.startswith("near-misses"))
    assert table["mean_change"].tolist()[1] == HIDDEN


# --- what may leave ----------------------------------------------------------------------------------------------


def test_below_ten_people_only_mean_and_sd_leave() -> None:
    after = outside(built(many(9)))
    assert after.chart is None
    row = after.table.iloc[0]
    assert (row["mean"], row["median"], row["q1"], row["q3"]) == (16.0, HIDDEN, HIDDEN, HIDDEN)
    assert not {"min", "max"} & set(after.table)


def test_from_ten_people_on_the_quartiles_are_drawn_and_nobody_alone() -> None:
    finding = built(many(12, far=1), choice=WINDOW)
    after = outside(finding)
    assert after.table["median"].iloc[0] == 16.0
    kinds = [type(mark) for mark in after.chart.panels[0].marks]  # type: ignore[union-attr]
    assert kinds == [Band, Interval, Point]
    assert "30" not in everything_said(after)


def test_the_mean_of_a_few_people_does_not_leave() -> None:
    after = outside(built(many(4)))
    assert after.table["mean"].tolist() == [HIDDEN]
    assert "not shown outside" in after.title


def test_how_many_lie_outside_a_window_leaves_only_where_they_are_many() -> None:
    few, many_outside = (outside(built(many(30, far=far), "window", choice=WINDOW)) for far in (3, 10))
    assert few.table["n"].tolist() == [30, HIDDEN, HIDDEN]
    assert many_outside.table["n"].tolist() == [30, 20, 10]
    assert few.table["mean_change"].iloc[1] == HIDDEN
    assert "not shown outside" in few.title


def test_where_all_pairs_lie_inside_a_few_are_not_said_to() -> None:
    after = outside(built(many(7), "window", choice=WINDOW))
    assert after.table["n"].tolist() == [7, HIDDEN, HIDDEN]
    assert "not shown outside" in after.title


def test_the_counted_groups_share_everyone_whose_weeks_are_known() -> None:
    answers = [answer for i in range(9) for answer in pair(f"P{i}", (16, 30, None)[i % 3], site="XY"[i % 2])]
    study = study_of(answers)
    whole, site = (build("window", study, only_measure(study), name, choice=WINDOW).groups for name in (None, "X"))
    for prefix, groups in (("", whole), ("", site), ("whole group: ", site)):
        inside, out, known = (
            groups[prefix + key].people for key in ("counted inside", "counted outside", "weeks between")
        )
        assert inside | out == known
        assert not inside & out
        assert groups[f"{prefix}inside the window"].people == inside
    assert site["whole group: counted inside"].people == whole["counted inside"].people
    assert len(whole["counted inside"].people) == len(whole["no usable dates"].people) == 3


def test_two_windows_do_not_tell_of_the_people_between() -> None:
    weeks = [*[15.0] * 20, *[18.0] * 3, *[30.0] * 10]
    answers = [pair(f"P{i:03d}", gap, 20 + i % 7, 22 + i % 5) for i, gap in enumerate(weeks)]
    study = study_of([answer for both in answers for answer in both])
    windows = [built(study, "window", choice=window) for window in ((12, 20), (12, 16))]
    for order in (windows, windows[::-1]):
        found = exported_one_by_one(study, order, POLICY)
        assert not breaches(found)
        first, second = (after.table for _, after in found)
        assert HIDDEN not in first[["n", "mean_change"]].iloc[:2].to_numpy()
        assert second[["n", "mean_change"]].iloc[1].tolist() == [HIDDEN, HIDDEN]


@pytest.mark.parametrize("reverse", [False, True])
def test_sites_and_the_whole_leave_in_any_order(reverse: bool) -> None:
    answers = [
        answer
        for i in range(24)
        for answer in pair(f"P{i:03d}", 14 + i % 9, 20 + i % 7, 22 + i % 5, site=("X", "Y", "Z")[(i > 10) + (i > 20)])
    ]
    study = study_of(answers)
    measure = only_measure(study)
    everything = [
        build(kind, study, measure, site, choice=WINDOW if kind in ("timing", "window") else None)
        for site in (None, "X", "Y", "Z")
        for kind in ("timing", "window", "circumstances", "change")
    ]
    found = exported_one_by_one(study, everything[::-1] if reverse else everything, POLICY)
    assert not breaches(found)
    together = apply_disclosure(everything, POLICY).findings
    assert not breaches(zip(everything, together, strict=True))


# --- every finding about time ------------------------------------------------------------------------------------

STUDIES = {
    "one pair": lambda: many(1),
    "nobody twice": lambda: study_of([Answer("A", "pre", on="2026-01-05"), Answer("B", "post", on="2026-02-01")]),
    "undated": lambda: many(3, undated=3),
    "seven": lambda: many(7, far=2),
    "two hundred": lambda: many(200, far=40, undated=12),
    "all the same": lambda: study_of([answer for who in "ABCDEFG" for answer in pair(who, 16)]),
}


@pytest.mark.parametrize("name", STUDIES)
def test_words_and_columns_hold_whatever_the_study(name: str) -> None:
    study = STUDIES[name]()
    for kind in ("timing", "window", "circumstances"):
        finding = built(study, kind, choice=None if kind == "circumstances" else WINDOW)
        assert [column.name for column in finding.columns] == list(finding.table.columns)
        assert len({column.label for column in finding.columns}) == len(finding.columns)
        for column in finding.columns:
            assert len(column.groups) == len(finding.table) or column.kind == "label"
            for value, keys in zip(finding.table[column.name], column.groups, strict=False):
                if column.kind == "fieldwork" and not pd.isna(value):
                    assert value == finding.groups[keys[0]].n
        form = finding.outside
        for text in (finding.title, finding.sentence, finding.caution, form.title, form.sentence, finding.topic):
            assert text.strip()
            assert not re.search(r"\bnan\b|\bNone\b|\b1 (?:pairs|people|have)\b", text)
            assert not [word for word in rule_table().forbidden if word in text.lower()]
        for chart in (finding.chart, form.chart):
            for mark in chart.panels[0].marks if chart else ():
                assert mark.group in {"", *finding.groups}
                assert np.isfinite(
                    [v for n in ("x", "y", "low", "high") if (v := getattr(mark, n, None)) is not None]
                ).all()
