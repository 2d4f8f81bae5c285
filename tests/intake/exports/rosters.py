"""Who was asked: rosters under headings of people's own."""

from __future__ import annotations

from dataclasses import dataclass

from tests.intake.exports.people import NO_VALUE, ROW_ASIDE, Fault
from tests.intake.made import csv_bytes, workbook_bytes


@dataclass(frozen=True, eq=False)
class Roster:
    """A file, what it says of each person, its planted faults, and its columns of personal data."""

    name: str
    data: bytes
    people: dict[str, dict[str, object]]
    faults: frozenset[Fault]
    personal: frozenset[str]

    def __repr__(self) -> str:
        return self.name


KEPT = ("role", "site", "consent", "started_on", "reason_no_pre", "reason_no_post")
SAID = (
    ("AB12", "service user", "North", "given", "2026-02-03", None, None),
    ("AB13", "service user", "North", "given", "2026-02-13", None, "moved away"),
    ("CD07", "service user", "South", "refused", None, "said no", None),
    ("CD08", "staff", "South", "withdrawn", "2026-02-24", None, "left the team"),
    ("EF21", "volunteer", "South", None, None, None, None),
)
WRITTEN = {
    "service user": "Service User",
    "staff": "STAFF",
    "volunteer": "Volunteer ",
    "given": "Yes",
    "refused": "declined",
    "withdrawn": "Withdrew",
}


def rows(headings: list[str]) -> tuple[list[list[object]], set[Fault]]:
    """The people; one of them with a consent that is neither, and a row without a code."""
    made: list[list[object]] = [headings]
    for number, (who, *said) in enumerate(SAID):
        cells = [WRITTEN.get(str(cell), cell) for cell in said]
        if who == "EF21":
            cells[2] = "perhaps"
        cells[3] = "/".join(reversed(str(said[3]).split("-"))) if said[3] else None
        made.append([f"{who} ", f"Jo Doe {number}", *cells])
    made.append([None, "Jo Nobody", "Staff", "North", "Yes", None, None, None])
    return made, {(6, headings[4], NO_VALUE), (7, headings[0], ROW_ASIDE)}


OWN = {
    "who we asked.csv": ("Participant ID", "Full name", "Role", "Site", "Consent given?", "Start date"),
    "Roster.xlsx": ("ID", "Name", "Role", "Site name", "Consent", "Date started"),
}
REASONS = {
    "who we asked.csv": ("Reason for no baseline", "Reason for no follow-up"),
    "Roster.xlsx": ("Reason no pre questionnaire", "Reason no post questionnaire"),
}


def rosters() -> list[Roster]:
    """Two sets of headings, as CSV and as a workbook."""
    made = []
    for name, own in OWN.items():
        table, faults = rows([*own, *REASONS[name]])
        data = csv_bytes(table) if name.endswith("csv") else workbook_bytes(Roster=table)
        people = {who: dict(zip(KEPT, said, strict=True)) for who, *said in SAID}
        made.append(Roster(name, data, people, frozenset(faults), frozenset({own[1]})))
    return made
