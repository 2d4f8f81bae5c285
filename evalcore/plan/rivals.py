"""Rival explanations: what else could have changed the answers, kept beside every claim of change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalcore.rules.definition import Definition
from evalcore.rules.source import Source

_USUAL = Path(__file__).with_name("usual_rivals.toml")


@dataclass(frozen=True, repr=False)
class Rival:
    """One thing other than the programme that could explain a change.

    Attributes
    ----------
    what : str
        What happened, or what kind of explanation it is.
    when, where : str
        When and where; may be empty.
    why : str
        Why it could explain a change; may be empty.
    """

    what: str
    when: str = ""
    where: str = ""
    why: str = ""

    def __repr__(self) -> str:
        """Not the words: they were typed by a person."""
        return "Rival()"


@dataclass(frozen=True)
class UsualRival:
    """A rival explanation that every study without a comparison group has to think of.

    Attributes
    ----------
    name, called : str
        Fixed name, and what the literature calls it.
    what, why : str
        In plain words: what it is, and how it would change the answers.
    """

    name: str
    called: str
    what: str
    why: str
    source: Source

    @property
    def label(self) -> str:
        """For a choice: the plain words, and what the literature calls it."""
        return f"{self.what} ({self.called})"


def rival_words(rivals: Iterable[Rival]) -> tuple[str, ...]:
    """Return each rival explanation as one phrase, to be printed beside a claim of change.

    >>> rival_words([Rival("A new manager", "from June 2026", "Site 2", "contact was more regular.")])
    ('A new manager (from June 2026, Site 2): contact was more regular',)
    """
    return tuple(_phrase(one) for one in rivals)


def _phrase(rival: Rival) -> str:
    beside = ", ".join(part for part in (rival.when, rival.where) if part)
    what = f"{rival.what} ({beside})" if beside else rival.what
    return f"{what}: {rival.why.rstrip('.')}" if rival.why else what.rstrip(".")


def usual_rivals() -> tuple[UsualRival, ...]:
    """Return the usual rival explanations, in the order in which they are offered.

    Raises
    ------
    DefinitionError
        If the file has faults; `problems` holds all of them.

    Examples
    --------
    >>> [one.name for one in usual_rivals()][:3]
    ['history', 'maturation', 'testing']
    """
    return _read(_USUAL)


@cache
def _read(path: Path) -> tuple[UsualRival, ...]:
    file = Definition.from_file(path)
    found = [
        UsualRival(table.text("name"), table.text("called"), table.text("what"), table.text("why"), table.source())
        for table in file.tables("rivals", named_by="name", required=True)
    ]
    file.finish(path.name)
    return tuple(found)
