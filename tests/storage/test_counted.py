"""A caseload that is known as counts is kept with its study, travels with it, and is no part of a study without one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore import Study, sample_study
from evalcore.errors import UnreadableFileError
from evalcore.profile.counted import n_people
from evalcore.storage import open_study, study_bytes
from evalcore.storage.checked import Room
from evalcore.storage.frames import frame_record
from evalcore.storage.layout import file_of
from evalcore.storage.native_tables import read_native
from evalcore.storage.packing import pack, unpack
from evalcore.withdrawal import Person, withdraw
from tests.storage.made import counted, counts


def test_a_study_comes_back_with_its_counts() -> None:
    study = sample_study().add(counted())
    assert unpack({part.name: part.plain() for part in pack(study)}).fingerprint == study.fingerprint
    back = open_study(study_bytes(study))
    assert back.fingerprint == study.fingerprint
    pd.testing.assert_frame_equal(back.counted, study.counted)


def test_counts_are_data_and_their_absence_changes_nothing() -> None:
    study = sample_study().add(counted())
    assert study.fingerprint != sample_study().fingerprint
    assert study.fingerprint != sample_study().add(counted(table=counts(8))).fingerprint
    assert study.without("big.csv").fingerprint == sample_study().fingerprint
    assert len(Study.empty().counted) == 0


def test_the_table_for_people_is_in_the_file_only_where_there_are_counts() -> None:
    assert b"tables/counted.csv" in file_of(sample_study().add(counted()))
    assert b"tables/counted.csv" not in file_of(sample_study())


def test_of_two_files_of_counts_one_is_used_and_that_is_said() -> None:
    study = Study.empty().add(counted(), counted("more.csv", counts(9)))
    assert n_people(study.counted) == 7
    assert study.notes == ("more.csv is not used: a study compares with one file of counts.",)


def test_a_person_who_withdraws_leaves_the_counts_as_they_are() -> None:
    study = sample_study().add(counted())
    who = str(study.cases["respondent_id"].iloc[0])
    left = withdraw(study, Person("service user", who))
    assert who not in set(left.cases["respondent_id"])
    pd.testing.assert_frame_equal(left.counted, study.counted)


@pytest.mark.parametrize(
    "broken",
    [
        lambda table: table.assign(people=-1.0),
        lambda table: table.assign(people=np.nan),
        lambda table: table.drop(columns="people"),
        lambda table: table.drop(columns="tally"),
        lambda table: table.assign(age=300.0),
        lambda table: table.assign(drugs_known=-2.0),
    ],
)
def test_a_table_that_could_not_have_been_counted_is_refused(broken: object) -> None:
    table = broken(counts())  # type: ignore[operator]
    with pytest.raises(UnreadableFileError):
        read_native(frame_record(table), "counted", Room(100_000))


def test_counts_are_never_read_as_people() -> None:
    study = Study.empty().add(counted())
    assert study.caseload.empty
    assert study.rows.empty
