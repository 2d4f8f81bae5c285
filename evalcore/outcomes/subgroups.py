"""The matched change of many groups of people at once: one row a group, as `paired_change` gives it for each."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import POST, PRE
from evalcore.errors import RepeatedIdError
from evalcore.outcomes.description import check_confidence
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.outcomes.pairs import Pairs

Values = npt.NDArray[np.float64]
Counts = npt.NDArray[np.intp]

LEAST_PAIRS_FOR_AN_INTERVAL = 3
_NO_PAIR = "No matched pair: nothing can be computed."
_ONE_PAIR = "One matched pair: means and change only."
_TWO_PAIRS = "Two matched pairs: means, change and SD only."
_ALL_EQUAL = "All changes are equal: without spread there is no interval and no test."
_NUMBERS = ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high", "t", "df", "p_value")


def subgroup_changes(pairs: Pairs, labels: pd.Series | pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Compute the matched change of every group of people.

    Parameters
    ----------
    pairs : Pairs
        Its people are those of `matched` and of `pre_only`; the order of rows never matters.
    labels : Series or DataFrame
        Index: the people as `pairs` names them, each once; those whom `pairs` does not hold are left aside. Values: the
        group that each belongs to; who has none, or a missing one, belongs to no group. Of a DataFrame each column
        splits the same people anew.
    confidence : float
        Of the intervals.

    Returns
    -------
    DataFrame
        One row a group, sorted by its label as text (of a DataFrame: by column in its order, named in a first column
        `column`): `group`, `n_pairs`, `n_before` (people with a score before), `mean_pre`, `mean_post`, `mean_change`,
        `sd_change` (n - 1) in the unit of the scores, `ci_low`, `ci_high`, `t`, `df`, `p_value` of the paired t test,
        two-sided, `p_holm` (Holm's correction over all rows) and `notes` (a tuple of sentences). Each row equals
        `paired_change` of that group's people: interval and test from 3 pairs on, and not where all changes are equal
        to 10 decimals. NaN is what can not be computed. Checked against R's `t.test` and `p.adjust`.

    Raises
    ------
    RepeatedIdError
        If a person stands twice in `labels`.
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> people = list("ABCDEF")
    >>> before = pd.Series([20.0, 23.0, 19.0, 25.0, 21.0, 22.0], index=people)
    >>> after = pd.Series([23.0, 24.0, 21.0, 25.0, 20.0], index=people[:5])
    >>> sites = pd.Series(["North", "North", "North", "South", "South", "South"], index=people)
    >>> table = subgroup_changes(match(before, after), sites)
    >>> table[["group", "n_pairs", "n_before", "mean_change"]]
       group  n_pairs  n_before  mean_change
    0  North        3         3          2.0
    1  South        2         3         -0.5
    >>> table["notes"].iloc[1]
    ('Two matched pairs: means, change and SD only.',)
    """
    check_confidence(confidence)
    if not labels.index.is_unique:
        raise RepeatedIdError("A person stands twice among the labels. Give each person one group.")
    if isinstance(labels, pd.Series):
        table = _changes(pairs, labels, confidence)
    else:
        parts = [_changes(pairs, labels[name], confidence).assign(column=name) for name in labels.columns]
        table = pd.concat(parts, ignore_index=True) if parts else _changes(pairs, pd.Series(dtype=object), confidence)
        table.insert(0, "column", table.pop("column") if parts else pd.Series(dtype=object))
    table.insert(len(table.columns) - 1, "p_holm", adjust_p(table["p_value"]))
    return table


def _changes(pairs: Pairs, labels: pd.Series, confidence: float) -> pd.DataFrame:
    """The groups of one column, without the correction for the number of tests."""
    matched, alone = (labels.reindex(people) for people in (pairs.matched.index, pairs.pre_only.index))
    codes, names = pd.factorize(pd.concat([matched, alone], ignore_index=True).astype(object), use_na_sentinel=True)
    order = sorted(range(len(names)), key=lambda place: str(names[place]))
    rank = np.empty(len(names) + 1, dtype=np.intp)
    rank[order], rank[-1] = np.arange(len(names)), -1  # the last entry is what the code -1, no group, points at
    groups = rank[codes]
    found = {"group": np.array([names[place] for place in order], dtype=object)}
    at, pre, post = _in_groups(groups[: len(matched)], pairs)
    counts = np.bincount(at, minlength=len(names)).astype(np.intp)
    numbers = _numbers(at, counts, pre, post, confidence)
    return pd.DataFrame(
        {
            **found,
            "n_pairs": counts,
            "n_before": np.bincount(groups[groups >= 0], minlength=len(names)).astype(np.intp),
            **numbers,
            "notes": _notes(counts, numbers["sd_change"]),
        }
    )


def _in_groups(groups: Counts, pairs: Pairs) -> tuple[Counts, Values, Values]:
    """The pairs of people who have a group, sorted so that the last digit does not depend on the order of the rows."""
    pre, post = (pairs.matched[wave].to_numpy(dtype=float) for wave in (PRE, POST))
    kept = np.lexsort((post, pre, groups))
    kept = kept[groups[kept] >= 0]
    return groups[kept], pre[kept], post[kept]


def _numbers(at: Counts, counts: Counts, pre: Values, post: Values, confidence: float) -> dict[str, Values]:
    from scipy.special import stdtr, stdtrit

    changes = post - pre
    mean = _mean(at, counts, changes)
    squares = np.bincount(at, (changes - mean[at]) ** 2, minlength=len(counts))
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.where(counts > 1, np.sqrt(squares / (counts - 1)), math.nan)
        sd[_all_equal(at, counts, changes) & (counts > 1)] = 0.0
        tested = (counts >= LEAST_PAIRS_FOR_AN_INTERVAL) & (sd > 0)
        df = np.where(tested, counts - 1.0, math.nan)
        error = np.where(tested, sd / np.sqrt(counts), math.nan)
        t = mean / error
        margin = stdtrit(df, (1 + confidence) / 2) * error
    columns = (_mean(at, counts, pre), _mean(at, counts, post), mean, sd, mean - margin, mean + margin, t, df)
    return dict(zip(_NUMBERS, (*columns, 2 * stdtr(df, -np.abs(t))), strict=True))


def _mean(at: Counts, counts: Counts, values: Values) -> Values:
    found = np.full(len(counts), math.nan)
    np.divide(np.bincount(at, values, minlength=len(counts)), counts, out=found, where=counts > 0)
    return found


def _all_equal(at: Counts, counts: Counts, changes: Values) -> npt.NDArray[np.bool_]:
    """Where all changes of a group are the same to 10 decimals; `at` is sorted."""
    low, high = np.full(len(counts), math.inf), np.full(len(counts), -math.inf)
    rounded = np.round(changes, 10)
    np.minimum.at(low, at, rounded)
    np.maximum.at(high, at, rounded)
    return np.asarray(low == high, dtype=np.bool_)


def _notes(counts: Counts, sd: Values) -> list[tuple[str, ...]]:
    few = ((_NO_PAIR,), (_ONE_PAIR,), (_TWO_PAIRS,))
    return [
        few[n] if n < LEAST_PAIRS_FOR_AN_INTERVAL else (_ALL_EQUAL,) if spread == 0 else ()
        for n, spread in zip(counts.tolist(), sd.tolist(), strict=True)
    ]
