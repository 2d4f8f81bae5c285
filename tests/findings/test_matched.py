"""The matched people: the table of the change with who rose and fell, the Bayes factor, the shape of the changes."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import HIDDEN, apply_disclosure
from evalcore.figures.chart import Bar, Line, Point
from evalcore.findings import Finding, build, measures
from evalcore.findings.before_after.matched.bayes import _compared
from evalcore.outcomes.bayes import bayes_factor
from evalcore.outcomes.normal_quantiles import normal_quantiles
from evalcore.outcomes.paired import paired_change
from evalcore.sample import sample_study
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.findings.pair_studies import POLICY, STUDIES, built, moving, outside, scores_study
from tests.findings.time_studies import only_measure

KINDS = ("change", "bayes", "normality")
DIRECTIONS = ["Rose", "Stayed the same", "Fell"]


def by_row(finding: Finding) -> pd.DataFrame:
    return finding.table.set_index("statistic")


# --- the table of the change -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STUDIES)
def test_the_table_holds_ranks_and_counts_as_computed(name: str) -> None:
    study = STUDIES[name]()
    finding = built(study, "change")
    change = paired_change(build_pairs(study), resamples=0)
    table = by_row(finding)
    rows = {
        ("Middle change (Hodges-Lehmann)", "middle"): change.hodges_lehmann,
        ("Middle change (Hodges-Lehmann)", "ci_low"): change.hodges_lehmann_ci_low,
        ("Middle change (Hodges-Lehmann)", "ci_high"): change.hodges_lehmann_ci_high,
        ("Rank-biserial correlation", "estimate"): change.rank_biserial,
        ("Rose", "people"): change.n_up,
        ("Stayed the same", "people"): change.n_same,
        ("Fell", "people"): change.n_down,
    }
    for (row, column), value in rows.items():
        found = table.loc[row, column]
        assert pd.isna(found) if value is None else found == value


def build_pairs(study):
    from evalcore.findings import Scores

    measure = only_measure(study)
    return Scores(study).pairs(measure.instrument, measure.scale, measure.roles)


def test_the_counts_are_those_of_their_groups() -> None:
    finding = built(scores_study(moving(6, 5, 7)), "change")
    table = by_row(finding)
    for label, key in zip(DIRECTIONS, ("rose", "stayed the same", "fell"), strict=True):
        having, others = finding.groups[key].people, finding.groups[f"not {key}"].people
        assert table.loc[label, "people"] == len(having) == finding.groups[f"{key}, ranked"].n
        assert having | others == finding.groups["matched pre"].people
        assert not having & others


def test_counts_leave_only_where_each_is_of_five_or_more() -> None:
    shown, hidden = (
        by_row(outside(built(scores_study(moving(*counts)), "change"))) for counts in ((6, 5, 7), (9, 5, 4))
    )
    assert shown.loc[DIRECTIONS, "people"].tolist() == [6, 5, 7]
    assert HIDDEN in hidden.loc[DIRECTIONS, "people"].tolist()
    assert hidden.loc["Fell", "people"] == HIDDEN


def test_ranks_do_not_tell_what_the_counts_may_not() -> None:
    """All nine rose: a rank-biserial of 1 would say so."""
    nine = by_row(outside(built(STUDIES["nine"](), "change")))
    assert nine.loc["Rank-biserial correlation", "estimate"] == HIDDEN
    assert nine.loc["Wilcoxon signed rank (exact)", "test_value"] == HIDDEN
    assert nine.loc["Mean change (paired t)", "estimate"] != HIDDEN
    many = by_row(outside(built(scores_study(moving(6, 5, 7)), "change")))
    assert many.loc["Rank-biserial correlation", "estimate"] != HIDDEN
    assert many.loc["Wilcoxon signed rank (exact)", "test_value"] != HIDDEN


@pytest.mark.parametrize(("n", "leaves"), [(9, False), (10, True)])
def test_hodges_lehmann_leaves_as_a_median_does(n: int, leaves: bool) -> None:
    """With six pairs its interval runs from the smallest change to the largest."""
    row = by_row(outside(built(scores_study([(20 + at % 7, 21 + at * 2 % 9) for at in range(n)]), "change"))).loc[
        "Middle change (Hodges-Lehmann)"
    ]
    assert [value != HIDDEN for value in (row["middle"], row["ci_low"], row["ci_high"])] == [leaves] * 3


def test_sites_and_the_whole_leave_in_any_order() -> None:
    study = scores_study(moving(14, 7, 9), sites=("X", "Y", "X", "X"))
    everything = [built(study, kind, site) for site in (None, "X", "Y") for kind in KINDS]
    for order in (everything, everything[::-1]):
        assert not breaches(exported_one_by_one(study, order, POLICY))
    assert not breaches(zip(everything, apply_disclosure(everything, POLICY).findings, strict=True))


def test_the_counts_of_a_site_do_not_give_those_of_the_others_back() -> None:
    study = scores_study(moving(12, 5, 8), sites=("X", "X", "X", "Y"))
    findings = [built(study, "change", site) for site in (None, "X")]
    whole, site = (
        by_row(one).loc[DIRECTIONS, "people"].tolist() for one in apply_disclosure(findings, POLICY).findings
    )
    left_over = [a - b for a, b in zip(whole, site, strict=True) if HIDDEN not in (a, b)]
    assert all(left >= 5 or left == 0 for left in left_over)


def test_the_reasons_of_the_claim_stand_with_it() -> None:
    finding = built(STUDIES["seven"](), "change")
    assert any("below 10" in reason for reason in finding.reasons)
    assert outside(finding).reasons == finding.outside.reasons != ()


# --- the Bayes factor --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ten", "twenty", "two hundred"])
def test_the_bayes_factor_stands_under_three_priors(name: str) -> None:
    study = STUDIES[name]()
    finding = built(study, "bayes")
    pairs = build_pairs(study)
    assert finding.table["prior"].tolist() == ["Medium, scale 0.707", "Wider, scale 1", "Narrower, scale 0.5"]
    for found, scale in zip(finding.table["bf10"], (0.707, 1.0, 0.5), strict=True):
        expected = bayes_factor(pairs, scale=scale).bf10
        assert found == expected or (pd.isna(found) and expected > 1e6)
        assert _compared(expected) in finding.sentence
    assert _compared(bayes_factor(pairs).bf10) in finding.title


@pytest.mark.parametrize(("name", "title"), [("seven", "3 more pairs needed"), ("nine", "1 more pair needed")])
def test_below_ten_pairs_it_says_how_many_are_missing(name: str, title: str) -> None:
    finding = built(STUDIES[name](), "bayes")
    assert title in finding.title
    assert finding.chart is None
    assert finding.table["bf10"].isna().all()


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1.0, "as likely under a change as under none"),
        (1.04, "as likely under a change as under none"),
        (1 / 1.04, "as likely under a change as under none"),
        (2.0, "2.0 times as likely under a change as under none"),
        (0.5, "2.0 times as likely under no change as under one"),
        (9.96, "10 times as likely under a change as under none"),
        (338.4, "340 times as likely under a change as under none"),
        (1_001.0, "more than 1,000 times as likely under a change as under none"),
    ],
)
def test_a_factor_in_words(factor: float, words: str) -> None:
    assert _compared(factor) == words


@pytest.mark.parametrize(("rose", "turns"), [(6, False), (9, True), (14, False)])
def test_a_factor_on_both_sides_of_one_depends_on_the_prior(rose: int, turns: bool) -> None:
    changes = [1] * rose + [-1] * 3 + [0] * 3
    finding = built(scores_study([(20 + at % 6, 20 + at % 6 + change) for at, change in enumerate(changes)]), "bayes")
    factors = finding.table["bf10"]
    assert bool(factors.min() < 1 < factors.max()) is turns
    assert ("depends on the prior" in finding.sentence) is turns


def test_equal_changes_have_no_bayes_factor() -> None:
    finding = built(scores_study([(20 + at, 22 + at) for at in range(11)]), "bayes")
    assert "no Bayes factor can be given" in finding.title
    assert any("all changes are equal" in note for note in finding.notes)


# --- the shape of the changes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["seven", "twenty", "two hundred"])
def test_the_picture_holds_every_change_twice(name: str) -> None:
    study = STUDIES[name]()
    finding = built(study, "normality")
    matched = build_pairs(study).matched
    changes = np.sort((matched["post"] - matched["pre"]).to_numpy())
    left, right = finding.chart.panels  # type: ignore[union-attr]
    assert left.y == right.y
    points = [mark for mark in right.marks if isinstance(mark, Point)]
    expected = normal_quantiles(changes)
    assert [mark.y for mark in points] == changes.tolist()
    assert [mark.x for mark in points] == expected.quantiles.tolist()
    (line,) = (mark for mark in right.marks if isinstance(mark, Line))
    assert all(y == pytest.approx(expected.intercept + expected.slope * x) for x, y in line.points)
    if name == "two hundred":
        bars = [mark for mark in left.marks if isinstance(mark, Bar)]
        assert sum(int(re.search(r"(\d+) p", bar.label).group(1)) for bar in bars) == 200  # type: ignore[union-attr]
    else:
        dots = [mark for mark in left.marks if isinstance(mark, Point)]
        assert sorted(mark.y for mark in dots) == changes.tolist()
        assert len({(mark.x, mark.y) for mark in dots}) == len(dots)
    marks = [mark for panel in (left, right) for mark in panel.marks if isinstance(mark, Point | Bar)]
    assert all(mark.individual for mark in marks)


def test_the_test_is_a_footnote_with_its_n() -> None:
    finding = built(STUDIES["twenty"](), "normality")
    assert re.fullmatch(r"Shapiro-Wilk test of the changes: p [<=] \d\.\d{3} \(n = 20 pairs\)\.", finding.notes[0])
    assert "Shapiro" not in finding.title + finding.sentence


@pytest.mark.parametrize("name", ["one pair", "two pairs", "all equal", "nobody twice"])
def test_without_a_shape_there_is_no_picture_and_a_reason(name: str) -> None:
    finding = built(STUDIES[name](), "normality")
    assert finding.chart is None
    assert finding.notes[0]
    assert finding.table["p_shapiro"].isna().all()
    assert ("all changes are equal" in finding.sentence) is (name == "all equal")


def test_no_single_change_leaves() -> None:
    study = scores_study([(20 + at % 7, 21 + at * 3 % 11) for at in range(24)] + [(12, 39)])
    after = outside(built(study, "normality"))
    assert after.chart is None
    assert "27" not in everything_said(after).replace("2 7", "")
    assert "The picture shows single people" in after.sentence


# --- every study -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("kind", [*KINDS, "everyone"])
def test_words_and_columns_hold_whatever_the_study(name: str, kind: str) -> None:
    finding = built(STUDIES[name](), kind)
    assert [column.name for column in finding.columns] == list(finding.table.columns)
    assert len({column.label for column in finding.columns}) == len(finding.columns)
    for column in finding.columns:
        assert len(column.groups) in (0, len(finding.table))
        assert column.groups or column.kind in ("label", "text")
        assert {key for keys in (*column.groups, *column.holders) for key in keys} <= set(finding.groups)
        for value, keys in zip(finding.table[column.name], column.groups, strict=False):
            if column.kind == "fieldwork" and not pd.isna(value):
                assert value == finding.groups[keys[0]].n
    form = finding.outside
    texts = (finding.title, finding.sentence, finding.caution, form.title, form.sentence, form.caution, finding.topic)
    charts = [chart for chart in (finding.chart, form.chart) if chart]
    for text in (*texts, *finding.notes, *(chart.how_to_read + chart.n for chart in charts)):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b(?! of)|\b1 (?:pairs|people|have|matched pairs)\b", text)
        assert not [word for word in rule_table().forbidden if word in text.lower()]
    if finding.groups["matched pre"].n < 10:
        assert not re.search(r"p [=<] ", finding.title + finding.sentence + finding.caution)
    for chart in charts:
        for mark in (mark for panel in chart.panels for mark in panel.marks):
            assert mark.group in {"", *finding.groups}


def test_the_sample_study_in_words() -> None:
    study = sample_study()
    gse = measures(study, "service user")[0]
    assert build("bayes", study, gse).title == "GSE, service users: 3 more pairs needed for a Bayes factor"
    finding = build("normality", study, gse)
    assert finding.title == "GSE, service users: 7 changes, each beside where a normal distribution would put it"
    assert by_row(build("change", study, gse, resamples=0)).loc[DIRECTIONS, "people"].tolist() == [3, 3, 1]
