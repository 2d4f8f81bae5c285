"""A telling is replaced whole, and shows nothing that was typed."""

from __future__ import annotations

from dataclasses import replace

from evalcore.study import Study
from evalcore.telling import Comment, Reactions, ReportText, Screen, Shown, Tally, Telling, Workshop

FIRST = Workshop("May", "2026-05-04T09:00:00+00:00", "0a" * 32, (), "2026-05-04T11:00:00+00:00")
SECOND = Workshop("June", "2026-06-04T09:00:00+00:00", "0a" * 32)


def test_the_usual_order_and_an_empty_one_are_not_the_same() -> None:
    assert Telling().with_order([]) != Telling()
    assert Telling().with_order([Screen("a", "{}")]).with_order(None) == Telling()


def test_a_workshop_takes_the_place_of_the_one_that_began_with_it() -> None:
    both = Telling().with_workshop(FIRST).with_workshop(SECOND)
    assert both.now_on == SECOND
    renamed = both.with_workshop(replace(FIRST, name="May, North"))
    assert [one.name for one in renamed.workshops] == ["May, North", "June"]
    ended = both.with_workshop(replace(SECOND, ended_at="2026-06-04T11:00:00+00:00"))
    assert ended.now_on is None
    assert Telling().now_on is None


def test_a_finding_that_is_shown_again_keeps_its_place() -> None:
    one, other = Shown("a", "A", "", ""), Shown("b", "B", "", "")
    workshop = SECOND.with_shown(one).with_shown(other).with_shown(replace(one, title="Again"))
    assert [seen.title for seen in workshop.shown] == ["Again", "B"]
    assert workshop.of("b") is other
    assert workshop.of("c") is None


def test_all_reactions_are_those_typed_and_those_sent() -> None:
    typed = Reactions((Tally("managers", 1),), (Comment("managers", "One"),))
    sent = Reactions((Tally("practitioners", 2), Tally("managers", 3)), (Comment("lived", "Two"),))
    both = Shown("a", "", "", "", typed=typed, sent=sent).reactions
    assert both.tallies == (Tally("practitioners", 2), Tally("managers", 4))
    assert [comment.text for comment in both.comments] == ["One", "Two"]


def test_own_text_is_found_by_its_section() -> None:
    report = ReportText(own=(("summary", "Ours."),))
    assert (report.own_text("summary"), report.own_text("limits")) == ("Ours.", "")


def test_it_is_no_data() -> None:
    study = Study.empty("Pilot")
    assert study.telling == Telling()
    told = study.beside(telling=Telling(()))
    assert told.fingerprint == study.fingerprint
    assert replace(told, name="North").fingerprint == study.fingerprint


def test_nothing_typed_is_in_a_repr() -> None:
    word = "canary"
    seen = Shown("a", word, word, word, typed=Reactions((), (Comment("lived", word),)), follow_up=word)
    workshop = Workshop(word, FIRST.began_at, word, (seen,))
    report = ReportText(word, word, word, word.encode(), (), ((word, word),))
    assert word not in repr(Telling((Screen("a", word, word, word, word),), (workshop,), report))
    assert word not in repr(workshop.shown)
