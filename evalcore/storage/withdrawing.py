"""Taking a person out of everything that is kept: every version of a study and of its copies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from evalcore.errors import StorageError, UnreadableFileError
from evalcore.intake.intake import Intake
from evalcore.leaving import Export
from evalcore.storage.content import (
    Content,
    checksum_of,
    drop_unused_parts,
    read_version,
    write_parts,
)
from evalcore.storage.failures import STILL_OPEN
from evalcore.storage.left import recorded, write_record_again
from evalcore.storage.packing import FILES, Part, unpack
from evalcore.storage.schema import studies, versions
from evalcore.storage.writing import erasing_is_due, view_of
from evalcore.study import Study
from evalcore.withdrawal import Person, known_as, withdraw
from evalcore.withdrawal.exported import without_people

_GONE = "…"
_DAMAGED = (
    "Version {} of this study, or of a copy of it, is damaged where it is kept, so that nobody can be taken out of it."
    f" Nothing was changed. {STILL_OPEN} Then delete the study and its copies here, open the file, and try again."
)


@dataclass(frozen=True, eq=False, repr=False)
class Cleaned:
    """One version without the person, whether it `held` them; `content` is None where nothing of it changes.

    A version that never held them is written again where its exceptions are bound to people: they were recorded for
    others of the versions, too.
    """

    held: bool
    content: Content | None
    exports: tuple[Export, ...]


@dataclass(eq=False, repr=False)
class Withdrawal:
    """One withdrawal. `prepare` does the slow part before anything is locked; `carry_out` what changed meanwhile, too.

    What was worked out is remembered by the version's checksum: a version that was saved in between is worked out then.
    """

    asked: Person
    known: dict[str, Cleaned] = field(default_factory=dict)
    person: Person | None = None
    record: tuple[Export, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)
    files: dict[tuple[str, ...], Intake] = field(default_factory=dict)

    def prepare(self, connection: Connection, row: Row[Any]) -> None:
        """Work out every version without the person."""
        record = recorded(connection, row.family)
        if record != self.record or self.person is None:
            self.known.clear()
            self.record, self.person = record, None
        for version in _versions(connection, row):
            if version.checksum not in self.known:
                study = self._opened(connection, version)
                self.known[version.checksum] = self._cleaned(study.beside(name=version.name, exports=record))

    def carry_out(self, connection: Connection, row: Row[Any]) -> int:
        """Write what was worked out, in one transaction; return how many versions held the person."""
        self.prepare(connection, row)
        there = list(_versions(connection, row))
        touched = sum(self.known[version.checksum].held for version in there)
        after = self.record
        for version in there:
            cleaned = self.known[version.checksum]
            after = _without_all(after, self.record, cleaned.exports)
            if touched and cleaned.content is not None:
                _write_again(connection, version, cleaned.content)
        if after != self.record:
            write_record_again(connection, row.family, after)
        texts_changed = self._clean_texts(connection, row)
        if touched or texts_changed or after != self.record:
            _close(connection, row)
        return touched

    def _opened(self, connection: Connection, version: Row[Any]) -> Study:
        """The study of a version, with one object for a file that many versions have: it is built and packed once.

        Nobody can be taken out of a version that is damaged.
        """
        try:
            parts = read_version(connection, version)
            of_folder = _digests(version)
            known = {folder: self.files[its] for folder, its in of_folder.items() if its in self.files}
            study = unpack(parts, known)
        except (StorageError, UnreadableFileError):
            raise StorageError(_DAMAGED.format(version.number)) from None
        for number, intake in enumerate(study.intakes):
            self.files[of_folder[f"{FILES}/{number}"]] = intake
        return study

    def _cleaned(self, study: Study) -> Cleaned:
        """The newest version comes first: it says by which identifiers the person goes."""
        if self.person is None:
            self.person = known_as(study, self.asked)
        left = withdraw(study, self.person)
        held_them = left is not study
        left = left.beside(overrides=without_people(left.overrides))
        if not held_them and left.overrides == study.overrides:
            return Cleaned(False, None, study.exports)
        content = Content.of(left)  # a part that many versions share is held once
        held = {name: self.parts.setdefault(part.digest, part) for name, part in content.held.items()}
        return Cleaned(held_them, replace(content, held=held), left.exports)

    def _clean_texts(self, connection: Connection, row: Row[Any]) -> bool:
        """Clear views and notes that hold an identifier; return whether any did."""
        names = _any_of((self.person or self.asked).names)
        changed = False
        for study in _family(connection, row):
            view = {key: value for key, value in view_of(study).items() if not names.search(f"{key} {value}")}
            if json.dumps(view) != study.view:
                connection.execute(update(studies).where(studies.c.id == study.id).values(view=json.dumps(view)))
                changed = True
        for version in _versions(connection, row):
            note = names.sub(_GONE, version.note)
            if note != version.note:
                _change(connection, version, note=note)
                changed = True
        return changed


def _digests(version: Row[Any]) -> dict[str, tuple[str, ...]]:
    """What a version holds of each file, by the file's folder."""
    found: dict[str, tuple[str, ...]] = {}
    for name, digest in sorted(json.loads(version.members).items()):
        folder = name.rpartition("/")[0]
        found[folder] = (*found.get(folder, ()), name.removeprefix(folder), digest)
    return found


def _family(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    """The studies of a family, the one that was asked for first."""
    wanted = select(studies).where(studies.c.family == row.family, studies.c.owner == row.owner)
    found = list(connection.execute(wanted.order_by(studies.c.id)))
    return sorted(found, key=lambda study: study.id != row.id)


def _versions(connection: Connection, row: Row[Any]) -> Iterator[Row[Any]]:
    """Every version of every study of a family; of each study the newest first."""
    for study in _family(connection, row):
        wanted = select(versions).where(versions.c.study == study.id).order_by(versions.c.number.desc())
        yield from list(connection.execute(wanted))


def _write_again(connection: Connection, version: Row[Any], content: Content) -> None:
    """Under the same number, time, words and note."""
    write_parts(connection, version.study, content)
    row = {"size": content.size, "outline": content.outline, "members": content.members}
    row["checksum"] = checksum_of(version.study, version.number, {**version._mapping, **row})
    _change(connection, version, **row)


def _change(connection: Connection, version: Row[Any], **values: Any) -> None:
    here = (versions.c.study == version.study, versions.c.number == version.number)
    connection.execute(update(versions).where(*here).values(**values))


def _close(connection: Connection, row: Row[Any]) -> None:
    """Drop what no version needs, and note that a person was taken out."""
    for study in _family(connection, row):
        drop_unused_parts(connection, study.id)
        more = studies.c.withdrawals + 1
        connection.execute(update(studies).where(studies.c.id == study.id).values(withdrawals=more))
    erasing_is_due(connection)


def _without_all(after: Iterable[Export], before: Iterable[Export], cleaned: Iterable[Export]) -> tuple[Export, ...]:
    """The record with everybody replaced, too, whom one more version reads as the person."""
    return tuple(_without(*three) for three in zip(after, before, cleaned, strict=True))


def _without(one: Export, was: Export, now: Export) -> Export:
    groups = zip(one.groups, was.groups, now.groups, strict=True)
    return replace(one, groups=tuple((o[0], _left(o[1], w[1], n[1])) for o, w, n in groups))


def _left(one: frozenset[str], was: frozenset[str], now: frozenset[str]) -> frozenset[str]:
    """Who stands in both, and the token of one of them: the person counts once."""
    return (one & now) | ((one - was) or (now - was))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds one of some identifiers, whole, whatever its case."""
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
