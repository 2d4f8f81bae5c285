"""A finding on a page: its words, its chart, and folded away its table, who is behind it and its definitions."""

from __future__ import annotations

from evalcore.figures.theme import HIDDEN
from evalcore.reporting.model import Exhibit, Table
from evalcore.reporting.web.blocks import bullets_html, table_html
from evalcore.reporting.web.charts import chart_html
from evalcore.reporting.web.markup import Markup, lines, tag


def exhibit_html(exhibit: Exhibit, identifier: str) -> Markup:
    """Return one finding as an article; the page around it brings looks and script.

    Parameters
    ----------
    exhibit : Exhibit
        As it may leave.
    identifier : str
        No other element of the page has it, nor one that begins with it and a dash.

    >>> shown = Exhibit("holds.study", "Contents", "1 < 2", "One.", "", None, 0, None, None, "Files.", "")
    >>> exhibit_html(shown, "finding-1").splitlines()[1]
    '<h3>1 &lt; 2</h3>'
    """
    inside = lines(
        tag("p", exhibit.message, class_="message") if exhibit.message else "",
        tag("h3", exhibit.title),
        tag("p", exhibit.planned, class_="planned") if exhibit.planned else "",
        tag("p", exhibit.sentence, class_="sentence"),
        _figure(exhibit, identifier),
        _said("Take care", exhibit.caution, "caution"),
        _listed("Why nothing stronger is said", exhibit.reasons),
        _listed("Other explanations that are registered", exhibit.rivals),
        _said("What was hidden", exhibit.hidden, "hidden"),
        _said("Source", exhibit.source, "source"),
        _folded_table(exhibit, identifier),
        _behind(exhibit, identifier),
        tag("details", tag("summary", "Definitions"), tag("p", exhibit.definition)) if exhibit.definition else "",
    )
    return tag("article", Markup(f"\n{inside}\n"), class_="exhibit", id=identifier)


def _figure(exhibit: Exhibit, identifier: str) -> Markup:
    if exhibit.chart is None:
        return Markup()
    how = exhibit.chart.how_to_read
    caption = tag("figcaption", tag("p", exhibit.caption), tag("p", how, class_="how") if how else "")
    return tag("figure", chart_html(exhibit.chart, f"{identifier}-numbers", exhibit.sentence), caption)


def _said(name: str, text: str, class_: str) -> Markup:
    return tag("p", tag("strong", f"{name}:"), " ", text, class_=class_) if text else Markup()


def _listed(name: str, items: tuple[str, ...]) -> Markup:
    return tag("div", tag("p", tag("strong", f"{name}:")), bullets_html(items), class_="listed") if items else Markup()


def _folded_table(exhibit: Exhibit, identifier: str) -> Markup:
    """The table, open where no chart shows what it holds."""
    if exhibit.table is None:
        return Markup()
    return _folded(
        exhibit, exhibit.table, "The numbers in a table", f"{identifier}-table", opened=exhibit.chart is None
    )


def _behind(exhibit: Exhibit, identifier: str) -> Markup:
    if exhibit.trail is None:
        return Markup()
    return _folded(exhibit, exhibit.trail, "Who is behind it", f"{identifier}-behind")


def _folded(exhibit: Exhibit, table: Table, name: str, identifier: str, *, opened: bool = False) -> Markup:
    held = table_html(table, identifier, explained=HIDDEN in exhibit.hidden)
    return tag("details", tag("summary", name), held, class_="table", open=opened)
