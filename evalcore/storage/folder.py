"""Where studies are kept on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from evalcore.errors import StorageError

APP_NAME = "evaluation-dashboard"
VARIABLE = "EVALUATION_DASHBOARD_DATA"
DATABASE = "studies.sqlite"

_NO_HOME = (
    "This machine names no home folder, so there is nowhere to keep a study."
    f" Your work is still open: download it as a study file, or name a folder in {VARIABLE} and start again."
)


def default_folder() -> Path:
    """Return the folder in which studies are kept; it need not be there yet, and is not made here.

    It is the one that the environment variable EVALUATION_DASHBOARD_DATA names, else the user's own data folder as
    the operating system has it.

    Raises
    ------
    StorageError
        If the operating system knows no home folder of this user.

    Examples
    --------
    >>> default_folder().is_absolute()
    True
    """
    from platformdirs import user_data_path

    named = os.environ.get(VARIABLE)
    try:
        folder = Path(named).expanduser() if named else user_data_path(APP_NAME, appauthor=False)
    except RuntimeError:
        raise StorageError(_NO_HOME) from None
    return folder.absolute()
