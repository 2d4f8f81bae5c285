"""Who is who: near misses are decided by a person and can be undone; of several answers a person chooses one."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages import adding, frame
from tests.pages.adding import buttons, choose, column, gse, page_with, press, table

HEADER = f"respondent_id,wave,role,{','.join(adding.ITEMS)}"
SLIPS = (
    "slips.csv",
    table(
        HEADER,
        gse("AB10", "pre", "staff"),
        gse("AB1O", "post", "staff", code="4"),
        gse("CD21", "pre", "staff"),
        gse("CD12", "post", "staff"),
        gse("EF33", "pre", "staff"),
        gse("EF33", "post", "staff"),
    ),
)
SPELT = ("spelt.csv", table(HEADER, gse("ab12", "pre", "staff"), gse("AB12", "post", "staff")))
TWICE = (
    "twice.csv",
    table(
        HEADER,
        gse("G1", "pre", "staff", code="2"),
        gse("G1", "pre", "staff", code="4"),
        gse("G1", "post", "staff"),
        gse("G2", "pre", "staff", code="1"),
        gse("G2", "pre", "staff", code="3"),
    ),
)


def matched(at: AppTest) -> set[str]:
    found = at.session_state["study"].responses
    waves = found.groupby("respondent_id")["wave"].nunique()
    return set(waves[waves == 2].index)


def used_answers(at: AppTest, person: str) -> list[float]:
    found = at.session_state["study"].responses
    return found.loc[(found["respondent_id"] == person) & (found["wave"] == "pre"), "gse_1"].tolist()


def question(at: AppTest) -> list[str]:
    return [adding.plain(header.value) for header in at.main.subheader if header.value.startswith("Is ")]


def test_the_section_is_there_only_where_there_is_something_to_say() -> None:
    assert "Who is who" not in [header.value for header in page_with(frame.TWO_PEOPLE).main.header]
    assert "Who is who" in [header.value for header in page_with(SLIPS).main.header]


def test_a_near_miss_is_shown_with_what_speaks_for_and_against_it_and_never_decided_by_itself() -> None:
    at = page_with(SLIPS)
    assert matched(at) == {"EF33"}
    assert "2 pairs of identifiers nearly match." in frame.words(at)
    assert question(at) == ["Is AB1O the same person as AB10?"]
    assert "The letter O in place of the figure 0" in frame.words(at)
    found = frame.table_with(at, "Do they agree?")
    assert found.loc[found.iloc[:, 0] == "Role", "Do they agree?"].tolist() == ["agrees"]
    assert {"Same person", "Two people", "Later"} <= set(buttons(at))


def test_a_near_miss_that_is_confirmed_is_matched_and_can_be_undone() -> None:
    at = press(page_with(SLIPS), "Same person")
    assert matched(at) == {"AB10", "EF33"}
    assert question(at) == ["Is CD12 the same person as CD21?"]
    assert "1 pair is decided" in frame.words(at)
    at.session_state["decided"] = True
    press(at.run(), "Undo: AB1O is the same person as AB10")
    assert matched(at) == {"EF33"}
    assert question(at) == ["Is AB1O the same person as AB10?"]


def test_two_people_are_not_asked_about_again_unless_it_is_undone() -> None:
    at = press(page_with(SLIPS), "Two people")
    assert matched(at) == {"EF33"}
    assert question(at) == ["Is CD12 the same person as CD21?"]
    at.session_state["decided"] = True
    assert "Undo: AB1O is another person than AB10" in buttons(at.run())


def test_what_is_left_for_later_comes_up_again_when_asked_for() -> None:
    at = press(press(page_with(SLIPS), "Later"), "Later")
    assert question(at) == []
    assert "2 pairs are left, put off by you or unlikely" in frame.words(at)
    press(at, "Look at what is left")
    assert question(at) == ["Is AB1O the same person as AB10?"]


def test_the_page_about_change_follows_the_decision() -> None:
    at = press(page_with(SLIPS), "Same person")
    frame.go(at, "before_after")
    assert "two people have a score both before and after" in frame.words(at)


def test_spellings_that_were_joined_are_listed_with_the_rule() -> None:
    at = page_with(SPELT)
    assert matched(at) == {"ab12"} or matched(at) == {"AB12"}
    assert "1 spelling that was read as another" in [part.label for part in at.main.get("expander")]
    at.session_state["spellings"] = True
    at.run()
    assert {column(at, "Found", "Read as")[0], column(at, "Read as", "Found")[0]} == {"ab12", "AB12"}
    assert column(at, "Why", "Read as") == ["capitals"]


def test_different_answers_stand_side_by_side_and_none_is_used_until_a_person_chooses() -> None:
    at = page_with(TWICE)
    assert used_answers(at, "G1") == []
    assert "2 people gave different answers for the same wave, 2 undecided." in frame.words(at)
    found = frame.table_with(at, "twice.csv, row 2", "twice.csv, row 3")
    assert found.loc[found.iloc[:, 0].str.startswith("GSE, item 1:")].iloc[0, 1:].tolist() == ["2", "4"]
    assert all(cell.startswith("not used") for cell in found.iloc[0, 1:])


def test_one_choice_holds_for_everyone_and_another_for_one_person() -> None:
    at = choose(page_with(TWICE), "For everyone", "The first")
    assert (used_answers(at, "G1"), used_answers(at, "G2")) == ([2], [1])
    choose(at, "Person", "G2")
    choose(at, "For G2, before, use", "The last")
    assert (used_answers(at, "G1"), used_answers(at, "G2")) == ([2], [3])
    found = frame.table_with(at, "twice.csv, row 5", "twice.csv, row 6")
    assert found.iloc[0, 2] == "used"
    choose(at, "For G2, before, use", "As for everyone")
    assert used_answers(at, "G2") == [1]
    choose(at, "For everyone", "Not decided")
    assert used_answers(at, "G1") == []


def test_a_pair_that_much_speaks_against_waits_until_it_is_asked_for() -> None:
    roster = ("roster.csv", b"respondent_id,role\nAB10,staff\nAB1O,staff\n")
    at = page_with(("slips.csv", table(HEADER, gse("AB10", "pre", "staff"), gse("AB1O", "post", "staff"))), roster)
    assert question(at) == []
    assert "1 pair is left, put off by you or unlikely" in frame.words(at)
    press(at, "Look at what is left")
    assert question(at) == ["Is AB1O the same person as AB10?"]
    assert "speaks against: both stand on it" in column(at, "Do they agree?")
    assert question(press(at, "Later")) == []
