"""The bytes of a deck: the same for the same report, and safe whatever its texts hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from evalcore.errors import UnreadableFileError
from evalcore.reporting.deck import report_pptx
from tests.reporting.deck.decks import Told
from tests.reporting.deck.reading import A, named, notes_of, parts, title_of, words_on, xml_parts

HOSTILE = "Leeds\x00 & <b>York</b> =1+1 \x0b{PAGE} _x0041_ \ud800 “quoted” ]]> %s {0}\n\tnext \u202e漢字"
TAME = "Leeds & <b>York</b> =1+1 {PAGE} _x0041_ “quoted” ]]> %s {0} next \u202e漢字"


def hostile(told: Told) -> Told:
    """A report whose every text of a person's holds what a file must not take for its own."""
    first = told.report.exhibits[0]
    words = ("label", "title", "sentence", "caution", "source", "definition", "hidden", "message", "question", "notes")
    said = replace(first, **dict.fromkeys(words, HOSTILE), reasons=(HOSTILE,), rivals=(HOSTILE,), planned=HOSTILE)
    sections = (replace(told.report.sections[0], blocks=(said, replace(said, finding="second", chart=None))),)
    stamp = replace(told.report.stamp, study=HOSTILE, policy=(HOSTILE,), version=HOSTILE)
    report = replace(
        told.report,
        title=HOSTILE,
        subtitle=HOSTILE,
        authors=HOSTILE,
        organisation=HOSTILE,
        stamp=stamp,
        sections=sections,
    )
    return Told(report, (first.finding, "second"), report_pptx(report))


def test_the_same_report_gives_the_same_bytes(workshop: Told) -> None:
    assert report_pptx(workshop.report, order=workshop.order) == workshop.data


def test_no_time_of_the_machine_stands_in_the_file(everything: Told) -> None:
    inner = [blob for name, blob in parts(everything.data).items() if name.endswith(".xlsx")]
    assert inner
    for data in (everything.data, *inner):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {one.date_time for one in archive.infolist()} == {(2020, 1, 1, 12, 0, 0)}
        core = parts(data)["docProps/core.xml"]
        assert core.count(b"2026-05-04T09:00:00Z") == core.count(b"</dcterms:") > 0


def test_hostile_text_is_text(everything: Told) -> None:
    told = hostile(everything)
    first, second, third, fourth, *_, last = told.open().slides
    assert title_of(first) == title_of(third) == title_of(fourth) == TAME
    assert words_on(second)
    assert named(third, "Caution").text_frame.text == f"Take care: {TAME}"
    assert TAME in named(third, "Message").text_frame.text
    assert notes_of(third).count(TAME) >= 9
    assert TAME in words_on(last)


def test_hostile_text_is_nothing_but_text_in_every_part(everything: Told) -> None:
    told = hostile(everything)
    for name, root in xml_parts(told.data):
        assert not [one for one in root.iter() if one.tag == "b"], name
        if name.startswith("ppt/slides/"):
            assert {one.get("type") for one in root.iter(f"{A}fld")} <= {"slidenum"}


@pytest.mark.parametrize("logo", [b"\x89PNG\r\n\x1a\nno picture", b"\xff\xd8\xff", b"GIF89a"])
def test_a_logo_that_is_no_picture_is_refused(logo: bytes, nothing: Told) -> None:
    with pytest.raises(UnreadableFileError, match="logo is no PNG or JPEG"):
        report_pptx(replace(nothing.report, logo=logo))
