"""A study as one file to take along: written whole or not at all, and checked to the last byte before it is opened.

What it stands on is imported when the first file is written or opened.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from evalcore.errors import StorageError, UnreadableFileError
from evalcore.storage.sealing import is_sealed, sealed, unsealed
from evalcore.study import Study

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]

LARGEST = 512_000_000
"""Bytes that a study file may have."""

_TOO_LARGE = (
    f"The file is larger than {LARGEST / 1e6:,.0f} MB, which no study file of this dashboard is."
    " Choose the file that was downloaded as a study."
)


def study_bytes(study: Study, *, passphrase: str | None = None) -> bytes:
    """Return a study as the bytes of one file; without a passphrase the same bytes for the same study.

    Parameters
    ----------
    study : Study
    passphrase : str, optional
        Seals the file: without it nobody can open it, and nobody can find it out. See `check_passphrase`.

    Raises
    ------
    StorageError
        If the passphrase can not be used, or a part of the study can not be written down.

    Examples
    --------
    >>> open_study(study_bytes(Study.empty("Pilot"))).name
    'Pilot'
    """
    from evalcore.storage.layout import file_of

    data = file_of(study)
    if len(data) > LARGEST:
        raise StorageError("The study is too large for one file. Leave out files that are not needed.")
    return data if passphrase is None else sealed(data, passphrase)


def save_study(study: Study, path: str | os.PathLike[str], *, passphrase: str | None = None) -> None:
    """Write a study to a file, in place of an earlier one of that name: always one of the two is there, whole.

    Only the owner may read the file, where the system can say so.

    Parameters
    ----------
    study : Study
    path : path
    passphrase : str, optional
        As in `study_bytes`.

    Raises
    ------
    StorageError
        If it can not be written (no such folder, no room, no permission): an earlier file is as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_study(Study.empty("Pilot"), f"{folder}/pilot.study")
    ...     open_study(f"{folder}/pilot.study").name
    'Pilot'
    """
    from evalcore.storage.replacing import replace_file

    replace_file(Path(path), study_bytes(study, passphrase=passphrase))


def open_study(source: Source, *, passphrase: str | None = None) -> Study:
    """Open a study file. Everything in it is checked before anything is built.

    Parameters
    ----------
    source : path, bytes or file object
    passphrase : str, optional
        For a sealed file.

    Raises
    ------
    PassphraseNeededError
        If the file is sealed, and there is no passphrase, or it does not fit.
    UnreadableFileError
        If it is no study file, damaged, cut short, too large, or written by a newer version of the software.

    Examples
    --------
    >>> open_study(b"name,score")
    Traceback (most recent call last):
        ...
    evalcore.errors.UnreadableFileError: This is no study file of this dashboard. Choose the file that was downloaded \
as a study; it ends in .study.
    """
    from evalcore.storage.layout import parts_of
    from evalcore.storage.packing import unpack

    data = _bytes_of(source)
    if is_sealed(data):
        data = unsealed(data, passphrase)
    return unpack(parts_of(data))


def _bytes_of(source: Source) -> bytes:
    """The bytes, but never more than a study file may have."""
    if isinstance(source, str | os.PathLike):
        try:
            with open(source, "rb") as file:
                data = file.read(LARGEST + 1)
        except (OSError, ValueError):
            raise UnreadableFileError("The file can not be opened. Check its name and folder.") from None
    elif isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    else:
        if source.seekable():
            source.seek(0)
        data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableFileError(_TOO_LARGE)
    return data
