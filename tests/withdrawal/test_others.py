"""What is said of everybody else stays what it was, also where the person's cells had told how to read the file."""

from __future__ import annotations

import pandas as pd

from evalcore import match_scores, score
from evalcore.columns import RESPONDENT_ID
from evalcore.intake import Choices, read_questionnaires, read_roster, reread
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.withdrawal import Person, people_in, rows_of, withdraw

HEAD = ",".join(f"GSE {i}" for i in range(1, 11))
ALIKE = ["responses", "roster", "cases", "caseload", "published", "rows", "entries", "identities", "problems"]


def without(table: pd.DataFrame, *names: str) -> pd.DataFrame:
    return table[~table[RESPONDENT_ID].isin(names)].reset_index(drop=True)


def given(*codes: str) -> str:
    return ",".join(codes * (10 // len(codes)))


def one_file(*lines: str) -> Study:
    return Study.empty().add(read_questionnaires("\n".join(lines).encode(), name="answers.csv"))


def blanked(data: bytes, rows: set[int]) -> bytes:
    """A file with some of its lines blank."""
    lines = data.decode().split("\n")
    return "\n".join("" if number in rows else line for number, line in enumerate(lines, start=1)).encode()


def assert_alike(left: Study, expected: Study) -> None:
    """All tables and accounts of two studies are the same, and so is what is said of each file."""
    for name in ALIKE:
        pd.testing.assert_frame_equal(getattr(left, name), getattr(expected, name), obj=name)
    assert left.notes == expected.notes
    assert [file.name for file in left.intakes] == [file.name for file in expected.intakes]
    for mine, other in zip(left.intakes, expected.intakes, strict=True):
        for name in ("mapping", "codes", "problems", "rows"):
            pd.testing.assert_frame_equal(getattr(mine, name), getattr(other, name), obj=f"{name} of {mine.name}")
        assert [question.key for question in mine.questions] == [question.key for question in other.questions]
        assert mine.raw.rows.tolist() == other.raw.rows.tolist()
        for cells, others in zip(mine.raw.columns, other.raw.columns, strict=True):
            assert [cells.texts[i] for i in cells.codes] == [others.texts[i] for i in others.codes]


def test_the_study_is_as_if_the_rows_had_been_blank_in_each_file() -> None:
    roster = b"respondent_id,role\nQX7,staff\nAB2,staff\nAB3,\n"
    first = f"respondent_id,wave,colour,{HEAD}\n QX 7,pre,red,{given('2')}\nAB2,pre,blue,{given('3')}\n"
    second = f"respondent_id,wave,colour,{HEAD}\nab 2,post,red,{given('3')}\nqx-7,post,green,{given('4')}\n"
    files = {"a.csv": first.encode(), "b.csv": second.encode()}
    read = [read_questionnaires(data, name=name) for name, data in files.items()]
    study = Study.empty().add(*read, read_roster(roster, name="roster.csv"))
    person = Person("staff", "qx7")
    gone = rows_of(study, person)
    assert [name for name, _ in gone] == ["a.csv", "b.csv", "roster.csv"]
    blank = {
        name: blanked(data, {row for file, row in gone if file == name})
        for name, data in {**files, "roster.csv": roster}.items()
    }
    again = [read_questionnaires(blank[name], name=name) for name in files]
    assert_alike(
        withdraw(study, person), Study.empty().add(*again, read_roster(blank["roster.csv"], name="roster.csv"))
    )


def test_scores_and_pairs_of_the_others_are_the_same() -> None:
    study = sample_study()
    for person in people_in(study)[::7]:
        left = withdraw(study, person)
        for instrument in ("swemwbs", "gse"):
            scores = score(study.responses, instrument)
            if person.role is not None:
                scores = scores[(scores[RESPONDENT_ID] != person.respondent_id) | (scores["role"] != person.role)]
            mine = score(left.responses, instrument)
            columns = [RESPONDENT_ID, "wave", "scale", "score", "raw", "status"]
            pd.testing.assert_frame_equal(
                mine[columns], scores[columns].reset_index(drop=True), check_categorical=False
            )
            for role in ("service user", "staff"):
                if (mine["role"] == role).any():
                    both = [match_scores(one, instrument=instrument, role=role) for one in (mine, scores)]
                    assert both[0].matched.equals(both[1].matched)


def test_dates_stay_though_only_this_person_told_which_number_is_the_month() -> None:
    head = f"respondent_id,wave,completed_on,{HEAD}"
    dated = [f"A{i},pre,02/0{i}/2026,{given('3')}" for i in (3, 4, 5)]
    study = one_file(head, f"QX7,pre,02/13/2026,{given('2')}", *dated)
    assert [day.month for day in study.responses["completed_on"]] == [2] * 4
    left = withdraw(study, Person(None, "QX7"))
    assert [day.month for day in left.responses["completed_on"]] == [2] * 3
    assert left.responses.equals(without(study.responses, "QX7"))
    assert left.rows.equals(without(study.rows, "QX7"))


def test_waves_stay_though_only_this_person_answered_before() -> None:
    head = f"respondent_id,wave,{HEAD}"
    study = one_file(head, f"QX7,1,{given('2')}", f"A1,2,{given('3')}", f"A2,2,{given('4')}")
    assert study.responses["wave"].tolist() == ["pre", "post", "post"]
    left = withdraw(study, Person(None, "QX7"))
    assert left.responses["wave"].tolist() == ["post", "post"]
    again = reread(left.intakes[0], Choices())
    assert again.responses["wave"].tolist() == ["post", "post"], "also when the file is read once more"


def test_a_column_stays_out_though_only_this_person_told_two_apart() -> None:
    head = "respondent_id,wave,GSE 1,GSE 1," + ",".join(f"GSE {i}" for i in range(2, 11))
    rest = ",".join("2" * 9)
    study = one_file(head, f"QX7,pre,1,2,{rest}", f"A1,pre,3,3,{rest}", f"A2,post,4,4,{rest}")
    assert "gse_1" not in study.responses or study.responses["gse_1"].isna().all()
    left = withdraw(study, Person(None, "QX7"))
    assert left.responses.equals(without(study.responses, "QX7"))


def test_answers_stay_though_only_this_person_told_what_the_codes_mean() -> None:
    head = ",".join(f"UWES {i}" for i in range(1, 10))
    study = one_file(f"respondent_id,wave,{head}", "QX7,pre" + ",0" * 9, "A1,pre" + ",6" * 9, "A2,post" + ",7" * 9)
    assert len(study.responses) == 3
    left = withdraw(study, Person(None, "QX7"))
    assert left.responses.equals(without(study.responses, "QX7"))
    assert left.entries.equals(without(study.entries, "QX7"))


def test_near_misses_are_not_asked_about_with_who_is_gone() -> None:
    from evalcore.bench import near_misses

    head = f"respondent_id,wave,{HEAD}"
    study = one_file(head, f"A01,pre,{given('2')}", f"AO1,post,{given('3')}", f"A2,post,{given('4')}")
    assert len(near_misses(study)) == 1
    assert near_misses(withdraw(study, Person(None, "AO1"))) == ()
