"""What each chart must keep: a rule takes one chart with what stands beside it, and yields what is wrong.

The rules are section 7 of the design and the Government Analysis Function's "Data visualisation: charts"
(analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-charts), as far as a chart's description holds
them; `test_theme` holds contrast, the tests of the drawers hold what is drawn. Each exception says why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evalcore.figures import theme
from evalcore.figures.chart import Band, Bar, Interval, Line, Point, Ribbon
from tests.figures.every_chart import SCREEN, Shown, ends_of, is_numeric, kinds_by_place, marks_of

MOST_KINDS = 4
LONGEST_TITLE = 180
LONGEST_NAME_BELOW = 12
_WHOM = r"people|person|pairs?|started|before|after|left"
_HOW_MANY = re.compile(rf"\d[\d,]*( \([^)]+\))?( \w+){{0,3}} ({_WHOM})\b")
_UNIT = re.compile(r"\(.+\)|\b(people|pairs|clusters|weeks|months|number|correlation)\b", re.I)
_NUMBER_IN_WORDS = re.compile(r"\d|\b(one|two|nobody|nothing|everyone|all|every|not known|the same|no chang)", re.I)
_BY_NATURE = {
    "needs-together": "its cells are a table: each has its number inside, and they grow darker with it",
    "scores": "its bars stand on their own row, before above after: heights compare within a row alone",
}
"""Charts whose bars do not begin at zero, and why."""
_MEANINGS = {
    "pre": "Before",
    "post": "After",
    "pilot": "Pilot|Started",
    "caseload": "Caseload",
    "stayed": ".*stayed",
    "left": ".*left|Tipping point",  # what those who left would have had to do
    "person": "one person",
    "reference": "no change|Target|Go from|Stop below|Amend",
}
"""How the words of a legend begin for each kind that means one thing everywhere."""


def says_how_many(one: Shown) -> Iterator[str]:
    """The line with n says a number of people or of pairs, or that each mark or name has its own."""
    n = one.chart.n
    if "nobody's" in n:
        return  # a plan that is calculated from typed values rests on nobody
    if one.of.by_site and one.form != SCREEN and re.search(r"(see|in) the table", n):
        return  # of one site the number could give back a count that is hidden
    if n.endswith(("n beside each mark", "n beside each name")):
        names = [name for panel in one.panels for _, name in panel.y.ticks]
        points = [mark.text for mark in marks_of(one) if isinstance(mark, Point)]
        if not all("n = " in words for words in (points if n.endswith("mark") else names)):
            yield f"no n beside each: {n}"
    elif not _HOW_MANY.search(n):
        yield f"no number of people: {n}"


def has_titles_with_units(one: Shown) -> Iterator[str]:
    """An axis of numbers has a title with its unit; named positions need none."""
    for panel in one.panels:
        for axis in (panel.x, panel.y):
            if axis.visible and (not axis.ticks or is_numeric(axis)) and not _UNIT.search(axis.title):
                yield f"no title with a unit: {axis.title!r}"


def says_how_to_read(one: Shown) -> Iterator[str]:
    """Plain sentences; intervals are named where they are drawn, and so are single people."""
    words = one.chart.how_to_read
    if not re.fullmatch(r"[A-Z].*\.", words) or "  " in words:
        yield f"no sentence: {words!r}"
    drawn = [mark for mark in marks_of(one) if isinstance(mark, Interval | Ribbon)]
    named = re.search(r"9[05] %[^.]*(interval|range)|quartile|95 times in 100", words)
    if drawn and not named:
        yield f"its intervals are not named: {words}"
    if any(mark.individual for mark in marks_of(one)) and not re.search(r"person|people|somebody", words):
        yield f"single people are drawn and not named: {words}"


def is_labelled(one: Shown) -> Iterator[str]:
    """Kinds that share a place stand in the legend, and the legend names nothing that is not drawn."""
    legend = [kind for kind, _ in one.chart.legend]
    drawn = {mark.kind for mark in marks_of(one)}
    if len(set(legend)) < len(legend):
        yield f"a kind twice in the legend: {legend}"
    # a scale of answers is shown whole, also where nobody gave one
    only = [kind for kind in legend if kind not in drawn and not kind.startswith("answer")]
    yield from (f"in the legend only: {kind}" for kind in only)
    # a line may go without a name of its own where the words under the chart say what the lines are, or is at zero
    bare = [mark for mark in marks_of(one) if isinstance(mark, Band) and not mark.label]
    if bare and not re.search(r"\bline|\bzero\b", one.chart.how_to_read):
        yield f"bands without a name: {bare}"
    for panel in one.panels:
        # people alone are told by the words under the chart, a reference by its label or by the line that all cross
        shared = [kinds - {"person", "reference"} for kinds in kinds_by_place(panel).values()]
        told = {kind for kinds in shared if len(kinds) > 1 for kind in kinds}
        yield from (f"in neither legend nor tick: {kind}" for kind in told - set(legend))
        yield from ("a legend entry without words" for _, words in one.chart.legend if not words.strip())


def tells_kinds_apart(one: Shown) -> Iterator[str]:
    """At most four kinds in a panel, each with a symbol, a line or a hatching of its own."""
    for panel in one.panels:
        kinds = {mark.kind for mark in panel.marks} - {"reference", "person"}
        # answers are the steps of one scale, from dark to pale to dark, each with its number inside
        if len(kinds) > MOST_KINDS and not all(kind.startswith("answer") for kind in kinds):
            yield f"{len(kinds)} kinds: {sorted(kinds)}"
        lined = {mark.kind for mark in panel.marks if isinstance(mark, Line)}
        for shape in (Point, Line, Bar):
            of = {mark.kind for mark in panel.marks if isinstance(mark, shape)}
            looks = {kind: theme.look(kind) for kind in of}
            # a point that lies on a line of its own kind is told by that line too
            aspects = {
                kind: (_shape(look, shape), (look.dash, look.width) if kind in lined else ())
                for kind, look in looks.items()
            }
            if len(set(aspects.values())) < len(of):
                yield f"{shape.__name__}s alike but for their colour: {sorted(of)}"


def _shape(look: theme.Look, of: type) -> str:
    """Hatching of a bar, symbol of a point: one that is filled with the page is an open one."""
    if of is Bar:
        return look.pattern
    return "" if of is Line else f"{look.symbol.removesuffix('-open')}-open" if look.backed else look.symbol


def begins_bars_at_zero(one: Shown) -> Iterator[str]:
    """The bars of one row hang together and hold zero: they begin there, or are stacked around the middle."""
    if one.kind in _BY_NATURE:
        return
    for panel in one.panels:
        bars = [mark for mark in panel.marks if isinstance(mark, Bar)]
        for place in {(bar.at, bar.along) for bar in bars}:
            row = sorted((bar.start, bar.end) for bar in bars if (bar.at, bar.along) == place)
            gaps = [pair for pair in pairwise(row) if not math.isclose(pair[0][1], pair[1][0], abs_tol=1e-9)]
            if gaps or not row[0][0] <= 0 <= row[-1][1]:
                yield f"bars that do not begin at zero: {row}"
        for along, axis in (("x", panel.x), ("y", panel.y)):
            if any(bar.along == along for bar in bars) and axis.low is not None and axis.low > 0:
                yield f"an axis of bars that begins at {axis.low}"


def has_words_and_table(one: Shown) -> Iterator[str]:
    """A sentence stands in for the chart, and its table with its source stands beside it."""
    if not re.search(r"\w.*[.)]$", one.sentence, re.S):
        yield f"no sentence: {one.sentence!r}"
    if not len(one.table):
        yield "no table"
    if not one.of.source.strip():
        yield "no source"


def is_titled(one: Shown) -> Iterator[str]:
    """The title says what the data show, with a number on the screen, and is short."""
    if not 0 < len(one.title) <= LONGEST_TITLE or one.title.endswith("."):
        yield f"{len(one.title)} characters: {one.title}"
    # what leaves may have no number that it may say
    if one.form == SCREEN and not _NUMBER_IN_WORDS.search(one.title.replace("UWES-9", "").replace("OGRS3", "")):
        yield f"no number: {one.title}"


def names_places_once(one: Shown) -> Iterator[str]:
    """No name twice on an axis, none empty, no two at one place, and none below that would have to be turned."""
    for panel in one.panels:
        for axis in (panel.x, panel.y):
            names, places = [name for _, name in axis.ticks], [at for at, _ in axis.ticks]
            # people to the left and to the right of the middle are counted by the same numbers
            if axis.visible and not is_numeric(axis) and len(set(names)) < len(names):
                yield f"a name twice: {names}"
            if axis.visible and not all(name.strip() for name in names):
                yield f"an empty name: {names}"
            if len(set(places)) < len(places):
                yield f"two names at one place: {axis.ticks}"
        below = [name for _, name in panel.x.ticks if panel.x.visible]
        if len(below) > 1 and max(map(len, below)) > LONGEST_NAME_BELOW:
            yield f"long names below: {below}"


def orders_by_size(one: Shown) -> Iterator[str]:
    """Categories without an order of their own stand by size on the screen, the most frequent first, what is rare last.

    What leaves stands in the order of the file or of the form: an order by size would tell of hidden counts.
    """
    if one.form == SCREEN and one.kind == "categories":
        (panel,) = one.panels
        rest = {at for at, name in panel.y.ticks if name.startswith("All others")}
        rows = [mark for mark in panel.marks if isinstance(mark, Point) and mark.kind == "pilot" and mark.y not in rest]
        shares = [mark.x for mark in sorted(rows, key=lambda mark: -mark.y)]
        if shares != sorted(shares, reverse=True):
            yield f"not by size: {shares}"


def hides_single_people(one: Shown) -> Iterator[str]:
    """Outside there is nobody's mark, and no sentence on how to read one."""
    alone = [mark for mark in marks_of(one) if mark.individual]
    if one.form != SCREEN and alone:
        yield f"marks of one person outside: {len(alone)}"
    if one.form != SCREEN and not alone and re.search(r"(one|each) person", one.chart.how_to_read, re.I):
        yield f"how to read a mark that is not there: {one.chart.how_to_read}"


