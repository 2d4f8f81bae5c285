"""Several different answers of one person at one wave, laid side by side for a choice."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalcore.assembly.filling import NO_CONSENT
from evalcore.columns import COMPLETED_ON, RESPONDENT_ID, ROLE, WAVE
from evalcore.decisions import KeepAnswer
from evalcore.intake.native import KEYS, RESPONSES, blocks, item_columns
from evalcore.intake.people.repeats import find_repeats
from evalcore.study import Study


@dataclass(frozen=True, eq=False, repr=False)
class Repeat:
    """The different answers of one person at one wave.

    Attributes
    ----------
    respondent_id, role, wave : str
        Whose, and when; the role is None where no file says it.
    rows : DataFrame
        One row each, in the order of the files: `file, row, completed_on`, for each questionnaire in them how many
        questions are answered and whether all are (`gse answered`, `gse complete`), `reason` why the row is not used
        (empty where it is), then the answers themselves, as codes.
    decided : str or None
        What was decided (`decisions.KEEP`), singly or for all; None where nothing was.
    """

    respondent_id: str
    role: str | None
    wave: str
    rows: pd.DataFrame
    decided: str | None

    def decision(self, keep: str) -> KeepAnswer:
        """Return the decision on which of these is used."""
        return KeepAnswer(keep, self.respondent_id, self.role, self.wave)

    def __repr__(self) -> str:
        """Sizes only: nobody is named."""
        return f"Repeat({len(self.rows)} rows, decided={self.decided!r})"


def repeats(study: Study) -> tuple[Repeat, ...]:
    """Find every person with different answers at one wave, decided or not, sorted by identifier.

    >>> from evalcore.intake import read_questionnaires
    >>> twice = read_questionnaires(b"respondent_id,wave,gse_1\\nA1,pre,3\\nA1,pre,4\\n", name="twice.csv")
    >>> found = repeats(Study.empty().add(twice))[0]
    >>> found.rows["gse_1"].tolist(), found.decided
    ([3.0, 4.0], None)
    """
    entries = study.entries
    among = (entries[RESPONDENT_ID].notna() & (entries["reason"] != NO_CONSENT)).to_numpy()
    entries = entries[among].reset_index(drop=True)
    if not len(entries):
        return ()
    found = find_repeats(entries[list(KEYS[RESPONSES])], entries, blocks(entries, RESPONSES))
    several = entries[found.contradicting]
    groups = several.groupby(found.group[found.contradicting], sort=False)
    made = [_repeat(rows) for _, rows in groups]
    return tuple(sorted(made, key=lambda one: (one.respondent_id, one.role or "", one.wave)))


def _repeat(rows: pd.DataFrame) -> Repeat:
    first = rows.iloc[0]
    table = rows[["file", "row", COMPLETED_ON]].copy()
    items: dict[str, list[str]] = {}
    for item, instrument in item_columns().items():
        if item in rows:
            items.setdefault(instrument, []).append(item)
    held = {name: its for name, its in items.items() if rows[its].notna().any(axis=None)}
    for name, its in held.items():
        answered = rows[its].notna()
        table[f"{name} answered"], table[f"{name} complete"] = answered.sum(axis=1), answered.all(axis=1)
    table["reason"] = rows["reason"]
    for its in held.values():
        table[its] = rows[its]
    role = first[ROLE] if isinstance(first[ROLE], str) else None
    return Repeat(
        str(first[RESPONDENT_ID]), role, str(first[WAVE]), table.reset_index(drop=True), first["decided"] or None
    )
