"""Scores by how the questionnaire was filled in (alone, read aloud, with help), and changes by both waves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import HOW_COMPLETED, MATCHED_PRE, POST, PRE, SCALE, SCORE
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import CONTEXT, Basis, files_of, source_of
from evalcore.findings.dots import N_BESIDE, n_by_wave
from evalcore.findings.finding import HAVING, LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm
from evalcore.findings.scores import LEAST_FOR_AN_INTERVAL
from evalcore.methods import definition
from evalcore.outcomes.carried import carried
from evalcore.outcomes.description import standard_deviation
from evalcore.outcomes.pairs import Pairs
from evalcore.wording import joined, lower_first, number, upper_first

NOT_RECORDED = "not recorded"
OTHER = "other ways"
MOST_WAYS = 6
"""Ways shown by name; rarer ones are counted together."""
_MOST_CHANGES = 12
_FEW = 30
_ALL = {PRE: "all pre", POST: "all post"}
_WHEN = {PRE: "Before", POST: "After"}
_CHANGE = "Change"
_ARROW = " → "
_NUMBERS = ("n", "mean", "sd", "ci_low", "ci_high")
_APART = 0.2
_CAUTION = (
    "How a questionnaire was filled in was not decided by chance: those who had help or company may differ in their"
    " scores for other reasons."
)
_TELLS = "A column how_completed in the questionnaire file would tell (alone, read aloud, case manager present)."


@dataclass(frozen=True, eq=False)
class _Row:
    """People whose questionnaires were filled in in one way, or in one way before and another one after."""

    when: str
    how: str
    names: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def key(self) -> str:
        """Of the group whose scores these are."""
        return f"{self.when.lower()}: {self.how}"

    @property
    def counted(self) -> str:
        """Of the group that is only counted."""
        return f"counted {self.key}"


def has_circumstances(basis: Basis) -> bool:
    """Whether it is recorded of anybody with a score how the questionnaire was filled in."""
    return _recorded(_rows(basis, basis.pairs))


def circumstances_finding(basis: Basis) -> Finding:
    """Scores before and after by how the questionnaire was filled in, and changes by both; no test."""
    rows = _rows(basis, basis.pairs)
    recorded = _recorded(rows)
    table = _table(rows)
    told = [row for row in range(len(rows)) if rows[row].when != _CHANGE and rows[row].how != NOT_RECORDED]
    large = [row for row in told if len(rows[row].names) >= LEAST_FOR_A_MEAN]
    title, sentence = _words(basis, rows, table, told, outside=False)
    outside_title, outside_sentence = _words(basis, rows, table, large, outside=True)
    return Finding(
        id=basis.finding_id("circumstances"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, rows, table, outside=False) if recorded else None,
        table=table,
        columns=_columns(basis, rows),
        groups={**basis.groups, **_groups(basis, rows)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("how_completed", "sd", "mean_interval", "change"),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(basis, rows, table, outside=True) if recorded else None,
            rests_on=tuple(rows[row].key for row in large),
            rests_on_rows=tuple(large),
            # The pairs of one way before, beside all of that way, would tell how few of them did not come back.
            table=table.assign(n=table["n"].where(table["when"] != _CHANGE)),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"How it was filled in: {basis.topic}",
    )


def _recorded(rows: Sequence[_Row]) -> bool:
    return any(row.how != NOT_RECORDED for row in rows if row.when != _CHANGE)


def _rows(basis: Basis, pairs: Pairs) -> list[_Row]:
    """The ways of each wave, then those of the matched at both waves; each person once.

    By the alphabet: the most frequent first would tell of counts that may not be shown.
    """
    ways = _ways(basis, pairs)
    scores = {
        wave: pd.concat([pairs.matched[wave], alone])
        for wave, alone in ((PRE, pairs.pre_only), (POST, pairs.post_only))
    }
    found = []
    for wave, of in scores.items():
        found += _split(_WHEN[wave], of, {name: ways[wave].get(name, NOT_RECORDED) for name in of.index})
    change = pairs.matched[POST] - pairs.matched[PRE]
    both = {n: _ARROW.join(ways[wave].get(n, NOT_RECORDED) for wave in (PRE, POST)) for n in change.index}
    kept = {way for way, _ in Counter(both.values()).most_common(_MOST_CHANGES)}
    return found + _split(_CHANGE, change, {name: way if way in kept else OTHER for name, way in both.items()})


def _split(when: str, values: pd.Series, ways: Mapping[str, str]) -> list[_Row]:
    members: dict[str, list[tuple[str, float]]] = {}
    for name, value in zip(values.index, values.tolist(), strict=True):
        members.setdefault(ways[name], []).append((name, value))
    order = sorted(members, key=lambda way: (way == NOT_RECORDED, way == OTHER, way))
    return [_Row(when, way, *zip(*members[way], strict=True)) for way in order]


def _ways(basis: Basis, pairs: Pairs) -> dict[str, dict[Hashable, str]]:
    """How each person's questionnaire was filled in, by wave; texts that differ only in capitals or spaces are one."""
    table = basis.scores.of(basis.measure.instrument)
    if HOW_COMPLETED not in table:
        return {PRE: {}, POST: {}}
    here = (table[SCALE] == basis.measure.scale) & table[SCORE].notna() & table[HOW_COMPLETED].notna()
    labels = _labels(table.loc[here, HOW_COMPLETED])
    return {
        wave: {name: labels[_folded(text)] for name, text in texts.items() if isinstance(text, str)}
        for wave, texts in carried(table, pairs, table[HOW_COMPLETED]).items()
    }


