"""One plan in the form for the screen and in the form that may leave, put together as a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.figures.chart import Chart
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition

PROTOCOL = "For a protocol: "
"""What stands before the paragraph that is ready for a protocol."""

NO_DATA = "No data of this study: the plan rests on what was typed."


@dataclass(frozen=True, eq=False)
class Form:
    """What one form says: words, the paragraph for a protocol (empty where nothing can be planned), chart, table."""

    title: str
    sentence: str
    paragraph: str
    caution: str
    chart: Chart | None
    table: pd.DataFrame
    notes: tuple[str, ...] = ()


def finding_of(
    design: str,
    basis: Basis | None,
    inside: Form,
    outside: Form,
    *,
    columns: tuple[Column, ...],
    topic: str,
    definitions: Sequence[str],
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Put a plan together; `rests_on` holds the groups of the pilot behind it.

    What leaves is reckoned from what may be shown of the pilot, so it has a table of its own.
    """
    return Finding(
        id=f"next_phase.{design}.study" if basis is None else basis.finding_id(f"next_phase.{design}"),
        title=inside.title,
        sentence=inside.sentence,
        caution=inside.caution,
        chart=inside.chart,
        table=inside.table,
        columns=columns,
        groups={} if basis is None else basis.groups,
        trail=None if basis is None else basis.trail,
        source=NO_DATA if basis is None else source_of(basis),
        files=() if basis is None else files_of(basis),
        definition=definition(*definitions),
        outside=OutsideForm(
            name="" if basis is None else "numbers that follow from the rounded SD",
            title=outside.title,
            sentence=" ".join((outside.sentence, *_paragraph(outside))),
            caution=outside.caution,
            chart=outside.chart,
            rests_on=rests_on,
            table=outside.table,
            columns=columns,
        ),
        of_staff=basis is not None and basis.measure.of_staff,
        notes=(*inside.notes, *_paragraph(inside)),
        topic=f"{topic}: {basis.topic}" if basis is not None else topic,
    )


def _paragraph(form: Form) -> tuple[str, ...]:
    return (PROTOCOL + form.paragraph,) if form.paragraph else ()


def protocol_paragraph(finding: Finding) -> str:
    """The paragraph of a plan that is ready for a protocol; empty where nothing can be planned or shown.

    Of a released finding it is the one that may leave, of any other the one for the evaluator's own screen.

    Examples
    --------
    >>> from evalcore.findings.next_phase import EffectChoice, build_next_phase
    >>> protocol_paragraph(build_next_phase("next_phase", None, None, EffectChoice(effect_dz=0.5)))[:55]
    'The smallest mean change that matters was set at a d_z '
    """
    said = (*finding.notes, finding.sentence)
    return next((text.partition(PROTOCOL)[2] for text in said if PROTOCOL in text), "")
