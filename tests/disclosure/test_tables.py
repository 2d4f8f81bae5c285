"""The small-number policy cell by cell, on tables made for each rule."""

import math

import pandas as pd
import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Axis, Box, Chart, Line, Panel, Point
from evalcore.findings import Column, Finding, Group, OutsideForm
from evalcore.findings.finding import FIELDWORK

POLICY = DisclosurePolicy()


def group(key, n, *, measure="need", start=0):
    return Group(key, key, measure, frozenset(f"service user|{i}" for i in range(start, start + n)))


def finding(table, columns, groups=(), *, chart=None, by_site=False):
    by_key = {one.key: one for one in groups}
    return Finding(
        id="made.for.this",
        title="A title",
        sentence="A sentence.",
        caution="A caution.",
        chart=chart,
        table=table,
        columns=columns,
        groups=by_key,
        trail=None,
        source="made",
        definition="made",
        outside=OutsideForm("", "A title", "A sentence.", "A caution.", chart),
        by_site=by_site,
        topic="Needs",
    )


def released(made, policy=POLICY):
    return apply_disclosure([made], policy).findings[0]


def counts(values, n, *, labels=None, policy=POLICY):
    """One column of counts of people with a characteristic, out of one group of n."""
    table = pd.DataFrame({"what": labels or [f"row {i}" for i in range(len(values))], "k": values})
    columns = (
        Column("what", "What", "label"),
        Column("k", "People", "characteristic", groups=(("all",),) * len(values)),
    )
    return released(finding(table, columns, [group("all", n, measure=FIELDWORK)]), policy).table["k"].tolist()


@pytest.mark.parametrize(
    ("values", "n", "expected"),
    [
        ([12, 15], 27, [12, 15]),
        ([3, 24], 27, [HIDDEN, HIDDEN]),
        ([3, 9, 15], 27, [HIDDEN, HIDDEN, 15]),
        ([3, 2, 22], 27, [HIDDEN, HIDDEN, 22]),
        ([3, 0, 24], 27, [HIDDEN, 0, HIDDEN]),
        ([0, 12], 12, [0, 12]),
        ([0, 8], 8, [HIDDEN, HIDDEN]),
        ([25], 27, [HIDDEN]),
        ([20], 27, [20]),
        ([14, 11], 27, [14, HIDDEN]),
        ([7, 20, 27], 27, [7, 20, 27]),
        ([3, 24, 27], 27, [HIDDEN, HIDDEN, 27]),
    ],
)
def test_counts_of_a_characteristic(values, n, expected):
    assert counts(values, n) == expected


def test_another_threshold_for_counts():
    assert counts([7, 8, 12], 27, policy=DisclosurePolicy(min_count=8)) == [HIDDEN, HIDDEN, 12]


def test_a_total_column_does_not_give_a_hidden_count_back():
    table = pd.DataFrame({"what": ["a", "b"], "men": [3.0, 20.0], "women": [12.0, 30.0], "all": [15.0, 50.0]})
    names = ("men", "women", "all")
    columns = (
        Column("what", "What", "label"),
        *(Column(name, name, "characteristic", groups=((f"{name} a",), (f"{name} b",))) for name in names),
    )
    groups = [group(f"{name} {row}", 60, measure=FIELDWORK) for name in names for row in "ab"]
    shown = released(finding(table, columns, groups)).table
    assert shown["men"].tolist() == [HIDDEN, 20]
    assert shown["women"].tolist() == [HIDDEN, 30]
    assert shown["all"].tolist() == [15, 50]


@pytest.mark.parametrize(
    ("n", "rate", "shown"), [(9, 0.67, HIDDEN), (10, 0.5, 0.5), (20, 0.1, HIDDEN), (20, 50.0, 50.0)]
)
def test_rates_from_ten_people_and_not_of_a_small_count(n, rate, shown):
    columns = (Column("what", "What", "label"), Column("rate", "Share", "rate", 2, (("all",),)))
    made = finding(pd.DataFrame({"what": ["a"], "rate": [rate]}), columns, [group("all", n)])
    assert released(made).table["rate"].tolist() == [shown]


