"""A columnar copy gives the counts of the file that it was made of, by its numbers as they stand or by their texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.intake import Choices, read_any
from evalcore.profile.counting import coding, columnar_copy, copy_mark, count_caseload, is_copy_of, look_at
from evalcore.profile.counting.result import Counts
from tests.profile.counting.files import drawn, expected, pilot, plainly


def named(table: pd.DataFrame, *others: str) -> pd.DataFrame:
    """The same people, each with an identifier of its own; the last are those given."""
    names = [f"C{i}" for i in range(len(table) - len(others))]
    return table.assign(respondent_id=[*names, *others])


def both(folder: Path, content: bytes) -> tuple[Counts, Counts]:
    """The counts of a file and of a copy of it."""
    path, copy = folder / "caseload.csv", folder / "copy.parquet"
    path.write_bytes(content)
    columnar_copy(path, copy)
    return count_caseload(path, pilot()), count_caseload(copy, pilot())


def same(folder: Path, content: bytes) -> None:
    """Both give what an upload gives, and say the same of it."""
    pd.testing.assert_frame_equal(alike(folder, content), expected(content))


def alike(folder: Path, content: bytes) -> pd.DataFrame:
    """Both give the same, and say the same of it."""
    whole, copied = both(folder, content)
    pd.testing.assert_frame_equal(plainly(copied.table), plainly(whole.table))
    told = [one.problems.drop(columns="file", errors="ignore").astype("str") for one in (whole, copied)]
    left_out = told[0]["action"] == "column left out"
    assert set(map(tuple, told[1].values.tolist())) >= set(map(tuple, told[0][~left_out].values.tolist()))
    assert copied.n_rows == whole.n_rows
    return plainly(whole.table)


@pytest.fixture
def numbers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text of a copy is read; that of the file itself is."""
    ordinary = coding.first_dictionary

    def refuse(engine: object, file: object, *others: object) -> object:
        if getattr(file, "mark", None) is not None:
            pytest.fail("the texts were read")
        return ordinary(engine, file, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(coding, "first_dictionary", refuse)


@pytest.mark.usefixtures("numbers_alone")
@pytest.mark.parametrize("seed", range(6))
def test_numbers_are_taken_as_they_stand(tmp_path: Path, seed: int) -> None:
    table = named(drawn(seed, 300), "A1", "a2", "B3")
    table["ogrs"] = table["ogrs"].replace({"74.5": "74"})
    same(tmp_path, table.to_csv(index=False).encode())


@pytest.mark.usefixtures("numbers_alone")
@pytest.mark.parametrize("names", [(), ("A1",), ("A1", "b3"), ("C1", "A1", "C2")])
def test_few_people(tmp_path: Path, names: tuple[str, ...]) -> None:
    same(tmp_path, named(drawn(4, len(names), clean=True), *names).to_csv(index=False).encode())


@pytest.mark.usefixtures("numbers_alone")
def test_more_texts_than_a_byte_can_number(tmp_path: Path) -> None:
    table = named(drawn(1, 900, clean=True), "A1")
    table["offence"] = [f"offence {i % 300}" for i in range(len(table))]
    alike(tmp_path, table.to_csv(index=False).encode())


@pytest.mark.usefixtures("numbers_alone")
@pytest.mark.parametrize("column", ["record_status", "items"])
def test_rows_that_are_set_aside_and_scores_that_are_made(tmp_path: Path, column: str) -> None:
    draw = np.random.default_rng(3)
    table = named(drawn(2, 200, clean=True), "A1")
    if column == "items":
        table = table.drop(columns=[name for name in table if name.endswith(("_score", "_need"))])
        for item in ("8.1", "8.4", "8.5", "8.6", "8.8"):
            table[f"oasys_{item}"] = draw.choice(["0", "1", "2", "", "n/k"], len(table))
    else:
        table[column] = draw.choice(["live", "test", ""], len(table))
    same(tmp_path, table.to_csv(index=False).encode())


@pytest.mark.parametrize("seed", range(4))
def test_any_identifiers(tmp_path: Path, seed: int) -> None:
    """Identifiers of any spelling, repeated ones and texts that are counted in a shorter form are read as texts."""
    same(tmp_path, drawn(seed, 200).to_csv(index=False).encode())


@pytest.mark.parametrize("name", ["aB2", "A 1", "respondent_id1", ""])
def test_one_identifier_that_is_not_plain(tmp_path: Path, name: str) -> None:
    same(tmp_path, named(drawn(5, 100, clean=True), "A1", name).to_csv(index=False).encode())


@pytest.mark.parametrize("name", ["aB7", "AB7", "ab7"])
def test_a_person_of_the_pilot_however_spelled(tmp_path: Path, name: str) -> None:
    path, copy = tmp_path / "caseload.csv", tmp_path / "copy.parquet"
    path.write_bytes(named(drawn(3, 20, clean=True), name).to_csv(index=False).encode())
    columnar_copy(path, copy)
    tables = [
        count_caseload(one, pilot(), spelled={"Ab7": "A1", "ab7": "A1", "aB7": "A1"}).table for one in (path, copy)
    ]
    pd.testing.assert_frame_equal(*map(plainly, tables))
    assert tables[1].loc[tables[1]["tally"] == "taken out", "people"].tolist() == [1]


def test_long_decimals_and_times_of_day(tmp_path: Path) -> None:
    table = named(drawn(6, 100, clean=True), "A1")
    table["ogrs"] = [f"{i % 90}.12345{i % 7}" for i in range(len(table))]
    table["oasys_date"] = "2024-01-05 10:30:00"
    alike(tmp_path, table.to_csv(index=False).encode())


def test_a_column_of_descriptions_stays_a_text(tmp_path: Path) -> None:
    rows = "".join(f"C{i},M,theft number {i}\n" for i in range(41_000))
    whole, copied = both(tmp_path, f"respondent_id,sex,offence\nA1,F,x\n{rows}".encode())
    pd.testing.assert_frame_equal(plainly(copied.table), plainly(whole.table))
    mark = copy_mark.mark_of(tmp_path / "copy.parquet")
    assert mark is not None
    assert mark.texts == (None, ("F", "M"), None)


def test_a_copy_says_nothing_to_who_takes_it_for_a_caseload(tmp_path: Path) -> None:
    """Its numbers are not read as answers."""
    both(tmp_path, named(drawn(7, 50, clean=True)).to_csv(index=False).encode())
    copy = (tmp_path / "copy.parquet").read_bytes()
    taken = read_any(copy, name="copy.parquet", choices=Choices(kind="caseload")).mapping["taken_for"]
    assert not {"sex", "age", "company", "ogrs", "drugs_score", "oasys_layer"} & set(taken)


def test_the_first_look_at_a_copy_shows_texts(tmp_path: Path) -> None:
    content = named(drawn(7, 50, clean=True)).to_csv(index=False).encode()
    both(tmp_path, content)
    looks = [look_at(tmp_path / name).mapping.set_index("header") for name in ("caseload.csv", "copy.parquet")]
    shared = [name for name in looks[1].index if name in looks[0].index]
    assert {"sex", "age", "drugs_score"} & set(shared)
    for column in ("taken_for", "preview"):
        assert looks[1].loc[shared, column].tolist() == looks[0].loc[shared, column].tolist()


def test_a_copy_of_an_earlier_form_is_made_again(tmp_path: Path) -> None:
    content = named(drawn(8, 20, clean=True)).to_csv(index=False).encode()
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(copy_mark, "_VERSION", 1)
        both(tmp_path, content)
    assert not is_copy_of(tmp_path / "copy.parquet", tmp_path / "caseload.csv")
    both(tmp_path, content)
    assert is_copy_of(tmp_path / "copy.parquet", tmp_path / "caseload.csv")


def test_a_copy_of_a_copy(tmp_path: Path) -> None:
    _, copied = both(tmp_path, named(drawn(9, 60, clean=True), "A1").to_csv(index=False).encode())
    columnar_copy(tmp_path / "copy.parquet", tmp_path / "again.parquet")
    again = count_caseload(tmp_path / "again.parquet", pilot())
    pd.testing.assert_frame_equal(plainly(again.table), plainly(copied.table))


def test_the_headings_once_more(tmp_path: Path) -> None:
    """A heading with a digit is no identifier, though it looks like one."""
    path, copy = tmp_path / "caseload.csv", tmp_path / "copy.parquet"
    path.write_bytes(b"crn2,sex,age\nC1,M,30\ncrn2,sex,age\nC2,F,40\n")
    mapping = look_at(path).mapping
    mapping.loc[0, "taken_for"] = "respondent_id"
    columnar_copy(path, copy, mapping=mapping)
    whole, copied = (count_caseload(one, pilot(), mapping=mapping).table for one in (path, copy))
    pd.testing.assert_frame_equal(plainly(copied), plainly(whole))
    assert whole.loc[whole["tally"] == "everyone", "people"].tolist() == [2]
