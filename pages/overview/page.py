"""Overview: what the study holds, and for each measure who took part and what changed."""

from pages._shared import cache, components, state
from pages.overview import cards, contents


def main() -> None:
    """Draw the page."""
    components.page_title("Overview", "What the study holds, who took part, and what can be said so far.")
    study = state.shown()
    if not study.intakes:
        components.empty("This study holds no data yet.", "Add a questionnaire file")
        return
    contents.draw(study)
    if not cache.find_measures(study):
        components.empty("This study has no answered questionnaire yet.", "Add a questionnaire file")
        return
    cards.draw(study)


main()
