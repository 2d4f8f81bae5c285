"""How well the items of a scale hang together: Cronbach's alpha, omega total, and each item beside the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.errors import TableError
from evalcore.outcomes.description import all_equal, check_confidence, standard_deviation
from evalcore.outcomes.one_factor import one_factor
from evalcore.wording import count, joined

Values = npt.NDArray[np.float64]
Found = dict[str, Any]
"""Fields of Reliability that could be computed, by name."""

LEAST_PEOPLE = 30
"""Below it the published values lead, and those of the sample are marked as very uncertain."""
LEAST_ITEMS_FOR_OMEGA = 3
ITEM_COLUMNS = ("item", "item_total", "item_rest", "alpha_if_dropped")
_NO_SPREAD = 1e-10
_AGAINST = -1e-10
"""An item-rest correlation below it is negative; rounding alone does not reach it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reliability:
    """Internal consistency of one scale. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n, k : int
        People who answered every item; items. Everything below rests on these people.
    n_rows, n_incomplete : int
        Rows handed in, and those of them that lack an answer.
    alpha, alpha_ci_low, alpha_ci_high : float
        Cronbach's alpha with Feldt's interval. May be negative.
    omega_total : float
        Share of the sum's variance that one factor explains.
    sem : float
        Standard error of measurement of one person's sum, in points of the sum of the items (not of a mean or of a
        converted score).
    items : DataFrame(item, item_total, item_rest, alpha_if_dropped), one row an item, in the order of the columns
        Correlation with the sum of all items, and with the sum of the other ones; alpha of the other ones.
        NaN is what can not be computed.
    confidence : float
        As asked for.
    notes : tuple of str
        What was left out, what was not computed and why, and what to look at.
    """

    n: int
    k: int
    n_rows: int
    n_incomplete: int
    alpha: float | None = None
    alpha_ci_low: float | None = None
    alpha_ci_high: float | None = None
    omega_total: float | None = None
    sem: float | None = None
    items: pd.DataFrame
    confidence: float
    notes: tuple[str, ...] = ()


def reliability(items: pd.DataFrame, *, confidence: float = 0.95) -> Reliability:
    """Cronbach's alpha, omega total, the standard error of measurement, and each item beside the rest.

    Parameters
    ----------
    items : DataFrame, one row a person, one column an item
        Codes as they count in the score, or missing: what `item_answers` gives, or any table of numbers. The index is
        not looked at. A row that lacks an answer does not count: complete rows only, never pairwise.
    confidence : float
        Of the interval of alpha.

    Returns
    -------
    Reliability
        alpha : k/(k - 1) · (1 - sum of the items' variances / variance of the sum), variances with n - 1. None for
            one item, below two people, and where the sum is the same for everyone.
        alpha_ci_low, alpha_ci_high : 1 - (1 - alpha) · F, F the quantiles with n - 1 and (n - 1)(k - 1) degrees of
            freedom (Feldt, Woodruff & Salih 1987, formulas 6 and 7). None where alpha is 1: it would have no width.
        omega_total : (sum of loadings)² / ((sum of loadings)² + sum of uniquenesses), of one factor by maximum
            likelihood on the covariances. None below three items, with a constant item, with as many items as people
            or more, with items that follow from each other, and where the solution is improper or not reached.
        sem : SD of the sum · √(1 - alpha). None where alpha is negative.
        items : Pearson's correlations; `alpha_if_dropped` needs two items to be left.

    Raises
    ------
    TableError
        If a column does not hold numbers or has no name of its own, or if there is no column.
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Notes
    -----
    An item that everyone answered alike stays in (k counts it) and is named. An item that runs against the rest is
    named and never turned. Checked against R: `psych::alpha`, `psych::alpha.ci`, `factanal`, `psych::omega` with
    `flip = FALSE`; by formula where psych leaves constant items out.

    Examples
    --------
    >>> answers = pd.DataFrame({"gse_1": [1, 2, 3, 4, 2], "gse_2": [2, 2, 3, 4, None], "gse_3": [1, 3, 3, 4, 3]})
    >>> found = reliability(answers)
    >>> found.n, found.k, round(found.alpha, 3), found.notes[0]
    (4, 3, 0.949, '1 of 5 people left out at least one item: only the 4 who answered every item count here.')
    """
    check_confidence(confidence)
    names, answers = item_values(items)
    complete = answers[~np.isnan(answers).any(axis=1)]
    notes = _notes_on_people(names, answers, len(complete))
    about_people, table = len(complete), _item_table(names, complete)
    found: Found = {}
    if about_people >= 2:
        found = _coefficients(complete, confidence, notes)
        notes += _notes_on_items(table, complete)
    return Reliability(
        n=about_people,
        k=len(names),
        n_rows=len(answers),
        n_incomplete=len(answers) - about_people,
        items=table,
        confidence=confidence,
        notes=tuple(notes),
        **found,
    )


