"""Instruments from their definition files: one TOML each, read whole, with every fault reported at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from evalcore.instruments import checks
from evalcore.instruments.instrument import (
    LEVELS,
    MEAN,
    METHODS,
    RELIABILITY_KINDS,
    SEXES,
    SUM,
    Answer,
    Example,
    Instrument,
    Item,
    MissingRule,
    Norm,
    Reliability,
    Scale,
    Threshold,
)
from evalcore.rules.definition import Definition, names_in, read_named

_DEFINITIONS = Path(__file__).parent / "definitions"


def list_instruments(*, _directory: Path = _DEFINITIONS) -> list[str]:
    """Identifiers of the instruments, sorted: one for each definition file.

    Examples
    --------
    >>> list_instruments()
    ['gse', 'swemwbs', 'uwes9', 'wemwbs']
    """
    return names_in(_directory)


@cache
def load_instrument(name: str, *, _directory: Path = _DEFINITIONS) -> Instrument:
    """Read one instrument; read once, then kept.

    Parameters
    ----------
    name : str
        Identifier, one of `list_instruments()`.

    Raises
    ------
    UnknownNameError
        No such instrument; the message lists those that exist.
    DefinitionError
        Its file has faults; `problems` holds all of them.

    Examples
    --------
    >>> load_instrument("gse").scales["total"].high
    40.0
    """
    return read_named(_directory, name, "instrument", _checked)


def _checked(definition: Definition) -> Instrument:
    instrument = _instrument(definition)
    checks.check(instrument, definition)
    return instrument


def _instrument(definition: Definition) -> Instrument:
    items = tuple(_item(item) for item in definition.tables("items", named_by="code", required=True))
    answers = {answer.code: answer for answer in _answers(definition)}
    tables = definition.tables("scales", named_by="name", required=True)
    scales = {scale.name: scale for scale in (_scale(table, items, answers) for table in tables)}
    rules = [_missing_rule(table) for table in definition.tables("missing_rules", named_by="name", required=True)]
    sources = definition.table("sources")
    return Instrument(
        id=definition.text("id"),
        name=definition.text("name"),
        short_name=definition.text("short_name"),
        full_name=definition.text("full_name"),
        construct=definition.text("construct"),
        higher_is_better=definition.flag("higher_is_better"),
        recall=definition.text("recall", ""),
        licence=definition.text("licence"),
        licence_terms=definition.text("licence_terms"),
        items=items,
        answers=answers,
        scales=scales,
        missing_rules={rule.name: rule for rule in rules},
        default_missing_rule=_default_rule(definition, rules),
        default_band_scheme=definition.text("default_band_scheme", ""),
        norms=tuple(_norm(table) for table in definition.tables("norms", named_by="name")),
        thresholds=tuple(_threshold(table) for table in definition.tables("thresholds", named_by="name")),
        reliabilities=tuple(_reliability(table) for table in definition.tables("reliabilities", named_by="name")),
        examples=tuple(_example(table) for table in definition.tables("examples", named_by="name", required=True)),
        sources={
            name: sources.source(name) for name in dict.fromkeys(("items", "answers", "licence", *sources.names()))
        },
        notes=definition.texts("notes", []),
        norms_caution=definition.text("norms_caution", ""),
        names=definition.texts("names", []),
        longer_form=definition.text("longer_form", ""),
    )


def _item(table: Definition) -> Item:
    return Item(
        code=table.text("code"),
        keyword=table.text("keyword"),
        also=table.text("also", ""),
        header_words=table.word_sets("header_words"),
        named_words=table.word_sets("named_words"),
    )


def _answers(definition: Definition) -> list[Answer]:
    return [
        Answer(
            code=table.integer("code"),
            label=table.text("label"),
            variants=table.texts("variants", []),
            unverified_variants=table.texts("unverified_variants", []),
        )
        for table in definition.tables("answers", named_by="code", required=True)
    ]


def _scale(table: Definition, items: tuple[Item, ...], answers: Mapping[int, Answer]) -> Scale:
    method = table.text("method", allowed=METHODS)
    conversion = _conversion(table) if table.has("table") else {}
    codes = table.texts("items") if table.has("items") else tuple(item.code for item in items)
    low, high, step = _range(method, len(codes), answers, conversion)
    return Scale(
        name=table.text("name"),
        label=table.text("label"),
        items=codes,
        method=method,
        low=low,
        high=high,
        unit=table.text("unit"),
        decimals=table.integer("decimals"),
        step=step,
        source=table.source(),
        reversed=table.texts("reversed", []),
        table=conversion,
    )


def _conversion(table: Definition) -> dict[int, float]:
    inside = table.table("table")
    sums = inside.names()
    for key in sums:
        if not key.isdecimal():
            inside.problem(key, "must be a sum, a whole number")
    return {int(key): inside.number(key) for key in sums if key.isdecimal()}


def _range(
    method: str, n_items: int, answers: Mapping[int, Answer], conversion: Mapping[int, float]
) -> tuple[float, float, float]:
    """Lowest and highest score and the smallest step between two: they follow from codes, items and method."""
    if not answers or not n_items:
        return math.nan, math.nan, math.nan
    low, high = min(answers), max(answers)
    if method == SUM:
        return float(low * n_items), float(high * n_items), 1.0
    if method == MEAN:
        return float(low), float(high), 1 / n_items
    scores = sorted(conversion.values())
    if len(scores) < 2:
        return math.nan, math.nan, math.nan
    return scores[0], scores[-1], round(min(b - a for a, b in pairwise(scores)), 10)


def _missing_rule(table: Definition) -> MissingRule:
    allowed = table.table("max_missing")
    return MissingRule(
        name=table.text("name"),
        label=table.text("label"),
        max_missing={scale: allowed.integer(scale) for scale in allowed.names()},
        source=table.source(),
        default=table.flag("default", False),
    )


def _default_rule(definition: Definition, rules: list[MissingRule]) -> str:
    defaults = [rule.name for rule in rules if rule.default]
    if len(defaults) != 1:
        definition.problem("missing_rules", f"must have one default; there are {len(defaults)}")
        return ""
    return defaults[0]


def _norm(table: Definition) -> Norm:
    return Norm(
        name=table.text("name"),
        label=table.text("label"),
        scale=table.text("scale"),
        population=table.text("population"),
        date=table.text("date"),
        n=table.optional_integer("n"),
        mean=table.number("mean"),
        sd=table.optional_number("sd"),
        source=table.source(),
        default=table.flag("default", False),
        caution=table.text("caution", ""),
        sex=table.text("sex", "", allowed=SEXES),
    )


def _low_high(table: Definition) -> tuple[float, float]:
    """Read either one `value` or a published range, `low` and `high`."""
    if table.has("value"):
        value = table.number("value")
        return value, value
    return table.number("low"), table.number("high")


def _threshold(table: Definition) -> Threshold:
    low, high = _low_high(table)
    return Threshold(
        name=table.text("name"),
        label=table.text("label"),
        scale=table.text("scale"),
        low=low,
        high=high,
        level=table.text("level", allowed=LEVELS),
        source=table.source(),
        default=table.flag("default", False),
        caution=table.text("caution", ""),
    )


def _reliability(table: Definition) -> Reliability:
    low, high = _low_high(table)
    return Reliability(
        name=table.text("name"),
        label=table.text("label"),
        scale=table.text("scale"),
        kind=table.text("kind", allowed=RELIABILITY_KINDS),
        low=low,
        high=high,
        population=table.text("population"),
        source=table.source(),
        default=table.flag("default", False),
        caution=table.text("caution", ""),
    )


def _example(table: Definition) -> Example:
    answers = table.values("answers")
    if not all(_is_code_or_blank(answer) for answer in answers):
        table.problem("answers", "must be whole numbers, or nan for an item left out")
    scores = table.table("scores")
    return Example(
        name=table.text("name"),
        answers=tuple(answer if isinstance(answer, int) else None for answer in answers),
        missing_rule=table.text("missing_rule"),
        scores={scale: scores.number_or_blank(scale) for scale in scores.names()},
        source=table.source(),
    )


def _is_code_or_blank(answer: object) -> bool:
    if isinstance(answer, float):
        return math.isnan(answer)
    return isinstance(answer, int) and not isinstance(answer, bool)
