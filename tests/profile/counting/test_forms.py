"""The same people in every form of file: counted alike, and as an upload counts them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from evalcore.errors import UnreadableFileError
from evalcore.profile.counting import columnar_copy, count_caseload, is_copy_of
from tests.profile.counting.files import drawn, expected, pilot, plainly


def counted(path: Path, content: bytes) -> pd.DataFrame:
    path.write_bytes(content)
    return plainly(count_caseload(path, pilot()).table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    table = drawn(5, 120)
    table["offence"] = table["offence"].replace("theft", "theft – café")
    text = table.to_csv(index=False, sep=separator, lineterminator="\r\n")
    content = text.encode(encoding)
    content = b"\xff\xfe" + content if encoding == "utf-16-le" else content
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


def test_a_later_byte_of_windows(tmp_path: Path) -> None:
    """The first megabytes are plain; then a letter of Windows-1252 stands in a cell."""
    plain = "respondent_id,company,sex\n" + "".join(f"C{i},North,M\n" for i in range(200_000))
    content = plain.encode() + "C900001,Café,F\n".encode("cp1252")
    found = counted(tmp_path / "caseload.csv", content)
    assert found.loc[found["company"] == "Café", "people"].tolist().count("1") == 2


def test_parquet_of_text(tmp_path: Path) -> None:
    table = drawn(7, 200)
    out = io.BytesIO()
    table.replace("", None).to_parquet(out)
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.parquet", out.getvalue()), expected(out.getvalue()))


def test_parquet_of_numbers_and_days(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "respondent_id": [1001, 1002, 1003],
            "age": [30.0, None, 40.5],
            "oasys_date": pd.to_datetime(["2024-01-05", None, "2024-02-06"]),
            "reoffended": [True, False, True],
            "oasys_layer": [3.0, 2.0, 3.0],
            "drugs_score": pd.array([3, None, 2], dtype="Int64"),
            "sex": pd.Categorical(["M", "F", None]),
        }
    )
    out = io.BytesIO()
    table.to_parquet(out)
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.parquet", out.getvalue()), expected(out.getvalue()))


def test_quotes_line_breaks_and_a_title(tmp_path: Path) -> None:
    content = (
        b'Caseload of the region in 2025\n\nrespondent_id,"offence\nof the order",sex\nC1,"theft, and\nmore",M\n'
        b'C2,"theft ""in short""",F\n,,\n   \nC3\nC4,violence,M,,\n'
        b'C5,violence,M,too much\n"C6"x,violence,F\nC7,fraud,M\n'
    )
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


def test_headings_again_and_a_line_for_the_separator(tmp_path: Path) -> None:
    body = "respondent_id;sex;age\nC1;M;30\nrespondent_id;sex;age\nC2;F;40\n"
    content = ("sep=;\n" + body).encode()
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


def test_without_identifiers(tmp_path: Path) -> None:
    content = drawn(3, 150).drop(columns="respondent_id").to_csv(index=False).encode()
    pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), expected(content))


def test_a_copy_counts_the_same(tmp_path: Path) -> None:
    path, copy = tmp_path / "caseload.csv", tmp_path / "copy.parquet"
    content = (
        drawn(9, 200).to_csv(index=False).encode()
        + b"C9001,North\nC9002,North,M,30,x,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,y\n"
    )
    whole = counted(path, content)
    columnar_copy(path, copy)
    assert is_copy_of(copy, path)
    pd.testing.assert_frame_equal(plainly(count_caseload(copy, pilot()).table), whole)
    assert b"saw her on Monday" not in copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0
    path.write_bytes(content + b"C9003,North\n")
    assert not is_copy_of(copy, path)
    columnar_copy(path, copy)
    assert is_copy_of(copy, path)
    assert [one.name for one in tmp_path.iterdir() if one.name not in ("caseload.csv", "copy.parquet")] == []


@pytest.mark.parametrize("text", ['C2,"a\r\nb",M\n', "C2,a,M\r\n", 'C2,"a,M\n', "C2,a\x00b,M\n", '"C2,a",M\n'])
def test_odd_line_ends_and_marks_in_the_middle(tmp_path: Path, text: str) -> None:
    content = ("respondent_id,offence,sex\nC1,a,M\n" + text + "C3,b,F\nC4,b,F\n").encode()
    try:
        wanted = expected(content)
    except UnreadableFileError:
        wanted = None
    if wanted is not None:
        pd.testing.assert_frame_equal(counted(tmp_path / "caseload.csv", content), wanted)
    else:
        with pytest.raises(UnreadableFileError):
            counted(tmp_path / "caseload.csv", content)


def test_a_copy_is_not_trusted_with_other_identifiers(tmp_path: Path) -> None:
    """What the copy says of its identifiers holds for them alone."""
    path, copy = tmp_path / "caseload.csv", tmp_path / "copy.parquet"
    path.write_bytes(b"respondent_id,company,sex\nC1,N1,M\nC2,N1,M\nC3,N2,F\n")
    columnar_copy(path, copy)
    mapping = count_caseload(path, pilot()).mapping
    mapping["taken_for"] = ["", "respondent_id", "sex"]
    found = [plainly(count_caseload(one, pilot(), mapping=mapping).table) for one in (path, copy)]
    pd.testing.assert_frame_equal(*found)
    assert found[0].loc[found[0]["tally"] == "everyone", "people"].tolist() == ["2"]
