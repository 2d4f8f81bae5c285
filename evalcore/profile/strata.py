"""Who is like whom: the groups in which people are held alike, by what is known of them; unknown never matches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import AGE, COMPANY, OFFENCE, OGRS, SENTENCE, SEX
from evalcore.errors import UnknownNameError
from evalcore.profile.caseload import Values, as_text, checked_numbers, key_of
from evalcore.profile.counted import STRATA, TALLIES, is_counted, narrowed
from evalcore.profile.need_notes import LAYER
from evalcore.profile.need_scores import FORM, form_of
from evalcore.profile.ogrs_kind import HORIZON, VERSION, OgrsKind, ogrs_kind
from evalcore.wording import joined

if TYPE_CHECKING:
    from evalcore.profile.reach_risk import Bands

Codes = npt.NDArray[np.int64]
Keys = tuple[Codes, Sequence[object]]

AGE_FROM = (0, 25, 35, 50)
HELD = {
    SEX: "sex",
    "age_band": "age (under 25, 25 to 34, 35 to 49, 50 and over)",
    "ogrs_band": "OGRS",
    COMPANY: "company",
    OFFENCE: "offence",
}
"""What can be held alike by choice, and its name for a reader."""

ALWAYS = {LAYER: "layer of the assessment", FORM: "form of the assessment", SENTENCE: "sentence"}
"""What is always held alike where both tables know it: needs are recorded differently by it."""

_OTHER_NAMES = {"age": "age_band", "ageband": "age_band", "ogrs": "ogrs_band", "ogrsband": "ogrs_band"}
_OTHER_NAMES |= {"offencegroup": OFFENCE}


@dataclass(frozen=True, eq=False)
class Strata:
    """Everybody's stratum.

    Attributes
    ----------
    cases, caseload : array of int
        The stratum of each person, or of each row of counts, from 0 on; -1 where something of what is held alike is not
        known.
    size : int
        Number of strata that occur.
    names : tuple of str
        Names of `HELD` that were chosen and are held alike.
    held : tuple of str
        What is held alike, in words: what was chosen, then what always is.
    left_out : tuple of str
        Sentences about what was chosen and can not be held alike.
    """

    cases: Codes
    caseload: Codes
    size: int
    names: tuple[str, ...]
    held: tuple[str, ...]
    left_out: tuple[str, ...]


def chosen(names: Sequence[str] | str) -> tuple[str, ...]:
    """The fixed names of what is to be held alike, each once, in the order of `HELD`; UnknownNameError lists them.

    >>> chosen(["age band", "sex"]), chosen("OGRS band")
    (('sex', 'age_band'), ('ogrs_band',))
    """
    known = {key_of(name): name for name in HELD} | _OTHER_NAMES
    wanted = {known.get(key_of(name), "") for name in ((names,) if isinstance(names, str) else names)}
    if "" in wanted:
        raise UnknownNameError(f"That can not be held alike. What can be: {joined(list(HELD), 'or')}.")
    return tuple(name for name in HELD if name in wanted)


def known_to_hold(cases: pd.DataFrame, caseload: pd.DataFrame) -> tuple[str, ...]:
    """What can be held alike here: known in both tables, and OGRS only where its scores are of one version and horizon.

    >>> known_to_hold(pd.DataFrame({"sex": ["male"], "age": [30]}), pd.DataFrame({"sex": ["female"], "company": ["A"]}))
    ('sex',)
    """
    rows = _rows(caseload)
    return tuple(name for name in HELD if not _not_alike(name, cases, caseload, rows))


def columns_of(hold: Sequence[str]) -> tuple[str, ...]:
    """The columns that strata are made from.

    >>> columns_of(["sex", "ogrs_band"])
    ('sex', 'ogrs', 'ogrs_version', 'ogrs_horizon', 'oasys_layer', 'oasys_form', 'sentence')
    """
    own = [_SOURCES[name][0] if name in _SOURCES else name for name in (*hold, *ALWAYS)]
    kind = [name for column in own if column == OGRS for name in (VERSION, HORIZON)]
    return tuple(dict.fromkeys((*own[: len(hold)], *kind, *own[len(hold) :])))


def strata_of(
    cases: pd.DataFrame, caseload: pd.DataFrame, hold: Sequence[str], read: dict[str, Codes | str] | None = None
) -> Strata:
    """Put people of the pilot and of the caseload into strata.

    Parameters
    ----------
    cases, caseload : DataFrame
        Native tables, one person a row; or of the caseload counts.
    hold : sequence of str
        Names of `HELD`. Layer, form and sentence are held alike too, where both tables know them.
    read : dict, optional
        What was read of these two tables before, and is added to: for several choices one after the other.

    Examples
    --------
    >>> found = strata_of(pd.DataFrame({"sex": ["male", None]}), pd.DataFrame({"sex": ["female", "male"]}), ["sex"])
    >>> found.cases.tolist(), found.caseload.tolist(), found.held
    ([0, -1], [1, 0], ('sex',))
    """
    read = {} if read is None else read
    rows = _rows(caseload)
    columns: list[Codes] = []
    names, held, left_out = [], [], []
    for name in (*hold, *ALWAYS):
        if name not in read:
            read[name] = _both_keys(name, cases, caseload, rows)
        keys = read[name]
        if not isinstance(keys, str):
            columns.append(keys)
            names += [name] if name in HELD else []
            held.append(_risk_words(cases) if name == "ogrs_band" else {**HELD, **ALWAYS}[name])
        elif name in HELD:
            left_out.append(f"Not held alike, {HELD[name]}: {keys}")
    n_cases = len(cases)
    codes = _combined(columns, n_cases + len(rows))
    return Strata(
        codes[:n_cases], codes[n_cases:], int(codes.max(initial=-1)) + 1, tuple(names), tuple(held), tuple(left_out)
    )


def _rows(caseload: pd.DataFrame) -> pd.DataFrame:
    """What strata are made of: people's rows, or those of counts that know all of it together."""
    return narrowed(caseload, TALLIES[STRATA], tally=STRATA) if is_counted(caseload) else caseload


