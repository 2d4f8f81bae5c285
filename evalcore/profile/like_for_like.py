"""The pilot against people like its own: indirect standardisation of a need by the caseload's strata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import TableError
from evalcore.profile.caseload import Flags, tallied
from evalcore.profile.need_counts import Assessed, assessed_in_strata
from evalcore.profile.need_scores import known_needs
from evalcore.profile.ogrs_choice import FILE
from evalcore.profile.strata import Codes, Strata, chosen, known_to_hold, strata_of

AT_LEAST = 20
"""So many people of the caseload must be assessed in a stratum, unless another number is chosen."""

USUAL = ("sex", "age_band")
"""What is held alike unless something else is chosen, as far as it is known."""

_ROUNDING = 1e-12


@dataclass(frozen=True)
class LikeForLike:
    """What is held alike.

    Attributes
    ----------
    hold : tuple of str
        Names of `strata.HELD`: `sex`, `age_band`, `ogrs_band`, `company`, `offence`.
    at_least : int
        So many people of the caseload must be assessed in a stratum for a person of the pilot to be matched to it.
    score : str
        Which OGRS score findings hold alike: as in the file, or one of `ogrs_scored.KINDS`. `need_profile` takes the
        scores of the tables that it is given.

    Examples
    --------
    >>> LikeForLike.of(["OGRS band", "sex"])
    LikeForLike(hold=('sex', 'ogrs_band'), at_least=20, score='file')
    """

    hold: tuple[str, ...]
    at_least: int = AT_LEAST
    score: str = FILE

    @classmethod
    def of(cls, given: LikeForLike | Sequence[str] | str) -> LikeForLike:
        """Check what was asked for; UnknownNameError lists the names, TableError says what a size must be."""
        asked = given if isinstance(given, cls) else cls(chosen(given))  # type: ignore[arg-type]
        if asked.at_least < 1:
            raise TableError("A stratum must hold at least 1 person of the caseload.")
        return cls(chosen(asked.hold), asked.at_least, asked.score)

    @property
    def holds_risk(self) -> bool:
        """Whether OGRS is held alike, so that it matters which score.

        >>> LikeForLike(("ogrs_band",)).holds_risk
        True
        """
        return "ogrs_band" in self.hold

    @classmethod
    def usual(cls, cases: pd.DataFrame, caseload: pd.DataFrame) -> LikeForLike:
        """Sex and age as far as both tables know them; where they know neither, the first of what they know.

        >>> LikeForLike.usual(pd.DataFrame({"company": ["A"]}), pd.DataFrame({"company": ["A"]})).hold
        ('company',)
        """
        known = known_to_hold(cases, caseload)
        return cls(tuple(name for name in USUAL if name in known) or known[:1])


@dataclass(frozen=True, eq=False)
class Standardised:
    """One need, the pilot's people against people like them.

    Attributes
    ----------
    n_like : int
        People of the pilot who are assessed on the need and for whom the caseload holds enough people like them.
    observed, expected : float
        How many of those have the need, and how many would if each had the share of their stratum; NaN for nobody.
    low, high : float
        The 2.5 % and 97.5 % quantiles of the number expected (exact Poisson-binomial, the shares taken as known).
    n_unmatched : int
        People of the pilot who are assessed and for whom there are too few.
    shares : array of float
        The share with the need in the stratum of each person of the pilot; NaN for those who are not counted.
    """

    n_like: int
    observed: float
    expected: float
    low: float
    high: float
    n_unmatched: int
    shares: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LikeProfile:
    """Every need of the pilot's people against people like them.

    Attributes
    ----------
    asked : LikeForLike
    strata : Strata
    needs : DataFrame
        Who of the pilot has each need, as `known_needs` gives it.
    caseload_needs : mapping of str to Assessed
        By need, how many people of each row of the caseload are assessed on it and have it.
    found : mapping of str to Standardised
        By need, of those that both tables know.
    read : dict
        What was read of both tables, for another choice.
    """

    asked: LikeForLike
    strata: Strata
    needs: pd.DataFrame
    caseload_needs: Mapping[str, Assessed]
    found: Mapping[str, Standardised]
    read: dict[str, Codes | str]

    def alike(self, need: str) -> Flags:
        """Who of the pilot is assessed on a need and has enough people like them in the caseload."""
        return np.asarray(~np.isnan(self.found[need].shares), dtype=bool)

    @property
    def unmatched(self) -> Flags:
        """Who of the pilot has, for at least one need that they are assessed on, too few people like them."""
        nobody = np.zeros(len(self.needs), dtype=bool)
        for need in self.found:
            nobody |= self.needs[need].notna().to_numpy(dtype=bool) & ~self.alike(need)
        return nobody


@dataclass(frozen=True)
class Coarser:
    """What to hold alike no longer, so that most of those without people like them have some.

    Attributes
    ----------
    without : str
        The name that goes.
    hold : tuple of str
        The names that stay.
    n_unmatched : int
        People who would still have too few people like them.
    """

    without: str
    hold: tuple[str, ...]
    n_unmatched: int


def like_profile(cases: pd.DataFrame, caseload: pd.DataFrame, asked: LikeForLike) -> LikeProfile:
    """Hold every need that both tables know against the caseload's, stratum by stratum.

    Parameters
    ----------
    cases, caseload : DataFrame
        Native tables of people, one a row, or of the caseload counts; the pilot's people are taken out beforehand.
    asked : LikeForLike

    Examples
    --------
    >>> cases = pd.DataFrame({"sex": ["male", "female"], "drugs_need": [True, True]})
    >>> caseload = pd.DataFrame({"sex": ["male"] * 4, "drugs_need": [True, False, False, False]})
    >>> profile = like_profile(cases, caseload, LikeForLike(("sex",), at_least=4))
    >>> profile.found["drugs"].expected, profile.unmatched.tolist()
    (0.25, [False, True])
    """
    return _profile(cases, caseload, known_needs(cases), assessed_in_strata(caseload), asked, {})


def coarser(profile: LikeProfile, cases: pd.DataFrame, caseload: pd.DataFrame) -> Coarser | None:
    """Which one to let go of, so that most of the people without people like them have some; None where none helps.

    Parameters
    ----------
    profile : LikeProfile
    cases, caseload : DataFrame
        What it was made of.

    Examples
    --------
    >>> cases = pd.DataFrame({"sex": ["male", "female"], "age": [30, 40], "drugs_need": True})
    >>> caseload = pd.DataFrame({"sex": ["male", "female"], "age": [30, 30], "drugs_need": [True, False]})
    >>> asked = LikeForLike(("sex", "age_band"), at_least=1)
    >>> coarser(like_profile(cases, caseload, asked), cases, caseload)
    Coarser(without='age_band', hold=('sex',), n_unmatched=0)
    """
    now = int(profile.unmatched.sum())
    if not now:
        return None
    found = []
    for name in reversed(profile.asked.hold):
        hold = tuple(one for one in profile.asked.hold if one != name)
        asked = LikeForLike(hold, profile.asked.at_least)
        other = _profile(cases, caseload, profile.needs, profile.caseload_needs, asked, profile.read)
        matched = sum(one.n_like for one in other.found.values())
        found.append((int(other.unmatched.sum()), -matched, Coarser(name, hold, int(other.unmatched.sum()))))
    best = min(found, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] < now else None


def _profile(
    cases: pd.DataFrame,
    caseload: pd.DataFrame,
    needs: pd.DataFrame,
    theirs: Mapping[str, Assessed],
    asked: LikeForLike,
    read: dict[str, Codes | str],
) -> LikeProfile:
    strata = strata_of(cases, caseload, asked.hold, read)
    both = [str(need) for need in needs if need in theirs]
    found = {need: standardise(needs[need], theirs[need], strata, asked.at_least) for need in both}
    return LikeProfile(asked, strata, needs, theirs, found, read)


def standardise(
    need: pd.Series, caseload_need: Assessed, strata: Strata, at_least: int = AT_LEAST, confidence: float = 0.95
) -> Standardised:
    """Hold one need of the pilot against the caseload, stratum by stratum.

    Parameters
    ----------
    need : Series of bool
        Who of the pilot has it; missing where a person is not assessed.
    caseload_need : Assessed
        The caseload's, row by row.
    strata : Strata
        Of the same people and rows, in the same order.
    at_least : int
        So many people of the caseload must be assessed in a stratum.

    Examples
    --------
    >>> from evalcore.profile.strata import strata_of
    >>> people, others = pd.DataFrame({"sex": ["male", "male"]}), pd.DataFrame({"sex": ["male"] * 4 + ["female"] * 4})
    >>> theirs = Assessed(np.array([True] * 8), np.array([True, False, False, False] * 2))
    >>> found = standardise(pd.Series([True, False]), theirs, strata_of(people, others, ["sex"]), at_least=4)
    >>> found.n_like, found.observed, found.expected
    (2, 1.0, 0.5)
    """
    shares = _shares(caseload_need, strata, at_least)
    assessed = need.notna().to_numpy(dtype=bool)
    own = np.where(strata.cases >= 0, np.append(shares, np.nan)[strata.cases], np.nan)
    own[~assessed] = np.nan
    like = ~np.isnan(own)
    n_like, unmatched = int(like.sum()), int(assessed.sum() - like.sum())
    if not n_like:
        return Standardised(0, np.nan, np.nan, np.nan, np.nan, unmatched, own)
    observed = float(need.to_numpy(dtype=bool, na_value=False)[like].sum())
    low, high = expected_range(own[like], confidence)
    return Standardised(n_like, observed, float(own[like].sum()), low, high, unmatched, own)


def expected_range(probabilities: npt.NDArray[np.float64], confidence: float = 0.95) -> tuple[float, float]:
    """The range of a number of people each of whom has something with a probability of their own.

    The quantiles at both ends of the exact Poisson-binomial distribution: the smallest number of people that, with all
    numbers below it, has at least that probability.

    >>> expected_range(np.array([0.5, 0.5, 0.5]))
    (0.0, 3.0)
    """
    from scipy.stats import poisson_binom

    cumulated = poisson_binom(probabilities).cdf(np.arange(len(probabilities) + 1))
    tail = (1 - confidence) / 2
    low, high = (float(np.argmax(cumulated >= level - _ROUNDING)) for level in (tail, 1 - tail))
    return low, high


def _shares(need: Assessed, strata: Strata, at_least: int) -> npt.NDArray[np.float64]:
    """The share with the need in each stratum; NaN where too few are assessed."""
    n, having = (tallied(strata.caseload, people, strata.size) for people in (need.known, need.having))
    enough = n >= at_least
    return np.where(enough, having / np.where(enough, n, 1), np.nan)
