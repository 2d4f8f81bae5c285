"""Published reliabilities of a scale, in words; never one that was not seen in a source."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.findings.measures import Measure
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import ALPHA, IMPLIED, TEST_RETEST, Reliability
from evalcore.wording import joined, number

_KINDS = {
    ALPHA: "Cronbach's alpha",
    TEST_RETEST: "test-retest correlation",
    IMPLIED: "reliability implied by the standard error of measurement",
}
_SHORT = {ALPHA: "alpha", TEST_RETEST: "test-retest correlation", IMPLIED: "implied reliability"}


def reliabilities_of(measure: Measure) -> tuple[tuple[Reliability, ...], tuple[Reliability, ...]]:
    """The published values that lead, and the others.

    The default alpha leads; without one all alphas do, and without any alpha whatever was published.

    Examples
    --------
    >>> from evalcore.findings.measures import measures
    >>> from evalcore.sample import sample_study
    >>> gse, swemwbs = measures(sample_study(), "service user")
    >>> [one.low for one in reliabilities_of(gse)[0]], [one.low for one in reliabilities_of(swemwbs)[0]]
    ([0.88], [0.88, 0.78])
    """
    known = [
        one
        for one in load_instrument(measure.instrument).reliabilities
        if one.scale == measure.scale and one.source.may_be_default
    ]
    alphas = [one for one in known if one.kind == ALPHA]
    leading = [one for one in alphas if one.default] or alphas or known
    return tuple(leading), tuple(one for one in known if one not in leading)


def in_a_title(leading: Sequence[Reliability]) -> str:
    """Kind and value, or from the lowest to the highest: "published alpha 0.78 to 0.88"."""
    low, high = min(one.low for one in leading), max(one.high for one in leading)
    return f"published {_SHORT[leading[0].kind]} {_value(low, high)}"


def in_a_sentence(found: Sequence[Reliability]) -> str:
    """Each value with its population, source and standing."""
    words = []
    for place, one in enumerate(found):
        kind = f"{_KINDS[one.kind]} " if place == 0 or one.kind != found[place - 1].kind else ""
        about = "; ".join((one.population, one.source.citation, one.source.standing))
        words.append(f"{kind}{_value(one.low, one.high)} ({about})")
    return joined(words)


def _value(low: float, high: float) -> str:
    return number(low, 2) if low == high else f"{number(low, 2)} to {number(high, 2)}"
