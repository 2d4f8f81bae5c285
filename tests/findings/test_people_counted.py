"""A caseload as rows and as counts gives the same findings; only where it comes from is said apart."""

from __future__ import annotations

import time
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.figures.chart import Line
from evalcore.findings.people import BUILDERS, People
from evalcore.findings.people.basis import source_of
from evalcore.findings.people.curves import MOST_STEPS
from evalcore.findings.people.ogrs_basis import used_scores
from evalcore.profile.counted import PEOPLE, TALLY, n_people
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.findings.risk_studies import computed_only, stated_too
from tests.profile.counted_rows import counted_from

KINDS = ("characteristics", "age", "ogrs", "ogrs_bands", "ogrs_expected", "ogrs_checked")
APART = {"source", "table", "columns", "groups", "outside", "notes", "files", "people"}
ONLY_ONE = ("taken out of", "By identifier", "no identifiers", "has changed since", "is known as counts")
"""What is said of one form only, or in other words."""
PILOTS = {"sample": sample_study, "stated": stated_too, "computed": computed_only}


@st.composite
def caseloads(draw: st.DrawFn) -> pd.DataFrame:
    """People of whom much is missing, with scores of one kind or of several."""
    n = draw(st.integers(0, 70))
    mixed = draw(st.booleans())
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    pick = lambda *values: pd.Series(random.choice(np.array(values, dtype=object), n))  # noqa: E731
    decimals = draw(st.sampled_from([0, 2]))
    scores = pd.Series(np.round(random.uniform(0, 100, n), decimals))
    table = pd.DataFrame(
        {
            "respondent_id": [f"C{k}" if k % 9 else f"AB{k:02}" for k in range(n)],
            "sex": pick("male", "male", "female", None).astype("str"),
            "age": pd.Series(random.integers(18, 80, n), dtype="float").mask(random.random(n) < 0.1),
            "ogrs": scores.mask(random.random(n) < 0.2),
            "ogrs_version": (pick("OGRS3", "ogrs 3", "OGRS4/G", None) if mixed else pick("OGRS3", "ogrs 3")).astype(
                "str"
            ),
            "ogrs_horizon": (pick("1 year", "2 years") if mixed else pick(draw(_HORIZON))).astype("str"),
            "reoffended": pick(True, False, False, None).astype("boolean"),
            "followup_complete": pick(True, True, False, None).astype("boolean"),
            "drugs_need": pick(True, False, None).astype("boolean"),
        }
    )
    absent = draw(st.sets(st.sampled_from(list(table)), max_size=3))
    empty = draw(st.sets(st.sampled_from(["age", "ogrs", "reoffended"]), max_size=1))
    return table.drop(columns=list(absent)).assign(**{name: np.nan for name in empty if name not in absent})


_HORIZON = st.sampled_from(["1 year", "2 years"])


def both(study: Study, caseload: pd.DataFrame) -> tuple[People, People]:
    """The people of a study with this caseload as rows, and as counts."""
    as_rows = replace(study, caseload=caseload, published=study.published.iloc[:0])
    counts = counted_from(caseload, study.cases)
    return People(as_rows), People(replace(as_rows, caseload=caseload.iloc[:0], counted=counts))


def with_outcomes(caseload: pd.DataFrame) -> pd.DataFrame:
    known = pd.array(np.arange(len(caseload)) % 3 == 0, dtype="boolean")
    return caseload.assign(reoffended=known, followup_complete=pd.array([True] * len(caseload), dtype="boolean"))


def said(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if not any(words in note for words in ONLY_ONE)]


def check_alike(found, wanted) -> None:
    for field in fields(found):
        if field.name not in APART:
            assert getattr(found, field.name) == getattr(wanted, field.name), field.name
    pd.testing.assert_frame_equal(found.table, wanted.table, check_exact=True)
    assert found.columns == wanted.columns
    assert {key: (one.people, one.size) for key, one in found.groups.items()} == {
        key: (one.people, one.size) for key, one in wanted.groups.items()
    }
    for name in ("title", "sentence", "caution", "chart", "rests_on", "rests_on_rows"):
        assert getattr(found.outside, name) == getattr(wanted.outside, name), name
    assert said(found.notes) == said(wanted.notes)


