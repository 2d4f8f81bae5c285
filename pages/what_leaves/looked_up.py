"""What would be hidden now: worked out when a part of the page asks for it, and kept until something changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from evalcore.columns import ROLE_GROUPS
from evalcore.disclosure.hiding import Hiding, hiding
from evalcore.findings import Finding, findings_for
from pages._shared import components, leaving, state

Found = TypeVar("Found")


def figures() -> tuple[Finding, ...]:
    """Return every figure of the people and the site chosen in the sidebar."""
    study, roles, site = state.shown(), components.chosen_roles(), components.chosen_site()
    with st.spinner("Working out every figure of the study…"):
        return _last("figures", _whose(), lambda: findings_for(study, role=roles, site=site))


def now() -> Hiding:
    """Return what would be hidden in these figures if all of them left now."""
    found, policy, left = figures(), leaving.policy(), state.study().exports
    rules = (policy, tuple((one.finding, one.form, one.at) for one in left))
    with st.spinner("Looking for what would be hidden…"):
        return _last("hidden", (_whose(), *rules), lambda: hiding(found, policy, left))


def _whose() -> tuple[Hashable, ...]:
    study = state.shown()
    return study.fingerprint, study.name, components.chosen_roles(), components.chosen_site()


def _last(name: str, key: Hashable, find: Callable[[], Found]) -> Found:
    """What was found for this key; only the last is kept, and it goes with the study."""
    held: dict[Hashable, Found] = state.once(f"what leaves: {name}", lambda _: {})
    if key not in held:
        found = find()
        held.clear()
        held[key] = found
    return held[key]


def whom() -> str:
    """Say of whom, in words: the people and the site chosen in the sidebar."""
    roles, site = components.chosen_roles(), components.chosen_site()
    people = next((name for name, group in ROLE_GROUPS.items() if group == roles), "everyone")
    return f"{people} at {'all sites' if site is None else site}"
