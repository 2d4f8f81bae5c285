"""What a comment may hold: plain text, and nothing by which somebody could be reached."""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"
"""Control characters that some scripts and pictures need; every other one goes."""

MOST_MARKS = 2
"""Accents one upon another: more of them only make a text climb out of its line."""

_E_MAIL = re.compile(r"[^\s@]@\s?[^\s@]+\.\w")
_LINK = re.compile(
    r"https?:|www\.|\w\.(?:com|org|net|info|edu|gov|uk|eu|ie|io|me|ly|app|co|link|page|site)(?![\w-])", re.IGNORECASE
)
_DIGITS = re.compile(r"\d(?:[\s().+-]{0,3}\d){7,}")
_YEARS = re.compile(r"(?:19|20)\d\d\D{1,3}(?:19|20)\d\d")


def cleaned(text: str) -> str:
    """Return the text in one line, without control characters and without towers of accents.

    >>> cleaned("  Rather\\r\\nlate\\u202e ")
    'Rather late'
    """
    visible = (" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_visible(sign))
    kept, marks = [], 0
    for sign in unicodedata.normalize("NFC", "".join(visible)):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return " ".join("".join(kept).split()).strip(JOINERS + " ")


def _is_visible(sign: str) -> bool:
    return sign in JOINERS or unicodedata.category(sign)[0] != "C"


def tells_how_to_reach(comment: str) -> bool:
    """Whether a comment looks as if it held an e-mail address, a link, or a number as long as a telephone's.

    Two years are no such number.

    >>> [tells_how_to_reach(one) for one in ("Write to a@example.org", "Ring 01632 960 123", "Less than in 2019-2020")]
    [True, True, False]
    """
    plain = unicodedata.normalize("NFKC", comment)
    for joiner in JOINERS:
        plain = plain.replace(joiner, "")
    return any(pattern.search(plain) for pattern in (_E_MAIL, _LINK)) or any(
        not _YEARS.fullmatch(found.group()) for found in _DIGITS.finditer(plain)
    )
