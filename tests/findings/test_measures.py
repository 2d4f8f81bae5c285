"""Which measures a study holds: what somebody of a group answered, and nothing that only others did."""

from __future__ import annotations

from evalcore.findings import findings_for, measures
from evalcore.instruments import load_instrument
from evalcore.intake import read_questionnaires
from evalcore.study import Study

VIGOR = load_instrument("uwes9").scales["vigor"].items


def some_answer_vigor_alone() -> Study:
    """Staff who answer all of UWES-9, and a service user who answers three items of it."""
    items = load_instrument("uwes9").columns
    lines = [",".join(("respondent_id", "wave", "role", *items))]
    for wave in ("pre", "post"):
        lines += [f"S{person},{wave},staff,{','.join('4' * len(items))}" for person in range(3)]
        lines.append(f"Q1,{wave},service user,{','.join('3' if item in VIGOR else '' for item in items)}")
    return Study.empty().add(read_questionnaires("\n".join(lines).encode(), name="answers.csv"))


def test_a_scale_that_only_others_answered_is_no_measure_of_a_group() -> None:
    study = some_answer_vigor_alone()
    of_users = [measure.slug for measure in measures(study) if measure.group == "service users"]
    assert "uwes9.vigor.service-users" in of_users
    assert not {"uwes9.dedication.service-users", "uwes9.absorption.service-users"} & set(of_users)
    assert len([one for one in measures(study) if one.group == "staff and volunteers"]) == 4


def test_every_finding_of_such_a_study_is_built() -> None:
    found = {one.id for one in findings_for(some_answer_vigor_alone(), resamples=0)}
    assert "change.uwes9.vigor.service-users" in found
    assert "change.uwes9.dedication.staff-and-volunteers" in found
