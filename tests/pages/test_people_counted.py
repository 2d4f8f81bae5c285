"""The page People with a caseload that is known as counts: it is compared with, and nobody is asked for a caseload."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalcore.profile.counted import n_people
from evalcore.sample import sample_study
from tests.pages import frame
from tests.profile.counted_rows import counted_from

N = len(sample_study().caseload)


def page(part: str, *, counted: bool):
    study = sample_study()
    nobody = study.caseload.iloc[:0]
    counts = counted_from(study.caseload, study.cases) if counted else study.counted
    at = frame.dashboard("people", about=part)
    at.session_state["study"] = replace(study, caseload=nobody, counted=counts, published=study.published.iloc[:0])
    at.run()
    assert frame.calm(at)
    return at


@pytest.mark.parametrize("counted", [True, False])
def test_a_caseload_is_asked_for_only_where_there_is_none(counted: bool) -> None:
    words = frame.words(page("", counted=counted))
    assert ("A caseload shows whom these people stand for." in words) is not counted
    assert ("in the caseload (n = " in words) is counted


def test_scores_stand_beside_the_counts_and_the_source_says_what_they_are() -> None:
    at = page("risk", counted=True)
    assert n_people(at.session_state["study"].counted) == N
    assert f"in the caseload (n = {sample_study().caseload['ogrs'].notna().sum():,})" in frame.words(at)
    at = frame.open_part(at, "Who is behind it, source and definitions", "ogrs.people")
    assert f"caseload file of {N:,} people, known as counts" in frame.words(at)
