"""What the page People can give: each kind by itself, and under the choices that it takes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from random import Random

from evalcore.findings import PEOPLE_KINDS
from evalcore.findings.people import People
from evalcore.findings.people.categories_by_column import category_columns
from evalcore.findings.people.like_rows import like_choices
from evalcore.findings.people.need_by import BY
from evalcore.profile.like_for_like import LikeForLike
from evalcore.profile.ogrs_choice import FILE, score_choices
from evalcore.study import Study
from tests.disclosure.alike import RISK

OF_A_SCORE = ("ogrs", "ogrs_bands", "ogrs_expected")
_LEAST = (1, 2, 5, 20, 21, 30, 100)
_ALIKE = 4
"""So many choices of what is held alike are tried with the score of the file: there are hundreds."""


def kinds_and_choices(study: Study, people: People, seed: int = 0) -> Iterator[tuple[str, Hashable]]:
    """Every kind by itself, then under each choice; of what is held alike a few, drawn from `seed`.

    Two of these differ by the least number alone: whom the one matches and the other does not are few. Each score that
    can be computed is held alike once.
    """
    yield from ((kind, None) for kind in PEOPLE_KINDS)
    yield from ((kind, score) for score in score_choices(study.cases) for kind in OF_A_SCORE)
    yield from (("needs_by", by) for by in BY)
    yield from (("categories", column) for column in category_columns(people))
    yield from (("like_for_like", asked) for asked in _alike(study, Random(seed)))


def _alike(study: Study, random: Random) -> Iterator[LikeForLike]:
    if study.caseload.empty:
        return
    known = like_choices(study).known
    for _ in range(_ALIKE // 2):
        hold = tuple(name for name in known if random.random() < 0.5)
        yield from (LikeForLike(hold, least) for least in random.sample(_LEAST, k=2))
    for score in score_choices(study.cases):
        if score != FILE and RISK in (known := like_choices(study, score).known):
            hold = tuple(name for name in known if name == RISK or random.random() < 0.3)
            yield LikeForLike(hold, random.choice(_LEAST), score)
