"""The trail says how many withdrew and were removed, and still adds up; without any it says nothing new."""

from __future__ import annotations

import pandas as pd

from evalcore import build_trail, read_caseload
from evalcore.columns import STAFF
from evalcore.sample import sample_study
from evalcore.trail import rows_trail
from evalcore.withdrawal import Person, withdraw
from tests.assembly_studies import answers, roster, study_of

ASKED = roster("A1,staff,North,given", "A2,staff,North,given", "A3,volunteer,North,", "A4,staff,South,refused")
FILES = (answers("a.csv", "A1 pre 3", "A2 pre 2", "A3 pre 2", "A1 post 3", "A2 post 3", "B9 post 1"), ASKED)
REMOVED = "1 removed after withdrawing, not counted"


def steps(study, **choice):
    table = build_trail(study, "gse", **choice).steps.set_index("step")
    return table["n"].to_dict(), table["reason"].to_dict(), table["set_aside"].to_dict()


def test_the_count_stands_beside_those_asked() -> None:
    before, told_before, _ = steps(study_of(*FILES), role=STAFF)
    left = withdraw(study_of(*FILES), Person(STAFF, "A1"))
    n, told, lost = steps(left, role=STAFF)
    assert (before["asked"], n["asked"], n["matched"]) == (3, 2, 1)
    assert told["asked"] == "; ".join(filter(None, [told_before["asked"], REMOVED]))
    assert n["asked"] == n["consented"] + lost["consented"]
    assert sum("removed" in reason for reason in told.values()) == 1


def test_the_count_is_of_the_role_and_of_no_site() -> None:
    left = withdraw(study_of(*FILES), Person(STAFF, "A1"))
    assert "removed" not in steps(left, role="volunteer")[1]["asked"]
    assert "removed" not in steps(left, role=STAFF, site="North")[1]["asked"]
    assert REMOVED in steps(left, role=(STAFF, "volunteer"))[1]["asked"]


def test_who_stood_in_the_caseload_alone_was_never_asked() -> None:
    caseload = read_caseload(b"respondent_id,age\nZ8,30\nZ9,31\n", name="caseload.csv")
    left = withdraw(study_of(FILES[0], caseload), Person(None, "Z9"))
    assert left.withdrawn == (("caseload", 1),)
    assert "removed" not in steps(left)[1]["asked"]


def test_a_study_without_roles_or_without_a_roster_says_it_too() -> None:
    left = withdraw(study_of(FILES[0]), Person(None, "A2"))
    assert steps(left)[1]["asked"].endswith(f"on a roster of everyone asked; {REMOVED}")
    assert "removed" not in steps(left)[1]["consented"]
    twice = withdraw(left, Person(None, "A3"))
    assert steps(twice)[1]["asked"].endswith("2 removed after withdrawing, not counted")


def test_the_rows_still_add_up() -> None:
    left = withdraw(study_of(*FILES), Person(STAFF, "A1"))
    told = rows_trail(left)
    n = dict(zip(told["step"], told["n"], strict=True))
    assert (n["rows read"], n["rows used"], n["questionnaires used"]) == (4, 4, 4)


def test_without_a_withdrawal_the_trail_is_as_it_was() -> None:
    study = sample_study()
    told = build_trail(study, "swemwbs").steps
    pd.testing.assert_frame_equal(told, build_trail(withdraw(study, Person(STAFF, "nobody")), "swemwbs").steps)
    assert not told["reason"].str.contains("removed").any()
