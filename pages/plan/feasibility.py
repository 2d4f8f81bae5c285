"""The part of the plan's form about feasibility: the target of starts, and the lines of go, amend and stop."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.plan import LONGEST, MEASURES, MOST_STARTS, STARTS, Criterion, Outcome, Plan, Target, fixed
from evalcore.wording import upper_first
from pages._shared import cache, state
from pages.plan import draft

_NAMES = "plan criteria"
_HELP = "What a larger study would need. Between the two lines: amend."
_PARTS = ("go", "stop", "why")
Judged = tuple[tuple[Criterion, ...], tuple[Target, ...]]
"""What a pilot is judged by: its criteria and its targets."""


def draw(study: Study) -> Judged:
    """Show the fields; return what they hold, complete or not."""
    with st.container(border=True):
        st.markdown("**Feasibility (optional)**")
        st.caption("For a pilot: how many should start, and from when on a larger study is a go, or a stop.")
        targets = tuple(_targets(study))
        labels = {name: upper_first(words) for name, words in MEASURES.items()}
        chosen = draft.several(_NAMES, "What the pilot is judged by", labels, help_text=_HELP)
        criteria = tuple(_criterion(what) for what in chosen)
    return criteria, targets


def _targets(study: Study) -> Iterator[Target]:
    for name, site in _places(study).items():
        starts = draft.whole(name, f"Target of starts {f'at {site}' if site else 'in all'}", MOST_STARTS)
        if starts:
            yield Target(starts, site)


def _places(study: Study) -> dict[str, str]:
    """Where each target is kept while it is typed, and its site: empty for all sites."""
    planned = () if study.plan is None else tuple(one.site for one in study.plan.targets)
    sites = dict.fromkeys(("", *cache.find_sites(study), *planned))
    return {f"plan target {place}": site for place, site in enumerate(sites)}


def _criterion(what: str) -> Criterion:
    words = MEASURES[what]
    number, unit, most = (draft.whole, "people", MOST_STARTS) if what == STARTS else (draft.size, "per cent", 100.0)
    left, right = st.columns(2)
    with left:
        go = number(f"plan go {what}", f"Go from ({unit}): {words}", most)
    with right:
        stop = number(f"plan stop {what}", f"Stop below ({unit}): {words}", most)
    reason = draft.line(f"plan why {what}", f"Why there: {words}", LONGEST["reason"])
    return Criterion.typed(what, go, stop, reason)


def amend(study: Study, plan: Plan) -> None:
    """Open the fields with what a plan says."""
    draft.put(_NAMES, [one.what for one in plan.criteria])
    for one in plan.criteria:
        lines = [int(line) if one.what == STARTS else line for line in one.as_typed]
        for part, value in zip(_PARTS, (*lines, one.reason), strict=True):
            draft.put(f"plan {part} {one.what}", value)
    for name, site in _places(study).items():
        target = plan.target(site)
        draft.put(name, None if target is None else target.starts)


def clear(study: Study) -> None:
    """Empty the fields."""
    draft.put(_NAMES, None)
    for what in MEASURES:
        for part in _PARTS:
            draft.put(f"plan {part} {what}", None)
    for name in _places(study):
        draft.put(name, None)


def fix(outcomes: tuple[Outcome, ...], texts: tuple[str, str, str], judged: Judged) -> None:
    """Fix the analysis plan as it is now, with its criteria and targets and the time of this moment."""
    study = state.study()
    criteria, targets = judged
    kept = partial(fixed, study.plan, outcomes, *texts, criteria=criteria, targets=targets)
    state.take_plan(kept(at=state.now(), after_answers=study.after_answers))
