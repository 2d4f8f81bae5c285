"""The study as one file to take along, sealed with a passphrase where one is given."""

from __future__ import annotations

import streamlit as st

from evalcore import Study
from evalcore.errors import EvalcoreError
from evalcore.storage import study_bytes
from evalcore.wording import count
from pages._shared import components, downloads, state, versions

RECORDED = "study file"
_MADE, _FIELD = "study file made", "passphrase of the file"


def draw() -> None:
    """Let a file be made, and offer it as long as the study is what it was made of."""
    st.header("Take it along", anchor=False)
    st.markdown(
        "One file with the whole study: every answer of everyone, the decisions, the plan and what has left. It is a"
        " working copy and must not be shared; that it was taken is recorded. It opens in this dashboard on any"
        " machine."
    )
    passphrase = st.text_input(
        "Passphrase for the file (optional)",
        type="password",
        key=_FIELD,
        autocomplete="new-password",
        help="The eye shows it. It seals the file: without it nobody can open it, and nobody can bring it back.",
    )
    if passphrase:
        st.caption("Note the passphrase before you make the file. It is kept nowhere: who loses it loses the file.")
    else:
        st.caption("Without a passphrase whoever gets hold of the file can read everything in it.")
    study = state.for_keeping()
    left_out = len(state.study().waiting) - len(study.waiting)
    if left_out:
        waits = count(left_out, "file that waits", "files that wait")
        st.caption(f"Left out: {waits} for an answer before its identifiers can be replaced.")
    if st.button("Make the file"):
        _make(study, passphrase or "")
    _offer(study)


def _make(study: Study, passphrase: str) -> None:
    try:
        with st.spinner("Making the file"):
            data = study_bytes(study, passphrase=passphrase or None)
    except EvalcoreError as fault:
        st.error(components.plain(str(fault)))
        return
    state.hold(_MADE, (_stamp(study), data, bool(passphrase)))


def _offer(study: Study) -> None:
    stamp, data, sealed = state.held(_MADE, (None, b"", False))
    if stamp is None:
        return
    if stamp != _stamp(study):
        state.hold(_MADE, (None, b"", False))
        st.info("The study has changed since the file was made. Make it again.")
        return
    how = "sealed with the passphrase" if sealed else "not sealed"
    st.success(f"The file is ready: {versions.size(len(data))}, {how}.")
    downloads.offer_study_file(data, f"study_{state.now()[:10]}")


def _stamp(study: Study) -> tuple[object, ...]:
    """What the file was made of; that it was taken along is no change."""
    left = tuple(one for one in study.exports if one.finding != RECORDED)
    waiting = tuple(one.digest for one in study.waiting)
    return study.fingerprint, study.name, study.notes, waiting, left, study.thresholds, study.overrides
