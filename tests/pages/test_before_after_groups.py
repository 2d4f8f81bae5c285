"""Before and after, by group and all outcomes: the choices, the link, and the figures of the sample study."""

from __future__ import annotations

import pytest

from tests.pages import frame

STAFF = "gse.total.staff-and-volunteers"


def test_the_groups_are_chosen_by_a_column_and_the_choice_lives_in_the_address() -> None:
    at = frame.dashboard("before_after", part="groups")
    assert frame.calm(at)
    box = at.main.selectbox(key="select_by")
    assert box.options == ["Site", "Sex", "Company", "Status", "Offence", "Fund band"]
    assert "GSE by site" in frame.words(at)
    box.select_index(box.options.index("Status")).run()
    assert frame.address(at)["by"] == "status"
    assert "GSE by status: mean change from −1.0 (Active) to +3.0 (Completed)" in frame.words(at)
    assert "A comparison needs 10 pairs in each group" in frame.words(at)


def test_tests_by_group_are_one_click_away() -> None:
    at = frame.dashboard("before_after", part="groups", by="sex")
    assert "p" not in {heading for table in frame.tables(at) for heading in table.columns}
    frame.open_part(at, "Table", "by-group.gse.total.service-users")
    rows = frame.table_with(at, "Sex", "Pairs").set_index("Sex")["Pairs"]
    assert [rows["All pairs"][0], rows["Men"][0], rows["Women"][0]] == ["7", "1", "6"]


def test_a_column_that_does_not_group_these_people_is_said() -> None:
    at = frame.dashboard("before_after", part="groups", by="sex", measure=STAFF)
    assert frame.calm(at)
    assert "does not split these people" in frame.words(at)
    assert "GSE, staff: change by site" in frame.words(at)


@pytest.mark.parametrize(("name", "what"), [("by", "column to group people by"), ("family", "family of comparisons")])
def test_a_link_with_a_wrong_choice_says_so(name: str, what: str) -> None:
    at = frame.dashboard("before_after", part="groups" if name == "by" else "outcomes", **{name: "column-77"})
    assert frame.calm(at)
    assert f"The link names a {what} that is not in this study" in frame.words(at)
    assert name not in frame.address(at)


def test_without_a_column_the_page_says_what_would_tell() -> None:
    at = frame.with_files(frame.TWO_PEOPLE, slug="before_after")
    at.main.get("button_group")[0].set_value("groups").run()
    assert frame.calm(at)
    assert "No column splits these people into 2 to 12 groups" in frame.words(at)


def test_all_outcomes_of_the_chosen_people_and_the_family() -> None:
    at = frame.dashboard("before_after", part="outcomes")
    assert frame.calm(at)
    assert "UWES-9 absorption, staff" in frame.words(at)
    box = at.main.selectbox(key="select_family")
    assert box.options[0] == "Every outcome of the study"
    box.select_index(1).run()
    assert frame.address(at)["family"] == "totals"
    at = frame.dashboard("before_after", part="outcomes", group="service-users", family="totals")
    assert "staff" not in frame.words(at).split("All outcomes")[1]
    frame.open_part(at, "Table", "outcomes.service-users")
    assert frame.table_with(at, "Outcome", "Pairs")["Pairs"].tolist() == ["7", "7"]
    assert "The family of the adjusted p values: the totals of these people" in frame.words(at)
