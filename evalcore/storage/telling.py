"""The running order, the workshops held and the report's own words, as plain values."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evalcore.storage.checked import damaged, listed, record, stamp, text, texts, whole
from evalcore.telling import (
    ANSWERS,
    Comment,
    Expectation,
    Reactions,
    ReportText,
    Screen,
    Shown,
    Tally,
    Telling,
    Workshop,
)
from evalcore.telling.checking import telling_problems

SAID, LOGO = "said", "logo"
_SCREEN = ("finding", "made_from", "message", "question", "notes")
_SHOWN_TEXTS = ("finding", "title", "sentence", "digest", "follow_up")
_REACTIONS = ("typed", "sent")
_WORKSHOP_TEXTS = ("name", "fingerprint")
_WORKSHOP_TIMES = ("began_at", "ended_at")
_REPORT_TEXTS = ("title", "authors", "organisation")


def telling_record(telling: Telling) -> dict[str, Any]:
    """Return what is told of a study as plain values, the logo beside the rest: it is large, and seldom another one.

    Nothing where there is nothing but the usual running order and the usual report.

    >>> telling_record(Telling())
    {}
    >>> telling_record(Telling().with_report(ReportText(title="Pilot")))["said"]["report"]["title"]
    'Pilot'
    """
    if telling == Telling():
        return {}
    logo, said = telling.report.logo, all_but_the_logo(telling)
    return {SAID: said, LOGO: base64.b64encode(logo).decode()} if logo else {SAID: said}


def all_but_the_logo(telling: Telling) -> dict[str, Any]:
    """Return what is told of a study as plain values, without the logo.

    >>> all_but_the_logo(Telling())["workshops"]
    []
    """
    return {
        "order": None if telling.order is None else [_of_screen(screen) for screen in telling.order],
        "workshops": [_of_workshop(workshop) for workshop in telling.workshops],
        "report": _of_report(telling.report),
    }


def _of_screen(screen: Screen) -> list[str]:
    return [getattr(screen, name) for name in _SCREEN]


def _of_workshop(workshop: Workshop) -> dict[str, Any]:
    words = {name: getattr(workshop, name) for name in (*_WORKSHOP_TEXTS, *_WORKSHOP_TIMES)}
    return {**words, "shown": [_of_shown(shown) for shown in workshop.shown]}


def _of_shown(shown: Shown) -> dict[str, Any]:
    expected = shown.expectation
    return {
        **{name: getattr(shown, name) for name in _SHOWN_TEXTS},
        "expectation": None if expected is None else [expected.direction, _size(expected.matters)],
        **{name: _of_reactions(getattr(shown, name)) for name in _REACTIONS},
    }


def _of_reactions(reactions: Reactions) -> list[Any]:
    tallies = [[tally.group, *(getattr(tally, name) for name in ANSWERS)] for tally in reactions.tallies]
    return [tallies, [[comment.group, comment.text] for comment in reactions.comments]]


def _size(matters: float | None) -> float | None:
    return None if matters is None else float(matters)


def _of_report(report: ReportText) -> dict[str, Any]:
    words = {name: getattr(report, name) for name in _REPORT_TEXTS}
    return {**words, "left_out": list(report.left_out), "own": [list(pair) for pair in report.own]}


def read_telling(value: Mapping[str, Any]) -> Telling:
    """Build again what `telling_record` wrote; UnreadableFileError where it could not have been kept here.

    >>> read_telling({})
    Telling(order=None, workshops=(), report=ReportText())
    """
    if not value:
        return Telling()
    said = record(value[SAID], "order", "workshops", "report")
    order = None if said["order"] is None else tuple(_screen(each) for each in listed(said["order"]))
    report = _report(said["report"])
    if LOGO in value:
        report = replace(report, logo=_logo(value[LOGO]))
    telling = Telling(order, tuple(_workshop(each) for each in listed(said["workshops"])), report)
    if telling == Telling() or telling_problems(telling):
        raise damaged()
    return telling


def _screen(value: Any) -> Screen:
    found = texts(value)
    if len(found) != len(_SCREEN):
        raise damaged()
    return Screen(**dict(zip(_SCREEN, found, strict=True)))


def _workshop(value: Any) -> Workshop:
    said = record(value, *_WORKSHOP_TEXTS, *_WORKSHOP_TIMES, "shown")
    times = {name: stamp(said[name]) for name in _WORKSHOP_TIMES}
    shown = tuple(_shown(each) for each in listed(said["shown"]))
    return Workshop(**{name: text(said[name]) for name in _WORKSHOP_TEXTS}, **times, shown=shown)


def _shown(value: Any) -> Shown:
    said = record(value, *_SHOWN_TEXTS, "expectation", *_REACTIONS)
    expectation = None if said["expectation"] is None else _expectation(*listed(said["expectation"], 2))
    finding, title, sentence, digest, follow_up = (text(said[name]) for name in _SHOWN_TEXTS)
    typed, sent = (_reactions(*listed(said[name], 2)) for name in _REACTIONS)
    return Shown(finding, title, sentence, digest, expectation, typed, sent, follow_up)


def _reactions(tallies: Any, comments: Any) -> Reactions:
    return Reactions(
        tuple(_tally(*listed(each, 1 + len(ANSWERS))) for each in listed(tallies)),
        tuple(Comment(*map(text, listed(each, 2))) for each in listed(comments)),
    )


def _tally(group: Any, *counts: Any) -> Tally:
    return Tally(text(group), **{name: whole(n) for name, n in zip(ANSWERS, counts, strict=True)})


def _expectation(direction: Any, matters: Any) -> Expectation:
    if matters is not None and type(matters) is not float:
        raise damaged()
    return Expectation(text(direction), matters)


def _report(value: Any) -> ReportText:
    said = record(value, *_REPORT_TEXTS, "left_out", "own")
    title, authors, organisation = (text(said[name]) for name in _REPORT_TEXTS)
    own = tuple((text(section), text(typed)) for section, typed in (listed(each, 2) for each in listed(said["own"])))
    return ReportText(title, authors, organisation, left_out=texts(said["left_out"]), own=own)


def _logo(value: Any) -> bytes:
    """The bytes of a logo, from the one text that is written for them; never an empty one."""
    written = text(value).encode()
    try:
        found = base64.b64decode(written, validate=True)
    except binascii.Error:
        raise damaged() from None
    if not found or base64.b64encode(found) != written:
        raise damaged()
    return found
