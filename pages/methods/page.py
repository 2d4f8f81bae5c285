"""Methods: how each number is made, where it comes from, and how far its source can be trusted."""

from pages._shared import components, state
from pages.methods import disclosure, glossary, journey, needs, questionnaires, sayings, standings, statistics


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Methods",
        "How each number is made, where it comes from, and how far its source can be trusted. This page is written from"
        " the same definitions that the dashboard computes with.",
    )
    journey.draw()
    standings.draw()
    questionnaires.draw(state.study())
    needs.draw()
    statistics.draw()
    sayings.draw()
    disclosure.draw()
    glossary.draw()


main()
