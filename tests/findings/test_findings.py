"""Findings: which there are; that their numbers are those of the outcomes; that chart, table and words agree."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Box
from evalcore.findings import KINDS, PEOPLE_KINDS, WAVE_KINDS, Scores, build, findings_for, measures, sites
from evalcore.findings.dots import ROWS
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.scoring import score
from evalcore.sample import sample_study
from evalcore.study import Study

KNOWN = json.loads((Path(__file__).parents[2] / "sample_data" / "known_answers.json").read_text(encoding="utf-8"))


def small_study(pre, post, *, roster=True, role="service user"):
    """Everyone of `pre` and `post` answers GSE; each name's digits make the answers."""
    rows = [
        {"respondent_id": who, "wave": wave, "role": role}
        | {f"gse_{i}": 1 + (int(who[1:]) * i + (wave == "post")) % 4 for i in range(1, 11)}
        for wave, names in (("pre", pre), ("post", post))
        for who in names
    ]
    asked = [{"respondent_id": who, "role": role, "consent": "given"} for who in sorted({*pre, *post})]
    study = replace(Study.empty("Small"), responses=pd.DataFrame(rows))
    return replace(study, roster=pd.DataFrame(asked)) if roster else study


def names(n):
    return [f"P{i}" for i in range(1, n + 1)]


STUDIES = {
    "sample": sample_study,
    "empty": lambda: Study.empty("Empty"),
    "one person": lambda: small_study(names(1), names(1)),
    "two people": lambda: small_study(names(2), names(2)),
    "nobody twice": lambda: small_study(["P1", "P2"], ["P3"]),
    "before only": lambda: small_study(names(3), []),
    "after only": lambda: small_study([], names(3)),
    "no roster": lambda: small_study(names(6), names(4), roster=False),
    "twelve pairs": lambda: small_study(names(12), names(12)),
    "forty pairs": lambda: small_study(names(50), names(40)),
}


@pytest.fixture(params=STUDIES, scope="module")
def findings(request):
    return findings_for(STUDIES[request.param](), resamples=0)


@pytest.fixture(scope="module")
def sample_findings():
    return {finding.id: finding for finding in findings_for(sample_study(), resamples=0)}


def test_every_measure_has_every_kind_once(sample_findings):
    slugs = [measure.slug for measure in measures(sample_study())]
    assert slugs == [
        "gse.total.service-users",
        "gse.total.staff-and-volunteers",
        "swemwbs.total.service-users",
        "uwes9.total.staff-and-volunteers",
        *(f"uwes9.{name}.staff-and-volunteers" for name in ("vigor", "dedication", "absorption")),
    ]
    of_waves = {f"{kind}.{slug}.{wave}" for kind in WAVE_KINDS for slug in slugs for wave in ("before", "after")}
    of_people = {f"{kind.replace('_', '-')}.people" for kind in PEOPLE_KINDS}
    of_measures = {f"{kind.replace('_', '-')}.{slug}" for kind in KINDS for slug in slugs}
    of_time = {f"{kind}.{slug}" for kind in ("timing", "circumstances") for slug in slugs}
    of_study = {"holds.study", "outcomes.everyone", "feasibility.study"}
    assert set(sample_findings) == of_study | of_measures | of_waves | of_people | of_time


@pytest.mark.parametrize("line", KNOWN["published_table"], ids=lambda line: f"{line['instrument']} {line['group']}")
def test_the_published_table_comes_out_of_the_summaries(sample_findings, line):
    group = "service-users" if line["role"] == "service user" else "staff-and-volunteers"
    table = sample_findings[f"summary.{line['instrument']}.{line['scale']}.{group}"].table.set_index("group")
    row = table.loc[ROWS[line["group"]]]
    assert (row["n"], round(row["mean"], 5), round(row["sd"], 5)) == (line["n"], line["mean"], line["sd"])


def test_the_change_table_holds_the_paired_change(sample_findings):
    study = sample_study()
    for measure in measures(study):
        scores = score(study.responses, measure.instrument)
        pairs = match_scores(scores, scale=measure.scale, role=measure.roles)
        change = paired_change(pairs, resamples=0)
        table = sample_findings[f"change.{measure.slug}"].table.set_index("statistic")
        t = table.loc["Mean change (paired t)"]
        wanted = {
            "estimate": change.mean_change,
            "sd": change.sd_change,
            "ci_low": change.ci_low,
            "ci_high": change.ci_high,
            "test_value": change.t,
            "df": change.df,
            "p_value": change.p_value,
        }
        assert t[list(wanted)].tolist() == pytest.approx(list(wanted.values()), abs=1e-12)
        assert table.loc["d_z", "estimate"] == change.cohens_dz
        assert table.loc["d_av", "estimate"] == change.cohens_dav
        assert table.loc["g_av", "estimate"] == change.hedges_gav
        wilcoxon = table[table.index.str.startswith("Wilcoxon")].iloc[0]
        assert (wilcoxon["test_value"], wilcoxon["p_value"]) == (change.wilcoxon_w, change.wilcoxon_p)


