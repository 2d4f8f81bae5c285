"""Every chart of the project keeps every rule of `chart_rules`, on the screen, outside, and as it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest

from evalcore.figures import theme
from evalcore.figures.chart import Axis, Band, Bar, Chart, Interval, Panel, Point
from evalcore.findings import Finding, build, measures
from evalcore.findings.people.ogrs_waterfall import waterfall
from evalcore.sample import sample_study
from tests.figures.chart_rules import (
    RULES,
    agrees_with_its_sentence,
    begins_bars_at_zero,
    has_titles_with_units,
    has_words_and_table,
    hides_single_people,
    holds_its_marks,
    is_labelled,
    is_titled,
    means_the_same,
    names_places_once,
    orders_by_size,
    says_how_many,
    says_how_to_read,
    shows_whole_percentages,
    tells_kinds_apart,
    writes_what_it_draws,
)
from tests.figures.every_chart import OUTSIDE, RELEASED, SCREEN, Shown, every_chart

KINDS = {
    *("trail", "summary", "groups", "change", "normality", "everyone", "leavers", "start", "tipping", "reliable"),
    *("regression", "by-group", "group-difference", "scores", "norms", "answers", "missing", "consistency"),
    *("timing", "circumstances", "near-misses", "window", "equivalence", "outcomes", "next_phase", "feasibility"),
    *("characteristics", "categories", "age", "ogrs", "ogrs-bands", "ogrs-expected", "needs", "needs-number"),
    *("needs-severity", "needs-together", "needs-by", "like-for-like", "reach", "start-rates", "contacts"),
    "disengagement",
}
"""The kinds of findings that have a chart."""

Rule = Callable[[Shown], Iterator[str]]


@pytest.fixture(scope="module")
def charts() -> tuple[Shown, ...]:
    return every_chart()


def test_the_charts_are_all_kinds_that_draw_and_all_forms(charts: tuple[Shown, ...]) -> None:
    assert {one.kind for one in charts} >= KINDS
    assert {one.form for one in charts} == {SCREEN, OUTSIDE, RELEASED}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_chart_keeps_the_rule(charts: tuple[Shown, ...], rule: Rule) -> None:
    wrong = [f"{one}: {what}" for one in charts for what in rule(one)]
    assert wrong == []


def test_the_chart_of_one_score_keeps_the_rules_that_need_no_people() -> None:
    steps = {"Start value": 2.0, "Age": -1.5, "Offence": 0.25, "Previous sanctions": 0.6}
    chart = waterfall("OGRS3, two years", steps, "68 %").chart
    one = _shown(chart)
    kept = (has_titles_with_units, says_how_to_read, is_labelled, names_places_once, holds_its_marks)
    assert [what for rule in kept for what in rule(one)] == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_grid_is_paler_than_any_mark(dark: bool) -> None:
    surface = theme.surface(dark)
    assert theme.contrast(surface.grid, surface.background) < 1.6


# --- the rules can fail ------------------------------------------------------------------------------------------

ROWS = Axis("", ticks=((1.0, "Before"), (0.0, "After")))
POINTS = Axis("Mean (points)", 10.0, 40.0)
MARKS = (
    Interval(1.0, 25.3, 29.5, "pre", "x", "95 % interval 25.3 to 29.5"),
    Point(27.4, 1.0, "pre", "Mean before: 27.4", "27.4"),
    Point(27.6, 0.0, "post", "Mean after: 27.6", "27.6"),
)
GOOD = Chart((Panel(POINTS, ROWS, MARKS),), "n = 18 before, 12 after", "The bar is the 95 % interval of a mean.")
LYING = Panel(Axis("People", 0.0), ROWS, (Bar(1.0, 0.0, 5.0, "pre"), Bar(0.0, 0.0, 3.0, "post")))


@cache
def _change() -> Finding:
    study = sample_study()
    return build("change", study, measures(study)[0], resamples=0)


def _with(**changes: object) -> Chart:
    """The good chart with another axis or other marks."""
    return replace(GOOD, panels=(replace(GOOD.panels[0], **changes),))


def _shown(chart: Chart, form: str = SCREEN, **words: str) -> Shown:
    """A chart as if it were that of the change in the sample study."""
    finding = _change()
    said = {"id": "change", "title": "27.4 before, 27.6 after", "sentence": "The mean was 27.4."} | words
    return Shown("made up", form, said["id"], said["title"], said["sentence"], chart, finding.table, finding)


BROKEN: Mapping[str, tuple[Rule, Callable[[], Shown]]] = {
    "no n": (says_how_many, lambda: _shown(replace(GOOD, n="GSE, service users"))),
    "n beside no mark": (says_how_many, lambda: _shown(replace(GOOD, n="GSE: n beside each mark"))),
    "no title": (has_titles_with_units, lambda: _shown(_with(x=Axis("")))),
    "no unit": (has_titles_with_units, lambda: _shown(_with(x=Axis("Mean")))),
    "no sentence": (says_how_to_read, lambda: _shown(replace(GOOD, how_to_read="the bar"))),
    "an interval without a name": (says_how_to_read, lambda: _shown(replace(GOOD, how_to_read="The bar is a bar."))),
    "people without a name": (
        says_how_to_read,
        lambda: _shown(_with(marks=(Point(1, 1, "person", individual=True),))),
    ),
    "two kinds at a place": (is_labelled, lambda: _shown(_with(marks=(*MARKS, Point(20, 1.0, "caseload"))))),
    "an entry without marks": (is_labelled, lambda: _shown(replace(GOOD, legend=(("left", "Those who left"),)))),
    "a line without a name": (is_labelled, lambda: _shown(_with(marks=(Band(20, 20, "x"), *MARKS)))),
    "five kinds": (
        tells_kinds_apart,
        lambda: _shown(_with(marks=tuple(Point(20, 1, k) for k in ("pre", "post", "change", "left", "aside")))),
    ),
    "told by colour": (tells_kinds_apart, lambda: _shown(_with(marks=(Point(1, 1, "pre"), Point(2, 0, "pilot"))))),
    "bars told by colour": (
        tells_kinds_apart,
        lambda: _shown(_with(marks=(Bar(1, 0, 3, "pre"), Bar(0, 0, 4, "pilot")))),
    ),
    "a bar above zero": (begins_bars_at_zero, lambda: _shown(_with(marks=(Bar(1.0, 2.0, 5.0, "pre"),)))),
    "a gap in a stack": (
        begins_bars_at_zero,
        lambda: _shown(_with(marks=(Bar(1, -4, -1, "answer_low_1"), Bar(1, 0, 3, "answer_high_1")))),
    ),
    "no text": (has_words_and_table, lambda: _shown(GOOD, sentence="")),
    "a long title": (is_titled, lambda: _shown(GOOD, title="1 " * 91)),
    "a title without a number": (is_titled, lambda: _shown(GOOD, title="GSE before and after")),
    "a name twice": (names_places_once, lambda: _shown(_with(y=Axis("", ticks=((1.0, "All"), (0.0, "All")))))),
    "an empty name": (names_places_once, lambda: _shown(_with(y=Axis("", ticks=((1.0, ""), (0.0, "All")))))),
    "long names below": (
        names_places_once,
        lambda: _shown(_with(x=Axis("", ticks=((1.0, "Education, training"), (0.0, "Alcohol misuse"))))),
    ),
    "the rarest first": (
        orders_by_size,
        lambda: _shown(_with(marks=(Point(20, 1, "pilot"), Point(30, 0, "pilot"))), id="categories"),
    ),
    "a person who leaves": (
        hides_single_people,
        lambda: _shown(_with(marks=(Point(1, 1, "person", individual=True),)), RELEASED),
    ),
    "words on people who are gone": (
        hides_single_people,
        lambda: _shown(replace(GOOD, how_to_read="Each dot is one person."), OUTSIDE),
    ),
    "a mark off the axis": (holds_its_marks, lambda: _shown(_with(x=replace(POINTS, high=29.0)))),
    "another meaning": (means_the_same, lambda: _shown(replace(GOOD, legend=(("pre", "Pilot"),)))),
    "before for after": (means_the_same, lambda: _shown(_with(marks=(Point(1, 1, "pre", "Mean after: 3"),)))),
    "a part of the percentages": (
        shows_whole_percentages,
        lambda: _shown(_with(x=Axis("People with the need (%)", 20.0, 60.0))),
    ),
    "another number beside a mark": (
        writes_what_it_draws,
        lambda: _shown(_with(marks=(Point(27.4, 1.0, "pre", "", "28.4"),))),
    ),
    "another interval in words": (
        writes_what_it_draws,
        lambda: _shown(_with(marks=(replace(MARKS[0], label="95 % interval 25.3 to 39.5"),))),
    ),
    "another interval in the sentence": (
        agrees_with_its_sentence,
        lambda: _shown(GOOD, sentence="It was 27.4 (95 % interval 20.1 to 29.5)."),
    ),
}
"""One chart for each way to break a rule."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_chart_keeps_each_rule(rule: Rule) -> None:
    assert [*rule(_shown(GOOD))] == []
    assert [*rule(_shown(replace(GOOD, panels=(LYING,))))] == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_finds_what_breaks_it(name: str) -> None:
    rule, broken = BROKEN[name]
    assert [*rule(broken())] != []


def test_every_rule_is_broken_once() -> None:
    assert {rule for rule, _ in BROKEN.values()} == set(RULES)
