"""Their needs against those of people like them in the caseload."""

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.errors import UnknownNameError
from evalcore.findings.people.like_rows import SHORT, LikeChoices, like_choices, next_coarser
from evalcore.profile.like_for_like import AT_LEAST, LikeForLike
from evalcore.profile.ogrs_choice import FILE
from evalcore.profile.strata import HELD, chosen
from evalcore.wording import upper_first
from pages._shared import cache, components, controls, state
from pages.people import score

_NOTHING = "nothing"
_MOST = 100_000


def draw(study: Study, site: str | None) -> None:
    """Let a person choose what is held alike, and show each need as expected and as observed."""
    st.header("Like for like", anchor=False, divider="gray")
    if study.caseload.empty and study.counted.empty:
        components.show(cache.finding(study, "like_for_like", site=site))
        components.empty("Like for like needs a caseload of people, not published figures.", "Add a caseload")
        return
    of = score.choose() or FILE
    choices = state.once(f"like choices {of}", partial(like_choices, score=of))
    hold = _boxes(choices)
    least = controls.number(
        state.LEAST,
        "Least number of people alike in the caseload",
        low=1,
        high=_MOST,
        step=1,
        default=AT_LEAST,
        whole=True,
        help_text="So many people of the caseload must be like a person, and assessed on the need, for them to count.",
    )
    state.write_address()
    asked = LikeForLike(hold, AT_LEAST if least is None else int(least), of)
    components.show(
        cache.finding(study, "like_for_like", site=site, choice=asked),
        open_table=True,
        mark_hidden=True,
    )
    _offer_coarser(site, asked)


def _boxes(choices: LikeChoices) -> tuple[str, ...]:
    """A box to tick for each thing that can be held alike, and why others can not be."""
    hold = _held(choices)
    st.markdown("**Hold alike**")
    with st.container(horizontal=True):
        for name in HELD:
            known = name in choices.known
            state.hold(_key(name), known and name in hold)
            st.checkbox(upper_first(SHORT[name]), key=_key(name), disabled=not known, on_change=_ticked)
    for sentence in choices.left_out:
        st.caption(components.plain(sentence))
    return tuple(name for name in hold if name in choices.known)


def _held(choices: LikeChoices) -> tuple[str, ...]:
    """Return what the address names; the usual choice where it names nothing, or something that is not there."""
    named = state.choice(state.HOLD)
    if named == _NOTHING:
        return ()
    if not named:
        return choices.usual.hold
    try:
        return chosen(named.split(","))
    except UnknownNameError:
        state.choose(state.HOLD, "")
        st.warning("The link names something to hold alike that there is not, so it was left out.")
        return choices.usual.hold


def _key(name: str) -> str:
    return f"alike_{name}"


def _ticked() -> None:
    state.picked(state.HOLD, ",".join(name for name in HELD if state.held(_key(name))) or _NOTHING)


def _offer_coarser(site: str | None, asked: LikeForLike) -> None:
    """A button for the next coarser choice, where some people have too few people like them."""
    what = f"coarser {site} {asked}"
    found = state.once(what, partial(next_coarser, site=site, asked=asked))
    if found is not None:
        st.button(
            f"Hold {SHORT[found.without]} alike no longer",
            on_click=state.ask_for,
            args=(partial(state.picked, state.HOLD, ",".join(found.hold) or _NOTHING),),
        )
