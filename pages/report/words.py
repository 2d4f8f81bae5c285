"""What a person adds to the report or leaves out of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.claims.own_words import stronger_words
from evalcore.reporting.build import usual_title
from evalcore.telling import SECTIONS
from evalcore.telling.report_text import ALWAYS, LARGEST_LOGO, LONGEST, is_picture
from pages._shared import state, telling
from pages._shared.components import plain

_LOGO = "logo of the organisation"
_LINES = {"title": "Title", "authors": "Authors", "organisation": "Organisation"}


def draw() -> None:
    """Show the title page's lines, the logo, and the sections with a person's own text."""
    st.header("What stands in it", anchor=False)
    text = telling.held().report
    for name, label in _LINES.items():
        key = f"report {name}"
        usual = usual_title(state.shown()) if name == "title" else ""
        st.text_input(
            label,
            value=getattr(text, name),
            placeholder=usual,
            max_chars=LONGEST[name],
            key=key,
            on_change=state.ask_for,
            args=(partial(_keep_line, name, key),),
        )
    _logo()
    st.subheader("Sections", anchor=False)
    left, right = st.columns(2)
    for place, name in enumerate(SECTIONS):
        with left if place <= len(SECTIONS) // 2 else right:
            _switch_of(name)
    _own_text()


def _keep_line(name: str, key: str) -> None:
    telling.set_report(replace(telling.held().report, **{name: telling.typed_text(key)}))


def _logo() -> None:
    has_one = bool(telling.held().report.logo)
    with st.expander("Logo: there is one" if has_one else "Logo (optional)", key=_LOGO):
        given = st.file_uploader("A PNG or JPEG picture, at most 1 MB", type=["png", "jpg", "jpeg"], key="logo file")
        if given is not None and st.button("Take this logo"):
            data = given.getvalue()
            if len(data) > LARGEST_LOGO or not is_picture(data):
                st.error("This is no PNG or JPEG picture of at most 1 MB, so it was not taken.")
            else:
                state.ask_for(partial(_set_logo, data))
                st.rerun()
        if has_one:
            st.button("Take the logo out", on_click=state.ask_for, args=(partial(_set_logo, b""),))


def _set_logo(data: bytes) -> None:
    telling.set_report(replace(telling.held().report, logo=data))


def _switch_of(name: str) -> None:
    st.checkbox(
        SECTIONS[name],
        value=name not in telling.held().report.left_out,
        disabled=name in ALWAYS,
        key=f"section {name}",
        on_change=state.ask_for,
        args=(partial(_switch, name),),
        help="No report goes without it." if name in ALWAYS else None,
    )


def _own_text() -> None:
    """One section's own text at a time; which sections have one can be seen in the list."""
    text = telling.held().report
    labels = {name: f"{label}{' (written)' if text.own_text(name) else ''}" for name, label in SECTIONS.items()}
    name = st.selectbox("Own text for", list(labels), format_func=labels.__getitem__, key="section to write for")
    key = f"own text {name}"
    st.text_area(
        f"Your text for “{SECTIONS[name]}”",
        value=text.own_text(name),
        max_chars=LONGEST["own"],
        key=key,
        on_change=state.ask_for,
        args=(partial(_keep_own, name, key),),
        help="It stands at the beginning of the section, in every file, and is kept with the study.",
    )
    strong = stronger_words(text.own_text(name))
    if strong:
        st.warning(plain(f"Your text says “{strong[0]}”. No figure of this study shows that."))


def _switch(name: str) -> None:
    text = telling.held().report
    out = tuple(one for one in text.left_out if one != name)
    telling.set_report(replace(text, left_out=out if state.held(f"section {name}") else (*out, name)))


def _keep_own(name: str, key: str) -> None:
    text = telling.held().report
    own = {**dict(text.own), name: telling.typed_text(key)}
    telling.set_report(replace(text, own=tuple((one, own[one]) for one in SECTIONS if own.get(one))))
