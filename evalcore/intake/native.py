"""The native tables as data: each column, what it may hold, and whether it must be there. Templates follow from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import pandas as pd
from pandas.api.types import pandas_dtype

from evalcore import columns as c
from evalcore.errors import UnknownNameError
from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.rules.needs import load_need_rules
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4

RESPONSES = "responses"
ROSTER = "roster"
CASES = "cases"
CASELOAD = "caseload"
PUBLISHED = "published"
COUNTED = "counted"
KINDS = (RESPONSES, ROSTER, CASES, CASELOAD, PUBLISHED)
"""What a file may be."""

TABLES = (*KINDS, COUNTED)
"""The tables of a study: those of its files, and a caseload that is known as counts."""

# What makes two rows be about one person (and wave); published figures and counts are never held against each other.
KEYS: Mapping[str, tuple[str, ...]] = {
    RESPONSES: (c.ROLE, c.RESPONDENT_ID, c.WAVE),
    ROSTER: (c.ROLE, c.RESPONDENT_ID),
    CASES: (c.RESPONDENT_ID,),
    CASELOAD: (c.RESPONDENT_ID,),
    PUBLISHED: (),
    COUNTED: (),
}

IDENTIFIER = "identifier"
TEXT = "text"
DATE = "date"
YES_NO = "yes or no"
CHOICE = "choice"
NUMBER = "number"
WHOLE = "whole number"

# Highest score of each OASys section as published (2009 form); None where none is known.
SECTION_MAXIMA: Mapping[str, int | None] = {name: rule.maximum for name, rule in load_need_rules().items()}

# What else a fixed value is called. Only what is certain stands here: all else is listed as a problem.
WAVE_WORDS: Mapping[str, str] = {
    "before": c.PRE,
    "baseline": c.PRE,
    "t1": c.PRE,
    "time 1": c.PRE,
    "pretest": c.PRE,
    "pre test": c.PRE,
    "after": c.POST,
    "followup": c.POST,
    "follow up": c.POST,
    "t2": c.POST,
    "time 2": c.POST,
    "posttest": c.POST,
    "post test": c.POST,
}
ROLE_WORDS: Mapping[str, str] = {
    "service users": c.SERVICE_USER,
    "su": c.SERVICE_USER,
    "staff member": c.STAFF,
    "member of staff": c.STAFF,
    "volunteers": c.VOLUNTEER,
}
SEX_WORDS: Mapping[str, str] = {"m": c.MALE, "man": c.MALE, "f": c.FEMALE, "woman": c.FEMALE}
CONSENT_WORDS: Mapping[str, str] = {
    "yes": c.CONSENT_GIVEN,
    "y": c.CONSENT_GIVEN,
    "consented": c.CONSENT_GIVEN,
    "consent given": c.CONSENT_GIVEN,
    "no": c.CONSENT_REFUSED,
    "n": c.CONSENT_REFUSED,
    "declined": c.CONSENT_REFUSED,
    "consent refused": c.CONSENT_REFUSED,
    "withdrew": c.CONSENT_WITHDRAWN,
    "consent withdrawn": c.CONSENT_WITHDRAWN,
}
HORIZONS = ("1 year", "2 years", "not stated")
HORIZON_WORDS: Mapping[str, str] = {
    "1": "1 year",
    "one year": "1 year",
    "2": "2 years",
    "2 year": "2 years",
    "two year": "2 years",
    "two years": "2 years",
}
# What a need may be called besides yes and no; only in a column of a need.
NEED_WORDS: Mapping[str, str] = {
    "yes criminogenic need": "yes",
    "yes crim need": "yes",
    "yes need": "yes",
    "criminogenic need": "yes",
    "crim need": "yes",
    "need": "yes",
    "no criminogenic need": "no",
    "no crim need": "no",
    "no not a criminogenic need": "no",
    "not a criminogenic need": "no",
    "not a need": "no",
    "no need": "no",
}
# FULL, BASIC or SARA say which form was filled in, not which layer: they stay as they are.
LAYER_WORDS: Mapping[str, str] = {
    f"{word}{n}": n for n in "123" for word in ("l", "l ", "layer", "layer ", "oasys layer ")
}
SANCTIONS = ("conviction", "caution", "caution_after_conviction")
SANCTION_WORDS: Mapping[str, str] = {"convicted": SANCTIONS[0], "cautioned": SANCTIONS[1]}
# The categories of the current offence of OGRS3 and OGRS4 by their fixed names; labels are in their definitions.
OGRS_OFFENCES = (
    *("violence", "acquisitive_violence", "robbery", "public_order", "drunkenness", "sexual_not_child", "sexual_child"),
    *("soliciting", "burglary_domestic", "burglary_other", "theft_non_motor", "theft_vehicle", "theft_from_vehicles"),
    *("taking_driving_away", "handling", "fraud_forgery", "welfare_fraud", "absconding_bail", "other_motoring"),
    *("drink_driving", "criminal_damage", "drug_import_export_production", "drug_possession_supply", "other"),
)

# Columns of a file of cases from which native ones are made at the door; they stand in no table.
DATE_OF_BIRTH = "date_of_birth"
CONVICTED_ON = "convicted_on"
FOLLOWUP_FROM = "followup_from"
OASYS_ITEMS: Mapping[str, str] = {
    f"oasys_{item}": section for section, rule in load_need_rules().items() for item in rule.items
}
"""The scored items of OASys as a heading may name them (`oasys_3.4`), each with its section."""

_DTYPES: Mapping[str, str] = {DATE: "datetime64[us]", YES_NO: "boolean", NUMBER: "float64", WHOLE: "float64"}


@dataclass(frozen=True)
class Field:
    """One native column.

    Attributes
    ----------
    kind : str
        `identifier`, `text`, `date`, `yes or no`, `choice`, `number` or `whole number`.
    allowed : tuple of str
        The values of a choice; `words` maps what else they are called to them. For text and for yes or no too, `words`
        maps what a cell may say to what is meant; `more_words` gives such words only when a column is read.
    low, high : float or None
        Limits of a number, both included.
    """

    name: str
    kind: str = TEXT
    allowed: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    more_words: Callable[[], Mapping[str, str]] | None = None
    low: float | None = None
    high: float | None = None

    @property
    def dtype(self) -> str:
        """The pandas type of its values; text unless it is a date, a number, or yes or no."""
        return _DTYPES.get(self.kind, "str")


def _choice(name: str, allowed: tuple[str, ...], words: Mapping[str, str]) -> Field:
    return Field(name, CHOICE, allowed, words)


@cache
def _offence_labels() -> Mapping[str, str]:
    scales = (load_ogrs3(), load_ogrs4(), load_ogrs4(violent=True))
    return {offence.label: name for scale in scales for name, offence in scale.offences.items()}


_ID = Field(c.RESPONDENT_ID, IDENTIFIER)
_ROLE = _choice(c.ROLE, c.ROLES, ROLE_WORDS)
_RESPONSES = (
    _ID,
    _choice(c.WAVE, c.WAVES, WAVE_WORDS),
    _ROLE,
    Field(c.SITE),
    Field(c.COMPLETED_ON, DATE),
    Field(c.HOW_COMPLETED),
)
_ROSTER = (
    _ID,
    _ROLE,
    Field(c.SITE),
    Field(c.COMPANY),
    Field(c.REFERRED_ON, DATE),
    Field(c.ELIGIBLE, YES_NO),
    Field(c.STARTED_ON, DATE),
    _choice(c.CONSENT, (c.CONSENT_GIVEN, c.CONSENT_REFUSED, c.CONSENT_WITHDRAWN), CONSENT_WORDS),
    Field(c.REASON_NO_PRE),
    Field(c.REASON_NO_POST),
)
_CASES = (
    _ID,
    Field(c.SITE),
    Field(c.COMPANY),
    _choice(c.SEX, (c.MALE, c.FEMALE), SEX_WORDS),
    Field(c.AGE, NUMBER, low=10, high=110),
    Field("offence"),
    Field("sentence"),
    Field("fund_band"),
    Field(c.REFERRED_ON, DATE),
    Field(c.STARTED_ON, DATE),
    Field("ended_on", DATE),
    _choice(c.CASE_STATUS, ("active", "completed", "disengaged"), {}),
    Field("contacts_offered", WHOLE, low=0),
    Field("contacts_attended", WHOLE, low=0),
    Field(c.OGRS, NUMBER, low=0, high=100),
    Field("ogrs_version"),
    _choice("ogrs_horizon", HORIZONS, HORIZON_WORDS),
    Field("age_at_conviction", NUMBER, low=10, high=110),
    Field("age_at_followup", NUMBER, low=10, high=110),
    Field("age_at_first_sanction", NUMBER, low=10, high=110),
    Field("previous_sanctions", WHOLE, low=0),
    Field("violent_sanctions", WHOLE, low=0),
    Field("offence_free_months", WHOLE, low=0),
    _choice("sanction", SANCTIONS, SANCTION_WORDS),
    Field("ogrs_offence", CHOICE, OGRS_OFFENCES, more_words=_offence_labels),
    *(Field(f"{name}_score", WHOLE, low=0, high=high) for name, high in SECTION_MAXIMA.items()),
    *(Field(f"{name}_need", YES_NO, words=NEED_WORDS) for name in SECTION_MAXIMA),
    Field("oasys_layer", words=LAYER_WORDS),
    Field("oasys_form"),
    Field("oasys_date", DATE),
    Field("ethnicity"),
    Field("disability"),
    Field("reoffended", YES_NO),
    Field("followup_complete", YES_NO),
)
_PUBLISHED = (
    Field("measure"),
    Field("category"),
    Field("count", WHOLE, low=0),
    Field("total", WHOLE, low=0),
    Field("mean", NUMBER),
    Field("sd", NUMBER, low=0),
    Field("n", WHOLE, low=0),
    Field("date"),
    Field("population"),
    Field("layer"),
    Field("horizon"),
    Field("source"),
    Field("standing"),
)
NEED_COUNTS = tuple(f"{name}_{what}" for name in SECTION_MAXIMA for what in ("known", "having"))
"""Of the people in a row of counts, how many are assessed on a need, and how many have it."""

_COUNTED = (
    Field(c.TALLY),
    Field(c.PEOPLE, WHOLE, low=0),
    Field(c.SAID),
    *(native for native in _CASES if native.name not in (c.RESPONDENT_ID, c.SITE)),
    *(Field(name, WHOLE, low=0) for name in NEED_COUNTS),
)
_FIELDS: Mapping[str, tuple[Field, ...]] = {
    RESPONSES: _RESPONSES,
    ROSTER: _ROSTER,
    CASES: _CASES,
    CASELOAD: _CASES,
    PUBLISHED: _PUBLISHED,
    COUNTED: _COUNTED,
}


def fields(kind: str) -> tuple[Field, ...]:
    """Return the native columns of a table, the items of questionnaires aside.

    >>> [field.name for field in fields("roster")][:3]
    ['respondent_id', 'role', 'site']
    """
    if kind not in _FIELDS:
        raise UnknownNameError(f"There is no table {kind!r}. There are: {', '.join(TABLES)}.")
    return _FIELDS[kind]


def made_from(kind: str) -> tuple[str, ...]:
    """Return the columns that a file may have besides the native ones, and from which native ones are made.

    Dates that ages are counted from and to, and the items of OASys.

    >>> made_from("cases")[:2], made_from("roster")
    (('date_of_birth', 'convicted_on'), ())
    """
    return (DATE_OF_BIRTH, CONVICTED_ON, FOLLOWUP_FROM, *OASYS_ITEMS) if kind in (CASES, CASELOAD) else ()


@cache
def item_columns() -> Mapping[str, str]:
    """Every item column of every questionnaire, with the questionnaire's identifier.

    >>> item_columns()["gse_10"]
    'gse'
    """
    return {item: name for name in list_instruments() for item in load_instrument(name).columns}


def native_columns(kind: str) -> tuple[str, ...]:
    """Return the headings of a native table in order; for responses with the items of every questionnaire.

    >>> native_columns("responses")[:2]
    ('respondent_id', 'wave')
    """
    names = tuple(field.name for field in fields(kind))
    return names + tuple(item_columns()) if kind == RESPONSES else names


def template(kind: str) -> bytes:
    """Return an empty native table as a CSV file (UTF-8): the heading line, ready to be filled in.

    >>> template("roster").decode().split(",")[0]
    'respondent_id'
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerow(native_columns(kind))
    return text.getvalue().encode()


def blocks(table: pd.DataFrame, kind: str) -> list[list[str]]:
    """The columns that are compared together: the items of each questionnaire, or all that is known of a person."""
    if kind != RESPONSES:
        return [[name for name in table.columns if name not in KEYS[kind]]]
    found: dict[str, list[str]] = {}
    for item, instrument in item_columns().items():
        if item in table.columns:
            found.setdefault(instrument, []).append(item)
    return list(found.values())


def with_native_types(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Give columns without any value the type that they would have with one."""
    for native in fields(kind):
        if native.name in table and table[native.name].isna().all():
            table[native.name] = table[native.name].astype(pandas_dtype(native.dtype))
    return table
