"""A report as a Word document."""

from __future__ import annotations

from evalcore.reporting.document.exhibits import write_exhibit
from evalcore.reporting.document.front import contents, write_title_page
from evalcore.reporting.document.house import house_of, our_house
from evalcore.reporting.document.markup import root
from evalcore.reporting.document.package import OFFICE, WORD, Package
from evalcore.reporting.document.pages import Paper
from evalcore.reporting.document.surroundings import add_letterhead, add_properties, add_settings, add_styles
from evalcore.reporting.document.tables import stands, write_table
from evalcore.reporting.document.writing import DOCUMENT, Writer
from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Report, Section, Subheading, Table

_NAMES = ("w", "r", "wp", "a", "pic")


def report_docx(report: Report, *, template: bytes | None = None) -> bytes:
    """Return a report as a Word document.

    Parameters
    ----------
    report : Report
        As `build_report` gives it; nothing of it is computed again.
    template : bytes, optional
        A .docx or .dotx file of the organisation: its styles, pages, headers and footers are used, its text is not.
        Styles that it lacks are added.

    Returns
    -------
    bytes
        A .docx file; the same report gives the same bytes.

    Raises
    ------
    UnreadableFileError
        Where the template is no Word file, is too large, holds macros or links, or the logo is no picture.

    Examples
    --------
    >>> from evalcore.reporting.model import Paragraph, Report, Section, Stamp
    >>> stamp = Stamp("Study", "0" * 64, "not kept", "", "2026-05-04T09:00:00+00:00", (), 0, "")
    >>> section = Section("summary", "Summary", (Paragraph("Nothing can be shown."),))
    >>> report_docx(Report("Report", "", "", "", stamp, (section,)))[:2]
    b'PK'
    """
    package = Package()
    house = our_house(package) if template is None else house_of(template, package)
    writer = Writer(package, house.styles.names, house.paper)
    writer.references = house.references
    write_title_page(writer, report)
    writer.end_pages(first_differs=house.first_differs)
    writer.references = add_letterhead(package, house, report)
    front = writer.mark()
    for place, one in enumerate(report.sections):
        writer.lay(wide=_lies(house.paper, one))
        writer.head(1, one.heading, new_page=not place)
        for block in one.blocks:
            _write(writer, block)
    writer.put(front, contents(writer, writer.headings))
    _add_document(package, writer.body())
    add_styles(package, house)
    add_settings(package, house)
    add_properties(package, report)
    return package.packed()


def _lies(paper: Paper, one: Section) -> bool:
    """Whether the pages of a section lie wide: where a table of its own asks for it, the words go with it."""
    own = (block for block in one.blocks if isinstance(block, Table))
    return not one.exhibits and any(stands(paper, table).wide for table in own)


def _write(writer: Writer, block: Block) -> None:
    """Write one block of a section."""
    if isinstance(block, Exhibit):
        write_exhibit(writer, block)
        return
    if isinstance(block, Paragraph):
        writer.say("EvaluatorsText" if block.own else "BodyText", block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            writer.say("ListBullet", item)
    elif isinstance(block, Subheading):
        writer.head(2, block.text)
    else:
        write_table(writer, block, block.label)


def _add_document(package: Package, body: str) -> None:
    xml = root("w:document", f"<w:body>{body}</w:body>", *_NAMES)
    package.relate("", f"{OFFICE}officeDocument", package.add(DOCUMENT, xml, f"{WORD}document.main+xml"))
