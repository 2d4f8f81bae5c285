"""Two versions of the study that is open, side by side: their numbers, and what they are made of."""

from __future__ import annotations

import streamlit as st

from evalcore import Study
from evalcore.findings.versions import VersionComparison, compare_versions
from pages._shared import downloads, listings, state
from pages.studies.shelf import Shelf


def draw(shelf: Shelf) -> None:
    """Let two versions be chosen and show what is not the same in them; both are read only while this is open."""
    st.subheader("Compare two versions", anchor=False)
    with st.expander("Numbers of two versions side by side", key="compare versions", on_change="rerun") as part:
        if not part.open:
            return
        numbers = [one.number for one in shelf.versions]
        place = f"{shelf.open_id} {numbers[0]}"
        one = st.selectbox("First version", numbers, index=1, key=f"compare first {place}")
        other = st.selectbox("Second version", numbers, index=0, key=f"compare second {place}")
        if one == other:
            st.info("Choose two different versions.")
            return
        with st.spinner("Reading both versions"):
            found = state.once(f"versions {shelf.open_id} {one} {other}", lambda _: _compared(shelf, one, other))
        _show(found, f"versions_{one}_and_{other}")


def _compared(shelf: Shelf, one: int, other: int) -> VersionComparison:
    first, second = (_version(shelf, number) for number in (one, other))
    return compare_versions(first, second, names=(f"version {one}", f"version {other}"))


def _version(shelf: Shelf, number: int) -> Study:
    """One version; what is open need not be read again."""
    kept = state.kept()
    if kept is not None and kept.version == number and not state.is_at_risk():
        return state.study()
    return state.store().open(shelf.open_id, number)


def _show(found: VersionComparison, name: str) -> None:
    st.text(found.sentence)
    every = bool(found.equal) and st.checkbox("Show the measures that are the same, too", key="every measure")
    listings.words(found.side_by_side(every=every))
    st.text(found.sentence_made_of)
    listings.words(found.made_of)
    st.caption(
        "The difference is the second version less the first. It can be the score of one person, so a comparison has no"
        " form to share: it is for this screen, and the file below is a working copy."
    )
    if found.labels:
        downloads.offer_internal_table(found.rows_for_a_file(), name, "Working copy of these numbers (CSV)")
