"""The share of the caseload with each need, where it is given as published figures."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalcore.columns import SECTIONS
from evalcore.profile.caseload import MEASURE, key_of
from evalcore.profile.published import (
    CATEGORY,
    EVERYBODY,
    ORIGIN,
    CaseloadShare,
    share_of,
    text_of,
    with_figures,
    with_names,
)
from evalcore.rules.needs import load_need_rules
from evalcore.wording import joined

_NEEDS = frozenset({"need", "needs", "oasysneed", "oasysneeds"})
_YES = EVERYBODY | {"yes", "y", "true", "1", "need", "withneed"}
_NO = frozenset({"no", "n", "false", "0", "noneed"})


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
    return share_of(row, is_everybody=about in _YES or _names().get(about) == section)
