"""No file names a folder of one machine, or a thing still to be done."""

from __future__ import annotations

import pytest

from tests.architecture import tracked_text
from tests.architecture.sources import python_files, text_files

# Put together here, so that this file holds no such path itself.
PATHS = [
    "/".join(["open('", "home", "ann", "scores.csv')"]),
    "/".join(["see ", "tmp", "x"]),
    "/".join(["source('..", "data.R')"]),
    "\\".join(["C:", "Users", "ann"]),
]


def test_no_text_names_a_folder_of_one_machine() -> None:
    assert [fault for name, text in text_files().items() for fault in tracked_text.machine_paths(name, text)] == []


def test_no_code_has_a_note_of_what_is_to_be_done() -> None:
    assert [fault for name, text in python_files().items() for fault in tracked_text.left_over_notes(name, text)] == []


@pytest.mark.parametrize("text", PATHS)
def test_a_path_of_one_machine_is_found(text: str) -> None:
    assert len(tracked_text.machine_paths("README.md", f"fine\n{text}\n")) == 1


@pytest.mark.parametrize("text", ["evalcore/study.py", "and so on...", "`.venv/bin/python`", "pages/<slug>/page.py"])
def test_a_path_within_the_project_is_allowed(text: str) -> None:
    assert tracked_text.machine_paths("README.md", text) == []


def test_a_left_over_note_is_found() -> None:
    assert len(tracked_text.left_over_notes("evalcore/study.py", "# TO" + "DO: later")) == 1
