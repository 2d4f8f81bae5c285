"""The report of the study that is open, as it stands now, and its files once they are built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from evalcore.reporting.build import NOT_KEPT, build_report
from evalcore.reporting.files import KINDS, Templates, render
from evalcore.reporting.model import Report
from pages._shared import state, telling

REPORT = "report"
"""What a report is called in the record of what left."""

_BUILT = "files of the report"


@dataclass(frozen=True, eq=False)
class Built:
    """Files that were built: `key` says from what, `findings` what they show."""

    key: str
    files: Mapping[str, bytes]
    findings: tuple[str, ...]


def now() -> Report:
    """Return the report as it stands now."""
    kept = state.kept()
    version = NOT_KEPT if kept is None else f"version {kept.version}"
    return build_report(state.shown(), telling.told(), made_at=state.now(), version=version)


def built() -> Built | None:
    """Return the files, if they were built from the study as it stands now; else None."""
    found: Built | None = state.held(_BUILT)
    return found if found is not None and found.key == _key() else None


def build(templates: Templates, step: Callable[[float, str], None]) -> Built:
    """Build every file and hold them; `step` is told how far it is and what comes next."""
    report = now()
    order = [screen.finding for screen in telling.told().order]
    files = {}
    for place, (kind, about) in enumerate(KINDS.items()):
        step(place / len(KINDS), about.label)
        files[kind] = render(report, kind, order=order, templates=templates)
    made = Built(_key(), files, tuple(exhibit.finding for exhibit in report.exhibits))
    state.hold(_BUILT, made)
    return made


def _key() -> str:
    """What the report is built from; that it left itself changes nothing in it."""
    study = state.shown()
    told = study.telling
    words = [vars(screen) for screen in told.order or ()]
    rooms = [[vars(shown) for shown in workshop.shown] for workshop in told.workshops]
    left = [(export.finding, export.at) for export in study.exports if export.finding != REPORT]
    said = (study.fingerprint, study.name, vars(told.report), words, told.order is None, rooms, left)
    return sha256(repr((*said, study.thresholds, study.overrides)).encode()).hexdigest()
