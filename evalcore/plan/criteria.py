"""Criterion and Target: from when on a pilot is a go or a stop, and how many starts it aims at, written beforehand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from evalcore.plan.typed import cleaned, text_problems
from evalcore.wording import count, number, upper_first

STARTS = "starts"
MEASURES: Mapping[str, str] = {
    STARTS: "people who started",
    "start_rate": "started, of those eligible",
    "consent": "consented, of those asked",
    "retention": "did not disengage, of those who started",
    "before": "questionnaire before, of those who started",
    "after": "questionnaire after, of those who started",
    "both": "questionnaire both before and after, of those who started",
    "items": "no item left out, of those who answered",
    "contacts": "contacts attended of those offered, median",
}
"""What a pilot can be judged by; all but the number of people who started are shares."""

GO, AMEND, STOP = "go", "amend", "stop"
LONGEST_REASON, LONGEST_SITE = 300, 80
MOST_TARGETS, MOST_STARTS = 60, 1_000_000
_PER_CENT, _DIGITS = 100.0, 9


@dataclass(frozen=True)
class Criterion:
    """From when on one feasibility measure is a go, and below what it is a stop; between the two, amend.

    Attributes
    ----------
    what : str
        One of `MEASURES`.
    go_from, stop_below : float
        People for `starts`, else shares from 0 to 1.
    reason : str
        Why there.

    Examples
    --------
    >>> Criterion("consent", 0.7, 0.5, "Agreed.").verdict(0.6)
    'amend'
    """

    what: str
    go_from: float
    stop_below: float
    reason: str = field(default="", repr=False)

    @classmethod
    def typed(cls, what: str, go_from: float | None, stop_below: float | None, reason: str) -> Criterion:
        """Return a criterion as it is typed: shares in per cent; a line that is not typed yet is no number.

        >>> Criterion.typed("consent", 70, 50, "Agreed.").go_from, Criterion.typed("starts", 30, None, "").go_from
        (0.7, 30.0)
        """
        whole = 1.0 if what == STARTS else _PER_CENT
        go, stop = (math.nan if line is None else line / whole for line in (go_from, stop_below))
        return cls(what, go, stop, reason)

    @property
    def as_typed(self) -> tuple[float, float]:
        """Both lines as they are typed: the go line and the stop line, shares in per cent.

        >>> Criterion("consent", 0.55, 0.5).as_typed
        (55.0, 50.0)
        """
        whole = _PER_CENT if self.is_share else 1.0
        return round(whole * self.go_from, _DIGITS), round(whole * self.stop_below, _DIGITS)

    @property
    def is_share(self) -> bool:
        """Whether its lines are shares, not numbers of people."""
        return self.what != STARTS

    def verdict(self, estimate: float) -> str:
        """`go`, `amend` or `stop`, by the estimate alone.

        >>> rule = Criterion("starts", 30, 20)
        >>> rule.verdict(30), rule.verdict(29), rule.verdict(20), rule.verdict(19)
        ('go', 'amend', 'amend', 'stop')
        """
        if estimate >= self.go_from:
            return GO
        return STOP if estimate < self.stop_below else AMEND


@dataclass(frozen=True)
class Target:
    """How many people are to start: in all, or at a site as the files call it."""

    starts: int
    site: str = field(default="", repr=False)


def criterion_words(criterion: Criterion) -> str:
    """Write one criterion in a line.

    >>> criterion_words(Criterion("consent", 0.7, 0.5, "Agreed."))
    'Consented, of those asked: go from 70 %, stop below 50 %, amend between the two. Why: Agreed.'
    """
    what = upper_first(MEASURES.get(criterion.what, criterion.what))
    go, stop = line_words(criterion, criterion.go_from), line_words(criterion, criterion.stop_below)
    between = ", amend between the two" if criterion.stop_below < criterion.go_from else ""
    return f"{what}: go from {go}, stop below {stop}{between}. Why: {criterion.reason}"


def line_words(criterion: Criterion, line: float) -> str:
    """Write where one line of a criterion lies.

    >>> line_words(Criterion("consent", 0.7, 0.5), 0.505), line_words(Criterion("starts", 30, 20), 30)
    ('50.5 %', '30')
    """
    text = number(100 * line if criterion.is_share else line, 4)
    return f"{text.rstrip('0').rstrip('.')}{' %' if criterion.is_share else ''}"


def target_words(target: Target) -> str:
    """Write one target in a line.

    >>> target_words(Target(30)), target_words(Target(1, "North"))
    ('In all: 30 starts', 'North: 1 start')
    """
    return f"{target.site or 'In all'}: {count(target.starts, 'start', 'starts')}"


def ordered_criteria(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Return criteria with their reasons cleaned, in the order of `MEASURES`.

    >>> [one.what for one in ordered_criteria([Criterion("both", 1, 0), Criterion("starts", 30, 20, " a\\nb ")])]
    ['starts', 'both']
    """
    rank = {name: place for place, name in enumerate(MEASURES)}
    given = [
        replace(one, reason=_line(one.reason), go_from=float(one.go_from), stop_below=float(one.stop_below))
        for one in criteria
    ]
    return tuple(sorted(given, key=lambda one: rank.get(one.what, len(rank))))


def ordered_targets(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return targets with their sites cleaned, that of the whole first.

    >>> ordered_targets([Target(9, " North "), Target(30)])
    (Target(starts=30), Target(starts=9))
    """
    given = [replace(one, site=_line(one.site)) for one in targets]
    return tuple(sorted(given, key=lambda one: one.site))


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


def criteria_problems(criteria: tuple[Criterion, ...], targets: tuple[Target, ...]) -> Iterator[str]:
    """Give what keeps criteria and targets from being kept, each a clause that says what to do.

    >>> list(criteria_problems((Criterion("consent", 0.5, 0.7, "Agreed."),), (Target(0),)))
    ['let the stop line of "consented, of those asked" not lie above its go line', \
'a target must be from 1 to 1,000,000 starts']
    """
    for what, times in Counter(one.what for one in criteria).items():
        if times > 1:
            yield f"name each criterion once; {_name(what)} stands {times} times"
    for criterion in criteria:
        yield from _of_criterion(criterion)
    if len(targets) > MOST_TARGETS:
        yield f"name no more than {MOST_TARGETS} targets"
    if len({target.site for target in targets}) < len(targets):
        yield "name one target for each site, and one in all"
    for target in targets:
        if isinstance(target.starts, bool) or not 1 <= target.starts <= MOST_STARTS:
            yield f"a target must be from 1 to {MOST_STARTS:,} starts"
        yield from text_problems(target.site, LONGEST_SITE, "the site of a target")


def _of_criterion(criterion: Criterion) -> Iterator[str]:
    if criterion.what not in MEASURES:
        yield "choose criteria from the feasibility measures that are known here; one is not"
        return
    name, lines = _name(criterion.what), (criterion.go_from, criterion.stop_below)
    most = 1.0 if criterion.is_share else MOST_STARTS
    if not all(math.isfinite(line) and 0 <= line <= most for line in lines):
        between = "from 0 to 100 per cent" if criterion.is_share else f"from 0 to {MOST_STARTS:,} people"
        yield f"let both lines of {name} be {between}"
    elif criterion.stop_below > criterion.go_from:
        yield f"let the stop line of {name} not lie above its go line"
    if not criterion.reason:
        yield f"say why the lines of {name} lie where they do"
    yield from text_problems(criterion.reason, LONGEST_REASON, f"the reason for {name}")


def _name(what: str) -> str:
    return f'"{MEASURES[what]}"' if what in MEASURES else "one"
