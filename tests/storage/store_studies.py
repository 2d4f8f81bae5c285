"""Small studies for the tests of the store, and when they were saved."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.intake import read_questionnaires, read_roster
from evalcore.leaving import Export
from evalcore.study import Study

MONDAY = "2026-05-04T09:00:00+00:00"
TUESDAY = "2026-05-05T09:00:00+00:00"
WEDNESDAY = "2026-05-06T09:00:00+00:00"
PEOPLE = ("Canary-71", "B2", "B3", "B4")


def answers(name: str, wave: str, people: Sequence[str] = PEOPLE, first: int = 1) -> bytes:
    """A questionnaire file with an answer that differs from person to person."""
    rows = [f"{person},{wave},staff,{1 + (first + n) % 4}" for n, person in enumerate(people)]
    return "\n".join(["respondent_id,wave,role,gse_1", *rows, ""]).encode()


def pilot(name: str = "Pilot", people: Sequence[str] = PEOPLE) -> Study:
    """A questionnaire before."""
    return Study.empty(name).add(read_questionnaires(answers("before.csv", "pre", people), name="before.csv"))


def with_after(study: Study, people: Sequence[str] = PEOPLE) -> Study:
    """The study with a questionnaire after."""
    return study.add(read_questionnaires(answers("after.csv", "post", people, first=2), name="after.csv"))


def with_roster(study: Study, people: Sequence[str] = PEOPLE) -> Study:
    """The study with a list of who was asked."""
    rows = "\n".join(f"{person},staff" for person in people)
    return study.add(read_roster(f"respondent_id,role\n{rows}\n".encode(), name="roster.csv"))


def left(number: int, people: Sequence[str] = PEOPLE) -> Export:
    """A record that one file left."""
    return Export(f"summary.{number}", "share", (("gse", frozenset(f"staff|{one}" for one in people)),), MONDAY)


def same(one: Study, other: Study) -> bool:
    """Whether two studies hold the same, whatever left."""
    return (one.fingerprint, one.name, one.notes) == (other.fingerprint, other.name, other.notes)
