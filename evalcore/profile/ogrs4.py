"""OGRS4/G and OGRS4/V: the chance of proven reoffending, or of proven violent reoffending, within two years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalcore.profile.caseload import Flags, Values
from evalcore.profile.risk_inputs import SEXES, Inputs, half_up
from evalcore.rules.risk_scales import Ogrs4, load_ogrs4

YOUNGEST = 10
_ALWAYS = "always"


def ogrs4(
    *,
    sex: object,
    age: object,
    sanctions: object,
    age_at_conviction: object,
    age_at_first_sanction: object,
    offence: object,
    offence_free_months: object = 0,
    violent_sanctions: object = None,
    violent: bool = False,
) -> pd.DataFrame:
    """Compute the static predictors of OGRS4: OGRS4/G (ARP), or with `violent` OGRS4/V (VRP), which is provisional.

    Parameters
    ----------
    sex : str or column
        `male` or `female`.
    age : number or column
        Age in completed years at the start of follow-up (a fraction is cut off).
    sanctions : number or column
        All sanctions with the current one: 1 or more.
    age_at_conviction, age_at_first_sanction : number or column
        In completed years: at the current conviction, and at the first sanction of all.
    offence : str or column
        Category of the current offence, by the names of `load_ogrs4().offences`.
    offence_free_months : number or column
        Months in the community without an offence at the time of the assessment; 0 where the person is not there yet.
        More than 36 count as 36.
    violent_sanctions : number or column
        Sanctions for violence, with the current one; only for `violent`.
    violent : bool
        Proven violent reoffending instead of any.

    Returns
    -------
    DataFrame
        One row a person, the index that of the first Series given: `p2` (probability within two years at full
        precision), `two_year` (per cent with two decimals, as displayed) and `notes`. Where anything is missing, an age
        is under 10, ages are out of order, or numbers are not possible, both are NaN and `notes` says why. There is no
        score for one year.

    Raises
    ------
    TableError
        If columns differ in length or a number is text.
    UnknownNameError
        If a sex or an offence has a name that is not known.

    Notes
    -----
    The formula and its coefficients are the owner's own program; see `evalcore/rules/risk/ogrs4_g.toml` and `_v.toml`.

    Examples
    --------
    >>> ogrs4(sex="male", age=24, sanctions=6, age_at_conviction=24, age_at_first_sanction=15,
    ...       offence="theft_non_motor")[["p2", "two_year"]].round(4)
          p2  two_year
    0  0.627      62.7
    """
    inputs = Inputs(
        sex=sex,
        age=age,
        sanctions=sanctions,
        age_at_conviction=age_at_conviction,
        age_at_first_sanction=age_at_first_sanction,
        offence=offence,
        offence_free_months=offence_free_months,
        violent_sanctions=violent_sanctions if violent else 0,
    )
    z = sum(_terms(inputs, load_ogrs4(violent=violent)).values())
    found = pd.DataFrame({"p2": np.where(inputs.usable, 1 / (1 + np.exp(-z)), np.nan)}, index=inputs.index)
    found["two_year"] = half_up(100 * found["p2"].to_numpy(), 2)
    found["notes"] = inputs.notes
    return found


def ogrs4_terms(*, violent: bool = False, **person: object) -> dict[str, float]:
    """How much each input of one person adds to the logit, by what it is; parameters and errors are those of `ogrs4`.

    NaN for everything where no score can be computed.

    >>> list(ogrs4_terms(sex="male", age=24, sanctions=6, age_at_conviction=24, age_at_first_sanction=15,
    ...                  offence="theft_non_motor"))
    ['age and sex', 'sanctions', 'months without an offence', 'offence']
    """
    optional: dict[str, object] = {"offence_free_months": 0, "violent_sanctions": None if violent else 0}
    inputs = Inputs(**(optional | person))
    terms = _terms(inputs, load_ogrs4(violent=violent))
    left = {name: value for name, value in terms.items() if name != _ALWAYS}
    return {name: float(value[0]) if inputs.usable[0] else np.nan for name, value in left.items()}


def _terms(inputs: Inputs, scale: Ogrs4) -> dict[str, Values]:
    """What each input adds; whatever can not be used is refused in `inputs`, and its term means nothing."""
    sex = inputs.codes("sex", SEXES)
    offence = inputs.codes("offence", {name: one.label for name, one in scale.offences.items()})
    numbers = {name: inputs.years(name) for name in ("age", "age_at_conviction", "age_at_first_sanction")}
    counted = ("sanctions", "offence_free_months", "violent_sanctions")
    numbers |= {name: inputs.numbers(name) for name in counted}
    inputs.require(sex=sex >= 0, offence=offence >= 0, **{name: ~np.isnan(of) for name, of in numbers.items()})
    _check(inputs, numbers)
    over = inputs.usable & (numbers["offence_free_months"] > scale.most_months)
    inputs.note(over, f"Months count up to {scale.most_months}.")
    # What can not be scored may not be possible to compute either.
    with np.errstate(invalid="ignore", divide="ignore"):
        found = _added(scale, sex == 1, numbers)
    return found | {"offence": np.array([one.value for one in scale.offences.values()])[offence]}


def _added(scale: Ogrs4, female: Flags, numbers: Mapping[str, Values]) -> dict[str, Values]:
    age, n = numbers["age"], numbers["sanctions"]
    years = numbers["age_at_conviction"] - numbers["age_at_first_sanction"]
    months = np.minimum(numbers["offence_free_months"], scale.most_months)
    men, women = (_powers(age, scale.powers[name]) for name in ("age_male", "age_female"))
    found = {
        _ALWAYS: np.full(len(age), scale.terms["intercept"]),
        "age and sex": np.where(female, scale.terms["female"] + women, men),
        "sanctions": _sanctions(scale, n, years, female),
        "months without an offence": _powers(months, scale.powers["offence_free"]),
    }
    if "per_violence" in scale.terms:
        found["violent sanctions"] = _violence(scale, numbers["violent_sanctions"], years, female)
    return found


def _check(inputs: Inputs, numbers: Mapping[str, Values]) -> None:
    first, conviction, age = numbers["age_at_first_sanction"], numbers["age_at_conviction"], numbers["age"]
    inputs.refuse(np.fmin(np.fmin(first, conviction), age) < YOUNGEST, f"An age is under {YOUNGEST}.")
    inputs.refuse(first > conviction, "The first sanction is later than the conviction.")
    inputs.refuse(conviction > age, "The conviction is later than the start of follow-up.")
    n, v = numbers["sanctions"], numbers["violent_sanctions"]
    inputs.refuse(_not_whole(n) | (n < 1), "Sanctions must be a whole number from 1 on: the current one counts.")
    inputs.refuse(_not_whole(v) | (v < 0) | (v > n), "Violent sanctions must be a whole number up to all sanctions.")
    inputs.refuse(numbers["offence_free_months"] < 0, "Months without an offence are below 0.")


def _not_whole(values: Values) -> Flags:
    return np.asarray(~np.isnan(values) & (values != np.floor(values)))


def _powers(values: Values, coefficients: tuple[float, ...]) -> Values:
    return np.asarray(sum(one * values**power for power, one in enumerate(coefficients, 1)), dtype=np.float64)


def _sanctions(scale: Ogrs4, n: Values, years: Values, female: Flags) -> Values:
    """The first and the second sanction have terms of their own; from the third on it is the rate that counts."""
    terms, powers = scale.terms, scale.powers
    second = terms["second_sanction"] + years * np.where(
        female, terms["second_years_female"], terms["second_years_male"]
    )
    rate = np.log(n / (years + terms["rate_years"]))
    later = np.where(female, _powers(rate, powers["rate_female"]), _powers(rate, powers["rate_male"]))
    return np.asarray(np.select([n == 1, n == 2], [terms["first_sanction"], second], later) + terms["per_sanction"] * n)


def _violence(scale: Ogrs4, v: Values, years: Values, female: Flags) -> Values:
    terms = scale.terms
    none = np.where(female, terms["no_violence_female"], terms["no_violence_male"])
    rate = terms["violence_rate"] * np.log(v / (years + terms["violence_years"]))
    some = np.where(v == 1, terms["one_violence"], 0.0) + terms["per_violence"] * v + rate
    return np.asarray(np.where(v == 0, none, some))
