"""Phones of a room, by real requests to the real process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from evalcore.phones import Room
from evalcore.telling.reactions import MOST_COMMENT, Comment, Reactions, Tally
from tests.phones.telephone import Phone


@pytest.fixture
def room() -> Iterator[Room]:
    with Room.open(address="127.0.0.1") as room:
        yield room


def test_a_workshop_with_three_phones(room: Room) -> None:
    manager, partner, late = (Phone(room.link) for _ in range(3))
    assert "Which group are you in?" in manager.look()
    assert manager.join("managers").status == 303
    partner.join("partners")
    assert "Wait for the next question" in manager.look()

    room.show("change.gse", 1, "Self-efficacy", "Does this fit what you saw?")
    page = manager.look()
    assert "Question 1" in page
    assert "Self-efficacy" in page
    assert "Does this fit what you saw?" in page
    assert "change.gse" not in page
    assert manager.answer("agree", "Mostly later on.").headers["Location"] == manager.home
    assert "came in: Agree." in manager.look()
    partner.answer("disagree")

    room.show("change.wemwbs", 2, "Wellbeing", "")
    late.join("partners")
    late.answer("cannot_say")
    room.wait()
    assert "Wait for the next question" in late.look()
    assert room.reactions() == {
        "change.gse": Reactions(
            (Tally("managers", agree=1), Tally("partners", disagree=1)), (Comment("managers", "Mostly later on."),)
        ),
        "change.wemwbs": Reactions((Tally("partners", cannot_say=1),)),
    }


def test_a_phone_answers_once_and_may_change_its_mind(room: Room) -> None:
    room.show("one", 1, "First", "")
    phone = Phone(room.link)
    phone.join("managers")
    phone.answer("agree", "At first")
    phone.answer("partly", "Now")
    phone.join("lived")
    assert room.reactions() == {"one": Reactions((Tally("lived", partly=1),), (Comment("lived", "Now"),))}


def test_the_cookie_is_the_only_thing_a_phone_is_given(room: Room) -> None:
    phone = Phone(room.link)
    assert phone.ask("GET").headers["Set-Cookie"] is None
    given = phone.join("managers").headers["Set-Cookie"]
    name, token = given.partition(";")[0].split("=")
    assert (name, len(token)) == ("answering", 22)
    assert given == f"answering={token}; Path=/; HttpOnly; SameSite=Strict"
    assert phone.ask("GET").headers["Set-Cookie"] is None
    assert token not in phone.look()


def test_what_is_open_now(room: Room) -> None:
    phone = Phone(room.link)
    phone.join("managers")

    def now() -> dict[str, object]:
        return dict(json.loads(phone.ask("GET", "/now").text))

    before = now()
    assert before == {
        "stamp": before["stamp"],
        "open": False,
        "number": None,
        "title": "",
        "question": "",
        "answered": False,
    }
    room.show("one", 4, "First", "Well?")
    during = now()
    assert during["stamp"] != before["stamp"]
    assert {**during, "stamp": 0} == {
        "stamp": 0,
        "open": True,
        "number": 4,
        "title": "First",
        "question": "Well?",
        "answered": False,
    }
    phone.answer("agree")
    assert now() == {**during, "answered": True}


def test_forty_phones_at_once_are_all_counted(room: Room) -> None:
    room.show("one", 1, "First", "")
    groups = ("practitioners", "managers", "partners", "lived")

    def take_part(number: int) -> int:
        phone = Phone(room.link)
        phone.join(groups[number % 4])
        return phone.answer("agree", f"Comment {number}", key="1").status

    with ThreadPoolExecutor(40) as together:
        assert set(together.map(take_part, range(40))) == {303}
    reactions = room.reactions()["one"]
    assert reactions.tallies == tuple(Tally(group, agree=10) for group in groups)
    assert {comment.text for comment in reactions.comments} == {f"Comment {number}" for number in range(40)}


def test_signs_of_all_kinds_come_through(room: Room) -> None:
    room.show("\ud800 screen", 1, "<b>\ud800 \U0001f600</b>", "\u202e'\"&")
    phone = Phone(room.link)
    phone.join("lived")
    assert "&lt;b&gt;? \U0001f600&lt;/b&gt;" in phone.look()
    comment = "\x1b[31m ‘Ünïcödé’ \U0001f600 <script>" + "Z\u0321" + "\u0321" * 99
    assert phone.answer("agree", comment).status == 303
    assert phone.look().count("<script") == 1
    (kept,) = room.reactions()["\ud800 screen"].comments
    assert kept.text == "[31m ‘Ünïcödé’ \U0001f600 <script>Z\u0321\u0321"


@pytest.mark.parametrize("sign", ["a", "€", "\U0001f600"])
def test_a_comment_may_be_as_long_as_is_said(room: Room, sign: str) -> None:
    room.show("one", 1, "First", "")
    phone = Phone(room.link)
    phone.join("lived")
    too_long = phone.answer("agree", sign * (MOST_COMMENT + 1))
    assert too_long.status == 400
    assert f"the comment has {MOST_COMMENT + 1} characters" in too_long.text
    assert sign * (MOST_COMMENT + 1) in too_long.text
    assert phone.answer("agree", sign * MOST_COMMENT).status == 303
    assert room.reactions()["one"].comments == (Comment("lived", sign * MOST_COMMENT),)
