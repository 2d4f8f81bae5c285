"""Reliable change: whose change is larger than the questionnaire's own error, by three methods or in points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import POST, PRE, RESPONDENT_ID
from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.reliable_methods import CRITICAL, DECIMALS, JACOBSON_TRUAX, METHODS, Line, line_of

Values = npt.NDArray[np.float64]

PUBLISHED = "published"
"""The method of a change that was judged by a threshold in points."""

IMPROVED, SAME, DETERIORATED = "improved", "no reliable change", "deteriorated"
VERDICTS = (IMPROVED, SAME, DETERIORATED)


@dataclass(frozen=True, kw_only=True, eq=False)
class ReliableChange:
    """Each matched person's change beside the questionnaire's own error. None (NaN) is what can not be computed.

    Attributes
    ----------
    method : str
        One of `METHODS`, or `published` where a threshold in points judged.
    sem : float
        Standard error of measurement, sd · √(1 - reliability), in the unit of the scores.
    s_diff : float
        Standard error of a difference of two scores, √(2 · sem²).
    threshold : float
        1.96 · s_diff, whatever the method: by Jacobson and Truax a change beyond it is reliable. Where a threshold in
        points judged: that one.
    critical : float
        How large an `rc` must be to be exceeded: 1.96, and 1.65 for Hageman and Arrindell; None for `published`.
    people : DataFrame(respondent_id, change, rc, verdict), sorted as the pairs are
        `change` is post minus pre; `rc` has its sign by Jacobson and Truax and is the method's own index else.
    counts : mapping of str to int
        People by verdict; all three verdicts are always there.
    sd, reliability, n_pairs, higher_is_better
        As they were used.
    inclusive : bool
        Whether a change of exactly the threshold counts as reliable; only ever true for `published`.
    line : Line or None
        The method as lines on a scatter of before against after; None where nothing could be judged.
    notes : tuple of str
        What was not computed and why; which mean, SD or correlation of the sample a method took.
    """

    method: str
    sem: float | None = None
    s_diff: float | None = None
    threshold: float | None = None
    critical: float | None = None
    people: pd.DataFrame = field(repr=False)
    counts: Mapping[str, int]
    sd: float | None = None
    reliability: float | None = None
    n_pairs: int
    higher_is_better: bool = True
    inclusive: bool = False
    line: Line | None = None
    notes: tuple[str, ...] = ()


def reliable_change(
    pairs: Pairs,
    *,
    sd: float,
    reliability: float,
    method: str = JACOBSON_TRUAX,
    higher_is_better: bool = True,
    mean_pre: float | None = None,
    mean_post: float | None = None,
    sd_post: float | None = None,
    correlation: float | None = None,
) -> ReliableChange:
    """Judge each matched person's change by a reliable change index.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used; the order of its rows never matters.
    sd : float
        SD before (s1), of this sample or of a published one, in the unit of the scores; above 0.
    reliability : float
        Of the questionnaire, 0 to 1: test-retest in the paper of 1991, Cronbach's alpha in much software.
    method : str
        `jacobson_truax`: rc = (post - pre)/s_diff.
        `edwards_nunnally`: rc = (post - (r·(pre - M1) + M1))/sem, for where people were chosen for their low scores.
        `hageman_arrindell`: rc = ((post - pre)·r_dd + (M2 - M1)·(1 - r_dd))/(√r_dd · s_diff), critical value 1.65,
        where r_dd = (s1²·r1 + s2²·r2 - 2·s1·s2·r12)/(s1² + s2² - 2·s1·s2·r12) and r_k = 1 - sem²/s_k².
    higher_is_better : bool
        Whether a rise is what is hoped for: it decides which side is called improved, and nothing else.
    mean_pre, mean_post, sd_post, correlation : float, optional
        M1, M2, s2 and r12. Where a method needs one that is not given, it is that of the matched people.

    Returns
    -------
    ReliableChange
        Verdicts by |rc| > critical, rc taken to 10 decimals, so that a change of exactly the threshold is no reliable
        one. Without a pair: no people, and counts of 0. Where the index is undefined (reliability 1; a method that
        needs a mean, SD or correlation which the pairs do not have; r_dd not above 0) `rc` is NaN, there is no verdict,
        and `notes` say why.

    Raises
    ------
    EvalcoreError
        If `sd` or `sd_post` is not a number above 0, `reliability` not one from 0 to 1, `correlation` not one from -1
        to 1, or a mean not a number.
    UnknownNameError
        If there is no such method.

    Notes
    -----
    Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59:12-19; the other two as the R package
    clinicalsignificance 3.0.0 has them (after Speer 1992 and Hageman & Arrindell 1999).

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([32.5, 40.0, 41.0], index=list("ABC"))
    >>> after = pd.Series([47.5, 44.0, 30.0], index=list("ABC"))
    >>> found = reliable_change(match(before, after), sd=7.5, reliability=0.8)
    >>> round(found.threshold, 3), found.people["rc"].round(4).tolist()
    (9.297, [3.1623, 0.8433, -2.319])
    >>> found.counts
    {'improved': 1, 'no reliable change': 1, 'deteriorated': 1}
    """
    _check(sd, reliability, method)
    given = {"mean_pre": mean_pre, "mean_post": mean_post, "sd_post": sd_post, "correlation": correlation}
    _check_given(given)
    pre, post = _scores(pairs)
    notes: list[str] = []
    line = line_of(method, sd, reliability, given, pre, post, notes)
    sem = None if reliability == 1 else sd * math.sqrt(1 - reliability)
    s_diff = None if sem is None else math.sqrt(2) * sem
    rc = _index(pre, post, line, CRITICAL[method])
    people, counts = _judged(pairs, pre, post, rc, np.round(rc, DECIMALS), CRITICAL[method], higher_is_better)
    return ReliableChange(
        method=method,
        sem=sem,
        s_diff=s_diff,
        threshold=None if s_diff is None else CRITICAL[JACOBSON_TRUAX] * s_diff,
        critical=CRITICAL[method],
        people=people,
        counts=counts,
        sd=float(sd),
        reliability=float(reliability),
        n_pairs=len(pre),
        higher_is_better=higher_is_better,
        line=line,
        notes=tuple(notes),
    )


def published_change(
    pairs: Pairs, *, threshold: float, higher_is_better: bool = True, inclusive: bool = False
) -> ReliableChange:
    """Judge each matched person's change by a threshold in points.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used.
    threshold : float
        In the unit of the scores, above 0.
    higher_is_better : bool
        Whether a rise is what is hoped for.
    inclusive : bool
        Whether a change of exactly the threshold reaches it ("3 or more points"). By default it does not: a threshold
        made from an error must be exceeded, just as |rc| must exceed 1.96.

    Returns
    -------
    ReliableChange
        Its method is `published`; `sem`, `s_diff` and `critical` are None and `rc` is NaN, since the points alone
        judged. Changes are rounded to 10 decimals before they are compared.

    Raises
    ------
    EvalcoreError
        If `threshold` is not a number above 0.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.1, 20.0, 22.0], index=list("ABC"))
    >>> after = pd.Series([23.1, 19.0, 25.5], index=list("ABC"))
    >>> published_change(match(before, after), threshold=3).counts
    {'improved': 1, 'no reliable change': 2, 'deteriorated': 0}
    >>> published_change(match(before, after), threshold=3, inclusive=True).counts["improved"]
    2
    """
    if not _is_number(threshold) or round(threshold, DECIMALS) <= 0:
        raise EvalcoreError("The threshold must be a number of points above 0.")
    limit = round(float(threshold), DECIMALS)
    pre, post = _scores(pairs)
    changes = np.round(post - pre, DECIMALS)
    people, counts = _judged(
        pairs, pre, post, np.full(len(pre), math.nan), changes, limit, higher_is_better, inclusive=inclusive
    )
    return ReliableChange(
        method=PUBLISHED,
        threshold=limit,
        people=people,
        counts=counts,
        n_pairs=len(pre),
        higher_is_better=higher_is_better,
        inclusive=inclusive,
        line=Line(1.0, 0.0, limit),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and math.isfinite(float(value))


def _check(sd: float, reliability: float, method: str) -> None:
    if method not in METHODS:
        raise UnknownNameError(f"There is no method {method!r} of reliable change. There are: {', '.join(METHODS)}.")
    if not _is_number(sd) or sd <= 0:
        raise EvalcoreError("The SD must be a number above 0, in the unit of the scores.")
    if not _is_number(reliability) or not 0 <= reliability <= 1:
        raise EvalcoreError("The reliability must be a number from 0 to 1.")


def _check_given(given: Mapping[str, float | None]) -> None:
    known = {name: value for name, value in given.items() if value is not None}
    if not all(_is_number(value) for value in known.values()):
        raise EvalcoreError("Means, SD after and correlation must be numbers, or be left out.")
    if known.get("sd_post", 1.0) <= 0:
        raise EvalcoreError("The SD after must be above 0, in the unit of the scores.")
    if abs(known.get("correlation", 0.0)) > 1:
        raise EvalcoreError("The correlation must lie between -1 and 1.")


def _scores(pairs: Pairs) -> tuple[Values, Values]:
    pre, post = (pairs.matched[wave].to_numpy(dtype=float) for wave in (PRE, POST))
    return pre, post


def _index(pre: Values, post: Values, line: Line | None, critical: float) -> Values:
    if line is None:
        return np.full(len(pre), math.nan)
    beyond = np.round(post - pre, DECIMALS) + (1 - line.slope) * pre - line.shift
    found: Values = beyond * critical / line.margin
    return found


def _judged(
    pairs: Pairs,
    pre: Values,
    post: Values,
    rc: Values,
    held: Values,
    limit: float,
    higher_is_better: bool,
    *,
    inclusive: bool = False,
) -> tuple[pd.DataFrame, dict[str, int]]:
    """The table of people and the counts: `held` is compared with `limit` on both sides."""
    rose = held >= limit if inclusive else held > limit
    fell = held <= -limit if inclusive else held < -limit
    up, down = (IMPROVED, DETERIORATED) if higher_is_better else (DETERIORATED, IMPROVED)
    verdict = np.where(rose, up, np.where(fell, down, SAME)).astype(object)
    verdict[np.isnan(held)] = None
    people = pd.DataFrame(
        {
            RESPONDENT_ID: pairs.matched.index,
            "change": np.round(post - pre, DECIMALS),
            "rc": rc,
            "verdict": pd.Series(verdict, dtype="str"),
        }
    )
    return people, {name: int((verdict == name).sum()) for name in VERDICTS}