def item_values(items: pd.DataFrame) -> tuple[tuple[str, ...], Values]:
    """Check a table of answers, and give the items' names and the codes, shape (people, items); NaN for no answer.

    Raises
    ------
    TableError
        If a column does not hold numbers, stands twice or is the identifier, or if there is no column.

    Examples
    --------
    >>> item_values(pd.DataFrame({"gse_1": [1, None], "gse_2": [3, 4]}))
    (('gse_1', 'gse_2'), array([[ 1.,  3.],
           [nan,  4.]]))
    """
    names = tuple(str(name) for name in items.columns)
    if not names:
        raise TableError("The table holds no items. Hand in one row for each person and one column for each item.")
    repeated = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if repeated:
        raise TableError(f"These columns stand twice: {joined(repeated)}. Keep one of each.")
    if RESPONDENT_ID in names:
        raise TableError(f"The column {RESPONDENT_ID} is no item. Make it the index, or leave it out.")
    columns = [_numbers(items.iloc[:, position]) for position in range(len(names))]
    refused = [name for name, column in zip(names, columns, strict=True) if column is None]
    if refused:
        raise TableError(f"{joined(refused)} must hold numbers, or nothing. Hand in the codes of the items alone.")
    return names, np.column_stack([column for column in columns if column is not None])


def _numbers(column: pd.Series) -> Values | None:
    """Give the column as floats; None where it holds text, dates, true and false, or an infinite number."""
    if column.isna().all():
        return np.full(len(column), np.nan)
    typed = column.convert_dtypes() if column.dtype == object else column
    if not (pd.api.types.is_integer_dtype(typed) or pd.api.types.is_float_dtype(typed)):
        return None
    numbers = typed.to_numpy(dtype=np.float64, na_value=np.nan)
    return None if np.isinf(numbers).any() else numbers


def _notes_on_people(names: Sequence[str], answers: Values, n: int) -> list[str]:
    notes = []
    left_out = len(answers) - n
    if left_out:
        people, counting = count(len(answers), "person", "people"), f"only the {n:,} who answered every item count here"
        notes.append(f"{left_out:,} of {people} left out at least one item: {counting if n else 'nobody counts here'}.")
    unanswered = [name for name, column in zip(names, answers.T, strict=True) if np.isnan(column).all()]
    if unanswered and len(answers):
        notes.append(f"Nobody answered {joined(unanswered)}.")
    if n < 2:
        known = "Only one person" if n else "Nobody"
        notes.append(f"{known} answered every item: alpha, omega and the correlations need at least two people.")
    elif n < LEAST_PEOPLE:
        notes.append(
            f"Only {n} people answered every item: below {LEAST_PEOPLE} the published values lead, "
            "and those of this sample are very uncertain."
        )
    return notes


def _notes_on_items(table: pd.DataFrame, complete: Values) -> list[str]:
    """Name the items without a correlation, with the reason, and those that run against the rest."""
    notes = []
    constant = table.loc[[all_equal(column) for column in complete.T], "item"].tolist()
    if constant:
        stays = "this item stays in, but has" if len(constant) == 1 else "these items stay in, but have"
        notes.append(f"Everyone gave the same answer to {joined(constant)}: {stays} no correlation with the others.")
    alone = table.loc[table["item_rest"].isna() & ~table["item"].isin(constant), "item"].tolist()
    if alone and len(table) > 1:
        notes.append(f"The items other than {joined(alone, 'or')} add up to the same for everyone: no correlation.")
    if len(table) == 2:
        notes.append("Two items only: without one of them there is no alpha of the rest.")
    against = table.loc[table["item_rest"] < _AGAINST, "item"].tolist()
    if against:
        runs, it = ("runs", "it was") if len(against) == 1 else ("run", "they were")
        chance = " In so few people it may also be chance." if len(complete) < LEAST_PEOPLE else ""
        notes.append(
            f"{joined(against)} {runs} against the other items: check whether {it} coded the other way round. "
            f"Nothing was turned here.{chance}"
        )
    return notes


