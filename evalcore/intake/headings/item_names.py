"""Items by name: a questionnaire's name and a number, in whatever way survey tools and people write the two."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from evalcore.columns import POST, PRE
from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.intake.headings.header_text import words
from evalcore.intake.headings.item_words import has_words_of
from evalcore.intake.headings.wave_words import wave_in, without_wave

SCORE = "left out: a score; scores are computed here"
THIRD_WAVE = "left out: a wave that is neither before nor after"
NUMBERED_WAVE = "1 and 2 in the headings taken for before and after"

_FILLERS = frozenset({"item", "items", "question", "q", "sq", "no", "number", "nr", "i", "it", "statement", "s"})
_COMPUTED = frozenset({"total", "tot", "sum", "mean", "average", "avg"})
_ABOUT_SCORES = _COMPUTED | {"score", "scores", "scale", "raw", "metric", "band", "category", "overall", "sd"}
_SUBSCALES = frozenset({"vigor", "vigour", "dedication", "absorption"})
# Beside an item's name these words say that the column holds something else than its answers.
_NO_ANSWER = re.compile(
    r"other|te?xt|comments?|notes?|specify|why|explain|date|time|timing|click|page|submit|completed?|done|imputed|labels?"
    r"|(?:day|week|month|year)s?"
)
_LARGEST = 1_999


@dataclass(frozen=True)
class Named:
    """What a heading names: a questionnaire, an item of it unless `item` is empty, a wave where a number says it."""

    instrument: str
    item: str
    reason: str
    wave: str = ""

    @property
    def is_open(self) -> bool:
        """Whether other words may still say which item it is."""
        return not self.item and self.reason != SCORE


@dataclass(frozen=True)
class _Parsed:
    instrument: str
    numbers: tuple[int, ...]
    letter: str
    rest: tuple[str, ...]
    text: str
    wave: str | None
    barred: bool


def find_names(texts: Sequence[str], where: str = "heading") -> list[Named | None]:
    """Return what each heading of a file names; all are given at once since their numbers are understood together.

    A number may follow the questionnaire's name at once or after `item`, `q` and the like; letters a, b, c count too.
    Totals have no item, nor have numbers too high for one, or of which nobody can say whether they count waves.

    >>> [found.item for found in find_names(["GSE1", "gse_q3", "GSE_03", "GSE total"])]
    ['gse_1', 'gse_3', 'gse_3', '']
    >>> find_names(["Q12_swemwbs_3"])[0].reason
    'the heading says SWEMWBS 3'
    """
    parsed = [_parse(text) for text in texts]
    found: list[Named | None] = [_score_or_none(text, each) for text, each in zip(texts, parsed, strict=True)]
    for instrument in {each.instrument for each in parsed if each is not None}:
        mine = {i: each for i, each in enumerate(parsed) if each is not None and each.instrument == instrument}
        mine = {i: each for i, each in mine.items() if found[i] is None}
        for index, named in _of_instrument(instrument, mine, where).items():
            found[index] = named
    return found


def spelled_out(text: str) -> str:
    """Part a wave's word from a questionnaire's name.

    >>> spelled_out("preGSE_1"), spelled_out("swemwbst2_1")
    ('pre GSE_1', 'swemwbs t2_1')
    """
    _, before, after = _patterns()
    return after.sub(r"\1 ", before.sub(r"\1 ", text))


@cache
def _names() -> dict[str, str]:
    """What a questionnaire is called in headings, folded, with its identifier; the longest first."""
    found = {words(name): each for each in list_instruments() for name in _names_of(each)}
    return {name: found[name] for name in sorted(found, key=len, reverse=True)}


def _names_of(instrument: str) -> tuple[str, ...]:
    definition = load_instrument(instrument)
    return (re.sub(r"\d+$", "", definition.id), definition.full_name.partition(",")[0], *definition.names)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A name in folded text with what may be glued to it; a wave glued to its front; a wave glued to its end."""
    name = "|".join(re.sub(" ", r"[\\s_-]*", each) for each in _names())
    return (
        re.compile(rf"(?<![a-z])({name})(q|i|sq|item|total|sum|mean|score|[a-z])?(?![a-z])"),
        re.compile(rf"(?<![a-z])(pre|post|t\d)(?=(?:{name}))", re.IGNORECASE),
        re.compile(rf"({name})(?=(?:pre|post|baseline|followup|t[0-3])(?![a-z]))", re.IGNORECASE),
    )


