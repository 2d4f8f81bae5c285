"""The only place from which results leave: the outside form by default, a working copy by a deliberate act."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from evalcore.disclosure import Release
from evalcore.disclosure.said import hidden_lines
from evalcore.figures import theme
from evalcore.figures.plotly_drawer import self_contained
from evalcore.findings import Column, Finding
from evalcore.reporting.files import KINDS
from evalcore.reporting.model import Table
from evalcore.wording import upper_first
from pages._shared import leaving, state, telling
from pages._shared.reports import REPORT

INTERNAL = "INTERNAL_"
_CSV, _HTML, _TEXT, _JSON = "text/csv", "text/html", "text/plain", "application/json"
_STUDY, _ZIP = "application/octet-stream", "application/zip"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TO_FETCH = 2.0  # seconds
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TO_SHARE = "To share: written by the policy below."
_NOT_TO_SHARE = "INTERNAL: a working copy with nothing hidden. Not to be shared."


def offer(finding: Finding) -> None:
    """Offer a finding for download: what may leave, what was hidden and why, and a working copy behind a tick box."""
    release = leaving.releases(finding)
    shared = release.findings[0]
    _say_hidden(release)
    record = partial(leaving.record_share, shared, leaving.so_far())
    lines = outside_lines(shared, release)
    name = file_name(finding)
    row = st.container(horizontal=True)
    with row:
        _button("Table to share (CSV)", table_file(shared, lines), f"{name}.csv", _CSV, record)
        if shared.chart is not None:
            # Made at once: a file deferred to the click can lose its answer in the rerun that records the export.
            page = self_contained(shared.chart, title=shared.title, lines=lines)
            _button("Figure to share (web page)", page, f"{name}.html", _HTML, record)
    _working_copy(finding, name)


def _working_copy(finding: Finding, name: str) -> None:
    """The screen's own form, for the evaluator only."""
    if not st.checkbox(
        "Working copy: nothing is hidden in it, and it must not be shared", key=f"internal {finding.id}"
    ):
        return
    lines = [_NOT_TO_SHARE, *_words(finding)]
    record = partial(leaving.record_internal, finding.id)
    with st.container(horizontal=True):
        _button(
            "Working copy of the table (CSV)",
            table_file(finding, lines),
            f"{INTERNAL}{name}.csv",
            _CSV,
            record,
        )
        if finding.chart is not None:
            page = self_contained(finding.chart, title=f"INTERNAL: {finding.title}", lines=lines)
            _button("Working copy of the figure (web page)", page, f"{INTERNAL}{name}.html", _HTML, record)


def offer_internal_table(table: pd.DataFrame, name: str, label: str) -> None:
    """Offer a table that quotes the files themselves; it is a working copy by nature and says so in its name."""
    data = rows_file(table, _NOT_TO_SHARE)
    _button(label, data, f"{INTERNAL}{name}.csv", _CSV, partial(leaving.record_internal, name))


def offer_template(data: bytes, name: str, label: str) -> None:
    """Offer an empty table to fill in; a name that ends in .xlsx is a workbook's, any other a CSV file's."""
    if name.endswith(".xlsx"):
        _button(label, data, name, _XLSX, _nothing)
    else:
        _button(label, data, f"{name}.csv", _CSV, _nothing)


def offer_paragraph(release: Release, paragraph: str) -> None:
    """Offer a paragraph that was written from a finding as released."""
    shared = release.findings[0]
    text = "\n".join([paragraph, "", *(f"Policy: {line}" for line in release.policy)])
    name = f"{file_name(shared)}_paragraph.txt"
    _button("Paragraph to share (text)", text, name, _TEXT, partial(leaving.record_share, shared, leaving.so_far()))


def offer_plan(text: str, data: str) -> None:
    """Offer the analysis plan to read or to register, and as the file that can be read back."""
    _button("Plan to share (text)", text, "analysis_plan.txt", _TEXT, _nothing)
    _button("Plan to share (file to read back)", data, "analysis_plan.json", _JSON, _nothing)


def offer_log(held: Table) -> None:
    """Offer the validation log of a workshop: tallies of groups, never of single people."""
    rows = pd.DataFrame(held.written, columns=list(held.headings), dtype="str")
    _button("Log to share (CSV)", rows_file(rows), "validation_log.csv", _CSV, _nothing)


def offer_report(files: Mapping[str, bytes], findings: Sequence[str]) -> None:
    """Offer the files of a report; taking one records that the findings in it have left."""
    record = partial(telling.record_left, REPORT, findings, telling.told())
    with st.container(horizontal=True):
        for kind, data in files.items():
            about = KINDS[kind]
            label = f"{about.label} to share ({about.ending.upper()})"
            _button(label, data, f"report.{about.ending}", about.mime, record)


def offer_reproduction() -> None:
    """Offer the scripts that print the main numbers again, and the data that they run beside."""
    with st.expander("Scripts that print the main numbers again", key="reproduction", on_change="rerun") as part:
        if not part.open:
            return
        from evalcore.reporting.reproduce import data_zip, reproduction_zip

        st.markdown(
            "A script in Python and one in R, to share. They hold no data: put them beside the data files, which are a"
            " working copy with everybody's answers."
        )
        study = state.shown()
        with st.container(horizontal=True):
            _button("Scripts to share (ZIP)", reproduction_zip(study), "main_numbers.zip", _ZIP, _nothing)
            record = partial(leaving.record_internal, "study tables")
            _button("Working copy of the data (ZIP)", data_zip(study), f"{INTERNAL}data.zip", _ZIP, record)


