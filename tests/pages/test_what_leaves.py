"""What leaves: what would be hidden, how a figure looks outside, what has left, and the rules."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from evalcore import DisclosurePolicy, Study, apply_disclosure, sample_study
from evalcore.claims import rule_table
from evalcore.disclosure.bound import bound, digest_of
from evalcore.disclosure.changed import policy_of
from evalcore.disclosure.hiding import hidden_groups
from evalcore.disclosure.record import NO_LONGER
from evalcore.findings import Finding, build, findings_for, measures
from evalcore.leaving import Override, ThresholdChange
from pages.what_leaves.change import TRAINED
from pages.what_leaves.exceptions import PUBLISHED
from tests.pages import frame

LIST, LOOK, CHANGE = "List what would be hidden", "Look at a figure as it leaves", "Change a rule"
HISTORY, RELEASE = "Every change of a rule", "Release a figure that is already published"
TAKE_BACK = "Take an exception back"
GROUPS = "groups.gse.total.staff-and-volunteers"
ROLES = ("staff", "volunteer")
AT = "2026-05-04T09:00:00+00:00"


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    """Every figure about service users."""
    return {one.id: one for one in findings_for(sample_study(), role="service user")}


@pytest.fixture(scope="module")
def groups() -> Finding:
    """When staff answered: all six before, and those five who came back, whose mean would give the sixth away."""
    study = sample_study()
    return build("groups", study, measures(study, ROLES)[0])


def opened(*parts: str, group: str = "service-users", **address: str) -> AppTest:
    """The page about one group of people with some of its parts open."""
    return unfold(frame.dashboard("what_leaves", group=group, **address), *parts)


def of_staff(*parts: str) -> AppTest:
    return opened(*parts, group="staff-and-volunteers")


def unfold(at: AppTest, *parts: str) -> AppTest:
    for part in parts:
        at.session_state[part] = True
    at.run()
    assert frame.calm(at)
    return at


def study_of(at: AppTest) -> Study:
    found: Study = at.session_state["study"]
    return found


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.main.button if one.label == label).click().run()


def errors(at: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in at.main.error]


def tick(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.main.checkbox if one.label == label).check().run()


def move(at: AppTest, name: str, value: object, reason: str = "Agreed with the board", author: str = "AB") -> AppTest:
    """Fill in the form that changes a rule."""
    at.main.selectbox(key="rule").select(name).run()
    control = next(one for one in [*at.main.number_input, *at.main.selectbox] if one.label.startswith("New value"))
    control.set_value(value).run()
    at.main.text_input(key="typed_why a rule is changed").set_value(reason).run()
    return at.main.text_input(key="typed_who changes a rule").set_value(author).run()


def releasing(at: AppTest, group: str = "matched pre", where: str = "Annual report 2019") -> AppTest:
    """Fill in the form that releases a group of what staff answered when."""
    at.main.selectbox(key="figure to release").select(GROUPS).run()
    at.main.selectbox(key=f"group of {GROUPS}").select(group).run()
    at.main.text_input(key="typed_where it is published").set_value(where).run()
    at.main.text_input(key="typed_who releases").set_value("AB").run()
    return at


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    at = opened()
    assert [one.value for one in at.main.header] == [
        "What would be hidden now",
        "How a figure looks outside",
        "What has left",
        "Rules",
    ]
    assert "found what leaves: figures" not in at.session_state
    assert "found what leaves: figures" in unfold(at, RELEASE).session_state


def test_the_list_agrees_with_the_policy_applied_to_every_figure(findings: dict[str, Finding]) -> None:
    hidden = apply_disclosure(tuple(findings.values()), DisclosurePolicy()).hidden
    at = opened(LIST)
    counts = frame.table_with(at, "How often", "In how many figures")
    assert sum(int(n.replace(",", "")) for n in counts["How often"]) == len(hidden)
    expected = hidden.groupby(["reason", "rule"])["finding"].agg(["size", "nunique"])
    for _, row in counts.iterrows():
        reason = row["Reason"].replace("\\", "").replace("Another form leaves: ", "outside it shows ")
        found = expected.loc[(reason[:1].lower() + reason[1:], row["Rule"])]
        assert (row["How often"], row["In how many figures"]) == (f"{found['size']:,}", f"{found['nunique']:,}")
    assert f"of {len(findings)} figures" in frame.words(at)
    assert "Of service users at all sites" in frame.words(at)
    assert f"The first 100 of {len(hidden):,} lines" in frame.words(at)


def test_the_list_can_be_narrowed_and_sorted(findings: dict[str, Finding]) -> None:
    hidden = apply_disclosure(tuple(findings.values()), DisclosurePolicy()).hidden
    at = opened(LIST)
    reason = "It is one person's score"
    next(one for one in at.main.selectbox if one.label == "Reason").select(reason).run()
    at.main.selectbox(key="sort what is hidden").select("Figure").run()
    listed = frame.table_with(at, "Reason", "Figure", "Row", "Column")
    assert len(listed) == min(100, int(hidden["reason"].eq("it is one person's score").sum()))
    assert set(listed["Reason"]) == {reason}
    assert listed["Figure"].is_monotonic_increasing


def test_the_list_is_a_working_copy_and_its_download_is_recorded() -> None:
    at = opened(LIST)
    label = next(one.proto.label for one in at.main.get("download_button"))
    assert label.startswith("Working copy")
    at.main.download_button(key="download INTERNAL_what_is_hidden.csv").click().run()
    assert [(one.finding, one.form) for one in study_of(at).exports] == [("what_is_hidden", "internal")]
    row = frame.table_with(at, "When", "What", "Form").iloc[0]
    assert (row["What"], row["Form"]) == ("List of what is hidden", "Working copy, nothing hidden")


def test_a_figure_stands_there_as_it_leaves(groups: Finding) -> None:
    at = of_staff(LOOK)
    at.main.selectbox(key="figure as it leaves").select(GROUPS).run()
    released = apply_disclosure([groups], DisclosurePolicy())
    shared = released.findings[0]
    said = frame.words(at)
    assert shared.title in said
    assert shared.sentence in said
    for line in DisclosurePolicy().lines():
        assert f"Policy: {line}" in said
    shown = [one for one in frame.tables(at) if list(one.columns) == [column.label for column in shared.columns]]
    assert (shown[0].map(lambda cell: "[c]" in cell.replace("\\", "")).to_numpy().sum()) == (
        (shared.table == "[c]").to_numpy().sum()
    )
    assert "32.4" not in "".join(shown[0].to_numpy(str).ravel())
    for reason in released.hidden["reason"].unique():
        if not reason.startswith("outside it shows"):
            assert reason[1:] in said


def test_the_same_figure_on_this_screen_stands_under_it() -> None:
    at = of_staff(LOOK)
    at.main.selectbox(key="figure as it leaves").select(GROUPS).run()
    assert not any("32.4" in "".join(table.to_numpy(str).ravel()) for table in frame.tables(at))
    at.main.toggle(key="figure on this screen").set_value(True).run()
    assert frame.calm(at)
    assert any("32.4" in "".join(table.to_numpy(str).ravel()) for table in frame.tables(at))


def test_every_figure_can_be_looked_at(findings: dict[str, Finding]) -> None:
    at = opened(LOOK)
    for one in [name for name in findings if ".gse." in name or name.count(".") == 1]:
        at.main.selectbox(key="figure as it leaves").select(one).run()
        assert frame.calm(at), one


def test_a_site_changes_what_would_be_hidden() -> None:
    at = opened(LIST, site="2")
    assert "Of service users at Site 2" in frame.words(at)
    figures = frame.table_with(at, "Reason", "Figure", "Row", "Column")["Figure"]
    assert figures.str.contains("Site 2").all()


def test_what_was_shared_is_in_the_record() -> None:
    at = of_staff(LOOK)
    at.main.selectbox(key="figure as it leaves").select(GROUPS).run()
    at.main.toggle(key="figure on this screen").set_value(True).run()
    at = frame.open_part(at, "Downloads, and what is hidden outside", GROUPS)
    at.main.download_button(key=f"download {GROUPS.replace('.', '_')}.csv").click().run()
    row = frame.table_with(at, "When", "What", "Form").iloc[0]
    assert (row["What"], row["Form"], row["Rules"]) == (
        "Who answered when: GSE, staff and volunteers",
        "To share",
        "the defaults",
    )
    assert "1 file to share has been taken." in frame.words(at)
    assert "can not be called back" in frame.words(at)


def test_every_rule_is_shown_with_its_default() -> None:
    table = frame.table_with(frame.dashboard("what_leaves"), "Rule", "Default", "Now")
    assert len(table) == len(DisclosurePolicy().values())
    assert (table["Default"] == table["Now"]).all()
    assert set(table["Changed last"]) == {"–"}


def test_a_stricter_value_is_recorded_printed_and_counted(findings: dict[str, Finding]) -> None:
    at = press(move(opened(LIST, CHANGE), "min_quartile_n", 20), "Change this rule")
    assert frame.calm(at)
    (record,) = study_of(at).thresholds
    assert (record.name, record.value, record.reason, record.author) == (
        "min_quartile_n",
        20,
        "Agreed with the board",
        "AB",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", record.at)
    row = frame.table_with(at, "Rule", "Default", "Now").set_index("Rule").loc["Smallest group with a median"]
    assert (row["Default"], row["Now"]) == ("10 people", "20 people")
    assert row["Compared"].startswith("stricter")
    assert "AB: Agreed with the board" in row["Changed last"]
    hidden = apply_disclosure(tuple(findings.values()), DisclosurePolicy(min_quartile_n=20)).hidden
    counts = frame.table_with(at, "How often", "In how many figures")
    assert sum(int(n.replace(",", "")) for n in counts["How often"]) == len(hidden)
    assert at.main.text_input(key="typed_why a rule is changed").value == ""


def test_a_laxer_value_asks_whether_somebody_is_trained() -> None:
    at = move(opened(CHANGE), "min_mean_n", 3)
    assert "shows more than the default" in frame.words(at)
    at = press(at, "Change this rule")
    assert errors(at) == [f'Tick "{TRAINED}", or choose a stricter value.']
    assert study_of(at).thresholds == ()
    at = press(tick(at, TRAINED), "Change this rule")
    assert frame.calm(at)
    assert policy_of(study_of(at)).min_mean_n == 3
    assert not next(one for one in at.main.checkbox if one.label == TRAINED).value


def test_a_stricter_value_asks_for_no_tick() -> None:
    at = move(opened(CHANGE), "min_gap", 8)
    assert not [one for one in at.main.checkbox if one.label == TRAINED]


@pytest.mark.parametrize(("reason", "author", "said"), [("", "AB", "Say why"), ("Agreed", "", "Say who decides it")])
def test_a_change_without_reason_or_name_is_refused(reason: str, author: str, said: str) -> None:
    at = press(move(opened(CHANGE), "min_gap", 8, reason, author), "Change this rule")
    assert [said in one for one in errors(at)] == [True]
    assert study_of(at).thresholds == ()


def test_values_that_make_no_sense_together_are_refused_in_words() -> None:
    at = press(move(opened(CHANGE), "min_mean_n", 8), "Change this rule")
    assert ["Change the other one first" in one for one in errors(at)] == [True]


def test_rounding_and_staff_by_site_are_chosen_in_words() -> None:
    at = press(move(opened(CHANGE), "rounding", 5), "Change this rule")
    at = tick(move(at, "staff_by_site", True), TRAINED)
    at = press(at, "Change this rule")
    assert policy_of(study_of(at)).not_default() == {"rounding": 5, "staff_by_site": True}


def test_a_rule_goes_back_to_its_default_and_the_history_stays() -> None:
    at = opened(CHANGE)
    assert not [one for one in at.main.button if one.label == "Back to the default"]
    at = press(move(at, "min_gap", 8), "Change this rule")
    at.main.text_input(key="typed_why a rule is changed").set_value("No longer needed").run()
    at.main.text_input(key="typed_who changes a rule").set_value("CD").run()
    at = unfold(press(at, "Back to the default"), HISTORY)
    assert policy_of(study_of(at)).values() == DisclosurePolicy().values()
    history = frame.table_with(at, "From", "To", "Why")
    assert history[["From", "To", "Who", "Why"]].to_numpy().tolist() == [
        ["8 people", "5 people", "CD", "No longer needed"],
        ["5 people", "8 people", "AB", "Agreed with the board"],
    ]


def test_what_left_under_a_changed_rule_says_so() -> None:
    at = press(move(opened(CHANGE), "min_gap", 8), "Change this rule")
    at = unfold(at, LOOK)
    assert "Policy: Changed from this dashboard's default" in frame.words(at)


def test_a_published_figure_is_released_and_taken_back(groups: Finding) -> None:
    at = releasing(of_staff(LOOK, RELEASE))
    assert "It would release" in frame.words(at)
    at = press(at, "Release these figures")
    assert errors(at) == [f'Tick "{PUBLISHED}", or leave it hidden.']
    at = press(tick(at, PUBLISHED), "Release these figures")
    assert frame.calm(at)
    (record,) = study_of(at).overrides
    assert (record.finding, record.group, record.reason, record.ended) == (
        GROUPS,
        "matched pre",
        "Annual report 2019",
        False,
    )
    assert record.people == digest_of(groups.groups["matched pre"])
    assert record.people[:8] not in frame.words(at)
    at.main.selectbox(key="figure as it leaves").select(GROUPS).run()
    assert any("32.4" in "".join(table.to_numpy(str).ravel()) for table in frame.tables(at))
    row = frame.table_with(at, "Figure", "Group", "What").iloc[0]
    assert (row["Figure"], row["What"]) == ("Who answered when: GSE, staff and volunteers", "Released")
    at = unfold(at, TAKE_BACK)
    at.main.text_input(key="typed_why it ends").set_value("The report was withdrawn").run()
    at.main.text_input(key="typed_who ends").set_value("CD").run()
    at = press(at, "Take this exception back")
    assert frame.calm(at)
    assert [one.ended for one in study_of(at).overrides] == [False, True]
    assert not any("32.4" in "".join(table.to_numpy(str).ravel()) for table in frame.tables(at))
    assert TAKE_BACK not in [one.label for one in at.main.expander]


def test_the_groups_offered_are_the_hidden_ones(groups: Finding) -> None:
    released = apply_disclosure([groups], DisclosurePolicy()).findings[0]
    at = of_staff(RELEASE)
    at.main.selectbox(key="figure to release").select(GROUPS).run()
    offered = at.main.selectbox(key=f"group of {GROUPS}").options
    assert offered == list(hidden_groups(groups, released).values())


def test_an_exception_without_a_place_is_refused() -> None:
    at = press(tick(releasing(of_staff(RELEASE), where=" "), PUBLISHED), "Release these figures")
    assert ["Say where it is published" in one for one in errors(at)] == [True]
    assert study_of(at).overrides == ()


def test_an_exception_for_other_people_holds_no_longer_and_the_list_says_so() -> None:
    """Somebody joined or left the group since it was recorded."""
    at = frame.dashboard("what_leaves", group="staff-and-volunteers")
    published = Override(GROUPS, "matched pre", "Annual report 2019", "AB", AT, people="6a" * 32)
    at.session_state["study"] = study_of(at).beside(overrides=(published,))
    at = unfold(at, LOOK, RELEASE)
    assert frame.table_with(at, "Figure", "Group", "What")["What"].tolist() == [NO_LONGER]
    assert "the exception no longer holds, and the figure is hidden again" in frame.words(at)
    at.main.selectbox(key="figure as it leaves").select(GROUPS).run()
    assert not any("32.4" in "".join(table.to_numpy(str).ravel()) for table in frame.tables(at))
    at = press(tick(releasing(at), PUBLISHED), "Release these figures")
    assert frame.calm(at)
    assert frame.table_with(at, "Figure", "Group", "What")["What"].tolist() == ["Released"] * 2
    assert any("32.4" in "".join(table.to_numpy(str).ravel()) for table in frame.tables(at))


def test_of_figures_of_other_people_it_is_not_said_whether_an_exception_holds() -> None:
    at = frame.dashboard("what_leaves", group="service-users")
    published = Override(GROUPS, "matched pre", "Annual report 2019", "AB", AT, people="6a" * 32)
    at.session_state["study"] = study_of(at).beside(overrides=(published,))
    at.run()
    assert frame.table_with(at, "Figure", "Group", "What")["What"].tolist() == ["Released"]
    said = "Whether an exception still holds is looked up in the figures of service users at all sites"
    assert said in frame.words(at)


NASTY = "*stars* <b>bold</b> $x$ :red[r] [l](http://a.b)"


def test_what_was_typed_is_shown_letter_for_letter_and_not_in_the_address(groups: Finding) -> None:
    at = frame.dashboard("what_leaves", group="staff-and-volunteers")
    change = ThresholdChange("min_gap", 8, NASTY, NASTY, AT)
    published = bound(Override(GROUPS, "matched pre", NASTY, NASTY, AT), groups)
    at.session_state["study"] = study_of(at).beside(thresholds=(change,), overrides=(published,))
    at = unfold(at, HISTORY, LOOK, TAKE_BACK)
    for table in (frame.table_with(at, "From", "To", "Why"), frame.table_with(at, "Figure", "Group", "What")):
        written = "\n".join(table.to_numpy(str).ravel())
        assert "<b>" not in written
        assert "\\*stars\\*" in written
    assert NASTY.split()[0] in frame.words(at).replace("\u2060", "")
    assert frame.address(at) == {"group": "staff-and-volunteers"}


@pytest.mark.parametrize("start", [frame.empty, lambda slug: frame.with_files(frame.TWO_PEOPLE, slug=slug)])
def test_the_page_works_with_nobody_and_with_two_people(start) -> None:
    at = unfold(start("what_leaves"), LIST, LOOK, CHANGE, RELEASE)
    said = frame.words(at)
    assert "would be hidden" in said
    assert "Nothing has left yet." in said


@pytest.mark.parametrize("start", [frame.dashboard, frame.empty])
def test_the_page_promises_nothing(start) -> None:
    said = frame.words(start("what_leaves")).lower()
    assert not [stem for stem in rule_table().forbidden if stem in said]
    assert "not a ministry's rule" in said
