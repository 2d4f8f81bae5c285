"""The uploader, and what is said about files that could not be read or that wait for an answer."""

import streamlit as st

from evalcore.columns import POST, PRE
from evalcore.errors import EvalcoreError
from evalcore.intake import Intake, read_any
from pages._shared import components, listings, state
from pages._shared.state import Upload

_WAVES = {"": "Choose", PRE: "Before", POST: "After"}


def draw() -> None:
    """Take in what is uploaded, each file once, and say what became of it."""
    st.header("Upload files", anchor=False)
    if state.is_sample():
        st.markdown("The sample study is open. Your first file closes it and begins a study of your own.")
    else:
        st.markdown("Nothing is kept: a refresh, a new tab or closing this page loses your study. Keep your files.")
    given = st.file_uploader(
        "CSV, Excel or OpenDocument files: questionnaires, roster, case files, caseload",
        type=["csv", "tsv", "txt", "xlsx", "ods"],
        accept_multiple_files=True,
        key="files",
        help="Before and after may stand in one file or in one file each.",
    )
    uploaded = {one.file_id: one for one in given or ()}
    fresh = state.new_uploads(uploaded)
    for file_id in fresh:
        take_in(file_id, uploaded[file_id].name, uploaded[file_id].getvalue())
    if fresh:
        st.rerun()
    for file_id, outcome in state.uploads().items():
        if outcome.waits:
            ask_wave(file_id, outcome)
        elif file_id in uploaded:
            tell(outcome)


def take_in(file_id: str, name: str, data: bytes, wave: str | None = None) -> None:
    """Read one file and add it to the study; one that gives nothing is told of, and the study stays as it was."""
    try:
        with st.spinner(f"Reading {components.plain(name)}"):
            intake = read_any(data, name=name, wave=wave)
    except EvalcoreError as problem:
        state.note_upload(file_id, Upload(name, message=str(problem)))
        return
    if lacks_wave(intake) and wave is None:
        state.note_upload(file_id, Upload(name, intake=intake, data=data))
        return
    if len(intake.table):
        state.add(intake)
    state.note_upload(file_id, Upload(name, intake=intake))


def lacks_wave(intake: Intake) -> bool:
    """Whether nothing could be read because neither a column nor the name says which wave this is."""
    problems = intake.problems
    whole_file = problems["row"].isna() & (problems["column"] == "wave") & (problems["severity"] == "error")
    return intake.kind == "responses" and not len(intake.table) and bool(whole_file.any())


def ask_wave(file_id: str, outcome: Upload) -> None:
    """Ask which wave a file holds, and read it again with the answer."""
    st.warning(f"{components.plain(outcome.name)} does not say whether it was filled in before or after.")
    key = f"wave {file_id}"
    question = f"Which wave is {components.plain(outcome.name)}?"
    wave = st.selectbox(question, list(_WAVES), format_func=_WAVES.__getitem__, key=key)
    if wave:
        take_in(file_id, outcome.name, outcome.data, wave)
        st.rerun()


def tell(outcome: Upload) -> None:
    """Say what became of a file: not read, nothing in it, or taken in."""
    name = components.plain(outcome.name)
    if outcome.message:
        st.error(f"{name} was not read. {components.plain(outcome.message)} Everything loaded before is still here.")
    elif outcome.intake is not None and not len(outcome.intake.table):
        st.error(f"Nothing in {name} could be used. Everything loaded before is still here. What was found:")
        listings.problems(outcome.intake.problems, alt=f"Problems in {outcome.name}")
    elif outcome.intake is not None and outcome.intake.digest in {held.digest for held in state.study().intakes}:
        st.success(f"{name}: {listings.recognised(outcome.intake)}")
