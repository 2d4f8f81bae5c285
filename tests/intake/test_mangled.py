"""Whatever a tool does to a table of valid answers on the way out: no answer changes value and no row vanishes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import UnreadableFileError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake import read_all, read_any, read_questionnaires
from tests.intake.made import fates, listed
from tests.intake.mangling import FORMS, SHAPES, TOOLS, Mangler

IDENTIFIERS = (
    st.text(st.sampled_from("abcABC0123456789-é_ "), min_size=1, max_size=6)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.casefold() not in {"", "-", "--", "na", "nan"})
)


@st.composite
def tables(draw):
    """People, waves and codes: (identifier, wave) to the codes of one questionnaire, None for a missing answer."""
    name = draw(st.sampled_from(list_instruments()))
    instrument = load_instrument(name)
    keys = draw(st.lists(st.tuples(IDENTIFIERS, st.sampled_from(["pre", "post"])), min_size=1, max_size=6, unique=True))
    code = st.none() | st.sampled_from(instrument.codes)
    n = len(instrument.columns)
    return name, {key: draw(st.lists(code, min_size=n, max_size=n)) for key in keys}


def answered(intake, instrument):
    """What came back; rows without any answer are not in it."""
    read = intake.responses.set_index(["respondent_id", "wave"]).reindex(columns=list(instrument.columns))
    assert read.index.is_unique
    back = {
        key: [None if code != code else int(code) for code in row]
        for key, row in zip(read.index, read.values, strict=True)
    }
    return {key: codes for key, codes in back.items() if any(code is not None for code in codes)}


def whole(row):
    return [None if code != code else int(code) for code in row]


def tidied(faults):
    return {(row, " ".join(column.split())) for row, column in faults}


@settings(max_examples=250)
@given(
    tables(),
    st.integers(0, 100_000),
    st.sampled_from(SHAPES),
    st.sampled_from(FORMS),
    st.sampled_from(TOOLS),
)
def test_valid_answers_come_back(table, seed, shape, form, tool):
    """No answer changes value, no row vanishes, and nothing but what was planted is listed on a row."""
    name, people = table
    instrument = load_instrument(name)
    back = {}
    for file in Mangler(instrument, people, seed, shape, form, tool).files():
        intakes = read_all(file.data(), name=file.name)
        assert len(intakes) == len(file.sheets)
        for intake, sheet in zip(intakes, file.sheets, strict=True):
            assert fates(intake) == file.fates[sheet]
            on_rows = {(row, column) for row, column, _ in listed(intake) if row is not None}
            assert tidied(on_rows) == tidied(file.listed[sheet])
            assert {column for row, column, _ in listed(intake, "error") if row is None} == set()
            assert len(intake.responses) == file.answers[sheet]
            back |= answered(intake, instrument)
    assert back == {key: codes for key, codes in people.items() if any(code is not None for code in codes)}


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
    if "file not read" in set(intake.problems["action"]):  # one line that stands for all rows
        assert aside == set(rows)
    else:
        assert aside == set(intake.problems.loc[intake.problems["action"] == "row set aside", "row"])
