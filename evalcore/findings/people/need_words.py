"""What is said of the needs: in how many the pilot's share is higher, and which differ most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from evalcore.findings.people.basis import Pilot
from evalcore.findings.people.need_rows import NeedRow, by_difference, by_share
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, LEAST_FOR_A_TEST, LEAST_FOR_A_TEST_IN_WORDS, per_cent
from evalcore.wording import count, joined, lower_first

TOLD = 3
"""So many needs are named with their shares."""
_BELOW = 0.05
_FEW = f" Fewer than {LEAST_FOR_A_TEST} people are assessed: this describes them and says little beyond them."


def need_title(pilot: Pilot, rows: Sequence[NeedRow], *, shown: str = "") -> str:
    """Name the need that differs most, and in how many needs the pilot's share is higher.

    `shown` is said of the needs where they are not all ("that are shown").
    """
    told = by_difference(rows)
    if not told:
        return f"OASys needs: not known for anybody in {pilot.where}"
    first = told[0]
    if not first.compared or _few(told):
        first = by_share(told)[0]
        share = f"{first.k} of {first.n}" if first.n < LEAST_FOR_A_SHARE else per_cent(first.rate)
        return f"Most common OASys need in {pilot.where}: {lower_first(first.label)} ({share})"
    compared = [row for row in told if row.compared]
    higher = sum(row.difference > 0 for row in compared)
    which = [word for word in ("compared" if len(compared) < len(told) else "", shown) if word]
    needs = " ".join((f"{len(compared)} OASys needs", *which))
    where = f"more common in {pilot.where} than in the caseload"
    if not higher:
        return f"None of {needs} is {where}"
    share = _share(first) if first.n < LEAST_FOR_A_SHARE else per_cent(first.rate)
    most = f"{lower_first(first.label)} ({share} against {per_cent(first.caseload_rate)})"
    return f"{higher} of {needs} {'is' if higher == 1 else 'are'} {where}, most of all {most}"


def need_sentence(rows: Sequence[NeedRow], *, shown: str = "", tests: bool = True) -> str:
    """The largest differences with their n, then, with `tests`, which of them hold up to a correction for many."""
    told = by_difference(rows)
    compared = [row for row in told if row.compared]
    if not compared or _few(told):
        named = joined([f"{lower_first(row.label)} {_share(row)}{_beside(row)}" for row in by_share(told)[:TOLD]])
        alone = "" if compared else " There is no caseload to compare with."
        return f"Most common are {named}.{alone}{_FEW if _few(told) else ''}"
    higher = sum(row.difference > 0 for row in compared)
    needs = f"{len(compared)} needs compared{f' {shown}' if shown else ''}"
    first = f"In {higher} of the {needs} the pilot's share is higher than the caseload's."
    named = joined(
        [f"{lower_first(row.label)} {_share(row)} against {per_cent(row.caseload_rate)}" for row in compared[:TOLD]]
    )
    beyond = (_beyond(compared),) if tests else ()
    return " ".join(one for one in (first, f"Largest differences: {named}.", *beyond) if one)


def _few(rows: Iterable[NeedRow]) -> bool:
    """Whether on every need so few are assessed that they are described and not compared."""
    return all(row.n < LEAST_FOR_A_TEST for row in rows)


def _beside(row: NeedRow) -> str:
    return f" (in the caseload {per_cent(row.caseload_rate)})" if row.compared else ""


def _share(row: NeedRow) -> str:
    """The pilot's share with its n; below 10 people as a count."""
    return f"{row.k:,} of {row.n:,}" if row.n < LEAST_FOR_A_SHARE else f"{per_cent(row.rate)} (n = {row.n:,})"


def _beyond(compared: Iterable[NeedRow]) -> str:
    """For which needs the interval of the difference lies away from 0 also after Holm's correction."""
    tested = [row for row in compared if math.isfinite(row.p_holm)]
    if not tested:
        return ""
    corrected = f"after Holm's correction for {count(len(tested), 'test', 'tests')}"
    found = []
    for side, sign in (("above", 1), ("below", -1)):
        kept = [lower_first(row.label) for row in tested if row.p_holm < _BELOW and sign * row.difference > 0]
        if kept:
            found.append(f"The difference lies {side} 0 {corrected} for {joined(kept)} (p < 0.05).")
    few = ": too few people to tell" if max(row.n for row in tested) < LEAST_FOR_A_TEST_IN_WORDS else ""
    return " ".join(found) or f"For no need p is below 0.05 {corrected}{few}."


def unassessed(rows: Sequence[NeedRow], n_people: int) -> str:
    """How many are not assessed, of whom nothing is known: never that they have no need."""
    missing = [n_people - row.n for row in rows]
    if not any(missing):
        return "Everybody in the pilot is assessed on each of these needs."
    least, most = min(missing), max(missing)
    few = f"{most:,}" if least == most else f"{least:,} to {most:,}"
    who = f"Depending on the need {few} of {n_people:,} people are not assessed"
    return f"{who}: for them it is not known whether there is a need."


def notes_by_need(pilot: Pilot, rows: Sequence[NeedRow]) -> tuple[str, ...]:
    """The notes of `need_profile`: what holds for every need once, what holds for some with their names.

    Who was taken out of the caseload is told for the whole pilot, whatever site was chosen.
    """
    texts = [row.notes for row in rows]
    for told in pilot.taken_out_again:
        texts = [text.replace(told, "").replace("  ", " ").strip() for text in texts]
    common = _common_end(texts)
    own: dict[str, list[str]] = {}
    for row, notes in zip(rows, texts, strict=True):
        text = notes.removesuffix(common).strip()
        if text:
            own.setdefault(text, []).append(row.label)
    told_of_some = (f"{joined(names)}: {text}" for text, names in own.items())
    return (*told_of_some, *((common,) if common else ()), *pilot.people.taken_out)


def _common_end(texts: Sequence[str]) -> str:
    """The sentences with which all texts end."""
    if not texts:
        return ""
    parts = [text.split(". ") for text in texts]
    same = 0
    while all(len(part) > same and part[-1 - same] == parts[0][-1 - same] for part in parts):
        same += 1
    return ". ".join(parts[0][len(parts[0]) - same :])
