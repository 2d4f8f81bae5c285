"""More than error: what changes are held against, how many lie beyond, movement between bands, and thresholds."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.figures.chart import Line, Point
from evalcore.findings import Finding, build, measures
from evalcore.findings.before_after.error import sources
from evalcore.findings.before_after.error.movement import schemes_of
from evalcore.findings.before_after.error.reliable import ReliableChoice
from evalcore.findings.before_after.error.sources import default_source, published_sources
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.reliable import published_change, reliable_change
from evalcore.outcomes.scoring import score
from evalcore.plan import Outcome
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.findings.error_studies import basis_of, built, counts, everything, measure_of, raised, study_of
from tests.outcomes.oracle import read

REFERENCE = read("reliable.json")["thresholds"]
SWEMWBS = "swemwbs.total.service-users"
MIXED = raised((2, -9), (3, -4), (6, 0), (4, 3), (5, 9))
TWELVE_UP = raised((4, 0), (8, 4))


def one_of(study: Study, slug: str):
    return next(measure for measure in measures(study) if measure.slug == slug)


# --- what changes are held against -------------------------------------------------------------------------------


def test_the_short_form_is_held_against_the_published_threshold_lenient_and_for_individuals() -> None:
    study = sample_study()
    finding = build("reliable", study, one_of(study, SWEMWBS))
    pairs = match_scores(score(study.responses, "swemwbs"), role="service user")
    expected = published_change(pairs, threshold=2.87).counts
    assert counts(finding) == [expected["improved"], expected["no reliable change"], expected["deteriorated"]]
    assert "more than 2.87 points" in finding.sentence
    assert "Shah et al." in finding.sentence
    assert "individual level" in finding.sentence
    assert finding.caution.startswith("Individual-level and lenient")


@pytest.mark.parametrize("row", [row for row in REFERENCE if row["instrument"] in ("gse", "wemwbs", "swemwbs")])
def test_every_cited_error_gives_the_threshold_of_the_reference(row: dict[str, float]) -> None:
    study = study_of([(30, 31)] * 3, str(row["instrument"]))
    (source,) = [one for one in published_sources(measure_of(study)) if one.reliability == row["reliability"]]
    assert source.sd == row["sd"]
    finding = built("reliable", study, ReliableChoice(source.name))
    assert f"1.96 times that: {row['printed']:.2f}." in finding.notes[0]
    assert ("unverified" in source.label) == source.unverified == finding.caution.startswith("Unverified")


def test_the_default_is_cited_and_never_unverified() -> None:
    found = {}
    for name in ("gse", "swemwbs", "uwes9", "wemwbs"):
        measure = measure_of(study_of([(30, 31)], name))
        default = default_source(measure)
        found[name] = default and (default.sd, default.reliability, default.points, default.unverified)
    assert found == {
        "gse": (4.67, 0.88, None, False),
        "swemwbs": (None, None, 2.87, False),
        "uwes9": None,
        "wemwbs": (8.96, 0.83, None, False),
    }


def test_an_unverified_source_is_not_used_unasked_whatever_the_rules_say(monkeypatch: pytest.MonkeyPatch) -> None:
    measure = measure_of(study_of([(30, 31)], "swemwbs"))
    rules = dataclasses.replace(sources.change_rules("swemwbs"), default="england_alpha_uk")
    monkeypatch.setattr(sources, "change_rules", lambda instrument: rules)
    assert published_sources(measure)[0].unverified
    assert default_source(measure) is None


@pytest.mark.parametrize(("n", "drawn"), [(29, False), (30, True)])
def test_where_nothing_was_published_the_sample_is_used_from_thirty_on(n: int, drawn: bool) -> None:
    study = study_of([(20 + i % 9, 25 + i % 7) for i in range(n)], "uwes9")
    finding = built("reliable", study)
    assert (finding.chart is not None) == drawn
    assert ("both of this sample" in finding.sentence) == drawn
    if not drawn:
        assert finding.table.empty
        assert "29 complete answers before are too few" in finding.sentence
    chosen = built("reliable", study, ReliableChoice("sample"))
    assert ("very uncertain" in chosen.caution) == (n < 30)
    items = basis_of(study).scores.description("uwes9", "total", ("service user",))
    assert f"SD {items.loc['all pre', 'sd']:.2f} of all scores before (n = {n})" in chosen.sentence


@pytest.mark.parametrize(
    ("people", "why_not"),
    [([(20, 25)] * 4, "have no spread"), ([(None, 25)] * 3, "have no spread"), ([(20, 22)], "have no spread")],
)
def test_a_sample_without_spread_is_no_source(people, why_not: str) -> None:
    finding = built("reliable", study_of(people), ReliableChoice("sample"))
    assert finding.chart is None
    assert why_not in finding.sentence


def test_what_is_typed_is_used_and_said() -> None:
    study = study_of(MIXED)
    finding = built("reliable", study, ReliableChoice("typed", sd=5, reliability=0.7))
    pairs = match_scores(score(study.responses, "gse"))
    expected = reliable_change(pairs, sd=5, reliability=0.7).counts
    assert counts(finding) == [expected["improved"], expected["no reliable change"], expected["deteriorated"]]
    assert "SD 5.00 and reliability 0.70, as typed" in finding.sentence
    for half in (ReliableChoice("typed", sd=5), ReliableChoice("typed"), ReliableChoice("points")):
        missing = built("reliable", study, half)
        assert missing.chart is None
        assert missing.sentence.startswith("Type ")


def test_points_that_are_typed_are_reached_by_exactly_that_change_and_not_called_error() -> None:
    finding = built("reliable", study_of(MIXED), ReliableChoice("points", threshold=3))
    assert counts(finding) == [9, 6, 5]
    assert finding.table["verdict"].tolist() == [
        "Rose by 3 points or more",
        "Changed by less",
        "Fell by 3 points or more",
    ]
    assert "than error" not in finding.title + finding.sentence


@pytest.mark.parametrize("method", ["edwards_nunnally", "hageman_arrindell"])
def test_the_other_methods_speak_of_what_was_expected(method: str) -> None:
    study = study_of([(15 + i % 11, 14 + 3 * i % 17) for i in range(20)])
    finding = built("reliable", study, ReliableChoice("", method))
    pairs = match_scores(score(study.responses, "gse"))
    expected = reliable_change(pairs, sd=4.67, reliability=0.88, method=method)
    assert sum(counts(finding)) == 20
    assert counts(finding)[0] == expected.counts["improved"]
    assert "than expected by more than error" in finding.title
    assert finding.notes[1:] == expected.notes
    ignored = built("reliable", study, ReliableChoice("points", method, threshold=3))
    assert "does not apply" in ignored.notes[0]


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    study = study_of(MIXED)
    with pytest.raises(UnknownNameError, match="great_britain_alpha, great_britain_test_retest, sample, typed, points"):
        built("reliable", study, ReliableChoice("somewhere"))
    with pytest.raises(UnknownNameError, match="jacobson_truax"):
        built("reliable", study, ReliableChoice("", "crawford"))
    with pytest.raises(EvalcoreError, match="SD must be"):
        built("reliable", study, ReliableChoice("typed", sd=-1, reliability=0.8))


def test_an_index_that_is_not_defined_leaves_no_chart_and_says_why() -> None:
    finding = built("reliable", study_of(raised((6, 2))), ReliableChoice("", "hageman_arrindell"))
    assert finding.chart is None
    assert finding.sentence.startswith("No index: this method needs the SD after")


# --- the scatter and the table -----------------------------------------------------------------------------------


def test_the_scatter_draws_everyone_once_and_the_band_where_the_counts_change() -> None:
    study = study_of(MIXED)
    finding = built("reliable", study)
    marks = finding.chart.panels[0].marks
    people = [mark for mark in marks if isinstance(mark, Point)]
    assert (people[0].x, people[0].y) == (20, 11)
    assert people[0].label.endswith(": 2 people")
    assert len(people) == 5
    assert all(mark.individual and mark.group == "matched pre" for mark in people)
    same, above, below = (mark for mark in marks if isinstance(mark, Line))
    assert all(x == y for x, y in same.points)
    margin = above.points[0][1] - above.points[0][0]
    assert below.points[-1][1] - below.points[-1][0] == pytest.approx(-margin)
    assert counts(finding)[0] == sum(after - before > margin for before, after in MIXED)
    axis = finding.chart.panels[0].x
    assert all(
        axis.low <= value <= axis.high for mark in (same, above, below) for point in mark.points for value in point
    )


def test_no_verdict_stands_beside_anybody() -> None:
    for finding in everything(study_of(MIXED)):
        assert finding.people is None
        marks = finding.chart.panels[0].marks if finding.chart else ()
        words = "\n".join((finding.title, finding.sentence, *finding.notes, *(mark.label for mark in marks)))
        assert not re.search(r"P\d{4}", words + finding.table.to_csv())
        assert not [mark for mark in marks if isinstance(mark, Point) and "error" in mark.label]


@pytest.mark.parametrize(("people", "known"), [(raised((9, 2)), False), (raised((9, 2), (1, 9)), True)])
def test_shares_are_given_from_ten_people_on(people, known: bool) -> None:
    shares = built("reliable", study_of(people)).table["share"]
    assert shares.notna().all() == known
    assert shares.sum() == (100 if known else 0)


# --- movement between bands --------------------------------------------------------------------------------------


def test_movement_is_counted_from_band_to_band() -> None:
    people = [(20, 20), (20, 26), (20, 33), (26, 20), (26, 26), (33, 33), (33, 26), (26, None)]
    finding = built("movement", study_of(people, "swemwbs"))
    assert finding.table["before"].tolist() == ["low", "medium", "high"]
    assert finding.table.iloc[:, 1:].to_numpy().tolist() == [[1, 1, 1], [1, 1, 0], [0, 1, 1]]
    assert finding.title.endswith("2 of 7 in a higher band after, 2 in a lower one")
    assert "3 in the same" in finding.sentence
    assert "single source (secondary)" in finding.sentence


@pytest.mark.parametrize(
    ("instrument", "why"), [("gse", "no cut-off"), ("wemwbs", "depression"), ("uwes9", "not seen")]
)
def test_without_bands_that_were_read_in_a_source_nothing_is_counted(instrument: str, why: str) -> None:
    finding = built("movement", study_of([(30, 35)] * 3, instrument))
    assert (finding.chart, len(finding.table)) == (None, 0)
    assert why in finding.sentence


def test_unverified_bands_are_marked_and_only_chosen_by_a_person() -> None:
    finding = built("movement", study_of([(10, 45)] * 3, "uwes9"), "uwes9_dutch")
    assert finding.caution.startswith("Unverified")
    assert "unverified" in finding.sentence
    assert finding.table.to_numpy()[0].tolist() == ["very low", 0, 0, 0, 3, 0]


def test_nobody_is_put_into_a_band_of_depression() -> None:
    study = study_of([(40, 45)] * 3, "wemwbs")
    assert [scheme.id for scheme in schemes_of(measure_of(study))] == ["wemwbs_fifteen_per_cent"]
    with pytest.raises(UnknownNameError, match="There are: wemwbs_fifteen_per_cent"):
        built("movement", study, "wemwbs_warwick")


# --- the published thresholds, and the mean ----------------------------------------------------------------------


def test_every_published_threshold_is_named_with_level_source_and_counts() -> None:
    table = built("thresholds", study_of(raised((3, 0), (4, 3), (5, 7), (2, 8), (6, -3), start=40), "wemwbs")).table
    assert table["size"].tolist() == ["more than 6.6", "more than 8.6", "3 or more"]
    assert table["rose"].tolist() == [7, 0, 11]
    assert table["fell"].tolist() == [0, 0, 6]
    assert table["level"].unique().tolist() == ["individual"]
    assert table["source"].str.contains("single source").all()


def test_an_individual_threshold_never_judges_the_mean() -> None:
    finding = built("thresholds", study_of(TWELVE_UP, "swemwbs"))
    assert finding.title == "SWEMWBS: 2 published thresholds of change, none for a mean"
    assert "The mean change is held only against" in finding.sentence


@pytest.mark.parametrize(
    ("people", "size", "words"),
    [
        (raised((9, 4), (6, 5)), 3, "The whole interval is a rise of at least the 3 points"),
        (raised((9, -4), (6, -5)), 3, "The whole interval is a fall of at least the 3 points"),
        (raised((9, 0), (6, 1)), 3, "The whole interval is smaller, up or down, than the 3 points"),
        (raised((9, 0), (6, 6)), 3, "The interval holds changes both smaller and larger than the 3 points"),
        (raised((5, 4), (4, 5)), 3, "With fewer than 10 pairs it is not held against the 3 points"),
        (raised((12, 4)), 3, "it has no interval to hold against the 3 points"),
        ([(20, None)], 3, "There is no mean change to hold against the 3 points"),
    ],
)
def test_the_mean_is_held_against_what_was_set_with_a_reason(people, size: float, words: str) -> None:
    finding = built("thresholds", study_of(people), Bound(size, "Agreed with the service."))
    assert words in finding.sentence
    assert "(reason given: Agreed with the service)" in finding.sentence
    assert finding.table["rose"].isna().all()
    assert "Agreed" not in finding.outside.sentence


def test_without_a_reason_nothing_is_held_against_the_mean_and_below_zero_nothing_at_all() -> None:
    finding = built("thresholds", study_of(TWELVE_UP), Bound(3, " "))
    assert finding.table.empty
    assert "set with its reason" in finding.sentence
    with pytest.raises(EvalcoreError, match="above 0"):
        built("thresholds", study_of(TWELVE_UP), Bound(0, "Because."))


def test_the_plans_smallest_change_is_held_against_the_mean_unasked() -> None:
    study = study_of(TWELVE_UP)
    slug = measure_of(study).slug
    planned = study.fix_plan([Outcome(slug, "higher", 2.0, "Agreed.")], at="2026-05-03T09:00:00+00:00")
    finding = built("thresholds", planned)
    assert "a smallest change that matters of 2 points" in finding.title
    assert finding.table["source"].tolist() == ["The analysis plan, with its reason"]
    assert finding.table["level"].tolist() == ["group"]


# --- whatever the study ------------------------------------------------------------------------------------------

STUDIES = {
    "sample": sample_study,
    "one pair": lambda: study_of([(20, 25)]),
    "nobody twice": lambda: study_of([(20, None), (None, 25)], "swemwbs"),
    "only before": lambda: study_of([(20, None)] * 12, "wemwbs"),
    "all the same": lambda: study_of([(20, 20)] * 7, "swemwbs"),
    "mixed": lambda: study_of(MIXED, "swemwbs"),
    "mixed long": lambda: study_of([(a + 20, b + 20) for a, b in MIXED], "wemwbs"),
    "work": lambda: study_of([(20 + i % 9, 25 + i % 7) for i in range(40)], "uwes9", role="staff"),
    "no role": lambda: study_of(MIXED, role=""),
}


@pytest.mark.parametrize("name", STUDIES)
def test_words_columns_and_charts_hold_whatever_the_study(name: str) -> None:
    for finding in everything(STUDIES[name]()):
        _hold(finding)


def _hold(finding: Finding) -> None:
    assert [column.name for column in finding.columns] == list(finding.table.columns)
    assert len({column.label for column in finding.columns}) == len(finding.columns)
    for column in finding.columns:
        assert len(column.groups) == len(finding.table) or column.kind == "label"
        for value, keys in zip(finding.table[column.name], column.holders, strict=False):
            if keys and not pd.isna(value):
                assert value == finding.groups[keys[0]].n
                assert value + finding.groups[keys[1]].n == finding.groups["matched pre"].n
    form = finding.outside
    for text in (finding.title, finding.sentence, form.title, form.sentence, finding.topic, finding.definition):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\b1 (?:pairs|people|have)\b|\.\.|  ", text)
        assert not [word for word in rule_table().forbidden if word in text.lower()]
    for chart in (finding.chart, form.chart):
        for mark in chart.panels[0].marks if chart else ():
            assert mark.group in {"", *finding.groups}
            assert np.isfinite(
                [v for n in ("x", "y", "start", "end") if (v := getattr(mark, n, None)) is not None]
            ).all()
