"""OGRS3: the chance of proven reoffending within one year and within two, from what is known at the start."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.profile.caseload import Values
from evalcore.profile.risk_inputs import SEXES, Codes, Inputs, half_up
from evalcore.rules.risk_scales import Ogrs3, load_ogrs3

SANCTIONS = ("conviction", "caution", "caution_after_conviction")
"""What the present disposal may be; a caution after a conviction is a step of its own."""

_DECIMALS = 5
_LATER = {"conviction": ("conviction_first", "conviction_later"), "caution": ("caution_first", "caution_later")}
_CAPPED = "Previous sanctions count up to {cap}."
_BEFORE_FIRST = "There is an earlier first sanction, but no previous sanction."


def ogrs3(
    *,
    sex: object,
    age_at_conviction: object,
    age_at_followup: object,
    age_at_first_sanction: object,
    previous_sanctions: object,
    offence: object,
    sanction: object = "conviction",
) -> pd.DataFrame:
    """Compute OGRS3 (legacy: out of use since June 2026) of one or of many people.

    Parameters
    ----------
    sex : str or column
        `male` or `female`.
    age_at_conviction, age_at_followup, age_at_first_sanction : number or column
        In completed years (a fraction is cut off): at the current conviction, at the start of follow-up (the sentence
        in the community, or the release), and at the first sanction of all.
    previous_sanctions : number or column
        Occasions of conviction or caution before the current one.
    offence : str or column
        Category of the current offence, by the names of `load_ogrs3().offences`.
    sanction : str or column
        The present disposal: `conviction`, `caution`, or `caution_after_conviction`.

    Returns
    -------
    DataFrame
        One row a person, the index that of the first Series given: `p1`, `p2` (probabilities at full precision),
        `one_year`, `two_year` (whole per cent as displayed: 5 decimals, a half up, 1 to 99) and `notes`. Where anything
        is missing, an age is under 10, ages are out of order, or sanctions are no whole number from 0 on, all four are
        NaN and `notes` says why.

    Raises
    ------
    TableError
        If columns differ in length or a number is text.
    UnknownNameError
        If a sex, an offence or a sanction has a name that is not known.

    Notes
    -----
    z = 1.2511 ln((1 + previous) / (10 + age at conviction − age at first sanction)) + history + age by sex + offence,
    with at most 50 previous sanctions; p = 1 / (1 + exp(−(intercept + z))). Source: the coefficients of Howard et al.
    (2009) as published programs hold them; see `evalcore/rules/risk/ogrs3.toml`, also for what they disagree on.

    Examples
    --------
    >>> ogrs3(sex="male", age_at_conviction=20, age_at_followup=20, age_at_first_sanction=20, previous_sanctions=0,
    ...       offence="violence")[["p1", "p2", "one_year", "two_year"]].round(4)
           p1      p2  one_year  two_year
    0  0.1216  0.2213      12.0      22.0
    """
    inputs = Inputs(
        sex=sex,
        age_at_conviction=age_at_conviction,
        age_at_followup=age_at_followup,
        age_at_first_sanction=age_at_first_sanction,
        previous_sanctions=previous_sanctions,
        offence=offence,
        sanction=sanction,
    )
    scale = load_ogrs3()
    z = sum(_terms(inputs, scale).values())
    found = pd.DataFrame(index=inputs.index)
    for name, intercept in (("p1", scale.one_year), ("p2", scale.two_years)):
        found[name] = np.where(inputs.usable, 1 / (1 + np.exp(-(intercept + z))), np.nan)
    for name, p in (("one_year", "p1"), ("two_year", "p2")):
        shown = half_up(100 * half_up(found[p].to_numpy(), _DECIMALS), 0)
        found[name] = np.clip(shown, scale.lowest_shown, scale.highest_shown)
    found["notes"] = inputs.notes
    return found


def ogrs3_terms(**person: object) -> dict[str, float]:
    """How much each input of one person adds to the logit, by what it is; parameters and errors are those of `ogrs3`.

    NaN for everything where no score can be computed.

    >>> terms = ogrs3_terms(sex="male", age_at_conviction=20, age_at_followup=20, age_at_first_sanction=20,
    ...                     previous_sanctions=0, offence="violence")
    >>> {name: round(value, 3) for name, value in terms.items()}
    {'sanctions': -2.881, 'history': 0.126, 'age and sex': -0.625, 'offence': 0.0}
    """
    inputs = Inputs(**({"sanction": "conviction"} | person))
    terms = _terms(inputs, load_ogrs3())
    return {name: float(value[0]) if inputs.usable[0] else np.nan for name, value in terms.items()}


def _terms(inputs: Inputs, scale: Ogrs3) -> dict[str, Values]:
    """What each input adds; whatever can not be used is refused in `inputs`, and its term means nothing."""
    sex, offence = inputs.codes("sex", SEXES), inputs.codes("offence", _labels(scale))
    sanction = inputs.codes("sanction", {name: name for name in SANCTIONS})
    conviction, followup = inputs.years("age_at_conviction"), inputs.years("age_at_followup")
    first, previous = inputs.years("age_at_first_sanction"), inputs.numbers("previous_sanctions")
    inputs.require(
        sex=sex >= 0,
        age_at_conviction=~np.isnan(conviction),
        age_at_followup=~np.isnan(followup),
        age_at_first_sanction=~np.isnan(first),
        previous_sanctions=~np.isnan(previous),
        offence=offence >= 0,
        sanction=sanction >= 0,
    )
    _check(inputs, scale, first, conviction, followup, previous)
    inputs.note(inputs.usable & (previous > scale.cap), _CAPPED.format(cap=scale.cap))
    inputs.note(inputs.usable & (previous == 0) & (first < conviction), _BEFORE_FIRST)
    counted = np.minimum(previous, scale.cap)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = scale.copas * np.log((1 + counted) / (scale.years_before_first + conviction - first))
    history = [scale.history[_history(name, later)] for name in SANCTIONS for later in (False, True)]
    offences = np.array([one.value for one in scale.offences.values()])
    return {
        "sanctions": rate,
        "history": np.array(history)[2 * sanction + (previous > 0)],
        "age and sex": _age_terms(scale, followup, sex),
        "offence": offences[offence],
    }


def _check(inputs: Inputs, scale: Ogrs3, first: Values, conviction: Values, followup: Values, previous: Values) -> None:
    young = np.fmin(np.fmin(first, conviction), followup) < scale.youngest
    inputs.refuse(young, f"An age is under {scale.youngest}.")
    inputs.refuse(first > conviction, "The first sanction is later than the conviction.")
    inputs.refuse(conviction > followup, "The conviction is later than the start of follow-up.")
    uncountable = ~np.isnan(previous) & ((previous < 0) | (previous != np.floor(previous)))
    inputs.refuse(uncountable, "Previous sanctions must be a whole number from 0 on.")


def _age_terms(scale: Ogrs3, age: Values, sex: Codes) -> Values:
    bands = np.array(scale.ages)
    at = np.maximum(np.searchsorted(bands[:, 0], np.nan_to_num(age, nan=scale.youngest), side="right") - 1, 0)
    return np.asarray(bands[at, 1 + np.maximum(sex, 0)])


def _history(sanction: str, later: bool) -> str:
    return _LATER[sanction][later] if sanction in _LATER else sanction


def _labels(scale: Ogrs3) -> dict[str, str]:
    return {name: offence.label for name, offence in scale.offences.items()}
