"""Counting rows: from those read in the questionnaire files, through each reason to set one aside, to those used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import pandas as pd

from evalcore.intake.fates import USED
from evalcore.intake.native import RESPONSES
from evalcore.study import Study

ROWS_READ = "rows read"
SET_ASIDE = "set aside"
ROWS_USED = "rows used"
HELD = "questionnaires in these rows"
HELD_ASIDE = "questionnaire set aside"
JOINED = "joined with another"
COUNTED = "questionnaires used"
OTHERS = "not counted here"
NO_SCORE = "without a score"
VALID_BEFORE = "valid before"
VALID_AFTER = "valid after"
MATCHED = "matched"
NEAR_MISS = "of them by a confirmed near miss"

_COLUMNS = ("step", "n", "reason")
_PLAIN: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        ("a test response", "a test response"),
        ("the heading line again", "the heading line again"),
        ("no identifier", "no identifier"),
        ("no wave|a wave .*|not (pre|post), which .*", "no wave, or another one than before and after"),
        ("no answer at either wave", "no answer at all"),
        (".* where .* were expected", "does not fit the columns"),
        ("file not read: .*", "the file could not be read"),
        ("another row for the same person has different answers", "contradicts another row of the same person"),
        ("another row for the same person says the same", "says the same as another row"),
        ("consent was refused or withdrawn", "consent was refused or withdrawn"),
    )
)
"""What a reader is told for each reason; a reason that is not among them stands for itself."""

Line = tuple[str, int, str]

_READ: WeakKeyDictionary[Study, pd.DataFrame] = WeakKeyDictionary()
"""What was counted already: every measure's trail begins with the same rows. It goes with the study."""


def rows_trail(study: Study) -> pd.DataFrame:
    """Count the rows of all questionnaire files, before any choice of people or measure.

    Returns
    -------
    DataFrame
        `step, n, reason`. "rows read" is the sum of the lines "set aside" (one a reason, the most frequent first) and
        "rows used". Where a row gives a questionnaire at each wave, or several rows make up one, "questionnaires in
        these rows" follows: the sum of what was set aside of them, what was joined, and "questionnaires used". Without
        a file only this last line is left.

    Examples
    --------
    >>> from evalcore.intake import read_questionnaires
    >>> read = read_questionnaires(b"respondent_id,wave,gse_1\\nA1,pre,3\\nA1,post,4\\n,pre,2\\n", name="answers.csv")
    >>> rows_trail(Study.empty().add(read)).values.tolist()
    [['rows read', 3, ''], ['set aside', 1, 'no identifier'], ['rows used', 2, ''], ['questionnaires used', 2, '']]
    """
    if study not in _READ:
        _READ[study] = _rows_trail(study)
    return _READ[study].copy()


def _rows_trail(study: Study) -> pd.DataFrame:
    files = {intake.name for intake in study.intakes if intake.kind == RESPONSES}
    rows = study.rows[study.rows["file"].isin(files)]
    counted = (COUNTED, len(study.responses), "")
    if not len(rows):
        return rows_table([counted])
    used = rows["fate"] == USED
    lines = [(ROWS_READ, len(rows), ""), *_set_aside(SET_ASIDE, rows.loc[~used, "reason"])]
    lines.append((ROWS_USED, int(used.sum()), ""))
    return rows_table([*lines, *_questionnaires(study, rows[used]), counted])


def plain_reason(reason: str) -> str:
    """Say in plain words why a row was set aside; a reason that is not known stands for itself.

    Of a row that holds several questionnaires the reason of each is said, those that are alike once.

    >>> plain_reason("3 cells where 4 were expected"), plain_reason("struck by lightning")
    ('does not fit the columns', 'struck by lightning')
    >>> plain_reason("before: no wave; after: consent was refused or withdrawn")
    'no wave, or another one than before and after; consent was refused or withdrawn'
    """
    whole = _words_for(reason)
    parts = [part.partition(": ")[2] for part in reason.split("; ")]
    if whole or not all(parts):
        return whole or reason
    return "; ".join(dict.fromkeys(_words_for(part) or part for part in parts))


def _words_for(reason: str) -> str:
    return next((words for pattern, words in _PLAIN if pattern.fullmatch(reason)), "")


def of_measure(rows: pd.DataFrame, n: dict[str, int], *, by_near_miss: int) -> pd.DataFrame:
    """Continue the rows of a study to the pairs of one measure.

    Parameters
    ----------
    rows : DataFrame
        As `rows_trail` gives it.
    n : dict of str to int
        People at the steps of the trail from "answered pre" to "matched".
    by_near_miss : int
        Pairs that a confirmed near miss made.

    Returns
    -------
    DataFrame
        "questionnaires used" is the sum of "not counted here", "without a score", "valid before" and "valid after".

    Examples
    --------
    >>> start = rows_table([(COUNTED, 9, "")])
    >>> steps = {"answered pre": 4, "answered post": 3, "scored pre": 4, "scored post": 2, "matched": 2}
    >>> of_measure(start, steps, by_near_miss=0)[["step", "n"]].values.tolist()[1:]
    [['not counted here', 2], ['without a score', 1], ['valid before', 4], ['valid after', 2], ['matched', 2]]
    """
    answered = n["answered pre"] + n["answered post"]
    scored = n["scored pre"] + n["scored post"]
    others = int(rows["n"].iloc[-1]) - answered
    asides = (
        (OTHERS, others, "other people or sites, or none of these questions answered"),
        (NO_SCORE, answered - scored, "too few questions answered for a score"),
    )
    lines: list[Line] = [line for line in asides if line[1]]
    lines += [(VALID_BEFORE, n["scored pre"], ""), (VALID_AFTER, n["scored post"], ""), (MATCHED, n["matched"], "")]
    lines += [(NEAR_MISS, by_near_miss, "")] if by_near_miss else []
    return pd.concat([rows, rows_table(lines)], ignore_index=True)


def rows_table(lines: Iterable[Line] = ()) -> pd.DataFrame:
    """Build a table of rows from its lines.

    >>> rows_table().columns.tolist()
    ['step', 'n', 'reason']
    """
    table = pd.DataFrame(list(lines), columns=list(_COLUMNS))
    return table.astype({"step": "str", "n": "int64", "reason": "str"})


def _set_aside(step: str, reasons: pd.Series) -> list[Line]:
    """One line a reason, the most frequent first; reasons of one kind are counted together."""
    counts: dict[str, int] = {}
    for reason, n in reasons.value_counts().items():
        words = plain_reason(str(reason))
        counts[words] = counts.get(words, 0) + int(n)
    return [(step, n, words) for words, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _questionnaires(study: Study, used: pd.DataFrame) -> list[Line]:
    """What became of the questionnaires in the rows used, where they are not simply one a row."""
    entries = study.entries
    if len(entries) == len(used) == len(study.responses):
        return []
    places = pd.MultiIndex.from_frame(used[["file", "row"]])
    held = entries[pd.MultiIndex.from_frame(entries[["file", "row"]]).isin(places)]
    aside = held["reason"] != ""
    joined = len(held) - int(aside.sum()) - len(study.responses)
    if len(held) == len(used) == len(study.responses):
        return []
    lines = [(HELD, len(held), ""), *_set_aside(HELD_ASIDE, held.loc[aside, "reason"])]
    if joined:
        lines.append((JOINED, joined, "each row holds a part of one person's questionnaire"))
    return lines
