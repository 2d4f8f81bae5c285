"""What leaves in the place of a finding's own: another table, marks and words by row, cells that follow others."""

import dataclasses
import math

import pandas as pd
import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, Override, apply_disclosure, shown_groups
from evalcore.figures.chart import Axis, Band, Bar, Chart, Interval, Line, Panel, Point
from evalcore.findings import Column, Finding, Group, OutsideForm
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE

POLICY = DisclosurePolicy()
LABEL = Column("what", "What", "label")


def group(key, n, *, measure=FIELDWORK):
    return Group(key, key, measure, frozenset(f"service user|{key}.{i}" for i in range(n)))


def made(own_table, own_columns, groups=(), *, by_site=False, of_staff=False, people=None, **outside):
    form = {"chart": None, **outside}
    return Finding(
        id="made.for.this",
        title="Inside",
        sentence="Inside.",
        caution="",
        chart=None,
        table=pd.DataFrame(own_table),
        columns=own_columns,
        groups={one.key: one for one in groups},
        trail=None,
        source="made",
        definition="made",
        outside=OutsideForm("", "Outside", "Outside.", "", **form),
        by_site=by_site,
        of_staff=of_staff,
        people=people,
        topic="Answers",
    )


def released(finding, policy=POLICY):
    return apply_disclosure([finding], policy).findings[0]


def counts(values, *, n=27, kinds=("characteristic",), **outside):
    """A count of each of `values` out of n, and columns of `kinds` that follow it one after another."""
    groups = (("all",),) * len(values)
    table = {"what": [f"row {i}" for i in range(len(values))], "k0": values}
    columns = [LABEL, Column("k0", "People", kinds[0], groups=groups)]
    for place, kind in enumerate(kinds[1:], 1):
        table[f"k{place}"] = [value / n for value in values]
        columns.append(Column(f"k{place}", f"Follows {place}", kind, 3, groups, follows=f"k{place - 1}"))
    return made(table, tuple(columns), [group("all", n)], **outside)


# another table


def answers(*, low, high, **more):
    """Seven answers inside, merged into two outside."""
    inside = {"what": ["item"], "a1": [1.0], "a2": [2.0]}
    own = tuple(Column(name, name, "characteristic", groups=(("all",),)) for name in ("a1", "a2"))
    merged = tuple(Column(name, name, "characteristic", groups=(("all",),)) for name in ("low", "high"))
    table = pd.DataFrame({"what": ["item"], "low": [float(low)], "high": [float(high)]})
    return made(inside, (LABEL, *own), [group("all", 27)], table=table, columns=(LABEL, *merged), **more)


def test_the_outside_table_leaves_in_the_place_of_the_own():
    after = released(answers(low=12, high=15))
    assert after.table.to_dict("list") == {"what": ["item"], "low": [12], "high": [15]}
    assert [column.name for column in after.columns] == ["what", "low", "high"]
    assert after.outside.table is None
    assert after.outside.columns == ()


def test_the_rules_run_on_the_outside_table():
    release = apply_disclosure([answers(low=3, high=24)], POLICY)
    assert release.findings[0].table[["low", "high"]].to_numpy().tolist() == [[HIDDEN, HIDDEN]]
    assert release.hidden["column"].tolist() == ["low", "high"]


def test_an_outside_table_of_staff_at_a_site_is_emptied_too():
    after = released(answers(low=12, high=15, by_site=True, of_staff=True))
    assert after.table[["low", "high"]].to_numpy().tolist() == [[HIDDEN, HIDDEN]]
    assert after.outside.table is None


def test_outside_columns_alone_leave_the_others_behind():
    finding = counts([14, 13], columns=(LABEL,))
    assert list(released(finding).table.columns) == ["what"]


def test_single_people_never_leave():
    people = pd.DataFrame({"Identifier": ["A1"]})
    for of_staff in (False, True):
        finding = made({"what": ["a"]}, (LABEL,), people=people, by_site=of_staff, of_staff=of_staff)
        assert released(finding).people is None


# cells that follow others


