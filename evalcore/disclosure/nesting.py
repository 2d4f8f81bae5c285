"""Which groups may be shown together: what could be worked out about a handful of people by adding and subtracting.

A mean and its n give the group's sum. Sums of shown groups can be added and subtracted, so whatever lies in the span of
the groups' membership vectors is known too: the difference of two nested groups, or of a whole and all its sites but
one. SDs give sums of squares, which add up in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

People = frozenset[str]
_PARTS = 4
"""At most so many differently placed parts are combined; enough for every set of up to 4 people."""


def exposed(groups: Iterable[People], largest: int) -> frozenset[People]:
    """Every set of 1 to `largest` people whose sum follows from the sums of `groups`.

    Parameters
    ----------
    groups : iterable of frozenset of str
    largest : int
        Size of the largest set looked for. Sets made of more than four differently placed parts are not looked for: up
        to 4 people every set is, and of more people those that few groups tell. Direct nesting is looked for whatever
        the size; see `nests_closely`.

    Examples
    --------
    >>> six = frozenset("abcdef")
    >>> exposed([six, six - {"f"}], 4)
    frozenset({frozenset({'f'})})
    >>> exposed([six, six], 4)
    frozenset()
    """
    distinct = [group for group in dict.fromkeys(groups) if group]
    if not distinct or largest < 1:
        return frozenset()
    parts = _parts(distinct)
    small = [index for index, (_, people) in enumerate(parts) if len(people) <= largest]
    if not small:
        return frozenset()
    membership = np.array([signature for signature, _ in parts], dtype=float).T
    beyond = np.eye(len(parts)) - np.linalg.pinv(membership) @ membership
    found = set()
    for chosen in _in_span(beyond, small):
        people: People = frozenset().union(*(parts[index][1] for index in chosen))
        if len(people) <= largest:
            found.add(people)
    return frozenset(found)


def _parts(groups: list[People]) -> list[tuple[tuple[bool, ...], People]]:
    """People who belong to exactly the same groups stand together."""
    signatures: dict[str, int] = {}
    for place, group in enumerate(groups):
        for person in group:
            signatures[person] = signatures.get(person, 0) | 1 << place
    members: dict[int, set[str]] = {}
    for person, signature in signatures.items():
        members.setdefault(signature, set()).add(person)
    places = range(len(groups))
    return [
        (tuple(bool(signature >> place & 1) for place in places), frozenset(people))
        for signature, people in sorted(members.items())
    ]


def _in_span(beyond: npt.NDArray[np.float64], small: list[int]) -> Iterator[tuple[int, ...]]:
    """Sets of up to four parts whose membership vector lies in the span: their columns of `beyond` add up to zero."""
    halves: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    chosen = [half for size in range(_PARTS // 2 + 1) for half in combinations(small, size)]
    sums = {half: beyond[:, list(half)].sum(axis=1) for half in chosen}
    for half, total in sums.items():
        halves.setdefault(_key(total), []).append(half)
    for half, total in sums.items():
        for other in halves.get(_key(-total), ()):
            union = tuple(sorted({*half, *other}))
            if union and half <= other and len(union) == len(half) + len(other):
                yield union


def _key(total: npt.NDArray[np.float64]) -> tuple[int, ...]:
    """The vector in steps of 1e-7, the grid moved off the simple fractions that these sums are made of."""
    return tuple(np.floor(total * 1e7 + 0.37).astype(np.int64).tolist())


def follows(target: People, groups: Iterable[People]) -> bool:
    """Whether the sum of one set of people follows from the sums of `groups`.

    >>> follows(frozenset("cd"), [frozenset("abcd"), frozenset("ab")]), follows(frozenset("c"), [frozenset("abc")])
    (True, False)
    """
    distinct = [group for group in dict.fromkeys(groups) if group]
    if not distinct or not target <= frozenset().union(*distinct):
        return False
    parts = _parts(distinct)
    if any(people & target and not people <= target for _, people in parts):
        return False
    membership = np.array([signature for signature, _ in parts], dtype=float).T
    wanted = np.array([bool(people & target) for _, people in parts], dtype=float)
    found, *_ = np.linalg.lstsq(membership.T, wanted, rcond=None)
    return bool(np.allclose(membership.T @ found, wanted, atol=1e-9))


def to_hide(
    candidates: Iterable[People], *, shown: Iterable[People], gap: int, secret: Iterable[People] = ()
) -> frozenset[People]:
    """Which of `candidates` must be hidden so that no set of 1 to `gap` - 1 people can be worked out.

    The larger group goes first and the inner one of two that nest is hidden; groups of `shown` (they left earlier, or
    are shown whatever happens) are never hidden, so that the outer one is when the inner has left. What `shown` gives
    away by itself can not be taken back; it hides only what nests with it. A candidate may itself be
    smaller than `gap`: whether it is large enough to be shown at all is another rule. The order of the candidates does
    not matter. Nor can any of the sets in `secret` be worked out, however large they are.

    Examples
    --------
    >>> six = frozenset("abcdef")
    >>> to_hide([six - {"f"}, six], shown=(), gap=5) == {six - {"f"}}
    True
    >>> to_hide([six], shown=[six - {"f"}], gap=5) == {six}
    True
    """
    accepted = list(dict.fromkeys(shown))
    known = exposed(accepted, gap - 1)
    kept_secret = [target for target in dict.fromkeys(secret) if not follows(target, accepted)]
    hidden = set()
    for candidate in sorted(set(candidates) - set(accepted), key=lambda group: (-len(group), sorted(group))):
        told = exposed([*accepted, candidate], gap - 1) - known - {candidate, *accepted}
        if (
            told
            or nests_closely(candidate, accepted, gap)
            or any(follows(target, [*accepted, candidate]) for target in kept_secret)
        ):
            hidden.add(candidate)
        else:
            accepted.append(candidate)
    return frozenset(hidden)


def nests_closely(candidate: People, accepted: Iterable[People], gap: int) -> bool:
    """Whether it differs from a group that is shown, inside or around it, by 1 to `gap` - 1 people.

    >>> nests_closely(frozenset("abc"), [frozenset("abcd")], 5), nests_closely(frozenset("abc"), [frozenset("d")], 5)
    (True, False)
    """
    return any(
        0 < abs(len(candidate) - len(group)) < gap and (candidate < group or group < candidate) for group in accepted
    )
