"""Workshop: the running order, the screens in front of the room, and what the room said."""

from pages._shared import cache, components, state
from pages.workshop import begin, held, order, present


def main() -> None:
    """Draw the builder; or, where the address names a screen, that screen and nothing else."""
    if state.choice(state.PRESENT):
        present.draw()
        return
    components.page_title(
        "Workshop",
        "Show the findings to the people who ran the programme, one a screen, and keep what they say. What the room"
        " sees obeys the rules for what leaves.",
    )
    for part in (begin.draw, order.draw, held.draw):
        components.guarded(part)
    cache.warm_up_pictures()


main()
