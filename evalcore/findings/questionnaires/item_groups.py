"""What tables by item share: the items' columns, and the groups of people that their counts rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evalcore.findings.basis import Basis
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, Column, Group
from evalcore.findings.questionnaires.answered import (
    WHEN,
    Answered,
    ItemName,
    Mask,
    Side,
    holders,
    opposite,
    sides_of,
)

ITEM_COLUMNS = (Column("item", "Item", "label"), Column("keyword", "Keyword", "label"))
LEFT_OUT = "left_out"
"""Name of the column, and of the groups, of people who left an item out."""


def item_labels(items: Sequence[ItemName]) -> dict[str, list[str]]:
    """The first two columns of a table by item."""
    return {"item": [item.number for item in items], "keyword": [item.keyword for item in items]}


def everyone_group(basis: Basis, own: Answered, wave: str) -> Group:
    """Everyone who answered at least one item at this wave."""
    measure = FIELDWORK if basis.site is None else FIELDWORK_BY_SITE
    key = f"answered items {WHEN[wave]}"
    return Group(key, f"{basis.who}, {key}", measure, frozenset(own.people))


def item_groups(
    basis: Basis,
    wave: str,
    items: Sequence[ItemName],
    own: Answered,
    whole: Answered | None,
    codes_of: Mapping[str, Sequence[int]],
) -> dict[str, Group]:
    """Who gave one of some answers to each item and who did not, and who left it out.

    Everyone who answered at least one item is known on each of them: leaving it out is one of the ways to answer, so
    that the counts of one item add up to all of these people.

    Parameters
    ----------
    codes_of : mapping of str to sequence of int
        By name ("lower"): the codes of the answers. `LEFT_OUT` is added to them.
    """
    found: dict[str, Group] = {}
    for name, codes in {**codes_of, LEFT_OUT: ()}.items():
        parts = [(prefix, one, _gave(one, codes)) for prefix, one in sides_of(own, whole)]
        for place, item in enumerate(items):
            sides = [
                Side(prefix, one.people, np.ones(one.n, dtype=bool), gave[:, place]) for prefix, one, gave in parts
            ]
            measure = f"{item.code}, {wave}: {name}"
            found.update((group.key, group) for group in holders(item_key(item, name), basis.who, measure, sides))
    return found


def item_key(item: ItemName, name: str) -> str:
    """Key of the people who did something with an item: gave one of the lower answers, or left it out."""
    return f"{item.code}: {name}"


def item_column(items: Sequence[ItemName], name: str, label: str, everyone: str, held: str) -> Column:
    """A count by item of those who did something with it, of everyone who answered at least one item.

    `held` names what they did as `item_groups` does; "not ..." stands for those who did not.
    """
    having = [item_key(item, held.removeprefix("not ")) for item in items]
    pairs = [(key, opposite(key)) for key in having]
    return Column(
        name,
        label,
        "characteristic",
        groups=((everyone,),) * len(items),
        holders=tuple(pair[::-1] if held.startswith("not ") else pair for pair in pairs),
    )


def _gave(one: Answered, codes: Sequence[int]) -> Mask:
    """Who gave one of these answers to each item, shape (people, items); without codes who left it out."""
    return np.isin(one.codes, list(codes)) if codes else ~one.given
