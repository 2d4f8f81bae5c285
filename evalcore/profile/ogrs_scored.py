"""OGRS computed for the people of a case file or a caseload, from whatever columns their table has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evalcore.columns import FEMALE, MALE, OFFENCE, SEX
from evalcore.errors import UnknownNameError
from evalcore.profile.caseload import Flags, Values, as_text, key_of
from evalcore.profile.ogrs3 import SANCTIONS, ogrs3
from evalcore.profile.ogrs4 import ogrs4
from evalcore.profile.risk_inputs import Inputs
from evalcore.rules.risk_scales import Ogrs3, Ogrs4, RiskBand, load_ogrs3, load_ogrs4
from evalcore.wording import joined

OGRS_OFFENCE = "ogrs_offence"
SANCTION = "sanction"
MONTHS = "offence_free_months"
VIOLENT = "violent_sanctions"
_AGES = ("age_at_conviction", "age_at_followup", "age_at_first_sanction")
_PREVIOUS = "previous_sanctions"
_ALL_CONVICTED = "No column says what the present disposal is: everybody counts as convicted."
_NO_MONTHS = "No column gives the months without an offence: they count as 0, as at the start of follow-up."
_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")


@dataclass(frozen=True)
class ScoreKind:
    """One score that can be computed.

    Attributes
    ----------
    key : str
        Its fixed name.
    version, horizon : str
        As a case file states them.
    label : str
        For a reader who chooses.
    """

    key: str
    version: str
    horizon: str
    label: str

    @property
    def violent(self) -> bool:
        """Whether it is of violent reoffending."""
        return self.key == "ogrs4_v"

    @property
    def scale(self) -> Ogrs3 | Ogrs4:
        """Its definition."""
        return load_ogrs4(violent=self.violent) if self.key.startswith("ogrs4") else load_ogrs3()

    @property
    def bands(self) -> tuple[RiskBand, ...]:
        """The bands of its scores; none for one year."""
        return self.scale.bands if self.horizon == "2 years" else ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which it can not be computed, offence aside."""
        return (SEX, *_AGES, _PREVIOUS, *((VIOLENT,) if self.violent else ()))


KINDS: Mapping[str, ScoreKind] = {
    kind.key: kind
    for kind in (
        ScoreKind("ogrs4_g", "OGRS4/G", "2 years", "OGRS4/G, two years"),
        ScoreKind("ogrs4_v", "OGRS4/V", "2 years", "OGRS4/V, two years, violent reoffending (provisional)"),
        ScoreKind("ogrs3_2", "OGRS3", "2 years", "OGRS3, two years (legacy)"),
        ScoreKind("ogrs3_1", "OGRS3", "1 year", "OGRS3, one year (legacy)"),
    )
}
"""Every score that can be computed, by its fixed name."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores computed for the rows of a table, in their order.

    Attributes
    ----------
    p : array of float
        The probability at full precision; NaN where it can not be computed.
    shown : array of float
        Per cent as displayed: whole and from 1 to 99 for OGRS3, with two decimals for OGRS4.
    reasons : mapping of str to int
        Each reason why there is no score, with its number of people; one person may have several.
    notes : mapping of str to int
        What else was said of people who have a score, with their number.
    assumed : tuple of str
        What was taken for everybody, because no column says it.
    """

    kind: ScoreKind
    p: Values
    shown: Values
    reasons: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    @property
    def known(self) -> Flags:
        """Who has a score."""
        return ~np.isnan(self.p)


def compute_scores(table: pd.DataFrame, kind: str) -> Scored:
    """Compute one score for each row of a table.

    Parameters
    ----------
    table : DataFrame
        Native columns of cases or caseload: `sex`, `age_at_conviction`, `age_at_followup`, `age_at_first_sanction`,
        `previous_sanctions`, `ogrs_offence` (else `offence`), and as far as needed `sanction`, `violent_sanctions`,
        `offence_free_months`. An offence, sex or sanction that is no name or label of the scale is not known. Without a
        column `sanction` everybody counts as convicted; without `offence_free_months` they are 0.
    kind : str
        One of `KINDS`.

    Raises
    ------
    UnknownNameError
        If there is no such score.
    TableError
        If a column of numbers holds text.

    Examples
    --------
    >>> table = pd.DataFrame({"sex": ["male", "male"], "age_at_conviction": 20, "age_at_followup": 20,
    ...     "age_at_first_sanction": 20, "previous_sanctions": 0, "offence": ["Violence", "assault"]})
    >>> found = compute_scores(table, "ogrs3_2")
    >>> found.shown.tolist(), dict(found.reasons)
    ([22.0, nan], {'Offence is not known.': 1})
    """
    wanted = kind_named(kind)
    absent = absent_columns(table, wanted)
    if absent:
        nobody = np.full(len(table), np.nan)
        reason = f"{_columns_words(absent)} not in the table."
        return Scored(wanted, nobody, nobody, {reason: len(table)} if len(table) else {})
    found = _three(table) if isinstance(wanted.scale, Ogrs3) else _four(table, violent=wanted.violent)
    p, shown = ("p1", "one_year") if wanted.horizon == "1 year" else ("p2", "two_year")
    known = found[p].notna().to_numpy(dtype=bool)
    return Scored(
        wanted,
        found[p].to_numpy(dtype=np.float64),
        found[shown].to_numpy(dtype=np.float64),
        _counted(found["notes"][~known]),
        _counted(found["notes"][known]),
        _assumed(table, wanted),
    )


