"""Plain values written as code: in Python and in R, in ASCII, so that no text can be anything but a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_WIDTH = 110


@dataclass(frozen=True)
class _Language:
    """How values are written; `brackets` by whether they are named, and whether they are all plain."""

    brackets: Mapping[tuple[bool, bool], tuple[str, str]]
    key: Callable[[Any], str]
    nothing: str
    last: str
    step: str


def python_literal(value: Any) -> str:
    r"""Write None, numbers, texts, lists and dicts as Python.

    >>> print(python_literal(["O'Brien\n", 2, None]))
    ["O'Brien\u000a", 2, None]
    """
    return _written(value, _PYTHON)


def r_literal(value: Any) -> str:
    r"""Write the same as R: what holds plain values only as a vector, all else as a list.

    >>> print(r_literal({"words": ["Zoë", '"'], "none": [], "table": {7: 7.0}}))
    list("words" = c("Zo\u00eb", "\""), "none" = c(), "table" = c("7" = 7.0))
    """
    return _written(value, _R)


def _written(value: Any, language: _Language, indent: str = "", key: str = "") -> str:
    """A value behind its key, on one line where it fits."""
    if not isinstance(value, (list, dict)):
        return f"{key}{_plain(value, language.nothing)}"
    named = isinstance(value, dict)
    items = value.items() if isinstance(value, dict) else [(None, one) for one in value]
    flat = not any(isinstance(one, (list, dict)) for _, one in items)
    first, last = language.brackets[named, flat]
    deeper = indent + language.step
    parts = [_written(one, language, deeper, language.key(name) if named else "") for name, one in items]
    line = f"{key}{first}{', '.join(parts)}{last}"
    if len(line) + len(indent) <= _WIDTH and "\n" not in line:
        return line
    lines = _packed(parts, _WIDTH - len(deeper)) if flat else parts
    return f"{key}{first}\n{deeper}" + f",\n{deeper}".join(lines) + f"{language.last}\n{indent}{last}"


def _packed(parts: list[str], width: int) -> list[str]:
    """Plain values in as few lines as hold them."""
    lines = parts[:1]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + len(", ") <= width:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return lines


def _plain(value: Any, nothing: str) -> str:
    if value is None:
        return nothing
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """Between double quotes, with escapes that both languages read alike."""
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if " " <= letter <= "~":
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) <= 0xFFFF else f"\\U{ord(letter):08x}"


_PYTHON = _Language(
    brackets={(named, flat): ("{", "}") if named else ("[", "]") for named in (True, False) for flat in (True, False)},
    key=lambda key: f"{_plain(key, '')}: ",
    nothing="None",
    last=",",
    step="    ",
)
_R = _Language(
    brackets={(named, flat): ("c(" if flat else "list(", ")") for named in (True, False) for flat in (True, False)},
    key=lambda key: f"{_text(str(key))} = ",
    nothing="NULL",
    last="",
    step="  ",
)
