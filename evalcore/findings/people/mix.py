"""What a plain comparison with the caseload mixes up: the caution beside it, computed from the shares of men."""

from __future__ import annotations

from evalcore.columns import MALE, SEX
from evalcore.findings.people.basis import Pilot
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent
from evalcore.wording import joined

APART = 0.10
"""Shares of men further apart than this are named in the caution."""

ALONE = "These are the people who were taken on; whom else they stand for is not known."


def mix_caution(pilot: Pilot, *, mixed: tuple[str, ...], compared: bool, named: bool) -> str:
    """Say what stands in the way of reading a difference from the caseload as one of the pilot.

    Parameters
    ----------
    pilot : Pilot
    mixed : tuple of str
        What may differ besides: `("sex", "age", "risk")`.
    compared : bool
        Whether there is a caseload beside the pilot.
    named : bool
        Whether the shares of men are given where they are more than 10 percentage points apart. Outside they are not:
        they stand in a table of their own, where the policy decides about them.
    """
    if not pilot.n:
        return ""
    if not compared:
        return ALONE
    return f"{_mixed_up(pilot, mixed, named=named)} {pilot.people.published_words}".strip()


def _mixed_up(pilot: Pilot, mixed: tuple[str, ...], *, named: bool) -> str:
    so = f"so this comparison mixes {joined(mixed)} with the pilot"
    known = pilot.column(SEX).dropna()
    found = pilot.people.caseload_sex.get(MALE)
    beside = None if found is None else found.share
    men = int((known == MALE).sum())
    if not len(known) or beside is None or abs(men / len(known) - beside) <= APART:
        return f"The pilot's people were not drawn from the caseload by chance, {so.replace('mixes', 'may mix')}."
    if not named:
        return f"The share of men in {pilot.where} is not that of the caseload, {so}."
    many = len(known) >= LEAST_FOR_A_SHARE
    share = f"{per_cent(men / len(known))} are" if many else f"{men} of {len(known)} {'is' if men == 1 else 'are'}"
    return f"In {pilot.where}, {share} male, and in the caseload {per_cent(beside)}, {so}."
