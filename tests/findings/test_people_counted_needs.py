"""Needs, like for like and categories: the same findings beside a caseload's counts as beside its rows."""

from __future__ import annotations

import time
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evalcore.findings.people import BUILDERS, People
from evalcore.findings.people.categories_by_column import category_columns
from evalcore.findings.people.like_rows import like_choices, next_coarser
from evalcore.profile.counted import NEED_COUNTS, PEOPLE, n_people
from evalcore.profile.like_for_like import LikeForLike
from evalcore.profile.needs import need_profile
from evalcore.profile.strata import HELD
from evalcore.sample import sample_study
from tests.findings.people_studies import pilot_in_caseload
from tests.findings.test_people_counted import both, check_alike
from tests.profile.counted_rows import counted_from
from tests.profile.random_people import Two, two_tables

KINDS = ("needs", "needs_number", "needs_severity", "needs_together", "needs_by", "like_for_like", "categories")
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Random tables grow no simpler by shrinking."""

HOLDS = st.one_of(st.none(), st.sets(st.sampled_from(list(HELD))))


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(two_tables(), HOLDS, st.sampled_from((0, 1, 2, 12)), st.sampled_from((None, "Site 1")))
def test_rows_and_counts_give_the_same_findings(two: Two, hold: set[str] | None, n: int, site: str | None) -> None:
    cases = two.cases.assign(site=["Site 1", *["Site 2"] * (len(two.cases) - 1)]).iloc[:n]
    rows, counts = both(replace(sample_study(), cases=cases), two.caseload)
    for kind in KINDS:
        check_alike(*(BUILDERS[kind](people, site) for people in (counts, rows)))
    asked = LikeForLike.of(LikeForLike(tuple(hold or ()), 2))
    check_alike(*(BUILDERS["like_for_like"](people, site, asked) for people in (counts, rows)))
    for column in category_columns(rows):
        check_alike(*(BUILDERS["categories"](people, site, column) for people in (counts, rows)))
    assert like_choices(counts.study) == like_choices(rows.study)
    assert next_coarser(counts.study, site, asked) == next_coarser(rows.study, site, asked)


@pytest.mark.parametrize("site", [None, "Site 2"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_with_its_pilot_in_the_caseload_is_the_same_as_counts(kind, site):
    study = pilot_in_caseload()
    rows, counts = both(study, study.caseload)
    found, wanted = (BUILDERS[kind](people, site) for people in (counts, rows))
    check_alike(found, wanted)
    assert [note for note in found.notes if "taken out" in note] == [
        note for note in wanted.notes if "taken out" in note
    ]


def test_a_column_that_was_kept_from_the_files_is_not_counted():
    study = sample_study()
    kept = {name: ["x", "y"] * 6_000 for name in ("people", "needs", "Housing")}
    study = replace(study, cases=study.cases.assign(people="x", needs="x", Housing="x"))
    _, counts = both(study, study.caseload.assign(**kept))
    people = People(counts.study)
    for column, label in category_columns(people).items():
        found = BUILDERS["categories"](people, None, column)
        if label in kept:
            assert found.table["caseload_n"].isna().all()
            assert any("Nothing is known of it in the caseload" in note for note in found.notes)
    assert len(BUILDERS["needs"](people).table) == 10


def test_five_million_people_take_no_longer():
    study = sample_study()
    counts = counted_from(study.caseload, study.cases)
    sums = [PEOPLE, *(name for name in NEED_COUNTS if name in counts)]
    counts[sums] *= 500
    rows = {kind: BUILDERS[kind](People(study)).table for kind in KINDS}
    people = People(replace(study, caseload=study.caseload.iloc[:0], counted=counts))
    start = time.process_time()
    tables = {kind: BUILDERS[kind](people).table for kind in KINDS}
    need_profile(study.cases, counts, like_for_like=("sex", "age_band", "ogrs_band"))
    assert time.process_time() - start < 1.0
    assert n_people(people.caseload) == 6_000_000
    for kind in KINDS:
        same = [name for name in tables[kind] if name.endswith(("_n", "_k"))]
        pd.testing.assert_frame_equal(tables[kind][same], rows[kind][same] * 500)


@pytest.mark.parametrize(("n", "words"), [(12, "layer 3, in 2025."), (9, "layer 3.")])
def test_the_years_of_assessments_leave_where_many_people_were_assessed_in_each(n, words):
    study = sample_study()
    caseload = study.caseload.iloc[:n].assign(oasys_layer="3", oasys_form="A", oasys_date=pd.Timestamp("2025-05-01"))
    for people in both(study, caseload):
        assert BUILDERS["needs_severity"](people).outside.caution.endswith(words)