def _coefficients(complete: Values, confidence: float, notes: list[str]) -> Found:
    n, k = complete.shape
    if k < 2:
        notes.append("One item only: alpha, its interval, omega and the standard error of measurement need several.")
        return {}
    deviations = complete - complete.mean(axis=0)
    sd = standard_deviation(deviations.sum(axis=1))
    if sd == 0:
        notes.append("No alpha, no omega and no standard error of measurement: the sum is the same for everyone.")
        return {}
    alpha = _alpha(deviations.var(axis=0, ddof=1).sum(), sd**2, k)
    found: Found = {"alpha": alpha, **_feldt(alpha, n, k, confidence, notes), **_omega_total(deviations, notes)}
    if alpha < -_NO_SPREAD:
        notes.append(
            "Alpha is below 0: the items run against each other more than together, so that their sum does not measure "
            "one thing here. No standard error of measurement is given."
        )
        return found
    return found | {"sem": sd * math.sqrt(1 - alpha)}


def _alpha(item_variances: float, sum_variance: float, k: int) -> float:
    """Alpha from the sum of the variances and the variance of the sum; exactly 1 where only rounding keeps it off."""
    alpha = k / (k - 1) * (1 - float(item_variances) / sum_variance)
    return 1.0 if 1 - alpha < _NO_SPREAD else alpha


def _feldt(alpha: float, n: int, k: int, confidence: float, notes: list[str]) -> Found:
    from scipy.special import fdtri

    if alpha == 1:
        notes.append("No interval of alpha: all items rise and fall together exactly, so that it would have no width.")
        return {}
    low, high = (float(fdtri(n - 1, (n - 1) * (k - 1), (1 + side * confidence) / 2)) for side in (1, -1))
    return {"alpha_ci_low": 1 - (1 - alpha) * low, "alpha_ci_high": 1 - (1 - alpha) * high}


def _omega_total(deviations: Values, notes: list[str]) -> Found:
    omega = _omega_or_reason(deviations)
    if isinstance(omega, float):
        return {"omega_total": omega}
    notes.append(f"No omega: {omega}.")
    return {}


def _omega_or_reason(deviations: Values) -> float | str:
    n, k = deviations.shape
    sds = deviations.std(axis=0, ddof=1)
    if k < LEAST_ITEMS_FOR_OMEGA:
        return f"it needs at least {LEAST_ITEMS_FOR_OMEGA} items"
    if (sds <= _NO_SPREAD).any():
        return "an item that everyone answered alike has no place in it"
    if n <= k:
        return "it needs more people than items"
    standardised = deviations / sds
    correlations: Values = standardised.T @ standardised / (n - 1)
    if np.linalg.eigvalsh(correlations)[0] < _NO_SPREAD:
        return "the answers to some items follow exactly from those to others"
    factor = one_factor(correlations)
    if factor.improper:
        return "one factor does not fit these answers (what is an item's own falls to zero)"
    if not factor.converged:
        return "no solution with one factor was reached"
    common = float(factor.loadings @ sds) ** 2
    return common / (common + float(factor.uniquenesses @ sds**2))


def _item_table(names: Sequence[str], complete: Values) -> pd.DataFrame:
    table = pd.DataFrame({"item": list(names)} | dict.fromkeys(ITEM_COLUMNS[1:], math.nan))
    n, k = complete.shape
    if n < 2:
        return table
    deviations = complete - complete.mean(axis=0)
    total = deviations.sum(axis=1, keepdims=True)
    rest = total - deviations
    table["item_total"] = _correlations(deviations, np.repeat(total, k, axis=1))
    table["item_rest"] = _correlations(deviations, rest)
    if k > 2:
        variances, of_rest = deviations.var(axis=0, ddof=1), rest.var(axis=0, ddof=1)
        table["alpha_if_dropped"] = [
            _alpha(variances.sum() - own, other, k - 1) if other > _NO_SPREAD else math.nan
            for own, other in zip(variances, of_rest, strict=True)
        ]
    return table


def _correlations(first: Values, second: Values) -> Values:
    """Pearson's r of each column with its counterpart; NaN where either is constant."""
    squares = (first**2).sum(axis=0) * (second**2).sum(axis=0)
    products = (first * second).sum(axis=0)
    squares[squares <= _NO_SPREAD**2] = math.nan
    found: Values = np.clip(products / np.sqrt(squares), -1.0, 1.0)
    return found
