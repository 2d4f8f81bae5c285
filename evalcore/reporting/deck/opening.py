"""The first two slides: what this is, and what it can and can not say."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.plan.words import day
from evalcore.reporting.deck.measuring import INCH, POINT, height_of, plain, size_for
from evalcore.reporting.deck.rooms import Room, kind_of, room_of
from evalcore.reporting.deck.slides import TEXT, Deck, fill, text_room
from evalcore.reporting.deck.text import Words, describe, level, place, write
from evalcore.reporting.model import Exhibit, Paragraph, Report
from evalcore.wording import count

CAN_SAY = "What this can and can not say"
_LARGEST, _LEAST = 40, 20
_GAP, _LINES_GAP = 8, 4
_BENEATH, _FOOT = 20, 0.94
_LOGO = (2.6, 0.95)
"""Inches that a logo may be wide and high."""

_NO_PICTURE = "The logo is no PNG or JPEG picture that can be read. Save it as PNG and choose it again."


def add_opening(deck: Deck, report: Report) -> None:
    """Add the first slide: title, study, organisation, date and logo."""
    layout = deck.layouts.opening
    slide = deck.file.slides.add_slide(layout)
    head = slide.shapes.title
    beneath = next((one for one in slide.placeholders if kind_of(one) in ("subTitle", "body", "obj")), None)
    for one in list(slide.placeholders):
        if one.shape_id not in {kept.shape_id for kept in (head, beneath) if kept is not None}:
            one._element.getparent().remove(one._element)
    room = _write_title(deck, head, report)
    _write_beneath(deck, slide, beneath, room, [Words(one) for one in _beneath(report) if plain(one)])
    if report.logo:
        _add_logo(deck, slide, report, room.top)
    deck.finish(slide, [Words(report.title), Words(report.subtitle)], footers=False)


def _write_title(deck: Deck, head: Any, report: Report) -> Room:
    """Write the title where its layout has it, or at the top where that is no place for it; return where it stands."""
    held = room_of(head)
    room = held if held is not None and held.width >= deck.width / 2 else deck.frame(deck.layouts.opening).title
    if room != held:
        place(head, room)
        level(head)
    width, height = room.inside().points
    size = size_for([report.title], width, height, _LARGEST, _LEAST, bold=True)
    write(head.text_frame, [Words(report.title)], size=size)
    return room


def _write_beneath(deck: Deck, slide: Any, beneath: Any | None, title: Room, lines: Sequence[Words]) -> None:
    """Write what stands below the title: where the layout has it, or right below, and lower down where it is long."""
    held = Room(title.left, title.bottom, title.width, deck.height // 4)
    if beneath is None:
        beneath = slide.shapes.add_textbox(held.left, held.top, held.width, held.height)
        beneath.text_frame.word_wrap = True
    own = room_of(beneath)
    if own is not None and own.top >= title.top + title.height // 2 and own.width >= deck.width / 3:
        held = own
    width, height = held.inside().points
    texts = [one.whole for one in lines]
    size = size_for(texts, width, height, _BENEATH, TEXT, gap=_LINES_GAP)
    more = max(round((height_of(texts, width, size, gap=_LINES_GAP) - height) * POINT), 0)
    most = max(round(_FOOT * deck.height) - held.top, held.height)
    place(beneath, Room(held.left, held.top, held.width, min(held.height + more, most)))
    level(beneath)
    write(beneath.text_frame, lines, size=size, gap=_LINES_GAP)


def _beneath(report: Report) -> tuple[str, ...]:
    """What stands below the title of the first slide."""
    own = (report.stamp.study,) if report.stamp.study not in report.title else ()
    return (report.subtitle, *own, report.organisation, report.authors, day(report.stamp.made_at))


def _add_logo(deck: Deck, slide: Any, report: Report, free: int) -> None:
    """Put the organisation's logo at the upper right, where `free` EMU are left there, else at the lower right."""
    try:
        picture = slide.shapes.add_picture(io.BytesIO(report.logo), 0, 0)
    except (OSError, SyntaxError, ValueError, AttributeError, struct.error):  # what Pillow raises for no picture
        raise UnreadableFileError(_NO_PICTURE) from None
    picture.name = "Logo"
    describe(picture, f"Logo of {report.organisation}" if plain(report.organisation) else "Logo")
    scale = min(_LOGO[0] * INCH / picture.width, _LOGO[1] * INCH / picture.height)
    width, height = round(picture.width * scale), round(picture.height * scale)
    margin = round(0.04 * deck.width)
    top = margin if 2 * margin + height <= free else deck.height - margin - height
    place(picture, Room(deck.width - margin - width, top, width, height))


def add_what_it_says(deck: Deck, report: Report, shown: Sequence[Exhibit], left_out: int) -> None:
    """Add the slide that says what the findings rest on, and what they can not show."""
    section = report.section("summary")
    said = [] if section is None else [one for one in section.blocks if isinstance(one, Paragraph)]
    lines = [Words(one.text) for one in said if not one.own]
    if left_out:
        lines.append(Words(f"{count(left_out, 'finding', 'findings')} of the running order {_STAND} left out."))
    lines += [Words(one) for one in _people(shown)]
    lines += [Words(one.text, "In the evaluator's words:") for one in said if one.own]
    layout = deck.layouts.text
    made = deck.add(layout, CAN_SAY)
    fill(made, layout, _that_fit(lines, *text_room(made.room)), gap=_GAP)
    deck.finish(made.slide, lines)


_STAND = "are not shown here: the sections of the report in which they stand were"


def _people(shown: Sequence[Exhibit]) -> Iterator[str]:
    """How many people the findings of a deck rest on."""
    trails = [one for one in shown if one.finding.startswith("trail.")]
    yield from (f"{one.title}." for one in trails)
    if not trails:
        yield from dict.fromkeys(f"{one.chart.n.rstrip('.')}." for one in shown if one.chart is not None)


def _that_fit(lines: Sequence[Words], width: float, height: float) -> list[Words]:
    """The first lines, as many as can be read; the notes hold them all."""
    shown: list[Words] = []
    for one in lines:
        if height_of([words.whole for words in (*shown, one)], width, TEXT, gap=_GAP) <= height:
            shown.append(one)
    return shown or [Words("The report's summary says it.")]
