"""A finding that has nothing to show: what is missing, in words, with an empty table and no chart."""

from __future__ import annotations

import pandas as pd

from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.finding import Column, Finding, OutsideForm


def words_alone(
    basis: Basis,
    kind: str,
    *,
    title: str,
    sentence: str,
    caution: str,
    definition: str,
    topic: str,
    outside: str | None = None,
    notes: tuple[str, ...] = (),
) -> Finding:
    """Say why there is no figure; `outside` is the sentence that may leave, where it is another."""
    return Finding(
        id=basis.finding_id(kind),
        title=title,
        sentence=sentence,
        caution=caution,
        chart=None,
        table=pd.DataFrame({"what": pd.Series(dtype="str")}),
        columns=(Column("what", "What", "label"),),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition,
        outside=OutsideForm("", title, sentence if outside is None else outside, caution, None),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=notes,
        topic=topic,
    )
