"""What has left a study, and what was changed in the rules by which it may leave. Only ever added to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """A record of one file that left: which finding, in which form, and the groups whose figures it showed.

    `form` is `share` or `internal`. `groups` are (measure, people) pairs, so that a later export can be
    held against it. `at` is the time in ISO 8601; `under` names the thresholds that were not at their default.
    """

    finding: str
    form: str
    groups: tuple[tuple[str, frozenset[str]], ...] = ()
    at: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThresholdChange:
    """One threshold of the small-number policy, changed by a person: its name, the new value, why, who and when."""

    name: str
    value: int | bool | None
    reason: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True)
class Override:
    """A recorded exception for a figure that is already published: which finding, which of its groups, and why.

    `ended`: the exception was taken back. `people` binds it to the very people whose figure is published: a digest of
    those whom the group had when it was recorded, and of what was measured on them. It says who they are to nobody who
    does not know them, and is shown to nobody. An exception without it, made in code, holds for the group by its name.
    """

    finding: str
    group: str
    reason: str
    author: str = ""
    at: str = ""
    ended: bool = False
    people: str = field(default="", repr=False)


NOBODY = "0" * 64
"""Stands for the digest of an exception's people after somebody withdrew: it is the digest of no group."""
