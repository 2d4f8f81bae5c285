"""The caseload as published figures: reading its rows, and what a reader must know of each."""

from __future__ import annotations

import re

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
