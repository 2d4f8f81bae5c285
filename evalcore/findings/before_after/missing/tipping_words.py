"""The words of the tipping point: what the mean change of everyone would be, and where it turns."""

from __future__ import annotations

from evalcore.findings.basis import Basis
from evalcore.outcomes.tipping import LEAST_PAIRS_FOR_INTERVAL, Range, Tipping
from evalcore.wording import interval, number

_FEW = 30
"""Below this many pairs an interval that covers zero is called too little to tell."""


def title_of(basis: Basis, found: Tipping, *, outside: bool) -> str:
    """What the data show; outside without anything that the scores of those who left decide."""
    name, n = basis.measure.short_name, found.n
    point = found.tipping_point
    if n == 0:
        return f"{name}: nobody among the {basis.who} has a score before"
    if found.n_pairs == 0:
        return f"{name}, {basis.who}: no matched pair, so an assumption would be the whole answer"
    if point is None:
        return f"{name}: everyone with a score before has one after, so nothing has to be assumed"
    if point == 0:
        matched = (
            "the one who stayed did not change" if found.n_pairs == 1 else "the mean change of the matched is zero"
        )
        return f"{name}: {matched}, so that of all {n:,} is decided by {_those_who_left(found)}"
    move, side = ("fallen", "lower") if point < 0 else ("risen", "higher")
    if not _possible(basis, found, outside=outside):
        end, stays = ("lowest", "above") if point < 0 else ("highest", "below")
        return (
            f"{name}: even if {_those_who_left(found)} had {move} to the {end} possible score, the mean change of all"
            f" {n:,} would be {stays} zero"
        )
    size = number(abs(point), _decimals(basis, found, outside))
    far = "even slightly" if float(size) == 0 else f"by about {size} {basis.measure.unit} or more"
    average = " on average" if found.n_left > 1 else ""
    return (
        f"If {_those_who_left(found)} had {move} {far}{average}, the mean change in {name} of all {n:,} would be"
        f" zero or {side}"
    )


def words_of(basis: Basis, found: Tipping, *, outside: bool) -> str:
    """The sentence that stands in for the chart."""
    name, who, unit, decimals = (
        basis.measure.short_name,
        basis.who,
        basis.measure.unit,
        _decimals(basis, found, outside),
    )
    if found.n_pairs == 0 or found.n_left == 0:
        return _nothing_to_assume(basis, found)
    matched = "was matched (change" if found.n_pairs == 1 else "were matched (mean change"
    parts = [
        f"Of the {found.n:,} {who} with a {name} score before, {found.n_pairs:,} {matched}"
        f" {number(found.matched_change, decimals, signed=True)} {unit}) and {found.n_left:,} left.",
        _under_assumption(basis, found, decimals),
    ]
    if found.tipping_point is not None and _possible(basis, found, outside=outside):
        parts.append(f"It would be zero at {number(found.tipping_point, decimals, signed=True)}.")
    parts += _turning(basis, found, decimals, outside=outside)
    if not outside:
        parts.append(_bounds(found, decimals))
        parts.append(_no_room(basis, found, decimals))
    return " ".join(part for part in parts if part)


def possible_changes(basis: Basis, found: Tipping, *, outside: bool) -> Range:
    """The mean changes that those who left can have had; outside those of anybody on this scale."""
    if not outside and found.lowest_assumed is not None and found.highest_assumed is not None:
        return found.lowest_assumed, found.highest_assumed
    scale = basis.measure.high - basis.measure.low
    return -scale, scale


def _possible(basis: Basis, found: Tipping, *, outside: bool) -> bool:
    low, high = possible_changes(basis, found, outside=outside)
    return found.tipping_point is not None and low <= found.tipping_point <= high


def _decimals(basis: Basis, found: Tipping, outside: bool) -> int:
    return basis.outside_decimals(found.n_pairs) if outside else basis.decimals


