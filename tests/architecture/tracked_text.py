"""What no file of the project may say."""

from __future__ import annotations

import re

# A path of one machine, or one that leads out of the project. Written so that this line does not match itself.
MACHINE_PATH = re.compile(r"/(?:home|Users|tmp|root|work|mnt|srv)/|[A-Z]:\\(?:Users|Temp)|\.\.[/\\]")
LEFT_OVER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def machine_paths(name: str, text: str) -> list[str]:
    """Lines that name a folder of one machine, or climb out of the project."""
    return [f"{name}:{number}: {line.strip()[:80]}" for number, line in _lines(text) if MACHINE_PATH.search(line)]


def left_over_notes(name: str, text: str) -> list[str]:
    """Lines with a note that something is still to be done."""
    return [f"{name}:{number}: {line.strip()[:80]}" for number, line in _lines(text) if LEFT_OVER.search(line)]


def _lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.splitlines(), 1))
