"""Sentences that the plans of all designs share."""

from __future__ import annotations

from evalcore.findings.basis import Basis
from evalcore.findings.next_phase.choices import PowerChoice, SharesChoice, percent
from evalcore.findings.next_phase.pilot import Completion, Correlation
from evalcore.wording import MINUS, count, number

NOT_THE_OBSERVED = (
    "The change that the pilot saw is not used: it is too uncertain, and a study planned on a large one comes out too"
    " small."
)
NOT_THE_SMALLEST = (
    "Which difference is the smallest that matters is a judgement, to be made with a reason and beforehand."
)

NO_SPREAD_BEFORE = (
    "Nothing can be planned from this pilot: an SD needs at least two people with a score before, and scores that"
    " differ."
)


def typed(value: float) -> str:
    """Write a number as it was typed.

    Examples
    --------
    >>> typed(2.87), typed(-3.0)
    ('2.87', '−3')
    """
    return f"{value:g}".replace("-", MINUS)


def size_words(basis: Basis, value: float) -> str:
    """A change or difference with its unit, whatever its sign: "2.87 points"."""
    return f"{typed(abs(value))} {basis.measure.unit}"


def because(reason: str) -> str:
    """The reason in brackets, as the end of a clause; nothing without one.

    Examples
    --------
    >>> because("agreed with the service."), because("  ")
    (' (agreed with the service)', '')
    """
    text = " ".join(reason.split()).rstrip(".")
    return f" ({text})" if text else ""


def recruit_words(recruit: int | None, completion: Completion, whom: str = "") -> str:
    """How many people have to be recruited, and why so many."""
    if recruit is None or completion.share is None:
        return "How many to recruit can not be said: which share of them will complete is not known."
    return f"At {completion.words}, about {count(recruit, 'person has', 'people have')} to be recruited{whom}."


def recruit_paragraph(recruit: int | None, completion: Completion) -> str:
    """The same for a protocol; nothing where it is not known."""
    if recruit is None or completion.share is None:
        return ""
    return f" Expecting {completion.words}, {count(recruit, 'person', 'people')} will be recruited."


def power_words(test: PowerChoice) -> str:
    """Power and alpha in a protocol's words.

    Examples
    --------
    >>> power_words(PowerChoice())
    '80 % power and a two-sided alpha of 0.05'
    """
    return f"{percent(test.power)} power and a two-sided alpha of {test.alpha:g}"


def powers_beside(test: PowerChoice) -> tuple[float, ...]:
    """The chosen power among the usual ones, from the lowest.

    Examples
    --------
    >>> powers_beside(PowerChoice(0.85))
    (0.8, 0.85, 0.9, 0.95)
    """
    return tuple(sorted({0.8, 0.9, 0.95, test.power}))


def shares_words(choice: SharesChoice) -> str:
    """The two shares: "40 % from 30 %".

    Examples
    --------
    >>> shares_words(SharesChoice(from_percent=40, to_percent=30))
    '40 % from 30 %'
    """
    return f"{percent(choice.from_percent / 100)} from {percent(choice.to_percent / 100)}"


def correlation_words(correlation: Correlation) -> str:
    """The correlation of before with after, and where it comes from.

    Examples
    --------
    >>> correlation_words(Correlation(0.6, typed=True))
    'a correlation of 0.60 between before and after (as typed)'
    >>> correlation_words(Correlation(0.0))
    'no correlation between before and after supposed (none is known)'
    """
    if not correlation.n and not correlation.typed:
        return "no correlation between before and after supposed (none is known)"
    source = "as typed" if correlation.typed else f"{count(correlation.n, 'pair', 'pairs')} of the pilot"
    return f"a correlation of {number(correlation.value)} between before and after ({source})"
