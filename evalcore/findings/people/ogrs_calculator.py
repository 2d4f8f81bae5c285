"""OGRS of one person, and what each input adds to it: computed, shown, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.findings.people.ogrs_waterfall import START, Waterfall, waterfall
from evalcore.methods import WordTable
from evalcore.profile.ogrs3 import ogrs3_terms
from evalcore.profile.ogrs4 import ogrs4_terms
from evalcore.profile.ogrs_scored import KINDS, MONTHS, OGRS_OFFENCE, SANCTION, Scored, ScoreKind, compute_scores
from evalcore.rules.risk_scales import Ogrs3, Ogrs4, load_ogrs3, load_ogrs4
from evalcore.wording import MISSING, number, upper_first

CALCULATED = ("ogrs3_1", "ogrs3_2", "ogrs4_g")
"""The scores that the calculator gives."""

_SUM, _SCORE = "Sum (logit)", "Score (%)"


@dataclass(frozen=True)
class Calculated:
    """What the calculator says of one person.

    Attributes
    ----------
    sentences : tuple of str
        Each score, or why it can not be computed.
    terms : WordTable
        What each input adds to the logit, by score; no row where nothing can be computed.
    charts : mapping of str to Waterfall
        The same as a chart and in words, by the name of the score; of those that can be computed, the newest first.
    """

    sentences: tuple[str, ...]
    terms: WordTable
    charts: Mapping[str, Waterfall]


def offence_choices() -> Mapping[str, str]:
    """The categories of the current offence of both scales, by name, with their labels in alphabetical order.

    >>> list(offence_choices().values())[:2]
    ['Absconding / bail', 'Acquisitive violence']
    """
    both = {**load_ogrs4().offences, **load_ogrs3().offences}
    return dict(sorted(((name, one.label) for name, one in both.items()), key=lambda one: one[1]))


def calculate(person: Mapping[str, object]) -> Calculated:
    """Compute OGRS3 for one year and two, and OGRS4/G, of one person.

    Parameters
    ----------
    person : mapping of str to object
        Native columns: `sex`, `age_at_conviction`, `age_at_followup`, `age_at_first_sanction`, `previous_sanctions`,
        `ogrs_offence`, `sanction`, `offence_free_months`. What is missing is not known.

    Examples
    --------
    >>> found = calculate({"sex": "male", "age_at_conviction": 20, "age_at_followup": 20, "age_at_first_sanction": 20,
    ...     "previous_sanctions": 0, "ogrs_offence": "violence"})
    >>> found.sentences[1], next(iter(found.charts))
    ('OGRS3, two years (legacy): 22 %, band low.', 'OGRS4/G, two years')
    """
    table = pd.DataFrame({name: [value] for name, value in person.items()})
    found = {key: compute_scores(table, key) for key in CALCULATED}
    terms = {key: _terms(person, one) for key, one in found.items() if one.known.any()}
    charts = {found[key].kind.label: _chart(found[key], terms[key]) for key in reversed(terms)}
    return Calculated(tuple(_sentence(one) for one in found.values()), _table(found, terms), charts)


def _sentence(found: Scored) -> str:
    kind = found.kind
    if not found.known.any():
        return f"{kind.label}: not computed. {' '.join(found.reasons)}"
    shown = float(found.shown[0])
    bands = [band.label.lower() for band in kind.bands if band.start <= shown]
    band = f", band {bands[-1]}" if bands else ""
    return " ".join((f"{kind.label}: {_written(kind, shown)} %{band}.", *found.notes))


def _chart(found: Scored, terms: Mapping[str, float]) -> Waterfall:
    return waterfall(found.kind.label, terms, f"{_written(found.kind, float(found.shown[0]))} %")


def _written(kind: ScoreKind, shown: float) -> str:
    return number(shown, 0 if isinstance(kind.scale, Ogrs3) else 2)


def _terms(person: Mapping[str, object], found: Scored) -> Mapping[str, float]:
    """What each input adds, from the start value to the sum."""
    scale = found.kind.scale
    ages = ("age_at_conviction", "age_at_first_sanction")
    shared = {"sex": person["sex"], "offence": person[OGRS_OFFENCE], **{name: person[name] for name in ages}}
    previous = person["previous_sanctions"]
    if isinstance(scale, Ogrs4):
        start = scale.terms["intercept"]
        months = person.get(MONTHS) or 0
        age = person["age_at_followup"]
        sanctions = float(str(previous)) + 1
        added = ogrs4_terms(violent=False, **shared, age=age, sanctions=sanctions, offence_free_months=months)
    else:
        start = scale.one_year if found.kind.horizon == "1 year" else scale.two_years
        sanction = person.get(SANCTION) or "conviction"
        follow = person["age_at_followup"]
        added = ogrs3_terms(**shared, age_at_followup=follow, previous_sanctions=previous, sanction=sanction)
    return {START: start, **{upper_first(name): value for name, value in added.items()}}


def _table(found: Mapping[str, Scored], terms: Mapping[str, Mapping[str, float]]) -> WordTable:
    names = list(dict.fromkeys(name for one in terms.values() for name in one))
    rows = [(name, *(_number(terms[key].get(name)) for key in terms)) for name in names]
    if rows:
        rows.append((_SUM, *(_number(sum(one.values())) for one in terms.values())))
        rows.append((_SCORE, *(_written(found[key].kind, float(found[key].shown[0])) for key in terms)))
    headings = ("What", *(KINDS[key].label for key in terms))
    return WordTable("What each input adds to the logit", headings, tuple(rows))


def _number(value: float | None) -> str:
    return MISSING if value is None or np.isnan(value) else number(value, 3, signed=True)
