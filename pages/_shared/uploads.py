"""The files that a person hands in: what became of each, and the readings that wait for an answer.

What waits belongs to the study, so that it is kept with it; what the uploader shows belongs to the session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from evalcore.intake import Intake
from pages._shared import state

_REMARKS, _KEY, _CAME_WITH = "remarks", "pseudonym_key", "came_with"


@dataclass(frozen=True, eq=False)
class Upload:
    """What became of one uploaded file; a workbook may have given several tables.

    `message` says why it could not be read. `given` names the files of the study that came of it.
    """

    name: str
    message: str = ""
    given: tuple[str, ...] = ()

    def emptied(self) -> Upload:
        """The upload of a file that is known, but gave nothing to the study that is open now."""
        return Upload(self.name)


@dataclass(frozen=True, eq=False)
class Entry:
    """One reading, and whether it waits outside the study's tables: it needs an answer, or nothing in it is known.

    `put` takes another reading of a file that is no part of the study at all.
    """

    intake: Intake
    waits: bool = False
    put: Callable[[Intake], None] | None = None

    @property
    def key(self) -> str:
        """A name for the controls that belong to this reading."""
        raw = self.intake.raw
        place = raw.digest[:12] if self.waits and raw is not None else ""
        return f"{place} {self.intake.name}"


@dataclass(frozen=True)
class Remark:
    """What a session knows about one file, however it is read.

    `like` is the file whose choices were applied to it; `alone`: that was taken back. `key` replaces its identifiers.
    """

    like: str = ""
    alone: bool = False
    key: str = ""


def uploads() -> dict[str, Upload]:
    """Return what became of each file that this session has taken in, by the uploader's file identifier."""
    found: dict[str, Upload] = state.held(state.UPLOADS, {})
    return found


def note_upload(file_id: str, upload: Upload) -> None:
    """Remember what became of a file, so that it is not read again on the next run."""
    state.hold(state.UPLOADS, {**uploads(), file_id: upload})


def new_uploads(file_ids: Iterable[str]) -> list[str]:
    """Return those of the uploader's files that have not been taken in."""
    known = uploads()
    return [file_id for file_id in file_ids if file_id not in known]


def take_in(file_id: str, name: str, intakes: Iterable[Intake]) -> None:
    """Put what one uploaded file gave into the study; a reading without a row waits outside its tables."""
    note_upload(file_id, Upload(name))
    for intake in intakes:
        state.hold(_CAME_WITH, {**state.held(_CAME_WITH, {}), _place(intake): file_id})
        if len(intake.table):
            _add(intake)
        else:
            _wait(intake)


def _add(intake: Intake) -> None:
    """Add a reading to the study and remember for its upload what it is called there."""
    given = state.add(intake)
    file_id = state.held(_CAME_WITH, {}).get(_place(intake), "")
    if file_id in uploads():
        upload = uploads()[file_id]
        note_upload(file_id, replace(upload, given=(*upload.given, given)))


def _wait(intake: Intake) -> None:
    """Let a reading wait; one that waits already is not asked about twice.

    One whose identifiers are to be replaced, but whose column of identifiers is not known yet, is never written.
    """
    waiting = state.study().waiting
    if remark(intake).key:
        state.hold(state.UNREPLACED, state.held(state.UNREPLACED, frozenset()) | {intake.digest})
    if all(other.digest != intake.digest for other in waiting):
        state.replace(state.study().beside(waiting=(*waiting, intake)))


def entries() -> list[Entry]:
    """Return every reading: those that wait first, then the files of the study."""
    study = state.study()
    return [Entry(intake, waits=True) for intake in study.waiting] + [Entry(intake) for intake in study.intakes]


def put(entry: Entry, intake: Intake) -> None:
    """Put another reading of the same file in the place of one; one that waited goes in as soon as it has a row.

    A file of the study stays there even when nothing in it can be used any more, and that is said.
    """
    study = state.study()
    if entry.put is not None:
        entry.put(intake)
    elif not entry.waits:
        state.replace(study.replaced(entry.intake.name, intake))
        if len(entry.intake.table) and not len(intake.table):
            state.say(f"Nothing in {entry.intake.name} can be used as it is read now. See below how it was read.")
    elif len(intake.table):
        leave_out(entry)
        _add(intake)
    else:
        leave_out(entry)
        _wait(intake)


def leave_out(entry: Entry) -> None:
    """Forget a reading that waits."""
    study = state.study()
    state.replace(study.beside(waiting=tuple(one for one in study.waiting if one is not entry.intake)))


def remark(intake: Intake) -> Remark:
    """Return what this session knows about a file, however it is read."""
    found: Remark = state.held(_REMARKS, {}).get(_place(intake), Remark())
    return found


def note_remark(intake: Intake, found: Remark) -> None:
    """Remember something about a file."""
    state.hold(_REMARKS, {**state.held(_REMARKS, {}), _place(intake): found})


def _place(intake: Intake) -> tuple[str, str]:
    """What stays the same of a file from one reading to the next."""
    return (intake.raw.digest, intake.raw.name) if intake.raw is not None else (intake.digest, intake.name)


def pseudonym_key() -> str:
    """Return the key by which identifiers are replaced; empty where they are not. It lives in this session only."""
    return str(state.held(_KEY, ""))


def set_pseudonym_key(key: str) -> None:
    """Replace identifiers by codes made with this key from now on; empty stops it."""
    state.hold(_KEY, key)
