"""A caseload that is known as counts: how many people are alike in a few columns at a time, and nobody's own row.

A table of counts has the native columns of a caseload as far as they are counted, and three of its own: `tally` (which
columns were counted together), `people` (how many are alike in them) and `said`. Each tally is a small table of its
own: what it does not count is missing in its rows. The functions of this package that take a caseload take either form:
they ask for the columns that they look at by `narrowed`, and for how many people each row stands by `weights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import (
    AGE,
    CASE_STATUS,
    COMPANY,
    OFFENCE,
    OGRS,
    PEOPLE,
    RESPONDENT_ID,
    SAID,
    SECTIONS,
    SENTENCE,
    SEX,
    TALLY,
)
from evalcore.intake.native import NEED_COUNTS

__all__ = ["NEED_COUNTS", "PEOPLE", "SAID", "TALLY"]

EVERYONE, NAMED, REPEATED, TAKEN_OUT = "everyone", "with an identifier", "repeated", "taken out"
"""Tallies of one row without any column: people counted; of them with an identifier; rows about a person who has one
already; people of the pilot who were taken out, where `said` is `pilot_digest` of the pilot as it was then."""

NEEDS, STRATA = "needs", "strata"
_OASYS = ("oasys_form", "oasys_layer")
_KIND = ("ogrs_version", "ogrs_horizon")

TALLIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        AGE: (AGE,),
        OGRS: (OGRS, *_KIND, "reoffended", "followup_complete"),
        **{name: (name,) for name in (SEX, COMPANY, OFFENCE, SENTENCE, "fund_band", CASE_STATUS)},
        **{name: (name,) for name in ("ethnicity", "disability", "oasys_date")},
        **{f"{section}_score": (f"{section}_score", "oasys_form") for section in SECTIONS},
        NEEDS: (*(f"{section}_need" for section in SECTIONS), *_OASYS),
        STRATA: (SEX, AGE, OGRS, *_KIND, COMPANY, OFFENCE, *_OASYS, SENTENCE),
    }
)
"""What is counted together, by the name of the tally.

In `needs` a need is the one that is known: as recorded, else by the score. In `strata` an age and an OGRS score are the
lowest of their band, and `<section>_known` and `<section>_having` stand beside `people`: of these people, how many are
assessed on a need and how many have it. OGRS is left out of the strata where the scores are of several kinds.
"""

Weights = npt.NDArray[np.int64]


def is_counted(caseload: pd.DataFrame) -> bool:
    """Whether a caseload is known as counts.

    >>> is_counted(pd.DataFrame({"age": [30]})), is_counted(pd.DataFrame({"tally": ["age"], "people": [7]}))
    (False, True)
    """
    return TALLY in caseload


def narrowed(caseload: pd.DataFrame, columns: Iterable[str], *, tally: str | None = None) -> pd.DataFrame:
    """Return those of the columns that a caseload has; of counts the rows of the tally that counts them together.

    Parameters
    ----------
    caseload : DataFrame
        One row a person, or counts.
    columns : iterable of str
        What is looked at. Columns that are known of nobody are not among those returned of counts.
    tally : str, optional
        Which tally of counts to take; by default the first that counts all of the columns.

    Returns
    -------
    DataFrame
        People's rows as they are; or rows of counts, with `people`.

    Raises
    ------
    KeyError
        If no tally counts these columns together: a fault of the program.

    Examples
    --------
    >>> counts = pd.DataFrame({"tally": ["age", "age", "sex"], "age": [30, 40, None], "people": [2, 1, 3],
    ...                        "sex": [None, None, "male"]})
    >>> narrowed(counts, ["age"])
        age  people
    0  30.0       2
    1  40.0       1
    """
    wanted = tuple(dict.fromkeys(columns))
    if not is_counted(caseload):
        return caseload[[name for name in wanted if name in caseload]]
    name = tally or next((one for one, counted in TALLIES.items() if set(wanted) <= set(counted)), None)
    if name is None:
        raise KeyError(f"No tally counts {wanted} together.")
    more = NEED_COUNTS if name == STRATA else ()
    columns = [column for column in (*wanted, *more) if column in caseload]
    here = np.flatnonzero((caseload[TALLY] == name).to_numpy(dtype=bool))
    together = len(here) > 0 and here[-1] - here[0] + 1 == len(here)
    # Rows that stand together, as they do when they are read, are not copied.
    rows = caseload[[*columns, PEOPLE]].iloc[slice(here[0], here[-1] + 1) if together else here]
    known = [column for column in columns if rows[column].notna().any()]
    return rows[[*known, PEOPLE]].reset_index(drop=True)


def weights(table: pd.DataFrame) -> Weights:
    """How many people each row stands for.

    >>> weights(pd.DataFrame({"age": [30, 40]})), weights(pd.DataFrame({"age": [30], "people": [7]}))
    (array([1, 1]), array([7]))
    """
    return table[PEOPLE].to_numpy(dtype=np.int64) if has_weights(table) else np.ones(len(table), dtype=np.int64)


def has_weights(table: pd.DataFrame) -> bool:
    """Whether each row stands for as many as it says; a file of persons may have a column of that name of its own.

    >>> has_weights(pd.DataFrame({"people": [7]})), has_weights(pd.DataFrame({"respondent_id": ["A"], "people": ["x"]}))
    (True, False)
    """
    return PEOPLE in table and RESPONDENT_ID not in table


def one_by_one(values: npt.NDArray[np.float64], people: Weights) -> npt.NDArray[np.float64]:
    """Write each value as often as there are people with it, for what looks at every value.

    >>> one_by_one(np.array([30.0, 40.0]), np.array([2, 1]))
    array([30., 30., 40.])
    """
    return np.repeat(values, people)


def n_people(caseload: pd.DataFrame) -> int:
    """How many people a caseload holds, in either form.

    >>> n_people(pd.DataFrame({"age": [30, 40]})), n_people(pd.DataFrame({"tally": ["everyone"], "people": [7]}))
    (2, 7)
    """
    return number_of(caseload, EVERYONE) if is_counted(caseload) else len(caseload)


def number_of(caseload: pd.DataFrame, tally: str) -> int:
    """The number in a tally of one row; 0 where it is not there.

    >>> number_of(pd.DataFrame({"tally": ["taken out"], "people": [2]}), "taken out")
    2
    """
    return int(caseload.loc[(caseload[TALLY] == tally).to_numpy(dtype=bool), PEOPLE].sum())


def pilot_digest(cases: pd.DataFrame) -> str:
    """What tells one pilot from another without naming anybody: SHA-256 over its identifiers, in any order.

    >>> one, other = pd.DataFrame({"respondent_id": ["A", "B"]}), pd.DataFrame({"respondent_id": ["B", "A", None]})
    >>> pilot_digest(one) == pilot_digest(other), pilot_digest(pd.DataFrame())
    (True, '')
    """
    names = sorted({str(name) for name in cases[RESPONDENT_ID].dropna()}) if RESPONDENT_ID in cases else []
    return sha256("\n".join(names).encode()).hexdigest() if names else ""