@settings(max_examples=60, deadline=None)
@given(caseloads(), st.sampled_from(sorted(PILOTS)), st.sampled_from([0, 1, 2, 27]), st.sampled_from([None, "Site 2"]))
def test_rows_and_counts_give_the_same_findings(caseload, pilot, n, site):
    study = PILOTS[pilot]()
    kept = replace(study, cases=study.cases.iloc[:n])
    rows, counts = both(kept, caseload)
    assert n_people(rows.caseload) == n_people(counts.caseload)
    np.testing.assert_array_equal(rows.caseload_n_needs, counts.caseload_n_needs)
    for kind in KINDS:
        given = {"choice": "file"} if kind in KINDS[2:5] else {}
        check_alike(*(BUILDERS[kind](one, site, **given) for one in (counts, rows)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pilot", sorted(PILOTS))
@pytest.mark.parametrize("site", [None, "Site 2"])
def test_the_caseload_of_the_sample_is_the_same_as_counts(kind, pilot, site):
    study = PILOTS[pilot]()
    theirs = sample_study().caseload
    if pilot == "stated":
        theirs = with_outcomes(theirs).assign(ogrs_version="ogrs3", ogrs_horizon="2 years")
    given = {"choice": "file"} if kind in KINDS[2:5] else {}
    check_alike(*(BUILDERS[kind](one, site, **given) for one in reversed(both(study, theirs))))


def test_the_number_of_needs_in_the_caseload_is_the_same_as_counts():
    rows, counts = both(sample_study(), sample_study().caseload)
    np.testing.assert_array_equal(rows.caseload_n_needs, counts.caseload_n_needs)
    assert counts.caseload_n_needs.sum() > 1_000


def test_a_curve_of_many_values_is_thinned_and_each_step_is_a_share_of_the_people():
    ages = np.concatenate([np.arange(18, 80, 0.25), np.repeat(30.0, 500)])
    caseload = pd.DataFrame({"respondent_id": [f"C{k}" for k in range(len(ages))], "age": ages})
    for people in both(sample_study(), caseload):
        lines = [mark for mark in BUILDERS["age"](people, None).chart.panels[0].marks if isinstance(mark, Line)]
        (points,) = (line.points for line in lines if line.kind == "caseload")
        assert 60 < len(points) <= 2 * MOST_STEPS + 2
        reached = {at: share for at, share in points if at <= ages.max()}
        assert reached == {at: pytest.approx(100 * (ages <= at).mean()) for at in reached}


def test_where_it_comes_from_says_that_it_is_counts_and_of_how_many():
    rows, counts = both(sample_study(), sample_study().caseload)
    n = len(sample_study().caseload)
    assert f"caseload file of {n:,} people, known as counts" in source_of(counts)
    assert f"caseload file of {n:,} people" in source_of(rows)
    assert "counts" not in source_of(rows)


def test_rows_come_before_counts_where_a_study_has_both():
    study = sample_study()
    few = study.caseload.iloc[:5]
    people = People(replace(study, caseload=few, counted=counted_from(study.caseload, study.cases)))
    assert people.given_caseload is few
    assert not len(People(replace(study, caseload=study.caseload.iloc[:0])).given_caseload)


def test_who_was_taken_out_is_said_and_that_they_are_others_now():
    study = sample_study()
    theirs = pd.concat([study.caseload, study.cases[["respondent_id", "age"]].iloc[:4]], ignore_index=True)
    _, counts = both(study, theirs)
    assert counts.taken_out == ("4 people of the pilot were taken out of the caseload.",)
    assert counts.pilot().taken_out_again == counts.taken_out
    (note,) = (one for one in BUILDERS["age"](counts, "Site 2").notes if "taken out" in one)
    assert note == counts.taken_out[0]
    later = People(replace(counts.study, cases=study.cases.iloc[1:]))
    assert "has changed since the caseload was counted" in later.taken_out[0]


@pytest.mark.parametrize("kind", KINDS[2:5])
def test_that_no_score_can_be_computed_from_counts_is_said(kind):
    study = computed_only()
    _, counts = both(study, study.caseload)
    found = BUILDERS[kind](counts, None, "ogrs3_2")
    assert any("known as counts, so no score can be computed" in note for note in found.notes)
    assert found.chart is not None
    used = used_scores(counts, "ogrs3_2").people
    assert used.study.caseload.empty
    assert used.given_caseload is counts.given_caseload
    alone = People(replace(study, caseload=study.caseload.iloc[:0]))
    assert not any("known as counts" in note for note in BUILDERS[kind](alone, None, "ogrs3_2").notes)


def test_scores_of_the_kind_that_is_computed_are_taken_from_the_counts():
    study = computed_only()
    theirs = study.caseload.assign(ogrs=np.arange(len(study.caseload)) % 100.0, ogrs_version="OGRS3")
    _, counts = both(study, theirs.assign(ogrs_horizon="2 years"))
    table = BUILDERS["ogrs"](counts, None, "ogrs3_2").table.set_index("who")
    assert table.loc["Caseload", "n"] == len(theirs)
    assert table.loc["Caseload", "mean"] == pytest.approx((np.arange(len(theirs)) % 100).mean())


def five_million(study: Study) -> pd.DataFrame:
    """The counts of the sample's caseload as if there were five million people."""
    counts = counted_from(study.caseload, study.cases)
    times = 5_000_000 // len(study.caseload)
    return counts.assign(**{PEOPLE: counts[PEOPLE] * times})


def test_five_million_people_take_no_longer_and_make_no_larger_charts():
    study = stated_too()
    caseload = with_outcomes(sample_study().caseload).assign(ogrs_version="OGRS3", ogrs_horizon="2 years")
    caseload["ogrs"] += np.arange(len(caseload)) % 97 / 100
    given = replace(study, caseload=caseload)
    many = replace(given, counted=five_million(given), caseload=caseload.iloc[:0])
    assert many.counted.loc[many.counted[TALLY] == "everyone", PEOPLE].item() > 4_900_000
    for _ in range(3):
        people, start = People(many), time.perf_counter()
        found = [BUILDERS[kind](people, None) for kind in ("age", "ogrs", "ogrs_bands", "ogrs_expected")]
        took = time.perf_counter() - start
    assert took < 0.8
    for one in found:
        assert one.chart is not None
        assert "the caseload" in one.sentence
        for panel in one.chart.panels:
            assert len(panel.marks) < 80
            assert max((len(getattr(mark, "points", ())) for mark in panel.marks), default=0) < 210
