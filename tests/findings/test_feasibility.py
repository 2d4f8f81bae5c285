"""Feasibility: the counts of other engines, the lines of the plan, and what may leave."""

import re
from dataclasses import replace

import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import build, findings_for
from evalcore.findings.feasibility.rows import Row
from evalcore.findings.feasibility.verdicts import interval_says
from evalcore.plan import STARTS, Criterion, Target
from evalcore.sample import known_answers, sample_study
from evalcore.study import Study
from tests.findings.reach_studies import ordinary, roster_of, study_of
from tests.outcomes import oracle
from tests.plan.test_criteria import made

TRAIL = known_answers()["trail"]["swemwbs, gse: service user"]
PILOT = known_answers()["pilot"]
SHARES = {(one["k"], one["n"]): one for one in oracle.read("reach.json")["shares"]}
STUDIES = {
    "sample": sample_study,
    "no questionnaires": ordinary,
    "no case file": lambda: replace(sample_study(), cases=sample_study().cases.iloc[:0]),
    "no roster": lambda: replace(sample_study(), roster=sample_study().roster.iloc[:0]),
    "empty": lambda: Study.empty("Empty"),
    **{f"{n} people": (lambda n=n: study_of(n)) for n in (1, 2, 3)},
    "no start dates": lambda: study_of(roster=roster_of(started_on=None), cases=sample_study().cases.iloc[:0]),
}


def judged(*rules, aims=(), after=0):
    return replace(sample_study(), plan=made(*rules, aims=aims, after=after))


def rows_of(study):
    return build("feasibility", study).table.set_index("what")


@pytest.mark.parametrize("name", STUDIES)
def test_every_study_is_answered_in_words(name):
    finding = build("feasibility", STUDIES[name]())
    texts = [finding.title, finding.sentence, finding.caution, *finding.notes, finding.outside.sentence]
    for text in texts:
        assert not [word for word in rule_table().forbidden if re.search(rf"\b{word}", text.lower())]
        assert not re.search(r"\bnan\b|\bNone\b(?! of)|  |\.\.|\{|\}", text)
    assert finding.title
    assert finding.sentence
    assert (finding.chart is None) == finding.table["share"].isna().all()


def test_the_counts_are_those_of_the_trail():
    table = rows_of(sample_study())
    assert table.loc["Started", "k"] == PILOT["n"]
    assert table.loc["Consented, of those asked", ["k", "n"]].tolist() == [TRAIL["consented"], TRAIL["asked"]]
    stayed = PILOT["n"] - PILOT["disengaged"]
    assert table.loc["Did not disengage, of those who started", ["k", "n"]].tolist() == [stayed, PILOT["n"]]
    for name in ("GSE", "SWEMWBS"):
        for when, step in (
            ("before", "answered pre"),
            ("after", "answered post"),
            ("both before and after", "matched"),
        ):
            row = table.loc[f"{name} {when}, of those who started"]
            assert (row["k"], row["n"]) == (TRAIL[step], PILOT["n"])


def test_who_answered_without_having_started_is_not_counted_and_said():
    study = sample_study()
    who = "SU01"
    not_started = study.roster["started_on"].where(study.roster["respondent_id"] != who)
    cases = study.cases[study.cases["respondent_id"] != who]
    finding = build("feasibility", replace(study, cases=cases, roster=study.roster.assign(started_on=not_started)))
    row = finding.table.set_index("what").loc["GSE before, of those who started"]
    assert (row["k"], row["n"]) == (TRAIL["answered pre"] - 1, PILOT["n"] - 1)
    assert any("GSE: 1 person answered, and not among those who started: not counted here" in n for n in finding.notes)


def test_every_share_of_people_has_the_interval_that_r_gives():
    table = rows_of(sample_study())
    checked = 0
    for _, row in table.iterrows():
        said = SHARES.get((row["k"], row["n"]))
        if said is not None:
            assert (row["ci_low"], row["ci_high"]) == pytest.approx((100 * said["low"], 100 * said["high"]))
            checked += 1
    assert checked >= len(SHARES)


def test_reasons_and_what_is_not_known_stand_in_the_notes():
    notes = " ".join(build("feasibility", sample_study()).notes)
    assert "without consent: 2 refused; 1 withdrew" in notes
    assert "SWEMWBS, of those who consented, no questionnaire before: 3 started before questionnaires arrived" in notes
    assert "How long a questionnaire took is not known" in notes
    assert "No target of starts is written down" in notes


def test_without_criteria_there_is_no_verdict():
    finding = build("feasibility", sample_study())
    assert set(finding.table["verdict"]) == {""}
    assert "there is no verdict" in finding.sentence


