"""The running order, the workshops and the report's own words of the study that is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.disclosure.record import label_of_finding
from evalcore.findings import Finding
from evalcore.leaving import Export
from evalcore.plan.typed import cleaned
from evalcore.reporting.told import Told
from evalcore.telling import ReportText, Screen, Telling, Workshop
from evalcore.telling.checking import telling_problems
from evalcore.telling.screens import MOST_SCREENS
from pages._shared import cache, leaving, state

_FULL = f"A running order has room for {MOST_SCREENS} screens. Take one out first."


def held() -> Telling:
    """Return what is prepared for telling the findings."""
    return state.study().telling


def told(site: str | None = None) -> Told:
    """Return what may be told of the study now."""
    return cache.told(state.shown(), site)


def change(telling: Telling) -> None:
    """Put another state of it in its place, and save it where the study is kept; what can not be kept is said."""
    problems = telling_problems(telling)
    if problems:
        state.say(f"This was not kept: {'; '.join(problems)}.")
        return
    state.replace(state.study().beside(telling=telling))


def set_order(screens: Sequence[Screen] | None) -> None:
    """Replace the running order; None goes back to the usual one."""
    change(held().with_order(None if screens is None else tuple(screens)))


def record(workshop: Workshop) -> None:
    """Keep the record of a workshop."""
    change(held().with_workshop(workshop))


def set_report(text: ReportText) -> None:
    """Keep what a person chose for the report."""
    change(held().with_report(text))


def record_left(name: str, findings: Iterable[str], told_now: Told) -> None:
    """Record that a file with several findings, or a workshop that shows them, has left."""
    groups = told_now.groups_of(findings)
    export = Export(name, leaving.SHARE, groups, state.now(), leaving.policy().under())
    state.replace(state.study().record(export))


def add_button(finding: Finding) -> None:
    """Offer to put a finding at the end of the running order; staff at one site are never shown to a room."""
    if not finding.made_from or (finding.of_staff and finding.by_site):
        return
    order = held().order
    if order is not None and any(screen.finding == finding.id for screen in order):
        st.page_link("pages/workshop/page.py", label="In the workshop", icon=":material/check:")
        return
    st.button(
        "Add to workshop",
        key=f"add to workshop {finding.id}",
        type="tertiary",
        icon=":material/co_present:",
        on_click=state.ask_for,
        args=(partial(_add, Screen(finding.id, finding.made_from)),),
    )


def _order() -> tuple[Screen, ...]:
    """The running order with the screens of which nothing may be shown now."""
    own = held().order
    return told().order if own is None else own


def _add(screen: Screen) -> None:
    if len(_order()) >= MOST_SCREENS:
        state.say(_FULL)
        return
    set_order((*(one for one in _order() if one.finding != screen.finding), screen))
    shown = [one.finding for one in told().order]
    if screen.finding in shown:
        state.say(f"Added to the workshop, as screen {len(shown)}.")
    else:
        state.say("Added to the workshop. It will not be shown as long as too few people are behind it.")


def move(finding: str, by: int) -> None:
    """Move one screen up or down among those that are shown."""
    shown = [screen.finding for screen in told().order]
    order = list(_order())
    places = {screen.finding: place for place, screen in enumerate(order)}
    beyond = shown.index(finding) + by if finding in shown else -1
    if 0 <= beyond < len(shown):
        order.insert(places[shown[beyond]], order.pop(places[finding]))
        set_order(order)


def take_out(finding: str) -> None:
    """Take one screen out of the running order."""
    set_order([one for one in _order() if one.finding != finding])


def rewrite(finding: str, **words: str) -> None:
    """Keep what a presenter wrote for one screen: message, question, notes."""
    set_order([replace(one, **words) if one.finding == finding else one for one in _order()])


def typed_text(key: str) -> str:
    """Return what stands in a field, without what can not be seen."""
    return cleaned(str(state.held(key, "") or ""))


def hidden_screens(told_now: Told) -> tuple[str, ...]:
    """Return the labels of the screens that a person chose and of which nothing may be shown."""
    shown = {screen.finding for screen in told_now.order} | set(told_now.lost)
    return tuple(label_of_finding(one.finding) for one in held().order or () if one.finding not in shown)


def not_in_order() -> dict[str, str]:
    """Return the findings of the report that the running order has not, by identifier, with their labels."""
    now = told()
    shown = {screen.finding for screen in now.order}
    return {name: one.label for name, one in now.exhibits.items() if name not in shown}


def add_again(finding: str) -> None:
    """Put a finding of the report at the end of the running order."""
    _add(Screen(finding, told().made_from[finding]))


def usual_of_site(site: str) -> tuple[Screen, ...]:
    """Return the usual running order of one site."""
    study = state.shown()
    return cache.told(study.beside(telling=study.telling.with_order(None)), site).order
