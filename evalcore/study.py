"""Study: everything that one evaluation holds. Frozen, replaced whole, with a fingerprint of its data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

import pandas as pd

from evalcore.assembly import assemble
from evalcore.columns import POST, WAVE
from evalcore.decisions import Decision, SamePerson, with_decisions, written
from evalcore.errors import UnknownNameError
from evalcore.intake.choices import Choices
from evalcore.intake.intake import Intake, hash_table
from evalcore.intake.native import COUNTED, KINDS
from evalcore.leaving import Export, Override, ThresholdChange
from evalcore.plan.checking import with_rival
from evalcore.plan.fixing import after_by_file, fixed, taken
from evalcore.plan.plan import FAMILIES, Outcome, Plan
from evalcore.plan.rivals import Rival
from evalcore.telling import Telling
from evalcore.wording import count, joined


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """Everything one evaluation holds. Every method returns a new study; the tables are not to be changed in place.

    Attributes
    ----------
    name : str
    responses, roster, cases, caseload, published, counted : DataFrame
        The native tables, joined from all files; without rows, but with the native columns, where there is no file.
        `counted` is a caseload of which only counts were read: see `profile.counted`.
    intakes : tuple of Intake
        The files, in the order in which they were added.
    decisions : tuple of Decision
        What a person decided about the people: who is the same, and which of several answers is used.
    plan : Plan or None
        What was planned, when, and how much of the data after had been loaded by then.
    rivals : tuple of Rival
        What else could explain a change.
    notes : tuple of str
        What was filled in or left out when the files were put together.
    exports : tuple of Export
        What has left already.
    problems, rows : DataFrame
        Those of all files, as `Intake` describes them, with what only shows when the files are held against each
        other. Each row of each file stands in `rows` once, with its final fate and its identifier as typed.
    entries : DataFrame
        Every answered questionnaire that was read and identified, used or not, as `responses` with the identifier, role
        and site that the study gives it; and `file, row, reason, decided`: where it stands, why it is not used (empty
        where it is), and what a person decided about its group (empty where nothing). A row of a wide file stands here
        once for each wave. Rows that were set aside in reading are in `rows` only.
    identities : DataFrame
        `role, found, respondent_id, rule`: each spelling that is read as another identifier, and why: the names of the
        rules of `intake.spelling`, or "confirmed by a person". A missing role means every role.
    taken_out : tuple of (str, int)
        The digest of each file that was taken out again, and how many questionnaires after it held: they were seen.
    waiting : tuple of Intake
        Readings that gave no row yet: a person has to answer something first, or nothing in them is known.
    withdrawn : tuple of (str, int)
        How many people of each role (`caseload`; empty where not known) withdrew and were removed: no more is left.
    thresholds, overrides : tuple of ThresholdChange, tuple of Override
        What a person changed in the small-number policy, in the order made.
    telling : Telling
        The running order, the workshops held, and the report's own words.

    Examples
    --------
    >>> from evalcore.intake import read_questionnaires
    >>> before = read_questionnaires(b"respondent_id,gse_1\\nA1,3\\n", name="before.csv")
    >>> after = read_questionnaires(b"respondent_id,gse_1\\nA1,4\\n", name="after.csv")
    >>> Study.empty("Pilot").add(before, after)
    Study('Pilot', 2 files, 2 answered questionnaires)
    """

    name: str
    responses: pd.DataFrame
    roster: pd.DataFrame
    cases: pd.DataFrame
    caseload: pd.DataFrame
    published: pd.DataFrame
    counted: pd.DataFrame
    intakes: tuple[Intake, ...]
    decisions: tuple[Decision, ...]
    plan: Plan | None
    rivals: tuple[Rival, ...]
    notes: tuple[str, ...]
    exports: tuple[Export, ...]
    problems: pd.DataFrame
    rows: pd.DataFrame
    entries: pd.DataFrame
    identities: pd.DataFrame
    taken_out: tuple[tuple[str, int], ...] = ()
    waiting: tuple[Intake, ...] = ()
    withdrawn: tuple[tuple[str, int], ...] = ()
    thresholds: tuple[ThresholdChange, ...] = ()
    overrides: tuple[Override, ...] = ()
    telling: Telling = field(default_factory=Telling)

    @classmethod
    def of(cls, name: str, intakes: Iterable[Intake], decisions: Iterable[Decision] = (), **rest: Any) -> Study:
        """Return a study of these files and decisions, with any other attribute by its name; to build one anew.

        >>> Study.of("Pilot", (), withdrawn=(("staff", 1),)).withdrawn
        (('staff', 1),)
        """
        new: dict[str, Any] = {"plan": None, "rivals": (), "exports": ()}
        return cls(name=name, **{**new, **_assembled(tuple(intakes), tuple(decisions)), **rest})

    @classmethod
    def empty(cls, name: str = "New study") -> Study:
        """Return a study without any file.

        >>> Study.empty().responses.empty
        True
        """
        return cls.of(name, ())

    def add(self, *intakes: Intake) -> Study:
        """Return the study with more files.

        A file that is here already, byte for byte and read in the same way, is left out with a note. A different file
        of the same name is called `name (2)`.

        >>> from evalcore.intake import read_roster
        >>> roster = read_roster(b"respondent_id\\nA1\\n", name="roster.csv")
        >>> Study.empty().add(roster, roster).notes
        ('roster.csv is in the study already and was left out.',)
        """
        held = list(self.intakes)
        notes = []
        for intake in intakes:
            same = next((other for other in held if other.digest == intake.digest), None)
            if same is None:
                held.append(_with_free_name(intake, {other.name for other in held}))
            elif same.name == intake.name:
                notes.append(f"{intake.name} is in the study already and was left out.")
            else:
                notes.append(f"{intake.name} is the same file as {same.name} and was left out.")
        if len(held) == len(self.intakes):
            return self._with_notes(notes)
        return self._of(tuple(held), self.decisions)._with_notes(notes)

    def without(self, file_name: str) -> Study:
        """Return the study without one file; UnknownNameError lists the files that it has.

        >>> from evalcore.intake import read_roster
        >>> study = Study.empty().add(read_roster(b"respondent_id\\nA1\\n", name="roster.csv"))
        >>> study.without("roster.csv").intakes
        ()
        """
        self._must_have(file_name)
        left = self._of(tuple(intake for intake in self.intakes if intake.name != file_name), self.decisions)
        gone = next(intake for intake in self.intakes if intake.name == file_name)
        seen = after_by_file(self.rows).get(file_name, 0)
        return replace(left, taken_out=(*self.taken_out, (_bytes_of(gone), seen))) if seen else left

    def replaced(self, file_name: str, intake: Intake) -> Study:
        """Return the study with one file read again: it keeps its place and its name. UnknownNameError as in `without`.

        >>> from evalcore.intake import read_questionnaires
        >>> file = b"respondent_id,gse_1\\nA1,3\\n"
        >>> study = Study.empty().add(read_questionnaires(file, name="answers.csv", wave="pre"))
        >>> again = study.replaced("answers.csv", read_questionnaires(file, name="answers.csv", wave="post"))
        >>> again.responses["wave"].tolist()
        ['post']
        """
        self._must_have(file_name)
        new = intake if intake.name == file_name else intake.renamed(file_name)
        held = tuple(new if old.name == file_name else old for old in self.intakes)
        return self._of(held, self.decisions)

    def remembered(self, shape: str) -> Choices | None:
        """Return what was chosen for the files of one shape (`headers.shape_of`), as far as it holds for another such.

        The choices of several files are laid on top of each other, in the order in which the files were added; which
        wave a file is holds for that file alone. None where nothing was chosen.

        >>> Study.empty().remembered("") is None
        True
        """
        chosen = Choices()
        from evalcore.intake.headings.headers import shape_of

        for intake in self.intakes:
            if intake.raw is not None and intake.choices and shape_of(intake.raw) == shape:
                chosen = chosen.merged(intake.choices.for_another_file())
        return chosen if chosen else None

    def decide(self, *decisions: Decision) -> Study:
        """Return the study with what a person decided; a later decision on the same subject replaces an earlier one.

        Decisions about people who are not in the study (a file was removed) wait until they are.

        >>> from evalcore.decisions import KeepAnswer
        >>> study = Study.empty().decide(KeepAnswer("first complete"), KeepAnswer("neither"))
        >>> study.decisions
        (KeepAnswer('neither'),)
        """
        held = with_decisions(self.decisions, decisions)
        return self if held == self.decisions else self._of(self.intakes, held)

    def undo(self, decision: Decision) -> Study:
        """Return the study without one decision; the same study if that was never made.

        >>> from evalcore.decisions import KeepAnswer
        >>> Study.empty().decide(KeepAnswer("neither")).undo(KeepAnswer("neither")).decisions
        ()
        """
        if decision not in self.decisions:
            return self
        return self._of(self.intakes, tuple(one for one in self.decisions if one != decision))

    def exactly_matched(self) -> Study:
        """Return the study without the near misses that a person confirmed, which its name then says.

        It is this study if there are none; computed once.

        >>> study = Study.empty()
        >>> study.exactly_matched() is study
        True
        """
        return self._exactly_matched or self

    @cached_property
    def _exactly_matched(self) -> Study | None:
        left = tuple(one for one in self.decisions if not (isinstance(one, SamePerson) and one.same))
        if len(left) == len(self.decisions):
            return None
        return self._of(self.intakes, left).renamed(f"{self.name}, without confirmed near misses")

    @property
    def after_answers(self) -> int:
        """Questionnaires after that the study holds, used or not, or held in a file that was taken out again.

        >>> Study.empty().after_answers
        0
        """
        here = {_bytes_of(intake) for intake in self.intakes}
        gone = sum(n for file, n in dict(self.taken_out).items() if file not in here)
        return max(sum(after_by_file(self.rows).values()), int((self.responses[WAVE] == POST).sum())) + gone

    def fix_plan(
        self, outcomes: Iterable[Outcome], exclusions: str = "", family: str = "", author: str = "", *, at: str
    ) -> Study:
        """Return the study with its analysis plan fixed, or amended: the plan before it stays inside the new one.

        `family` is by default the first of `FAMILIES`; `at` is the time in ISO 8601 with its offset from UTC, for
        nothing here reads a clock. It is the same study where its plan says already what was handed in.
        DefinitionError says in `problems` all that keeps the plan from being fixed.

        >>> outcome = Outcome("gse.total.service-users", "higher", 2.0, "Agreed with the service.")
        >>> study = Study.empty().fix_plan([outcome], at="2026-05-03T09:00:00+00:00")
        >>> study.plan.before_the_data, study.plan.outcome("gse.total.service-users").smallest_change
        (True, 2.0)
        """
        after = self.after_answers
        plan = fixed(self.plan, outcomes, exclusions, family or FAMILIES[0], author, at=at, after_answers=after)
        return self if plan is self.plan else replace(self, plan=plan)

    def with_plan(self, plan: Plan) -> Study:
        """Return the study with a plan that was kept as a file; DefinitionError where it holds another plan.

        >>> plan = Study.empty().fix_plan([Outcome("gse.total.people")], at="2026-05-03T09:00:00+00:00").plan
        >>> Study.empty().with_plan(plan).plan == plan
        True
        """
        return replace(self, plan=taken(self.plan, plan))

    def note_rival(self, rival: Rival) -> Study:
        """Return the study with one more rival explanation; the same study if it is there already.

        DefinitionError says in `problems` what keeps it from being kept.

        >>> Study.empty().note_rival(Rival("An office move", "June 2026")).rivals[0].when
        'June 2026'
        """
        rivals = with_rival(self.rivals, rival)
        return self if rivals == self.rivals else replace(self, rivals=rivals)

    def drop_rival(self, rival: Rival) -> Study:
        """Return the study without one rival explanation; the same study if it was never there.

        >>> Study.empty().note_rival(Rival("An office move")).drop_rival(Rival("An office move")).rivals
        ()
        """
        if rival not in self.rivals:
            return self
        return replace(self, rivals=tuple(one for one in self.rivals if one != rival))

    def record(self, export: Export) -> Study:
        """Return the study with one more file recorded as having left; its data, and its fingerprint, are the same.

        >>> Study.empty().record(Export("summary.gse.total.staff", "share")).exports[0].form
        'share'
        """
        return self.beside(exports=(*self.exports, export))

    def renamed(self, name: str) -> Study:
        """Return the study under another name; its data, and its fingerprint, are the same.

        >>> Study.empty().renamed("Pilot").name
        'Pilot'
        """
        return self.beside(name=name)

    def beside(self, **changes: Any) -> Study:
        """Return the study with other attributes that are no data: the fingerprint stays what it was.

        These are `name`, `notes`, `exports`, `waiting`, `thresholds`, `overrides` and `telling`.

        >>> Study.empty().beside(notes=("read twice",)).notes
        ('read twice',)
        """
        return self._same_data(replace(self, **changes))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over every cell of every table, the files, the decisions, the plan and the rival explanations.

        Computed once, when first asked for. It does not depend on the study's name or on what has left.

        >>> len(Study.empty().fingerprint)
        64
        """
        known = {id(intake.table): intake for intake in self.intakes}
        digest = sha256()
        for kind in (*KINDS, *((COUNTED,) if len(self.counted) else ())):
            table: pd.DataFrame = getattr(self, kind)
            same = known.get(id(table))
            digest.update((same.table_hash if same is not None else hash_table(table)).encode())
        files = sorted((intake.name, intake.digest) for intake in self.intakes)
        digest.update(repr((files, sorted(map(written, self.decisions)))).encode())
        plan = None if self.plan is None else self.plan.digest
        digest.update(repr((plan, [astuple(rival) for rival in self.rivals], self.withdrawn)).encode())
        return digest.hexdigest()

    def __repr__(self) -> str:
        """Name and sizes only: a study must not write its people into a log."""
        files = count(len(self.intakes), "file", "files")
        answers = count(len(self.responses), "answered questionnaire", "answered questionnaires")
        return f"Study({self.name!r}, {files}, {answers})"

    def _of(self, intakes: tuple[Intake, ...], decisions: tuple[Decision, ...]) -> Study:
        return replace(self, **_assembled(intakes, decisions))

    def _must_have(self, file_name: str) -> None:
        if file_name not in {intake.name for intake in self.intakes}:
            names = joined([intake.name for intake in self.intakes]) or "no file"
            raise UnknownNameError(f"The study has no file {file_name!r}. It has {names}.")

    def _with_notes(self, notes: list[str]) -> Study:
        fresh = tuple(note for note in dict.fromkeys(notes) if note not in self.notes)
        return self.beside(notes=self.notes + fresh)

    def _same_data(self, other: Study) -> Study:
        """Hand the fingerprint on, where it was computed, to a study with the same data."""
        if "fingerprint" in self.__dict__:
            other.__dict__["fingerprint"] = self.fingerprint
        return other


def _assembled(intakes: tuple[Intake, ...], decisions: tuple[Decision, ...]) -> dict[str, Any]:
    """What a study holds of its files and decisions, by attribute."""
    assembly = assemble(intakes, decisions)
    return {
        **assembly.tables,
        "intakes": intakes,
        "decisions": decisions,
        "notes": assembly.notes,
        "problems": assembly.problems,
        "rows": assembly.rows,
        "entries": assembly.entries,
        "identities": assembly.identities,
    }


def _bytes_of(intake: Intake) -> str:
    """What stays the same of a file, however it is read."""
    return intake.digest if intake.raw is None else f"{intake.raw.digest} {intake.raw.sheet}"


def _with_free_name(intake: Intake, taken: set[str]) -> Intake:
    if intake.name not in taken:
        return intake
    stem, dot, ending = intake.name.rpartition(".")
    number = 2
    while (name := f"{stem} ({number}).{ending}" if dot else f"{intake.name} ({number})") in taken:
        number += 1
    return intake.renamed(name)
