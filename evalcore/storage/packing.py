"""A study as named parts of JSON, and back: what the study file and the database both keep."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd

from evalcore.disclosure.changed import records_problems
from evalcore.errors import StorageError, UnreadableFileError
from evalcore.intake.intake import Intake
from evalcore.intake.native import KINDS, native_columns
from evalcore.storage.checked import (
    Room,
    damaged,
    listed,
    newer,
    not_made_here,
    part_of,
    record,
    text,
    texts,
    whole,
    written,
)
from evalcore.storage.intakes import intake_parts, read_intake
from evalcore.storage.records import (
    counts_record,
    decision_records,
    exports_record,
    override_records,
    plan_record,
    read_counts,
    read_decisions,
    read_exports,
    read_overrides,
    read_plan_record,
    read_rivals,
    read_thresholds,
    rival_records,
    threshold_records,
)
from evalcore.storage.telling import LOGO, SAID, read_telling, telling_record
from evalcore.study import Study
from evalcore.telling import ReportText

FORMAT = 3
"""Version of the form in which a study is kept; raised when an older release could not read it any more.

2: a study may hold a caseload that is known as counts.
3: a study may hold what is told of it: the running order, the workshops held, the report's own words.
"""

SOFTWARE = "0.1.0"
"""Version of this dashboard, as `pyproject.toml` has it."""

# A fingerprint is made over the native columns, and by pandas: with others of either it may come out differently.
_COLUMNS = sha256(repr([native_columns(kind) for kind in KINDS]).encode()).hexdigest()[:8]
_WRITTEN_BY = f"{SOFTWARE}, columns {_COLUMNS}, pandas {pd.__version__}"
STUDY, EXPORTS = "study.json", "exports.json"
DIFFERS = (
    "This study was saved by another version of this dashboard, which put its files together differently:"
    " numbers may differ from those that were shown when it was saved."
)
_NOT_BACK = (
    "A part of this study could not be read back as it is, so it was not kept. What is open is as it was:"
    " look at the file that was added last, and at what was typed last."
)
FILES, _WAITING = "files", "waiting"
_TELLING = "telling"
_TOLD: tuple[list[str], ...] = ([], [f"{_TELLING}/{SAID}.json"], [f"{_TELLING}/{SAID}.json", f"{_TELLING}/{LOGO}.json"])
_WITH_TELLING = 3  # the first format that knows it
_MOST_FILES = 1_000
_QUICK = 6  # how hard zlib tries
_FIELDS = ("name", "fingerprint", "decisions", "plan", "rivals", "notes", "taken_out", "withdrawn", "thresholds")
_MORE = ("overrides", "files", "waiting")


@dataclass(frozen=True, repr=False)
class Part:
    """One part of a study: `digest` (SHA-256, hexadecimal) and `size` of its plain bytes; `packed` is them in zlib."""

    name: str
    digest: str
    size: int
    packed: bytes

    @classmethod
    def of(cls, name: str, plain: bytes) -> Part:
        """Pack the bytes of one part.

        >>> Part.of("study.json", b"{}").size
        2
        """
        return cls(name, sha256(plain).hexdigest(), len(plain), zlib.compress(plain, _QUICK))

    def plain(self) -> bytes:
        """Return the bytes as they were.

        >>> Part.of("study.json", b"{}").plain()
        b'{}'
        """
        return zlib.decompress(self.packed)

    def __repr__(self) -> str:
        """Name and size only."""
        return f"Part({self.name!r}, {self.size} bytes)"


_known: WeakKeyDictionary[Intake, tuple[Part, ...]] = WeakKeyDictionary()
_logos: WeakKeyDictionary[ReportText, Part] = WeakKeyDictionary()


def pack(study: Study) -> tuple[Part, ...]:
    """Return a study as parts, the same ones for the same study.

    The parts of a file are made once, as long as it is in memory. Cells of columns that were left out because they look
    personal are in none of them.

    Parameters
    ----------
    study : Study

    Returns
    -------
    tuple of Part
        `study.json`, `exports.json`, then `files/<k>/*.json`, `telling/*.json` where there is something to tell, and
        `waiting/<k>/*.json`.

    Raises
    ------
    StorageError
        If a part of it can not be written down, or could not be read back.

    Examples
    --------
    >>> [part.name for part in pack(Study.empty())]
    ['study.json', 'exports.json']
    """
    told = {f"{_TELLING}/{name}.json": value for name, value in telling_record(study.telling).items()}
    said: dict[str, Any] = {
        "format": FORMAT,
        "software": _WRITTEN_BY,
        "name": study.name,
        "fingerprint": study.fingerprint,
        "decisions": decision_records(study.decisions),
        "plan": plan_record(study.plan),
        "rivals": rival_records(study.rivals),
        "notes": list(study.notes),
        "taken_out": counts_record(study.taken_out),
        "withdrawn": counts_record(study.withdrawn),
        "thresholds": threshold_records(study.thresholds),
        "overrides": override_records(study.overrides),
        "files": _folders(FILES, study.intakes),
        "waiting": _folders(_WAITING, study.waiting),
        "telling": list(told),
    }
    left = exports_record(study.exports)
    _must_come_back(study, said, left, told)
    return (
        Part.of(STUDY, written(said)),
        Part.of(EXPORTS, written(left)),
        *_parts_in(said["files"], study.intakes),
        *(_told_part(study, name, value) for name, value in told.items()),
        *_parts_in(said["waiting"], study.waiting),
    )


def _parts_in(folders: Iterable[str], intakes: Iterable[Intake]) -> Iterator[Part]:
    for folder, intake in zip(folders, intakes, strict=True):
        yield from (replace(one, name=f"{folder}/{one.name}") for one in _parts_of(intake))


def _told_part(study: Study, name: str, value: Any) -> Part:
    """A part of what is told; a logo is large, and packed once as long as the report's words are in memory."""
    if name != _TOLD[-1][-1]:
        return Part.of(name, written(value))
    found = _logos.get(study.telling.report)
    if found is None:
        found = _logos[study.telling.report] = Part.of(name, written(value))
    return found


