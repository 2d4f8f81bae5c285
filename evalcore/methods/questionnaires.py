"""A questionnaire's definition in a reader's words: everything that is known of it, and where from."""

from __future__ import annotations

from collections.abc import Iterable

from evalcore.instruments import Instrument, list_instruments, load_instrument
from evalcore.instruments.instrument import GROUP, INDIVIDUAL, MEAN, SUM, Answer, Item, MissingRule, Norm, Scale
from evalcore.methods.standings import cited
from evalcore.methods.word_table import WordTable, filled_columns
from evalcore.rules import BandScheme, list_band_schemes, load_band_scheme
from evalcore.rules.rule import ABOVE, Cut
from evalcore.rules.source import VERIFIED, Source
from evalcore.wording import count, joined, number

Entries = tuple[tuple[str, str], ...]
"""Names with what is to be said of each, in sentences."""

_DEFAULT = " (default)"
_MAY_JUDGE = {INDIVIDUAL: "one person, never a mean", GROUP: "the mean of a group"}


def overview_table(in_study: Iterable[str]) -> WordTable:
    """All questionnaires in one table; `in_study` holds the identifiers of those that somebody answered."""
    answered = set(in_study)
    rows = []
    for instrument in map(load_instrument, list_instruments()):
        rule = instrument.missing_rules[instrument.default_missing_rule]
        rows.append(
            (
                instrument.short_name,
                str(len(instrument.items)),
                _range(next(iter(instrument.scales.values()))),
                rule.label,
                "yes" if instrument.id in answered else "no",
            )
        )
    headings = ("Questionnaire", "Items", "Score", "Items left out", "In this study")
    return WordTable("All questionnaires", headings, tuple(rows))


def about(instrument: Instrument) -> str:
    """What the questionnaire measures, how long it is, and what period it asks about.

    >>> about(load_instrument("gse"))
    'The General Self-Efficacy Scale (GSE) measures self-efficacy with 10 items. It names no period. A higher score \
means more self-efficacy.'
    """
    period = f"It asks about {instrument.recall}." if instrument.recall else "It names no period."
    more = "more" if instrument.higher_is_better else "less"
    return (
        f"The {instrument.full_name} ({instrument.short_name}) measures {instrument.construct} with"
        f" {count(len(instrument.items), 'item', 'items')}. {period} A higher score means {more}"
        f" {instrument.construct}."
    )


def item_table(instrument: Instrument) -> WordTable:
    """Items by number and keyword; the licensed wording is not in this project."""
    scales = [scale for scale in instrument.scales.values() if len(scale.items) < len(instrument.items)]
    rows = []
    for place, item in enumerate(instrument.items, start=1):
        counts_in = joined([scale.label for scale in scales if item.code in scale.items])
        rows.append((str(place), item.keyword, counts_in, _longer_form(item)))
    headings = ("Item", "Keyword", "Also counts in", "Asked in the longer form as")
    return filled_columns(f"Items of the {instrument.short_name}", headings, rows)


def answer_table(instrument: Instrument) -> WordTable:
    """Codes and labels of the answers, and other words that are read as them."""
    rows = [
        (str(code), instrument.answers[code].label, _variants(instrument.answers[code])) for code in instrument.codes
    ]
    return filled_columns(f"Answers of the {instrument.short_name}", ("Code", "Answer", "Also read as"), rows)


def score_rules(instrument: Instrument) -> tuple[str, ...]:
    """One sentence a scale: how its score is made and how far it reaches.

    >>> score_rules(load_instrument("swemwbs"))
    ('Metric score: the sum of the 7 answers, from 7 to 35, converted by the table to 7.00 to 35.00 points.',)
    """
    return tuple(_score_rule(instrument, scale) for scale in instrument.scales.values())


def conversion_tables(instrument: Instrument) -> tuple[WordTable, ...]:
    """From sum to score, for each scale whose score comes from a table."""
    return tuple(
        WordTable(
            f"{instrument.short_name}: from the sum to the {scale.label.lower()}",
            ("Sum of answers", scale.label),
            tuple((str(total), number(scale.table[total], scale.decimals)) for total in sorted(scale.table)),
        )
        for scale in instrument.scales.values()
        if scale.table
    )


def missing_rules(instrument: Instrument) -> Entries:
    """What happens where items were left out, rule by rule, the default first."""
    rules = sorted(instrument.missing_rules.values(), key=lambda rule: rule.name != instrument.default_missing_rule)
    return tuple(
        (
            rule.label + (_DEFAULT if rule.name == instrument.default_missing_rule else ""),
            f"{_most_missing(instrument, rule)} Source: {cited(rule.source)}.",
        )
        for rule in rules
    )


def band_schemes(instrument: Instrument) -> tuple[BandScheme, ...]:
    """The band schemes of a questionnaire, the default first."""
    names = sorted(list_band_schemes(instrument.id), key=lambda name: name != instrument.default_band_scheme)
    return tuple(load_band_scheme(name) for name in names)


def band_table(instrument: Instrument, scheme: BandScheme) -> WordTable:
    """Each band with the scores in it, scale by scale; says on which side a score on the border falls."""
    several = len(scheme.cuts) > 1
    rows = [
        (instrument.scales[scale].label if several else "", band, scores)
        for scale, cuts in scheme.cuts.items()
        for band, scores in zip(scheme.bands, _bands(scheme, cuts), strict=True)
    ]
    return filled_columns(scheme.label, ("Scale", f"Band{_doubt(scheme.source)}", "Scores"), rows)


