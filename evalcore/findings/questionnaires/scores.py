"""The scores before and after, how they are spread over the scale, and how many stand at its ends."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, POST, PRE
from evalcore.figures.chart import Chart
from evalcore.findings.basis import CONTEXT, Basis, files_of, source_of
from evalcore.findings.dots import N_BESIDE, dots, mean_columns, n_by_wave
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm
from evalcore.findings.questionnaires.answered import WHEN, Floats, Side, holders, opposite, whole_roles
from evalcore.findings.questionnaires.spread import spread
from evalcore.methods import definition
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.response_patterns import FloorAndCeiling, floor_and_ceiling
from evalcore.wording import joined, number, upper_first

KEYS: Mapping[str, str] = {PRE: ALL_PRE, POST: ALL_POST}
"""The group of everyone with a score, by wave."""
_DESCRIBED = ("n", "mean", "sd", "ci_low", "ci_high", "median", "q1", "q3", "min", "max")
_ENDS = ("lowest", "highest")
_CAUTION = (
    "The people before and after are not the same people. Where many stand at one end of a scale, it can not tell them"
    " apart, and a change beyond that end can not be seen."
)


def scores_finding(basis: Basis) -> Finding:
    """Scores by wave with their spread, and how many people stand at the lowest and the highest possible score."""
    scores = {wave: scores_at(basis.pairs, wave)[1] for wave in KEYS}
    ends = {wave: floor_and_ceiling(pd.Series(v), basis.measure.low, basis.measure.high) for wave, v in scores.items()}
    everyone = with_scores(basis, 1)
    large = with_scores(basis, LEAST_FOR_A_MEAN) or everyone
    title, sentence = _means(basis, everyone, outside=False)
    outside_title, outside_sentence = _means(basis, large, outside=True)
    return Finding(
        id=basis.finding_id("scores"),
        title=title,
        sentence=" ".join(part for part in (sentence, _ranges(basis, everyone), _at_ends(ends)) if part),
        caution=_CAUTION,
        chart=spread(basis, scores),
        table=_table(basis, ends),
        columns=_columns(basis),
        groups={**basis.groups, **_end_groups(basis)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("sd", "mean_interval", "quartiles", "floor_ceiling"),
        outside=OutsideForm(
            name="means and intervals",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_outside_chart(basis),
            rests_on=large,
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Scores: {basis.topic}",
        notes=tuple(dict.fromkeys(note for found in ends.values() if found.n for note in found.notes)),
    )


def _outside_chart(basis: Basis) -> Chart | None:
    """Means and intervals alone; how many people each rests on stands beside its mean, and of a site only there."""
    chart = dots(basis, tuple(KEYS.values()), outside=True)
    if chart is None:
        return None
    reading = "Each mark is the mean score and the bar through it its 95 % interval: the wider, the less is known."
    people = {wave: int(basis.described[key]["n"]) for wave, key in KEYS.items()}
    n = n_by_wave(people) if basis.site is None else N_BESIDE
    return replace(chart, n=f"{basis.topic}: {n}", how_to_read=reading)


def scores_at(pairs: Pairs, wave: str) -> tuple[list[Hashable], Floats]:
    """Everyone's identifier and score at one wave."""
    alone = pairs.pre_only if wave == PRE else pairs.post_only
    names = [*pairs.matched.index, *alone.index]
    return names, np.concatenate((pairs.matched[wave].to_numpy(dtype=float), alone.to_numpy(dtype=float)))


def with_scores(basis: Basis, least: int) -> tuple[str, ...]:
    """The waves' groups of at least so many people."""
    return tuple(key for key in KEYS.values() if basis.described[key]["n"] >= least)


def _means(basis: Basis, keys: tuple[str, ...], *, outside: bool) -> tuple[str, str]:
    name, who, unit = basis.measure.short_name, basis.who, basis.measure.unit
    if not keys:
        return f"{name}: no scores among the {who}", f"Nobody among the {who} has a {name} score."
    parts = []
    for wave, key in KEYS.items():
        if key in keys:
            n = int(basis.described[key]["n"])
            decimals = basis.outside_decimals(n) if outside else basis.decimals
            parts.append((number(basis.described[key]["mean"], decimals), WHEN[wave], n))
    title = f"{name}, {who}: mean score {' and '.join(f'{mean} {when} (n = {n:,})' for mean, when, n in parts)}"
    means = " and ".join(f"{mean} {unit} {when} (n = {n:,})" for mean, when, n in parts)
    low, high = number(basis.measure.low, 0), number(basis.measure.high, 0)
    return title, f"The mean {name} score of the {who} was {means}, on a scale from {low} to {high}."


