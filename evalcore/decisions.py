"""What a person has decided about the people of a study. Kept with it, in the order made; each can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from evalcore.errors import UnknownNameError
from evalcore.wording import joined

FIRST_COMPLETE = "first complete"
LAST_COMPLETE = "last complete"
NEITHER = "neither"
KEEP = (FIRST_COMPLETE, LAST_COMPLETE, NEITHER)


@dataclass(frozen=True, repr=False)
class SamePerson:
    """Whether two identifiers that nearly match are one person.

    Attributes
    ----------
    found : str
        The identifier that is a slip, if it is one.
    respondent_id : str
        The identifier that stays.
    role : str or None
        The role in which they stand; rows of another role are left alone, rows without any role follow. None where
        the files name none: every row follows.
    same : bool
        True: one person, `found` is read as `respondent_id`. False: two people, not to be asked again.

    Examples
    --------
    >>> from evalcore.intake import read_questionnaires
    >>> from evalcore.study import Study
    >>> before = read_questionnaires(b"respondent_id,gse_1\\nA01,3\\n", name="before.csv")
    >>> after = read_questionnaires(b"respondent_id,gse_1\\nAO1,4\\n", name="after.csv")
    >>> study = Study.empty().add(before, after).decide(SamePerson("AO1", "A01", None, same=True))
    >>> study.responses[["respondent_id", "wave"]].values.tolist()
    [['A01', 'post'], ['A01', 'pre']]
    """

    found: str
    respondent_id: str
    role: str | None
    same: bool

    def __repr__(self) -> str:
        """What was decided, not about whom."""
        return f"SamePerson(same={self.same})"


@dataclass(frozen=True, repr=False)
class KeepAnswer:
    """Which of several different answers of one person at one wave is used: one of `KEEP`; never an average.

    Attributes
    ----------
    keep : str
        `first complete`, `last complete` or `neither`. Complete is a row in which every question of the questionnaires
        that differ is answered; first and last go by the date of completion where all the rows have one, else by the
        file's name and the row. UnknownNameError for any other word.
    respondent_id, role, wave : str or None
        Whose answers, and when. Without a respondent it holds for everyone of whom nothing else was decided.

    Examples
    --------
    >>> from evalcore.intake import read_questionnaires
    >>> from evalcore.study import Study
    >>> twice = read_questionnaires(b"respondent_id,wave,gse_1\\nA1,pre,3\\nA1,pre,4\\n", name="twice.csv")
    >>> study = Study.empty().add(twice)
    >>> study.responses["gse_1"].tolist(), study.decide(KeepAnswer("last complete")).responses["gse_1"].tolist()
    ([], [4.0])
    """

    keep: str
    respondent_id: str | None = None
    role: str | None = None
    wave: str | None = None

    def __post_init__(self) -> None:
        if self.keep not in KEEP:
            raise UnknownNameError(f"Which answer to keep is one of: {joined(list(KEEP))}.")

    def __repr__(self) -> str:
        """What was decided, not about whom."""
        return f"KeepAnswer({self.keep!r})"


Decision = SamePerson | KeepAnswer


def with_decisions(held: Sequence[Decision], more: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions with more of them; a later one on the same subject takes the place of an earlier one.

    The subject of `SamePerson` is the two identifiers in their role, in either order; and as an identifier can be read
    as one other only, a second acceptance of it replaces the first.

    >>> accepted, rejected = SamePerson("AO1", "A01", None, True), SamePerson("AO1", "A01", None, False)
    >>> with_decisions((accepted,), (rejected,)) == (rejected,)
    True
    """
    kept = list(held)
    for one in more:
        kept = [other for other in kept if not _replaces(one, other)]
        kept.append(one)
    return tuple(kept)


def people_of(decision: Decision) -> tuple[str, ...]:
    """Return the identifiers that a decision names.

    >>> people_of(KeepAnswer("neither")), people_of(SamePerson("AO1", "A01", None, True))
    ((), ('AO1', 'A01'))
    """
    if isinstance(decision, SamePerson):
        return decision.found, decision.respondent_id
    return () if decision.respondent_id is None else (decision.respondent_id,)


def written(decision: Decision) -> str:
    """Return the decision in full, to be hashed; its `repr` names nobody.

    >>> written(KeepAnswer("neither", "A1", None, "pre"))
    "KeepAnswer('neither', 'A1', None, 'pre')"
    """
    return f"{type(decision).__name__}{astuple(decision)!r}"


def _replaces(later: Decision, earlier: Decision) -> bool:
    if isinstance(later, KeepAnswer) or isinstance(earlier, KeepAnswer):
        return type(later) is type(earlier) and astuple(later)[1:] == astuple(earlier)[1:]
    if later.role != earlier.role:
        return False
    same_two = {later.found, later.respondent_id} == {earlier.found, earlier.respondent_id}
    return same_two or (later.same and earlier.same and later.found == earlier.found)
