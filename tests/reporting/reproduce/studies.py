"""Invented studies for the scripts, read through the readers that a user's files go through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from evalcore.instruments import load_instrument
from evalcore.intake import read_caseload, read_cases, read_published, read_questionnaires, read_roster
from evalcore.study import Study
from tests.profile.counted_rows import counted_from

SITES = ("North", "Süd, 1", 'the "old" one')
ODD = (
    "007",
    "7",
    "a,b",
    'q"x',
    "Éloïse",
    "=1+1",
    "#1",
    "TRUE",
    "1e5",
    "O'B",
    "-5",
    "+3",
    "@x",
    "李",
    "a b",
    "A;B",
    "\\x",
)


def answered(
    people: Sequence[str],
    instruments: Sequence[str],
    *,
    seed: int = 1,
    roles: Sequence[str | None] = (),
    sites: Sequence[str | None] = (),
    missing: float = 0.0,
    waves: Sequence[str] = ("pre", "post"),
    leave: float = 0.0,
) -> Study:
    """People who answer at random, each the same instruments; some questions and some questionnaires are left out."""
    draw = np.random.default_rng(seed)
    rows = []
    for place, who in enumerate(people):
        for wave in waves:
            row: dict[str, Any] = {"respondent_id": who, "wave": wave}
            row |= {"role": roles[place % len(roles)]} if roles else {}
            row |= {"site": sites[(place + (wave == "post")) % len(sites)]} if sites else {}
            if draw.random() >= leave:
                rows.append(row | _answers(draw, instruments, missing))
    return Study.empty("Invented").add(read_questionnaires(csv(rows), name="responses.csv"))


def _answers(draw: np.random.Generator, instruments: Sequence[str], missing: float) -> dict[str, int | None]:
    codes = [(item, load_instrument(name).codes) for name in instruments for item in load_instrument(name).columns]
    return {item: None if draw.random() < missing else int(draw.choice(one)) for item, one in codes}


def csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """Rows as a file; whole numbers stay whole beside blanks."""
    table = pd.DataFrame([{name: "" if value is None else str(value) for name, value in row.items()} for row in rows])
    return table.fillna("").to_csv(index=False).encode()


def changed_by(changes: Sequence[int], *, start: int = 12) -> Study:
    """One person a change of the GSE score."""
    rows = []
    for place, change in enumerate(changes):
        for wave, total in (("pre", start), ("post", start + change)):
            items = {f"gse_{at + 1}": total // 10 + (at < total % 10) for at in range(10)}
            rows.append({"respondent_id": f"P{place:03d}", "wave": wave, "role": "service user", **items})
    return Study.empty("Invented").add(read_questionnaires(csv(rows), name="responses.csv"))


def several_roles() -> Study:
    """The same identifiers in three roles, and rows without one: of people with one role elsewhere, or with two."""
    rows, unsaid = [], []
    draw = np.random.default_rng(5)
    for role, people in (("service user", "ABCD"), ("staff", "ABCDEFGHIJ"), ("volunteer", "ABKLMN")):
        for who in people:
            for wave in ("pre", "post"):
                row = {"respondent_id": who, "wave": wave, "role": role}
                rows.append(row | _answers(draw, ["gse", "uwes9"], 0.05))
                unsaid.append(wave == "post" and who in "BCEFKL" and (role != "service user" or who == "C"))
    study = Study.empty("Invented").add(read_questionnaires(csv(rows), name="responses.csv"))
    # Taken out behind the reader's back: it fills in a role that it finds elsewhere.
    return replace(study, responses=study.responses.assign(role=study.responses["role"].mask(unsaid)))


def one_scale_only() -> Study:
    """Staff answered all of a questionnaire, service users the questions of one of its scales."""
    study = answered([f"{place:02d}" for place in range(12)], ["uwes9"], roles=["staff", "service user"])
    kept = {"respondent_id", "wave", "role", *load_instrument("uwes9").scales["vigor"].items}
    blank = [name for name in study.responses if name not in kept]
    of_staff = study.responses["role"] == "staff"
    return replace(study, responses=study.responses.assign(**study.responses[blank].where(of_staff)))


def people(draw: np.random.Generator, names: Sequence[str], **columns: Any) -> list[dict[str, Any]]:
    """Case files at random: ages, scores, needs on either form, and blanks."""
    rows = []
    for who in names:
        row: dict[str, Any] = {"respondent_id": who, "age": draw.choice([None, 21, 34, 34, 58])}
        row |= {"site": draw.choice([None, *SITES]), "status": draw.choice([None, "active", "completed"])}
        row |= {"ogrs": draw.choice([None, 12, 47, 80]), "ogrs_version": "OGRS3", "ogrs_horizon": "1 year"}
        row |= {"oasys_form": draw.choice([None, "OASys 2009", "SAN 2024"])}
        for section in ("accommodation", "alcohol", "finance"):
            row[f"{section}_score"] = draw.choice([None, 0, 1, 2, 3, 4, 6])
        for section in ("drugs", "finance", "alcohol"):
            row[f"{section}_need"] = draw.choice([None, "yes", "no"])
        rows.append(row | columns)
    return rows


def with_people(*, seed: int = 3, pilot: dict[str, Any] | None = None, others: dict[str, Any] | None = None) -> Study:
    """A list of those asked, case files, and a caseload that holds some of the pilot's people."""
    draw = np.random.default_rng(seed)
    names = [f"P{place:02d}" for place in range(24)]
    listed = [
        {
            "respondent_id": who,
            "role": draw.choice([None, "service user", "service user", "staff"]),
            "site": draw.choice([None, *SITES]),
            "eligible": draw.choice([None, "yes", "yes", "no"]),
            "started_on": draw.choice([None, "2026-02-03"]),
        }
        for who in names[:20]
    ]
    caseload = people(draw, [*names[4:9], *(f"C{place}" for place in range(60))], **(others or {}))
    return Study.empty("Invented").add(
        read_roster(csv(listed), name="roster.csv"),
        read_cases(csv(people(draw, names[4:], **(pilot or {}))), name="cases.csv"),
        read_caseload(csv(caseload), name="caseload.csv"),
    )


def counted() -> Study:
    """The caseload is known as counts."""
    study = with_people()
    return replace(study, caseload=study.caseload.iloc[:0], counted=counted_from(study.caseload, study.cases))


def published() -> Study:
    """The caseload is known from published figures."""
    figures = [{"measure": "drugs_need", "mean": 0.4}, {"measure": "age", "mean": 33}]
    return without_caseload().add(read_published(csv(figures), name="published.csv"))


def without_caseload() -> Study:
    """The pilot alone."""
    return with_people().without("caseload.csv")


def with_odd_texts() -> Study:
    """Cells with line ends, quotes and commas beside the answers."""
    study = answered([f"{place:02d}" for place in range(12)], ["gse"], seed=8)
    texts = ["by\r\npost", "by\rphone", 'said "no", then\nyes', "'", "", "NA"] * 4
    return replace(study, responses=study.responses.assign(how_completed=texts))


def named(study: Study, names: dict[str, str]) -> Study:
    """The study with some people under other names: such as no reader would take."""
    tables = {kind: getattr(study, kind) for kind in ("responses", "roster", "cases", "caseload")}
    return replace(
        study,
        **{
            kind: table.assign(respondent_id=table["respondent_id"].replace(names))
            for kind, table in tables.items()
            if len(table)
        },
    )
