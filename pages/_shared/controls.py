"""Controls whose value lives in the address, so that a link, a refresh and the page agree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages._shared import state

_LONGEST_TEXT = 500


def select(name: str, label: str, options: Mapping[str, str], *, help_text: str | None = None) -> str:
    """Show a choice as a select box; `options` are address values and labels, the first of them the default."""
    key = _hold_choice(name, options)
    picked = st.selectbox(
        label,
        list(options),
        format_func=lambda value: options[value],
        key=key,
        help=help_text,
        on_change=_picked,
        args=(name,),
    )
    return str(picked)


def segments(name: str, label: str, options: Mapping[str, str]) -> str:
    """Show a choice as a row of buttons, all of its options in sight."""
    key = _hold_choice(name, options)
    picked = st.segmented_control(
        label,
        list(options),
        format_func=lambda value: options[value],
        key=key,
        required=True,
        on_change=_picked,
        args=(name,),
    )
    return str(picked)


def _hold_choice(name: str, options: Mapping[str, str]) -> str:
    key = f"select_{name}"
    current = state.choice(name)
    state.hold(key, current if current in options else next(iter(options)))
    return key


def _picked(name: str) -> None:
    state.picked(name, str(state.held(f"select_{name}")))


def number(
    name: str,
    label: str,
    *,
    low: float,
    high: float,
    step: float,
    default: float | None = None,
    slider: bool = False,
    whole: bool = False,
    help_text: str | None = None,
) -> float | None:
    """Show a number as a field, or as a slider where there is a default; None where the field is left empty.

    `whole`: it is written without decimals.
    """
    key = f"number_{name}"
    current = _read_number(state.choice(name), low, high)
    state.hold(key, default if current is None else current)
    control = st.slider if slider else partial(st.number_input, value=None)
    found: float | None = control(
        label,
        min_value=float(low),
        max_value=float(high),
        step=float(step),
        format="%d" if whole else None,
        key=key,
        help=help_text,
        on_change=_numbered,
        args=(name, default),
    )
    return found


def valid_number(name: str, low: float, high: float, what: str) -> float | None:
    """Return the number that the address gives; forget one that can not be, and note that the link leads to nothing."""
    found = _read_number(state.choice(name), low, high)
    state.valid_choice(name, {} if found is None else {state.choice(name): what}, what)
    return found


def _read_number(text: str, low: float, high: float) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if low <= found <= high else None


def _numbered(name: str, default: float | None) -> None:
    value = state.held(f"number_{name}")
    state.picked(name, "" if value is None or value == default else f"{value:g}")


def text(name: str, label: str, *, placeholder: str = "", help_text: str | None = None) -> str:
    """Show a line to type in. What is typed stays in this session and never stands in the address."""
    key = f"typed_{name}"
    state.hold(key, state.typed(name))
    return st.text_input(
        label, key=key, placeholder=placeholder, help=help_text, max_chars=_LONGEST_TEXT, on_change=_typed, args=(name,)
    )


def _typed(name: str) -> None:
    state.note_typed(name, str(state.held(f"typed_{name}")))
