"""Three estimates of the change: the matched people alone, and twice with everyone's answers, on one picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, MATCHED_POST, MATCHED_PRE, POST_ONLY, PRE_ONLY
from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.everyone.disagreement import LEAST_PAIRS_TO_COMPARE, disagreement
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.outcomes.mixed import MixedChange, mixed_change
from evalcore.outcomes.overlap import OverlapChange, overlap_change
from evalcore.outcomes.paired import PairedChange
from evalcore.wording import count, interval, joined, number

_DEFINITIONS = ("change", "change_interval", "overlap_test", "mixed_model", "mixed_inference", "estimates_disagree")
_EVERYONE = (ALL_PRE, ALL_POST, MATCHED_PRE)
_NUMBERS = ("mean_change", "ci_low", "ci_high", "df", "p_value")
_CAUTION = (
    "None of the three knows the answers that were never given. They rest on nearly the same people, so they are not"
    " three results."
)


@dataclass(frozen=True, eq=False)
class Estimate:
    """One estimate: its row's label, how a sentence names it, what it assumes, its n, its groups, and its figures."""

    label: str
    name: str
    assumes: str
    n: int
    groups: tuple[str, ...]
    found: PairedChange | OverlapChange | MixedChange

    @property
    def given(self) -> bool:
        """Whether there is anything to show."""
        return self.found.mean_change is not None


def everyone_finding(basis: Basis) -> Finding:
    """The matched change beside two estimates from everyone's answers, each with its n and what it assumes."""
    estimates = _estimates(basis)
    title, sentence = _words(basis, estimates, outside=False)
    outside_title, outside_sentence = _words(basis, estimates, outside=True)
    counted = () if basis.site is None else ("scored pre", "scored post", "matched")
    given = tuple(row for row, one in enumerate(estimates) if one.given)
    rests_on = dict.fromkeys(key for row in given for key in estimates[row].groups)
    return Finding(
        id=basis.finding_id("everyone"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, estimates, outside=False),
        table=_table(basis, estimates),
        columns=_columns(basis, estimates),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(basis, estimates, outside=True),
            rests_on=(*rests_on, *counted),
            rests_on_rows=given,
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=tuple(dict.fromkeys(note for one in estimates for note in _notes(one))),
        topic=f"Everyone's answers: {basis.topic}",
    )


def _estimates(basis: Basis) -> tuple[Estimate, Estimate, Estimate]:
    matched, overlap, mixed = basis.change, overlap_change(basis.pairs), mixed_change(basis.pairs)
    return (
        Estimate(
            "Matched people",
            "the matched people alone",
            "those who left would have changed like those who stayed",
            matched.n_pairs,
            (MATCHED_PRE, MATCHED_POST),
            matched,
        ),
        Estimate(
            "Everyone: partially overlapping samples",
            "everyone's answers by partially overlapping samples",
            "the answers that are missing are missing completely at random",
            mixed.n_people,
            _EVERYONE,
            overlap,
        ),
        Estimate(
            "Everyone: mixed model",
            "everyone's answers by the mixed model",
            "missing at random given the scores that were seen; equal spread before and after",
            mixed.n_people,
            _EVERYONE,
            mixed,
        ),
    )


def _notes(one: Estimate) -> tuple[str, ...]:
    """Of the matched change only what its mean and interval lack: its other statistics are not shown here."""
    if not isinstance(one.found, PairedChange):
        return one.found.notes
    return tuple(
        note for note in one.found.notes if note.startswith(("No matched", "One matched", "Two matched", "All"))
    )


def _words(basis: Basis, estimates: Sequence[Estimate], *, outside: bool) -> tuple[str, str]:
    name, who, n = basis.measure.short_name, basis.who, basis.change.n_pairs
    given = [one for one in estimates if one.given]
    if not given:
        return (
            f"{name}, {who}: no change can be estimated without people who answered both times",
            f"Nobody among the {who} has a {name} score both before and after, and without such pairs none of the three"
            " estimates is given.",
        )
    means = [_mean(basis, one, outside) for one in given]
    title = f"{name}, {who}: mean change {means[0]} among the matched people"
    if len(given) > 1:
        title += f", {joined(means[1:])} with everyone's answers"
    parts = [f"{_change(basis, one, outside)} with {one.name} (n = {one.n:,})" for one in given]
    lacking = [one.name for one in estimates if not one.given]
    sentences = [f"The mean change in {name} is {'; '.join(parts)}."]
    if lacking:
        sentences.append(f"With {joined(lacking, 'or')} no estimate is given; the note at the table says why.")
    if n < LEAST_PAIRS_TO_COMPARE:
        sentences.append(f"Below {LEAST_PAIRS_TO_COMPARE} pairs the estimates only describe, and are not compared.")
    else:
        others = [one.found for one in given if not isinstance(one.found, PairedChange)]
        sentences += [disagreement(basis.change, others).sentence] if others else []
    return title, " ".join(sentences)


