"""Columns that look as if they name a person, or hold their own words: found by heading or cells, and left out."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from evalcore.intake.files.raw import TextColumn, tidy
from evalcore.intake.headings.header_text import plain, words
from evalcore.intake.people.identifiers import is_blank

_Patterns = tuple[tuple[re.Pattern[str], str], ...]

# Heading words, after folding, with what such a column would be called to a reader.
_HEADING_WORDS: tuple[tuple[str, str], ...] = (
    (r"e ?mails?|(?:recipient|your) ?e ?mail|username|upn", "e-mail addresses"),
    (r"ip address|ipaddress|ip", "network addresses"),
    (r"gps|latitude|longitude|geo ?location|geo ?point|geo ?code|coordinates?|easting|northing", "places"),
    (r"post ?codes?|zip ?codes?|zip|postal codes?", "postcodes"),
    (r"(?:home |street |postal |your )?address(?: line)?(?: \d)?", "addresses"),
    (r"(?:tele)?phone(?: ?(?:no|number))?|mobile|tel|landline|contact number", "telephone numbers"),
    (r"nhs|nhs ?(?:no|number|num)", "NHS numbers"),
    (r"pnc|pnc ?(?:id|no|number)", "PNC numbers"),
    (r"cro|cro ?(?:id|no|number)", "CRO numbers"),
    (r"national insurance|ni (?:number|no)|nino", "National Insurance numbers"),
    (r"dob|d o b|birth|birthdate|birthday|born", "dates of birth"),
    (r"surname|forename|first ?names?|last ?names?|full ?names?|family names?|given names?|middle names?", "names"),
    (r"nick ?names?|initials|signature|signed by|maiden names?|your names?|christian names?", "names"),
)
_NAME = re.compile(r"(?:\w+ ){0,3}names?|names? of (?:\w+ ){1,4}\w+|names? of \w+")
# A name of one of these is no person's.
_NO_PERSON = re.compile(
    r"\b(?:sites?|compan(?:y|ies)|projects?|programmes?|programs?|forms?|surveys?|files?|schemes?|offices?|teams?|areas?"
    r"|regions?|events?|instruments?|measures?|variables?|countr(?:y|ies)|prisons?|courses?|groups?|organi[sz]ations?"
    r"|providers?|agenc(?:y|ies)|activit(?:y|ies)|sessions?|services?(?! users?)|columns?|fields?|sheets?|tables?)\b"
)

_CELLS: tuple[tuple[str, str], ...] = (
    (r"[^@\s]+@[^@\s]+\.[^@\s]+", "e-mail addresses"),
    (r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}", "postcodes"),
    (r"(?:\d{2}|\d{4})/\d{1,7}[A-Za-z]", "PNC numbers"),
    (r"(?:SF)?\d{1,6}/\d{2}[A-Za-z]", "CRO numbers"),
    (r"(?:\+44|0)[\d ]{9,12}", "telephone numbers"),
    (r"\d{3}[ -]\d{3}[ -]\d{4}", "NHS numbers"),
    (r"[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]", "National Insurance numbers"),
    (r"\d{1,3}(?:\.\d{1,3}){3}|(?:[\da-fA-F]{1,4}:){4,7}[\da-fA-F]{1,4}", "network addresses"),
    (r"[\[(]?-?\d{1,2}\.\d{3,}[ ,]+-?\d{1,3}\.\d{3,}(?:[ ,]+-?[\d.]+){0,2}[\])]?", "places"),
)
_TEN_DIGITS = re.compile(r"\d{10}")
# A column is judged by its cells when at least this share of them looks alike.
_SHARE = 0.5
_LOOKED_AT = 200
_LONGEST = 100
# Headings of more words than this are running text, in which "address" or "tel" may mean anything.
_MOST_WORDS = 12

_OWN_WORDS = re.compile(
    r"\b(?:comments?|anything else|any other (?:thoughts|remarks|information)|please (?:explain|describe|specify"
    r"|comment|expand|elaborate|tell us)|in your own words|feedback|further (?:information|details|remarks)"
    r"|suggestions?|notes?|free ?text|open text|remarks?|why (?:do|did) you"
    r"|tell us (?:more|why|about)|other text|specify)\b"
)
# Texts of this length that are nearly all different are people's own words.
_LONG, _DIFFERENT, _FEWEST = 40, 0.7, 4


def looks_personal(heading: str, column: TextColumn) -> str:
    """Say what kind of personal data a column seems to hold; empty where it seems to hold none.

    >>> looks_personal("Date of birth", TextColumn.from_cells([]))
    'dates of birth'
    >>> looks_personal("x", TextColumn.from_cells(["a@example.org"]))
    'e-mail addresses'
    >>> looks_personal("Site name", TextColumn.from_cells(["North"]))
    ''
    """
    return heading_looks_personal(heading) or cells_look_personal(column)


def heading_looks_personal(heading: str) -> str:
    """Say what kind of personal data a heading asks for; empty for none.

    >>> heading_looks_personal("RecipientEmail"), heading_looks_personal("What is your name or initials?")
    ('e-mail addresses', 'names')
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(heading)).replace("_", " ")
    folded = words(parted)
    if not folded or folded.count(" ") >= _MOST_WORDS:
        return ""
    for pattern, kind in _patterns()[0]:
        if pattern.search(folded):
            return kind
    return "names" if _NAME.fullmatch(folded) and not _NO_PERSON.search(folded) else ""


def cells_look_personal(column: TextColumn) -> str:
    """Say what kind of personal data the cells look like; empty where they do not.

    >>> cells_look_personal(TextColumn.from_cells(["M1 1AA", "LS2 9JT", "-"]))
    'postcodes'
    """
    texts = [text[:_LONGEST] for text in map(tidy, column.texts[:_LOOKED_AT]) if text]
    for pattern, kind in _patterns()[1]:
        if texts and sum(pattern.fullmatch(text) is not None for text in texts) >= _SHARE * len(texts):
            return kind
    if texts and sum(map(_is_nhs_number, texts)) >= _SHARE * len(texts):
        return "NHS numbers"
    return ""


@cache
def _patterns() -> tuple[_Patterns, _Patterns]:
    """What is looked for in headings and in cells."""
    return (
        tuple((re.compile(rf"\b(?:{pattern})\b"), kind) for pattern, kind in _HEADING_WORDS),
        tuple((re.compile(pattern), kind) for pattern, kind in _CELLS),
    )


def looks_like_free_text(heading: str, column: TextColumn) -> bool:
    """Whether people wrote in their own words: the heading asks for it, or the cells are long and mostly different.

    >>> cells = TextColumn.from_cells(["red", "blue"])
    >>> looks_like_free_text("Anything else?", cells), looks_like_free_text("colour", cells)
    (True, False)
    """
    return _OWN_WORDS.search(words(heading)) is not None or _cells_are_prose(column)


def _cells_are_prose(column: TextColumn) -> bool:
    given = [text for text in column.texts[:_LOOKED_AT] if not is_blank(text)]
    if (
        len(given) < _FEWEST
        or np.median([len(text) for text in given]) < _LONG
        or sum(" " in text for text in given) < len(given) / 2
    ):
        return False
    filled = int(column.mask(lambda text: not is_blank(text)).sum())
    return len(column.texts) >= _DIFFERENT * filled


def _is_nhs_number(text: str) -> bool:
    """Ten digits of which the last one checks the others; other numbers of ten digits rarely pass."""
    if not _TEN_DIGITS.fullmatch(text):
        return False
    digits = [int(digit) for digit in text]
    check = -sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check == digits[9]
