"""Who did not come back, why, and how they differed at the start from those who did."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import (
    AGE,
    CASE_STATUS,
    OGRS,
    PRE,
    REASON_NO_POST,
    RESPONDENT_ID,
    ROLE,
    SECTIONS,
    SERVICE_USER,
    SEX,
    SITE,
)
from evalcore.errors import RepeatedIdError
from evalcore.outcomes.choices import roles_of
from evalcore.outcomes.description import check_confidence, standard_deviation
from evalcore.outcomes.matching import name_people
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.shares import newcombe
from evalcore.outcomes.welch import welch
from evalcore.wording import count

Values = npt.NDArray[np.float64]
Row = tuple[str, str, int, float, float, int, float, float, float, float, float, float]

SCORE_BEFORE = "score before"
NOT_RECORDED = "not recorded"

_COLUMNS = (
    "measure",
    "category",
    "n_stayed",
    "mean_stayed",
    "sd_stayed",
    "n_left",
    "mean_left",
    "sd_left",
    "difference",
    "ci_low",
    "ci_high",
    "standardised_difference",
)
_NUMBERS = (AGE, OGRS)
_CATEGORIES = (SEX, SITE, CASE_STATUS)
_YES = {"yes": 1.0, "true": 1.0, "1": 1.0, "1.0": 1.0, "no": 0.0, "false": 0.0, "0": 0.0, "0.0": 0.0}


@dataclass(frozen=True, eq=False)
class Attrition:
    """Those who stayed beside those who left.

    Attributes
    ----------
    n_stayed, n_left : int
        People with a score at both waves; people with one before only.
    comparisons : DataFrame
        `measure, category, n_stayed, mean_stayed, sd_stayed, n_left, mean_left, sd_left, difference, ci_low, ci_high,
        standardised_difference`. `measure` is `score before` or the column's name; `category` is empty for a mean. For
        a share (0 to 1) the means are shares and the SDs missing. `n` counts people for whom it is known.
    reasons : DataFrame
        `reason, n` among those who left, most frequent first, `not recorded` last; adds up to `n_left`.
    notes : tuple of str
    holders : mapping
        For each measure and category, and for "reason" and each of the reasons: the names of those who have it, and of
        those of whom it is known whether they have.
    """

    n_stayed: int
    n_left: int
    comparisons: pd.DataFrame
    reasons: pd.DataFrame
    notes: tuple[str, ...] = ()
    holders: Mapping[tuple[str, str], tuple[frozenset[Hashable], frozenset[Hashable]]] = field(
        default_factory=dict, repr=False
    )


def attrition(
    pairs: Pairs, roster: pd.DataFrame | None = None, cases: pd.DataFrame | None = None, *, confidence: float = 0.95
) -> Attrition:
    """Compare those who stayed (matched) with those who left (a score before only). No test: so few can not carry one.

    Parameters
    ----------
    pairs : Pairs
        From `match_scores`, its role says whose rows of the roster are meant.
    roster : DataFrame, optional
        Native table; gives `reason_no_post`, and the site where the cases have none. None or empty: not known.
    cases : DataFrame, optional
        Native table; gives sex, site, age, ogrs, status and the needs recorded as yes or no. It describes service users
        and is left aside for others.
    confidence : float
        Of the intervals of the differences.

    Returns
    -------
    Attrition
        `difference` is stayed minus left: of means with Welch's interval, of shares with Newcombe's (1998, method 10).
        `standardised_difference` is the difference / √((s1² + s2²)/2), with p(1 - p) for s² of a share (Austin 2009).
        NaN is what can not be computed: SD and Welch interval below two people on a side, a standardised difference or
        an interval of means without any spread. Missing values are left out, each measure for itself. Checked against
        R: `t.test`; Newcombe's as in `shares.newcombe`.

    Raises
    ------
    RepeatedIdError
        If one of these people stands twice on the roster or in the cases.
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> pairs = match(pd.Series([20.0, 22.0, 15.0], index=list("ABC")), pd.Series([25.0, 24.0], index=list("AB")))
    >>> roster = pd.DataFrame({"respondent_id": list("ABC"), "reason_no_post": [None, None, "recalled"]})
    >>> found = attrition(pairs, roster)
    >>> found.n_stayed, found.n_left, float(found.comparisons.loc[0, "difference"])
    (2, 1, 6.0)
    >>> found.reasons.loc[0, "reason"]
    'recalled'
    """
    check_confidence(confidence)
    people = pairs.matched.index.append(pairs.pre_only.index)
    stayed = np.arange(len(people)) < len(pairs.matched)
    roles = roles_of(pairs.role)
    notes = ["Differences are those who stayed minus those who left."]
    if roles and SERVICE_USER not in roles and cases is not None and len(cases):
        notes.append("The cases describe service users, and are left aside here.")
        cases = None
    known_cases, known_roster = _rows_of(people, cases, roles, "cases"), _rows_of(people, roster, roles, "roster")
    before = np.concatenate((pairs.matched[PRE].to_numpy(dtype=float), pairs.pre_only.to_numpy(dtype=float)))
    rows = [_mean_row(SCORE_BEFORE, before[stayed], before[~stayed], confidence)]
    rows += _number_rows(known_cases, stayed, confidence)
    shares = [*_categories(known_cases, known_roster), *_needs(known_cases)]
    rows += [_share_row(share, stayed, confidence) for share in shares]
    comparisons = pd.DataFrame(rows, columns=list(_COLUMNS))
    if comparisons["ci_low"].isna().any():
        notes.append("No interval where fewer than two people are on a side, or where all values are equal.")
    reasons, unlisted = _reasons(known_roster, stayed)
    if unlisted:
        notes.append(f"{count(unlisted, 'person who left is', 'people who left are')} not on the roster.")
    holders = {(one.measure, one.category): (_named(people, one.has == 1), _named(people, one.known)) for one in shares}
    holders |= _reason_holders(known_roster, stayed, reasons)
    return Attrition(int(stayed.sum()), int((~stayed).sum()), comparisons, reasons, tuple(notes), holders)


def score_before_by(pairs: Pairs, groups: Mapping[str, pd.Series], *, confidence: float = 0.95) -> pd.DataFrame:
    """Compare the score before of those who stayed and those who left within each group. No test.

    Parameters
    ----------
    pairs : Pairs
    groups : mapping of str to Series
        By what people are grouped (`site`), each with the group of every person, indexed as in the pairs; a missing
        value is not in any group. People who are not in the pairs are left aside.
    confidence : float
        Of the intervals of the differences.

    Returns
    -------
    DataFrame
        The columns of `Attrition.comparisons`: `measure` is what people are grouped by, `category` the group, in the
        order of `groups` and then of the groups' names. `difference` is stayed minus left, with Welch's interval.

    Raises
    ------
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 22.0, 15.0, 18.0], index=list("ABCD"))
    >>> pairs = match(before, pd.Series([25.0, 24.0], index=list("AC")))
    >>> found = score_before_by(pairs, {"site": pd.Series(["X", "X", "Y", None], index=list("ABCD"))})
    >>> found[["category", "n_stayed", "n_left", "difference"]].values.tolist()
    [['X', 1, 1, -2.0], ['Y', 1, 0, nan]]
    """
    check_confidence(confidence)
    people = pairs.matched.index.append(pairs.pre_only.index)
    stayed = np.arange(len(people)) < len(pairs.matched)
    before = np.concatenate((pairs.matched[PRE].to_numpy(dtype=float), pairs.pre_only.to_numpy(dtype=float)))
    rows = []
    for measure, labels in groups.items():
        of = labels.reindex(people)
        words = of.where(of.notna(), "").astype(str).to_numpy()
        for category in sorted({word for word in words if word}):
            here = words == category
            _, _, *numbers = _mean_row(measure, before[here & stayed], before[here & ~stayed], confidence)
            rows.append((measure, category, *numbers))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _rows_of(people: pd.Index, table: pd.DataFrame | None, roles: tuple[str, ...], what: str) -> pd.DataFrame:
    """Give the table's row of each person, in their order; empty rows for those whom it does not hold."""
    if table is None or table.empty:
        return pd.DataFrame(index=people)
    found = table[table[RESPONDENT_ID].notna()]
    if ROLE in found and roles:
        found = found[found[ROLE].isin(roles) | found[ROLE].isna()]
    names = name_people(found, roles)
    wanted = names.isin(people)
    names = names[wanted]
    if not names.is_unique:
        raise RepeatedIdError(
            f"{count(int(names.duplicated().sum()), 'person stands', 'people stand')} more than once in the {what}. "
            "Keep one row a person."
        )
    return found[wanted].set_axis(names).reindex(people)


