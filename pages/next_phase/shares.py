"""Two groups compared on a share, such as reconviction."""

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.next_phase import SharesChoice
from pages.next_phase import asking


def choose(study: Study, measure: Measure | None) -> SharesChoice | None:
    """Ask for the two shares with the reason for the difference."""
    told = asking.shares()
    reason = asking.reason("shares")
    test, completion = asking.power(), asking.completion(as_in_the_pilot=False)
    if told is None:
        return None
    first, second = told
    return SharesChoice(from_percent=first, to_percent=second, reason=reason, test=test, completion_percent=completion)
