"""A caseload that is counted where it lies: what is being looked at, and the counting that goes on beside the page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from evalcore import Study
from evalcore.intake import Intake
from evalcore.profile.counting import columnar_copy, count_caseload, is_copy_of, look_at, spellings
from evalcore.wording import count
from pages._shared import state
from pages._shared.components import attempted
from pages._shared.uploads import Entry

_FAILED = "The file could not be counted. What is open is as it was. Try again, or save the file as CSV first."


@dataclass(frozen=True, eq=False)
class Look:
    """A file on this machine, and its first rows as they are read."""

    path: Path
    intake: Intake
    counted: bool = False

    @property
    def entry(self) -> Entry:
        """The reading of the first rows, to be checked and corrected as that of an upload."""
        return Entry(self.intake, waits=True, put=take_reading)


@dataclass(eq=False)
class Job:
    """Something that goes on beside the page: how far it is, what it says, and what came of it."""

    work: Callable[[Job], None]
    done: float = 0.0
    words: str = "Opening the file"
    message: str = ""
    found: Intake | None = None
    _asked_to_stop: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> Job:
        """Begin, in a thread of its own: it knows nothing of the session."""
        threading.Thread(target=self._run, name="caseload", daemon=True).start()
        return self

    def _run(self) -> None:
        self.message = attempted(lambda: self.work(self), _FAILED)
        self._ended.set()

    def note(self, done: float, words: str) -> None:
        """Note how far it is, from 0 to 1."""
        self.done, self.words = min(max(done, 0.0), 1.0), words

    def stop(self) -> None:
        """Ask it to stop."""
        self._asked_to_stop.set()

    def is_stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._asked_to_stop.is_set()

    def is_over(self) -> bool:
        """Whether nothing goes on any more."""
        return self._ended.is_set()


def look() -> Look | None:
    """Return what is being looked at."""
    found: Look | None = state.held(state.LOOKED_AT)
    return found


def begin(path: str) -> None:
    """Look at the first rows of a file."""
    place = Path(path.strip().strip("\"'")).expanduser()
    state.hold(state.LOOKED_AT, Look(place, look_at(place)))


def take_reading(intake: Intake) -> None:
    """Put another reading of the first rows in the place of one."""
    found = look()
    if found is not None:
        state.hold(state.LOOKED_AT, replace(found, intake=intake))


def leave() -> None:
    """Forget what was looked at."""
    state.hold(state.LOOKED_AT, None)


def job() -> Job | None:
    """Return what goes on beside the page, or is over and not yet taken in."""
    found: Job | None = state.held(state.COUNTING)
    return found


def start_counting() -> None:
    """Count the file that is looked at, without the people of the study's case files."""
    found = look()
    if found is None:
        return
    study = Study.empty() if state.is_sample() else state.study()
    path = _copy_of(found.path) if _has_copy(found.path) else found.path
    choices = found.intake.choices

    def work(at: Job) -> None:
        counts = count_caseload(
            path,
            study.cases,
            mapping=choices.mapping,
            codes=choices.codes,
            spelled=spellings(study),
            progress=at.note,
            stop=at.is_stopped,
        )
        at.found = replace(counts, name=found.path.name).as_intake()

    state.hold(state.COUNTING, Job(work).start())


def start_copying() -> None:
    """Leave a columnar copy beside the file that was counted."""
    found = look()
    if found is not None:
        path, mapping = found.path, found.intake.choices.mapping

        def work(at: Job) -> None:
            columnar_copy(path, _copy_of(path), mapping=mapping, progress=at.note, stop=at.is_stopped)

        state.hold(state.COUNTING, Job(work).start())


def may_copy(found: Look) -> bool:
    """Whether a copy can be left beside a file: it is none itself, and none that belongs to it is there."""
    return found.path.suffix.lower() != ".parquet" and not _has_copy(found.path)


def _copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.columns.parquet")


def _has_copy(path: Path) -> bool:
    return is_copy_of(_copy_of(path), path)


def take_in() -> str:
    """Put what was counted into the study in the place of what was counted before; return what went wrong."""
    ended, found = job(), look()
    state.hold(state.COUNTING, None)
    if ended is None or ended.message:
        return "" if ended is None else ended.message
    if ended.found is not None:
        for old in [intake.name for intake in state.study().intakes if intake.counted is not None]:
            state.remove(old)
        state.add(ended.found)
        people = count(int(ended.found.table["people"].iloc[0]), "person", "people")
        state.say(f"The caseload is counted: {people}. Nobody's row of it is kept.")
    if found is not None:
        state.hold(state.LOOKED_AT, replace(found, counted=True))
    return ""