def _must_come_back(study: Study, said: dict[str, Any], left: dict[str, Any], told: Mapping[str, Any]) -> None:
    """Nothing counts as kept that could not be opened again."""
    try:
        same = all(getattr(study, name) == value for name, value in _attributes(said, left, told).items())
    except UnreadableFileError:
        same = False
    if not same:
        raise StorageError(_NOT_BACK)


def _folders(name: str, intakes: tuple[Intake, ...]) -> list[str]:
    return [f"{name}/{number}" for number in range(len(intakes))]


def _parts_of(intake: Intake) -> tuple[Part, ...]:
    found = _known.get(intake)
    if found is None:
        plain = dict(intake_parts(intake))
        try:
            back = read_intake(plain, Room.for_parts(plain))
        except UnreadableFileError:
            raise StorageError(_NOT_BACK) from None
        if back.table_hash != intake.table_hash:
            raise StorageError(_NOT_BACK)
        found = _known[intake] = tuple(Part.of(name, data) for name, data in plain.items())
    return found


def unpack(parts: Mapping[str, bytes], known: Mapping[str, Intake] | None = None) -> Study:
    """Build a study from the plain bytes of its parts.

    Parameters
    ----------
    parts : mapping of str to bytes
        All parts of one study by their names, and nothing else.
    known : mapping of str to Intake, optional
        Files by their folder that were built from the same bytes before: they are not built again.

    Returns
    -------
    Study
        Equal to the one that was packed. Where another version of the software wrote it, and its tables come out
        differently now, its notes say so.

    Raises
    ------
    UnreadableFileError
        If anything is not as it must be, a threshold or an exception stands there that could not have been recorded
        here, or a newer version of the software wrote it.

    Examples
    --------
    >>> study = Study.empty("Pilot")
    >>> unpack({part.name: part.plain() for part in pack(study)}).name
    'Pilot'
    """
    said = _checked_study(part_of(parts, STUDY))
    files, waiting = _read_folders(said["files"], FILES), _read_folders(said["waiting"], _WAITING)
    inside = _by_folder(parts, (*files, *waiting), said["telling"])
    told = {name: part_of(parts, name) for name in said["telling"]}
    room, there = Room.for_parts(parts), known or {}
    intakes = {folder: there.get(folder) or read_intake(inside[folder], room) for folder in (*files, *waiting)}
    if len({intakes[folder].name for folder in files}) != len(files):
        raise damaged()
    study = Study.of(
        text(said["name"]),
        (intakes[folder] for folder in files),
        waiting=tuple(intakes[folder] for folder in waiting),
        **_attributes(said, part_of(parts, EXPORTS), told),
    )
    if study.fingerprint == said["fingerprint"]:
        return study
    if said["software"] == _WRITTEN_BY:
        raise damaged()
    return study if DIFFERS in study.notes else study.beside(notes=(*study.notes, DIFFERS))


def _attributes(said: dict[str, Any], left: Any, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a person decided and recorded, by the name of the study's attribute."""
    thresholds, overrides = read_thresholds(said["thresholds"]), read_overrides(said["overrides"])
    problems = records_problems(thresholds, overrides)
    if problems:
        raise not_made_here(problems)
    return {
        "decisions": read_decisions(said["decisions"]),
        "plan": read_plan_record(said["plan"]),
        "rivals": read_rivals(said["rivals"]),
        "notes": texts(said["notes"]),
        "taken_out": read_counts(said["taken_out"]),
        "withdrawn": read_counts(said["withdrawn"]),
        "thresholds": thresholds,
        "overrides": overrides,
        "exports": read_exports(left),
        "telling": read_telling(dict(zip((SAID, LOGO), told.values(), strict=False))),
    }


def _checked_study(value: Any) -> dict[str, Any]:
    """What `study.json` says, once it is known that this release can read it."""
    version = whole(value.get("format") if isinstance(value, dict) else None, 1)
    if version > FORMAT:
        raise newer()
    with_telling = version >= _WITH_TELLING
    said = record(value, "format", "software", *_FIELDS, *_MORE, *(["telling"] if with_telling else []))
    text(said["software"])
    text(said["fingerprint"])
    told = said["telling"] if with_telling else []
    if told not in _TOLD:
        raise damaged()
    return {**said, "telling": told}


def _read_folders(value: Any, name: str) -> list[str]:
    found = listed(value)
    if len(found) > _MOST_FILES or found != [f"{name}/{number}" for number in range(len(found))]:
        raise damaged()
    return found


def _by_folder(
    parts: Mapping[str, bytes], folders: tuple[str, ...], told: Collection[str]
) -> dict[str, dict[str, bytes]]:
    """The parts of each folder; every part but the first two, and those that are told, is in one of them."""
    inside: dict[str, dict[str, bytes]] = {folder: {} for folder in folders}
    for name, plain in parts.items():
        folder, _, inner = name.rpartition("/")
        if folder in inside:
            inside[folder][inner] = plain
        elif name not in (STUDY, EXPORTS, *told):
            raise damaged()
    return inside
