"""Instrument: what a questionnaire is. Frozen, read from a definition file, never changed by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evalcore.columns import FEMALE, MALE
from evalcore.errors import UnknownNameError
from evalcore.rules.source import Source

SUM = "sum"
MEAN = "mean"
SUM_THEN_TABLE = "sum_then_table"
METHODS = (SUM, MEAN, SUM_THEN_TABLE)

INDIVIDUAL = "individual"
GROUP = "group"
LEVELS = (INDIVIDUAL, GROUP)

ALPHA = "alpha"
TEST_RETEST = "test-retest"
IMPLIED = "implied by the standard error of measurement"
RELIABILITY_KINDS = (ALPHA, TEST_RETEST, IMPLIED)

SEXES = (MALE, FEMALE)
"""The sexes of which a norm may be; a norm of both has none."""


@dataclass(frozen=True)
class Item:
    """One question.

    Attributes
    ----------
    code : str
        Name of its column in the responses table (`gse_1`).
    keyword : str
        A few words that stand for it; never the licensed wording.
    also : str
        Column of a longer form that asks the same question (`wemwbs_1` for `swemwbs_1`), or empty.
    header_words : tuple of tuple of str
        A column heading belongs to this item when all words (or phrases) of one of these sets stand in it, lower case,
        without apostrophes.
    named_words : tuple of tuple of str
        Further sets that are enough where the heading names the questionnaire too (`wemwbs/problems`), or is short and
        stands in a file that surely holds the questionnaire.
    """

    code: str
    keyword: str
    also: str = ""
    header_words: tuple[tuple[str, ...], ...] = ()
    named_words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Answer:
    """One possible answer: its code, its label, and what else exports call it.

    `variants` and `unverified_variants` are lower case; the latter are remembered wordings that were not seen in a
    source, so whoever relies on one says so.
    """

    code: int
    label: str
    variants: tuple[str, ...] = ()
    unverified_variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """One score of a questionnaire.

    Attributes
    ----------
    name, label : str
        Fixed name (`total`) and the words for a reader.
    items : tuple of str
        Codes of its items, in order.
    reversed : tuple of str
        Codes of the items that count the other way round: lowest code plus highest code, minus the answer.
    method : str
        `sum`; `mean`; or `sum_then_table`: the sum of complete answers is converted by `table`.
    low, high : float
        Lowest and highest possible score, in `unit`.
    decimals : int
        Decimals to which a mean or a change on this scale is written.
    step : float
        Smallest difference between two scores from complete answers.
    table : mapping of int to float
        Sum to score; empty unless `method` is `sum_then_table`.
    """

    name: str
    label: str
    items: tuple[str, ...]
    method: str
    low: float
    high: float
    unit: str
    decimals: int
    step: float
    source: Source
    reversed: tuple[str, ...] = ()
    table: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class MissingRule:
    """What happens to a person who left items out.

    `max_missing` says, scale by scale, how many items may be missing; up to that the mean of the person's answered
    items stands for the missing ones. 0 means complete answers only.
    """

    name: str
    label: str
    max_missing: Mapping[str, int]
    source: Source
    default: bool = False


@dataclass(frozen=True)
class Norm:
    """Scores of a reference group, always with its date, population and size as far as they are known (None if not).

    `sex` is `male` or `female` where the group is of one sex, else empty: it is set beside people of that sex only.
    """

    name: str
    label: str
    scale: str
    population: str
    date: str
    n: int | None
    mean: float
    sd: float | None
    source: Source
    default: bool = False
    caution: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Threshold:
    """A published size of change, in points; `low` and `high` differ where a range was published.

    `level` says whom it may judge: an `individual` threshold says nothing about a mean.
    """

    name: str
    label: str
    scale: str
    low: float
    high: float
    level: str
    source: Source
    default: bool = False
    caution: str = ""


@dataclass(frozen=True)
class Reliability:
    """A published reliability; `low` and `high` differ where a range was published. `kind` is alpha or test-retest."""

    name: str
    label: str
    scale: str
    kind: str
    low: float
    high: float
    population: str
    source: Source
    default: bool = False
    caution: str = ""

    @property
    def value(self) -> float | None:
        """The one published value; None where only a range is known."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Example:
    """A worked example that the tests run: answers in the order of the items (None: left out), and what comes out.

    `scores` holds the expected score of each scale named; None means that no score is given.
    """

    name: str
    answers: tuple[int | None, ...]
    missing_rule: str
    scores: Mapping[str, float | None]
    source: Source


