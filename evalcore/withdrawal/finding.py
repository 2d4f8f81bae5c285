"""Where one person stands: every row of every file, and every spelling of the identifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from evalcore.columns import RESPONDENT_ID, ROLES, SERVICE_USER
from evalcore.intake.files.raw import RawTable, TextColumn
from evalcore.intake.headings.headers import KEEP
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD
from evalcore.intake.people.identifiers import clean_identifier
from evalcore.intake.people.spelling import fold
from evalcore.study import Study
from evalcore.withdrawal.person import Person
from evalcore.withdrawal.standing import Place, Standing, roles_typed, standing

# A column in which each text stands in so many rows at most, on average, may name people.
_MOST_EACH = 3


@dataclass(frozen=True, eq=False, repr=False)
class Found:
    """A person as the study knows them.

    Attributes
    ----------
    roles : frozenset of str
        The roles in which they stand.
    texts : frozenset of str
        Every spelling, as typed and as read.
    others : frozenset of (str or None, str)
        Role and spelling of everybody else.
    rows : mapping of int to frozenset of int
        The numbers of their rows, by the file's place in `Standing.files`.
    """

    person: Person
    roles: frozenset[str]
    texts: frozenset[str]
    others: frozenset[tuple[str | None, str]]
    rows: Mapping[int, frozenset[int]]

    @cached_property
    def forms(self) -> frozenset[str]:
        """The form in which each spelling is compared."""
        return frozenset(map(fold, self.texts))

    def spelled(self, text: str) -> bool:
        """Whether an identifier is a spelling of this person's."""
        return text in self.texts or fold(text) in self.forms

    def named(self, text: str, role: str | None) -> bool:
        """Whether an identifier that stands somewhere with a role, or without one, is this person's."""
        if not (_could_be(self.person.role, role) and self.spelled(text)):
            return False
        return not self.is_others(text, role) or (role is not None and text in self.texts)

    def is_others(self, text: str, role: str | None) -> bool:
        """Whether somebody else is called so, or could be in a spelling that stands in no file."""
        roles = (*ROLES, None) if role is None else (role, None)
        if any((one, text) in self.others for one in roles):
            return True
        return text not in self.texts and any((one, fold(text)) in self._forms_of_others for one in roles)

    @cached_property
    def _forms_of_others(self) -> frozenset[tuple[str | None, str]]:
        return frozenset((role, fold(text)) for role, text in self.others)


def people_in(study: Study) -> tuple[Person, ...]:
    """Return everyone whom the study knows, by identifier as it gives it and by role, also those only set aside.

    The general caseload is not among them. A row without a role counts for those who have its identifier, whatever
    their role; only where nobody has it in a role is it somebody without one.

    Examples
    --------
    >>> from evalcore.intake import read_roster
    >>> roster = read_roster(b"respondent_id,role\\nA1,staff\\nA1,service user\\nA2,\\n", name="roster.csv")
    >>> people_in(Study.empty().add(roster))
    (Person('service user'), Person('staff'), Person(None))
    """
    known = standing(study)
    found = {(place.respondent_id, place.role or "") for place in known.places}
    found = {(text, role) for text, role in found if role or not known.roles[text]}
    return tuple(Person(role or None, text) for text, role in sorted(found))


def rows_of(study: Study, person: Person) -> tuple[tuple[str, int], ...]:
    """Return file and row number of every row about a person, in the order of the files; none for nobody.

    Rows that were set aside are among them, those of the caseload, and those of files that wait for an answer.

    Examples
    --------
    >>> from evalcore.intake import read_roster
    >>> study = Study.empty().add(read_roster(b"respondent_id\\nAB1\\nab 1\\nAB2\\n", name="roster.csv"))
    >>> rows_of(study, Person(None, "AB1")), rows_of(study, Person(None, "ab2"))
    ((('roster.csv', 2),), (('roster.csv', 4),))
    """
    known = standing(study)
    rows = find(known, person).rows
    return tuple((known.files[file].name, row) for file in sorted(rows) for row in sorted(rows[file]))


