"""Nothing that only this person gave is left anywhere: over every tool's export, and over any files and decisions."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evalcore import read_caseload, read_questionnaires, read_roster
from evalcore.columns import ROLES
from evalcore.decisions import KEEP, KeepAnswer, SamePerson
from evalcore.intake import Intake
from evalcore.intake.files.raw import tidy
from evalcore.intake.people.spelling import fold
from evalcore.leaving import Export
from evalcore.study import Study
from evalcore.withdrawal import people_in, rows_of, withdraw
from tests.assembly_studies import GSE, cases, roster, study_of
from tests.intake.exports import reading, rosters
from tests.intake.exports.people import NAMES
from tests.intake.exports.test_exports import EXPORTS
from tests.withdrawal.test_others import assert_alike
from tests.withdrawal.traces import texts, traces


def only_theirs(file: Intake, rows: set[int]) -> set[str]:
    """Cells that stand in these rows alone and say something of their own: words, dates and times, not single codes."""
    here: set[str] = set()
    elsewhere: set[str] = set()
    for column in file.raw.columns:
        for row, code in zip(file.raw.rows.tolist(), column.codes.tolist(), strict=True):
            (here if row in rows else elsewhere).add(tidy(column.texts[code]))
    alone = {text for text in here - elsewhere if len(text) > 3 and text.casefold() not in ROLES}
    return {text for text in alone if not any(text.casefold() in other.casefold() for other in elsewhere)}


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_no_cell_of_a_person_is_left_of_any_tools_export(export) -> None:
    file = reading.read(export)
    study = Study.empty().add(file)
    for person in people_in(study):
        if person.respondent_id in (NAMES[0], NAMES[-1]):
            rows = {row for _, row in rows_of(study, person)}
            words = only_theirs(file, rows)
            left = withdraw(study, person)
            assert rows
            assert words
            assert traces(study, *words) == words
            assert traces(left, *words, person.respondent_id) == set()


@pytest.mark.parametrize("asked", rosters.rosters(), ids=str)
def test_no_cell_of_a_person_is_left_of_a_roster(asked) -> None:
    file = read_roster(asked.data, name=asked.name)
    study = Study.empty().add(file)
    for who in asked.people:
        (person,) = (one for one in people_in(study) if one.respondent_id == who)
        words = only_theirs(file, {row for _, row in rows_of(study, person)})
        assert words
        assert traces(withdraw(study, person), *words, who) == set()


# "!" becomes a blank or a hyphen: the spellings of one identifier, those of its neighbours, and slips of both.
SPELLED = ("QX!71", "qx71", "Qx!71", "QX72", "qx!72", "OX71", "0X71", "71!12", "7!112")
spelled = st.tuples(st.sampled_from(SPELLED), st.sampled_from("_-")).map(lambda one: one[0].replace("!", one[1]))
typed = spelled.map(lambda who: who.replace("_", " "))
line = st.tuples(
    spelled,
    st.sampled_from(("pre", "post", ".")),
    st.sampled_from("34."),
    st.sampled_from(("staff", "volunteer", ".")),
)
decision = st.one_of(
    st.builds(SamePerson, typed, typed, st.sampled_from((*ROLES, None)), st.booleans()),
    st.builds(
        KeepAnswer, st.sampled_from(KEEP), st.one_of(typed, st.none()), st.sampled_from((*ROLES, None)), st.none()
    ),
)
drawn_files = st.lists(st.lists(line, min_size=1, max_size=5), min_size=1, max_size=3)
drawn_roster = st.lists(st.tuples(typed, st.sampled_from(("staff", "volunteer", ""))), max_size=4)
drawn_cases = st.lists(typed, max_size=3)
drawn_names = st.lists(typed, max_size=4)


def files_of(files, asked, known, blank=frozenset()):
    """The files that were drawn, read; some lines blank, and no file without any other."""
    made = []
    for number, lines in enumerate(files):
        name = f"{number}.csv"
        said = [" ".join(cells) if (name, row) not in blank else None for row, cells in enumerate(lines, start=2)]
        if any(said):
            made.append(with_blanks(number, said))
    for name, make, lines in (
        ("roster.csv", roster, [f"{who},{role},," for who, role in asked]),
        ("cases.csv", cases, [f"{who},,," for who in known]),
        ("caseload.csv", caseload, [f"{who},30" for who in known]),
    ):
        left = ["" if (name, row) in blank else text for row, text in enumerate(lines, start=2)]
        made += [make(*left, name=name)] if any(left) else []
    return made


def caseload(*lines: str, name: str) -> Intake:
    return read_caseload("\n".join(["respondent_id,age", *lines]).encode(), name=name)


def with_blanks(number: int, lines: list[str | None]) -> Intake:
    """A file of answers with some lines blank; a heading of its own makes it another than one of the same lines."""
    rows = [f"respondent_id,wave,role,{','.join(GSE)},of file {number}"]
    for text in lines:
        who, wave, answer, role = (text or "   ").split(" ")
        cells = [who.replace("_", " "), wave, role, *[answer] * 10]
        rows.append(",".join("" if cell == "." else cell for cell in cells))
    return read_questionnaires("\n".join(rows).encode(), name=f"{number}.csv")


@settings(max_examples=20)
@given(drawn_files, drawn_roster, drawn_cases, st.lists(decision, max_size=3), drawn_names, st.data())
def test_nobody_is_found_again_in_any_study(files, asked, known, decided, names, data) -> None:
    study = study_of(*files_of(files, asked, known), decisions=decided)
    person = data.draw(st.sampled_from(people_in(study)), label="person")
    group = frozenset(f"{person.role or ''}|{who}" for who in names)
    study = study.beside(exports=(Export("one", "share", (("gse", group),)),))
    form = fold(person.respondent_id)
    left = withdraw(study, person)
    assert sum(n for _, n in left.withdrawn) >= 1
    others = {fold(one.respondent_id) for one in people_in(left)}
    assert others <= set(map(fold, study.rows["respondent_id"].dropna()))
    others |= set(map(fold, left.rows["respondent_id"].dropna()))
    assume(form not in others)  # somebody else has the identifier in another role, or in a spelling that was left apart
    assert rows_of(left, person) == ()
    assert withdraw(left, person) is left
    words = (word.rpartition("|")[2] for text in texts(left) for word in re.split(r"[,;]", text))
    assert form not in map(fold, words)


@settings(max_examples=20)
@given(drawn_files, drawn_roster, drawn_cases, st.lists(decision, max_size=3), st.data())
def test_everything_else_is_as_if_the_rows_had_been_blank(files, asked, known, decided, data) -> None:
    study = study_of(*files_of(files, asked, known), decisions=decided)
    person = data.draw(st.sampled_from(people_in(study)), label="person")
    left = withdraw(study, person)
    blank = files_of(files, asked, known, blank=frozenset(rows_of(study, person)))
    assert_alike(left, study_of(*blank, decisions=left.decisions))


@settings(max_examples=20)
@given(drawn_files, drawn_roster, drawn_cases, st.lists(decision, max_size=3), st.data())
def test_the_answers_of_others_are_the_same(files, asked, known, decided, data) -> None:
    study = study_of(*files_of(files, asked, known), decisions=decided)
    person = data.draw(st.sampled_from(people_in(study)), label="person")
    gone = set(rows_of(study, person))
    left = withdraw(study, person)
    values = ["file", "row", "wave", *GSE]
    rows = [tuple(row) for row in study.entries[values].astype(object).fillna("").values if tuple(row[:2]) not in gone]
    assert [tuple(row) for row in left.entries[values].astype(object).fillna("").values] == rows
