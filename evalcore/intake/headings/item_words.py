"""Items by the words of a heading: a few keywords of each statement, never its wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.intake.cells.answers import for_instrument
from evalcore.intake.cells.values import UNREADABLE
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.headings.header_text import statements, words
from evalcore.intake.people.identifiers import is_blank

TWO_ITEMS = "left out: the words fit two items"
SAME_ITEM = "left out: another column has the name of this item"
OTHER_ITEM = "left out: its number is of one item, its words are of another"
# With so many items of a questionnaire in a file a single word is enough for one more.
_ENOUGH_ITEMS = 3
# So many short keywords above answers, some of them beyond doubt, are no accident either.
_ENOUGH_KEYWORDS = 5
# A heading of more words than this is no keyword that somebody typed.
_SHORT = 4
_LOOKED_AT = 200


@dataclass(frozen=True)
class Match:
    """One column whose words are those of a question; `found` are the words, `named` says that its questionnaire
    stands in the heading too, `codes` are the item columns of the forms that ask it, the longest form first."""

    index: int
    codes: tuple[str, ...]
    found: tuple[str, ...]
    where: str
    named: str = ""

    @property
    def question(self) -> str:
        """What the forms that ask it share."""
        return self.codes[0]

    @property
    def instrument(self) -> str:
        """The longest questionnaire that asks it."""
        return self.codes[0].rpartition("_")[0]

    @property
    def is_weak(self) -> bool:
        """Whether a single word is all there is."""
        return not self.named and len(self.found) == 1 and " " not in self.found[0]

    @property
    def reason(self) -> str:
        """Why the column is taken for the item."""
        return f"words of the {self.where}: {', '.join(self.found)}"


def find_matches(
    texts: Sequence[tuple[str, str]], named: Sequence[str], columns: Sequence[TextColumn], counted: Mapping[str, int]
) -> tuple[dict[int, Match], set[int]]:
    """Find the columns whose heading, or question, holds the words of an item.

    Parameters
    ----------
    texts : sequence of (str, str)
        Heading and question of each column; empty texts for columns that are something else already.
    named : sequence of str
        The questionnaire that the heading of each column names without a number; empty for none.
    columns : sequence of TextColumn
        The cells.
    counted : mapping of str to int
        How many items of each questionnaire were found otherwise.

    Returns
    -------
    dict, set
        The match of each column that has one, and the columns whose words fit two items.

    Examples
    --------
    >>> cells = [TextColumn.from_cells(["Often", "Rarely"]), TextColumn.from_cells(["a leaflet"])]
    >>> matches, _ = find_matches([("feeling relaxed", ""), ("relaxed dress code", "")], ["", ""], cells, {})
    >>> {index: match.codes for index, match in matches.items()}
    {0: ('wemwbs_3', 'swemwbs_3')}
    """
    found: dict[int, Match] = {}
    doubtful: set[int] = set()
    for index, (pair, instrument) in enumerate(zip(texts, named, strict=True)):
        for text, where in zip(pair, ("heading", "question"), strict=True):
            hits = _hits(text, instrument) if text else {}
            if len(hits) == 1:
                (codes, words_found) = next(iter(hits.items()))
                found[index] = Match(index, codes, words_found, where, instrument)
            if hits:
                doubtful |= {index} if len(hits) > 1 else set()
                break
    accepted = _accepted(found, columns, counted)
    return accepted | _more(accepted, texts, columns, set(found) | doubtful), doubtful


def looks_answered(column: TextColumn, instrument: str) -> bool:
    """Whether more than half of the different cells are answers of a questionnaire, in words or in numbers.

    >>> looks_answered(TextColumn.from_cells(["3", "often", ""]), "swemwbs")
    True
    """
    convert = for_instrument(instrument).convert
    given = [text for text in column.texts[:_LOOKED_AT] if not is_blank(text)]
    values = [convert(text) for text in given]
    taken = sum(value is not UNREADABLE for value in values)
    return 2 * taken > len(given) and any(isinstance(value, int) for value in values)


def has_words_of(text: str, item: str) -> bool:
    """Whether a text holds words by which an item is known, where its questionnaire is named.

    >>> has_words_of("gse 3 stick to my aims", "gse_3")
    True
    """
    padded = f" {words(text)} "
    return any(item in codes and _stands(phrases, padded) for codes, phrases in (*_sets(), *_sets_where_named()))


def says_another(text: str, item: str) -> bool:
    """Whether a text holds the words of one other item of the same questionnaire, and none of this one.

    >>> says_another("GSE 1: stick to my aims", "gse_1"), says_another("GSE 3: stick to my aims", "gse_3")
    (True, False)
    """
    for part in statements(text):
        hits = _in_part(part, _sets(), item.rpartition("_")[0])
        if hits:
            return len(hits) == 1 and item not in next(iter(hits))
    return False


def _hits(text: str, instrument: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The questions whose words stand in the likeliest part of a heading, with these words."""
    for sets in (_sets(), _sets_where_named()) if instrument else (_sets(),):
        for part in statements(text):
            hits = _in_part(part, sets, instrument)
            if hits:
                return hits
    return {}


