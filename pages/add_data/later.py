"""Identifiers that nearly match and are left for later."""

from collections.abc import Iterable

from pages._shared import state

Pair = tuple[str, str, str | None]
"""Two identifiers and the role in which they stand."""


def put_off(pair: Pair) -> None:
    """Leave two identifiers that nearly match for later."""
    state.hold(state.LATER, {**state.held(state.LATER, {}), pair: True})


def take_up(pairs: Iterable[Pair]) -> None:
    """Ask about these pairs now, whatever speaks against them."""
    state.hold(state.LATER, {**state.held(state.LATER, {}), **dict.fromkeys(pairs, False)})


def are_put_off(pair: Pair, unlikely: bool) -> bool:
    """Whether a pair is not asked about now: left for later, or unlikely and not asked for."""
    return bool(state.held(state.LATER, {}).get(pair, unlikely))
