"""What a person confirmed or denied of two identifiers, followed through chains, loops and files that are gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from evalcore.assembly.spellings import Spellings
from evalcore.columns import ROLES
from evalcore.decisions import Decision, SamePerson, people_of
from evalcore.intake.people.spelling import fold


@dataclass(frozen=True, eq=False, repr=False)
class Confirmed:
    """Which identifier is read as which, role by role; None is the role of rows that have none.

    `denied` holds the pairs that are two people; `contradictions` counts the groups of which both was said.
    """

    spellings: Spellings
    known: Mapping[str, str | None]
    by_role: Mapping[str | None, Mapping[str, str]] = field(default_factory=dict)
    denied: Mapping[str | None, Collection[frozenset[str]]] = field(default_factory=dict)
    general: Collection[str] = ()
    contradictions: int = 0

    @property
    def changes(self) -> set[str]:
        """Every identifier that is read as another in any role."""
        return {text for edges in self.by_role.values() for text in edges}

    def read_as(self, identifier: str, role: str | None) -> str:
        """Return the identifier that one (as the study spells it) is read as."""
        return self.by_role.get(role, {}).get(identifier, identifier)

    def scope(self, identifier: str, role: str | None) -> str | None:
        """The role for which an identifier is read as another; None where the decision names none."""
        return None if identifier in self.general else role

    def present(self, identifier: str, role: str | None) -> str:
        """Return how the study spells an identifier that was decided on, perhaps when there were other files."""
        return _present(identifier, role, self.spellings, self.known)

    def is_open(self, one: str, other: str, role: str | None) -> bool:
        """Whether nobody has yet said if two identifiers are one person."""
        roles = (*ROLES, None) if role is None else (role,)
        denied = any(frozenset((one, other)) in self.denied.get(each, ()) for each in roles)
        return not denied and all(self.read_as(one, each) != self.read_as(other, each) for each in roles)


def confirm(decisions: Sequence[Decision], spellings: Spellings, identifiers: Collection[str]) -> Confirmed:
    """Work out what follows from all decisions; `identifiers` are those that the study has, as it spells them."""
    known = _known(decisions, spellings, identifiers)
    same = [decision for decision in decisions if isinstance(decision, SamePerson)]
    if not same:
        return Confirmed(spellings, known)
    by_role: dict[str | None, Mapping[str, str]] = {}
    denied: dict[str | None, Collection[frozenset[str]]] = {}
    contradictions: set[frozenset[str]] = set()
    for role in (*ROLES, None):
        mine = [one for one in same if role is None or one.role in (None, role)]
        resolved = [(_pair(one, spellings, known), one) for one in sorted(mine, key=lambda one: one.role is not None)]
        apart = {frozenset(pair) for pair, one in resolved if not one.same}
        edges = _edges([pair for pair, one in resolved if one.same], ambiguous=role is None)
        by_role[role], bad = _followed(edges, apart, identifiers)
        denied[role] = apart
        contradictions |= bad
    general = {_pair(one, spellings, known)[0] for one in same if one.role is None}
    return Confirmed(spellings, known, by_role, denied, general, len(contradictions))


def _known(
    decisions: Sequence[Decision], spellings: Spellings, identifiers: Collection[str]
) -> Mapping[str, str | None]:
    """From what the decisions call people to what the study does: the same, else the one other spelling of it."""
    known: dict[str, str | None] = {text: text for text in identifiers}
    typed = {text for text, _ in spellings.kept}
    if all(text in known or text in typed for decision in decisions for text in people_of(decision)):
        return known
    forms: dict[str, str | None] = {}
    for text in identifiers:
        form = fold(text)
        forms[form] = None if form in forms else text
    return forms | known


def _present(identifier: str, role: str | None, spellings: Spellings, known: Mapping[str, str | None]) -> str:
    kept = spellings.kept.get((identifier, role), spellings.kept.get((identifier, None)))
    return kept or known.get(identifier) or known.get(fold(identifier)) or identifier


def _pair(one: SamePerson, spellings: Spellings, known: Mapping[str, str | None]) -> tuple[str, str]:
    return (
        _present(one.found, one.role, spellings, known),
        _present(one.respondent_id, one.role, spellings, known),
    )


def _edges(pairs: Sequence[tuple[str, str]], *, ambiguous: bool) -> dict[str, str]:
    """From each identifier to the one that it is; `ambiguous`: not where two roles say different things."""
    edges: dict[str, str] = {}
    doubtful = set()
    for found, kept in pairs:
        if found != kept:
            if edges.get(found, kept) != kept:
                doubtful.add(found)
            edges[found] = kept
    return {found: kept for found, kept in edges.items() if not (ambiguous and found in doubtful)}


def _followed(
    edges: Mapping[str, str], apart: Collection[frozenset[str]], identifiers: Collection[str]
) -> tuple[dict[str, str], set[frozenset[str]]]:
    """Follow each chain to its end; a loop ends at its smallest identifier, a group that is also denied nowhere."""
    groups: dict[str, set[str]] = {}
    for text in {*edges, *edges.values()}:
        groups.setdefault(_end(text, edges), set()).add(text)
    read_as: dict[str, str] = {}
    contradicting = set()
    for end, group in groups.items():
        if any(pair <= group for pair in apart):
            contradicting.add(frozenset(group))
            continue
        here = group.intersection(identifiers)
        if here:
            stays = end if end in here else min(here)
            read_as.update({text: stays for text in group if text != stays})
    return read_as, contradicting


def _end(text: str, edges: Mapping[str, str]) -> str:
    path = [text]
    while path[-1] in edges:
        after = edges[path[-1]]
        if after in path:
            return min(path[path.index(after) :])
        path.append(after)
    return path[-1]
