"""Matching scores before and after by identifier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import INSTRUMENT, POST, PRE, RESPONDENT_ID, ROLE, SCALE, SCORE, SITE, TOTAL, WAVE, WAVES
from evalcore.errors import RepeatedIdError, TableError, UnknownNameError
from evalcore.outcomes.choices import as_tuple, check_known, choose_instrument, choose_roles, role_label
from evalcore.outcomes.pairs import Pairs
from evalcore.wording import count, joined

__all__ = ["choose_roles", "match", "match_scores", "name_people", "role_label"]

_TOO_FEW_ITEMS = "with too few items answered for a score"


def match(pre: pd.Series, post: pd.Series) -> Pairs:
    """Pair two series of scores by identifier.

    Parameters
    ----------
    pre, post : Series
        One score a person, indexed by `respondent_id`. The identifiers are compared as they are given (`1` and `"1"`
        are two people); the order of the rows never matters. NaN means that there is no score.

    Returns
    -------
    Pairs
        People are sorted by identifier. Entries without an identifier can not be matched: they are left out and counted
        in the trail, as are missing scores. `instrument`, `scale`, `role` and `unit` are None.

    Raises
    ------
    RepeatedIdError
        If an identifier stands twice in one series, with or without a score.
    TableError
        If a value is not a finite number or missing.

    Examples
    --------
    >>> before = pd.Series([20.0, 23.0, 19.0], index=["A", "B", "C"])
    >>> after = pd.Series([25.0, 24.0, None], index=["B", "A", "C"])
    >>> pairs = match(before, after)
    >>> pairs.matched.reset_index()
      respondent_id   pre  post
    0             A  20.0  24.0
    1             B  23.0  25.0
    >>> list(pairs.pre_only.index)
    ['C']
    """
    return _pair(pre, post, unscored="with no score")


def match_scores(
    scores: pd.DataFrame,
    *,
    instrument: str | None = None,
    scale: str = TOTAL,
    role: str | Sequence[str] | None = None,
    site: str | Sequence[str] | None = None,
) -> Pairs:
    """Pair the scores of one measure, keyed on role and identifier.

    Parameters
    ----------
    scores : DataFrame
        As `score` gives it; several tables may be stacked. `role` and `site` may be absent or missing.
    instrument : str, optional
        Needed only where `scores` holds several.
    scale : str
        `total`, or a subscale.
    role : str or sequence of str, optional
        One role or several. Needed where several are present. Where an identifier stands in two of the chosen roles it
        belongs to two people: each is kept, and named "identifier (role)" in the index.
    site : str or sequence of str, optional
        One site or several. A person belongs to the site of their first answer with a site recorded, so that nobody
        loses their partner by moving or by a blank.

    Returns
    -------
    Pairs
        Scores that are missing (status `incomplete`) are not matched; the trail says how many and why. A row without a
        role, where others have one, takes the one role known for its identifier; if there is none, or two, it is left
        out and counted, as are rows without identifier or wave and, where a site is chosen, people without any.

    Raises
    ------
    ChoiceNeededError
        If several instruments or roles are present and none was chosen; the message names them.
    UnknownNameError
        If a chosen name is not present; the message lists those that are.
    RepeatedIdError
        If one person has two rows for one wave.
    TableError
        If a needed column is absent.

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "respondent_id": ["A", "A", "B"], "wave": ["pre", "post", "pre"], "instrument": "gse", "scale": "total",
    ...     "score": [28.0, 31.0, 25.0], "role": "service user"})
    >>> pairs = match_scores(scores)
    >>> len(pairs.matched), pairs.role
    (1, 'service users')
    >>> match_scores(scores, role="staff")
    Traceback (most recent call last):
        ...
    evalcore.errors.UnknownNameError: There is no role "staff" here. There is: service user.
    """
    _need_columns(scores, (RESPONDENT_ID, WAVE, INSTRUMENT, SCALE, SCORE))
    if scores.empty:
        nobody = pd.Series(dtype=float)
        label = role_label(as_tuple(role)) if role else None
        return _pair(nobody, nobody, measure=(instrument, scale, label, _unit(instrument, scale)))
    instrument = choose_instrument(_present(scores[INSTRUMENT]), instrument)
    rows = scores[scores[INSTRUMENT] == instrument]
    check_known((scale,), _present(rows[SCALE]), "scale")
    rows = rows[rows[SCALE] == scale].reset_index(drop=True)
    set_aside: list[str] = []
    rows = _with_identity(rows, set_aside)
    rows, roles = _of_roles(rows, scores, role, set_aside)
    if site is not None:
        rows = _of_sites(rows, scores, as_tuple(site), set_aside)
    people = name_people(rows, roles)
    waves = [
        pd.Series(rows[SCORE].to_numpy()[at_wave], index=people[at_wave])
        for at_wave in ((rows[WAVE] == wave).to_numpy() for wave in WAVES)
    ]
    measure = (instrument, scale, role_label(roles) if roles else None, _unit(instrument, scale))
    return _pair(waves[0], waves[1], measure=measure, unscored=_TOO_FEW_ITEMS, set_aside=tuple(set_aside))


def name_people(rows: pd.DataFrame, roles: Sequence[str]) -> pd.Index:
    """Name each row's person: the identifier, or "identifier (role)" where it stands in two of the roles.

    Examples
    --------
    >>> rows = pd.DataFrame({"respondent_id": ["A", "A", "B"], "role": ["staff", "volunteer", "staff"]})
    >>> list(name_people(rows, ["staff", "volunteer"])), list(name_people(rows[:1], ["staff"]))
    (['A (staff)', 'A (volunteer)', 'B'], ['A'])
    """
    names: pd.Index = pd.Index(rows[RESPONDENT_ID])
    if len(roles) < 2 or ROLE not in rows:
        return names
    people = rows[[RESPONDENT_ID, ROLE]].drop_duplicates()
    shared = people[RESPONDENT_ID][people[RESPONDENT_ID].duplicated()]
    if shared.empty:
        return names
    labelled = rows[RESPONDENT_ID].astype(str) + " (" + rows[ROLE].astype(str) + ")"
    names = pd.Index(rows[RESPONDENT_ID].astype(object).where(~rows[RESPONDENT_ID].isin(shared), labelled))
    return names


def _pair(
    pre: pd.Series,
    post: pd.Series,
    *,
    measure: tuple[str | None, str | None, str | None, str | None] = (None, None, None, None),
    unscored: str = "",
    set_aside: tuple[str, ...] = (),
) -> Pairs:
    before, n_before, nameless_before = _one_a_person(pre, PRE)
    after, n_after, nameless_after = _one_a_person(post, POST)
    both = before.index.isin(after.index)
    names = before.index[both]
    matched = pd.DataFrame({PRE: before.to_numpy()[both], POST: after.reindex(names).to_numpy()}, index=names)
    pre_only, post_only = before[~both], after[~after.index.isin(names)]
    losses = (
        ("; ".join((*set_aside, *nameless_before)), n_before),
        ("; ".join(nameless_after), n_after),
        (_loss(n_before - len(before), unscored), len(before)),
        (_loss(n_after - len(after), unscored), len(after)),
        (_unmatched(len(pre_only), len(post_only)), len(matched)),
    )
    steps = ("answered pre", "answered post", "scored pre", "scored post", "matched")
    trail = pd.DataFrame({"step": steps, "n": [n for _, n in losses], "reason": [reason for reason, _ in losses]})
    return Pairs(matched, pre_only, post_only, trail, *measure)


def _one_a_person(scores: pd.Series, wave: str) -> tuple[pd.Series, int, tuple[str, ...]]:
    """Give the scores of one wave sorted by identifier, the number who answered, and what was left out."""
    index: pd.Index = scores.index
    if isinstance(index, pd.CategoricalIndex):
        index = index.astype(index.categories.dtype)
    named = ~np.asarray(index.isna())
    nameless = int((~named).sum())
    index = index[named].rename(RESPONDENT_ID)
    if not index.is_unique:
        people = index[index.duplicated()].nunique()
        raise RepeatedIdError(
            f"{count(people, 'identifier stands', 'identifiers stand')} more than once in the scores {_when(wave)}. "
            "Keep one row a person and wave."
        )
    values = _numbers(scores)[named]
    order = _order(index)
    clean = pd.Series(values[order], index=index[order], name=wave)
    left_out = f"{count(nameless, 'score', 'scores')} {_when(wave)} without an identifier left out"
    return clean[clean.notna()], len(clean), (left_out,) if nameless else ()


def _numbers(scores: pd.Series) -> npt.NDArray[np.float64]:
    try:
        values = pd.to_numeric(scores).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise TableError("A score is not a number. Leave a missing score empty.") from None
    if np.isinf(values).any():
        raise TableError("A score is infinite. Leave a missing score empty.")
    return np.asarray(values, dtype=float)


def _order(index: pd.Index) -> npt.NDArray[np.intp]:
    try:
        return np.asarray(index.argsort(), dtype=np.intp)
    except TypeError:  # numbers and words in one index: numbers first
        keys = [(type(name).__name__, str(name)) for name in index]
        return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)


def _with_identity(rows: pd.DataFrame, set_aside: list[str]) -> pd.DataFrame:
    nameless = rows[RESPONDENT_ID].isna().to_numpy()
    waveless = ~rows[WAVE].isin(WAVES).to_numpy() & ~nameless
    for lost, words in ((nameless, "an identifier"), (waveless, "a wave")):
        if lost.any():
            set_aside.append(f"{count(int(lost.sum()), 'row', 'rows')} without {words} left out")
    return rows[~(nameless | waveless)]


def _of_roles(
    rows: pd.DataFrame, scores: pd.DataFrame, role: str | Sequence[str] | None, set_aside: list[str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep the rows of the chosen roles; a blank role is filled where the identifier has one role only."""
    present = _present(rows[ROLE]) if ROLE in rows else ()
    roles = choose_roles(present, role)
    if not roles:
        return rows, roles
    if rows[ROLE].isna().any():
        blank = rows[ROLE].isna()
        known = scores.loc[scores[ROLE].notna() & scores[RESPONDENT_ID].notna(), [RESPONDENT_ID, ROLE]]
        known = known.drop_duplicates().drop_duplicates(RESPONDENT_ID, keep=False)
        found = rows[RESPONDENT_ID].map(known.set_index(RESPONDENT_ID)[ROLE].astype(object))
        rows = rows.assign(**{ROLE: rows[ROLE].astype(object).where(~blank, found)})
        unknown = int(rows[ROLE].isna().sum())
        if unknown:
            set_aside.append(f"{count(unknown, 'row', 'rows')} without a role left out")
    return rows[rows[ROLE].isin(roles)], roles