def _parse(text: str) -> _Parsed | None:
    apart = spelled_out(text)
    folded = words(without_wave(apart))
    matches = list(_patterns()[0].finditer(folded))
    if not matches:
        return None
    last = matches[-1]
    instrument = _names()[last.group(1)]
    rest = [*filter(None, [last.group(2)]), *folded[last.end() :].split()]
    numbers: list[int] = []
    while rest and (_is_filler(rest) or (rest[0].isdecimal() and int(rest[0]) <= _LARGEST)):
        token = rest.pop(0)
        if token.isdecimal():
            numbers.append(int(token))
    if rest and numbers == [len(load_instrument(instrument).items)]:
        # `UWES-9: carried away` says its length, not an item's number
        numbers = []
    letter = ""
    if not numbers and len(rest) == 1 and re.fullmatch("[a-z]", rest[0]):
        letter = rest.pop()
    around = {*folded[: last.start()].split(), *rest}
    return _Parsed(
        instrument, tuple(numbers), letter, tuple(rest), folded, wave_in(apart), any(map(_NO_ANSWER.fullmatch, around))
    )


def _is_filler(rest: Sequence[str]) -> bool:
    return rest[0] in _FILLERS and len(rest) > 1


def _score_or_none(text: str, parsed: _Parsed | None) -> Named | None:
    """A total of a questionnaire, or a column that is called by nothing but words of scores."""
    tokens = set((parsed.text if parsed else words(without_wave(text))).split())
    if parsed is None:
        only = tokens and tokens <= _ABOUT_SCORES | _SUBSCALES and tokens & (_COMPUTED | _SUBSCALES | {"score"})
        return Named("", "", SCORE) if only else None
    is_score = tokens & _COMPUTED or (not parsed.numbers and tokens & (_ABOUT_SCORES | _SUBSCALES))
    return Named(parsed.instrument, "", SCORE) if is_score else None


def _of_instrument(instrument: str, mine: Mapping[int, _Parsed], where: str) -> dict[int, Named]:
    """Understand the numbers of all headings of one questionnaire together."""
    short = load_instrument(instrument).short_name
    no_item = Named(instrument, "", f"left out: it names {short}, but no item of it")
    found = dict.fromkeys(mine, no_item)
    numbers = _without_own_length({i: each.numbers for i, each in mine.items() if not each.barred}, instrument)
    numbers |= _from_letters({i: mine[i].letter for i in numbers if mine[i].letter})
    single = {i: each[0] for i, each in numbers.items() if len(each) == 1}
    double = {i: (each[0], each[1]) for i, each in numbers.items() if len(each) == 2 and not mine[i].wave}
    for index, (number, wave) in (_with_waves(double, instrument)).items():
        item = f"{instrument}_{number}"
        reason = f"the {where} says {short} {number}; {NUMBERED_WAVE}"
        found[index] = Named(instrument, item, reason, wave)
    surely = {i for i in single if len(mine[i].numbers) > 1}
    bare = {i: number for i, number in single.items() if i not in surely}
    for index, item in (_numbered(bare, instrument) | _items_of(instrument, single, surely)).items():
        number = single[index]
        says = f"the {where} says {short} {mine[index].letter or number}"
        found[index] = Named(instrument, item, says if item else _too_high(instrument, number))
    return {i: named if _rest_fits(mine[i], named.item) else no_item for i, named in found.items()}


def _rest_fits(parsed: _Parsed, item: str) -> bool:
    """Whether what stands behind the number leaves it an item: nothing, a statement, or the item's own words."""
    return not item or not parsed.rest or len(parsed.rest) > 1 or has_words_of(parsed.text, item)


