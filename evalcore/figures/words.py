"""Words on a chart: broken into lines that fit a narrow screen, and escaped so that nothing is read as HTML."""

from __future__ import annotations

import html
import textwrap

from evalcore.figures.chart import Point

NARROW = 350
"""Pixels: the width at which nothing may be clipped; words are broken to fit it."""

CHARACTER = 6.8
"""Pixels that a character of small text takes, about."""

LINE = 18
"""Pixels that a line of small text takes."""

CAPITALS = 10
"""Pixels that a capital of small text is high, about."""

BESIDE = 10
"""Pixels between a dot and the words beside it."""


_TIED = "\u00a0=\u00a0"


def escaped(text: str) -> str:
    """`text` with nothing in it that plotly would read as HTML.

    >>> escaped("<b>Leeds</b>")
    '&lt;b&gt;Leeds&lt;/b&gt;'
    """
    return html.escape(text, quote=False)


def wrapped(text: str, width: float) -> list[str]:
    """Break `text` into lines that fit `width` pixels; a longer word stays whole.

    >>> wrapped("Change after minus before", 90)
    ['Change after', 'minus before']
    """
    # A count is never torn from its "n =".
    lines = textwrap.wrap(text.replace(" = ", _TIED), max(int(width / CHARACTER), 6), break_long_words=False)
    return [line.replace(_TIED, " = ") for line in lines] or [""]


def fitted(text: str, width: float) -> str:
    """`text` broken to `width` pixels and escaped.

    >>> fitted("fewer than < 5 people", 90)
    'fewer than &lt;<br>5 people'
    """
    return "<br>".join(escaped(line) for line in wrapped(text, width))


def beside(mark: Point) -> list[str]:
    """The words beside a dot, the part in brackets on a line of its own.

    >>> beside(Point(0, 21.5, "pre", text="21.5 (n = 7)"))
    ['21.5', '(n = 7)']
    """
    return mark.text.replace(" (", "\n(").split("\n") if mark.text else []
