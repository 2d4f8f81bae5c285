"""Who is missing: those who left beside those who stayed at the start, and what of it may leave."""

from __future__ import annotations

import re

import numpy as np
import pytest

from evalcore.claims import rule_table
from evalcore.columns import SITE
from evalcore.disclosure import HIDDEN, apply_disclosure
from evalcore.figures.chart import Interval, Point
from evalcore.findings import Scores, build, measures, sites
from evalcore.findings.before_after.missing.start_rows import MOST_GROUPS, OTHER
from evalcore.sample import sample_study
from tests.disclosure.attack import breaches, exported_one_by_one
from tests.findings.missing_studies import GROUPS, POLICY, built, many, marks, outside
from tests.findings.time_studies import Answer, only_measure, pair, study_of

# --- the start, group by group -----------------------------------------------------------------------------------


def test_the_row_of_a_site_is_what_choosing_the_site_shows() -> None:
    study = sample_study()
    scores = Scores(study)
    for measure in measures(study, scores=scores)[:2]:
        table = build("start", study, measure, scores=scores).table
        rows = table[table["by"] == "Site"].set_index("group")
        assert rows["n_stayed"].sum() + rows["n_left"].sum() == table["n_stayed"].iloc[0] + table["n_left"].iloc[0]
        for site in sites(study):
            alone = build("leavers", study, measure, site, scores=scores).table.iloc[0]
            shared = [name for name in alone.index if name in rows and name != "measure"]
            assert rows.loc[site, shared].astype(float).tolist() == pytest.approx(
                alone[shared].astype(float).tolist(), nan_ok=True
            )


