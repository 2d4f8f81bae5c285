"""Studies: keep the one that is open, take it along, open another, go back to a version, take a person out."""

from functools import partial

from pages._shared import components
from pages.studies import kept, open_file, open_study, shelf, take_along, versions, withdrawal


def main() -> None:
    """Draw the page; a part that can not be drawn leaves the others standing."""
    components.page_title(
        "Studies",
        "Keep a study on this machine, take it along as a file, open another, or go back to how it was before.",
    )
    held = shelf.look()
    parts = (
        partial(open_study.draw, held),
        take_along.draw,
        open_file.draw,
        partial(kept.draw, held),
        partial(versions.draw, held),
        withdrawal.draw,
    )
    for part in parts:
        components.guarded(part)


main()
