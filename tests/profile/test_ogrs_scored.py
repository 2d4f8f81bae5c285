"""OGRS computed from the columns of a file: as R gives it, and nobody without a score without a reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import TableError, UnknownNameError
from evalcore.profile.ogrs_scored import KINDS, absent_columns, compute_scores
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4
from tests.outcomes.oracle import read

R = read("ogrs.json")
BANDS = read("ogrs_bands.json")
SHARED = ("sex", "age_at_conviction", "age_at_followup", "age_at_first_sanction")
PERSON = {"sex": "male", "age_at_conviction": 30, "age_at_followup": 31, "age_at_first_sanction": 20}
ONE = {**PERSON, "previous_sanctions": 2, "offence": "other"}


def people(rows: int = 1, **changed: object) -> pd.DataFrame:
    return pd.DataFrame({name: [value] * rows for name, value in ONE.items()}).assign(**changed)


def file_of(kind: str) -> pd.DataFrame:
    """The people that R knows, as a case file has them."""
    three = kind.startswith("ogrs3")
    table = pd.DataFrame({name: R[name] for name in (*SHARED, "offence_free_months", "violent_sanctions")})
    table["previous_sanctions"] = R["previous_sanctions"] if three else np.array(R["sanctions"]) - 1
    table["ogrs_offence"] = R["offence3" if three else "offence4"]
    return table.assign(sanction=R["sanction"]) if three else table


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_gives_the_probabilities_of_r(kind: str) -> None:
    known = {"ogrs3_1": "p1", "ogrs3_2": "p2", "ogrs4_g": "ogrs4_g", "ogrs4_v": "ogrs4_v"}
    found = compute_scores(file_of(kind), kind)
    np.testing.assert_allclose(found.p, R[known[kind]], rtol=1e-9)
    assert (found.reasons, found.assumed) == ({}, ())


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_is_the_probability_as_displayed(kind: str) -> None:
    found = compute_scores(file_of(kind), kind)
    apart = np.abs(
        found.shown - np.clip(100 * found.p, 1, 99) if kind.startswith("ogrs3") else found.shown / 100 - found.p
    )
    assert apart.max() <= (0.51 if kind.startswith("ogrs3") else 0.000051)
    assert (found.shown == found.shown.round(0 if kind.startswith("ogrs3") else 2)).all()


@pytest.mark.parametrize("kind", BANDS.keys() - {"from"})
def test_the_bands_are_those_of_the_reference(kind: str) -> None:
    assert {band.name: band.start for band in KINDS[kind].bands} == BANDS[kind]


def test_a_score_for_one_year_has_no_bands() -> None:
    assert KINDS["ogrs3_1"].bands == ()


def test_an_offence_that_is_no_category_is_not_known_and_costs_nobody_else_a_score() -> None:
    table = people(4, offence=["Burglary (domestic)", "section 18", None, "BURGLARY domestic"])
    found = compute_scores(table, "ogrs3_2")
    assert found.known.tolist() == [True, False, False, True]
    assert found.reasons == {"Offence is not known.": 2}
    assert found.p[0] == found.p[3]


def test_the_category_goes_before_the_offence_and_a_blank_one_does_not() -> None:
    table = people(4, offence="robbery", ogrs_offence=["soliciting", None, "  ", "no category"])
    robbery, soliciting = (compute_scores(people(offence=name), "ogrs3_2").p[0] for name in ("robbery", "soliciting"))
    np.testing.assert_array_equal(compute_scores(table, "ogrs3_2").p, [soliciting, robbery, robbery, np.nan])


def test_a_category_of_one_scale_is_not_known_in_the_other() -> None:
    assert set(load_ogrs3().offences) - set(load_ogrs4().offences) >= {"soliciting"}
    table = people(offence="soliciting")
    assert compute_scores(table, "ogrs3_2").known.all()
    assert not compute_scores(table, "ogrs4_g").known.any()


@pytest.mark.parametrize("column", ["sex", "sanction"])
def test_a_word_that_is_not_known_is_never_an_error(column: str) -> None:
    found = compute_scores(people(2, **{column: ["m?", "male" if column == "sex" else "conviction"]}), "ogrs3_1")
    assert found.known.tolist() == [False, True]
    assert found.reasons == {f"{column.capitalize()} is not known.": 1}


@pytest.mark.parametrize(("kind", "assumed"), [("ogrs3_2", "counts as convicted"), ("ogrs4_g", "count as 0")])
def test_what_no_column_says_is_assumed_for_everybody_and_said(kind: str, assumed: str) -> None:
    given = people(sanction="conviction", offence_free_months=0)
    assert compute_scores(people(), kind).p == compute_scores(given, kind).p
    assert assumed in " ".join(compute_scores(people(), kind).assumed)
    assert compute_scores(given, kind).assumed == ()


def test_columns_that_are_not_there_or_empty_are_named() -> None:
    table = people(2, sex=None).drop(columns="previous_sanctions")
    found = compute_scores(table, "ogrs4_g")
    assert found.reasons == {"The columns sex and previous_sanctions are not in the table.": 2}
    assert absent_columns(people(), KINDS["ogrs4_v"]) == ("violent_sanctions",)
    assert absent_columns(people().drop(columns="offence"), KINDS["ogrs4_g"]) == ("ogrs_offence",)


def test_every_reason_is_counted_once_a_person() -> None:
    table = people(4, age_at_first_sanction=[9, 31, 20, 20], sex=["male", None, "male", "male"])
    found = compute_scores(table.assign(previous_sanctions=[2, 2, 60, 2]), "ogrs3_2")
    assert found.reasons == {
        "An age is under 10.": 1,
        "Sex is not known.": 1,
        "The first sanction is later than the conviction.": 1,
    }
    assert found.notes == {"Previous sanctions count up to 50.": 1}
    assert found.known.tolist() == [False, False, True, True]


def test_a_table_of_nobody_has_nobody_and_no_reason() -> None:
    for table in (pd.DataFrame(), people().iloc[:0]):
        found = compute_scores(table, "ogrs3_2")
        assert (len(found.p), found.reasons) == (0, {})


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_number_is_refused(kind: str) -> None:
    with pytest.raises(TableError, match="previous_sanctions"):
        compute_scores(people(previous_sanctions="many", violent_sanctions=0), kind)


def test_what_is_no_score_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="ogrs4_g"):
        compute_scores(people(), "ogrs5")
