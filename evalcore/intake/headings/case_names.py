"""Headings of case files as OASys and nDelius write them: OGRS with its version and horizon, sections, items."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from evalcore.columns import OGRS
from evalcore.intake.cells.no_answer import says_no_answer
from evalcore.intake.cells.values import to_number, to_yes_no, word_key
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.headings.field_names import doubtful_name, keys_of, section_names
from evalcore.intake.headings.header_text import plain
from evalcore.intake.native import CASELOAD, CASES, HORIZONS, NEED_WORDS, OASYS_ITEMS
from evalcore.intake.people.identifiers import is_blank
from evalcore.rules.needs import load_need_rules
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4

ENOUGH_ITEMS = 3
"""Fewer columns than this that are named like items of OASys may be anything."""
ITEM = "an item of OASys"
BARE_SECTION = "left out: may be the score of an OASys section or its need"
_SCALE_NAMES = r"(?P<scale>ogrs|arp|vrp|all reoffending predictor|violent reoffending predictor)"
_WORDS = r"score|scores|percentage|percent|per cent|pct|probability|prob|current|latest|static|at|in|within|for"
_ONE, _TWO = r"(?:1|one) (?:year|years|yr|yrs|y)|12 months?", r"(?:2|two) (?:year|years|yr|yrs|y)|24 months?"
_OGRS = re.compile(
    rf"(?:oasys |ndelius |current |latest |static )*{_SCALE_NAMES}(?: (?P<number>[34])(?! (?:year|yr|y|month)))?"
    rf"(?: (?P<part>[gv]))?(?P<rest>(?: (?:{_WORDS}|{_ONE}|{_TWO}))*)"
)
_YES_NO = r"(?: (?:y n|yes no|flag))?"
_SECTION = re.compile(
    r"(?:oasys )?(?P<marked>(?:section|sect|sec|s) )?(?:(?P<number>\d{1,2}) )?(?P<name>.*?) ?"
    rf"(?P<what>(?:section |total |raw )?score|(?:is a |crim |criminogenic )?need{_YES_NO}|)"
)
_ITEM = re.compile(
    r"\s*(?:oasys|question|item|section|[qs])?[\s._-]*(?:q\s*)?(\d{1,2})[._](\d)(?![._]?\d).*",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_AT = 200


@dataclass(frozen=True)
class CaseName:
    """What a heading of cases names: a native column, or one that native ones are made from; empty where left out."""

    field: str
    reason: str


@dataclass(frozen=True)
class OgrsName:
    """What the heading of a column of OGRS scores says: version and horizon, each empty where it does not."""

    version: str = ""
    horizon: str = ""


def case_named(heading: str, kind: str, column: TextColumn) -> CaseName | None:
    """Return what a heading of cases names in the words of OASys and nDelius; None where it names nothing of theirs.

    >>> case_named("OGRS3 2yr %", "cases", TextColumn.from_cells(["54"])).field
    'ogrs'
    >>> case_named("S8 Drugs crim need", "cases", TextColumn.from_cells(["Y"])).field
    'drugs_need'
    >>> case_named("Q3.4", "cases", TextColumn.from_cells(["2", "0"])).field
    'oasys_3.4'
    """
    if kind not in (CASES, CASELOAD):
        return None
    if doubt := doubtful_name(heading, kind):
        return CaseName("", f"left out: {doubt}")
    if item := _item_named(heading, column):
        return CaseName(item, ITEM)
    if ogrs_name(heading) is not None:
        return CaseName(OGRS, "a score of OGRS")
    return section_named(heading, column)


def ogrs_name(heading: str) -> OgrsName | None:
    """Return the version and the horizon that the heading of OGRS scores says; None for any other heading.

    ARP and VRP are scores of two years by definition; that they are the static ones must be said.

    >>> ogrs_name("OGRS3 1 year"), ogrs_name("OGRS 2yr %"), ogrs_name("ARP")
    (OgrsName(version='OGRS3', horizon='1 year'), OgrsName(version='', horizon='2 years'), \
OgrsName(version='ARP', horizon='2 years'))
    >>> ogrs_name("OGRS 2"), ogrs_name("OGRS offence")
    (None, None)
    """
    for key in keys_of(heading):
        match = _OGRS.fullmatch(key)
        if match is None or (match["part"] and match["number"] != "4"):
            continue
        one, two = (re.search(rf" (?:{years})\b", match["rest"]) is not None for years in (_ONE, _TWO))
        if match["scale"] == "ogrs" and not (one and two):
            return OgrsName(_version(match), HORIZONS[0] if one else HORIZONS[1] if two else "")
        if match["scale"] != "ogrs" and not match["number"] and not one:
            return OgrsName(_version(match), HORIZONS[1])
    return None


def _version(match: re.Match[str]) -> str:
    violent = match["part"] == "v" or match["scale"].startswith("v")
    if match["scale"] == "ogrs":
        if match["number"] == "3":
            return load_ogrs3().version
        if match["part"]:
            return load_ogrs4(violent=violent).version
        return "OGRS4" if match["number"] else ""
    if "static" in match.string.split():
        return load_ogrs4(violent=violent).version
    return "VRP" if violent else "ARP"


def item_number(heading: str) -> str:
    """Return the scored item of OASys whose number a heading begins with, whatever the cells are; else empty.

    >>> item_number("s3_3"), item_number("3.3 No fixed abode"), item_number("3.31"), item_number("11.4")
    ('oasys_3.3', 'oasys_3.3', '', '')
    """
    match = _ITEM.fullmatch(plain(heading))
    item = f"oasys_{match[1]}.{match[2]}" if match else ""
    return item if item in OASYS_ITEMS else ""


def _item_named(heading: str, column: TextColumn) -> str:
    """The item of OASys that a heading begins with, above cells that are answers to one; else empty."""
    item = item_number(heading)
    if not item or not _mostly(column, lambda text: item_points(text) in (0, 1, 2)):
        return ""
    return item


def item_points(text: str) -> float | None:
    """Return the number that a cell of an item begins with (`2`, `1 - Some problems`); None for anything else.

    >>> item_points("2"), item_points("0-No problems"), item_points("M"), item_points("10")
    (2.0, 0.0, None, 10.0)
    """
    match = re.fullmatch(r"(\d{1,2})(?:[.,]0+)?(?:\s*[-–—:=)]\s*[^\W\d].*)?", plain(text))
    return float(match[1]) if match else None


def section_named(heading: str, column: TextColumn) -> CaseName | None:
    """Return the score or the need of an OASys section that a heading names, by its number, its name or both.

    A name alone is left out above numbers and above yes and no: "Employment: yes" is hardly a need.

    >>> cells = TextColumn.from_cells(["0", "1"])
    >>> section_named("Section 3 score", cells).field, section_named("9 Drugs score", cells).reason
    ('accommodation_score', 'left out: section 9 is not drugs')
    >>> section_named("ETE", cells).reason
    'left out: may be the score of an OASys section or its need'
    """
    parts = _section_parts(heading)
    if parts is None:
        return None
    section, what, fault = parts
    if fault:
        return CaseName("", fault)
    if "score" in what:
        return CaseName(f"{section}_score", "the score of a section of OASys")
    if "need" in what or _mostly(column, lambda text: word_key(text) in NEED_WORDS):
        return CaseName(f"{section}_need", "the need of a section of OASys")
    is_either = _mostly(column, lambda text: isinstance(to_number(text), float) or isinstance(to_yes_no(text), bool))
    return CaseName("", BARE_SECTION) if is_either else None


def bare_section(heading: str) -> str:
    """Return the section of OASys that a heading names without saying score or need; else empty.

    >>> bare_section("ETE"), bare_section("3 Accommodation"), bare_section("ETE score")
    ('ete', 'accommodation', '')
    """
    section, what, fault = _section_parts(heading) or ("", "", "")
    return "" if what or fault else section


def _section_parts(heading: str) -> tuple[str, str, str] | None:
    """The section that a heading names, what it says of it (score, need or nothing), and what is wrong with it."""
    for key in keys_of(heading):
        match = _SECTION.fullmatch(key)
        if match is None or not (match["name"] or (match["number"] and match["marked"])):
            continue
        by_name, by_number = section_names().get(match["name"]), _numbers().get(match["number"] or "")
        if match["name"] and by_name is None:
            continue
        if by_name and match["number"] and by_number != by_name:
            return by_name, match["what"], f"left out: section {match['number']} is not {by_name}"
        if section := by_name or by_number:
            return section, match["what"], ""
    return None


def _mostly(column: TextColumn, test: Callable[[str], bool]) -> bool:
    """Whether more than half of the cells that say something pass a test."""
    counts = np.bincount(column.codes, minlength=len(column.texts))
    looked = zip(column.texts[:_LOOKED_AT], counts, strict=False)
    given = [(text, int(n)) for text, n in looked if n and not is_blank(text) and not says_no_answer(text)]
    return 2 * sum(n for text, n in given if test(text)) > sum(n for _, n in given)


@cache
def _numbers() -> dict[str, str]:
    return {str(rule.number): section for section, rule in load_need_rules().items() if rule.number is not None}
