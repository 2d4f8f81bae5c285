"""Reliable change agrees with R by every method, on either side of each boundary, and is silent where undefined."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.outcomes.matching import match
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.reliable import PUBLISHED, VERDICTS, ReliableChange, published_change, reliable_change
from evalcore.outcomes.reliable_methods import CRITICAL, METHODS
from tests.outcomes.oracle import read, series

ORACLE = read("reliable.json")
SETS = ORACLE["sets"]


def pairs_of(name: str) -> Pairs:
    return match(series(SETS[name]["pre"]), series(SETS[name]["post"]))


def judged(name: str, method: str = "jacobson_truax", **more: float) -> ReliableChange:
    one = SETS[name]
    return reliable_change(pairs_of(name), sd=one["sd"], reliability=one["reliability"], method=method, **more)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", SETS)
def test_every_method_is_as_in_r_and_nothing_else_is_given(name, method):
    one, found = SETS[name], judged(name, method)
    assert (found.sem, found.s_diff, found.threshold) == close((one["sem"], one["s_diff"], one["threshold"]))
    assert (found.method, found.critical, found.n_pairs) == (method, CRITICAL[method], len(one["pre"]))
    if method in one:
        assert found.people["rc"].tolist() == close(one[method]["rc"])
        assert found.counts == one[method]["counts"]
    else:
        assert found.people["rc"].isna().all()
        assert found.people["verdict"].isna().all()
        assert found.counts == dict.fromkeys(VERDICTS, 0)
        assert any(note.startswith("No index") for note in found.notes)


@pytest.mark.parametrize("name", SETS)
def test_a_threshold_in_points_is_exceeded_or_reached(name):
    one = SETS[name]["published"]
    for inclusive, expected in ((False, one["exceeded"]), (True, one["reached"])):
        found = published_change(pairs_of(name), threshold=one["threshold"], inclusive=inclusive)
        assert found.counts == expected
        assert (found.method, found.threshold, found.inclusive) == (PUBLISHED, one["threshold"], inclusive)
        assert (found.sem, found.s_diff, found.critical, found.sd, found.reliability) == (None,) * 5


@pytest.mark.parametrize("example", ORACLE["examples"], ids=lambda example: example["method"])
def test_the_worked_examples(example):
    given_here = dict(example["arguments"])
    pairs = match(series([given_here.pop("pre")]), series([given_here.pop("post")]))
    found = reliable_change(pairs, method=example["method"], **given_here)
    assert found.people["rc"].item() == close(example["rc"])
    assert round(found.people["rc"].item(), 4) == example["printed"]
    assert not found.notes


@pytest.mark.parametrize("row", ORACLE["thresholds"], ids=lambda row: f"{row['instrument']} {row['reliability']}")
def test_the_thresholds_of_the_reference(row):
    found = reliable_change(pairs_of("nobody"), sd=row["sd"], reliability=row["reliability"])
    assert (found.sem, found.threshold) == close((row["sem"], row["threshold"]))
    assert found.threshold == pytest.approx(row["printed"], abs=0.0051)


def test_a_change_of_exactly_the_threshold_is_no_reliable_one_and_one_beyond_it_is():
    people = judged("exactly_critical").people
    assert dict(zip(people["change"], people["verdict"], strict=True)) == {
        1.96: "no reliable change",
        1.97: "improved",
        -1.96: "no reliable change",
        -1.97: "deteriorated",
    }


@pytest.mark.parametrize("times", range(1, 41))
def test_the_threshold_is_one_in_decimal_whatever_binary_makes_of_it(times):
    """With a reliability of a half s_diff is the SD: 1.96 times that is an index of exactly the critical value."""
    pairs = match(series([0, 0, 1.96 * times, 0]), series([1.96 * times, -1.96 * times, 0, 1.9601 * times]))
    verdicts = reliable_change(pairs, sd=times, reliability=0.5).people["verdict"].tolist()
    assert verdicts == ["no reliable change"] * 3 + ["improved"]


@pytest.mark.parametrize("method", METHODS)
def test_the_rows_of_the_pairs_may_stand_in_any_order(method):
    pairs = pairs_of("two_thousand")
    turned = dataclasses.replace(pairs, matched=pairs.matched.sample(frac=1, random_state=1))
    one = SETS["two_thousand"]
    found, other = (
        reliable_change(these, sd=one["sd"], reliability=one["reliability"], method=method) for these in (pairs, turned)
    )
    assert found.line == other.line
    rc = [one.people.set_index("respondent_id")["rc"] for one in (found, other)]
    assert rc[0].equals(rc[1][rc[0].index])


@pytest.mark.parametrize("method", METHODS)
def test_where_lower_is_better_the_sides_change_names_and_nothing_else(method):
    higher, lower = (judged("ties_and_zeros", method, higher_is_better=better) for better in (True, False))
    swapped = {"improved": "deteriorated", "deteriorated": "improved"}
    assert lower.people["verdict"].replace(swapped).tolist() == higher.people["verdict"].tolist()
    assert lower.people["rc"].tolist() == higher.people["rc"].tolist()
    assert lower.counts == {name: higher.counts[swapped.get(name, name)] for name in VERDICTS}
    points = published_change(pairs_of("ties_and_zeros"), threshold=2, higher_is_better=False)
    assert points.counts["deteriorated"] == SETS["ties_and_zeros"]["published"]["exceeded"]["improved"]


@pytest.mark.parametrize("method", METHODS)
def test_without_error_there_is_no_index(method):
    found = reliable_change(pairs_of("ties_and_zeros"), sd=4, reliability=1, method=method)
    assert (found.sem, found.s_diff, found.threshold, found.line) == (None,) * 4
    assert found.people["rc"].isna().all()
    assert found.counts == dict.fromkeys(VERDICTS, 0)
    assert found.notes == (
        "With a reliability of 1 the questionnaire would make no error, so that no change can be held against it.",
    )


def test_what_a_method_takes_from_the_sample_is_said_and_can_be_given():
    sample = judged("three_pairs", "hageman_arrindell")
    assert sample.notes == (
        "Taken from the matched people (n = 3): mean before, mean after, SD after, correlation of before with after.",
    )
    pre, post = (pd.Series(SETS["three_pairs"][wave]) for wave in ("pre", "post"))
    told = {"mean_pre": pre.mean(), "mean_post": post.mean(), "sd_post": post.std(), "correlation": pre.corr(post)}
    given_all = judged("three_pairs", "hageman_arrindell", **told)
    assert not given_all.notes
    assert given_all.people["rc"].tolist() == close(sample.people["rc"].tolist())
    other = judged("three_pairs", "edwards_nunnally", mean_pre=40)
    assert not other.notes
    assert other.people["rc"].tolist() != close(judged("three_pairs", "edwards_nunnally").people["rc"].tolist())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sd": 0}, "SD must be a number above 0"),
        ({"sd": -1.0}, "SD must be a number above 0"),
        ({"sd": float("nan")}, "SD must be a number above 0"),
        ({"sd": "4"}, "SD must be a number above 0"),
        ({"sd": True}, "SD must be a number above 0"),
        ({"reliability": 1.01}, "from 0 to 1"),
        ({"reliability": -0.1}, "from 0 to 1"),
        ({"reliability": float("inf")}, "from 0 to 1"),
        ({"reliability": None}, "from 0 to 1"),
        ({"sd_post": 0}, "SD after must be above 0"),
        ({"correlation": 1.1}, "between -1 and 1"),
        ({"mean_pre": float("nan")}, "must be numbers"),
    ],
)
def test_what_can_not_be_is_refused_in_words(wrong, words):
    with pytest.raises(EvalcoreError, match=words):
        reliable_change(pairs_of("two_pairs"), **{"sd": 4, "reliability": 0.8, **wrong})


def test_an_unknown_method_is_refused_with_those_there_are():
    with pytest.raises(UnknownNameError, match="jacobson_truax, edwards_nunnally, hageman_arrindell"):
        judged("two_pairs", "crawford")


@pytest.mark.parametrize("threshold", [0, -3, float("nan"), None, "3", 1e-12])
def test_a_threshold_that_is_no_size_is_refused(threshold):
    with pytest.raises(EvalcoreError, match="above 0"):
        published_change(pairs_of("two_pairs"), threshold=threshold)


def test_a_threshold_is_taken_in_decimal_too():
    found = published_change(pairs_of("tenths_at_the_threshold"), threshold=0.1 + 0.2, inclusive=True)
    assert found.counts == SETS["tenths_at_the_threshold"]["published"]["reached"]


def test_numpy_numbers_are_numbers():
    found = reliable_change(pairs_of("two_pairs"), sd=np.float64(4.67), reliability=np.float32(0.5))
    assert (type(found.sd), type(found.reliability)) == (float, float)


def test_the_result_is_frozen_and_names_nobody_when_printed():
    found = judged("two_pairs")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.sd = 1
    assert list(found.people) == ["respondent_id", "change", "rc", "verdict"]
    assert list(found.counts) == list(VERDICTS)
    assert "P0001" not in repr(found)


scores = st.integers(0, 80).map(lambda n: n / 2)


@given(
    st.lists(st.tuples(scores, scores), max_size=12),
    st.floats(0.5, 12),
    st.floats(0, 0.99),
    st.sampled_from(METHODS),
    st.randoms(),
)
def test_order_never_matters_and_everyone_is_judged_once(people, sd, reliability, method, random):
    names = [f"P{i:02d}" for i in range(len(people))]
    pre, post = ({name: pair[side] for name, pair in zip(names, people, strict=True)} for side in (0, 1))
    found = reliable_change(
        match(pd.Series(pre, dtype=float), pd.Series(post, dtype=float)), sd=sd, reliability=reliability, method=method
    )
    random.shuffle(names)
    other = reliable_change(
        match(pd.Series({n: pre[n] for n in names}, dtype=float), pd.Series(post, dtype=float)),
        sd=sd,
        reliability=reliability,
        method=method,
    )
    pd.testing.assert_frame_equal(found.people, other.people)
    judged_people = found.people["verdict"].notna().sum()
    assert sum(found.counts.values()) == judged_people
    assert judged_people in (0, len(people))
    if found.line is not None:
        after = np.array([post[name] for name in found.people["respondent_id"]])
        expected = found.line.slope * np.array([pre[n] for n in found.people["respondent_id"]]) + found.line.shift
        beyond = np.abs(after - expected) > found.line.margin * (1 + 1e-9) + 1e-9
        assert not (beyond & (found.people["verdict"] == "no reliable change")).any()


@given(st.floats(0.1, 5), st.floats(0.1, 5))
def test_a_larger_threshold_finds_no_more_people(one, other):
    low, high = (published_change(pairs_of("ties_and_zeros"), threshold=t) for t in sorted((one, other)))
    assert low.counts["improved"] >= high.counts["improved"]
    assert low.counts["deteriorated"] >= high.counts["deteriorated"]
