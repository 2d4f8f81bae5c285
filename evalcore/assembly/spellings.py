"""Spellings of one identifier across the whole study: which are read as which, and which stand side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from evalcore.assembly.pooling import Pool, standing_in
from evalcore.columns import POST, PRE, RESPONDENT_ID, ROLE, SERVICE_USER, WAVE
from evalcore.decisions import SamePerson
from evalcore.intake.native import CASES, RESPONSES, ROSTER
from evalcore.intake.people.spelling import fold

# Whose spelling stays: the first of these that has one.
_PLACES = (ROSTER, CASES, PRE, POST)

Kept = Mapping[tuple[str, str | None], str]


@dataclass(frozen=True, eq=False, repr=False)
class Spellings:
    """What the rules of spelling make of the identifiers.

    Attributes
    ----------
    kept : mapping
        From an identifier as typed, and the role in which it stands so (None: in every role), to the one it is read as.
    blocked : tuple
        Spellings that the rules take for the same and that were left apart, by role (None: in every role).
    """

    kept: Kept
    blocked: tuple[tuple[str | None, tuple[str, ...]], ...] = ()

    def scope(self, text: str, role: str | None) -> str | None:
        """The role for which a spelling is read as another; None where that holds in every role."""
        return role if (text, role) in self.kept else None


class _Use(NamedTuple):
    """One spelling in one place: the roster, the case file, the answers at one wave."""

    place: int
    order: int
    role: str | None
    text: str


def unify(pools: Mapping[str, Pool], rejected: Sequence[SamePerson]) -> Spellings:
    """Find the spellings of one identifier.

    Two that stand in the same table, for the same wave and role, may be two people: then none of that identifier's
    spellings is read as another. A role that is not known could be any. The same holds for two that a person said
    are two people.
    """
    texts = pd.unique(pd.concat([pools[kind].table[RESPONDENT_ID] for kind in (ROSTER, CASES, RESPONSES)]).dropna())
    forms: dict[str, list[str]] = {}
    for text in texts:
        forms.setdefault(fold(text), []).append(text)
    several = {text: form for form, its in forms.items() if len(its) > 1 for text in its}
    if not several:
        return Spellings({})
    uses: dict[str, list[_Use]] = {}
    for kind in (ROSTER, CASES, RESPONSES):
        for use in _uses(kind, pools[kind].table, several):
            uses.setdefault(several[use.text], []).append(use)
    kept: dict[tuple[str, str | None], str] = {}
    blocked: list[tuple[str | None, tuple[str, ...]]] = []
    for group in uses.values():
        for scope, its in _by_role(group).items():
            found = tuple(sorted({use.text for use in its}))
            if len(found) > 1 and (_side_by_side(its) or _told_apart(found, scope, rejected)):
                blocked.append((scope, found))
            elif len(found) > 1:
                stays = min(its).text
                kept.update({(text, scope): stays for text in found if text != stays})
    return Spellings(kept, tuple(sorted(blocked, key=lambda one: (one[0] or "", one[1]))))


def _uses(kind: str, table: pd.DataFrame, several: Collection[str]) -> list[_Use]:
    """Each spelling of `several` once for each wave and role in which it stands, in the order of the rows."""
    columns = {RESPONSES: [RESPONDENT_ID, ROLE, WAVE], ROSTER: [RESPONDENT_ID, ROLE]}.get(kind, [RESPONDENT_ID])
    rows = table[columns].iloc[standing_in(table[RESPONDENT_ID], several)].drop_duplicates()
    found = []
    for order, cells in enumerate(rows.itertuples(index=False, name=None)):
        role = SERVICE_USER if kind == CASES else cells[1]
        place = _PLACES.index(cells[2]) if kind == RESPONSES else _PLACES.index(kind)
        found.append(_Use(place, order, role if isinstance(role, str) else None, cells[0]))
    return found


def _by_role(group: Sequence[_Use]) -> dict[str | None, list[_Use]]:
    """The uses of one identifier role by role; all together as soon as one of them could have any role."""
    if any(use.role is None for use in group):
        return {None: list(group)}
    roles: dict[str | None, list[_Use]] = {}
    for use in group:
        roles.setdefault(use.role, []).append(use)
    return roles


def _side_by_side(uses: Sequence[_Use]) -> bool:
    different = {(use.place, use.text) for use in uses}
    return len({place for place, _ in different}) < len(different)


def _told_apart(texts: Collection[str], role: str | None, rejected: Sequence[SamePerson]) -> bool:
    """Whether a person said of two of these that they are two people."""
    return any(
        one.found in texts and one.respondent_id in texts and (None in (role, one.role) or role == one.role)
        for one in rejected
    )
