"""The chart of one person's OGRS: bars that follow each other from the start value to the logit of the score."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.figures.chart import Bar, Line
from evalcore.figures.plotly_drawer import draw
from evalcore.findings.people.ogrs_calculator import CALCULATED, calculate, offence_choices
from evalcore.findings.people.ogrs_waterfall import START, SUM, Waterfall, waterfall
from evalcore.profile.ogrs_scored import KINDS
from evalcore.wording import number

PERSON = {
    "sex": "male",
    "age_at_conviction": 30,
    "age_at_followup": 31,
    "age_at_first_sanction": 16,
    "previous_sanctions": 7,
    "ogrs_offence": "theft_non_motor",
    "offence_free_months": 5,
}


def bars(found: Waterfall) -> list[Bar]:
    return [mark for mark in found.chart.panels[0].marks if isinstance(mark, Bar)]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["male", "female"]),
    st.tuples(*[st.integers(10, 80)] * 3).map(sorted),
    st.integers(0, 60),
    st.sampled_from(sorted(offence_choices())),
    st.integers(0, 40),
)
def test_each_bar_begins_where_the_last_one_ends_and_the_sum_is_the_score(sex, ages, previous, offence, months):
    names = ("age_at_first_sanction", "age_at_conviction", "age_at_followup")
    person = {"sex": sex, **dict(zip(names, ages, strict=True)), "previous_sanctions": previous}
    found = calculate(person | {"ogrs_offence": offence, "offence_free_months": months})
    for label, one in found.charts.items():
        *parts, last = bars(one)
        assert parts[0].start == last.start == 0.0
        assert all(after.start == before.end for before, after in pairwise(parts))
        assert last.end == pytest.approx(parts[-1].end)
        shown = float(one.chart.n.removeprefix(f"{label}: ").removesuffix(" %"))
        chance = 100 / (1 + math.exp(-last.end))
        if label.startswith("OGRS3"):
            assert min(max(chance, 1), 99) == pytest.approx(shown, abs=0.51)
        else:
            assert chance == pytest.approx(shown, abs=0.0051)


def test_every_bar_is_named_and_says_its_number_and_so_do_the_words():
    found = calculate(PERSON)
    assert list(found.charts) == [KINDS[key].label for key in reversed(CALCULATED)]
    for place, (label, one) in enumerate(found.charts.items()):
        ticks = dict(one.chart.panels[0].y.ticks)
        assert [ticks[bar.at] for bar in bars(one)] == [*ticks.values()]
        assert (*ticks.values(),)[0] == START
        assert (*ticks.values(),)[-1] == SUM
        column = {row[0]: row[len(found.charts) - place] for row in found.terms.rows}
        for bar in bars(one):
            assert bar.text == number(bar.end - bar.start, 2, signed=True)
            assert bar.text in one.words
            assert bar.label == f"{ticks[bar.at]}: {bar.text}"
            written = column[ticks[bar.at] if ticks[bar.at] != SUM else "Sum (logit)"].replace("−", "-")
            assert float(written) == pytest.approx(bar.end - bar.start, abs=0.0006)
        assert one.words.startswith(f"{label}: ")
        assert one.words.endswith(f"is {one.chart.n.removeprefix(f'{label}: ')}.")


def test_what_raises_and_what_lowers_look_different_and_only_what_is_there_is_in_the_legend():
    up_and_down = waterfall("A", {START: 1.0, "Age": -2.0, "Offence": 0.5}, "38 %")
    assert [bar.kind for bar in bars(up_and_down)] == ["step", "aside", "change", "step"]
    assert [kind for kind, _ in up_and_down.chart.legend] == ["change", "aside", "step"]
    down = waterfall("A", {START: 1.0, "Age": -2.0}, "27 %")
    assert [kind for kind, _ in down.chart.legend] == ["aside", "step"]
    lines = [mark for mark in down.chart.panels[0].marks if isinstance(mark, Line)]
    assert [line.points[0][0] for line in lines] == [1.0, -1.0]


def test_it_is_drawn_and_nothing_that_can_not_be_computed_is():
    for one in calculate(PERSON).charts.values():
        figure = draw(one.chart)
        assert figure.layout.height < 450
        assert len(figure.data) >= len(bars(one))
    assert calculate(PERSON | {"sex": None}).charts == {}
    only_three = calculate(PERSON | {"offence_free_months": -1}).charts
    assert list(only_three) == ["OGRS3, two years (legacy)", "OGRS3, one year (legacy)"]
