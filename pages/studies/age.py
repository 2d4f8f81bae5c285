"""The age at which a study that is kept deletes itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from evalcore.plan import day
from evalcore.storage.entries import due_on
from evalcore.wording import count
from pages._shared import state, versions
from pages.studies import asking

if TYPE_CHECKING:
    from evalcore.storage.store import Entry

NEVER = 0
AGES = (30, 90, 180, 365)
GONE = "I understand that it is gone for good"


def draw(entry: Entry) -> None:
    """Let a person say after how long without a change the study goes; a day that has passed needs a tick first."""
    now = entry.delete_after_days or NEVER
    ages = (NEVER, *sorted({*AGES, now} - {NEVER}))
    chosen = st.selectbox(
        "Delete this study by itself",
        ages,
        index=ages.index(now),
        format_func=_called,
        key=f"age {entry.study_id} {now}",
        help="With every version of it. Each change that is saved starts the time again.",
    )
    if entry.deleted_on is not None:
        st.caption(f"It is deleted on {day(entry.deleted_on)}, unless a change is saved before.")
    if chosen == now:
        return
    ready = chosen == NEVER or _may_go(entry, chosen)
    said = "The study does not delete itself." if chosen == NEVER else "The study deletes itself after that time."
    if st.button("Set this time", key=f"set age {entry.study_id}", disabled=not ready):
        asking.do(said, partial(set_age, entry.study_id, chosen))


def _may_go(entry: Entry, days: int) -> bool:
    """Say which day that would be; where it is here already, whether the study may go at once."""
    on = due_on(entry.saved_at, days)
    if on > versions.local_day(state.now()):
        st.markdown(f"That would be on {day(on.isoformat())}.")
        return True
    st.warning(f"That was on {day(on.isoformat())}: it would be deleted as soon as the dashboard is opened next.")
    return st.checkbox(f"{GONE} then", key=f"age passed {entry.study_id} {days}")


def _called(days: int) -> str:
    return "Never" if days == NEVER else f"{count(days, 'day', 'days')} after it was last saved"


def set_age(study_id: str, days: int) -> None:
    """Set the age in days, or take it back."""
    state.store().set_age(study_id, days if days != NEVER else None)