def _without_own_length(numbers: Mapping[int, tuple[int, ...]], instrument: str) -> dict[int, tuple[int, ...]]:
    """Drop a first number that is the questionnaire's own length, as in `UWES-9 item 4`."""
    n = len(load_instrument(instrument).items)
    longer = {i: each for i, each in numbers.items() if len(each) > 1}
    if longer and all(each[0] == n for each in longer.values()):
        numbers = {i: each[1:] if i in longer else each for i, each in numbers.items()}
    glued = {i: str(each[0]) for i, each in numbers.items() if len(each) == 1}
    if len(glued) > 1 and all(re.fullmatch(rf"{n}[1-9]\d?", each) for each in glued.values()):
        return {**numbers, **{i: (int(each.removeprefix(str(n))),) for i, each in glued.items()}}
    return dict(numbers)


def _from_letters(letters: Mapping[int, str]) -> dict[int, tuple[int, ...]]:
    """Count letters from a; a lone letter may stand for anything."""
    if not {"a", "b", "c"} <= set(letters.values()):
        return {}
    return {i: (ord(letter) - ord("a") + 1,) for i, letter in letters.items()}


def _with_waves(double: Mapping[int, tuple[int, int]], instrument: str) -> dict[int, tuple[int, str]]:
    """Tell the item from the wave in two numbers: only where all items stand with 1 and with 2."""
    n = len(load_instrument(instrument).items)
    pairs = set(double.values())
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    if len(pairs) != len(firsts) * len(seconds) or len(pairs) != len(double) or {0} & (firsts | seconds):
        return {}
    waves = {1: PRE, 2: POST}
    if seconds == {1, 2} and len(firsts) > 2 and max(firsts) <= n:
        return {i: (first, waves[second]) for i, (first, second) in double.items()}
    if firsts == {1, 2} and len(seconds) > 2 and max(seconds) <= n:
        return {i: (second, waves[first]) for i, (first, second) in double.items()}
    return {}


def _numbered(single: Mapping[int, int], instrument: str) -> dict[int, str]:
    """Say which item each number is; empty for a number that is none."""
    definition = load_instrument(instrument)
    n, numbers = len(definition.items), set(single.values())
    longer = [item.also for item in definition.items if item.also]
    if numbers == set(range(n)):
        return {i: f"{instrument}_{number + 1}" for i, number in single.items()}
    if longer and max(numbers, default=0) > n:
        if numbers == {int(item.rpartition("_")[2]) for item in longer}:
            by_number = {int(item.also.rpartition("_")[2]): item.code for item in definition.items}
            return {i: by_number[number] for i, number in single.items()}
        long_form = longer[0].rpartition("_")[0]
        if numbers == set(range(1, len(load_instrument(long_form).items) + 1)):
            return {i: f"{long_form}_{number}" for i, number in single.items()}
    if definition.longer_form and max(numbers, default=0) > n:
        return dict.fromkeys(single, "")
    return _items_of(instrument, single, single)


def _items_of(instrument: str, single: Mapping[int, int], which: Collection[int]) -> dict[int, str]:
    """Take numbers for what they say: the questionnaire's own length stands before them."""
    n = len(load_instrument(instrument).items)
    return {i: f"{instrument}_{single[i]}" if 1 <= single[i] <= n else "" for i in which}


def _too_high(instrument: str, number: int) -> str:
    definition = load_instrument(instrument)
    if definition.longer_form:
        return f"left out: may be {definition.longer_form}, whose items have other numbers"
    return f"left out: {definition.short_name} has no item {number}"


def without_marks(texts: Sequence[str]) -> list[str]:
    """Take off the `.1` by which a program told two equal headings apart; a wave it said nothing of.

    >>> without_marks(["gse_1", "gse_1.1", "UWES9.3"])
    ['gse_1', 'gse_1', 'UWES9.3']
    """
    there = set(texts)
    bare = [re.sub(r"\.\d{1,2}$", "", text) for text in texts]
    return [short if short in there else text for short, text in zip(bare, texts, strict=True)]
