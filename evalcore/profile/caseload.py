"""The people of the pilot and of the caseload: who is in both, and what their columns hold, read strictly."""

from __future__ import annotations

from numbers import Real

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import RESPONDENT_ID, SAID, TALLY
from evalcore.errors import RepeatedIdError, TableError
from evalcore.profile.counted import (
    NAMED,
    TAKEN_OUT,
    Weights,
    has_weights,
    is_counted,
    n_people,
    number_of,
    pilot_digest,
    weights,
)
from evalcore.wording import count

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MEASURE = "measure"
"""The column that only a table of published figures has."""


def caseload_without(cases: pd.DataFrame, caseload: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Take the people of the pilot out of the caseload, so that nobody is compared with themselves.

    Parameters
    ----------
    cases, caseload : DataFrame
        Native tables. Only `respondent_id` is looked at; rows without one stay, and where either table has no such
        column nobody can be taken out. Out of a table of counts they were taken while it was counted.

    Returns
    -------
    tuple of DataFrame and int
        The caseload without those rows (the same object where there are none), and how many were taken out. Counts of
        nobody are a table without rows.

    Raises
    ------
    RepeatedIdError
        If one person stands in the cases more than once.

    Examples
    --------
    >>> left, taken_out = caseload_without(
    ...     pd.DataFrame({"respondent_id": ["A1"]}), pd.DataFrame({"respondent_id": ["C1", "A1"], "age": [30, 40]}))
    >>> left["age"].tolist(), taken_out
    ([30], 1)
    """
    check_one_row_each(cases)
    if is_counted(caseload):
        return (caseload if n_people(caseload) else caseload.iloc[:0]), number_of(caseload, TAKEN_OUT)
    if RESPONDENT_ID not in cases or RESPONDENT_ID not in caseload:
        return caseload, 0
    pilot, others = cases[RESPONDENT_ID].dropna(), caseload[RESPONDENT_ID]
    if pd.api.types.is_numeric_dtype(pilot) != pd.api.types.is_numeric_dtype(others):
        # One file holds numbers, the other text: 7 and 7.0 are then the identifier "7".
        pilot, others = (ids.convert_dtypes().astype("string") for ids in (pilot, others))
    inside = (others.isin(pilot) & others.notna()).to_numpy(dtype=bool)
    taken_out = int(inside.sum())
    return (caseload[~inside] if taken_out else caseload), taken_out


def check_one_row_each(cases: pd.DataFrame) -> None:
    """Raise RepeatedIdError if one person stands in the cases more than once; rows without an identifier may.

    >>> check_one_row_each(pd.DataFrame({"respondent_id": ["A1", None, None]}))
    """
    if RESPONDENT_ID not in cases:
        return
    repeated = int(cases[RESPONDENT_ID].dropna().duplicated().sum())
    if repeated:
        raise RepeatedIdError(
            f"{count(repeated, 'row of the cases is', 'rows of the cases are')} about a person who has one already. "
            "Keep one row a person."
        )


def without_pilot(cases: pd.DataFrame, caseload: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Take the pilot out of the caseload as `caseload_without` does, and say for a reader what was done.

    Of counts it is said too where the pilot is not the one that was taken out while they were made.

    >>> without_pilot(pd.DataFrame({"respondent_id": ["A1"]}), pd.DataFrame({"age": [30, 40]}))[1]
    ('The caseload has no identifiers, so people of the pilot could not be taken out of it.',)
    """
    left, taken_out = caseload_without(cases, caseload)
    if not _has_names(caseload):
        return left, ("The caseload has no identifiers, so people of the pilot could not be taken out of it.",)
    if is_counted(caseload) and pilot_digest(cases) != _taken_out_of(caseload):
        return left, (_CHANGED,)
    if not has_identifiers(cases):
        return left, ("The cases have no identifiers, so the pilot's people could not be taken out of the caseload.",)
    if not taken_out:
        return left, ("By identifier, nobody of the pilot stands in the caseload.",)
    people = count(taken_out, "person of the pilot was", "people of the pilot were")
    return left, (f"{people} taken out of the caseload.",)


_CHANGED = (
    "The case file has changed since the caseload was counted, so people of the pilot may be among those counted. "
    "Count the caseload again."
)


def _has_names(caseload: pd.DataFrame) -> bool:
    if is_counted(caseload):
        return number_of(caseload, NAMED) + number_of(caseload, TAKEN_OUT) > 0
    return has_identifiers(caseload)


def _taken_out_of(counts: pd.DataFrame) -> str:
    """Which pilot was taken out when these counts were made; empty where it had no identifiers."""
    if SAID not in counts:
        return ""
    said = counts.loc[(counts[TALLY] == TAKEN_OUT).to_numpy(dtype=bool), SAID].dropna()
    return "".join(map(str, said))


def has_identifiers(table: pd.DataFrame) -> bool:
    """Whether any row says who it is about.

    >>> has_identifiers(pd.DataFrame({"respondent_id": [None, None]}))
    False
    """
    return RESPONDENT_ID in table and bool(table[RESPONDENT_ID].notna().any())


def has_column(caseload: pd.DataFrame, column: str) -> bool:
    """Whether people's rows have a column; of counts, which may have every column, whether anybody has a value in it.

    >>> has_column(pd.DataFrame({"tally": ["age"], "people": [7], "age": [30], "ogrs": [None]}), "ogrs")
    False
    """
    return column in caseload and (not is_counted(caseload) or bool(caseload[column].notna().any()))


def is_published(caseload: pd.DataFrame) -> bool:
    """Whether a caseload is given as published figures, one figure a row, and not as people.

    >>> is_published(pd.DataFrame({"measure": ["drugs_need"], "mean": [0.4]}))
    True
    """
    return MEASURE in caseload


def checked_numbers(
    values: pd.Series, name: str, *, low: float = 0, high: float | None = None, whole: bool = False
) -> Values:
    """Read a column of numbers; a missing value is NaN.

    Parameters
    ----------
    values : Series
    name : str
        What the column is called, for the message.
    low, high : float
        Limits, both included; no upper one where `high` is None.
    whole : bool
        Only whole numbers are taken.

    Raises
    ------
    TableError
        If a value is text, a yes or no, not finite, outside the limits, or not whole where it must be.

    Examples
    --------
    >>> checked_numbers(pd.Series([2, None]), "drugs_score", high=10)
    array([ 2., nan])
    """
    read = _floats(values, name)
    wanted = f"{'whole numbers' if whole else 'numbers'} from {low:g}" + ("" if high is None else f" to {high:g}")
    known = read[~np.isnan(read)]
    outside = (known < low) | (known > (np.inf if high is None else high)) | np.isinf(known)
    if bool(outside.any()) or (whole and bool((known != np.floor(known)).any())):
        raise TableError(f"The column {name} must hold {wanted}, or nothing. Correct it in the file.")
    return read


def _floats(values: pd.Series, name: str) -> Values:
    if not pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        known = [value for value in values.to_numpy(dtype=object) if not pd.isna(value)]
        if any(isinstance(value, (bool, np.bool_)) for value in known):
            raise TableError(_YES_NO.format(name=name))
        if not all(isinstance(value, Real) for value in known):
            raise TableError(f"The column {name} holds text where numbers belong. Correct it in the file.")
    elif pd.api.types.is_bool_dtype(values) and bool(values.notna().any()):
        raise TableError(_YES_NO.format(name=name))
    return np.asarray(pd.to_numeric(values.astype(object)) if values.dtype == object else values, dtype=np.float64)


_YES_NO = (
    "The column {name} holds yes and no where numbers belong. A recorded need belongs under a name ending in _need."
)


def stated(table: pd.DataFrame, column: str, which: Flags | None = None) -> tuple[dict[str, int], int]:
    """Count what a column of text says, blanks aside.

    Parameters
    ----------
    table : DataFrame
        One row a person, or as `counted.narrowed` gives it.
    column : str
    which : bool array, optional
        The rows that count; all of them if None.

    Returns
    -------
    tuple of dict and int
        Each text with its number of people, most frequent first (spellings that differ in case or spaces are one); and
        for how many nothing is stated (all of them where there is no such column).

    Examples
    --------
    >>> stated(pd.DataFrame({"oasys_layer": ["3", "3 ", None]}), "oasys_layer")
    ({'3': 2}, 1)
    """
    people = people_of(table, which)
    everybody = int(people.sum())
    if column not in table:
        return {}, everybody
    codes, texts = pd.factorize(table[column])
    sizes = tallied(codes, people, len(texts)).tolist()
    found: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for text, n in sorted(zip(map(as_text, texts), sizes, strict=True), key=_most_frequent_first):
        if n and text:
            name = spelled.setdefault(key_of(text), text)
            found[name] = found.get(name, 0) + n
    return found, everybody - sum(found.values())


def _most_frequent_first(one: tuple[str, int]) -> tuple[int, bool, str]:
    """Of two as frequent the one that is not all capitals or all small letters, in whatever order they came."""
    text, n = one
    return -n, text.isupper() or text.islower(), text


def people_of(table: pd.DataFrame, which: Flags | None = None) -> Flags | Weights:
    """For how many people each row counts, those of `which` only: one each, or as many as are alike in it.

    >>> people_of(pd.DataFrame({"age": [30, 40]})), people_of(pd.DataFrame({"age": [30, 40], "people": [7, 2]}))
    (array([ True,  True]), array([7, 2]))
    """
    if has_weights(table):
        return weights(table) if which is None else weights(table) * which
    return np.ones(len(table), dtype=bool) if which is None else which


def tallied(codes: npt.NDArray[np.intp], people: Flags | Weights, size: int) -> Weights:
    """How many people have each code from 0 on, where `people` says for how many each row counts; -1 is no code.

    >>> tallied(np.array([1, 0, 1, -1]), np.array([2, 3, 4, 5]), size=3)
    array([3, 6, 0])
    """
    here = (codes >= 0) & (people > 0)
    amounts = None if people.dtype == bool else people[here]
    return np.bincount(codes[here], weights=amounts, minlength=size).astype(np.int64)


def as_text(value: object) -> str:
    """Write a cell as text: 3.0 is 3.

    >>> as_text(3.0), as_text(" OASys  2009 ")
    ('3', 'OASys 2009')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def key_of(text: str) -> str:
    """Reduce a text to its letters and digits in lower case, so that spellings can be held against each other.

    >>> key_of("OGRS 3") == key_of("ogrs3")
    True
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())
