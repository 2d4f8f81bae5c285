"""The validation log: groups as far as they may stand alone, expectations, and two workshops side by side."""

from __future__ import annotations

from evalcore.reporting.log import FEW, comparison_table, expected_words, log_table
from evalcore.reporting.model import Bullets, Subheading
from evalcore.telling import Expectation, Reactions, Shown, Tally, Workshop
from tests.reporting.studies import full_report, full_study


def of(*tallies: Tally) -> Workshop:
    shown = Shown("needs.people", "Needs", "A sentence.", "a" * 64, typed=Reactions(tallies))
    return Workshop("May", "2026-05-04T09:00:00+00:00", "", (shown,))


def column(workshop: Workshop, name: str) -> list:
    table = log_table(workshop)
    place = [one.name for one in table.columns].index(name)
    return [row[place] for row in table.rows]


def test_small_groups_are_put_together() -> None:
    held = of(Tally("practitioners", agree=6), Tally("managers", agree=1, partly=2), Tally("partners", disagree=2))
    assert column(held, "group") == ["Practitioners", "Managers and partners"]
    assert column(held, "n") == [6, 5]
    assert column(held, "partly") == [0, 2]


def test_a_group_that_stays_too_small_takes_another_with_it() -> None:
    held = of(Tally("practitioners", agree=6), Tally("managers", disagree=1))
    assert column(held, "group") == ["All groups together"]
    assert column(held, "disagree") == [1]


def test_few_answers_are_not_counted_out() -> None:
    held = of(Tally("managers", agree=1, partly=3))
    assert column(held, "group") == [FEW]
    assert column(held, "agree") == [None]


def test_nothing_is_told_where_nobody_answered() -> None:
    assert column(of(), "group") == ["Nobody answered"]


def test_what_was_typed_and_what_was_sent_count_together() -> None:
    shown = of(Tally("partners", agree=3)).shown[0]
    both = Shown(**{**vars(shown), "sent": Reactions((Tally("partners", agree=2),))})
    assert column(Workshop("May", "", "", (both,)), "n") == [5]


def test_the_expectation_stands_beside_the_finding() -> None:
    second = full_study().telling.workshops[1]
    assert column(second, "expected") == ["", "Higher; a difference of 2 would matter", ""]
    assert expected_words(Expectation("unsure")) == "The room did not agree"


def test_the_log_stands_in_the_report_with_comments_by_groups_that_may_stand_alone() -> None:
    section = full_report().section("workshop")
    assert section is not None
    headings = [block.text for block in section.blocks if isinstance(block, Subheading)]
    assert headings[0] == "First room, 4 May 2026, 09:00 UTC"
    comments = [item for block in section.blocks if isinstance(block, Bullets) for item in block.items]
    assert "“The office moved in June.”" in comments  # two managers: the group is not named
    assert "“As expected.” (Practitioners)" in comments


def test_two_workshops_are_compared_on_what_both_saw() -> None:
    one, other = full_study().telling.workshops
    table = comparison_table(one, other)
    assert [row[1] for row in table.rows] == ["yes", "no: the figure has changed"]
    assert table.rows[1][2:] == (13, 7, 1, 13, 7, 1)
    assert table.rows[0][2:] == (None,) * 6