def _decimals(basis: Basis, one: Estimate, outside: bool) -> int:
    """Of everyone's estimates as of the matched one: the pairs are behind each of them."""
    return basis.outside_decimals(basis.change.n_pairs) if outside else basis.decimals


def _mean(basis: Basis, one: Estimate, outside: bool) -> str:
    return number(one.found.mean_change, _decimals(basis, one, outside), signed=True)


def _change(basis: Basis, one: Estimate, outside: bool) -> str:
    words = f"{_mean(basis, one, outside)} {basis.measure.unit}"
    if one.found.ci_low is None:
        return words
    return f"{words} (95 % interval {interval(one.found.ci_low, one.found.ci_high, _decimals(basis, one, outside))})"


def _table(basis: Basis, estimates: Sequence[Estimate]) -> pd.DataFrame:
    described = {key: basis.described[key]["n"] for key in (PRE_ONLY, POST_ONLY)}
    everyone = [not isinstance(one.found, PairedChange) for one in estimates]
    numbers: Mapping[str, np.ndarray] = {
        name: np.array([getattr(one.found, name) for one in estimates], dtype=float) for name in _NUMBERS
    }
    return pd.DataFrame(
        {
            "estimate": [one.label for one in estimates],
            "n": basis.change.n_pairs,
            "n_pre_only": [described[PRE_ONLY] if all_of else np.nan for all_of in everyone],
            "n_post_only": [described[POST_ONLY] if all_of else np.nan for all_of in everyone],
            **numbers,
            "assumes": [one.assumes for one in estimates],
        }
    )


def _columns(basis: Basis, estimates: Sequence[Estimate]) -> tuple[Column, ...]:
    decimals, rows = basis.measure.decimals, len(estimates)
    groups = tuple(one.groups for one in estimates)
    return (
        Column("estimate", "Estimate from", "label"),
        Column("n", "Pairs", "fieldwork", groups=((MATCHED_PRE,),) * rows),
        Column("n_pre_only", "Before only", "fieldwork", groups=((PRE_ONLY,),) * rows),
        Column("n_post_only", "After only", "fieldwork", groups=((POST_ONLY,),) * rows),
        Column("mean_change", f"Mean change ({basis.measure.unit})", "mean", decimals, groups),
        Column("ci_low", "95 % interval from", "interval", decimals, groups),
        Column("ci_high", "to", "interval", decimals, groups),
        Column("df", "df", "test", 1, groups),
        Column("p_value", "p", "test", 3, groups),
        Column("assumes", "Holds if", "text"),
    )


def _chart(basis: Basis, estimates: Sequence[Estimate], *, outside: bool) -> Chart | None:
    """Each estimate as a dot with its interval, the matched one on top; None where none is given."""
    kept = [(row, one) for row, one in enumerate(estimates) if one.given]
    if not kept:
        return None
    places = {row: float(len(kept) - 1 - at) for at, (row, _) in enumerate(kept)}
    marks = [mark for row, one in kept for mark in _marks(basis, one, row, places[row], outside=outside)]
    panel = Panel(
        x=Axis(f"Mean change ({basis.measure.unit})"),
        y=Axis("", ticks=tuple((places[row], one.label) for row, one in kept)),
        marks=(Band(0.0, 0.0, along="x", label="no change"), *marks),
    )
    pairs, people = basis.change.n_pairs, estimates[1].n
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {count(pairs, 'matched pair', 'matched pairs')} of {count(people, 'person', 'people')}",
        how_to_read=(
            "Each mark is one estimate of the mean change, after minus before, the bar through it its 95 % interval."
            f" Each holds only if: {'; '.join(f'{one.label.lower()}, {one.assumes}' for _, one in kept)}."
        ),
        height=40 + 32 * len(kept),
    )


def _marks(basis: Basis, one: Estimate, row: int, place: float, *, outside: bool) -> list[Mark]:
    found, n, decimals = one.found, basis.change.n_pairs, _decimals(basis, one, outside)
    key = one.groups[0]
    if found.mean_change is None:
        return []
    mean = basis.rounded(found.mean_change, n) if outside else found.mean_change
    text = f"{number(mean, decimals, signed=True)} (n = {one.n:,})"
    marks: list[Mark] = [Point(mean, place, "change", label=f"{one.label}: {text}", text=text, group=key, row=row)]
    if found.ci_low is not None and found.ci_high is not None:
        low, high = found.ci_low, found.ci_high
        if outside:
            low, high = basis.rounded(low, n), basis.rounded(high, n)
        label = f"95 % interval {interval(low, high, decimals)}"
        marks.insert(0, Interval(place, low, high, "change", along="x", label=label, group=key, row=row))
    return marks
