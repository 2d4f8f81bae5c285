"""What xlsxwriter has no option for: labels that keep their lines, and lines that end where they end.

It writes a chart's XML by a few methods, which are taken over here for one chart; a test looks at what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Attributes = Iterable[tuple[str, Any]]


def keep_lines(native: Any) -> None:
    """Let the labels of a chart of xlsxwriter break where their words do, and nowhere else; and end its lines flat.

    Each line of a label becomes a paragraph, which every program shows on a line of its own.
    """
    start, end, empty, paragraph = (
        native._xml_start_tag,
        native._xml_end_tag,
        native._xml_empty_tag,
        native._write_a_p_rich,
    )
    inside: list[str] = []

    def started(tag: str, attributes: Attributes = ()) -> None:
        if tag == "c:dLbls":
            inside.append(tag)
        start(tag, [*attributes, ("cap", "flat")] if tag == "a:ln" else list(attributes))

    def ended(tag: str) -> None:
        if tag == "c:dLbls":
            inside.pop()
        end(tag)

    def emptied(tag: str, attributes: Attributes = ()) -> None:
        empty(tag, [*attributes, ("wrap", "none")] if tag == "a:bodyPr" and inside else list(attributes))

    def paragraphs(words: str, font: Any, ignored: bool) -> None:
        for line in words.split("\n"):
            paragraph(line, font, ignored)

    native._xml_start_tag, native._xml_end_tag, native._xml_empty_tag = started, ended, emptied
    native._write_a_p_rich = paragraphs