def _labels(texts: pd.Series) -> dict[str, str]:
    """Each text, folded, with the words it is shown by: its most frequent spelling; rare ones are counted together."""
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        spellings.setdefault(_folded(text), Counter())[" ".join(str(text).split())] += 1
    order = sorted(spellings, key=lambda way: (-spellings[way].total(), way))
    most = MOST_WAYS if len(order) <= MOST_WAYS else MOST_WAYS - 1
    return {way: spellings[way].most_common(1)[0][0] if at < most else OTHER for at, way in enumerate(order)}


def _folded(text: object) -> str:
    return " ".join(str(text).split()).casefold()


def _table(rows: Sequence[_Row]) -> pd.DataFrame:
    """Of changes only their mean and SD: an interval for each of so many small groups would say nothing."""
    lines = []
    for row in rows:
        line = dict(zip(_NUMBERS, _described(row.values), strict=True))
        if row.when == _CHANGE:
            line |= {"change": line["mean"], "mean": math.nan, "ci_low": math.nan, "ci_high": math.nan}
        lines.append({"when": row.when, "how": row.how, **line})
    table = pd.DataFrame(lines, columns=["when", "how", *_NUMBERS, "change"])
    return table.astype(dict.fromkeys(("mean", "sd", "ci_low", "ci_high", "change"), float) | {"n": int})


def _described(values: Sequence[float]) -> tuple[float, ...]:
    """`_NUMBERS` of the scores of one way, as `describe` gives them."""
    found, n = np.array(values, dtype=float), len(values)
    mean, sd = float(found.mean()), standard_deviation(found)
    margin = math.nan
    if n >= LEAST_FOR_AN_INTERVAL and sd > 0:
        from scipy.special import stdtrit

        margin = float(stdtrit(n - 1, 0.975)) * sd / math.sqrt(n)
    return (n, mean, sd, mean - margin, mean + margin)


def _columns(basis: Basis, rows: Sequence[_Row]) -> tuple[Column, ...]:
    decimals = basis.measure.decimals
    wholes = {"Before": _ALL[PRE], "After": _ALL[POST], _CHANGE: MATCHED_PRE}
    whole = tuple((wholes[row.when],) for row in rows)
    own = tuple((row.key,) for row in rows)
    score = tuple(key if row.when != _CHANGE else () for row, key in zip(rows, own, strict=True))
    change = tuple(key if row.when == _CHANGE else () for row, key in zip(rows, own, strict=True))
    holders = tuple((row.counted, f"not {row.counted}") for row in rows)
    return (
        Column("when", "When", "label"),
        Column("how", "How it was filled in", "label"),
        Column("n", "People", "characteristic", groups=whole, holders=holders),
        Column("mean", "Mean", "mean", decimals, score),
        Column("sd", "SD", "sd", decimals, own),
        Column("ci_low", "95 % interval from", "interval", decimals, score),
        Column("ci_high", "to", "interval", decimals, score),
        Column("change", "Mean change", "mean", decimals, change),
    )


def _groups(basis: Basis, rows: Sequence[_Row]) -> dict[str, Group]:
    """Who has each way and who has not, and the same of the whole group that they are part of."""
    found = {group.key: group for group in _of_rows(basis, rows, "")}
    roles = basis.whole_roles
    if basis.site is not None or roles != basis.measure.roles:
        pairs = basis.scores.pairs(basis.measure.instrument, basis.measure.scale, roles)
        found |= {group.key: group for group in _of_rows(basis, _rows(basis, pairs), CONTEXT)}
    return found


def _of_rows(basis: Basis, rows: Sequence[_Row], prefix: str) -> Iterator[Group]:
    """The measured group of each row, and those who are counted in it and who are not.

    What is counted is the same whatever the questionnaire, so that the counts of all measures are held together.
    """
    whole: dict[str, frozenset[str]] = {}
    people = [frozenset(basis.name_people(row.names)) for row in rows]
    for row, own in zip(rows, people, strict=True):
        whole[row.when] = whole.get(row.when, frozenset()) | own
    for row, own in zip(rows, people, strict=True):
        yield Group(prefix + row.key, f"{prefix}{basis.who}, {row.key}", basis.measure.key, own)
        measure = f"{HAVING}how it was filled in, {row.key}"
        others = whole[row.when] - own
        yield Group(prefix + row.counted, f"{prefix}{basis.who}, {row.key}", measure, own)
        yield Group(f"{prefix}not {row.counted}", f"{prefix}{basis.who}, not {row.key}", f"{measure}, not", others)


