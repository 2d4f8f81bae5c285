"""A caseload that is too large to upload: read where it lies on this machine, and only counted."""

from __future__ import annotations

from functools import partial

import streamlit as st

from evalcore.errors import EvalcoreError
from evalcore.wording import joined
from pages._shared import counting, listings, state
from pages._shared.components import plain
from pages._shared.counting import Job, Look
from pages.add_data import codes, columns, questions

_LABEL = "A caseload too large to upload: count it where it lies"
_PATH = "Where the file lies"
_HERE = ("127.0.0.1", "localhost", "::1")


def draw() -> None:
    """Offer to count a file on this machine, where the dashboard runs for this machine alone."""
    if st.get_option("server.address") not in _HERE:
        return
    with st.expander(_LABEL, key="large caseload", on_change="rerun") as part:
        if part.open or counting.job() is not None:
            _draw()


def _draw() -> None:
    job, found = counting.job(), counting.look()
    if job is not None and not job.is_over():
        _watch(job)
        return
    if job is not None:
        message = counting.take_in()
        if message:
            st.error(plain(message))
        else:
            st.rerun()
    if found is None:
        _ask()
    elif found.counted:
        _offer_copy(found)
    else:
        _check(found)


def _ask() -> None:
    st.markdown(
        "Millions of rows as CSV or Parquet stay where they are: only counts come into the study, without the people of"
        " your case files. **Add the case files first.**"
    )
    with st.form("caseload", border=False):
        path = st.text_input(
            _PATH,
            key="caseload path",
            placeholder=r"C:\Data\caseload.csv",
            help="The whole path, with the file's name. It is not kept.",
            autocomplete="off",
        )
        if st.form_submit_button("Look at the file") and path:
            try:
                counting.begin(path)
            except EvalcoreError as problem:
                st.error(plain(str(problem)))
            else:
                st.rerun()


def _check(found: Look) -> None:
    """Show how the first rows are read, with what can be changed, before anything is counted."""
    name, n = plain(found.path.name), len(found.intake.rows)
    left_out = listings.left_out(found.intake)
    st.markdown(f"**{name}** was looked at: its first {n:,} rows. The whole file is read in the same way.")
    st.markdown(f"Left out, since not known: {plain(joined(left_out))}." if left_out else "Every column is known.")
    questions.draw(found.entry)
    label = f"Check how it is read: {name}"
    with st.expander(label, key=f"check {found.entry.key}", on_change="rerun") as part:
        if part.open:
            columns.draw(found.entry)
            codes.draw(found.entry)
    with st.container(horizontal=True):
        st.button("Count this caseload", type="primary", on_click=state.ask_for, args=(counting.start_counting,))
        st.button("Leave it out", on_click=state.ask_for, args=(counting.leave,))


@st.fragment(run_every=0.5)
def _watch(job: Job) -> None:
    """Show how far it is until it is over; it can be stopped."""
    if job.is_over():
        st.rerun()
    st.progress(job.done, text=job.words)
    st.button("Stop", on_click=job.stop, disabled=job.is_stopped())


def _offer_copy(found: Look) -> None:
    st.success(f"{plain(found.path.name)} is counted.")
    if counting.may_copy(found):
        st.markdown(
            "Do you want to count it again, with other case files? A columnar copy beside the file is read in a second."
            " It holds one row a person, like the file itself: delete it when you delete the file."
        )
        st.button("Leave a copy beside the file", on_click=state.ask_for, args=(counting.start_copying,))
    with st.container(horizontal=True):
        st.button("Count it again", on_click=state.ask_for, args=(partial(counting.begin, str(found.path)),))
        st.button("Done", on_click=state.ask_for, args=(counting.leave,))
