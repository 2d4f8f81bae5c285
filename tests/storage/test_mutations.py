"""A seeded part of the mutated study files; `python -m benchmarks.mutations` opens ten thousand."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.storage.judging import judge
from tests.storage.made import whole_study
from tests.storage.mutating import KINDS, Mutant, Original, mutant

FILES = 240
PARTS = 3


@cache
def original() -> Original:
    return Original.of(whole_study())


@pytest.mark.parametrize("part", range(PARTS))
def test_no_mutated_file_opens_wrongly_crashes_or_hangs(part) -> None:
    came = Counter()
    for seed in range(part, FILES, PARTS):
        made = mutant(original(), seed)
        try:
            came[judge(original(), made, findings=seed % 50 == 0, again=seed % 4 == 0).outcome] += 1
        except BaseException as error:
            error.add_note(f"file {seed}: {made.kind}")
            raise
    assert came["refused"] > FILES / PARTS / 2
    assert came["opened"]


def test_every_kind_of_mutation_is_among_them() -> None:
    kinds = {mutant(original(), seed).kind.removesuffix(", fits") for seed in range(FILES)}
    assert kinds == set(KINDS)


def test_the_judge_sees_a_study_that_opens_wrongly() -> None:
    another = Original.of(whole_study().without("wide.csv"))
    with pytest.raises(AssertionError, match="nothing was made to fit"):
        judge(original(), Mutant("another study", another.data), findings=False)
