"""Files of the same shape: what a person chose for one is used for the others, which is said and can be taken back."""

from dataclasses import replace

from evalcore.columns import RESPONDENT_ID
from evalcore.errors import EvalcoreError
from evalcore.intake import Choices, Intake, read_anew
from evalcore.intake.headings.headers import shape_of
from evalcore.intake.people.pseudonyms import are_codes
from pages._shared import state, uploads

_NO_KEY = (
    "The identifiers of this file were replaced by codes, and the key is not in this session any more. Tick Replace"
    " identifiers by codes, put in your key, and change it again."
)


def again(intake: Intake, choices: Choices) -> Intake:
    """Read a file again with these choices alone; what the session knows about it goes along, its key too.

    A study that was kept comes back without its key: then no other column becomes the identifier uncoded.
    """
    remark = uploads.remark(intake)
    coded = _coded(intake)
    found = read_anew(intake, choices, remark.key or (uploads.pseudonym_key() if coded else "") or None)
    if coded and len(found.table) and not _coded(found):
        raise EvalcoreError(_NO_KEY)
    uploads.note_remark(found, remark)
    return found


def _coded(intake: Intake) -> bool:
    table = intake.table
    return RESPONDENT_ID in table and are_codes(table[RESPONDENT_ID])


def like_others(intake: Intake) -> Intake:
    """Read a new file with what a person chose for one of its shape in the study; itself where there is none."""
    if intake.raw is None:
        return intake
    shape = shape_of(intake.raw)
    remembered = state.study().remembered(shape)
    return like(intake, remembered.for_another_file(), chosen_for(shape, intake)) if remembered else intake


def follow(chosen: Intake, old_name: str) -> None:
    """Read the files that have the shape of `chosen` like it: those read like it before, and those nobody touched."""
    if chosen.raw is None:
        return
    shape, choices = shape_of(chosen.raw), chosen.choices.for_another_file()
    name = next((held.name for held in state.study().intakes if held.digest == chosen.digest), chosen.name)
    for other in uploads.entries():
        intake, remark = other.intake, uploads.remark(other.intake)
        if intake.raw is None or intake.digest == chosen.digest or shape_of(intake.raw) != shape or remark.alone:
            continue
        untouched = bool(choices) and not intake.choices.for_another_file()
        if untouched or remark.like in (old_name, name):
            uploads.put(other, like(intake, choices, name))


def like(intake: Intake, choices: Choices, name: str) -> Intake:
    """Read a file with the choices of another; its own wave stays."""
    try:
        found = again(intake, replace(choices, wave=intake.choices.wave))
    except EvalcoreError:  # the headings differ after all, in what the shape does not look at
        return intake
    uploads.note_remark(found, replace(uploads.remark(found), like=name if choices else ""))
    return found


def chosen_for(shape: str, new: Intake) -> str:
    """Return the last file of the study that has this shape, and for which a person chose something; not `new`."""
    found = [
        held.name
        for held in state.study().intakes
        if held.raw is not None and held.choices.for_another_file() and shape_of(held.raw) == shape
    ]
    return next((name for name in reversed(found) if name != new.name), "")
