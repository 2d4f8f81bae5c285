"""The record of what left: the person's name gives way to a token, so that what left still counts them.

Exceptions for published figures are bound to nobody any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evalcore.columns import ROLES, SERVICE_USER
from evalcore.leaving import NOBODY, Export, Override
from evalcore.withdrawal.finding import Found

# Names of people are `role|identifier`; a token has no bar, so that no identifier of any file can be taken for one.
_TOKEN = re.compile(r"withdrawn (\d+)")
_WITH_ROLE = re.compile(rf"(?P<text>.*) \((?P<role>{'|'.join(ROLES)})\)", re.DOTALL)


def without_name(exports: Sequence[Export], found: Found) -> tuple[Export, ...]:
    """Return the exports with one token in the place of a person, the same in all of them.

    The tokens are numbered in the order in which people withdrew: "withdrawn 1" says nothing about anybody. Who stood
    in several roles, where everyone of an identifier withdrew, gets one token for each.

    >>> from evalcore.withdrawal.person import Person
    >>> left = Export("a", "share", (("gse", frozenset({"staff|A1", "staff|A2"})),))
    >>> found = Found(Person("staff", "A1"), frozenset(), frozenset({"A1"}), frozenset(), {})
    >>> sorted(without_name([left], found)[0].groups[0][1])
    ['staff|A2', 'withdrawn 1']
    """
    names = {name for export in exports for _, people in export.groups for name in people}
    theirs = {name: role for name in sorted(names) if (role := _role_of(name, found)) is not None}
    if not theirs:
        return tuple(exports)
    first = 1 + max((int(match[1]) for name in names if (match := _TOKEN.fullmatch(name))), default=0)
    known = sorted(set(theirs.values()) - {""}) if found.person.role is None else []
    place = {role: f"withdrawn {first + number}" for number, role in enumerate(known)}
    tokens = {name: place.get(role, f"withdrawn {first}") for name, role in theirs.items()}
    return tuple(_renamed(export, tokens) for export in exports)


def without_people(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """Return exceptions that are bound to no group's people any more, so that none of them holds.

    From the digest of a group, and from everybody else in it, somebody could find out by trying who withdrew. Which
    groups held them is not known here: each exception has to be recorded anew.

    >>> without_people([Override("a", "few", "Report", people="ab" * 32)])[0].people == NOBODY
    True
    """
    return tuple(replace(one, people=NOBODY) if one.people else one for one in overrides)


def _renamed(export: Export, tokens: dict[str, str]) -> Export:
    if not any(name in tokens for _, people in export.groups for name in people):
        return export
    groups = ((measure, frozenset(tokens.get(name, name) for name in people)) for measure, people in export.groups)
    return replace(export, groups=tuple(groups))


def _role_of(name: str, found: Found) -> str | None:
    """The role in which a name of an export is this person's, empty where none is said; None: it is somebody else's."""
    if _TOKEN.fullmatch(name):
        return None
    for role, text in _readings(name):
        default = _may_be_default(role, found) and not found.is_others(text, role)
        if found.named(text, role) or (default and found.named(text, found.person.role)):
            return role or ""
    return None


def _readings(name: str) -> Iterator[tuple[str | None, str]]:
    """What a name may say: role and identifier; who stands in two roles has the role behind the identifier, too."""
    role, bar, text = name.partition("|")
    if not bar:
        role, text = "", name
    own = _WITH_ROLE.fullmatch(text)
    if own:
        yield own["role"], own["text"]
    yield role or None, text


def _may_be_default(role: str | None, found: Found) -> bool:
    """Whether a name may hold another role than the person's own.

    Staff and volunteers are one group, in which who never answered is named by the first of the two.
    """
    return role is not None and SERVICE_USER not in (role, found.person.role) and found.person.role is not None
