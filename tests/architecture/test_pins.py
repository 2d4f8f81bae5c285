"""The lists of requirements pin each library that the code imports, with a reason."""

from __future__ import annotations

import pytest

from tests.architecture import pins
from tests.architecture.sources import ROOT, python_files

RUNTIME = (ROOT / "requirements.txt").read_text(encoding="utf-8")
DEVELOPMENT = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [RUNTIME, DEVELOPMENT], ids=["requirements", "requirements-dev"])
def test_each_line_is_an_exact_pin_with_a_reason(text: str) -> None:
    assert pins.loose_lines(text) == []
    assert pins.pinned(text)


def test_nothing_is_pinned_twice() -> None:
    assert pins.pinned(RUNTIME) & pins.pinned(DEVELOPMENT) == set()


def test_what_runs_needs_only_the_first_list() -> None:
    sources = python_files("evalcore/", "pages/", "app.py", "sample_data/")
    found = [
        fault for name, text in sources.items() for fault in pins.unpinned_imports(name, text, pins.pinned(RUNTIME))
    ]
    assert found == []


@pytest.mark.parametrize("line", ["numpy", "numpy>=2.0  # arithmetic", "numpy==2.4.6", "numpy==2.4.6  #"])
def test_a_loose_line_is_found(line: str) -> None:
    assert pins.loose_lines(f"# a list\n{line}\n") == [line]


def test_an_import_that_no_list_pins_is_found() -> None:
    source = "import os\nimport numpy as np\ndef f():\n    from yaml import load\n"
    assert pins.unpinned_imports("evalcore/study.py", source, {"numpy"}) == ["evalcore/study.py:4: yaml is in no list"]
