"""The sample study is what its script builds and what its known answers say; checked from the files themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from evalcore.columns import FEMALE, MALE, SECTIONS
from evalcore.sample import NAME, known_answers, sample_study
from evalcore.trail import build_trail

ROOT = Path(__file__).resolve().parents[1]
FILES = ("responses.csv", "roster.csv", "cases.csv", "caseload.csv")
KNOWN = known_answers()
PILOT, CASELOAD = KNOWN["pilot"], KNOWN["caseload"]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "sample_data" / name)


def needs(table: pd.DataFrame, section: str) -> pd.Series:
    """True or false for those assessed on a section, from the file's own words or the published threshold."""
    if section in KNOWN["need_thresholds"]:
        return table[f"{section}_score"].dropna() >= KNOWN["need_thresholds"][section]
    return table[f"{section}_need"].dropna() == "yes"


def test_the_script_writes_the_same_bytes_from_any_folder(tmp_path: Path) -> None:
    built = tmp_path / "built"
    subprocess.run([sys.executable, str(ROOT / "sample_data" / "build.py"), str(built)], cwd=tmp_path, check=True)
    assert sorted(path.name for path in built.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (built / name).read_bytes() == (ROOT / "sample_data" / name).read_bytes(), name


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_small_and_has_unix_line_ends(name: str) -> None:
    content = (ROOT / "sample_data" / name).read_bytes()
    assert b"\r" not in content
    assert len(content) < 1_500_000


def test_the_pilot_is_as_known() -> None:
    cases = read("cases.csv")
    assert len(cases) == cases["respondent_id"].nunique() == PILOT["n"]
    assert cases["site"].value_counts().to_dict() == PILOT["by_site"]
    assert ((cases["sex"] == MALE).sum(), (cases["sex"] == FEMALE).sum()) == (PILOT["men"], PILOT["women"])
    assert ((cases["sex"] == MALE) & (cases["site"] == "Site 3")).sum() == PILOT["men_at_site_3"]
    assert round(cases["age"].mean(), 1) == PILOT["mean_age"]
    assert round(cases["ogrs"].mean(), 2) == PILOT["ogrs_mean"]
    assert (cases["ogrs"].min(), cases["ogrs"].max()) == (PILOT["ogrs_low"], PILOT["ogrs_high"])
    assert (cases["status"] == "disengaged").sum() == PILOT["disengaged"]
    assert set(cases["offence"].value_counts().index[:3]) == set(PILOT["most_common_offences"])
    bands = cases["fund_band"].dropna().astype(int).astype(str)
    assert bands.value_counts().to_dict() == PILOT["fund_bands"]
    assert set(cases.loc[bands.index, "site"]) == {"Site 2", "Site 3"}


def test_the_caseload_is_as_known() -> None:
    caseload = read("caseload.csv")
    assert len(caseload) == caseload["respondent_id"].nunique() == CASELOAD["n"]
    assert (caseload["sex"] == MALE).sum() == CASELOAD["men"]
    assert round(100 * (caseload["sex"] == MALE).mean(), 1) == CASELOAD["men_percent"]
    assert round(caseload["age"].mean(), 3) == CASELOAD["mean_age"]
    assert caseload["ogrs"].notna().sum() == CASELOAD["ogrs_n"]
    assert round(caseload["ogrs"].mean(), 3) == CASELOAD["ogrs_mean"]
    assert sorted(caseload["company"].unique()) == CASELOAD["companies"]


def test_the_caseload_is_other_people_at_a_little_lower_risk_by_the_same_score() -> None:
    cases, caseload = read("cases.csv"), read("caseload.csv")
    assert not set(cases["respondent_id"]) & set(caseload["respondent_id"])
    assert 0 < cases["ogrs"].mean() - caseload["ogrs"].mean() < 5
    for column in ("ogrs_version", "ogrs_horizon"):
        assert set(cases[column]) == set(caseload[column].dropna()) == {PILOT[column]}
    for column in ("oasys_layer", "oasys_form"):
        assert set(cases[column]) == set(caseload[column].dropna())


@pytest.mark.parametrize("section", SECTIONS)
def test_a_need_is_more_common_in_the_pilot_and_as_known(section: str) -> None:
    pilot, others, known = (
        needs(read("cases.csv"), section),
        needs(read("caseload.csv"), section),
        KNOWN["needs_as_built"],
    )
    assert pilot.mean() > others.mean()
    assert [pilot.sum(), len(pilot), others.sum(), len(others)] == list(known[section].values())


def test_the_needs_that_stand_out_are_those_of_the_paper() -> None:
    cases, caseload = read("cases.csv"), read("caseload.csv")
    excess = {section: needs(cases, section).mean() - needs(caseload, section).mean() for section in SECTIONS}
    most = sorted(excess, key=lambda section: -excess[section])[: len(KNOWN["most_of_all"])]
    assert set(most) == set(KNOWN["most_of_all"])


def test_only_people_without_answers_refused_or_withdrew() -> None:
    roster, responses = read("roster.csv"), read("responses.csv")
    gone = roster.loc[roster["consent"] != "given", "respondent_id"]
    assert len(gone) > 0
    assert not set(gone) & set(responses["respondent_id"])


def test_a_reason_stands_only_where_a_questionnaire_is_missing() -> None:
    roster, responses = read("roster.csv"), read("responses.csv")
    for wave in ("pre", "post"):
        answered = set(responses.loc[responses["wave"] == wave, "respondent_id"])
        reasoned = set(roster.loc[roster[f"reason_no_{wave}"].notna(), "respondent_id"])
        assert not answered & reasoned
        assert reasoned


def test_the_second_questionnaire_came_about_16_weeks_after_the_first() -> None:
    dates = read("responses.csv").pivot(index="respondent_id", columns="wave", values="completed_on")
    weeks = (pd.to_datetime(dates["post"]) - pd.to_datetime(dates["pre"])).dropna().dt.days / 7
    assert weeks.between(14.5, 17.5).all()
    assert pd.to_datetime(read("responses.csv")["completed_on"]).dt.day_of_week.lt(5).all()


def test_the_study_holds_the_files_without_a_problem() -> None:
    study = sample_study()
    assert study.name == NAME
    assert "invented" in study.name
    assert study.problems.empty
    assert (study.rows["fate"] == "used").all()
    tables = (study.responses, study.roster, study.cases, study.caseload)
    for name, table in zip(FILES, tables, strict=True):
        assert len(table) == len(read(name)), name


def test_the_study_is_read_once() -> None:
    assert sample_study() is sample_study()


@pytest.mark.parametrize("measures", KNOWN["trail"])
def test_the_trail_is_as_known(measures: str) -> None:
    instruments, role = measures.split(": ")
    for instrument in instruments.split(", "):
        steps = build_trail(sample_study(), instrument, role=role).steps
        assert dict(zip(steps["step"], steps["n"], strict=True)) == KNOWN["trail"][measures]
