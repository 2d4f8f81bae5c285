"""Files that are none, that change or vanish, that hold too much; stopping; and what is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from evalcore.errors import EvalcoreError, RepeatedIdError, StoppedError, StorageError, UnreadableFileError
from evalcore.profile.counting import columnar_copy, count_caseload
from evalcore.profile.counting.source import CaseloadFile
from tests.profile.counting.files import drawn, expected, pilot, plainly

SMALL = b"respondent_id,sex,age\nC1,M,30\nA1,F,40\nC2,F,50\n"


def tally(table: pd.DataFrame, name: str) -> int:
    return int(table.loc[table["tally"] == name, "people"].sum())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"PK\x03\x04 no",
        b"%PDF-1.4",
        b"just words\nin lines\n",
        b"\x00\x01\x02,\n",
        b"PAR1\x00\x00PAR1",
    ],
)
def test_no_table(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "caseload.csv").write_bytes(content)
    with pytest.raises(EvalcoreError) as caught:
        count_caseload(tmp_path / "caseload.csv", pilot())
    assert str(caught.value).endswith(".")


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableFileError):
            count_caseload(path, pilot())


def test_headings_alone(tmp_path: Path) -> None:
    (tmp_path / "caseload.csv").write_bytes(b"respondent_id,sex,age\n")
    counts = count_caseload(tmp_path / "caseload.csv", pilot())
    assert (counts.n_rows, tally(counts.table, "everyone")) == (0, 0)
    assert "no rows under the headings" in set(counts.problems["found"])


def test_only_the_pilot(tmp_path: Path) -> None:
    content = b"respondent_id,sex\na1,F\n B3 ,M\n"
    (tmp_path / "caseload.csv").write_bytes(content)
    pd.testing.assert_frame_equal(plainly(count_caseload(tmp_path / "caseload.csv", pilot()).table), expected(content))


@pytest.mark.parametrize("name", ['it\'s (1) "q".csv', "a;b--.csv", "Ünïcode 名.csv", "x[1]*?.csv", "%s{}.csv"])
def test_names_of_files(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "o'clock; DROP"
    folder.mkdir()
    (folder / name).write_bytes(SMALL)
    assert tally(count_caseload(folder / name, pilot()).table, "everyone") == 2
    columnar_copy(folder / name, folder / f"{name}.parquet")
    assert tally(count_caseload(folder / f"{name}.parquet", pilot()).table, "taken out") == 1


def test_headings_that_look_like_statements(tmp_path: Path) -> None:
    content = b'respondent_id,"sex"," ""x""); DROP TABLE coded; --",it\'s\nC1,M,1,2\nC2,F,1,2\n'
    (tmp_path / "caseload.csv").write_bytes(content)
    assert tally(count_caseload(tmp_path / "caseload.csv", pilot()).table, "sex") == 2
    cell = b'respondent_id,offence\nC1,"\'; DROP TABLE coded; --"\n'
    pd.testing.assert_frame_equal(
        plainly(count_caseload(_written(tmp_path, cell), pilot()).table),
        expected(cell),
    )


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "other.csv"
    path.write_bytes(content)
    return path


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_without_rights(tmp_path: Path) -> None:
    path = _written(tmp_path, SMALL)
    path.chmod(0)
    with pytest.raises(UnreadableFileError):
        count_caseload(path, pilot())


def test_a_file_that_changes_or_vanishes(tmp_path: Path) -> None:
    path = _written(tmp_path, SMALL)
    words: list[str] = []

    def grow(share: float, said: str) -> None:
        if said.startswith("Counting") and not words:
            words.append(said)
            path.write_bytes(SMALL + b"C9,M,60\n")

    with pytest.raises(UnreadableFileError, match="changed"):
        count_caseload(path, pilot(), progress=grow)
    with pytest.raises(UnreadableFileError):
        count_caseload(path, pilot(), progress=lambda share, said: path.unlink(missing_ok=True))


def test_progress_and_stopping(tmp_path: Path) -> None:
    path = _written(tmp_path, drawn(1, 5_000).to_csv(index=False).encode())
    shares: list[float] = []
    count_caseload(path, pilot(), progress=lambda share, said: shares.append(share))
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] <= 1
    for after in (0, 1, 3):
        asked: list[int] = []

        def stop(asked: list[int] = asked, after: int = after) -> bool:
            asked.append(1)
            return len(asked) > after

        with pytest.raises(StoppedError, match="stopped"):
            count_caseload(path, pilot(), stop=stop)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other.csv"]


def test_an_error_of_the_caller_comes_through(tmp_path: Path) -> None:
    def fail(share: float, said: str) -> None:
        raise KeyError(said)

    with pytest.raises(KeyError):
        count_caseload(_written(tmp_path, SMALL), pilot(), progress=fail)


def test_a_pilot_with_somebody_twice(tmp_path: Path) -> None:
    with pytest.raises(RepeatedIdError):
        count_caseload(_written(tmp_path, SMALL), pd.DataFrame({"respondent_id": ["A1", "A1"]}))


def test_spellings_that_somebody_confirmed(tmp_path: Path) -> None:
    path = _written(tmp_path, b"respondent_id,sex\nZ9,M\nC1,M\n")
    counts = count_caseload(path, pilot(), spelled={"Z9": "A1"})
    assert (tally(counts.table, "taken out"), tally(counts.table, "sex")) == (1, 1)


def test_descriptions_of_offences(tmp_path: Path) -> None:
    """A column of words that nearly every row has its own of is not counted, and that is said."""
    rows = "".join(f"C{i},M,theft number {i}\n" for i in range(9_000))
    counts = count_caseload(_written(tmp_path, f"respondent_id,sex,offence\n{rows}".encode()), pilot())
    assert "offence" not in counts.table
    assert tally(counts.table, "strata") == 9_000
    line = counts.problems[counts.problems["column"] == "offence"]
    assert line["action"].tolist() == ["column left out"]
    assert "different texts" in line["found"].iloc[0]


def test_many_offences_are_not_held_alike(tmp_path: Path) -> None:
    rows = "".join(f"C{i},M,offence {i % 150}\n" for i in range(3_000))
    counts = count_caseload(_written(tmp_path, f"respondent_id,sex,offence\n{rows}".encode()), pilot())
    assert (counts.table["tally"] == "offence").sum() == 150
    assert counts.table.loc[counts.table["tally"] == "strata", "offence"].isna().all()
    assert "150 different values" in set(counts.problems["found"])


def test_the_digest_tells_files_readings_and_pilots_apart(tmp_path: Path) -> None:
    path = _written(tmp_path, SMALL)
    first = count_caseload(path, pilot()).digest
    assert count_caseload(path, pilot()).digest == first
    others = {count_caseload(path, pilot().iloc[1:]).digest}
    others.add(count_caseload(_written(tmp_path, SMALL.replace(b"50", b"51")), pilot()).digest)
    assert len(others | {first}) == 3


def test_nothing_else_is_overwritten(tmp_path: Path) -> None:
    path, other = _written(tmp_path, SMALL), tmp_path / "other.parquet"
    other.write_bytes(b"mine")
    for target in (other, path, tmp_path / "no folder" / "x.parquet"):
        with pytest.raises(StorageError):
            columnar_copy(path, target)
    assert other.read_bytes() == b"mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other.csv", "other.parquet"]


def test_the_first_look_is_at_a_few_rows(tmp_path: Path) -> None:
    from evalcore.profile.counting.source import open_file

    path = _written(tmp_path, drawn(2, 4_000).to_csv(index=False).encode())
    found = open_file(path)
    assert isinstance(found, CaseloadFile)
    assert len(found.head) < 1_000