def holds_its_marks(one: Shown) -> Iterator[str]:
    """Limits that are given hold every mark."""
    for panel in one.panels:
        for along, axis in (("x", panel.x), ("y", panel.y)):
            low = -math.inf if axis.low is None else axis.low - 1e-9
            high = math.inf if axis.high is None else axis.high + 1e-9
            ends = [end for mark in panel.marks for end in ends_of(mark, along) if math.isfinite(end)]
            if not all(low <= end <= high for end in ends):
                yield f"marks from {min(ends)} to {max(ends)}, axis from {axis.low} to {axis.high}: {axis.title}"


def means_the_same(one: Shown) -> Iterator[str]:
    """A kind has the same meaning in every legend, and before and after are never anything else."""
    for kind, words in one.chart.legend:
        if kind in _MEANINGS and not re.match(_MEANINGS[kind], words):
            yield f"{kind} is called {words}"
    for panel in one.panels:
        for mark in panel.marks:
            other = {"pre": r"\bafter\b(?! each)", "post": r"\bbefore\b"}.get(mark.kind)
            if other and isinstance(mark, Point) and re.match(rf"(Mean )?{other}", mark.label, re.I):
                yield f"{mark.kind} stands for {mark.label}"


def shows_whole_percentages(one: Shown) -> Iterator[str]:
    """An axis of shares holds 0 and 100, so that no axis makes a difference large."""
    for panel in one.panels:
        for axis in (panel.x, panel.y):
            if (
                re.search(r"\(%\)", axis.title)
                and not re.search(r"change|OGRS", axis.title, re.I)
                and axis.high is not None
            ):
                low = 0.0 if axis.low is None else axis.low
                if not low <= 0 < 100 <= axis.high:
                    yield f"{axis.title} from {axis.low} to {axis.high}"


