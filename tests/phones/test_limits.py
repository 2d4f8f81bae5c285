"""How often somebody may send something, by a clock that the tests turn."""

from __future__ import annotations

from evalcore.phones.server.limits import Limiter
from evalcore.phones.server.web import IN_ALL, PER_ADDRESS, PER_PHONE
from evalcore.telling.reactions import MOST_IN_A_ROOM


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_every_limit_holds() -> None:
    clock = Clock()
    limiter = Limiter((2, 1.0), (3, 60.0), clock=clock)
    assert [limiter.allows("one") for _ in range(3)] == [True, True, False]
    clock.now += 1
    assert [limiter.allows("one") for _ in range(2)] == [True, False]
    clock.now += 30
    assert not limiter.allows("one")
    clock.now += 29
    assert limiter.allows("one")


def test_one_does_not_use_up_what_another_may() -> None:
    limiter = Limiter((1, 60.0), clock=Clock())
    assert [limiter.allows(key) for key in ("one", "other", "one", "other")] == [True, True, False, False]


def test_what_was_refused_is_not_counted() -> None:
    clock = Clock()
    limiter = Limiter((1, 1.0), clock=clock)
    tries = []
    for _ in range(5):
        tries.append(limiter.allows("one"))
        clock.now += 0.4
    assert tries == [True, False, False, True, False]


def test_who_was_away_long_enough_is_forgotten() -> None:
    clock = Clock()
    limiter = Limiter((5, 1.0), (60, 60.0), clock=clock)
    for number in range(20):
        limiter.allows(f"address {number}")
    clock.now += 60
    limiter.allows("last")
    assert len(limiter) == 1


def test_memory_is_bounded() -> None:
    limiter = Limiter((1, 60.0), clock=Clock(), most_keys=10)
    for number in range(100):
        limiter.allows(str(number))
    assert len(limiter) == 10


def test_a_full_room_behind_one_address_can_come_in_within_two_minutes() -> None:
    assert PER_PHONE == ((5, 1.0), (60, 60.0))
    assert IN_ALL == ((200, 1.0),)
    ((joins, seconds),) = PER_ADDRESS
    assert MOST_IN_A_ROOM / joins * seconds <= 120
