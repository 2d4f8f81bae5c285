"""Tables about people and published figures: roster, cases, caseload, published."""

from __future__ import annotations

from evalcore.columns import RESPONDENT_ID
from evalcore.intake import asking
from evalcore.intake.ages import make_ages
from evalcore.intake.building import Draft, convert_fields, identify, list_cells, start, stop
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable
from evalcore.intake.finishing import finish
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, PUBLISHED
from evalcore.intake.problems import ROW_SET_ASIDE
from evalcore.intake.risk import ask_about_sex, ask_about_shares, ask_which_ogrs, tell_offence, tell_ogrs
from evalcore.intake.sections import add_up_items, ask_about_sections, question_scores


def from_raw(raw: RawTable, kind: str, choices: Choices, pseudonym_key: str | None = None) -> Intake:
    """Build a table of `kind` from a table that has been read already."""
    draft = start(raw, kind, choices, pseudonym_key)
    made = (*make_ages(draft), *ask_about_sex(draft)) if kind in (CASES, CASELOAD) else ()
    convert_fields(draft, skip=made)
    found = draft.names()
    if kind == PUBLISHED:
        _require_measure(draft)
    elif RESPONDENT_ID in found:
        identify(draft)
    elif kind != CASELOAD:
        stop(draft, RESPONDENT_ID, "no column of this name", "a column that says who each row is about")
        asking.about_columns(draft)
    elif not found:
        stop(draft, "", "no column of a caseload", "columns such as sex, age or drugs_score")
    if kind in (CASES, CASELOAD):
        _finish_cases(draft)
    return finish(draft)


def _finish_cases(draft: Draft) -> None:
    """Make what is made from other columns, and ask what only a person can say."""
    add_up_items(draft)
    question_scores(draft)
    ask_about_sections(draft)
    ask_about_shares(draft)
    tell_ogrs(draft)
    ask_which_ogrs(draft)
    tell_offence(draft)


def _require_measure(draft: Draft) -> None:
    heading = draft.taken.get(("measure", ""))
    if heading is None:
        stop(draft, "measure", "no column of this name", "a column that says what was measured")
        return
    blank = draft.values[("measure", "")].isna().to_numpy() & draft.fates.kept
    list_cells(draft, heading, blank, "what was measured", ROW_SET_ASIDE)
    draft.fates.set_aside(blank, "no measure")
