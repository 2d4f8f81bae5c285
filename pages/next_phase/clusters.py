"""Whole clusters drawn into one of two arms."""

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.next_phase import ClustersChoice
from pages._shared import controls, state
from pages.next_phase import asking, groups, shares


def choose(study: Study, measure: Measure | None) -> ClustersChoice | None:
    """Ask what is compared, a mean where there is a measure and else a share, and how people lie in clusters."""
    compared = shares.choose(study, None) if measure is None else groups.choose(study, measure)
    size = controls.number(
        state.CLUSTER,
        "People in a cluster whose outcome is known",
        low=1,
        high=asking.MOST_IN_A_CLUSTER,
        step=1,
        help_text="On average over the offices, sites or groups that are drawn, after those who do not complete.",
    )
    icc = controls.number(
        state.ICC,
        "Intra-class correlation",
        low=0,
        high=asking.HIGHEST_ICC,
        step=0.01,
        help_text="How alike the people of a cluster are, from comparable studies. Left empty: 0.01, 0.05 and 0.1 are"
        " shown side by side, and no paragraph is written.",
    )
    if compared is None or size is None:
        return None
    return ClustersChoice(of=compared, cluster_size=size, icc=icc)
