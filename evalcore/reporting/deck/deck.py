"""The report as slides: one finding a slide, for a workshop or a board."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.reporting.deck.closing import add_policy, add_stamp, add_workshops
from evalcore.reporting.deck.design import plain_deck
from evalcore.reporting.deck.finding import add_finding
from evalcore.reporting.deck.opening import add_opening, add_what_it_says
from evalcore.reporting.deck.slides import Deck
from evalcore.reporting.deck.template import open_template
from evalcore.reporting.deck.written import written
from evalcore.reporting.model import Report


def report_pptx(report: Report, *, order: Sequence[str] | None = None, template: bytes | None = None) -> bytes:
    """Render a report as a PowerPoint deck.

    A first slide; what the findings can and can not say; one finding a slide, with its title, a native chart or table,
    what to take care of, and everything else in the notes; a slide for each workshop that was held; where it all comes
    from. The same report gives the same bytes.

    Parameters
    ----------
    report : Report
    order : sequence of str, optional
        Identifiers of findings, in the order of the slides; None: all, in the order of the report. One that stands in
        a section that was left out of the report has no slide, and the second slide says so.
    template : bytes, optional
        An organisation's .pptx or .potx file: its size, layouts, colours and typefaces are used, its slides are not.

    Returns
    -------
    bytes
        A .pptx file.

    Raises
    ------
    UnreadableFileError
        Where the template is no PowerPoint file, is too large, holds macros, or takes something from outside the file;
        where the logo is no picture.

    Examples
    --------
    >>> from evalcore.reporting.build import build_report
    >>> from evalcore.reporting.told import tell
    >>> from evalcore.study import Study
    >>> study = Study.empty()
    >>> report = build_report(study, tell(study), made_at="2026-05-04T09:00:00+00:00")
    >>> report_pptx(report)[:2]
    b'PK'
    """
    known = {one.finding: one for one in report.exhibits}
    wanted = dict.fromkeys(known if order is None else order)
    shown = [known[one] for one in wanted if one in known]
    deck = Deck(plain_deck() if template is None else open_template(template), report.title)
    add_opening(deck, report)
    add_what_it_says(deck, report, shown, left_out=len(wanted) - len(shown))
    for exhibit in shown:
        add_finding(deck, exhibit)
    add_workshops(deck, report)
    add_policy(deck, report)
    add_stamp(deck, report)
    return written(deck.file, report)
