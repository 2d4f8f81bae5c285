"""The analysis plan: written before there is any data, fixed, taken along and read back; and the rival explanations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from evalcore.claims import rule_table
from evalcore.plan import LARGEST_FILE, Outcome, Plan, Rival, plan_json, usual_rivals
from evalcore.study import Study
from tests.pages import frame
from tests.plan.made import GSE, SWEMWBS, UWES, moment

NASTY = "*stars* <b>bold</b> $x$ :red[r] [l](http://a.b)"


def button(at: AppTest, label: str):
    return next(one for one in at.main.button if one.label == label)


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.main.button]


def write(at: AppTest, *main: str) -> AppTest:
    """Choose outcomes in the form."""
    at.main.multiselect(key="draft plan main").set_value(list(main)).run()
    return at


def study_of(at: AppTest) -> Study:
    found: Study = at.session_state["study"]
    return found


def fix(at: AppTest) -> AppTest:
    return button(at, "Fix this plan").click().run()


@pytest.fixture
def fixed() -> AppTest:
    """A study without data whose plan is fixed."""
    at = write(frame.empty("plan"), SWEMWBS)
    at.main.number_input(key=f"draft plan size {SWEMWBS}").set_value(1.5).run()
    at.main.text_input(key=f"draft plan reason {SWEMWBS}").set_value(NASTY).run()
    at.main.selectbox(key=f"draft plan direction {SWEMWBS}").select("higher").run()
    return fix(at)


def test_a_plan_can_be_written_before_there_is_any_data(fixed: AppTest) -> None:
    assert frame.calm(fixed)
    plan = study_of(fixed).plan
    assert plan is not None
    assert plan.outcomes == (Outcome(SWEMWBS, "higher", 1.5, NASTY),)
    assert plan.before_the_data
    assert "before any answer after was loaded" in frame.words(fixed)
    row = frame.table_with(fixed, "Planned or added").iloc[0]
    assert (row["Outcome"], row["Planned or added"]) == ("SWEMWBS, service users", "planned, no answers yet")
    assert "multiselect" not in [element.type for element in fixed.main]


def test_every_measure_is_offered_and_those_of_the_study_come_first() -> None:
    offered = frame.empty("plan").main.multiselect(key="draft plan main").options
    assert len(offered) == 21
    staff = ("staff.csv", frame.answers([("S1", "pre", 2)], instrument="swemwbs", role="staff"))
    held = frame.with_files(staff, slug="plan").main.multiselect(key="draft plan main").options
    assert (held[0], offered[0]) == ("SWEMWBS, staff and volunteers", "GSE, service users")
    assert sorted(held) == sorted(offered)


def test_before_answers_alone_leave_a_plan_in_advance() -> None:
    at = frame.with_files(frame.ONLY_BEFORE, slug="plan")
    assert "No answer after has been loaded" in frame.words(at)
    assert "planned in advance" in frame.words(fix(write(at, GSE)))


def test_answers_after_make_it_late_and_the_page_says_so_beforehand() -> None:
    at = frame.with_files(frame.TWO_PEOPLE, slug="plan")
    assert "2 questionnaires after have been loaded already" in frame.words(at)
    at = fix(write(at, GSE))
    plan = study_of(at).plan
    assert plan is not None
    assert plan.after_answers == 2
    assert "after 2 questionnaires after were loaded" in frame.words(at)
    assert "No outcome was planned in advance" in frame.words(at)


def test_what_is_missing_is_said_all_at_once_and_nothing_is_fixed() -> None:
    at = frame.empty("plan")
    assert [one.value for one in fix(at).main.error] == ["Name at least one main outcome."]
    at = write(at, SWEMWBS)
    at.main.number_input(key=f"draft plan size {SWEMWBS}").set_value(0.0).run()
    assert [one.value for one in fix(at).main.error] == [
        "The smallest change of SWEMWBS, service users must be above 0.",
        "Say why the smallest change of SWEMWBS, service users matters.",
    ]
    assert study_of(at).plan is None


def test_a_draft_stays_while_another_page_is_open() -> None:
    at = write(frame.empty("plan"), SWEMWBS, GSE)
    at.main.text_area(key="draft plan exclusions").set_value("Nobody\nelse").run()
    at = frame.go(frame.go(at, "methods"), "plan")
    assert at.main.multiselect(key="draft plan main").value == [SWEMWBS, GSE]
    assert at.main.text_area(key="draft plan exclusions").value == "Nobody\nelse"
    assert frame.address(at) == {}


def test_what_was_typed_is_shown_letter_for_letter(fixed: AppTest) -> None:
    fixed.session_state["plan text"] = True
    fixed.run()
    shown = next(one.value for one in fixed.main.get("text") if one.value.startswith("Analysis plan"))
    assert NASTY in shown
    plan = study_of(fixed).plan
    assert plan is not None
    assert plan.digest in shown


def test_the_plan_can_be_taken_along(fixed: AppTest) -> None:
    names = [one.proto.label for one in fixed.main.get("download_button")]
    assert names[:2] == ["Plan to share (text)", "Plan to share (file to read back)"]


def test_an_amendment_begins_with_the_plan_and_keeps_it(fixed: AppTest) -> None:
    first = study_of(fixed).plan
    at = button(fixed, "Amend the plan").click().run()
    assert at.main.multiselect(key="draft plan main").value == [SWEMWBS]
    assert at.main.number_input(key=f"draft plan size {SWEMWBS}").value == 1.5
    assert at.main.text_input(key=f"draft plan reason {SWEMWBS}").value == NASTY
    assert at.main.selectbox(key=f"draft plan direction {SWEMWBS}").value == "higher"
    at.main.multiselect(key="draft plan other").set_value([UWES]).run()
    at = fix(at)
    assert frame.calm(at)
    plan = study_of(at).plan
    assert plan is not None
    assert (plan.replaces, [one.measure for one in plan.outcomes]) == (first, [SWEMWBS, UWES])
    assert "Version 2 of the plan was fixed" in frame.words(at)
    assert "Fix this plan" not in labels(at)


def test_an_amendment_can_be_left(fixed: AppTest) -> None:
    before = study_of(fixed).plan
    at = button(fixed, "Amend the plan").click().run()
    at = button(at, "Leave the plan as it is").click().run()
    assert study_of(at).plan == before
    assert "Amend the plan" in labels(at)
    assert "Fix this plan" not in labels(at)


def plan_file() -> Plan:
    found = Study.empty().fix_plan([Outcome(GSE, "higher")], family="Of my own", at=moment(0)).plan
    if found is None:
        raise AssertionError("a plan was fixed")
    return found


def offered(at: AppTest, data: str) -> AppTest:
    at.session_state["plan from a file"] = True
    at.run()
    at.main.file_uploader(key="plan file").set_value([("plan.json", data.encode(), "application/json")])
    return at.run()


def test_a_plan_is_read_back_beside_the_data_after() -> None:
    at = offered(frame.with_files(frame.TWO_PEOPLE, slug="plan"), plan_json(plan_file()))
    assert plan_file().digest in frame.words(at)
    at = button(at, "Use this plan").click().run()
    assert frame.calm(at)
    assert study_of(at).plan == plan_file()
    assert "1 outcome was planned in advance" in frame.words(at)
    assert "Use this plan" not in labels(at)
    amended = button(at, "Amend the plan").click().run()
    assert amended.main.selectbox(key="draft plan family").value == "Of my own"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (plan_json(plan_file()).replace("Of my own", "Another"), "was changed after it was fixed"),
        ("{}", "no plan that this dashboard wrote"),
        ("x" * (LARGEST_FILE + 1), "too large for a plan"),
    ],
)
def test_a_changed_or_foreign_file_is_refused(data: str, said: str) -> None:
    at = offered(frame.empty("plan"), data)
    assert [said in one.value for one in at.main.error] == [True]
    assert "Use this plan" not in labels(at)
    assert study_of(at).plan is None


def test_another_plan_does_not_take_the_place_of_a_fixed_one(fixed: AppTest) -> None:
    at = offered(fixed, plan_json(plan_file()))
    assert ["not exchanged" in one.value for one in at.main.error] == [True]
    assert "Use this plan" not in labels(at)


def test_the_sample_study_says_that_a_plan_here_is_its_own() -> None:
    at = frame.dashboard("plan")
    assert "The sample study is open. A plan written here belongs to it" in frame.words(at)
    at = button(at, "Start an empty study").click().run()
    assert "The sample study is open." not in frame.words(at)
    assert len(study_of(at).intakes) == 0


def note(at: AppTest, **typed: str) -> AppTest:
    for name, text in typed.items():
        at.main.text_input(key=f"draft rival {name}").set_value(text).run()
    return button(at, "Note this explanation").click().run()


def texts(at: AppTest) -> Iterator[str]:
    return (one.value for one in at.main.get("text"))


def test_a_rival_is_noted_shown_letter_for_letter_and_taken_out() -> None:
    at = frame.dashboard("plan")
    assert "Nothing is noted yet." in frame.words(at)
    at = note(at, what=NASTY, when="June 2026", where="Site 2", why="More contact")
    assert frame.calm(at)
    assert study_of(at).rivals == (Rival(NASTY, "June 2026", "Site 2", "More contact"),)
    assert f"1. {NASTY} (June 2026, Site 2): More contact" in texts(at)
    assert at.main.text_input(key="draft rival what").value == ""
    at = note(at, what="A new manager")
    assert "2. A new manager" in texts(at)
    at = button(at, "Take out number 1").click().run()
    assert study_of(at).rivals == (Rival("A new manager"),)


def test_a_rival_without_words_is_asked_for() -> None:
    at = note(frame.dashboard("plan"), when="June 2026")
    assert [one.value for one in at.main.error] == ["Say what could explain a change."]
    assert at.main.text_input(key="draft rival when").value == "June 2026"


@pytest.mark.parametrize("usual", usual_rivals(), ids=lambda one: one.name)
def test_a_usual_rival_fills_the_fields(usual) -> None:
    at = frame.dashboard("plan")
    at.main.selectbox(key="usual rival").select(usual.name).run()
    assert at.main.text_input(key="draft rival what").value == usual.what
    at = button(at, "Note this explanation").click().run()
    assert study_of(at).rivals == (Rival(usual.what, why=usual.why),)
    assert at.main.selectbox(key="usual rival").value == "own"


def test_rivals_and_plan_stand_beside_a_claim_of_change() -> None:
    at = offered(frame.with_files(frame.TWO_PEOPLE, slug="plan"), plan_json(plan_file()))
    at = note(button(at, "Use this plan").click().run(), what="An office move", when="June 2026")
    at = frame.go(at, "before_after")
    assert "An office move (June 2026)" in frame.words(at)
    assert f"Planned on 1 January 2026, before any answer after was loaded (plan {plan_file().code})." in frame.words(
        at
    )


@pytest.mark.parametrize("start", [frame.dashboard, frame.empty])
def test_the_page_promises_nothing(start) -> None:
    said = frame.words(start("plan")).lower()
    assert not [stem for stem in rule_table().forbidden if stem in said]
