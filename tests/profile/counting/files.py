"""Files of caseloads for the tests, and the counts that an upload of the same file gives."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore import Study, read_cases
from evalcore.columns import PEOPLE, SECTIONS
from evalcore.intake import Choices, read_any
from evalcore.intake.native import COUNTED, fields
from tests.profile.counted_rows import counted_from

PILOT = "respondent_id,sex,age\nA1,F,30\nA-2,M,40\nb3,M,50\n"


def pilot() -> pd.DataFrame:
    """The native cases of the pilot."""
    return read_cases(PILOT.encode(), name="cases.csv").cases


def uploaded(content: bytes, name: str = "caseload.csv", **choices: pd.DataFrame) -> Study:
    """A study of the pilot and of the file as it is uploaded."""
    cases = read_cases(PILOT.encode(), name="cases.csv")
    return Study.empty().add(cases, read_any(content, name=name, choices=Choices(kind="caseload", **choices)))


def expected(content: bytes, name: str = "caseload.csv", **choices: pd.DataFrame) -> pd.DataFrame:
    """The counts of the rows that an upload gives."""
    study = uploaded(content, name, **choices)
    return plainly(counted_from(study.caseload, study.cases))


def plainly(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts in one order of rows and columns, each cell as text, without columns and rows that say nothing."""
    known = [field.name for field in fields(COUNTED) if field.name in counts and counts[field.name].notna().any()]
    table = counts[known].map(_text)
    table = table[
        table[PEOPLE].ne("0") | table["tally"].isin(["everyone", "repeated", "taken out", "with an identifier"])
    ]
    return table.sort_values(list(table), ignore_index=True)


def _text(cell: object) -> str:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    return f"{float(cell):g}" if isinstance(cell, int | float | np.number) and not isinstance(cell, bool) else str(cell)


def drawn(seed: int, n: int, *, clean: bool = False) -> pd.DataFrame:
    """A caseload of strings as somebody may have typed it."""
    draw = np.random.default_rng(seed)

    def some(*words: str) -> np.ndarray:
        return draw.choice(list(words), n)

    odd = () if clean else ("", "n/k", "-", "99", "Not known", "abc", "  ")
    table = {
        "respondent_id": [f"C{i}" for i in range(n)],
        "company": some("North", "South ", "East  side", *odd[:1]),
        "sex": some("M", "F", "male", "Female", "woman", *odd),
        "age": some("18", "24", "25", "34", "35.5", "49", "50", "70", "200", "3", *odd),
        "offence": some("theft", "Theft", "violence", *odd[:2]),
        "sentence": some("community order", "suspended sentence order", *odd[:1]),
        "ogrs": some("0", "12", "49", "50", "74.5", "75%", "90", "45,25", "101", *odd),
        "ogrs_version": some("OGRS3", "OGRS 3", *odd[:1]) if seed % 3 else some("OGRS3", "OGRS4G"),
        "ogrs_horizon": some("2 years", "2", "two years") if seed % 2 else some("2 years", "1 year", ""),
        "oasys_layer": some("2", "3", "Layer 3", *odd[:1]),
        "oasys_form": some("OASys 2009", "SAN 2024", *odd[:1]),
        "oasys_date": some("2024-01-05", "05/02/2024", "6 March 2024", "31/02/2024", *odd[:2]),
        "ethnicity": some("White", "Black", *odd[:2]),
        "reoffended": some("yes", "No", "1", "0", *odd),
        "followup_complete": some("TRUE", "false", *odd[:2]),
        "status": some("active", "Completed", "lost", *odd[:2]),
        "fund_band": some("A", "B"),
        "notes": some("saw her on Monday", "nothing to say"),
    }
    for section in SECTIONS:
        if draw.random() < 0.8:
            table[f"{section}_score"] = some("0", "1", "2", "3", "4", "5", "6.0", "11", "-1", *odd)
        if draw.random() < 0.5:
            table[f"{section}_need"] = some("yes", "no", "Y", "criminogenic need", "0", *odd)
    found = pd.DataFrame(table).astype("str")
    if n and not clean:
        at = draw.integers(0, n, max(1, n // 10))
        found.loc[at, "respondent_id"] = draw.choice(["A1", "a-2", "A2", "B 3", "", "unknown", "C1", "C2"], len(at))
        copied = found.iloc[draw.integers(0, n, max(1, n // 20))]
        found = pd.concat([found, copied], ignore_index=True)
    return found
