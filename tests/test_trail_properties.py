"""Whatever the study: the trail adds up, each person stands in it once, and it agrees with the pairs."""

from __future__ import annotations

import re

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.columns import STEPS
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.scoring import score
from evalcore.trail import Trail, build_trail
from tests.trail_studies import Person, study_of

QUESTIONS = st.one_of(st.none(), st.sampled_from([0, 3, 6, 7, 10]))
PEOPLE = st.builds(
    Person,
    who=st.sampled_from([f"P{i}" for i in range(12)]),
    role=st.sampled_from(["service user", "staff", "volunteer"]),
    site=st.sampled_from(["X", "Y", ""]),
    consent=st.sampled_from(["given", "given", "given", "refused", "withdrawn", ""]),
    on_roster=st.booleans(),
    pre=QUESTIONS,
    post=QUESTIONS,
    answered_at=st.sampled_from([None, None, "X", "Y"]),
    reason_no_post=st.sampled_from(["", "moved", "in custody"]),
)
STUDIES = st.lists(PEOPLE, min_size=1, max_size=12, unique_by=lambda person: person.who)
CHOICES = st.tuples(
    st.sampled_from([("service user",), ("staff", "volunteer")]), st.sampled_from([None, None, "X", "Y"])
)


def trail_of(people: list[Person], role: tuple[str, ...], site: str | None) -> tuple[Trail, pd.DataFrame] | None:
    """The trail and the scores that it rests on; None where the choice does not exist in the study."""
    study = study_of(*people)
    roles = {*study.responses["role"].dropna(), *study.roster["role"].dropna()}
    sites = {*study.responses["site"].dropna(), *study.roster["site"].dropna()}
    if not roles.intersection(role) or (site is not None and site not in sites):
        return None
    answered = "gse_1" in study.responses
    scores = score(study.responses, "gse") if answered else pd.DataFrame(columns=["role", "site"])
    return build_trail(study, "gse", role=role, site=site), scores


def summed(reason: str) -> int:
    """The counts of a reason, those of people who are counted in left out."""
    parts = [part for part in reason.split("; ") if part and "counted here" not in part]
    return sum(int(re.match(r"\d+", part).group()) for part in parts)  # type: ignore[union-attr]


# Each example writes, reads and assembles files, which is slow: the three checks share their examples.
@settings(max_examples=50)
@given(people=STUDIES, choice=CHOICES)
def test_the_trail_adds_up_names_each_person_once_and_agrees_with_the_pairs(
    people: list[Person], choice: tuple[tuple[str, ...], str | None]
) -> None:
    found = trail_of(people, *choice)
    if found is None:
        return
    trail, scores = found
    assert list(trail.steps["step"]) == list(STEPS)
    n = dict(zip(STEPS, trail.steps["n"], strict=True))
    check_it_adds_up(trail, n)
    check_each_person_stands_once(trail, n)
    check_it_agrees_with_the_pairs(trail, n, scores, *choice)


def check_it_adds_up(trail: Trail, n: dict[str, int]) -> None:
    lost = dict(zip(STEPS, trail.steps["set_aside"], strict=True))
    both = n["matched"] + lost["matched"]
    assert max(n["scored pre"], n["scored post"]) <= both == n["scored pre"] + n["scored post"] - n["matched"]
    held_against = {"scored pre": n["answered pre"], "scored post": n["answered post"], "used": n["matched"]}
    if pd.isna(n["asked"]):
        assert all(pd.isna(lost[step]) for step in STEPS[:4])
    else:
        held_against |= {"consented": n["asked"], "answered pre": n["consented"], "answered post": n["consented"]}
        assert len(trail.people) == n["asked"]
        assert (trail.people["last_step"] != "asked").sum() == n["consented"]
    for step, before in held_against.items():
        assert n[step] + lost[step] == before
        assert summed(trail.steps.set_index("step")["reason"][step]) == lost[step]


def check_each_person_stands_once(trail: Trail, n: dict[str, int]) -> None:
    """Only those used have no reason."""
    assert trail.people["respondent_id"].is_unique
    assert set(trail.people["last_step"]) <= set(STEPS)
    used = trail.people["last_step"] == "used"
    assert used.sum() == n["used"]
    assert ((trail.people["reason"] == "") == used).all()
    scored = trail.people["last_step"].isin(["scored pre", "scored post", "used"])
    assert scored.sum() == n["scored pre"] + n["scored post"] - n["matched"]


def check_it_agrees_with_the_pairs(
    trail: Trail, n: dict[str, int], scores: pd.DataFrame, role: tuple[str, ...], site: str | None
) -> None:
    if not scores["role"].isin(role).any() or (site is not None and site not in set(scores["site"])):
        assert n["matched"] == n["answered pre"] == n["answered post"] == 0
        return
    pairs = match_scores(scores, role=role, site=site)
    for step, counted in zip(pairs.trail["step"], pairs.trail["n"], strict=True):
        assert n[step] == counted
    used = trail.people.loc[trail.people["last_step"] == "used", "respondent_id"]
    assert sorted(used) == sorted(pairs.matched.index)
    for only, step in ((pairs.pre_only, "scored pre"), (pairs.post_only, "scored post")):
        assert set(only.index) == set(trail.people.loc[trail.people["last_step"] == step, "respondent_id"])


@settings(max_examples=15)
@given(people=STUDIES)
def test_the_order_of_the_files_rows_changes_nothing(people: list[Person]) -> None:
    forwards, backwards = trail_of(people, ("service user",), None), trail_of(people[::-1], ("service user",), None)
    if forwards is None or backwards is None:
        return
    pd.testing.assert_frame_equal(forwards[0].steps, backwards[0].steps)
    people_of = [found[0].people.sort_values("respondent_id", ignore_index=True) for found in (forwards, backwards)]
    pd.testing.assert_frame_equal(people_of[0], people_of[1])