def test_what_follows_a_hidden_count_is_hidden():
    release = apply_disclosure([counts([3, 9, 15], kinds=("characteristic", "rate", "interval", "test"))], POLICY)
    table = release.findings[0].table
    for column in ("k0", "k1", "k2", "k3"):
        assert [value == HIDDEN for value in table[column]] == [True, True, False]
    rules = release.hidden.groupby("row")["rule"].agg(set).to_dict()
    assert rules == {"row 0": {"(b) small counts"}, "row 1": {"(b) secondary"}}


def test_a_share_that_follows_is_not_read_as_a_count():
    """The end of an interval is no share: 4 % of 27 is no count of one person."""
    finding = counts([14, 13], kinds=("characteristic", "rate"))
    ends = finding.table.assign(k1=[0.04, -0.9])
    assert released(dataclasses.replace(finding, table=ends)).table["k1"].tolist() == [0.04, -0.9]
    free = tuple(dataclasses.replace(column, follows="") for column in finding.columns)
    assert released(dataclasses.replace(finding, table=ends, columns=free)).table["k1"].tolist() == [HIDDEN, -0.9]


def test_a_share_whose_count_is_not_given_is_read_as_a_count():
    finding = counts([14, 13], kinds=("characteristic", "rate"))
    table = finding.table.assign(k0=math.nan, k1=[0.04, 0.5])
    assert released(dataclasses.replace(finding, table=table)).table["k1"].tolist() == [HIDDEN, 0.5]


def test_a_share_that_follows_still_needs_ten_people():
    finding = counts([9], n=9, kinds=("fieldwork", "rate"))
    after = released(finding).table
    assert after["k0"].tolist() == [9]
    assert after["k1"].tolist() == [HIDDEN]


def test_what_follows_nothing_is_hidden():
    finding = counts([14, 13], kinds=("characteristic", "interval"))
    columns = (*finding.columns[:2], dataclasses.replace(finding.columns[2], follows="no such column"))
    after = released(dataclasses.replace(finding, columns=columns)).table
    assert after["k0"].tolist() == [14, 13]
    assert after["k1"].tolist() == [HIDDEN, HIDDEN]


def test_what_follows_a_column_that_does_not_leave_is_hidden():
    finding = counts([14, 13], kinds=("characteristic", "interval"))
    stays = dataclasses.replace(finding.outside, columns=(finding.columns[0], finding.columns[2]))
    assert released(dataclasses.replace(finding, outside=stays)).table["k1"].tolist() == [HIDDEN, HIDDEN]


def test_words_follow_too_and_beside_a_hidden_count_a_blank_is_hidden():
    finding = counts([3, 24], kinds=("characteristic", "rate"))
    words = Column("why", "Why", "text", follows="k0")
    table = finding.table.assign(k1=[math.nan, 0.5], why=["three", ""])
    after = released(dataclasses.replace(finding, table=table, columns=(*finding.columns, words))).table
    assert after["why"].tolist() == [HIDDEN, ""]
    assert after["k1"].tolist() == [HIDDEN, HIDDEN]


def test_a_count_that_follows_is_not_given_back_by_the_others():
    finding = counts([12, 15], kinds=("characteristic", "characteristic"))
    table = finding.table.assign(k0=[3, math.nan], k1=[12, 15])
    after = released(dataclasses.replace(finding, table=table)).table
    assert after["k1"].tolist() == [HIDDEN, HIDDEN]


def test_with_rounding_what_would_give_the_exact_count_back_is_hidden():
    after = released(counts([14, 13], kinds=("characteristic", "rate")), DisclosurePolicy(rounding=5)).table
    assert after["k0"].tolist() == [15, 15]
    assert after["k1"].tolist() == [HIDDEN, HIDDEN]


def test_answers_of_one_row_do_not_give_each_other_back():
    columns = [Column(name, name, "characteristic", groups=(("all",),)) for name in ("low", "middle", "high")]
    finding = made({"what": ["item"], "low": [3], "middle": [10], "high": [14]}, (LABEL, *columns), [group("all", 27)])
    assert released(finding).table.iloc[0].tolist() == ["item", HIDDEN, HIDDEN, 14]


# a caseload that is too large to list


