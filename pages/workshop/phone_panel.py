"""Phones: switching them on, and the link and the code for the room."""

from __future__ import annotations

from html import escape

import streamlit as st

from evalcore.telling import Workshop
from pages._shared import state
from pages.workshop import phones, presenting

_WHAT = (
    "Phones in the same network can then answer through a short link. A small program of its own is started for it: it"
    " holds the questions and the answers, never the study, and ends with the workshop. Nobody is asked for a name."
    " Your computer may ask whether it is allowed in your network."
)

_ASKED = "Open this on your phone. No name is asked. Your group, your answer and your comment are kept."
_LOCAL = "//127."


def switch() -> None:
    """Offer to take reactions from phones in the workshop that goes on, or to stop taking them."""
    found = phones.room()
    if found is None:
        st.button("Take reactions from phones", on_click=state.ask_for, args=(phones.begin,))
        st.caption(_WHAT)
    else:
        st.text(f"Phones answer at {found.link}")
        _stop(found.link)


def _stop(link: str) -> None:
    if _LOCAL in link:
        st.warning("This computer is in no network, so no phone can reach this link.")
    st.button("Stop taking reactions from phones", on_click=state.ask_for, args=(phones.close,))


def draw(workshop: Workshop | None) -> None:
    """Show the link and the code, large; or how to switch phones on."""
    from evalcore.phones import qr_data_uri

    found = phones.room()
    with st.container(key="room_panel"):
        if workshop is None:
            st.info(presenting.REHEARSAL)
        elif found is None:
            switch()
        else:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.image(qr_data_uri(found.link), width=320, caption=None)
                st.html(f'<p class="room-link">{escape(found.link)}</p>')
            st.html(f'<p class="room-link-more">{_ASKED}</p>')
            _stop(found.link)
