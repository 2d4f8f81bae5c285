"""Whether a running order, the record of workshops and the report's own words can be kept as they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from evalcore.plan.typed import text_problems
from evalcore.telling.expecting import DIRECTIONS, LARGEST, Expectation
from evalcore.telling.reactions import ANSWERS, MOST_COMMENT, MOST_IN_A_ROOM, STAKEHOLDERS, Reactions, Tally
from evalcore.telling.report_text import ALWAYS, LARGEST_LOGO, SECTIONS, ReportText, is_picture
from evalcore.telling.report_text import LONGEST as LONGEST_IN_REPORT
from evalcore.telling.screens import LONGEST as LONGEST_ON_SCREEN
from evalcore.telling.screens import MOST_SCREENS, Screen
from evalcore.telling.telling import Telling
from evalcore.telling.workshops import LONGEST as LONGEST_IN_RECORD
from evalcore.telling.workshops import MOST_WORKSHOPS, Shown, Workshop
from evalcore.wording import number

MOST_SHOWN = 200
"""Findings in the record of one workshop: its running order may have changed while it went on."""

MOST_COMMENTS = 2_000
"""Comments on one finding: more than a room writes, also where phones were switched on several times."""

LONGEST_MADE = 10_000
"""Characters of a text that the dashboard itself wrote: identifier, recipe, title, sentence of a finding."""

# Some scripts need them, and pictures that people send from phones are joined by them; they can not be seen.
_JOINERS = re.compile("[\u200c\u200d]")
_SCREEN_WORDS = {"message": "the heading of a screen", "question": "the question for the room", "notes": "the notes"}
_RECORD_WORDS = {"name": "the name of the workshop", "follow_up": "what will be done"}
_REPORT_WORDS = {"title": "the title", "authors": "the authors", "organisation": "the organisation"}
_DIGEST = re.compile(r"[0-9a-f]{64}")


def telling_problems(telling: Telling) -> tuple[str, ...]:
    """Return what keeps a running order, a record of workshops or a report's words from being kept; empty for nothing.

    Each is a clause that says what to do and quotes nothing that was typed.

    >>> telling_problems(Telling().with_report(ReportText(title="x" * 161, left_out=("limits",))))
    ('shorten the title to 160 characters', 'leave Limits in: no report goes without it')
    """
    found = [*_of_order(telling.order or ()), *_of_workshops(telling.workshops), *_of_report(telling.report)]
    return tuple(dict.fromkeys(found))


def _of_order(order: Sequence[Screen]) -> Iterator[str]:
    if len(order) > MOST_SCREENS:
        yield f"take findings out of the running order; it holds {MOST_SCREENS} at most"
    if _repeated(screen.finding for screen in order):
        yield "take each finding into the running order once"
    for screen in order:
        if not (_made(screen.finding) and _made(screen.made_from)):
            yield "add a finding to the running order anew; it is not known how one of them was made"
        for name, words in _SCREEN_WORDS.items():
            yield from _of_text(getattr(screen, name), LONGEST_ON_SCREEN[name], words)


def _of_workshops(workshops: Sequence[Workshop]) -> Iterator[str]:
    if len(workshops) > MOST_WORKSHOPS:
        yield f"begin a new study for the next workshop; one holds {MOST_WORKSHOPS} workshops at most"
    if _repeated(workshop.began_at for workshop in workshops):
        yield "wait a second before the next workshop begins; two can not begin at the same time"
    if any(workshop.is_on for workshop in workshops[:-1]):
        yield "end a workshop before the next one begins"
    for workshop in workshops:
        yield from _of_workshop(workshop)


def _of_workshop(workshop: Workshop) -> Iterator[str]:
    if not (_is_time(workshop.began_at) and (workshop.is_on or _is_time(workshop.ended_at))):
        yield "the times of a workshop must be written in UTC, like 2026-05-04T09:00:00+00:00"
    if not _DIGEST.fullmatch(workshop.fingerprint):
        yield "begin the workshop anew; it does not say which data it showed"
    yield from _of_text(workshop.name, LONGEST_IN_RECORD["name"], _RECORD_WORDS["name"])
    if len(workshop.shown) > MOST_SHOWN:
        yield f"end the workshop and begin another; one shows {MOST_SHOWN} findings at most"
    if _repeated(shown.finding for shown in workshop.shown):
        yield "record each finding once in a workshop"
    for shown in workshop.shown:
        yield from _of_shown(shown)


def _of_shown(shown: Shown) -> Iterator[str]:
    if not _made(shown.finding) or max(len(shown.title), len(shown.sentence)) > LONGEST_MADE:
        yield "show a finding anew; its record is not whole"
    if not _DIGEST.fullmatch(shown.digest):
        yield "show a finding anew; its record does not say what was on the screen"
    if shown.expectation is not None:
        yield from _of_expectation(shown.expectation)
    yield from _of_reactions(shown.typed)
    yield from _of_reactions(shown.sent)
    yield from _of_text(shown.follow_up, LONGEST_IN_RECORD["follow_up"], _RECORD_WORDS["follow_up"])


def _of_expectation(expectation: Expectation) -> Iterator[str]:
    if expectation.direction not in DIRECTIONS:
        yield "choose one of the directions for what the room expects"
    size = expectation.matters
    if size is None:
        return
    if not math.isfinite(size) or size <= 0:
        yield "the difference that would matter to the room must be above 0"
    elif size > LARGEST:
        yield f"the difference that would matter to the room can be {number(LARGEST, 0)} at most"


def _of_reactions(reactions: Reactions) -> Iterator[str]:
    groups = [tally.group for tally in reactions.tallies]
    if groups != [group for group in STAKEHOLDERS if group in groups]:
        yield "write one tally for each group of people, in their order"
    if not all(_counts(tally) for tally in reactions.tallies):
        yield f"a tally counts whole numbers from 0 to {MOST_IN_A_ROOM}"
    if len(reactions.comments) > MOST_COMMENTS:
        yield f"take out comments on a finding; {MOST_COMMENTS} are kept at most"
    if any(comment.group not in STAKEHOLDERS for comment in reactions.comments):
        yield "choose one of the groups of people for each comment"
    if any(not comment.text for comment in reactions.comments):
        yield "take out the comment that says nothing"
    for comment in reactions.comments:
        yield from _of_comment(comment.text)


def _of_comment(text: str) -> Iterator[str]:
    if len(text) > MOST_COMMENT:
        yield f"shorten a comment to {MOST_COMMENT} characters"
    yield from _of_text(_JOINERS.sub("", text), len(text), "a comment")


def _counts(tally: Tally) -> bool:
    found = [getattr(tally, name) for name in ANSWERS]
    return all(type(one) is int and 0 <= one <= MOST_IN_A_ROOM for one in found)


def _of_report(report: ReportText) -> Iterator[str]:
    for name, words in _REPORT_WORDS.items():
        yield from _of_text(getattr(report, name), LONGEST_IN_REPORT[name], words)
    if report.logo and not is_picture(report.logo):
        yield "choose a PNG or JPEG picture for the logo"
    if len(report.logo) > LARGEST_LOGO:
        yield f"choose a smaller picture for the logo: {number(LARGEST_LOGO / 1e6, 0)} MB at most"
    sections = [section for section, _ in report.own]
    if {*report.left_out, *sections} - SECTIONS.keys() or _repeated(report.left_out) or _repeated(sections):
        yield "name each section of the report once, and no other"
    for section in ALWAYS:
        if section in report.left_out:
            yield f"leave {SECTIONS[section]} in: no report goes without it"
    for section, text in report.own:
        words = f"your text for the section {SECTIONS[section]}" if section in SECTIONS else "your text"
        yield from _of_text(text, LONGEST_IN_REPORT["own"], words)


def _of_text(text: str, longest: int, name: str) -> Iterable[str]:
    """The problems of a typed text; a look at each of its characters only where not all of them can be printed."""
    plain = len(text) <= longest and text == text.strip() and text.replace("\n", "").isprintable()
    return () if plain else text_problems(text, longest, name)


def _made(text: str) -> bool:
    return 0 < len(text) <= LONGEST_MADE


def _repeated(names: Iterable[str]) -> bool:
    found = list(names)
    return len(set(found)) != len(found)


def _is_time(text: str) -> bool:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.utcoffset() == timedelta(0) and found.isoformat(timespec="seconds") == text
