"""What the process returns is not believed: it holds what strangers sent."""

from __future__ import annotations

from typing import Any

import pytest

from evalcore.errors import PhonesError
from evalcore.phones.returned import reactions_by_screen
from evalcore.telling.reactions import MOST_COMMENT, MOST_IN_A_ROOM, Comment, Reactions, Tally

SHOWN = {"one", "two"}


def screen(tallies: object = None, comments: object = None) -> dict[str, Any]:
    return {"one": {"tallies": {} if tallies is None else tallies, "comments": [] if comments is None else comments}}


def test_what_is_in_order() -> None:
    returned = screen(
        {"lived": {"agree": 1, "cannot_say": MOST_IN_A_ROOM - 2}, "managers": {"partly": 1}},
        [["lived", "So."], ["managers", "W" * MOST_COMMENT]],
    )
    assert reactions_by_screen(returned, SHOWN) == {
        "one": Reactions(
            (Tally("managers", partly=1), Tally("lived", agree=1, cannot_say=MOST_IN_A_ROOM - 2)),
            (Comment("lived", "So."), Comment("managers", "W" * MOST_COMMENT)),
        )
    }
    assert reactions_by_screen({}, SHOWN) == {}
    assert reactions_by_screen(screen(), SHOWN) == {"one": Reactions()}


@pytest.mark.parametrize(
    "returned",
    [
        None,
        [],
        "one",
        {"three": screen()["one"]},
        {"one": None},
        {"one": {"tallies": {}}},
        {"one": {"tallies": {}, "comments": [], "names": []}},
        screen(tallies=[]),
        screen(tallies={"visitors": {"agree": 1}}),
        screen(tallies={"": {"agree": 1}}),
        screen(tallies={"lived": 3}),
        screen(tallies={"lived": {"yes": 1}}),
        screen(tallies={"lived": {"group": "managers"}}),
        screen(tallies={"lived": {"agree": -1, "partly": 2}}),
        screen(tallies={"lived": {"agree": True}}),
        screen(tallies={"lived": {"agree": 1.0}}),
        screen(tallies={"lived": {"agree": "1"}}),
        screen(tallies={"lived": {"agree": None}}),
        screen(tallies={"lived": {"agree": MOST_IN_A_ROOM + 1}}),
        screen(tallies={"lived": {"agree": MOST_IN_A_ROOM}, "managers": {"agree": 1}}),
        screen(comments="said"),
        screen(tallies={"lived": {"agree": 1}}, comments=["said"]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["lived"]]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["lived", "a", "b"]]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["visitors", "a"]]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["lived", 3]]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["lived", ""]]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["lived", "W" * (MOST_COMMENT + 1)]]),
        screen(tallies={"lived": {"agree": 1}}, comments=[["lived", "a"], ["lived", "b"]]),
    ],
)
def test_what_is_not(returned: object) -> None:
    with pytest.raises(PhonesError, match="could not be read") as raised:
        reactions_by_screen(returned, SHOWN)
    assert "said" not in str(raised.value)
