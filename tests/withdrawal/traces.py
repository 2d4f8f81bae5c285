"""What a study holds of somebody: every text that can be reached from it, whatever it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from evalcore.study import Study

_PLAIN = (int, float, complex, bool, type(None), type, np.generic, pd.Timestamp)


def texts(thing: Any, seen: dict[int, Any] | None = None) -> Iterator[str]:
    """Every text in a thing and in all that it holds: fields, what it remembers, cells, headings and indexes.

    What was seen is held, so that no other thing comes to stand in its place meanwhile.
    """
    known = {} if seen is None else seen
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, bytes):
        yield thing.decode("utf-8", "replace")
    elif not isinstance(thing, _PLAIN) and id(thing) not in known:
        known[id(thing)] = thing
        for part in _parts(thing):
            yield from texts(part, known)


def _parts(thing: Any) -> Iterable[Any]:
    if isinstance(thing, pd.DataFrame):
        return [thing.attrs, list(thing.columns), thing.index, *(thing[name] for name in dict.fromkeys(thing.columns))]
    if isinstance(thing, pd.Series):
        return [thing.name, thing.index, *_cells(thing)]
    if isinstance(thing, pd.Index):
        return [*thing.names, *_cells(thing)]
    if isinstance(thing, np.ndarray):
        return thing.tolist() if thing.dtype.kind in "OUS" else ()
    if isinstance(thing, Mapping):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, (list, tuple, set, frozenset)):
        return thing
    assert hasattr(thing, "__dict__"), f"nobody looks into {type(thing).__name__}"
    return vars(thing).values()


def _cells(cells: Any) -> list[Any]:
    numbers = pd.api.types.is_numeric_dtype(cells.dtype) or pd.api.types.is_datetime64_any_dtype(cells.dtype)
    return [] if numbers else cells.tolist()


def traces(study: Study, *needles: str) -> set[str]:
    """Those of some texts that stand anywhere in a study, also inside another text, whatever their case."""
    everything = "\n".join({text.casefold(): None for text in texts(study)})
    return {needle for needle in needles if needle.casefold() in everything}
