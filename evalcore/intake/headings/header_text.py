"""The text of a heading, folded for comparison: markup, apostrophes, case and punctuation do not count."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from evalcore.intake.files.raw import tidy

_TAG = re.compile(r"<[^<>]{1,200}>")
_APOSTROPHES = re.compile(r"@SQ@|['\u2018\u2019\u02bc\u0060\u00b4]")
_ROW = re.compile(r"^(.*?)\[([^\[\]]+)\]\s*$", re.DOTALL)
_BETWEEN = re.compile(r"\s[-–—|]+\s|\s*>>\s*|::|:\s+|[/\n]")
# No statement of a questionnaire has more words than this.
_MOST_WORDS = 30
_MEMORY = 4096


def plain(text: str) -> str:
    """Return the text without markup: tags, entities and the marks that stand for an apostrophe are gone.

    >>> plain("I&#39;ve been <b>useful</b>"), plain("I@SQ@ve been\\u00a0useful")
    ('Ive been useful', 'Ive been useful')
    """
    found = html.unescape(text) if "&" in text else text
    return re.sub(r" {2,}", " ", tidy(_APOSTROPHES.sub("", _TAG.sub(" ", found))))


@lru_cache(maxsize=_MEMORY)
def words(text: str) -> str:
    """Return the words of a text in lower case with single spaces; digits stand apart from letters.

    >>> words("Q3: I’ve been feeling useful2."), words("SWEMWBS[SQ001]")
    ('q 3 ive been feeling useful 2', 'swemwbs sq 001')
    """
    return " ".join(re.findall(r"[^\W\d_]+|\d+", plain(text).casefold()))


def split_case(text: str) -> str:
    """Part words that only a capital letter parts.

    >>> split_case("EndDate"), split_case("GSEPre1"), split_case("WEMWBSa")
    ('End Date', 'GSE Pre1', 'WEMWBSa')
    """
    found = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.sub(r"(?<=[A-Z0-9])(?=(?:Pre|Post|Baseline|Follow|Before|After|Time|Wave)(?![a-z]))", " ", found)


def statements(text: str) -> tuple[str, ...]:
    """Return the words of each part of a heading that may carry a statement, the likeliest first.

    A row in square brackets carries it; else what follows a dash, a colon or a slash; else the whole heading. Parts
    that are questions, or too long for a statement, are left out.

    >>> statements("Below are some statements [feeling useful]")[0], statements("wemwbs/optimistic")
    ('feeling useful', ('optimistic', 'wemwbs optimistic'))
    >>> statements("How did you hear about us")
    ()
    """
    bare = plain(text)
    parts = [bare]
    if match := _ROW.match(bare):
        parts = [match.group(2), match.group(1), bare]
    pieces = _BETWEEN.split(bare)
    if len(pieces) > 1:
        parts[-1:-1] = [pieces[-1]]
    found = dict.fromkeys(words(part) for part in parts)
    return tuple(part for part in found if part and not _is_question(part) and part.count(" ") < _MOST_WORDS)


def _is_question(text: str) -> bool:
    return _QUESTION.match(text) is not None


_QUESTION = re.compile(
    r"(?:q \d+ )?(?:\d+ )?(?:how|what|which|where|who|whom|whose|why|do you|did you|have you|are you|is there|was|were"
    r"|would you|could you|can you|will you|please|tell us)\b"
)