def offer_study_file(data: bytes, name: str) -> None:
    """Offer the whole study as a file; it holds everything about everyone, and says so in its name."""
    record = partial(leaving.record_internal, "study file")
    _button("Working copy of the whole study", data, f"{INTERNAL}{name}.study", _STUDY, record)


def _button(label: str, data: bytes | str, name: str, mime: str, on_click: Callable[[], None]) -> None:
    with st.container(width="content"):
        _drawn_alone(label, data, name, mime, on_click)


@st.fragment
def _drawn_alone(label: str, data: bytes | str, name: str, mime: str, on_click: Callable[[], None]) -> None:
    """One download. A click draws this button alone, and the page a moment later.

    The framework drops a session's files when it begins to draw the whole page, and when another session's page is done
    meanwhile they are gone: on a busy server a browser then asked for a file in vain.
    """
    if st.download_button(label, data, file_name=name, mime=mime, key=f"download {name}", on_click=on_click):
        _draw_page_later()


def _draw_page_later() -> None:
    """Draw the whole page once the browser has had the time to fetch the file: what may leave now may have changed."""
    waited: list[bool] = []

    @st.fragment(run_every=_TO_FETCH)
    def wait() -> None:
        if waited:
            st.rerun()
        waited.append(True)

    wait()


def _say_hidden(release: Release) -> None:
    """What was hidden and why, and the policy that hid it."""
    hidden = release.hidden
    if len(hidden):
        st.text("Hidden or changed in what is shared:")
        reasons = dict.fromkeys(zip(hidden["row"], hidden["column"], hidden["reason"], strict=True))
        grouped: dict[str, list[str]] = {}
        for row, column, reason in reasons:
            grouped.setdefault(reason, []).append(f"{row}: {column}" if row else column)
        for reason, places in grouped.items():
            st.text(f"• {upper_first(reason)} ({_some(places)}).")
    else:
        st.text("Nothing has to be hidden in what is shared.")
    st.caption("The rules, printed with every file: " + " ".join(release.policy))


def _some(places: list[str], most: int = 6) -> str:
    unique = list(dict.fromkeys(places))
    more = f" and {len(unique) - most} more" if len(unique) > most else ""
    return "; ".join(unique[:most]) + more


def outside_lines(shared: Finding, release: Release) -> list[str]:
    """Return the sentences that stand under whatever leaves: words, source, definition, what was hidden, the policy."""
    lines = [_TO_SHARE, *_words(shared), *hidden_lines(shared, release)]
    return [*lines, *(f"Policy: {line}" for line in release.policy)]


def _words(finding: Finding) -> list[str]:
    lines = [finding.title, finding.sentence, finding.caution, *finding.reasons, *finding.notes, finding.planned]
    lines += [f"Another explanation: {rival}" for rival in finding.rivals]
    return [line for line in [*lines, f"Source: {finding.source}", f"Definition: {finding.definition}"] if line]


def file_name(finding: Finding) -> str:
    """Return a file name that holds nothing from a file: the finding's identifier.

    >>> from evalcore.findings import build
    >>> from evalcore.sample import sample_study
    >>> file_name(build("holds", sample_study()))
    'holds_study'
    """
    return finding.id.replace(".", "_")


def table_file(finding: Finding, lines: Iterable[str]) -> bytes:
    """Write a finding's table as CSV for a spreadsheet, with `lines` under it."""
    shown = [column for column in finding.columns if column.name in finding.table.columns]
    cells = [[_cell(value, column) for value in finding.table[column.name].tolist()] for column in shown]
    rows = [[column.label for column in shown], *zip(*cells, strict=True), [], *([line] for line in lines)]
    return _spreadsheet(rows)


def rows_file(table: pd.DataFrame, *lines: str) -> bytes:
    """Write a table as it is, as CSV for a spreadsheet, with lines under it."""
    cells = [[_cell(value) for value in row] for row in table.to_numpy(object)]
    under: list[list[object]] = [[], *([line] for line in lines)] if lines else []
    return _spreadsheet([list(table.columns), *cells, *under])


def _cell(value: object, column: Column | None = None) -> object:
    """One cell: numbers rounded as on screen and never made to look more exact, blanks for what is missing."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if not isinstance(value, float):
        return value
    decimals = None if column is None else column.decimals
    if column is not None and theme.is_tiny_p(value, column):
        return theme.TINY_P
    rounded = round(value, 10 if decimals is None else decimals)
    return int(rounded) if rounded == int(rounded) and not decimals else rounded


def _spreadsheet(rows: Iterable[Iterable[object]]) -> bytes:
    """CSV with a byte order mark, in which no cell is taken for a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def safe(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula; numbers stay numbers.

    >>> safe("=1+1"), safe(-0.5), safe("all")
    ("'=1+1", -0.5, 'all')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _nothing() -> None:
    """A template holds nobody: nothing is recorded."""
