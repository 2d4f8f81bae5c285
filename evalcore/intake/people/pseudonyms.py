"""Codes in place of identifiers: a keyed hash, whose key only the person who made it has."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from evalcore.errors import EvalcoreError, TableError
from evalcore.intake.cells.values import to_identifier
from evalcore.intake.files.raw import RawTable, TextColumn, tidy
from evalcore.intake.people.spelling import fold
from evalcore.intake.problems import KEPT, NOTE, Problem
from evalcore.wording import count

# Crockford's 32 letters and digits: no I, L, O or U, so nothing looks like 1 or 0. Five bits each.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5
_LOOK_ALIKES = str.maketrans("OIL", "011")
_GROUPS, _GROUP = 5, 5
_CODE_LENGTH = 10
_CODE = re.compile(f"P-[{_ALPHABET}]{{{_CODE_LENGTH}}}")
# What a key must have at least: 100 bits, as long as it was drawn by chance.
_SHORTEST_KEY = 20
_FEWEST_DIFFERENT = 8


def new_key() -> str:
    """Return a new key, drawn by chance: 25 letters and digits (125 bits) in groups of five, to be noted by hand.

    It is kept nowhere. With the same key the same people get the same codes; without it no code can be made again.

    >>> len(new_key()), check_key(new_key())
    (29, '')
    """
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, len(drawn), _GROUP))


def check_key(key: str) -> str:
    """Return why a key can not be used, in a sentence, or an empty text.

    Case, blanks and hyphens do not count, and O, I and L are read as 0, 1 and 1.

    >>> check_key("our study")
    'The key is too short: it needs 20 letters or digits or more. Use a new key, and note it.'
    """
    typed = _plain(key)
    if len(typed) < _SHORTEST_KEY:
        return f"The key is too short: it needs {_SHORTEST_KEY} letters or digits or more. Use a new key, and note it."
    if len(set(typed)) < _FEWEST_DIFFERENT:
        return "The key is too easy to guess: it has few different letters and digits. Use a new key, and note it."
    return ""


def pseudonym(identifier: str, key: str) -> str:
    """Return the code that stands for an identifier: `P-` and ten letters or digits.

    HMAC-SHA256 over the identifier as `spelling.fold` writes it, so that spellings which are read as one get one code;
    its first 50 bits in Crockford's base 32. Among 10,000 people the chance that any two share a code is 1 in 22
    million. Identifiers are few and can be guessed, so whoever has the key can tell whose code it is: the key is what
    protects, and it must be kept apart from the codes.

    Raises
    ------
    EvalcoreError
        If the key is too short or too easy to guess.
    TableError
        If there is no identifier.

    Examples
    --------
    >>> key = "7Q4ZM-0T8KD-R5XBN-W2HJC-9VPGA"
    >>> pseudonym("AB12", key) == pseudonym("ab 12", key), pseudonym("AB12", key) == pseudonym("AB13", key)
    (True, False)
    """
    secret, known = _usable(key), to_identifier(identifier)
    if not isinstance(known, str):
        raise TableError("There is no identifier for which a code could be made.")
    return _code(known, secret)


def are_codes(identifiers: Iterable[object]) -> bool:
    """Return whether any of these identifiers is a code.

    >>> are_codes(["P-7Q4ZM0T8KD", None]), are_codes(["AB12"])
    (True, False)
    """
    return any(isinstance(one, str) and _CODE.fullmatch(one) for one in identifiers)


def replace_identifiers(raw: RawTable, position: int, key: str) -> RawTable:
    """Return the table with each identifier of one column replaced by its code.

    Blanks, `n/a` and words for no answer stay, and so do codes: a table can go through twice. The identifiers are in
    no part of the result, unless the file holds them in another column, too; its notes say how many were replaced and
    how many had been spelt in several ways. Two codes of nearly the same identifier have nothing in common: near misses
    and numbers that a spreadsheet rounded can be found only before the replacement, never after it.

    Parameters
    ----------
    raw : RawTable
    position : int
        Where the column stands; the first is 1.
    key : str

    Raises
    ------
    EvalcoreError
        If the key is too short or too easy to guess.
    TableError
        If the table has no such column.

    Examples
    --------
    >>> from evalcore.intake.files.reading import read_table
    >>> raw = read_table(b"respondent_id,gse_1\\nAB12,3\\n-,2\\n")
    >>> [text[:2] for text in replace_identifiers(raw, 1, "7Q4ZM-0T8KD-R5XBN-W2HJC-9VPGA").columns[0].texts]
    ['P-', '-']
    """
    secret = _usable(key)
    if not 1 <= position <= len(raw.columns):
        raise TableError(f"There is no column {position}. The file has {count(len(raw.columns), 'column', 'columns')}.")
    column = raw.columns[position - 1]
    texts = [_replacement(text, secret) for text in column.texts]
    columns = list(raw.columns)
    # One text for one, also where two have become the same: whoever holds the old column can tell what became of each.
    columns[position - 1] = TextColumn(column.codes, tuple(texts))
    made = Counter(new for old, new in zip(column.texts, texts, strict=True) if new is not old)
    notes = (*raw.notes, *_replaced(made, tidy(raw.header[position - 1])))
    return replace(raw, columns=tuple(columns), notes=notes)


def _usable(key: str) -> bytes:
    wrong = check_key(key)
    if wrong:
        raise EvalcoreError(wrong)
    return _plain(key).encode()


def _plain(key: str) -> str:
    """Write a key as it counts, however it was typed."""
    typed = "".join(sign for sign in unicodedata.normalize("NFKC", key).upper() if sign.isalnum())
    return typed.translate(_LOOK_ALIKES)


def _keyed_hash(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, "sha256")


def _code(identifier: str, secret: bytes) -> str:
    hashed = int.from_bytes(_keyed_hash(secret, fold(identifier).encode()), "big")
    first = hashed >> (256 - _BITS * _CODE_LENGTH)
    return "P-" + "".join(_ALPHABET[(first >> _BITS * at) % 32] for at in reversed(range(_CODE_LENGTH)))


def _replacement(text: str, secret: bytes) -> str:
    """Return the code for the identifier in a cell; a cell without one, or with a code already, stays."""
    known = to_identifier(text)
    return _code(known, secret) if isinstance(known, str) and not _CODE.fullmatch(known) else text


def _replaced(made: Mapping[str, int], heading: str) -> list[Problem]:
    """Say how many codes were made, and how many of them for several spellings."""
    if not made:
        return []
    found = f"{count(len(made), 'identifier', 'identifiers')}, replaced by codes"
    notes = [Problem(None, heading, found, "codes, as chosen", KEPT, NOTE)]
    several = sum(spellings > 1 for spellings in made.values())
    if several:
        found = f"{count(several, 'identifier', 'identifiers')} in several spellings"
        notes.append(Problem(None, heading, found, "one spelling each: they have one code now", KEPT, NOTE))
    return notes
