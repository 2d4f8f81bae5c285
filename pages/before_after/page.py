"""Before and after: one measure, who answered when, what changed, and who did not come back."""

from evalcore import Study
from evalcore.findings import Measure
from pages._shared import cache, components, state
from pages.before_after import change, groups, leavers, people


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Before and after", "One questionnaire at a time: who answered when, what changed, and who did not come back."
    )
    study = state.study()
    if not cache.find_measures(study):
        components.empty("This study has no answered questionnaire yet.", "Add a questionnaire file")
        return
    measure = choose_measure(study)
    if measure is None:
        components.nobody_chosen()
        return
    site = components.chosen_site()
    for section in (groups, change, leavers, people):
        section.draw(study, measure, site)


def choose_measure(study: Study) -> Measure | None:
    """Let a person choose among the measures that the people chosen in the sidebar answered."""
    offered = {measure.slug: measure for measure in components.chosen_measures()}
    if not offered:
        return None
    labels = {slug: measure.label for slug, measure in offered.items()}
    picked = state.select(state.MEASURE, "Measure", labels)
    state.write_address()
    return offered[picked]


main()
