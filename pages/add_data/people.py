"""Who is who: identifiers that nearly match, spellings that were read as one, and people who answered twice."""

import streamlit as st

from evalcore import Study
from evalcore.bench import NearMiss, Repeat, near_miss_note, near_misses, repeats
from evalcore.decisions import SamePerson
from evalcore.wording import count, upper_first
from pages._shared import listings, state
from pages._shared.components import plain
from pages.add_data import pairs, twice


def draw(study: Study) -> None:
    """Draw the section, if there is anything in it."""
    misses = state.once("near misses", near_misses)
    again = state.once("repeats", repeats)
    note = state.once("near miss note", near_miss_note)
    decided = [one for one in study.decisions if isinstance(one, SamePerson)]
    if not (misses or again or decided or note or len(study.identities)):
        return
    st.header("Who is who", anchor=False)
    said = summary(misses, again, len(decided))
    if said:
        st.markdown(f"**{said}**")
    if note:
        st.warning(plain(note))
    pairs.draw(misses)
    pairs.draw_decided(decided)
    twice.draw(study, again)
    draw_spellings(study)


def summary(misses: tuple[NearMiss, ...], again: tuple[Repeat, ...], decided: int) -> str:
    """Say how much there is to decide, and how much was."""
    open_ones = [one for one in again if one.decided is None]
    nearly = count(len(misses), "pair of identifiers nearly matches", "pairs of identifiers nearly match")
    answered = count(len(again), "person gave different answers", "people gave different answers")
    parts = [
        (misses, nearly),
        (decided, f"{count(decided, 'pair is', 'pairs are')} decided"),
        (again, f"{answered} for the same wave, {len(open_ones):,} undecided"),
    ]
    said = "; ".join(words for there, words in parts if there)
    return f"{upper_first(said)}." if said else ""


def draw_spellings(study: Study) -> None:
    """List the identifiers that were read as others, by rule or because a person said so."""
    found = study.identities
    if not len(found):
        return
    label = f"{count(len(found), 'spelling that was read as another', 'spellings that were read as others')}"
    with st.expander(label, key="spellings", on_change="rerun") as part:
        if part.open:
            st.caption("Case, blanks and punctuation can not join two people. All else is joined only when you say so.")
            listings.spellings(found, alt="Identifiers that were read as others")
