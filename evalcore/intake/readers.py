"""Every way of reading a file. What the readers stand on is imported when the first file is read."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evalcore.errors import TableError
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.source import Source
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, PUBLISHED, RESPONSES, ROSTER

_NO_CHOICES = Choices()


def read_questionnaires(
    source: Source,
    *,
    name: str | None = None,
    wave: str | None = None,
    mapping: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
) -> Intake:
    """Read a file of answers: the export of a survey tool, an SPSS file, or a table typed by hand.

    Parameters
    ----------
    source : path, bytes or file object
        CSV (comma, semicolon, tab; UTF-8, UTF-16 or Windows-1252), XLSX or ODS (first sheet that holds data), .sav, or
        Parquet.
        One row a person and wave, or one row a person with a column for each item and wave.
    name : str, optional
        What to call the file.
    wave : str, optional
        `pre` or `post`, for a file that holds one wave and does not say which. Without it, a word in the name
        (`baseline`, `follow-up`) is used and noted.
    mapping : DataFrame, optional
        The `mapping` of an earlier reading of a file with these headings, corrected.
    codes : DataFrame, optional
        `field, found, code`, as the `codes` of an earlier reading, corrected: what an answer found in the file is to
        be read as (empty: no answer).

    Returns
    -------
    Intake
        `responses`: `respondent_id, wave, role, site, completed_on, how_completed`, then the items that were found, in
        the order of the questionnaires, as codes (missing answers NaN). Cells that are no answer become missing, rows
        without person or wave are set aside, two rows for one person and wave are set aside unless they agree: each
        is listed in `problems`. What only a person can say stands in `questions`. A file that lacks what is needed
        gives an empty table and says so there.

    Raises
    ------
    UnreadableFileError
        The file is no table at all.
    UnknownNameError, TableError
        `wave` or `mapping` name something that does not exist, or the mapping belongs to another file.

    Examples
    --------
    >>> intake = read_questionnaires(b"respondent_id,wave,gse_1\\nA1,pre,3\\nA2,pre,9\\n", name="answers.csv")
    >>> intake.responses["gse_1"].tolist()
    [3.0, nan]
    >>> intake.problems[["row", "column", "action"]].values.tolist()
    [[<NA>, 'gse_2', 'kept, please check'], [3, 'gse_1', 'answer set to missing']]
    """
    return _read_as(RESPONSES, source, name, Choices(wave=wave, mapping=mapping, codes=codes))


def read_roster(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read the list of everyone who was asked to take part, staff included.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `roster`: every column of the native form; what the file does not have is missing. Dates are days, `eligible`
        is true, false or missing, `consent` is given, refused, withdrawn or missing.

    Examples
    --------
    >>> intake = read_roster(b"respondent_id,role,consent\\nA1,staff,yes\\nA2,staff,withdrew\\n", name="roster.csv")
    >>> intake.roster["consent"].tolist()
    ['given', 'withdrawn']
    """
    return _read_as(ROSTER, source, name, Choices(mapping=mapping))


def read_cases(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read the case file: one service user a row.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `cases`: the native columns that the file has. Numbers outside what is possible (age 10-110, OGRS 0-100,
        section scores above the section's maximum) become missing and are listed; needs are true, false or missing.
        Dates of birth are turned into ages and kept nowhere. Items of OASys are added up to the scores of sections
        that the file does not have. Version and horizon of OGRS are taken from its heading where no column says them.

    Examples
    --------
    >>> intake = read_cases(b"respondent_id,sex,drugs_score\\nA1,F,11\\n", name="cases.csv")
    >>> intake.cases["sex"].tolist(), intake.problems[["row", "column", "expected"]].values.tolist()
    (['female'], [[2, 'drugs_score', 'a whole number from 0 to 10']])
    """
    return _read_as(CASES, source, name, Choices(mapping=mapping))


def read_caseload(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read the general caseload that the cases are compared with: one person a row, hundreds of thousands if need be.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `caseload`: as `cases` in `read_cases`; the file may be without identifiers (`respondent_id` is then missing).

    Examples
    --------
    >>> read_caseload(b"sex,age\\nmale,34\\n").caseload["age"].tolist()
    [34.0]
    """
    return _read_as(CASELOAD, source, name, Choices(mapping=mapping))


def read_published(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read published figures: one figure a row.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `published`: the native columns that the file has; rows without a measure are set aside.

    Examples
    --------
    >>> read_published(b"measure,mean,n\\nOGRS,48.2,12000\\n").published["mean"].tolist()
    [48.2]
    """
    return _read_as(PUBLISHED, source, name, Choices(mapping=mapping))


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
    from evalcore.intake.files.reading import read_table
    from evalcore.intake.recognising import read_raw

    return read_raw(read_table(source, name), replace(choices, kind=kind or choices.kind), pseudonym_key)


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
    from evalcore.intake.files.reading import read_tables
    from evalcore.intake.recognising import read_each

    return tuple(read_each(read_tables(source, name), choices, pseudonym_key))


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
    from evalcore.intake.recognising import read_raw

    if intake.raw is None:
        raise TableError("The cells of this file are not at hand any more. Add the file again.")
    return read_raw(replace(intake.raw, name=intake.name), choices, pseudonym_key)


def detect_kind(table: RawTable | Source, *, name: str | None = None) -> str:
    """Tell by its columns which native table a file is; cases and caseload by name, identifiers and number of rows.

    A file of none of the known columns is taken for responses, whose reader says what it misses.

    >>> detect_kind(b"sex,age,ogrs\\nmale,30,50\\n")
    'caseload'
    """
    from evalcore.intake.files.reading import read_table
    from evalcore.intake.recognising import kind_of

    return kind_of(table if isinstance(table, RawTable) else read_table(table, name))


def _read_as(kind: str, source: Source, name: str | None, choices: Choices) -> Intake:
    from evalcore.intake.files.reading import read_table
    from evalcore.intake.recognising import read_as

    return read_as(kind, read_table(source, name), choices)
