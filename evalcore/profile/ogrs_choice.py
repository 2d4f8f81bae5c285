"""Which OGRS score is used: the one in the file, or one that is computed; for pilot and caseload alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import OGRS
from evalcore.profile.counted import is_counted, narrowed
from evalcore.profile.ogrs_kind import HORIZON, VERSION, horizon_name, ogrs_kind, version_key
from evalcore.profile.ogrs_scored import KINDS, Scored, ScoreKind, absent_columns, compute_scores, kind_named
from evalcore.wording import count

FILE = "file"
"""The choice of the score as it stands in the file."""
SHOWN = "ogrs_shown"
"""Column of a computed score as it is displayed, beside the full one."""

_BY_DEFAULT = ("ogrs4_g", "ogrs3_2")
_COUNTED = "The caseload is known as counts, so no score can be computed for its people."
_ITS_OWN = f"{_COUNTED} The scores in its file are used where they are of the same version and horizon."


@dataclass(frozen=True, eq=False)
class UsedScores:
    """The tables with the score that is used in the columns `ogrs`, `ogrs_version` and `ogrs_horizon`.

    Attributes
    ----------
    key : str
        `FILE`, or one of `ogrs_scored.KINDS`.
    cases, caseload : DataFrame
        The same object as given where the file's own scores are used.
    pilot, others : Scored or None
        What was computed for the pilot and for the caseload; None where the file's own scores are used.
    not_computed : str
        Why no score was computed for the caseload where one could be computed for people's rows; else empty.
    """

    key: str
    cases: pd.DataFrame
    caseload: pd.DataFrame
    pilot: Scored | None = None
    others: Scored | None = None
    not_computed: str = ""

    @property
    def kind(self) -> ScoreKind | None:
        """The score that was computed for the pilot; None where it is the file's own."""
        return KINDS.get(self.key)

    @property
    def notes(self) -> tuple[str, ...]:
        """For how many people a score was computed, what was assumed, and why the others have none."""
        sides = (("the pilot", self.pilot), ("the caseload", self.others))
        notes = (note for who, found in sides if found is not None for note in scored_notes(found, who))
        return (*dict.fromkeys(notes), *((self.not_computed,) if self.not_computed else ()))


def default_score(cases: pd.DataFrame) -> str:
    """The score used unasked: the file's where anybody has one; else OGRS4/G, or OGRS3 where only that can be computed.

    >>> default_score(pd.DataFrame({"ogrs": [50.0, None]}))
    'file'
    """
    if OGRS in cases and cases[OGRS].notna().any():
        return FILE
    return next((key for key in _BY_DEFAULT if compute_scores(cases, key).known.any()), FILE)


def score_choices(cases: pd.DataFrame) -> Mapping[str, str]:
    """The scores to choose from, with their names, the default first; those whose columns are missing are left out.

    >>> score_choices(pd.DataFrame({"ogrs": [50.0]}))
    {'file': 'As in the file'}
    """
    found = {FILE: "As in the file"} if OGRS in cases and cases[OGRS].notna().any() else {}
    found |= {key: f"{kind.label}, computed" for key, kind in KINDS.items() if not absent_columns(cases, kind)}
    first = default_score(cases)
    return {first: found[first], **found} if first in found else found


def use_scores(cases: pd.DataFrame, caseload: pd.DataFrame, choice: str | None = None) -> UsedScores:
    """Put the score that is used into both tables.

    Parameters
    ----------
    cases, caseload : DataFrame
        Native tables; the caseload may be counts (`profile.counted`), of which no score can be computed.
    choice : str, optional
        `FILE` or one of `ogrs_scored.KINDS`; `default_score` if None.

    Returns
    -------
    UsedScores
        A score is computed for the caseload too where its columns allow that; else its own scores stay, and are
        compared only if they are of the same version and horizon. Where the file's scores are used and the caseload
        has none, those of the same version and horizon are computed for it.

    Raises
    ------
    UnknownNameError
        If there is no such score.

    Examples
    --------
    >>> found = use_scores(pd.DataFrame({"ogrs": [50.0]}), pd.DataFrame())
    >>> found.key, found.kind
    ('file', None)
    """
    key = default_score(cases) if choice is None else choice
    if key == FILE:
        return _as_in_the_file(cases, caseload)
    kind = kind_named(key)
    pilot = compute_scores(cases, key)
    ours = _with(cases, pilot)
    if len(caseload) and is_counted(caseload):
        return UsedScores(key, ours, caseload, pilot, not_computed=_ITS_OWN if _has_own(caseload) else _COUNTED)
    others = None if len(caseload) == 0 or absent_columns(caseload, kind) else compute_scores(caseload, key)
    return UsedScores(key, ours, caseload if others is None else _with(caseload, others), pilot, others)


def scored_notes(found: Scored, who: str) -> tuple[str, ...]:
    """For how many people of a group a score was computed, in sentences, and why not for the others.

    >>> scored_notes(compute_scores(pd.DataFrame({"sex": ["male"]}), "ogrs3_1"), "the pilot")[0]
    'OGRS3, one year (legacy) was computed for 0 of 1 person in the pilot.'
    """
    people = count(len(found.p), "person", "people")
    first = f"{found.kind.label} was computed for {int(found.known.sum()):,} of {people} in {who}."
    why = [f"Not computed for {_people(n)}: {_lower(reason)}" for reason, n in found.reasons.items()]
    said = [f"Said of {_people(n)} with a score: {_lower(note)}" for note, n in found.notes.items()]
    return (first, *(found.assumed if found.known.any() else ()), *why, *said)


def _people(n: int) -> str:
    return count(n, "person", "people")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _as_in_the_file(cases: pd.DataFrame, caseload: pd.DataFrame) -> UsedScores:
    kind = _kind_of(cases)
    if kind is None or len(caseload) == 0 or _has_own(caseload):
        return UsedScores(FILE, cases, caseload)
    if is_counted(caseload) or absent_columns(caseload, kind):
        return UsedScores(FILE, cases, caseload, not_computed=_COUNTED if is_counted(caseload) else "")
    others = compute_scores(caseload, kind.key)
    return UsedScores(FILE, cases, _with(caseload, others), others=others)


def _has_own(caseload: pd.DataFrame) -> bool:
    rows = narrowed(caseload, (OGRS,))
    return OGRS in rows and bool(rows[OGRS].notna().any())


def _kind_of(cases: pd.DataFrame) -> ScoreKind | None:
    """The one kind of score that a file states and that can be computed; None where there is none."""
    if OGRS not in cases:
        return None
    stated = ogrs_kind(cases, cases[OGRS].notna().to_numpy(dtype=bool), "the pilot")
    return None if stated.version is None else kind_of(stated.version, stated.horizon or "")


def kind_of(version: str, horizon: str) -> ScoreKind | None:
    """The score that is computed and is of this version and horizon, in any spelling; None where there is none.

    >>> kind_of("OGRS 3", "two years").key, kind_of("OGRS4", "2 years")
    ('ogrs3_2', None)
    """
    wanted = (version_key(version), horizon_name(horizon))
    return next((kind for kind in KINDS.values() if (version_key(kind.version), kind.horizon) == wanted), None)


def _with(table: pd.DataFrame, found: Scored) -> pd.DataFrame:
    of_kind = {VERSION: found.kind.version, HORIZON: found.kind.horizon}
    return table.assign(**{OGRS: 100 * np.asarray(found.p), SHOWN: found.shown}, **of_kind)
