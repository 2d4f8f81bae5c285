"""Fields by other names: what the columns of native tables are called in other people's files. The names are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from evalcore.columns import WAVE
from evalcore.intake.cells.values import UNREADABLE, for_field, word_key
from evalcore.intake.files.raw import TextColumn, tidy
from evalcore.intake.headings.header_text import plain, words
from evalcore.intake.headings.wave_words import wave_in
from evalcore.intake.native import CASELOAD, CASES, WAVE_WORDS, Field, fields, made_from
from evalcore.intake.people.identifiers import is_blank
from evalcore.rules.needs import load_need_rules

_FILE = Path(__file__).with_name("field_names.toml")

# How certain a name is, the most certain first: where two columns may be one field, the more certain one is taken.
NATIVE, BEST, USUAL, PHRASE, UNSURE, LAST = 0, 2, 3, 4, 5, 7
_RANKS: Mapping[str, int] = {"best": BEST, "names": USUAL, "phrases": PHRASE, "unsure": UNSURE, "last": LAST}

# Polite words around a name, and the numbers of questions.
_BEFORE = re.compile(
    r"^(?:q ?\d+(?: [a-z])?|\d+(?: [a-z])?|question \d+|please|kindly|what is|what was|whats|enter|type|write|give"
    r"|provide|state|select|choose|record|insert|fill in|tell us|us|in|your|their|the|a|an|my|this|of this|for this"
    r"|persons|respondents|participants(?! \w+ \w+)|on what|on which|by)\s+(?=\S)"
)
_AFTER = re.compile(
    r"\s+(?:please|here|below|if known|if you know it|if you have one|if any|dd mm yyyy|dd mm yy|yyyy mm dd|mm dd yyyy"
    r"|d m y|y n|yes no|required|optional|open ended response|response)$"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# A heading of more words than this is running text.
_MOST_WORDS = 25
_LOOKED_AT = 200
_COUNTED = frozenset({"0", "1", "2", "0.0", "1.0", "2.0"})


@dataclass(frozen=True)
class FieldName:
    """A native column that a heading names, and how certain that is (lower is more certain)."""

    field: str
    rank: int


def field_named(heading: str, kind: str, column: TextColumn, *, is_personal: bool = False) -> FieldName | None:
    """Return the native column of a table that a heading names in other words, or None.

    Parameters
    ----------
    heading : str
        The heading, or the question above it.
    kind : str
        The native table.
    column : TextColumn
        The cells: names that may mean anything (`time`, `stage`) count only above cells that can be taken.
    is_personal : bool
        True where the heading asks for personal data: then only a full name counts, not a phrase in it.

    Examples
    --------
    >>> cells = TextColumn.from_cells(["A1", "A2"])
    >>> field_named("What is your ID code?", "responses", cells).field
    'respondent_id'
    >>> field_named("Time", "responses", cells) is None
    True
    >>> field_named("Time", "responses", TextColumn.from_cells(["T1", "T2"])).field
    'wave'
    """
    by_name = _names(kind)
    named = (each for key in keys_of(heading) for each in by_name.get(key, ()))
    found = next((each for each in named if _bears_out(column, kind, each)), None)
    if found or is_personal:
        return found
    padded = f" {words(heading)} "
    if padded.count(" ") > _MOST_WORDS:
        return None
    hits = {field for phrase, field in _phrases(kind).items() if f" {phrase} " in padded}
    return FieldName(hits.pop(), PHRASE) if len(hits) == 1 else None


@cache
def _contents() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _names(kind: str) -> Mapping[str, tuple[FieldName, ...]]:
    """Each name of a column of this table with what it may mean."""
    found: dict[str, tuple[FieldName, ...]] = {}
    for field in (*(native.name for native in fields(kind)), *made_from(kind)):
        lists = _contents().get(field, {})
        names = [(words(field.replace("_", " ")), BEST)]
        names += [(name, rank) for key, rank in _RANKS.items() if key != "phrases" for name in lists.get(key, [])]
        names += [(name, USUAL) for name in _section_names(field)]
        for name, rank in names:
            key = words(name)
            found[key] = (*found.get(key, ()), FieldName(field, rank))
    return found


def doubtful_name(heading: str, kind: str) -> str:
    """Say what a heading of cases may mean, where that is more than one thing; empty for any other heading.

    >>> doubtful_name("Sentence date", "cases"), doubtful_name("Start date", "cases")
    ('may be the conviction or the start of follow-up', '')
    """
    if kind not in (CASES, CASELOAD):
        return ""
    listed = _contents()["doubtful"]
    return next((why for key in keys_of(heading) for why, names in listed.items() if key in names), "")


def section_names() -> Mapping[str, str]:
    """What the sections of OASys are called, each with its fixed name.

    >>> section_names()["drug misuse"]
    'drugs'
    """
    labels = {section: [section, words(rule.label)] for section, rule in load_need_rules().items()}
    return {name: section for section, own in labels.items() for name in (*own, *_contents()["sections"][section])}


def _section_names(field: str) -> list[str]:
    section, _, what = field.rpartition("_")
    others = _contents()["sections"].get(section, [])
    wanted = {"score": ("score",), "need": ("need", "criminogenic need", "is a need")}.get(what, ())
    names = [f"{other} {word}" for other in (section, *others) for word in wanted]
    return [*names, *(f"{name} y n" for name in names if what == "need")]


@cache
def _phrases(kind: str) -> Mapping[str, str]:
    names = [native.name for native in fields(kind)]
    return {words(phrase): name for name in names for phrase in _contents().get(name, {}).get("phrases", [])}


def keys_of(heading: str) -> list[str]:
    """The forms under which a heading is looked up: whole, without brackets and polite words, the end of a path.

    >>> keys_of("Q3. Your site (office)")
    ['q 3 your site office', 'your site office', 'site office', 'q 3 your site', 'your site', 'site']
    """
    bare = plain(heading)
    shapes = [bare, _BRACKETS.sub(" ", bare)]
    if "/" in bare and " " not in bare:
        shapes.append(bare.rpartition("/")[2])
    found: dict[str, None] = {}
    for shape in shapes:
        key = words(shape.replace("_", " "))
        while key and key not in found:
            found[key] = None
            shorter = _AFTER.sub("", key)
            key = shorter if shorter != key else _BEFORE.sub("", key)
    return list(found)


def _bears_out(column: TextColumn, kind: str, named: FieldName) -> bool:
    """Whether the cells allow a name that may mean something else."""
    if named.rank == LAST:
        return any(not is_blank(text) for text in column.texts[:_LOOKED_AT])
    return named.rank != UNSURE or _fits(column, kind, named.field)


def _fits(column: TextColumn, kind: str, field: str) -> bool:
    """Whether more than half of the cells that are filled can be taken for a field; a few others are listed later."""
    counts = np.bincount(column.codes, minlength=len(column.texts))
    given = {text: int(n) for text, n in zip(column.texts[:_LOOKED_AT], counts, strict=False) if not is_blank(text)}
    native = next(each for each in fields(kind) if each.name == field)
    taken = _waves(given) if field == WAVE else _converted(given, native)
    return 2 * sum(given[text] for text in taken) > sum(given.values())


def _converted(given: Iterable[str], native: Field) -> list[str]:
    convert = for_field(native).convert
    return [text for text in given if convert(text) not in (None, UNREADABLE)]


def _waves(given: Iterable[str]) -> list[str]:
    """Texts that say a wave, or else the numbers by which two waves are counted."""
    said = [text for text in given if wave_in(text) is not None or word_key(text) in WAVE_WORDS]
    return said or [text for text in given if tidy(text) in _COUNTED]
