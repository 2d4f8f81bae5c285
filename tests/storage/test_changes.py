"""What changed between two versions, in words that name files and nobody."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.intake import read_questionnaires
from evalcore.leaving import Override, ThresholdChange
from evalcore.plan.plan import Outcome
from evalcore.plan.rivals import Rival
from evalcore.storage.changes import outline, what_changed
from evalcore.study import Study
from tests.storage.store_studies import MONDAY, TUESDAY, answers, left, pilot, with_after, with_roster

SLIP = SamePerson("Canary-7l", "Canary-71", "staff", same=True)
KEEP = KeepAnswer("neither", "Canary-71", "staff", "pre")
CHANGE = ThresholdChange("people", 7, "agreed", "Canary Author", TUESDAY)
EXCEPTION = Override("summary", "staff", "printed", "Canary Author", TUESDAY)
RIVAL = Rival("Canary moved office")
ONE = pilot()
PLANNED = ONE.fix_plan([Outcome("gse.total.people", "higher", 2.0, "Canary said so.")], at=MONDAY)
OTHER_BYTES = read_questionnaires(answers("before.csv", "pre", ("B9",)), name="before.csv")
READ_AGAIN = read_questionnaires(answers("before.csv", "pre"), name="before.csv", wave="post")
WAITING = read_questionnaires(answers("late.csv", "post"), name="late.csv")


def many() -> Study:
    files = [answers(f"{n}.csv", "post", (f"P{n}",)) for n in range(5)]
    return ONE.add(*(read_questionnaires(file, name=f"{n}.csv") for n, file in enumerate(files)))


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (None, ONE, "Kept for the first time"),
        (ONE, ONE, "Saved again"),
        (ONE, ONE.record(left(1)), "Saved again"),
        (ONE, with_after(ONE), "Added after.csv"),
        (ONE, with_roster(with_after(ONE)), "Added after.csv and roster.csv"),
        (ONE, many(), "Added 5 files"),
        (with_after(ONE), ONE, "Took out after.csv"),
        (ONE, ONE.replaced("before.csv", OTHER_BYTES), "Replaced before.csv"),
        (ONE, ONE.replaced("before.csv", READ_AGAIN), "Read again before.csv with other choices"),
        (ONE, ONE.beside(waiting=(WAITING,)), "Set aside late.csv until a question on it is answered"),
        (ONE.beside(waiting=(WAITING,)), ONE.add(WAITING), "Added late.csv"),
        (ONE.add(WAITING), ONE.beside(waiting=(WAITING,)), "Set aside late.csv until a question on it is answered"),
        (ONE.beside(waiting=(WAITING,)), ONE, "Took out late.csv"),
        (
            ONE.beside(waiting=(WAITING,)),
            ONE.beside(waiting=(replace(WAITING, digest="other"),)),
            "Read again late.csv with other choices",
        ),
        (ONE, ONE.decide(SLIP), "Decided who is the same person"),
        (ONE.decide(SLIP), ONE, "Took back who is the same person"),
        (ONE.decide(SLIP), ONE.decide(replace(SLIP, same=False)), "Decided who is the same person"),
        (ONE, ONE.decide(KEEP), "Decided which answers are used"),
        (ONE.decide(KEEP), ONE, "Took back which answers are used"),
        (ONE, PLANNED, "Fixed the plan"),
        (PLANNED, PLANNED.fix_plan([Outcome("gse.total.people")], at=TUESDAY), "Amended the plan"),
        (ONE, ONE.note_rival(RIVAL), "Noted another explanation"),
        (ONE.note_rival(RIVAL), ONE, "Took out another explanation"),
        (ONE, ONE.renamed("Canary"), "Renamed the study"),
        (ONE, ONE.beside(thresholds=(CHANGE,)), "Changed a threshold for small numbers"),
        (ONE, ONE.beside(overrides=(EXCEPTION,)), "Changed an exception for published figures"),
        (
            ONE.beside(overrides=(EXCEPTION,)),
            ONE.beside(overrides=(replace(EXCEPTION, ended=True),)),
            "Changed an exception for published figures",
        ),
        (ONE, replace(ONE, withdrawn=(("staff", 1),)), "Took out a person who withdrew"),
        (
            ONE,
            with_after(ONE).decide(SLIP).renamed("Canary"),
            "Added after.csv; decided who is the same person; renamed the study",
        ),
    ],
)
def test_each_change_has_its_words(earlier: Study | None, later: Study, words: str) -> None:
    assert what_changed(earlier, later) == words


def test_nobody_and_nothing_typed_stands_in_an_outline() -> None:
    """But the name of the study and of its files, which stand beside it anyway."""
    study = (
        with_after(PLANNED).decide(SLIP, KEEP).note_rival(RIVAL).beside(thresholds=(CHANGE,), overrides=(EXCEPTION,))
    )
    assert "canary" not in json.dumps(outline(study)).lower()
