"""Opening a study that was taken along as a file: everything in it is checked before it takes the place of another."""

from __future__ import annotations

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.errors import EvalcoreError
from evalcore.storage import is_sealed, open_study
from pages._shared import components, state
from pages.studies import asking

_TIMES = "study files opened"


def draw() -> None:
    """Let a file be chosen, ask for what it needs, and open it."""
    st.header("Open a file", anchor=False)
    times = state.held(_TIMES, 0)
    given = st.file_uploader(
        "A study that was taken along (.study)",
        type=["study"],
        key=f"study file {times}",
        help="Everything in the file is checked first. If anything is wrong, what is open stays.",
    )
    if given is None:
        return
    data = given.getvalue()
    passphrase = None
    if is_sealed(data):
        asked = "Passphrase of this file"
        passphrase = st.text_input(asked, type="password", key=f"passphrase to open {times}", autocomplete="off")
    may = asking.may_close("Open the file", f"file {times}")
    if st.button("Open this file", type="primary", disabled=not may):
        found = _read(data, passphrase)
        if found is not None:
            _open(found, times)


def _read(data: bytes, passphrase: str | None) -> Study | None:
    """Read and check the file; None where it can not be opened, which is said."""
    try:
        with st.spinner("Checking the file"):
            return open_study(data, passphrase=passphrase)
    except EvalcoreError as problem:
        st.error(f"{components.plain(str(problem))} What was open is still open.")
        return None


def _open(found: Study, times: int) -> None:
    said = f"{asking.quoted(found.name)} is open. It is not kept on this machine yet."
    # A new uploader: the file does not lie there to be opened once more.
    asking.do(said, partial(state.open_study, found), partial(state.hold, _TIMES, times + 1))
