"""Questions, groups and answers without any network."""

from __future__ import annotations

import pytest

from evalcore.phones.server.poll import Poll, Question, Said
from evalcore.telling.reactions import ANSWERS, STAKEHOLDERS

ONE = Question("one", 1, "First", "Does it fit?")
TWO = Question("two", 2, "Second", "And this?")


@pytest.fixture
def poll() -> Poll:
    return Poll(STAKEHOLDERS, ANSWERS, most_people=3)


def joined(poll: Poll, group: str = "managers") -> str:
    token = poll.join(None, group)
    assert token
    return token


def test_an_answer_takes_the_place_of_the_one_before(poll: Poll) -> None:
    poll.show(ONE)
    phone = joined(poll)
    assert poll.answer(phone, poll.view(phone).key, Said("agree", "At first"))
    assert poll.answer(phone, poll.view(phone).key, Said("partly", ""))
    assert poll.reading() == {"one": {"tallies": {"managers": {"partly": 1}}, "comments": []}}


def test_who_changes_the_group_takes_the_answers_along(poll: Poll) -> None:
    poll.show(ONE)
    phone = joined(poll)
    poll.answer(phone, "1", Said("agree", "Yes"))
    assert poll.join(phone, "partners") == phone
    assert poll.reading() == {"one": {"tallies": {"partners": {"agree": 1}}, "comments": [["partners", "Yes"]]}}


def test_only_the_open_question_takes_answers(poll: Poll) -> None:
    phone = joined(poll)
    assert not poll.answer(phone, "1", Said("agree", ""))
    poll.show(ONE)
    key = poll.view(phone).key
    poll.show(TWO)
    assert not poll.answer(phone, key, Said("agree", ""))
    poll.wait()
    assert not poll.answer(phone, poll.view(phone).key, Said("agree", ""))
    assert poll.reading() == {}


def test_a_question_that_comes_back_has_its_answers(poll: Poll) -> None:
    phone = joined(poll)
    poll.show(ONE)
    poll.answer(phone, "1", Said("agree", "Yes"))
    poll.show(TWO)
    assert poll.view(phone).said is None
    poll.show(ONE)
    assert poll.view(phone).said == Said("agree", "Yes")
    assert poll.view(phone).key == "1"


def test_the_stamp_changes_with_the_question_only(poll: Poll) -> None:
    stamps = [poll.view(None).stamp]
    for act in (poll.wait, lambda: poll.show(ONE), lambda: poll.show(ONE), lambda: poll.show(TWO), poll.wait):
        act()
        stamps.append(poll.view(None).stamp)
    assert stamps == [0, 0, 1, 1, 2, 3]


def test_an_invented_token_is_nobody(poll: Poll) -> None:
    poll.show(ONE)
    assert poll.view("invented").group is None
    assert not poll.answer("invented", "1", Said("agree", ""))
    assert poll.join("invented", "managers") != "invented"


def test_in_a_full_room_who_was_away_longest_gives_way(poll: Poll) -> None:
    away, stays, other = joined(poll), joined(poll), joined(poll)
    poll.view(stays)
    poll.view(other)
    assert joined(poll)
    assert [poll.view(phone).group for phone in (away, stays, other)] == [None, "managers", "managers"]


def test_who_answered_never_gives_way(poll: Poll) -> None:
    poll.show(ONE)
    for phone in (joined(poll), joined(poll), joined(poll)):
        poll.answer(phone, "1", Said("agree", ""))
    assert poll.join(None, "partners") is None
    assert poll.reading() == {"one": {"tallies": {"managers": {"agree": 3}}, "comments": []}}


def test_a_thousand_who_join_are_not_all_remembered(poll: Poll) -> None:
    phones = [joined(poll) for _ in range(1000)]
    assert sum(poll.view(phone).group is not None for phone in phones) == 3


def test_no_representation_tells_what_somebody_said(poll: Poll) -> None:
    poll.show(ONE)
    phone = joined(poll)
    poll.answer(phone, "1", Said("agree", "secret words"))
    assert "secret" not in f"{poll!r}{poll.view(phone)!r}{poll.view(phone).said!r}"
