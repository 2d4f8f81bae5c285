"""What is kept on this machine, as far as it can be read: looked at once for each run of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evalcore.errors import StorageError
from pages._shared import state

if TYPE_CHECKING:
    from evalcore.storage.store import Entry, Version


@dataclass(frozen=True)
class Shelf:
    """The studies that are kept, and the one that is open with its versions, newest first; `trouble` says why not."""

    entries: tuple[Entry, ...] = ()
    entry: Entry | None = None
    versions: tuple[Version, ...] = ()
    trouble: str = ""

    @property
    def open_id(self) -> str:
        """The identifier of the study that is open and kept; empty where there is none."""
        return "" if self.entry is None else self.entry.study_id


def look() -> Shelf:
    """Look at what is kept; where that fails the rest of the page still works."""
    kept = state.kept()
    try:
        store = state.store()
        entries = store.entries()
        entry = next((one for one in entries if kept is not None and one.study_id == kept.study_id), None)
        return Shelf(entries, entry, () if entry is None else store.versions(entry.study_id))
    except StorageError as problem:
        return Shelf(trouble=str(problem))
