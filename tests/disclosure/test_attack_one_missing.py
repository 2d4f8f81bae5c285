"""The attack where something is not known of one to four people: nothing tells at which site they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import build, sites
from evalcore.sample import sample_study
from tests.disclosure.attacking import counts_told, scores_told
from tests.disclosure.said import truth_of

KINDS = ("characteristics", "age", "ogrs", "ogrs_expected")


@pytest.mark.parametrize("column", ["age", "ogrs", "sex"])
@pytest.mark.parametrize("missing", [1, 4])
def test_who_is_not_known_can_not_be_placed(column: str, missing: int) -> None:
    study = sample_study()
    cases = study.cases.copy()
    cases.loc[cases.index[:missing], column] = None
    study, policy = replace(study, cases=cases), DisclosurePolicy()
    findings = [build(kind, study, site=site) for kind in KINDS for site in (None, *sites(study))]
    released = list(zip(findings, apply_disclosure(findings, policy).findings, strict=True))
    truth = truth_of(study)
    assert counts_told(truth, released) == []
    assert scores_told(truth, released, policy) == []
