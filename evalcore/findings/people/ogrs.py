"""The OGRS scores of the pilot's people beside the caseload's: of one version and one horizon, or refused."""

from __future__ import annotations

from evalcore.columns import OGRS
from evalcore.findings.finding import Finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.distribution import distribution_finding
from evalcore.findings.people.measured import Measure, Measured
from evalcore.methods import definition
from evalcore.profile.ogrs import OgrsValues

_POINTS = "percentage points"
_MIXED = ("sex", "age")


def ogrs_finding(people: People, site: str | None = None) -> Finding:
    """OGRS of the pilot's people, or of one site's, beside the caseload's.

    The version and the horizon stand in title, axis and definition. Where the pilot's scores are not all of one kind
    there is a sentence instead of figures; where only the caseload's are of another kind, the pilot stands alone.

    Parameters
    ----------
    people : People
    site : str, optional
    """
    found = people.ogrs(site)
    return distribution_finding(
        _measured(people, site), _measured(people, None), notes=found.notes, refused=found.refused or ""
    )


def _measured(people: People, site: str | None) -> Measured:
    pilot, found = people.pilot(site), people.ogrs(site)
    scored = pilot.column(OGRS).notna().to_numpy(dtype=bool)
    return Measured.of(pilot, _measure(found), found, scored)


def _measure(found: OgrsValues) -> Measure:
    """What was measured, with its version and its horizon."""
    if found.version is None or found.horizon is None:
        return Measure(
            OGRS, label="OGRS", name="OGRS score", unit="per cent", axis="OGRS (%)", step=_POINTS, mixed=_MIXED
        )
    what = f"chance of proven reoffending within {found.horizon}"
    return Measure(
        OGRS,
        label=f"{found.version} ({found.horizon})",
        name=f"{found.version} score ({what})",
        unit="per cent",
        axis=f"{found.version}, {what} (%)",
        step=_POINTS,
        mixed=_MIXED,
        defined=f"{found.version}: {what}, in per cent. {definition('ogrs_group')} ",
    )
