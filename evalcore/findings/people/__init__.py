"""Findings about the pilot's people: who they are, their age, risk and needs, beside the caseload."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evalcore.findings.finding import Finding
from evalcore.findings.people.age import age_finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.characteristics import characteristics_finding
from evalcore.findings.people.needs import needs_finding
from evalcore.findings.people.needs_number import needs_number_finding
from evalcore.findings.people.ogrs import ogrs_finding

BUILDERS: Mapping[str, Callable[[People, str | None], Finding]] = {
    "characteristics": characteristics_finding,
    "age": age_finding,
    "ogrs": ogrs_finding,
    "needs": needs_finding,
    "needs_number": needs_number_finding,
}

__all__ = ["BUILDERS", "People"]
