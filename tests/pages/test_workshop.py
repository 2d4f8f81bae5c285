"""Workshop: a running order without a click, a person's own, screens, what the room expects and says."""

from __future__ import annotations

import pytest

from evalcore.reporting.told import tell
from evalcore.sample import sample_study
from tests.pages import frame

KEPT_ORDER = "your own order"


def buttons(at):
    return {button.label: button for button in (*at.main.button, *at.sidebar.button)}


def study(at):
    return at.session_state["study"]


def stage(at) -> str:
    return next(part.proto.body for part in at.get("html") if "<section" in part.proto.body)


def click(at, label: str):
    buttons(at)[label].click().run()
    assert not at.exception
    return at


@pytest.fixture
def at():
    return frame.dashboard("workshop")


@pytest.fixture
def room(at):
    return click(at, "Begin the workshop")


def test_a_sensible_order_stands_there_without_a_click(at) -> None:
    told = tell(sample_study())
    titles = [text.value for text in at.main.markdown if text.value.startswith("**1. ")]
    assert titles == [f"**1. {told.exhibits[told.order[0].finding].title}**"]
    assert f"**{len(told.order)} screens**, the usual order." in [text.value for text in at.main.markdown]
    assert study(at).telling.order is None


def test_a_study_without_findings_says_what_to_do() -> None:
    at = frame.empty("workshop")
    assert "nothing to show yet" in at.main.info[0].value
    assert not at.exception


def test_two_people_break_nothing() -> None:
    at = frame.with_files(frame.TWO_PEOPLE, slug="workshop")
    assert not at.exception
    assert not at.main.error


def test_screens_are_moved_and_taken_out(at) -> None:
    usual = [screen.finding for screen in tell(sample_study()).order]
    click(at, "Move screen 2 up")
    click(at, "Take out screen 3")
    assert [screen.finding for screen in study(at).telling.order] == [usual[1], usual[0], *usual[3:]]
    click(at, "Back to the usual order")
    assert study(at).telling.order is None


def test_a_finding_is_added_from_any_page() -> None:
    at = frame.dashboard("people", about="who")
    added = next(button for button in at.main.button if button.key == "add to workshop age.people")
    added.click().run()
    assert study(at).telling.order[-1].finding == "age.people"
    assert any("Added to the workshop" in info.value for info in at.main.info)
    assert not [button for button in at.main.button if button.key == "add to workshop age.people"]


def test_staff_at_one_site_can_not_be_added() -> None:
    at = frame.dashboard("questionnaires", group="staff-and-volunteers", site="1")
    assert [button for button in frame.dashboard("questionnaires").main.button if button.label == "Add to workshop"]
    assert not [button for button in at.main.button if button.label == "Add to workshop"]


def test_a_rehearsal_records_nothing(at) -> None:
    click(at, "Rehearse")
    assert "Rehearsal: nothing is recorded" in stage(at)
    assert study(at).telling.workshops == ()
    assert study(at).exports == ()


def test_a_workshop_is_recorded_as_having_left(room) -> None:
    assert [export.finding for export in study(room).exports] == ["workshop"]
    assert study(room).exports[0].groups
    workshop = study(room).telling.workshops[0]
    assert workshop.is_on
    assert workshop.fingerprint == study(room).fingerprint
    assert [shown.finding for shown in workshop.shown] == ["trail.gse.total.service-users"]


def test_a_result_is_shown_after_the_room_was_asked(room) -> None:
    click(room, "Next")
    title = tell(sample_study()).exhibits["change.gse.total.service-users"].title
    assert title not in stage(room)
    assert len(study(room).telling.workshops[0].shown) == 1
    click(room, "1 Higher after")
    matters = next(field for field in room.main.number_input if "would matter" in field.label)
    matters.set_value(2.0).run()
    assert "Higher; a difference of 2 would matter" in stage(room)
    click(room, "Show the result")
    assert title in stage(room)
    shown = study(room).telling.workshops[0].shown[-1]
    assert (shown.expectation.direction, shown.expectation.matters) == ("higher", 2.0)
    assert len(shown.digest) == 64


def test_nothing_of_the_dashboard_is_drawn_beside_the_screen(room) -> None:
    assert not room.sidebar.selectbox
    assert not room.main.title
    assert "stSidebar" in next(part.proto.body for part in room.get("html") if "room_controls" in part.proto.body)


def test_screens_are_jumped_to_and_ended(room) -> None:
    click(room, "Screen 7")
    assert "Screen 7 of 7" in stage(room)
    click(room, "Back")
    assert "Screen 6 of 7" in stage(room)
    click(room, "End the presentation")
    assert room.main.title[0].value == "Workshop"
    assert any("goes on" in text.value for text in room.main.markdown)


