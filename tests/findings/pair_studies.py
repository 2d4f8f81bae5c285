"""Studies of GSE scores before and after, for the findings about the matched people and about everyone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import Finding, build
from evalcore.study import Study
from tests.findings.time_studies import Answer, only_measure, study_of

POLICY = DisclosurePolicy()


def scores_study(
    pairs: Sequence[tuple[int, int]],
    pre_only: Sequence[int] = (),
    post_only: Sequence[int] = (),
    *,
    sites: Sequence[str] = ("",),
) -> Study:
    """People with these scores before and after, then those with one alone; sites are dealt out in turn."""
    rows: list[tuple[int | None, int | None]] = [
        *pairs,
        *((one, None) for one in pre_only),
        *((None, one) for one in post_only),
    ]
    answers = [
        Answer(f"P{at:04d}", wave, score, site=sites[at % len(sites)])
        for at, both in enumerate(rows)
        for wave, score in zip(("pre", "post"), both, strict=True)
        if score is not None
    ]
    return study_of(answers)


def built(study: Study, kind: str, site: str | None = None) -> Finding:
    return build(kind, study, only_measure(study), site, resamples=0)


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def moving(rose: int, same: int, fell: int) -> list[tuple[int, int]]:
    """So many pairs that rose, stayed and fell, by different amounts."""
    ups = [(20 + at % 8, 22 + at % 8 + at % 3) for at in range(rose)]
    downs = [(28 - at % 6, 26 - at % 6 - at % 2) for at in range(fell)]
    return [*ups, *((24 + at % 5, 24 + at % 5) for at in range(same)), *downs]


STUDIES = {
    name: cache(make)
    for name, make in {
        "one pair": lambda: scores_study([(20, 22)], [25]),
        "two pairs": lambda: scores_study([(20, 22), (25, 24)]),
        "nobody twice": lambda: scores_study([], [20, 22], [25]),
        "all equal": lambda: scores_study([(20, 22), (24, 26), (30, 32), (22, 24), (18, 20), (25, 27)], [20, 21]),
        "before constant": lambda: scores_study([(20, 20 + at) for at in range(12)]),
        "against each other": lambda: scores_study([(20 + at, 34 - at) for at in range(12)], [25, 26]),
        "seven": lambda: scores_study(moving(3, 3, 1), [22, 25, 28, 30, 21], [26, 29, 31, 27, 33]),
        "nine": lambda: scores_study(moving(9, 0, 0)),
        "ten": lambda: scores_study(moving(5, 0, 5), [20, 21, 22, 23, 24]),
        "twenty": lambda: scores_study(moving(10, 5, 5), [20] * 5, [30] * 5),
        "two hundred": lambda: scores_study(moving(110, 40, 50), [15] * 60, [33] * 30),
    }.items()
}
