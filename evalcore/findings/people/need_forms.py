"""With which form, at which layer and when needs were assessed: it stands by every comparison of needs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.findings.people.basis import Pilot
from evalcore.findings.people.words import LEAST_FOR_A_SHARE
from evalcore.plan.words import day
from evalcore.profile.caseload import Flags, people_of, stated
from evalcore.profile.counted import narrowed
from evalcore.wording import joined

_FORM, _LAYER, _DATE = "oasys_form", "oasys_layer", "oasys_date"
_NO_DATE = "on dates that are not stated"


def assessed_with(pilot: Pilot, *, outside: bool = False) -> str:
    """A sentence on the assessments of the pilot and, where there are its people, of the caseload.

    Parameters
    ----------
    pilot : Pilot
    outside : bool
        Whether the words may leave: the first and the last date are two people's, so that then years stand in their
        place, where many people were assessed in each.
    """
    known = np.asarray(pilot.needs.notna().any(axis=1), dtype=bool)
    said = f"The needs were assessed {_words(pilot.cases, known, outside=outside)}"
    caseload = pilot.people.caseload
    if not len(caseload):
        return f"{said}."
    return f"{said}; the caseload's {_words(caseload, None, outside=outside)}."


def _words(people: pd.DataFrame, known: Flags | None, *, outside: bool) -> str:
    """The form, the layer and the dates, as stated in the file, of those who are known; of all in a caseload."""
    table = narrowed(people, (_FORM, _LAYER))
    dates = _dates(narrowed(people, (_DATE,)), known, outside=outside)
    forms, no_form = stated(table, _FORM, known)
    layers, no_layer = stated(table, _LAYER, known)
    layer = f"layer {joined(sorted(layers))}" if layers else "a layer that is not stated"
    form = f"with {joined(sorted(forms))}" if forms else "on a form that is not stated"
    some = " (not stated for everybody)" if (no_form and forms) or (no_layer and layers) else ""
    return ", ".join(part for part in (form, f"{layer}{some}", dates) if part)


def _dates(table: pd.DataFrame, known: Flags | None, *, outside: bool) -> str:
    """From when to when; outside the years in which many were assessed, and nothing where in some of them few were."""
    if _DATE not in table:
        return _NO_DATE
    people = people_of(table, known)
    dates = pd.to_datetime(table[_DATE].where(people > 0), errors="coerce")
    people, undated = people[dates.notna()], int(people[dates.isna()].sum())
    dates = dates.dropna()
    if dates.empty:
        return _NO_DATE
    if outside:
        years = pd.Series(people, dtype=np.int64).groupby(dates.dt.year.to_numpy()).sum()
        return f"in {joined([str(year) for year in years.index])}" if years.min() >= LEAST_FOR_A_SHARE else ""
    first, last = (day(date.isoformat()) for date in (dates.min(), dates.max()))
    some = f" (no date for {undated:,})" if undated else ""
    return f"on {first}{some}" if first == last else f"from {first} to {last}{some}"
