"""Any file: which native table it is, read by the reader of that table; and read again with other choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalcore.columns import RESPONDENT_ID, WAVE
from evalcore.errors import TableError, UnknownNameError
from evalcore.intake import questionnaires, tables
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.reading import read_table, read_tables
from evalcore.intake.files.source import Source
from evalcore.intake.headings.headers import known_columns
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, KINDS, PUBLISHED, RESPONSES, ROSTER, item_columns

# A file of cases with more rows than this is taken for a caseload.
_MOST_CASES = 500
_NO_CHOICES = Choices()


def read_any(
    source: Source,
    *,
    name: str | None = None,
    choices: Choices = _NO_CHOICES,
    kind: str | None = None,
    pseudonym_key: str | None = None,
) -> Intake:
    """Read a file of any kind; of a workbook the first sheet that holds data.

    Parameters
    ----------
    source : path, bytes or file object
    name : str, optional
        What to call the file.
    choices : Choices
        How a person wants it to be read; what they leave open is recognised.
    kind : str, optional
        Which native table it is, where its columns mislead; `choices.kind` says the same.
    pseudonym_key : str, optional
        With a key, identifiers are replaced by keyed hashes before anything else is done with them.

    Raises
    ------
    UnreadableFileError
        The file is no table at all.
    UnknownNameError, TableError
        The choices name something that does not exist, or belong to another file.

    Examples
    --------
    >>> read_any(b"respondent_id,consent\\nA1,given\\n").kind
    'roster'
    """
    return _read(read_table(source, name), replace(choices, kind=kind or choices.kind), pseudonym_key)


def read_all(
    source: Source,
    *,
    name: str | None = None,
    choices: Choices = _NO_CHOICES,
    pseudonym_key: str | None = None,
) -> tuple[Intake, ...]:
    """Read a file, and of a workbook every sheet that is a table of ours: often one sheet holds a wave.

    The first sheet that holds data is always read, and says what it lacks. Parameters and errors are those of
    `read_any`; a mapping is used for the sheets whose headings it was made for.

    Examples
    --------
    >>> [intake.kind for intake in read_all(b"respondent_id,consent\\nA1,given\\n", name="roster.csv")]
    ['roster']
    """
    return tuple(_read_each(read_tables(source, name), choices, pseudonym_key))


def _read_each(sheets: tuple[RawTable, ...], choices: Choices, key: str | None) -> Iterator[Intake]:
    for at, raw in enumerate(sheets):
        if at == 0 or _is_ours(raw):
            mine = choices if _fits(raw, choices) else replace(choices, mapping=None)
            yield _read(raw, mine, key)


def _is_ours(raw: RawTable) -> bool:
    """Whether a further sheet says who each row is about, and at least one thing more."""
    return any(
        RESPONDENT_ID in (known := known_columns(raw, kind)) and len(known) > 1 for kind in (RESPONSES, ROSTER, CASES)
    )


def _fits(raw: RawTable, choices: Choices) -> bool:
    return choices.mapping is None or list(choices.mapping["header"]) == list(raw.header)


def reread(intake: Intake, choices: Choices, pseudonym_key: str | None = None) -> Intake:
    """Read a file once more, with choices on top of those that were made for it.

    Examples
    --------
    >>> intake = read_any(b"respondent_id,gse_1\\nA1,3\\n", name="answers.csv")
    >>> [question.key for question in intake.questions], len(intake.responses)
    (['wave'], 0)
    >>> reread(intake, intake.questions[0].options[0].choices).responses["wave"].tolist()
    ['pre']
    """
    return read_anew(intake, intake.choices.merged(choices), pseudonym_key)


def read_anew(intake: Intake, choices: Choices, pseudonym_key: str | None = None) -> Intake:
    """Read a file once more with these choices alone; none at all is how it was read at first.

    TableError for a file whose cells are not at hand any more.
    """
    if intake.raw is None:
        raise TableError("The cells of this file are not at hand any more. Add the file again.")
    found = _read(replace(intake.raw, name=intake.name), choices, pseudonym_key)
    return found


def _read(raw: RawTable, choices: Choices, key: str | None) -> Intake:
    if choices.kind is not None and choices.kind not in KINDS:
        raise UnknownNameError(f"There is no table {choices.kind!r}. There are: {', '.join(KINDS)}.")
    kind = choices.kind or detect_kind(raw)
    if kind == RESPONSES:
        return questionnaires.from_raw(raw, choices, key)
    return tables.from_raw(raw, kind, choices, key)


def detect_kind(table: RawTable | Source, *, name: str | None = None) -> str:
    """Tell by its columns which native table a file is; cases and caseload by name, identifiers and number of rows.

    A file of none of the known columns is taken for responses, whose reader says what it misses.

    >>> detect_kind(b"sex,age,ogrs\\nmale,30,50\\n")
    'caseload'
    """
    raw = table if isinstance(table, RawTable) else read_table(table, name)
    responses = known_columns(raw, RESPONSES)
    if responses & set(item_columns()):
        return RESPONSES
    roster, cases = known_columns(raw, ROSTER), known_columns(raw, CASES)
    if len(roster - cases - {RESPONDENT_ID}) > len(cases - roster) or (roster - cases and not cases - roster):
        return RESPONSES if WAVE in responses else ROSTER
    if {"measure", "count", "mean"} & known_columns(raw, PUBLISHED) and "measure" in known_columns(raw, PUBLISHED):
        return PUBLISHED
    if cases - roster:
        named = "caseload" in re.sub(r"[\W_]+", "", raw.name.casefold())
        return CASELOAD if named or RESPONDENT_ID not in cases or len(raw) > _MOST_CASES else CASES
    if WAVE in responses or raw.tool or RESPONDENT_ID not in roster:
        return RESPONSES
    return ROSTER
