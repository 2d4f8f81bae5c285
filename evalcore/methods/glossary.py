"""Words of the field for a reader, from `glossary.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalcore.rules.definition import Definition
from evalcore.rules.source import Source

_GLOSSARY = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Term:
    """One word or phrase and what it means here; `source` where the meaning rests on a publication."""

    term: str
    meaning: str
    source: Source | None = None


def list_terms() -> tuple[Term, ...]:
    """Every term, sorted as in a dictionary: capitals count as small letters.

    Raises
    ------
    DefinitionError
        If the file has faults (a term that stands twice is one); `problems` holds all of them.

    Examples
    --------
    >>> next(term.meaning for term in list_terms() if term.term == "Wave")
    'One time of asking: before the programme or after it.'
    """
    return _read(_GLOSSARY)


@cache
def _read(path: Path) -> tuple[Term, ...]:
    file = Definition.from_file(path)
    terms = [
        Term(table.text("term"), table.text("meaning"), table.source() if table.has("source") else None)
        for table in file.tables("terms", named_by="term", required=True)
    ]
    file.finish(path.name)
    return tuple(sorted(terms, key=lambda one: one.term.casefold()))