def known_as(study: Study, person: Person) -> Person:
    """Return the same person with every identifier that this study reads as theirs.

    Another version of the study may lack a file or a decision, and read one of them as somebody else's: whoever takes
    a person out of several versions asks the newest first.

    Examples
    --------
    >>> from evalcore.decisions import SamePerson
    >>> from evalcore.intake import read_roster
    >>> study = Study.empty().add(read_roster(b"respondent_id\\nA01\\nAO1\\n", name="roster.csv"))
    >>> study = study.decide(SamePerson("AO1", "A01", None, same=True))
    >>> known_as(study, Person(None, "A01")).names
    ('A01', 'AO1')
    """
    texts = find(standing(study), person).texts
    return replace(person, also=tuple(sorted(texts.union(person.also) - {person.respondent_id})))


def find(known: Standing, person: Person) -> Found:
    """Find a person among everyone who stands somewhere."""
    mine: set[Place] = set()
    for role in (person.role,) if person.role else (None, *ROLES):
        places = [place for place in known.places if known.fits(place, role)]
        names = _identifiers(places, person)
        mine.update(place for place in places if place.respondent_id in names)
    others = {(p.role, text) for p in known.places if p not in mine for text in (p.typed, p.respondent_id)}
    texts = {text for place in mine for text in (place.typed, place.respondent_id)}
    roles = {place.role for place in mine if place.role}
    forms = set(map(fold, texts))
    texts |= {text for text in map(_cleaned, person.names) if fold(text) not in forms}
    found = Found(person, frozenset(roles), frozenset(texts), frozenset(others), {})
    rows: dict[int, set[int]] = {}
    for place in mine:
        rows.setdefault(place.file, set()).add(place.row)
    for number, intake in enumerate(known.files):
        rows.setdefault(number, set()).update(_caseload_rows(intake, found), _unnamed_rows(intake, found))
    return replace(found, rows={number: frozenset(its) for number, its in rows.items() if its})


def _cleaned(text: str) -> str:
    return clean_identifier(text) or text


def _could_be(role: str | None, other: str | None) -> bool:
    return role is None or other is None or role == other


def _identifiers(mine: Sequence[Place], person: Person) -> set[str]:
    """How the study calls a person; another spelling than those in the files counts where it can be one person only."""
    finals = {place.respondent_id for place in mine}
    typed: dict[str, set[str]] = {}
    forms: dict[str, set[str]] = {}
    for place in mine:
        typed.setdefault(place.typed, set()).add(place.respondent_id)
        for text in (place.typed, place.respondent_id):
            forms.setdefault(fold(text), set()).add(place.respondent_id)
    found: set[str] = set()
    for text in map(_cleaned, person.names):
        same = forms.get(fold(text), set())
        found |= ({text} & finals) or typed.get(text, set()) or (same if len(same) == 1 else set())
    return found


def _caseload_rows(intake: Intake, found: Found) -> set[int]:
    """The rows of a caseload about a service user, however it spells them."""
    if intake.kind != CASELOAD:
        return set()
    texts = intake.rows[RESPONDENT_ID].tolist()
    at = [i for i, text in enumerate(texts) if isinstance(text, str) and fold(text) in found.forms]
    return {int(intake.rows["row"].iloc[i]) for i in at if found.named(texts[i], SERVICE_USER)}


def _unnamed_rows(intake: Intake, found: Found) -> set[int]:
    """Rows of which nobody knows whose they are, with the person's identifier in a column that may name people."""
    raw = intake.raw
    if raw is None or not intake.rows[RESPONDENT_ID].isna().any():
        return set()
    bare = np.isin(raw.rows, intake.rows.loc[intake.rows[RESPONDENT_ID].isna(), "row"].to_numpy())
    which = np.zeros(len(raw), dtype=bool)
    for column in _may_name_people(intake, raw):
        which |= column.mask(lambda text: fold(_cleaned(text)) in found.forms)
    rows = raw.rows[which & bare].tolist()
    roles = roles_typed(intake) if rows else {}
    return {row for row in rows if _could_be(found.person.role, roles.get(row))}


def _may_name_people(intake: Intake, raw: RawTable) -> Iterable[TextColumn]:
    """Columns that are taken for nothing, and whose texts do not repeat as answers do."""
    free = intake.mapping.loc[intake.mapping["taken_for"].isin(["", KEEP]), "position"].tolist()
    for position in free:
        column = raw.columns[int(position) - 1]
        filled = int(column.mask(lambda text: clean_identifier(text) is not None).sum())
        if filled <= _MOST_EACH * len(column.texts):
            yield column
