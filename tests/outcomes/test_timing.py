"""Weeks between before and after, from the start, and the pairs inside a window: as R has them, and nothing made up."""

from __future__ import annotations

from itertools import compress

import pandas as pd
import pytest

from evalcore.errors import EvalcoreError, TableError, UnknownNameError
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.timing import BEFORE_TO_AFTER, START_TO_BEFORE, Gaps, gaps, read_window, starts, within
from tests.outcomes import oracle

TIMING = oracle.read("timing.json")
SCORES = TIMING["scores"]


def scores_of(before: list[str | None], after: list[str | None], **columns: object) -> pd.DataFrame:
    """Scores of P1, P2, ... at both waves, with the dates of each."""
    people = [f"P{i + 1}" for i in range(len(before))]
    table = pd.DataFrame({"respondent_id": people * 2, "wave": ["pre"] * len(before) + ["post"] * len(after)})
    table = table.assign(instrument="gse", scale="total", score=25.0, completed_on=pd.to_datetime([*before, *after]))
    return table.assign(**columns)


def described(found: Gaps, gap: str = BEFORE_TO_AFTER) -> dict[str, float]:
    return dict(found.lines[gap])


# --- before to after ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TIMING["dates"])
def test_weeks_are_those_of_r(name: str) -> None:
    case = TIMING["dates"][name]
    found = gaps(scores_of(case["before"], case["after"]))
    assert found.weeks.tolist() == pytest.approx(case["weeks"], abs=1e-12)
    row = described(found)
    assert row["unusable"] == 0
    for statistic, value in case["expected"].items():
        assert row[statistic] == pytest.approx(value, abs=1e-12), statistic
    assert pd.isna(row["sd"]) is ("sd" not in case["expected"])


def test_the_order_of_the_rows_changes_nothing() -> None:
    case = TIMING["dates"]["ordinary"]
    table = scores_of(case["before"], case["after"])
    found, turned = gaps(table), gaps(table.iloc[::-1])
    pd.testing.assert_frame_equal(found.people, turned.people)
    pd.testing.assert_frame_equal(found.described, turned.described)


def test_who_lacks_a_date_is_counted_and_not_filled_in() -> None:
    found = gaps(scores_of(["2026-01-05", None, "2026-01-05"], ["2026-04-27", "2026-04-27", None]))
    assert (described(found)["n"], described(found)["unusable"]) == (1, 2)
    assert found.people["pre_to_post_days"].isna().tolist() == [False, True, True]
    assert found.notes == ("2 of 3 pairs lack a date before or after.",)


def test_dates_the_wrong_way_round_are_listed_and_not_used() -> None:
    found = gaps(scores_of(["2026-01-05", "2026-04-27"], ["2026-04-27", "2026-01-05"]))
    assert found.n_reversed == 1
    assert found.people["pre_to_post_days"].tolist() == [112, -112]
    assert found.weeks.to_dict() == {"P1": 16.0}
    assert (described(found)["min"], described(found)["unusable"]) == (16.0, 1)
    assert found.notes == (
        "In 1 pair the date after lies before the date before: the dates are the wrong way round, and the gap is not"
        " used.",
    )


def test_the_same_date_both_times_is_used_and_said() -> None:
    found = gaps(scores_of(["2026-01-05"], ["2026-01-05"]))
    assert described(found)["n"] == 1
    assert found.notes == ("1 pair has the same date before and after.",)


def test_without_a_column_of_dates_nothing_is_known() -> None:
    found = gaps(scores_of([None], [None]).drop(columns="completed_on"))
    assert (described(found)["n"], described(found)["unusable"]) == (0, 1)
    assert pd.isna(described(found)["median"])


def test_without_anybody_nothing_is_known() -> None:
    found = gaps(scores_of([], []))
    assert found.people.empty
    assert described(found)["n"] == described(found)["unusable"] == 0
    assert found.notes == ()


def test_the_date_of_a_questionnaire_without_a_score_does_not_count() -> None:
    table = scores_of(["2026-01-05"], ["2026-04-27"])
    table.loc[table["wave"] == "post", "score"] = None
    found = gaps(table)
    assert found.people["completed_post"].isna().all()
    assert described(found)["n"] == described(found)["unusable"] == 0


def test_who_answered_once_is_no_pair() -> None:
    found = gaps(scores_of(["2026-01-05", "2026-01-05"], ["2026-04-27", None]).iloc[:3])
    assert found.people["respondent_id"].tolist() == ["P1", "P2"]
    assert (described(found)["n"], described(found)["unusable"]) == (1, 0)


def test_people_are_chosen_as_scores_are() -> None:
    table = scores_of(["2026-01-05", "2026-01-05"], ["2026-04-27", "2026-05-25"], site=["X", "Y"] * 2)
    assert gaps(table, site="Y").weeks.to_dict() == {"P2": 20.0}
    with pytest.raises(UnknownNameError, match="X, Y"):
        gaps(table, site="Z")


def test_one_identifier_in_two_roles_is_two_people() -> None:
    table = scores_of(["2026-01-05", "2026-01-05"], ["2026-04-27", "2026-05-25"], role=["staff", "volunteer"] * 2)
    table["respondent_id"] = "A"
    started = pd.DataFrame(
        {"respondent_id": "A", "role": ["staff", "volunteer"], "started_on": ["2026-01-05", "2025-12-29"]}
    )
    found = gaps(table, role=("staff", "volunteer"), started=started)
    assert found.weeks.to_dict() == {"A (staff)": 16.0, "A (volunteer)": 20.0}
    assert found.people["start_to_pre_days"].tolist() == [0, 7]


