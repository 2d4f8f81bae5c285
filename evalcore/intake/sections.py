"""Sections of OASys at the door: items added up to scores, and columns that may be scores or needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evalcore.intake.asking import ask, changed_mapping, span
from evalcore.intake.building import Draft, convert
from evalcore.intake.cells.no_answer import says_no_answer
from evalcore.intake.cells.values import NO_ANSWER, UNREADABLE, Converter, to_number
from evalcore.intake.choices import Choices, Option, Question
from evalcore.intake.headings.case_names import BARE_SECTION, bare_section, item_points
from evalcore.intake.headings.headers import Heading
from evalcore.intake.native import OASYS_ITEMS, SECTION_MAXIMA
from evalcore.intake.people.identifiers import is_blank
from evalcore.intake.problems import ADDED_UP, COLUMN_LEFT_OUT, KEPT, NOTE, WARNING
from evalcore.rules.needs import list_need_forms, load_need_form, load_need_rules
from evalcore.wording import count, joined

# With this many people a section score that is never above 1 may be a yes or no.
_ENOUGH_PEOPLE = 10
_FORM = "oasys_form"


def add_up_items(draft: Draft) -> None:
    """Make the score of a section from its items where the file has no column for it.

    The score is the sum of the items that were answered, and missing where none was. Other forms than that of 2009 have
    other items: their people have no score from these.
    """
    found: dict[str, list[Heading]] = {}
    for (name, _), heading in draft.taken.items():
        if name in OASYS_ITEMS:
            found.setdefault(OASYS_ITEMS[name], []).append(heading)
    others = _on_another_form(draft) if found else None
    for section, headings in found.items():
        own = draft.taken.get((f"{section}_score", ""))
        if own is None:
            _add_up(draft, section, headings, others)
        else:
            told = f"items of section {section}, whose score stands in column {own.position}"
            draft.problems.add(None, span(headings), told, "items without a score", COLUMN_LEFT_OUT, NOTE)


def _on_another_form(draft: Draft) -> pd.Series:
    """Who was assessed on a form whose items are not those of 2009."""
    none = pd.Series(np.zeros(len(draft.raw), dtype=bool))
    heading = draft.taken.get((_FORM, ""))
    if heading is None:
        return none
    others = [form for name in list_need_forms() if (form := load_need_form(name)).form_words]
    return pd.Series(draft.cells(heading).mask(lambda text: any(form.is_named(text) for form in others)))


def _add_up(draft: Draft, section: str, headings: Sequence[Heading], others: pd.Series | None) -> None:
    rule = load_need_rules()[section]
    answers = []
    for heading in headings:
        points = rule.items[heading.taken_for.rpartition("_")[2]]
        answers.append(convert(draft, heading, _for_item(points)).values.to_numpy(dtype=float))
        del draft.values[(heading.taken_for, "")]
    table = np.array(answers)
    answered = (~np.isnan(table)).sum(axis=0)
    other = np.zeros(len(draft.raw), dtype=bool) if others is None else others.to_numpy(dtype=bool)
    scored = (answered > 0) & ~other
    draft.values[(f"{section}_score", "")] = pd.Series(np.where(scored, np.nansum(table, axis=0), np.nan))
    kept = draft.fates.kept
    _tell(draft, section, headings, np.bincount(answered[scored & kept], minlength=1).tolist(), len(rule.items))
    left = int((other & (answered > 0) & kept).sum())
    if left:
        told = f"items of {count(left, 'person', 'people')} on another form than that of 2009: not added up"
        draft.problems.add(None, span(headings), told, "items of the 2009 form", KEPT, WARNING)


def _tell(draft: Draft, section: str, headings: Sequence[Heading], numbers: Sequence[int], most: int) -> None:
    """Say that items were added up, and how many people answered only some of them."""
    some, every = sum(numbers[1:most]), sum(numbers[most:])
    told = f"{section}_score: sum of the items; {every:,} with all {most}, {some:,} with only some"
    draft.problems.add(None, span(headings), told, f"{section}_score", ADDED_UP, WARNING if some else NOTE)


def _for_item(points: Sequence[int]) -> Converter:
    """Take the points of an item; a number that it can not give is listed."""

    def convert_item(text: str) -> object:
        if is_blank(text):
            return None
        if says_no_answer(text):
            return NO_ANSWER
        found = item_points(text)
        return found if found in points else UNREADABLE

    return Converter(convert_item, "float64", joined([str(point) for point in points], "or"))


def question_scores(draft: Draft) -> None:
    """Warn of a section score that is never above 1: read as a score, such a yes or no would give nobody a need."""
    for section in SECTION_MAXIMA:
        heading = draft.taken.get((f"{section}_score", ""))
        if heading is None:
            continue
        scores = draft.values[(heading.taken_for, "")].to_numpy(dtype=float, na_value=np.nan)
        known = scores[~np.isnan(scores)]
        if len(known) >= _ENOUGH_PEOPLE and known.max() == 1:
            expected = f"scores; a yes or no belongs under {section}_need"
            draft.problems.add(None, heading.label, "only 0 and 1 in the whole file", expected, KEPT, WARNING)


def ask_about_sections(draft: Draft) -> None:
    """Ask what stands under the mere names of sections; nothing is taken from these columns until that is answered."""
    taken = draft.names()
    bare: dict[str, Heading] = {}
    for heading in draft.headings:
        if heading.reason == BARE_SECTION and not heading.taken_for:
            bare.setdefault(bare_section(heading.header) or bare_section(heading.question), heading)
    bare = {section: heading for section, heading in bare.items() if section}
    kinds = {section: _kind(draft, heading) for section, heading in bare.items()}
    scores = {s: f"{s}_{'score' if kind != 'words' else 'need'}" for s, kind in kinds.items()}
    needs = {s: f"{s}_{'score' if kind == 'numbers' else 'need'}" for s, kind in kinds.items()}
    options = []
    if "numbers" in kinds.values() or "either" in kinds.values():
        options.append(_option(draft, "Numbers are scores of the section", bare, scores, taken))
    if "either" in kinds.values() or "words" in kinds.values():
        options.append(_option(draft, "1 or yes is a need, 0 or no is none", bare, needs, taken))
    if bare:
        options.append(Option("Neither: leave them out", Choices(mapping=changed_mapping(draft, {}))))
        why = "The headings name sections of OASys, but not whether the score stands there, or whether it is a need."
        text = f"What stands under {joined([heading.label for heading in bare.values()])}?"
        ask(draft, Question("sections", text, why, tuple(options)))


def _option(draft: Draft, label: str, bare: Mapping[str, Heading], names: Mapping[str, str], taken: set[str]) -> Option:
    change = {bare[s].position: (name, "") for s, name in names.items() if name not in taken}
    return Option(label, Choices(mapping=changed_mapping(draft, change)))


def _kind(draft: Draft, heading: Heading) -> str:
    """Whether the cells are numbers above 1 too, only 0 and 1, or words."""
    texts = draft.cells(heading).texts
    said = [text for text in texts if not is_blank(text) and not says_no_answer(text)]
    numbers = [number for text in said if isinstance(number := to_number(text), float)]
    if 2 * len(numbers) <= len(said):
        return "words"
    return "either" if set(numbers) <= {0.0, 1.0} else "numbers"
