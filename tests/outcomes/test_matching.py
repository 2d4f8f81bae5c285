"""Pairs are made by identifier only, and whoever is not in a pair is counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import RepeatedIdError, TableError
from evalcore.instruments import load_instrument
from evalcore.outcomes.matching import match, match_scores
from tests.outcomes.oracle import pairs_of


def reasons(pairs):
    return dict(zip(pairs.trail["step"], pairs.trail["reason"], strict=True))


def numbers(pairs):
    return dict(zip(pairs.trail["step"], pairs.trail["n"], strict=True))


def test_people_are_paired_by_identifier_and_never_by_position():
    pairs = match(pd.Series([1.0, 2.0, 3.0], index=["C", "A", "B"]), pd.Series([20.0, 10.0], index=["A", "0"]))
    assert pairs.matched.to_dict("index") == {"A": {"pre": 2.0, "post": 20.0}}
    assert pairs.pre_only.to_dict() == {"B": 3.0, "C": 1.0}
    assert pairs.post_only.to_dict() == {"0": 10.0}
    assert pairs.matched.index.name == "respondent_id"
    assert (pairs.instrument, pairs.scale, pairs.role, pairs.unit) == (None, None, None, None)


def test_identifiers_are_compared_as_they_are_given():
    pairs = match(pd.Series([1.0, 2.0], index=[1, 2]), pd.Series([3.0, 4.0], index=["1", "2"]))
    assert pairs.matched.empty
    assert (len(pairs.pre_only), len(pairs.post_only)) == (2, 2)


def test_a_missing_score_is_no_score_and_is_counted():
    pairs = pairs_of("missing_values")
    assert sorted(pairs.matched.index) == ["A", "C", "D", "E", "G", "H"]
    assert sorted(pairs.pre_only.index) == ["F", "J"]
    assert sorted(pairs.post_only.index) == ["B", "K"]
    assert list(numbers(pairs).items()) == [
        ("answered pre", 10),
        ("answered post", 10),
        ("scored pre", 8),
        ("scored post", 8),
        ("matched", 6),
    ]
    assert reasons(pairs)["scored post"] == "2 with no score"
    assert reasons(pairs)["matched"] == "2 with a score before only and 2 with a score after only"


@pytest.mark.parametrize("values", [[1.0, 2.0], [1.0, None], [None, None]])
def test_a_repeated_identifier_is_an_error_even_without_a_score(values):
    twice = pd.Series(values, index=["SECRET", "SECRET"], dtype=float)
    with pytest.raises(RepeatedIdError, match="1 identifier stands more than once in the scores after") as raised:
        match(pd.Series([1.0], index=["SECRET"]), twice)
    assert "SECRET" not in str(raised.value)


def test_a_score_without_an_identifier_matches_nothing():
    pairs = match(pd.Series([1.0, 2.0], index=["A", None]), pd.Series([3.0, 4.0], index=["A", np.nan]))
    assert list(pairs.matched.index) == ["A"]
    assert pairs.post_only.empty
    assert reasons(pairs)["answered pre"] == "1 score before without an identifier left out"
    assert numbers(pairs)["answered post"] == 1


@pytest.mark.parametrize(("value", "words"), [("many", "not a number"), (np.inf, "infinite"), (-np.inf, "infinite")])
def test_what_is_not_a_finite_number_is_refused_without_quoting_it(value, words):
    with pytest.raises(TableError, match=words) as raised:
        match(pd.Series([value], index=["A"]), pd.Series([1.0], index=["A"]))
    assert "many" not in str(raised.value)


@pytest.mark.parametrize(
    "index",
    [pd.Index(["A", "B"], dtype=object), pd.Index(["A", "B"], dtype="string"), pd.CategoricalIndex(["A", "B"])],
    ids=["object", "string", "categorical"],
)
@pytest.mark.parametrize("dtype", ["float64", "Float64", "Int64", "object"])
def test_every_kind_of_column_is_understood(index, dtype):
    pre = pd.Series([1, 2], index=index).astype(dtype)
    post = pd.Series([3, pd.NA], index=["B", "A"], dtype="Float64")
    pairs = match(pre, post)
    assert pairs.matched.to_dict("index") == {"B": {"pre": 2.0, "post": 3.0}}
    assert pairs.matched.dtypes.tolist() == [np.dtype(float)] * 2


def test_numbers_and_words_may_stand_in_one_index():
    pairs = match(pd.Series([1.0, 2.0, 3.0], index=["b", 2, 1]), pd.Series([4.0, 5.0], index=[2, "b"]))
    assert pairs.matched["post"].to_dict() == {2: 4.0, "b": 5.0}


def test_nobody_at_all_is_no_pair():
    pairs = match(pd.Series(dtype=float), pd.Series(dtype=float))
    assert len(pairs.matched) == len(pairs.pre_only) == len(pairs.post_only) == 0
    assert pairs.trail["n"].tolist() == [0] * 5


people = st.dictionaries(st.integers(0, 30), st.one_of(st.none(), st.integers(7, 35)), max_size=20)


@given(pre=people, post=people, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters_and_nobody_is_lost(pre, post, order):
    before, after = pd.Series(pre, dtype=float), pd.Series(post, dtype=float)
    pairs = match(before, after)
    keys = list(pre)
    order.shuffle(keys)
    again = match(before.reindex(keys), after[::-1])
    pd.testing.assert_frame_equal(pairs.matched, again.matched)
    pd.testing.assert_series_equal(pairs.pre_only, again.pre_only)
    pd.testing.assert_series_equal(pairs.post_only, again.post_only)
    with_score = {person for person, value in pre.items() if value is not None}
    assert set(pairs.matched.index) | set(pairs.pre_only.index) == with_score
    assert not set(pairs.matched.index) & set(pairs.pre_only.index)
    assert numbers(pairs)["matched"] == len(with_score & {one for one, value in post.items() if value is not None})
    for person, row in pairs.matched.iterrows():
        assert (row["pre"], row["post"]) == (pre[person], post[person])


def test_the_unit_is_the_scale_s_own():
    scores = pd.DataFrame(
        {"respondent_id": ["A"], "wave": ["pre"], "instrument": ["gse"], "scale": ["total"], "score": [30.0]}
    )
    pairs = match_scores(scores)
    assert (pairs.instrument, pairs.scale, pairs.role) == ("gse", "total", None)
    assert pairs.unit == load_instrument("gse").scales["total"].unit
    assert match_scores(scores.assign(instrument="of our own")).unit is None
