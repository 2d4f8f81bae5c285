"""Imports go one way, and heavy libraries are loaded where they are used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture import layers
from tests.architecture.sources import ROOT, faults, python_files


def test_evalcore_imports_go_one_way() -> None:
    assert faults(layers.imports_upwards, "evalcore/") == []


def test_no_two_parts_of_evalcore_import_each_other() -> None:
    graph: dict[str, set[str]] = {}
    for name, source in python_files("evalcore/").items():
        if unit := layers.unit_of(layers.dotted_name(name)):
            graph.setdefault(unit, set()).update(layers.units_imported(name, source))
    assert layers.circles(graph) == []


def test_no_import_crosses_a_border() -> None:
    assert faults(layers.forbidden_imports, "evalcore/", "pages/") == []


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    assert faults(layers.heavy_at_import, "evalcore/", "pages/", "app.py") == []


def test_importing_evalcore_loads_no_heavy_library() -> None:
    code = "import json, sys, evalcore; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = json.loads(run.stdout)
    assert "evalcore" in loaded
    assert [name for name in loaded if name in layers.HEAVY or name == "streamlit"] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("evalcore/study.py", "from evalcore.findings import finding"),
        ("evalcore/intake/files/reading.py", "import evalcore.outcomes.matching"),
        ("evalcore/intake/files/reading.py", "from ...study import Study"),
        ("evalcore/columns.py", "def f():\n    from evalcore.rules import bands"),
        ("evalcore/outcomes/paired.py", "from evalcore.figures.theme import COLOURS"),
        ("evalcore/odds_and_ends.py", ""),
    ],
)
def test_an_import_of_a_higher_layer_is_found(name: str, source: str) -> None:
    assert len(layers.imports_upwards(name, source)) == 1


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (
            "evalcore/findings/before_after/matched/change.py",
            "from evalcore.figures.chart import Chart\nfrom evalcore.study import Study",
        ),
        ("evalcore/__init__.py", "from evalcore.findings import findings_for"),
        ("evalcore/outcomes/paired.py", "from .pairs import Pairs\nimport numpy as np"),
    ],
)
def test_an_import_of_a_lower_layer_is_allowed(name: str, source: str) -> None:
    assert layers.imports_upwards(name, source) == []


def test_a_circle_of_imports_is_found() -> None:
    assert layers.circles({"claims": {"trail"}, "trail": {"outcomes"}, "outcomes": {"claims"}}) == [
        "claims",
        "outcomes",
        "trail",
    ]
    assert layers.circles({"claims": {"trail"}, "trail": {"outcomes"}}) == []


def test_units_imported_are_those_of_other_parts() -> None:
    source = "from evalcore.trail import Trail\nfrom evalcore.findings.finding import Finding\nimport pandas"
    assert layers.units_imported("evalcore/findings/before_after/matched/change.py", source) == {"trail"}


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("evalcore/study.py", "import streamlit as st"),
        ("evalcore/study.py", "from pages._shared import state"),
        ("evalcore/outcomes/paired.py", "def f():\n    import plotly.graph_objects as go"),
        ("pages/overview/page.py", "from pages.people import cards"),
        ("pages/overview/page.py", "import plotly.graph_objects as go"),
        ("pages/_shared/state.py", "from pages.overview import page"),
        ("pages/overview/page.py", "from tests.browser import server"),
        ("evalcore/sample.py", "import sample_data.build"),
    ],
)
def test_an_import_across_a_border_is_found(name: str, source: str) -> None:
    assert len(layers.forbidden_imports(name, source)) == 1


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("evalcore/figures/plotly_drawer.py", "def f():\n    import plotly.graph_objects as go"),
        (
            "pages/overview/page.py",
            "import streamlit as st\nfrom pages._shared import state\nfrom pages.overview import cards",
        ),
        ("pages/_shared/components.py", "from evalcore.figures import theme\nfrom pages._shared import state"),
    ],
)
def test_an_import_within_the_borders_is_allowed(name: str, source: str) -> None:
    assert layers.forbidden_imports(name, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "from scipy import stats",
        "import pingouin",
        "try:\n    import plotly.graph_objects as go\nexcept ImportError:\n    pass",
        "class Model:\n    import statsmodels.api as sm",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import plotly\nelse:\n    import scipy.stats",
    ],
)
def test_a_heavy_library_at_the_top_is_found(source: str) -> None:
    assert len(layers.heavy_at_import("evalcore/outcomes/paired.py", source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    from scipy import stats\n    return stats",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import plotly.graph_objects as go",
        "from scipy import special",
    ],
)
def test_a_heavy_library_where_it_is_used_is_allowed(source: str) -> None:
    assert layers.heavy_at_import("evalcore/outcomes/paired.py", source) == []
