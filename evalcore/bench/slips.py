"""Kinds of slip by which one identifier becomes another, and which pairs of identifiers differ by one of them.

One character in place of another is no slip here: A01 and A02 are neighbours, and most studies are full of them. The
exceptions are signs that look alike (O and 0; l, I and 1) and the domain of an e-mail address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from evalcore.intake.people.spelling import fold


class Slip(NamedTuple):
    """One kind of slip: its name, and the sentence that explains it."""

    name: str
    label: str


SPELLING = Slip("case or punctuation", "The same but for capitals, blanks or punctuation; both stand side by side.")
LEADING_ZERO = Slip("leading zero", "The same but for zeros in front of a number.")
LETTER_O = Slip("O for 0", "The letter O in place of the figure 0, or the other way round.")
LETTER_L = Slip("l or I for 1", "The letter l or I in place of the figure 1, or the other way round.")
SWAPPED = Slip("two neighbours swapped", "Two characters next to each other have changed places.")
DOUBLED = Slip("doubled character", "A character was typed twice.")
DROPPED = Slip("dropped character", "One character is missing.")
DAY_MONTH = Slip("day and month swapped", "The day and the month of a date have changed places.")
DOMAIN = Slip("e-mail domain", "An e-mail address with one letter wrong after the @.")
SLIPS = (SPELLING, LEADING_ZERO, LETTER_O, LETTER_L, SWAPPED, DOUBLED, DROPPED, DAY_MONTH, DOMAIN)
"""All kinds, the most telling first."""

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_RUN = re.compile(r"\d+")
_DATE_IN_PARTS = re.compile(
    r"(?<!\d)(\d{1,2})-(\d{1,2})(?=-(?:\d{4}|\d{2})(?!\d))"  # 4/3/1990
    r"|(?<=\d{4}-)(\d{1,2})-(\d{1,2})(?!\d)"  # 1990-3-4
    r"|(?<![\d-])(\d{2})-(\d{2})(?![\d-])"  # 04/03
)
# One character of two says nothing: 1 would be a slip of each of 10 to 19.
_SHORTEST = 2


def find_slips(some: Collection[str], others: Collection[str]) -> dict[tuple[str, str], Slip]:
    """Return the pairs of one identifier from each side that differ by a slip, each with the most telling one.

    Pairs are found by looking up what each identifier could have become, so that time grows with their number and not
    with its square. The same identifier on both sides is no slip.

    >>> [slip.name for slip in find_slips(["AO1", "0403", "A01"], ["A01", "0304", "A02"]).values()]
    ['O for 0', 'day and month swapped']
    """
    found: dict[tuple[str, str], Slip] = {}
    for slip, pairs in _pairs(some, others):
        for one, other in pairs:
            if one != other and (one, other) not in found:
                found[(one, other)] = slip
    return found


def _pairs(some: Collection[str], others: Collection[str]) -> Iterator[tuple[Slip, Iterable[tuple[str, str]]]]:
    yield SPELLING, _same(some, others, fold)
    yield LEADING_ZERO, _same(some, others, lambda text: _ZEROS.sub("", fold(text)))
    yield LETTER_O, _same(some, others, lambda text: fold(fold(text).replace("o", "0")))
    yield LETTER_L, _same(some, others, lambda text: fold(fold(text).replace("l", "1").replace("i", "1")))
    # An address that differs after the @ alone is a slip in the domain, whatever the letter.
    in_domain = list(_domains(some, others))
    yield DOMAIN, in_domain
    yield SWAPPED, _becomes(some, others, _swaps)
    for slip, variants in ((DOUBLED, _without_a_double), (DROPPED, _without_one)):
        yield slip, _becomes(some, others, variants)
        yield slip, ((one, other) for other, one in _becomes(others, some, variants))
    yield DAY_MONTH, _becomes(some, others, _dates_swapped)


def _same(some: Iterable[str], others: Iterable[str], form: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Pairs of the same form."""
    return _becomes(some, others, lambda text: (form(text),), form)


def _becomes(
    some: Iterable[str],
    others: Iterable[str],
    variants: Callable[[str], Iterable[str]],
    form: Callable[[str], str] = fold,
) -> Iterator[tuple[str, str]]:
    """Pairs in which the first can have become the second."""
    by_form: dict[str, list[str]] = {}
    for other in others:
        by_form.setdefault(form(other), []).append(other)
    for one in some:
        for variant in dict.fromkeys(variants(one)):
            for other in by_form.get(variant, ()):
                yield one, other


def _swaps(text: str) -> Iterator[str]:
    form = fold(text)
    for i in range(len(form) - 1):
        if form[i] != form[i + 1]:
            yield form[:i] + form[i + 1] + form[i] + form[i + 2 :]


def _without_a_double(text: str) -> Iterator[str]:
    form = fold(text)
    if len(form) > _SHORTEST:
        yield from (form[:i] + form[i + 1 :] for i in range(len(form) - 1) if form[i] == form[i + 1])


def _without_one(text: str) -> Iterator[str]:
    form = fold(text)
    if len(form) > _SHORTEST:
        yield from (form[:i] + form[i + 1 :] for i in range(len(form)))


def _dates_swapped(text: str) -> Iterator[str]:
    """The identifier with day and month of any date in it swapped: 0403, 040390, 04031990, 19900403, 4/3/1990."""
    form = fold(text)
    for run in _RUN.finditer(form):
        digits, start = run.group(), run.start()
        first = 4 if len(digits) == 8 and digits[:2] in ("19", "20") else 0
        if len(digits) in (4, 6, 8):
            one, other = digits[first : first + 2], digits[first + 2 : first + 4]
            if _both_could_be_months(one, other):
                at = start + first
                yield form[:at] + other + one + form[at + 4 :]
    for date in _DATE_IN_PARTS.finditer(form):
        one, other = (part for part in date.groups() if part is not None)
        if _both_could_be_months(one, other):
            yield f"{form[: date.start()]}{other}-{one}{form[date.end() :]}"


def _both_could_be_months(one: str, other: str) -> bool:
    return int(one) != int(other) and 1 <= int(one) <= 12 and 1 <= int(other) <= 12


def _domains(some: Collection[str], others: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of e-mail addresses that differ by one letter, or two swapped ones, after the @."""
    people: dict[str, list[tuple[str, str]]] = {}
    for other in others:
        name, at, domain = fold(other).partition("@")
        if at:
            people.setdefault(name, []).append((domain, other))
    pairs = []
    for one in some if people else ():
        name, at, domain = fold(one).partition("@")
        pairs += [(one, other, domain, theirs) for theirs, other in people.get(name, ()) if at and theirs != domain]
    if pairs:
        from rapidfuzz.distance import OSA

        yield from (
            (one, other) for one, other, mine, theirs in pairs if OSA.distance(mine, theirs, score_cutoff=1) < 2
        )
