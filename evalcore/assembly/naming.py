"""One identifier a person: spellings that the rules take for the same, and what a person confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.assembly.confirming import Confirmed, confirm
from evalcore.assembly.filling import filled
from evalcore.assembly.pooling import Pool, standing_in
from evalcore.assembly.spellings import Spellings, unify
from evalcore.columns import RESPONDENT_ID, ROLE, SERVICE_USER
from evalcore.decisions import Decision, SamePerson, people_of
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASES, RESPONSES, ROSTER
from evalcore.intake.people.repeats import ProblemLine
from evalcore.intake.people.spelling import rules_used
from evalcore.intake.problems import KEPT, NOTE, RESPELLED, WARNING
from evalcore.wording import count, joined

CONFIRMED = "confirmed by a person"
NAMED = (ROSTER, CASES, RESPONSES)
IDENTITY_COLUMNS = ("role", "found", "respondent_id", "rule")


@dataclass(frozen=True, eq=False, repr=False)
class Named:
    """The pools with one identifier a person, and the account of what was read as another.

    `identities` has one row for each spelling that is read as another: `role, found, respondent_id, rule`.
    """

    pools: Mapping[str, Pool]
    identities: pd.DataFrame
    lines: Mapping[str, list[ProblemLine]]
    notes: tuple[str, ...]
    spellings: Spellings
    confirmed: Confirmed

    def read_as(self, identifier: str, role: str | None) -> str:
        """Return the identifier that one is read as."""
        return self.confirmed.read_as(self.confirmed.present(identifier, role), role)


@dataclass
class _Account:
    """Collects, row by row, what is read as another spelling."""

    seen: dict[tuple[str, str, str, str], None] = field(default_factory=dict)
    lines: dict[str, list[ProblemLine]] = field(default_factory=lambda: {kind: [] for kind in NAMED})
    respelled: int = 0
    confirmed: int = 0


def name_people(pools: Mapping[str, Pool], decisions: Sequence[Decision]) -> Named:
    """Give every person of the roster, the case file and the questionnaires one identifier."""
    rejected = [one for one in decisions if isinstance(one, SamePerson) and not one.same]
    spellings = unify(pools, rejected)
    spelled = pools
    if spellings.kept:
        spelled = {kind: _respelled(pool, spellings.kept, _roles(kind, pool)) for kind, pool in pools.items()}
    named_any = any(people_of(decision) for decision in decisions)
    present = {text for pool in spelled.values() for text in _texts(pool)} if named_any else ()
    confirmed = confirm(decisions, spellings, present)
    named = spelled
    if confirmed.changes:
        named = {kind: _followed(pool, confirmed, _known_roles(kind, spelled)) for kind, pool in spelled.items()}
    account = _Account()
    for kind in NAMED:
        _list_respelled(account, kind, spelled[kind], named[kind], spellings, confirmed)
        _list_blocked(account, kind, spelled[kind], spellings, confirmed)
    return Named(named, _identities(account), account.lines, _notes(account, confirmed), spellings, confirmed)


def _identities(account: _Account) -> pd.DataFrame:
    seen = [
        (role or None, found, kept, rule or joined(list(rules_used(found, kept))))
        for role, found, kept, rule in sorted(account.seen)
    ]
    columns = list(zip(*seen, strict=True)) or [()] * len(IDENTITY_COLUMNS)
    return pd.DataFrame(dict(zip(IDENTITY_COLUMNS, columns, strict=True)), dtype="str")


def _texts(pool: Pool) -> Iterable[str]:
    texts: Iterable[str] = pool.table[RESPONDENT_ID].dropna().unique()
    return texts


def _roles(kind: str, pool: Pool) -> pd.Series:
    """The role of each row; the case file holds service users."""
    if kind == CASES:
        return pd.Series(np.full(len(pool.table), SERVICE_USER, dtype=object))
    return pool.table[ROLE]


def _known_roles(kind: str, pools: Mapping[str, Pool]) -> pd.Series:
    """The role of each row, that of a questionnaire filled in from the roster and the case file."""
    if kind != RESPONSES:
        return _roles(kind, pools[kind])
    roster = pools[ROSTER].table.drop_duplicates([RESPONDENT_ID, ROLE])
    cases = pools[CASES].table.drop_duplicates(RESPONDENT_ID)
    return filled(pools[RESPONSES].table, roster, cases)[0][ROLE]


def _respelled(pool: Pool, kept: Mapping[tuple[str, str | None], str], roles: pd.Series) -> Pool:
    """Read each identifier as the spelling that is kept, in its role or in every role."""
    typed = pool.table[RESPONDENT_ID]
    at = standing_in(typed, {text for text, _ in kept})
    who = [(text, _role(role)) for text, role in zip(typed.iloc[at].tolist(), roles.iloc[at].tolist(), strict=True)]
    return _with_identifiers(pool, at, [kept.get(one, kept.get((one[0], None), one[0])) for one in who])


def _followed(pool: Pool, confirmed: Confirmed, roles: pd.Series) -> Pool:
    spelled = pool.table[RESPONDENT_ID]
    at = standing_in(spelled, confirmed.changes)
    who = zip(spelled.iloc[at].tolist(), roles.iloc[at].tolist(), strict=True)
    return _with_identifiers(pool, at, [confirmed.read_as(text, _role(role)) for text, role in who])


def _with_identifiers(pool: Pool, at: NDArray[np.intp], new: Sequence[str]) -> Pool:
    if not len(at):
        return pool
    cells = pool.table[RESPONDENT_ID].to_numpy(dtype=object, copy=True)
    cells[at] = new
    return pool.renamed(pd.Series(pd.array(cells, dtype="str"), index=pool.table.index))


def _role(role: object) -> str | None:
    return role if isinstance(role, str) else None


def _list_respelled(
    account: _Account, kind: str, spelled: Pool, named: Pool, spellings: Spellings, confirmed: Confirmed
) -> None:
    """List each row whose identifier is read as another, and each such spelling once."""
    if not named.respelled:
        return
    final = named.table[RESPONDENT_ID]
    at = np.flatnonzero(named.typed.fillna("").to_numpy() != final.fillna("").to_numpy())
    texts = [series.iloc[at].tolist() for series in (named.typed, spelled.table[RESPONDENT_ID], final)]
    roles = map(_role, _roles(kind, named).iloc[at])
    for found, between, kept, role, place in zip(*texts, roles, _places(named, at), strict=True):
        if between != kept:
            scope, rule = confirmed.scope(between, role), CONFIRMED
        else:
            scope, rule = spellings.scope(found, role), ""
        account.seen[(scope or "", found, kept, rule)] = None
        if place:
            account.lines[kind].append((*place, found, kept, RESPELLED, NOTE))
            account.confirmed += rule == CONFIRMED
            account.respelled += rule != CONFIRMED


def _places(pool: Pool, at: NDArray[np.intp]) -> Iterator[tuple[str, int, str] | None]:
    """File, row and column of the identifier of each entry; None for the second answer in a row of a wide file."""
    columns = [(intake.name, identifier_column(intake)) for intake in pool.intakes]
    last = None
    for file, row in zip(pool.file[at].tolist(), pool.row[at].tolist(), strict=True):
        name, column = columns[file]
        yield (name, row, column) if (file, row) != last else None
        last = (file, row)


def identifier_column(intake: Intake) -> str:
    """The heading of the column of identifiers, as the file has it."""
    mapping = intake.mapping
    found = mapping.loc[mapping["taken_for"] == RESPONDENT_ID, "header"]
    return str(found.iloc[0]) if len(found) else RESPONDENT_ID


def _list_blocked(account: _Account, kind: str, pool: Pool, spellings: Spellings, confirmed: Confirmed) -> None:
    """List the rows of spellings that could be one identifier but stand side by side, until a person has decided."""
    others: dict[str, dict[str, None]] = {}
    for scope, texts in spellings.blocked:
        for one, other in combinations(texts, 2):
            if confirmed.is_open(one, other, scope):
                others.setdefault(one, {})[other] = None
                others.setdefault(other, {})[one] = None
    if not others:
        return
    who = pool.table[RESPONDENT_ID]
    at = standing_in(who, others)
    for text, place in zip(who.iloc[at].tolist(), _places(pool, at), strict=True):
        if place:
            expected = f"one spelling of an identifier; {joined(list(others[text]))} stands there too"
            account.lines[kind].append((*place, text, expected, KEPT, WARNING))


def _notes(account: _Account, confirmed: Confirmed) -> tuple[str, ...]:
    notes = []
    if account.respelled:
        rows = count(account.respelled, "row has an identifier that is", "rows have identifiers that are")
        notes.append(f"{rows} read as another spelling of the same.")
    if account.confirmed:
        rows = count(account.confirmed, "row has an identifier", "rows have identifiers")
        notes.append(f"{rows} that a person confirmed to be a slip, read as the right one.")
    if confirmed.contradictions:
        n = count(confirmed.contradictions, "group of identifiers is", "groups of identifiers are")
        notes.append(f"{n} said to be one person and two people at once: nothing was joined there.")
    return tuple(notes)
