"""What leaves: what would be hidden and why, how a figure looks outside, what has left, and the rules."""

from pages._shared import components, state
from pages.what_leaves import hidden, left, looks, rules


def main() -> None:
    """Draw the page."""
    components.page_title(
        "What leaves",
        "What may leave this screen: what is hidden in a file to share and why, how each figure then looks, what has"
        " left already, and the rules.",
    )
    study = state.study()
    hidden.draw()
    looks.draw()
    left.draw(study)
    rules.draw(study)


main()
