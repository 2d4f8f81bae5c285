"""From OASys section scores to needs: yes, no or not known, by the published thresholds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalcore.columns import SECTIONS
from evalcore.errors import TableError
from evalcore.profile.caseload import Flags, Values, as_text, checked_numbers, has_column
from evalcore.rules.needs import DEFAULT_FORM, NeedRule, list_need_forms, load_need_form, load_need_rules

FORM = "oasys_form"
N_NEEDS = "n_needs"
_SCORE = "_score"
_NEED = "_need"
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def needs_from_scores(sections: pd.DataFrame | pd.Series | Mapping[str, object]) -> pd.DataFrame | pd.Series:
    """Tell from section scores who has a need: a score at or above the published threshold is one.

    Parameters
    ----------
    sections : DataFrame, or Series or mapping of one person
        Section scores in points, in columns `<section>_score` or `<section>` (`accommodation`, `ete`, `finance`,
        `relationships`, `lifestyle`, `drugs`, `alcohol`, `emotional`, `thinking`, `attitudes`). A column `oasys_form`
        says by row which thresholds hold: those of the Strengths and Needs form where it contains "SAN" or "strengths",
        else (or where it is blank) those of the 2009 form. Other columns are left aside.

    Returns
    -------
    DataFrame or Series
        Nullable booleans: for each `<section>_score` a column `<section>_need`, for each plain `<section>` one of the
        same name; rows and their index as given. A missing score is not known, never "no". Finance and emotional
        wellbeing have no threshold: their need is not known for anybody. For one person a Series, indexed likewise.

    Raises
    ------
    TableError
        If there is no column of a section, or a score is text, not whole, negative or above the section's highest.
        The highest scores of the Strengths and Needs form are not known, so they are not checked.

    Notes
    -----
    Thresholds and their sources are in `evalcore/rules/need_forms`; the comparison is score >= threshold.

    Examples
    --------
    >>> scores = pd.DataFrame({"drugs_score": [1, 2, None], "finance_score": [4, 4, 4]})
    >>> needs_from_scores(scores)
       drugs_need  finance_need
    0       False          <NA>
    1        True          <NA>
    2        <NA>          <NA>
    >>> needs_from_scores({"alcohol": 3, "oasys_form": "SAN 2024"}).to_dict()
    {'alcohol': True}
    """
    if isinstance(sections, Mapping) and any(pd.api.types.is_list_like(value) for value in sections.values()):
        sections = pd.DataFrame(dict(sections))
    if not isinstance(sections, pd.DataFrame):
        one = pd.DataFrame([dict(sections)]).infer_objects()
        return needs_from_scores(one).iloc[0].astype("boolean").rename(None)
    forms = form_rows(sections)
    found = {
        name: _from_score(sections[column], column, section, forms)
        for column, section, name in _score_columns(sections)
    }
    if not found and len(sections.columns):
        raise TableError("There is no section score in the table. Name the columns by section, such as drugs_score.")
    return pd.DataFrame(found, index=sections.index)


def known_needs(table: pd.DataFrame) -> pd.DataFrame:
    """Tell who is known to have a need, and who not to: as it is recorded, else by the section's score.

    Parameters
    ----------
    table : DataFrame
        `cases` or `caseload`: any of the columns `<section>_need` (true or false, 1 or 0, yes or no), `<section>_score`
        and `oasys_form`.

    Returns
    -------
    DataFrame
        One column of nullable booleans a section that the table has a column for, named by the section, in the order
        of `columns.SECTIONS`; index as given. Where neither is known the need is missing. Finance and emotional
        wellbeing are known only where recorded.

    Raises
    ------
    TableError
        If a recorded need is no yes or no, or a score is not possible (see `needs_from_scores`).

    Examples
    --------
    >>> known_needs(pd.DataFrame({"drugs_need": [True, None], "drugs_score": [0, 2], "ete_score": [None, 3]}))
        ete  drugs
    0  <NA>   True
    1  True   True
    """
    forms = form_rows(table)
    found: dict[str, pd.Series] = {}
    for section in assessed_sections(table):
        recorded = f"{section}{_NEED}"
        need = _recorded(table[recorded], recorded) if recorded in table else None
        column = f"{section}{_SCORE}"
        if column in table and (need is None or bool(need.isna().any())):
            scored = _from_score(table[column], column, section, forms)
            need = scored if need is None else need.fillna(scored)
        if need is not None:
            found[section] = need
    return pd.DataFrame(found, index=table.index)


def assessed_sections(table: pd.DataFrame) -> tuple[str, ...]:
    """The sections that a table has a column for, in the order of `columns.SECTIONS`; of counts a column of values.

    >>> assessed_sections(pd.DataFrame(columns=["ete_score", "accommodation_need", "drugs"]))
    ('accommodation', 'ete')
    """
    return tuple(name for name in SECTIONS if any(has_column(table, f"{name}{one}") for one in (_NEED, _SCORE)))


def scored_sections() -> tuple[str, ...]:
    """The sections whose score decides whether there is a need, on every form: all but finance and emotional wellbeing.

    >>> len(scored_sections())
    8
    """
    forms = [load_need_rules(name) for name in list_need_forms()]
    return tuple(name for name in SECTIONS if all(rules[name].threshold is not None for rules in forms))


def needs_per_person(table: pd.DataFrame) -> pd.Series:
    """Count how many of the eight scored needs each person has.

    Parameters
    ----------
    table : DataFrame
        As `known_needs` takes it.

    Returns
    -------
    Series
        `n_needs`, nullable whole numbers from 0 to 8, index as given. Missing for a person who is not known on all
        eight: a need that is not known is not counted as none. Finance and emotional wellbeing are left out, also
        where they are recorded, since not every form scores them: so that the number means the same for everybody.

    Raises
    ------
    TableError
        As `known_needs`.

    Examples
    --------
    >>> eight = dict.fromkeys((f"{section}_need" for section in scored_sections()), [True, False])
    >>> needs_per_person(pd.DataFrame(eight | {"ete_need": [False, None], "finance_need": [True, True]})).tolist()
    [7, <NA>]
    """
    wanted = scored_sections()
    columns = [f"{section}{ending}" for section in wanted for ending in (_NEED, _SCORE)]
    needs = known_needs(table[[name for name in (*columns, FORM) if name in table]])
    known, total = np.ones(len(table), dtype=bool), np.zeros(len(table), dtype=np.int64)
    for section in wanted:
        if section not in needs:
            known[:] = False
            break
        known &= needs[section].notna().to_numpy()
        total += needs[section].to_numpy(dtype=bool, na_value=False)
    return pd.Series(pd.arrays.IntegerArray(total, ~known), index=table.index, name=N_NEEDS)


def form_of(stated: str) -> str:
    """The form whose thresholds hold for a form as stated in a file.

    >>> form_of("OASys SAN"), form_of("OASys 2009"), form_of("")
    ('san', 'oasys_2009', 'oasys_2009')
    """
    return next((name for name in list_need_forms() if load_need_form(name).is_named(stated)), DEFAULT_FORM)


def _score_columns(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Each column of scores with its section and the name of its need."""
    sections = set(SECTIONS)
    found = []
    for column in map(str, table.columns):
        if column in sections:
            found.append((column, column, column))
        elif column.endswith(_SCORE) and column.removesuffix(_SCORE) in sections:
            section = column.removesuffix(_SCORE)
            found.append((column, section, f"{section}{_NEED}"))
    return found


