"""Study files of each format version that was ever released, and what stands in them.

`python -m tests.storage.study_fixtures` writes those of the present format, where there are none yet: what is there is
never written again. Files of an older format can not be made any more, and must be opened for ever.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pandas as pd

from evalcore.intake import Choices, Intake
from evalcore.plan.plan import content
from evalcore.storage import study_bytes
from evalcore.storage.packing import FORMAT
from evalcore.study import Study
from evalcore.telling import Telling
from tests.storage.comparing import TABLES

FOLDER = Path(__file__).with_name("fixtures")
PASSPHRASE = "a café by the river"


def said(study: Study) -> dict[str, Any]:
    """Everything that a study holds, as plain values, in no form that `evalcore` writes."""
    # Since format 2; without counts a study is said as it was before.
    counted = {"counted": _frame(study.counted)} if len(study.counted) else {}
    # Since format 3; a study of which nothing is told is said as it was before.
    telling = {"telling": _values(astuple(study.telling))} if study.telling != Telling() else {}
    return {
        "name": study.name,
        "fingerprint": study.fingerprint,
        "tables": {name: _frame(getattr(study, name)) for name in TABLES},
        "decisions": [[type(one).__name__, *astuple(one)] for one in study.decisions],
        "plan": [] if study.plan is None else [content(one) for one in study.plan.versions()],
        "rivals": [list(astuple(one)) for one in study.rivals],
        "notes": list(study.notes),
        "exports": [
            [one.finding, one.form, [[name, sorted(group)] for name, group in one.groups], one.at, list(one.under)]
            for one in study.exports
        ],
        "taken_out": [list(one) for one in study.taken_out],
        "withdrawn": [list(one) for one in study.withdrawn],
        "thresholds": [list(astuple(one)) for one in study.thresholds],
        "overrides": [list(astuple(one)) for one in study.overrides],
        "intakes": [_intake(one) for one in study.intakes],
        "waiting": [_intake(one) for one in study.waiting],
        **counted,
        **telling,
    }


def _values(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_values(one) for one in value]
    return value.hex() if isinstance(value, bytes) else value


def _frame(frame: pd.DataFrame | None) -> Any:
    if frame is None:
        return None
    cells = [[None if pd.isna(cell) else repr(cell) for cell in frame[name].tolist()] for name in frame.columns]
    return {f"{name} {frame[name].dtype}": column for name, column in zip(frame.columns, cells, strict=True)}


def _intake(intake: Intake) -> dict[str, Any]:
    raw, entries = intake.raw, intake.entries
    if intake.counted is not None:
        return {
            "is": [intake.name, intake.kind, intake.digest, intake.table_hash],
            "frames": [_frame(frame) for frame in (intake.problems, intake.mapping, intake.rows)],
            "table": _frame(intake.table),
        }
    assert raw is not None
    assert entries is not None
    return {
        "is": [intake.name, intake.kind, intake.digest, list(intake.instruments), intake.table_hash],
        "frames": [_frame(frame) for frame in (intake.problems, intake.mapping, intake.rows, intake.codes)],
        "entries": [_frame(entries.table), entries.rows.tolist()],
        "table": _frame(intake.table),
        "questions": [
            [one.key, one.text, one.why, one.needed, [[each.label, _choices(each.choices)] for each in one.options]]
            for one in intake.questions
        ],
        "choices": _choices(intake.choices),
        "raw": [raw.name, raw.digest, list(raw.header), list(raw.questions), raw.tool, raw.sheet, raw.rows.tolist()],
        "cells": [[column.texts[code] for code in column.codes] for column in raw.columns],
        "lines": [list(astuple(one)) for one in (*raw.refused, *raw.notes)],
    }


def _choices(choices: Choices) -> list[Any]:
    return [choices.wave, choices.kind, sorted(choices.answered), _frame(choices.mapping), _frame(choices.codes)]


def as_json(study: Study) -> str:
    """The same as text, to be committed."""
    return json.dumps(said(study), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write what is missing of the present format."""
    from evalcore.storage import open_study
    from tests.storage.made import whole_study

    study = whole_study()
    for name, data in (
        (f"v{FORMAT}.study", study_bytes(study)),
        (f"v{FORMAT}_sealed.study", study_bytes(study, passphrase=PASSPHRASE)),
        (f"v{FORMAT}.json", as_json(open_study(study_bytes(study))).encode()),
    ):
        path = FOLDER / name
        if not path.exists():
            path.write_bytes(data)


if __name__ == "__main__":
    main()
