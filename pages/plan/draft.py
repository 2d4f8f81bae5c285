"""Controls whose value is kept in this session while something is being written, also while another page is open.

Nothing that is typed here stands in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages._shared import state

_BETWEEN = " "


def several(name: str, label: str, options: Mapping[str, str], *, help_text: str | None = None) -> list[str]:
    """Show a choice of any number of options; the options' keys hold no blank."""
    held = [one for one in state.typed(name).split(_BETWEEN) if one in options]
    key = _hold(name, held)
    found: list[str] = st.multiselect(
        label, list(options), format_func=lambda one: options[one], key=key, help=help_text, **_kept(name)
    )
    return found


def one_of(name: str, label: str, options: Mapping[str, str], *, help_text: str | None = None) -> str:
    """Show a choice of one option, the first of them the default."""
    held = state.typed(name)
    key = _hold(name, held if held in options else next(iter(options)))
    found = st.selectbox(
        label, list(options), format_func=lambda one: options[one], key=key, help=help_text, **_kept(name)
    )
    return str(found)


def size(name: str, label: str, highest: float, *, help_text: str | None = None) -> float | None:
    """Show a number above 0 that may be left out."""
    held = state.typed(name)
    key = _hold(name, float(held) if held else None)
    found: float | None = st.number_input(
        label, min_value=0.0, max_value=highest, step=0.1, value=None, key=key, help=help_text, **_kept(name)
    )
    return found


def whole(name: str, label: str, highest: int, *, help_text: str | None = None) -> int | None:
    """Show a whole number from 0 on that may be left out."""
    held = state.typed(name)
    key = _hold(name, int(held) if held else None)
    found: int | None = st.number_input(
        label, min_value=0, max_value=highest, step=1, value=None, key=key, help=help_text, **_kept(name)
    )
    return found


def line(name: str, label: str, longest: int, *, placeholder: str = "", help_text: str | None = None) -> str:
    """Show a line to type in."""
    key = _hold(name, state.typed(name))
    kept = _kept(name)
    return str(st.text_input(label, key=key, max_chars=longest, placeholder=placeholder, help=help_text, **kept))


def area(name: str, label: str, longest: int, *, placeholder: str = "", help_text: str | None = None) -> str:
    """Show several lines to type in."""
    key = _hold(name, state.typed(name))
    kept = _kept(name)
    return str(st.text_area(label, key=key, max_chars=longest, placeholder=placeholder, help=help_text, **kept))


def put(name: str, value: str | float | list[str] | None) -> None:
    """Set what a control holds from the next run on; empty takes it back."""
    written = _BETWEEN.join(value) if isinstance(value, list) else "" if value is None else str(value)
    state.note_typed(name, written)


def _hold(name: str, value: object) -> str:
    key = f"draft {name}"
    state.hold(key, value)
    return key


def _kept(name: str) -> dict[str, object]:
    return {"on_change": partial(_keep, name)}


def _keep(name: str) -> None:
    found = state.held(f"draft {name}")
    put(name, found if isinstance(found, (str, int, float, list)) else None)
