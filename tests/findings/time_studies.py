"""Small studies with dates and circumstances, read through the readers that a user's files go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.findings import Measure, measures
from evalcore.intake import read_questionnaires, read_roster
from evalcore.study import Study


@dataclass(frozen=True)
class Answer:
    """One questionnaire (GSE): whose, when, with which score, filled in how."""

    who: str
    wave: str
    score: int = 25
    on: str = ""
    how: str = ""
    role: str = "service user"
    site: str = ""


def study_of(answers: Sequence[Answer], *, starts: Mapping[str, str] | None = None) -> Study:
    """Write the files and read them."""
    intakes = [read_questionnaires(_csv([_row(answer) for answer in answers]), name="answers.csv")]
    if starts is not None:
        roster = [{"respondent_id": who, "role": "service user", "started_on": on} for who, on in starts.items()]
        intakes.append(read_roster(_csv(roster), name="roster.csv"))
    return Study.empty("Made").add(*intakes)


def pair(who: str, weeks: float | None, before: int = 25, after: int = 27, **more: str) -> list[Answer]:
    """Two questionnaires of one person so many weeks apart; None leaves the date after blank."""
    first = pd.Timestamp("2026-01-05")
    second = "" if weeks is None else f"{first + pd.Timedelta(days=round(weeks * 7)):%Y-%m-%d}"
    return [Answer(who, "pre", before, f"{first:%Y-%m-%d}", **more), Answer(who, "post", after, second, **more)]


def only_measure(study: Study) -> Measure:
    """The one measure of a study of one questionnaire and one group."""
    (found,) = measures(study)
    return found


def _row(answer: Answer) -> dict[str, object]:
    row: dict[str, object] = {"respondent_id": answer.who, "wave": answer.wave, "role": answer.role}
    row |= {"site": answer.site, "completed_on": answer.on, "how_completed": answer.how}
    return row | {f"gse_{i + 1}": answer.score // 10 + (i < answer.score % 10) for i in range(10)}


def _csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    return pd.DataFrame(list(rows)).to_csv(index=False).encode()
