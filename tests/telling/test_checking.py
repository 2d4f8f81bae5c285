"""What keeps a telling from being kept: each clause says what to do, and quotes nothing that was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.plan.typed import text_problems
from evalcore.telling import (
    STAKEHOLDERS,
    Comment,
    Expectation,
    Reactions,
    ReportText,
    Screen,
    Shown,
    Tally,
    Telling,
    Workshop,
    checking,
    expecting,
    reactions,
    report_text,
    screens,
    workshops,
)
from evalcore.telling.checking import telling_problems

NINE, TEN = "2026-05-04T09:00:00+00:00", "2026-05-04T10:00:00+00:00"
DIGEST = "0a" * 32
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"
SCREEN, SHOWN = Screen("a", "{}"), Shown("a", "", "", DIGEST)
HELD = Workshop("May", NINE, DIGEST, (), TEN)


def held(n: int) -> Telling:
    """So many workshops, one a minute."""
    began = [f"2026-05-04T09:{minute}:00+00:00" for minute in range(10, 10 + n)]
    return Telling(workshops=tuple(replace(HELD, began_at=at) for at in began))


def order(*screens: Screen) -> Telling:
    return Telling(screens)


def shown(**changes: object) -> Telling:
    return Telling(workshops=(replace(HELD, shown=(replace(SHOWN, **changes),)),))


def reacted(tallies: tuple[Tally, ...] = (), comments: tuple[Comment, ...] = ()) -> Reactions:
    return Reactions(tallies, comments)


def reported(**changes: object) -> Telling:
    return Telling(report=ReportText(**changes))


def expected(direction: str = "higher", matters: float | None = None) -> Telling:
    return shown(expectation=Expectation(direction, matters))


PHONED = "\U0001f469\u200d\U0001f3eb \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
EVERYBODY = tuple(Tally(group, 500, 500, 500, 500) for group in STAKEHOLDERS)
FULL = reacted(EVERYBODY, (Comment("lived", "x" * 280),) * 2_000)
KEPT = {
    "nothing": Telling(),
    "nobody's finding": order(),
    "a full order": order(*(Screen(f"f{n}", "{}", "x" * 200, "x" * 300, "x" * 2_000) for n in range(60))),
    "lines": order(replace(SCREEN, notes="one\n\ntwo – “three”")),
    "a full workshop": shown(typed=FULL, sent=FULL, follow_up="x" * 600, expectation=Expectation("lower", 1000.0)),
    "many findings": Telling(
        workshops=(replace(HELD, shown=tuple(replace(SHOWN, finding=f"{n}") for n in range(200))),)
    ),
    "a long title": shown(title="x" * 10_000, sentence="\u202eas it is in the file "),
    "a workshop that goes on": Telling(workshops=(HELD, Workshop("", TEN, DIGEST))),
    "many workshops": held(40),
    "no time between": Telling(workshops=(replace(HELD, ended_at=NINE),)),
    "a full report": reported(
        title="x" * 160,
        authors="x" * 200,
        organisation="x" * 120,
        logo=PNG + bytes(1_000_000 - len(PNG)),
        left_out=("rules", "workshop"),
        own=tuple((section, "x" * 5_000) for section in report_text.SECTIONS),
    ),
    "a comment from a phone": shown(sent=reacted((), (Comment("lived", PHONED),))),
    "a photograph": reported(logo=JPEG),
}


@pytest.mark.parametrize("telling", KEPT.values(), ids=KEPT)
def test_what_is_whole_is_kept(telling) -> None:
    assert telling_problems(telling) == ()


MADE = "add a finding to the running order anew; it is not known how one of them was made"
TIMES = "the times of a workshop must be written in UTC, like 2026-05-04T09:00:00+00:00"
NOT_WHOLE = "show a finding anew; its record is not whole"
NO_DIGEST = "show a finding anew; its record does not say what was on the screen"
ABOVE = "the difference that would matter to the room must be above 0"
COUNTS = "a tally counts whole numbers from 0 to 500"
GROUPS = "write one tally for each group of people, in their order"
SECTIONS = "name each section of the report once, and no other"
BROKEN: dict[str, tuple[Telling, str]] = {
    "61 screens": (
        order(*(Screen(f"{n}", "{}") for n in range(61))),
        "take findings out of the running order; it holds 60 at most",
    ),
    "a finding twice": (order(SCREEN, replace(SCREEN, notes="x")), "take each finding into the running order once"),
    "no finding": (order(Screen("", "{}")), MADE),
    "no recipe": (order(Screen("a", "")), MADE),
    "a recipe without end": (order(Screen("a", "x" * 10_001)), MADE),
    "a long message": (order(replace(SCREEN, message="x" * 201)), "shorten the heading of a screen to 200 characters"),
    "a long question": (
        order(replace(SCREEN, question="x" * 301)),
        "shorten the question for the room to 300 characters",
    ),
    "long notes": (order(replace(SCREEN, notes="x" * 2_001)), "shorten the notes to 2000 characters"),
    "hidden in notes": (order(replace(SCREEN, notes="a\u202eb")), "take out of the notes what can not be printed"),
    "41 workshops": (
        held(41),
        "begin a new study for the next workshop; one holds 40 workshops at most",
    ),
    "two at once": (
        Telling(workshops=(HELD, HELD)),
        "wait a second before the next workshop begins; two can not begin at the same time",
    ),
    "two go on": (
        Telling(workshops=(replace(HELD, ended_at=""), replace(HELD, began_at=TEN))),
        "end a workshop before the next one begins",
    ),
    "began never": (Telling(workshops=(replace(HELD, began_at=""),)), TIMES),
    "began some day": (Telling(workshops=(replace(HELD, began_at="2026-05-04"),)), TIMES),
    "began elsewhere": (Telling(workshops=(replace(HELD, began_at="2026-05-04T09:00:00+01:00"),)), TIMES),
    "ended soon": (Telling(workshops=(replace(HELD, ended_at="soon"),)), TIMES),
    "no data": (
        Telling(workshops=(replace(HELD, fingerprint=""),)),
        "begin the workshop anew; it does not say which data it showed",
    ),
    "a long name": (
        Telling(workshops=(replace(HELD, name="x" * 121),)),
        "shorten the name of the workshop to 120 characters",
    ),
    "201 findings": (
        Telling(workshops=(replace(HELD, shown=tuple(replace(SHOWN, finding=f"{n}") for n in range(201))),)),
        "end the workshop and begin another; one shows 200 findings at most",
    ),
    "shown twice": (
        Telling(workshops=(replace(HELD, shown=(SHOWN, SHOWN)),)),
        "record each finding once in a workshop",
    ),
    "shown nothing": (shown(finding=""), NOT_WHOLE),
    "a title without end": (shown(title="x" * 10_001), NOT_WHOLE),
    "a sentence without end": (shown(sentence="x" * 10_001), NOT_WHOLE),
    "no digest": (shown(digest=""), NO_DIGEST),
    "a digest in capitals": (shown(digest="0A" * 32), NO_DIGEST),
    "a longer digest": (shown(digest="0a" * 32 + "\n"), NO_DIGEST),
    "sideways": (expected("sideways"), "choose one of the directions for what the room expects"),
    "nothing matters": (expected(matters=0.0), ABOVE),
    "less than nothing": (expected(matters=-1.0), ABOVE),
    "no number": (expected(matters=float("nan")), ABOVE),
    "without end": (expected(matters=float("inf")), ABOVE),
    "far too large": (
        expected(matters=1000.5),
        "the difference that would matter to the room can be 1,000 at most",
    ),
    "half an answer": (shown(typed=reacted((Tally("lived", 0.5),))), COUNTS),
    "true": (shown(sent=reacted((Tally("lived", partly=True),))), COUNTS),
    "fewer than none": (shown(typed=reacted((Tally("lived", disagree=-1),))), COUNTS),
    "501": (shown(sent=reacted((Tally("lived", cannot_say=501),))), COUNTS),
    "another group": (shown(typed=reacted((Tally("press", 1),))), GROUPS),
    "a group twice": (shown(sent=reacted((Tally("lived", 1), Tally("lived", 1)))), GROUPS),
    "groups in another order": (shown(typed=reacted((Tally("lived", 1), Tally("managers", 1)))), GROUPS),
    "2001 comments": (
        shown(typed=reacted((), (Comment("lived", "x"),) * 2_001)),
        "take out comments on a finding; 2000 are kept at most",
    ),
    "a comment of another": (
        shown(sent=reacted((), (Comment("press", "x"),))),
        "choose one of the groups of people for each comment",
    ),
    "an empty comment": (
        shown(typed=reacted((), (Comment("lived", ""),))),
        "take out the comment that says nothing",
    ),
    "a long comment": (
        shown(sent=reacted((), (Comment("lived", "x" * 281),))),
        "shorten a comment to 280 characters",
    ),
    "hidden in a comment": (
        shown(typed=reacted((), (Comment("lived", "a\u202eb\u200d"),))),
        "take out of a comment what can not be printed",
    ),
    "a comment of blanks": (
        shown(typed=reacted((), (Comment("lived", "a\u200d "),))),
        "take out of a comment what can not be printed",
    ),
    "a long follow-up": (shown(follow_up="x" * 601), "shorten what will be done to 600 characters"),
    "a long title of the report": (reported(title="x" * 161), "shorten the title to 160 characters"),
    "many authors": (reported(authors="x" * 201), "shorten the authors to 200 characters"),
    "a long organisation": (reported(organisation="x" * 121), "shorten the organisation to 120 characters"),
    "blanks": (reported(organisation=" x"), "take out of the organisation what can not be printed"),
    "a long own text": (
        reported(own=(("changes", "x" * 5_001),)),
        "shorten your text for the section Before and after to 5000 characters",
    ),
    "an own text twice": (reported(own=(("changes", "a"), ("changes", "b"))), SECTIONS),
    "an own text nowhere": (reported(own=(("elsewhere", "a"),)), SECTIONS),
    "left out twice": (reported(left_out=("more", "more")), SECTIONS),
    "left out nothing": (reported(left_out=("elsewhere",)), SECTIONS),
    "a GIF": (reported(logo=b"GIF89a"), "choose a PNG or JPEG picture for the logo"),
    "a drawing": (reported(logo=b"<svg>"), "choose a PNG or JPEG picture for the logo"),
    "a large logo": (
        reported(logo=JPEG + bytes(1_000_000)),
        "choose a smaller picture for the logo: 1 MB at most",
    ),
    **{
        f"no {section}": (
            reported(left_out=(section,)),
            f"leave {report_text.SECTIONS[section]} in: no report goes without it",
        )
        for section in report_text.ALWAYS
    },
}


@pytest.mark.parametrize(("telling", "clause"), BROKEN.values(), ids=BROKEN)
def test_each_fault_has_its_clause(telling, clause) -> None:
    assert telling_problems(telling) == (clause,)


def test_a_fault_that_stands_in_many_places_is_said_once() -> None:
    assert telling_problems(order(Screen("a", ""), Screen("b", ""))) == (MADE,)


def test_nothing_typed_is_quoted() -> None:
    typed = "canary\x00" * 2_000
    remark = reacted((Tally(typed, -1),), (Comment(typed, typed),))
    seen = Shown(typed, typed, typed, typed, Expectation(typed, -1), remark, remark, typed)
    telling = Telling(
        (Screen(typed, typed, typed, typed, typed),) * 2,
        (Workshop(typed, typed, typed, (seen, seen)),) * 2,
        ReportText(typed, typed, typed, typed.encode(), (typed,), ((typed, typed),)),
    )
    found = telling_problems(telling)
    assert len(found) > 20
    assert "canary" not in " ".join(found)


LIMITS = {
    "screens": screens.LONGEST,
    "workshops": workshops.LONGEST,
    "report": report_text.LONGEST,
    "comments": {"comment": reactions.MOST_COMMENT},
    "counts": {
        "screens": screens.MOST_SCREENS,
        "workshops": workshops.MOST_WORKSHOPS,
        "room": reactions.MOST_IN_A_ROOM,
    },
    "sizes": {"matters": expecting.LARGEST, "logo": report_text.LARGEST_LOGO},
}


def test_the_limits_are_those_that_are_tested_here() -> None:
    assert LIMITS == {
        "screens": {"question": 300, "notes": 2_000, "message": 200},
        "workshops": {"name": 120, "follow_up": 600},
        "report": {"title": 160, "authors": 200, "organisation": 120, "own": 5_000},
        "comments": {"comment": 280},
        "counts": {"screens": 60, "workshops": 40, "room": 500},
        "sizes": {"matters": 1_000.0, "logo": 1_000_000},
    }


@given(st.text(max_size=12) | st.text("ab \n\t\u200b\u00a0", max_size=6), st.integers(0, 8))
def test_the_quick_look_at_a_text_finds_what_the_slow_one_finds(text, longest) -> None:
    look: Callable[..., object] = checking._of_text
    assert list(look(text, longest, "a text")) == list(text_problems(text, longest, "a text"))
