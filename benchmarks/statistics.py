"""The statistics of change: many subgroups at once, each part of Before and after, and the same analysis in R."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import Line, median_seconds
from evalcore import load_instrument, match_scores, sample_study, score
from evalcore.columns import SERVICE_USER
from evalcore.findings import Scores, build, measures
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.outcomes.consistency import reliability
from evalcore.outcomes.matching import match
from evalcore.outcomes.mixed import mixed_change
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.subgroups import subgroup_changes

_PEOPLE, _GROUPS, _PAIRS, _ALONE = 2_000, 200, 300, 80
_PARTS: dict[str, tuple[tuple[str, Hashable], ...]] = {
    "answer": (("change", None),),
    "matched people": (("change", None), ("bayes", None), ("normality", None)),
    "everyone's answers": (("everyone", None), ("groups", None)),
    "who is missing": tuple((kind, None) for kind in ("trail", "leavers", "start", "reasons", "tipping")),
    "more than error": tuple((kind, None) for kind in ("reliable", "movement", "thresholds")),
    "regression to the mean": (("regression", None),),
    "too small to matter": (("equivalence", Bound(1.5, "Agreed with the service.")),),
    "by group": (("by_group", None), ("group_difference", None)),
    "when and how": (("timing", None), ("window", (12, 20)), ("circumstances", None)),
    "all outcomes": (("outcomes", None),),
}
_TIMES = 5
_R_SCRIPT = Path(__file__).with_name("statistics.R")
_R_PARTS = {
    "matched": f"t, Wilcoxon, effect sizes, BCa of 9,999 ({_PAIRS} pairs)",
    "mixed": f"mixed model ({_PAIRS} pairs, {2 * _ALONE} single answers)",
    "reliability": "alpha and one factor (10 items)",
    "groups": f"t tests of {_GROUPS} groups with Holm ({_PEOPLE:,} people)",
}


def lines() -> Iterator[Line]:
    """Lines of the table."""
    yield from _subgroups()
    yield from _parts()
    yield from _beside_r()


def _subgroups() -> Iterator[Line]:
    responses = _responses()

    def table() -> None:
        for instrument in ("gse", "swemwbs"):
            scores = score(responses, instrument)
            sites = scores.drop_duplicates("respondent_id").set_index("respondent_id")["site"]
            subgroup_changes(match_scores(scores, role=SERVICE_USER), sites)

    def one_by_one() -> None:
        scores = score(responses, "gse")
        for site in range(_GROUPS):
            paired_change(match_scores(scores, role=SERVICE_USER, site=f"Site {site:03d}"), resamples=0)

    name = f"Outcome table, {_GROUPS} subgroups of {_PEOPLE:,} people"
    yield Line(name, 2.0, median_seconds(table, _TIMES), remark="two questionnaires, scoring and matching counted in")
    yield Line(f"{name}, one call each", 2.0, median_seconds(one_by_one, 3), remark="every statistic but the bootstrap")


def _responses() -> pd.DataFrame:
    """Answers of many people before and after, 1 to 5, in a seeded draw."""
    rng = np.random.default_rng(1)
    columns = [*load_instrument("gse").columns, *load_instrument("swemwbs").columns]
    highest = np.array([4] * 10 + [5] * 7)
    answers = np.minimum(rng.integers(1, 6, (2 * _PEOPLE, len(columns))), highest)
    who = np.arange(2 * _PEOPLE) % _PEOPLE
    return pd.DataFrame(
        {
            "respondent_id": [f"P{one:05d}" for one in who],
            "wave": ["pre"] * _PEOPLE + ["post"] * _PEOPLE,
            "role": SERVICE_USER,
            "site": [f"Site {one % _GROUPS:03d}" for one in who],
            **dict(zip(columns, answers.T, strict=True)),
        }
    )


def _parts() -> Iterator[Line]:
    """Every finding of each part, for a measure that was not looked at before: scoring and matching counted in."""
    study = sample_study()
    measure = measures(study)[0]

    def built(part: str) -> Callable[[], None]:
        def work() -> None:
            scores = Scores(study)
            for kind, choice in _PARTS[part]:
                build(kind, study, measure, choice=choice, scores=scores)

        return work

    for part in _PARTS:
        yield Line(f"Before and after, findings of a part: {part}", 0.08, median_seconds(built(part), _TIMES))


def _beside_r() -> Iterator[Line]:
    program = shutil.which("Rscript")
    if program is None:
        yield Line("The same analysis in R", 1.0, None, "of R", "Rscript is not here")
        return
    matched, many, items = _paired(_PAIRS, _ALONE), _paired(_PEOPLE, 0), _items()
    groups = pd.Series([f"G{i % _GROUPS:03d}" for i in range(_PEOPLE)], index=many.matched.index)
    ours: dict[str, Callable[[], object]] = {
        "matched": lambda: paired_change(matched),
        "mixed": lambda: mixed_change(matched),
        "reliability": lambda: reliability(items),
        "groups": lambda: subgroup_changes(many, groups),
    }
    theirs = _in_r(program, matched, many, groups, items)
    for part, words in _R_PARTS.items():
        name = f"Beside R: {words}"
        if part not in theirs:
            yield Line(name, 1.0, None, "of R", "a package of R is not here")
            continue
        mine = median_seconds(ours[part], _TIMES)
        remark = f"{1000 * mine:.1f} ms here, {1000 * theirs[part]:.1f} ms in R"
        yield Line(name, 1.0, mine / theirs[part], "of R", remark)


def _paired(pairs: int, alone: int) -> Pairs:
    """Scores in tenths of people who answered twice, and of as many who answered once at each wave."""
    rng = np.random.default_rng(2)
    people = [f"P{i:05d}" for i in range(pairs + 2 * alone)]
    start = rng.normal(21, 4, len(people))
    before = pd.Series(np.round(start, 1), index=people)[: pairs + alone]
    after = pd.Series(np.round(0.6 * start + 9 + rng.normal(0, 3, len(people)), 1), index=people)
    return match(before, after.drop(people[pairs : pairs + alone]))


def _items() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    level = rng.normal(0, 1, (_PAIRS, 1))
    answers = np.clip(np.round(2.5 + 0.7 * level + rng.normal(0, 0.8, (_PAIRS, 10))), 1, 4)
    return pd.DataFrame(answers, columns=[f"gse_{i}" for i in range(1, 11)])


def _in_r(program: str, matched: Pairs, many: Pairs, groups: pd.Series, items: pd.DataFrame) -> dict[str, float]:
    """Median seconds of each part in R, the start of R and the loading of its packages left out."""
    before, after = (
        pd.concat([matched.matched[wave], alone]).rename("score").to_frame().assign(wave=wave).reset_index()
        for wave, alone in (("pre", matched.pre_only), ("post", matched.post_only))
    )
    tables = {
        "pairs": matched.matched,
        "everyone": pd.concat([before, after]),
        "items": items,
        "many": many.matched.assign(group=groups),
    }
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.csv" for name in tables}
        for name, table in tables.items():
            table.to_csv(paths[name], index=False)
        command = [program, str(_R_SCRIPT), *map(str, paths.values())]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: float(taken) for name, taken in (line.split() for line in run.stdout.splitlines())}
