"""The shared pieces of every page: the sidebar, one way to show a finding, empty states, and the guard around a page.

Text that may hold a label from a file goes through `plain`, so that nothing in it is read as Markdown or HTML.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from evalcore.columns import ROLE_GROUPS, SERVICE_USER
from evalcore.errors import EvalcoreError
from evalcore.figures import theme
from evalcore.figures.plotly_drawer import CONFIG, draw
from evalcore.findings import Column, Finding, Measure, step_columns, steps_table
from evalcore.reporting.model import Table
from evalcore.wording import joined, upper_first
from pages._shared import cache, controls, downloads, leaving, state, telling

WAVE_NAMES = {"before": "Before", "after": "After"}
"""The two waves as the address and a reader call them."""

_LOG = logging.getLogger(__name__)
_NOT_SHOWN = "This part could not be shown. Your data is as it was: choose another page, or load the page again."
# An underscore inside a word is no mark; escaped, a screen reader would read its backslash in a label.
_MARKS = re.compile(r"([\\`*\[\]<>$~#|{}!]|_(?![^\W_])|(?<![^\W_])_)")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")
_LINKS = re.compile(r"(https?:|www\.|@)", re.IGNORECASE)
_JOINER = "\u2060"
_MARK = "†"
_NOTHING_HIDDEN = "Nothing in this table is hidden in a file that leaves this page."


def plain(text: str) -> str:
    """Return `text` for a place that reads Markdown, such that it is shown letter for letter."""
    escaped = _MARKS.sub(r"\\\1", " ".join(text.split()))
    escaped = _LINKS.sub(lambda found: f"{found[0][:-1]}{_JOINER}{found[0][-1]}{_JOINER}", escaped)
    return _LIST_MARK.sub(lambda found: f"{found[1]}{_JOINER}{found[2]}{found[3]}", escaped)


def page_title(title: str, lead: str) -> None:
    """Show a page's heading and what it is for."""
    st.title(title, anchor=False)
    st.markdown(lead)
    for what in state.lost_choices():
        st.warning(f"The link names a {what} that is not in this study, so it was left out.")


def chosen_roles() -> tuple[str, ...] | None:
    """Return the roles of the chosen group; None for everyone."""
    chosen = state.choice(state.GROUP)
    return next((roles for name, roles in ROLE_GROUPS.items() if _slug(name) == chosen), None)


def chosen_site() -> str | None:
    """Return the chosen site as the file calls it; None for all sites."""
    chosen, sites = state.choice(state.SITE), cache.find_sites(state.shown())
    return sites[int(chosen) - 1] if chosen.isdigit() and 0 < int(chosen) <= len(sites) else None


def chosen_measures() -> tuple[Measure, ...]:
    """Return the measures that somebody among the chosen people answered."""
    return cache.find_measures(state.shown(), chosen_roles(), chosen_site())


def choose_measure() -> Measure | None:
    """Let a person choose among the measures that the people chosen in the sidebar answered; None if there is none."""
    offered = {measure.slug: measure for measure in chosen_measures()}
    if not offered:
        return None
    picked = controls.select(state.MEASURE, "Measure", {slug: measure.label for slug, measure in offered.items()})
    state.write_address()
    return offered[picked]


def sidebar() -> None:
    """Show the choices that hold for every page, and what the session holds."""
    confirmed = state.study().exactly_matched() is not state.study()
    matches = {"": "Counted", state.EXACT: "Left out"} if confirmed else {}
    state.valid_choice(state.MATCHES, matches, "choice about near misses")
    study = state.shown()
    measures = cache.find_measures(study)
    present = dict.fromkeys(measure.group for measure in measures)
    groups = {"": "Everyone", **{_slug(name): upper_first(name) for name in present if name in ROLE_GROUPS}}
    sites = {"": "All sites", **{str(at): name for at, name in enumerate(cache.find_sites(study), start=1)}}
    state.valid_choice(state.GROUP, groups, "group of people")
    state.valid_choice(state.SITE, sites, "site")
    state.valid_choice(state.MEASURE, {measure.slug: measure.label for measure in measures}, "measure")
    state.valid_choice(state.WAVE, WAVE_NAMES, "wave")
    if presents():
        state.write_address()
        return
    with st.sidebar:
        controls.select(state.GROUP, "People", groups)
        controls.select(state.SITE, "Site", sites)
        if confirmed:
            controls.select(state.MATCHES, "Confirmed near misses", matches)
        st.markdown(f"**Study:** {plain(study.name)}")
        st.caption(_how_kept())
    state.write_address()


