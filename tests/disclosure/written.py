"""The numbers that stand in the words and on the charts of released findings, and those that their tables give."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from evalcore.disclosure import HIDDEN
from evalcore.findings import Finding
from evalcore.findings.finding import FIELDWORK

_NUMBER = re.compile(r"(?<![\w.])[+−-]?\d[\d,]*(?:\.\d+)?(?![\w])")
_DECIMALS = (0, 1, 2, 3)


def numbers_in(text: str) -> Iterator[float]:
    """Each number of a text, without its sign."""
    for found in _NUMBER.findall(text):
        yield abs(float(found.replace(",", "").replace("−", "-").rstrip(".")))


def words_of(finding: Finding) -> dict[str, str]:
    """All words that leave but for the table: sentences, what is written on the chart, and names on its axes."""
    found = {
        "title": finding.title,
        "sentence": finding.sentence,
        "caution": finding.caution,
        "reasons": " ".join(finding.reasons),
        "notes": " ".join(finding.notes),
    }
    if finding.chart is None:
        return found
    found |= {"chart n": finding.chart.n, "how to read": finding.chart.how_to_read}
    for place, panel in enumerate(finding.chart.panels):
        ticks = [text for axis in (panel.x, panel.y) for _, text in axis.ticks]
        found[f"ticks {place}"] = " ".join(ticks)
        for number, mark in enumerate(panel.marks):
            texts = [getattr(mark, name, "") for name in ("label", "text", "inside")]
            texts += [line for line in getattr(mark, "lines", ()) if line != HIDDEN]
            found[f"mark {place}.{number}"] = " ".join(texts)
    return found


def drawn(finding: Finding) -> Iterator[float]:
    """The values at which marks about people stand; a place in a row is none."""
    for panel in finding.chart.panels if finding.chart else ():
        for mark in panel.marks:
            if type(mark).__name__ == "Interval":
                yield from (mark.low, mark.high)
            elif type(mark).__name__ == "Bar":
                yield mark.end - mark.start


def tabled(finding: Finding) -> set[float]:
    """Every number that the table gives, as it is and rounded further."""
    numbers = [
        abs(float(value))
        for column in finding.columns
        for value in finding.table[column.name].tolist()
        if not isinstance(value, str) and not pd.isna(value)
    ]
    if finding.trail is not None:
        steps = finding.trail.steps
        numbers += [
            float(value)
            for name in ("n", "set_aside")
            for value in steps[name].tolist()
            if not isinstance(value, str) and not pd.isna(value)
        ]
    return rounded_too(numbers)


def rounded_too(numbers: Iterable[float]) -> set[float]:
    """Each number and what it is when it is rounded to fewer decimals."""
    return {round(number, decimals) for number in numbers for decimals in _DECIMALS}


def open_counts(before: Finding) -> set[float]:
    """Counts of fieldwork of whole roles, which anybody may know, and how far two of them are apart."""
    sizes = {group.n for group in before.groups.values() if group.measure == FIELDWORK and not before.by_site}
    return {float(abs(one - other)) for one in (*sizes, 0) for other in sizes}


def fields_of(finding: Finding) -> set[str]:
    """The names of a finding's attributes; a new one has to be looked at here."""
    return {field.name for field in dataclasses.fields(finding)}
