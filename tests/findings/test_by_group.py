"""By group: which columns group people, the table and the words, the difference between groups, and what may leave."""

from __future__ import annotations

import re

import numpy as np
import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Interval, Line, Point
from evalcore.findings import Finding, Scores, build, measures
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.by_group.group_columns import candidates, columns_for, labels_of
from evalcore.leaving import Export
from evalcore.outcomes.group_difference import difference_in_change
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.subgroups import subgroup_changes
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.disclosure.attacking import counts_told
from tests.disclosure.random_studies import all_at_once, one_after_another
from tests.disclosure.said import truth_of
from tests.findings.group_studies import Person, people, study_of
from tests.findings.time_studies import only_measure

POLICY = DisclosurePolicy()
KINDS = ("by_group", "group_difference")


def built(study: Study, kind: str = "by_group", column: str | None = None, site: str | None = None) -> Finding:
    return build(kind, study, only_measure(study), site, choice=column)


def basis_of(study: Study, site: str | None = None) -> Basis:
    return Basis(Scores(study), only_measure(study), site)


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def kept(values: list[str], **more: object) -> Study:
    """A kept column of the questionnaires with these values, a person each."""
    return study_of([Person(20 + at % 7, 22 + at % 5, kept={"ward": value}, **more) for at, value in enumerate(values)])


# --- which columns -----------------------------------------------------------------------------------------------


def test_the_columns_of_the_sample_study() -> None:
    scores = Scores(sample_study())
    service, staff = (
        columns_for(Basis(scores, measures(scores.study, role, scores=scores)[0], None))
        for role in ("service user", "staff")
    )
    assert list(service) == ["site", "sex", "company", "status", "offence", "fund_band"]
    assert list(staff) == ["site", "company"]


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        (["A"] * 6, False),
        (["A", "B"] * 3, True),
        (["A", "", "", "", "B", "B"], True),
        ([f"V{at % 12}" for at in range(24)], True),
        ([f"V{at % 13}" for at in range(26)], False),
        ([f"code {at}" for at in range(8)], False),
        ([str(at) for at in range(40)], False),
    ],
)
def test_a_kept_column_is_offered_with_two_to_twelve_values(values: list[str], offered: bool) -> None:
    assert ("column-1" in columns_for(basis_of(kept(values)))) is offered


def test_an_address_holds_the_position_of_a_column_and_never_its_heading() -> None:
    case = {"hobby": "music"}
    study = study_of([Person(20 + at, 24, kept={"ward": "AB"[at % 2]}, sex="m", case=case) for at in range(6)])
    found = candidates(study)
    assert {column: one.label for column, one in found.items() if column.startswith("column")} == {
        "column-1": "ward",
        "column-2": "hobby",
    }
    assert not {"ward", "hobby"} & set(found)


def test_words_that_differ_in_capitals_or_spaces_are_one_group() -> None:
    finding = built(kept(["Red", "red ", "RED", "Red", "blue", "Blue", "blue", ""]), column="column-1")
    assert finding.table["group"].tolist() == ["All pairs", "Red", "blue"]
    assert finding.table["n"].tolist() == [8, 4, 3]
    assert "Of 1 of 8 pairs it is not recorded." in finding.sentence


def test_a_column_that_changes_is_taken_as_it_stood_before() -> None:
    head = "respondent_id,wave,role,site," + ",".join(f"gse_{i}" for i in range(1, 11))
    lines = [f"P{at},{wave},service user,{site}" + ",3" * 10 for at, (first, second) in enumerate(
        [("North", "South"), ("", "South"), ("North", ""), ("South", "South")]) for wave, site in
        (("pre", first), ("post", second))]  # fmt: skip
    from evalcore.intake import read_questionnaires

    study = Study.empty("Made").add(read_questionnaires("\n".join([head, *lines]).encode(), name="moved.csv"))
    assert labels_of(basis_of(study), "site").to_dict() == {"P0": "North", "P1": "South", "P2": "North", "P3": "South"}


def test_bare_numbers_say_what_they_are_numbers_of() -> None:
    study = study_of([Person(20 + at, 25, sex="mf"[at % 2], case={"fund_band": "123"[at % 3]}) for at in range(9)])
    assert built(study, column="fund_band").table["group"].tolist()[1:] == ["Fund band 1", "Fund band 2", "Fund band 3"]
    assert built(study, column="sex").table["group"].tolist()[1:] == ["Men", "Women"]


@pytest.mark.parametrize("kind", KINDS)
def test_another_column_is_refused_and_none_is_said(kind: str) -> None:
    with pytest.raises(UnknownNameError, match="can not be grouped"):
        built(study_of(people(8, "X", "Y")), kind, "column-9")
    nothing = built(study_of(people(8)), kind)
    assert nothing.chart is None
    assert "No column splits these people" in nothing.sentence


