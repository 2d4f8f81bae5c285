"""Analysis plan: what will be looked at, said beforehand, and what else could explain a change."""

import streamlit as st

from pages._shared import components, state
from pages.plan import fixed, form, kept_file, rivals


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Analysis plan", "Say what you will look at before you can see it, and note what else could explain a change."
    )
    study = state.study()
    st.header("What will be looked at", anchor=False)
    if state.is_sample():
        sample()
    if study.plan is None:
        form.introduce(study)
        form.draw(study)
    else:
        fixed.draw(study.plan)
        if form.is_open():
            form.draw(study)
    kept_file.draw(study)
    rivals.draw(study)


def sample() -> None:
    """Say that a plan for one's own study is written in that study."""
    st.info("The sample study is open. A plan written here belongs to it and goes when it is closed.")
    st.button("Start an empty study", on_click=state.ask_for, args=(state.open_empty,))


main()
