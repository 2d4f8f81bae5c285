"""Whether one group of people changed otherwise than another: Welch on the changes, and adjusted for the start."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import POST, PRE
from evalcore.errors import RepeatedIdError
from evalcore.outcomes.description import all_equal, check_confidence, standard_deviation
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.welch import welch
from evalcore.wording import joined

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

LEAST_PAIRS_A_GROUP = 10
THE_REST = "the other groups"
_COLUMNS = ("group", "other", "n_group", "n_other")
_WELCH = ("difference", "ci_low", "ci_high", "t", "df", "p_value")
_ADJUSTED = tuple(f"adjusted_{name}" for name in _WELCH)
_NO_START = "Not adjusted for the score before: all scores before are equal."
_NO_SPREAD = "No interval and no test by Welch: in both groups all changes are equal."
_NO_OVERALL = "No Welch test of all groups at once: in one of them all changes are equal."
_EXACT = "No adjusted interval and test: scores before and group leave nothing of the changes unexplained."


@dataclass(frozen=True)
class Overall:
    """One test whether any of several groups changed otherwise: `f` with its degrees of freedom and `p_value`."""

    f: float
    df1: float
    df2: float
    p_value: float


@dataclass(frozen=True, eq=False)
class GroupDifference:
    """Differences in change between groups of people.

    Attributes
    ----------
    comparisons : DataFrame
        `group, other, n_group, n_other` (pairs), then `difference` (mean change of `group` minus that of `other`) with
        `ci_low, ci_high, t, df, p_value, p_holm` by Welch, and the same names after `adjusted_` by least squares with
        the score before; one row for two groups, one a group for more, and none where fewer than two are large enough.
        NaN is what can not be computed.
    n_pairs : mapping of str to int
        Pairs of every group, also of those too small to be compared.
    lacking : mapping of str to int
        How many pairs each group that is too small lacks.
    welch, adjusted : Overall or None
        Of three or more groups: Welch's one-way test of the changes, and the F test of the group beside the score
        before.
    confidence : float
    notes : tuple of str
        Why something was not computed.
    """

    comparisons: pd.DataFrame
    n_pairs: Mapping[str, int]
    lacking: Mapping[str, int]
    welch: Overall | None = None
    adjusted: Overall | None = None
    confidence: float = 0.95
    notes: tuple[str, ...] = ()


def difference_in_change(pairs: Pairs, labels: pd.Series, *, confidence: float = 0.95) -> GroupDifference:
    """Compare the changes of groups of people, as they are and with everyone at the same score before.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used; the order of its rows never matters.
    labels : Series
        Index: the people as `pairs` names them, each once. Values: the group that each belongs to; who has none, or a
        missing one, is left out.
    confidence : float
        Of the intervals.

    Returns
    -------
    GroupDifference
        Groups of fewer than 10 pairs are left out and named with what they lack. Of two groups the first by label is
        held against the second; of more, each against all the others that are compared, with Holm's correction over the
        rows for each of the two methods. Checked against R: `t.test`, `lm`, `oneway.test`, `anova`, `p.adjust`.

    Raises
    ------
    RepeatedIdError
        If a person stands twice in `labels`.
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Notes
    -----
    Adjusted: ordinary least squares of the change on the score before and the group (analysis of covariance), with the
    usual standard error, as R's `lm` gives it; the score after in the place of the change gives the same difference.
    The groups were not made by chance: neither estimate says why they differ.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> people = [f"P{i:02d}" for i in range(20)]
    >>> before = pd.Series([20.0 + i % 7 for i in range(20)], index=people)
    >>> after = before + [1, 2, 3, 4] * 5 + [0, 2] * 10
    >>> found = difference_in_change(match(before, after), pd.Series(["South", "North"] * 10, index=people))
    >>> found.comparisons[["group", "other", "n_group", "n_other", "difference"]]
       group  other  n_group  n_other  difference
    0  North  South       10       10         3.0
    >>> difference_in_change(match(before, after), pd.Series(["North"] * 12 + ["South"] * 8, index=people)).notes
    ('A comparison needs 10 pairs in each group: South lacks 2.',)
    """
    check_confidence(confidence)
    if not labels.index.is_unique:
        raise RepeatedIdError("A person stands twice among the labels. Give each person one group.")
    names, groups, pre, post = _sorted(pairs, labels)
    n_pairs = {name: int((groups == at).sum()) for at, name in enumerate(names)}
    lacking = {name: LEAST_PAIRS_A_GROUP - n for name, n in n_pairs.items() if n < LEAST_PAIRS_A_GROUP}
    compared = [at for at, name in enumerate(names) if name not in lacking]
    notes = [_lacks(lacking)] if lacking else []
    if len(compared) < 2:
        notes += [] if lacking else ["There are not two groups to compare."]
        return GroupDifference(_table([]), n_pairs, lacking, confidence=confidence, notes=tuple(notes))
    kept = np.isin(groups, compared)
    groups, pre, post = groups[kept], pre[kept], post[kept]
    rows = [
        _compare(groups == one, pre, post, confidence, notes) | {"group": names[one], "other": other}
        for one, other in _sides(compared, names)
    ]
    several = len(compared) > 2
    overall = _welch_anova(groups, post - pre) if several else None
    adjusted = _covariance(groups, pre, post) if several else None
    notes += [_NO_OVERALL] if several and overall is None else []
    said = tuple(dict.fromkeys(notes))
    return GroupDifference(_table(rows), n_pairs, lacking, overall, adjusted, confidence, said)


def _sorted(pairs: Pairs, labels: pd.Series) -> tuple[list[str], npt.NDArray[np.intp], Values, Values]:
    """The labels in order, and each pair's group and scores, sorted so that the order of the rows never matters."""
    of = labels.reindex(pairs.matched.index)
    known = of.notna().to_numpy()
    words = of[known].astype(str).to_numpy(dtype=object)
    names = sorted(set(words.tolist()))
    at = {name: place for place, name in enumerate(names)}
    groups = np.array([at[word] for word in words.tolist()], dtype=np.intp)
    pre, post = (pairs.matched[wave].to_numpy(dtype=float)[known] for wave in (PRE, POST))
    order = np.lexsort((post, pre, groups))
    return names, groups[order], pre[order], post[order]