def kind_named(key: str) -> ScoreKind:
    """The score of this name; UnknownNameError lists those that there are.

    >>> kind_named("ogrs4_g").version
    'OGRS4/G'
    """
    if key not in KINDS:
        raise UnknownNameError(f"There is no computed score of that name. There are: {', '.join(KINDS)}.")
    return KINDS[key]


def absent_columns(table: pd.DataFrame, kind: ScoreKind) -> tuple[str, ...]:
    """Which of the columns that a score needs are not there or empty.

    >>> absent_columns(pd.DataFrame({"sex": ["male"], "offence": ["other"]}), KINDS["ogrs3_2"])[:2]
    ('age_at_conviction', 'age_at_followup')
    """
    absent = [name for name in kind.needed if not _has(table, name)]
    if not _has(table, OGRS_OFFENCE) and not _has(table, OFFENCE):
        absent.append(OGRS_OFFENCE)
    return tuple(absent)


def _has(table: pd.DataFrame, name: str) -> bool:
    return name in table and bool(table[name].notna().any())


def _columns_words(names: Collection[str]) -> str:
    return f"The column {next(iter(names))} is" if len(names) == 1 else f"The columns {joined(list(names))} are"


def _assumed(table: pd.DataFrame, kind: ScoreKind) -> tuple[str, ...]:
    if isinstance(kind.scale, Ogrs3):
        return () if _has(table, SANCTION) else (_ALL_CONVICTED,)
    return () if _has(table, MONTHS) else (_NO_MONTHS,)


def _three(table: pd.DataFrame) -> pd.DataFrame:
    sanctions = {name: name for name in SANCTIONS}
    return ogrs3(
        **{name: table[name] for name in (*_AGES, _PREVIOUS)},
        sex=_names(table[SEX], {MALE: MALE, FEMALE: FEMALE}),
        offence=_offences(table, load_ogrs3()),
        sanction=_names(table[SANCTION], sanctions) if _has(table, SANCTION) else SANCTIONS[0],
    )


def _four(table: pd.DataFrame, *, violent: bool) -> pd.DataFrame:
    return ogrs4(
        sex=_names(table[SEX], {MALE: MALE, FEMALE: FEMALE}),
        age=table["age_at_followup"],
        sanctions=Inputs(previous_sanctions=table[_PREVIOUS]).numbers(_PREVIOUS) + 1,
        age_at_conviction=table["age_at_conviction"],
        age_at_first_sanction=table["age_at_first_sanction"],
        offence=_offences(table, load_ogrs4(violent=violent)),
        offence_free_months=table[MONTHS] if _has(table, MONTHS) else 0,
        violent_sanctions=table[VIOLENT] if violent else None,
        violent=violent,
    )


def _offences(table: pd.DataFrame, scale: Ogrs3 | Ogrs4) -> pd.Series:
    """Each person's category by its fixed name, from the column of categories, and where that is blank the offence."""
    names = {name: one.label for name, one in scale.offences.items()}
    columns = [_texts(table[name]) for name in (OGRS_OFFENCE, OFFENCE) if name in table]
    text = columns[0] if len(columns) == 1 else columns[0].where(columns[0].notna(), columns[1])
    return _names(text, names)


def _texts(values: pd.Series) -> pd.Series:
    """A column of text in which a blank is missing."""
    codes, texts = pd.factorize(values)
    found = [text if key_of(as_text(text)) else None for text in texts]
    return pd.Series(np.array([*found, None], dtype=object)[codes], index=values.index)


def _names(values: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """Fixed names for what is one of them, or its label, in any spelling; missing for all else."""
    fixed = {key_of(word): name for name, label in names.items() for word in (name, label)}
    codes, texts = pd.factorize(values)
    found = [fixed.get(key_of(as_text(text))) for text in texts]
    return pd.Series(np.array([*found, None], dtype=object)[codes], index=values.index)


def _counted(notes: pd.Series) -> Mapping[str, int]:
    """How many people each sentence is said of, most first."""
    found: Counter[str] = Counter()
    for text, n in notes.value_counts().items():
        for sentence in _SENTENCE_END.split(str(text)) if text else ():
            found[sentence] += int(n)
    return dict(found.most_common())
