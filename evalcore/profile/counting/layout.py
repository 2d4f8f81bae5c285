"""Which columns of a file are counted, and which are only compared or not read at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from evalcore.columns import AGE, OFFENCE, REFERRED_ON, RESPONDENT_ID, SECTIONS, STARTED_ON
from evalcore.errors import TableError
from evalcore.intake.headings.heading import KEEP, LEFT_OUT, RECORD_STATUS
from evalcore.intake.intake import Intake
from evalcore.intake.native import CONVICTED_ON, DATE_OF_BIRTH, OASYS_ITEMS
from evalcore.intake.problems import AGES_MADE
from evalcore.profile.counted import TALLIES

COUNTED_TO = (STARTED_ON, REFERRED_ON, "oasys_date", CONVICTED_ON)
"""The dates to which an age is counted: the first that a row has."""

OFFENCE_OF_OGRS = "ogrs_offence"
_COUNTED = frozenset(column for columns in TALLIES.values() for column in columns)


@dataclass(frozen=True, eq=False, repr=False)
class Layout:
    """Where the columns of a file stand (the first is 0), by what they are taken for.

    Attributes
    ----------
    counted : mapping of str to int
        What is counted, and what that is made from, the dates of birth aside.
    compared : tuple of int
        What else is compared where two rows are about one person.
    identifier, births : int or None
    items : mapping of str to tuple of str
        The items that the score of a section is made from.
    labels : mapping of int to str
        What to call a column in the list of problems.
    mapping : DataFrame
        The mapping that all of this is read from.
    """

    counted: Mapping[str, int]
    compared: tuple[int, ...]
    identifier: int | None
    births: int | None
    items: Mapping[str, tuple[str, ...]]
    labels: Mapping[int, str]
    mapping: pd.DataFrame
    dropped: frozenset[str] = field(default_factory=frozenset)

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that ages are counted to here, in the order in which they are taken."""
        return tuple(name for name in COUNTED_TO if name in self.counted) if self.births is not None else ()

    def name_of(self, position: int) -> str:
        """What a counted column is taken for."""
        return DATE_OF_BIRTH if position == self.births else next(n for n, at in self.counted.items() if at == position)

    @property
    def coded(self) -> tuple[int, ...]:
        """The columns that are read of every row, the identifier aside."""
        births = () if self.births is None else (self.births,)
        return tuple(sorted({*self.counted.values(), *births}))


def layout_of(head: Intake) -> Layout:
    """Choose the columns by the mapping of the first rows; TableError where a mapping has none of them."""
    taken: dict[str, int] = {}
    others: list[int] = []
    for position, name in zip(head.mapping["position"], head.mapping["taken_for"], strict=True):
        if name == KEEP:
            others.append(int(position) - 1)
        elif name != LEFT_OUT:
            taken[str(name)] = int(position) - 1
    labels = {int(at) - 1: str(text) for at, text in zip(head.mapping["position"], head.mapping["header"], strict=True)}
    births = _births(head, taken, labels)
    if births is not None and taken.get(AGE) == births:
        del taken[AGE]
    elif AGE in taken:
        births = None
    items = {section: _items(section, taken) for section in SECTIONS if f"{section}_score" not in taken}
    items = {section: names for section, names in items.items() if names}
    wanted = {*_COUNTED, RECORD_STATUS, *(name for names in items.values() for name in names)}
    wanted |= set(COUNTED_TO) if births is not None else set()
    wanted |= {OFFENCE_OF_OGRS} if OFFENCE not in taken else set()
    counted = {name: at for name, at in taken.items() if name in wanted}
    identifier = taken.get(RESPONDENT_ID)
    known = {*counted.values(), identifier, births}
    rest = tuple(sorted({*others, *taken.values()} - {at for at in known if at is not None}))
    if not counted and births is None:
        raise TableError("No column of the file is one that is counted, such as sex, age or drugs_score.")
    return Layout(counted, rest, identifier, births, items, labels, head.mapping)


def _items(section: str, taken: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(name for name, its in OASYS_ITEMS.items() if its == section and name in taken)


def _births(head: Intake, taken: Mapping[str, int], labels: Mapping[int, str]) -> int | None:
    """The column of dates of birth: by its name, or a column of ages that holds dates."""
    if DATE_OF_BIRTH in taken:
        return taken[DATE_OF_BIRTH]
    problems = head.problems
    made = set(problems.loc[(problems["action"] == AGES_MADE).to_numpy(dtype=bool), "column"])
    return taken[AGE] if AGE in taken and labels[taken[AGE]].strip() in made else None
