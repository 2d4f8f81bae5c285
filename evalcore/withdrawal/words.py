"""What a study says of a person who withdraws, and of those who did: numbers, never a name."""

from __future__ import annotations

from evalcore.columns import ROLES
from evalcore.study import Study
from evalcore.withdrawal.finding import find, people_in
from evalcore.withdrawal.person import Person
from evalcore.withdrawal.standing import standing
from evalcore.withdrawal.withdrawing import is_named
from evalcore.wording import count


def roles_in(study: Study) -> tuple[str, ...]:
    """Return the roles that anybody in the study has.

    >>> from evalcore.intake import read_roster
    >>> roles_in(Study.empty().add(read_roster(b"respondent_id,role\\nA1,staff\\n", name="roster.csv")))
    ('staff',)
    """
    known = {person.role for person in people_in(study)}
    return tuple(role for role in ROLES if role in known)


def where_words(study: Study, person: Person) -> str:
    """Say in how many rows of how many files a person stands; empty where nothing here is about them.

    >>> from evalcore.intake import read_roster
    >>> study = Study.empty().add(read_roster(b"respondent_id\\nA1\\nA2\\n", name="roster.csv"))
    >>> where_words(study, Person(None, "a1")), where_words(study, Person(None, "A3"))
    ('Stands in 1 row of 1 file.', '')
    """
    found = find(standing(study), person)
    rows = sum(map(len, found.rows.values()))
    if rows:
        return f"Stands in {count(rows, 'row', 'rows')} of {count(len(found.rows), 'file', 'files')}."
    if is_named(study, found):
        return "Stands in no file; what was decided, or the record of what left, still names this person."
    return ""


def withdrawn_words(study: Study) -> str:
    """Say how many people withdrew and were removed; empty where nobody did.

    >>> withdrawn_words(Study.of("Pilot", (), withdrawn=(("staff", 1), ("", 1))))
    '2 people withdrew and were removed.'
    """
    n = sum(one for _, one in study.withdrawn)
    return f"{count(n, 'person', 'people')} withdrew and {'was' if n == 1 else 'were'} removed." if n else ""
