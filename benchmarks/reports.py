"""The report of the sample study: what may be told, each format, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import evalcore
from benchmarks.measuring import Line, median_seconds, seconds
from evalcore.reporting.build import build_report
from evalcore.reporting.files import KINDS, render
from evalcore.reporting.told import tell

_AT = "2026-05-04T09:00:00+00:00"
_FOUR = ("document", "slides", "workbook", "web")
_WHOLE = 10.0


def lines() -> Iterator[Line]:
    """Lines of the table; the whole is what a person waits for after one click."""
    study = evalcore.sample_study()
    yield Line("What may be told: first time", 1.0, seconds(partial(tell, study)))
    told = tell(study)
    report = build_report(study, told, made_at=_AT)
    order = [screen.finding for screen in told.order]
    taken = {kind: median_seconds(partial(render, report, kind, order=order), 3) for kind in KINDS}
    for kind, each in taken.items():
        size = len(render(report, kind, order=order)) / 1e6
        yield Line(f"Report, {KINDS[kind].label.lower()}", _WHOLE, each, remark=f"{size:.1f} MB")
    yield Line("Report in four formats", _WHOLE, sum(taken[kind] for kind in _FOUR))
    yield Line("Report in every format", _WHOLE, sum(taken.values()))
