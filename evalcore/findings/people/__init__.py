"""Findings about the pilot's people: who they are, their age, risk and needs, beside the caseload."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evalcore.findings.finding import Finding
from evalcore.findings.people.age import age_finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.categories_by_column import categories_finding
from evalcore.findings.people.characteristics import characteristics_finding
from evalcore.findings.people.contacts import contacts_finding
from evalcore.findings.people.disengagement import disengagement_finding
from evalcore.findings.people.like_for_like import like_for_like_finding
from evalcore.findings.people.need_by import needs_by_finding
from evalcore.findings.people.needs import needs_finding
from evalcore.findings.people.needs_number import needs_number_finding
from evalcore.findings.people.ogrs import ogrs_finding
from evalcore.findings.people.ogrs_bands import ogrs_bands_finding
from evalcore.findings.people.ogrs_checked import ogrs_checked_finding
from evalcore.findings.people.ogrs_expected import ogrs_expected_finding
from evalcore.findings.people.reach import reach_finding
from evalcore.findings.people.severity import needs_severity_finding
from evalcore.findings.people.start_rates import start_rates_finding
from evalcore.findings.people.together import needs_together_finding

BUILDERS: Mapping[str, Callable[..., Finding]] = {
    "characteristics": characteristics_finding,
    "age": age_finding,
    "ogrs": ogrs_finding,
    "ogrs_bands": ogrs_bands_finding,
    "ogrs_expected": ogrs_expected_finding,
    "ogrs_checked": ogrs_checked_finding,
    "needs": needs_finding,
    "needs_number": needs_number_finding,
    "needs_severity": needs_severity_finding,
    "needs_together": needs_together_finding,
    "needs_by": needs_by_finding,
    "like_for_like": like_for_like_finding,
    "categories": categories_finding,
    "reach": reach_finding,
    "start_rates": start_rates_finding,
    "contacts": contacts_finding,
    "disengagement": disengagement_finding,
}

__all__ = ["BUILDERS", "People"]
