"""Needs of a caseload that is known as counts: the same as of its rows, and what is said of the people taken out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evalcore.columns import RESPONDENT_ID
from evalcore.profile.caseload import caseload_without, without_pilot
from evalcore.profile.counted import n_people, narrowed
from evalcore.profile.like_for_like import LikeForLike, coarser, like_profile
from evalcore.profile.need_counts import assessed_in_strata, assessed_together
from evalcore.profile.need_severity import level_counts
from evalcore.profile.needs import need_profile
from evalcore.profile.strata import HELD, known_to_hold, strata_of
from evalcore.sample import sample_study
from tests.profile.counted_rows import counted_from
from tests.profile.random_people import Two, two_tables

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Random tables grow no simpler by shrinking."""

HOLDS = st.one_of(st.none(), st.sets(st.sampled_from(list(HELD))))


def in_another_order(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.sample(frac=1, random_state=1).reset_index(drop=True)


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(two_tables(), HOLDS, st.sampled_from((1, 3)))
def test_rows_and_counts_give_one_profile(two: Two, hold: set[str] | None, least: int) -> None:
    asked = None if hold is None else LikeForLike.of(LikeForLike(tuple(hold), least))
    counts = counted_from(two.caseload, two.cases)
    left, taken_out = caseload_without(two.cases, two.caseload)
    assert n_people(counts) == len(left)
    if not len(left):
        return
    expected = need_profile(two.cases, two.caseload, like_for_like=asked)
    for table in (counts, in_another_order(counts)):
        pd.testing.assert_frame_equal(need_profile(two.cases, table, like_for_like=asked), expected)
        assert without_pilot(two.cases, table)[1] == without_pilot(two.cases, two.caseload)[1]
        assert caseload_without(two.cases, table)[1] == taken_out


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(two_tables(), st.sets(st.sampled_from(list(HELD))), st.sampled_from((1, 3)))
def test_rows_and_counts_give_one_like_for_like(two: Two, hold: set[str], least: int) -> None:
    left, _ = caseload_without(two.cases, two.caseload)
    counts = in_another_order(counted_from(two.caseload, two.cases))
    assert known_to_hold(two.cases, counts) == known_to_hold(two.cases, left)
    if not len(left):
        return
    assert LikeForLike.usual(two.cases, counts) == LikeForLike.usual(two.cases, left)
    one, other = (strata_of(two.cases, table, tuple(HELD)) for table in (left, counts))
    assert (one.names, one.held, one.left_out) == (other.names, other.held, other.left_out)
    asked = LikeForLike.of(LikeForLike(tuple(hold), least))
    profiles = [like_profile(two.cases, table, asked) for table in (left, counts)]
    assert list(profiles[0].found) == list(profiles[1].found)
    for need, found in profiles[0].found.items():
        beside = profiles[1].found[need]
        pd.testing.assert_series_equal(pd.Series(found.shares), pd.Series(beside.shares))
        assert str(replace(found, shares=0)) == str(replace(beside, shares=0))
    assert profiles[0].unmatched.tolist() == profiles[1].unmatched.tolist()
    assert coarser(profiles[0], two.cases, left) == coarser(profiles[1], two.cases, counts)


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(two_tables())
def test_rows_and_counts_give_one_number_of_people(two: Two) -> None:
    left, _ = caseload_without(two.cases, two.caseload)
    counts = counted_from(two.caseload, two.cases)
    if not len(left):
        return
    levels = [{need: found.tolist() for need, found in level_counts(table).items()} for table in (left, counts)]
    assert levels[0] == levels[1]
    assert assessed_together(left) == assessed_together(counts)
    sums = [{need: (one.n, one.k) for need, one in assessed_in_strata(table).items()} for table in (left, counts)]
    assert sums[0] == sums[1]


def test_a_pilot_that_has_changed_since_is_told() -> None:
    study = sample_study()
    counts = counted_from(study.caseload, study.cases)
    changed = (
        "The case file has changed since the caseload was counted, so people of the pilot may be among those counted. "
        "Count the caseload again.",
    )
    assert without_pilot(study.cases, counts)[1] == ("By identifier, nobody of the pilot stands in the caseload.",)
    fewer = study.cases.iloc[1:]
    assert without_pilot(fewer, counts)[1] == changed
    assert without_pilot(study.cases.drop(columns=RESPONDENT_ID), counts)[1] == changed
    assert changed[0] in need_profile(fewer, counts)["notes"].iloc[0]
    reordered = study.cases.iloc[::-1]
    assert without_pilot(reordered, counts)[1] != changed


def test_what_is_said_where_identifiers_are_missing() -> None:
    study = sample_study()
    nameless = study.caseload.drop(columns=RESPONDENT_ID)
    found = without_pilot(study.cases.iloc[1:], counted_from(nameless, study.cases))[1]
    assert found == without_pilot(study.cases, nameless)[1]
    cases = study.cases.drop(columns=RESPONDENT_ID)
    assert without_pilot(cases, counted_from(study.caseload, cases))[1] == without_pilot(cases, study.caseload)[1]


def test_counts_of_nobody_are_no_caseload() -> None:
    cases = sample_study().cases
    counts = counted_from(cases, cases)
    left, words = without_pilot(cases, counts)
    assert (len(left), words) == (0, ("27 people of the pilot were taken out of the caseload.",))


def test_a_column_that_the_strata_do_not_know_is_not_held_alike() -> None:
    study = sample_study()
    counts = counted_from(study.caseload, study.cases)
    counts.loc[counts["tally"] == "strata", "offence"] = None
    assert "offence" not in known_to_hold(study.cases, counts)
    found = strata_of(study.cases, counts, ("sex", "offence"))
    assert found.left_out == ("Not held alike, offence: it is not known in the caseload.",)


def test_rows_that_stand_apart_are_narrowed_like_those_that_stand_together() -> None:
    study = sample_study()
    counts = counted_from(study.caseload, study.cases)
    one, other = (narrowed(table, ["sex"]).sort_values("sex") for table in (counts, in_another_order(counts)))
    assert one["people"].tolist() == other["people"].tolist()
    with pytest.raises(KeyError):
        narrowed(counts, ["sex", "oasys_date"])


def test_scores_of_several_kinds_are_only_named_where_both_have_scores() -> None:
    table = pd.DataFrame({"drugs_need": [True, False], "ogrs": [10.0, 20.0], "ogrs_horizon": "2 years"})
    mixed = table.assign(ogrs_version=["OGRS3", "OGRS4"])
    without = table[["drugs_need"]]
    for cases, caseload, words in (
        (mixed, without, "it is not known in the caseload."),
        (without, mixed, "it is not known in the pilot."),
        (without, without, "it is not known in the pilot and caseload."),
        (mixed, mixed, "the OGRS scores of the pilot are of more than one version"),
        (table.assign(ogrs_version="OGRS3"), mixed, "the OGRS scores of the caseload are of more than one version"),
    ):
        for theirs in (caseload, counted_from(caseload, cases)):
            (found,) = strata_of(cases, theirs, ("ogrs_band",)).left_out
            assert found.startswith(f"Not held alike, OGRS: {words}")
