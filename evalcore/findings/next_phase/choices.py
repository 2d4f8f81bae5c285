"""What a person chooses when a next phase is planned: one frozen choice a design, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evalcore.wording import number

USUAL_ICCS = (0.01, 0.05, 0.10)
"""Intra-class correlations that are shown beside the chosen one; none is a default, for none has a source here."""


@dataclass(frozen=True)
class PowerChoice:
    """How sure a study is to find what matters, and how often it may find what is not there.

    Examples
    --------
    >>> PowerChoice().label, PowerChoice(0.9, 0.01).label
    ('80 %, two-sided alpha 0.05', '90 %, two-sided alpha 0.01')
    """

    power: float = 0.8
    alpha: float = 0.05

    @property
    def label(self) -> str:
        """For a choice on the page."""
        return f"{percent(self.power)}, two-sided alpha {self.alpha:g}"


TESTS: Mapping[str, PowerChoice] = {
    "": PowerChoice(),
    "90": PowerChoice(0.9),
    "95": PowerChoice(0.95),
    "80-1": PowerChoice(0.8, 0.01),
    "90-1": PowerChoice(0.9, 0.01),
}
"""The tests that a page offers, by what stands for them in the address."""


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """What every design asks: why so small a difference, the test, and the per cent of those recruited who complete.

    Without `completion_percent` a plan for a questionnaire takes the pilot's own completion.
    """

    reason: str = field(default="", repr=False)
    test: PowerChoice = PowerChoice()
    completion_percent: float | None = None


@dataclass(frozen=True, kw_only=True)
class PairsChoice(_Choice):
    """Matched pairs for the smallest mean change that matters, in the unit of the scores."""

    change: float


@dataclass(frozen=True, kw_only=True)
class EffectChoice(_Choice):
    """Matched pairs for the smallest standardised change d_z that matters; no pilot is needed."""

    effect_dz: float


@dataclass(frozen=True, kw_only=True)
class GroupsChoice(_Choice):
    """Two groups compared on a mean after, adjusted for the score before.

    Without `correlation` the pilot's own is taken.
    """

    difference: float
    correlation: float | None = None


@dataclass(frozen=True, kw_only=True)
class SharesChoice(_Choice):
    """Two groups compared on a share, such as reconviction: per cent in one and in the other."""

    from_percent: float
    to_percent: float


@dataclass(frozen=True, kw_only=True)
class ClustersChoice:
    """Whole clusters drawn into one of two arms; `of` says what is compared between them.

    `cluster_size` counts people in a cluster whose outcome is known. Without `icc` the usual ones are shown.
    """

    of: GroupsChoice | SharesChoice
    cluster_size: float
    icc: float | None = None
    size_variation: float = 0.0

    @property
    def test(self) -> PowerChoice:
        """Power and alpha."""
        return self.of.test

    @property
    def iccs(self) -> tuple[float, ...]:
        """The chosen intra-class correlation among the usual ones, from the lowest."""
        return tuple(sorted({*USUAL_ICCS, *(() if self.icc is None else (self.icc,))}))


def percent(share: float) -> str:
    """Write a share in per cent, with a decimal where it has one.

    Examples
    --------
    >>> percent(0.8), percent(0.285)
    ('80 %', '28.5 %')
    """
    return f"{number(100 * share, 1).removesuffix('.0')} %"
