"""Large files as survey tools write them: from bytes to a study with its fingerprint, and the memory that this takes.

Run as a module with a file's path it reads that one file in a process of its own, and prints seconds and bytes.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

import evalcore
from benchmarks.measuring import ROOT, Line, median_seconds
from evalcore.instruments import load_instrument

_PEOPLE = 50_000
_COLUMNS = 40
_START = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
_OWN = {
    "StartDate": "2026-02-04 14:02:11",
    "EndDate": "2026-02-04 14:05:40",
    "Status": "IP Address",
    "IPAddress": "192.0.2.1",
    "Progress": "100",
    "Duration (in seconds)": "209",
    "Finished": "True",
    "RecordedDate": "2026-02-04 14:05:41",
    "ResponseId": "R_3kQz81LmNpV0aBc",
    "DistributionChannel": "anonymous",
    "UserLanguage": "EN-GB",
}


def lines() -> Iterator[Line]:
    """Lines of the table: seconds and peak memory of each shape."""
    size = f"{_PEOPLE:,} x {_COLUMNS}"
    for name, make in _SHAPES.items():
        content, file = make(), "answers pre.csv"
        if name.endswith("a workbook"):
            content, file = _workbook(content), "answers pre.xlsx"
        taken = median_seconds(partial(_to_study, content, file), 3)
        yield Line(f"{size}, {name}: bytes to study", 3.0, taken, remark=f"{len(content) / 1e6:.0f} MB")
        yield _peak(f"{size}, {name}: peak memory, fresh process", content, file)


def _to_study(content: bytes, file: str) -> evalcore.Study:
    study = evalcore.Study.empty().add(evalcore.read_questionnaires(content, name=file))
    assert study.fingerprint
    assert len(study.responses) >= _PEOPLE
    return study


def _words(instrument: str) -> list[str]:
    return [answer.label for answer in load_instrument(instrument).answers.values()]


def _numbers(instrument: str) -> list[str]:
    return [str(code) for code in load_instrument(instrument).codes]


def _items(columns: dict[str, object], instrument: str, name: str, texts: list[str], rng: np.random.Generator) -> None:
    for number in range(1, len(load_instrument(instrument).columns) + 1):
        columns[name.format(number)] = np.array(texts, dtype=object)[rng.integers(0, len(texts), _PEOPLE)]


def _one_wave(write: Callable[[str], list[str]]) -> bytes:
    """One survey with the tool's own columns and three heading rows."""
    rng = np.random.default_rng(0)
    columns: dict[str, object] = {name: np.repeat(cell, _PEOPLE) for name, cell in _OWN.items()}
    columns["ResponseId"] = [f"R_3kQz81LmNp{at:06d}" for at in range(_PEOPLE)]
    columns["Q1"] = [f"P{at:06d}" for at in range(_PEOPLE)]
    texts = dict(zip(_OWN, ("Start Date", "End Date", "Response Type", "IP Address"), strict=False))
    texts["Q1"] = "Participant ID"
    for question, instrument in (("Q2", "swemwbs"), ("Q3", "gse"), ("Q4", "uwes9")):
        _items(columns, instrument, question + "_{}", write(instrument), rng)
        for number, item in enumerate(load_instrument(instrument).items, start=1):
            texts[f"{question}_{number}"] = f"... {' '.join(item.header_words[0])}"
    columns["Site"] = np.array(["North", "South"], dtype=object)[rng.integers(0, 2, _PEOPLE)]
    columns["Q9"] = np.repeat("", _PEOPLE)
    top = pd.DataFrame(
        [
            [texts.get(name, name) for name in columns],
            [f'{{"ImportId":"{name}"}}' for name in columns],
        ],
        columns=list(columns),
    )
    return _written(pd.concat([top, pd.DataFrame(columns)], ignore_index=True))


def _wide(write: Callable[[str], list[str]]) -> bytes:
    """Both waves side by side, one row a person."""
    rng = np.random.default_rng(0)
    columns: dict[str, object] = {"ID": [f"P{at:06d}" for at in range(_PEOPLE)]}
    for extra in ("Role", "Site", "How completed"):
        columns[extra] = np.repeat({"Role": "Staff", "Site": "North"}.get(extra, "alone"), _PEOPLE)
    for wave in ("pre", "post"):
        _items(columns, "uwes9", f"uwes9_{{}}_{wave}", write("uwes9"), rng)
        _items(columns, "uwes9", f"note_{{}}_{wave}", ["", "x"], rng)
    return _written(pd.DataFrame(columns))


def _written(table: pd.DataFrame) -> bytes:
    assert table.shape[1] == _COLUMNS
    return table.to_csv(index=False).encode()


def _workbook(content: bytes) -> bytes:
    """The same table as a workbook, its texts shared as a spreadsheet program writes them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet("Answers")
        for row, line in enumerate(csv.reader(io.StringIO(content.decode()))):
            sheet.write_row(row, 0, line)
    return file.getvalue()


_SHAPES: Mapping[str, Callable[[], bytes]] = {
    "Qualtrics in words": lambda: _one_wave(_words),
    "Qualtrics in numbers": lambda: _one_wave(_numbers),
    "wide in words": lambda: _wide(_words),
    "wide in numbers": lambda: _wide(_numbers),
    "wide in words, a workbook": lambda: _wide(_words),
    "wide in numbers, a workbook": lambda: _wide(_numbers),
}


def _peak(name: str, content: bytes, file: str) -> Line:
    """Read a file in a process of its own, and ask the system for the most memory that it held."""
    if sys.platform == "win32":
        return Line(name, 500, None, "MB", "not measured on this system")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file)
        path.write_bytes(content)
        # A process starts with the mark of the one that started it: a small one stands between.
        command = [sys.executable, "-c", _START, sys.executable, "-m", "benchmarks.exports", str(path)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, peak = map(float, run.stdout.split())
    return Line(name, 500, peak / 1e6, "MB", f"{seconds:.2f} s, the first reading of a process")


def _read_one(path: str) -> None:
    import resource

    content = Path(path).read_bytes()
    start = time.perf_counter()
    _to_study(content, Path(path).name)
    taken = time.perf_counter() - start
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(taken, held * (1 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    _read_one(sys.argv[1])
