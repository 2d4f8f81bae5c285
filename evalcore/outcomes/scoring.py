"""From answers to scores: one instrument, every scale, every person and wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evalcore.columns import (
    BAND,
    BAND_SCHEME,
    COMPLETE,
    INCOMPLETE,
    INSTRUMENT,
    N_ANSWERED,
    N_ITEMS,
    PRORATED,
    RAW,
    RESPONDENT_ID,
    ROLE,
    ROLES,
    SCALE,
    SCORE,
    STATUS,
    STATUSES,
    TOTAL,
    WAVE,
    WAVES,
)
from evalcore.errors import ChoiceNeededError, RepeatedIdError, TableError, UnknownNameError
from evalcore.instruments.instrument import MEAN, SUM_THEN_TABLE, Instrument, MissingRule, Scale
from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.outcomes.answers import Floats, read_answers, read_waves
from evalcore.outcomes.matching import choose_roles, name_people
from evalcore.outcomes.reverse_scoring import scored_codes
from evalcore.rules.loading import load_band_scheme
from evalcore.rules.rule import band
from evalcore.wording import joined

Scalar = TypeVar("Scalar", bound=np.generic)

_OWN = (INSTRUMENT, SCALE, SCORE, RAW, N_ANSWERED, N_ITEMS, STATUS, BAND, BAND_SCHEME)
_COMPLETE, _PRORATED, _INCOMPLETE = (STATUSES.index(status) for status in (COMPLETE, PRORATED, INCOMPLETE))


@dataclass(frozen=True, eq=False)
class _Scored:
    """One scale for all rows: arrays of length n."""

    n_answered: npt.NDArray[np.int64]
    raw: Floats
    score: Floats
    status: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class _Long:
    """Which row and which scale stand in each row of the result: input order, then the scales in definition order.

    `flat` holds places in the (rows, scales) table read line by line, `rows` the input rows; None where all are taken,
    which spares a large table the copying.
    """

    which: npt.NDArray[np.int8]
    flat: npt.NDArray[np.intp] | None
    rows: npt.NDArray[np.intp] | None

    @classmethod
    def of(cls, scored: Sequence[_Scored]) -> _Long:
        answered = np.stack([found.n_answered > 0 for found in scored], axis=1)
        n_rows, n_scales = answered.shape
        if not answered.all():
            flat = np.flatnonzero(answered)
            return cls((flat % n_scales).astype(np.int8), flat, flat // n_scales)
        which = np.tile(np.arange(n_scales, dtype=np.int8), n_rows)
        return cls(which, None, None if n_scales == 1 else np.repeat(np.arange(n_rows), n_scales))

    def of_scales(self, parts: Sequence[npt.NDArray[Scalar]]) -> npt.NDArray[Scalar]:
        """Take one array a scale."""
        table = parts[0] if len(parts) == 1 else np.stack(parts, axis=1).ravel()
        return table if self.flat is None else table[self.flat]

    def of_rows(self, column: ExtensionArray) -> ExtensionArray:
        """Take a column that holds one value a row of the input."""
        return column if self.rows is None else column.take(self.rows)


def score(responses: pd.DataFrame, instrument: str | Instrument, *, missing_rule: str | None = None) -> pd.DataFrame:
    """Score one instrument, every scale of it.

    Parameters
    ----------
    responses : DataFrame, one row a person and wave
        `respondent_id`, `wave` (pre or post) and item columns (`gse_1`, ...) holding whole codes; an item column that
        is absent counts as not answered, and so does an empty cell. Other columns (role, site) are carried along.
    instrument : str or Instrument
        Identifier, one of `list_instruments()`.
    missing_rule : str, optional
        A rule named in the instrument's definition; by default the one that its definition says.

    Returns
    -------
    DataFrame, one row a row of `responses` and scale, in that order; none where no item of the scale was answered
        respondent_id, wave : as handed in; wave is categorical
        instrument, scale : identifiers
        score : in the unit of the scale; NaN where too few items were answered
        raw : plain sum of the answered items (reversed ones turned), before any conversion; NaN where score is
        n_answered, n_items : items answered, and items of the scale
        status : complete, prorated (items filled in by the rule) or incomplete (no score)
        band, band_scheme : of the instrument's default scheme; missing where it has none, or no score
        then every column of `responses` that is no item

    Raises
    ------
    UnknownNameError
        No such instrument or rule.
    TableError
        A column is missing or repeated, a wave is neither pre nor post, or a cell is not a code of the instrument.

    Notes
    -----
    Sum, mean, or sum converted by a table, as the definition says; a rule fills a person's missing items in with the
    mean of the items that they answered. The 7 items of SWEMWBS are taken from WEMWBS on rows where none of the 7
    is answered. Sources stand in the definition files. A missing answer never counts as 0.

    Examples
    --------
    >>> answers = pd.DataFrame({"respondent_id": ["A"], "wave": ["pre"], "role": ["staff"]})
    >>> answers[[f"swemwbs_{i}" for i in range(1, 8)]] = [4, 4, 4, 4, 4, 3, 3]
    >>> score(answers, "swemwbs")[["raw", "score", "status", "band"]].to_dict("records")
    [{'raw': 26.0, 'score': 23.21, 'status': 'complete', 'band': 'medium'}]
    """
    questionnaire = _instrument(instrument)
    rule = questionnaire.missing_rule(missing_rule)
    wave = read_waves(responses)
    carried = _carried(responses, questionnaire)
    answers = read_answers(responses, questionnaire)
    scales = tuple(questionnaire.scales.values())
    scored = [_score_scale(scored_codes(answers, questionnaire, scale), scale, rule) for scale in scales]
    long = _Long.of(scored)
    scores = long.of_scales([found.score for found in scored])
    statuses = long.of_scales([found.status for found in scored])
    columns: dict[str, object] = {
        RESPONDENT_ID: long.of_rows(responses[RESPONDENT_ID].array),
        WAVE: long.of_rows(wave),
        INSTRUMENT: pd.Series(questionnaire.id, index=range(len(scores)), dtype="str").array,
        SCALE: pd.Categorical.from_codes(long.which, categories=pd.Index([scale.name for scale in scales])),
        SCORE: scores,
        RAW: long.of_scales([found.raw for found in scored]),
        N_ANSWERED: long.of_scales([found.n_answered for found in scored]),
        N_ITEMS: np.array([len(scale.items) for scale in scales], dtype=np.int64)[long.which],
        STATUS: pd.Categorical.from_codes(statuses, categories=pd.Index(STATUSES)),
    }
    columns |= _bands(questionnaire, scales, scores, long.which)
    columns |= {name: long.of_rows(responses[name].array) for name in carried}
    # Columns handed on as they are must not be shared with the input; those taken row by row are the result's own.
    return pd.DataFrame(columns, copy=long.rows is None)


def item_answers(
    responses: pd.DataFrame,
    instrument: str | Instrument,
    *,
    scale: str = TOTAL,
    wave: str | None = None,
    role: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Answers to the items of one scale at one wave, as `reliability` takes them.

    Parameters
    ----------
    responses : DataFrame
        As for `score`.
    instrument, scale : str
        What to take the items of.
    wave : str, optional
        `pre` or `post`; needed where both hold answers.
    role : str or sequence of str, optional
        One role or several; needed where people of several roles answered.

    Returns
    -------
    DataFrame of float, index `respondent_id`, one column an item in the scale's order
        Codes as they count in the score (reversed items turned); NaN for an item left out. People who answered none of
        the items are left out. An identifier of two people in two roles reads "identifier (role)".

    Raises
    ------
    ChoiceNeededError
        Several waves or roles hold answers and none was chosen.
    UnknownNameError
        No such instrument, scale, wave or role.
    RepeatedIdError
        One person stands twice in what was chosen.
    TableError
        As for `score`.

    Examples
    --------
    >>> answers = pd.DataFrame({"respondent_id": ["A", "B"], "wave": "pre", "uwes9_1": [4, 2], "uwes9_2": [5, None]})
    >>> item_answers(answers, "uwes9", scale="vigor")  # doctest: +NORMALIZE_WHITESPACE
                   uwes9_1  uwes9_2  uwes9_5
    respondent_id
    A                  4.0      5.0      NaN
    B                  2.0      NaN      NaN
    """
    questionnaire = _instrument(instrument)
    wanted = questionnaire.scale(scale)
    waves = read_waves(responses)
    answers = scored_codes(read_answers(responses, questionnaire), questionnaire, wanted)
    kept = np.asarray(~np.isnan(answers).all(axis=0))
    kept = kept & _at_wave(waves, kept, wave)
    kept = kept & _in_role(responses, kept, role)
    people = responses.loc[kept, [name for name in (RESPONDENT_ID, ROLE) if name in responses]]
    repeated = int(people.duplicated().sum())
    if repeated:
        raise RepeatedIdError(
            f"{repeated} rows repeat a person who already stands in the table at this wave. "
            "Decide which row counts before looking at the items."
        )
    index = name_people(people, ROLES).rename(RESPONDENT_ID)
    return pd.DataFrame(answers[:, kept].T, index=index, columns=list(wanted.items))


