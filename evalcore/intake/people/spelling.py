"""Spellings of one identifier: named rules under which two are the same, none of which can join two people.

What may tell two people apart stays: leading zeros, O and 0, l and 1, where a mark divides two numbers. Those are
shown to a person as near misses, never joined here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from unicodedata import normalize

_CAPITALS, _BLANKS, _MARKS, _ACCENTS = "capitals", "blanks", "punctuation", "accents"

RULES: tuple[tuple[str, str], ...] = (
    (_CAPITALS, "Capital and small letters are the same: AB12 is ab12."),
    (
        _BLANKS,
        "A blank does not count at the ends, between a letter and a digit, or next to another: AB 12 is AB12. "
        "Between two letters or two digits it does: 1 12 is not 11 2.",
    ),
    (
        _MARKS,
        "Nor do - _ . / : # in these places: AB-12 is AB12. Between two letters or two digits they count, "
        "but not which of them it is: 1-12 is 1/12, and not 11-2. In e-mail addresses all of them count.",
    ),
    (_ACCENTS, "A letter with an accent is the same whether a file stores it as one sign or as two."),
)
"""The rules by name, each with the sentence that explains it to a person."""

# A hyphen typed in a word processor becomes one of the longer dashes.
_PUNCTUATION = r"\-_./:#\u2010-\u2015\u2212"
_SHAPE = str.maketrans({**dict.fromkeys(ascii_lowercase, "a"), **dict.fromkeys(ascii_uppercase, "A")})
_SHAPE |= str.maketrans(dict.fromkeys(digits, "0"))
_LETTER, _DIGIT = r"[^\W\d_]", r"\d"


def _patterns(separators: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is dropped, and what is made one."""
    run = f"[{separators}]+"
    between = f"(?<={_LETTER}){run}(?={_DIGIT})|(?<={_DIGIT}){run}(?={_LETTER})"
    return re.compile(f"{between}|^{run}|{run}$"), re.compile(run)


_ALL = _patterns(rf"\s{_PUNCTUATION}")
_WITHOUT = {_BLANKS: _patterns(_PUNCTUATION), _MARKS: _patterns(r"\s")}


def fold(identifier: str) -> str:
    """Return the form in which identifiers are compared: two spellings with the same form are one identifier.

    >>> fold(" AB - 12 "), fold("ab12"), fold("#7"), fold("Ann  Smith")
    ('ab12', 'ab12', '7', 'ann-smith')
    >>> fold("1-12") == fold("1/12"), fold("1-12") == fold("11-2"), fold("007") == fold("7")
    (True, False, False)
    >>> fold("Ann.Smith@Example.org")
    'ann.smith@example.org'
    """
    if identifier.isascii() and identifier.isalnum():
        return identifier.lower()
    return _fold(identifier)


def rules_used(found: str, kept: str) -> tuple[str, ...]:
    """Return the names of the rules without which two spellings would not be the same identifier.

    >>> rules_used("ab 12", "AB-12"), rules_used("AB12", "AB12")
    (('capitals', 'blanks', 'punctuation'), ())
    """
    if found.isascii() and kept.isascii():
        return _rules_between(found.translate(_SHAPE), kept.translate(_SHAPE))
    return _rules_between.__wrapped__(found, kept)


@lru_cache(maxsize=256)
def _rules_between(found: str, kept: str) -> tuple[str, ...]:
    """Compare two shapes of identifiers: in a long file all have the same few, and nobody can be told from them."""
    return tuple(name for name, _ in RULES if _fold(found, name) != _fold(kept, name))


def _fold(identifier: str, without: str = "") -> str:
    """Apply all rules but one; without accents the signs are left as they are stored."""
    text = identifier if without == _ACCENTS else normalize("NFC", identifier)
    if without != _CAPITALS:
        text = text.lower() if without == _ACCENTS else normalize("NFC", text.lower())
    if "@" in text:
        return text if without == _BLANKS else " ".join(text.split())
    dropped, run = _WITHOUT.get(without, _ALL)
    # An identifier of nothing but marks stays as it is: all of them would be the same.
    return run.sub("-", dropped.sub("", text)) or text
