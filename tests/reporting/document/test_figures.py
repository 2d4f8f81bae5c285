"""The figures and the logo of a document."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from evalcore.errors import UnreadableFileError
from evalcore.reporting.document import report_docx
from evalcore.reporting.document.markup import NAMESPACES
from evalcore.reporting.model import Exhibit, Report
from tests.reporting.document.documents import (
    W,
    body,
    full_docx,
    paragraphs,
    parts,
    png,
    rendered,
    small_report,
    style_of,
    words,
)
from tests.reporting.studies import full_report

WP = f"{{{NAMESPACES['wp']}}}"
EMU_TO_A_CENTIMETRE = 360_000


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x01\x11\x00" * 3
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame + b"\xff\xd9"


def first_figure() -> Exhibit:
    return next(one for one in full_report().exhibits if one.chart is not None)


def pictures(data: bytes) -> list[Any]:
    return list(body(data).iter(f"{WP}inline"))


def size(inline: Any) -> tuple[float, float]:
    """Width and height in centimetres."""
    extent = inline.find(f"{WP}extent")
    return int(extent.get("cx")) / EMU_TO_A_CENTIMETRE, int(extent.get("cy")) / EMU_TO_A_CENTIMETRE


def with_logo(data: bytes, organisation: str = "") -> Report:
    return small_report(logo=data, organisation=organisation)


def test_each_figure_is_described_by_its_sentence() -> None:
    expected = [one.sentence for one in full_report().exhibits if one.chart is not None]
    assert [one.find(f"{WP}docPr").get("descr") for one in pictures(full_docx())] == expected
    assert all(expected)


def test_each_figure_stands_with_its_caption_and_the_words_above_it() -> None:
    blocks = list(body(full_docx()))
    figures = [place for place, one in enumerate(blocks) if one.find(f".//{WP}inline") is not None]
    for place in figures:
        assert words(blocks[place + 1]).startswith("Figure ")
        assert style_of(blocks[place]) == "Figure"
        assert style_of(blocks[place - 1]) == "BodyText"
        assert blocks[place - 1].find(f"{W}pPr/{W}keepNext") is not None


def test_a_figure_fills_the_text_and_leaves_room_for_its_words() -> None:
    assert size(pictures(full_docx())[0])[0] == pytest.approx(16.0, abs=0.01)
    tall = pictures(rendered(small_report(first_figure()), height=3000))[0]
    assert size(tall)[1] == pytest.approx(0.6 * 25.2, abs=0.05)
    assert size(tall)[0] / size(tall)[1] == pytest.approx(1260 / 3000, rel=1e-3)


def test_a_real_picture_is_drawn_for_paper() -> None:
    held = parts(report_docx(small_report(first_figure())))
    drawn = held["word/media/picture1.png"]
    width, _ = struct.unpack(">II", drawn[16:24])
    assert width == 1260


@pytest.mark.parametrize(("logo", "kind"), [(png(600, 200), "png"), (jpeg(600, 200), "jpeg")], ids=["png", "jpeg"])
def test_a_logo_stands_on_the_title_page(logo: bytes, kind: str) -> None:
    made = rendered(with_logo(logo, "An institute & others"))
    assert parts(made)[f"word/media/picture1.{kind}"] == logo
    (shown,) = pictures(made)
    assert shown.find(f"{WP}docPr").get("descr") == "Logo of An institute & others"
    assert size(shown) == pytest.approx((6.0, 2.0), abs=0.01)
    assert style_of(body(made).find(f"{W}p")) == "ReportLogo"


def test_a_logo_without_an_organisation_is_described_all_the_same() -> None:
    (shown,) = pictures(rendered(with_logo(png())))
    assert shown.find(f"{WP}docPr").get("descr") == "Logo of the organisation"


@pytest.mark.parametrize(
    "logo",
    [b"<svg/>", b"GIF89a" + bytes(40), png()[:20], png(0, 5), jpeg(0, 5), b"\xff\xd8\xff\xe0\x00", b"\xff\xd8\xff" * 9],
)
def test_a_logo_that_is_no_picture_is_refused(logo: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^The logo is no PNG or JPEG"):
        rendered(with_logo(logo))


def test_a_finding_without_a_chart_has_no_figure() -> None:
    plain = next(one for one in full_report().exhibits if one.chart is None)
    made = rendered(small_report(plain))
    assert pictures(made) == []
    assert plain.title in paragraphs(made)