def _at_wave(waves: pd.Categorical[str], kept: npt.NDArray[np.bool_], wave: str | None) -> npt.NDArray[np.bool_]:
    if wave is not None and wave not in WAVES:
        raise UnknownNameError(f"There is no wave {wave!r}. There are: {', '.join(WAVES)}.")
    present = [WAVES[code] for code in np.unique(waves.codes[kept]) if code >= 0]
    if wave is None and len(present) > 1:
        raise ChoiceNeededError(f"Answers of several waves are present: {joined(present)}. Choose one.")
    chosen = present[0] if wave is None and present else wave
    return np.asarray(waves == chosen, dtype=bool)


def _in_role(
    responses: pd.DataFrame, kept: npt.NDArray[np.bool_], role: str | Sequence[str] | None
) -> npt.NDArray[np.bool_]:
    roles = responses[ROLE] if ROLE in responses else pd.Series(index=responses.index, dtype="str")
    chosen = choose_roles(roles[kept].dropna().unique(), role)
    if role is None and len(chosen) < 2:
        return np.ones(len(responses), dtype=bool)
    return roles.isin(chosen).to_numpy(dtype=bool)


def _instrument(instrument: str | Instrument) -> Instrument:
    return instrument if isinstance(instrument, Instrument) else load_instrument(instrument)


