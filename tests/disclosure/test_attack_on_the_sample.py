"""The attack on all that the sample study can give: under every role, site, measure, wave and choice, in any order."""

from __future__ import annotations

from random import Random

import pytest

from evalcore.disclosure import DisclosurePolicy
from evalcore.findings import Finding
from evalcore.sample import sample_study
from tests.disclosure.attacking import counts_told, scores_told
from tests.disclosure.exports import everything, filters
from tests.disclosure.random_studies import all_at_once, one_after_another
from tests.disclosure.said import Truth, truth_of

POLICY = DisclosurePolicy()
FILES = 300
"""So many exports one after another; `python -m tests.disclosure.hunt` tries more."""


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return everything(sample_study())


@pytest.fixture(scope="module")
def truth() -> Truth:
    return truth_of(sample_study())


def test_everything_is_under_every_role_site_and_wave(findings: list[Finding]) -> None:
    names = {finding.id for finding in findings}
    assert len(findings) > 1_000
    assert len(filters(sample_study())) == 4
    for end in ("service-users", "staff-and-volunteers", "service-users.site-3", "before.site-1", "after"):
        assert any(name.endswith(end) for name in names), end


def test_nothing_follows_from_everything_at_once(findings: list[Finding], truth: Truth) -> None:
    released = all_at_once(findings, POLICY)
    assert scores_told(truth, released, POLICY) == []
    assert counts_told(truth, released) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_follows_from_one_export_after_another(findings: list[Finding], truth: Truth, seed: int) -> None:
    released = one_after_another(Random(seed).sample(findings, k=FILES), POLICY)
    assert scores_told(truth, released, POLICY) == []
    assert counts_told(truth, released) == []
