"""The columns that people can be grouped by: site, role, sex, others of the native tables, and those that were kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from evalcore.columns import CASE_STATUS, COMPANY, FEMALE, MALE, POST, PRE, RESPONDENT_ID, ROLE, SERVICE_USER, SEX, SITE
from evalcore.findings.basis import Basis
from evalcore.findings.finding import having_measure
from evalcore.intake.native import CASES, RESPONSES, ROSTER, native_columns
from evalcore.outcomes.carried import carried
from evalcore.outcomes.matching import name_people
from evalcore.outcomes.pairs import Pairs
from evalcore.study import Study
from evalcore.wording import lower_first, upper_first

FEWEST_GROUPS, MOST_GROUPS = 2, 12
_KEPT = "column-"
_TABLES = (RESPONSES, ROSTER, CASES)
_NATIVE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    SITE: ("Site", (RESPONSES,)),
    ROLE: ("Role", (RESPONSES,)),
    SEX: ("Sex", (CASES,)),
    COMPANY: ("Company", (CASES, ROSTER)),
    CASE_STATUS: ("Status", (CASES,)),
    "offence": ("Offence", (CASES,)),
    "sentence": ("Sentence", (CASES,)),
    "fund_band": ("Fund band", (CASES,)),
    "ethnicity": ("Ethnicity", (CASES,)),
    "disability": ("Disability", (CASES,)),
}
"""Native columns that say to which group a person belongs, with a heading and the tables that hold them, best first."""

_WORDS: Mapping[tuple[str, str], str] = {(SEX, MALE): "Men", (SEX, FEMALE): "Women"}
_YES_NO = {True: "Yes", False: "No"}
_YES_OR_NO = {"true": "yes", "false": "no"}


@dataclass(frozen=True)
class GroupColumn:
    """A column that people may be grouped by: its heading, its name in the tables, and the tables, best first."""

    label: str
    name: str
    tables: tuple[str, ...]

    @property
    def words(self) -> str:
        """The heading as it stands inside a sentence."""
        return lower_first(self.label)


def candidates(study: Study) -> Mapping[str, GroupColumn]:
    """Every column of the study that might say who belongs together, by what stands for it in an address.

    Native columns go by their name; a column that was kept from a file by its position among those kept
    (`column-1`), because its heading is the file's.

    >>> from evalcore.sample import sample_study
    >>> list(candidates(sample_study()))[:4]
    ['site', 'role', 'sex', 'company']
    """
    found = {}
    for name, (label, tables) in _NATIVE.items():
        here = tuple(table for table in tables if name in getattr(study, table))
        if here:
            found[name] = GroupColumn(label, name, here)
    kept = [(table, name) for table in _TABLES for name in getattr(study, table).columns if name not in _native(table)]
    twice = Counter(name for _, name in kept)
    for place, (table, name) in enumerate(kept, 1):
        label = f"{name} ({table})" if twice[name] > 1 else str(name)
        found[f"{_KEPT}{place}"] = GroupColumn(label, name, (table,))
    return found


def columns_for(basis: Basis) -> Mapping[str, str]:
    """The columns by which the people of a measure fall into 2 to 12 groups, with their headings.

    A column in which everybody differs (a code, a name) is none, nor is one in which numbers have many values.

    >>> from evalcore.findings.measures import measures
    >>> from evalcore.findings.scores import Scores
    >>> from evalcore.sample import sample_study
    >>> scores = Scores(sample_study())
    >>> basis = Basis(scores, measures(scores.study, "service user", scores=scores)[0], None)
    >>> dict(columns_for(basis))["site"]
    'Site'
    """
    return dict(_offered(basis))


def _offered(basis: Basis) -> Iterator[tuple[str, str]]:
    for column, found in candidates(basis.scores.study).items():
        known = labels_of(basis, column).dropna()
        n = known.nunique()
        if FEWEST_GROUPS <= n <= MOST_GROUPS and (n < len(known) or not column.startswith(_KEPT)):
            yield column, found.label


def labels_of(basis: Basis, column: str, *, whole: bool = False) -> pd.Series:
    """The group of each person with a score before, by the name that the person has in the pairs.

    Parameters
    ----------
    basis : Basis
    column : str
        One of `candidates`.
    whole : bool
        Of the whole group that the people looked at are part of, at all sites.

    Returns
    -------
    Series
        Index: the people of `matched` and `pre_only`; missing where it is not recorded. A column of the questionnaires
        is taken as it stood before, or after where it was blank then. Words that differ only in capitals or spaces
        are one.
    """
    measure, scores = basis.measure, basis.scores
    roles, site = (basis.whole_roles, None) if whole else (measure.roles, basis.site)
    key = (measure.instrument, measure.scale, roles, site)
    return scores.once(("group labels", column, key), lambda: _labels(basis, column, scores.pairs(*key), roles))


def _labels(basis: Basis, column: str, pairs: Pairs, roles: tuple[str, ...]) -> pd.Series:
    found = candidates(basis.scores.study)[column]
    people = pairs.matched.index.append(pairs.pre_only.index)
    values: dict[Hashable, object] = {}
    for table in reversed(found.tables):
        values |= _values(basis, found.name, table, pairs, roles)
    spelled = basis.scores.once(("spellings", column), lambda: _spellings(basis.scores.study, column, found))
    return pd.Series([spelled.get(_folded(values.get(name))) for name in people], index=people, dtype=object)


def counted_as(basis: Basis, column: str, group: str, *, without: bool = False) -> str:
    """The measure of those who belong to a group of a column, whoever is looked at: as the case files count them."""
    values = {words: value for (of, value), words in _WORDS.items() if of == column}
    return category_measure(basis.scores.study, column, values.get(group, group), without=without)


def category_measure(study: Study, column: str, category: str, *, without: bool = False) -> str:
    """The measure of those of one category of a column, however a page writes it: counts of them are held together.

    A bare number and one that says what it is a number of are one, as are Yes and true.

    >>> from evalcore.sample import sample_study
    >>> category_measure(sample_study(), "fund_band", "Fund band 2"), category_measure(sample_study(), "fund_band", "2")
    ('having: fund_band, 2', 'having: fund_band, 2')
    """
    label = candidates(study)[column].label
    number = category.removeprefix(f"{label} ")
    plain = number.casefold() if not any(map(str.isalpha, number)) else category.casefold()
    return having_measure(column if column in _NATIVE else label, _YES_OR_NO.get(plain, plain), without=without)


def _values(basis: Basis, name: str, table: str, pairs: Pairs, roles: tuple[str, ...]) -> dict[Hashable, object]:
    """What one table says of each person, as far as it says anything."""
    if table == RESPONSES:
        scores = basis.scores.of(basis.measure.instrument)
        if name not in scores:
            return {}
        waves = carried(scores, pairs, scores[name].astype(object))
        return {who: v for wave in (POST, PRE) for who, v in waves[wave].items() if not pd.isna(v)}
    if table == CASES and roles and SERVICE_USER not in roles:
        return {}
    rows = getattr(basis.scores.study, table)
    rows = rows[rows[RESPONDENT_ID].notna() & rows[name].notna()]
    if ROLE in rows and roles:
        rows = rows[rows[ROLE].isin(roles) | rows[ROLE].isna()]
    return dict(zip(name_people(rows, roles), rows[name].tolist(), strict=True))


def _spellings(study: Study, column: str, found: GroupColumn) -> Mapping[str, str]:
    """Each value of a column, folded, with the words that it is shown by: its most frequent spelling."""
    spellings: dict[str, Counter[str]] = {}
    for table in found.tables:
        for value, n in getattr(study, table)[found.name].value_counts(sort=False).items():
            spellings.setdefault(_folded(value), Counter())[_written(value)] += n
    named = {folded: min(one, key=lambda text: (-one[text], text)) for folded, one in spellings.items()}
    return {folded: _shown(column, found, text) for folded, text in named.items() if folded}


def _shown(column: str, found: GroupColumn, text: str) -> str:
    """A value as its group is called; a bare number says what it is a number of."""
    if not any(map(str.isalpha, text)):
        return f"{found.label} {text}"
    return _WORDS.get((column, text), upper_first(text) if column in _NATIVE else text)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _folded(value: object) -> str:
    return "" if value is None or pd.isna(value) else _written(value).casefold()  # type: ignore[call-overload]


@cache
def _native(table: str) -> frozenset[str]:
    return frozenset(native_columns(table))
