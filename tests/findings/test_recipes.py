"""A finding is made again from what is kept of it, and from nothing else."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evalcore.errors import EvalcoreError, UnknownNameError
from evalcore.findings import Finding, findings_for
from evalcore.findings.before_after.error.reliable import ReliableChoice
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.findings.before_after.limits.regression import RegressionChoice
from evalcore.findings.next_phase.choices import ClustersChoice, PairsChoice, PowerChoice, SharesChoice
from evalcore.findings.people import People
from evalcore.findings.recipes import Recipe, build_again
from evalcore.findings.scores import Scores
from evalcore.profile.like_for_like import LikeForLike
from evalcore.sample import sample_study
from evalcore.study import Study

GSE = "gse.total.service-users"
CHOICES = {
    "norms": "england_2011",
    "answers": "post",
    "window": (12, 20),
    "equivalence": Bound(1.5, "Agreed with the service."),
    "regression": RegressionChoice(correlation=0.7, cited="A report"),
    "reliable": ReliableChoice("points", threshold=3.0),
    "like_for_like": LikeForLike(("sex",), 30),
    "outcomes": (("service user",), None),
    "next_phase": PairsChoice(change=2.0, reason="Agreed.", test=PowerChoice(0.9)),
}
NESTED = ClustersChoice(of=SharesChoice(from_percent=50, to_percent=40), cluster_size=12.0)


@pytest.fixture(scope="module")
def study() -> Study:
    return sample_study()


@pytest.fixture(scope="module")
def again(study: Study):
    scores, people = Scores(study), People(study)
    return lambda text: build_again(text, study, scores, people)


def same(one: Finding, other: Finding) -> None:
    assert (one.id, one.title, one.made_from) == (other.id, other.title, other.made_from)
    assert one.chart == other.chart
    assert one.table.equals(other.table)


def test_every_finding_of_a_study_is_made_again(study, again) -> None:
    found = [*findings_for(study, resamples=0), *findings_for(study, role="staff", site="Site 1", resamples=0)]
    for one in found:
        made = again(one.made_from)
        assert (made.id, made.title) == (one.id, one.title)
        assert again(made.made_from).made_from == one.made_from


@pytest.mark.parametrize("kind", sorted(CHOICES))
def test_a_choice_is_part_of_how_a_finding_is_made(kind, again) -> None:
    measure = "swemwbs.total.service-users" if kind == "norms" else GSE
    recipe = Recipe(kind, "" if kind in ("like_for_like", "outcomes") else measure, None, CHOICES[kind])
    assert Recipe.read(recipe.text) == recipe
    made = again(recipe.text)
    assert made.made_from == recipe.text
    same(made, again(made.made_from))


def test_a_choice_within_a_choice_comes_back() -> None:
    assert Recipe.read(Recipe("next_phase", "", None, NESTED).text).choice == NESTED


def test_a_measure_that_nobody_answered_is_said(again) -> None:
    with pytest.raises(UnknownNameError, match="can not be made again"):
        again(Recipe("change", "wemwbs.total.service-users").text)


def test_a_site_that_is_gone_is_said(again) -> None:
    with pytest.raises(UnknownNameError):
        again(Recipe("change", GSE, "Nowhere").text)


def test_nothing_but_a_known_choice_is_built() -> None:
    said = json.loads(Recipe("norms", GSE).text)
    for hostile in ({"class": "Path", "args": "x"}, {"class": "Bound"}, {"class": ["Bound"]}, {"no": 1}, [[[[[[1]]]]]]):
        with pytest.raises(UnknownNameError):
            Recipe.read(json.dumps({**said, "choice": hostile}))


@given(some.recursive(some.none() | some.integers() | some.text(max_size=9), some.lists, max_leaves=9))
def test_any_other_text_is_no_recipe(value) -> None:
    with pytest.raises(EvalcoreError):
        Recipe.read(json.dumps(value))


@pytest.mark.parametrize("choice", [3, "x", (1, "y"), Bound(1.0), None])
@pytest.mark.parametrize("kind", ["norms", "window", "equivalence", "like_for_like", "next_phase", "regression"])
def test_a_choice_of_another_kind_is_said_and_breaks_nothing(kind, choice, again) -> None:
    recipe = Recipe(kind, "" if kind == "like_for_like" else GSE, None, choice)
    with suppress(EvalcoreError):  # said in a sentence; anything else would break the page
        assert again(recipe.text).id