def norm_table(instrument: Instrument) -> WordTable:
    """Published scores to compare with: how many people, mean and SD."""
    rows = [
        (
            norm.label + (_DEFAULT if norm.default else ""),
            "not given" if norm.n is None else f"{norm.n:,}",
            _published(norm.mean),
            "not given" if norm.sd is None else _published(norm.sd),
            norm.source.standing,
        )
        for norm in instrument.norms
    ]
    return WordTable(f"{instrument.short_name}: norms", ("Norm", "n", "Mean", "SD", "Standing"), tuple(rows))


def norm_notes(instrument: Instrument) -> Entries:
    """Whom the norms stand for, when they were asked, and where they come from; those of one source together."""
    together: dict[tuple[str, str], list[Norm]] = {}
    for norm in instrument.norms:
        together.setdefault((norm.caution, cited(norm.source)), []).append(norm)
    return tuple(
        (
            _listed(norm.label for norm in norms),
            _joined(
                f"People: {_listed(norm.population for norm in norms)}. Date: {_listed(norm.date for norm in norms)}.",
                caution,
                f"Source: {source}.",
            ),
        )
        for (caution, source), norms in together.items()
    )


def reliabilities(instrument: Instrument) -> Entries:
    """Published reliabilities."""
    return tuple(
        (
            one.label + (_DEFAULT if one.default else ""),
            _joined(
                f"{_from_to(one.low, one.high)}{_doubt(one.source)}.",
                _scale_label(instrument, one.scale),
                f"Kind: {one.kind}. People: {one.population}.",
                one.caution,
                f"Source: {cited(one.source)}.",
            ),
        )
        for one in instrument.reliabilities
    )


def thresholds(instrument: Instrument) -> Entries:
    """Published sizes of change, and whom each may judge."""
    return tuple(
        (
            one.label + (_DEFAULT if one.default else ""),
            _joined(
                f"{_from_to(one.low, one.high)} points{_doubt(one.source)}.",
                _scale_label(instrument, one.scale),
                f"May judge {_MAY_JUDGE[one.level]}.",
                one.caution,
                f"Source: {cited(one.source)}.",
            ),
        )
        for one in instrument.thresholds
    )


def sources(instrument: Instrument) -> Entries:
    """Where items, answers, period, licence and scores come from."""
    named = [(name.capitalize(), f"{cited(source)}.") for name, source in instrument.sources.items()]
    scores = [(f"Score: {scale.label}", f"{cited(scale.source)}.") for scale in instrument.scales.values()]
    return tuple(named + scores)


def _score_rule(instrument: Instrument, scale: Scale) -> str:
    places = [instrument.columns.index(code) + 1 for code in scale.items]
    which = "" if len(places) == len(instrument.items) else f" to items {joined([str(place) for place in places])}"
    answers = f"the {count(len(places), 'answer', 'answers')}{which}"
    turned = [str(instrument.columns.index(code) + 1) for code in scale.reversed]
    turning = f" Counted the other way round first: items {joined(turned)}." if turned else ""
    if scale.method in (SUM, MEAN):
        return f"{scale.label}: the {scale.method} of {answers}, from {_range(scale)}.{turning}"
    sums = f"{min(scale.table)} to {max(scale.table)}"
    return f"{scale.label}: the sum of {answers}, from {sums}, converted by the table to {_range(scale)}.{turning}"


def _range(scale: Scale) -> str:
    decimals = scale.decimals if scale.table else 0
    return f"{number(scale.low, decimals)} to {number(scale.high, decimals)} {scale.unit}"


def _longer_form(item: Item) -> str:
    if not item.also:
        return ""
    name, _, place = item.also.rpartition("_")
    return f"{load_instrument(name).short_name}, item {place}"


def _variants(answer: Answer) -> str:
    return "; ".join([*answer.variants, *(f"{words} (unverified)" for words in answer.unverified_variants)])


def _most_missing(instrument: Instrument, rule: MissingRule) -> str:
    if not any(rule.max_missing.values()):
        return "No score where an item was left out."
    parts = []
    for name, most in rule.max_missing.items():
        of = f"{most} of {len(instrument.scales[name].items)}"
        parts.append(of if len(rule.max_missing) == 1 else f"{instrument.scales[name].label} {of}")
    mean = "The mean of a person's answered items stands for those left out."
    return f"At most left out: {'; '.join(parts)}. {mean}"


def _bands(scheme: BandScheme, cuts: tuple[Cut, ...]) -> list[str]:
    starts = [f"{scheme.low:g}", *(f"{'' if cut.owner == ABOVE else 'above '}{cut.at:g}" for cut in cuts)]
    ends = [*(f"{'below ' if cut.owner == ABOVE else ''}{cut.at:g}" for cut in cuts), f"{scheme.high:g}"]
    return [f"{start} to {end}" for start, end in zip(starts, ends, strict=True)]


def _scale_label(instrument: Instrument, scale: str) -> str:
    """The scale in a sentence of its own; empty where the questionnaire has only one."""
    return f"Scale: {instrument.scales[scale].label}." if len(instrument.scales) > 1 else ""


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _listed(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _doubt(source: Source) -> str:
    """What must stand right beside a value that is not verified."""
    return "" if source.standing == VERIFIED else f" ({source.standing})"


def _published(value: float) -> str:
    """A number with the digits that were published, and no more."""
    return f"{value:,}"


def _from_to(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
