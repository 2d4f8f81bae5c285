"""What stands above every page: notices, and a banner while something would be lost with the session.

A study that is kept, and saved, has no banner: the sidebar says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages._shared import components, keeping, state
from pages._shared.browser_mends import MARKER
from pages._shared.components import plain

_NOT_NOW = "not_now"
_LOST_BY = "a refresh, a new tab or closing this page loses it"


def draw() -> None:
    """Say what there is to say once, and draw the banner where something would be lost."""
    in_a_room = components.presents()
    for notice in () if in_a_room else state.take_notices():
        st.info(plain(notice))
    if not state.is_at_risk():
        return
    st.html(f'<span class="{MARKER}" hidden>.</span>')
    if in_a_room:
        return
    kept = state.kept()
    if kept is None:
        _ask() if state.held(_NOT_NOW, None) != state.study().name else _remind()
    elif kept.newest:
        _other_window(kept.newest)
    else:
        st.warning(f"The last change is not saved. {plain(kept.trouble)} It is still here.")
        _button("Try to save again", partial(state.resolve, keeping.saved))


def _ask() -> None:
    with st.container(border=True):
        st.markdown(
            f"**Keep this study on this machine?** It is not kept yet: {_LOST_BY}. Keeping writes it into a folder of"
            " your user account, unencrypted, after each change. Nothing is sent anywhere."
        )
        with st.container(horizontal=True):
            _button("Keep this study", state.keep)
            _button("Not now", partial(state.hold, _NOT_NOW, state.study().name))


def _remind() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Not kept:** {_LOST_BY}.")
        _button("Keep this study", state.keep)
        st.page_link("pages/studies/page.py", label="Take it along as a file")


def _other_window(newest: int) -> None:
    st.warning(
        f"Another window saved this study meanwhile, as version {newest}. What was done here since then is not saved"
        " yet, and nothing was overwritten. What shall become of it?"
    )
    with st.container(horizontal=True):
        _button("Save mine as a copy", partial(state.resolve, keeping.as_copy))
        _button(f"Save mine after version {newest}", partial(state.resolve, keeping.on_top))
        _button("Drop mine and show theirs", state.reload)


def _button(label: str, action: Callable[[], None]) -> None:
    st.button(label, on_click=state.ask_for, args=(action,))
