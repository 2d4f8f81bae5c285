"""Report: what stands in it, how it reads, and every file of it."""

from pages._shared import components
from pages.report import files, preview, words


def main() -> None:
    """Draw the page; a part that can not be drawn leaves the others standing."""
    components.page_title(
        "Report",
        "Every file from the same findings: a document, slides, a workbook, a web page and the figures. All of them"
        " obey the rules for what leaves.",
    )
    for part in (files.draw, words.draw, preview.draw):
        components.guarded(part)


main()
