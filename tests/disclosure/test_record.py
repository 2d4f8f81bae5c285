"""What has left and what would be hidden, as a person reads it."""

import re

import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure, shown_groups
from evalcore.disclosure.changed import change_threshold, override
from evalcore.disclosure.hiding import (
    FIGURE,
    OTHER_FORM,
    REASON,
    effect_of,
    first_lines,
    hidden_groups,
    hidden_sentences,
    hiding,
)
from evalcore.disclosure.record import (
    history_table,
    label_of_finding,
    overrides_table,
    record_sentence,
    record_table,
    rules_table,
    when,
)
from evalcore.findings import PEOPLE_KINDS, build, findings_for, measures
from evalcore.leaving import Export, Override, ThresholdChange
from evalcore.sample import sample_study
from evalcore.study import Study

AT = "2026-05-04T09:00:00+00:00"
POLICY = DisclosurePolicy()
STAFF = "groups.gse.total.staff-and-volunteers"
# A group's characteristic is chosen on the page; who the people are is said without "the pilot".
IN_OTHER_WORDS = {"by-group", "group-difference", "outcomes", *(kind.replace("_", "-") for kind in PEOPLE_KINDS)}


@pytest.fixture(scope="module")
def findings():
    return findings_for(sample_study(), role=("staff", "volunteer"), resamples=0)


@pytest.fixture(scope="module")
def found(findings):
    return hiding(findings, POLICY)


def test_every_figure_of_a_study_has_a_label():
    study = sample_study()
    for site in (None, "Site 2"):
        for finding in findings_for(study, role="service user", site=site, resamples=0):
            said = label_of_finding(finding.id)
            assert not re.search(r"[._]", said), finding.id
            if site is None and finding.id.split(".")[0] not in IN_OTHER_WORDS:
                assert said.replace(", before:", " before:").replace(", after:", " after:") == finding.topic
            assert ("site number 2" in said) is (site is not None)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("next_phase.pairs.gse.total.service-users", "Plan of the next phase: GSE, service users"),
        ("next_phase.effect.study", "Plan of the next phase"),
        ("change.gse.total.staff", "Change: GSE, staff"),
        ("outcomes.everyone.site-2", "All outcomes: site number 2"),
        ("rows", "What became of each row"),
        ("new_list", "New list"),
    ],
)
def test_what_is_no_usual_figure_is_named_too(name, label):
    assert label_of_finding(name) == label


def test_the_record_begins_with_the_newest():
    early = Export("holds.study", "share", (), "2026-05-04T09:00:00+00:00")
    late = Export("rows", "internal", (), "2026-06-04T09:00:00+02:00")
    old = Export(STAFF, "share")
    table = record_table([early, late, old, early])
    assert [row[0] for row in table.rows] == ["4 June 2026, 07:00 UTC", *["4 May 2026, 09:00 UTC"] * 2, "–"]
    assert [row[2] for row in table.rows] == ["Working copy, nothing hidden", *["To share"] * 3]


@pytest.mark.parametrize(
    ("under", "said"),
    [
        ((), "the defaults"),
        (
            ("min_gap=8", "rounding=5"),
            "8 people instead of 5 people; Rounding of counts: to a multiple of 5 instead of none",
        ),
        (("staff_by_site=True",), "Results of staff by site: given instead of never given"),
        (("overrides=1",), "1 recorded exception"),
        (("min_gap",), "Least difference between two shown groups"),
        (("min_gap=0",), "Least difference between two shown groups"),
        (("overrides=many",), "overrides"),
        (("colour=3",), "colour=3"),
    ],
)
def test_the_record_says_which_rules_were_changed(under, said):
    assert record_table([Export("holds.study", "share", (), AT, under)]).rows[0][3].endswith(said)


def test_what_a_policy_says_of_itself_the_record_reads_back():
    policy = DisclosurePolicy(min_gap=8, rounding=5, staff_by_site=True, overrides=(Override("a", "b", "c"),))
    said = record_table([Export("holds.study", "share", (), AT, policy.under())]).rows[0][3]
    assert said.count(";") == 3
    assert "=" not in said


def test_the_sentence_about_the_record():
    share, inside = Export("holds.study", "share"), Export("rows", "internal")
    assert record_sentence([]) == "Nothing has left yet."
    assert record_sentence([share]) == "1 file to share has been taken."
    assert record_sentence([share, share, inside]) == "2 files to share and 1 working copy have been taken."


def test_the_rules_say_who_changed_what_and_why():
    study = change_threshold(Study.empty(), ThresholdChange("min_gap", 8, "Agreed", "AB", AT))
    rows = {row[0]: row for row in rules_table(study).rows}
    row = rows["Least difference between two shown groups"]
    assert row[2:] == ("5 people", "8 people", "stricter than the default: less is shown", f"{when(AT)}, AB: Agreed")
    assert [row[4] for row in rows.values()].count("the default") == len(rows) - 1


def test_the_history_says_from_what_to_what():
    study = Study.empty()
    for value in (8, 12, 5):
        study = change_threshold(study, ThresholdChange("min_gap", value, "Agreed", "AB", AT))
    moves = [row[2:5] for row in history_table(study.thresholds).rows]
    assert moves == [
        ("12 people", "5 people", "the default"),
        ("8 people", "12 people", "stricter than the default: less is shown"),
        ("5 people", "8 people", "stricter than the default: less is shown"),
    ]
    assert not history_table([ThresholdChange("colour", 3, "x"), ThresholdChange("min_gap", 0, "x")]).rows


