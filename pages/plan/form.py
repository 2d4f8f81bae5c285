"""The form in which a plan is written, or amended. It works before there is any data."""

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.plan import DIRECTIONS, FAMILIES, LONGEST, Outcome, Plan, draft_problems, plannable
from evalcore.wording import count, upper_first
from pages._shared import cache, components, state
from pages.plan import draft, feasibility

_NO_NAMES = "No names of people: this is printed with the results."
_OPEN = "plan open"
_PARTS = ("direction", "size", "reason")


def introduce(study: Study) -> None:
    """Say what a plan is for, and what one that is written now would say of itself."""
    st.markdown(
        "Whoever looks at many results will find a large one by chance. A plan that was fixed first shows which results"
        " were asked for; everything else is shown too, and called added later."
    )
    loaded = study.after_answers
    if loaded:
        had = f"{count(loaded, 'questionnaire', 'questionnaires')} after {'has' if loaded == 1 else 'have'} been loaded"
        st.warning(f"{had} already. A plan that is fixed now says so, and is never called planned in advance.")
    else:
        st.success("No answer after has been loaded: what you fix now is planned in advance.")


def is_open() -> bool:
    """Whether a fixed plan is being amended."""
    return bool(state.typed(_OPEN))


def amend(plan: Plan) -> None:
    """Open the form with what the plan says."""
    for main, name in ((True, "plan main"), (False, "plan other")):
        draft.put(name, [one.measure for one in plan.outcomes if one.main is main])
    for one in plan.outcomes:
        for part, value in zip(_PARTS, (one.direction, one.smallest_change, one.threshold_reason), strict=True):
            draft.put(f"plan {part} {one.measure}", value)
    for name in ("exclusions", "family", "author"):
        draft.put(f"plan {name}", getattr(plan, name))
    feasibility.amend(state.study(), plan)
    draft.put(_OPEN, "yes")


def draw(study: Study) -> None:
    """Show the form, and fix the plan when that is asked for and nothing is missing."""
    held = [one.slug for one in cache.find_measures(study)]
    labels = {slug: plannable()[slug].label for slug in (*held, *plannable()) if slug in plannable()}
    main = draft.several("plan main", "Main outcomes", labels, help_text="One or two: what the programme is for.")
    others = {slug: label for slug, label in labels.items() if slug not in main}
    other = draft.several("plan other", "Secondary outcomes (optional)", others)
    outcomes = tuple(_outcome(slug, main=slug in main) for slug in (*main, *other))
    judged = feasibility.draw(study)
    asked = "Whose answers will be left out, and why (optional)"
    exclusions = draft.area("plan exclusions", asked, LONGEST["exclusions"], help_text=_NO_NAMES)
    families = (*FAMILIES, study.plan.family) if study.plan is not None else FAMILIES
    asked = "Which tests are corrected together"
    family = draft.one_of("plan family", asked, {one: upper_first(one) for one in families})
    author = draft.line("plan author", "Written by (optional)", LONGEST["author"], placeholder="A role or initials")
    st.caption("What is fixed stays: it gets the time and a code, and every later change is kept beside it.")
    with st.container(horizontal=True):
        asked_for = st.button("Fix this plan", type="primary")
        if study.plan is not None:
            st.button("Leave the plan as it is", on_click=draft.put, args=(_OPEN, None))
    if asked_for:
        _fix(outcomes, (exclusions, family, author), judged)


def _outcome(slug: str, *, main: bool) -> Outcome:
    measure = plannable()[slug]
    with st.container(border=True):
        st.markdown(f"**{components.plain(measure.label)}**")
        expected = {name: upper_first(words) for name, words in DIRECTIONS.items()}
        direction = draft.one_of(f"plan direction {slug}", f"Expected change of {measure.label}", expected)
        size = draft.size(
            f"plan size {slug}",
            f"Smallest mean change of {measure.label} that would matter, in {measure.unit} (optional)",
            measure.span,
            help_text="Of the group's mean, not of one person. A change below it would be too small to matter.",
        )
        reason = ""
        if size is not None:
            asked = f"Why that much for {measure.label}"
            reason = draft.line(f"plan reason {slug}", asked, LONGEST["reason"], help_text=_NO_NAMES)
    return Outcome(slug, direction, size, reason, main)


def _fix(outcomes: tuple[Outcome, ...], texts: tuple[str, str, str], judged: feasibility.Judged) -> None:
    problems = draft_problems(outcomes, *texts, *judged)
    for problem in problems:
        st.error(components.plain(f"{upper_first(problem)}."))
    if not problems:
        state.ask_for(partial(feasibility.fix, outcomes, texts, judged))
        state.ask_for(partial(_clear, outcomes))
        st.rerun()


def _clear(outcomes: tuple[Outcome, ...]) -> None:
    """Empty the form; done after the plan was fixed, so that nothing is lost where it could not be."""
    names = ["main", "other", "exclusions", "family", "author", "open"]
    names += [f"{part} {one.measure}" for one in outcomes for part in _PARTS]
    for name in names:
        draft.put(f"plan {name}", None)
    feasibility.clear(state.study())
    state.say("The plan is fixed. Take it along: it is not kept when this page is closed.")
