"""What is said of a study's changes: the facts come from its data, and what leaves of a site holds no hidden count."""

from __future__ import annotations

import pytest

from evalcore.claims import Claim
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import Scores, build, measures
from evalcore.findings.basis import Basis
from evalcore.methods import definition
from evalcore.outcomes.paired import paired_change
from evalcore.sample import known_answers, sample_study
from evalcore.study import Study
from tests.claims.studies import MAIN, planned, study_of_pairs

GSE_STAFF = "gse.total.staff-and-volunteers"


def basis(study: Study, slug: str = MAIN, site: str | None = None) -> Basis:
    scores = Scores(study)
    return Basis(scores, next(one for one in measures(study, scores=scores) if one.slug == slug), site)


def claim(study: Study, slug: str = MAIN, site: str | None = None, *, outside: bool = False) -> Claim:
    return basis(study, slug, site).claim(outside=outside)


def test_the_sample_study_says_how_many_are_missing_and_where() -> None:
    counts = known_answers()["trail"]["swemwbs, gse: service user"]
    reasons = claim(sample_study()).reasons
    asked, before, matched = (counts[name] for name in ("asked", "scored pre", "matched"))
    assert f"{matched} pairs: below 10 the figures only describe these people." in reasons
    assert f"{before - matched} of the {before} people with a score before have none after." in reasons
    assert f"{asked - before} of the {asked} people asked have no score before." in reasons
    assert "This is one of 2 comparisons in the family “the totals of these people”." in reasons


def test_a_subscale_is_compared_with_totals_and_subscales() -> None:
    slug = "uwes9.vigor.staff-and-volunteers"
    assert any("“totals and subscales of these people”" in reason for reason in claim(sample_study(), slug).reasons)


def test_the_change_is_computed_once_a_study() -> None:
    scores = Scores(sample_study())
    measure = measures(scores.study, scores=scores)[0]
    change = Basis(scores, measure, None).change
    assert Basis(scores, measure, None).change is change
    assert change == paired_change(Basis(scores, measure, None).pairs, resamples=0)


def test_without_a_list_of_the_people_asked_the_strongest_is_out_of_reach() -> None:
    slugs = (MAIN, GSE_STAFF)
    known, unknown = (claim(planned(study_of_pairs(40, roster=roster), *slugs)) for roster in (True, False))
    assert (known.strength, unknown.strength) == (9, 6)
    assert "How many people were asked is not known." in unknown.reasons


@pytest.mark.parametrize(("study", "strength"), [(study_of_pairs(40), 8), (study_of_pairs(40, left=11), 6)])
def test_without_a_plan_or_with_many_missing_less_is_said(study: Study, strength: int) -> None:
    assert claim(study).strength == strength


def test_what_was_chosen_after_the_data_is_not_planned() -> None:
    late, other = planned(study_of_pairs(40), MAIN, after_answers=3), planned(study_of_pairs(40), GSE_STAFF)
    for study in (late, other):
        assert claim(study).strength == 8
        assert "This is not in a plan that was fixed before the data and kept since." in claim(study).reasons


def test_a_change_that_is_clear_alone_and_not_among_all_says_so() -> None:
    weak = study_of_pairs(16, rise=0.25)
    found = claim(weak)
    assert found.title.endswith("not clear as one of 2 comparisons")
    assert found.strength == 5
    assert "p =" not in found.sentence


def test_the_adjusted_p_is_that_of_the_family() -> None:
    of = basis(study_of_pairs(40), GSE_STAFF)
    adjusted = of.family.p_adjusted[GSE_STAFF]
    assert adjusted is not None
    assert f"p = {adjusted:.3f} when adjusted by Holm's method for 2 comparisons" in of.claim().sentence


def test_a_test_that_is_quoted_is_defined_beside_it() -> None:
    for n, quoted in ((16, False), (40, True)):
        study = study_of_pairs(n)
        finding = build("summary", study, basis(study).measure)
        assert ("paired t-test" in finding.sentence) == quoted
        assert (definition("paired_t", "holm_family") in finding.definition) == quoted


# --- what leaves --------------------------------------------------------------------------------------------------


def test_what_leaves_of_a_whole_role_has_the_same_reasons() -> None:
    study = sample_study()
    assert claim(study, outside=True).reasons == claim(study).reasons


def test_what_leaves_of_a_site_does_not_say_how_many_had_a_score_before() -> None:
    study = study_of_pairs(40, left=40, refused=40)
    inside, outside = (claim(study, site="Site 1", outside=one) for one in (False, True))
    of = basis(study, site="Site 1")
    left = of.n_before - of.change.n_pairs
    assert f"{left} of the {of.n_before} people with a score before have none after." in inside.reasons
    assert "score before" not in " ".join((outside.title, outside.sentence, outside.caution, *outside.reasons))
    assert outside.strength <= inside.strength


def test_what_leaves_of_a_site_does_not_say_how_many_others_could_be_tested() -> None:
    study = study_of_pairs(40, gse=2)
    of = basis(study, site="Site 1")
    assert (of.family.tests, len(of.family.measures)) == (1, 2)
    assert "comparison" not in of.claim().sentence
    leaving = of.claim(outside=True).sentence
    assert "when adjusted by Bonferroni's method for 2 comparisons" in leaving


@pytest.mark.parametrize("site", [None, "Site 1", "Site 2"])
def test_what_leaves_is_never_stronger_than_what_is_shown(site: str | None) -> None:
    for n in (2, 12, 16, 40):
        study = study_of_pairs(n, left=n // 4)
        scores = Scores(study)
        for measure in measures(study, None, site if n > 2 else None, scores=scores):
            one = Basis(scores, measure, site if n > 2 else None)
            assert one.claim(outside=True).strength <= one.claim().strength


def test_a_download_holds_the_reasons_of_the_outside_form_alone() -> None:
    study = study_of_pairs(40, left=40, refused=40)
    measure = basis(study).measure
    finding = build("summary", study, measure, "Site 1")
    shared = apply_disclosure((finding,), DisclosurePolicy()).findings[0]
    assert finding.reasons == claim(study, site="Site 1").reasons
    assert shared.reasons == claim(study, site="Site 1", outside=True).reasons != finding.reasons
    hidden = apply_disclosure((build("summary", sample_study(), measure, "Site 2"),), DisclosurePolicy()).findings[0]
    assert hidden.reasons == ()
