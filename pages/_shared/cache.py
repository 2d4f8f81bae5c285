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
    from evalcore.storage.store import Store

_STUDIES, _FINDINGS = 4, 256
_HEAVY = (
    "plotly.graph_objects",
    "scipy.stats",
    "evalcore.findings.questionnaires",
    "evalcore.intake.recognising",
    "evalcore.storage.store",
)


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Import the heavy libraries in one background thread, once in a process."""
    threading.Thread(target=_import_heavy, name="warm-up", daemon=True).start()


def _import_heavy() -> None:
    for name in _HEAVY:
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


def forget() -> None:
    """Drop everything that was computed about people."""
    for kept in (_scores, _people, _measures, _sites, _finding, _group_columns):
        kept.clear()


@st.cache_resource(max_entries=8, show_spinner=False)
def _store(folder: Path) -> Store:
    from evalcore.storage.store import Store

    return Store.in_folder(folder)


def store() -> Store:
    """Return where studies are kept on this machine: one for all sessions, holding no study itself."""
    found: Store = _store(default_folder())
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
