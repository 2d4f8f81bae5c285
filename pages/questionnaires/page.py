"""Questionnaires: one measure's scores, norms, answers, what was left out, and how far its items agree."""

from pages._shared import cache, components, state
from pages.questionnaires import items, norms, scores


def main() -> None:
    """Draw the page."""
    norms.check_link()
    components.page_title(
        "Questionnaires",
        "One questionnaire at a time: its scores, how they lie beside published ones, and how far it can be trusted.",
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
    for section in (scores, norms, items):
        section.draw(study, measure, site)


main()
