"""Writing a file in place of another: the earlier one stays whole until the new one is on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from pathlib import Path

from evalcore.errors import StorageError

_SUFFIX = ".saving"
_STAYS = "Nothing was changed there, and what is open is as it was."
_SENTENCES = {
    errno.ENOSPC: "There is no room left where the file was to be written. Make room, or choose another place.",
    errno.EDQUOT: "There is no room left where the file was to be written. Make room, or choose another place.",
    errno.ENOENT: "The folder in which the file was to be written does not exist. Make it, or choose another one.",
    errno.ENOTDIR: "The folder in which the file was to be written does not exist. Make it, or choose another one.",
    errno.EISDIR: "A folder has the name under which the file was to be written. Choose another name.",
}
_REFUSED = "The file may not be written there. Choose a folder of your own, or another name."


def replace_file(path: Path, data: bytes) -> None:
    """Write bytes to a file, which only its owner may read. StorageError says why where that can not be done.

    They are written beside it first and brought to the disk, and then take its place at once. What a process that was
    killed left behind is removed: it holds data about people.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        _remove_left_behind(target)
        _swap(target, data)
        _bring_to_disk(target.parent)
    except (OSError, ValueError) as error:
        known = _SENTENCES.get(error.errno or 0, _REFUSED) if isinstance(error, OSError) else _REFUSED
        raise StorageError(f"{known} {_STAYS}") from None


def _swap(target: Path, data: bytes) -> None:
    number, beside = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent)
    try:
        try:
            with contextlib.suppress(OSError):  # not every disk knows locks
                _lock(number)
            _write(number, data)
        finally:
            os.close(number)
        os.replace(beside, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)


def _write(number: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(number, rest) :]
    os.fsync(number)


def _bring_to_disk(folder: Path) -> None:
    """The new name, too, where folders can be brought to the disk."""
    if sys.platform != "win32":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _remove_left_behind(target: Path) -> None:
    """Remove what was written beside the target by a process that is no more; one that is at work has it locked."""
    for left in target.parent.glob(f".{_escaped(target.name)}.*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            number = os.open(left, os.O_RDWR)
            try:
                _lock(number)
            except OSError:
                continue
            finally:
                os.close(number)
            os.unlink(left)


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _lock(number: int) -> None:
    """Lock a file, or raise OSError where another process has; Windows removes no open file anyway."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