def _ranges(basis: Basis, keys: tuple[str, ...]) -> str:
    """From which score to which, on the evaluator's own screen."""
    words = []
    for wave, key in KEYS.items():
        if key in keys:
            low, high = (number(basis.described[key][end], basis.decimals) for end in ("min", "max"))
            lay = f"they lay between {low} and {high}" if low != high else f"everyone had a score of {low}"
            words.append(f"{WHEN[wave]} {lay}")
    return f"{upper_first('; '.join(words))}." if words else ""


def _at_ends(ends: Mapping[str, FloorAndCeiling]) -> str:
    """How many stand at an end of the scale, and whether that is beyond the criterion of 15 %."""
    found, beyond = [], []
    for wave, one in ends.items():
        counts = ((one.n_floor, one.floor_effect), (one.n_ceiling, one.ceiling_effect))
        for end, (n, effect) in zip(_ENDS, counts, strict=True):
            if n:
                found.append(f"{n:,} of {one.n:,} had the {end} possible score {WHEN[wave]}")
            if effect:
                beyond.append(f"at the {end} score {WHEN[wave]}")
    if not any(one.n for one in ends.values()):
        return ""
    if not found:
        return "Nobody had the lowest or the highest possible score."
    more = f" That is more than 15 % {joined(beyond)}." if beyond else ""
    return f"{found[0][0].upper()}{joined(found)[1:]}.{more}"


def _table(basis: Basis, ends: Mapping[str, FloorAndCeiling]) -> pd.DataFrame:
    described = basis.description.loc[list(KEYS.values()), list(_DESCRIBED)].reset_index(drop=True)
    described.insert(0, "when", [when.capitalize() for when in WHEN.values()])
    described["at_lowest"] = [float(ends[wave].n_floor) if ends[wave].n else np.nan for wave in KEYS]
    described["at_highest"] = [float(ends[wave].n_ceiling) if ends[wave].n else np.nan for wave in KEYS]
    return described


def _columns(basis: Basis) -> tuple[Column, ...]:
    decimals, groups = basis.measure.decimals, tuple((key,) for key in KEYS.values())
    low, high = number(basis.measure.low, 0), number(basis.measure.high, 0)
    holding = {end: tuple((_end_key(end, wave), opposite(_end_key(end, wave))) for wave in KEYS) for end in _ENDS}
    return (
        Column("when", "When", "label"),
        *mean_columns(decimals, groups),
        Column("median", "Median", "quartile", decimals, groups),
        Column("q1", "Lower quartile", "quartile", decimals, groups),
        Column("q3", "Upper quartile", "quartile", decimals, groups),
        Column("min", "Smallest", "extreme", decimals, groups),
        Column("max", "Largest", "extreme", decimals, groups),
        Column("at_lowest", f"At the lowest possible ({low})", "characteristic", 0, groups, holding["lowest"]),
        Column("at_highest", f"At the highest possible ({high})", "characteristic", 0, groups, holding["highest"]),
    )


def _end_key(end: str, wave: str) -> str:
    return f"at the {end} score {WHEN[wave]}"


def _end_groups(basis: Basis) -> dict[str, Group]:
    """Who stands at an end of the scale and who does not, and the same of the whole group that they are part of."""
    found: dict[str, Group] = {}
    for wave in KEYS:
        everyone = [
            (prefix, basis.name_people(names), values)
            for prefix, (names, values) in ((prefix, scores_at(pairs, wave)) for prefix, pairs in pairs_of(basis))
        ]
        for end, limit in zip(_ENDS, (basis.measure.low, basis.measure.high), strict=True):
            key, measure = _end_key(end, wave), f"{basis.measure.key}, {wave}: {end} score"
            sides = [
                Side(prefix, people, np.ones(len(values), dtype=bool), np.isclose(values, limit, rtol=0, atol=1e-9))
                for prefix, people, values in everyone
            ]
            found.update((group.key, group) for group in holders(key, basis.who, measure, sides))
    return found


def pairs_of(basis: Basis) -> list[tuple[str, Pairs]]:
    """Scores of the people looked at and of the whole group that they are part of, each with its prefix."""
    whole = whole_roles(basis)
    if whole is None:
        return [("", basis.pairs)]
    return [("", basis.pairs), (CONTEXT, basis.scores.pairs(basis.measure.instrument, basis.measure.scale, whole))]
