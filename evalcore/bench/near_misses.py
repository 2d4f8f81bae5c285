"""Near misses: two identifiers that may be one person by a slip of the hand. Shown and ranked; a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evalcore.bench.people import Person, gather_people, held_against, when_answered
from evalcore.bench.slips import SLIPS, SPELLING, Slip, find_slips
from evalcore.columns import AGE, POST, PRE, ROLE, ROLES, SEX, SITE
from evalcore.decisions import SamePerson
from evalcore.intake.people.spelling import fold
from evalcore.study import Study

# So many identifiers without a partner are compared, on each side.
MOST = 2_000


@dataclass(frozen=True, eq=False, repr=False)
class NearMiss:
    """Two identifiers that differ by one slip, and what speaks for and against their being one person.

    Attributes
    ----------
    found, respondent_id : str
        The identifier that would be read as the other, and the one that would stay: the one on the roster, else in the
        case file, else the one of the answers before.
    role : str or None
        The role of both, as far as it is known.
    slip, slip_label : str
        The kind of slip, and a sentence about it.
    agrees, differs : mapping of str to str
        What is known of both and is the same; what is not, both values in the order found, respondent_id.
    unknown : tuple of str
        What is not known of both.
    beside : mapping of str to (str, str)
        Everything known, side by side: `site, role, sex, age, answered, dates, roster`; an empty text is not known.
    where : str
        Where each of the two stands.
    """

    found: str
    respondent_id: str
    role: str | None
    slip: str
    slip_label: str
    agrees: Mapping[str, str]
    differs: Mapping[str, str]
    where: str
    unknown: tuple[str, ...] = ()
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def decision(self, *, same: bool) -> SamePerson:
        """Return the decision that these are one person, or two."""
        return SamePerson(self.found, self.respondent_id, self.role, same)

    def __repr__(self) -> str:
        """The slip alone: nobody is named."""
        return f"NearMiss({self.slip!r})"


def near_misses(study: Study) -> tuple[NearMiss, ...]:
    """Find pairs of identifiers that may be one person, for a person to accept or reject.

    Whoever is matched exactly is left out. Compared are those who answered before only with those who answered after
    only, and those who answered without standing on the roster with those on it without an answer; always in the same
    role, or where a role is not known. One character in place of another is no slip: A01 and A02 are neighbours.

    Parameters
    ----------
    study : Study

    Returns
    -------
    tuple of NearMiss
        Undecided ones only. Those that disagree in site or sex, or both stand on the roster, come last; else the most
        telling slip (`slips.SLIPS`) comes first. An identifier with several candidates stands here with each. Of more
        than 2,000 identifiers on a side none is compared; `near_miss_note` says so.

    Examples
    --------
    >>> from evalcore.intake import read_questionnaires
    >>> before = read_questionnaires(b"respondent_id,gse_1\\nA01,3\\n", name="before.csv")
    >>> after = read_questionnaires(b"respondent_id,gse_1\\nAO1,4\\n", name="after.csv")
    >>> miss = near_misses(Study.empty().add(before, after))[0]
    >>> miss.found, miss.respondent_id, miss.slip
    ('AO1', 'A01', 'O for 0')
    """
    people = gather_people(study)
    same = (one for one in study.decisions if isinstance(one, SamePerson))
    decided = {(_names(one.found, one.respondent_id), one.role) for one in same}
    roster = any(one.on_roster for one in people)
    found: dict[tuple[frozenset[str], str | None], tuple[tuple[object, ...], NearMiss]] = {}
    for slip, one, other in _candidates(people):
        role = one.role or other.role
        names = _names(one.respondent_id, other.respondent_id)
        if any((names, each) in decided for each in (ROLES if role is None else (role,))) or (names, None) in decided:
            continue
        miss = _miss(slip, one, other, roster=roster)
        rank = (_against(miss), SLIPS.index(slip), -len(miss.agrees), miss.respondent_id, miss.found)
        key = frozenset((one.respondent_id, other.respondent_id)), role
        if key not in found or rank < found[key][0]:
            found[key] = (rank, miss)
    return tuple(miss for _, miss in sorted(found.values(), key=lambda ranked: ranked[0]))


def near_miss_note(study: Study) -> str:
    """Say that near misses were not looked for among so many identifiers; empty where they were.

    >>> near_miss_note(Study.empty())
    ''
    """
    most = max(len(side) for pair in _sides(gather_people(study)) for side in pair)
    if most <= MOST:
        return ""
    return (
        f"{most:,} identifiers have no partner. Near misses are looked for among up to {MOST:,}: "
        "check first that both files name people in the same way."
    )


def _names(one: str, other: str) -> frozenset[str]:
    """Two identifiers however they are spelled, unless the spelling is all that differs."""
    forms = frozenset((fold(one), fold(other)))
    return forms if len(forms) == 2 else frozenset((one, other))


def _sides(people: Sequence[Person]) -> list[tuple[list[Person], list[Person]]]:
    """Who is held against whom: before only and after only; answers off the roster and the roster without answers."""
    waves = [one for one in people if one.only_at(PRE)], [one for one in people if one.only_at(POST)]
    if not any(one.on_roster for one in people):
        return [waves]
    off = [one for one in people if one.answered and not one.on_roster]
    silent = [one for one in people if one.on_roster and not one.answered]
    return [waves, (off, silent)]


def _candidates(people: Sequence[Person]) -> Iterator[tuple[Slip, Person, Person]]:
    for some, others in _sides(people):
        if max(len(some), len(others)) > MOST:
            continue
        mine, theirs = _by_name(some), _by_name(others)
        for (one, other), slip in find_slips(mine, theirs).items():
            yield from ((slip, a, b) for a in mine[one] for b in theirs[other] if a.could_be(b.role))
    forms: dict[str, list[Person]] = {}
    for person in people:
        forms.setdefault(fold(person.respondent_id), []).append(person)
    # Spellings that could not be joined because they stand side by side.
    for group in forms.values():
        for i, a in enumerate(group):
            for b in group[:i]:
                matched = len(a.answered) > 1 and len(b.answered) > 1
                if a.respondent_id != b.respondent_id and a.could_be(b.role) and not matched:
                    yield SPELLING, b, a


def _by_name(people: Collection[Person]) -> dict[str, list[Person]]:
    names: dict[str, list[Person]] = {}
    for one in people:
        names.setdefault(one.respondent_id, []).append(one)
    return names


def _miss(slip: Slip, one: Person, other: Person, *, roster: bool) -> NearMiss:
    stays, goes = (one, other) if _standing(one) <= _standing(other) else (other, one)
    beside = held_against(goes, stays, roster=roster)
    known = {name: pair for name, pair in beside.items() if all(pair) and name in (SITE, ROLE, SEX, AGE)}
    agrees = {name: pair[0] for name, pair in known.items() if pair[0] == pair[1]}
    differs = {name: f"{pair[0]}, {pair[1]}" for name, pair in known.items() if pair[0] != pair[1]}
    _compare_dates(agrees, differs, goes, stays)
    if goes.on_roster and stays.on_roster:
        differs["roster"] = "both stand on it"
    elif stays.on_roster:
        agrees["roster"] = "one of them stands on it"
    silent = (name for name in beside if name not in agrees and name not in differs and name != "answered")
    return NearMiss(
        found=goes.respondent_id,
        respondent_id=stays.respondent_id,
        role=one.role or other.role,
        slip=slip.name,
        slip_label=slip.label,
        agrees=agrees,
        differs=differs,
        where=f"{_where(goes, roster=roster)}; {_where(stays, roster=roster)}",
        unknown=tuple(silent),
        beside=beside,
    )


def _standing(one: Person) -> tuple[bool, bool, bool, str]:
    """Smaller for the identifier that is likelier the right one."""
    return not one.on_roster, not one.in_cases, PRE not in one.answered, one.respondent_id


def _compare_dates(agrees: dict[str, str], differs: dict[str, str], one: Person, other: Person) -> None:
    before = one.answered.get(PRE) or other.answered.get(PRE)
    after = one.answered.get(POST) or other.answered.get(POST)
    if before and after and len(one.answered) == len(other.answered) == 1:
        where = agrees if before <= after else differs
        where["dates"] = f"before on {before}, after on {after}"


def _where(one: Person, *, roster: bool) -> str:
    places = [when_answered(one)]
    if roster:
        places.append("on the roster" if one.on_roster else "not on the roster")
    if one.in_cases:
        places.append("in the case file")
    return f"{one.respondent_id}: {', '.join(places)}"


def _against(miss: NearMiss) -> bool:
    return any(name in miss.differs for name in (SITE, SEX, "roster"))
