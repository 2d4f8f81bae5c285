"""The study's own tables as files that the scripts read: a working copy, one row a person."""

from __future__ import annotations

import pandas as pd

from evalcore.intake.native import CASELOAD, CASES, RESPONSES, ROSTER
from evalcore.reporting.archive import zipped
from evalcore.study import Study

FINGERPRINT = "fingerprint.txt"
_KINDS = (RESPONSES, ROSTER, CASES, CASELOAD)
_NO_TIME = pd.Timedelta(0)


def data_files(study: Study) -> dict[str, bytes]:
    """Return the tables that the scripts of `reproduction_files` read, as they are after all decisions.

    Internal: they hold one row a person, with nothing hidden, and are never to be shared.

    Parameters
    ----------
    study : Study

    Returns
    -------
    dict of str to bytes
        `responses.csv`, `roster.csv`, `cases.csv`, `caseload.csv`, those that have rows; and `fingerprint.txt`, by
        which a script sees that the files are of its study. CSV in UTF-8 with a byte order mark, cells as they are: the
        files are for scripts, so nothing stands before a text that a spreadsheet would take for a formula. The
        dashboard reads them too.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> files = data_files(sample_study())
    >>> list(files)
    ['responses.csv', 'roster.csv', 'cases.csv', 'caseload.csv', 'fingerprint.txt']
    >>> files["roster.csv"].decode("utf-8-sig").splitlines()[1]
    'SU01,service user,Site 2,Company B,2016-10-03,yes,2016-10-13,given,,'
    """
    tables: dict[str, pd.DataFrame] = {kind: getattr(study, kind) for kind in _KINDS}
    files = {f"{kind}.csv": _csv(table) for kind, table in tables.items() if len(table)}
    return files | {FINGERPRINT: f"{study.fingerprint}\n".encode()}


def data_zip(study: Study) -> bytes:
    """Return `data_files` as a zip: the same bytes for the same study. Internal, as they are.

    >>> data_zip(Study.empty())[:2]
    b'PK'
    """
    return zipped(data_files(study))


def _csv(table: pd.DataFrame) -> bytes:
    texts = pd.DataFrame({name: _texts(table[name]) for name in table.columns})
    return texts.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _texts(column: pd.Series) -> pd.Series:
    """The cells as text; nothing where a value is missing."""
    types = pd.api.types
    if types.is_bool_dtype(column):
        return column.astype(object).map({True: "yes", False: "no"})
    if types.is_datetime64_any_dtype(column):
        days = bool((column.dropna() - column.dropna().dt.normalize() == _NO_TIME).all())
        dates: pd.Series = column.dt.strftime("%Y-%m-%d" if days else "%Y-%m-%dT%H:%M:%S")
        return dates
    if types.is_numeric_dtype(column):
        whole = bool((column.dropna() % 1 == 0).all())
        return column.astype("Int64") if whole else column
    # One kind of line end: a lone carriage return inside a cell is not read alike everywhere.
    texts: pd.Series = column.astype(object).str.replace("\r\n?", "\n", regex=True)
    return texts
