"""The OGRS scores that came with the case file against those computed for the same version and horizon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.findings.finding import Column, Finding, Group, OutsideForm, having_measure
from evalcore.findings.people.basis import Mask, People, Pilot, files_of, no_case_file, source_of, with_context
from evalcore.findings.people.tables import frame_of
from evalcore.methods import definition
from evalcore.profile.ogrs_checked import WITHIN, Checked, check_scores
from evalcore.profile.ogrs_kind import HORIZON, VERSION
from evalcore.wording import count, number

SCORED = "OGRS in the file"
_RESULTS = (
    ("agree", f"Agree within {WITHIN:g} point"),
    ("differ", "Differ by more"),
    ("not computed", "Could not be computed"),
)
_NO_SCORES = "No OGRS score is recorded in {where}, so there is nothing to check."
_NOTHING = (
    "No score in {where} could be computed, so none is checked. The notes say what is missing: add it to the case file."
)
_KEPT = "Nothing is changed by this check: look up the inputs and the score of each."


def ogrs_checked_finding(people: People, site: str | None = None) -> Finding:
    """How many scores in the case file agree with those computed; who differs, for the evaluator's own screen only.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    pilot = people.pilot(site)
    found = Check(pilot)
    title, sentence = _title(found), _sentence(found)
    n_rows = len(_RESULTS) if found.any_compared else 0
    return Finding(
        id=pilot.finding_id("ogrs-checked"),
        title=title,
        sentence=sentence,
        caution="",
        chart=None,
        table=_table(found),
        columns=_columns(found),
        groups=with_context(pilot, lambda one: Check(one).groups()),
        trail=None,
        source=source_of(people),
        definition=definition("ogrs_checked"),
        outside=OutsideForm(
            name="",
            title=title,
            sentence=sentence,
            caution="",
            chart=None,
            rests_on=(SCORED,) if found.n and pilot.by_site else (),
            rests_on_rows=tuple(range(n_rows)),
        ),
        by_site=pilot.by_site,
        notes=(*_notes(found), *people.taken_out),
        files=files_of(people),
        topic=f"OGRS in the file and computed: {pilot.where}",
        people=_differences(found),
    )


@dataclass(frozen=True, eq=False)
class Check:
    """The check of the pilot's people, or of one site's."""

    pilot: Pilot

    @cached_property
    def checked(self) -> Checked:
        """Stated and computed scores, in the order of the case files."""
        return check_scores(self.pilot.cases)

    @property
    def n(self) -> int:
        """People with a score in the file."""
        return int(self.checked.has_score.sum())

    @property
    def any_compared(self) -> bool:
        """Whether any score could be computed."""
        return bool(self.checked.compared.any())

    @property
    def masks(self) -> dict[str, Mask]:
        """Who agrees, who differs, and whose score could not be computed."""
        of = self.checked
        return dict(zip((key for key, _ in _RESULTS), (of.agree, of.differ, of.not_computed), strict=True))

    def groups(self) -> Iterable[Group]:
        """Who has a score in the file, and each result: who has it and who has not."""
        yield self.pilot.counted(SCORED, self.checked.has_score)
        for key, mask in self.masks.items() if self.any_compared else ():
            for name, has, without in ((key, mask, False), (f"not: {key}", self.checked.has_score & ~mask, True)):
                yield self.pilot.having(name, has, having_measure("ogrs check", key, without=without))


def _title(found: Check) -> str:
    where = found.pilot.where
    if not found.any_compared:
        return f"OGRS in the file and computed: nothing can be compared in {where}"
    compared = count(int(found.checked.compared.sum()), "score", "scores")
    return f"{int(found.checked.agree.sum())} of {compared} in {where} agree with the computed ones within 1 point"


def _sentence(found: Check) -> str:
    if not found.pilot.n:
        return no_case_file(found.pilot)
    if not found.n:
        return _NO_SCORES.format(where=found.pilot.where)
    if not found.any_compared:
        return _NOTHING.format(where=found.pilot.where)
    numbers = {key: int(mask.sum()) for key, mask in found.masks.items()}
    who = count(found.n, "person has", "people have")
    return (
        f"In {found.pilot.where}, {who} a score in the file: {numbers['agree']} agree with the score computed for the"
        f" same version and horizon within 1 point, {numbers['differ']} differ by more, and"
        f" {numbers['not computed']} could not be computed. {_KEPT}"
    )


def _notes(found: Check) -> tuple[str, ...]:
    if not found.n:
        return ()
    why = (
        f"Not computed for {count(n, 'person', 'people')}: {reason[:1].lower()}{reason[1:]}"
        for reason, n in found.checked.reasons.items()
    )
    return (*found.checked.assumed, *why)


def _table(found: Check) -> pd.DataFrame:
    rows = [{"result": label, "people": int(found.masks[key].sum())} for key, label in _RESULTS if found.any_compared]
    return frame_of(rows, ("result", "people"), labels=("result",))


def _columns(found: Check) -> tuple[Column, ...]:
    keys = [key for key, _ in _RESULTS] if found.any_compared else []
    return (
        Column("result", "Score in the file", "label"),
        Column(
            "people",
            "People",
            "characteristic",
            groups=((SCORED,),) * len(keys),
            holders=tuple((key, f"not: {key}") for key in keys),
        ),
    )


def _differences(found: Check) -> pd.DataFrame | None:
    """Each person whose scores differ by more, the largest difference first; None where nobody's do."""
    of, cases = found.checked, found.pilot.cases
    if not of.differ.any():
        return None
    order = np.argsort(-np.abs(of.difference[of.differ]), kind="stable")
    rows = cases[of.differ].iloc[order]
    stated, computed, difference = (values[of.differ][order] for values in (of.stated, of.computed, of.difference))
    return pd.DataFrame(
        {
            "Person": rows[RESPONDENT_ID].astype(str).to_numpy(),
            "Version": rows[VERSION].astype(str).to_numpy(),
            "Horizon": rows[HORIZON].astype(str).to_numpy(),
            "In the file (%)": [f"{value:g}" for value in stated],
            "Computed (%)": [f"{value:g}" for value in computed],
            "Difference": [number(value, 1, signed=True) for value in difference],
        }
    )
