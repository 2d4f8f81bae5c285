"""What is known of a need and of how severe it is: whoever has a severe need, or a milder one, has the need."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

SEVERE, NOT_SEVERE = "severe ", ", not severe"
NEED = " need"


def variable_of(what: str) -> str:
    """The need that a count is about; empty where it is about none, or about two that meet.

    >>> variable_of("severe drugs need"), variable_of("drugs need, not severe"), variable_of("drugs need")
    ('drugs need', 'drugs need', 'drugs need')
    >>> variable_of("drugs need and alcohol need"), variable_of("sex, male")
    ('', '')
    """
    need = what.removeprefix(SEVERE).removesuffix(NOT_SEVERE)
    return need if need.endswith(NEED) and " and " not in need and ", " not in need else ""


def kinds(names: Sequence[str]) -> list[tuple[bool, ...]]:
    """Whoever may be: with a severe need, with one that is not severe, and without; where both levels are counted,
    whoever has the need is at one of them.

    >>> kinds(("drugs need", "severe drugs need"))
    [(False, False), (True, False), (True, True)]
    """
    needs = [at for at, name in enumerate(names) if SEVERE not in name and NOT_SEVERE not in name]
    severe = [at for at, name in enumerate(names) if name.startswith(SEVERE)]
    mild = [at for at, name in enumerate(names) if NOT_SEVERE in name]

    def may_be(kind: tuple[bool, ...]) -> bool:
        levels = [kind[at] for at in (*severe, *mild)]
        if sum(levels) > 1:
            return False
        both = bool(severe and mild)
        return all(kind[at] >= any(levels) and (not both or kind[at] == any(levels)) for at in needs)

    return [kind for kind in product((False, True), repeat=len(names)) if may_be(kind)]
