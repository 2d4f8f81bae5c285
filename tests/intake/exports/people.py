"""Six invented people, what they answered, and the form in which each export tells what it holds.

The headings hold a few key words of each question, never its wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PRE, POST = "pre", "post"
NAMES = ("AB12", "AB13", "CD07", "CD08", "EF21", "EF22")

WORDS: Mapping[str, tuple[str, ...]] = {
    "swemwbs": ("None of the time", "Rarely", "Some of the time", "Often", "All of the time"),
    "wemwbs": ("None of the time", "Rarely", "Some of the time", "Often", "All of the time"),
    "gse": ("Not at all true", "Hardly true", "Moderately true", "Exactly true"),
    "uwes9": (
        "Never",
        "A few times a year or less",
        "Once a month or less",
        "A few times a month",
        "Once a week",
        "A few times a week",
        "Always",
    ),
}
LOWEST = {"swemwbs": 1, "wemwbs": 1, "gse": 1, "uwes9": 0}
KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "swemwbs": (
        "feeling optimistic",
        "feeling useful",
        "feeling relaxed",
        "dealing with problems",
        "thinking clearly",
        "close to others",
        "own mind",
    ),
    "gse": (
        "solve difficult problems",
        "someone opposes me",
        "stick to aims",
        "unexpected events",
        "resourcefulness",
        "necessary effort",
        "coping abilities",
        "several solutions",
        "in trouble",
        "whatever comes",
    ),
    "uwes9": (
        "bursting, energy",
        "strong and vigorous",
        "enthusiastic",
        "inspires",
        "in the morning",
        "working intensely",
        "proud",
        "immersed",
        "carried away",
    ),
}

# Codes before and after, an answer a figure, in the order of the items.
ANSWERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "swemwbs": {
        "AB12": ("2323132", "3434343"),
        "AB13": ("4454434", "4545445"),
        "CD07": ("1212211", "2322322"),
        "CD08": ("3333433", "3343433"),
        "EF21": ("2122321", "3233332"),
        "EF22": ("5445545", "5555455"),
    },
    "wemwbs": {
        "AB12": ("23231322232132", "34343433434343"),
        "AB13": ("44544344445434", "45454454545445"),
        "CD07": ("12122111212211", "23223222322322"),
        "CD08": ("33334333333433", "33434333343433"),
        "EF21": ("21223212122321", "32333323233332"),
        "EF22": ("54455455445545", "55554555555455"),
    },
    "gse": {
        "AB12": ("2232132232", "3333233343"),
        "AB13": ("3343343433", "4444343444"),
        "CD07": ("1121211212", "2222122232"),
        "CD08": ("3323332333", "3333332333"),
        "EF21": ("2212322122", "3223323232"),
        "EF22": ("4344443444", "4444444344"),
    },
    "uwes9": {
        "AB12": ("323412323", "434523434"),
        "AB13": ("545434545", "656545656"),
        "CD07": ("010121010", "121232121"),
        "CD08": ("333344333", "343444343"),
        "EF21": ("212323212", "323234323"),
        "EF22": ("656656566", "666656666"),
    },
}

Answered = dict[str, int | None]
Truth = dict[tuple[str, str], Answered]
Fault = tuple[int | None, str, str]
# What stands in a cell in place of the answer, by the item's number, and the code that it is nevertheless.
Planted = Mapping[int, tuple[object, int | None]]

USED, ASIDE = "used", "set aside"
ROW_ASIDE = "row set aside"
NO_ANSWER = "answer set to missing"
NO_VALUE = "value set to missing"
COLUMN_OUT = "column left out"
FROM_NAME = "taken from the file name"


def in_words(instrument: str, code: int) -> object:
    """The words of an answer."""
    return WORDS[instrument][code - LOWEST[instrument]]


def in_numbers(_: str, code: int) -> object:
    """The code of an answer as text."""
    return str(code)


def codes(instrument: str, who: str, wave: str) -> list[int]:
    """What a person answered."""
    return [int(figure) for figure in ANSWERS[instrument][who][wave == POST]]


def items(instrument: str) -> list[str]:
    """The names of the items."""
    return [f"{instrument}_{number}" for number in range(1, len(ANSWERS[instrument][NAMES[0]][0]) + 1)]


def cells(instrument: str, who: str, wave: str, write=in_words, planted: Planted | None = None):
    """The cells of one person's answers, and the codes that they stand for."""
    written: list[object] = []
    truth: Answered = {}
    for number, (item, code) in enumerate(zip(items(instrument), codes(instrument, who, wave), strict=True), start=1):
        cell, truth[item] = (planted or {}).get(number, (write(instrument, code), code))
        written.append(cell)
    return written, truth


@dataclass(frozen=True, eq=False)
class Export:
    """One file, and what is true of it.

    Attributes
    ----------
    name : str
        Its name, which may say the wave.
    answers : dict
        The codes of each person and wave, None for no answer.
    fates : tuple
        Row and fate of each row that holds something.
    faults : set
        Row, column and action of each planted fault.
    aside : set
        Headings of which the list may say that they were left out: what the tool keeps for itself, and personal data.
    personal : set
        Those of them that must be listed as left out.
    said : dict
        Words of answers that only a person can explain: questionnaire to text to code.
    in_order : tuple
        Positions of columns of which a person says that they are a questionnaire's items in order.
    taken_for : dict
        Position of a column to what a person says it is.
    dates : dict
        The day on which a person answered at a wave.
    """

    name: str
    data: bytes
    answers: Truth
    fates: tuple[tuple[int, str], ...]
    faults: frozenset[Fault] = frozenset()
    aside: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    in_order: tuple[tuple[int, ...], str] | None = None
    taken_for: Mapping[int, str] = field(default_factory=dict)
    dates: Mapping[tuple[str, str], str] = field(default_factory=dict)
    wave: str | None = None

    def __repr__(self) -> str:
        return self.name


class Lines:
    """The rows of a file as they are written, with what is true of each."""

    def __init__(self, *headings: Sequence[object]) -> None:
        self.rows: list[list[object]] = [list(heading) for heading in headings]
        self.answers: Truth = {}
        self.fates: list[tuple[int, str]] = []
        self.faults: set[Fault] = set()
        self.dates: dict[tuple[str, str], str] = {}

    def add(self, row: Sequence[object], fate: str | None = USED) -> int:
        """Write a row, and return its number as a spreadsheet counts; without a fate it is an empty one."""
        self.rows.append(list(row))
        if fate:
            self.fates.append((len(self.rows), fate))
        return len(self.rows)

    def say(self, who: str, wave: str, truth: Answered, date: str = "") -> None:
        """Note what a person answered."""
        self.answers.setdefault((who, wave), {}).update(truth)
        if date:
            self.dates[who, wave] = date

    def fault(self, row: int | None, column: str, action: str) -> None:
        """Note a planted fault."""
        self.faults.add((row, column, action))

    def export(self, name: str, data: bytes, **more) -> Export:
        """Put the file together."""
        if "wave" in more.pop("from_name", ()):
            self.fault(None, "wave", FROM_NAME)
        return Export(
            name, data, self.answers, tuple(self.fates), frozenset(self.faults), dates=dict(self.dates), **more
        )


def everyone() -> Iterator[tuple[int, str]]:
    """The people with a number each, from 1."""
    return iter(enumerate(NAMES, start=1))