def test_people_are_told_apart_by_role_site_sex_and_status_and_at_a_site_by_role_alone() -> None:
    study = sample_study()
    users = next(one for one in measures(study) if not one.of_staff)
    assert list(build("start", study, users).table["by"].unique()) == ["", "Site", "Sex", "Status"]
    assert build("start", study, users, sites(study)[0]).table["group"].tolist() == ["Everyone"]
    staff = [
        answer for i in range(12) for answer in pair(f"S{i}", 16, 20 + i, role=("staff", "volunteer")[i % 2], site="X")
    ]
    staff += [
        Answer(f"L{i}", "pre", 21 + i, role=("staff", "volunteer")[i % 2], site="XY"[i // 2 % 2]) for i in range(8)
    ]
    both = study_of(staff)
    assert list(built(both, "start").table["by"].unique()) == ["", "Role", "Site"]
    assert built(both, "start", "X").table["group"].tolist() == ["Everyone", "Staff", "Volunteer"]


def test_groups_too_small_are_named_and_not_drawn() -> None:
    study = sample_study()
    finding = build("start", study, next(one for one in measures(study) if one.slug.startswith("swemwbs")))
    drawn = finding.table.index[finding.table["ci_low"].notna()]
    assert len(marks(finding, Point)) == len(marks(finding, Interval)) == len(drawn) == 5
    assert [mark.row for mark in marks(finding, Point)] == list(drawn)  # type: ignore[attr-defined]
    for row in finding.table.drop(drawn).itertuples():
        assert min(row.n_stayed, row.n_left) < 2
        assert f"{row.group} ({row.n_stayed} stayed, {row.n_left} left)" in finding.sentence
    named = [label for _, label in finding.chart.panels[0].y.ticks]  # type: ignore[union-attr]
    assert named == finding.table.loc[drawn, "group"].tolist()[::-1]
    assert "Not drawn, because fewer than two people stayed or left: Site 2" in finding.sentence


def test_each_row_says_how_many_stayed_and_left() -> None:
    finding = built(many(30, 20), "start")
    for mark in marks(finding, Point):
        row = finding.table.iloc[mark.row]  # type: ignore[attr-defined]
        assert f"({row['n_stayed']} stayed, {row['n_left']} left)" in mark.text  # type: ignore[attr-defined]
        assert mark.x == row["difference"]  # type: ignore[attr-defined]


def test_the_largest_of_many_sites_stand_by_name_and_the_rest_together() -> None:
    study = many(60, 60, groups="ABCDEFGHIJKLMNOPQRSTUVWX")
    finding = built(study, "start")
    rows = finding.table[finding.table["by"] == "Site"]
    assert len(rows) == MOST_GROUPS
    assert rows[["n_stayed", "n_left"]].sum().tolist() == [60, 60]
    assert OTHER in rows["group"].tolist()
    assert f"Site: the {MOST_GROUPS - 1} largest stand by name." in finding.notes


@pytest.mark.parametrize(
    ("stayed", "left", "said"),
    [(5, 0, "nobody left"), (0, 5, "nobody stayed"), (1, 1, "scored"), (2, 1, "no interval"), (4, 4, "95 % interval")],
)
def test_what_can_not_be_compared_is_said(stayed: int, left: int, said: str) -> None:
    finding = built(many(stayed, left), "start")
    assert said in finding.title + finding.sentence
    assert (finding.chart is None) == (min(stayed, left) < 2)


def test_groups_whose_scores_are_all_equal_are_named() -> None:
    answers = [answer for i in range(4) for answer in pair(f"S{i}", 16, 20, site="X" if i < 2 else "Y")]
    answers += [Answer(f"L{i}", "pre", 20 if i < 2 else 22 + i, site="X" if i < 2 else "Y") for i in range(4)]
    assert (
        "Not drawn, because all scores are equal: X (2 stayed, 2 left)." in built(study_of(answers), "start").sentence
    )


def test_rows_by_site_never_leave() -> None:
    for role in ("service user", "staff"):
        finding = built(many(40, 40, role=role), "start")
        after = outside(finding)
        assert "Site" in finding.table["by"].tolist()
        assert "Site" not in after.table["by"].tolist()
        assert "choose a site" in finding.outside.name
        named = {label for _, label in after.chart.panels[0].y.ticks}  # type: ignore[union-attr]
        assert not named & set(GROUPS)
        assert not {key for key in finding.groups if f"{SITE}:" in key}


def test_rows_by_sex_leave_where_enough_are_behind_them() -> None:
    large, small = (outside(built(many(*sizes), "start")) for sizes in ((40, 40), (9, 30)))
    assert large.table["by"].tolist() == ["", "Sex", "Sex"]
    assert HIDDEN not in large.table.to_numpy()
    assert len(marks(large, Point)) == 3
    rows = small.table.set_index("by")
    assert (rows.loc["Sex", ["n_stayed", "mean_stayed", "difference"]] == HIDDEN).all().all()
    assert rows.loc["", "n_stayed"] == 9
    assert len(marks(small, Point)) == 1


def test_each_count_names_those_who_have_it_and_those_who_are_known_not_to() -> None:
    finding = built(many(40, 30), "start")
    counts = {column.name: column for column in finding.columns if column.kind == "characteristic"}
    assert set(counts) == {"n_stayed", "n_left"}
    for name, whole in (("n_stayed", "stayed"), ("n_left", "left")):
        for row, (keys, by) in enumerate(zip(counts[name].holders, finding.table["by"], strict=True)):
            assert bool(keys) == (by == "Sex")
            if keys:
                having, others = (finding.groups[key].people for key in keys)
                assert len(having) == finding.table[name].iloc[row]
                assert having | others == finding.groups[whole].people
                assert not having & others


def test_every_mark_outside_goes_with_its_row() -> None:
    chart = built(many(40, 30), "start").outside.chart
    for mark in chart.panels[0].marks[1:]:  # type: ignore[union-attr]
        assert mark.group
        assert mark.row is not None  # type: ignore[union-attr]


@pytest.mark.parametrize("reverse", [False, True])
def test_what_leaves_tells_of_no_few_people(reverse: bool) -> None:
    study = many(14, 12, groups="XY")
    measure = only_measure(study)
    kinds = [
        ("leavers", None),
        ("start", None),
        ("tipping", None),
        ("tipping", 2.0),
        ("change", None),
        ("groups", None),
    ]
    everything = [
        build(kind, study, measure, site, choice=choice, resamples=0)
        for site in (None, *"XY")
        for kind, choice in kinds
    ]
    found = exported_one_by_one(study, everything[::-1] if reverse else everything, POLICY)
    assert not breaches(found)
    whole = next(after for before, after in found if before.id == f"start.{measure.slug}")
    assert HIDDEN not in whole.table.iloc[0].to_numpy()
    assert not breaches(zip(everything, apply_disclosure(everything, POLICY).findings, strict=True))


# --- both --------------------------------------------------------------------------------------------------------

STUDIES = {
    "nobody": lambda: study_of([Answer("A", "post")]),
    "one before": lambda: study_of([Answer("A", "pre")]),
    "one pair": lambda: many(1, 0),
    "two": lambda: many(1, 1),
    "three pairs": lambda: many(3, 2),
    "all equal": lambda: many(12, 5, change=(1,)),
    "nobody changed": lambda: many(12, 5, change=(0,)),
    "ordinary": lambda: many(25, 15),
    "two thousand": lambda: many(1_200, 800),
}


@pytest.mark.parametrize("name", STUDIES)
def test_words_and_columns_hold_whatever_the_study(name: str) -> None:
    study = STUDIES[name]()
    for kind, choice in (("start", None), ("tipping", None), ("tipping", -4.0), ("leavers", None), ("reasons", None)):
        finding = built(study, kind, choice=choice)
        assert [column.name for column in finding.columns] == list(finding.table.columns)
        assert len({column.label for column in finding.columns}) == len(finding.columns)
        for column in finding.columns:
            assert len(column.groups) in (0, len(finding.table))
            assert {key for keys in (*column.groups, *column.holders) for key in keys} <= set(finding.groups)
        form = finding.outside
        texts = [
            finding.title,
            finding.sentence,
            finding.caution,
            form.title,
            form.sentence,
            form.caution,
            finding.topic,
        ]
        for text in texts:
            assert text.strip() == text
            assert text
            assert "  " not in text
            assert not re.search(r"\bnan\b|\bNone\b(?! of)|\b1 (?:pairs|people|were|have)\b|p [=<]", text)
            assert not [word for word in rule_table().forbidden if word in text.lower()]
        for chart in (finding.chart, form.chart):
            for mark in chart.panels[0].marks if chart else ():
                assert mark.group in {"", *finding.groups}
                numbers = [value for n in ("x", "y", "low", "high") if (value := getattr(mark, n, None)) is not None]
                assert np.isfinite(numbers).all()