def _words(
    basis: Basis, rows: Sequence[_Row], table: pd.DataFrame, told: Sequence[int], *, outside: bool
) -> tuple[str, str]:
    """Title and sentence about the rows in `told`; without any, that it is not recorded or too few are behind it."""
    name, who = basis.measure.short_name, basis.who
    title = f"{name}, {who}: scores by how the questionnaire was filled in"
    if not told:
        if _recorded(rows):
            return title, "How it was filled in stands in the table, as far as the counts may be shown."
        nowhere = f"{name}, {who}: how the questionnaires were filled in is not recorded"
        return nowhere, f"No file says how these questionnaires were filled in. {_TELLS}"
    title = (
        f"{name}, {who}: by how the questionnaire was filled in, means of {_means(basis, rows, table, told, outside)}"
    )
    sentences = []
    for when in _WHEN.values():
        parts = [_part(basis, rows[row], table, row, outside) for row in told if rows[row].when == when]
        if parts:
            sentences.append(f"{when}, the mean {name} was {joined(parts)}{'' if outside else _blank(rows, when)}.")
    smallest = min(len(rows[row].names) for row in told)
    if smallest < _FEW and len(told) > len(sentences):
        sentences.append("Groups this small differ by chance.")
    return title, " ".join(sentences)


def _part(basis: Basis, row: _Row, table: pd.DataFrame, at: int, outside: bool) -> str:
    return f"{_written(basis, row, table, at, outside)} where it says “{row.how}” (n = {len(row.names):,})"


def _written(basis: Basis, row: _Row, table: pd.DataFrame, at: int, outside: bool) -> str:
    decimals = basis.outside_decimals(len(row.names)) if outside else basis.decimals
    return number(float(table["mean"].iloc[at]), decimals)


def _means(basis: Basis, rows: Sequence[_Row], table: pd.DataFrame, told: Sequence[int], outside: bool) -> str:
    """From the lowest mean of any way to the highest, at each wave: "26.0 to 27.9 before"."""
    parts = []
    for when in _WHEN.values():
        of = sorted((row for row in told if rows[row].when == when), key=lambda row: float(table["mean"].iloc[row]))
        ends = dict.fromkeys(_written(basis, rows[row], table, row, outside) for row in (*of[:1], *of[-1:]))
        parts += [f"{' to '.join(ends)} {lower_first(when)}"] if of else []
    return joined(parts)


def _blank(rows: Sequence[_Row], when: str) -> str:
    n = sum(len(row.names) for row in rows if row.when == when and row.how == NOT_RECORDED)
    return f"; of {n:,} it is not recorded" if n else ""


def _chart(basis: Basis, rows: Sequence[_Row], table: pd.DataFrame, *, outside: bool) -> Chart:
    """A row for each way: the mean before above, the mean after below, each with its interval."""
    ways = list(dict.fromkeys(row.how for row in rows if row.when != _CHANGE))
    ways.sort(key=lambda way: (way == NOT_RECORDED, way == OTHER))
    places = {way: float(len(ways) - 1 - at) for at, way in enumerate(ways)}
    marks: list[Mark] = []
    for at, row in enumerate(rows):
        if row.when != _CHANGE:
            marks += _mean(basis, row, table.iloc[at], at, places[row.how], outside=outside)
    panel = Panel(
        x=Axis(f"Mean {basis.measure.short_name} ({basis.measure.unit})"),
        y=Axis("", ticks=tuple((place, upper_first(way)) for way, place in places.items())),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {N_BESIDE if outside else _n(rows)}",
        how_to_read=(
            "Each mark is the mean score of those whose questionnaire was filled in so, and the bar through it its 95 %"
            " interval: the wider, the less is known. Of each way, before stands above and after below."
        ),
        legend=((PRE, "Before"), (POST, "After")),
        height=40 + 34 * len(ways),
    )


def _n(rows: Sequence[_Row]) -> str:
    return n_by_wave({wave: sum(len(row.names) for row in rows if row.when == when) for wave, when in _WHEN.items()})


def _mean(basis: Basis, row: _Row, line: pd.Series, at: int, place: float, *, outside: bool) -> list[Mark]:
    wave = PRE if row.when == _WHEN[PRE] else POST
    height = place + (_APART if wave == PRE else -_APART)
    n, mean, low, high = len(row.names), float(line["mean"]), float(line["ci_low"]), float(line["ci_high"])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    if outside:
        mean, low, high = (basis.rounded(value, n) if math.isfinite(value) else value for value in (mean, low, high))
    text = f"{number(mean, decimals)} (n = {n:,})"
    marks: list[Mark] = [
        Point(mean, height, wave, label=f"{row.when}, {row.how}: mean {text}", text=text, group=row.key, row=at)
    ]
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {number(low, decimals)} to {number(high, decimals)}"
        marks.insert(0, Interval(height, low, high, wave, along="x", label=words, group=row.key, row=at))
    return marks
