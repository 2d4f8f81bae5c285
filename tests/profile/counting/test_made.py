"""What is made from other columns: ages from dates of birth, scores from items, kinds of OGRS from a heading."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore import read_caseload
from evalcore.errors import EvalcoreError
from evalcore.profile.counting import columnar_copy, count_caseload
from tests.profile.counting.files import drawn, expected, pilot, plainly, uploaded


def counted(path: Path, content: bytes, **choices: pd.DataFrame) -> pd.DataFrame:
    path.write_bytes(content)
    return plainly(count_caseload(path, pilot(), **choices).table)


def with_births(n: int, heading: str = "date_of_birth") -> bytes:
    draw = np.random.default_rng(n)
    days = pd.to_datetime("1950-01-01") + pd.to_timedelta(draw.integers(0, 25_000, n), unit="D")
    births = np.where(draw.random(n) < 0.9, days.strftime("%d/%m/%Y"), draw.choice(["", "n/k", "unknown", "1/2/85"], n))
    starts = pd.to_datetime("2024-01-01") + pd.to_timedelta(draw.integers(0, 500, n), unit="D")
    table = pd.DataFrame({"respondent_id": [f"C{i}" for i in range(n)], heading: births, "sex": "M"})
    table["started_on"] = np.where(draw.random(n) < 0.7, starts.strftime("%Y-%m-%d 10:30:00"), "")
    table["oasys_date"] = np.where(draw.random(n) < 0.7, starts.strftime("%Y-%m-%d"), "x")
    table.loc[table.index[:3], "oasys_date"] = "1900-01-01"
    return table.to_csv(index=False).encode()


@pytest.mark.parametrize("heading", ["date_of_birth", "DOB", "age"])
def test_ages_from_dates_of_birth(tmp_path: Path, heading: str) -> None:
    content = with_births(400, heading)
    found = counted(tmp_path / "caseload.csv", content)
    pd.testing.assert_frame_equal(found, expected(content))
    assert (found["tally"] == "age").sum() > 20


def test_what_is_said_of_the_ages(tmp_path: Path) -> None:
    content = with_births(300)
    (tmp_path / "caseload.csv").write_bytes(content)
    problems = count_caseload(tmp_path / "caseload.csv", pilot()).problems
    told = read_caseload(content, name="caseload.csv").problems
    whole = told[told["row"].isna() & (told["column"] == "date_of_birth")]
    assert set(whole["found"]) <= set(problems["found"])
    assert not problems["found"].str.contains("/19").any()


def test_no_copy_of_dates_of_birth(tmp_path: Path) -> None:
    (tmp_path / "caseload.csv").write_bytes(with_births(20))
    with pytest.raises(EvalcoreError, match="dates of birth"):
        columnar_copy(tmp_path / "caseload.csv", tmp_path / "copy.parquet")
    assert [one.name for one in tmp_path.iterdir()] == ["caseload.csv"]


def with_items(n: int, *, form: bool) -> bytes:
    draw = np.random.default_rng(n)
    names = ["3.3", "3.4", "3.5", "3.6", "8.1", "8.4", "8.5", "8.6", "8.8"]
    table = pd.DataFrame({f"oasys_{one}": draw.choice(["0", "1", "2", "", "n/k", "7", "unknown"], n) for one in names})
    table.insert(0, "respondent_id", [f"C{i}" for i in range(n)])
    if form:
        table["oasys_form"] = draw.choice(["OASys 2009", "SAN 2024", ""], n)
    return table.to_csv(index=False).encode()


@pytest.mark.parametrize("form", [False, True])
def test_scores_from_items(tmp_path: Path, form: bool) -> None:
    content = with_items(300, form=form)
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))
    told = read_caseload(content, name="caseload.csv").problems
    problems = count_caseload(tmp_path / "caseload.csv", pilot()).problems
    whole = told[told["row"].isna()]
    assert set(whole["found"]) == set(problems.loc[~problems["found"].str.contains(r"in \d", regex=True), "found"])


def test_version_and_horizon_from_the_heading(tmp_path: Path) -> None:
    content = b"respondent_id,OGRS3 2 year score\nC1,50\nC2,\nC3,80%\n"
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


def test_offence_from_the_words_for_ogrs(tmp_path: Path) -> None:
    content = b"respondent_id,ogrs_offence,sex\nC1,robbery,M\nC2,Other motoring,F\nC3,?,F\n"
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


def test_bare_numbers_for_sex_are_asked_about_and_can_be_answered(tmp_path: Path) -> None:
    content = b"respondent_id,sex,age\nC1,1,30\nC2,2,40\nC3,1,50\n"
    (tmp_path / "caseload.csv").write_bytes(content)
    asked = count_caseload(tmp_path / "caseload.csv", pilot())
    assert [one.key for one in asked.questions] == ["sex"]
    codes = asked.questions[0].options[0].choices.codes
    found = plainly(count_caseload(tmp_path / "caseload.csv", pilot(), codes=codes).table)
    pd.testing.assert_frame_equal(found, expected(content, codes=codes))
    assert (found["sex"] != "").any()


def test_a_corrected_mapping(tmp_path: Path) -> None:
    content = b"respondent_id,gender_code,x1\nC1,M,30\nC2,F,40\n"
    mapping = read_caseload(content).mapping
    mapping.loc[2, "taken_for"] = "age"
    mapping.loc[1, "taken_for"] = "sex"
    found = counted(tmp_path / "caseload.csv", content, mapping=mapping)
    pd.testing.assert_frame_equal(found, expected(content, mapping=mapping))
    columnar_copy(tmp_path / "caseload.csv", tmp_path / "copy.parquet", mapping=mapping)
    for given in (mapping, None):
        copied = count_caseload(tmp_path / "copy.parquet", pilot(), mapping=given).table
        pd.testing.assert_frame_equal(plainly(copied), found)


@pytest.mark.parametrize("seed", range(4))
def test_each_text_is_listed_once_with_its_rows(tmp_path: Path, seed: int) -> None:
    """The problems of an upload, cell by cell, are those of the counts, text by text."""
    content = drawn(seed, 200).to_csv(index=False).encode()
    (tmp_path / "caseload.csv").write_bytes(content)
    found = count_caseload(tmp_path / "caseload.csv", pilot()).problems
    assert found["row"].isna().all()
    told = uploaded(content).intakes[1].problems
    cells = told[told["row"].notna() & told["action"].eq("value set to missing")]
    wanted = cells.groupby(["column", "found", "expected", "severity"]).size()
    assert len(wanted)
    for (column, text, says, severity), n in wanted.items():
        line = f"{text} (in {n} {'row' if n == 1 else 'rows'})"
        mine = (found["column"] == column) & (found["found"] == line)
        assert found.loc[mine, ["expected", "severity"]].values.tolist() == [[says, severity]]
    mine = found[found["action"] == "value set to missing"]
    assert len(mine) == len(wanted)
