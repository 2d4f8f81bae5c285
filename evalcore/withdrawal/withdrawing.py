"""Taking a person out of a study: out of every file, decision and record; a count stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from evalcore.decisions import Decision, people_of
from evalcore.intake.files.raw import tidy
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, TABLES
from evalcore.intake.recognising import read_as
from evalcore.study import Study
from evalcore.withdrawal.cleaning import stands_in, texts_in, without_rows, without_texts
from evalcore.withdrawal.exported import without_name, without_people
from evalcore.withdrawal.finding import Found, find
from evalcore.withdrawal.person import Person
from evalcore.withdrawal.standing import Standing, standing

SEEN = "withdrawn"
"""The file, in `Study.taken_out`, for questionnaires after of people who withdrew: a plan fixed later counts them."""

# What follows from the files and the decisions.
_DERIVED = frozenset({"name", *TABLES, "intakes", "decisions", "notes", "problems", "rows", "entries", "identities"})


def withdraw(study: Study, person: Person) -> Study:
    """Return the study without a person; the same study where nothing of them stands in it.

    Their rows are gone as if they had been blank in each file from the start, whatever the spelling and whether they
    were used or not, and the files are read again with what was chosen for them. A file that held nobody else is gone
    altogether. Decisions that name them are gone. In the record of what left they are a token that says nothing, so
    that what is shared from now on is still held against it. Exceptions for published figures hold no longer.
    `withdrawn` counts one more.

    Nothing is looked for in free text: the plan, other explanations, the names of the study and of its files, what
    others wrote.

    Parameters
    ----------
    study : Study
    person : Person
        In a role, or without one: then everyone of this identifier. A row without a role goes with whomever it could be
        about: where its identifier stands in several roles it is counted for none of them.

    Returns
    -------
    Study

    Notes
    -----
    The person counts once, however many rows they had, and also where only a decision or the record of what left named
    them. In a study that never knew them nothing is counted. A file that is added again brings them back.

    Examples
    --------
    >>> from evalcore.intake import read_roster
    >>> study = Study.empty().add(read_roster(b"respondent_id,role\\nA1,staff\\nA2,staff\\n", name="roster.csv"))
    >>> left = withdraw(study, Person("staff", "A1"))
    >>> left.roster["respondent_id"].tolist(), left.withdrawn
    (['A2'], (('staff', 1),))
    >>> withdraw(left, Person("staff", "A1")) is left
    True
    """
    known = standing(study)
    found = find(known, person)
    if not found.rows and not is_named(study, found):
        return study
    decisions = tuple(one for one in study.decisions if not _names(one, found))
    files = _cleaned_files(known, found)
    intakes = tuple(file for file in files[: len(study.intakes)] if file is not None)
    rest: dict[str, Any] = {one.name: getattr(study, one.name) for one in fields(study) if one.name not in _DERIVED}
    rest |= {
        "exports": without_name(study.exports, found),
        "overrides": without_people(study.overrides),
        "waiting": tuple(file for file in files[len(study.intakes) :] if file is not None),
        "withdrawn": _counted(study, known, found),
        "taken_out": _renamed_files(study, files),
    }
    left = Study.of(study.name, intakes, decisions, **rest)
    if (fewer := _of_somebody(left, found)) != decisions:
        left = Study.of(study.name, intakes, fewer, **rest)
    unseen = study.after_answers - left.after_answers
    return replace(left, taken_out=_more(left.taken_out, SEEN, unseen)) if unseen > 0 else left


def is_named(study: Study, found: Found) -> bool:
    """Return whether a decision, or the record of what left, names somebody."""
    exported = without_name(study.exports, found) != study.exports
    return exported or any(_names(one, found) for one in study.decisions)


def _names(decision: Decision, found: Found) -> bool:
    """Whether a decision is about the person, alone or with somebody else.

    One about another role is, too, where nobody of that role has the identifier.
    """
    role = decision.role
    return any(
        found.named(text, role) or (found.spelled(text) and not found.is_others(text, role))
        for text in people_of(decision)
    )


def _of_somebody(left: Study, found: Found) -> tuple[Decision, ...]:
    """Without the decisions that gave the identifier to somebody else, who goes by another now that nobody has it."""
    if not any(found.spelled(text) for one in left.decisions for text in people_of(one)):
        return left.decisions
    now = find(standing(left), found.person)
    return left.decisions if now.rows else tuple(one for one in left.decisions if not _names(one, now))


def _cleaned_files(known: Standing, found: Found) -> list[Intake | None]:
    """Every file without the person, in the order in which they stand; None for one that held nobody else."""
    files: list[Intake | None] = list(known.files)
    for number, rows in found.rows.items():
        files[number] = without_rows(known.files[number], rows)
    texts = _only_theirs(known, found, files)
    return [_without_choices(file, texts) for file in files]


def _only_theirs(known: Standing, found: Found, files: Iterable[Intake | None]) -> set[str]:
    """Texts that a choice was made for and that stood in this person's rows only."""
    codes = (file.choices.codes for file in known.files)
    chosen = {tidy(text) for table in codes if table is not None for text in table["found"]}
    if not chosen:
        return set()
    raws = ((known.files[number].raw, rows) for number, rows in found.rows.items())
    gone = chosen & set().union(*(texts_in(raw, rows) for raw, rows in raws if raw is not None))
    left = (stands_in(file.raw, gone) for file in files if gone and file is not None and file.raw is not None)
    return gone - set().union(*left)


def _without_choices(file: Intake | None, texts: set[str]) -> Intake | None:
    """A file without the choices for some texts, read again where it had any; the same file where it had none."""
    if file is None or (choices := without_texts(file.choices, texts)) is file.choices:
        return file
    if choices.codes is file.choices.codes or file.raw is None:
        return replace(file, choices=choices)
    return read_as(file.kind, file.raw, choices)


def _counted(study: Study, known: Standing, found: Found) -> tuple[tuple[str, int], ...]:
    """One more of their role; of each, where everyone of an identifier withdrew and that stands in several.

    Who was never in the pilot, and stood in the general caseload alone, counts there.
    """
    roles = [found.person.role] if found.person.role else sorted(found.roles) or [""]
    if found.rows and {known.files[file].kind for file in found.rows} == {CASELOAD} and not is_named(study, found):
        roles = [CASELOAD]
    withdrawn: Sequence[tuple[str, int]] = study.withdrawn
    for role in roles:
        withdrawn = _more(withdrawn, role, 1)
    return tuple(sorted(withdrawn))


def _more(counts: Sequence[tuple[str, int]], name: str, n: int) -> tuple[tuple[str, int], ...]:
    held: Mapping[str, int] = dict(counts)
    return tuple({**held, name: held.get(name, 0) + n}.items())


def _renamed_files(study: Study, files: Sequence[Intake | None]) -> tuple[tuple[str, int], ...]:
    """What is known of files that were taken out, one that is here again under the digest that it has now."""
    new = {_bytes_of(old): _bytes_of(file) for old, file in zip(study.intakes, files, strict=False) if file}
    return tuple((new.get(file, file), n) for file, n in study.taken_out)


def _bytes_of(intake: Intake) -> str:
    """What `Study.taken_out` calls a file."""
    return intake.digest if intake.raw is None else f"{intake.raw.digest} {intake.raw.sheet}"
