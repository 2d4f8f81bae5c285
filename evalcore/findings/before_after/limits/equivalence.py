"""Whether the mean change is too small to matter, by a bound that the evaluator sets with a reason."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.limits.bound import LEAST_PAIRS_FOR_A_VERDICT, Bound
from evalcore.findings.before_after.limits.equivalence_words import Held, bound_words, threshold_notes, words_of
from evalcore.findings.finding import ONE_DECIMAL_BELOW, Column, Finding, OutsideForm
from evalcore.findings.summary import change_rests_on
from evalcore.methods import definition
from evalcore.outcomes.equivalence import Equivalence, equivalence, half_width, pairs_to_fit
from evalcore.wording import count, interval, number, rounded

_DEFINITIONS = ("equivalence", "pairs_to_fit", "change", "sd", "rounding")
_CAUTION = (
    "A change that is not shown to be too small is not shown to be large enough either. A bound chosen after seeing the"
    " result can be made to fit: choose it by the plan."
)


def equivalence_finding(basis: Basis, choice: Bound) -> Finding:
    """The 90 % interval of the mean change against a bound; a verdict from 10 pairs on, and only with a reason.

    Parameters
    ----------
    basis : Basis
    choice : Bound

    Raises
    ------
    EvalcoreError
        If the bound is not a positive, finite number of points.
    """
    result = equivalence(basis.pairs, bound=choice.points)
    inside, outside = (_held(basis, result, choice, outside=outside) for outside in (False, True))
    (title, sentence), (outside_title, outside_sentence) = (words_of(basis, held) for held in (inside, outside))
    few = result.n_pairs < LEAST_PAIRS_FOR_A_VERDICT
    table, columns = _table(result), _columns(basis)
    return Finding(
        id=basis.finding_id("equivalence"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, inside),
        table=table,
        columns=columns,
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="without tests below 10 pairs" if few else "",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(basis, outside),
            rests_on=change_rests_on(basis),
            table=_without_tests(table, columns) if few else None,
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=(*result.notes, *threshold_notes(basis.measure, choice.points)),
        topic=f"Too small to matter? {basis.topic}",
    )


def _held(basis: Basis, result: Equivalence, choice: Bound, *, outside: bool) -> Held:
    """What is said; outside the pairs that could have fitted follow from the SD as it is shown there.

    So a reader who has them for many bounds learns no more about the SD than it says itself.
    """
    n, sd = result.n_pairs, result.sd_change
    if outside and sd is not None:
        sd = rounded(sd, 1 if n < ONE_DECIMAL_BELOW else basis.measure.decimals)
    too_wide = result.ci_low is not None and sd is not None and half_width(n, sd) >= choice.points
    return Held(
        result=result,
        bound=choice,
        decimals=basis.outside_decimals(n) if outside else basis.decimals,
        outside=outside,
        could_have_fitted=not too_wide,
        pairs_needed=pairs_to_fit(sd, choice.points) if too_wide and sd is not None else None,
    )


def _table(result: Equivalence) -> pd.DataFrame:
    """The mean change with its 90 % interval, a test against each side of the bound, and both together."""
    rows = (
        ("Mean change", result.mean_change, result.sd_change, result.ci_low, result.ci_high, None, None, None),
        (f"Test against −{result.bound:g}", *(None,) * 4, result.t_lower, result.df, result.p_lower),
        (f"Test against +{result.bound:g}", *(None,) * 4, result.t_upper, result.df, result.p_upper),
        ("Both tests: the larger p", *(None,) * 6, result.p_value),
    )
    what, *cells = zip(*rows, strict=True)
    names = ("estimate", "sd", "ci_low", "ci_high", "test_value", "df", "p_value")
    numbers = {name: np.array(one, dtype=float) for name, one in zip(names, cells, strict=True)}
    return pd.DataFrame({"statistic": list(what), "n": result.n_pairs, **numbers})


def _columns(basis: Basis) -> tuple[Column, ...]:
    groups, decimals = ((MATCHED_PRE,),) * 4, basis.measure.decimals
    return (
        Column("statistic", "What", "label"),
        Column("n", "Pairs", "fieldwork", groups=groups),
        Column("estimate", "Estimate", "mean", decimals, groups),
        Column("sd", "SD of the changes", "sd", decimals, groups),
        Column("ci_low", "90 % interval from", "interval", decimals, groups),
        Column("ci_high", "to", "interval", decimals, groups),
        Column("test_value", "t", "test", 2, groups),
        Column("df", "df", "test", 0, groups),
        Column("p_value", "p, one-sided", "test", 3, groups),
    )


def _without_tests(table: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The first line alone: two tests against a bound of one's choice would give mean and SD with all their digits."""
    return table.loc[[0], [column.name for column in columns if column.kind != "test"]]


def _chart(basis: Basis, held: Held) -> Chart | None:
    """The mean change with its 90 % interval over the range of the bound; None without a pair."""
    result, points = held.result, held.bound.points
    if result.mean_change is None:
        return None
    mean = held.place(result.mean_change)
    text = number(mean, held.decimals, signed=True)
    marks: list[Mark] = [
        Band(-points, points, along="x", label=f"bound: {bound_words(points, basis.measure.unit)}"),
        Band(0.0, 0.0, along="x", label="no change"),
        Point(mean, 0.0, "change", label=f"Mean change {text}", text=text, group=MATCHED_PRE, row=0),
    ]
    if result.ci_low is not None and result.ci_high is not None:
        ends = held.place(result.ci_low), held.place(result.ci_high)
        label = f"90 % interval {interval(result.ci_low, result.ci_high, held.decimals)}"
        marks.insert(2, Interval(0.0, *ends, "change", along="x", label=label, group=MATCHED_PRE, row=0))
    panel = Panel(
        x=Axis(f"Change, after minus before ({basis.measure.unit})"),
        y=Axis("", ticks=((0.0, "Mean change"),)),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: n = {count(result.n_pairs, 'matched pair', 'matched pairs')}",
        how_to_read=(
            "The shaded range runs from the bound below zero to the bound above it. The dot is the mean change and the"
            " bar through it its 90 % interval. Only where the whole bar lies in the shaded range is the mean change"
            " too small to matter, by this bound."
        ),
        height=80,
    )
