"""Texts to days: every way in which tools and people write a date, and which of day and month a column puts first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from evalcore.intake.cells.no_answer import plain

# Years outside these are slips of the keyboard.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_MONTHS = {name: month for month, name in enumerate((*_FULL, "december"), start=1)}
_MONTHS.update({name[:3]: month for name, month in _MONTHS.items()}, sept=9)
_NAME = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_ZONE = r"(?: ?\(?(?:z|[a-z]{2,5}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}(?::?\d{2})?)\)?)?"
_TIME = (
    r"(?:,? ?[t ] ?(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d|60)(?:[.,]\d+)?)?"
    rf"(?: ?(?P<half>[ap])\.?m\.?)?{_ZONE})?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})(?P<by>[-/.])(?P<month>\d{{1,2}})(?P=by)(?P<day>\d{{1,2}}){_TIME}")
_COMPACT = re.compile(rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_TIME}")
_DAY_NAME = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_ORDINAL}[ /.-]?{_NAME},?[ /.-]?(?P<year>\d{{4}}|\d\d){_TIME}")
_NAME_DAY = re.compile(rf"{_WEEKDAY}{_NAME}[ -](?P<day>\d{{1,2}}){_ORDINAL},? ?-?(?P<year>\d{{4}}){_TIME}")
_NUMERIC = re.compile(rf"{_WEEKDAY}(?P<a>\d{{1,2}})(?P<by>[/.-])(?P<b>\d{{1,2}})(?P=by)(?P<year>\d{{4}}|\d\d){_TIME}")
# Day numbers of a spreadsheet from 1954 to 2099; shorter ones may as well be a year or an age.
_SERIAL = re.compile(r"(?P<serial>[2-7]\d{4})(?:[.,]\d+)?")
_LAST_SERIAL = 73_050
_EPOCH = datetime.datetime(1899, 12, 30)
NOT_DATED = datetime.datetime(1980, 1, 1)
"""What LimeSurvey writes as the time of an answer that it was told not to date; see `not_dated`."""


@dataclass(frozen=True)
class DateOrder:
    """Whether a column puts the month first, and what a person should know about it: (found, expected) each."""

    month_first: bool = False
    notes: tuple[tuple[str, str], ...] = ()


def read_date(text: str, *, month_first: bool = False) -> datetime.datetime | None:
    """Return the day that a text names, as written there (no time zone is converted); None if it names none.

    >>> read_date("4/2/2026") == read_date("2026-02-04T14:05:40.000+00:00") == read_date("Wed 4th Feb 26")
    True
    >>> read_date("4/2/2026", month_first=True) == read_date("2 April 2026, 2:05 PM GMT")
    True
    >>> read_date("31/02/2026"), read_date("2026")
    (None, None)
    """
    found = plain(text).casefold()
    if not found.isascii():
        return None
    if match := _YEAR_FIRST.fullmatch(found) or _COMPACT.fullmatch(found):
        return _day(match["year"], int(match["month"]), int(match["day"]))
    if match := _NUMERIC.fullmatch(found):
        a, b = int(match["a"]), int(match["b"])
        return _day(match["year"], a, b) if month_first else _day(match["year"], b, a)
    if match := _DAY_NAME.fullmatch(found) or _NAME_DAY.fullmatch(found):
        return _day(match["year"], _MONTHS[match["name"]], int(match["day"]))
    serial = _serial(found)
    return None if serial is None else _EPOCH + datetime.timedelta(days=serial)


def not_dated(text: str) -> bool:
    """True for the moment that LimeSurvey writes when answers are not date-stamped: midnight, 1 January 1980.

    >>> not_dated("1980-01-01 00:00:00"), not_dated("1980-01-01")
    (True, False)
    """
    return re.search(r"[tT ]0?0:00(?::00(?:[.,]0+)?)?$", plain(text)) is not None and read_date(text) == NOT_DATED


def settle_order(texts: Iterable[str]) -> DateOrder:
    """Say whether the dates of a column put the month first: only where they can not be read otherwise.

    With dates that can only be the one and dates that can only be the other, the more frequent way is taken, and the
    rest can not be read. Where every date can be both, the day comes first.

    >>> settle_order(["10/27/2021", "10/04/2021"]).month_first, settle_order(["10/04/2021"]).month_first
    (True, False)
    """
    day_only, month_only, either, serial = "", "", "", ""
    balance, clock = 0, False
    for text in texts:
        found = plain(text).casefold()
        if match := _NUMERIC.fullmatch(found):
            a, b, year = int(match["a"]), int(match["b"]), match["year"]
            day, month = _day(year, b, a) is not None, _day(year, a, b) is not None
            balance += month - day
            if day and month:
                either = either or plain(text)
                clock = clock or match["half"] is not None
            elif day:
                day_only = day_only or plain(text)
            elif month:
                month_only = month_only or plain(text)
        elif not serial and _serial(found) is not None:
            serial = found
    notes = [_about_serials(serial)] if serial else []
    month_first = balance > 0
    if month_only and day_only:
        notes.append(_about_both(day_only, month_only, month_first))
    elif month_only:
        found = f"dates with the month first, such as {month_only}"
        notes.append((found, "dates with the day first; all of this column were read with the month first"))
    elif either and clock and not day_only:
        found = f"dates with AM or PM that may have the month first, such as {either}"
        notes.append((found, "a date that shows the order; all of this column were read with the day first"))
    return DateOrder(month_first, tuple(notes))


def _about_serials(serial: str) -> tuple[str, str]:
    return f"bare numbers such as {serial}", "dates; the numbers were read as a spreadsheet's count of days from 1900"


def _about_both(day: str, month: str, month_first: bool) -> tuple[str, str]:
    found = f"dates with the day first, such as {day}, and with the month first, such as {month}"
    order = "month" if month_first else "day"
    return found, f"one order; this column was read with the {order} first, in which more of its dates can be read"


def _serial(found: str) -> int | None:
    match = _SERIAL.fullmatch(found)
    return int(match["serial"]) if match and int(match["serial"]) <= _LAST_SERIAL else None


def _day(year: str, month: int, day: int) -> datetime.datetime | None:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return None
    try:
        return datetime.datetime(full, month, day)
    except ValueError:
        return None
