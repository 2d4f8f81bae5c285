"""A look at a caseload before it is counted: its first rows, read as an upload of these alone would be."""

from __future__ import annotations

import os
from collections.abc import Mapping

from evalcore.columns import RESPONDENT_ID, ROLE, SERVICE_USER
from evalcore.intake.choices import Choices
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD
from evalcore.intake.recognising import read_as
from evalcore.profile.counting.source import open_file
from evalcore.study import Study


def look_at(path: str | os.PathLike[str]) -> Intake:
    """Read the first rows of a caseload where it lies, to see and correct what its columns are taken for.

    Parameters
    ----------
    path : path
        As `count_caseload` takes it, which takes the corrected `mapping` and `codes` of this reading, too.

    Returns
    -------
    Intake
        Of a thousand rows at most.

    Raises
    ------
    UnreadableFileError
        If there is no file, or it is neither text nor Parquet.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "caseload.csv")
    ...     _ = path.write_text("Gender,Age\\nM,34\\n")
    ...     look_at(path).mapping["taken_for"].tolist()
    ['sex', 'age']
    """
    return read_as(CASELOAD, open_file(path).head, Choices())


def spellings(study: Study) -> Mapping[str, str]:
    """The other spellings of the service users' identifiers that a study reads as theirs, for `count_caseload`.

    >>> dict(spellings(Study.empty()))
    {}
    """
    found = study.identities
    theirs = found[found[ROLE].isna() | (found[ROLE] == SERVICE_USER)]
    return dict(zip(theirs["found"], theirs[RESPONDENT_ID], strict=True))
