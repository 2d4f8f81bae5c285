"""The coefficients of OGRS3 and OGRS4: one definition file a scale, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from evalcore.columns import FEMALE, MALE
from evalcore.rules.definition import Definition, read_named
from evalcore.rules.source import Source

OGRS3 = "ogrs3"
OGRS4_G = "ogrs4_g"
OGRS4_V = "ogrs4_v"
HISTORIES = ("conviction_first", "conviction_later", "caution_first", "caution_later", "caution_after_conviction")
_SCALES = Path(__file__).parent / "risk"
_TERMS = (
    *("intercept", "female", "first_sanction", "second_sanction", "second_years_male", "second_years_female"),
    *("per_sanction", "rate_years"),
)
_VIOLENT_TERMS = (
    *("no_violence_male", "no_violence_female", "one_violence", "per_violence", "violence_rate", "violence_years"),
)
_POWERS = {"age_male": 4, "age_female": 4, "offence_free": 4, "rate_male": 2, "rate_female": 2}


@dataclass(frozen=True)
class Offence:
    """One category of the current offence: its fixed name, its name for a reader, and what it adds to the logit."""

    name: str
    label: str
    value: float


@dataclass(frozen=True)
class RiskBand:
    """One band of two-year scores: its fixed name, its name for a reader, the lowest per cent it holds, its range."""

    name: str
    label: str
    start: int
    range: str


@dataclass(frozen=True, eq=False)
class Ogrs3:
    """The definition of OGRS3.

    Attributes
    ----------
    one_year, two_years : float
        Intercepts of the two horizons.
    copas, years_before_first : float
        Coefficient of the rate of sanctions, and the years that are added below its fraction.
    cap : int
        More previous sanctions than this count as this many.
    youngest : int
        Lowest age in completed years.
    lowest_shown, highest_shown : int
        Limits of the whole per cent that is shown.
    history : mapping of str to float
        What the present disposal adds, by the names of `HISTORIES`.
    ages : tuple of (int, float, float)
        First age of each band, and what it adds for men and for women.
    offences : mapping of str to Offence
    rulings : tuple of str
        Where published programs disagree, and which value is used.
    bands : tuple of RiskBand
        Of scores for two years, from the lowest on; those for one year have none.
    """

    id: str
    label: str
    version: str
    note: str
    one_year: float
    two_years: float
    copas: float
    years_before_first: float
    cap: int
    youngest: int
    lowest_shown: int
    highest_shown: int
    history: Mapping[str, float]
    ages: tuple[tuple[int, float, float], ...]
    offences: Mapping[str, Offence]
    rulings: tuple[str, ...]
    bands: tuple[RiskBand, ...]
    bands_source: Source
    source: Source


@dataclass(frozen=True, eq=False)
class Ogrs4:
    """The definition of one static predictor of OGRS4: of any reoffending (G), or of violent reoffending (V).

    Attributes
    ----------
    official : str
        Its name since 2025.
    terms : mapping of str to float
        Constants and coefficients; those of violent sanctions only for V.
    powers : mapping of str to tuple of float
        Coefficients of the first, second ... power of a number.
    most_months : int
        More offence-free months than this count as this many.
    bands : tuple of RiskBand
        From the lowest on.
    """

    id: str
    label: str
    version: str
    official: str
    note: str
    most_months: int
    terms: Mapping[str, float]
    powers: Mapping[str, tuple[float, ...]]
    offences: Mapping[str, Offence]
    bands: tuple[RiskBand, ...]
    bands_source: Source
    source: Source


@cache
def load_ogrs3(*, _directory: Path = _SCALES) -> Ogrs3:
    """Read the definition of OGRS3; read once, then kept. DefinitionError holds all faults of its file.

    >>> load_ogrs3().offences["robbery"].value, load_ogrs3().cap
    (-0.634795912, 50)
    """
    return read_named(_directory, OGRS3, "risk scale", _ogrs3)


@cache
def load_ogrs4(*, violent: bool = False, _directory: Path = _SCALES) -> Ogrs4:
    """Read the definition of OGRS4/G, or of OGRS4/V; read once, then kept. DefinitionError holds all its faults.

    >>> load_ogrs4().label, load_ogrs4(violent=True).official
    ('OGRS4/G', 'Violent Reoffending Predictor (VRP), static')
    """
    return read_named(_directory, OGRS4_V if violent else OGRS4_G, "risk scale", _ogrs4)


def _ogrs3(definition: Definition) -> Ogrs3:
    history = definition.table("history")
    ages = [
        (band.integer("from"), band.number(MALE), band.number(FEMALE))
        for band in definition.tables("ages", named_by="from", required=True)
    ]
    first = [age for age, _, _ in ages]
    youngest = definition.integer("youngest")
    if first != sorted(first) or first[:1] != [youngest]:
        definition.problem("ages", "must rise, from the youngest age on")
    return Ogrs3(
        id=definition.text("id"),
        label=definition.text("label"),
        version=definition.text("version"),
        note=definition.text("note"),
        one_year=definition.number("one_year"),
        two_years=definition.number("two_years"),
        copas=definition.number("copas"),
        years_before_first=definition.number("years_before_first"),
        cap=definition.integer("cap"),
        youngest=youngest,
        lowest_shown=definition.integer("lowest_shown"),
        highest_shown=definition.integer("highest_shown"),
        history={name: history.number(name) for name in HISTORIES},
        ages=tuple(ages),
        offences=_offences(definition),
        rulings=definition.texts("rulings"),
        bands=_bands(definition),
        bands_source=definition.source("bands_source"),
        source=definition.source(),
    )


def _ogrs4(definition: Definition) -> Ogrs4:
    terms = definition.table("terms")
    violent = definition.text("id") == OGRS4_V
    names = (*_TERMS, *_VIOLENT_TERMS) if violent else _TERMS
    return Ogrs4(
        id=definition.text("id"),
        label=definition.text("label"),
        version=definition.text("version"),
        official=definition.text("official"),
        note=definition.text("note"),
        most_months=definition.integer("most_months"),
        terms={name: terms.number(name) for name in names},
        powers={name: _numbers(terms, name, size) for name, size in _POWERS.items()},
        offences=_offences(definition),
        bands=_bands(definition),
        bands_source=definition.source("bands_source"),
        source=definition.source(),
    )


def _numbers(definition: Definition, key: str, size: int) -> tuple[float, ...]:
    values = definition.values(key)
    if len(values) != size or not all(isinstance(value, float) for value in values):
        definition.problem(key, f"must be a list of {size} numbers")
        return ()
    return tuple(values)


def _offences(definition: Definition) -> Mapping[str, Offence]:
    listed = definition.tables("offences", named_by="name", required=True)
    found = [Offence(one.text("name"), one.text("label"), one.number("value")) for one in listed]
    return {offence.name: offence for offence in found}


def _bands(definition: Definition) -> tuple[RiskBand, ...]:
    listed = definition.tables("bands", named_by="name", required=True)
    found = tuple(
        RiskBand(one.text("name"), one.text("label"), one.integer("from"), one.text("range")) for one in listed
    )
    starts = [band.start for band in found]
    if starts[:1] != [0] or any(later <= first for first, later in pairwise(starts)):
        definition.problem("bands", "must rise, from 0 on")
    return found
