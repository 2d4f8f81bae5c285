"""Columns of OGRS and of sex at the door: what the heading says of a score, and what only a person can say."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.columns import FEMALE, MALE, OGRS, SEX
from evalcore.intake.asking import ask, changed_mapping, written_codes
from evalcore.intake.building import Draft
from evalcore.intake.cells.no_answer import says_no_answer
from evalcore.intake.cells.values import to_number, to_text
from evalcore.intake.choices import Choices, Option, Question
from evalcore.intake.files.raw import tidy
from evalcore.intake.headings.case_names import ogrs_name
from evalcore.intake.headings.headers import Heading
from evalcore.intake.people.identifiers import is_blank
from evalcore.intake.problems import ERROR, KEPT, NOTE, TAKEN_FROM_HEADING, VALUE_MISSING
from evalcore.wording import joined

_VERSION, _HORIZON = "ogrs_version", "ogrs_horizon"
# A person can look through this many different scores; more are left to be changed in the file.
_MOST_SCORES = 20_000
_PER_CENT = 100
_SHARES = "ogrs.shares"


def tell_ogrs(draft: Draft) -> None:
    """Take version and horizon of the scores from their heading, where the file has no column for them."""
    heading = draft.taken.get((OGRS, ""))
    if heading is None:
        return
    named = ogrs_name(heading.header) or ogrs_name(heading.question)
    if named is None:
        return
    said = {_VERSION: named.version, _HORIZON: named.horizon}
    said = {name: text for name, text in said.items() if text and (name, "") not in draft.taken}
    scored = draft.values[(OGRS, "")].notna().to_numpy()
    for name, text in said.items():
        both = pd.array([None, text], dtype="str")
        draft.values[(name, "")] = pd.Series(both.take(scored.astype(np.intp)))
    if said:
        told = joined([f"{name} {text}" for name, text in said.items()])
        draft.problems.add(None, heading.label, told, "columns that say both", TAKEN_FROM_HEADING, NOTE)


def ask_which_ogrs(draft: Draft) -> None:
    """Ask which of several columns of OGRS scores is to be used: one score stands in the table of a person."""
    several = [h for h in draft.headings if not h.taken_for and f"are all {OGRS}" in h.reason]
    if len(several) < 2 or (OGRS, "") in draft.taken:
        return
    options = tuple(
        Option(_called(heading), Choices(mapping=changed_mapping(draft, {heading.position: (OGRS, "")})))
        for heading in several
    )
    why = "Several columns hold OGRS scores. Versions and horizons are different numbers, so only one can be used."
    ask(draft, Question(OGRS, "Which OGRS score is to be used?", why, options))


def _called(heading: Heading) -> str:
    named = ogrs_name(heading.header) or ogrs_name(heading.question)
    said = [part for part in (named.version, named.horizon) if part] if named else []
    return f"{heading.label} ({joined(said)})" if said else heading.label


def ask_about_shares(draft: Draft) -> None:
    """Ask whether scores that are never above 1 are shares of 1; none is used until that is answered."""
    heading = draft.taken.get((OGRS, ""))
    if heading is None or _SHARES in draft.choices.answered or draft.chosen(OGRS):
        return
    scores = draft.values[(OGRS, "")].to_numpy(dtype=float)
    known = scores[~np.isnan(scores)]
    if not len(known) or known.max() > 1 or not ((known > 0) & (known < 1)).any():
        return
    found, expected = "no OGRS score above 1: shares of 1, not per cent", "per cent from 0 to 100"
    draft.problems.add(None, heading.label, found, expected, VALUE_MISSING, ERROR)
    draft.values[(OGRS, "")] = pd.Series(np.full(len(draft.raw), np.nan))
    texts = list(dict.fromkeys(tidy(text) for text in draft.cells(heading).texts if not is_blank(text)))
    numbers = {text: number for text in texts if isinstance(number := to_number(text), float)}
    if len(numbers) > _MOST_SCORES:
        return
    shares = {text: f"{round(_PER_CENT * number, 6):g}" for text, number in numbers.items()}
    options = (
        Option("Yes: 0.54 means 54 per cent", Choices(codes=written_codes(OGRS, shares))),
        Option("No: they are per cent as they stand", Choices()),
    )
    why = "No score is above 1, while OGRS is a percentage from 1 to 99."
    ask(draft, Question(_SHARES, "Are the OGRS scores shares of 1?", why, options))


def ask_about_sex(draft: Draft) -> tuple[str, ...]:
    """Ask which of two bare numbers is male: files have it either way. Nobody has a sex until that is answered.

    Returns the native columns whose values are in `draft.values` by now.
    """
    heading = draft.taken.get((SEX, ""))
    if heading is None or draft.chosen(SEX):
        return ()
    said = [text for text in draft.cells(heading).texts if not is_blank(text) and not says_no_answer(text)]
    numbers = {tidy(text): number for text in said if isinstance(number := to_number(text), float)}
    known = set(numbers.values())
    pair = (0.0, 1.0) if {0.0, 1.0} <= known and 2.0 not in known else (1.0, 2.0)
    if known.isdisjoint(pair) or len(numbers) < len(set(map(tidy, said))):
        return ()
    options = []
    for male, female in (pair, pair[::-1]):
        codes = {text: MALE if number == male else FEMALE for text, number in numbers.items() if number in pair}
        label = f"{male:g} is male, {female:g} is female"
        options.append(Option(label, Choices(codes=written_codes(SEX, codes))))
    found = f"the numbers {pair[0]:g} and {pair[1]:g}"
    draft.problems.add(None, heading.label, found, "male or female", VALUE_MISSING, ERROR)
    draft.values[(SEX, "")] = draft.missing()
    why = f"{heading.label} holds {found}, and nothing says what they stand for."
    ask(draft, Question(SEX, "Which number stands for male, and which for female?", why, tuple(options)))
    return (SEX,)


def tell_offence(draft: Draft) -> None:
    """Give a person the words of the OGRS offence as their offence too, where no other column has it."""
    heading = draft.taken.get(("ogrs_offence", ""))
    if heading is None or ("offence", "") in draft.taken:
        return
    cells = draft.cells(heading)
    draft.values[("offence", "")] = cells.spread([to_text(text) for text in cells.texts], "str")
    told = "its words stand under offence too: no other column says it"
    draft.problems.add(None, heading.label, told, "a column of the offence", KEPT, NOTE)
