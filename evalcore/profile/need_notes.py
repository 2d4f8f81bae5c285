"""What a reader must know before two groups' needs are put side by side: form, layer, and how they were recorded."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.profile.caseload import Flags, stated
from evalcore.profile.counted import NEEDS, REPEATED, is_counted, narrowed, number_of
from evalcore.profile.need_scores import FORM, form_of, known_needs
from evalcore.rules.needs import DEFAULT_FORM, load_need_form
from evalcore.wording import count, joined

LAYER = "oasys_layer"
_MOST_NAMED = 3


def recording_notes(cases: pd.DataFrame, needs: pd.DataFrame) -> tuple[str, ...]:
    """Say where a recorded need and the section's score do not agree; the recorded one is used.

    >>> cases = pd.DataFrame({"drugs_need": [True], "drugs_score": [0]})
    >>> recording_notes(cases, known_needs(cases))
    ('1 recorded need of the pilot differs from its score; the recorded one is used.',)
    """
    both = [section for section in needs if f"{section}_need" in cases and f"{section}_score" in cases]
    if not both:
        return ()
    columns = [f"{section}_score" for section in both] + ([FORM] if FORM in cases else [])
    scored = known_needs(cases[columns])
    differing = sum(int((scored[section] != needs[section]).sum()) for section in both)
    if not differing:
        return ()
    what = count(differing, "recorded need of the pilot differs", "recorded needs of the pilot differ")
    return (f"{what} from {'its score' if differing == 1 else 'their scores'}; the recorded one is used.",)


def table_notes(
    cases: pd.DataFrame, needs: pd.DataFrame, caseload: pd.DataFrame, caseload_needs: pd.DataFrame
) -> tuple[str, ...]:
    """Say where form or layer differ between or within the two groups, and how often a person stands in the caseload.

    Only people who are assessed on any need count. Nothing is said where neither group states it. `caseload` holds one
    row a person, or counts; `caseload_needs` are those of its `need_table`.

    >>> one, two = pd.DataFrame({"oasys_layer": ["3"]}), pd.DataFrame({"oasys_layer": ["1", "3"]})
    >>> known, others = pd.DataFrame({"ete": [True]}), pd.DataFrame({"ete": [True, False]})
    >>> table_notes(one, known, two, others)
    ("The pilot's needs are of layer 3, the caseload's of layer 1 and 3.",)
    """
    assessed, others = _assessed(needs), _assessed(caseload_needs)
    own, beside = (narrowed(table, (FORM, LAYER), tally=NEEDS) for table in (cases, caseload))
    notes: list[str] = []
    for column, word in ((FORM, "form"), (LAYER, "layer")):
        pilot, theirs = stated(own, column, assessed), stated(beside, column, others)
        notes += _differing(word, *pilot, *theirs)
        if column == FORM:
            notes += _thresholds((*pilot[0], *theirs[0]), bool(pilot[1] or theirs[1]))
    repeated = _repeated(caseload)
    if repeated:
        rows = count(repeated, "row of the caseload is", "rows of the caseload are")
        notes.append(f"{rows} about a person who has one already; each row counts.")
    return tuple(notes)


def _repeated(caseload: pd.DataFrame) -> int:
    if is_counted(caseload):
        return number_of(caseload, REPEATED)
    return int(caseload[RESPONDENT_ID].dropna().duplicated().sum()) if RESPONDENT_ID in caseload else 0


def _assessed(needs: pd.DataFrame) -> Flags:
    assessed = np.zeros(len(needs), dtype=bool)
    for section in needs:
        assessed |= needs[section].notna().to_numpy()
    return assessed


def _differing(
    word: str, pilot: dict[str, int], unstated: int, theirs: dict[str, int], their_unstated: int
) -> list[str]:
    if not pilot and not theirs:
        return []
    same = {name.casefold() for name in pilot} == {name.casefold() for name in theirs}
    if same and len(pilot) == 1 and not unstated and not their_unstated:
        return []
    first, second = _named(word, pilot, unstated), _named(word, theirs, their_unstated)
    return [f"The pilot's needs are of {first}, the caseload's of {second}."]


def _named(word: str, texts: dict[str, int], unstated: int) -> str:
    """Name the layers or forms, in the order of their names, and for how many people none is stated."""
    if not texts:
        return f"a {word} that is not stated"
    names = sorted(sorted(texts, key=lambda name: -texts[name])[:_MOST_NAMED])
    if len(texts) > _MOST_NAMED:
        names.append(f"{len(texts) - _MOST_NAMED} more")
    told = joined(names)
    # "layer 3", but "OASys 2009" and "Layer 3" by themselves.
    told = f"{word} {told}" if names[0][:1].isdigit() else told
    return f"{told} ({word} not stated for {count(unstated, 'person', 'people')})" if unstated else told


def _thresholds(stated_forms: Iterable[str], some_unstated: bool) -> list[str]:
    """Say that thresholds differ where they do; where no form is stated, those of the 2009 form are used."""
    forms = {form_of(name) for name in stated_forms} | ({DEFAULT_FORM} if some_unstated else set())
    return [load_need_form(form).note for form in sorted(forms - {DEFAULT_FORM})] if len(forms) > 1 else []
