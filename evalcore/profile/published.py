"""The caseload as published figures: reading its rows, and what a reader must know of each."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import pandas as pd

from evalcore.profile.caseload import MEASURE, as_text, checked_numbers, key_of
from evalcore.profile.means import PublishedMean
from evalcore.rules.source import NOT_FOUND, UNVERIFIED

CATEGORY = "category"
ORIGIN = ("date", "population", "layer")
"""What must be alike in two published figures that stand side by side."""
_FIGURES = ("count", "total", "mean", "sd", "n")
_PEOPLE = ("count", "total", "n")
_WORDS = re.compile(r"[\W_]+")
_FILLERS = frozenset({"mean", "average", "score"})
# A category that says no more than that the figure is of everybody.
EVERYBODY = frozenset({"", "all", "everyone", "everybody", "total", "mean"})
# A percentage published without decimals is off by up to half a point from the share that it was rounded from.
_ROUNDING = 0.0051
_PER_CENT = 100


@dataclass(frozen=True)
class CaseloadShare:
    """A share of the caseload, counted or as published; None is what is not known.

    Attributes
    ----------
    share : float or None
        0 to 1.
    count, n : int or None
        People who have it, of the people of whom it is known.
    notes : tuple of str
        What a reader must know of the figure, or why it can not be used.
    origin : tuple of str
        Date, population and layer of a published figure as stated, to be held against those of others.
    """

    share: float | None = None
    count: int | None = None
    n: int | None = None
    notes: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()


def share_of(row: pd.Series, *, is_everybody: bool) -> CaseloadShare:
    """Read a row that gives a share: count of total or of n, or the mean (a share, or a percentage where above 1).

    `is_everybody` is that of `row_notes`.

    >>> share_of(pd.Series({"mean": 24.0, "n": 300.0}), is_everybody=True).count
    72
    """
    notes = row_notes(row, is_everybody=is_everybody)
    origin = tuple(text_of(row, name) for name in ORIGIN)
    total, count, mean = known(row, "total"), known(row, "count"), known(row, "mean")
    n = total if total is not None else known(row, "n")
    if count is not None and n is not None:
        if n == 0 or count > n:
            note = "Its count does not fit its number of people, so it is not used. Correct it in the file."
            return CaseloadShare(notes=(*notes, note), origin=origin)
        return CaseloadShare(count / n, int(count), int(n), notes, origin)
    if mean is None or mean > _PER_CENT:
        note = "It gives neither a count with its number of people nor a share, so it is not used."
        return CaseloadShare(notes=(*notes, note), origin=origin)
    return _from_mean(mean / _PER_CENT if mean > 1 else mean, n, notes, origin)


def _from_mean(share: float, n: float | None, notes: tuple[str, ...], origin: tuple[str, ...]) -> CaseloadShare:
    """A share without its count: the count follows from the number of people, where there is one."""
    if not n:
        note = "The number of people is not published: no interval and no p value."
        return CaseloadShare(share, None, None, (*notes, note), origin)
    count = math.floor(share * n + 0.5)
    if abs(count / n - share) > _ROUNDING:
        note = "The published share does not fit the published number of people: no interval and no p value."
        return CaseloadShare(share, None, int(n), (*notes, note), origin)
    if not math.isclose(count, share * n):
        notes = (*notes, "The caseload's count was worked out from its rounded share.")
    return CaseloadShare(share, count, int(n), notes, origin)


def published_means(published: pd.DataFrame, measure: str) -> list[pd.Series]:
    """The rows of published figures that give a mean of a measure whose name begins with `measure`.

    TableError where one of their figures is text or negative.

    >>> table = pd.DataFrame({"measure": ["Mean OGRS 3", "age"], "mean": [48.2, 33.0]})
    >>> [known(row, "mean") for row in published_means(table, "ogrs")]
    [48.2]
    """
    rows = with_names(published)
    rows = with_figures(rows[[measure_key(name).startswith(measure) for name in rows[MEASURE]]])
    every = (rows.iloc[position] for position in range(len(rows)))
    return [row for row in every if known(row, "mean") is not None]


def mean_of(row: pd.Series) -> PublishedMean:
    """Read a row that gives a mean; `total` stands in where `n` is not given.

    >>> mean_of(pd.Series({"mean": 48.2, "sd": None, "total": 9000.0}))
    PublishedMean(mean=48.2, sd=None, n=9000)
    """
    people = known(row, "n") or known(row, "total")
    return PublishedMean(float(row["mean"]), sd=known(row, "sd"), n=int(people) if people else None)


def with_names(published: pd.DataFrame) -> pd.DataFrame:
    """Give the table with `measure` and `category` as tidy texts, empty where nothing is stated.

    >>> with_names(pd.DataFrame({"measure": [" OGRS  3", None]}))[["measure", "category"]].to_numpy().tolist()
    [['OGRS 3', ''], ['', '']]
    """
    texts = {
        name: ["" if pd.isna(text) else as_text(text) for text in published[name]] if name in published else ""
        for name in (MEASURE, CATEGORY)
    }
    return published.assign(**texts)


def with_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows with their figures as numbers; TableError where one is text or negative.

    >>> with_figures(pd.DataFrame({"mean": [48, None]}))["mean"].tolist()
    [48.0, nan]
    """
    read = {name: checked_numbers(rows[name], name, whole=name in _PEOPLE) for name in _FIGURES if name in rows}
    return rows.assign(**read)


def measure_key(measure: str) -> str:
    """Reduce the name of a measure to its letters and digits, without words such as "mean".

    >>> measure_key("Mean OGRS 3 score")
    'ogrs3'
    """
    return key_of("".join(word for word in _WORDS.split(measure.casefold()) if word not in _FILLERS))


def row_notes(row: pd.Series, *, is_everybody: bool | None = None) -> tuple[str, ...]:
    """What a reader must know of a published figure: where it comes from, of whom it is, and whether it was checked.

    `is_everybody` says whether its category names nobody in particular, where the category itself does not tell.

    >>> row_notes(pd.Series({"source": "MoJ", "date": "31 Oct 2024", "layer": "3", "standing": "unverified"}))
    ('The caseload is a published figure: MoJ, 31 Oct 2024, layer 3.', 'The published figure is unverified.')
    """
    layer = text_of(row, "layer")
    told = [text_of(row, name) for name in ("source", "date", "population")]
    told.append(f"layer {layer}" if layer.isdigit() else layer)
    where = ", ".join(text for text in told if text)
    notes = [f"The caseload is a published figure: {where}." if where else "The caseload is a published figure."]
    category = text_of(row, CATEGORY)
    if not (key_of(category) in EVERYBODY if is_everybody is None else is_everybody):
        notes.append(f"The published figure is for: {category}.")
    standing = text_of(row, "standing").casefold()
    if standing == UNVERIFIED:
        notes.append("The published figure is unverified.")
    if standing == NOT_FOUND:
        notes.append("The source of the published figure was not found.")
    return tuple(notes)


def known(row: pd.Series, name: str) -> float | None:
    """A figure of a row; None where it is not given.

    >>> known(pd.Series({"mean": 48.2}), "sd") is None
    True
    """
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def text_of(row: pd.Series, name: str) -> str:
    """A text of a row; empty where it is not given.

    >>> text_of(pd.Series({"layer": 3.0}), "layer")
    '3'
    """
    value = row.get(name)
    return "" if value is None or pd.isna(value) else as_text(value)