def test_columns_describe_the_table_and_its_groups(findings):
    for finding in findings:
        assert [column.name for column in finding.columns] == list(finding.table.columns)
        labels = [column.label for column in finding.columns]
        assert len(set(labels)) == len(labels)
        for column in finding.columns:
            assert len(column.groups) in (0, len(finding.table))
            assert {key for keys in column.groups for key in keys} <= set(finding.groups)
            if column.kind in ("mean", "sd", "interval", "quartile", "extreme", "rate", "test"):
                assert len(column.groups) == len(finding.table)
        assert set(finding.outside.rests_on) <= set(finding.groups)


def test_n_in_a_table_is_the_size_of_the_group(findings):
    for finding in findings:
        if finding.id.startswith("holds"):
            continue
        for column in finding.columns:
            if column.kind == "fieldwork" and column.name != "set_aside":
                for value, keys in zip(finding.table[column.name], column.groups, strict=True):
                    assert not keys or pd.isna(value) or value == finding.groups[keys[0]].n


def test_no_word_claims_more_than_the_data(findings):
    for finding in findings:
        charts = [chart for chart in (finding.chart, finding.outside.chart) if chart]
        texts = [finding.title, finding.sentence, finding.outside.title, finding.outside.sentence]
        texts += [finding.definition, finding.topic, *(c.how_to_read + c.n for c in charts)]
        if charts or ".people" not in finding.id:
            texts += [finding.caution, finding.outside.caution]
        for text in texts:
            assert text.strip()
            assert not [word for word in rule_table().forbidden if re.search(rf"\b{word}", text.lower())]
            assert not re.search(r"\bnan\b|\bNone\b(?! of)", text)


def test_no_p_in_the_words_below_ten_pairs(findings):
    for finding in findings:
        if finding.table.empty or "Pairs" not in [column.label for column in finding.columns]:
            continue
        if finding.table["n"].iloc[0] < 10:
            assert "p = " not in finding.title + finding.sentence + finding.caution


@pytest.mark.parametrize(("people", "given"), [(2, False), (3, True)])
def test_a_mean_has_an_interval_from_three_people_on(people, given):
    study = small_study(names(people), names(people))
    found = build("groups", study, measures(study)[0])
    row = found.table.set_index("group").loc["All, before"]
    assert pd.notna(row["sd"])
    assert bool(pd.notna(row[["ci_low", "ci_high"]]).all()) == given


def test_no_more_digits_than_a_small_group_deserves(findings):
    for finding in findings:
        if finding.groups and finding.id.startswith(("summary", "change", "groups", "leavers")):
            words = re.sub(r"p [<=] 0\.\d{3}", "", finding.title + finding.sentence)
            assert not re.search(r"\d\.\d{3}" if "uwes9" in finding.id else r"\d\.\d{2}", words)
            if all(group.n < 10 for group in finding.groups.values()):
                assert not re.search(r"\d\.\d{2}", finding.outside.title + finding.outside.sentence)


def test_marks_name_their_group_and_outside_nobody_is_single(findings):
    for finding in findings:
        for chart, outside in ((finding.chart, False), (finding.outside.chart, True)):
            for panel in chart.panels if chart else ():
                assert {mark.group for mark in panel.marks} - {""} <= set(finding.groups)
                assert not (outside and any(mark.individual for mark in panel.marks))


def test_positions_outside_are_no_more_exact_than_the_words(sample_findings):
    for finding in sample_findings.values():
        if finding.id.startswith("trail") or finding.outside.chart is None:
            continue
        for panel in finding.outside.chart.panels:
            for mark in panel.marks:
                if mark.group and finding.groups[mark.group].n < 10:
                    numbers = [getattr(mark, name, 0.0) for name in ("x", "y", "low", "high")]
                    numbers += [value for point in getattr(mark, "points", ()) for value in point]
                    assert all(round(value, 1) == value for value in numbers)


def test_the_estimation_plot_has_a_line_a_person_and_its_own_axis_for_the_change(sample_findings):
    finding = sample_findings["change.swemwbs.total.service-users"]
    people, change = finding.chart.panels
    assert sum(mark.individual for mark in people.marks) == finding.groups["matched pre"].n
    assert people.y.title != change.y.title
    assert any(getattr(mark, "low", None) == getattr(mark, "high", None) == 0 for mark in change.marks)


