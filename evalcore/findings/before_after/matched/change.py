"""The matched change: an estimation plot, and the table of tests, effect sizes, and of who rose and fell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_POST, MATCHED_PRE, POST, PRE
from evalcore.figures.chart import Axis, Band, Chart, Interval, Line, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.summary import change_rests_on
from evalcore.methods import definition
from evalcore.outcomes.paired import PairedChange, paired_change
from evalcore.wording import count, interval, number

LEAST_PAIRS_FOR_BOOTSTRAP = 10
RESAMPLES = 9_999
_DEFINITIONS = (
    "change",
    "sd",
    "paired_t",
    "hodges_lehmann",
    "wilcoxon",
    "rank_biserial",
    "cohens_dz",
    "cohens_dav",
    "hedges_gav",
    "bca_bootstrap",
    "rises_and_falls",
    "rounding",
)
_RANK_BISERIAL = "Rank-biserial correlation"
_MOVED = ("Rose", "Stayed the same", "Fell")
_NUMBERS = ("estimate", "middle", "sd", "ci_low", "ci_high", "test_value", "df", "p_value", "people")


def change_finding(basis: Basis, *, resamples: int = RESAMPLES) -> Finding:
    """Each person's line from before to after, the mean change with its interval, tests and effect sizes."""
    # Imported here: what stands behind it would make importing evalcore slower.
    from evalcore.findings.before_after.matched.directions import direction_groups

    enough = basis.change.n_pairs >= LEAST_PAIRS_FOR_BOOTSTRAP and resamples > 0
    change = paired_change(basis.pairs, resamples=resamples) if enough else basis.change
    table = _table(change)
    claim, shared = basis.claim(), basis.claim(outside=True)
    return Finding(
        id=basis.finding_id("change"),
        title=claim.title,
        sentence=claim.sentence,
        caution=claim.caution,
        chart=_chart(basis, outside=False),
        table=table,
        columns=_columns(_rows(change)),
        groups={**basis.groups, **direction_groups(basis)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=f"{definition(*_DEFINITIONS)} {_drawn(change.seed, resamples)}",
        outside=OutsideForm(
            name="means and intervals only",
            title=shared.title,
            sentence=shared.sentence,
            caution=shared.caution,
            chart=_chart(basis, outside=True),
            rests_on=change_rests_on(basis),
            reasons=shared.reasons,
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=change.notes,
        reasons=claim.reasons,
        topic=f"Change: {basis.topic}",
    )


def _drawn(seed: int, resamples: int) -> str:
    return f"Bootstrap: {resamples or RESAMPLES:,} resamples, seed {seed}."


def _table(change: PairedChange) -> pd.DataFrame:
    rows = _rows(change)
    numbers = {name: np.array([row.get(name) for row in rows.values()], dtype=float) for name in _NUMBERS}
    return pd.DataFrame({"statistic": list(rows), "n": change.n_pairs, **numbers})


def _rows(change: PairedChange) -> dict[str, dict[str, float | None]]:
    """What each row holds; the other cells of a row are empty whatever was answered."""
    method = f"Wilcoxon signed rank ({change.wilcoxon_method})" if change.wilcoxon_method else "Wilcoxon signed rank"
    return {
        "Before": {"estimate": change.mean_pre, "sd": change.sd_pre},
        "After": {"estimate": change.mean_post, "sd": change.sd_post},
        "Mean change (paired t)": {
            "estimate": change.mean_change,
            "sd": change.sd_change,
            **_ends(change, ""),
            "test_value": change.t,
            "df": change.df,
            "p_value": change.p_value,
        },
        "Middle change (Hodges-Lehmann)": {"middle": change.hodges_lehmann, **_ends(change, "hodges_lehmann_")},
        method: {"test_value": change.wilcoxon_w, "p_value": change.wilcoxon_p},
        _RANK_BISERIAL: {"estimate": change.rank_biserial},
        "d_z": {"estimate": change.cohens_dz, **_ends(change, "cohens_dz_")},
        "d_av": {"estimate": change.cohens_dav, **_ends(change, "cohens_dav_")},
        "g_av": {"estimate": change.hedges_gav, **_ends(change, "hedges_gav_")},
        **{row: {"people": n} for row, n in zip(_MOVED, (change.n_up, change.n_same, change.n_down), strict=True)},
    }


def _ends(change: PairedChange, prefix: str) -> dict[str, float | None]:
    return {end: getattr(change, prefix + end) for end in ("ci_low", "ci_high")}


def _columns(rows: Mapping[str, Mapping[str, float | None]]) -> tuple[Column, ...]:
    """Hodges-Lehmann is treated as the median that it is; what is made of ranks tells who rose and who fell."""
    from evalcore.findings.before_after.matched.directions import HOLDERS, RANKED

    whose = dict.fromkeys(rows, (MATCHED_PRE,)) | {"After": (MATCHED_POST,)}
    of = {name: tuple(whose[row] if name in held else () for row, held in rows.items()) for name in _NUMBERS}
    counts = dict(zip(_MOVED, HOLDERS, strict=True))
    ranked = tuple(RANKED if name == _RANK_BISERIAL else () for name in rows)
    summed = tuple(RANKED if name.startswith("Wilcoxon") else () for name in rows)
    return (
        Column("statistic", "What", "label"),
        Column("n", "Pairs", "fieldwork", groups=tuple(whose.values())),
        Column("estimate", "Estimate", "mean", 2, of["estimate"], ranked),
        Column("middle", "Middle", "quartile", 2, of["middle"]),
        Column("sd", "SD", "sd", 2, of["sd"]),
        Column("ci_low", "95 % interval from", "interval", 2, of["ci_low"], follows="middle"),
        Column("ci_high", "to", "interval", 2, of["ci_high"], follows="middle"),
        Column("test_value", "t or w", "test", 2, of["test_value"], summed),
        Column("df", "df", "test", 0, of["df"]),
        Column("p_value", "p", "test", 3, of["p_value"]),
        Column("people", "People", "characteristic", 0, of["people"], tuple(counts.get(name, ()) for name in rows)),
    )


def _chart(basis: Basis, *, outside: bool) -> Chart | None:
    """Left: before and after. Right: the mean change on its own axis. None without a pair."""
    change, measure = basis.change, basis.measure
    if change.n_pairs == 0 or change.mean_pre is None or change.mean_post is None or change.mean_change is None:
        return None
    scores = Panel(
        x=Axis("", ticks=((0.0, "Before"), (1.0, "After"))),
        y=_score_axis(basis, outside),
        marks=(*(() if outside else _people(basis)), *_means(basis, change.mean_pre, change.mean_post, outside)),
        title="Mean score" if outside else "Each person",
        share=1.4,
    )
    effect = Panel(
        x=Axis("", ticks=((0.0, "After minus before"),)),
        y=Axis(f"Mean change ({measure.unit})"),
        marks=(Band(0.0, 0.0, label="no change"), *_mean_change(basis, change.mean_change, outside)),
        title="Mean change",
    )
    reading = (
        "the lines join the means before and after" if outside else "each thin line is one person, before to after"
    )
    return Chart(
        panels=(scores, effect),
        n=f"{basis.topic}: n = {count(change.n_pairs, 'matched pair', 'matched pairs')}",
        how_to_read=(
            f"On the left {reading}, with the mean marked. On the right the mean change with its 95 % interval: where"
            " it covers the line at zero, a fall is as compatible with the answers as a rise."
        ),
        height=120,
    )


def _score_axis(basis: Basis, outside: bool) -> Axis:
    """Fitted to the people's lines; for two means alone the whole scale, so that the axis makes no change large."""
    measure = basis.measure
    low, high = (measure.low, measure.high) if outside else (None, None)
    return Axis(f"{measure.short_name} ({measure.unit})", low=low, high=high)


def _people(basis: Basis) -> list[Mark]:
    decimals = basis.measure.decimals
    return [
        Line(
            points=((0.0, before), (1.0, after)),
            kind="person",
            label=f"{number(before, decimals)} before, {number(after, decimals)} after",
            group=MATCHED_PRE,
            individual=True,
        )
        for before, after in zip(basis.pairs.matched[PRE].tolist(), basis.pairs.matched[POST].tolist(), strict=True)
    ]


def _means(basis: Basis, before: float, after: float, outside: bool) -> list[Mark]:
    n = basis.change.n_pairs
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    places = [basis.rounded(value, n) if outside else value for value in (before, after)]
    marks: list[Mark] = [Line(((0.0, places[0]), (1.0, places[1])), "change", group=MATCHED_PRE)]
    for x, (kind, key, when) in enumerate(((PRE, MATCHED_PRE, "before"), (POST, MATCHED_POST, "after"))):
        text = number(places[x], decimals)
        marks.append(Point(float(x), places[x], kind, label=f"Mean {when}: {text}", text=text, group=key))
    return marks


def _mean_change(basis: Basis, mean: float, outside: bool) -> list[Mark]:
    change, n = basis.change, basis.change.n_pairs
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    place = basis.rounded(mean, n) if outside else mean
    text = number(mean, decimals, signed=True)
    marks: list[Mark] = [Point(0.0, place, "change", label=f"Mean change {text}", text=text, group=MATCHED_PRE)]
    if change.ci_low is not None and change.ci_high is not None:
        low, high = change.ci_low, change.ci_high
        if outside:
            low, high = basis.rounded(low, n), basis.rounded(high, n)
        label = f"95 % interval {interval(low, high, decimals)}"
        marks.insert(0, Interval(0.0, low, high, "change", label=label, group=MATCHED_PRE))
    return marks
