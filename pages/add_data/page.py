"""Add data: upload files, answer what they leave open, see what was recognised and every doubt, download templates."""

from pages._shared import components, state
from pages.add_data import files, large, people, problems, rows, templates, upload


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Add data", "Files are read on this computer and sent nowhere. Each row is counted, and each doubt is listed."
    )
    upload.draw()
    large.draw()
    study = state.study()
    files.draw(study)
    people.draw(study)
    rows.draw(study)
    problems.draw(study)
    templates.draw()


main()
