"""Who stands in which row of which file, as the study reads it: used rows and rows set aside alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from evalcore.assembly.naming import NAMED, Named, name_people
from evalcore.assembly.pooling import pooled
from evalcore.columns import RESPONDENT_ID, ROLE, SERVICE_USER
from evalcore.intake.cells.values import convert_column, for_field
from evalcore.intake.files.raw import tidy
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASES, RESPONSES, ROSTER, fields
from evalcore.intake.people.spelling import fold
from evalcore.study import Study

_Forms = Mapping[str, Collection[tuple[str | None, str]]]
"""Role and identifier of everyone, by the form in which spellings are compared."""


class Place(NamedTuple):
    """One row of a file about somebody: its place in `Standing.files`, its number, and who it is about.

    `typed` is the identifier as the file has it, `respondent_id` as the study reads it.
    """

    file: int
    row: int
    role: str | None
    typed: str
    respondent_id: str


@dataclass(frozen=True, eq=False, repr=False)
class Standing:
    """Every row about somebody, the caseload's apart: that is long, and is looked at only for one person.

    `files` holds the files of the study, then those that wait for an answer; `roles` the roles known of an identifier.
    """

    files: tuple[Intake, ...]
    places: tuple[Place, ...]
    roles: Mapping[str, frozenset[str]]

    def fits(self, place: Place, role: str | None) -> bool:
        """Whether a row could be about somebody of this role.

        A row without a role could be about anybody of its identifier: where that stands in several roles it is counted
        for none of them, and goes with each.
        """
        known = self.roles.get(place.respondent_id, frozenset())
        return role is None or place.role == role or (place.role is None and (role in known or not known))


def standing(study: Study) -> Standing:
    """Find every row of the study, and of the files that wait, that is about somebody.

    >>> from evalcore.intake import read_questionnaires
    >>> read = read_questionnaires(b"respondent_id,wave,gse_1\\nA1,pre,3\\nA1,later,4\\n", name="answers.csv")
    >>> [(place.row, place.respondent_id) for place in standing(Study.empty().add(read)).places]
    [(2, 'A1'), (3, 'A1')]
    """
    ordered = sorted(study.intakes, key=lambda intake: (intake.name, intake.digest))
    kinds = {kind: [intake for intake in ordered if intake.kind == kind] for kind in NAMED}
    named = name_people({kind: pooled(kind, its) for kind, its in kinds.items()}, study.decisions)
    files = (*study.intakes, *study.waiting)
    numbers = {id(intake): number for number, intake in enumerate(files)}
    found = [place for kind in NAMED for place in _entered(study, named, kind, numbers)]
    read = {(place.file, place.row) for place in found}
    finals = _by_form(found)
    for number, intake in enumerate(files):
        if intake.kind in NAMED:
            found += _others(number, intake, read, named, finals)
    roles: dict[str, set[str]] = {}
    for place in found:
        roles.setdefault(place.respondent_id, set()).update([place.role] if place.role else ())
    return Standing(files, tuple(found), {name: frozenset(its) for name, its in roles.items()})


def _entered(study: Study, named: Named, kind: str, numbers: Mapping[int, int]) -> Iterator[Place]:
    """The rows that the study holds against each other, as it names them; the role of an answer is filled in."""
    pool = named.pools[kind]
    roles: Sequence[object] = [SERVICE_USER] * len(pool.row)
    if kind == ROSTER:
        roles = pool.table[ROLE].tolist()
    elif kind == RESPONSES:
        roles = study.entries[ROLE].tolist()
    cells = (pool.file.tolist(), pool.row.tolist(), roles, pool.typed.tolist(), pool.table[RESPONDENT_ID].tolist())
    for file, row, role, typed, final in zip(*cells, strict=True):
        if isinstance(final, str):
            yield Place(numbers[id(pool.intakes[file])], row, role if isinstance(role, str) else None, typed, final)


def _others(number: int, intake: Intake, read: set[tuple[int, int]], named: Named, finals: _Forms) -> Iterator[Place]:
    """The rows that were set aside in reading, and those of a file that waits."""
    rows = zip(intake.rows["row"].tolist(), intake.rows[RESPONDENT_ID].tolist(), strict=True)
    others = [(row, typed) for row, typed in rows if isinstance(typed, str) and (number, row) not in read]
    roles = roles_typed(intake) if others else {}
    for row, typed in others:
        role = roles.get(row)
        yield Place(number, row, role, typed, _final(typed, role, named, finals))


def _final(typed: str, role: str | None, named: Named, finals: _Forms) -> str:
    """How the study would read an identifier: as it stands elsewhere, else in the one other spelling of that role."""
    found = named.read_as(typed, role)
    same = {text for its, text in finals.get(fold(found), ()) if None in (role, its) or role == its}
    return next(iter(same)) if len(same) == 1 else found


def _by_form(places: Iterable[Place]) -> _Forms:
    forms: dict[str, set[tuple[str | None, str]]] = {}
    for place in places:
        forms.setdefault(fold(place.respondent_id), set()).add((place.role, place.respondent_id))
    return forms


def roles_typed(intake: Intake) -> dict[int, str]:
    """The role that each row of a file names itself, by the row's number; service user in a file of cases."""
    if intake.kind == CASES:
        return dict.fromkeys(intake.rows["row"].tolist(), SERVICE_USER)
    places = intake.mapping.loc[intake.mapping["taken_for"] == ROLE, "position"].tolist()
    if intake.raw is None or not places:
        return {}
    column = intake.raw.columns[int(places[0]) - 1]
    native = next(one for one in fields(intake.kind) if one.name == ROLE)
    values = convert_column(column, for_field(native, column.texts, chosen=_chosen(intake.choices.codes))).values
    cells = zip(intake.raw.rows.tolist(), values.tolist(), strict=True)
    return {row: value for row, value in cells if isinstance(value, str)}


def _chosen(codes: pd.DataFrame | None) -> dict[str, str | None]:
    """What a person said that the texts of the column of roles stand for."""
    if codes is None:
        return {}
    mine = codes[codes["field"] == ROLE]
    return {tidy(str(found)): str(code) or None for found, code in zip(mine["found"], mine["code"], strict=True)}
