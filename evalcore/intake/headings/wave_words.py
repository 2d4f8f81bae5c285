"""Waves in names: which words of a heading, a cell or a file's name say before or after. Whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from evalcore.columns import POST, PRE
from evalcore.intake.headings.header_text import plain, split_case

_KINDS = "test|intervention|programme|program|survey|questionnaire|measure"
_PERIOD = (
    r"(?:(?:\d+|one|two|three|four|six|nine|twelve) ?"
    r"(?:days?|weeks?|wks?|months?|mths?|years?|yrs?|m|w) )?"
)
_ROUND = r"(?:time ?point|time|wave|phase|round|occasion|stage|tp)"
_WORDS: tuple[tuple[str, str], ...] = (
    (PRE, rf"pre ?(?:{_KINDS})|pre|before|base ?line|bl|start|entry|intake|beginning"),
    (PRE, r"first (?:session|meeting|questionnaire|survey|visit|measurement)"),
    (POST, rf"post ?(?:{_KINDS})|post|after|{_PERIOD}follow ?up|fup?|f u|end ?line|end|exit"),
    (POST, r"(?:second|last|final) (?:session|meeting|questionnaire|survey|visit|measurement)"),
)
_NUMBERED = re.compile(rf"(?<![a-z])(?:{_ROUND} ?|t|w)0?(\d)(?![a-z]?\d)")
# Where a wave's word stands beside one of these it says something else.
_NO_WAVE = re.compile(
    r"(?<![a-z])(?:post (?:code|codes|office|town|box|holder|title|release)|(?:in|job|your|current|this) post"
    r"|pre (?:sentence|conviction|convictions|trial|release|cons)|after ?care|data entry|start ?language"
    r"|(?:start|end|entry|exit|intake) ?(?:date|time|day|on|at|id|no|number|reason)"
    r"|(?:date|time) (?:of )?(?:start|end|entry|exit|intake)|start (?:by|with)"
    r"|(?:before|after) (?:we|you|each|reading|starting|beginning|completing|answering|filling)(?: start| begin)?"
    r"|end of (?:the |this )?(?:survey|questionnaire|form|page|section|block))(?![a-z])"
)
# A second follow-up is a third wave; where more stands in the text the number may be an item's.
_LATER_FOLLOW_UP = re.compile(rf"{_PERIOD}follow ?up ?0?[2-9](?: arm \d+)?")
_FROM_ONE = {"0": PRE, "1": PRE, "2": POST}
_FROM_ZERO = {"0": PRE, "1": POST}
_MEMORY = 4096


def wave_in(text: str, *, from_zero: bool = False) -> str | None:
    """Return the wave that a text says: `pre`, `post`, or None where it says none, both or a third one.

    Parameters
    ----------
    text : str
        A heading, a cell or a name. Whole words count: `postcode`, `predict`, `Start time` and `pre-sentence` are none.
    from_zero : bool
        True where the waves count from T0, as `counts_from_zero` tells of all headings or cells: T1 is then after.

    Examples
    --------
    >>> [wave_in(text) for text in ("Q3_pre", "GSE 3 (T2)", "baseline_arm_1", "3 month follow up", "Post code")]
    ['pre', 'post', 'pre', 'post', None]
    >>> wave_in("T1"), wave_in("T1", from_zero=True), wave_in("before and after"), wave_in("T3")
    ('pre', 'post', None, None)
    """
    folded = _folded(text)
    if _LATER_FOLLOW_UP.fullmatch(folded):
        return None
    found = {wave for _, _, wave in _spans(folded, from_zero)}
    return (found.pop() or None) if len(found) == 1 else None


def names_third_wave(text: str, *, from_zero: bool = False) -> bool:
    """True for a text that says a wave which is neither before nor after, such as T3, or T2 where there is a T0.

    >>> names_third_wave("gse_1_T3"), names_third_wave("gse_1_T2"), names_third_wave("gse_1_T2", from_zero=True)
    (True, False, True)
    """
    return any(not wave for _, _, wave in _spans(_folded(text), from_zero))


def counts_from_zero(texts: Iterable[str]) -> bool:
    """True where one of the texts names a time, wave or phase 0.

    >>> counts_from_zero(["gse_1_T0", "gse_1_T1"]), counts_from_zero(["T1", "T2"])
    (True, False)
    """
    return any(match.group(1) == "0" for text in texts for match in _NUMBERED.finditer(_folded(text)))


def without_wave(text: str) -> str:
    """Return the words of a text without those that say a wave, in lower case with single spaces.

    >>> without_wave("gse_1_pre"), without_wave("Site (T2)"), without_wave("Post code")
    ('gse 1', 'site', 'post code')
    """
    folded = _folded(text)
    for start, end, _ in sorted(_spans(folded, False), reverse=True):
        folded = f"{folded[:start]} {folded[end:]}"
    return " ".join(folded.split())


def wave_in_name(name: str) -> str | None:
    """Return the wave that a word of the file's name says, or None where it says none or both.

    >>> wave_in_name("SU baseline.csv"), wave_in_name("follow-up_2026.csv"), wave_in_name("before and after.csv")
    ('pre', 'post', None)
    """
    return wave_in(re.sub(r"\.\w{2,5}$", "", name))


@lru_cache(maxsize=_MEMORY)
def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", split_case(plain(text)).casefold()).strip()


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((wave, re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")) for wave, pattern in _WORDS)


def _spans(folded: str, from_zero: bool) -> list[tuple[int, int, str]]:
    """Where the words of a wave stand, and which wave it is; a third wave is the empty text."""
    numbers = _FROM_ZERO if from_zero else _FROM_ONE
    barred = [match.span() for match in _NO_WAVE.finditer(folded)]
    found = [(*match.span(), numbers.get(match.group(1), "")) for match in _NUMBERED.finditer(folded)]
    found += [(*match.span(), wave) for wave, pattern in _patterns() for match in pattern.finditer(folded)]
    return [
        (start, end, wave)
        for start, end, wave in found
        if not any(first < end and start < last for first, last in barred)
    ]
