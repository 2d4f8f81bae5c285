"""What a presenter reads below a slide: everything that the slide itself has no room for."""

from __future__ import annotations

from collections.abc import Iterator

from evalcore.reporting.deck.text import Words
from evalcore.reporting.model import Exhibit


def notes_of(exhibit: Exhibit) -> tuple[Words, ...]:
    """Return the notes of a finding: what its presenter wrote, and all that the report says of it."""
    return tuple(words for words in _notes(exhibit) if words.text)


def hidden_words(exhibit: Exhibit) -> str:
    """Say what was hidden in a finding, and where the policy stands in a deck."""
    return exhibit.hidden.replace("policy below", "policy at the end")


def _notes(exhibit: Exhibit) -> Iterator[Words]:
    yield from (Words(line, "My notes:" if not place else "") for place, line in enumerate(exhibit.notes.splitlines()))
    yield Words(exhibit.question, "Question for the room:")
    yield Words(exhibit.sentence, "In words:")
    yield Words("" if exhibit.chart is None else exhibit.chart.how_to_read, "How to read it:")
    yield Words(exhibit.caution, "Take care:")
    yield Words(" ".join(exhibit.reasons), "Why nothing stronger is said:")
    yield Words(" ".join(f"{one.rstrip('.')}." for one in exhibit.rivals), "Other explanations that are registered:")
    yield Words(exhibit.planned, "Planned or added:")
    yield Words(hidden_words(exhibit), "Hidden:")
    yield Words("" if exhibit.table is None else " ".join(exhibit.table.notes), "Notes on the table:")
    yield Words(exhibit.definition, "Definition:")
    yield Words(exhibit.source, "Source:")
