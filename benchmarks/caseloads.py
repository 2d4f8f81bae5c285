"""A caseload of millions of rows, counted where it lies: from text, and from the columnar copy of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import ROOT, Line
from evalcore.profile.counting import columnar_copy, count_caseload
from evalcore.rules.needs import load_need_rules

_ROWS = 5_000_000
_PART = 500_000


def lines() -> Iterator[Line]:
    """Lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder, "caseload.csv"), Path(folder, "caseload.parquet")
        _write(path)
        columnar_copy(path, copy)
        for name, file, budget in (("text", path, 10.0), ("the columnar copy", copy, 1.0)):
            taken, processor, memory = _measured(file)
            remark = f"{processor:.1f} s of processors, {os.cpu_count()} of them; {file.stat().st_size / 1e6:.0f} MB"
            yield Line(f"Caseload of {_ROWS:,} rows counted from {name}", budget, taken, remark=remark)
            yield Line(f"Memory of the process that counted {name}", 1.5, memory, "GB")


def _write(path: Path) -> None:
    """Write people as they stand in the native form, part by part."""
    draw = np.random.default_rng(1)
    for start in range(0, _ROWS, _PART):
        part = _people(draw, start)
        part.to_csv(path, index=False, mode="a", header=start == 0)


def _people(draw: np.random.Generator, start: int) -> pd.DataFrame:
    n = _PART
    table = {
        "respondent_id": [f"C{i}" for i in range(start, start + n)],
        "company": draw.choice(["Company A", "Company B", "Company C"], n),
        "sex": draw.choice(["M", "F", ""], n, p=[0.86, 0.13, 0.01]),
        "age": draw.integers(18, 80, n),
        "offence": draw.choice(["theft", "violence", "drug possession", "other motoring", "burglary"], n),
        "sentence": draw.choice(["community order", "suspended sentence order"], n),
        "ogrs": draw.integers(1, 100, n),
        "ogrs_version": "OGRS3",
        "ogrs_horizon": "2 years",
    }
    for section, rule in load_need_rules().items():
        if rule.maximum is not None:
            table[f"{section}_score"] = draw.integers(0, rule.maximum + 1, n)
        else:
            table[f"{section}_need"] = draw.choice(["yes", "no", ""], n, p=[0.4, 0.5, 0.1])
    return pd.DataFrame({**table, "oasys_layer": "3", "oasys_form": "OASys 2009"})


def _measured(path: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processors, and gigabytes at the most, of a process of its own that counts a file."""
    command = [sys.executable, "-m", "benchmarks.caseloads", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    taken, processor, memory = map(float, run.stdout.split())
    return taken, processor, memory


def _count(path: str) -> None:
    """Count a file and print what it took, the libraries loaded beforehand."""
    import resource

    cases = pd.DataFrame({"respondent_id": ["C1", "c-2"]})
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.csv")
        small.write_text("respondent_id,sex\nC1,M\nC9,F\n")
        count_caseload(small, cases)
    start, used = time.perf_counter(), time.process_time()
    count_caseload(path, cases)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(time.perf_counter() - start, time.process_time() - used, peak)


if __name__ == "__main__":
    _count(sys.argv[1])
