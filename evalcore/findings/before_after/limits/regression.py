"""What regression to the mean alone could give, drawn behind the change that was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.limits.regression_words import (
    Reckoned,
    caution_of,
    facts_of,
    retest_notes,
    words_of,
)
from evalcore.findings.finding import ONE_DECIMAL_BELOW, Column, Finding, Group, OutsideForm
from evalcore.findings.measures import Measure
from evalcore.findings.questionnaires.norms import norms_of
from evalcore.findings.summary import change_rests_on
from evalcore.instruments.instrument import Norm
from evalcore.methods import definition
from evalcore.outcomes.regression import ASSUMED_CORRELATIONS, expected_change, regression_to_the_mean
from evalcore.wording import count, interval, number, rounded

_DEFINITIONS = ("regression_to_the_mean", "assumed_correlation", "change", "change_interval", "rounding")
_PUBLISHED = "published"
"""Key of the people behind the norm: their number is known, where it was published, and nothing else."""


@dataclass(frozen=True)
class RegressionChoice:
    """What a person chose: a norm by its name, a correlation over the same gap, and where that is published.

    None is the default: the first norm that may be used, and the range of correlations from .5 to .9.
    """

    norm: str | None = None
    correlation: float | None = None
    cited: str = ""


def regression_norms(measure: Measure) -> tuple[Norm, ...]:
    """Published norms of both sexes together, the default first: the matched people are not of one sex.

    Examples
    --------
    >>> from evalcore.findings.measures import measures
    >>> from evalcore.sample import sample_study
    >>> [norm.label for norm in regression_norms(measures(sample_study(), "service user")[1])]
    ['England 2010-2013', 'England 2011']
    """
    return tuple(norm for norm in norms_of(measure) if not norm.sex)


def regression_finding(basis: Basis, choice: RegressionChoice | None = None) -> Finding:
    """The change that regression to the mean alone could give, beside the matched change with its interval.

    Parameters
    ----------
    basis : Basis
    choice : RegressionChoice, optional

    Raises
    ------
    UnknownNameError
        If the measure has no norm of that name for both sexes; the message lists those there are.
    EvalcoreError
        If the correlation does not lie from 0 to 1.
    """
    chosen = choice or RegressionChoice()
    offered = {norm.name: norm for norm in regression_norms(basis.measure)}
    if chosen.norm is not None and chosen.norm not in offered:
        known = f"There are: {', '.join(offered)}." if offered else "There is none."
        raise UnknownNameError(
            f"{basis.measure.short_name} has no published norm {chosen.norm!r} for both sexes together. {known}"
        )
    norm = offered[chosen.norm] if chosen.norm is not None else next(iter(offered.values()), None)
    if norm is None:
        return _without_norm(basis)
    return _with_norm(basis, norm, chosen)


def _with_norm(basis: Basis, norm: Norm, choice: RegressionChoice) -> Finding:
    inside, outside = (_reckoned(basis, norm, choice, outside=outside) for outside in (False, True))
    (title, sentence), (outside_title, outside_sentence) = (words_of(basis, one) for one in (inside, outside))
    caution = caution_of(basis, norm, inside)
    table = _table(inside)
    return Finding(
        id=basis.finding_id("regression"),
        title=title,
        sentence=sentence,
        caution=caution,
        chart=_chart(basis, inside),
        table=table,
        columns=_columns(basis, len(table)),
        groups={**basis.groups, _PUBLISHED: Group(_PUBLISHED, norm.label, basis.measure.key, frozenset(), norm.n or 0)},
        trail=basis.trail,
        source=f"{source_of(basis).rstrip('.')}. Norm: {facts_of(norm)}. {norm.source.citation}"
        f" ({norm.source.standing}).",
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=caution,
            chart=_chart(basis, outside),
            rests_on=change_rests_on(basis),
            table=_table(outside),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=(*inside.found.notes, *retest_notes(basis.measure)),
        topic=f"Regression to the mean: {basis.topic}",
    )


def _reckoned(basis: Basis, norm: Norm, choice: RegressionChoice, *, outside: bool) -> Reckoned:
    """What is shown; outside it is reckoned from the mean before as it is shown there.

    So a reader who has it for many norms and correlations learns no more about the mean before than it says itself.
    """
    assumed = ASSUMED_CORRELATIONS if choice.correlation is None else (choice.correlation,)
    found = regression_to_the_mean(basis.pairs, norm_mean=norm.mean, correlations=assumed)
    n = found.n_pairs
    if outside and found.mean_pre is not None:
        mean = rounded(found.mean_pre, 1 if n < ONE_DECIMAL_BELOW else basis.measure.decimals)
        expected = tuple(expected_change(mean, norm.mean, r) for r in found.correlations)
        found = replace(
            found, mean_pre=mean, expected=expected, expected_low=min(expected), expected_high=max(expected)
        )
    return Reckoned(
        norm=norm,
        found=found,
        change=basis.change,
        decimals=basis.outside_decimals(n) if outside else basis.decimals,
        cited=choice.cited.strip(),
        typed=choice.correlation is not None,
        outside=outside,
    )


def _table(reckoned: Reckoned) -> pd.DataFrame:
    """The norm, the mean before, what regression alone could give at each correlation, and the mean change."""
    found, change, norm = reckoned.found, reckoned.change, reckoned.norm
    rows: list[tuple[str, float | None, float | None, float | None, float | None]] = [
        (f"Published mean: {norm.label}", norm.n, norm.mean, None, None),
        ("Mean before of the matched", found.n_pairs, found.mean_pre, None, None),
    ]
    expected: Sequence[float | None] = found.expected or (None,) * len(found.correlations)
    rows += [
        (f"Change by regression alone, r = {r:g}", found.n_pairs, value, None, None)
        for r, value in zip(found.correlations, expected, strict=True)
    ]
    rows.append(("Mean change of the matched", found.n_pairs, change.mean_change, change.ci_low, change.ci_high))
    what, *cells = zip(*rows, strict=True)
    numbers = zip(("n", "value", "ci_low", "ci_high"), cells, strict=True)
    return pd.DataFrame({"what": list(what), **{name: np.array(one, dtype=float) for name, one in numbers}})


def _columns(basis: Basis, rows: int) -> tuple[Column, ...]:
    decimals, unit = basis.measure.decimals, basis.measure.unit
    groups = ((), *((MATCHED_PRE,),) * (rows - 1))
    return (
        Column("what", "What", "label"),
        Column("n", "People", "fieldwork", groups=((_PUBLISHED,), *groups[1:])),
        Column("value", f"Mean or change ({unit})", "mean", decimals, groups),
        Column("ci_low", "95 % interval from", "interval", decimals, groups),
        Column("ci_high", "to", "interval", decimals, groups),
    )


def _chart(basis: Basis, reckoned: Reckoned) -> Chart | None:
    """The mean change with its interval, over the range that regression alone could give; None without a pair."""
    found, change, n = reckoned.found, reckoned.change, reckoned.found.n_pairs
    if found.expected_low is None or found.expected_high is None or change.mean_change is None:
        return None
    row = len(found.correlations) + 2
    low, high, mean = (reckoned.place(value) for value in (found.expected_low, found.expected_high, change.mean_change))
    text = number(mean, reckoned.decimals, signed=True)
    ends = number(low, reckoned.decimals) if low == high else interval(low, high, reckoned.decimals)
    marks: list[Mark] = [
        Band(low, high, along="x", label=f"regression to the mean alone: {ends}", group=MATCHED_PRE),
        Band(0.0, 0.0, along="x", label="no change"),
        Point(mean, 0.0, "change", label=f"Mean change {text}", text=text, group=MATCHED_PRE, row=row),
    ]
    if change.ci_low is not None and change.ci_high is not None:
        places = reckoned.place(change.ci_low), reckoned.place(change.ci_high)
        label = f"95 % interval {interval(change.ci_low, change.ci_high, reckoned.decimals)}"
        marks.insert(2, Interval(0.0, *places, "change", along="x", label=label, group=MATCHED_PRE, row=row))
    panel = Panel(
        x=Axis(f"Change, after minus before ({basis.measure.unit})"),
        y=Axis("", ticks=((0.0, "Mean change"),)),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: n = {count(n, 'matched pair', 'matched pairs')}",
        how_to_read=(
            "The dot is the mean change and the bar through it its 95 % interval. The shaded range is what regression"
            " to the mean alone could give, were people taken because of how they scored that day; a line where one"
            " correlation was chosen."
        ),
        height=80,
    )


def _without_norm(basis: Basis) -> Finding:
    """Where no published norm can be used: the plain word, and nothing reckoned."""
    name = basis.measure.short_name
    title = f"{name}: what regression to the mean could give is not known"
    sentence = (
        f"It would need a published mean of {name}, for men and women together and seen in a source, and none is held"
        " here."
    )
    caution = "Without it, a change may still be regression to the mean: nothing here says that it is not."
    return Finding(
        id=basis.finding_id("regression"),
        title=title,
        sentence=sentence,
        caution=caution,
        chart=None,
        table=pd.DataFrame({"what": pd.Series(dtype="str")}),
        columns=(Column("what", "What", "label"),),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("regression_to_the_mean"),
        outside=OutsideForm("", title, sentence, caution, None),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=retest_notes(basis.measure),
        topic=f"Regression to the mean: {basis.topic}",
    )