# --- the table, the words and the chart --------------------------------------------------------------------------


def test_each_site_is_the_change_of_that_site() -> None:
    study = study_of(people(40, "X", "Y", "Z"))
    scores, measure = Scores(study), only_measure(study)
    table = built(study, column="site").table.set_index("group")
    for site in ("X", "Y", "Z"):
        change = paired_change(scores.pairs("gse", "total", measure.roles, site), resamples=0)
        for name in ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high", "t", "df", "p_value"):
            assert table.loc[site, name] == pytest.approx(getattr(change, name))
    expected = subgroup_changes(scores.pairs("gse", "total", measure.roles), labels_of(basis_of(study), "site"))
    assert table["p_holm"].tolist()[1:] == expected["p_holm"].tolist()
    assert np.isnan(table.loc["All pairs", "p_holm"])


def test_the_sample_study_in_words() -> None:
    study = sample_study()
    finding = build("by_group", study, measures(study, "service user")[0], choice="status")
    assert finding.title == "GSE by status: mean change from −1.0 (Active) to +3.0 (Completed)"
    assert finding.sentence == (
        "Mean change in GSE, after minus before, among the service users by status: Completed +3.0 points (95 %"
        " interval −3.6 to 9.6, n = 3); Active −1.0 points (95 % interval −5.3 to 3.3, n = 4). Groups this small differ"
        " by chance. Too few pairs to draw: Disengaged (no pair)."
    )
    difference = build("group_difference", study, measures(study, "service user")[0], choice="sex")
    assert difference.sentence == "A comparison needs 10 pairs in each group: Men lacks 9 and Women lacks 4."


def test_groups_below_three_pairs_are_named_and_not_drawn() -> None:
    study = study_of([*people(4, "X"), *people(2, "Y"), Person(20, None, site="Z"), Person(22, 25, site="V")])
    finding = built(study, column="site")
    assert "Too few pairs to draw: V (1 pair), Y (2 pairs) and Z (no pair)." in finding.sentence
    names = [name for _, name in finding.chart.panels[0].y.ticks]  # type: ignore[union-attr]
    assert names == ["All pairs (n = 7)", "X (n = 4)"]
    assert finding.title.endswith("no other group is large enough to show")
    assert built(study_of(people(4, "X", "Y")), column="site").chart is None


def test_every_drawn_group_has_its_means_change_and_interval() -> None:
    finding = built(study_of(people(30, "X", "Y", "Z")), column="site")
    left, right = finding.chart.panels  # type: ignore[union-attr]
    for row, line in finding.table.iterrows():
        here = [mark for mark in (*left.marks, *right.marks) if getattr(mark, "row", None) == row]
        points = {(mark.kind, mark.x) for mark in here if isinstance(mark, Point)}
        assert points == {("pre", line["mean_pre"]), ("post", line["mean_post"]), ("change", line["mean_change"])}
        (span,) = [mark for mark in here if isinstance(mark, Interval)]
        assert (span.low, span.high) == (line["ci_low"], line["ci_high"])
        assert len([mark for mark in here if isinstance(mark, Line)]) == 1
    assert left.y.ticks[0][0] == right.y.ticks[0][0]


def test_more_than_six_groups_are_told_by_the_highest_and_the_lowest() -> None:
    few, many = (built(study_of(people(60, *"ABCDEFGH"[:n])), column="site").sentence for n in (6, 8))
    assert ("highest and lowest" in few, few.count("n = ")) == (False, 6)
    assert ("highest and lowest" in many, many.count("n = ")) == (True, 2)


# --- the difference ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sites", ["XY", "XYZ"])
def test_the_difference_is_as_computed(sites: str) -> None:
    study = study_of(people(45, *sites))
    basis = basis_of(study)
    found = difference_in_change(basis.pairs, labels_of(basis, "site")).comparisons
    table = built(study, "group_difference", "site").table
    assert (
        table["difference"].dropna().tolist()
        == found[["difference", "adjusted_difference"]].to_numpy().ravel().tolist()
    )
    assert table["p_holm"].dropna().tolist() == found[["p_holm", "adjusted_p_holm"]].to_numpy().ravel().tolist()
    assert len(table) == 2 * len(found) + 2 * (len(sites) > 2)


def test_a_group_of_nine_is_left_out_and_said_to_lack_one() -> None:
    study = study_of([*people(10, "X"), *people(10, "Y"), *people(9, "Z")])
    finding = built(study, "group_difference", "site")
    assert finding.table["what"].unique().tolist() == ["X minus Y"]
    assert "A comparison needs 10 pairs in each group: Z lacks 1." in finding.notes
    alone = built(study_of([*people(10, "X"), *people(9, "Y")]), "group_difference", "site")
    assert alone.sentence == "A comparison needs 10 pairs in each group: Y lacks 1."
    assert (alone.chart, alone.table.empty) == (None, True)