def presents() -> bool:
    """Whether a screen is shown to a room, and nothing of the dashboard beside it."""
    return bool(state.choice(state.PRESENT))


def _how_kept() -> str:
    kept = state.kept()
    if kept is not None:
        unsaved = "The last change is not saved." if state.is_at_risk() else f"Saved as version {kept.version}."
        return f"Kept on this machine. {unsaved}"
    return "Everyone in the sample study is invented." if state.is_sample() else "Not kept."


def show(
    finding: Finding,
    *,
    open_table: bool = False,
    table_label: str = "Table",
    mark_hidden: bool = False,
    chart: bool = True,
) -> None:
    """Show one finding: title, sentence, chart, caution, how to read it, table, trail, source, and what may leave.

    `open_table` puts the table in the open; else it is one click away under `table_label`. `mark_hidden` marks in it
    what would be hidden in a file that leaves. `chart=False` leaves the chart to the part of the page that draws it.
    """
    st.subheader(plain(finding.title), anchor=False)
    st.text(finding.sentence)
    if finding.reasons:
        why = "\n".join(f"- {plain(reason)}" for reason in finding.reasons)
        st.markdown("**Why is nothing stronger said?**", help=f"Nothing stronger is said, because:\n\n{why}")
    if chart and finding.chart is not None:
        figure = draw(finding.chart, dark=st.context.theme.type == "dark")
        st.plotly_chart(figure, theme=None, config=CONFIG, key=f"chart {finding.id}", alt=finding.sentence)
        st.caption(f"How to read it: {plain(finding.chart.how_to_read)}")
    if finding.caution:
        st.markdown(f"**Take care.** {plain(finding.caution)}")
    if finding.rivals:
        st.markdown(f"**Other explanations.** {plain(joined(finding.rivals))}")
    if finding.planned:
        st.caption(plain(finding.planned))
    _details(finding, open_table, table_label, mark_hidden)


def _details(finding: Finding, open_table: bool, table_label: str, mark_hidden: bool) -> None:
    """What stands under each finding: its table, the people to look at, its trail and definitions, its downloads."""
    if open_table:
        _table(finding, mark_hidden)
    else:
        with _folded(finding, table_label) as table:
            if table.open:
                _table(finding, mark_hidden)
    if finding.people is not None and len(finding.people):
        with _folded(finding, "Which people (only on this screen)") as named:
            if named.open:
                st.table(finding.people.astype(str).map(plain), hide_index=True, alt="People to look at")
    with _folded(finding, "Who is behind it, source and definitions") as behind:
        if behind.open:
            _behind(finding)
    with _folded(finding, "Downloads, and what is hidden outside") as leaving:
        if leaving.open:
            downloads.offer(finding)
    telling.add_button(finding)


def _table(finding: Finding, mark_hidden: bool) -> None:
    """The finding's table, if it has a row, with its notes; `mark_hidden` marks what a file that leaves would hide."""
    marked, about_marks = _hidden_outside(finding) if mark_hidden and len(finding.table) else (None, "")
    if len(finding.table):
        result_table(finding.table, finding.columns, alt=f"Table: {finding.title}", marked=marked)
    for note in (about_marks, *finding.notes):
        if note:
            st.caption(plain(note))


