"""Panels made ready to be drawn: rows that several of them share, and titles that need no turned text.

Of panels that share rows one has their names, the others stand beside it and have none of their own.
"""

from __future__ import annotations

from dataclasses import replace

from evalcore.figures.chart import Panel
from evalcore.figures.picture_axes import framed


def levelled(panels: tuple[Panel, ...]) -> tuple[Panel, ...]:
    """Return the panels with the title of an upright axis level above it, where it is read without turning the head.

    It stands there as, or after, the panel's own title.

    >>> from evalcore.figures.chart import Axis
    >>> panel = Panel(Axis(""), Axis("Mean change (points)"), (), title="Mean change")
    >>> levelled((panel,))[0].title, levelled((panel,))[0].y.title
    ('Mean change (points)', '')
    """
    return tuple(_levelled(panel) for panel in panels)


def _levelled(panel: Panel) -> Panel:
    title = panel.y.title
    if not title or not panel.y.visible:
        return panel
    whole = title if title.startswith(panel.title) else f"{panel.title}: {title}"
    return replace(panel, title=whole, y=replace(panel.y, title=""))


def aligned(panels: tuple[Panel, ...]) -> tuple[Panel, ...]:
    """Return the panels with shared rows at the same height, and a name for every row that any of them has.

    What leaves may lack a row in one panel and another row in the next: without this, marks would stand beside the
    name of another row. A panel whose rows have other names there gets its own names.

    >>> from evalcore.figures.chart import Axis
    >>> first = Panel(Axis(""), Axis("", ticks=((1.0, "Men"), (0.0, "Women"))), ())
    >>> second = Panel(Axis(""), Axis("", ticks=((2.0, "All"),), visible=False), ())
    >>> [[name for _, name in panel.y.ticks] for panel in aligned((first, second))]
    [['All', 'Men', 'Women'], ['All', 'Men', 'Women']]
    """
    done: list[Panel] = []
    for panel in panels:
        shares = bool(done) and bool(panel.y.ticks) and not panel.y.visible and bool(done[-1].y.ticks)
        if shares and _differ(done[-1], panel):
            panel = replace(panel, y=replace(panel.y, visible=True))
        done.append(panel)
    start = 0
    for at in range(1, len(done) + 1):
        if at == len(done) or done[at].y.visible or not done[at].y.ticks:
            done[start:at] = _together(done[start:at])
            start = at
    return tuple(done)


def _differ(one: Panel, other: Panel) -> bool:
    """Whether a row has one name here and another one there."""
    names = {at: name for at, name in one.y.ticks if name}
    return any(name and names.get(at, name) != name for at, name in other.y.ticks)


def _together(panels: list[Panel]) -> list[Panel]:
    """Panels that share rows, with the rows and the limits of all."""
    if len(panels) < 2 or not panels[0].y.ticks:
        return panels
    names: dict[float, str] = {}
    for at, name in (tick for panel in panels for tick in panel.y.ticks):
        names[at] = names.get(at) or name
    ticks = tuple(sorted(names.items(), reverse=True))
    filled = [replace(panel, y=replace(panel.y, ticks=ticks)) for panel in panels]
    filled = _spread(filled, "y")
    # the same measure side by side is compared: it needs one scale
    return _spread(filled, "x") if len({panel.x.title for panel in filled}) == 1 else filled


def _spread(panels: list[Panel], along: str) -> list[Panel]:
    """The panels with limits that hold the marks of all."""
    frames = [framed(panel, 200.0, 200.0, 9.0) for panel in panels]
    ends = [frame.x if along == "x" else frame.y for frame in frames]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return [replace(panel, **{along: replace(getattr(panel, along), low=low, high=high)}) for panel in panels]