def test_reactions_are_counted_by_group_and_small_groups_merge(room) -> None:
    click(room, "Write down reactions")
    for label, n in (("Practitioners: agree", 6), ("Managers: disagree", 2), ("Partners: partly", 3)):
        next(field for field in room.main.number_input if field.label == label).set_value(n)
    next(field for field in room.main.text_input if field.label.startswith("Comment")).set_value("As we saw it.")
    click(room, "Keep")
    page = stage(room)
    assert "Managers and partners" in page
    assert "11 answers" in page
    said = study(room).telling.workshops[0].shown[0].typed
    assert said.n == 11
    assert said.comments[0].text == "As we saw it."


def test_after_the_workshop_the_log_stands_there_and_takes_what_follows(room) -> None:
    click(room, "Write down reactions")
    next(field for field in room.main.number_input if field.label == "Practitioners: agree").set_value(6)
    next(field for field in room.main.text_input if field.label.startswith("Comment")).set_value("A name in it.")
    click(room, "Keep")
    click(room, "End the presentation")
    click(room, "End the workshop")
    workshop = study(room).telling.workshops[0]
    assert not workshop.is_on
    log = frame.table_with(room, "Group", "Answers")
    assert log["Agree"].tolist() == ["6"]
    finding = workshop.shown[0].finding
    room.session_state[f"log {workshop.began_at} {finding}"] = True
    room.run()
    click(room, "Take out this comment")
    assert study(room).telling.workshops[0].shown[0].typed.comments == ()
    room.session_state[f"log {workshop.began_at} {finding}"] = True
    room.run()
    next(area for area in room.main.text_area if area.label.startswith("What the evaluator")).set_value("Ask.").run()
    assert study(room).telling.workshops[0].shown[0].follow_up == "Ask."


def test_a_link_to_a_screen_that_is_not_there_shows_the_nearest() -> None:
    assert "Screen 7 of 7" in stage(frame.dashboard("workshop", present="99"))
    assert "Screen 1 of 7" in stage(frame.dashboard("workshop", present="x"))


def test_another_page_never_opens_as_a_screen() -> None:
    at = frame.dashboard("overview", present="2")
    assert at.main.title[0].value == "Overview"
    assert at.sidebar.selectbox


def test_phones_are_off(room) -> None:
    click(room, "Phones")
    assert "Take reactions from phones" in buttons(room)
    assert not [text.value for text in room.main.text if "http" in text.value]


def words_of(at, finding: str):
    """Open a screen's own words; the fields by their labels."""
    at.session_state[f"words {finding}"] = True
    at.run()
    return {field.label: field for field in (*at.main.text_input, *at.main.text_area)}


def test_a_presenters_own_words_are_kept_and_stand_beside_the_title(at) -> None:
    finding = "trail.gse.total.service-users"
    words_of(at, finding)["Your own short heading (the finding's title stays)"].set_value("It improved lives").run()
    at.session_state[f"words {finding}"] = True
    at.run()
    assert "improved" in at.main.warning[0].value
    words_of(at, finding)["Question for the room"].set_value("Who is not here?").run()
    assert study(at).telling.order[0].message == "It improved lives"
    click(at, "Rehearse")
    page = stage(at)
    assert "It improved lives" in page
    assert "Who is not here?" in page
    assert tell(sample_study()).exhibits[finding].title in page


def test_the_usual_order_of_a_site_is_taken_by_a_click(at) -> None:
    click(at, "Take the usual order of this site")
    assert {screen.finding.rpartition(".")[2] for screen in study(at).telling.order} == {"site-1"}


def test_a_screen_of_which_nothing_may_be_shown_stays_in_the_order(at) -> None:
    """At one site few people are left: what is hidden now is named, and not lost by changing another screen."""
    hidden = "change.gse.total.service-users.site-1"
    page = frame.dashboard("before_after", site="1", measure="gse.total.service-users")
    next(button for button in page.main.button if button.key == f"add to workshop {hidden}").click().run()
    assert any("will not be shown" in info.value for info in page.main.info)
    frame.go(page, "workshop")
    assert any("Not shown, because few people are behind it" in text.value for text in page.main.caption)
    click(page, "Move screen 1 down")
    assert hidden in [screen.finding for screen in study(page).telling.order]


def test_what_the_room_has_seen_is_not_asked_again_after_a_refresh(room) -> None:
    click(room, "Next")
    click(room, "Show the result")
    room.session_state["revealed to the room"] = ()
    room.run()
    assert "Mean GSE was" in stage(room)
