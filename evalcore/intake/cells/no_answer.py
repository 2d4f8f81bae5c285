"""What stands in a cell for "no answer" and says so: it is missing, but it is listed, unlike an empty cell."""

from __future__ import annotations

import html
import re

from evalcore.intake.files.raw import tidy

# Numbers by which survey tools and statistics programs mark a missing answer. They mean that only where they can not be
# an answer or a value; -1, 8 and 9 are left out, since they may as well be a slip.
MISSING_NUMBERS = frozenset(
    {77, 88, 97, 98, 99, 777, 888, 997, 998, 999, 9999, -8, -9, -77, -88, -98, -99, -888, -998, -999, -9999}
)
# As `words_key` folds them.
_MISSING_WORDS = frozenset(
    {
        "prefer not to say",
        "prefer not to answer",
        "prefer not to respond",
        "preferred not to say",
        "i prefer not to say",
        "would rather not say",
        "i would rather not say",
        "id rather not say",
        "rather not say",
        "rather not answer",
        "dont know",
        "do not know",
        "i dont know",
        "dk",
        "dont know / not applicable",
        "unknown",
        "unk",
        "not applicable",
        "does not apply",
        "n/a (not applicable)",
        "na (not applicable)",
        "not applicable (n/a)",
        "no answer",
        "no answer given",
        "not answered",
        "unanswered",
        "did not answer",
        "no response",
        "no reply",
        "refused",
        "refused to answer",
        "refused to say",
        "declined",
        "declined to answer",
        "declined to say",
        "missing",
        "(missing)",
        "missing value",
        "missing data",
        "system missing",
        "sysmis",
        "user missing",
        "not available",
        "not recorded",
        "no data",
        "skipped",
        "question skipped",
        "not asked",
        "not assessed",
        "not known",
        "nask",
        "asku",
        "not shown",
        "not seen",
        "left blank",
        "blank",
        "(blank)",
        "[blank]",
        "empty",
        "(empty)",
        "#null!",
        "-oth-",
        "-other-",
    }
)
_QUOTES = re.compile("['\"`\u2018\u2019\u201a\u201c\u201d\u02bc\u00b4]")
_JOINTS = re.compile(r"(?<=[^\W\d])[_\-\u2010\u2011]+(?=[^\W\d])")


def plain(text: str) -> str:
    """Tidy a cell and undo what tools write for a character: `@SQ@` and `&#39;` for an apostrophe; runs of blanks.

    >>> plain("Don@SQ@t  know"), plain("Don&#39;t know")
    ("Don't know", "Don't know")
    """
    found = tidy(text)
    if "@" in found:
        found = found.replace("@SQ@", "'").replace("@DQ@", '"')
    if "&" in found:
        found = tidy(html.unescape(found))
    return " ".join(found.split())


def words_key(text: str) -> str:
    """Fold words for comparing: case, quotes, closing punctuation, and `_` or `-` between words do not count.

    >>> words_key(" Some_of-the  time. "), words_key("Don\\u2019t know")
    ('some of the time', 'dont know')
    """
    return _JOINTS.sub(" ", _QUOTES.sub("", plain(text).casefold())).rstrip(".:;, ").lstrip()


def says_no_answer(text: str) -> bool:
    """True for words that stand for no answer; the marks that count as an empty cell are not among them.

    >>> says_no_answer("Prefer not to say."), says_no_answer("-oth-"), says_no_answer("99"), says_no_answer("")
    (True, True, False, False)
    """
    return words_key(text) in _MISSING_WORDS
