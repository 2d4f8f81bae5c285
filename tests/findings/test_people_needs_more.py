"""How severe needs are, which meet, needs by sex and site, the ratio, and other categories: against R on the sample."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalcore.disclosure import DisclosurePolicy, apply_disclosure, shown_groups
from evalcore.disclosure.policy import HIDDEN
from evalcore.errors import UnknownNameError
from evalcore.findings.people import BUILDERS, People
from evalcore.findings.people.categories_by_column import category_columns
from evalcore.leaving import Export
from evalcore.rules.needs import load_need_rules
from evalcore.sample import sample_study
from tests.findings.people_studies import findings_of, with_cases
from tests.outcomes.oracle import read

R = read("people_needs.json")
LABEL = {need: rule.label for need, rule in load_need_rules().items()}
POLICY = DisclosurePolicy()
GROUPS = {"male": "Men", "female": "Women"}


def built(kind, study=None, site=None, **choice):
    return BUILDERS[kind](People(study or sample_study()), site, **choice)


def released(*findings, after=()):
    return apply_disclosure(findings, POLICY, released=after).findings


def export(finding):
    return Export(finding.id, "share", shown_groups(finding), "2026-01-01T00:00:00+00:00", ())


@pytest.mark.parametrize("line", R["severity"], ids=lambda line: line["need"])
def test_levels_are_counted_as_in_r(line) -> None:
    table = findings_of("sample")["needs_severity"].table
    rows = table[table["need"] == LABEL[line["need"]]]
    assert rows["level"].tolist() == ["None", "Need, not severe", "Severe need"]
    assert rows["k"].tolist() == line["pilot"]
    assert rows["caseload_k"].tolist() == line["caseload"]
    assert rows["share"].sum() == pytest.approx(100)


@pytest.mark.parametrize("line", R["pairs"], ids=lambda line: " ".join(line["needs"]))
def test_pairs_are_counted_as_in_r(line) -> None:
    table = findings_of("sample")["needs_together"].table
    row = table[(table["need"] == LABEL[line["needs"][0]]) & (table["with"] == LABEL[line["needs"][1]])].iloc[0]
    assert row[["n", "k"]].tolist() == line["pilot"]
    assert row[["caseload_n", "caseload_k"]].tolist() == line["caseload"]


@pytest.mark.parametrize("by", ["sex", "site"])
def test_groups_are_counted_as_in_r_with_wilsons_interval(by) -> None:
    table = built("needs_by", by=by).table.set_index(["need", "group"])
    assert len(table) == len(R[f"by_{by}"])
    for line in R[f"by_{by}"]:
        row = table.loc[(LABEL[line["need"]], GROUPS.get(line["group"], line["group"]))]
        assert row[["n", "k"]].tolist() == [line["n"], line["k"]]
        assert row[["ci_low", "ci_high"]].tolist() == pytest.approx([100 * line["low"], 100 * line["high"]])


def test_the_ratio_has_katzs_interval_as_in_epitools() -> None:
    table = findings_of("sample")["needs"].table.set_index("need")
    for line in R["ratios"]:
        row = table.loc[LABEL[line["need"]], ["ratio", "ratio_ci_low", "ratio_ci_high"]]
        assert row.tolist() == pytest.approx([line["ratio"], line["low"], line["high"]])


def test_no_ratio_where_everybody_has_the_need_and_none_without_a_caseload() -> None:
    everybody = built("needs", with_cases(drugs_score=5.0)).table.set_index("need")
    assert np.isnan(everybody.loc["Drug misuse", "ratio"])
    assert findings_of("no caseload")["needs"].table["ratio"].isna().all()


def test_offences_are_counted_as_in_r() -> None:
    table = findings_of("sample")["categories"].table.set_index("category")
    for line in R["offences"]:
        row = table.loc[line["offence"].capitalize()]
        assert row[["k", "caseload_k"]].tolist() == [line["pilot"], line["caseload"]]
        assert row[["n", "caseload_n"]].tolist() == R["offence_known"]
    assert table["caseload_k"].sum() == R["offence_known"][1]


def test_form_layer_and_dates_stand_by_every_comparison_of_needs() -> None:
    for kind in ("needs", "needs_severity", "needs_together", "needs_by", "like_for_like"):
        found = findings_of("sample")[kind]
        assert "OASys 2009, layer 3, from 28 July 2016 to 17 October 2016" in found.caution
        assert "caseload's with OASys 2009, layer 3" in found.caution
        assert "July" not in found.outside.caution
        assert "layer 3, in 2016" in found.outside.caution


def test_a_year_of_few_people_is_not_named_outside() -> None:
    dates = sample_study().cases["oasys_date"].copy()
    dates.iloc[0] = pd.Timestamp("2015-06-01")
    found = built("needs", with_cases(oasys_date=dates))
    assert "from 1 June 2015" in found.caution
    assert "2015" not in found.outside.caution
    assert "2016" not in found.outside.caution


def test_a_section_without_a_score_has_no_level_and_its_people_are_counted_as_not_known() -> None:
    scores = sample_study().cases["drugs_score"].where(np.arange(27) >= 7)
    found = built("needs_severity", with_cases(drugs_score=scores, drugs_need=True))
    rows = found.table[found.table["need"] == "Drug misuse"]
    assert set(rows["n"]) == {20}
    assert any("Drug misuse 7" in note for note in found.notes)
    assert not set(found.table["need"]) & {"Finances", "Emotional wellbeing"}


def test_the_severe_thresholds_are_those_of_the_form() -> None:
    # Six points of drugs are severe on the Strengths and Needs form, and not on the form of 2009.
    for form, severe in (("OASys SAN", 27), ("OASys 2009", 0)):
        table = built("needs_severity", with_cases(drugs_score=6.0, oasys_form=form)).table
        rows = table[(table["need"] == "Drug misuse") & (table["level"] == "Severe need")]
        assert rows["k"].tolist() == [severe]


def test_no_pair_leaves_of_which_one_of_the_four_combinations_is_small() -> None:
    found = findings_of("sample")["needs_together"]
    table = released(found)[0].table
    column = next(column for column in found.columns if column.name == "k")
    shown = 0
    for keys, k in zip(column.holders, table["k"], strict=True):
        sizes = [found.groups[key].n for key in keys]
        small = any(0 < size < POLICY.min_count for size in sizes)
        assert (k == HIDDEN) == small
        shown += not small
    assert shown > 0


def test_a_pair_that_tells_the_same_of_all_of_a_few_does_not_leave() -> None:
    # Six people have the need of drugs, and all of them the need of alcohol.
    drugs, alcohol = np.where(np.arange(27) < 6, 5.0, 0.0), np.where(np.arange(27) < 15, 5.0, 0.0)
    found = built("needs_together", with_cases(drugs_score=drugs, alcohol_score=alcohol))
    inside, outside = found.table, released(found)[0].table
    pair = (inside["need"] == "Drug misuse") & (inside["with"] == "Alcohol misuse")
    assert inside.loc[pair, "k"].tolist() == [6]
    assert outside.loc[pair, "k"].tolist() == [HIDDEN]


@pytest.mark.parametrize("kind", ["needs_together", "needs_by"])
def test_crossed_needs_are_not_given_outside_for_a_site(kind) -> None:
    found = findings_of("sample", "Site 2")[kind]
    assert len(found.table)
    leaving = released(found)[0]
    assert leaving.table.empty
    assert leaving.chart is None


def test_fewer_than_ten_people_have_no_pairs_outside() -> None:
    study = replace(sample_study(), cases=sample_study().cases.iloc[:9])
    assert released(built("needs_together", study))[0].table.empty


@pytest.mark.parametrize("first", ["needs", "needs_severity"])
def test_severe_needs_do_not_follow_from_what_left_before(first) -> None:
    """Of the people with a need of alcohol all but one are not severe: both counts together would tell that."""
    second = {"needs": "needs_severity", "needs_severity": "needs"}[first]
    found = findings_of("sample")
    before = released(found[first])[0]
    after = released(found[second], after=[export(before)])[0]
    both = {first: before, second: after}
    needs = both["needs"].table.set_index("need")["k"]
    levels = both["needs_severity"].table.set_index(["need", "level"])["k"]
    for need in {need for need, _ in levels.index}:
        known = [value for value in (needs[need], levels[need, "Need, not severe"]) if value != HIDDEN]
        assert len(known) < 2 or not 0 < known[0] - known[1] < POLICY.min_count
    assert needs["Alcohol misuse"] != HIDDEN


def test_needs_of_women_do_not_follow_from_those_of_men_and_of_all() -> None:
    found = findings_of("sample")
    needs, by = released(found["needs"], found["needs_by"])
    k = by.table.set_index(["need", "group"])["k"]
    for need in needs.table["need"]:
        hidden = [k[need, group] == HIDDEN for group in ("Men", "Women")]
        assert hidden[0] == hidden[1] or needs.table.set_index("need").loc[need, "k"] == HIDDEN


def test_needs_can_be_shown_by_sex_and_site_alone() -> None:
    with pytest.raises(UnknownNameError, match="sex or site"):
        built("needs_by", by="ethnicity")


def test_rare_categories_leave_together_and_without_their_names() -> None:
    leaving = released(findings_of("sample")["categories"])[0]
    assert leaving.table["category"].tolist() == ["Shop theft", "Common assault", "Drug possession", "All others"]
    assert leaving.table["k"].tolist() == [8, 6, 5, 8]
    assert leaving.table["caseload_k"].sum() == R["offence_known"][1]
    assert "Burglary" not in f"{leaving.title} {leaving.sentence} {leaving.chart}"


@pytest.mark.parametrize("column", ["ethnicity", "disability"])
def test_ethnicity_and_disability_are_shown_when_chosen_and_never_leave_by_site(column) -> None:
    study = with_cases(**{column: ["Asian", "White"] * 13 + ["asian"]})
    assert column in category_columns(People(study))
    assert built("categories", study).title.startswith("Offence")
    whole, site = (built("categories", study, where, column=column) for where in (None, "Site 2"))
    assert whole.table["category"].tolist() == ["Asian", "White"]
    assert whole.table["k"].tolist() == [14, 13]
    assert released(whole)[0].table["k"].tolist() == [14, 13]
    assert len(site.table)
    assert released(site)[0].table.empty
    assert "White" not in str(released(site)[0])


def test_a_column_that_was_kept_is_offered_and_one_in_which_everybody_differs_is_not() -> None:
    study = with_cases(fund=["A", "B", "C"] * 9, code=[f"X{place}" for place in range(27)])
    offered = category_columns(People(study))
    assert "fund" in offered.values()
    assert "code" not in offered.values()
    column = next(column for column, label in offered.items() if label == "fund")
    assert built("categories", study, column=column).table["k"].tolist() == [9, 9, 9]
    with pytest.raises(UnknownNameError, match="offence"):
        built("categories", study, column="height")


def test_what_is_not_recorded_is_counted() -> None:
    found = built("categories", column="fund_band")
    assert set(found.table["n"]) == {16}
    assert "Fund band is not recorded for 11 of 27." in found.notes
    assert "Nothing is known of it in the caseload: fund band." in found.notes


@pytest.mark.parametrize("kind", ["needs_severity", "needs_together", "categories"])
def test_it_is_said_that_published_figures_are_not_compared(kind):
    said = "The caseload is known from published figures only, which are not compared here."
    for study in ("published caseload", "no caseload", "sample"):
        assert (said in findings_of(study)[kind].notes) == (study == "published caseload")
