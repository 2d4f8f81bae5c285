"""Writing the scripts beside the data files, running them, and holding what they give against the dashboard."""

from __future__ import annotations

import io
import math
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

from evalcore.reporting.reproduce import data_files, reproduction_files
from evalcore.study import Study

LANGUAGES = ("Python", "R")
SCRIPTS = {"Python": "main_numbers.py", "R": "main_numbers.R"}
RESULTS = {"Python": "main_numbers_python.csv", "R": "main_numbers_R.csv"}
LABELS = ["what", "measure", "who", "statistic"]
RELATIVE, NOTHING = 1e-9, 1e-12
RSCRIPT = shutil.which("Rscript")


def written(study: Study, folder: Path, *, site: str | None = None) -> Path:
    """Put data files and scripts into a folder whose name has a space."""
    here = folder / "the files"
    here.mkdir(parents=True, exist_ok=True)
    for name, content in (data_files(study) | reproduction_files(study, site=site)).items():
        (here / name).write_bytes(content)
    return here


def run(language: str, folder: Path, *arguments: str, **environment: str) -> str:
    """Run a script as a user does and give what it prints; a warning of Python is an error."""
    script = str(folder / SCRIPTS[language])
    if language == "R" and RSCRIPT is None:
        pytest.skip("R is not installed here")
    start = [sys.executable, "-W", "error"] if language == "Python" else [str(RSCRIPT), "--vanilla"]
    done = subprocess.run(
        [*start, script, *arguments],
        capture_output=True,
        cwd=folder.parent,
        env=os.environ | environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode("ascii").replace("\r\n", "\n")


def run_inside(folder: Path) -> str:
    """Run the Python script in this process, which spares starting one, and give what it prints."""
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setattr(sys, "argv", ["main_numbers.py", "--csv"])
        runpy.run_path(str(folder / SCRIPTS["Python"]), run_name="__main__")
    return printed.getvalue()


def run_quickly(language: str, folder: Path) -> str:
    """Run a script, with its numbers as CSV too, and give what it prints."""
    return run_inside(folder) if language == "Python" else run(language, folder, "--csv")


def run_r_in_each(folders: Iterable[Path]) -> None:
    """Run the R script of each folder, all in one process, each in an environment of its own."""
    if RSCRIPT is None:
        pytest.skip("R is not installed here")
    scripts = [str(folder / SCRIPTS["R"]) for folder in folders]
    done = subprocess.run([RSCRIPT, "--vanilla", "-e", _EACH, *scripts], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")


# A script finds its folder by the argument that names it, as Rscript hands it on.
_EACH = """
for (script in commandArgs(trailingOnly = TRUE)) {
  own <- new.env()
  own$commandArgs <- local({ name <- script; function(...) c(paste0("--file=", name), "--csv") })
  sys.source(script, own)
}
"""


def result(language: str, folder: Path) -> pd.DataFrame:
    """What a script wrote as CSV."""
    return pd.read_csv(folder / RESULTS[language], keep_default_na=False)


def differences(expected: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Each line in which two tables of numbers differ; another line, or another order, is one."""
    ours, theirs = ([tuple(row) for row in table[LABELS].to_numpy()] for table in (expected, found))
    if ours != theirs:
        return [f"only here: {sorted(set(ours) - set(theirs))}, only there: {sorted(set(theirs) - set(ours))}"]
    values = zip(ours, expected["value"], found["value"], strict=True)
    return [
        f"{label}: {one!r} and {other!r}"
        for label, one, other in values
        if not math.isclose(one, other, rel_tol=RELATIVE, abs_tol=NOTHING)
    ]
