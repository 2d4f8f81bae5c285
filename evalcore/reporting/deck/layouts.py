"""Which layout of a deck serves what, found by its type and else by what it holds; and how it writes a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evalcore.reporting.deck.rooms import FOOTERS, TITLES, kind_of, text_of, title_of

_LARGEST, _UNSAID = 30, 28


@dataclass(frozen=True)
class Layouts:
    """The layouts of a deck: of its first slide, of a slide of text, and of a slide with nothing but a title."""

    opening: Any
    text: Any
    bare: Any


@dataclass(frozen=True)
class TitleStyle:
    """How a layout writes its title: size in points, and whether in capitals."""

    size: int
    capitals: bool


def layouts_of(deck: Any) -> Layouts:
    """Find the layouts of a deck; one that is missing is replaced by the nearest."""
    held = [one for master in deck.slide_masters for one in master.slide_layouts if title_of(one) is not None]
    bare = _of_type(held, "titleOnly") or min(held, key=_others)
    return Layouts(
        opening=_of_type(held, "title") or _first(held, _opens) or bare,
        text=_of_type(held, "obj") or min(filter(text_of, held), key=_others, default=bare),
        bare=bare,
    )


def _of_type(held: Iterable[Any], kind: str) -> Any | None:
    return _first(held, lambda one: one._element.get("type") == kind)


def _first(held: Iterable[Any], fits: Callable[[Any], bool]) -> Any | None:
    return next(filter(fits, held), None)


def _opens(layout: Any) -> bool:
    return kind_of(title_of(layout)) == "ctrTitle"


def _others(layout: Any) -> int:
    """How many placeholders a layout holds besides its title and its footers."""
    return sum(kind_of(one) not in (*TITLES, *FOOTERS) for one in layout.placeholders)


def title_style(layout: Any) -> TitleStyle:
    """Return how a layout writes its title: by itself, else as its master says."""
    said = list(_title_properties(layout))
    size = next((int(one.get("sz")) // 100 for one in said if one.get("sz")), _UNSAID)
    capitals = next((one.get("cap") for one in said if one.get("cap")), "none")
    return TitleStyle(min(size, _LARGEST), capitals != "none")


def _title_properties(layout: Any) -> Iterator[Any]:
    """What is said of the type of a title, the nearest first."""
    from pptx.oxml.ns import qn

    first = f"{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
    master = layout.slide_master
    shapes = (title_of(layout), next((one for one in master.placeholders if kind_of(one) in TITLES), None))
    places = [shape.element.find(f".//{qn('a:lstStyle')}") for shape in shapes if shape is not None]
    for place in (*places, master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}")):
        found = None if place is None else place.find(first)
        if found is not None:
            yield found
