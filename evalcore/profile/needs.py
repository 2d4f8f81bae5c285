"""Need by need, the pilot beside the caseload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from evalcore.columns import RESPONDENT_ID, SECTIONS
from evalcore.outcomes.description import check_confidence
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.outcomes.shares import wilson
from evalcore.profile.caseload import check_one_row_each, has_column, is_published, people_of, without_pilot
from evalcore.profile.counted import is_counted
from evalcore.profile.like_for_like import LikeForLike, standardise
from evalcore.profile.need_counts import NOBODY, Assessed, assessed, assessed_in_strata, need_table
from evalcore.profile.need_notes import LAYER, recording_notes, table_notes
from evalcore.profile.need_scores import (
    FORM,
    N_NEEDS,
    assessed_sections,
    known_needs,
    needs_from_scores,
    needs_per_person,
    scored_sections,
)
from evalcore.profile.proportions import compare_proportions
from evalcore.profile.published import CaseloadShare
from evalcore.profile.published_needs import mixed_origins, published_shares
from evalcore.profile.strata import Strata, columns_of, strata_of
from evalcore.rules.needs import load_need_rules
from evalcore.wording import joined

__all__ = [
    "N_NEEDS",
    "known_needs",
    "need_profile",
    "needs_from_scores",
    "needs_per_person",
    "scored_sections",
]

_COLUMNS = (
    "need",
    "n",
    "k",
    "rate",
    "ci_low",
    "ci_high",
    "caseload_n",
    "caseload_rate",
    "difference",
    "difference_ci_low",
    "difference_ci_high",
    "p_value",
    "p_holm",
    "n_like",
    "observed_like",
    "expected",
    "expected_low",
    "expected_high",
    "n_unmatched",
    "notes",
)
_NO_PEOPLE = "Published figures hold no people, so like can not be held against like."
_NOT_NUMBERS = ("need", "n", "notes")


@dataclass(frozen=True)
class _Caseload:
    """What is known of the caseload's needs.

    `otherwise` stands in for a need that nothing is known of; `columns` are those of its people; `notes` hold for every
    need. `needs` are those of the people in each row of `strata`, where like is to be held against like.
    """

    shares: Mapping[str, CaseloadShare]
    otherwise: CaseloadShare
    columns: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    needs: Mapping[str, Assessed] = field(default_factory=dict)
    strata: Strata | None = None


def need_profile(
    cases: pd.DataFrame,
    caseload: pd.DataFrame | None,
    *,
    like_for_like: LikeForLike | Sequence[str] | str | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the share of people with each OASys need, pilot beside caseload.

    Parameters
    ----------
    cases : DataFrame
        Native table, one person a row: any of `<section>_need`, `<section>_score`, and `oasys_form`, `oasys_layer`.
    caseload : DataFrame or None
        The same columns; the people of the pilot are taken out of it by `respondent_id`. Or counts (`profile.counted`).
        Or published figures (a table with a column `measure`, see `published_shares`). None or empty: the pilot is
        described alone.
    like_for_like : LikeForLike or sequence of str, optional
        What is held alike between the pilot and the caseload: any of `sex`, `age_band`, `ogrs_band`, `company`,
        `offence`. Layer, form and sentence are held alike too, where both know them. None: those columns stay missing.
    confidence : float
        Of all intervals.

    Returns
    -------
    DataFrame
        One row a need, in the order of `columns.SECTIONS`: every section that either table has a column for.

        - `need` (section), `n` (people of the pilot assessed on it), `k` (of them with the need), `rate` (k/n, 0 to 1),
          `ci_low`, `ci_high` (Wilson);
        - `caseload_n`, `caseload_rate`; `difference` (pilot minus caseload), `difference_ci_low`, `difference_ci_high`
          (Newcombe 1998, method 10); `p_value` (Fisher's exact test, two-sided); `p_holm` (Holm over the needs of this
          table that have a p);
        - like for like (indirect standardisation), where it was asked for: `n_like` (people of the pilot who are
          assessed and for whom the caseload holds enough people like them), `observed_like` (of those, how many have
          the need), `expected` (how many would if each had the share of their stratum), `expected_low`,
          `expected_high` (quantiles of the exact Poisson-binomial, the shares taken as known), `n_unmatched`;
        - `notes`: sentences, empty where there is nothing to say.

        Who is not assessed on a need is not counted for it, on either side. NaN is what can not be
        computed; where nobody of the pilot is assessed, all but `n` (0) and what is known of the caseload. Checked
        against R: `prop.test(correct = FALSE)`, `fisher.test`, `p.adjust`; Newcombe's interval by formula.

    Raises
    ------
    RepeatedIdError
        If one person stands in the cases more than once.
    TableError
        If a score or a recorded need is not possible.
    UnknownNameError
        If `like_for_like` names what can not be held alike.
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> cases = pd.DataFrame({"drugs_score": [2, 5, 0, None], "finance_need": [True, None, None, None]})
    >>> caseload = pd.DataFrame({"drugs_score": [0, 0, 3, 1]})
    >>> need_profile(cases, caseload)[["need", "n", "k", "rate", "caseload_n", "caseload_rate"]].round(2)
          need  n    k  rate  caseload_n  caseload_rate
    0  finance  1  1.0  1.00         NaN            NaN
    1    drugs  3  2.0  0.67         4.0           0.25
    """
    wanted = None if like_for_like is None else LikeForLike.of(like_for_like)
    check_confidence(confidence)
    check_one_row_each(cases)
    needs = known_needs(cases)
    pilot, others = assessed(needs, people_of(needs)), _caseload(cases, needs, caseload, wanted)
    rows = []
    for section in SECTIONS:
        if section in pilot or section in others.shares:
            ours, theirs = pilot.get(section, NOBODY), others.shares.get(section, others.otherwise)
            row = _row(section, ours, theirs, confidence) | _like(section, needs, others, wanted, confidence)
            rows.append(row | {"notes": _notes_of(section, ours, theirs, cases, others)})
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    table = table.astype({name: "float64" for name in _COLUMNS if name not in _NOT_NUMBERS} | {"n": "int64"})
    table["p_holm"] = adjust_p(table["p_value"].to_numpy())
    common = (*recording_notes(cases, needs), *others.notes)
    table["notes"] = [" ".join((*own, *common)) for own in table["notes"]]
    return table


