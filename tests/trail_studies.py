"""Small studies for tests of the trail, read through the readers that a user's files go through."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalcore.intake import read_questionnaires, read_roster
from evalcore.study import Study

ITEMS = {"gse": 10, "wemwbs": 14}


@dataclass(frozen=True)
class Person:
    """Someone asked or not; `pre` and `post` are the number of questions answered, None for no questionnaire at all."""

    who: str
    role: str = "service user"
    site: str = ""
    consent: str = "given"
    on_roster: bool = True
    pre: int | None = 14
    post: int | None = 14
    answer: int = 2
    answered_at: str | None = None
    role_on_roster: str | None = None
    reason_no_pre: str = ""
    reason_no_post: str = ""


def study_of(*people: Person, items: str = "gse") -> Study:
    """Write the people's files and read them."""
    intakes = []
    answers = [row for person in people for row in _rows(person, items)]
    if answers:
        intakes.append(read_questionnaires(_csv(answers), name="answers.csv"))
    roster = [_line(person) for person in people if person.on_roster]
    if roster:
        intakes.append(read_roster(_csv(roster), name="roster.csv"))
    return Study.empty().add(*intakes)


def _rows(person: Person, items: str) -> list[dict[str, object]]:
    site = person.site if person.answered_at is None else person.answered_at
    rows = []
    for wave, n in (("pre", person.pre), ("post", person.post)):
        if n is not None:
            row: dict[str, object] = {"respondent_id": person.who, "wave": wave, "role": person.role, "site": site}
            codes = [person.answer if i < n else "" for i in range(ITEMS[items])]
            rows.append(row | {f"{items}_{i}": code for i, code in enumerate(codes, start=1)})
    return rows


def _line(person: Person) -> dict[str, object]:
    role = person.role if person.role_on_roster is None else person.role_on_roster
    line: dict[str, object] = {"respondent_id": person.who, "role": role, "site": person.site}
    line |= {"consent": person.consent, "reason_no_pre": person.reason_no_pre, "reason_no_post": person.reason_no_post}
    return line


def _csv(rows: list[dict[str, object]]) -> bytes:
    return pd.DataFrame(rows).to_csv(index=False).encode()