def test_exceptions_are_listed_with_their_end():
    published = Override(STAFF, "matched pre", "Annual report 2019", "AB", AT, people="6a" * 32)
    study = override(Study.empty(), published)
    study = override(study, Override(STAFF, "matched pre", "Withdrawn", "CD", AT, ended=True))
    rows = overrides_table(study.overrides).rows
    assert [(row[3], row[4], row[5]) for row in rows] == [
        ("Taken back", "CD", "Withdrawn"),
        ("Released", "AB", "Annual report 2019"),
    ]


def test_every_place_that_is_hidden_is_listed_and_counted(findings, found):
    hidden = apply_disclosure(findings, POLICY).hidden
    assert len(found.table) == len(hidden)
    assert sum(int(row[2].replace(",", "")) for row in found.counts.rows) == len(hidden)
    places = (~hidden["rule"].str.startswith(OTHER_FORM)).sum()
    assert found.sentence.startswith(f"{places:,} places would be hidden")
    assert f"of {len(findings)} figures" in found.sentence
    assert found.table[REASON].value_counts().is_monotonic_decreasing
    assert list(found.reasons) == list(found.table[REASON].drop_duplicates())


def test_the_list_can_be_filtered_and_sorted(found):
    reason = found.reasons[1]
    assert set(found.listed(reason)[REASON]) == {reason}
    by_figure = found.listed(by=FIGURE)
    assert len(by_figure) == len(found.table)
    assert by_figure[FIGURE].is_monotonic_increasing
    table = first_lines(by_figure, 7)
    assert table.rows[0] == tuple(by_figure.iloc[0])
    assert len(table.rows) == 7


def test_the_list_names_figures_and_nobody(found):
    assert not found.table[FIGURE].str.contains(r"\.total\.").any()
    people = set(sample_study().roster["respondent_id"])
    assert not found.table.isin(people).to_numpy().any()


def test_what_left_before_is_counted(findings):
    groups = next(one for one in findings if one.id == STAFF)
    inner = groups.groups["matched pre"]
    left = Export("change.gse.total.staff-and-volunteers", "share", ((inner.measure, inner.people),))
    means = []
    for before in ((), (left,)):
        hidden = hiding([groups], POLICY, before).release.hidden
        means.append(set(hidden.loc[hidden["column"].str.startswith("Mean"), "row"]))
    assert "All, before" in means[1] - means[0]


def test_hidden_groups_are_those_that_an_exception_can_release(findings):
    groups = next(one for one in findings if one.id == STAFF)
    released = apply_disclosure([groups], POLICY).findings[0]
    offered = hidden_groups(groups, released)
    assert set(offered) == {"all pre", "all post", "matched pre", "matched post", "pre only", "post only"}
    assert offered["matched pre"] == "Staff, matched pre (n = 5)"
    for key in offered:
        said, useful = effect_of(groups, key, POLICY)
        policy = DisclosurePolicy(overrides=(Override(groups.id, key, "x"),))
        after = apply_disclosure([groups], policy).findings[0].table
        assert useful is bool(((released.table == HIDDEN) & (after != HIDDEN)).to_numpy().any())
        assert said.startswith("It would release")


def test_a_group_of_which_only_the_extremes_are_hidden_is_not_offered():
    study = sample_study()
    groups = build("groups", study, measures(study, "service user")[0])
    released = apply_disclosure([groups], POLICY).findings[0]
    row = released.table.set_index("group").loc["All, before"]
    assert [name for name in row.index if row[name] == HIDDEN] == ["min", "max"]
    assert "all pre" not in hidden_groups(groups, released)


def test_an_exception_that_would_release_nothing_says_so(findings):
    groups = next(one for one in findings if one.id == STAFF)
    assert effect_of(groups, "asked", POLICY) == (
        "It would release nothing: these figures are hidden for the sake of others.",
        False,
    )


def test_the_effect_counts_what_left(findings):
    groups = next(one for one in findings if one.id == STAFF)
    shown = Export(STAFF, "share", shown_groups(apply_disclosure([groups], POLICY).findings[0]))
    assert effect_of(groups, "matched pre", POLICY, [shown])[1]


def test_why_something_is_hidden_in_one_figure_is_said_with_its_places(findings):
    groups = next(one for one in findings if one.id == STAFF)
    release = apply_disclosure([groups], POLICY)
    said = hidden_sentences(release)
    assert len(said) == release.hidden["reason"].nunique()
    assert any("and 1 more" in one or re.search(r"and \d+ more", one) for one in said)


def test_what_leaves_in_another_form_is_not_called_hidden(found):
    forms = [row[0] for row in found.counts.rows if row[1].startswith(OTHER_FORM)]
    assert forms
    assert all(form.startswith("Another form leaves: ") for form in forms)


def test_what_no_exception_can_release_is_not_offered():
    at_site = findings_for(sample_study(), role="staff", site="Site 1", resamples=0)
    assert not hiding(at_site, POLICY).hidden_in
