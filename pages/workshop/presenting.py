"""Where the presentation stands: which screen, what is revealed, what the room expected, which panel is open."""

from __future__ import annotations

from evalcore.reporting.room import asked_of
from evalcore.telling import Expectation
from pages._shared import state

ASKS, DARK_SWITCH = "switch for asking the room", "switch for dark screens"
_ASKS, _DARK = "asks the room", "dark screens"
_REVEALED, _EXPECTED, _PANEL = "revealed to the room", "expected by the room", "panel of the room"
REHEARSAL = "This is a rehearsal: nothing is recorded. Begin the workshop to keep what the room says."
REACT, TALLY, PHONES = "react", "tally", "phones"


def asks() -> bool:
    """Whether the room is asked before a result is shown."""
    return bool(state.held(_ASKS, True))


def keep_asks() -> None:
    """Remember whether the room is asked, also while another page is open."""
    state.hold(_ASKS, state.held(ASKS, True))


def dark() -> bool:
    """Whether the screens are dark."""
    return bool(state.held(_DARK, False))


def keep_dark() -> None:
    """Remember whether the screens are dark."""
    state.hold(_DARK, state.held(DARK_SWITCH, False))


def forget() -> None:
    """Begin anew: nothing is revealed, nothing expected."""
    state.hold(_REVEALED, ())
    state.hold(_EXPECTED, {})
    state.hold(_PANEL, "")


def number(of: int) -> int:
    """Return which screen is shown, from 1; the nearest one where the address names none that is there."""
    wanted = state.choice(state.PRESENT)
    return min(max(int(wanted) if wanted.isdigit() else 1, 1), of)


def go(screen: int) -> None:
    """Show one screen."""
    state.choose(state.PRESENT, str(screen))
    state.hold(_PANEL, "")


def leave() -> None:
    """Go back to the page."""
    state.choose(state.PRESENT, "")
    state.hold(_PANEL, "")


def is_revealed(finding: str) -> bool:
    """Whether the result of a screen is shown: at once where nobody is asked, or there is nothing to expect."""
    return not asks() or asked_of(finding) is None or finding in state.held(_REVEALED, ())


def reveal(finding: str) -> None:
    """Show the result of a screen."""
    state.hold(_REVEALED, (*state.held(_REVEALED, ()), finding))


def expectation(finding: str) -> Expectation | None:
    """Return what the room expected of a finding; None where it was not asked."""
    found: Expectation | None = state.held(_EXPECTED, {}).get(finding)
    return found


def expect(finding: str, expected: Expectation) -> None:
    """Note what the room expects."""
    state.hold(_EXPECTED, {**state.held(_EXPECTED, {}), finding: expected})


def panel() -> str:
    """Return which panel is open; empty for none."""
    return str(state.held(_PANEL, ""))


def turn(name: str) -> None:
    """Open a panel, or close it where it is open."""
    state.hold(_PANEL, "" if panel() == name else name)
