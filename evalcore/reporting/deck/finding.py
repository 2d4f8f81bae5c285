"""One finding on a slide: its title, its chart or its table, what to take care of, and where it comes from."""

from __future__ import annotations

from evalcore.figures import theme
from evalcore.reporting.deck.measuring import LINE, POINT, cut, height_of, size_for
from evalcore.reporting.deck.notes import hidden_words, notes_of
from evalcore.reporting.deck.rooms import Room
from evalcore.reporting.deck.slides import SMALL, TEXT, Deck, Made
from evalcore.reporting.deck.table import draw_table, fitted
from evalcore.reporting.deck.text import Words, add_box, lead_width, words_height
from evalcore.reporting.model import Exhibit

ELSEWHERE = "The full table stands in the report and in the workbook."
_LEAST_LINES, _MOST_LINES, _SOURCE_LINES = 2, 5, 2
_LARGEST_SENTENCE = 24
_LEAST_SHOWN = 0.62
"""The share of the free room of a slide that a chart or a table gets at the least."""

_APART = 6.0
"""Points between what stands on a slide one below the other."""


def add_finding(deck: Deck, exhibit: Exhibit) -> None:
    """Add the slide of one finding."""
    layout = deck.layouts.bare
    made = deck.add(layout, exhibit.title, exhibit.message)
    width = made.room.points[0]
    foot = _foot(exhibit, width)
    foot_height = height_of([one.whole for one in foot], width, SMALL, gap=2)
    caution, caution_height = _caution(exhibit, width, made.room.points[1] * (1 - _LEAST_SHOWN) - foot_height)
    below = made.room.from_bottom((foot_height + caution_height + _APART) * POINT)
    main = made.room.without_bottom(below.height + _APART * POINT)
    used = _show(made, exhibit, main)
    if used < main.height:
        below = Room(below.left, main.top + used + round(_APART * POINT), below.width, below.height)
    if exhibit.caution:
        add_box(made.slide, below.from_top(caution_height * POINT), "Caution", [caution], size=TEXT)
    place = made.room.from_bottom(foot_height * POINT)
    add_box(made.slide, place, "Source", foot, size=SMALL, gap=2, low=True)
    deck.finish(made.slide, notes_of(exhibit))


def _caution(exhibit: Exhibit, width: float, height: float) -> tuple[Words, float]:
    """What to take care of, with its height: cut where the chart would be too small; the notes hold it all."""
    if not exhibit.caution:
        return Words(""), 0
    lead = "Take care:"
    narrow = width - lead_width(Words("", lead), TEXT) - 1
    lines = min(max(int((height - 2 * _APART) / (TEXT * LINE)), _LEAST_LINES), _MOST_LINES)
    whole = cut(f"{lead} {exhibit.caution}", narrow, TEXT, lines, ending="… (more in the notes)")
    words = Words(whole.removeprefix(lead).strip(), lead)
    return words, words_height(words, width, TEXT)


def _show(made: Made, exhibit: Exhibit, room: Room) -> int:
    """Show the chart of a finding, else its table, else its sentence; return the height that it takes."""
    if exhibit.chart is not None:
        from evalcore.figures.slide_chart import draw_on_slide

        draw_on_slide(
            made.slide,
            exhibit.chart,
            left=room.left,
            top=room.top,
            width=room.width,
            height=room.height,
            words=exhibit.sentence,
            text=TEXT,
        )
        return room.height
    width, height = room.points
    if exhibit.table is None or not exhibit.table.rows:
        size = size_for([exhibit.sentence], width, height, _LARGEST_SENTENCE, TEXT)
        add_box(made.slide, room, "Sentence", [Words(exhibit.sentence)], size=size)
        return room.height
    part = fitted(exhibit.table, width, height)
    if part.whole:
        return draw_table(made.slide, part, room, f"{exhibit.table.caption}. {exhibit.sentence}")
    line = height_of([ELSEWHERE], width, TEXT)
    part = fitted(exhibit.table, width, height - line - _APART)
    used = draw_table(made.slide, part, room, f"{exhibit.table.caption}. {exhibit.sentence}")
    note = room.without_top(used + _APART * POINT).from_top(line * POINT)
    add_box(made.slide, note, "Where the full table stands", [Words(ELSEWHERE)], size=TEXT)
    return note.bottom - room.top


def _foot(exhibit: Exhibit, width: float) -> list[Words]:
    """The lines at the foot: where it comes from, and what was hidden; how many people is said on the chart."""
    source = cut(f"Source: {exhibit.source}", width, SMALL, _SOURCE_LINES, ending="… (the rest is in the notes)")
    hidden = hidden_words(exhibit)
    if exhibit.chart is not None:
        # What the symbol stands for is said where it is seen: on slides with a table.
        hidden = hidden.partition(". ")[2] if hidden.startswith(theme.HIDDEN) else hidden
    lines = [source] if exhibit.source else []
    if hidden:
        lines.append(cut(hidden, width, SMALL, 1 if exhibit.chart else 2, ending="… (all of it is in the notes)"))
    return [Words(line) for line in lines]
