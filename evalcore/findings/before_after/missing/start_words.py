"""The words about those who stayed and those who left at the start."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.findings.basis import Basis
from evalcore.findings.before_after.missing.start_rows import StartRow
from evalcore.wording import interval, joined, number

_MOST_NAMED = 8
"""Groups that are named as too small; of more only the number is given."""


def title_and_sentence(basis: Basis, rows: Sequence[StartRow], *, outside: bool) -> tuple[str, str]:
    """What the rows show; outside the figures of everyone alone, those of the groups stand in the table."""
    everyone, groups = rows[0], rows[1:]
    nobody = _nobody_to_compare(basis, everyone)
    if nobody:
        return nobody
    sentence = f"Before, those who stayed{_apart(basis, everyone, outside=outside)}."
    if outside:
        title = (
            f"{basis.measure.short_name} before: those who stayed{_apart(basis, everyone, outside=True, short=True)}"
        )
        told = " Group by group it stands in the table, as far as it may be shown." if groups else ""
        return title, sentence + told
    drawn = sorted((row for row in groups if row.drawn), key=lambda row: (row.difference, row.name))
    title = _title(basis, everyone, drawn)
    parts = [sentence, _range(basis, drawn), _left_out([row for row in groups if not row.drawn])]
    return title, " ".join(part for part in parts if part)


def _nobody_to_compare(basis: Basis, everyone: StartRow) -> tuple[str, str] | None:
    name, who, (stayed, left) = basis.measure.short_name, basis.who, everyone.sizes
    if not stayed + left:
        return (
            f"{name}: nobody among the {who} has a score before",
            f"Nobody among the {who} has a {name} score before.",
        )
    if not left:
        title = f"{name}: nobody left, so there is no difference at the start"
        return title, f"All {stayed:,} {who} with a {name} score before also have one after."
    if not stayed:
        title = f"{name}: nobody stayed, so there is no difference at the start"
        return title, f"None of the {left:,} {who} with a {name} score before has one after."
    return None


def _title(basis: Basis, everyone: StartRow, drawn: Sequence[StartRow]) -> str:
    name = basis.measure.short_name
    if len(drawn) < 2:
        return f"{name} before: those who stayed{_apart(basis, everyone, outside=False, short=True)}"
    return f"{name} before, stayed minus left: {_from_to(basis, drawn)}"


def _from_to(basis: Basis, drawn: Sequence[StartRow]) -> str:
    ends = [f"{number(row.difference, basis.decimals, signed=True)} ({row.name})" for row in (drawn[0], drawn[-1])]
    return f"from {ends[0]} to {ends[1]} {basis.measure.unit}"


def _range(basis: Basis, drawn: Sequence[StartRow]) -> str:
    if not drawn:
        return ""
    if len(drawn) == 1:
        stayed, left = drawn[0].sizes
        difference = number(drawn[0].difference, basis.decimals, signed=True)
        return f"Stayed minus left it is {difference} for {drawn[0].name} ({stayed:,} stayed, {left:,} left)."
    return f"In the {len(drawn):,} groups drawn it runs {_from_to(basis, drawn)}, stayed minus left."


def _left_out(rows: Sequence[StartRow]) -> str:
    """Name the groups that are not drawn, each with its numbers."""
    if not rows:
        return ""
    few = [row for row in rows if min(row.sizes) < 2]
    alike = [row for row in rows if min(row.sizes) >= 2]
    parts = []
    for those, why in ((few, "fewer than two people stayed or left"), (alike, "all scores are equal")):
        if len(those) > _MOST_NAMED:
            parts.append(f"Not drawn, because {why}: {len(those):,} groups, named in the table.")
        elif those:
            named = joined([f"{row.name} ({row.sizes[0]:,} stayed, {row.sizes[1]:,} left)" for row in those])
            parts.append(f"Not drawn, because {why}: {named}.")
    return " ".join(parts)


def _apart(basis: Basis, row: StartRow, *, outside: bool, short: bool = False) -> str:
    """How far those who stayed began from those who left: " scored 2.1 points lower than those who left"."""
    stayed, left = row.sizes
    decimals = basis.outside_decimals(min(stayed, left)) if outside else basis.decimals
    size = number(abs(row.difference), decimals)
    higher = "higher" if row.difference > 0 else "lower"
    apart = f"{size} {basis.measure.unit} {higher} than" if float(size) else "the same, to the last digit shown, as"
    if short:
        return f" scored {apart} those who left"
    low, high = row.numbers["ci_low"], row.numbers["ci_high"]
    known = f"; stayed minus left, 95 % interval {interval(low, high, decimals)}" if row.drawn else "; no interval"
    return f" (n = {stayed:,}) scored on average {apart} those who left (n = {left:,}{known})"