def writes_what_it_draws(one: Shown) -> Iterator[str]:
    """The number beside a mark, and in the words of an interval, is where it stands."""
    for panel in one.panels:
        for mark in panel.marks:
            if isinstance(mark, Point) and not _is_at(mark.text, mark.x, mark.y):
                yield f"{mark.text} at {mark.x}, {mark.y}"
            if isinstance(mark, Interval) and not _runs_over(mark.label, mark.low, mark.high):
                yield f"{mark.label} from {mark.low} to {mark.high}"


def agrees_with_its_sentence(one: Shown) -> Iterator[str]:
    """Where the sentence gives the interval of one drawn estimate, the chart has the same."""
    drawn = {
        words for mark in marks_of(one) if isinstance(mark, Interval) for words in [_interval(mark.label)] if words
    }
    said = set(re.findall(_INTERVAL, one.sentence))
    if one.kind in _SAYS_WHAT_IT_DRAWS and drawn and not said <= drawn:
        yield f"{said - drawn} is not drawn: {sorted(drawn)}"


_SAYS_WHAT_IT_DRAWS = ("change", "everyone", "regression", "by-group", "near-misses", "window", "characteristics")
"""Kinds whose sentence gives intervals of what is drawn alone."""
_INTERVAL = re.compile(r"(?:9[05] % interval) ([−\d.,]+(?: %)?) to ([−\d.,]*\d)")
_NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?")


def _interval(words: str) -> tuple[str, str] | None:
    found = _INTERVAL.search(words)
    return None if found is None else (found[1], found[2])


def _read(words: str) -> tuple[float, float]:
    """A written number, and half a unit of its last digit."""
    digits = words.replace(",", "").replace("−", "-")
    return float(digits), 0.5 * 10.0 ** -len(digits.partition(".")[2]) + 1e-9


def _is_at(text: str, *places: float) -> bool:
    """Whether a number beside a point is one of its places; a count of people is, as a share in per cent."""
    if of := re.match(r"([\d,]+) of ([\d,]+)", text):
        count, n = (_read(of[place])[0] for place in (1, 2))
        return any(math.isclose(place, 100 * count / n, abs_tol=0.51) for place in places)
    found = _NUMBER.search(text)
    if found is None or text.startswith(("under", "over")):
        return True
    value, half = _read(found[0])
    return any(abs(place - value) <= half for place in places)


def _runs_over(label: str, low: float, high: float) -> bool:
    found = _INTERVAL.search(label)
    if found is None or re.search(r"under|over", label):
        return True
    ends = [_read(found[place].removesuffix(" %")) for place in (1, 2)]
    return all(abs(end - value) <= half for end, (value, half) in zip((low, high), ends, strict=True))


RULES = (
    says_how_many,
    has_titles_with_units,
    says_how_to_read,
    is_labelled,
    tells_kinds_apart,
    begins_bars_at_zero,
    has_words_and_table,
    is_titled,
    names_places_once,
    orders_by_size,
    hides_single_people,
    holds_its_marks,
    means_the_same,
    shows_whole_percentages,
    writes_what_it_draws,
    agrees_with_its_sentence,
)
