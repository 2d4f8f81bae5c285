"""Two groups compared on a mean after."""

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.next_phase import GroupsChoice
from pages.next_phase import asking


def choose(study: Study, measure: Measure) -> GroupsChoice | None:
    """Ask for the smallest difference with its reason, and for the correlation that the adjustment rests on."""
    difference = asking.points(measure, "Smallest difference between the groups that matters")
    reason = asking.reason(f"groups {measure.slug}")
    test, correlation, completion = asking.power(), asking.correlation(), asking.completion(as_in_the_pilot=True)
    if difference is None:
        return None
    return GroupsChoice(
        difference=difference, reason=reason, test=test, correlation=correlation, completion_percent=completion
    )
