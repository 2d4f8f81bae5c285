"""The screen as HTML: every text escaped, the picture inside, nothing from the network."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from evalcore.reporting.log import expected_words
from evalcore.reporting.model import Exhibit
from evalcore.reporting.room.asking import asked_of
from evalcore.telling import ANSWERS, LEAST_GROUP, Expectation, Reactions, everybody, merged
from evalcore.wording import count

_HIDDEN = "Small numbers are hidden."


@dataclass(frozen=True)
class Stage:
    """What one screen shows.

    Attributes
    ----------
    exhibit : Exhibit
    number, total : int
        Which screen of how many.
    revealed : bool
        Whether the result is shown; before, only what it is about and what is asked.
    pictures : tuple of str
        The chart as SVG, for a wide screen and for a nearly square one; empty where there is none, or before it is
        revealed.
    expectation : Expectation or None
        What the room said before.
    reactions : Reactions or None
        What it said after; None: not shown.
    live : bool
        Whether reactions still come in: then only all groups together are shown.
    dark : bool
    rehearsal : bool
        Whether nothing is recorded.
    """

    exhibit: Exhibit
    number: int
    total: int
    revealed: bool = True
    pictures: tuple[str, ...] = ()
    expectation: Expectation | None = None
    reactions: Reactions | None = None
    live: bool = False
    dark: bool = False
    rehearsal: bool = False


@cache
def _style() -> str:
    return Path(__file__).with_name("stage.css").read_text(encoding="utf-8")


def stage_html(stage: Stage) -> str:
    """Return the screen, with its style; texts from files and from people are shown letter for letter.

    >>> from evalcore.reporting.told import tell
    >>> from evalcore.sample import sample_study
    >>> told = tell(sample_study())
    >>> page = stage_html(Stage(told.exhibits["needs.people"], 1, 3, revealed=False))
    >>> "Screen 1 of 3" in page, "more common in the pilot than" in page
    (True, False)
    """
    shade = "dark" if stage.dark else "light"
    inside = "".join(_shown(stage) if stage.revealed else _asked(stage))
    label = f"Screen {stage.number} of {stage.total}"
    return (
        f"<style>{_style()}</style>"
        f'<section class="room-stage {shade}" aria-label="{label}">{inside}{_progress(stage, label)}</section>'
    )


def _asked(stage: Stage) -> Iterator[str]:
    """Before the result: its subject without a figure, and the question."""
    asked = asked_of(stage.exhibit.finding)
    yield f'<div class="room-before"><p class="room-label">{escape(stage.exhibit.label)}</p>'
    if asked is not None:
        yield f"<h1>{escape(asked.question)}</h1>"
        yield f'<p class="room-more">What difference would matter, in {escape(asked.unit)}?</p>'
        if stage.expectation is not None:
            yield f'<p class="room-expected">The room expects: {escape(expected_words(stage.expectation))}</p>'
    yield "</div>"


def _shown(stage: Stage) -> Iterator[str]:
    exhibit = stage.exhibit
    if exhibit.message:
        yield f'<p class="room-message">{escape(exhibit.message)}</p>'
    yield f"<h1>{escape(exhibit.title)}</h1>"
    if stage.pictures:
        shapes = zip(stage.pictures, ("room-wide", "room-square"), strict=False)
        words = escape(exhibit.sentence)
        shown = (f'<img class="{shape}" alt="{words}" src="{_address(picture)}">' for picture, shape in shapes)
        yield f'<div class="room-picture">{"".join(shown)}</div>'
    else:
        yield f'<p class="room-sentence">{escape(exhibit.sentence)}</p>'
    if stage.expectation is not None:
        yield f'<p class="room-expected">The room expected: {escape(expected_words(stage.expectation))}</p>'
    if stage.reactions is not None:
        yield from _reactions(stage.reactions, live=stage.live)
    if exhibit.question:
        yield f'<p class="room-question">{escape(exhibit.question)}</p>'
    yield f'<p class="room-caution">{escape(_caution(exhibit))}</p>'


def _address(picture: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"


def _caution(exhibit: Exhibit) -> str:
    hidden = f" {_HIDDEN}" if exhibit.hidden else ""
    return f"{exhibit.caution}{hidden}".strip()


def _reactions(reactions: Reactions, *, live: bool) -> Iterator[str]:
    """The tally: while answers come in of everybody together, else by group as far as a group may stand alone."""
    shown = everybody(reactions) if live else merged(reactions)
    said = count(reactions.n, "answer", "answers")
    if not shown:
        few = f": shown from {LEAST_GROUP} on" if reactions.n else ""
        yield f'<p class="room-tally-few" role="status">{said}{few}.</p>'
        return
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in ANSWERS.values())
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{getattr(tally, answer)}</td>" for answer in ANSWERS)
        + f"<td>{tally.n}</td></tr>"
        for name, tally in shown
    )
    yield (
        f'<table class="room-tally"><caption>{said}</caption><thead><tr><td></td>{heads}'
        f'<th scope="col">Answers</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _progress(stage: Stage, label: str) -> str:
    share = round(100 * stage.number / max(stage.total, 1))
    rehearsal = " · Rehearsal: nothing is recorded" if stage.rehearsal else ""
    return (
        f'<div class="room-progress"><span>{label}{rehearsal}</span>'
        f'<div class="room-bar" aria-hidden="true"><div style="width:{share}%"></div></div></div>'
    )
