"""Sample study in, published and committed tables out."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.scoring import score
from evalcore.sample import known_answers, published_table, sample_study
from tests.backtest.measured import committed, measured

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = known_answers()["published_table"]


def _name(line: dict[str, Any]) -> str:
    return f"{line['instrument']}-{line['role']}-{line['group']}".replace(" ", "_")


@pytest.mark.parametrize("line", PUBLISHED, ids=_name)
def test_a_published_line_comes_out(line: dict[str, Any]) -> None:
    scores = score(sample_study().responses, line["instrument"])
    found = describe(match_scores(scores, scale=line["scale"], role=line["role"])).loc[line["group"]]
    assert found["n"] == line["n"]
    assert line["n_printed"] in (None, line["n"])
    assert round(found["mean"], 5) == line["mean"]
    assert round(found["sd"], 5) == line["sd"]
    assert f"{found['mean']:.2f} ({found['sd']:.2f})" == line["here"]


def test_one_published_line_departs_and_it_is_the_one_named() -> None:
    departing = [line for line in PUBLISHED if line["here"] != line["published"]]
    named = known_answers()["departures"]
    assert [(line["instrument"], line["role"], line["group"]) for line in departing] == [
        (line["instrument"], line["role"], line["group"]) for line in named
    ]
    assert departing[0]["published"].replace(named[0]["published"], named[0]["here"]) == departing[0]["here"]


def test_the_table_of_published_lines_says_which_are_the_same() -> None:
    table = published_table()
    assert list(table["here"]) == [line["here"] for line in PUBLISHED]
    assert list(table["same"]) == [line["here"] == line["published"] for line in PUBLISHED]
    assert list(table["n"]) == [line["n"] for line in PUBLISHED]
    assert [
        None if missing else n for n, missing in zip(table["n_printed"], table["n_printed"].isna(), strict=True)
    ] == [line["n_printed"] for line in PUBLISHED]


def test_one_command_prints_the_published_table() -> None:
    run = subprocess.run([sys.executable, "-m", "sample_data"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    for line in PUBLISHED:
        (printed,) = [
            one for one in lines if one.startswith(line["instrument"]) and line["group"] in one and line["role"] in one
        ]
        assert line["published"] in printed
        assert line["here"] in printed
        assert printed.endswith("same" if line["published"] == line["here"] else "differs")


@pytest.mark.parametrize("measure", committed())
def test_a_committed_table_comes_out(measure: str) -> None:
    expected, found = committed()[measure], measured()[measure]
    for group, row in expected["describe"].items():
        assert differing(found["describe"][group], row) == []
    assert differing(found["paired_change"], expected["paired_change"]) == []


def differing(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Names that one of the two lacks, or whose values differ by more than two libraries of one version do."""
    return [
        name
        for name in found.keys() | expected.keys()
        if (name in found) != (name in expected) or not _agree(found[name], expected[name])
    ]


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-8, abs_tol=1e-12)
    return bool(one == other)


def test_no_measure_appears_or_vanishes_unseen() -> None:
    assert list(measured()) == list(committed())
