"""Choosing one measure of one group of people from a table of scores."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.errors import ChoiceNeededError, RepeatedIdError, TableError, UnknownNameError
from evalcore.outcomes.choices import choose_roles, role_label, roles_of
from evalcore.outcomes.matching import match_scores


def table(*rows, **columns):
    names = ["respondent_id", "wave", "role", "site", "score"]
    scores = pd.DataFrame(rows, columns=names).assign(instrument="gse", scale="total", status="complete")
    return scores.assign(**columns)


USERS = (
    ("P1", "pre", "service user", "North", 20.0),
    ("P1", "post", "service user", "North", 24.0),
    ("P2", "pre", "service user", "South", 22.0),
    ("P2", "post", "service user", "South", 21.0),
    ("P3", "pre", "service user", "South", 30.0),
)
STAFF = (
    ("P1", "pre", "staff", "North", 33.0),
    ("P1", "post", "staff", "North", 35.0),
    ("S2", "pre", "staff", None, 31.0),
    ("V1", "pre", "volunteer", None, 28.0),
    ("V1", "post", "volunteer", None, 29.0),
)


def test_one_role_is_taken_without_being_asked_for():
    pairs = match_scores(table(*USERS))
    assert pairs.matched.to_dict("index") == {"P1": {"pre": 20.0, "post": 24.0}, "P2": {"pre": 22.0, "post": 21.0}}
    assert list(pairs.pre_only.index) == ["P3"]
    assert pairs.role == "service users"


def test_several_roles_have_to_be_chosen_from():
    with pytest.raises(ChoiceNeededError, match="service user, staff and volunteer"):
        match_scores(table(*USERS, *STAFF))


def test_the_same_identifier_in_two_roles_is_two_people():
    scores = table(*USERS, *STAFF)
    assert match_scores(scores, role="staff").matched.to_dict("index") == {"P1": {"pre": 33.0, "post": 35.0}}
    volunteer = [("P1", wave, "volunteer", None, score) for wave, score in (("pre", 20.0), ("post", 24.0))]
    both = match_scores(table(*STAFF, *volunteer), role=["staff", "volunteer"])
    assert both.matched["pre"].to_dict() == {"P1 (staff)": 33.0, "P1 (volunteer)": 20.0, "V1": 28.0}


def test_service_users_are_never_pooled_with_staff():
    with pytest.raises(ChoiceNeededError, match="never pooled"):
        match_scores(table(*USERS, *STAFF), role=["service user", "staff"])


def test_staff_and_volunteers_are_one_named_group():
    pairs = match_scores(table(*USERS, *STAFF), role=("volunteer", "staff"))
    assert pairs.role == "staff and volunteers"
    assert sorted(pairs.matched.index) == ["P1", "V1"]
    assert list(pairs.pre_only.index) == ["S2"]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"role": "volunteer"}, 'no role "volunteer" here. There is: service user.'),
        ({"role": ["service user", "visitor"]}, 'no role "visitor" here. There is: service user.'),
        ({"scale": "vigor"}, 'no scale "vigor" here. There is: total.'),
        ({"site": "West"}, 'no site "West" here. There is: North, South.'),
        ({"instrument": "wemwbs"}, 'no instrument "wemwbs" here. There is: gse.'),
    ],
)
def test_a_name_that_is_not_there_is_answered_with_those_that_are(chosen, words):
    with pytest.raises(UnknownNameError, match=words):
        match_scores(table(*USERS), **chosen)


def test_several_instruments_have_to_be_chosen_from():
    scores = pd.concat([table(*USERS), table(*USERS, instrument="swemwbs")])  # the row labels repeat
    with pytest.raises(ChoiceNeededError, match="gse and swemwbs"):
        match_scores(scores)
    assert match_scores(scores, instrument="swemwbs", site="South").matched.index.tolist() == ["P2"]


def test_row_labels_that_repeat_mean_nothing():
    scores = table(*USERS)
    stacked = pd.concat([scores[scores["wave"] == wave].reset_index(drop=True) for wave in ("post", "pre")])
    found, expected = (match_scores(one, site="South") for one in (stacked, scores))
    pd.testing.assert_frame_equal(found.matched, expected.matched)
    assert list(found.pre_only.index) == ["P3"]


def test_the_subscales_are_kept_apart():
    scores = pd.concat([table(*USERS), table(*USERS[:2], scale="vigor").assign(score=[1.0, 2.0])])
    assert match_scores(scores).matched["pre"].to_dict() == {"P1": 20.0, "P2": 22.0}
    assert match_scores(scores, scale="vigor").matched["post"].to_dict() == {"P1": 2.0}


def test_two_rows_for_one_person_and_wave_are_refused_without_naming_the_person():
    with pytest.raises(RepeatedIdError, match="1 identifier stands more than once in the scores before") as raised:
        match_scores(table(*USERS, USERS[0]))
    assert "P1" not in str(raised.value)


def test_an_incomplete_score_is_not_matched_and_is_counted():
    scores = table(*USERS)
    scores.loc[3, ["score", "status"]] = [None, "incomplete"]
    pairs = match_scores(scores)
    assert list(pairs.matched.index) == ["P1"]
    assert list(pairs.pre_only.index) == ["P2", "P3"]
    trail = pairs.trail.set_index("step")
    assert trail.loc["answered post", "n"] == 2
    assert trail.loc["scored post"].tolist() == [1, "1 with too few items answered for a score"]
    assert trail.loc["matched"].tolist() == [1, "2 with a score before only"]


def test_rows_without_identifier_or_wave_are_left_out_and_counted():
    scores = table(*USERS, (None, "pre", "service user", "North", 25.0), ("P4", "later", "service user", "North", 25.0))
    pairs = match_scores(scores)
    assert len(pairs.pre_only) == 1
    words = pairs.trail.loc[0, "reason"]
    assert words == "1 row without an identifier left out; 1 row without a wave left out"


def test_a_site_keeps_the_pair_of_a_person_whose_site_is_blank_or_other_later():
    scores = table(*USERS)
    scores.loc[1, "site"] = None
    scores.loc[3, "site"] = "North"
    assert list(match_scores(scores, site="North").matched.index) == ["P1"]
    south = match_scores(scores, site="South")
    assert list(south.matched.index) == ["P2"]
    assert list(south.pre_only.index) == ["P3"]
    assert len(match_scores(scores, site=["North", "South"]).matched) == 2


def test_people_whose_site_is_nowhere_recorded_are_left_out_and_counted():
    pairs = match_scores(table(*USERS, *STAFF), role="staff", site="North")
    assert list(pairs.matched.index) == ["P1"]
    assert pairs.trail.loc[0, "reason"] == "1 row of people without a site left out"


def test_a_site_that_only_others_have_is_empty_rather_than_an_error():
    pairs = match_scores(table(*USERS, *STAFF), role="volunteer", site="South")
    assert pairs.matched.empty
    assert pairs.role == "volunteers"


@pytest.mark.parametrize("drop", [True, False])
def test_roles_and_sites_need_not_be_recorded(drop):
    scores = table(*USERS).assign(role=None, site=None)
    pairs = match_scores(scores.drop(columns=["role", "site"]) if drop else scores)
    assert len(pairs.matched) == 2
    assert pairs.role is None
    with pytest.raises(UnknownNameError, match="None is recorded"):
        match_scores(scores, role="staff")


def test_a_blank_role_is_that_of_the_identifier_or_left_out():
    scores = table(*USERS, ("P9", "pre", None, None, 27.0))
    scores.loc[1, "role"] = None
    pairs = match_scores(scores)
    assert list(pairs.matched.index) == ["P1", "P2"]
    assert "P9" not in pairs.pre_only.index
    assert pairs.trail.loc[0, "reason"] == "1 row without a role left out"


def test_a_blank_role_is_not_guessed_between_two():
    scores = table(*USERS, *STAFF)
    scores.loc[1, "role"] = None  # P1 is a service user and also a member of staff
    pairs = match_scores(scores, role="service user")
    assert "P1" in pairs.pre_only.index
    assert pairs.trail.loc[0, "reason"] == "1 row without a role left out"


def test_categories_without_rows_are_not_present():
    scores = table(*USERS, *STAFF).astype({"role": "category", "scale": "category", "wave": "category"})
    pairs = match_scores(scores[scores["role"] == "staff"])
    assert pairs.role == "staff"
    assert len(pairs.matched) == 1


def test_a_table_without_rows_gives_nobody_and_one_without_columns_says_which():
    assert match_scores(table(), instrument="gse", role="staff").matched.empty
    with pytest.raises(TableError, match="lack the columns wave and score"):
        match_scores(table(*USERS).drop(columns=["wave", "score"]))


@pytest.mark.parametrize(
    ("present", "role", "expected"),
    [
        ([], None, ()),
        (["staff"], None, ("staff",)),
        (["volunteer", "service user"], "volunteer", ("volunteer",)),
        (["volunteer", "staff", "service user"], ["volunteer", "staff"], ("staff", "volunteer")),
        (["staff", "service user"], ["staff", "volunteer"], ("staff",)),
    ],
)
def test_the_rule_of_roles(present, role, expected):
    assert choose_roles(present, role) == expected


def test_a_label_of_roles_can_be_read_back():
    for roles in (("service user",), ("staff",), ("volunteer",), ("staff", "volunteer"), ("service user", "staff")):
        assert roles_of(role_label(roles)) == roles
    assert roles_of("visitors") == ()
    assert role_label(["volunteer", "staff"]) == role_label(["staff", "volunteer"]) == "staff and volunteers"
