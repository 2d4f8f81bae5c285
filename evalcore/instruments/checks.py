"""What must hold in an instrument's definition beyond the type of each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.instruments.instrument import SUM_THEN_TABLE, Instrument, Norm, Reliability, Scale, Threshold
from evalcore.rules.definition import Definition
from evalcore.rules.loading import load_band_scheme
from evalcore.rules.source import NOT_FOUND, UNVERIFIED


def check(instrument: Instrument, definition: Definition) -> None:
    """Note every fault of `instrument` in `definition`."""
    _check_names(instrument, definition)
    _check_answers(instrument, definition)
    for scale in instrument.scales.values():
        _check_scale(scale, instrument, definition)
    _check_missing_rules(instrument, definition)
    _check_facts(instrument, definition)
    _check_examples(instrument, definition)
    _check_band_scheme(instrument, definition)
    if instrument.recall and "recall" not in instrument.sources:
        definition.problem("sources.recall", "is missing")


def _check_names(instrument: Instrument, definition: Definition) -> None:
    """Item columns are named after the instrument, since the tables of a study hold several instruments."""
    expected = tuple(f"{instrument.id}_{number}" for number in range(1, len(instrument.items) + 1))
    if instrument.id and instrument.columns != expected:
        definition.problem("items", f"must be called {instrument.id}_1, {instrument.id}_2 and so on, in order")


def _check_answers(instrument: Instrument, definition: Definition) -> None:
    codes = list(instrument.answers)
    if codes not in (list(range(len(codes))), list(range(1, len(codes) + 1))):
        definition.problem("answers", "must have codes that rise by one, from 0 or 1")
    if instrument.labels != {text.lower(): code for text, code in instrument.labels.items()}:
        definition.problem("answers", "must have their variants in lower case")
    texts = Counter(
        text
        for answer in instrument.answers.values()
        for text in {answer.label.lower(), *answer.variants, *answer.unverified_variants}
    )
    for text, times in texts.items():
        if times > 1:
            definition.problem("answers", f"give {text!r} to {times} codes")


def _check_scale(scale: Scale, instrument: Instrument, definition: Definition) -> None:
    place = f"scales[{scale.name}]"
    for code in (*scale.items, *scale.reversed):
        if code not in instrument.columns:
            definition.problem(place, f"has {code}, which is not an item")
    for code in scale.reversed:
        if code not in scale.items:
            definition.problem(place, f"reverses {code}, which is not one of its items")
    if (scale.method == SUM_THEN_TABLE) != bool(scale.table):
        definition.problem(place, f"must have a table if, and only if, its method is {SUM_THEN_TABLE}")
    elif scale.table and instrument.answers:
        n_items = len(scale.items)
        sums = range(min(instrument.answers) * n_items, max(instrument.answers) * n_items + 1)
        if sorted(scale.table) != list(sums):
            definition.problem(place, f"must have a table with every sum from {sums[0]} to {sums[-1]}")
        if any(here >= there for here, there in pairwise(scale.table[key] for key in sorted(scale.table))):
            definition.problem(place, "must have a table that rises")


def _check_missing_rules(instrument: Instrument, definition: Definition) -> None:
    for rule in instrument.missing_rules.values():
        place = f"missing_rules[{rule.name}]"
        if set(rule.max_missing) != set(instrument.scales):
            definition.problem(place, "must give max_missing for each scale")
            continue
        for name, most in rule.max_missing.items():
            scale = instrument.scales[name]
            if not 0 <= most < len(scale.items):
                definition.problem(place, f"must let 0 to {len(scale.items) - 1} items of {name} be missing")
            if most and scale.method == SUM_THEN_TABLE:
                definition.problem(place, f"can not fill in items of {name}: its table converts whole sums only")
        # a rule that fills nothing in needs no source to be the default; one that fills in does
        fills_in = any(rule.max_missing.values())
        standing = rule.source.standing
        if rule.name == instrument.default_missing_rule and (
            standing == UNVERIFIED or (fills_in and standing == NOT_FOUND)
        ):
            definition.problem(place, f"is {standing}, so it can not be the default")


def _check_facts(instrument: Instrument, definition: Definition) -> None:
    """Norms, thresholds and reliabilities name a scale, lie in range, and no unverified one is a default."""
    lists: Sequence[tuple[str, Sequence[Norm | Threshold | Reliability]]] = (
        ("norms", instrument.norms),
        ("thresholds", instrument.thresholds),
        ("reliabilities", instrument.reliabilities),
    )
    for key, facts in lists:
        for fact in facts:
            place = f"{key}[{fact.name}]"
            if fact.scale not in instrument.scales:
                definition.problem(place, f"is about {fact.scale!r}, which is not a scale")
            if fact.default and not fact.source.may_be_default:
                definition.problem(place, f"is {fact.source.standing}, so it can not be the default")
            out_of_range = _range_problem(fact, instrument)
            if out_of_range:
                definition.problem(place, out_of_range)
        for scale in instrument.scales:
            if sum(fact.default for fact in facts if fact.scale == scale) > 1:
                definition.problem(key, f"must have at most one default for {scale}")


def _range_problem(fact: Norm | Threshold | Reliability, instrument: Instrument) -> str:
    if isinstance(fact, Norm):
        scale = instrument.scales.get(fact.scale)
        inside = scale is None or scale.low <= fact.mean <= scale.high
        return "" if inside and (fact.sd is None or fact.sd > 0) else "must have a mean in range and an SD above 0"
    if isinstance(fact, Threshold):
        return "" if 0 < fact.low <= fact.high else "must be above 0, low not above high"
    return "" if 0 < fact.low <= fact.high <= 1 else "must lie between 0 and 1, low not above high"


def _check_examples(instrument: Instrument, definition: Definition) -> None:
    covered: set[str] = set()
    for example in instrument.examples:
        place = f"examples[{example.name}]"
        if len(example.answers) != len(instrument.items):
            definition.problem(place, f"has {len(example.answers)} answers for {len(instrument.items)} items")
        if any(answer is not None and answer not in instrument.answers for answer in example.answers):
            definition.problem(place, "has an answer that is not a code")
        if example.missing_rule not in instrument.missing_rules:
            definition.problem(place, f"names {example.missing_rule!r}, which is not a rule")
        for scale in example.scores:
            if scale not in instrument.scales:
                definition.problem(place, f"scores {scale!r}, which is not a scale")
        covered.update(example.scores)
    for scale in instrument.scales:
        if scale not in covered:
            definition.problem("examples", f"must have a worked example of {scale}")


def _check_band_scheme(instrument: Instrument, definition: Definition) -> None:
    if not instrument.default_band_scheme:
        return
    try:
        scheme = load_band_scheme(instrument.default_band_scheme)
    except (UnknownNameError, DefinitionError) as error:
        definition.problem("default_band_scheme", f"is not usable: {error}")
        return
    if scheme.instrument != instrument.id:
        definition.problem("default_band_scheme", f"is a scheme for {scheme.instrument}")
    if not scheme.source.may_be_default:
        definition.problem("default_band_scheme", f"is {scheme.source.standing}, so it can not be the default")
