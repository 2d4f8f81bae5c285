"""The share of the caseload with each need, where it is given as published figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import SECTIONS
from evalcore.profile.caseload import MEASURE, key_of
from evalcore.profile.published import CATEGORY, EVERYBODY, ORIGIN, known, row_notes, text_of, with_figures, with_names
from evalcore.rules.needs import load_need_rules
from evalcore.wording import joined

_NEEDS = frozenset({"need", "needs", "oasysneed", "oasysneeds"})
_YES = EVERYBODY | {"yes", "y", "true", "1", "need", "withneed"}
_NO = frozenset({"no", "n", "false", "0", "noneed"})
# A percentage published without decimals is off by up to half a point from the share that it was rounded from.
_ROUNDING = 0.0051
_PER_CENT = 100


@dataclass(frozen=True)
class CaseloadShare:
    """The share of the caseload with a need, counted or as published; None is what is not known.

    Attributes
    ----------
    share : float or None
        0 to 1.
    count, n : int or None
        People with the need, of the people assessed.
    notes : tuple of str
        What a reader must know of the figure, or why it can not be used.
    origin : tuple of str
        Date, population and layer of a published figure as stated, to be held against those of the other needs.
    """

    share: float | None = None
    count: int | None = None
    n: int | None = None
    notes: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()


def published_shares(published: pd.DataFrame) -> dict[str, CaseloadShare]:
    """Find the share with each need in a table of published figures.

    Parameters
    ----------
    published : DataFrame
        Native table. A row speaks of a need where `measure` is `<section>_need`, or where it is `need`, `needs` or
        `OASys need` and `category` names the section. The share is count/total, or count/n, or the mean (a share, or a
        percentage where it is above 1).

    Returns
    -------
    dict of str to CaseloadShare
        By section, in the order of `columns.SECTIONS`, those that a row speaks of. A need with several rows has no
        share: figures of different dates, layers or people are never mixed.

    Raises
    ------
    TableError
        If a figure is text or negative.

    Examples
    --------
    >>> table = pd.DataFrame({"measure": ["need", "ete_need"], "category": ["Alcohol misuse", None], "mean": [24, 0.4]})
    >>> {section: found.share for section, found in published_shares(table).items()}
    {'ete': 0.4, 'alcohol': 0.24}
    """
    rows = with_names(published)
    sections = [_section_of(*names) for names in zip(rows[MEASURE], rows[CATEGORY], strict=True)]
    rows = with_figures(rows[[section is not None for section in sections]])
    of_row = [section for section in sections if section is not None]
    found = {}
    for section in sorted(set(of_row), key=SECTIONS.index):
        its_rows = rows[[name == section for name in of_row]]
        if len(its_rows) > 1:
            note = "Several published figures are given for this need. Keep the one that fits the pilot."
            found[section] = CaseloadShare(notes=(note,))
        else:
            found[section] = _share(its_rows.iloc[0], section)
    return found


def mixed_origins(shares: Mapping[str, CaseloadShare]) -> tuple[str, ...]:
    """Say where the published shares of the needs are not of one date, population and layer.

    >>> mixed_origins({"ete": CaseloadShare(0.4, origin=("2018",)), "drugs": CaseloadShare(0.4, origin=("2024",))})
    ('The published shares of the needs differ in date.',)
    """
    origins = [found.origin for found in shares.values() if found.share is not None]
    differing = [name for name, *values in zip(ORIGIN, *origins, strict=False) if len(set(values)) > 1]
    return (f"The published shares of the needs differ in {joined(differing)}.",) if differing else ()


def _section_of(measure: str, category: str) -> str | None:
    """The section whose need a row speaks of; a row about those without the need speaks of none."""
    said, about = key_of(measure), key_of(category)
    if said in _NEEDS:
        return _names().get(about)
    if not said.endswith("need") or about in _NO:
        return None
    return _names().get(said.removesuffix("need"))


def _names() -> dict[str, str]:
    labels = {key_of(rule.label): section for section, rule in load_need_rules().items()}
    return labels | {section: section for section in SECTIONS}


def _share(row: pd.Series, section: str) -> CaseloadShare:
    about = key_of(text_of(row, CATEGORY))
    notes = row_notes(row, is_everybody=about in _YES or _names().get(about) == section)
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
