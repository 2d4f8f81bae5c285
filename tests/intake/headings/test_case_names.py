"""Headings of case files as OASys and nDelius write them: what is taken, and what is left to a person."""

from __future__ import annotations

import pytest

from evalcore.columns import SECTIONS
from evalcore.intake.headings.case_names import OgrsName, bare_section, ogrs_name
from evalcore.rules.needs import load_need_rules
from tests.intake.headings.columns_of import listed, mapped, taken

POINTS = ("2", "0", "1")


@pytest.mark.parametrize(
    ("heading", "version", "horizon"),
    [
        ("OGRS3 1 year", "OGRS3", "1 year"),
        ("OGRS 2yr %", "", "2 years"),
        ("OGRS3 score (2 year)", "OGRS3", "2 years"),
        ("ogrs3_2yr_pct", "OGRS3", "2 years"),
        ("OGRS3 (12 months)", "OGRS3", "1 year"),
        ("OGRS 3 percentage", "OGRS3", ""),
        ("OGRS score", "", ""),
        ("OGRS4/G", "OGRS4/G", ""),
        ("OGRS4/V 2 year", "OGRS4/V", "2 years"),
        ("OGRS4", "OGRS4", ""),
        ("ARP", "ARP", "2 years"),
        ("ARP static", "OGRS4/G", "2 years"),
        ("All Reoffending Predictor (static)", "OGRS4/G", "2 years"),
        ("VRP static score", "OGRS4/V", "2 years"),
    ],
)
def test_the_heading_of_a_score_says_version_and_horizon(heading, version, horizon):
    assert ogrs_name(heading) == OgrsName(version, horizon)
    assert taken([heading], "caseload") == ["ogrs"]


@pytest.mark.parametrize(
    "heading", ["OGRS 2", "OGRS3/G", "OGRS band", "ARP 1 year", "OGRS 1 year 2 year", "ARP (dynamic)"]
)
def test_what_may_be_another_score_is_not_taken(heading):
    assert taken([heading], "cases") == [""]


def test_a_score_is_looked_for_in_cases_only():
    assert taken(["OGRS3 1 year"], "roster") == [""]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_goes_by_its_number_and_by_its_name(section):
    rule = load_need_rules()[section]
    for written in (f"Section {rule.number}", f"S{rule.number} {section}", f"{rule.number} {rule.label}", rule.label):
        assert taken([f"{written} score"], "cases") == [f"{section}_score"]
        assert taken([f"{written} (score)"], "cases") == [f"{section}_score"]
        assert taken([f"{written} crim need"], "cases") == [f"{section}_need"]
        assert taken([f"{written} need Y/N"], "cases") == [f"{section}_need"]
    assert bare_section(f"{rule.number} {section}") == section


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Section 9 drugs score", POINTS, ""),
        ("Section 13 score", POINTS, ""),
        ("3 score", POINTS, ""),
        ("ETE", POINTS, ""),
        ("Employment", ("yes", "no", ""), ""),
        ("ETE", ("Yes - criminogenic need", "No need", ""), "ete_need"),
        ("Employment", ("at work", "none", ""), ""),
        ("Housing", ("hostel", "", ""), ""),
    ],
)
def test_a_section_is_not_guessed(heading, cells, field):
    assert taken([heading], "cases", cells={heading: cells}) == [field]


@pytest.mark.parametrize(
    ("heading", "severity"),
    [
        ("ETE", "warning"),
        ("Date of first contact", "warning"),
        ("Sentence date", "warning"),
        ("Previous violent sanctions", "warning"),
        ("Previous convictions", "warning"),
        ("ARP dynamic", "note"),
        ("Section 9 drugs score", "note"),
    ],
)
def test_a_doubtful_heading_is_left_out_with_a_reason(heading, severity):
    assert listed([heading], "cases") == [(heading, "column left out", severity)]
    assert mapped([heading], "cases")[0].reason != "left out: not a column of this table"


@pytest.mark.parametrize(
    "heading", ["3.4", "Q3.4", "q3_4", "s3_4", "oasys_3_4", "OASys 3.4", "OASys Q3.4", "3.4 Suitability", "Item 3.4"]
)
def test_an_item_goes_by_its_number(heading):
    assert taken([heading], "cases", cells={heading: POINTS}) == ["oasys_3.4"]
    assert taken([heading], "roster", cells={heading: POINTS}) == [""]


@pytest.mark.parametrize("heading", ["3.1", "3.41", "3.4.1", "34", "Q34", "13.4", "11.4", "in 3.4"])
def test_what_is_no_scored_item_is_not_taken(heading):
    assert taken([heading], "cases", cells={heading: POINTS}) == [""]


def test_an_item_alone_needs_its_points_and_beside_others_it_does_not():
    strange = {"3.4": ("7", "8", "9")}
    assert taken(["3.4"], "cases", cells=strange) == [""]
    cells = strange | {"3.3": ("2", "0", ""), "3.5": POINTS, "3.6": POINTS}
    assert taken(["3.3", "3.4", "3.5", "3.6"], "cases", cells=cells) == [f"oasys_3.{n}" for n in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Gender", "sex"),
        ("Age at start", "age"),
        ("Layer", "oasys_layer"),
        ("Assessment date", "oasys_date"),
        ("Main offence", "offence"),
        ("Index offence", "offence"),
        ("OGRS3 offence category", "ogrs_offence"),
        ("Disposal", "sentence"),
        ("Order type", "sentence"),
        ("Referral date", "referred_on"),
        ("Commencement date", "started_on"),
        ("Termination date", "ended_on"),
        ("Ethnic group", "ethnicity"),
        ("CRN", "respondent_id"),
        ("PNC", ""),
        ("D.O.B. (dd/mm/yyyy)", "date_of_birth"),
        ("Client DOB", "date_of_birth"),
        ("Year of birth", ""),
        ("Sex at birth", "sex"),
        ("Date of conviction", "convicted_on"),
        ("Release date", "followup_from"),
        ("Number of violent sanctions", "violent_sanctions"),
        ("Offence free months", "offence_free_months"),
        ("Conviction or caution", "sanction"),
    ],
)
def test_other_headings_of_case_systems(heading, field):
    assert taken([heading], "cases") == [field]
