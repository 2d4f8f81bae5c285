"""Taking over a plan that was kept as a file."""

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from evalcore import EvalcoreError, Study
from evalcore.errors import UnreadableFileError
from evalcore.plan import LARGEST_FILE, Plan, after_words, day, read_plan
from pages._shared import components, state


def draw(study: Study) -> None:
    """Let a plan's file be chosen; show what it says of itself, and use it when that is asked for."""
    with st.expander("Use a plan from a file", key="plan from a file", on_change="rerun") as part:
        if not part.open:
            return
        given = st.file_uploader("Plan as it was downloaded, to read back", type=["json"], key="plan file")
        if given is None:
            return
        try:
            plan = _read(given)
            already = study.plan is not None and plan.digest == study.plan.digest
            if not already:
                study.with_plan(plan)
        except EvalcoreError as problem:
            st.error(components.plain(str(problem)))
            return
        st.text(f"Plan of {day(plan.written_at)}, fixed {after_words(plan)}. Code: {plan.digest}")
        if already:
            st.caption("This plan is in use.")
        else:
            st.button("Use this plan", on_click=state.ask_for, args=(partial(state.take_plan, plan),))


def _read(given: UploadedFile) -> Plan:
    if given.size > LARGEST_FILE:
        raise UnreadableFileError("This file is too large for a plan. Choose the file as it was downloaded.")
    return read_plan(given.getvalue())