def test_a_time_of_day_does_not_count() -> None:
    table = scores_of(["2026-01-05 23:59"], ["2026-01-12 00:01"])
    assert gaps(table).weeks.tolist() == [1.0]


def test_what_is_no_date_is_refused_without_quoting_it() -> None:
    table = scores_of(["2026-01-05"], ["2026-04-27"]).assign(completed_on=["secret", "2026-01-05"])
    with pytest.raises(TableError, match="completed_on") as caught:
        gaps(table)
    assert "secret" not in str(caught.value)


# --- from the start ----------------------------------------------------------------------------------------------


def roster(**dates: str | None) -> pd.DataFrame:
    return pd.DataFrame({"respondent_id": list(dates), "role": "service user", "started_on": list(dates.values())})


def test_the_start_is_the_rosters_else_the_case_files() -> None:
    cases = pd.DataFrame({"respondent_id": ["P1", "P2"], "started_on": ["2025-12-01", "2025-12-22"]})
    started = starts(roster(P1="2025-12-29", P2=None), cases)
    table = scores_of(["2026-01-05"] * 3, ["2026-04-27"] * 3, role="service user")
    found = gaps(table, started=started)
    assert found.people["start_to_pre_days"].iloc[:2].tolist() == [7, 14]
    assert (described(found, START_TO_BEFORE)["n"], described(found, START_TO_BEFORE)["unusable"]) == (2, 1)
    assert found.notes == ("1 of 3 people with a score before lacks a date of it or of the start.",)


def test_the_case_file_of_a_service_user_says_nothing_of_staff() -> None:
    cases = pd.DataFrame({"respondent_id": ["P1"], "started_on": ["2025-12-01"]})
    table = scores_of(["2026-01-05"], ["2026-04-27"], role="staff")
    found = gaps(table, started=starts(roster(), cases))
    assert described(found, START_TO_BEFORE)["n"] == 0


def test_a_start_without_a_role_serves_where_none_with_a_role_does() -> None:
    started = pd.DataFrame(
        {
            "respondent_id": ["P1", "P1", "P2"],
            "role": [None, "staff", None],
            "started_on": ["2025-01-01", "2025-12-29", "2025-12-22"],
        }
    )
    found = gaps(scores_of(["2026-01-05"] * 2, ["2026-04-27"] * 2, role="staff"), started=started)
    assert found.people["start_to_pre_days"].tolist() == [7, 14]


def test_of_two_starts_none_is_chosen() -> None:
    started = pd.concat([roster(P1="2025-12-29"), roster(P1="2025-12-22")])
    found = gaps(scores_of(["2026-01-05"], ["2026-04-27"], role="service user"), started=started)
    assert described(found, START_TO_BEFORE)["n"] == 0


def test_an_answer_before_the_start_is_kept_and_said() -> None:
    found = gaps(scores_of(["2026-01-05"], ["2026-04-27"], role="service user"), started=roster(P1="2026-01-12"))
    assert described(found, START_TO_BEFORE)["mean"] == -1.0
    assert found.notes == ("1 person answered before they started: such weeks count as negative.",)


# --- a window ----------------------------------------------------------------------------------------------------


def window_study() -> pd.DataFrame:
    table = scores_of(SCORES["before"], SCORES["after"])
    return table.assign(score=[float(value) for value in SCORES["pre"] + SCORES["post"]])


@pytest.mark.parametrize("case", TIMING["windows"], ids=lambda case: f"{case['low']}-{case['high']}")
def test_the_change_inside_a_window_is_that_of_r(case: dict[str, object]) -> None:
    table = window_study()
    inside = within(match_scores(table), gaps(table), case["low"], case["high"])  # type: ignore[arg-type]
    assert inside.matched.index.tolist() == [f"P{i}" for i in case["inside"]]  # type: ignore[attr-defined]
    change = paired_change(inside, resamples=0)
    expected: dict[str, float] = case["expected"]  # type: ignore[assignment]
    assert change.n_pairs == expected["n"]
    for statistic in ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high"):
        assert getattr(change, statistic) == pytest.approx(expected.get(statistic), abs=1e-10), statistic


def test_the_trail_counts_those_outside_and_apart_those_without_dates() -> None:
    table = window_study()
    table.loc[table["respondent_id"] == "P1", "completed_on"] = pd.NaT
    inside = within(match_scores(table), gaps(table), 12, 20)
    assert inside.trail.iloc[-1].tolist() == ["12 to 20 weeks", 4, "3 outside the window; 1 without usable dates"]
    assert inside.trail["n"].iloc[-2] == 8


def test_inside_outside_and_unknown_are_all_pairs() -> None:
    table = window_study()
    pairs, found = match_scores(table), gaps(table)
    inside = within(pairs, found, 12, 16).matched.index
    outside = list(compress(found.weeks.index, ~found.weeks.between(12, 16)))
    assert sorted([*inside, *outside]) == sorted(pairs.matched.index)


@pytest.mark.parametrize("window", [(20, 12), (-1, 4), (0, 521), (float("nan"), 4)])
def test_a_window_that_is_none_is_refused(window: tuple[float, float]) -> None:
    table = window_study()
    with pytest.raises(EvalcoreError, match="fewer to more weeks"):
        within(match_scores(table), gaps(table), *window)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("12-20", (12, 20)),
        ("0-520", (0, 520)),
        ("16-16", (16, 16)),
        ("20-12", None),
        ("0-521", None),
        ("", None),
        ("-1-4", None),
    ],
)
def test_a_window_is_read_from_a_link(text: str, window: tuple[int, int] | None) -> None:
    assert read_window(text) == window
