"""What the process returns, checked before it becomes reactions: it holds what strangers sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from evalcore.errors import PhonesError
from evalcore.telling.reactions import ANSWERS, MOST_COMMENT, MOST_IN_A_ROOM, STAKEHOLDERS, Comment, Reactions, Tally

UNUSABLE = "What the phones sent could not be read. The reactions read before are as they were; type further ones here."


def reactions_by_screen(returned: Any, shown: Collection[str]) -> dict[str, Reactions]:
    """Return the reactions to each screen that somebody answered.

    Parameters
    ----------
    returned : object
        What the process returned: by screen, `{"tallies": {group: {answer: n}}, "comments": [[group, text]]}`.
    shown : collection of str
        The screens that were shown; there can be no others.

    Raises
    ------
    PhonesError
        If it has another shape, or holds a group, an answer or a number that there can not be.

    Examples
    --------
    >>> returned = {"one": {"tallies": {"partners": {"agree": 2}}, "comments": [["partners", "Yes."]]}}
    >>> reactions_by_screen(returned, {"one"})["one"].n
    2
    """
    if not isinstance(returned, dict) or not set(returned) <= set(shown):
        raise PhonesError(UNUSABLE)
    return {screen: _reactions(one) for screen, one in returned.items()}


def _reactions(one: Any) -> Reactions:
    if not isinstance(one, dict) or set(one) != {"tallies", "comments"} or not isinstance(one["tallies"], dict):
        raise PhonesError(UNUSABLE)
    if not set(one["tallies"]) <= set(STAKEHOLDERS) or not isinstance(one["comments"], list):
        raise PhonesError(UNUSABLE)
    reactions = Reactions((), tuple(_comment(comment) for comment in one["comments"]))
    for group, tally in one["tallies"].items():
        reactions = reactions.with_tally(_tally(group, tally))
    if reactions.n > MOST_IN_A_ROOM or len(reactions.comments) > reactions.n:
        raise PhonesError(UNUSABLE)
    return reactions


def _tally(group: str, counted: Any) -> Tally:
    if not isinstance(counted, dict) or not set(counted) <= set(ANSWERS):
        raise PhonesError(UNUSABLE)
    if not all(type(count) is int and 0 <= count <= MOST_IN_A_ROOM for count in counted.values()):
        raise PhonesError(UNUSABLE)
    return Tally(group, **counted)


def _comment(pair: Any) -> Comment:
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        raise PhonesError(UNUSABLE)
    group, text = pair
    if group not in STAKEHOLDERS or not 0 < len(text) <= MOST_COMMENT:
        raise PhonesError(UNUSABLE)
    return Comment(group, text)
