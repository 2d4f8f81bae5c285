"""How it was filled in: each way's numbers, what is not recorded, and what may leave."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.columns import WAVES
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Point
from evalcore.findings import Finding, build, findings_for, measures
from evalcore.findings.before_after.when.circumstances import MOST_WAYS, NOT_RECORDED, OTHER
from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches, exported_one_by_one
from tests.findings.time_studies import Answer, only_measure, study_of

POLICY = DisclosurePolicy()


def twice(who: str, before: str, after: str, *, scores: tuple[int, int] = (25, 27), **more: str) -> list[Answer]:
    return [Answer(who, wave, n, how=how, **more) for wave, n, how in zip(WAVES, scores, (before, after), strict=True)]


def mixed(alone: int, helped: int, blank: int = 0, **more: str) -> Study:
    ways = ["alone"] * alone + ["read aloud"] * helped + [""] * blank
    people = [twice(f"P{i:03d}", way, "alone", scores=(20 + i % 7, 22 + i % 5), **more) for i, way in enumerate(ways)]
    return study_of([answer for both in people for answer in both])


def built(study: Study, site: str | None = None) -> Finding:
    return build("circumstances", study, only_measure(study), site)


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def test_each_way_has_its_n_mean_sd_and_interval() -> None:
    study = mixed(6, 3, 2)
    table = built(study).table
    rows = study.responses[study.responses["wave"] == "pre"].assign(
        score=lambda rows: rows.filter(like="gse_").sum(axis=1),
        how=lambda rows: rows["how_completed"].astype(object).where(rows["how_completed"].notna(), NOT_RECORDED),
    )
    for way, scores in rows.groupby("how")["score"]:
        line = table[(table["when"] == "Before") & (table["how"] == way)].iloc[0]
        expected = describe(
            match(pd.Series(scores.to_numpy(), index=rows["respondent_id"][scores.index]), pd.Series(dtype=float))
        )
        for name in ("n", "mean", "sd"):
            assert line[name] == pytest.approx(expected.loc["all pre", name])
        for name in ("ci_low", "ci_high"):
            value = expected.loc["all pre", name] if len(scores) > 2 else float("nan")
            assert line[name] == pytest.approx(value, nan_ok=True)


def test_the_changes_stand_by_both_ways() -> None:
    study = study_of(
        [
            *twice("A", "alone", "read aloud", scores=(20, 24)),
            *twice("B", "alone", "read aloud", scores=(20, 26)),
            *twice("C", "alone", "alone"),
        ]
    )
    table = built(study).table
    changes = table[table["when"] == "Change"].set_index("how")
    assert changes["n"].to_dict() == {"alone → read aloud": 2, "alone → alone": 1}
    assert changes["change"].to_dict() == {"alone → read aloud": 5, "alone → alone": 2}
    assert changes["mean"].isna().all()


def test_every_score_is_counted_once_and_what_is_not_recorded_is_said() -> None:
    finding = built(mixed(6, 3, 2))
    n = finding.table.groupby("when")["n"].sum()
    assert n.to_dict() == {"Before": 11, "After": 11, "Change": 11}
    assert finding.table.loc[finding.table["how"] == NOT_RECORDED, "n"].tolist() == [2]
    assert "; of 2 it is not recorded." in finding.sentence


def test_the_sentence_is_careful() -> None:
    assert built(mixed(2, 1)).sentence == (
        "Before, the mean GSE was 20.5 where it says “alone” (n = 2) and 22.0 where it says “read aloud” (n = 1)."
        " After, the mean GSE was 23.0 where it says “alone” (n = 3). Groups this small differ by chance."
    )
    assert "by chance" not in built(mixed(60, 60)).sentence
    assert "was not decided by chance" in built(mixed(60, 60)).caution


def test_no_test_is_made() -> None:
    assert not [column for column in built(mixed(40, 40)).columns if column.kind == "test"]


def test_texts_that_differ_in_capitals_and_spaces_are_one() -> None:
    study = study_of([Answer(f"P{i}", "pre", how=how) for i, how in enumerate(("Alone", "alone ", "ALONE", "Alone"))])
    assert built(study).table[["how", "n"]].to_numpy().tolist() == [["Alone", 4]]


def test_rare_ways_are_counted_together() -> None:
    ways = [f"way {i}" for i in range(MOST_WAYS + 4) for _ in range(MOST_WAYS + 4 - i)]
    table = built(study_of([Answer(f"P{i:03d}", "pre", how=how) for i, how in enumerate(ways)])).table
    assert len(table) == MOST_WAYS
    assert table["how"].tolist()[-1] == OTHER
    assert table["n"].sum() == len(ways)


def test_exactly_as_many_ways_as_are_shown_keep_their_names() -> None:
    ways = [f"way {i}" for i in range(MOST_WAYS)]
    table = built(study_of([Answer(f"P{i:03d}", "pre", how=how) for i, how in enumerate(ways)])).table
    assert sorted(table["how"]) == ways


def test_nothing_recorded_says_which_column_would_tell() -> None:
    finding = built(mixed(0, 0, 3).without("answers.csv").add(*study_of([Answer("A", "pre")]).intakes))
    assert finding.chart is None
    assert "how_completed" in finding.sentence
    assert finding.title == "GSE, service users: how the questionnaires were filled in is not recorded"


def test_the_chart_has_a_dot_for_each_way_and_wave() -> None:
    finding = built(mixed(6, 3, 2))
    assert finding.chart is not None
    panel = finding.chart.panels[0]
    dots = [mark for mark in panel.marks if isinstance(mark, Point)]
    assert [(dot.kind, dot.text.split()[-1]) for dot in dots] == [
        ("pre", "6)"),
        ("pre", "3)"),
        ("pre", "2)"),
        ("post", "11)"),
    ]
    assert [label for _, label in panel.y.ticks] == ["Alone", "Read aloud", "Not recorded"]
    assert len({(dot.x, dot.y) for dot in dots}) == len(dots)


# --- what may leave ----------------------------------------------------------------------------------------------


def test_few_people_helped_hide_both_counts_and_both_means() -> None:
    after = outside(built(mixed(12, 3)))
    before = after.table[after.table["when"] == "Before"]
    assert before[["n", "mean"]].to_numpy().tolist() == [[HIDDEN, HIDDEN]] * 2
    assert "not shown outside" in after.title
    assert [mark.kind for panel in after.chart.panels for mark in panel.marks] == ["post", "post"]
    assert "read aloud" not in after.sentence


def test_large_groups_leave_with_their_words() -> None:
    after = outside(built(mixed(12, 8)))
    before = after.table[after.table["when"] == "Before"]
    assert before["n"].tolist() == [12, 8]
    assert "where it says “read aloud” (n = 8)" in after.sentence


def test_a_way_of_everybody_in_a_small_group_is_not_counted_outside() -> None:
    after = outside(built(mixed(7, 0)))
    assert after.table["n"].tolist() == [HIDDEN] * 3
    assert "not shown outside" in after.title


def test_a_site_and_the_whole_do_not_give_the_other_sites_few_away() -> None:
    ways = [*["read aloud"] * 7, *["alone"] * 13, *["read aloud"] * 3, *["alone"] * 12]
    study = study_of([Answer(f"P{i:03d}", "pre", how=way, site="XY"[i > 19]) for i, way in enumerate(ways)])
    whole, site = (one.table for one in apply_disclosure([built(study), built(study, "X")], POLICY).findings)
    assert whole["n"].tolist() == [25, 10]
    assert site["n"].tolist() == [HIDDEN, HIDDEN]


def test_the_sample_study_tells_nothing_of_a_few_people() -> None:
    study = sample_study()
    findings = [one for one in findings_for(study, resamples=0) if one.id.split(".")[1] in ("gse", "swemwbs")]
    together = apply_disclosure(findings, POLICY).findings
    assert not breaches(zip(findings, together, strict=True))
    circumstances = [one for one in findings if one.id.startswith(("circumstances", "change", "summary"))]
    assert not breaches(exported_one_by_one(study, circumstances, POLICY))
    assert not breaches(exported_one_by_one(study, circumstances[::-1], POLICY))


def test_counts_of_two_questionnaires_do_not_give_each_other_back() -> None:
    """Whoever filled in one questionnaire with help did so with the other: the counts are held together."""
    study = sample_study()
    gse, swemwbs = (build("circumstances", study, one) for one in measures(study, "service user"))
    counted = "having: how it was filled in, before: paper with help"
    for finding in (gse, swemwbs):
        assert finding.groups["counted before: paper with help"].measure == counted


def test_each_way_is_counted_beside_all_others() -> None:
    groups = built(mixed(3, 2, 1)).groups
    for way in ("alone", "read aloud", NOT_RECORDED):
        own, others = (groups[f"{no}counted before: {way}"].people for no in ("", "not "))
        assert not own & others
        assert own | others == groups["all pre"].people
        assert groups[f"before: {way}"].people == own


def test_a_site_stands_beside_the_whole() -> None:
    study = study_of(
        [
            answer
            for i in range(30)
            for answer in twice(f"P{i:03d}", ("alone", "read aloud")[i % 3 == 0], "alone", site=("X", "Y")[i > 14])
        ]
    )
    findings = [built(study, site) for site in (None, "X", "Y")]
    assert findings[1].groups["whole group: before: alone"].people == findings[0].groups["before: alone"].people
    assert findings[1].by_site
    for order in (findings, findings[::-1]):
        assert not breaches(exported_one_by_one(study, order, POLICY))
