"""The seed corpus: one small file of each kind that the readers know, made in code."""

from __future__ import annotations

import datetime
import io
import tempfile
from pathlib import Path

import pandas as pd
import pyreadstat

from evalcore.instruments import load_instrument
from tests.intake.files.tool_files import FILES
from tests.intake.made import csv_bytes, gse, opendocument_bytes, workbook_bytes

DATE = datetime.date(2026, 2, 4)


def seeds() -> dict[str, bytes]:
    """Name and bytes of each seed, sorted by name."""
    native = gse(["A1", "pre"], ["A1", "post"], ["A2", "pre"], ["A2", "pre"])
    words = _in_words()
    roster = [
        ["respondent_id", "role", "consent", "started_on"],
        ["A1", "staff", "yes", "04/02/2026"],
        ["A2", "", "", ""],
    ]
    caseload = [["sex", "age", "drugs_score"], ["male", "34", "5"], ["F", "x", "99"]]
    cases = [
        ["CRN", "Gender", "Date of birth", "Start date", "OGRS3 2yr %", "ETE", "3.3", "3.4", "3.5", "S8 drugs need"],
        ["A1", "1", "04/02/1980", "04/02/2026", "54%", "2", "2", "1", "0", "Yes - criminogenic need"],
        ["A2", "2", "4 Feb 80", "", "0.5", "", "0", "", "9", "Not assessed"],
    ]
    wide = [["ID", "GSE1_pre", "GSE1_post", "Site", "E-mail"], ["A1", "1", "4", "North", "a@example.org"]]
    found = {
        "native.csv": csv_bytes(native),
        "native.tsv": csv_bytes(native, delimiter="\t", encoding="utf-16"),
        "semicolon.csv": b"sep=;\r\n" + csv_bytes(words, delimiter=";", encoding="cp1252"),
        "bom.csv": csv_bytes(words, encoding="utf-8-sig"),
        "quoted.csv": b'respondent_id,wave,gse_1\n"A1","pre","3"\n"A,\n2",post,"1 ""or"" 2"\n',
        "ragged.csv": b'A title of the table\nid,wave,gse_1\nA1,pre,3,4\nA2\n"A3,pre\nA4,post,2\n',
        "roster.csv": csv_bytes(roster),
        "caseload.csv": csv_bytes(caseload),
        "cases.csv": csv_bytes(cases),
        "caseload.parquet": _parquet(),
        "published.csv": b"measure,category,count,total\nOGRS,male,12,40\n",
        "wide.csv": csv_bytes(wide),
        "answers.xlsx": workbook_bytes(Empty=[], Answers=[*words, ["A9", DATE, 2.5, True]], Codes=[["x", 1]]),
        "answers.ods": opendocument_bytes(Answers=words, Other=native),
        "answers.sav": _spss(compress=False),
        "answers.zsav": _spss(compress=True),
    }
    for name, (lines, _, _) in FILES.items():
        found[f"{name}.csv"] = csv_bytes(lines)
    found["qualtrics.xlsx"] = workbook_bytes(Sheet0=FILES["qualtrics"][0])
    return dict(sorted(found.items()))


def _in_words() -> list[list[object]]:
    answers = [answer.label for answer in load_instrument("gse").answers.values()]
    return [
        ["Timestamp", "Your code", "wave", "gse_1", "gse_2", "Anything else?"],
        ["04/02/2026 14:05:40", "ab 12", "Before", answers[0], f"2 - {answers[1]}", "café £5"],
        ["05/02/2026 14:05:40", "AB-13", "T2", answers[2].upper(), "Prefer not to say", "two\nlines"],
    ]


def _parquet() -> bytes:
    table = pd.DataFrame({"sex": ["M", "F", None], "age": [34.0, None, 50.0], "DOB": [DATE] * 3, "on": [DATE] * 3})
    file = io.BytesIO()
    table.to_parquet(file)
    return file.getvalue()


def _spss(*, compress: bool) -> bytes:
    table = pd.DataFrame(
        {"id": ["A1", "Zoë"], "wave": [1.0, 2.0], "gse_1": [3.0, 99.0], "on": [DATE, None], "long": ["x" * 300, ""]}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sav"
        pyreadstat.write_sav(
            table,
            path,
            compress=compress,
            column_labels={"gse_1": "How true is it?"},
            variable_value_labels={"wave": {1.0: "pre", 2.0: "post"}},
            missing_ranges={"gse_1": [99.0, {"lo": -9.0, "hi": -1.0}]},
        )
        return path.read_bytes()
