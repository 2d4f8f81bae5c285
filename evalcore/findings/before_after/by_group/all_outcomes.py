"""All outcomes at once: the matched change of every instrument and role on one chart and in one table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, MATCHED_POST, MATCHED_PRE, POST_ONLY, PRE_ONLY
from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.before_after.by_group.splits import PAIRS_IN_WORDS
from evalcore.findings.families import FAMILIES, STUDY, Family, family_of
from evalcore.findings.finding import (
    FIELDWORK,
    FIELDWORK_BY_SITE,
    LEAST_FOR_A_MEAN,
    ONE_DECIMAL_BELOW,
    Column,
    Finding,
    Group,
    OutsideForm,
)
from evalcore.findings.measures import Measure, sites
from evalcore.findings.scores import Scores
from evalcore.instruments import load_instrument
from evalcore.methods import definition
from evalcore.outcomes.paired import PairedChange
from evalcore.outcomes.subgroups import LEAST_PAIRS_FOR_AN_INTERVAL
from evalcore.wording import count, interval, number, rounded

FEW = 10
"""Below this many pairs an outcome is described, and no word is said about where its interval lies."""

_MOST_TOLD = 8
_NUMBERS = ("mean_change", "ci_low", "ci_high", "share", "share_low", "share_high", "d_z", "p_value", "p_holm")
_DEFINITIONS = ("change", "change_interval", "share_of_range", "cohens_dz", "paired_t", "holm_family")
_CAUTION = (
    "Each row has its own people and its own questionnaire: a share of the range is not equally easy to gain on every"
    " one, so the rows are not a ranking. The more outcomes there are, the more often one stands out by chance alone."
)


@dataclass(frozen=True, eq=False)
class _Row:
    """One outcome: its measure, its change, and how it stands in the table."""

    basis: Basis
    change: PairedChange
    p_holm: float | None

    @property
    def measure(self) -> Measure:
        """What was measured, and of whom."""
        return self.basis.measure

    @property
    def key(self) -> str:
        """Of the group of its matched people."""
        return _key(self.measure, MATCHED_PRE)

    @property
    def n(self) -> int:
        """Number of pairs."""
        return self.change.n_pairs

    def numbers(self, *, outside: bool) -> dict[str, float | None]:
        """What the table holds of it; of what leaves, a share is no more exact than the points may be."""
        change, span = self.change, self.measure.high - self.measure.low
        ends = (change.mean_change, change.ci_low, change.ci_high)
        coarse = outside and self.n < ONE_DECIMAL_BELOW
        shares = [None if end is None else 100 * (rounded(end, 1) if coarse else end) / span for end in ends]
        return dict(zip(_NUMBERS, (*ends, *shares, change.cohens_dz, change.p_value, self.p_holm), strict=True))

    def share(self, *, outside: bool) -> float:
        """The mean change as a share of the range, in per cent; 0 without a pair."""
        return self.numbers(outside=outside)["share"] or 0.0


def outcomes_finding(
    scores: Scores, measures: Sequence[Measure], site: str | None = None, family: str | None = None
) -> Finding:
    """Every outcome's mean change in points and as a share of its scale's range, with p adjusted within a family.

    Parameters
    ----------
    scores : Scores
    measures : sequence of Measure
        The outcomes that are shown. Service users and staff stand in rows of their own.
    site : str, optional
        The changes are those of this site. Rows of staff then stay on the evaluator's own screen.
    family : str, optional
        A key of `families_for(scores.study)`: which p values are adjusted together. None: every outcome of the study.
    """
    rows = _rows(scores, measures, site, family or STUDY)
    leaving = rows if site is None else [row for row in rows if not row.measure.of_staff]
    of_staff_alone = not leaving and bool(rows)
    shared = rows if of_staff_alone else leaving
    tests = sum(row.p_holm is not None for row in rows)
    title, sentence = _words(rows, site, outside=False)
    large = [at for at, row in enumerate(shared) if row.n >= LEAST_FOR_A_MEAN]
    outside_title, outside_sentence = _words([shared[at] for at in large], site, outside=True)
    return Finding(
        id=_id(scores, measures, site),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(rows, site, outside=False),
        table=_table(rows, outside=False),
        columns=_columns(rows, shared),
        groups={group.key: group for row in shared for group in _groups(row)},
        trail=None,
        source=_source(rows),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="" if shared == rows else "without the rows of staff",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(shared, site, outside=True),
            rests_on=tuple(shared[at].key for at in large),
            rests_on_rows=tuple(large),
            table=_table(shared, outside=True),
            columns=_columns(shared, shared),
        ),
        by_site=site is not None,
        of_staff=of_staff_alone if site is not None else any(row.measure.of_staff for row in rows),
        notes=_notes(rows, family or STUDY, tests),
        topic="All outcomes" if site is None else f"All outcomes at {site}",
    )


def _rows(scores: Scores, measures: Sequence[Measure], site: str | None, family: str) -> list[_Row]:
    families: dict[tuple[str, ...], Family] = {}
    found = []
    for measure in measures:
        if measure.roles not in families:
            families[measure.roles] = family_of(scores, measure, site, family)
        change = scores.change(measure.instrument, measure.scale, measure.roles, site)
        found.append(_Row(Basis(scores, measure, site), change, families[measure.roles].p_adjusted.get(measure.slug)))
    return found


def _id(scores: Scores, measures: Sequence[Measure], site: str | None) -> str:
    """`outcomes.everyone`, `outcomes.service-users`, and `.site-2` where the second site was chosen."""
    groups = list(dict.fromkeys(measure.group for measure in measures))
    people = groups[0].replace(" ", "-") if len(groups) == 1 else "everyone"
    base = f"outcomes.{people}"
    return base if site is None else f"{base}.site-{sites(scores.study).index(site) + 1}"


def _table(rows: Sequence[_Row], *, outside: bool) -> pd.DataFrame:
    lines = [
        {"outcome": row.measure.short_name, "who": row.measure.who, "n": row.n, **row.numbers(outside=outside)}
        for row in rows
    ]
    table = pd.DataFrame(lines, columns=["outcome", "who", "n", *_NUMBERS])
    return table.astype(dict.fromkeys(_NUMBERS, float) | {"n": int})


def _columns(rows: Sequence[_Row], shared: Sequence[_Row]) -> tuple[Column, ...]:
    """A row that does not leave rests on no group that is named."""
    own = tuple((row.key,) if row in shared else () for row in rows)
    return (
        Column("outcome", "Outcome", "label"),
        Column("who", "Who", "label"),
        Column("n", "Pairs", "fieldwork", groups=own),
        Column("mean_change", "Mean change (points)", "mean", 2, own),
        Column("ci_low", "95 % interval from", "interval", 2, own),
        Column("ci_high", "to", "interval", 2, own),
        Column("share", "Share of the range (%)", "mean", 1, own),
        Column("share_low", "95 % interval of the share from", "interval", 1, own),
        Column("share_high", "to (%)", "interval", 1, own),
        Column("d_z", "d_z", "test", 2, own),
        Column("p_value", "p (paired t)", "test", 3, own),
        Column("p_holm", "p, adjusted (Holm)", "test", 3, own),
    )


def _groups(row: _Row) -> Iterator[Group]:
    """The groups of before and after of one outcome, and those of the whole group where it is a part of that.

    The six are named although one is shown, so that what may leave does not depend on which finding left first.
    """
    basis, measure = row.basis, row.measure
    yield from _six(basis, measure.roles, basis.site, "")
    if basis.site is not None or basis.whole_roles != measure.roles:
        yield from _six(basis, basis.whole_roles, None, CONTEXT)


def _six(basis: Basis, roles: tuple[str, ...], site: str | None, prefix: str) -> Iterator[Group]:
    measure = basis.measure
    pairs = basis.scores.pairs(measure.instrument, measure.scale, roles, site)
    of = (pairs.matched.index, pairs.pre_only.index, pairs.post_only.index)
    matched, before, after = (frozenset(basis.name_people(names)) for names in of)
    people = {
        ALL_PRE: matched | before,
        ALL_POST: matched | after,
        MATCHED_PRE: matched,
        MATCHED_POST: matched,
        PRE_ONLY: before,
        POST_ONLY: after,
    }
    for name, own in people.items():
        key = prefix + _key(measure, name)
        yield Group(key, f"{basis.who}, {measure.short_name}, {prefix}{name}", measure.key, own)
        if basis.site is not None:
            counted = FIELDWORK if site is None else FIELDWORK_BY_SITE
            yield Group(f"{key}, counted", f"{basis.who}, {measure.short_name}, {prefix}{name}", counted, own)


def _key(measure: Measure, name: str) -> str:
    """Unique across the outcomes."""
    return f"{measure.slug}: {name}"


def _source(rows: Sequence[_Row]) -> str:
    """Every questionnaire that is shown, with its copyright line."""
    found = (load_instrument(name) for name in dict.fromkeys(row.measure.instrument for row in rows))
    return " ".join(f"Questionnaire: {one.full_name}. {one.licence}" for one in found)


def _notes(rows: Sequence[_Row], family: str, tests: int) -> tuple[str, ...]:
    per_people = "" if family not in ("totals", "all") else ", of each group of people by itself"
    found = [f"The family of the adjusted p values: {FAMILIES[family]}{per_people}."]
    left = [row for row in rows if row.p_holm is None and row.change.p_value is not None]
    if left:
        found.append(f"{count(len(left), 'outcome has', 'outcomes have')} a test but no part in that family.")
    if not tests:
        found.append("No test can be made within it.")
    found.append("No interval and no test below 3 pairs, or where all changes are equal.")
    return tuple(found)


def _words(rows: Sequence[_Row], site: str | None, *, outside: bool) -> tuple[str, str]:
    """Title and sentence about the rows that are drawn, and the names of the others."""
    where = "" if site is None else f" at {site}"
    told = sorted(filter(_is_drawn, rows), key=lambda row: row.share(outside=outside), reverse=True)
    few = "" if outside else _too_few(rows)
    if not told:
        if outside and site is not None:
            # That each has fewer than so many, beside the pairs of all sites, could tell how many there are.
            return f"All outcomes{where}", "What may be shown stands in the table."
        least = LEAST_FOR_A_MEAN if outside else LEAST_PAIRS_FOR_AN_INTERVAL
        return f"All outcomes{where}: too few pairs", f"No outcome{where} has {least} pairs before and after.{few}"
    ends = [f"{_share_words(row, outside)} ({row.measure.label})" for row in (told[-1], told[0])]
    title = f"All outcomes{where}: mean changes from {ends[0]} to {ends[1]} of the scale's range"
    if len(told) == 1:
        title = f"One outcome{where}: a mean change of {_share_words(told[0], outside)} of the scale's range"
        title += f" ({told[0].measure.label})"
    kept = told if len(told) <= _MOST_TOLD else [told[0], told[-1]]
    which = "" if len(told) <= _MOST_TOLD else ", highest and lowest share of the range"
    said = "; ".join(_part(row, outside) for row in kept)
    return title, f"Mean change, after minus before{where}{which}: {said}.{_lie(told)}{few}"


def _is_drawn(row: _Row) -> bool:
    return row.n >= LEAST_PAIRS_FOR_AN_INTERVAL


def _too_few(rows: Sequence[_Row]) -> str:
    left = [f"{row.measure.label} ({PAIRS_IN_WORDS[row.n]})" for row in rows if not _is_drawn(row)]
    return f" Too few pairs to draw: {'; '.join(left)}." if left else ""


def _share_words(row: _Row, outside: bool) -> str:
    return f"{number(row.share(outside=outside), 1, signed=True)} %"


def _part(row: _Row, outside: bool) -> str:
    change, basis = row.change, row.basis
    decimals = basis.outside_decimals(row.n) if outside else basis.decimals
    words = f"{row.measure.label}, {number(change.mean_change, decimals, signed=True)} {row.measure.unit}"
    if change.ci_low is None:
        return f"{words} (n = {row.n:,})"
    return f"{words} (95 % interval {interval(change.ci_low, change.ci_high, decimals)}, n = {row.n:,})"


def _lie(rows: Sequence[_Row]) -> str:
    """How many intervals cover zero, of the outcomes with enough pairs to say anything about that."""
    ends = [(row.change.ci_low, row.change.ci_high) for row in rows if row.n >= FEW]
    known = [(low, high) for low, high in ends if low is not None and high is not None]
    if not known:
        return ""
    covering = sum(low <= 0 <= high for low, high in known)
    verb = "covers" if covering < 2 else "cover"
    intervals = count(len(known), "interval", "intervals")
    return (
        f" Of {intervals} from {FEW} pairs or more {covering or 'none'} {verb} zero, before allowing for their number."
    )


def _chart(rows: Sequence[_Row], site: str | None, *, outside: bool) -> Chart | None:
    """One row an outcome, on the one axis that they share: the range of each scale. None without one of 3 pairs."""
    drawn = [(at, row) for at, row in enumerate(rows) if _is_drawn(row)]
    if not drawn:
        return None
    places = {at: float(len(drawn) - 1 - place) for place, (at, _) in enumerate(drawn)}
    ticks = tuple((places[at], f"{row.measure.label} (n = {row.n:,})") for at, row in drawn)
    marks = [mark for at, row in drawn for mark in _change(row, at, places[at], outside)]
    where = "" if site is None else f" at {site}"
    return Chart(
        panels=(
            Panel(
                x=Axis("Mean change (% of the scale's range)"),
                y=Axis("", ticks=ticks),
                marks=(Band(0.0, 0.0, along="x", label="no change"), *marks),
            ),
        ),
        n=f"All outcomes{where}: {count(len(drawn), 'outcome', 'outcomes')}, n beside each name",
        how_to_read=(
            "Each row is one questionnaire or part of one, of one group of people. The mark is the mean change, after"
            " minus before, as a share of the way from the lowest to the highest possible score; the bar is its 95 %"
            " interval: where it covers the line at zero, a fall is as compatible with the answers as a rise. The same"
            " people may stand in several rows."
        ),
        height=50 + 24 * len(drawn),
    )


def _change(row: _Row, at: int, place: float, outside: bool) -> Iterator[Mark]:
    numbers = row.numbers(outside=outside)
    values = [math.nan if (v := numbers[name]) is None else v for name in ("share", "share_low", "share_high")]
    share, low, high = (rounded(v, 1) if outside and math.isfinite(v) else v for v in values)
    text = f"{number(share, 1, signed=True)} %"
    label = f"{row.measure.label}: mean change {text} of the range (n = {row.n:,})"
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {interval(low, high, 1)} %"
        yield Interval(place, low, high, "change", along="x", label=words, group=row.key, row=at)
    yield Point(share, place, "change", label=label, text=text, group=row.key, row=at)
