"""Reactions from phones: off until a person switches them on, and gone with the workshop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evalcore.reporting.model import Exhibit
from evalcore.telling import Reactions, Workshop
from pages._shared import cache, telling

if TYPE_CHECKING:
    from evalcore.phones import Room

_MANY = 5
"""So many new answers are kept at once while a question is open; the rest when the presenter goes on."""


def room() -> Room | None:
    """Return what takes reactions from phones in the workshop that goes on; None where phones are off."""
    workshop = telling.held().now_on
    found = None if workshop is None else cache.rooms().get(_key(workshop))
    return found if found is not None and found.is_open else None


def _key(workshop: Workshop) -> str:
    return f"{workshop.began_at} {workshop.fingerprint}"


def is_open() -> bool:
    """Whether phones can answer now."""
    return room() is not None


def begin() -> None:
    """Start taking reactions; what came from phones earlier stays with what was typed."""
    from evalcore.phones import Room

    workshop = telling.held().now_on
    if workshop is None:
        return
    earlier = tuple(replace(one, typed=one.reactions, sent=Reactions()) for one in workshop.shown)
    telling.record(replace(workshop, shown=earlier))
    cache.rooms()[_key(workshop)] = Room.open()


def close() -> None:
    """Take what was sent last, and end the program."""
    workshop = telling.held().now_on
    found = None if workshop is None else cache.rooms().pop(_key(workshop), None)
    if found is not None and workshop is not None:
        _keep(workshop, found.close())


def ask(exhibit: Exhibit, number: int, *, open_now: bool) -> None:
    """Keep what was sent so far; then ask the phones about this finding, or let them wait."""
    found = room()
    if found is None:
        return
    keep()
    if open_now:
        found.show(exhibit.finding, number, exhibit.title, exhibit.question)
    else:
        found.wait()


def keep(least: int = 1) -> None:
    """Record what was sent, if so many answers or comments are new."""
    workshop, found = telling.held().now_on, room()
    if workshop is not None and found is not None:
        _keep(workshop, found.reactions(), least)


def _keep(workshop: Workshop, sent: dict[str, Reactions], least: int = 1) -> None:
    new = [one for one in workshop.shown if _size(sent.get(one.finding)) >= _size(one.sent) + least]
    changed = [one for one in workshop.shown if least == 1 and sent.get(one.finding, one.sent) != one.sent]
    now = workshop
    for one in changed if least == 1 else new:
        now = now.with_shown(replace(one, sent=sent[one.finding]))
    if now is not workshop:
        telling.record(now)


def _size(reactions: Reactions | None) -> int:
    return 0 if reactions is None else reactions.n


def sent_now(finding: str) -> Reactions:
    """Return what phones have sent about one finding until this moment."""
    found = room()
    return Reactions() if found is None else found.reactions().get(finding, Reactions())


def watch() -> None:
    """Keep what comes in while a question stays open."""
    keep(_MANY)
