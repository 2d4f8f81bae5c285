"""The OASys needs of the pilot's people beside the caseload's, need by need."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.people.basis import People, Pilot, files_of, no_case_file, source_of, with_context
from evalcore.findings.people.mix import mix_caution
from evalcore.findings.people.need_chart import need_chart
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.need_rows import (
    NeedRow,
    by_difference,
    caseload_need_groups,
    need_groups,
    need_rows,
)
from evalcore.findings.people.need_words import need_sentence, need_title, notes_by_need, unassessed
from evalcore.findings.people.tables import frame_of
from evalcore.methods import definition

_STATISTICS = (
    "need_threshold",
    "need_unknown",
    "wilson",
    "pilot_minus_caseload",
    "pilot_out_of_caseload",
    "newcombe",
    "katz",
    "fisher",
    "holm",
)
_MIXED = ("sex", "age", "risk")
_SHOWN = "that are shown"
_NOTHING = "No OASys need is recorded in {where}. Add section scores or needs to the case file."
_UNSAID = "The shares stand in the table as far as they may be shown."
_ORDER = "The table keeps the order of OASys; the chart begins with the largest difference."
_NOT_OUTSIDE = "(not given outside)"
_RATIO = {"ratio": "Ratio", "ratio_ci_low": "Ratio: 95 % interval from", "ratio_ci_high": "Ratio: to"}
_TESTS = {"p_value": "p (Fisher)", "p_holm": "p, Holm-corrected"}


def needs_finding(people: People, site: str | None = None) -> Finding:
    """The share of people with each need, with its interval, and its difference from the caseload's.

    The table stands in the order of OASys, and outside the chart does too: an order by difference, and p values
    corrected for each other, would tell between which figures a hidden one lies.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    pilot = people.pilot(site)
    rows = need_rows(pilot)
    own = {group.key: group for group in caseload_need_groups(rows)}
    known = any(row.n for row in rows)
    return Finding(
        id=pilot.finding_id("needs"),
        title=need_title(pilot, rows),
        sentence=need_sentence(rows) if known else _nothing(pilot),
        caution=_caution(pilot, rows, outside=False) if known else "",
        chart=need_chart(by_difference(rows), pilot.n),
        table=_table(rows),
        columns=_columns(rows),
        groups={**with_context(pilot, need_groups), **own},
        trail=None,
        source=source_of(people),
        definition=definition(*_STATISTICS),
        outside=_outside(pilot, rows) if known else _nothing_outside(pilot, rows),
        by_site=pilot.by_site,
        notes=(_ORDER, *notes_by_need(pilot, rows)) if known else (),
        files=files_of(people),
        topic=f"OASys needs: {pilot.where}",
    )


def _nothing(pilot: Pilot) -> str:
    return _NOTHING.format(where=pilot.where) if pilot.n else no_case_file(pilot)


def _caution(pilot: Pilot, rows: Sequence[NeedRow], *, outside: bool) -> str:
    compared = any(row.compared for row in rows)
    assessed = assessed_with(pilot, outside=outside)
    known = () if outside else (unassessed([row for row in rows if row.n], pilot.n),)
    return " ".join((mix_caution(pilot, mixed=_MIXED, compared=compared, named=not outside), assessed, *known))


def _outside(pilot: Pilot, rows: Sequence[NeedRow]) -> OutsideForm:
    """Words about the needs whose counts may leave by the default policy: when one of them is hidden they go too."""
    told = [row for row in rows if row.may_leave]
    table = _table(rows)
    table[list(_TESTS)] = math.nan
    return OutsideForm(
        name="needs in the order of OASys, without tests",
        title=need_title(pilot, told, shown=_SHOWN) if told else f"OASys needs of {pilot.where}",
        sentence=need_sentence(told, shown=_SHOWN, tests=False) if told else _UNSAID,
        caution=_caution(pilot, rows, outside=True),
        chart=need_chart(rows, pilot.n),
        rests_on_rows=tuple(row.row for row in told),
        table=table,
        columns=_columns(rows, without=_NOT_OUTSIDE),
    )


def _nothing_outside(pilot: Pilot, rows: Sequence[NeedRow]) -> OutsideForm:
    return OutsideForm(name="", title=need_title(pilot, rows), sentence=_nothing(pilot), caution="", chart=None)


def _table(rows: Sequence[NeedRow]) -> pd.DataFrame:
    return frame_of([_line(row) for row in rows], [column.name for column in _columns(rows)], labels=("need",))


def _line(row: NeedRow) -> dict[str, object]:
    """One need; shares and their differences in per cent."""
    return {
        "need": row.label,
        "n": row.n,
        "k": row.k if row.n else None,
        "share": 100 * row.rate,
        "ci_low": 100 * row.ci_low,
        "ci_high": 100 * row.ci_high,
        "caseload_n": row.caseload_n,
        "caseload_k": row.caseload_k,
        "caseload_share": 100 * row.caseload_rate,
        "difference": 100 * row.difference,
        "difference_ci_low": 100 * row.difference_ci_low,
        "difference_ci_high": 100 * row.difference_ci_high,
        **dict(zip(_RATIO, row.ratio, strict=True)),
        "p_value": row.p_value,
        "p_holm": row.p_holm,
    }


def _columns(rows: Sequence[NeedRow], *, without: str = "") -> tuple[Column, ...]:
    assessed = tuple((row.keys[0],) for row in rows)
    holders = tuple(row.keys[1:] for row in rows)
    beside = tuple((row.caseload_key,) if row.caseload_key else () for row in rows)
    both = tuple((*own, *other) for own, other in zip(assessed, beside, strict=True))
    return (
        Column("need", "Need", "label"),
        Column("n", "Assessed", "fieldwork", groups=assessed),
        Column("k", "With the need", "characteristic", groups=assessed, holders=holders),
        Column("share", "Share (%)", "rate", 1, assessed, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, assessed, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, assessed, follows="share"),
        Column("caseload_n", "Caseload: assessed", "fieldwork", groups=beside),
        Column("caseload_k", "Caseload: with the need", "characteristic", groups=beside),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, beside, follows="caseload_k"),
        Column("difference", "Difference (percentage points)", "test", 1, both, follows="share"),
        Column("difference_ci_low", "Difference: 95 % interval from", "interval", 1, both, follows="difference"),
        Column("difference_ci_high", "Difference: to", "interval", 1, both, follows="difference"),
        *(
            Column(name, label, "test" if name == "ratio" else "interval", 2, both, follows="difference")
            for name, label in _RATIO.items()
        ),
        *(
            Column(name, f"{label} {without}".strip(), "test", 3, both, follows="difference")
            for name, label in _TESTS.items()
        ),
    )