def _number_rows(cases: pd.DataFrame, stayed: npt.NDArray[np.bool_], confidence: float) -> Iterator[Row]:
    for measure in _NUMBERS:
        if measure in cases:
            values = pd.to_numeric(cases[measure], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
            known = np.isfinite(values)
            if known.any():
                yield _mean_row(measure, values[known & stayed], values[known & ~stayed], confidence)


class _Share(NamedTuple):
    """Who has a characteristic, as 1 or 0, and of whom it is known, in the order of the people."""

    measure: str
    category: str
    has: Values
    known: npt.NDArray[np.bool_]


def _named(people: pd.Index, mask: npt.NDArray[np.bool_]) -> frozenset[Hashable]:
    return frozenset(people[mask])


def _categories(cases: pd.DataFrame, roster: pd.DataFrame) -> Iterator[_Share]:
    for measure in _CATEGORIES:
        values = cases[measure].astype(object) if measure in cases else pd.Series(None, index=cases.index, dtype=object)
        if measure == SITE and SITE in roster:
            values = values.where(values.notna(), roster[SITE].astype(object))
        known = values.notna().to_numpy()
        words = values.astype(str).to_numpy()
        for category in sorted(set(words[known])):
            yield _Share(measure, category, np.asarray(known & (words == category), dtype=np.float64), known)


def _needs(cases: pd.DataFrame) -> Iterator[_Share]:
    for measure in (f"{section}_need" for section in SECTIONS):
        if measure in cases:
            words = (str(value).strip().lower() for value in cases[measure])
            values = np.array([_YES.get(word, math.nan) for word in words])
            known = np.isfinite(values)
            if known.any():
                yield _Share(measure, "yes", values, known)


def _mean_row(measure: str, stayed: Values, left: Values, confidence: float) -> Row:
    means = [float(values.mean()) if len(values) else math.nan for values in (stayed, left)]
    sds = [standard_deviation(values) for values in (stayed, left)]
    difference = means[0] - means[1]
    test = welch(means[0], sds[0], len(stayed), means[1], sds[1], len(left), confidence=confidence)
    low, high = (test.ci_low, test.ci_high) if test else (math.nan, math.nan)
    standardised = _standardised(difference, sds[0] ** 2, sds[1] ** 2)
    return (
        measure,
        "",
        len(stayed),
        means[0],
        sds[0],
        len(left),
        means[1],
        sds[1],
        difference,
        low,
        high,
        standardised,
    )


def _share_row(share: _Share, stayed: npt.NDArray[np.bool_], confidence: float) -> Row:
    measure, category, has, known = share
    groups = (has[known & stayed], has[known & ~stayed])
    sizes = [len(group) for group in groups]
    shares = [float(group.mean()) if len(group) else math.nan for group in groups]
    difference, low, high = shares[0] - shares[1], math.nan, math.nan
    if min(sizes) > 0:
        counts = [int(group.sum()) for group in groups]
        low, high = newcombe(counts[0], sizes[0], counts[1], sizes[1], confidence=confidence)
    standardised = _standardised(difference, shares[0] * (1 - shares[0]), shares[1] * (1 - shares[1]))
    missing = math.nan
    return (
        measure,
        category,
        sizes[0],
        shares[0],
        missing,
        sizes[1],
        shares[1],
        missing,
        difference,
        low,
        high,
        standardised,
    )


def _standardised(difference: float, variance_stayed: float, variance_left: float) -> float:
    pooled = math.sqrt((variance_stayed + variance_left) / 2)
    return difference / pooled if pooled > 0 else math.nan


def _reasons(roster: pd.DataFrame, stayed: npt.NDArray[np.bool_]) -> tuple[pd.DataFrame, int]:
    """Count the reasons of those who left; also how many of them the roster does not hold, where there is one."""
    left = roster[~stayed]
    unlisted = int(left[RESPONDENT_ID].isna().sum()) if RESPONDENT_ID in left else 0
    words = _reasons_given(left)
    tally = words[words != ""].value_counts()
    counted = sorted(((str(reason), int(n)) for reason, n in tally.items()), key=lambda one: (-one[1], one[0]))
    missing = len(words) - sum(n for _, n in counted)
    if missing:
        counted.append((NOT_RECORDED, missing))
    return pd.DataFrame(counted, columns=["reason", "n"]).astype({"reason": object, "n": int}), unlisted


def _reasons_given(left: pd.DataFrame) -> pd.Series:
    given = left[REASON_NO_POST] if REASON_NO_POST in left else pd.Series(None, index=left.index, dtype=object)
    return given.astype(object).where(given.notna(), "").astype(str).str.strip()


def _reason_holders(
    roster: pd.DataFrame, stayed: npt.NDArray[np.bool_], reasons: pd.DataFrame
) -> dict[tuple[str, str], tuple[frozenset[Hashable], frozenset[Hashable]]]:
    """Who left for each reason, and all who left."""
    words = _reasons_given(roster[~stayed]).replace("", NOT_RECORDED)
    everyone = frozenset(words.index)
    return {("reason", reason): (frozenset(words.index[words == reason]), everyone) for reason in reasons["reason"]}