def _lacks(lacking: Mapping[str, int]) -> str:
    said = joined([f"{name} lacks {n}" for name, n in lacking.items()])
    return f"A comparison needs {LEAST_PAIRS_A_GROUP} pairs in each group: {said}."


def _sides(compared: list[int], names: list[str]) -> Iterator[tuple[int, str]]:
    """Which groups are held against what: the first of two against the second, each of more against the others."""
    if len(compared) == 2:
        yield compared[0], names[compared[1]]
    else:
        yield from ((one, THE_REST) for one in compared)


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[*_COLUMNS, *_WELCH, *_ADJUSTED])
    table = table.astype(dict.fromkeys((*_WELCH, *_ADJUSTED), float) | dict.fromkeys(("n_group", "n_other"), int))
    for prefix, after in (("", "p_value"), ("adjusted_", "adjusted_p_value")):
        table.insert(list(table.columns).index(after) + 1, f"{prefix}p_holm", adjust_p(table[after]))
    return table


def _compare(inside: Mask, pre: Values, post: Values, confidence: float, notes: list[str]) -> dict[str, object]:
    changes = post - pre
    own, other = changes[inside], changes[~inside]
    sds = standard_deviation(own), standard_deviation(other)
    difference = float(own.mean() - other.mean())
    found: dict[str, object] = {"n_group": len(own), "n_other": len(other), "difference": difference}
    test = welch(float(own.mean()), sds[0], len(own), float(other.mean()), sds[1], len(other), confidence=confidence)
    if test is None:
        notes.append(_NO_SPREAD)
    else:
        limits = (test.ci_low, test.ci_high, test.t, test.df, test.p_value)
        found |= zip(_WELCH[1:], limits, strict=True)
    return found | _adjusted(inside, pre, changes, confidence, notes)


def _adjusted(inside: Mask, pre: Values, changes: Values, confidence: float, notes: list[str]) -> dict[str, object]:
    """Coefficient of the group in change ~ 1 + before + group, with its interval and test."""
    if all_equal(pre):
        notes.append(_NO_START)
        return {}
    from scipy.special import stdtr, stdtrit

    before = pre - pre.mean()
    # Taking the score before out of the group first (Frisch and Waugh) leaves one coefficient to compute.
    slope = float((before * inside).sum() / (before**2).sum())
    group = inside - inside.mean() - slope * before
    squares = float((group**2).sum())
    if squares < 1e-10:
        notes.append("Not adjusted for the score before: it is the same as the group.")
        return {}
    difference = float((group * changes).sum() / squares)
    df = len(changes) - 3
    error_squares = _unexplained([before, inside - inside.mean()], changes)
    if error_squares is None:
        notes.append(_EXACT)
        return {"adjusted_difference": difference}
    error = math.sqrt(error_squares / df / squares)
    t, margin = difference / error, float(stdtrit(df, (1 + confidence) / 2)) * error
    values = (difference, difference - margin, difference + margin, t, float(df), float(2 * stdtr(df, -abs(t))))
    return dict(zip(_ADJUSTED, values, strict=True))


def _unexplained(columns: list[Values], changes: Values) -> float | None:
    """Sum of the squares that a mean and these columns leave of the changes; None where they leave nothing."""
    design = np.column_stack([np.ones(len(changes)), *columns])
    rest = changes - design @ np.linalg.lstsq(design, changes, rcond=None)[0]
    squares = float((rest**2).sum())
    return None if squares <= 1e-20 * float((changes**2).sum() + 1) else squares


def _welch_anova(groups: npt.NDArray[np.intp], changes: Values) -> Overall | None:
    """Welch's one-way test, as R's `oneway.test`; None where all changes of a group are equal."""
    parts = [changes[groups == one] for one in np.unique(groups)]
    sds = np.array([standard_deviation(part) for part in parts])
    if not (sds > 0).all():
        return None
    sizes, means = np.array([len(part) for part in parts]), np.array([float(part.mean()) for part in parts])
    weights, k = sizes / sds**2, len(parts)
    total = weights.sum()
    spread = float(((1 - weights / total) ** 2 / (sizes - 1)).sum() / (k**2 - 1))
    mean = float((weights * means).sum() / total)
    f = float((weights * (means - mean) ** 2).sum() / ((k - 1) * (1 + 2 * (k - 2) * spread)))
    return _f_test(f, k - 1.0, 1 / (3 * spread))


def _covariance(groups: npt.NDArray[np.intp], pre: Values, post: Values) -> Overall | None:
    """F test of the group beside the score before, as R's `anova` of the two linear models."""
    if all_equal(pre):
        return None
    changes, before = post - pre, pre - pre.mean()
    names = np.unique(groups)
    indicators = [(groups == one).astype(float) for one in names[1:]]
    less, more = _unexplained([before], changes), _unexplained([before, *indicators], changes)
    if less is None or more is None:
        return None
    df1, df2 = len(names) - 1.0, len(changes) - len(names) - 1.0
    return _f_test((less - more) / df1 / (more / df2), df1, df2)


def _f_test(f: float, df1: float, df2: float) -> Overall:
    from scipy.special import fdtrc

    return Overall(f, df1, df2, float(fdtrc(df1, df2, f)))