def _those_who_left(found: Tipping) -> str:
    return "the one person who left" if found.n_left == 1 else f"the {found.n_left:,} who left"


def _nothing_to_assume(basis: Basis, found: Tipping) -> str:
    name, who = basis.measure.short_name, basis.who
    if found.n == 0:
        return f"Nobody among the {who} has a {name} score before, so nothing can be said about leaving."
    if found.n_pairs == 0:
        return f"None of the {found.n:,} {who} with a {name} score before has one after. No change was seen in anybody."
    return f"All {found.n:,} {who} with a {name} score before also have one after: the matched change is everyone's."


def _under_assumption(basis: Basis, found: Tipping, decimals: int) -> str:
    unit = basis.measure.unit
    assumed = f"{number(found.assumed_change, decimals, signed=True)} {unit}"
    average = " on average" if found.n_left > 1 else ""
    said = (
        f"If {_those_who_left(found)} had changed by {assumed}{average}, the mean change of all {found.n:,} would be"
        f" {number(found.estimate, decimals, signed=True)} {unit}"
    )
    if found.ci_low is None or found.ci_high is None:
        few = found.n_pairs < LEAST_PAIRS_FOR_INTERVAL
        why = f"below {LEAST_PAIRS_FOR_INTERVAL} matched people" if few else "where all matched changes are equal"
        return f"{said} (no interval {why})."
    limits = interval(found.ci_low, found.ci_high, decimals)
    said = f"{said} (95 % interval by multiple imputation {limits})"
    if found.ci_low > 0 or found.ci_high < 0:
        return f"{said}."
    covers = (
        ": too few to tell a rise from a fall" if found.n_pairs < _FEW else ", which covers a fall as well as a rise"
    )
    return f"{said}{covers}."


def _turning(basis: Basis, found: Tipping, decimals: int, *, outside: bool) -> list[str]:
    """For which assumptions the interval lies on one side of zero, as far as they are possible."""
    if found.ci_low is None:
        return []
    possible = possible_changes(basis, found, outside=outside)
    sides = (("above", inside(found.above_zero, possible)), ("below", inside(found.below_zero, possible)))
    told = [_side(side, reach, possible, decimals) for side, reach in sides if reach is not None]
    return told or ["Whatever is assumed within the scale, the interval covers zero."]


def _side(side: str, reach: Range, possible: Range, decimals: int) -> str:
    low, high = reach
    ends = [number(end, decimals, signed=True) for end in reach]
    if reach == possible:
        return f"Whatever is assumed within the scale, the interval lies {side} zero."
    if high == possible[1]:
        where = f"more than {ends[0]}"
    elif low == possible[0]:
        where = f"less than {ends[1]}"
    else:
        where = f"between {ends[0]} and {ends[1]}"
    return f"The interval lies {side} zero where the assumed change is {where}."


def inside(reach: Range | None, possible: Range) -> Range | None:
    """The part of a stretch of assumptions that is possible; None where there is none."""
    if reach is None:
        return None
    low, high = max(reach[0], possible[0]), min(reach[1], possible[1])
    return (low, high) if low < high else None


def _no_room(basis: Basis, found: Tipping, decimals: int) -> str:
    """Where more is assumed than the scale has room for, from where those who left began."""
    low, high = possible_changes(basis, found, outside=False)
    if low <= found.assumed_change <= high:
        return ""
    ends = " to ".join(number(end, decimals, signed=True) for end in (low, high))
    return f"The scale has no room for what is assumed here: only for {ends}."


def _bounds(found: Tipping, decimals: int) -> str:
    low, high = (number(end, decimals, signed=True) for end in (found.lowest_estimate, found.highest_estimate))
    fell, rose = "all of them had fallen", "all had risen"
    if found.n_left == 1:
        fell, rose = "that person had fallen", "that person had risen"
    return f"At the bounds: {low} if {fell} to the lowest possible score, {high} if {rose} to the highest."
