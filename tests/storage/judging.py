"""What may come of opening a mutated study file: a refusal in a sentence, the very same study, or another that works.

The last only where every digest in the file was made to fit.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from evalcore.bench import near_misses, repeats
from evalcore.disclosure import apply_disclosure
from evalcore.disclosure.changed import policy_of
from evalcore.errors import EvalcoreError, UnreadableFileError
from evalcore.findings import findings_for
from evalcore.intake.readers import reread
from evalcore.storage import open_study
from evalcore.storage.packing import pack
from evalcore.study import Study
from evalcore.withdrawal import people_in
from tests.storage.mutating import Mutant, Original

SLOWEST = 3.0
"""Seconds of the processor that opening a mutated file may take."""

SLOWEST_USE = 30.0
"""Seconds of the processor that it may take to look at such a study, its findings included."""


@dataclass(frozen=True)
class Verdict:
    """`refused`, `equal` or `opened` (another study, consistent in itself), and how long opening took."""

    outcome: str
    seconds: float


def judge(original: Original, mutant: Mutant, *, findings: bool, again: bool = True) -> Verdict:
    """Open a mutated file; raise AssertionError, or whatever it raises, where that is not as it must be."""
    start = time.process_time()
    try:
        study = open_study(mutant.data, passphrase=mutant.passphrase)
    except UnreadableFileError:  # PassphraseNeededError is one
        study = None
    seconds = time.process_time() - start
    assert seconds < SLOWEST
    if study is None:
        return Verdict("refused", seconds)
    if study.fingerprint == original.study.fingerprint and not mutant.fits:
        return Verdict("equal", seconds)
    assert mutant.fits, "opened as another study, though nothing was made to fit"
    start = time.process_time()
    use(study, findings=findings, again=again)
    assert time.process_time() - start < SLOWEST_USE
    return Verdict("opened", seconds)


def use(study: Study, *, findings: bool, again: bool) -> None:
    """Do with a study what the pages do; what is refused in a sentence is refused rightly.

    `again`: pack it, and read each of its files again.
    """
    repr(study)
    assert len(study.fingerprint) == 64
    if again:
        pack(study)
    for intake in (*study.intakes, *study.waiting) if again else ():
        for choices in (intake.choices, *(option.choices for one in intake.questions for option in one.options[:1])):
            try:
                reread(intake, choices)
            except EvalcoreError:
                continue
    near_misses(study)
    repeats(study)
    people_in(study)
    policy = policy_of(study)
    policy.lines()
    if findings:
        try:
            apply_disclosure(findings_for(study)[::7], policy, released=study.exports)
        except EvalcoreError:
            return