def test_the_boxes_of_a_trail_lie_inside_and_apart(findings):
    for finding in findings:
        if not finding.id.startswith("trail"):
            continue
        boxes = [mark for mark in finding.chart.panels[0].marks if isinstance(mark, Box)]
        for box in boxes:
            assert box.width / 2 <= box.x <= 1 - box.width / 2
            assert box.height / 2 <= box.y <= 1 - box.height / 2
        for one in boxes:
            for other in boxes:
                apart = abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height
                assert one is other or apart


def test_roles_are_never_pooled():
    found = measures(sample_study(), ("service user", "staff"))
    assert {measure.roles for measure in found} == {("service user",), ("staff",)}


def test_a_role_that_did_not_answer_has_no_measure():
    assert measures(sample_study(), "volunteer") == ()
    assert findings_for(sample_study(), role="volunteer") == ()


def test_one_identifier_in_two_roles_is_two_people():
    staff, users = small_study(names(3), names(2), role="staff"), small_study(names(4), names(4))
    both = [pd.concat([getattr(staff, table), getattr(users, table)]) for table in ("responses", "roster")]
    study = replace(Study.empty(), responses=both[0].reset_index(drop=True), roster=both[1].reset_index(drop=True))
    groups = [build("groups", study, measure).groups["all pre"].people for measure in measures(study)]
    assert [len(people) for people in groups] == [4, 3]
    assert not groups[0] & groups[1]


def test_a_site_has_its_own_identifier_and_stands_beside_the_whole():
    study = sample_study()
    measure = measures(study, "service user")[0]
    finding = build("summary", study, measure, sites(study)[1])
    assert finding.id == "summary.gse.total.service-users.site-2"
    assert finding.by_site
    whole = build("summary", study, measure).groups["all pre"]
    assert finding.groups["whole group: all pre"].people == whole.people
    assert finding.groups["all pre"].people < whole.people


def test_the_bootstrap_is_made_for_the_change_alone_and_from_ten_pairs():
    for n, expected in ((9, 0), (12, 2)):
        study = small_study(names(n), names(n))
        measure = measures(study)[0]
        table = build("change", study, measure, resamples=200).table.set_index("statistic")
        assert table.loc[["d_av", "g_av"], "ci_low"].notna().sum() == expected
        without = build("change", study, measure, resamples=0).table.set_index("statistic")
        assert not without.loc[["d_av", "g_av"], "ci_low"].notna().any()


def test_without_a_roster_nobody_knows_who_was_asked():
    study = small_study(names(6), names(4), roster=False)
    measure = measures(study)[0]
    trail, change = build("trail", study, measure), build("change", study, measure)
    assert pd.isna(trail.table["n"].iloc[0])
    assert "not known" in trail.caution
    assert "no list of the people asked" in change.sentence


def test_reasons_add_up_to_those_who_left(sample_findings):
    for key, finding in sample_findings.items():
        if key.startswith("reasons"):
            given = finding.table[finding.table["measure"].str.startswith("reason")]
            assert given["left"].sum() == finding.groups["people who left"].n


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="trail, summary"):
        build("surprise", sample_study(), measures(sample_study())[0])


def test_scores_at_hand_give_the_same_finding():
    study = sample_study()
    scores = Scores(study)
    measure = measures(study, scores=scores)[0]
    pd.testing.assert_frame_equal(
        build("groups", study, measure, scores=scores).table, build("groups", study, measure).table
    )


@pytest.mark.parametrize("choice", [{"role": "manager"}, {"site": "Site 9"}], ids=["role", "site"])
def test_a_choice_that_does_not_exist_is_refused_by_name(choice):
    with pytest.raises(UnknownNameError, match=r"service user|Site 1"):
        findings_for(sample_study(), **choice)


@pytest.mark.parametrize("kind", ["groups", "scores", "norms", "answers", "missing", "consistency"])
def test_a_large_n_is_written_with_its_thousands(kind):
    study = small_study(names(1_200), names(2))
    found = build(kind, study, measures(study)[0])
    assert "1,200" in found.sentence
    assert "1200" not in found.title + found.sentence + (found.chart.n if found.chart else "")


def test_equal_scores_are_said_to_be_equal():
    study = small_study(names(1), names(2))
    finding = build("scores", study, measures(study)[0])
    before, after = finding.table["mean"].tolist()
    assert f"Before everyone had a score of {before:.1f}; after they lay between" in finding.sentence
    assert after != before
