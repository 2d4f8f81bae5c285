"""Before and after: one measure, who answered when, what changed, and who did not come back."""

from pages._shared import cache, components, state
from pages.before_after import change, circumstances, groups, leavers, near_misses, people, times

SECTIONS = (groups, change, near_misses, times, circumstances, leavers, people)


def main() -> None:
    """Draw the page."""
    times.check_link()
    components.page_title(
        "Before and after", "One questionnaire at a time: who answered when, what changed, and who did not come back."
    )
    study = state.shown()
    if not cache.find_measures(study):
        components.empty("This study has no answered questionnaire yet.", "Add a questionnaire file")
        return
    measure = components.choose_measure()
    if measure is None:
        components.nobody_chosen()
        return
    site = components.chosen_site()
    for section in SECTIONS:
        section.draw(study, measure, site)


main()
