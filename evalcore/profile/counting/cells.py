"""A cell of a row as SQL: the text that the ordinary intake is then asked about, and the identifier as it cleans it.

Texts that differ only in what is never counted are made one: the time of day of a date, and decimals beyond the second.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from evalcore.intake.native import CASELOAD, DATE, NUMBER, Field, fields
from evalcore.intake.people.identifiers import MISSING_MARKS

_FIELDS = {native.name: native for native in fields(CASELOAD)}
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?"
_DATED = rf"([0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}})[ T]{_TIME}"
_DECIMALS = r"[0-9]{1,3}\.[0-9]{3,}"
_UNSEEN = r"[\x{feff}\x{200b}\x{200c}\x{200d}]+"
_BLANKS = r"[\t\n\v\f\r \x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
_ZONED = "TIMESTAMP WITH TIME ZONE"


def native_field(name: str) -> Field:
    """The native column of a name; what is only made from a column (a date of birth, an item) has no limits."""
    return _FIELDS.get(name, Field(name, DATE if name.endswith("_on") or name.startswith("date_") else "item"))


def text_of(column: str, kind: str) -> str:
    """A value of a Parquet file as it would stand in a CSV file; a time in a zone is not read."""
    if kind == "VARCHAR" or kind.startswith("ENUM"):
        return f"{column}::VARCHAR" if kind != "VARCHAR" else column
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"{column} = floor({column}) AND abs({column}) < 1e15"
        written = f"CASE WHEN {whole} THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"
        return f"CASE WHEN NOT isnan({column}) THEN {written} END"
    if kind == "BOOLEAN":
        return f"upper({column}::VARCHAR)"
    return "NULL::VARCHAR" if kind == _ZONED else f"{column}::VARCHAR"


def is_read(kind: str) -> bool:
    """Whether values of this type of a Parquet file can be read."""
    return kind != _ZONED


def shortened(column: str, name: str) -> str:
    """The text without what is never counted: hundredths are kept, and no score is rounded up to a whole one."""
    kind = native_field(name).kind
    if kind == DATE:
        # Midnight on 1 January 1980 is how one tool writes that there is no date.
        matches = f"length({column}) > 10 AND regexp_full_match({column}, '{_DATED}') AND left({column}, 4) <> '1980'"
        return f"CASE WHEN {matches} THEN regexp_extract({column}, '^[^ T]+') ELSE {column} END"
    if kind == NUMBER:
        number = f"{column}::DOUBLE"
        small = f"least(round({number}, 4), floor(100 * {number}) / 100 + 0.0099)"
        large = f"least(round({number}, 2), floor({number}) + 0.99)"
        cut = f"CASE WHEN {number} <= 1 THEN {small} ELSE {large} END::VARCHAR"
        matches = f"length({column}) > 4 AND regexp_full_match({column}, '{_DECIMALS}')"
        return f"CASE WHEN {matches} THEN {cut} ELSE {column} END"
    return column


def may_be_shortened(name: str) -> bool:
    """Whether the texts of a column may have more in them than is counted."""
    return native_field(name).kind in (DATE, NUMBER)


def is_plain(column: str) -> str:
    """Whether a cell is an identifier as it stands: letters and digits, the usual form."""
    return f"regexp_full_match({column}, '[A-Za-z]*[0-9][0-9A-Za-z]*')"


def cleaned_identifier(column: str) -> str:
    """The identifier in a cell as `clean_identifier` gives it; missing where there is none."""
    tidied = f"trim(regexp_replace(regexp_replace({column}, '{_UNSEEN}', '', 'g'), '{_BLANKS}', ' ', 'g'))"
    marks = listed(sorted(MISSING_MARKS))
    return (
        f"CASE WHEN {column} IS NULL OR lower({tidied}) IN ({marks}) THEN NULL "
        f"WHEN regexp_full_match({tidied}, '[0-9]+\\.0+') THEN split_part({tidied}, '.', 1) ELSE {tidied} END"
    )


def bare_identifier(identifier: str, plain: str) -> str:
    """What `bare_name` gives, as SQL."""
    bare = f"lower(regexp_replace({identifier}, '[^0-9A-Za-z]', '', 'g'))"
    return f"CASE WHEN {plain} THEN lower({identifier}) WHEN {bare} = '' THEN lower({identifier}) ELSE {bare} END"


def may_be_words(identifier: str) -> str:
    """Whether an identifier may be words for "no answer", as SQL: it has no digit."""
    return f"(length({identifier}) <= 24 AND NOT regexp_matches({identifier}, '[0-9]'))"


def bare_name(identifier: str) -> str:
    """Letters and digits alone, if it has any: what two spellings of one identifier have in common.

    >>> bare_name("AB-12 c")
    'ab12c'
    """
    return re.sub("[^0-9A-Za-z]", "", identifier).lower() or identifier.lower()


def listed(texts: Iterable[str]) -> str:
    """Texts of this program as literals of a statement.

    >>> listed(["n/a", "it's"])
    "'n/a', 'it''s'"
    """
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def mostly_without_digits(identifiers: Collection[str]) -> bool:
    """Whether identifiers without a digit are the rule in a file.

    >>> mostly_without_digits(["ann", "ben"]), mostly_without_digits(["A1", "A2", "ben"])
    (True, False)
    """
    without = sum(not any(sign.isdigit() for sign in one) for one in identifiers)
    return 10 * without > 4 * len(identifiers)
