"""The guard against workbooks that would unpack to a huge sheet: the quick look never passes what the scan refuses."""

import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evalcore.errors import UnreadableFileError
from evalcore.intake.files import workbook
from evalcore.intake.files.reading import read_table
from tests.intake.made import workbook_bytes

SPACE = st.text(st.sampled_from(" \t\n\r"), max_size=2)
LETTERS = st.text(st.sampled_from("ABYZabz"), max_size=4)
NUMBERS = st.one_of(st.integers(0, 999_999_999), st.sampled_from([99_999, 100_000, 9_999])).map(str)


@st.composite
def cells(draw) -> str:
    """A cell of a sheet, its place written in any form that XML allows."""
    quote = draw(st.sampled_from("\"'"))
    place = draw(LETTERS) + draw(NUMBERS)
    before, after = draw(st.sampled_from([" ", "\n", ' s="1" ', " \t"])), draw(SPACE)
    return f"<c{before}r{draw(SPACE)}={after}{quote}{place}{quote}><v>1</v></c>"


@given(st.lists(cells(), max_size=4))
@example(['<c r="AZ99999"/>'])
@example(['<c r="A1"/>', "<c\nr\t=\n'XFD1048576'/>"])
def test_a_sheet_that_looks_ordinary_is_no_larger(written):
    sheet = "".join(written).encode()
    far = workbook._far_corner(sheet)
    if workbook._NOT_ORDINARY.search(sheet) is None:
        assert far[0] <= workbook._ORDINARY[0]
        assert far[1] <= workbook._ORDINARY[1]


@pytest.mark.parametrize("place", ["A1", "Z99999", "AZ99999"])
def test_an_ordinary_sheet_is_seen_as_one(place):
    assert workbook._NOT_ORDINARY.search(b'<c r="%s">' % place.encode()) is None


@pytest.mark.parametrize("written", ["r='XFD1048576'", 'r = "XFD1048576"', '\tr\n=\r"xfd1048576"'])
def test_a_far_cell_is_found_however_its_place_is_written(written):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes(A=[["id", "b"], ["x", 2]]))) as book,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in book.namelist():
            changed.writestr(name, book.read(name).replace(b'r="B2"', written.encode()))
    with pytest.raises(UnreadableFileError, match=r"spans 1,048,576 rows and 16,384 columns"):
        read_table(file.getvalue())
