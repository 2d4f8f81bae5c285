"""What stands in a stored study, read strictly: anything that is not as it must be is refused with one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evalcore.errors import StorageError, UnreadableFileError

DAMAGED = (
    "This study is damaged, or was changed outside this dashboard, so nothing of it was opened."
    " Take an earlier copy of it, or the file as it was first saved."
)
_NEWER = (
    "This study was written by a newer version of this dashboard. Open it there, or install the newer version here;"
    " nothing of it was changed."
)
_NOT_MADE_HERE = (
    "So nothing of this study was opened: it was changed outside this dashboard."
    " Take an earlier copy of it, or the file as it was first saved."
)
_UNWRITABLE = (
    "A text in this study holds half a character, which can not be written down. Rename the study or its files."
)

# A hostile text of brackets takes thirty times its size when it is parsed; a study of a thousand files needs fewer.
_MOST_BRACKETS = 1_000_000
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_DAY = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d", re.ASCII)
_LARGEST_WHOLE = 2**63 - 1


def damaged() -> UnreadableFileError:
    """Return the error to raise where something is not as it must be."""
    return UnreadableFileError(DAMAGED)


def not_made_here(problems: Iterable[str]) -> UnreadableFileError:
    """Return the error to raise where the rules for what leaves were changed as nobody can change them here.

    >>> str(not_made_here(["A change of a threshold could not have been made here."]))[:93]
    'A change of a threshold could not have been made here. So nothing of this study was opened: i'
    """
    return UnreadableFileError(f"{' '.join(problems)} {_NOT_MADE_HERE}")


def newer() -> UnreadableFileError:
    """Return the error to raise where a newer release wrote what is there."""
    return UnreadableFileError(_NEWER)


def written(value: object) -> bytes:
    """Write plain values as JSON; StorageError for a text that no file can hold.

    >>> written({"n": 0.1, "text": "é"}).decode()
    '{"n":0.1,"text":"é"}'
    """
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError:
        raise StorageError(_UNWRITABLE) from None


def parsed(data: bytes) -> Any:
    """Read JSON; UnreadableFileError for anything that `written` does not write.

    >>> parsed(b'{"a": [1, null]}')
    {'a': [1, None]}
    """
    if _brackets(data) > _MOST_BRACKETS and _brackets(_STRING.sub(b"", data)) > _MOST_BRACKETS:
        raise damaged()
    try:
        found = json.loads(data.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
        if _HALF.search(data):  # perhaps only a backslash that somebody typed
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise damaged() from None
    return found


def _brackets(data: bytes) -> int:
    return data.count(b"[") + data.count(b"{")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise damaged()
    return found


def _no_number(_name: str) -> float:
    raise damaged()


def record(value: Any, *names: str) -> dict[str, Any]:
    """Return an object that has exactly these entries.

    >>> record({"a": 1}, "a")
    {'a': 1}
    """
    if not isinstance(value, dict) or value.keys() != set(names):
        raise damaged()
    return value


def listed(value: Any, length: int | None = None) -> list[Any]:
    """Return a list, of this length where one is named."""
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise damaged()
    return value


def text(value: Any, among: tuple[str, ...] | None = None) -> str:
    """Return a text, one of `among` where these are named."""
    if not isinstance(value, str) or (among is not None and value not in among):
        raise damaged()
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Return a list of texts as a tuple."""
    found = listed(value)
    if set(map(type, found)) - {str}:
        raise damaged()
    return tuple(found)


def text_or_none(value: Any, among: tuple[str, ...] | None = None) -> str | None:
    """Return a text, or None."""
    return None if value is None else text(value, among)


def whole(value: Any, low: int = 0, high: int = _LARGEST_WHOLE) -> int:
    """Return a whole number within limits, both included."""
    if type(value) is not int or not low <= value <= high:
        raise damaged()
    return value


def yes_no(value: Any) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise damaged()
    return value


def stamp(value: Any) -> str:
    """Return a time as text, or an empty text: it begins with a day, as in 2026-05-03T09:00:00+00:00."""
    found = text(value)
    try:
        if found and not (_DAY.fullmatch(found[:10]) and date.fromisoformat(found[:10])):
            raise damaged()
    except ValueError:
        raise damaged() from None
    return found


def part_of(parts: Mapping[str, bytes], name: str) -> Any:
    """Return what stands in one part, parsed."""
    if name not in parts:
        raise damaged()
    return parsed(parts[name])


class Room:
    """How much memory the tables of one study may take: a small file must not grow into a huge table.

    >>> Room(100).take(60)
    """

    def __init__(self, size: int) -> None:
        self._left = size

    @classmethod
    def for_parts(cls, parts: Mapping[str, bytes]) -> Room:
        """Room for a study of these parts: more than any table needs that `frames` has written."""
        return cls(_ROOM_FOR_ANY + _GROWTH * sum(map(len, parts.values())))

    def take(self, size: int) -> None:
        """Take some of it; UnreadableFileError where it is not there."""
        self._left -= size
        if self._left < 0:
            raise damaged()


_ROOM_FOR_ANY = 1_000_000
_GROWTH = 50