def _both_keys(name: str, cases: pd.DataFrame, caseload: pd.DataFrame, rows: pd.DataFrame) -> Codes | str:
    """What is compared, of the pilot's people and then of the caseload's `rows`; or why it can not be compared."""
    unlike = _not_alike(name, cases, caseload, rows)
    if unlike:
        return unlike
    places: dict[object, int] = {}
    found = []
    for codes, keys in (_keys(name, cases), _keys(name, rows)):
        known = (-1 if key is None else places.setdefault(key, len(places)) for key in keys)
        # What is not known has the code -1, and so takes the last entry.
        found.append(np.array([*known, -1], dtype=np.int64)[codes])
    return np.concatenate(found)


def _not_alike(name: str, cases: pd.DataFrame, caseload: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Why people can not be held alike in it; nothing where they can."""
    unlike = _unlike_scores(cases, caseload) if name == "ogrs_band" else ""
    # The strata of counts leave out scores that are refused, which are known.
    refused = name == "ogrs_band" and bool(_kind(caseload, "the caseload").refused)
    known = {"pilot": _is_known(name, cases), "caseload": refused or _is_known(name, rows)}
    lacking = [who for who, is_known in known.items() if not is_known]
    return unlike or (f"it is not known in the {joined(lacking)}." if lacking else "")


def _combined(columns: list[Codes], size: int) -> Codes:
    """One code for each combination that occurs; -1 where any part is not known."""
    codes = np.zeros(size, dtype=np.int64)
    for part in columns:
        known = (codes >= 0) & (part >= 0)
        both = codes * (part.max(initial=0) + 1) + part
        codes = np.full(size, -1, dtype=np.int64)
        codes[known] = pd.factorize(both[known])[0]
    return codes


def _is_known(name: str, table: pd.DataFrame) -> bool:
    column, _ = _SOURCES.get(name, (name, _spelling))
    return column in table and bool(table[column].notna().any())


def _keys(name: str, table: pd.DataFrame) -> Keys:
    """What is compared: a code for each row, -1 where it is not known, and the key that each code stands for."""
    column, key = _SOURCES.get(name, (name, _spelling))
    return _risk(table) if name == "ogrs_band" else key(table[column])


def _spelling(values: pd.Series) -> Keys:
    codes, texts = pd.factorize(values)
    return codes, [key_of(as_text(text)) or None for text in texts]


def _form(values: pd.Series) -> Keys:
    codes, texts = pd.factorize(values)
    return codes, [form_of(as_text(text)) for text in texts]


def _bands(column: str, starts: tuple[int, ...]) -> Callable[[pd.Series], Keys]:
    def keys(values: pd.Series) -> Keys:
        numbers: Values = checked_numbers(values, column)
        places = np.searchsorted(starts, numbers, side="right")
        return np.where(np.isnan(numbers), -1, places), range(len(starts) + 1)

    return keys


_SOURCES: dict[str, tuple[str, Callable[[pd.Series], Keys]]] = {
    "age_band": (AGE, _bands(AGE, AGE_FROM)),
    "ogrs_band": (OGRS, _spelling),
    FORM: (FORM, _form),
}


def _risk_bands(table: pd.DataFrame) -> Bands:
    """The published bands of the one kind of score for two years, else quarters of the scale."""
    from evalcore.profile.reach_risk import risk_bands

    kind = ogrs_kind(table, table[OGRS].notna().to_numpy(dtype=bool), "the pilot")
    return risk_bands(kind.version, kind.horizon)


def _risk(table: pd.DataFrame) -> Keys:
    starts = tuple(band.low for band in _risk_bands(table).bands)
    return _bands(OGRS, starts)(table[OGRS])


def _risk_words(table: pd.DataFrame) -> str:
    found = _risk_bands(table)
    named = "in its published bands" if found.published else "in quarters of its scale"
    return f"OGRS {named} ({'; '.join(band.label for band in found.bands)})"


def _unlike_scores(cases: pd.DataFrame, caseload: pd.DataFrame) -> str:
    """Why OGRS scores of the two can not be held alike; nothing where they can, or nobody of one of the two has any."""
    ours, theirs = (_kind(table, who) for table, who in ((cases, "the pilot"), (caseload, "the caseload")))
    if OgrsKind() in (ours, theirs):
        return ""
    unlike = ours.differs_from(theirs)
    return ours.refused or theirs.refused or (f"the pilot's scores are {unlike}." if unlike else "")


def _kind(table: pd.DataFrame, who: str) -> OgrsKind:
    """The one kind of the scores of people; also of counts whose strata leave scores of several kinds out."""
    rows = narrowed(table, (OGRS, VERSION, HORIZON))
    return ogrs_kind(rows, rows[OGRS].notna().to_numpy(dtype=bool), who) if OGRS in rows else OgrsKind()