RULES = (
    Criterion(STARTS, 30, 20, "x"),
    Criterion("consent", 0.8, 0.5, "x"),
    Criterion("after", 0.8, 0.7, "x"),
    Criterion("contacts", 0.6, 0.4, "x"),
)


def test_the_lines_of_the_plan_are_held_against_each_number():
    finding = build("feasibility", judged(*RULES, aims=(Target(30),)))
    table = finding.table.set_index("what")
    assert table.loc["Started", "verdict"] == "amend"
    assert table.loc["Consented, of those asked", "verdict"] == "go"
    assert table.loc["SWEMWBS after, of those who started", "verdict"] == "stop"
    assert table.loc["Contacts attended of those offered, median of people", "verdict"] == "go"
    assert (table["verdict"] != "").sum() == 5
    assert "over 5 numbers: amend once, go 2 times and stop 2 times" in finding.sentence
    assert finding.title == "27 people started, of a target of 30"


@pytest.mark.parametrize(("after", "late"), [(0, False), (9, True)])
def test_lines_that_were_written_after_the_data_are_marked(after, late):
    finding = build("feasibility", judged(RULES[1], after=after))
    assert ("not written down beforehand" in finding.caution) is late
    assert any("not beforehand" in note for note in finding.notes) is late
    assert "recruitment and consent may have been known" in finding.caution


def test_a_line_without_data_is_named():
    finding = build("feasibility", replace(ordinary(), plan=made(Criterion("both", 0.5, 0.2, "x"))))
    assert any('to hold the lines of "questionnaire both' in note for note in finding.notes)
    assert "None of the plan's criteria can be held against the data yet." in finding.sentence


@pytest.mark.parametrize(
    ("share", "interval", "says"),
    [
        (0.9, (0.8, 0.95), "the whole interval lies at or above the go line"),
        (0.9, (0.69, 0.95), "the interval reaches below the go line"),
        (0.9, (0.4, 0.95), "the interval reaches below the stop line"),
        (0.6, (0.55, 0.65), "the whole interval lies between the two lines"),
        (0.6, (0.55, 0.7), "the interval reaches up to the go line"),
        (0.6, (0.49, 0.65), "the interval reaches below the stop line"),
        (0.6, (0.4, 0.8), "the interval reaches across both lines"),
        (0.3, (0.2, 0.4), "the whole interval lies below the stop line"),
        (0.3, (0.2, 0.5), "the interval reaches above the stop line"),
        (0.3, (0.2, 0.7), "the interval reaches up to the go line"),
        (0.3, None, "the median has no interval"),
    ],
)
def test_it_is_said_which_line_the_interval_reaches(share, interval, says):
    row = Row("Consent", "Consented", "consent", 10, 3, share, interval)
    assert interval_says(Criterion("consent", 0.7, 0.5), row) == says


def test_only_counts_of_taking_part_leave():
    finding = build("feasibility", judged(*RULES))
    outside = apply_disclosure([finding], DisclosurePolicy()).findings[0]
    assert set(outside.table["section"]) == {"Recruitment", "Consent", "Questionnaires"}
    assert outside.chart is None
    assert outside.notes == ()
    assert "disengage" not in outside.sentence
    for column in finding.outside.columns:
        for value, keys in zip(finding.outside.table[column.name], column.groups, strict=False):
            if column.kind == "fieldwork" and keys:
                assert value == finding.groups[keys[0]].n


def test_the_sentence_names_every_questionnaire_that_is_counted():
    finding = build("feasibility", sample_study())
    table = finding.table.set_index("what")
    for text in (finding.sentence, finding.outside.sentence):
        assert f"Questionnaires of the {PILOT['n']} people who started: GSE " in text
        for name in ("GSE", "SWEMWBS"):
            before, after, both = (
                int(table.loc[f"{name} {when}, of those who started", "k"])
                for when in ("before", "after", "both before and after")
            )
            assert f"{name} {before} before, {after} after and {both} at both times" in text


@pytest.mark.parametrize(
    ("role", "site", "there"),
    [(None, None, True), ("service user", None, True), ("staff", None, False), (None, "Site 1", False)],
)
def test_it_is_among_the_findings_of_the_whole_pilot(role, site, there):
    ids = {finding.id for finding in findings_for(sample_study(), role=role, site=site, resamples=0)}
    assert ("feasibility.study" in ids) is there


def test_a_list_of_those_asked_gives_feasibility_and_reach_without_a_case_file():
    study = replace(sample_study(), cases=sample_study().cases.iloc[:0])
    ids = {finding.id for finding in findings_for(study, role="service user", resamples=0)}
    assert {"feasibility.study", "reach.people"} <= ids
    assert not {"age.people", "contacts.people"} & ids