def _hidden_outside(finding: Finding) -> tuple[pd.DataFrame | None, str]:
    """Which cells of a finding's table are hidden in a file that leaves, and the sentence about it.

    No cells where that file has another table.
    """
    outside = leaving.releases(finding).findings[0].table.reset_index(drop=True)
    if list(outside.columns) != list(finding.table.columns) or len(outside) != len(finding.table):
        return None, f"A file that leaves this page has another table: {finding.outside.name or 'less detail'}."
    gone = outside.isna().all() & ~finding.table.isna().all()
    labels = [column.label for column in finding.columns if gone[column.name]]
    said = f" Left out altogether: {joined(labels)}." if labels else ""
    hidden = outside.isin([theme.HIDDEN])
    if hidden.to_numpy().any():
        return hidden, f"{_MARK} Hidden in every file that leaves this page, because few people are behind it.{said}"
    return hidden, f"Nothing else in this table is hidden in a file that leaves.{said}" if said else _NOTHING_HIDDEN


def _behind(finding: Finding) -> None:
    """Who is behind the figure and who is missing, where it comes from, and what its statistics are."""
    if finding.id.startswith("holds."):
        st.text("This counts rows and people as they stand in the files, before any matching.")
    elif finding.trail is not None and not finding.id.startswith("trail."):
        result_table(steps_table(finding.trail), step_columns(), alt="From the people asked to those in the figure")
    if finding.files:
        st.text(f"Files: {', '.join(finding.files)}")
    st.text(finding.source)
    st.text(finding.definition)


def _folded(finding: Finding, label: str):
    """A part that is built only while it is open."""
    return st.expander(label, key=f"{label} {finding.id}", on_change="rerun")


def result_table(
    values: pd.DataFrame, columns: tuple[Column, ...], *, alt: str, marked: pd.DataFrame | None = None
) -> None:
    """Show a small table that a screen reader can read, its values written as `columns` ask; mark what is hidden."""
    written = theme.table(values, columns).map(plain)
    if marked is not None:
        named = {column.label: marked[column.name] for column in columns if column.name in marked}
        for label, hidden in named.items():
            written[label] = written[label].where(~hidden.to_numpy(), written[label] + f" {_MARK}")
    st.table(written, hide_index=True, alt=alt)


def report_table(held: Table) -> None:
    """Show a table of the report as every file of it writes it."""
    written = pd.DataFrame(held.written, columns=list(held.headings), dtype="str").map(plain)
    st.table(written, hide_index=True, alt=held.caption)


def empty(sentence: str, action: str, target: str = "pages/add_data/page.py") -> None:
    """Show that there is nothing to show: one sentence and one thing to do."""
    st.info(plain(sentence))
    st.page_link(target, label=action)


def nobody_chosen() -> None:
    """Show that the sidebar's choices leave nobody, and a way out."""
    st.info("Nobody among the people and the site chosen in the sidebar answered a questionnaire.")
    if st.button("Show everyone at all sites"):
        state.choose(state.GROUP, "")
        state.choose(state.SITE, "")
        st.rerun()


def only_service_users(reason: str) -> None:
    """Say that a page shows service users although another group is chosen in the sidebar."""
    roles = chosen_roles()
    if roles is not None and SERVICE_USER not in roles:
        st.info(f"{plain(reason)}: the group chosen in the sidebar does not change this page.")


def guarded(run: Callable[[], None]) -> None:
    """Run a part of the page; whatever goes wrong is said in words, and only its kind and its place are logged."""
    message = attempted(run, _NOT_SHOWN)
    if message:
        st.error(plain(message))


def attempted(run: Callable[[], None], otherwise: str) -> str:
    """Run something; return what to say if it went wrong: `otherwise` where the reason is no sentence for a reader."""
    try:
        run()
    except EvalcoreError as problem:
        return str(problem)
    except Exception as problem:  # noqa: BLE001 - the one place; nothing about a person may reach a log or the screen
        _LOG.error("A part of the page failed: %s at %s", type(problem).__name__, _places(problem))
        return otherwise
    return ""


def _places(problem: Exception) -> str:
    """Where in the code it went wrong, innermost last: files and lines, which hold nobody's data."""
    return ", ".join(
        f"{Path(frame.filename).stem}:{frame.lineno}" for frame in traceback.extract_tb(problem.__traceback__)
    )


def _slug(name: str) -> str:
    return name.replace(" ", "-")
