"""Tables about people and published figures: roster, cases, caseload, published."""

from __future__ import annotations

import numpy as np

from evalcore.columns import RESPONDENT_ID
from evalcore.intake import asking
from evalcore.intake.building import Draft, convert_fields, identify, list_cells, start, stop
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable
from evalcore.intake.finishing import finish
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, PUBLISHED, SECTION_MAXIMA
from evalcore.intake.problems import KEPT, ROW_SET_ASIDE, WARNING

# With this many people a section score that is never above 1 may be a yes or no.
_ENOUGH_PEOPLE = 10


def from_raw(raw: RawTable, kind: str, choices: Choices, pseudonym_key: str | None = None) -> Intake:
    """Build a table of `kind` from a table that has been read already."""
    draft = start(raw, kind, choices, pseudonym_key)
    convert_fields(draft)
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
        _question_scores(draft)
    return finish(draft)


def _require_measure(draft: Draft) -> None:
    heading = draft.taken.get(("measure", ""))
    if heading is None:
        stop(draft, "measure", "no column of this name", "a column that says what was measured")
        return
    blank = draft.values[("measure", "")].isna().to_numpy() & draft.fates.kept
    list_cells(draft, heading, blank, "what was measured", ROW_SET_ASIDE)
    draft.fates.set_aside(blank, "no measure")


def _question_scores(draft: Draft) -> None:
    """Warn of a section score that is never above 1: read as a score, such a yes or no would give nobody a need."""
    for section in SECTION_MAXIMA:
        heading = draft.taken.get((f"{section}_score", ""))
        if heading is None:
            continue
        scores = draft.values[(heading.taken_for, "")].to_numpy(dtype=float, na_value=np.nan)
        known = scores[~np.isnan(scores)]
        if len(known) >= _ENOUGH_PEOPLE and known.max() == 1:
            expected = f"scores; a yes or no belongs under {section}_need"
            draft.problems.add(None, heading.label, "only 0 and 1 in the whole file", expected, KEPT, WARNING)
