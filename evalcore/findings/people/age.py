"""The age of the pilot's people beside the caseload's."""

from __future__ import annotations

from evalcore.columns import AGE
from evalcore.findings.finding import Finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.distribution import distribution_finding
from evalcore.findings.people.measured import Measure, Measured

_AGE = Measure(
    AGE, label="age", name="age", unit="years", axis="Age (years)", step="years", mixed=("sex", "risk"), decimals=1
)


def age_finding(people: People, site: str | None = None) -> Finding:
    """Age of the pilot's people, or of one site's, beside the caseload's.

    Parameters
    ----------
    people : People
    site : str, optional
    """
    found = people.ages(site)
    return distribution_finding(
        _measured(people, site), _measured(people, None), notes=found.notes, refused=found.refused or ""
    )


def _measured(people: People, site: str | None) -> Measured:
    pilot, found = people.pilot(site), people.ages(site)
    return Measured.of(pilot, _AGE, found, pilot.column(AGE).notna().to_numpy(dtype=bool))
