"""The data files hold the study's tables as they are after all decisions, and every program reads them alike."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evalcore.decisions import KeepAnswer
from evalcore.intake import read_caseload, read_cases, read_questionnaires, read_roster
from evalcore.reporting.reproduce import data_files, data_zip, main_numbers
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.reporting.reproduce.studies import ODD, answered, csv

READERS = {"responses": read_questionnaires, "roster": read_roster, "cases": read_cases, "caseload": read_caseload}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return data_files(sample_study())


@pytest.mark.parametrize("kind", READERS)
def test_the_dashboard_reads_its_own_files(kind: str, files: dict[str, bytes]) -> None:
    table = getattr(Study.empty().add(READERS[kind](files[f"{kind}.csv"], name=f"{kind}.csv")), kind)
    expected = getattr(sample_study(), kind)
    assert_frame_equal(table[expected.columns], expected)


def test_tables_without_rows_have_no_file() -> None:
    assert list(data_files(Study.empty())) == ["fingerprint.txt"]
    assert list(data_files(answered(["A"], ["gse"]))) == ["responses.csv", "fingerprint.txt"]


def test_the_files_begin_with_a_mark_and_have_one_kind_of_line_end(files: dict[str, bytes]) -> None:
    tables = [content for name, content in files.items() if name.endswith(".csv")]
    assert all(content.startswith(b"\xef\xbb\xbf") and b"\r" not in content for content in tables)
    assert files["fingerprint.txt"].decode().strip() == sample_study().fingerprint


def test_numbers_dates_and_yes_or_no_are_written_as_in_the_templates(files: dict[str, bytes]) -> None:
    tables = {name: pd.read_csv(io.BytesIO(files[f"{name}.csv"]), dtype=str) for name in READERS}
    assert set(tables["responses"]["gse_1"].dropna()) == {"1", "2", "3", "4"}
    assert set(tables["roster"]["eligible"].dropna()) <= {"yes", "no"}
    assert tables["cases"]["started_on"].dropna().str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()


def test_identifiers_stand_as_they_are_also_where_a_spreadsheet_would_see_a_formula() -> None:
    study = answered(ODD, ["gse"])
    table = pd.read_csv(io.BytesIO(data_files(study)["responses.csv"]), dtype=str, keep_default_na=False)
    assert list(dict.fromkeys(table["respondent_id"])) == list(study.responses["respondent_id"].unique())
    assert "=1+1" in set(table["respondent_id"])


def test_a_line_end_inside_a_cell_is_one_that_r_reads_too() -> None:
    from dataclasses import replace

    study = answered(["A"], ["gse"])
    odd = replace(study, responses=study.responses.assign(how_completed="by\r\nphone\rand post"))
    table = pd.read_csv(io.BytesIO(data_files(odd)["responses.csv"]), dtype=str)
    assert set(table["how_completed"]) == {"by\nphone\nand post"}


def test_a_time_of_day_is_kept() -> None:
    from dataclasses import replace

    study = answered(["A", "B"], ["gse"], waves=["pre"])
    times = pd.to_datetime(pd.Series(["2026-05-03 14:30", None]))
    odd = replace(study, responses=study.responses.assign(completed_on=times))
    table = pd.read_csv(io.BytesIO(data_files(odd)["responses.csv"]), dtype=str)
    assert pd.to_datetime(table["completed_on"]).tolist() == times.tolist()


def test_which_of_two_answers_counts_is_decided_already() -> None:
    rows = [
        {"respondent_id": "A", "wave": wave, **{f"gse_{item}": code for item in range(1, 11)}}
        for wave, code in (("pre", 1), ("pre", 4), ("post", 2))
    ]
    study = Study.empty().add(read_questionnaires(csv(rows), name="answers.csv"))
    decided = [study.decide(KeepAnswer(rule)) for rule in ("first complete", "last complete")]
    assert [len(one.responses) for one in decided] == [2, 2]
    means = [main_numbers(one).query("statistic == 'mean_before'")["value"].item() for one in decided]
    written = [pd.read_csv(io.BytesIO(data_files(one)["responses.csv"])) for one in decided]
    items = [f"gse_{item}" for item in range(1, 11)]
    assert means == [table.loc[table["wave"] == "pre", items].sum(axis=1).item() for table in written]
    assert means[0] != means[1]


def test_the_same_study_gives_the_same_zip(files: dict[str, bytes]) -> None:
    packed = data_zip(sample_study())
    assert packed == data_zip(sample_study())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
