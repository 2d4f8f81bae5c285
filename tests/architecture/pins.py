"""What the lists of requirements must be: exact, explained, and complete."""

from __future__ import annotations

import ast
import re
import sys

from tests.architecture.sources import imported

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9_.-]*)==[0-9][0-9A-Za-z.]* +# \w.*$")
OWN = ("evalcore", "pages")
IMPORTED_AS = {"python_docx": "docx", "python_pptx": "pptx", "pillow": "PIL"}
"""Libraries that are imported under another name than the one by which they are installed."""


def loose_lines(text: str) -> list[str]:
    """Lines that are no exact pin with its reason beside it."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [line for line in lines if not PIN.match(line)]


def pinned(text: str) -> set[str]:
    """Names that a list pins, as they are imported."""
    matches = (PIN.match(line) for line in text.splitlines())
    names = {match[1].lower().replace("-", "_") for match in matches if match}
    return {IMPORTED_AS.get(name, name) for name in names}


def unpinned_imports(name: str, source: str, names: set[str]) -> list[str]:
    """Imports of a library that no list pins."""
    known = names | set(sys.stdlib_module_names) | set(OWN)
    found = [(node, full.split(".")[0]) for node in ast.walk(ast.parse(source)) for full in imported(node, name)]
    return [f"{name}:{node.lineno}: {library} is in no list" for node, library in found if library not in known]