def _carried(responses: pd.DataFrame, questionnaire: Instrument) -> list[str]:
    """Name the columns that are no item of any instrument; none of them may bear the name of a result."""
    items = {code for name in list_instruments() for code in load_instrument(name).columns}.union(questionnaire.columns)
    carried = [name for name in responses.columns if name not in items and name not in (RESPONDENT_ID, WAVE)]
    clashing = [name for name in carried if name in _OWN]
    if clashing:
        raise TableError(f"Rename {joined(clashing)}: the scores have columns of the same name.")
    return carried


def _score_scale(answers: Floats, scale: Scale, rule: MissingRule) -> _Scored:
    n_items = len(scale.items)
    n_answered, raw = _count_and_sum(answers)
    status = np.full(len(raw), _COMPLETE, dtype=np.int8)
    status[n_answered < n_items] = _PRORATED
    status[n_answered < n_items - rule.max_missing[scale.name]] = _INCOMPLETE
    raw[status == _INCOMPLETE] = np.nan
    if scale.method == SUM_THEN_TABLE:
        result = _convert(raw, scale)
    elif scale.method == MEAN:
        result = raw / np.maximum(n_answered, 1)
    else:
        # multiplied first, so that a complete sum stays whole
        result = raw * n_items / np.maximum(n_answered, 1)
    return _Scored(n_answered, raw, result, status)


def _count_and_sum(answers: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Count and add up the answered items of each row; item by item, since a table of all rows at once is slower."""
    n_answered = np.zeros(answers.shape[1], dtype=np.int64)
    raw = np.zeros(answers.shape[1])
    answered_by_all = 0
    for item in answers:
        answered = ~np.isnan(item)
        if answered.all():  # adding under a mask takes several times as long
            answered_by_all += 1
            raw += item
        else:
            n_answered += answered
            np.add(raw, item, out=raw, where=answered)
    return n_answered + answered_by_all, raw


def _convert(raw: Floats, scale: Scale) -> Floats:
    """Look each whole sum up in the scale's table; NaN stays NaN."""
    lowest = min(scale.table)
    scores = np.array([scale.table[key] for key in sorted(scale.table)] + [np.nan])
    position = np.nan_to_num(raw - lowest, nan=len(scores) - 1).astype(np.intp)
    converted: Floats = scores[position]
    return converted


def _bands(
    questionnaire: Instrument, scales: Sequence[Scale], scores: Floats, which: npt.NDArray[np.int8]
) -> dict[str, object]:
    """Bands by the instrument's default scheme, on the scales that it has borders for."""
    if not questionnaire.default_band_scheme:
        nothing = np.full(len(scores), -1, dtype=np.int8)
        none = pd.Series(index=range(len(scores)), dtype="str").array
        return {
            BAND: pd.Categorical.from_codes(nothing, categories=pd.Index([], dtype="str"), ordered=True),
            BAND_SCHEME: none,
        }
    scheme = load_band_scheme(questionnaire.default_band_scheme)
    codes = np.full(len(scores), -1, dtype=np.int8)
    for number, scale in enumerate(scales):
        if scale.name in scheme.cuts:
            here = which == number
            codes[here] = band(scores[here], scheme, scale=scale.name).codes
    bands = pd.Categorical.from_codes(codes, categories=pd.Index(scheme.bands), ordered=True)
    named = pd.Series(scheme.id, index=range(len(scores)), dtype="str").where(codes >= 0)
    return {BAND: bands, BAND_SCHEME: named.array}
