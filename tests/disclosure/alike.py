"""Who is matched in which choice of like for like: every choice is a characteristic of its own, and some follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from evalcore.profile.like_for_like import AT_LEAST
from evalcore.profile.ogrs_scored import KINDS
from evalcore.profile.strata import HELD

LIKE = "like for like"
RISK = "ogrs_band"
_NOTHING = "nothing"


def name_of(finding_id: str, key: str) -> str:
    """What a count of those matched counts: the need, and the choice as the identifier says it.

    >>> name_of("like-for-like-sex-age-band-30.people.site-1", "alike, drugs")
    'like for like, drugs: sex+age_band at 30'
    >>> name_of("like-for-like-sex-ogrs-band-30-ogrs3-2.people", "alike, drugs")
    'like for like, drugs: sex+ogrs_band of ogrs3_2 at 30'
    """
    said = finding_id.partition(".")[0].removeprefix("like-for-like")
    score = next((one for one in KINDS if said.endswith(f"-{one.replace('_', '-')}")), "")
    said = said.removesuffix(f"-{score}".replace("_", "-"))
    hold = [name for name in HELD if f"-{name.replace('_', '-')}" in said]
    hold = [f"{name} of {score}" if score and name == RISK else name for name in hold]
    least = said.rpartition("-")[2]
    chosen = "+".join(hold) or (_NOTHING if _NOTHING in said else f"the usual of {score}" if score else "the usual")
    return f"{LIKE}, {key.partition(', ')[2]}: {chosen} at {least if least.isdigit() else AT_LEAST}"


def kinds(names: Sequence[str]) -> list[tuple[bool, ...]]:
    """Who may be matched under which of these choices of one need.

    Whoever is matched is matched too where no more is held alike and no more people are asked for.
    """
    follows = [(one, other) for one, of in enumerate(names) for other, by in enumerate(names) if _finer(of, by)]
    every = product((False, True), repeat=len(names))
    return [kind for kind in every if all(kind[other] or not kind[one] for one, other in follows)]


def _finer(name: str, than: str) -> bool:
    if "(" in name + than:
        # At a site of which less is known less is held alike: that is another choice.
        return False
    (hold, least), (other, fewer) = (one.partition(": ")[2].split(" at ") for one in (name, than))
    if int(fewer) > int(least):
        return False
    return hold == other or other == _NOTHING or set(other.split("+")) < set(hold.split("+"))
