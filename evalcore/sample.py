"""The sample study: invented people whose answers give the published figures of a real pilot."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pandas as pd

from evalcore.intake import read_caseload, read_cases, read_questionnaires, read_roster
from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.scoring import score
from evalcore.study import Study

NAME = "Sample study (invented)"
_FOLDER = Path(__file__).resolve().parent.parent / "sample_data"


@functools.cache
def sample_study() -> Study:
    """Read the sample study through the readers that a user's files go through; once in a process.

    Returns
    -------
    Study
        27 service users and 8 staff who were asked, with questionnaires before and after, case files of the 27, and a
        caseload of 12,000. Everyone is invented; `sample_data/README.md` says what is known of them.

    Examples
    --------
    >>> study = sample_study()
    >>> study.name, len(study.responses), len(study.caseload)
    ('Sample study (invented)', 43, 12000)
    """
    return Study.empty(name=NAME).add(
        read_questionnaires(_FOLDER / "responses.csv"),
        read_roster(_FOLDER / "roster.csv"),
        read_cases(_FOLDER / "cases.csv"),
        read_caseload(_FOLDER / "caseload.csv"),
    )


@functools.cache
def known_answers() -> dict[str, Any]:
    """Read what is known of the sample study beforehand: the published table and the facts of its files.

    Examples
    --------
    >>> known_answers()["published_table"][0]["published"]
    '20.53 (3.31)'
    """
    answers: dict[str, Any] = json.loads((_FOLDER / "known_answers.json").read_text(encoding="utf-8"))
    return answers


def published_table() -> pd.DataFrame:
    """Recompute the pilot's published table from the sample study's answers, line by line.

    Returns
    -------
    DataFrame
        `instrument, role, group, n_printed, published, n, here, same`: means and SDs (n - 1) as text with two decimals;
        `n_printed` is missing where the paper prints none. One line differs; `known_answers()["departures"]` says why.

    Examples
    --------
    >>> table = published_table()
    >>> len(table), int(table["same"].sum())
    (10, 9)
    """
    study = sample_study()
    lines = []
    for known in known_answers()["published_table"]:
        scores = score(study.responses, known["instrument"])
        group = describe(match_scores(scores, scale=known["scale"], role=known["role"])).loc[known["group"]]
        line = {column: known[column] for column in ("instrument", "role", "group", "n_printed", "published")}
        here = f"{group['mean']:.2f} ({group['sd']:.2f})"
        lines.append(line | {"n": int(group["n"]), "here": here, "same": here == known["published"]})
    return pd.DataFrame(lines).astype({"n_printed": "Int64"})
