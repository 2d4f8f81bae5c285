"""Small studies for tests of who is who: files of answers, rosters and case files in a line or two."""

from __future__ import annotations

import pandas as pd

from evalcore.intake import read_cases, read_questionnaires, read_roster
from evalcore.study import Study

GSE = [f"gse_{i}" for i in range(1, 11)]
UWES = [f"uwes9_{i}" for i in range(1, 10)]
ITEMS = {"gse": GSE, "uwes9": UWES}


def answers(name, *lines, items=("gse",), more=""):
    """A file with a line a row: "A1 pre 3", "_" in an identifier being a blank; "3-" leaves the last question out.

    With several questionnaires the answers stand one after the other, "." for none: "A1 pre 3 .". `more` names further
    columns, whose values stand last ("." for an empty one).
    """
    extra = more.split()
    head = ["respondent_id", "wave", *(item for one in items for item in ITEMS[one]), *extra]
    rows = []
    for line in lines:
        who, wave, *cells = line.split()
        given = [cell for one, answer in zip(items, cells, strict=False) for cell in _cells(answer, len(ITEMS[one]))]
        rest = ["" if cell == "." else cell for cell in cells[len(items) :]]
        rows.append([who.replace("_", " "), wave, *given, *rest])
    return read_questionnaires("\n".join(",".join(row) for row in [head, *rows]).encode(), name=name)


def _cells(answer, n):
    if answer == ".":
        return [""] * n
    return [answer.rstrip("-")] * (n - 1) + ["" if answer.endswith("-") else answer]


def roster(*lines, name="roster.csv"):
    return read_roster("\n".join(["respondent_id,role,site,consent", *lines]).encode(), name=name)


def cases(*lines, name="cases.csv"):
    return read_cases("\n".join(["respondent_id,site,sex,age", *lines]).encode(), name=name)


def study_of(*files, decisions=()):
    return Study.empty().add(*files).decide(*decisions)


def people(study):
    """Identifier and wave of each answer that is used."""
    return sorted(zip(study.responses["respondent_id"], study.responses["wave"], strict=True))


def read_as(study):
    """What each spelling is read as, and why."""
    return {found: (kept, rule) for found, kept, rule in study.identities.iloc[:, 1:].itertuples(index=False)}


def problems(study, *actions):
    """File, row, found, expected and severity of the problems with these actions."""
    lines = study.problems[study.problems["action"].isin(actions)]
    return [tuple(line) for line in lines[["file", "row", "found", "expected", "severity"]].itertuples(index=False)]


def fates(study):
    """Fate and reason by file and row; each row of each file stands in the account once."""
    rows = study.rows
    keys = list(zip(rows["file"], rows["row"], strict=True))
    assert len(keys) == len(set(keys)), "a row has two fates"
    assert set(rows["fate"]) <= {"used", "set aside"}
    assert not pd.isna(rows["reason"]).any()
    return dict(zip(keys, zip(rows["fate"], rows["reason"], strict=True), strict=True))
