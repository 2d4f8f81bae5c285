"""Before and after: one measure, what changed, for whom, and how much of it can be said. One part at a time."""

from pages._shared import cache, components, controls, state
from pages.before_after.parts import PARTS, WITH_CHOICES


def main() -> None:
    """Draw the page: only the part that is chosen is computed."""
    state.valid_choice(state.PART, {part: label for part, (label, _) in PARTS.items()}, "part of this page")
    for section in WITH_CHOICES:
        section.check_link()
    components.page_title(
        "Before and after", "One questionnaire at a time: what changed, for whom, and how much of it can be said."
    )
    study = state.shown()
    if not cache.find_measures(study):
        components.empty("This study has no answered questionnaire yet.", "Add a questionnaire file")
        return
    measure = components.choose_measure()
    if measure is None:
        components.nobody_chosen()
        return
    part = controls.segments(state.PART, "Part", {part: label for part, (label, _) in PARTS.items()})
    state.write_address()
    for section in PARTS[part][1]:
        section.draw(study, measure, components.chosen_site())


main()
