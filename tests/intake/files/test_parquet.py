"""Parquet files: the same cells as in a CSV file, and what is refused in a sentence."""

from __future__ import annotations

import datetime
import decimal
import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evalcore.errors import UnreadableFileError
from evalcore.intake import read_any, read_caseload
from evalcore.intake.files.reading import read_table
from evalcore.intake.files.source import Limits

N = 200


def parquet(columns: dict[str, object] | pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), file, **options)
    return file.getvalue()


def cells(data: bytes, **options: object) -> dict[str, list[str]]:
    raw = read_table(data, "a.parquet", **options)
    return {
        name: [column.texts[code] for code in column.codes]
        for name, column in zip(raw.header, raw.columns, strict=True)
    }


DAY = datetime.date(2026, 2, 4)
NOON = datetime.datetime(2026, 6, 1, 12, 30)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array(["a", " b ", "", None]), ["a", " b ", "", ""]),
        (pa.array(["a", None, "a"], pa.large_string()), ["a", "", "a"]),
        (pa.array(["x", "y", "x", None]).dictionary_encode(), ["x", "y", "x", ""]),
        (pa.array([1, -5, None]), ["1", "-5", ""]),
        (pa.array([1.0, 2.5, float("nan"), None]), ["1", "2.5", "", ""]),
        (pa.array([1.0, 1.0, 0.1], pa.float32()), ["1", "1", str(float(np.float32(0.1)))]),
        (pa.array([True, False, None]), ["TRUE", "FALSE", ""]),
        (pa.array([DAY, None]), ["2026-02-04", ""]),
        (pa.array([NOON, None], pa.timestamp("ns")), ["2026-06-01 12:30:00", ""]),
        (pa.array([NOON], pa.timestamp("ms", "Europe/London")), ["2026-06-01 13:30:00"]),
        (pa.array([decimal.Decimal("1.50")]), ["1.50"]),
        (pa.nulls(2), ["", ""]),
        (pa.array([], pa.string()), []),
    ],
)
def test_a_value_is_written_as_in_a_csv_file(values, texts):
    # a second column keeps rows of blanks
    assert cells(parquet({"a": values, "b": ["x"] * len(values)}))["a"] == texts


def test_rows_are_counted_as_below_a_line_of_headings():
    raw = read_table(parquet({"3.3": [2, None, 0], "3": ["a", None, "c"]}), "a.parquet")
    assert raw.rows.tolist() == [2, 4]
    assert raw.header == ("3.3", "3")
    assert [column.texts[column.codes[0]] for column in raw.columns] == ["2", "a"]


def test_several_row_groups_are_one_table():
    made = cells(parquet({"a": [f"A{i % 7}" for i in range(N)], "b": list(range(N))}, row_group_size=9))
    assert made == {"a": [f"A{i % 7}" for i in range(N)], "b": [str(i) for i in range(N)]}


def test_a_caseload_is_the_same_as_from_csv():
    table = pd.DataFrame(
        {
            "Gender": ["M", "F"] * (N // 2),
            "Age": np.where(np.arange(N) % 5, 30.0, np.nan),
            "OGRS3 2yr %": np.arange(N) % 101,
            "Drugs score": np.arange(N) % 12,
            "Date of birth": [DAY.replace(year=1970 + i % 30) for i in range(N)],
            "Start date": [DAY] * N,
        }
    )
    one, other = (
        read_caseload(data, name="caseload")
        for data in (parquet(pa.Table.from_pandas(table)), table.to_csv(index=False).encode())
    )
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.problems, other.problems)
    assert read_any(parquet(pa.Table.from_pandas(table)), name="x.parquet").kind == "caseload"


GOOD = parquet({"a": [f"A{i}" for i in range(N)], "b": list(range(N))})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (GOOD[:-10], "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:8] + bytes(200) + GOOD[208:], "damaged"),
        (parquet({"a": [[1], [2]]}), "lists, records or bytes"),
        (parquet({"a": [{"x": 1}]}), "lists, records or bytes"),
        (parquet({"a": [b"x"]}), "lists, records or bytes"),
        (parquet(pa.table([pa.array([1]), pa.array([2])], names=["a", "a"])), "same name"),
        (parquet(pa.table({})), "no columns"),
    ],
)
def test_what_can_not_be_read_is_refused_in_a_sentence(data, said):
    with pytest.raises(UnreadableFileError, match=said):
        read_table(data, "a.parquet")


@pytest.mark.parametrize(
    "limits", [Limits(rows=N - 1), Limits(cells=2 * N - 1), Limits(columns=1), Limits(unpacked=100)]
)
def test_a_file_beyond_the_limits_is_refused(limits):
    assert len(read_table(GOOD, "a.parquet", limits=Limits(rows=N, cells=2 * N, columns=2))) == N
    with pytest.raises(UnreadableFileError, match=r"more than|more rows"):
        read_table(GOOD, "a.parquet", limits=limits)


def test_a_long_text_in_every_row_is_unpacked_once():
    text, rows = "x" * 50_000, 6_000
    many = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, dtype=np.int32)), pa.array([text]))
    data = parquet(pa.table({"a": many.cast(pa.string(), memory_pool=pa.system_memory_pool())}), store_schema=False)
    before = pa.default_memory_pool().bytes_allocated()
    highest = pa.default_memory_pool().max_memory()
    raw = read_table(data, "a.parquet")
    assert (len(raw), raw.columns[0].texts[0]) == (rows, text)
    assert pa.default_memory_pool().max_memory() <= max(highest, before + len(text) * rows // 4)


def test_a_csv_file_may_begin_with_the_same_letters():
    assert cells(b"PAR1,PAR2\n1,2\n") == {"PAR1": ["1"], "PAR2": ["2"]}
