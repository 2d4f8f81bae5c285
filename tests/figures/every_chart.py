"""Every chart of the project: each kind of finding over made-up studies, on the screen, outside, and as it leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from evalcore.columns import SERVICE_USER
from evalcore.decisions import SamePerson
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Arrow, Axis, Band, Bar, Box, Chart, Interval, Line, Mark, Panel, Point, Ribbon
from evalcore.findings import Finding, Scores, build, findings_for, measures
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.findings.next_phase import ClustersChoice, EffectChoice, GroupsChoice, PairsChoice, SharesChoice
from evalcore.plan import STARTS, Criterion, Target
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.claims.studies import MAIN, planned, study_of_pairs
from tests.findings import people_studies, questionnaire_studies, reach_studies
from tests.findings.group_studies import people, study_of
from tests.findings.time_studies import Answer, pair
from tests.findings.time_studies import study_of as dated_study
from tests.plan.test_criteria import made

SCREEN, OUTSIDE, RELEASED = "screen", "outside", "released"
JUDGED = "lines of the plan"
"""The study of which only what the plan draws lines in is built."""
BOUND = Bound(1.5, "Agreed with the service.")
GROUPS = GroupsChoice(difference=2.0)
SHARES = SharesChoice(from_percent=40, to_percent=30)
DESIGNS = (
    PairsChoice(change=2.0, reason="agreed with the service"),
    GROUPS,
    ClustersChoice(of=GROUPS, cluster_size=15, icc=0.05),
    ClustersChoice(of=GROUPS, cluster_size=15),
    EffectChoice(effect_dz=0.4, completion_percent=26),
    SHARES,
    ClustersChoice(of=SHARES, cluster_size=40, icc=0.02),
)
"""A next phase in every design."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One chart with what stands beside it."""

    study: str
    form: str
    id: str
    title: str
    sentence: str
    chart: Chart
    table: pd.DataFrame
    of: Finding

    @property
    def kind(self) -> str:
        """What it is about, whatever was measured."""
        return self.id.split(".")[0]

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Its panels."""
        return self.chart.panels

    def __str__(self) -> str:
        return f"{self.id} ({self.study}, {self.form})"


def _near_misses() -> Study:
    answers = [answer for i in range(11) for answer in pair(f"P{i:03d}", 16, 20 + i % 7, 22 + i % 5)]
    study = dated_study([*answers, Answer("P900", "pre", 20), Answer("P9OO", "post", 30)])
    return study.decide(SamePerson("P9OO", "P900", SERVICE_USER, same=True))


def _judged() -> Study:
    """With lines of go, amend and stop, and a target."""
    rules = (Criterion("consent", 0.7, 0.5, "Agreed."), Criterion(STARTS, 30, 20, "The places paid for."))
    return replace(sample_study(), plan=made(*rules, aims=(Target(30),)))


MADE_UP = ("one person", "two people", "many", "engagement", "long form", "ends of the scale")
"""Those of the questionnaires of which every finding is built."""

STUDIES: Mapping[str, Callable[[], Study]] = {
    "sample": sample_study,
    **{f"{n} pairs": (lambda n=n: study_of_pairs(n, left=4)) for n in (0, 1, 2, 3)},  # type: ignore[misc]
    "12 pairs, planned": lambda: planned(study_of_pairs(12, left=4), MAIN),
    "40 pairs, planned": lambda: planned(study_of_pairs(40, left=11), MAIN),
    **{f"{name} answered": questionnaire_studies.STUDIES[name] for name in MADE_UP},
    "in groups": lambda: study_of(people(40, "East", "West", sex="male")),
    "reach": reach_studies.ordinary,
    "near misses": _near_misses,
    JUDGED: _judged,
}
"""Studies whose every finding is built."""

OF_PEOPLE = (
    "published caseload",
    "caseload of three",
    "caseload of sixty",
    "OGRS computed and outcomes",
    "OGRS for two years, and its inputs",
    "age of some",
    "no needs",
    "one person",
    "2 at the last site",
)
"""Studies of which only the findings about people in case files are built."""

CHOSEN_IN = ("sample", "3 pairs", "12 pairs, planned", "40 pairs, planned")
"""Studies of which the findings that rest on a choice are built too."""


@cache
def every_chart() -> tuple[Shown, ...]:
    """Every chart of every study, built once."""
    return tuple(shown for name in (*STUDIES, *OF_PEOPLE) for shown in _of(name))


def _of(name: str) -> Iterator[Shown]:
    found = [*_findings(name)]
    for finding in found:
        yield from _forms(name, finding)
    for finding in apply_disclosure(found, DisclosurePolicy()).findings:
        yield from _shown(name, RELEASED, finding, finding)


def _findings(name: str) -> Iterator[Finding]:
    if name in OF_PEOPLE:
        yield from people_studies.findings_of(name).values()
        return
    study = STUDIES[name]()
    if name == JUDGED:
        yield from (build(kind, study) for kind in ("feasibility", "reach"))
        return
    yield from findings_for(study, role=SERVICE_USER if "pairs" in name else None, resamples=0)
    if name in ("12 pairs, planned", "sample"):
        yield from findings_for(study, role=SERVICE_USER, site="Site 1", resamples=0)
    if name in CHOSEN_IN:
        yield from _chosen(study)


def _chosen(study: Study) -> Iterator[Finding]:
    """What is a finding only once something is chosen."""
    scores = Scores(study)
    for measure in measures(study, SERVICE_USER, scores=scores):
        yield build("window", study, measure, choice=(12, 20), scores=scores)
        yield build("timing", study, measure, choice=(12, 20), scores=scores)
        yield build("equivalence", study, measure, choice=BOUND, scores=scores)
    for design in DESIGNS:
        yield build("next_phase", study, measure, choice=design, scores=scores)


def _forms(name: str, finding: Finding) -> Iterator[Shown]:
    yield from _shown(name, SCREEN, finding, finding)
    out = finding.outside
    if out.chart is not None:
        table = finding.table if out.table is None else out.table
        yield Shown(name, OUTSIDE, finding.id, out.title, out.sentence, out.chart, table, finding)


def _shown(name: str, form: str, finding: Finding, of: Finding) -> Iterator[Shown]:
    if finding.chart is not None:
        yield Shown(name, form, finding.id, finding.title, finding.sentence, finding.chart, finding.table, of)


# --- what a chart holds ------------------------------------------------------------------------------------------


def marks_of(one: Shown) -> list[Mark]:
    """All marks of all panels."""
    return [mark for panel in one.panels for mark in panel.marks]


def is_numeric(axis: Axis) -> bool:
    """Whether the names of the positions are numbers themselves: "25 %", "5"."""
    return bool(axis.ticks) and any(re.fullmatch(r"[−-]?[\d,.]+( %)?", name) for _, name in axis.ticks)


def kinds_by_place(panel: Panel) -> dict[str, set[str]]:
    """The kinds that stand nearest to each named position; all under one name where none is named."""
    axis, along = (panel.y, "y") if panel.y.ticks else (panel.x, "x")
    found: dict[str, set[str]] = {}
    for mark in panel.marks:
        if isinstance(mark, Band | Box | Arrow):
            continue
        at = list(ends_of(mark, along))
        name = min(axis.ticks, key=lambda tick: abs(tick[0] - at[0]))[1] if axis.ticks else ""
        found.setdefault("lines" if isinstance(mark, Line | Ribbon) else name, set()).add(mark.kind)
    return found


def ends_of(mark: Mark, along: str) -> Iterator[float]:
    """The positions that a mark takes along one axis."""
    match mark:
        case Point():
            yield mark.x if along == "x" else mark.y
        case Line():
            yield from (x if along == "x" else y for x, y in mark.points)
        case Ribbon():
            yield from (end for x, low, high in mark.points for end in ((x,) if along == "x" else (low, high)))
        case Interval():
            yield from (mark.low, mark.high) if mark.along == along else (mark.at,)
        case Bar() if mark.along == along:
            yield from (mark.start, mark.end)
        case Bar():
            yield from (mark.at - mark.width / 2, mark.at + mark.width / 2)
        case Band() if mark.along == along:
            yield from (mark.low, mark.high)
        case Box():
            at, size = (mark.x, mark.width) if along == "x" else (mark.y, mark.height)
            yield from (at - size / 2, at + size / 2)
