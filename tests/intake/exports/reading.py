"""How the tests read an export, and what came of it as plain values."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd

from evalcore.intake import Intake, read_questionnaires
from tests.intake.exports.people import COLUMN_OUT, Answered, Export, Fault, Truth

DEFINITIONS = Path(__file__).parents[3] / "evalcore" / "instruments" / "definitions"


def read(export: Export) -> Intake:
    """Read a file as a person does who is asked and answers."""
    codes = None
    if export.said:
        lines = [(field, found, code) for field, words in export.said.items() for found, code in words.items()]
        codes = pd.DataFrame(lines, columns=["field", "found", "code"])
    mapping = None
    if export.in_order or export.taken_for:
        mapping = corrected(read_questionnaires(export.data, name=export.name).mapping, export)
    more = {} if codes is None else {"codes": codes}
    return read_questionnaires(export.data, name=export.name, wave=export.wave, mapping=mapping, **more)


def corrected(mapping: pd.DataFrame, export: Export) -> pd.DataFrame:
    """The mapping with what a person says of some columns."""
    from evalcore.intake.headings.headers import assign_in_order

    mapping = mapping.copy()
    for position, taken_for in export.taken_for.items():
        mapping.loc[mapping["taken_for"] == taken_for, "taken_for"] = ""
        mapping.loc[mapping["position"] == position, "taken_for"] = taken_for
    if export.in_order:
        mapping = assign_in_order(mapping, export.in_order[0], export.in_order[1])
    return mapping


def answers(intake: Intake) -> Truth:
    """The codes that were read, of each person and wave; rows without any answer are not in it."""
    table = intake.responses
    items = [name for name in table.columns if name.rpartition("_")[2].isdigit()]
    found: Truth = {}
    for key, values in zip(zip(table["respondent_id"], table["wave"], strict=True), table[items].values, strict=True):
        assert key not in found, "two rows for one person and wave"
        given: Answered = {
            name: None if pd.isna(value) else int(value) for name, value in zip(items, values, strict=True)
        }
        found[key] = given
    return found


def problems(intake: Intake, *severities: str) -> set[Fault]:
    """Row, column and action of each problem. Apostrophes and runs of blanks are made alike."""
    listed = intake.problems
    if severities:
        listed = listed[listed["severity"].isin(severities)]
    lines = [
        (None if pd.isna(row) else int(row), alike(column), action)
        for row, column, action in zip(listed["row"], listed["column"], listed["action"], strict=True)
    ]
    return set(lines)


def alike(text: str) -> str:
    """A heading with plain apostrophes and single blanks."""
    return " ".join(text.replace("@SQ@", "'").replace("’", "'").split())


def planted(export: Export) -> set[Fault]:
    """The planted faults, and the personal columns, which are always listed."""
    faults = export.faults | {(None, column, COLUMN_OUT) for column in export.personal}
    return {(row, alike(column), action) for row, column, action in faults}


def allowed(export: Export) -> set[Fault]:
    """What the list may say besides: that a column of the tool's own was left out."""
    return {(None, alike(column), COLUMN_OUT) for column in export.aside}


def expected_scores(instrument: str, given: Answered) -> dict[str, float]:
    """The scores that the definition gives, reckoned here from the true codes; a scale without a score is not in it."""
    definition = tomllib.loads((DEFINITIONS / f"{instrument}.toml").read_text(encoding="utf-8"))
    own = [given[item["code"]] for item in definition["items"]]
    made: dict[str, float] = {}
    if instrument == "swemwbs" and None not in own:
        made["total"] = definition["scales"][0]["table"][str(sum(own))]
    elif instrument == "wemwbs" and None not in own:
        made["total"] = sum(own)
    elif instrument == "gse" and own.count(None) <= 3:
        left = [code for code in own if code is not None]
        made["total"] = sum(left) / len(left) * 10
    elif instrument == "uwes9":
        for scale in definition["scales"]:
            part = [given[item] for item in scale["items"]]
            if None not in part:
                made[scale["name"]] = sum(part) / len(part)
    return made
