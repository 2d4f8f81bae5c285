"""Made-up studies in which the sum of everyone's answers before and after is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from evalcore.findings import Finding, Measure, Scores, measures
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.error.movement import movement_finding
from evalcore.findings.before_after.error.reliable import reliable_finding
from evalcore.findings.before_after.error.thresholds import thresholds_finding
from evalcore.instruments import load_instrument
from evalcore.study import Study

Both = tuple[int | None, int | None]
"""Sums of the answers of one person before and after; None where there was no questionnaire."""

KINDS = {"reliable": reliable_finding, "movement": movement_finding, "thresholds": thresholds_finding}


def study_of(people: Sequence[Both], instrument: str = "gse", *, sites: str = "", role: str = "service user") -> Study:
    """One person for each pair of sums; `sites` holds one letter a person, over and over."""
    rows = []
    for i, both in enumerate(people):
        for wave, total in zip(("pre", "post"), both, strict=True):
            if total is not None:
                row = {"respondent_id": f"P{i:04d}", "wave": wave, "role": role}
                rows.append(row | ({"site": sites[i % len(sites)]} if sites else {}) | _codes(total, instrument))
    return replace(Study.empty("Made up"), responses=pd.DataFrame(rows))


def _codes(total: int, instrument: str) -> dict[str, int]:
    """Answers that add up to `total`, as alike as they can be."""
    columns = load_instrument(instrument).columns
    each, more = divmod(total, len(columns))
    return {column: each + (place < more) for place, column in enumerate(columns)}


def raised(*changes: tuple[int, int], start: int = 20) -> list[Both]:
    """How many people, and by how much their sum rose from `start`."""
    return [(start, start + change) for n, change in changes for _ in range(n)]


def measure_of(study: Study) -> Measure:
    """The total of the questionnaire that was asked: answers to a longer form give the shorter one too."""
    instrument = str(study.responses.columns[-1]).rsplit("_", 1)[0]
    return next(measure for measure in measures(study) if measure.instrument == instrument)


def basis_of(study: Study, site: str | None = None) -> Basis:
    """What findings about the questionnaire that was asked rest on."""
    return Basis(Scores(study), measure_of(study), site)


def built(kind: str, study: Study, *choice: object, site: str | None = None) -> Finding:
    """A finding about the questionnaire that was asked."""
    return KINDS[kind](basis_of(study, site), *choice)  # type: ignore[operator]


def counts(finding: Finding) -> list[object]:
    """The column of people."""
    return finding.table["n"].tolist()


def everything(study: Study, site: str | None = None) -> Iterable[Finding]:
    """Every kind, of every measure."""
    scores = Scores(study)
    for measure in measures(study, scores=scores):
        for build in KINDS.values():
            yield build(Basis(scores, measure, site))
