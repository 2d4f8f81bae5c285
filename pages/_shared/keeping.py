"""How the study that is open is kept on this machine: saved after each change, and held against other windows.

Nothing here knows the session: `state` hands in what is kept and takes back what became of it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from evalcore import Study
from evalcore.errors import SavedElsewhereError, StorageError
from pages._shared import cache

CHANGED_THERE = "This study was changed in another window. You see what was saved there last."
GONE = "This study is not kept any more: it was deleted, or its folder is gone. What you see here is still whole."
UNKNOWN = "The link leads to a study that is not kept on this machine."


@dataclass(frozen=True)
class Kept:
    """A study that is kept: which, and the version that is open here.

    `exports` and `withdrawals` are how many were on record when last looked at; `saved_at` when it was saved from here;
    `trouble` says why the last change is not saved; `newest` is the version that another window saved meanwhile, and
    beside which nothing is saved until a person says how. 0: there is none.
    """

    study_id: str
    version: int
    exports: int = 0
    withdrawals: int = 0
    saved_at: str = ""
    trouble: str = ""
    newest: int = 0


def delete_overdue(today: date) -> int:
    """Delete the studies whose time is over, and return how many they were."""
    return cache.store().delete_overdue(today)


def remember_view(kept: Kept, view: Mapping[str, str]) -> None:
    """Keep the view with the study, while the page is drawn; where that fails nothing is said: the address holds it."""
    place = cache.store()

    def save() -> None:
        with suppress(StorageError):
            place.save_view(kept.study_id, view)

    threading.Thread(target=save, name="view", daemon=True).start()


def begin(study: Study, at: str) -> Kept:
    """Keep a study from now on."""
    study_id = cache.store().keep(study, at=at)
    return _as_it_stands(Kept(study_id, 1, saved_at=at))


def view(study_id: str) -> dict[str, str]:
    """Return the view in which a study was left."""
    return cache.store().view(study_id)


def opened(study_id: str) -> tuple[Kept, Study]:
    """Return a study that is kept, as it was saved last."""
    study = cache.store().open(study_id)
    head = cache.store().head(study_id)
    return Kept(study_id, head.version, head.exports, head.withdrawals), study


def saved(kept: Kept, study: Study, at: str) -> Kept:
    """Save a study; nothing is lost where that fails, and another window's version is never passed over."""
    if kept.newest:
        return kept
    try:
        version = cache.store().save(kept.study_id, study, after=kept.version, at=at)
        return _as_it_stands(replace(kept, version=version, saved_at=at, trouble=""))
    except SavedElsewhereError as problem:
        return replace(kept, newest=problem.newest)
    except StorageError as problem:
        return replace(kept, trouble=str(problem))


def on_top(kept: Kept, study: Study, at: str) -> Kept:
    """Save a study after the version that another window saved, which stays in the list of versions."""
    return saved(replace(kept, version=kept.newest, newest=0), study, at)


def as_copy(kept: Kept, study: Study, at: str) -> Kept:
    """Save a study as one of its own beside the one that another window changed."""
    study_id = cache.store().copy(kept.study_id, f"{study.name} (copy)", at=at)
    head = cache.store().head(study_id)
    return saved(Kept(study_id, head.version, withdrawals=head.withdrawals), study.renamed(f"{study.name} (copy)"), at)


def is_behind(kept: Kept) -> bool | None:
    """Whether another window saved something that is not seen here; None where the study is not kept any more."""
    if kept.newest or kept.trouble:
        return False
    try:
        head = cache.store().head(kept.study_id)
    except StorageError:
        return None if is_gone(kept.study_id) else False
    return (head.version, head.exports, head.withdrawals) != (kept.version, kept.exports, kept.withdrawals)


def is_gone(study_id: str) -> bool:
    """Whether no study of this name is kept here; False where that can not be seen."""
    try:
        return study_id not in {entry.study_id for entry in cache.store().entries()}
    except StorageError:
        return False


def _as_it_stands(kept: Kept) -> Kept:
    head = cache.store().head(kept.study_id)
    return replace(kept, exports=head.exports, withdrawals=head.withdrawals)
