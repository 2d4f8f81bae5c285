"""The README's words hold, and `make` says in a sentence what is missing and leaves nothing half made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evalcore import read_questionnaires
from tests.architecture.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TREE = re.search(r"```\n(app\.py .*?)```", README, re.DOTALL)
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

NO_ENSUREPIP = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec "{python}" "$@"\n'
BREAKS_OFF = '#!/bin/sh\ncase "$*" in *"-m venv"*) mkdir -p .venv/bin; exit 1;; esac\nexec "{python}" "$@"\n'
TOO_OLD = "#!/bin/sh\nexit 1\n"


def run_make(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """`make run` in an empty folder whose path has a space, with a Python that behaves as the script `python` says."""
    place = folder / "a path with a space"
    place.mkdir()
    shutil.copy(ROOT / "Makefile", place)
    fake = folder / "python3"
    fake.write_text(python.format(python=sys.executable), encoding="utf-8")
    fake.chmod(0o755)
    command = ["make", "run", f"PYTHON={fake}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode != 0
    assert not (place / ".venv").exists()
    return done


@needs_make
@pytest.mark.parametrize(
    ("python", "words"),
    [(TOO_OLD, "Python 3.11 or newer"), (NO_ENSUREPIP, "python3-venv"), (BREAKS_OFF, "could not be made")],
    ids=["too old", "no venv package", "breaks off"],
)
def test_make_says_what_is_missing_and_leaves_nothing(tmp_path: Path, python: str, words: str) -> None:
    assert words in run_make(tmp_path, python).stderr


def test_each_make_target_of_the_readme_exists() -> None:
    named = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert named == {"run", "test", "check", "look", "bench", "clean"}
    assert named <= set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))


def test_each_place_of_the_readme_exists() -> None:
    assert TREE is not None
    folders: list[str] = []
    for line in TREE[1].splitlines():
        indent = len(line) - len(line.lstrip())
        if indent > 4:
            continue
        folders[indent // 2 :] = [line.split()[0]]
        assert (ROOT / "".join(folders)).exists(), line


def test_the_readme_says_how_chromium_is_installed() -> None:
    assert re.search(r"^sudo apt-get .*\bchromium$", README, re.MULTILINE)


def test_the_example_of_the_readme_is_read_without_a_problem() -> None:
    example = re.search(r"```\n(respondent_id,.*?)```", README, re.DOTALL)
    assert example is not None
    intake = read_questionnaires(example[1].encode(), name="example.csv")
    assert intake.responses is not None
    assert len(intake.responses) == 2
    assert intake.problems.empty


def test_the_windows_starter_has_windows_line_ends() -> None:
    assert "*.cmd text eol=crlf" in (ROOT / ".gitattributes").read_text(encoding="utf-8")
    text = (ROOT / "start.cmd").read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > 0
