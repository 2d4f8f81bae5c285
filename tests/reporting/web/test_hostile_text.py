"""Whatever a study, a site or a person is called: it is shown, and never read as markup, style or script."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring, fragment_fromstring

from evalcore.reporting.web import parts, report_html
from evalcore.reporting.web.markup import Markup, css_text, data_block, escaped, tag
from tests.reporting.web.reports import NASTY, SHOWN, made_up, sample_page

LOADS = (
    "src",
    "href",
    "srcset",
    "data",
    "action",
    "formaction",
    "poster",
    "background",
    "xlink:href",
    "ping",
    "manifest",
)
"""Attributes by which a page loads or leads elsewhere."""


@cache
def hostile_page() -> str:
    return report_html(made_up(NASTY))


@cache
def hostile() -> Any:
    return document_fromstring(hostile_page())


def shape(text: str) -> list[tuple[str, list[str]]]:
    """Every element of a page with the names of its attributes."""
    return [(one.tag, one.keys()) for one in document_fromstring(text).iter() if isinstance(one.tag, str)]


def test_a_hostile_text_adds_no_element_and_no_attribute() -> None:
    assert shape(hostile_page()) == shape(report_html(made_up("Leeds")))


def test_a_hostile_text_is_shown_as_it_is() -> None:
    page = hostile()
    texts = {
        "title": ".//head/title",
        "h1": ".//h1",
        "h2": ".//section/h2",
        "h3": ".//article/h3",
        "li": ".//section/ul/li",
    }
    assert {name: page.find(path).text_content() for name, path in texts.items()} == dict.fromkeys(texts, SHOWN)
    assert page.find(".//figure/div").get("aria-label") == SHOWN
    for table in page.findall(".//table")[:3]:
        assert [cell.text_content() for cell in table.findall("thead/tr/th")] == [SHOWN] * 3
        assert [cell.text_content() for cell in table.findall("tbody/tr/th")] == [SHOWN] * 2


def test_a_hostile_text_is_data_in_the_numbers_of_a_chart() -> None:
    block = hostile().xpath("//script[@type='application/json']")[0].text
    assert not set("<>&\u2028\u2029") & set(block)
    hover = [text for trace in json.loads(block)["light"]["data"] for text in trace.get("hovertext", ())]
    assert hover
    assert all("<" not in text.replace("<br>", "") for text in hover)


def test_a_page_is_utf_8_without_control_characters() -> None:
    assert hostile_page().encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", hostile_page().replace(parts.library(), ""))


@pytest.mark.parametrize("page", [hostile_page, sample_page])
def test_no_page_loads_from_anywhere_or_leads_anywhere(page: Any) -> None:
    found = document_fromstring(page())
    addresses = {one.get(name) for one in found.iter() if isinstance(one.tag, str) for name in LOADS if one.get(name)}
    assert {
        address for address in addresses if not re.match(r"#[a-z]|data:image/(svg\+xml|png|jpeg)[;,]", address)
    } == set()
    looks = " ".join(one.text for one in found.iter("style"))
    assert not re.search(r"url\(|@import|image-set|src:", looks)
    assert not found.xpath(
        "//link | //iframe | //object | //embed | //base | //form | //@style | //meta[@http-equiv='refresh']"
    )
    assert not [
        name for one in found.iter() if isinstance(one.tag, str) for name in one.attrib if name.startswith("on")
    ]


def test_the_policy_allows_what_the_page_holds_and_nothing_else() -> None:
    page = document_fromstring(sample_page())
    held = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.split(" ", 1) for rule in held.split("; "))
    scripts = [one.text for one in page.iter("script") if one.get("type") is None]
    assert scripts == [parts.library(), parts.script()]
    assert rules == {
        "default-src": "'none'",
        "script-src": " ".join(sources(scripts)),
        "style-src": " ".join(sources([one.text for one in page.iter("style")])),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert "unsafe" not in held
    before = sample_page()[: sample_page().index("Content-Security-Policy")]
    assert "<style" not in before
    assert "<script" not in before


def sources(texts: list[str]) -> list[str]:
    from base64 import b64encode
    from hashlib import sha256

    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]


def test_nothing_in_a_script_or_style_of_ours_can_end_it() -> None:
    for text in (parts.library(), parts.script(), parts.plot_looks(), parts.looks(NASTY)):
        assert not re.search(r"</?script|</style|<!--|-->", text, re.IGNORECASE)


def test_a_hostile_name_is_one_string_of_the_style_sheet() -> None:
    text = css_text('"} body { display: none } /* \\ \n</style>')
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*"', text)


@given(st.text())
def test_any_text_comes_back_from_an_element_and_an_attribute(text: str) -> None:
    found = fragment_fromstring(tag("p", text, title=text))
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", text)
    assert same(found.text or "") == same(clean)
    assert same(found.get("title")) == same(clean)


def same(text: str) -> str:
    """A reader of HTML turns each line end into one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.recursive(st.text() | st.integers(), st.lists, max_leaves=5))
def test_any_data_come_back_from_their_block(values: object) -> None:
    block = data_block(values, "it")
    assert json.loads(block[block.index(">") + 1 : block.rindex("<")]) == values
    assert block.count("<") == 2


def test_what_is_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "1 < 2")) == "<p><b>1 &lt; 2</b></p>"
    assert escaped(Markup("<b>")) == "<b>"


def test_a_number_zero_is_an_attribute_and_false_is_none() -> None:
    assert tag("p", tabindex=0, hidden=False, id=None) == '<p tabindex="0"></p>'
