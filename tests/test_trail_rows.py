"""Every row of every questionnaire file is counted once: read, set aside for a reason, used, valid, matched."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.assembly.filling import NO_CONSENT
from evalcore.decisions import SamePerson
from evalcore.intake import building, finishing, read_questionnaires, wave_values
from evalcore.intake.people import repeats
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.trail import Trail, build_trail, rows_trail
from evalcore.trail.rows import (
    COUNTED,
    HELD,
    HELD_ASIDE,
    JOINED,
    MATCHED,
    NEAR_MISS,
    NO_SCORE,
    OTHERS,
    ROWS_READ,
    ROWS_USED,
    SET_ASIDE,
    VALID_AFTER,
    VALID_BEFORE,
    plain_reason,
)
from tests.trail_studies import Person, study_of

ITEMS = [f"gse_{i}" for i in range(1, 11)]
HEADINGS = ",".join(["respondent_id", "wave", "role", *ITEMS])


def line(who: str, wave: str, code: int | str = 2, role: str = "service user") -> str:
    return ",".join([who, wave, role, *[str(code)] * len(ITEMS)])


def study_from(*lines: str, headings: str = HEADINGS, name: str = "answers.csv") -> Study:
    return Study.empty().add(read_questionnaires("\n".join([headings, *lines]).encode(), name=name))


def counts(rows: pd.DataFrame) -> list[tuple[str, int, str]]:
    return [(step, int(n), reason) for step, n, reason in rows.itertuples(index=False)]


def total(rows: pd.DataFrame, *steps: str) -> int:
    return int(rows.loc[rows["step"].isin(steps), "n"].sum())


def check_it_adds_up(rows: pd.DataFrame) -> None:
    """Each sum of rows.py, with what is left out where it is nobody."""
    assert (rows["n"] >= 0).all()
    held = total(rows, HELD) if HELD in set(rows["step"]) else total(rows, ROWS_USED)
    assert total(rows, ROWS_READ) == total(rows, SET_ASIDE, ROWS_USED)
    assert held == total(rows, HELD_ASIDE, JOINED, COUNTED)
    if VALID_BEFORE in set(rows["step"]):
        assert total(rows, COUNTED) == total(rows, OTHERS, NO_SCORE, VALID_BEFORE, VALID_AFTER)
        assert (
            total(rows, NEAR_MISS) <= total(rows, MATCHED) <= min(total(rows, VALID_BEFORE), total(rows, VALID_AFTER))
        )


# --- reasons -----------------------------------------------------------------------------------------------------


def test_each_reason_has_a_line_and_its_count() -> None:
    study = study_from(
        *(line("A1", "pre"), line("A1", "post", 3), line("test", "pre"), line("", "pre"), line("A3", "")),
        *(line("A4", "pre", 1), line("A4", "pre", 2), line("A5", "pre"), line("A5", "pre")),
        *(HEADINGS, line("A6", "pre") + ",9,9", line("A7", "during")),
    )
    assert counts(rows_trail(study)) == [
        (ROWS_READ, 12, ""),
        (SET_ASIDE, 2, "contradicts another row of the same person"),
        (SET_ASIDE, 2, "no wave, or another one than before and after"),
        (SET_ASIDE, 1, "a test response"),
        (SET_ASIDE, 1, "does not fit the columns"),
        (SET_ASIDE, 1, "no identifier"),
        (SET_ASIDE, 1, "says the same as another row"),
        (SET_ASIDE, 1, "the heading line again"),
        (ROWS_USED, 3, ""),
        (COUNTED, 3, ""),
    ]


@pytest.mark.parametrize(
    "reason",
    [
        *(building.TEST_RESPONSE, building.HEADING_AGAIN, building.NO_IDENTIFIER, finishing.NO_ANSWER, NO_CONSENT),
        *(wave_values.BAD_WAVE, wave_values.NO_WAVE, wave_values.LEFT_OUT, repeats.CONTRADICTS, repeats.SURPLUS),
    ],
)
def test_a_reason_of_the_readers_is_known(reason: str) -> None:
    """One that is not would stand for itself, so each is seen in words that no reader writes."""
    assert plain_reason(f"one: {reason}; two: {reason}") == plain_reason(reason)
    known = plain_reason(reason) != reason or reason in (building.TEST_RESPONSE, building.HEADING_AGAIN)
    assert known or reason in (building.NO_IDENTIFIER, NO_CONSENT)


def test_a_reason_that_nobody_foresaw_has_a_line_of_its_own() -> None:
    study = study_from(line("A1", "pre"), line("A2", "pre"), line("", "pre"))
    odd = study.rows.assign(reason=study.rows["reason"].where(study.rows["reason"] == "", "struck by lightning"))
    object.__setattr__(study, "rows", odd)
    assert (SET_ASIDE, 1, "struck by lightning") in counts(rows_trail(study))


def test_answers_without_consent_are_a_line() -> None:
    study = study_of(Person("A"), Person("B", consent="refused"))
    assert (SET_ASIDE, 2, "consent was refused or withdrawn") in counts(rows_trail(study))


def test_rows_of_other_files_do_not_count() -> None:
    study = study_of(Person("A"), Person("B", pre=None, post=None))
    assert counts(rows_trail(study)) == [(ROWS_READ, 2, ""), (ROWS_USED, 2, ""), (COUNTED, 2, "")]


def test_a_study_without_a_questionnaire_file() -> None:
    assert counts(rows_trail(Study.empty())) == [(COUNTED, 0, "")]
    assert total(build_trail(Study.empty(), "gse").rows, VALID_BEFORE, VALID_AFTER, MATCHED) == 0


def test_what_was_counted_can_not_be_changed_from_outside() -> None:
    study = study_of(Person("A"))
    taken = rows_trail(study)
    taken.loc[:, "n"] = 99
    assert total(rows_trail(study), ROWS_READ) == 2


# --- several questionnaires in a row, and several rows to a questionnaire ----------------------------------------


def test_a_row_with_both_waves_gives_two_questionnaires() -> None:
    headings = ",".join(["respondent_id", *(f"{item}_{wave}" for wave in ("pre", "post") for item in ITEMS)])
    both, before = ",".join(["2"] * 20), ",".join(["2"] * 10 + [""] * 10)
    twice = ",".join(["2"] * 10 + ["3"] * 10)
    study = study_from(f"W1,{both}", f"W2,{before}", f"W3,{both}", f"W3,{twice}", headings=headings)
    rows = rows_trail(study)
    check_it_adds_up(rows)
    assert (total(rows, ROWS_READ), total(rows, HELD), total(rows, COUNTED)) == (4, 5, 4)
    assert (HELD_ASIDE, 1, "contradicts another row of the same person") in counts(rows)
    assert total(build_trail(study, "gse").rows, VALID_BEFORE) == 3


def test_rows_that_make_up_one_questionnaire_are_joined() -> None:
    gse, uwes = (",".join(["3"] * n) for n in (10, 9))
    headings = ",".join([HEADINGS, *(f"uwes9_{i}" for i in range(1, 10))])
    blank = {"gse": "," * 9, "uwes": "," * 8}
    study = study_from(f"A1,pre,staff,{gse},{blank['uwes']}", f"A1,pre,staff,{blank['gse']},{uwes}", headings=headings)
    rows = rows_trail(study)
    check_it_adds_up(rows)
    assert (total(rows, ROWS_USED), total(rows, HELD), total(rows, JOINED), total(rows, COUNTED)) == (2, 2, 1, 1)


# --- of one measure ----------------------------------------------------------------------------------------------


def test_the_sample_study() -> None:
    rows = build_trail(sample_study(), "swemwbs").rows
    assert counts(rows) == [
        (ROWS_READ, 43, ""),
        (ROWS_USED, 43, ""),
        (COUNTED, 43, ""),
        (OTHERS, 13, "other people or sites, or none of these questions answered"),
        (VALID_BEFORE, 18, ""),
        (VALID_AFTER, 12, ""),
        (MATCHED, 7, ""),
    ]


def test_too_few_answers_are_a_line() -> None:
    rows = build_trail(study_of(Person("A"), Person("B", post=6), Person("C", role="staff")), "gse", role="staff").rows
    assert (total(rows, OTHERS), total(rows, NO_SCORE)) == (4, 0)
    rows = build_trail(study_of(Person("A"), Person("B", post=6)), "gse").rows
    assert (NO_SCORE, 1, "too few questions answered for a score") in counts(rows)
    assert total(rows, OTHERS) == 0
    check_it_adds_up(rows)


def near_miss_study() -> Study:
    lines = [line("A1", "pre"), line("A1", "post", 3), line("A2", "pre"), line("A02", "post")]
    return study_from(*lines, line("A3", "pre"), line("B7", "pre", role="staff"), line("B07", "post", role="staff"))


def near_misses(trail: Trail) -> tuple[int, int, str]:
    return (
        total(trail.rows, MATCHED),
        total(trail.rows, NEAR_MISS),
        trail.steps.set_index("step").at["matched", "reason"],
    )


def test_pairs_by_a_confirmed_near_miss_are_told_apart() -> None:
    study = near_miss_study()
    single = "2 with a score before only; 1 with a score after only"
    assert near_misses(build_trail(study, "gse", role="service user")) == (1, 0, single)
    confirmed = study.decide(SamePerson("A02", "A2", "service user", same=True))
    reason = "1 with a score before only; 1 of the matched rests on a confirmed near miss"
    trail = build_trail(confirmed, "gse", role="service user")
    assert near_misses(trail) == (2, 1, reason)
    check_it_adds_up(trail.rows)


def test_a_near_miss_of_another_role_or_one_rejected_is_not_counted() -> None:
    study = near_miss_study().decide(
        SamePerson("B07", "B7", "staff", same=True), SamePerson("A02", "A2", "service user", same=False)
    )
    assert near_misses(build_trail(study, "gse", role="service user"))[:2] == (1, 0)
    assert near_misses(build_trail(study, "gse", role="staff"))[:2] == (1, 1)


# --- whatever the study ------------------------------------------------------------------------------------------

LINES = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2", "A02", "a 1", "", "test"]),
        st.sampled_from(["pre", "post", "", "during"]),
        st.sampled_from([1, 2, "", "x"]),
        st.sampled_from(["service user", "service user", "staff"]),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=40)
@given(
    lines=LINES,
    ragged=st.booleans(),
    again=st.booleans(),
    confirmed=st.booleans(),
    role=st.sampled_from(["service user", "staff"]),
)
def test_the_rows_of_any_file_add_up(
    lines: list[tuple[str, str, int | str, str]], ragged: bool, again: bool, confirmed: bool, role: str
) -> None:
    written = [line(*one) for one in lines] + ["A9,pre,staff,1,1,1,1,1,1,1,1,1,1,1,1,1"] * ragged + [HEADINGS] * again
    study = study_from(*written)
    if confirmed:
        study = study.decide(SamePerson("A02", "A2", role, same=True))
    rows = rows_trail(study)
    check_it_adds_up(rows)
    assert total(rows, ROWS_READ) == len(written)
    assert total(rows, COUNTED) == len(study.responses)
    if study.responses["role"].eq(role).any():
        trail = build_trail(study, "gse", role=role)
        check_it_adds_up(trail.rows)
        n = trail.steps.set_index("step")["n"]
        assert (total(trail.rows, VALID_BEFORE), total(trail.rows, MATCHED)) == (n["scored pre"], n["matched"])
