"""A finding in a document: its words, its figure, how to read it, what to take care of, and its table."""

from __future__ import annotations

from evalcore.reporting.document.tables import FIGURE, caption, write_table
from evalcore.reporting.document.writing import Writer
from evalcore.reporting.model import Exhibit
from evalcore.wording import joined

_RESOLUTION = 200
"""Pixels to an inch, for paper."""

_OF_A_PAGE = 0.6
"""How much of a page's height a figure may take: its heading and its sentence stand above it, how to read it below."""


def write_exhibit(writer: Writer, exhibit: Exhibit) -> None:
    """Write a finding as it may leave, under its title."""
    writer.head(2, exhibit.title)
    writer.say("EvaluatorsText", exhibit.message, keep=True)
    writer.say("BodyText", exhibit.sentence, keep=exhibit.chart is not None)
    _figure(writer, exhibit)
    writer.say("TakeCare", exhibit.caution, "Take care.")
    writer.say("BodyText", " ".join(exhibit.reasons), "Why nothing stronger is said.")
    writer.say("BodyText", _as_sentence(joined(exhibit.rivals)) if exhibit.rivals else "", "Other explanations.")
    writer.say("BodyText", exhibit.planned)
    if exhibit.table is not None:
        write_table(writer, exhibit.table, exhibit.sentence or exhibit.title, (exhibit.hidden,))
    else:
        writer.say("TableNote", exhibit.hidden)
    writer.say("SourceNote", exhibit.source, "Source:")
    writer.say("SourceNote", exhibit.definition, "Definition:")
    writer.lay(wide=False)


def _figure(writer: Writer, exhibit: Exhibit) -> None:
    """The chart as a picture, with its numbered caption, and how to read it."""
    if exhibit.chart is None:
        return
    from evalcore.figures.picture import DOCUMENT, draw_png

    width, height = writer.paper.room
    drawn = draw_png(exhibit.chart, DOCUMENT, dpi=_RESOLUTION)
    most = min(width, round(DOCUMENT.width * 1440)), round(height * _OF_A_PAGE)
    writer.picture("Figure", drawn, exhibit.sentence or exhibit.title, most)
    writer.write("Caption", caption(FIGURE, exhibit.figure, exhibit.caption))
    writer.say("ReadingNote", exhibit.chart.how_to_read, "How to read it:")


def _as_sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