def beside(size, kind="mean", value=21.456, **more):
    caseload = Group("caseload", "", "age", frozenset(), size)
    column = Column("value", "Value", kind, 2, (("caseload",),))
    return made({"what": ["Caseload"], "value": [value], **more}, (LABEL, column), [caseload])


@pytest.mark.parametrize(
    ("size", "kind", "shown"),
    [
        (3, "mean", HIDDEN),
        (5, "mean", 21.5),
        (10, "mean", 21.46),
        (9, "quartile", HIDDEN),
        (10, "quartile", 21.46),
        (9, "rate", HIDDEN),
        (12_000, "rate", 21.46),
        (12_000, "extreme", HIDDEN),
        (12_000, "characteristic", 21.456),
    ],
)
def test_the_rules_by_size_hold_for_a_caseload(size, kind, shown):
    assert released(beside(size, kind)).table["value"].tolist() == [shown]


def test_a_small_caseload_of_people_alike_has_no_mean():
    finding = beside(9, sd=[0.0])
    spread = Column("sd", "SD", "sd", 2, (("caseload",),))
    assert released(dataclasses.replace(finding, columns=(*finding.columns, spread))).table["value"].tolist() == [
        HIDDEN
    ]


def test_caseloads_do_not_nest_and_are_not_recorded():
    one, other = beside(12), beside(14)
    after = apply_disclosure([one, other], POLICY).findings
    assert [finding.table["value"].iloc[0] for finding in after] == [21.46, 21.46]
    assert [(finding.groups, shown_groups(finding)) for finding in after] == [({}, ()), ({}, ())]


@pytest.mark.parametrize(("size", "told"), [(3, False), (5, True), (12_000, True)])
def test_marks_and_words_about_a_small_caseload_are_hidden(size, told):
    chart = chart_of(Point(21.5, 0.0, "caseload", group="caseload"))
    form = OutsideForm("", "Outside", "Outside.", "", chart, rests_on=("caseload",))
    after = released(dataclasses.replace(beside(size), outside=form))
    assert (after.chart is not None, after.title == "Outside") == (told, told)


def test_a_mean_of_a_few_people_is_hidden_whatever_they_are_called():
    column = Column("mean", "Mean", "mean", 2, (("few",),))
    finding = made({"what": ["a"], "mean": [3.23]}, (LABEL, column), [group("few", 4)])
    assert released(finding).table["mean"].tolist() == [HIDDEN]
    policy = DisclosurePolicy(overrides=(Override(finding.id, "few", "printed"),))
    assert released(finding, policy).table["mean"].tolist() == [3.2]


# marks and words by row


def chart_of(*marks, ticks=()):
    return Chart((Panel(Axis("Share (%)", ticks=((0.0, "0 %"),)), Axis("", ticks=ticks), tuple(marks)),), "n = 27", "")


ROWS = ((0.0, "First"), (1.0, "Second"), (2.0, "Third"))


def row_marks(row):
    return (
        Bar(float(row), 0.0, 50.0, "pilot", row=row),
        Interval(float(row), 40.0, 60.0, "pilot", along="x", row=row),
        Point(50.0, float(row), "caseload", row=row),
        Line(((1.0, float(row)), (9.0, float(row))), "change", row=row),
    )


def test_marks_of_rows_with_a_hidden_cell_are_dropped_and_so_are_their_names():
    chart = chart_of(*row_marks(0), *row_marks(1), *row_marks(2), Band(50.0, 50.0, "x"), ticks=ROWS)
    release = apply_disclosure([counts([3, 9, 15], chart=chart)], POLICY)
    panel = release.findings[0].chart.panels[0]
    assert panel.marks == (*row_marks(2), Band(50.0, 50.0, "x"))
    assert panel.y.ticks == ((2.0, "Third"),)
    assert panel.x.ticks == ((0.0, "0 %"),)
    assert release.findings[0].outside.chart == release.findings[0].chart
    assert "(b) small counts" in release.hidden.loc[release.hidden["column"] == "chart", "rule"].tolist()


