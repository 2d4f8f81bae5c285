"""Next phase: how many people the next study needs for the smallest change that matters."""

import streamlit as st

from pages._shared import cache, components, controls, state
from pages.next_phase import asking, clusters, effect, groups, pairs, result, shares

DESIGNS = {
    "": ("Matched pairs", pairs),
    "effect": ("Matched pairs, a standardised change (d_z)", effect),
    "groups": ("Two groups, a mean", groups),
    "proportions": ("Two groups, a share (such as reconviction)", shares),
    "clusters": ("Clusters, a mean", clusters),
    "clusters-shares": ("Clusters, a share", clusters),
}
# The designs that are planned from the spread of the pilot's scores.
OF_A_MEASURE = ("", "groups", "clusters")


def main() -> None:
    """Draw the page: the design, what has to be chosen for it, and the plan."""
    labels = {design: label for design, (label, _) in DESIGNS.items()}
    state.valid_choice(state.DESIGN, labels, "design")
    asking.check_link(effect=state.choice(state.DESIGN) == "effect")
    components.page_title(
        "Next phase",
        "How many people the next study needs: for the smallest change that matters, with the pilot's own spread and"
        " how uncertain that is, and never with the change that the pilot happened to see.",
    )
    design = controls.select(state.DESIGN, "Design", labels)
    state.write_address()
    study, measure = state.shown(), None
    if design in OF_A_MEASURE:
        if not cache.find_measures(study):
            components.empty(
                "This design is planned from the spread of a pilot's scores, and this study has no answered"
                " questionnaire yet. A standardised change or a share can be planned for without one.",
                "Add a questionnaire file",
            )
            return
        measure = components.choose_measure()
        if measure is None:
            components.nobody_chosen()
            return
        if components.chosen_site() is not None:
            st.caption("A plan is made for all sites together: the site chosen in the sidebar does not change it.")
    choice = DESIGNS[design][1].choose(study, measure)
    state.write_address()
    if choice is None:
        st.info("Enter what is asked for above: without the smallest difference that matters nothing can be planned.")
    else:
        result.draw(study, measure, choice)


main()
