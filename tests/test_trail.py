"""The trail: exact on the sample study, right at the edges, and always adding up."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.columns import STEPS
from evalcore.errors import ChoiceNeededError, UnknownNameError
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.scoring import score
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.trail import Trail, build_trail, trail_from_scores
from tests.trail_studies import Person, study_of


def counts(trail: Trail, column: str = "n") -> dict[str, int | None]:
    return {s: None if pd.isna(n) else int(n) for s, n in zip(trail.steps["step"], trail.steps[column], strict=True)}


def reasons(trail: Trail) -> dict[str, str]:
    return dict(zip(trail.steps["step"], trail.steps["reason"], strict=True))


def fates(trail: Trail) -> dict[str, tuple[str, str]]:
    return {who: (step, reason) for who, step, reason in trail.people.itertuples(index=False)}


# --- the sample study --------------------------------------------------------------------------------------------


def test_the_sample_study_of_service_users() -> None:
    trail = build_trail(sample_study(), "swemwbs")
    assert list(trail.steps["step"]) == list(STEPS)
    assert list(counts(trail).values()) == [27, 24, 18, 12, 18, 12, 7, 7]
    assert list(counts(trail, "set_aside").values()) == [0, 3, 6, 12, 0, 0, 16, 0]
    assert reasons(trail) == {
        "asked": "",
        "consented": "2 refused; 1 withdrew",
        "answered pre": "3 started before questionnaires arrived; 1 questionnaire not returned; 1 stopped attending; "
        "1 no reason recorded",
        "answered post": "5 stopped attending; 2 in custody; 2 order ended; 1 did not want to answer again; "
        "1 moved to another area; 1 no reason recorded",
        "scored pre": "",
        "scored post": "",
        "matched": "11 with a score before only; 5 with a score after only",
        "used": "",
    }


def test_each_person_of_the_sample_study_stands_once_with_the_last_step() -> None:
    people = fates(build_trail(sample_study(), "swemwbs"))
    assert len(people) == 27
    assert people["SU01"] == ("used", "")
    assert people["SU08"] == ("scored pre", "after: order ended")
    assert people["SU18"] == ("scored pre", "after: no reason recorded")
    assert people["SU21"] == ("scored post", "before: questionnaire not returned")
    assert people["SU24"] == ("asked", "refused")
    assert people["SU26"] == ("asked", "withdrew")
    assert people["SU27"] == ("consented", "stopped attending")


def test_one_site_of_the_sample_study() -> None:
    trail = build_trail(sample_study(), "gse", role="service user", site="Site 3")
    assert list(counts(trail).values()) == [7, 7, 4, 6, 4, 6, 4, 4]


def test_the_sites_of_the_sample_study_add_up_to_the_whole() -> None:
    parts = [build_trail(sample_study(), "swemwbs", site=f"Site {i}").steps["n"] for i in (1, 2, 3)]
    assert list(sum(parts)) == list(build_trail(sample_study(), "swemwbs").steps["n"])


def test_scores_and_pairs_at_hand_give_the_same_trail() -> None:
    study = sample_study()
    scores = score(study.responses, "gse")
    pairs = match_scores(scores, role="staff")
    quick = trail_from_scores(study, scores, "gse", role="staff", pairs=pairs)
    slow = build_trail(study, "gse", role="staff")
    pd.testing.assert_frame_equal(quick.steps, slow.steps)
    pd.testing.assert_frame_equal(quick.people, slow.people)


# --- choices -----------------------------------------------------------------------------------------------------


def test_several_roles_and_none_chosen_is_an_error_that_names_them() -> None:
    with pytest.raises(ChoiceNeededError, match="service user and staff"):
        build_trail(sample_study(), "gse")


def test_a_site_that_does_not_exist_is_an_error_that_lists_the_sites() -> None:
    with pytest.raises(UnknownNameError, match="Site 1, Site 2, Site 3"):
        build_trail(sample_study(), "gse", role="staff", site="Site 9")


def test_a_scale_or_role_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="vigor"):
        build_trail(sample_study(), "uwes9", scale="vigour")
    with pytest.raises(UnknownNameError, match="staff"):
        build_trail(sample_study(), "gse", role="volunteer")


def test_staff_and_volunteers_are_one_group() -> None:
    study = study_of(Person("A", role="staff"), Person("B", role="volunteer", post=None), Person("C"))
    assert counts(build_trail(study, "gse", role=["staff", "volunteer"]))["asked"] == 2
    assert counts(build_trail(study, "gse", role="volunteer"))["matched"] == 0


def test_one_identifier_in_two_roles_is_two_people() -> None:
    study = study_of(Person("A", role="staff"), Person("A", role="volunteer", post=None))
    trail = build_trail(study, "gse", role=("staff", "volunteer"))
    assert counts(trail)["asked"] == 2
    assert fates(trail)["A (staff)"] == ("used", "")
    assert fates(trail)["A (volunteer)"] == ("scored pre", "after: no reason recorded")


# --- nothing, or not everything, is known -------------------------------------------------------------------------


def test_an_empty_study_has_nobody_and_says_what_is_not_known() -> None:
    for trail in (build_trail(Study.empty(), "gse"), build_trail(Study.empty(), "gse", role="staff")):
        assert list(counts(trail).values()) == [None, None, 0, 0, 0, 0, 0, 0]
        assert reasons(trail)["asked"].startswith("not known")
        assert trail.people.empty


def test_a_study_with_a_roster_and_no_answers() -> None:
    study = study_of(Person("A", pre=None, post=None), Person("B", pre=None, post=None, consent="refused"))
    trail = build_trail(study, "gse")
    assert list(counts(trail).values()) == [2, 1, 0, 0, 0, 0, 0, 0]
    assert fates(trail) == {"A": ("consented", "no reason recorded"), "B": ("asked", "refused")}


def test_without_a_roster_asked_and_consented_are_missing_with_a_reason() -> None:
    study = study_of(Person("A", on_roster=False), Person("B", on_roster=False, post=None))
    trail = build_trail(study, "gse")
    assert list(counts(trail).values()) == [None, None, 2, 1, 2, 1, 1, 1]
    assert list(counts(trail, "set_aside").values()) == [None, None, None, None, 0, 0, 1, 0]
    assert all(reasons(trail)[step] for step in STEPS[:4])
    assert fates(trail) == {"A": ("used", ""), "B": ("scored pre", "after: no reason recorded")}


def test_a_roster_without_anyone_of_the_role_is_no_roster_of_it() -> None:
    study = study_of(Person("A"), Person("B", role="staff", on_roster=False))
    trail = build_trail(study, "gse", role="staff")
    assert counts(trail)["asked"] is None
    assert "no staff" in reasons(trail)["asked"]


def test_who_answered_without_being_on_the_roster_is_counted_and_named() -> None:
    study = study_of(Person("A"), Person("B", on_roster=False))
    trail = build_trail(study, "gse")
    assert list(counts(trail).values()) == [2, 2, 2, 2, 2, 2, 2, 2]
    assert reasons(trail)["asked"] == "1 answered without being on the roster"
    assert reasons(trail)["consented"] == "1 without consent recorded, counted here"


def test_answers_of_people_who_refused_are_not_counted() -> None:
    study = study_of(Person("A"), Person("B", consent="refused"), Person("C", consent="withdrawn", post=None))
    trail = build_trail(study, "gse")
    assert list(counts(trail).values()) == [3, 1, 1, 1, 1, 1, 1, 1]
    assert reasons(trail)["consented"] == "1 refused; 1 withdrew"
    assert fates(trail)["C"] == ("asked", "withdrew")


def test_too_few_answers_for_a_score() -> None:
    study = study_of(Person("A"), Person("B", post=6), Person("C", post=7))
    trail = build_trail(study, "gse")
    assert (counts(trail)["answered post"], counts(trail)["scored post"], counts(trail)["matched"]) == (3, 2, 2)
    assert reasons(trail)["scored post"] == "1 too few questions answered for a score"
    assert fates(trail)["B"] == ("scored pre", "after: too few questions answered for a score")


def test_a_questionnaire_returned_blank_says_so() -> None:
    trail = build_trail(study_of(Person("A"), Person("B", post=0)), "gse")
    assert reasons(trail)["answered post"] == "1 left these questions blank"


def test_answers_that_contradict_each_other_are_set_aside_and_counted() -> None:
    first, second = study_of(Person("A"), Person("B")), study_of(Person("B", answer=4, post=None))
    for roster in (True, False):
        kept = [one for one in first.intakes if roster or one.kind != "roster"]
        study = Study.empty().add(*kept, *(one for one in second.intakes if one.kind == "responses"))
        trail = build_trail(study, "gse")
        assert counts(trail)["answered pre"] == 1
        assert fates(trail)["B"] == ("scored post", "before: questionnaire set aside")
        assert (reasons(trail)["answered pre"] == "1 questionnaire set aside") is roster


def test_someone_whose_only_questionnaire_was_set_aside_does_not_vanish() -> None:
    first = study_of(Person("A", on_roster=False), Person("B", on_roster=False, post=None))
    second = study_of(Person("B", answer=4, post=None, on_roster=False))
    trail = build_trail(Study.empty().add(*first.intakes, *second.intakes), "gse")
    assert counts(trail)["answered pre"] == 1
    assert fates(trail)["B"] == ("asked", "before: questionnaire set aside; after: no reason recorded")


def test_a_roster_line_without_a_role_goes_by_the_persons_answers() -> None:
    unnamed = Person("B", role="staff", role_on_roster="", post=None, reason_no_post="moved")
    study = study_of(Person("A"), unnamed, Person("C", role="staff"))
    trail = build_trail(study, "gse", role="staff")
    assert reasons(trail)["asked"] == ""
    assert fates(trail)["B"] == ("scored pre", "after: moved")


def test_a_roster_line_without_a_role_counts_where_the_study_knows_one_role_only() -> None:
    study = study_of(Person("A"), Person("B", role_on_roster="", pre=None, post=None))
    assert counts(build_trail(study, "gse"))["asked"] == 2


def test_a_roster_line_without_a_role_and_without_answers_is_named() -> None:
    study = study_of(Person("A"), Person("B", role_on_roster="", pre=None, post=None), Person("C", role="staff"))
    trail = build_trail(study, "gse", role="staff")
    assert list(fates(trail)) == ["C"]
    assert reasons(trail)["asked"] == "1 on the roster without a role or site, not counted"


def test_answers_of_another_person_with_the_same_identifier_say_nothing() -> None:
    study = study_of(Person("A"), Person("A", role="staff", pre=None, post=None))
    trail = build_trail(study, "gse", role="staff")
    assert fates(trail) == {"A": ("consented", "no reason recorded")}


def test_answers_without_a_role_where_others_have_one_are_named() -> None:
    study = study_of(Person("A"), Person("B", role="", on_roster=False))
    trail = build_trail(study, "gse")
    assert counts(trail)["answered pre"] == 1
    assert reasons(trail)["asked"] == "1 answered without a role, not counted"


# --- sites -------------------------------------------------------------------------------------------------------


def test_people_without_answers_belong_to_the_site_of_the_roster() -> None:
    study = study_of(Person("A", site="X"), Person("B", site="X", pre=None, post=None), Person("C", site="Y"))
    assert counts(build_trail(study, "gse", site="X"))["asked"] == 2
    assert counts(build_trail(study, "gse", site="Y"))["asked"] == 1
    assert counts(build_trail(study, "gse", site=["X", "Y"]))["asked"] == 3


def test_who_answered_at_another_site_is_asked_there_and_only_there() -> None:
    study = study_of(Person("A", site="X", answered_at="Y"), Person("B", site="X"), Person("C", site="Y"))
    assert list(fates(build_trail(study, "gse", site="X"))) == ["B"]
    assert sorted(fates(build_trail(study, "gse", site="Y"))) == ["A", "C"]


def test_a_questionnaire_set_aside_at_another_site_counts_there() -> None:
    first = study_of(Person("A", site="X"), Person("B", site="Y", on_roster=False, post=None))
    second = study_of(Person("B", site="Y", answer=4, on_roster=False, post=None), Person("C", site="Y"))
    study = Study.empty().add(*first.intakes, *second.intakes)
    assert list(fates(build_trail(study, "gse", site="X"))) == ["A"]
    assert "B" in fates(build_trail(study, "gse", site="Y"))


def test_a_site_where_nobody_answered() -> None:
    trail = build_trail(study_of(Person("A", site="X"), Person("B", site="Y", pre=None, post=None)), "gse", site="Y")
    assert list(counts(trail).values()) == [1, 1, 0, 0, 0, 0, 0, 0]


def test_a_roster_line_without_a_site_is_named_where_sites_are_told_apart() -> None:
    study = study_of(Person("A", site="X"), Person("B", site="", pre=None, post=None))
    trail = build_trail(study, "gse", site="X")
    assert counts(trail)["asked"] == 1
    assert reasons(trail)["asked"] == "1 on the roster without a role or site, not counted"


# --- scales and forms --------------------------------------------------------------------------------------------


def test_the_short_form_is_counted_from_the_long_one() -> None:
    study = study_of(Person("A"), Person("B", post=None), items="wemwbs")
    assert counts(build_trail(study, "swemwbs")) == counts(build_trail(study, "wemwbs"))
    assert counts(build_trail(study, "swemwbs"))["matched"] == 1


def test_an_instrument_that_nobody_was_given() -> None:
    trail = build_trail(study_of(Person("A")), "uwes9", scale="vigor")
    assert list(counts(trail).values()) == [1, 1, 0, 0, 0, 0, 0, 0]
    assert reasons(trail)["answered pre"] == "1 left these questions blank"


def test_everyone_answered_everything() -> None:
    trail = build_trail(study_of(Person("A"), Person("B")), "gse")
    assert set(counts(trail).values()) == {2}
    assert set(reasons(trail).values()) == {""}
