"""Statistics from their definition files: one TOML a topic, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.rules.definition import Definition
from evalcore.rules.source import Source

_STATISTICS = Path(__file__).parent / "statistics"


@dataclass(frozen=True)
class Statistic:
    """One statistic as it is named beside a number.

    Attributes
    ----------
    name, label, topic : str
        Fixed name (`mean_interval`), the name for a reader, and the part of the dashboard that shows it.
    text : str
        One or two sentences that stand beside the number: what it is, and from how many people on it is given.
    more : str
        What a reader who asks further should know; empty for nothing.
    """

    name: str
    label: str
    topic: str
    text: str
    more: str
    source: Source


def list_statistics() -> tuple[Statistic, ...]:
    """Every statistic, by topic in the order of the files' names.

    Raises
    ------
    DefinitionError
        If a file has faults, or a name stands twice; `problems` holds all of them.

    Examples
    --------
    >>> "sd" in {statistic.name for statistic in list_statistics()}
    True
    """
    return tuple(_by_name(_STATISTICS).values())


def definition(*names: str) -> str:
    """The definitions of several statistics as one text, as it stands beside their numbers.

    Raises
    ------
    UnknownNameError
        If a statistic is not defined.

    Examples
    --------
    >>> definition("sd")
    'SD with n − 1.'
    """
    known = _by_name(_STATISTICS)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UnknownNameError(f"There is no statistic {', '.join(unknown)}. There are: {', '.join(known)}.")
    return " ".join(known[name].text for name in names)


def _place(path: Path) -> tuple[int, str]:
    """The number at the beginning of a file's name, and the name: 10_limits.toml comes after 9_error.toml."""
    number = path.name.partition("_")[0]
    return int(number) if number.isdigit() else 0, path.name


@cache
def _by_name(directory: Path) -> Mapping[str, Statistic]:
    """The statistics of a folder by name; read once, then kept."""
    found: list[Statistic] = []
    for path in sorted(directory.glob("*.toml"), key=_place):
        file = Definition.from_file(path)
        topic = file.text("topic")
        found += [
            Statistic(
                name=table.text("name"),
                label=table.text("label"),
                topic=topic,
                text=table.text("text"),
                more=table.text("more", ""),
                source=table.source(),
            )
            for table in file.tables("statistics", named_by="name", required=True)
        ]
        file.finish(path.name)
    names = [statistic.name for statistic in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DefinitionError("methods/statistics", tuple(f"{name} is defined twice" for name in twice))
    return {statistic.name: statistic for statistic in found}
