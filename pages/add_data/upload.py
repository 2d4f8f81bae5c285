"""The uploader, and what is said about files that could not be read or that wait for an answer."""

from functools import partial

import streamlit as st

from evalcore.intake import Intake, grouping
from pages._shared import components, listings, state, uploads
from pages._shared.uploads import Entry, Upload
from pages.add_data import check, codes, private, questions, reading


def draw() -> None:
    """Take in what is uploaded, each file once, and say what became of it."""
    st.header("Upload files", anchor=False)
    if state.is_sample():
        st.markdown("The sample study is open. Your first file closes it and begins a study of your own.")
    given = st.file_uploader(
        "Exports of survey tools, Excel, OpenDocument, CSV, Parquet or SPSS: questionnaires, roster, cases, caseload",
        type=["csv", "tsv", "txt", "xlsx", "ods", "sav", "zsav", "parquet"],
        accept_multiple_files=True,
        key="files",
        help="Just as your survey tool exports them. Before and after may stand in one file or in one file each.",
    )
    may_read = private.draw()
    uploaded = {one.file_id: one for one in given or ()}
    fresh = uploads.new_uploads(uploaded) if may_read else []
    for file_id in fresh:
        reading.take_in(file_id, uploaded[file_id].name, uploaded[file_id].getvalue())
    if fresh:
        st.rerun()
    tell([outcome for file_id, outcome in uploads.uploads().items() if file_id in uploaded])
    for entry in uploads.entries():
        ask(entry)


def tell(outcomes: list[Upload]) -> None:
    """Say what became of the files that lie in the uploader: not read, or taken in."""
    for outcome in outcomes:
        if outcome.message:
            said = components.plain(outcome.message)
            name = components.plain(outcome.name)
            st.error(f"{name} was not read. {said} Everything loaded before is still here.")
    given = {name for outcome in outcomes for name in outcome.given}
    read = [intake for intake in state.study().intakes if intake.name in given and len(intake.table)]
    if read:
        st.success("\n".join(f"- {components.plain(one.name)}: {listings.recognised(one)}" for one in read))


def ask(entry: Entry) -> None:
    """Ask what is open about one file, and say whose choices were used for it."""
    intake = entry.intake
    name = components.plain(intake.name)
    needed = any(question.needed for question in intake.questions)
    if entry.waits:
        if needed:
            st.warning(f"{name} waits for an answer. It is not in the study yet.")
        else:
            st.error(f"Nothing in {name} could be used. Everything loaded before is still here. What was found:")
            listings.problems(grouping.grouped(intake.problems), alt=f"Problems in {intake.name}")
    elif needed:
        st.warning(f"{name} is in the study, but a part of it waits for an answer.")
    say_whose_choices(entry, uploads.remark(intake).like)
    questions.draw(entry)
    codes.ask(entry)
    if entry.waits:
        check.draw(entry)
        leave_out(entry, intake)


def say_whose_choices(entry: Entry, other: str) -> None:
    """Say that a file was read with what was chosen for another one, and offer to take that back."""
    if other:
        name = components.plain(entry.intake.name)
        st.info(f"{name} was read like {components.plain(other)}, as you chose there.")
        label = f"Undo: read {name} by itself"
        st.button(label, key=f"alone {entry.key}", on_click=state.ask_for, args=(partial(reading.by_itself, entry),))


def leave_out(entry: Entry, intake: Intake) -> None:
    """Offer to forget a file that is outside the study."""
    label = f"Leave {components.plain(intake.name)} out"
    st.button(label, key=f"leave out {entry.key}", on_click=state.ask_for, args=(partial(uploads.leave_out, entry),))