def _caseload(
    cases: pd.DataFrame, needs: pd.DataFrame, caseload: pd.DataFrame | None, wanted: LikeForLike | None
) -> _Caseload:
    """Count the needs of the caseload without the pilot, or take them as published."""
    if caseload is None or caseload.empty:
        return _Caseload({}, CaseloadShare(notes=("There is no caseload to compare with.",)))
    nothing = CaseloadShare(notes=("Nothing is known of this need in the caseload.",))
    if is_published(caseload):
        published = published_shares(caseload)
        notes = mixed_origins(published) if wanted is None else (*mixed_origins(published), _NO_PEOPLE)
        return _Caseload(published, nothing, notes=notes)
    columns = _columns_of(caseload, () if wanted is None else columns_of(wanted.hold))
    others, taken_out = without_pilot(cases, caseload if is_counted(caseload) else caseload[columns])
    table = need_table(others)
    other_needs = known_needs(table)
    counted = assessed(other_needs, people_of(table))
    shares = {
        section: CaseloadShare(found.k / found.n if found.n else None, found.k, found.n)
        for section, found in counted.items()
    }
    notes = (*taken_out, *table_notes(cases, needs, others, other_needs))
    if wanted is None:
        return _Caseload(shares, nothing, frozenset(columns), notes)
    strata = strata_of(cases, others, wanted.hold)
    said = f"Held alike: {joined(strata.held) or 'nothing'}. A stratum needs {wanted.at_least:,} or more assessed."
    by_row = assessed_in_strata(others) if is_counted(others) else counted
    return _Caseload(shares, nothing, frozenset(columns), (*notes, said, *strata.left_out), by_row, strata)


def _columns_of(caseload: pd.DataFrame, held: Sequence[str]) -> list[str]:
    """Those of the columns that are looked at which a caseload has."""
    sections = [f"{section}{ending}" for section in assessed_sections(caseload) for ending in ("_need", "_score")]
    wanted = dict.fromkeys((RESPONDENT_ID, *sections, FORM, LAYER, *held))
    return [name for name in wanted if has_column(caseload, name)]


def _like(
    section: str, needs: pd.DataFrame, others: _Caseload, wanted: LikeForLike | None, confidence: float
) -> dict[str, object]:
    """The columns of like for like; none where it was not asked for, or nobody is assessed on either side."""
    if wanted is None or others.strata is None or section not in needs or section not in others.needs:
        return {}
    found = standardise(needs[section], others.needs[section], others.strata, wanted.at_least, confidence)
    return {
        "n_like": found.n_like,
        "observed_like": found.observed,
        "expected": found.expected,
        "expected_low": found.low,
        "expected_high": found.high,
        "n_unmatched": found.n_unmatched,
    }


def _row(section: str, pilot: Assessed, caseload: CaseloadShare, confidence: float) -> dict[str, object]:
    row: dict[str, object] = {"need": section, "n": pilot.n, "caseload_n": caseload.n, "caseload_rate": caseload.share}
    if not pilot.n:
        return row
    low, high = wilson(pilot.k, pilot.n, confidence=confidence)
    row |= {"k": pilot.k, "rate": pilot.k / pilot.n, "ci_low": low, "ci_high": high}
    if caseload.share is None:
        return row
    row["difference"] = pilot.k / pilot.n - caseload.share
    if caseload.count is not None and caseload.n:
        found = compare_proportions(pilot.k, pilot.n, caseload.count, caseload.n, confidence=confidence)
        row["difference_ci_low"], row["difference_ci_high"] = found.difference_ci_low, found.difference_ci_high
        row["p_value"] = found.fisher_p
    return row


def _notes_of(
    section: str, pilot: Assessed, caseload: CaseloadShare, cases: pd.DataFrame, others: _Caseload
) -> tuple[str, ...]:
    notes: list[str] = []
    if not pilot.n:
        notes.append("Nobody of the pilot is known to be assessed on this need.")
    elif pilot.n < len(cases):
        notes.append(f"{pilot.n:,} of {len(cases):,} people of the pilot are assessed on this need.")
    if caseload.n == 0:
        notes.append("Nobody of the caseload is known to be assessed on this need.")
    score = f"{section}_score"
    if (not pilot.n and score in cases) or (caseload.n == 0 and score in others.columns):
        notes.append(load_need_rules()[section].reason)
    return tuple(note for note in (*notes, *caseload.notes) if note)