def test_the_name_of_a_place_stays_while_a_line_passes_it():
    line = Line(((50.0, 0.0), (50.0, 1.0)), "reference")
    chart = chart_of(Point(50.0, 0.0, "pilot", row=0), Point(50.0, 1.0, "pilot", row=1), line, ticks=ROWS[:2])
    panel = released(counts([3, 24], chart=chart)).chart.panels[0]
    assert panel.marks == (line,)
    assert panel.y.ticks == ROWS[:2]


def test_a_name_without_a_bar_beside_it_goes_and_one_with_a_bar_stays():
    bars = [
        Bar(row + side, 0.0, 50.0, kind, row=row)
        for row in (0, 1, 2)
        for side, kind in ((-0.2, "pilot"), (0.2, "left"))
    ]
    panel = released(counts([3, 9, 15], chart=chart_of(*bars, Band(50.0, 50.0, "x"), ticks=ROWS))).chart.panels[0]
    assert [mark.at for mark in panel.marks if isinstance(mark, Bar)] == [1.8, 2.2]
    assert panel.y.ticks == ((2.0, "Third"),)


def test_without_a_mark_left_there_is_no_chart():
    assert released(counts([3, 24], chart=chart_of(*row_marks(0), *row_marks(1), Band(1.0, 2.0)))).chart is None


@pytest.mark.parametrize("row", [-1, 2])
def test_a_mark_of_a_row_that_is_not_there_is_dropped(row):
    chart = chart_of(Point(50.0, 0.0, "pilot", row=0), Point(50.0, 1.0, "pilot", row=row))
    after = released(counts([14, 13], chart=chart)).chart
    assert [mark.row for mark in after.panels[0].marks] == [0]


def test_marks_and_words_go_by_the_table_that_leaves():
    chart = chart_of(Point(50.0, 0.0, "pilot", row=0))
    shown = released(answers(low=12, high=15, chart=chart, rests_on_rows=(0,)))
    assert (shown.chart is not None, shown.title) == (True, "Outside")
    hidden = released(answers(low=3, high=24, chart=chart, rests_on_rows=(0,)))
    assert (hidden.chart, hidden.title) == (None, "Answers: not shown outside")


@pytest.mark.parametrize(("rows", "said"), [((2,), True), ((0,), False), ((1, 2), False), ((3,), False), ((), True)])
def test_words_that_rest_on_a_row_with_a_hidden_cell_are_replaced(rows, said):
    after = released(counts([3, 9, 15], rests_on_rows=rows))
    assert (after.title == "Outside") is said
    assert (after.sentence == "Outside.") is said
    assert ("not shown outside" in after.outside.title) is not said


def test_a_count_hidden_by_its_site_takes_its_marks_along():
    few = group("few", 3, measure=FIELDWORK_BY_SITE)
    column = Column("n", "People", "fieldwork", groups=(("few",),))
    chart = chart_of(Point(3.0, 0.0, "pilot", text="3", row=0))
    finding = made({"what": ["a"], "n": [3]}, (LABEL, column), [few], by_site=True, chart=chart, rests_on_rows=(0,))
    after = released(finding)
    assert after.table["n"].tolist() == [HIDDEN]
    assert after.chart is None
    assert "not shown outside" in after.title


# counts at a site


@pytest.mark.parametrize(("lost", "shown"), [(1, [HIDDEN, 10]), (4, [HIDDEN, 10]), (0, [10, 10]), (5, [10, 10])])
def test_a_site_that_loses_nobody_does_not_say_that_the_few_who_were_lost_are_elsewhere(lost, shown):
    """Of 23 asked 22 answered, and all ten of this site: then the one who did not is at the other site."""
    here = frozenset(f"service user|here.{i}" for i in range(10))
    there = frozenset(f"service user|there.{i}" for i in range(13))
    left = frozenset(sorted(there)[lost:])
    groups = [
        *(Group(key, key, FIELDWORK_BY_SITE, here) for key in ("asked", "answered")),
        Group("whole group: asked", "all", FIELDWORK, here | there),
        Group("whole group: answered", "all", FIELDWORK, here | left),
    ]
    column = Column("n", "People", "fieldwork", groups=(("asked",), ("answered",)))
    found = made({"what": ["asked", "answered"], "n": [10, 10]}, (LABEL, column), groups, by_site=True)
    assert released(found).table["n"].tolist() == shown
