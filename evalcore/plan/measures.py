"""What can be planned: every score of every questionnaire, for each group of people, with or without data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evalcore.columns import ROLE_GROUPS, TOTAL
from evalcore.instruments import list_instruments, load_instrument

PEOPLE = "people"
"""The group of a study whose files name no role."""


@dataclass(frozen=True)
class Plannable:
    """One measure that a plan can name.

    Attributes
    ----------
    slug : str
        As the findings call it: `swemwbs.total.service-users`.
    label : str
        "SWEMWBS, service users".
    unit : str
        Of a score.
    span : float
        Highest possible score less the lowest: no mean change can be larger.
    """

    slug: str
    label: str
    unit: str
    span: float


@cache
def plannable() -> Mapping[str, Plannable]:
    """Return every measure that a plan can name, by slug: totals first, then the parts of a questionnaire.

    >>> plannable()["uwes9.vigor.staff-and-volunteers"].label
    'UWES-9 vigor, staff and volunteers'
    """
    found = sorted(_all(), key=lambda pair: not pair[0])
    return {one.slug: one for _, one in found}


def _all() -> list[tuple[bool, Plannable]]:
    found = []
    for group in (*ROLE_GROUPS, PEOPLE):
        who = "everyone (files without roles)" if group == PEOPLE else group
        for name in list_instruments():
            instrument = load_instrument(name)
            for scale in instrument.scales.values():
                total = scale.name == TOTAL
                words = instrument.short_name if total else f"{instrument.short_name} {scale.label.lower()}"
                slug = ".".join((name, scale.name, group.replace(" ", "-")))
                found.append((total, Plannable(slug, f"{words}, {who}", scale.unit, scale.high - scale.low)))
    return found


def label_of(slug: str) -> str:
    """Return what a measure is called; the slug itself where it is none that is known here.

    >>> label_of("gse.total.people")
    'GSE, everyone (files without roles)'
    """
    found = plannable().get(slug)
    return slug if found is None else found.label