@pytest.mark.parametrize(("shift", "said"), [(0, "covers zero"), (9, "does not cover zero")])
def test_the_interval_says_whether_it_covers_zero(shift: int, said: str) -> None:
    far = [Person(one.before, min(40, one.after + shift), site="Y") for one in people(20)]  # type: ignore[operator]
    sentence = built(study_of([*people(20, "X"), *far]), "group_difference", "site").sentence
    assert f"interval {said}" in sentence
    assert "p = " not in sentence


# --- what may leave ----------------------------------------------------------------------------------------------


def test_how_many_answered_before_does_not_leave() -> None:
    leavers = [Person(24 + at, None, site="X") for at in range(6)]
    after = outside(built(study_of([*people(24, "X", "Y"), *leavers]), column="site"))
    assert after.table["n"].tolist() == [24, 12, 12]
    assert after.table["n_before"].isna().all()


def test_a_small_group_does_not_leave_nor_does_what_gives_it_back() -> None:
    after = outside(built(study_of([*people(12, "X"), *people(9, "Y"), *people(3, "Z")]), column="site"))
    assert after.table["n"].tolist() == [24, 12, HIDDEN, HIDDEN]
    assert after.table["mean_change"].tolist()[2:] == [HIDDEN, HIDDEN]
    assert "not shown outside" in after.title
    sexes = outside(built(study_of([*people(12, sex="m"), *people(3, sex="f")]), column="sex"))
    assert sexes.table[["n", "mean_change"]].iloc[1:].to_numpy().tolist() == [[HIDDEN, HIDDEN]] * 2


@pytest.mark.parametrize("order", ["B by", "A by", "by B", "by A", "A by B", "by B A", "by A B"])
def test_the_pairs_of_sites_are_held_against_what_left_of_a_site(order: str) -> None:
    """Whatever leaves first, 24 pairs less those of two sites do not tell of the three of the third."""
    study = study_of([*people(12, "A"), *people(9, "B"), *people(3, "C")])
    kinds = {"by": ("by_group", None), "A": ("change", "A"), "B": ("change", "B")}
    found = [build(kind, study, only_measure(study), site) for kind, site in map(kinds.__getitem__, order.split())]
    shown = set()
    for after in (after for _, after in exported_one_by_one(study, found, POLICY)):
        if "group" in after.table:
            shown |= set(after.table.loc[after.table["n"] != HIDDEN, "group"])
        elif after.table["n"].iloc[0] != HIDDEN:
            shown.add({"1": "A", "2": "B"}[after.id[-1]])
    assert not {"A", "B"} <= shown
    assert "C" not in shown


@pytest.mark.parametrize("order", ["by group first", "difference first"])
@pytest.mark.parametrize("wards", [{"A": 12, "B": 10, "C": 3}, {"A": 12, "B": 11, "C": 10, "D": 2}], ids=str)
def test_the_pairs_that_are_compared_do_not_give_a_small_group_back(order: str, wards: dict[str, int]) -> None:
    study = kept([ward for ward, n in wards.items() for _ in range(n)])
    found = [built(study), built(study, "group_difference")]
    found = found if order == "by group first" else found[::-1]
    for released in (all_at_once(found, POLICY), one_after_another(found, POLICY)):
        assert counts_told(truth_of(study), released) == []
        after = next(after for _, after in released if after.id.startswith("group-difference"))
        assert HIDDEN in after.table["n_group"].tolist()


def test_the_pairs_that_are_compared_are_held_against_a_count_of_more_people_that_left() -> None:
    """Three more of the group have a case file than answered twice: the pairs would tell how many."""
    finding = built(kept(["A"] * 12 + ["B"] * 12), "group_difference")
    own, other = (finding.groups[key] for key in finding.columns[2].holders[0])
    more = own.people | {f"service user|more {n}" for n in range(3)}
    left = Export("earlier", "share", ((own.measure, more), (other.measure, other.people)))
    assert apply_disclosure([finding], POLICY).findings[0].table["n_group"].tolist()[:2] == [12, 12]
    after = apply_disclosure([finding], POLICY, released=[left]).findings[0]
    assert after.table["n_group"].tolist()[:2] == [HIDDEN, HIDDEN]


def test_the_words_that_leave_rest_on_the_people_and_the_rows_that_they_tell_of() -> None:
    study = study_of([*people(14, sex="m"), *people(12, sex="f"), *people(4)])
    finding = built(study, column="sex")
    assert finding.outside.rests_on == ("sex: Men", "sex: Women")
    assert finding.outside.rests_on_rows == (1, 2)


