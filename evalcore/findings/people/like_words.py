"""What is said of like for like: by how much the mix accounts for a raw difference, and for whom there is nobody."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.findings.people.basis import People
from evalcore.findings.people.like_rows import SHORT, Like, LikeRow, by_raw
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, LEAST_FOR_A_TEST, per_cent
from evalcore.wording import count, interval, joined, lower_first, number

_POINTS = "percentage points"
_FEW = f"Fewer than {LEAST_FOR_A_TEST} people are compared: this describes them and says little beyond them."


def no_caseload_words(people: People) -> str:
    """Why like can not be held against like where there are no people to compare with."""
    if len(people.study.published):
        return (
            "The caseload is known from published figures only, which hold no people, so like can not be held against"
            " like. Add a caseload file with one row a person."
        )
    return "There is no caseload to look for people like these in. Add a caseload file with one row a person."


def alike_words(like: Like) -> str:
    """Of whom a number is expected: "of people alike in sex and age"; in layer and form where nothing was chosen."""
    held = like.names or list(like.profile.strata.held)
    return f"of people alike in {joined(held)}" if held else "of the caseload as it is"


def like_title(like: Like, rows: Sequence[LikeRow], *, shown: str = "") -> str:
    """In how many needs more people have the need than expected, and in which most."""
    where = like.pilot.where
    if not rows:
        return f"Like for like: nobody in {where} has enough people like them in the caseload"
    needs = " ".join(word for word in (count(len(rows), "need", "needs"), shown) if word)
    expected = f"more common in {where} than expected {alike_words(like)}"
    if max(row.found.n_like for row in rows) < LEAST_FOR_A_TEST:
        n = max(row.found.n_like for row in rows)
        return f"Like for like in {where}: {count(n, 'person', 'people')} with people like them, too few to compare"
    higher = sum(row.beyond > 0 for row in rows)
    if not higher:
        return f"None of {needs} is {expected}"
    most = max(rows, key=lambda row: (row.beyond, -row.row))
    numbers = f"{number(most.found.observed, 0)} of {most.found.n_like}, {number(most.found.expected, 1)} expected"
    are = "is" if higher == 1 else "are"
    return f"{higher} of {needs} {are} {expected}, most of all {lower_first(most.label)} ({numbers})"


def like_sentence(like: Like, rows: Sequence[LikeRow], *, shown: str = "") -> str:
    """The largest raw difference taken apart, the mean over the needs, and how many lie outside their range."""
    first = by_raw(rows)[0]
    found = first.found
    observed = f"{number(found.observed, 0)} of {count(found.n_like, 'person', 'people')}"
    if found.n_like >= LEAST_FOR_A_SHARE:
        observed += f" ({per_cent(first.observed_rate)})"
    said = [
        f"{first.label}: {observed} have the need, and {number(found.expected, 1)} would be expected"
        f" {alike_words(like)} (95 % range {interval(found.low, found.high, 0)}).",
        f"The raw difference from the caseload is {_points(first.raw)} {_POINTS}: {_points(first.mix)} by the mix and"
        f" {_points(first.beyond)} beyond it.",
    ]
    if max(row.found.n_like for row in rows) < LEAST_FOR_A_TEST:
        return f"{' '.join(said)} {_FEW}"
    if len(rows) > 1:
        raw, mix, beyond = (sum(getattr(row, part) for row in rows) / len(rows) for part in ("raw", "mix", "beyond"))
        said.append(
            f"On average over the {len(rows)} needs{f' {shown}' if shown else ''} the raw difference is {_points(raw)}:"
            f" {_points(mix)} by the mix and {_points(beyond)} beyond it."
        )
    above = sum(row.found.observed > row.found.high for row in rows)
    below = sum(row.found.observed < row.found.low for row in rows)
    needs = count(len(rows), "need", "needs")
    said.append(f"The number observed lies above its range in {above} of {needs}, below in {below}.")
    return " ".join(said)


def _points(share: float) -> str:
    return number(100 * share, 1, signed=True)


def unmatched_words(like: Like) -> str:
    """For how many the caseload has too few like them, and which choice would leave fewer; nothing where for nobody."""
    n = like.n_unmatched
    if not n:
        return ""
    people = count(like.n_assessed, "person who is assessed", "people who are assessed")
    few = (
        f"fewer than {like.asked.at_least:,} people like them on at least one need, or it is not known who is like them"
    )
    return f"For {n:,} of {people} the caseload has {few}: they are not counted there. {_coarser_words(like)}"


def _coarser_words(like: Like) -> str:
    found = like.coarser
    if found is None:
        return "To leave out any one of what is held alike does not help; a lower least number may."
    left = like.n_unmatched - found.n_unmatched
    return f"Without {SHORT[found.without]} held alike, {left:,} of these {like.n_unmatched:,} would be counted too."


def not_held(like: Like) -> str:
    """What could be held alike and is not, in words."""
    names = [SHORT[name] for name in SHORT if SHORT[name] not in like.names]
    return joined(names)
