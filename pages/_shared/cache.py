"""The only home of caches. Everything about people is kept for one session, bounded, and keyed by the fingerprint.

A study is never hashed as an argument: its leading underscore keeps it out of the key, where its fingerprint stands.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from evalcore import Study
from evalcore.findings import PEOPLE_KINDS, Finding, Measure, Scores, build, measures, sites
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.by_group.group_columns import columns_for
from evalcore.findings.people import People
from evalcore.storage.folder import default_folder

if TYPE_CHECKING:
    from evalcore.figures.chart import Chart
    from evalcore.figures.picture import Format
    from evalcore.phones import Room
    from evalcore.reporting.told import Told
    from evalcore.storage.store import Store

_STUDIES, _FINDINGS, _PICTURES = 4, 256, 128
_HEAVY = (
    "plotly.graph_objects",
    "scipy.stats",
    "evalcore.findings.questionnaires",
    "evalcore.intake.recognising",
    "evalcore.storage.store",
    "evalcore.findings.people",
    "evalcore.reporting.told",
)
_PICTURED = ("matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg")


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Import the heavy libraries in one background thread, once in a process."""
    threading.Thread(target=_import_heavy, name="warm-up", daemon=True).start()


@st.cache_resource(show_spinner=False)
def warm_up_pictures() -> None:
    """Import what draws pictures for a room in one background thread, once in a process, before a room waits for it."""
    threading.Thread(target=_import_heavy, args=(_PICTURED,), name="pictures", daemon=True).start()


def _import_heavy(names: tuple[str, ...] = _HEAVY) -> None:
    for name in names:
        importlib.import_module(name)


@st.cache_resource(scope="session", max_entries=_STUDIES, show_spinner=False)
def _scores(fingerprint: str, _study: Study) -> Scores:
    return Scores(_study)


@st.cache_resource(scope="session", max_entries=_STUDIES, show_spinner=False)
def _people(fingerprint: str, _study: Study) -> People:
    return People(_study)


@st.cache_resource(scope="session", max_entries=_FINDINGS, show_spinner=False)
def _measures(fingerprint: str, _study: Study, roles: tuple[str, ...] | None, site: str | None) -> tuple[Measure, ...]:
    return measures(_study, roles, site, scores=_scores(fingerprint, _study))


@st.cache_resource(scope="session", max_entries=_STUDIES, show_spinner=False)
def _sites(fingerprint: str, _study: Study) -> tuple[str, ...]:
    return sites(_study)


@st.cache_resource(scope="session", max_entries=_FINDINGS, show_spinner=False)
def _finding(
    fingerprint: str,
    _study: Study,
    kind: str,
    name: str,
    slug: str,
    _measure: Measure | None,
    site: str | None,
    choice: Hashable,
) -> Finding:
    people = _people(fingerprint, _study) if kind in PEOPLE_KINDS else None
    scores = _scores(fingerprint, _study) if people is None else None
    return build(kind, _study, _measure, site, choice=choice, scores=scores, people=people)


@st.cache_resource(scope="session", max_entries=_FINDINGS, show_spinner=False)
def _group_columns(
    fingerprint: str, _study: Study, slug: str, _measure: Measure, site: str | None
) -> Mapping[str, str]:
    return columns_for(Basis(_scores(fingerprint, _study), _measure, site))


@st.cache_resource(scope="session", max_entries=_STUDIES, show_spinner="Building what may be told …")
def _told(fingerprint: str, beside: str, _study: Study, site: str | None) -> Told:
    from evalcore.reporting.told import tell

    return tell(_study, site=site, scores=_scores(fingerprint, _study), people=_people(fingerprint, _study))


@st.cache_resource(scope="session", max_entries=_PICTURES, show_spinner=False)
def _picture(chart_key: str, _chart: Chart, words: str, form: Format) -> str:
    from evalcore.figures.picture import draw_svg

    return draw_svg(_chart, form, words=words)


def forget() -> None:
    """Drop everything that was computed about people."""
    for kept in (_scores, _people, _measures, _sites, _finding, _group_columns, _told, _picture):
        kept.clear()


@st.cache_resource(max_entries=8, show_spinner=False)
def _store(folder: Path) -> Store:
    from evalcore.storage.store import Store

    return Store.in_folder(folder)


def store() -> Store:
    """Return where studies are kept on this machine: one for all sessions, holding no study itself."""
    found: Store = _store(default_folder())
    return found


@st.cache_resource(show_spinner=False)
def _rooms() -> dict[str, Room]:
    return {}


def rooms() -> dict[str, Room]:
    """Return the processes that take reactions from phones, by their workshop: a refresh of the page ends none."""
    found: dict[str, Room] = _rooms()
    return found


def find_measures(study: Study, roles: tuple[str, ...] | None = None, site: str | None = None) -> tuple[Measure, ...]:
    """Return the measures that somebody answered, for these roles and this site."""
    found: tuple[Measure, ...] = _measures(study.fingerprint, study, roles, site)
    return found


def find_sites(study: Study) -> tuple[str, ...]:
    """Return the sites that the study's tables name, sorted."""
    found: tuple[str, ...] = _sites(study.fingerprint, study)
    return found


def group_columns(study: Study, measure: Measure, site: str | None = None) -> Mapping[str, str]:
    """Return the columns by which the people of a measure fall into groups, with their headings."""
    found: Mapping[str, str] = _group_columns(study.fingerprint, study, _key(measure), measure, site)
    return found


def _key(measure: Measure) -> str:
    return f"{measure.slug} {' '.join(measure.roles)}"


def finding(
    study: Study,
    kind: str,
    measure: Measure | None = None,
    site: str | None = None,
    choice: Hashable = None,
) -> Finding:
    """Return one finding of the study; `choice` is what a person chose for this kind, as `build` takes it."""
    slug = "" if measure is None else _key(measure)
    found: Finding = _finding(study.fingerprint, study, kind, study.name, slug, measure, site, choice)
    return found


def told(study: Study, site: str | None = None) -> Told:
    """Return what may be told of the study now: in its report, and in its workshop (`site`: the usual order there)."""
    order = None if study.telling.order is None else [screen.made_from for screen in study.telling.order]
    left = [(export.finding, export.form, export.at) for export in study.exports]
    found: Told = _told(
        study.fingerprint, repr((study.name, order, left, study.thresholds, study.overrides)), study, site
    )
    return found


def picture(chart: Chart, words: str, form: Format) -> str:
    """Return a chart that may leave, drawn as SVG."""
    found: str = _picture(repr(chart), chart, words, form)
    return found