def _in_part(
    part: str, sets: Iterable[tuple[tuple[str, ...], tuple[str, ...]]], instrument: str = ""
) -> dict[tuple[str, ...], tuple[str, ...]]:
    padded = f" {part} "
    hits: dict[tuple[str, ...], tuple[str, ...]] = {}
    for codes, phrases in sets:
        if (not instrument or _asks(instrument, codes)) and _stands(phrases, padded):
            hits[codes] = max(hits.get(codes, ()), phrases, key=lambda each: len(" ".join(each)))
    return hits


def _asks(instrument: str, codes: tuple[str, ...]) -> bool:
    """Whether a named questionnaire, or the form of which it is a part, asks a question."""
    return codes[0].rpartition("_")[0] in _forms()[instrument]


def _stands(phrases: tuple[str, ...], padded: str) -> bool:
    return all(f" {phrase} " in padded for phrase in phrases)


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Each questionnaire with the longer form of which its items are a part."""
    return {
        name: frozenset({name, *(i.also.rpartition("_")[0] for i in load_instrument(name).items if i.also)})
        for name in list_instruments()
    }


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Every item column with the columns of all forms that ask it, the longest form first."""
    items = [item for name in list_instruments() for item in load_instrument(name).items]
    shorter = {item.also: item.code for item in items if item.also}
    codes = {item.code: (item.code, shorter[item.code]) if item.code in shorter else (item.code,) for item in items}
    return {item.code: codes[item.also or item.code] for item in items}


@cache
def _sets() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    items = [item for name in list_instruments() for item in load_instrument(name).items]
    return tuple(dict.fromkeys((_codes()[item.code], phrases) for item in items for phrases in item.header_words))


@cache
def _sets_where_named() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    items = [item for name in list_instruments() for item in load_instrument(name).items]
    return tuple(dict.fromkeys((_codes()[item.code], phrases) for item in items for phrases in item.named_words))


def _accepted(
    found: Mapping[int, Match], columns: Sequence[TextColumn], counted: Mapping[str, int]
) -> dict[int, Match]:
    """Leave out single words that may be anything: neither the cells nor other items of the file bear them out."""
    questions = {(match.instrument, match.question) for match in found.values()}
    counts = Counter(instrument for instrument, _ in questions) + Counter(counted)
    return {
        index: match
        for index, match in found.items()
        if not match.is_weak
        or counts[match.instrument] >= _ENOUGH_ITEMS
        or looks_answered(columns[index], match.instrument)
    }


def _more(
    accepted: Mapping[int, Match], texts: Sequence[tuple[str, str]], columns: Sequence[TextColumn], seen: set[int]
) -> dict[int, Match]:
    """Find short keywords above answers, which count only in a file that surely holds the questionnaire."""
    questions = {match.question: match.instrument for match in accepted.values()}
    more: dict[int, Match] = {}
    for instrument, n in Counter(questions.values()).items():
        mine = {
            index: Match(index, *next(iter(hits.items())), "heading")
            for index, (header, _) in enumerate(texts)
            if index not in seen and len(hits := _short_hits(header, instrument)) == 1
        }
        mine = {i: m for i, m in mine.items() if m.question not in questions and looks_answered(columns[i], instrument)}
        if n >= _ENOUGH_ITEMS or (n > 1 and n + len({m.question for m in mine.values()}) >= _ENOUGH_KEYWORDS):
            more |= mine
    return more


def _short_hits(header: str, instrument: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    part = words(header)
    return _in_part(part, _sets_where_named(), instrument) if part and part.count(" ") < _SHORT else {}


def item_codes(matches: Mapping[int, Match], waves: Sequence[str]) -> dict[int, str]:
    """Say which form's item each match is: the long form's where one of its own items stands in the same block.

    A block is a run of columns of one wave in which no question stands twice.

    >>> match = Match(0, ("wemwbs_3", "swemwbs_3"), ("relaxed",), "heading")
    >>> item_codes({0: match}, [""])
    {0: 'swemwbs_3'}
    >>> item_codes({0: match, 1: Match(1, ("wemwbs_14",), ("cheerful",), "heading")}, ["", ""])
    {0: 'wemwbs_3', 1: 'wemwbs_14'}
    """
    blocks: dict[tuple[str, str], list[dict[str, Match]]] = {}
    for index in sorted(matches):
        match = matches[index]
        mine = blocks.setdefault((match.instrument, waves[index]), [{}])
        if match.question in mine[-1]:
            mine.append({})
        mine[-1][match.question] = match
    found: dict[int, str] = {}
    for block in (block for each in blocks.values() for block in each):
        is_long = any(len(match.codes) == 1 for match in block.values())
        found |= {match.index: _code(match, is_long) for match in block.values()}
    return found


def _code(match: Match, is_long: bool) -> str:
    short = [code for code in match.codes if code.rpartition("_")[0] == match.named]
    if match.named and match.named != match.instrument and short:
        return short[0]
    return match.codes[0 if is_long else -1]
