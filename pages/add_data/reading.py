"""Reading files: taking in what was uploaded, and reading a file again with what a person says about it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from evalcore.columns import WAVES
from evalcore.errors import EvalcoreError
from evalcore.intake import Choices, read_all
from pages._shared import components, uploads
from pages._shared.uploads import Entry, Remark, Upload
from pages.add_data import alike


def take_in(file_id: str, name: str, data: bytes) -> None:
    """Read one uploaded file and add what it gives; one that can not be read is told of, and the study stays."""
    key = uploads.pseudonym_key()
    try:
        with st.spinner(f"Reading {components.plain(name)}"):
            intakes = read_all(data, name=name, pseudonym_key=key or None)
            for intake in intakes:
                uploads.note_remark(intake, Remark(key=key))
            uploads.take_in(file_id, name, [alike.like_others(intake) for intake in intakes])
    except EvalcoreError as problem:
        uploads.note_upload(file_id, Upload(name, message=str(problem)))


def answer(entry: Entry, choices: Choices) -> None:
    """Read a file again with what a person chose, on top of what they chose before."""
    settle(entry, entry.intake.choices.merged(choices))


def correct(entry: Entry, mapping: pd.DataFrame) -> None:
    """Read a file again with a corrected mapping.

    A wave that holds for the whole file stays with this file: it must not go over to another one with the mapping.
    """
    waves = [wave for wave in WAVES if wave in set(mapping["wave"])]
    choices = replace(entry.intake.choices, mapping=mapping)
    if waves == list(WAVES):
        choices = replace(choices, wave=None)
    elif waves:
        choices = replace(choices, mapping=mapping.assign(wave=""), wave=waves[0])
    settle(entry, choices)


def as_at_first(entry: Entry, kind: str | None = None) -> None:
    """Read a file again without anything that a person chose for it but its wave, and perhaps what table it is."""
    settle(entry, Choices(wave=entry.intake.choices.wave, kind=kind))


def by_itself(entry: Entry) -> None:
    """Read a file as at first, and not like another one from now on."""
    uploads.note_remark(entry.intake, replace(uploads.remark(entry.intake), alone=True))
    as_at_first(entry)


def settle(entry: Entry, choices: Choices) -> None:
    """Read a file again with these choices alone, and the others of its shape like it."""
    found = alike.again(entry.intake, choices)
    uploads.note_remark(found, replace(uploads.remark(found), like=""))
    uploads.put(entry, found)
    alike.follow(found, entry.intake.name)