@dataclass(frozen=True, eq=False)
class Instrument:
    """A questionnaire: items, answers, scales, rules and what is known about it.

    Attributes
    ----------
    id : str
        Fixed identifier (`swemwbs`); `short_name` (SWEMWBS), `full_name`, and `name` (what it measures, for a reader:
        "Mental wellbeing (SWEMWBS)"); `construct` is what it measures, in lower case.
    recall : str
        The period it asks about, or empty.
    licence : str
        Copyright line, to be shown wherever results are; `licence_terms` says who may use it.
    answers : mapping of int to Answer
        By code.
    scales : mapping of str to Scale
        In the order in which they are reported.
    default_band_scheme : str
        Identifier of the band scheme of `rules/` that scores carry without being asked; empty for none.
    norms_caution : str
        What holds for every comparison with a norm of this questionnaire: that no good one was found, or how old they
        are; empty for nothing.
    names : tuple of str
        What else the questionnaire is called in headings, besides its identifier and its full name; a number behind
        it is an item's.
    longer_form : str
        Another form of more items that goes by the same names and numbers its items otherwise, or empty.
    sources : mapping of str to Source
        For `items`, `answers`, `licence`, and `recall` where there is one.
    """

    id: str
    name: str
    short_name: str
    full_name: str
    construct: str
    higher_is_better: bool
    recall: str
    licence: str
    licence_terms: str
    items: tuple[Item, ...]
    answers: Mapping[int, Answer]
    scales: Mapping[str, Scale]
    missing_rules: Mapping[str, MissingRule]
    default_missing_rule: str
    default_band_scheme: str
    norms: tuple[Norm, ...]
    thresholds: tuple[Threshold, ...]
    reliabilities: tuple[Reliability, ...]
    examples: tuple[Example, ...]
    sources: Mapping[str, Source]
    notes: tuple[str, ...] = ()
    norms_caution: str = ""
    names: tuple[str, ...] = ()
    longer_form: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Item columns in the questionnaire's order (`gse_1`, `gse_2`, ...)."""
        return tuple(item.code for item in self.items)

    @property
    def codes(self) -> tuple[int, ...]:
        """Every code that an answer may have, in rising order."""
        return tuple(sorted(self.answers))

    @property
    def labels(self) -> dict[str, int]:
        """Lower-case answer text to code: labels, variants and unverified variants."""
        found: dict[str, int] = {}
        for answer in self.answers.values():
            for text in (answer.label.lower(), *answer.variants, *answer.unverified_variants):
                found[text] = answer.code
        return found

    def scale(self, name: str) -> Scale:
        """Return the scale called `name`; UnknownNameError lists the scales that exist."""
        if name not in self.scales:
            raise UnknownNameError(f"{self.short_name} has no scale {name!r}. It has: {', '.join(self.scales)}.")
        return self.scales[name]

    def missing_rule(self, name: str | None = None) -> MissingRule:
        """Give the rule for missing items called `name`, or the default one; UnknownNameError lists them."""
        wanted = self.default_missing_rule if name is None else name
        if wanted not in self.missing_rules:
            known = ", ".join(self.missing_rules)
            raise UnknownNameError(f"{self.short_name} has no rule {wanted!r} for missing items. It has: {known}.")
        return self.missing_rules[wanted]
