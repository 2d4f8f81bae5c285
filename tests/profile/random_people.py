"""Random case files and caseloads: missing values, forms, layers, spellings, several kinds of OGRS, few people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from evalcore.columns import RESPONDENT_ID, SECTIONS
from evalcore.intake.native import CASELOAD, SECTION_MAXIMA, with_native_types
from evalcore.profile.caseload import caseload_without

_TEXTS = {
    "sex": ("male", "female"),
    "company": ("Northern", "northern ", "Southern"),
    "offence": ("Theft", "THEFT", "Violence", "Fraud, other"),
    "sentence": ("Community order", "Suspended sentence"),
    "oasys_form": ("OASys 2009", "oasys 2009", "SAN 2024"),
    "oasys_layer": ("1", "3", "Layer 3"),
    "ethnicity": ("A", "B"),
    "disability": ("yes", "no"),
    "fund_band": ("Low", "High"),
    "status": ("active", "completed", "disengaged"),
}
_KINDS = (("OGRS3", "2 years"), ("ogrs 3", "2 years"), ("OGRS4", "1 year"))


@dataclass(frozen=True)
class Two:
    """The pilot and a caseload."""

    cases: pd.DataFrame
    caseload: pd.DataFrame


@st.composite
def two_tables(draw: st.DrawFn) -> Two:
    """A pilot and a caseload, some of whose people are the pilot's; a column is known of somebody or not there."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = draw(st.sampled_from((1, 2, 3, 12))), draw(st.sampled_from((1, 2, 3, 40, 200)))
    kinds = draw(st.sampled_from(((0,), (0, 1), (0, 2), (2,))))
    blank = draw(st.sampled_from((0.0, 0.2, 0.8)))
    absent = draw(st.sets(st.sampled_from((*_TEXTS, "age", "ogrs", "oasys_date", "scores", "needs", RESPONDENT_ID))))
    cases = _people(rng, sizes[0], (0,), blank, set()).drop(columns=RESPONDENT_ID)
    cases.insert(0, RESPONDENT_ID, pd.Series([f"P{i}" for i in range(sizes[0])], dtype="str"))
    caseload = _people(rng, sizes[1], kinds, blank, absent)
    left, _ = caseload_without(cases, caseload)
    empty = [name for name in caseload if name != RESPONDENT_ID and left[name].isna().all()]
    return Two(cases, caseload.drop(columns=empty))


def _people(
    rng: np.random.Generator, size: int, kinds: tuple[int, ...], blank: float, absent: set[str]
) -> pd.DataFrame:
    found: dict[str, object] = {}
    names = [f"P{i}" for i in range(8)] + [f"C{i}" for i in range(4 * size)]
    found[RESPONDENT_ID] = rng.choice(names, size)
    found |= {name: rng.choice(texts, size) for name, texts in _TEXTS.items()}
    found["age"] = rng.integers(18, 70, size).astype(float)
    found["ogrs"] = np.round(rng.uniform(0, 100, size), 1)
    found["oasys_date"] = pd.Timestamp("2019-12-01") + pd.to_timedelta(rng.integers(0, 60, size), unit="D")
    for section in SECTIONS:
        found[f"{section}_score"] = rng.integers(0, (SECTION_MAXIMA[section] or 8) + 1, size).astype(float)
        found[f"{section}_need"] = pd.array(rng.random(size) < 0.4, dtype="boolean")
    table = pd.DataFrame(found)
    for name in table:
        gone = rng.random(size) < (1.0 if rng.random() < 0.1 and name.endswith(("_need", "_score")) else blank)
        table[name] = table[name].mask(gone)
    which = rng.choice(kinds, size)
    table["ogrs_version"] = pd.Series([_KINDS[one][0] for one in which], dtype="str")
    table["ogrs_horizon"] = pd.Series([_KINDS[one][1] for one in which], dtype="str")
    table["reoffended"] = pd.array([True] * size, dtype="boolean")
    endings = {"scores": "_score", "needs": "_need", "ogrs": "ogrs"}
    gone = [one for one in table for name in absent if one == name or one.endswith(endings.get(name, name))]
    gone += [one for one in table if "ogrs" in absent and one.startswith("ogrs")]
    return with_native_types(table.drop(columns=list(dict.fromkeys(gone))), CASELOAD)