def _of_sites(rows: pd.DataFrame, scores: pd.DataFrame, sites: tuple[str, ...], set_aside: list[str]) -> pd.DataFrame:
    """Keep the rows of people of the chosen sites; nobody is left out unseen for a blank site."""
    check_known(sites, _present(scores[SITE]) if SITE in scores else (), "site")
    key = [RESPONDENT_ID, ROLE] if ROLE in rows else [RESPONDENT_ID]
    first_answers = rows.assign(_after=rows[WAVE] == POST).sort_values("_after", kind="stable")
    home = first_answers.groupby(key, dropna=False, observed=True, sort=False)[SITE].transform("first")
    unknown = int(home.isna().sum())
    if unknown:
        set_aside.append(f"{count(unknown, 'row', 'rows')} of people without a site left out")
    return rows[home.isin(sites).sort_index()]


def _unit(instrument: str | None, scale: str) -> str | None:
    from evalcore.instruments import load_instrument

    if instrument is None:
        return None
    try:
        found = load_instrument(instrument).scales.get(scale)
    except UnknownNameError:  # scores of a questionnaire that has no definition here can be matched all the same
        return None
    return found.unit if found else None


def _need_columns(table: pd.DataFrame, names: Sequence[str]) -> None:
    absent = [name for name in names if name not in table]
    if absent:
        raise TableError(f"The scores lack the {'column' if len(absent) == 1 else 'columns'} {joined(absent)}.")


def _present(values: pd.Series) -> tuple[str, ...]:
    return tuple(sorted(values.dropna().unique()))


def _when(wave: str) -> str:
    return "before" if wave == PRE else "after"


def _loss(n: int, words: str) -> str:
    return f"{n:,} {words}" if n else ""


def _unmatched(pre_only: int, post_only: int) -> str:
    parts = [f"{n:,} with a score {when} only" for n, when in ((pre_only, "before"), (post_only, "after")) if n]
    return joined(parts)
