"""A share of the pilot's people beside the share of the caseload."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import check_confidence
from evalcore.outcomes.shares import checked_counts, newcombe, normal_quantile, wilson


@dataclass(frozen=True, kw_only=True)
class ProportionComparison:
    """Two shares and how they differ. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n, count : int
        People of the pilot for whom it is known, and those of them who have it.
    caseload_n, caseload_count : int
        The same of the caseload, without the people of the pilot.
    rate, rate_ci_low, rate_ci_high, caseload_rate, caseload_rate_ci_low, caseload_rate_ci_high : float
        Shares, 0 to 1, with Wilson's interval.
    difference, difference_ci_low, difference_ci_high : float
        Pilot minus caseload, with Newcombe's interval (1998, method 10).
    fisher_p : float
        Fisher's exact test, two-sided.
    risk_ratio, risk_ratio_ci_low, risk_ratio_ci_high : float
        Pilot over caseload, with Katz's log interval (1978).
    confidence : float
        Of all intervals.
    notes : tuple of str
    """

    n: int
    count: int
    caseload_n: int
    caseload_count: int
    rate: float | None = None
    rate_ci_low: float | None = None
    rate_ci_high: float | None = None
    caseload_rate: float | None = None
    caseload_rate_ci_low: float | None = None
    caseload_rate_ci_high: float | None = None
    difference: float | None = None
    difference_ci_low: float | None = None
    difference_ci_high: float | None = None
    fisher_p: float | None = None
    risk_ratio: float | None = None
    risk_ratio_ci_low: float | None = None
    risk_ratio_ci_high: float | None = None
    confidence: float = 0.95
    notes: tuple[str, ...] = ()


def compare_proportions(
    count: int,
    n: int,
    caseload_count: int,
    caseload_n: int,
    *,
    pilot_in_caseload: bool = False,
    confidence: float = 0.95,
) -> ProportionComparison:
    """Compare a share of the pilot with that of the caseload.

    Parameters
    ----------
    count, n : int
        People of the pilot who have it, of those for whom it is known.
    caseload_count, caseload_n : int
        The same of the caseload.
    pilot_in_caseload : bool
        Whether the caseload's counts hold the people of the pilot: they are taken out first.
    confidence : float
        Of all intervals.

    Returns
    -------
    ProportionComparison
        Where a side has nobody: its share, and all that needs it, is None. Where on either side nobody or everybody has
        it: no ratio, since Katz's interval is undefined there or far too narrow. Fisher's p is the sum over all tables
        with the same margins that are no likelier. Checked against R: `prop.test(correct = FALSE)`, `fisher.test`;
        Newcombe's table II; Katz et al. (1978), Biometrics 34:469-474, by formula.

    Raises
    ------
    EvalcoreError
        If a count is not a whole number from 0 to its n; if the caseload does not hold the pilot that it is said to
        hold; if `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> found = compare_proportions(14, 27, 9_000, 10_000)
    >>> round(found.difference, 3), round(found.difference_ci_low, 3), round(found.difference_ci_high, 3)
    (-0.381, -0.56, -0.207)
    >>> compare_proportions(3, 3, 5, 10).notes
    ('No ratio: on one side nobody or everybody has it.',)
    """
    check_confidence(confidence)
    count, n = checked_counts(count, n)
    caseload_count, caseload_n = checked_counts(caseload_count, caseload_n)
    notes: list[str] = []
    if pilot_in_caseload:
        caseload_count, caseload_n = _without_pilot(count, n, caseload_count, caseload_n)
        notes.append("The people of the pilot are taken out of the caseload first.")
    found: dict[str, float] = {}
    for prefix, have, of in (("", count, n), ("caseload_", caseload_count, caseload_n)):
        if of:
            low, high = wilson(have, of, confidence=confidence)
            found |= {f"{prefix}rate": have / of, f"{prefix}rate_ci_low": low, f"{prefix}rate_ci_high": high}
    if n and caseload_n:
        found |= _compared(count, n, caseload_count, caseload_n, confidence, notes)
    else:
        empty = "pilot" if not n else "caseload"
        both = "neither the pilot nor the caseload" if not n and not caseload_n else f"nobody of the {empty}"
        notes.append(f"It is known for {both}: no comparison.")
    return ProportionComparison(
        n=n,
        count=count,
        caseload_n=caseload_n,
        caseload_count=caseload_count,
        confidence=confidence,
        notes=tuple(notes),
        **found,
    )


def _without_pilot(count: int, n: int, caseload_count: int, caseload_n: int) -> tuple[int, int]:
    if count > caseload_count or n - count > caseload_n - caseload_count:
        raise EvalcoreError(
            "The caseload's numbers are smaller than the pilot's, so they can not hold the people of the pilot. Check "
            "the numbers, or say that the pilot is not in the caseload."
        )
    return caseload_count - count, caseload_n - n


def _compared(
    count: int, n: int, caseload_count: int, caseload_n: int, confidence: float, notes: list[str]
) -> dict[str, float]:
    from scipy.stats import fisher_exact

    low, high = newcombe(count, n, caseload_count, caseload_n, confidence=confidence)
    cells = np.array([[count, n - count], [caseload_count, caseload_n - caseload_count]])
    found = {
        "difference": count / n - caseload_count / caseload_n,
        "difference_ci_low": low,
        "difference_ci_high": high,
        "fisher_p": min(1.0, float(fisher_exact(cells).pvalue)),
    }
    if not cells.all():
        notes.append("No ratio: on one side nobody or everybody has it.")
        return found
    ratio = (count / n) / (caseload_count / caseload_n)
    spread = normal_quantile(confidence) * math.sqrt(1 / count - 1 / n + 1 / caseload_count - 1 / caseload_n)
    return found | {
        "risk_ratio": ratio,
        "risk_ratio_ci_low": ratio * math.exp(-spread),
        "risk_ratio_ci_high": ratio * math.exp(spread),
    }