def statistics(n, *, mean=21.456, sd=3.21, start=0):
    table = pd.DataFrame({"what": ["a"], "mean": [mean], "sd": [sd], "t": [1.2345], "low": [math.nan]})
    names = (("mean", "mean", 2), ("sd", "sd", 2), ("t", "test", 3), ("low", "interval", 2))
    columns = (Column("what", "What", "label"), *(Column(c, c, kind, d, (("all",),)) for c, kind, d in names))
    return finding(table, columns, [group("all", n, start=start)])


@pytest.mark.parametrize(
    ("n", "expected"),
    [(4, [HIDDEN] * 3), (5, [21.5, 3.2, 1.23]), (9, [21.5, 3.2, 1.23]), (10, [21.46, 3.21, 1.235])],
)
def test_means_sds_and_tests_by_group_size(n, expected):
    row = released(statistics(n)).table.iloc[0].tolist()
    assert row[1:4] == expected
    assert math.isnan(row[4])


@pytest.mark.parametrize(("n", "mean"), [(9, HIDDEN), (10, 21.46)])
def test_where_everyone_is_alike_a_small_group_has_no_mean(n, mean):
    assert released(statistics(n, sd=0.0)).table["mean"].tolist() == [mean]


def test_a_group_that_is_not_described_is_not_shown():
    made = statistics(20)
    unknown = Finding(**{**vars(made), "groups": {}})
    assert released(unknown).table["mean"].tolist() == [HIDDEN]


@pytest.mark.parametrize(
    ("reason", "shown"), [("3 moved away; 8 in custody", HIDDEN), ("11 in custody", "11 in custody"), ("", "")]
)
def test_words_that_name_a_small_count_are_hidden(reason, shown):
    columns = (Column("what", "What", "label"), Column("why", "Why", "text", groups=(("all",),)))
    made = finding(pd.DataFrame({"what": ["a"], "why": [reason]}), columns, [group("all", 20, measure=FIELDWORK)])
    assert released(made).table["why"].tolist() == [shown]


def test_single_people_and_hidden_groups_leave_the_chart():
    marks = (
        Line(((0.0, 1.0), (1.0, 2.0)), "person", group="large", individual=True),
        Point(0.0, 1.5, "pre", group="large"),
        Point(1.0, 9.25, "post", text="9.25", group="small"),
    )
    axis = Axis("", ticks=((0.0, "Before"), (1.0, "After")))
    chart = Chart((Panel(axis, Axis("Score"), marks),), n="n = 20", how_to_read="")
    made = finding(pd.DataFrame({"what": []}), (Column("what", "What", "label"),), (), chart=chart)
    made = Finding(**{**vars(made), "groups": {"large": group("large", 20), "small": group("small", 3, start=30)}})
    release = apply_disclosure([made], POLICY)
    panel = release.findings[0].chart.panels[0]
    assert [mark.kind for mark in panel.marks] == ["pre"]
    assert panel.x.ticks == ((0.0, "Before"),)
    assert "chart" in release.hidden["column"].tolist()


def test_a_box_keeps_its_name_and_loses_its_count():
    small = Group("asked", "asked", "fieldwork by site", frozenset({"service user|1"}))
    box = Box(0.5, 0.5, 0.3, 0.2, ("Asked", "1"), group="asked")
    axis = Axis("", 0.0, 1.0, visible=False)
    chart = Chart((Panel(axis, axis, (box,)),), n="1 asked", how_to_read="")
    table, columns = pd.DataFrame({"what": ["a"]}), (Column("what", "What", "label"),)
    after = released(finding(table, columns, [small], chart=chart, by_site=True)).chart
    assert after.panels[0].marks[0].lines == ("Asked", HIDDEN)
    assert after.n == "Needs: see the table"


def test_measures_are_not_held_against_each_other():
    one, other = statistics(10), statistics(12)
    other = Finding(**{**vars(other), "groups": {"all": group("all", 12, measure="age")}})
    assert all(HIDDEN not in after.table["mean"].tolist() for after in apply_disclosure([one, other], POLICY).findings)


def test_groups_that_differ_by_five_people_are_both_shown():
    for larger, shown in ((14, [HIDDEN, 21.46]), (15, [21.46, 21.46]), (10, [21.46, 21.46])):
        release = apply_disclosure([statistics(10), statistics(larger)], POLICY)
        assert [after.table["mean"].iloc[0] for after in release.findings] == shown