def test_at_a_site_the_groups_of_the_whole_are_named_too() -> None:
    study = study_of([*people(14, "X", sex="m"), *people(12, "Y", sex="m"), *people(12, "X", sex="f")])
    at_site, whole = built(study, column="sex", site="X").groups, built(study, column="sex").groups
    for key in ("sex: Men", "sex: Women", "counted sex: Men", "counted not sex: Men", "sex known"):
        assert at_site[f"whole group: {key}"].people == whole[key].people


def test_the_case_file_says_nothing_of_staff() -> None:
    study = study_of([*people(8, "X", role="staff", sex="m"), *people(8, "Y", role="staff", sex="f")])
    assert list(columns_for(basis_of(study))) == ["site"]


def test_nothing_of_staff_leaves_by_where_they_work() -> None:
    study = study_of([*people(12, "X", role="staff"), *people(12, "Y", role="staff")])
    for kind in KINDS:
        after = outside(built(study, kind, "site"))
        assert after.chart is None
        numbers = after.table[[column.name for column in after.columns if column.kind != "label"]]
        assert set(numbers.stack().dropna()) == {HIDDEN}
        assert not re.search(r"\d", after.sentence)
    office = study_of([Person(20 + at, 24 + at % 3, role="staff", kept={"office": "AB"[at % 2]}) for at in range(12)])
    assert "results of staff are not given by site" in outside(built(office, column="column-1")).sentence


def test_staff_and_volunteers_can_be_held_apart_by_role() -> None:
    study = study_of([*people(12, "X", role="staff"), *people(12, "X", role="volunteer")])
    finding = built(study, column="role")
    assert finding.table["group"].tolist() == ["All pairs", "Staff", "Volunteer"]
    assert outside(finding).table["n"].tolist() == [24, 12, 12]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_groups_sites_and_the_whole_leave_in_any_order(order: tuple[int, ...]) -> None:
    sites = ["XYZ"[(at > 10) + (at > 18)] for at in range(22)]
    study = study_of(
        [
            Person(18 + at % 9, 19 + (5 * at) % 11, site=site, sex="mf"[at % 3 == 0], kept={"w": "AB"[at % 2]})
            for at, site in enumerate(sites)
        ]
    )
    first = [built(study, kind, column) for column in ("site", "sex", "column-1") for kind in KINDS]
    at_site = [built(study, "by_group", "sex", site) for site in "XYZ"]
    whole = [build(kind, study, only_measure(study), site) for site in (None, *"XY") for kind in ("change", "groups")]
    everything = [one for part in order for one in (first, at_site, whole)[part]]
    assert not breaches(exported_one_by_one(study, everything, POLICY))
    together = apply_disclosure(everything, POLICY).findings
    assert not breaches(zip(everything, together, strict=True))


# --- every finding about groups ----------------------------------------------------------------------------------

STUDIES = {
    "one pair each": lambda: study_of(people(2, "X", "Y")),
    "nobody twice": lambda: study_of([Person(20, None, site="X"), Person(25, None, site="Y")]),
    "seven": lambda: study_of(people(7, "X", "Y")),
    "all equal": lambda: study_of([Person(20 + at, 22 + at, site="XY"[at % 2]) for at in range(18)]),
    "before constant": lambda: study_of([Person(20, 18 + at % 7, site="XY"[at % 2]) for at in range(24)]),
    "forty": lambda: study_of(people(40, "Z", "X", "Y")),
    "no groups": lambda: study_of(people(5)),
    "two hundred in ten": lambda: study_of(people(200, *"ABCDEFGHIJ")),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", STUDIES)
def test_words_and_columns_hold_whatever_the_study(name: str, kind: str) -> None:
    finding = built(STUDIES[name](), kind)
    assert [column.name for column in finding.columns] == list(finding.table.columns)
    assert len({column.label for column in finding.columns}) == len(finding.columns)
    for column in finding.columns:
        assert len(column.groups) == len(finding.table) or column.kind == "label"
        assert {key for keys in (*column.groups, *column.holders) for key in keys} <= set(finding.groups)
        if column.name == "mean_change":
            assert [finding.groups[key].n for (key,) in column.groups] == finding.table["n"].tolist()
    form = finding.outside
    assert set(form.rests_on) <= set(finding.groups)
    for text in (finding.title, finding.sentence, form.title, form.sentence, finding.topic):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\b1 (?:pairs|people|have|groups)\b|\d\.\d{2}", text)
        assert not [word for word in rule_table().forbidden if word in text.lower()]
    for chart in (finding.chart, form.chart):
        for mark in (mark for panel in chart.panels for mark in panel.marks) if chart else ():
            assert mark.group in {"", *finding.groups}
            places = [getattr(mark, at, None) for at in ("x", "y", "low", "high")]
            assert np.isfinite([place for place in places if place is not None]).all()
    after = outside(finding)
    if len(finding.groups["matched pre"].people) <= 24:  # the attack tries every set of four people
        assert not breaches([(finding, after)])
    assert "SE0001" not in everything_said(after)
