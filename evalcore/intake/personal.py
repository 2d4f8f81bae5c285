"""Columns that look as if they name a person: found by their heading or by the look of their cells, and left out."""

from __future__ import annotations

import re

from evalcore.intake.raw import TextColumn, tidy

# Heading words, after folding, with what such a column would be called to a reader.
_HEADING_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), kind)
    for pattern, kind in (
        (r"e ?mail", "e-mail addresses"),
        (r"ip address|ipaddress|ip", "network addresses"),
        (r"gps|latitude|longitude|locationlatitude|locationlongitude", "places"),
        (r"post ?code|zip ?code|zip|postal code", "postcodes"),
        (r"(?:home |street |postal )?address(?: line)?(?: \d)?", "addresses"),
        (r"phone|telephone|mobile|tel|landline", "telephone numbers"),
        (r"nhs|nhs ?(?:no|number|num)", "NHS numbers"),
        (r"pnc|pnc ?(?:id|no|number)", "PNC numbers"),
        (r"national insurance|ni number|nino", "National Insurance numbers"),
        (r"dob|d o b|birth|birthdate|birthday|born", "dates of birth"),
        (r"surname|forename|first ?name|last ?name|full ?name|family name|given name|middle name|nickname", "names"),
    )
)
_NAME = re.compile(r"(?:\w+ )?names?")
# A name of one of these is no person's.
_NO_PERSON = frozenset(
    {"site", "company", "project", "programme", "form", "survey", "file", "scheme", "office", "team"}
)

_CELLS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "e-mail addresses"),
    (re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"), "postcodes"),
    (re.compile(r"(?:\d{2}|\d{4})/\d{1,7}[A-Za-z]"), "PNC numbers"),
    (re.compile(r"(?:\+44|0)[\d ]{9,12}"), "telephone numbers"),
    (re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}"), "NHS numbers"),
    (re.compile(r"\d{1,3}(?:\.\d{1,3}){3}"), "network addresses"),
)
# A column is judged by its cells when at least this share of them looks alike.
_SHARE = 0.5
_LOOKED_AT = 200
_LONGEST = 100


def looks_personal(heading: str, column: TextColumn) -> str:
    """Say what kind of personal data a column seems to hold; empty where it seems to hold none.

    >>> looks_personal("Date of birth", TextColumn.from_cells([]))
    'dates of birth'
    >>> looks_personal("x", TextColumn.from_cells(["a@example.org"]))
    'e-mail addresses'
    >>> looks_personal("Site name", TextColumn.from_cells(["North"]))
    ''
    """
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tidy(heading)).lower()).strip()
    for pattern, kind in _HEADING_WORDS:
        if pattern.search(words):
            return kind
    if _NAME.fullmatch(words) and words.split()[0] not in _NO_PERSON:
        return "names"
    return cells_look_personal(column)


def cells_look_personal(column: TextColumn) -> str:
    """Say what kind of personal data the cells look like; empty where they do not.

    >>> cells_look_personal(TextColumn.from_cells(["M1 1AA", "LS2 9JT", "-"]))
    'postcodes'
    """
    texts = [text[:_LONGEST] for text in map(tidy, column.texts[:_LOOKED_AT]) if text]
    for pattern, kind in _CELLS:
        if texts and sum(pattern.fullmatch(text) is not None for text in texts) >= _SHARE * len(texts):
            return kind
    return ""
