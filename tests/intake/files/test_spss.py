"""SPSS files to cells: labels, dates, declared missing values, long texts, old encodings, damage and limits."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.reading import read_table, read_tables
from evalcore.intake.files.source import Limits
from tests.intake.files.tool_files import QUALTRICS, USEFUL, cells


@pytest.fixture
def sav(tmp_path: Path):
    """Write columns as an SPSS file and give its bytes."""

    def write(columns: dict[str, list[Any]], **options: Any) -> bytes:
        path = tmp_path / "made.sav"
        pyreadstat.write_sav(pd.DataFrame(columns), path, **options)
        return path.read_bytes()

    return write


def told(table):
    return [(note.row, note.column, note.found, note.action, note.severity) for note in table.notes]


ANSWERS = {0.0: "None of the time", 1.0: "Rarely", 99.0: "Refused"}


def test_cells_as_a_spreadsheet_would_write_them(sav):
    data = sav(
        {
            "ID": ["AB12", "Zoë", ""],
            "Phase": [1.0, 2.0, np.nan],
            "WEMWBSa": [0.0, 1.0, 2.0],
            "Mean": [12.0, 2.5, -0.125],
            "Long": ["x" * 700, "two\nlines", " inner  blanks "],
        },
        column_labels={"WEMWBSa": f"Over the last 2 weeks\n{USEFUL}"},
        variable_value_labels={"WEMWBSa": ANSWERS, "Phase": {1.0: "pre"}},
    )
    table = read_table(data, "answers.sav")
    assert table.header == ("ID", "Phase", "WEMWBSa", "Mean", "Long")
    assert table.questions == ("", "", f"Over the last 2 weeks {USEFUL}", "", "")
    assert cells(table) == [
        ["AB12", "pre", "None of the time", "12", "x" * 700],
        ["Zoë", "2", "Rarely", "2.5", "two\nlines"],
        ["", "", "2", "-0.125", " inner  blanks"],
    ]
    assert table.rows.tolist() == [2, 3, 4]
    assert (table.name, table.tool, table.refused, told(table)) == ("answers.sav", "spss", (), [])


def test_dates_and_times_are_in_iso_form(sav):
    moment = pd.Timestamp("2026-02-04 14:05:40")
    data = sav({"day": [moment.date(), None], "at": [moment, None], "clock": [datetime.time(9, 5), None], "n": [1, 2]})
    table = read_table(data)
    assert cells(table) == [["2026-02-04", "2026-02-04 14:05:40", "09:05:00", "1"], ["", "", "", "2"]]


@pytest.mark.parametrize("written", ["DATE11", "ADATE10", "EDATE10", "SDATE10"])
def test_every_form_of_a_date_is_a_date(sav, written):
    data = sav({"on": [datetime.date(2026, 2, 4)]}, variable_format={"on": written})
    assert cells(read_table(data)) == [["2026-02-04"]]


def test_a_date_beyond_the_calendar_stays_a_number(sav):
    assert cells(read_table(sav({"on": [1e300, -1e14]}, variable_format={"on": "DATE11"}))) == [
        ["1e+300"],
        ["-100000000000000"],
    ]


def test_values_declared_missing_are_blank_and_listed_cell_by_cell(sav):
    data = sav(
        {
            "id": ["A1", "A2", "A3", "A4", "XX"],
            "one": [1.0, 99.0, 99.0, -9.0, np.nan],
            "range": [-5.0, -1.0, 2.0, 77.0, 1e9],
            "fine": [99.0, 1.0, 1.0, 1.0, 1.0],
        },
        missing_ranges={"one": [99.0, -9.0], "range": [{"lo": -9, "hi": -1}, 77.0], "id": ["XX"]},
        variable_value_labels={"one": ANSWERS},
    )
    table = read_table(data)
    assert cells(table) == [
        ["A1", "Rarely", "", "99"],
        ["A2", "", "", "1"],
        ["A3", "", "2", "1"],
        ["A4", "", "", "1"],
        ["", "", "1000000000", "1"],
    ]
    says = "which the file declares missing"
    assert set(told(table)) == {
        (row, column, f"{value}, {says}", "value set to missing", "note")
        for row, column, value in [
            (6, "id", "XX"),
            (3, "one", "99"),
            (4, "one", "99"),
            (5, "one", "-9"),
            (2, "range", "-5"),
            (3, "range", "-1"),
            (5, "range", "77"),
        ]
    }


def test_a_declared_missing_value_that_nobody_has_is_not_noted(sav):
    assert told(read_table(sav({"q": [1.0, 2.0]}, missing_ranges={"q": [99.0]}))) == []


def test_labels_of_texts(sav):
    data = sav({"site": ["n ", "s"]}, variable_value_labels={"site": {"n": "North"}})
    assert cells(read_table(data)) == [["North"], ["s"]]


def test_compressed_files(sav):
    columns = {"id": ["A1", "A2"], "q": [1.0, 2.0]}
    plain, packed = sav(columns), sav(columns, compress=True)
    assert (plain[:4], packed[:4]) == (b"$FL2", b"$FL3")
    assert cells(read_table(packed)) == cells(read_table(plain)) == [["A1", "1"], ["A2", "2"]]


def test_windows_1252_with_and_without_saying_so(sav):
    data = sav({"site": ["Caf__", "plain"]}, column_labels={"site": "caf__"})
    record = data.index(b"UTF-8")
    western = data.replace(b"Caf__", b"Caf\xe9\x80").replace(b"caf__", b"caf\xe9\x96")
    unsaid = western[: record - 16] + western[record + 5 :]
    said = western.replace(b"\x05\x00\x00\x00UTF-8", b"\x0c\x00\x00\x00windows-1252")
    for changed in (western, said, unsaid):
        table = read_table(changed)
        assert (table.questions, cells(table)) == (("café–",), [["Café€"], ["plain"]])


@pytest.mark.parametrize("name", [b"UT\0-8", b"x-mac", b"hex  "])
def test_an_encoding_that_does_not_exist(sav, name):
    data = sav({"site": ["Caf__"]}).replace(b"Caf__", b"Caf\xe9\x80").replace(b"UTF-8", name)
    assert cells(read_table(data)) == [["Café€"]]


def test_names_that_are_not_in_the_encoding_that_the_file_names(sav):
    data = sav({"xa__": ["A1"], "xb__": ["A2"]})
    for name in (b"xa__", b"xb__", b"XA__", b"XB__"):
        data = data.replace(name, b"\xe9" + name[1:])
    table = read_table(data)
    assert (table.header, cells(table)) == (("éa__", "éb__"), [["A1", "A2"]])


def test_labels_of_another_type_than_their_variable_do_not_end_the_process(sav, tmp_path):
    data = sav({"id": ["A1"], "wave": [-2.5e-300]}, variable_value_labels={"wave": {-2.5e-300: "pre"}})
    at = data.index(b"WAVE    ") - 20  # where the record of the variable says number (0) or text of so many letters
    assert data[at - 4 : at + 4] == b"\x02\0\0\0\0\0\0\0"
    path = tmp_path / "other.sav"
    path.write_bytes(data[:at] + b"\x02" + data[at + 1 :])
    script = "import sys; from evalcore.intake.files.reading import read_table; print(read_table(sys.argv[1]).header)"
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "('id', 'wave')\n")


def test_names_that_are_missing_or_twice(sav):
    data = sav({"first": ["A1"], "other": ["A2"]})
    twice = read_table(data.replace(b"OTHER=other", b"OTHER=first"))
    assert (twice.header[0], cells(twice)) == ("first", [["A1", "A2"]])
    nameless = data.replace(b"FIRST   ", b"\0" * 8).replace(b"FIRST=first", b"FIRSX=first")
    assert read_table(nameless).header == ("", "other")


def test_an_export_that_came_by_way_of_spss_is_known_by_its_columns(sav):
    table = read_table(sav({name: ["x"] for name in QUALTRICS[0]}))
    assert table.tool == "qualtrics"


def test_a_file_without_cases(sav):
    table = read_table(sav({"id": pd.Series([], dtype=str), "q": pd.Series([], dtype=float)}))
    assert (table.header, len(table)) == (("id", "q"), 0)


def test_blank_cases_keep_the_numbers_of_the_others(sav):
    table = read_table(sav({"id": ["A1", "", "A3"], "q": [1.0, np.nan, 3.0]}))
    assert table.rows.tolist() == [2, 4]


def test_an_spss_file_is_one_table(sav):
    data = sav({"id": ["A1"]})
    assert [table.name for table in read_tables(data, "a.sav")] == ["a.sav"]


@pytest.mark.parametrize("left", [4, 100, 200, 400, -3])
def test_damage_is_said_in_a_sentence(sav, left):
    data = sav({"id": ["A1", "A2"], "q": [1.0, 2.0]})
    with pytest.raises(UnreadableFileError, match="SPSS file is damaged") as caught:
        read_table(data[:left])
    assert "A1" not in str(caught.value)


@pytest.mark.parametrize(
    "limits", [Limits(rows=20), Limits(cells=30), Limits(unpacked=300), Limits(columns=1)], ids=str
)
def test_limits_are_looked_at_before_the_cases_are_read(sav, limits, monkeypatch):
    data = sav({"id": [f"A{i}" for i in range(20)], "q": [1.0] * 20})
    assert len(read_table(data, limits=Limits(rows=21, cells=40, unpacked=320))) == 20
    read = pyreadstat.read_sav

    def only_headings(*args: Any, metadataonly: bool = False, **options: Any) -> Any:
        assert metadataonly, "the cases were read"
        return read(*args, metadataonly=True, **options)

    monkeypatch.setattr(pyreadstat, "read_sav", only_headings)
    with pytest.raises(UnreadableFileError, match=r"more than can be read safely|more than 1 columns"):
        read_table(data, limits=limits)


def test_a_file_that_does_not_say_how_many_cases_it_has_is_bounded_all_the_same(sav):
    data = sav({"id": [f"A{i}" for i in range(20)], "q": [1.0] * 20})
    unsaid = data[:80] + b"\xff\xff\xff\xff" + data[84:]
    assert len(read_table(unsaid)) == 20
    with pytest.raises(UnreadableFileError, match="more than can be read safely"):
        read_table(unsaid, limits=Limits(rows=20))
