"""Those who left beside those who stayed, as in R, without any verdict."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from evalcore.errors import EvalcoreError, RepeatedIdError
from evalcore.outcomes.dropout import attrition, score_before_by
from evalcore.outcomes.matching import match, match_scores
from tests.outcomes.oracle import read

R = read("attrition.json")
STATISTICS = ["mean_stayed", "sd_stayed", "mean_left", "sd_left", "difference", "ci_low", "ci_high"]


def group(stayed, left, role=None):
    """Pairs of `stayed` and of `left` people, with the scores before that are given."""
    waves = [(f"S{i}", "pre", score) for i, score in enumerate(stayed)]
    waves += [(f"S{i}", "post", 20.0) for i in range(len(stayed))]
    waves += [(f"L{i}", "pre", score) for i, score in enumerate(left)]
    scores = pd.DataFrame(waves, columns=["respondent_id", "wave", "score"])
    return match_scores(scores.assign(instrument="gse", scale="total", role=role))


def table(stayed, left, column):
    names = [f"S{i}" for i in range(len(stayed))] + [f"L{i}" for i in range(len(left))]
    return pd.DataFrame({"respondent_id": names[::-1], column: [*stayed, *left][::-1]})


def check(row, expected, statistics=STATISTICS):
    assert (row["n_stayed"], row["n_left"]) == (expected["n_stayed"], expected["n_left"])
    for statistic in [*statistics, "standardised_difference"]:
        if statistic in expected:
            assert row[statistic] == pytest.approx(expected[statistic], rel=1e-9, abs=1e-12), statistic
        else:
            assert math.isnan(row[statistic]), statistic


@pytest.mark.parametrize("name", R["means"])
def test_scores_before_are_compared_as_in_r(name):
    one = R["means"][name]
    stayed, left = ([value for value in one[side] if value is not None] for side in ("stayed", "left"))
    found = attrition(group(stayed, left))
    assert (found.n_stayed, found.n_left) == (len(stayed), len(left))
    assert found.comparisons["measure"].tolist() == ["score before"]
    check(found.comparisons.loc[0], one["expected"])


@pytest.mark.parametrize("measure", ["age", "ogrs"])
@pytest.mark.parametrize("name", R["means"])
def test_numbers_of_the_case_file_are_compared_as_in_r(name, measure):
    one = R["means"][name]
    cases = table(one["stayed"], one["left"], measure)
    found = attrition(group([20] * len(one["stayed"]), [20] * len(one["left"])), cases=cases).comparisons
    check(found[found["measure"] == measure].iloc[0], one["expected"])


@pytest.mark.parametrize(("confidence", "key"), [(0.95, "expected"), (0.9, "expected_90")])
@pytest.mark.parametrize("name", R["shares"])
def test_shares_are_compared_as_by_newcombe(name, confidence, key):
    one = R["shares"][name]
    sexes = [
        ["male"] * k + ["female"] * (n - k)
        for k, n in ((one["k_stayed"], one["n_stayed"]), (one["k_left"], one["n_left"]))
    ]
    pairs = group([20] * one["n_stayed"], [20] * one["n_left"])
    found = attrition(pairs, cases=table(*sexes, "sex"), confidence=confidence).comparisons
    row = found[(found["measure"] == "sex") & (found["category"] == "male")].iloc[0]
    check(row, one[key])


@pytest.mark.parametrize(
    ("yes", "no", "unknown"),
    [(1, 0, None), (True, False, None), ("yes", "no", "unknown"), ("Yes", "NO", ""), (1.0, 0.0, float("nan"))],
)
def test_needs_are_shares_of_those_for_whom_yes_or_no_is_known(yes, no, unknown):
    one = R["shares"]["ordinary"]
    needs = [
        [yes] * k + [no] * (n - k) + [unknown] * 3
        for k, n in ((one["k_stayed"], one["n_stayed"]), (one["k_left"], one["n_left"]))
    ]
    pairs = group([20] * len(needs[0]), [20] * len(needs[1]))
    found = attrition(pairs, cases=table(*needs, "emotional_need")).comparisons
    rows = found[found["measure"] == "emotional_need"]
    assert rows["category"].tolist() == ["yes"]
    check(rows.iloc[0], one["expected"])


@pytest.mark.parametrize("confidence", ["0.95", "0.9"])
@pytest.mark.parametrize("name", R["groups"])
def test_each_group_is_compared_as_in_r(name, confidence):
    one = R["groups"][name]
    pairs = group(one["stayed"], one["left"])
    names = [f"S{i}" for i in range(len(one["stayed"]))] + [f"L{i}" for i in range(len(one["left"]))]
    labels = pd.Series([*one["stayed_in"], *one["left_in"]], index=names, dtype=object)
    everywhere = pd.concat([labels[::-1], pd.Series(["N"], index=["somebody else"])])
    found = score_before_by(pairs, {"site": everywhere}, confidence=float(confidence))
    assert found["category"].tolist() == list(one["expected"])
    for row, expected in zip(found.to_dict("records"), one["expected"].values(), strict=True):
        at = {key: value for key, value in expected[confidence].items() if value is not None}
        assert row["measure"] == "site"
        check(row, at)


def test_columns_stand_in_order_and_a_group_of_nobody_is_no_row():
    nobody = pd.Series([None, None], index=["S0", "L0"], dtype=object)
    by = {"sex": pd.Series(["b", "a"], index=["S0", "L0"]), "site": nobody, "role": pd.Series(["c"], index=["S0"])}
    found = score_before_by(group([20], [22]), by)
    assert found[["measure", "category"]].to_numpy().tolist() == [["sex", "a"], ["sex", "b"], ["role", "c"]]
    assert score_before_by(group([20], [22]), {}).empty
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        score_before_by(group([20], [19]), {}, confidence=95)


def test_the_difference_is_stayed_minus_left_and_says_so():
    found = attrition(group([30, 32], [20, 21]))
    assert found.comparisons.loc[0, "difference"] > 0
    assert found.notes[0] == "Differences are those who stayed minus those who left."


def test_no_p_value_and_no_verdict_anywhere():
    found = attrition(group([30, 32, 29], [20, 21]))
    assert list(found.comparisons.columns) == [
        *["measure", "category", "n_stayed", "mean_stayed", "sd_stayed", "n_left", "mean_left", "sd_left"],
        *["difference", "ci_low", "ci_high", "standardised_difference"],
    ]


def test_reasons_count_everyone_who_left_once():
    reasons = ["moved", None, " recalled", "moved", "", "hospital"]
    roster = table(["never used"] * 3, reasons, "reason_no_post").iloc[1:]  # the last who left is not on it
    found = attrition(group([20] * 3, [20] * 6), roster)
    assert list(found.reasons.itertuples(index=False, name=None)) == [
        ("moved", 2),
        ("recalled", 1),
        ("not recorded", 3),
    ]
    assert found.reasons["n"].sum() == found.n_left
    assert "1 person who left is not on the roster." in found.notes


@pytest.mark.parametrize(
    "nothing", [None, pd.DataFrame(), pd.DataFrame(columns=["respondent_id", "role", "reason_no_post"])]
)
def test_without_roster_and_cases_only_the_score_before_is_compared(nothing):
    found = attrition(group([20, 22], [19, 25, 24]), nothing, nothing)
    assert found.comparisons["measure"].tolist() == ["score before"]
    assert list(found.reasons.itertuples(index=False, name=None)) == [("not recorded", 3)]


def test_nobody_left():
    found = attrition(group([20, 22], []))
    assert (found.n_left, len(found.reasons)) == (0, 0)
    assert math.isnan(found.comparisons.loc[0, "difference"])
    assert any(note.startswith("No interval") for note in found.notes)


def test_nobody_at_all():
    found = attrition(match(pd.Series(dtype=float), pd.Series(dtype=float)), pd.DataFrame(), pd.DataFrame())
    assert (found.n_stayed, found.n_left, len(found.reasons)) == (0, 0, 0)


def test_cases_describe_service_users_only():
    cases = table([30, 31], [40], "age")
    assert "age" in set(attrition(group([20, 22], [19], "service user"), cases=cases).comparisons["measure"])
    found = attrition(group([20, 22], [19], "staff"), cases=cases)
    assert "age" not in set(found.comparisons["measure"])
    assert any("service users" in note for note in found.notes)


def test_the_roster_s_row_of_the_other_role_is_not_taken():
    roster = pd.concat(
        [
            table([None], ["left the service"], "reason_no_post").assign(role="staff"),
            table([None], ["recalled"], "reason_no_post").assign(role="service user"),
        ]
    )
    found = attrition(group([20], [19], "service user"), roster)
    assert found.reasons["reason"].tolist() == ["recalled"]


def test_the_roster_fills_a_site_that_the_cases_lack():
    cases = table(["North", None], ["South"], "site")
    roster = table(["West", "South"], ["West"], "site")
    found = attrition(group([20, 22], [19], "service user"), roster, cases).comparisons
    sites = found[found["measure"] == "site"].set_index("category")
    assert sites["mean_stayed"].to_dict() == {"North": 0.5, "South": 0.5}
    assert sites["mean_left"].to_dict() == {"North": 0.0, "South": 1.0}


def test_one_person_twice_on_the_roster_is_refused_without_the_name():
    roster = pd.concat([table([None], ["moved"], "reason_no_post")] * 2)
    with pytest.raises(RepeatedIdError, match="2 people stand more than once in the roster") as raised:
        attrition(group([20], [19]), roster)
    assert "L0" not in str(raised.value)


def test_a_confidence_that_is_none_is_refused():
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        attrition(group([20], [19]), confidence=95)
