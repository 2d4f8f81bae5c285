"""The OGRS scores of the pilot's people beside the caseload's: of one version and one horizon, or refused."""

from __future__ import annotations

from evalcore.columns import OGRS
from evalcore.findings.finding import Finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.distribution import distribution_finding
from evalcore.findings.people.measured import Measure, Measured
from evalcore.findings.people.ogrs_basis import Used, refused_words, used_scores
from evalcore.methods import definition
from evalcore.profile.ogrs import OgrsValues
from evalcore.profile.ogrs_choice import kind_of

_POINTS = "percentage points"
_MIXED = ("sex", "age")


def ogrs_finding(people: People, site: str | None = None, choice: str | None = None) -> Finding:
    """OGRS of the pilot's people, or of one site's, beside the caseload's.

    The version and the horizon stand in title, axis and definition. Where the pilot's scores are not all of one kind
    there is a sentence instead of figures; where only the caseload's are of another kind, the pilot stands alone.

    Parameters
    ----------
    people : People
    site : str, optional
    choice : str, optional
        Which score: `ogrs_choice.FILE` or one of `ogrs_scored.KINDS`; None for the default.
    """
    used = used_scores(people, choice)
    found = used.people.ogrs(site)
    finding = distribution_finding(
        _measured(used, site),
        _measured(used, None),
        notes=found.notes,
        refused=refused_words(used, used.people.pilot(site)),
        kind=used.name(OGRS),
        said=used.scores.notes,
    )
    return used.looked_at(finding)


def _measured(used: Used, site: str | None) -> Measured:
    pilot, found = used.people.pilot(site), used.people.ogrs(site)
    scored = pilot.column(OGRS).notna().to_numpy(dtype=bool)
    return Measured.of(pilot, _measure(found, computed=used.scores.kind is not None), found, scored)


def _measure(found: OgrsValues, *, computed: bool) -> Measure:
    """What was measured, with its version and its horizon."""
    if found.version is None or found.horizon is None:
        return Measure(
            OGRS, label="OGRS", name="OGRS score", unit="per cent", axis="OGRS (%)", step=_POINTS, mixed=_MIXED
        )
    what = chance_words(found.version, found.horizon)
    kind = kind_of(found.version, found.horizon)
    notes = [definition("ogrs_group")]
    if kind is not None:
        notes.append(definition(kind.scale.id))
    how = "computed here" if computed else "as in the file"
    return Measure(
        OGRS,
        label=f"{found.version} ({found.horizon}){', computed' if computed else ''}",
        name=f"{found.version} score ({what})",
        unit="per cent",
        axis=f"{found.version}, {what} (%)",
        step=_POINTS,
        mixed=_MIXED,
        defined=f"{found.version}: {what}, in per cent, {how}. {' '.join(notes)} ",
    )


def chance_words(version: str, horizon: str) -> str:
    """What a score is the chance of.

    >>> chance_words("OGRS3", "1 year"), chance_words("OGRS4/V", "2 years")
    ('chance of proven reoffending within 1 year', 'chance of proven violent reoffending within 2 years')
    """
    kind = kind_of(version, horizon)
    violent = " violent" if kind is not None and kind.violent else ""
    return f"chance of proven{violent} reoffending within {horizon}"
