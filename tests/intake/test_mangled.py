"""Whatever a tool does to a table of valid answers on the way out: no answer changes value and no row vanishes."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import UnreadableFileError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake import read_any, read_questionnaires
from tests.intake.made import csv_bytes, fates, opendocument_bytes, workbook_bytes

WAVES = {"pre": ["pre", "Before", "BASELINE", "t1"], "post": ["post", "after", "Follow-up", "T2"]}
IDENTIFIERS = (
    st.text(st.sampled_from("abcABC0123456789-é_ "), min_size=1, max_size=6)
    .map(str.strip)
    .filter(lambda text: text.casefold() not in {"", "-", "--", "na", "nan"})
)


@st.composite
def tables(draw):
    """People, waves and codes: (identifier, wave) to the codes of one questionnaire, None for a missing answer."""
    instrument = load_instrument(draw(st.sampled_from(list_instruments())))
    keys = draw(st.lists(st.tuples(IDENTIFIERS, st.sampled_from(["pre", "post"])), min_size=1, max_size=6, unique=True))
    code = st.none() | st.sampled_from(instrument.codes)
    n = len(instrument.columns)
    return instrument, {key: draw(st.lists(code, min_size=n, max_size=n)) for key in keys}


def written(instrument, code, rng):
    """One of the ways in which tools write an answer."""
    if code is None:
        return rng.choice(["", "", "n/a", "-", " "])
    label = instrument.answers[code].label
    return rng.choice(
        [str(code), f"{code}.0", f" {code}", label, label.upper(), f"{code} - {label}", f"{code} ({label})"]
    )


def heading(name, rng):
    for old, new in (("_", rng.choice(["_", " ", "-", ""])),):
        name = name.replace(old, new)
    return rng.choice([name, name.upper(), name.title(), f" {name}", f"{name}\u00a0"])


@settings(max_examples=150)
@given(tables(), st.integers(0, 10_000), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "xlsx", "ods"]))
def test_valid_answers_come_back(table, seed, form):
    instrument, people = table
    rng = random.Random(seed)
    columns = ["respondent_id", "wave", *instrument.columns]
    order = rng.sample(range(len(columns)), len(columns))
    rows = [[heading(columns[i], rng) for i in order]]
    expected_rows = []
    for (who, wave), codes in people.items():
        if rng.random() < 0.2:
            rows.append([""] * len(columns))
        cells = [who, rng.choice(WAVES[wave]), *(written(instrument, code, rng) for code in codes)]
        rows.append([cells[i] for i in order])
        expected_rows.append(len(rows))
    if form in ("xlsx", "ods"):
        write = workbook_bytes if form == "xlsx" else opendocument_bytes
        data = write(Answers=[[cell or None for cell in row] for row in rows])
    else:
        data = csv_bytes(rows, delimiter=rng.choice(",;\t"), encoding=form)
    intake = read_questionnaires(data, name="answers")
    assert intake.problems[intake.problems["severity"] == "error"].empty
    assert fates(intake) == [(row, "used") for row in expected_rows]
    read = intake.responses.set_index(["respondent_id", "wave"])[list(instrument.columns)]
    back = {
        key: [None if code != code else int(code) for code in row]
        for key, row in zip(read.index, read.values, strict=True)
    }
    assert back == {(" ".join(who.split()), wave): codes for (who, wave), codes in people.items()}


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_intake_or_a_sentence(data):
    try:
        intake = read_any(data)
    except UnreadableFileError:
        return
    assert intake.rows["row"].is_unique
    assert set(intake.rows["fate"]) <= {"used", "set aside"}


LINES = st.lists(
    st.sampled_from(["A1,pre,3", 'A1,"pre,3', "A2,post,", ",pre,2", "", "A3,x,9", 'A"4,pre,1', "A1,pre,3,4", "A5"])
)


@given(LINES)
def test_every_line_has_one_fate(lines):
    intake = read_questionnaires("\n".join(["respondent_id,wave,gse_1", *lines]).encode(), name="a.csv")
    rows = [i for i, line in enumerate(lines, start=2) if line]
    assert intake.rows["row"].tolist() == rows
    used = intake.rows[intake.rows["fate"] == "used"]
    assert len(used) == len(intake.responses)
    aside = set(intake.rows.loc[intake.rows["fate"] == "set aside", "row"])
    assert aside == set(intake.problems.loc[intake.problems["action"] == "row set aside", "row"])
