"""How severe a need is, from section scores: none, a need, or a severe need, by the thresholds of the form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import SECTIONS
from evalcore.profile.caseload import checked_numbers, has_column, people_of, tallied
from evalcore.profile.counted import is_counted, narrowed
from evalcore.profile.need_scores import FORM, form_rows
from evalcore.rules.needs import load_need_rules

LEVELS = ("none", "need", "severe")
"""Below the threshold; at or above it and below the severe one; at or above the severe one."""

NOT_KNOWN = -1
Levels = npt.NDArray[np.int64]


def need_levels(table: pd.DataFrame) -> dict[str, Levels]:
    """Tell for each section with scores which of `LEVELS` each person is at.

    Parameters
    ----------
    table : DataFrame
        `cases` or `caseload`: any of the columns `<section>_score`, and `oasys_form`.

    Returns
    -------
    dict of str to array of int
        By section, in the order of `columns.SECTIONS`: the place in `LEVELS` of each row, -1 where there is no score,
        or the form has no severe threshold for the section. A need that is only recorded has no level.

    Raises
    ------
    TableError
        If a score is not possible.

    Examples
    --------
    >>> {name: levels.tolist() for name, levels in need_levels(pd.DataFrame({"drugs_score": [1, 2, 8, None]})).items()}
    {'drugs': [0, 1, 2, -1]}
    """
    forms = form_rows(table)
    found = {}
    for section in SECTIONS:
        column = f"{section}_score"
        if column not in table:
            continue
        scores = checked_numbers(table[column], column, whole=True)
        levels = np.full(len(table), NOT_KNOWN, dtype=np.int64)
        for form, rows in forms.items():
            rule = load_need_rules(form)[section]
            if rule.threshold is not None and rule.severe is not None:
                here = rows & ~np.isnan(scores)
                levels[here] = np.searchsorted((rule.threshold, rule.severe), scores[here], side="right")
        if (levels != NOT_KNOWN).any():
            found[section] = levels
    return found


def level_counts(caseload: pd.DataFrame) -> dict[str, Levels]:
    """Count for each section with scores how many people of a caseload are at each of `LEVELS`.

    Parameters
    ----------
    caseload : DataFrame
        One row a person, or counts.

    Returns
    -------
    dict of str to array of int
        By section, as `need_levels`; who has no level is not counted.

    Examples
    --------
    >>> level_counts(pd.DataFrame({"drugs_score": [1, 2, 2, 8, None]}))
    {'drugs': array([1, 2, 1])}
    """
    tables = [caseload]
    if is_counted(caseload):
        columns = [name for name in (f"{section}_score" for section in SECTIONS) if has_column(caseload, name)]
        tables = [narrowed(caseload, (column, FORM), tally=column) for column in columns]
    return {
        section: tallied(levels, people_of(table), len(LEVELS))
        for table in tables
        for section, levels in need_levels(table).items()
    }
