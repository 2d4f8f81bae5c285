"""Three methods of reliable change as lines: the score after that each expects, and how far from it is beyond error."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.outcomes.description import all_equal, standard_deviation

Values = npt.NDArray[np.float64]

JACOBSON_TRUAX, EDWARDS_NUNNALLY, HAGEMAN_ARRINDELL = "jacobson_truax", "edwards_nunnally", "hageman_arrindell"
METHODS = (JACOBSON_TRUAX, EDWARDS_NUNNALLY, HAGEMAN_ARRINDELL)

CRITICAL: Mapping[str, float] = {JACOBSON_TRUAX: 1.96, EDWARDS_NUNNALLY: 1.96, HAGEMAN_ARRINDELL: 1.65}
"""A reliable change index beyond it, on either side, is reliable; one that equals it is not."""

DECIMALS = 10
"""To which changes and indices are rounded before they are compared."""

_NEEDED: Mapping[str, tuple[str, ...]] = {
    JACOBSON_TRUAX: (),
    EDWARDS_NUNNALLY: ("mean_pre",),
    HAGEMAN_ARRINDELL: ("mean_pre", "mean_post", "sd_post", "correlation"),
}
"""What a method takes besides SD and reliability."""

_WORDS: Mapping[str, str] = {
    "mean_pre": "mean before",
    "mean_post": "mean after",
    "sd_post": "SD after",
    "correlation": "correlation of before with after",
}
_NO_ERROR = "With a reliability of 1 the questionnaire would make no error, so that no change can be held against it."
_NOTHING_TRUSTED = (
    "No index: by this SD, reliability and correlation nothing in the differences of two scores is more than error"
    " (their reliability is not above 0)."
)


@dataclass(frozen=True)
class Line:
    """What a method expects after, for each score before: `slope` · before + `shift`.

    A score after is reliably higher or lower where it lies more than `margin` points from that line.
    """

    slope: float
    shift: float
    margin: float


def line_of(
    method: str,
    sd: float,
    reliability: float,
    given: Mapping[str, float | None],
    pre: Values,
    post: Values,
    notes: list[str],
) -> Line | None:
    """The line of one method; None, and the reason in `notes`, where its index is undefined.

    Examples
    --------
    >>> scores = np.array([30.0, 40.0, 50.0])
    >>> notes = []
    >>> round(line_of("edwards_nunnally", 7.5, 0.8, {}, scores, scores, notes).shift, 10), notes
    (8.0, ['Taken from the matched people (n = 3): mean before.'])
    """
    if reliability == 1:
        notes.append(_NO_ERROR)
        return None
    used = _used(_NEEDED[method], given, pre, post, notes)
    if used is None:
        return None
    sem, critical = sd * math.sqrt(1 - reliability), CRITICAL[method]
    if method == JACOBSON_TRUAX:
        return Line(1.0, 0.0, critical * math.sqrt(2) * sem)
    if method == EDWARDS_NUNNALLY:
        return Line(reliability, used["mean_pre"] * (1 - reliability), critical * sem)
    return _hageman_arrindell(sd, sem, reliability, used, critical, notes)


def _used(
    names: Sequence[str], given: Mapping[str, float | None], pre: Values, post: Values, notes: list[str]
) -> dict[str, float] | None:
    """What a method takes besides SD and reliability; from the matched people where it was not given."""
    taken = [name for name in names if given.get(name) is None]
    of_sample = {name: _of_sample(name, pre, post) for name in taken}
    found = {name: of_sample.get(name, given.get(name)) for name in names}
    missing = [_WORDS[name] for name, value in found.items() if value is None]
    if missing:
        notes.append(
            f"No index: this method needs the {' and the '.join(missing)} of the matched people, which can not be"
            " computed here."
        )
        return None
    if taken:
        notes.append(f"Taken from the matched people (n = {len(pre):,}): {', '.join(_WORDS[name] for name in taken)}.")
    return {name: float(value) for name, value in found.items() if value is not None}


def _of_sample(name: str, pre: Values, post: Values) -> float | None:
    """One figure of the matched people, the same in its last digit whatever the order of their rows."""
    order = np.lexsort((post, pre))
    pre, post = pre[order], post[order]
    if name in ("mean_pre", "mean_post"):
        scores = pre if name == "mean_pre" else post
        return float(scores.mean()) if len(scores) else None
    if len(pre) < 2 or all_equal(post):
        return None
    if name == "sd_post":
        return standard_deviation(post)
    if all_equal(pre):
        return None
    before, after = pre - pre.mean(), post - post.mean()
    r = float((before * after).sum() / math.sqrt((before**2).sum() * (after**2).sum()))
    return max(-1.0, min(1.0, r))


def _hageman_arrindell(
    sd: float, sem: float, reliability: float, used: Mapping[str, float], critical: float, notes: list[str]
) -> Line | None:
    """A change is drawn towards the mean change by how little can be trusted in a difference of two scores."""
    after, shared = used["sd_post"] ** 2, 2 * sd * used["sd_post"] * used["correlation"]
    spread = sd**2 + after - shared
    trusted = sd**2 * reliability + (after - sem**2) - shared
    if round(spread, DECIMALS) <= 0 or round(trusted, DECIMALS) <= 0:
        notes.append(_NOTHING_TRUSTED)
        return None
    of_differences = trusted / spread
    towards = (used["mean_post"] - used["mean_pre"]) * (1 - of_differences) / of_differences
    return Line(1.0, -towards, critical * math.sqrt(2) * sem / math.sqrt(of_differences))
