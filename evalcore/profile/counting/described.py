"""The whole count as SQL over native columns: for a reader, and for a database that holds a caseload itself."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalcore.columns import AGE, OGRS, SECTIONS
from evalcore.intake.choices import Choices
from evalcore.intake.native import CASELOAD
from evalcore.intake.recognising import read_as
from evalcore.profile.counted import STRATA, TALLIES
from evalcore.profile.counting.cells import listed
from evalcore.profile.counting.engine import quoted
from evalcore.profile.counting.natives import names_of
from evalcore.profile.counting.queries import BAND, queries
from evalcore.profile.counting.source import open_file
from evalcore.profile.ogrs_kind import HORIZON, VERSION, ogrs_kind
from evalcore.profile.reach_risk import risk_bands
from evalcore.profile.strata import AGE_FROM
from evalcore.rules.needs import DEFAULT_FORM, list_need_forms, load_need_form

_FORM = "oasys_form"


def counting_sql(path: str | os.PathLike[str], *, mapping: pd.DataFrame | None = None) -> str:
    """Write down what is counted of a file as SQL over a table `caseload` that has the native columns of the file.

    Every number that counting the file gives is given by these statements, once what stands in the columns is read as
    an upload reads it, and the people of the pilot are not in the table.

    Parameters
    ----------
    path, mapping
        As in `count_caseload`. Only the first rows are read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "caseload.csv")
    ...     _ = path.write_text("sex,age\\nM,34\\n")
    ...     print(next(line for line in counting_sql(path).splitlines() if '"sex", count' in line))
    SELECT "sex", count(*) AS "people" FROM people GROUP BY "sex" ORDER BY "sex";
    """
    head = read_as(CASELOAD, open_file(path).head, Choices(mapping=mapping)).table
    needs = {f"{section}_need": _need(section, [*map(str, head)]) for section in SECTIONS}
    needs = {name: sql for name, sql in needs.items() if sql}
    plain = [name for name in names_of(map(str, head)) if name not in needs]
    view = {name: quoted(name) for name in plain} | needs
    strata = [name for name in TALLIES[STRATA] if name in head]
    bands = _bands(head)
    if OGRS not in bands:
        strata = [name for name in strata if name not in (OGRS, VERSION, HORIZON)]
    view |= {name + BAND: sql for name, sql in bands.items()}
    columns = ",\n       ".join(f"{sql} AS {quoted(name)}" for name, sql in view.items())
    found = queries(names_of([*plain, *needs]), strata, "count(*) FILTER ({})")
    statements = [f"-- {tally}\n{statement};" for tally, statement in found.items()]
    return "\n".join([f"CREATE VIEW people AS SELECT {columns}\nFROM caseload;", *statements])


def _need(section: str, columns: Sequence[str]) -> str:
    """Who has a need: as it is recorded, else by the score and the thresholds of the form; empty where neither is."""
    parts = [quoted(name) for name in (f"{section}_need",) if name in columns]
    if f"{section}_score" in columns:
        default = _above(section, DEFAULT_FORM)
        cases = [
            f"WHEN {_named(load_need_form(name).form_words)} THEN {_above(section, name)}"
            for name in list_need_forms()
            if _FORM in columns and name != DEFAULT_FORM
        ]
        parts.append(f"CASE {' '.join(cases)} ELSE {default} END" if cases else default)
    return f"coalesce({', '.join(parts)})" if parts else ""


def _named(words: Sequence[str]) -> str:
    return " OR ".join(f"lower({quoted(_FORM)}) LIKE {listed([f'%{word}%'])}" for word in words)


def _above(section: str, form: str) -> str:
    threshold = load_need_form(form).rules[section].threshold
    return "CAST(NULL AS BOOLEAN)" if threshold is None else f"{quoted(f'{section}_score')} >= {threshold}"


def _bands(head: pd.DataFrame) -> dict[str, str]:
    """Ages and OGRS scores as the lowest of their band, as far as the first rows tell which bands these are."""
    found = {AGE: _banded(AGE, AGE_FROM)} if AGE in head else {}
    if OGRS in head:
        kind = ogrs_kind(head, np.asarray(head[OGRS].notna(), dtype=bool), "the caseload")
        if not kind.refused:
            found[OGRS] = _banded(OGRS, tuple(band.low for band in risk_bands(kind.version, kind.horizon).bands))
    return found


def _banded(name: str, starts: Sequence[int]) -> str:
    cases = " ".join(f"WHEN {quoted(name)} >= {start} THEN {start}" for start in sorted(starts, reverse=True))
    return f"CASE {cases} END"