def form_rows(table: pd.DataFrame) -> Mapping[str, Flags]:
    """The forms that occur, each with the rows that it holds for."""
    if FORM not in table:
        return {DEFAULT_FORM: np.ones(len(table), dtype=bool)}
    codes, texts = pd.factorize(table[FORM])
    # A blank has the code -1, and so takes the last entry.
    forms = np.array([*(form_of(as_text(text)) for text in texts), DEFAULT_FORM], dtype=object)
    return {form: np.asarray(forms[codes] == form, dtype=bool) for form in dict.fromkeys(forms.tolist())}


def _from_score(values: pd.Series, column: str, section: str, forms: Mapping[str, Flags]) -> pd.Series:
    scores = checked_numbers(values, column, whole=True)
    need, unknown = np.zeros(len(scores), dtype=bool), np.ones(len(scores), dtype=bool)
    for form, rows in forms.items():
        rule = load_need_rules(form)[section]
        _check_maximum(scores[rows], column, rule)
        if rule.threshold is not None:
            need[rows] = scores[rows] >= rule.threshold
            unknown[rows] = np.isnan(scores[rows])
    return pd.Series(pd.arrays.BooleanArray(need, unknown), index=values.index, name=column)


def _check_maximum(scores: Values, column: str, rule: NeedRule) -> None:
    if rule.maximum is not None and bool((scores > rule.maximum).any()):
        raise TableError(
            f"The column {column} must hold whole numbers from 0 to {rule.maximum}, or nothing. Correct it in the file."
        )


def _recorded(values: pd.Series, column: str) -> pd.Series:
    """Read a recorded need: true or false, 1 or 0, yes or no; blanks are not known."""
    if pd.api.types.is_bool_dtype(values):
        return values.astype("boolean")
    codes, texts = pd.factorize(values)
    words = [as_text(text).casefold() for text in texts]
    if not set(words) <= _YES | _NO | {""}:
        raise TableError(f"The column {column} must hold yes or no, 1 or 0, or nothing. Correct it in the file.")
    # A blank has the code -1, and so takes the last entry.
    need = np.array([*(word in _YES for word in words), False], dtype=bool)[codes]
    unknown = np.array([*(word == "" for word in words), True], dtype=bool)[codes]
    return pd.Series(pd.arrays.BooleanArray(need, unknown), index=values.index, name=column)
