"""Studies in which some people left after the questionnaire before, and what is looked at in their findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import Finding, build
from evalcore.study import Study
from tests.findings.time_studies import Answer, only_measure, pair, study_of

GROUPS = "XYZ"
POLICY = DisclosurePolicy()


def many(
    stayed: int,
    left: int,
    *,
    change: Sequence[int] = (3, 1, 4, -1, 2),
    role: str = "service user",
    groups: str = GROUPS,
) -> Study:
    """People at three sites and of two sexes in turn; those who stayed change by the numbers of `change` in turn."""
    answers, sexes = [], {}
    for i in range(stayed + left):
        who, before, site = f"P{i:04d}", 18 + i % 7, groups[i % len(groups)]
        more: Mapping[str, str] = {"site": site, "role": role}
        after = before + change[i % len(change)]
        answers += pair(who, 16, before, after, **more) if i < stayed else [Answer(who, "pre", before, **more)]
        sexes[who] = ("male", "female")[i // 3 % 2]
    cases = pd.DataFrame({"respondent_id": list(sexes), "sex": list(sexes.values())})
    return replace(study_of(answers), cases=cases)


def built(study: Study, kind: str = "tipping", site: str | None = None, choice: float | None = None) -> Finding:
    return build(kind, study, only_measure(study), site, choice=choice)


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def marks(finding: Finding, kind: type) -> list[object]:
    return [mark for panel in finding.chart.panels for mark in panel.marks if isinstance(mark, kind)]  # type: ignore[union-attr]
