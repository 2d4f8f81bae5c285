"""Reading a definition file: typed values out of TOML, with every fault collected before any is reported."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.rules.source import STANDINGS, Source


class Definition:
    """One table of a definition file.

    A value that is absent or of the wrong type is noted in `problems` (shared with the tables inside) and stands in as
    an empty one, so that reading goes on and all faults of a file are reported at once.
    """

    def __init__(self, table: Mapping[str, Any], where: str = "", problems: list[str] | None = None) -> None:
        self._table = table
        self._where = where
        self._read: set[str] = set()
        self._inside: list[Definition] = []
        self.problems: list[str] = [] if problems is None else problems

    @classmethod
    def from_file(cls, path: Path) -> Definition:
        """Parse a TOML file; DefinitionError where it is not TOML."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DefinitionError(path.name, (f"it is not valid TOML: {error}",)) from error

    def problem(self, key: str, text: str) -> None:
        """Note a fault of the value called `key`."""
        place = f"{self._where}.{key}" if self._where and key else self._where or key
        self.problems.append(f"{place} {text}")

    def _take(self, key: str, kinds: type | tuple[type, ...], wanted: str, default: Any) -> Any:
        self._read.add(key)
        if key not in self._table:
            if default is None:
                self.problem(key, "is missing")
            return default
        value = self._table[key]
        is_flag = isinstance(value, bool)
        if not isinstance(value, kinds) or (is_flag and kinds is not bool):
            self.problem(key, f"must be {wanted}")
            return default
        return value

    def text(self, key: str, default: str | None = None, *, allowed: Collection[str] = ()) -> str:
        """Read a text that is not blank; `allowed` lists the only texts there may be."""
        value = self._take(key, str, "a text", default)
        if value is None or value is default:
            return default or ""
        if not value.strip():
            self.problem(key, "is empty")
        elif allowed and value not in allowed:
            self.problem(key, f"must be one of: {', '.join(allowed)}")
        return str(value)

    def number(self, key: str) -> float:
        """Read a finite number; NaN stands in for a faulty one."""
        value = self._take(key, (int, float), "a number", None)
        if value is None:
            return math.nan
        if not math.isfinite(value):
            self.problem(key, "must be a finite number")
        return float(value)

    def optional_number(self, key: str) -> float | None:
        """Read a finite number that may be absent."""
        return self.number(key) if self.has(key) else None

    def number_or_blank(self, key: str) -> float | None:
        """Read a finite number, or None where `nan` is written: TOML has no other way to say "no value"."""
        value = self._table.get(key)
        if isinstance(value, float) and math.isnan(value):
            self._read.add(key)
            return None
        return self.number(key)

    def integer(self, key: str) -> int:
        """Read a whole number; 0 stands in for a faulty one."""
        value = self._take(key, int, "a whole number", None)
        return int(value) if value is not None else 0

    def optional_integer(self, key: str) -> int | None:
        """Read a whole number that may be absent."""
        return self.integer(key) if self.has(key) else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Read true or false."""
        return bool(self._take(key, bool, "true or false", default))

    def values(self, key: str, default: list[Any] | None = None) -> list[Any]:
        """Read a list as it stands; the caller checks what is in it."""
        value = self._take(key, list, "a list", default)
        return [] if value is None else list(value)

    def texts(self, key: str, default: list[Any] | None = None) -> tuple[str, ...]:
        """Read a list of texts that are not blank."""
        values = self.values(key, default)
        if not all(isinstance(value, str) and value.strip() for value in values):
            self.problem(key, "must be a list of texts, none empty")
            return ()
        return tuple(values)

    def word_sets(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Read a list of lists of texts."""
        values = self.values(key, [])
        if not all(
            isinstance(words, list) and words and all(isinstance(w, str) and w for w in words) for words in values
        ):
            self.problem(key, "must be a list of lists of words, none empty")
            return ()
        return tuple(tuple(words) for words in values)

    def table(self, key: str) -> Definition:
        """Read a table inside this one; an empty one stands in for a faulty one."""
        value = self._take(key, dict, "a table", None)
        return self._enter({} if value is None else value, key)

    def tables(self, key: str, *, named_by: str, required: bool = False) -> list[Definition]:
        """Read a list of tables; each is called by its value of `named_by` in the problems."""
        values = self.values(key, None if required else [])
        if not all(isinstance(value, dict) for value in values):
            self.problem(key, "must be a list of tables")
            return []
        if required and not values and key in self._table:
            self.problem(key, "is empty")
        for name, times in Counter(str(value.get(named_by)) for value in values).items():
            if times > 1:
                self.problem(key, f"has {times} entries called {name}")
        return [self._enter(value, f"{key}[{value.get(named_by, number)}]") for number, value in enumerate(values, 1)]

    def _enter(self, table: Mapping[str, Any], key: str) -> Definition:
        inside = Definition(table, f"{self._where}.{key}" if self._where else key, self.problems)
        self._inside.append(inside)
        return inside

    def has(self, key: str) -> bool:
        """Whether a value called `key` is given."""
        return key in self._table

    def names(self) -> tuple[str, ...]:
        """Names of all values given, in order."""
        return tuple(self._table)

    def source(self, key: str = "source") -> Source:
        """Read where a value comes from: title, year, place and standing must all be given."""
        if not self.has(key):
            self._read.add(key)
            self.problem(key, "is missing")
            return Source("", "", "", "")
        inside = self.table(key)
        return Source(
            title=inside.text("title"),
            year=inside.text("year"),
            place=inside.text("place"),
            standing=inside.text("standing", allowed=STANDINGS),
            qualifier=inside.text("qualifier", ""),
            url=inside.text("url", ""),
        )

    def finish(self, file: str) -> None:
        """Raise DefinitionError with every fault found; a name that nothing reads (a misspelling) is one too."""
        self._note_unread()
        if self.problems:
            raise DefinitionError(file, tuple(self.problems))

    def _note_unread(self) -> None:
        for key in self._table:
            if key not in self._read:
                self.problem(key, "is not known here")
        for inside in self._inside:
            inside._note_unread()


class Named(Protocol):
    """Whatever is defined by a file of its own."""

    @property
    def id(self) -> str:
        """Fixed identifier: the file's name without its ending."""


Made = TypeVar("Made", bound=Named)


def names_in(directory: Path) -> list[str]:
    """Identifiers of what a folder defines, sorted."""
    return sorted(path.stem for path in directory.glob("*.toml"))


def read_named(directory: Path, name: str, what: str, make: Callable[[Definition], Made]) -> Made:
    """Read the definition file of `name`, a `what` ("band scheme"), and make it with `make`.

    UnknownNameError lists those that exist; DefinitionError holds all faults of the file.
    """
    known = names_in(directory)
    if name not in known:
        raise UnknownNameError(f"There is no {what} {name!r}. There are: {', '.join(known)}.")
    path = directory / f"{name}.toml"
    definition = Definition.from_file(path)
    made = make(definition)
    if made.id not in ("", name):
        definition.problem("id", f"must be the file's name, {name}")
    definition.finish(path.name)
    return made
