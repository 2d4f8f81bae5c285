"""Files and functions stay short, and stand where their names say."""

from __future__ import annotations

import pytest

from tests.architecture import sizes
from tests.architecture.sources import faults, python_files


def test_files_are_short() -> None:
    assert faults(sizes.too_long) == []


def test_functions_are_short() -> None:
    assert faults(sizes.long_bodies, "evalcore/", "pages/", "app.py", "sample_data/", "benchmarks/") == []


def test_files_stand_where_their_names_say() -> None:
    assert [fault for name in python_files() for fault in sizes.misplaced(name)] == []


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("app.py", 60),
        ("pages/overview/page.py", 120),
        ("pages/_shared/state.py", 400),
        ("evalcore/study.py", 400),
        ("tests/test_study.py", 400),
    ],
)
def test_a_long_file_is_found(name: str, most: int) -> None:
    assert sizes.too_long(name, "x = 1\n" * most) == []
    assert len(sizes.too_long(name, "x = 1\n" * (most + 1))) == 1


def test_a_long_body_is_found_and_its_docstring_does_not_count() -> None:
    documentation = '    """One.\n\n    Three lines.\n    """\n'
    method = "class Study:\n" + "    def add(self):\n" + "        x = 1\n" * 41
    assert sizes.long_bodies("evalcore/study.py", f"def f():\n{documentation}" + "    x = 1\n" * 40) == []
    assert len(sizes.long_bodies("evalcore/study.py", f"def f():\n{documentation}" + "    x = 1\n" * 41)) == 1
    assert len(sizes.long_bodies("evalcore/study.py", method)) == 1


@pytest.mark.parametrize("name", ["pages/overview.py", "evalcore/utils.py", "tests/helpers/files.py"])
def test_a_misplaced_file_is_found(name: str) -> None:
    assert len(sizes.misplaced(name)) == 1


@pytest.mark.parametrize("name", ["pages/__init__.py", "pages/overview/page.py", "evalcore/intake/files/reading.py"])
def test_a_file_in_its_place_is_allowed(name: str) -> None:
    assert sizes.misplaced(name) == []
