"""The pilot's people in the caseload: they are taken out of it by identifier, however the caseload spells it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.assembly.pooling import Pool, standing_in
from evalcore.columns import RESPONDENT_ID
from evalcore.intake.people.spelling import fold

_MARK = "[^0-9A-Za-z]"


def spelled_like(caseload: pd.DataFrame, cases: Pool) -> pd.DataFrame:
    """Return the caseload with the identifiers of the case file's people as the study spells them.

    All other identifiers stay as they are, and so do two rows of the caseload that could both be the same person.
    """
    if RESPONDENT_ID not in caseload or not len(caseload) or not len(cases.typed):
        return caseload
    names = _names(cases)
    texts = caseload[RESPONDENT_ID]
    others = _unlike(texts, names)
    if not len(others):
        return caseload
    found = pd.Series([names.get(fold(text)) for text in texts.iloc[others]], index=others, dtype="str").dropna()
    as_typed = np.isin(found.index, standing_in(texts, set(cases.typed)))
    there = set(texts.iloc[standing_in(texts, set(found))])
    found = found[as_typed | ~(found.duplicated(keep=False) | found.isin(there)).to_numpy()]
    if not len(found):
        return caseload
    cells = texts.to_numpy(dtype=object, copy=True)
    cells[found.index.to_numpy()] = found.to_numpy()
    return caseload.assign(**{RESPONDENT_ID: pd.Series(pd.array(cells, dtype="str"), index=caseload.index)})


def _names(cases: Pool) -> dict[str, str]:
    """How the study spells each person of the case file, by the form in which spellings are compared."""
    names: dict[str, str | None] = {}
    final = cases.table[RESPONDENT_ID]
    for typed, kept in {*zip(cases.typed, final, strict=True), *zip(final, final, strict=True)}:
        if isinstance(typed, str):
            form = fold(typed)
            names[form] = kept if names.get(form, kept) == kept else None
    return {form: kept for form, kept in names.items() if kept is not None}


def _unlike(texts: pd.Series, names: Mapping[str, str]) -> NDArray[np.intp]:
    """The rows that could be one of these people under another spelling; the caseload is long, so no row is folded."""
    could = [standing_in(texts.str.lower(), names)]
    marked = np.flatnonzero(texts.str.contains(_MARK, regex=True).fillna(False).to_numpy())
    if len(marked):
        bare = texts.iloc[marked].str.replace(_MARK, "", regex=True).str.lower()
        could.append(marked[standing_in(bare, {re.sub(_MARK, "", form) for form in names})])
    return np.setdiff1d(np.concatenate(could), standing_in(texts, set(names.values())))
