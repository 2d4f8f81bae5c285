"""Like for like as a finding: its numbers against R, what it says, and that nothing of a few people leaves with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalcore.disclosure import DisclosurePolicy, apply_disclosure, shown_groups
from evalcore.disclosure.policy import HIDDEN
from evalcore.figures.chart import Interval, Point
from evalcore.findings.people import BUILDERS, People
from evalcore.findings.people.like_rows import SHORT, like_choices, next_coarser
from evalcore.leaving import Export
from evalcore.profile.like_for_like import LikeForLike
from evalcore.profile.ogrs_choice import use_scores
from evalcore.rules.needs import load_need_rules
from evalcore.sample import sample_study
from tests.findings.people_studies import LAST_SITE, STUDIES, findings_of, study_named, with_cases, with_site_of
from tests.findings.risk_studies import computed_only
from tests.outcomes.oracle import read

R = read("like_for_like.json")
LABEL = {need: rule.label for need, rule in load_need_rules().items()}
POLICY = DisclosurePolicy()
LIKE = ("n_like", "n_unmatched", "observed", "expected", "expected_low", "expected_high")
OF_THE_MATCHED = [*LIKE, "reweighted_share", "observed_share", "raw", "mix", "beyond"]
SEX, SEX_AND_COMPANY = LikeForLike(("sex",)), LikeForLike(("sex", "company"))


def built(study=None, site=None, asked=None):
    return BUILDERS["like_for_like"](People(study or sample_study()), site, asked)


def released(*findings, after=()):
    return apply_disclosure(findings, POLICY, released=after).findings


def export(finding):
    return Export(finding.id, "share", shown_groups(finding), "2026-01-01T00:00:00+00:00", ())


def blanked(**rows):
    """The sample study with these columns blank for so many of its first people, counted from a place."""
    columns = {}
    for name, (start, end) in rows.items():
        values = sample_study().cases[name]
        columns[name] = values.where((np.arange(27) < start) | (np.arange(27) >= end))
    return with_cases(**columns)


@pytest.mark.parametrize("profile", R["profiles"], ids=lambda profile: "+".join(profile["hold"]) or "nothing")
def test_the_numbers_are_those_of_r(profile) -> None:
    table = built(asked=LikeForLike(tuple(profile["hold"]), profile["at_least"])).table.set_index("need")
    for line in profile["needs"]:
        row = table.loc[LABEL[line["need"]]]
        assert row["n_like"] == line["n_like"]
        assert row["n_unmatched"] == line["n_unmatched"]
        if line["n_like"]:
            named = {"observed": "observed_like"}
            for name in LIKE[2:]:
                assert row[name] == pytest.approx(line[named.get(name, name)])
            assert row["raw"] == pytest.approx(row["mix"] + row["beyond"])
            assert row["mix"] == pytest.approx(100 * line["expected"] / line["n_like"] - row["caseload_share"])
            assert row["beyond"] == pytest.approx(100 * (line["observed_like"] - line["expected"]) / line["n_like"])


def test_sex_and_age_are_held_alike_unless_something_else_is_chosen() -> None:
    assert "alike in sex and age" in findings_of("sample")["like_for_like"].title
    assert built().id == built(asked=LikeForLike(("sex", "age_band"))).id == "like-for-like.people"
    assert built(asked=SEX).id == "like-for-like-sex.people"
    assert built(asked=LikeForLike(("sex", "age_band"), 30)).id == "like-for-like-30.people"
    assert like_choices(study_named("sex of nobody")).usual.hold == ("age_band",)


def test_the_sentence_takes_the_largest_raw_difference_apart() -> None:
    found = findings_of("sample")["like_for_like"]
    row = found.table.loc[found.table["raw"].idxmax()]
    said = found.sentence.replace("−", "-")
    assert f"{row['observed']:.0f} of {row['n_like']:.0f} people" in said
    assert f"{row['raw']:+.1f} percentage points: {row['mix']:+.1f} by the mix and {row['beyond']:+.1f} beyond" in said
    mean = found.table[["raw", "mix", "beyond"]].mean()
    assert f"raw difference is {mean['raw']:+.1f}: {mean['mix']:+.1f} by the mix and {mean['beyond']:+.1f}" in said
    assert "no effect" in found.caution
    assert "OGRS, company and offence" in found.caution


def test_three_marks_stand_in_each_row_of_the_chart() -> None:
    chart = findings_of("sample")["like_for_like"].chart
    marks = chart.panels[0].marks
    for kind in ("pilot", "step", "caseload"):
        assert sum(isinstance(mark, Point) and mark.kind == kind for mark in marks) == 10
    assert sum(isinstance(mark, Interval) for mark in marks) == 10
    assert {kind for kind, _ in chart.legend} == {"pilot", "step", "caseload"}


def test_people_with_too_few_like_them_are_counted_and_the_next_coarser_choice_is_named() -> None:
    asked = LikeForLike(("sex", "offence"), 200)
    found, coarser = built(asked=asked), next_coarser(sample_study(), None, asked)
    unmatched = int(found.table["n_unmatched"].iloc[0])
    assert unmatched > 0
    assert f"For {unmatched} of 27 people who are assessed the caseload has fewer than 200 people like them" in (
        found.sentence
    )
    assert (coarser.without, coarser.hold, coarser.n_unmatched) == ("offence", ("sex",), 0)
    assert f"Without offence held alike, {unmatched} of these {unmatched} would be counted too." in found.sentence
    assert next_coarser(sample_study(), None, SEX) is None
    every = tuple(SHORT)
    left = {name: _n_unmatched(tuple(one for one in every if one != name)) for name in every}
    best = next_coarser(sample_study(), None, LikeForLike(every))
    assert best.n_unmatched == left[best.without] == min(left.values()) < max(left.values())


def _n_unmatched(hold) -> int:
    """All are assessed on each need, so that the same people are unmatched on most; the most on one is taken."""
    return int(built(asked=LikeForLike(hold)).table["n_unmatched"].max())


def test_what_can_not_be_held_alike_is_said() -> None:
    study = replace(sample_study(), caseload=sample_study().caseload.drop(columns="company"))
    found = built(study, asked=SEX_AND_COMPANY)
    assert "Not held alike, company: it is not known in the caseload." in found.notes
    assert "alike in sex," in found.title
    assert "company" in found.caution
    assert like_choices(study).known == ("sex", "age_band", "ogrs_band", "offence")
    assert any("company" in sentence for sentence in like_choices(study).left_out)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no caseload", "There is no caseload to look for people like these in."),
        ("published caseload", "published figures only, which hold no people"),
        ("no needs", "No OASys need is known both in the pilot and in the caseload."),
        ("caseload of three", "Nobody in the pilot has enough people like them in the caseload."),
        ("empty", "Add a case file"),
    ],
)
def test_what_can_not_be_compared_is_said_in_words(name, words) -> None:
    found = findings_of(name)["like_for_like"]
    assert words in found.sentence
    assert found.chart is None


@pytest.mark.parametrize("people", [1, 2, 3])
def test_a_handful_is_described_and_not_compared(people) -> None:
    found = built(with_site_of(people), LAST_SITE)
    assert "too few to compare" in found.title
    assert "Fewer than 10 people are compared" in found.sentence
    assert "On average" not in found.sentence


def test_one_to_four_without_people_like_them_hide_everything_of_the_matched() -> None:
    for blank in (1, 4):
        found = built(blanked(sex=(0, blank)), asked=SEX)
        assert set(found.table["n_unmatched"]) == {blank}
        table = released(found)[0].table
        assert (table[OF_THE_MATCHED] == HIDDEN).all(axis=None)
        assert set(table["n"]) == {27}
        assert released(found)[0].chart is None
    five = released(built(blanked(sex=(0, 5)), asked=SEX))[0].table
    assert set(five["n_like"]) == {22}


def test_needs_of_the_unmatched_do_not_follow_from_those_of_all() -> None:
    """With the needs of everybody and those of the matched the needs of the few others would be known."""
    study = blanked(sex=(0, 7))
    needs, like = BUILDERS["needs"](People(study)), built(study, asked=SEX)
    for first, second in ((needs, like), (like, needs)):
        before = released(first)[0]
        after = released(second, after=[export(before)])[0]
        together = released(first, second)
        for one, other in ((before, after), together):
            of_all, of_like = (one, other) if first is needs else (other, one)
            assert _told_apart(of_all.table, of_like.table) > 0
            # What leaves of the needs is the same, whichever left first.
            pd.testing.assert_frame_equal(of_all.table, released(needs)[0].table)


def _told_apart(needs: pd.DataFrame, like: pd.DataFrame) -> int:
    """How many counts of the matched are hidden; every other is the same as of all, or of five people fewer."""
    hidden = 0
    for (_, all_of), (_, matched) in zip(needs.iterrows(), like.iterrows(), strict=True):
        assert all_of["need"] == matched["need"]
        if HIDDEN in (all_of["k"], matched["observed"]):
            hidden += 1
            continue
        with_it = all_of["k"] - matched["observed"]
        without = (all_of["n"] - all_of["k"]) - (matched["n_like"] - matched["observed"])
        assert all(few == 0 or few >= POLICY.min_count for few in (with_it, without))
    return hidden


def test_two_choices_that_match_nearly_the_same_people_do_not_both_leave() -> None:
    """21 people are matched by sex, and 19 of them by sex and company: the sums would tell about two."""
    study = blanked(sex=(0, 6), company=(6, 8))
    first, second = built(study, asked=SEX), built(study, asked=SEX_AND_COMPANY)
    assert (set(first.table["n_like"]), set(second.table["n_like"])) == ({21}, {19})
    alone = released(second)[0].table
    assert set(alone["n_like"]) == {19}
    before = released(first)[0]
    assert set(before.table["n_like"]) == {21}
    after = released(second, after=[export(before)])[0].table
    assert (after[OF_THE_MATCHED] == HIDDEN).all(axis=None)


def test_where_all_of_fewer_than_ten_are_matched_nothing_of_them_leaves() -> None:
    study = replace(sample_study(), cases=sample_study().cases.iloc[:9])
    for policy in (POLICY, DisclosurePolicy(min_count=3)):
        table = apply_disclosure([built(study, asked=SEX)], policy).findings[0].table
        assert (table[OF_THE_MATCHED] == HIDDEN).all(axis=None)


def test_an_expected_number_of_fewer_than_five_does_not_leave() -> None:
    study = replace(sample_study(), cases=sample_study().cases.iloc[:4])
    table = released(built(study, asked=SEX))[0].table
    assert (table[["expected", "expected_low", "expected_high", "mix"]] == HIDDEN).all(axis=None)


@pytest.mark.parametrize("name", [name for name in STUDIES if name != "empty"])
@pytest.mark.parametrize("site", [None, "Site 1", LAST_SITE])
def test_no_word_outside_tells_a_count_that_the_table_hides(name, site) -> None:
    leaving = released(built(study_named(name), site))[0]
    for _, row in leaving.table.iterrows():
        if HIDDEN in row.tolist():
            assert row["need"].lower() not in f"{leaving.title} {leaving.sentence}".lower()


def test_the_score_that_is_chosen_is_held_alike_and_named() -> None:
    study = computed_only()  # no score stands in the file
    in_the_file, computed = LikeForLike(("ogrs_band",)), LikeForLike(("ogrs_band",), score="ogrs4_g")
    assert "ogrs_band" not in like_choices(study).known
    assert "ogrs_band" in like_choices(study, "ogrs4_g").known
    found = built(study, asked=computed)
    assert found.id == "like-for-like-ogrs-band-ogrs4-g.people"
    assert "OGRS in its published bands" in found.notes[0]
    assert built(study, asked=in_the_file).id == "like-for-like-ogrs-band.people"
    assert "it is not known in the pilot" in " ".join(built(study, asked=in_the_file).notes)
    scored = study_with_scores(study, "ogrs4_g")
    pd.testing.assert_frame_equal(found.table, built(scored, asked=in_the_file).table)


def study_with_scores(study, key):
    """The study as it would be if the computed score stood in its files."""
    used = use_scores(study.cases, study.caseload, key)
    return replace(study, cases=used.cases, caseload=used.caseload)
