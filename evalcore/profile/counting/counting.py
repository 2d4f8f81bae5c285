"""From a file's place to the table of counts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import pandas as pd

from evalcore.intake.choices import Choices
from evalcore.intake.headings.heading import RECORD_STATUS
from evalcore.intake.intake import Intake, hash_table
from evalcore.intake.native import CASELOAD
from evalcore.intake.problems import Problem, Problems
from evalcore.intake.recognising import read_as
from evalcore.profile.caseload import check_one_row_each
from evalcore.profile.counted import pilot_digest
from evalcore.profile.counting import account
from evalcore.profile.counting.ages import births_of
from evalcore.profile.counting.codes import Coded
from evalcore.profile.counting.coding import coded
from evalcore.profile.counting.copy_mark import surely_named
from evalcore.profile.counting.engine import Engine, Progress, Stop, opened
from evalcore.profile.counting.layout import layout_of
from evalcore.profile.counting.natives import natives_of
from evalcore.profile.counting.odd import without_unnamed
from evalcore.profile.counting.people import Pilot, settle_repeats, take_out_pilot
from evalcore.profile.counting.result import Counts
from evalcore.profile.counting.rows import in_any_form
from evalcore.profile.counting.source import CaseloadFile, open_file
from evalcore.profile.counting.tables import table_of, tallies
from evalcore.profile.counting.understanding import Understood, understood


def count_caseload(
    path: str | os.PathLike[str],
    cases: pd.DataFrame,
    *,
    mapping: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    spelled: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Counts:
    """Count a caseload where it lies, without the people of the pilot; nobody's row is kept.

    Parameters
    ----------
    path : path
        CSV (any separator; UTF-8, UTF-16 or Windows-1252) or Parquet; one person a row.
    cases : DataFrame
        The pilot: the native table. Its people are taken out by identifier, as a study does it.
    mapping, codes : DataFrame, optional
        As in `read_caseload`: those of an earlier reading, corrected.
    spelled : mapping of str to str, optional
        Other spellings of the pilot's identifiers, as a person confirmed them.
    progress : callable, optional
        Is told now and then how much is done (0 to 1) and what is done now, in words.
    stop : callable, optional
        Is asked now and then; where it says true, StoppedError is raised within a second.

    Returns
    -------
    Counts

    Raises
    ------
    UnreadableFileError
        No file, no table, or a file that changed while it was read.
    StoppedError
        It was stopped.
    EvalcoreError
        What is in the file can not be counted; the message says why and what to do.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "caseload.csv")
    ...     _ = path.write_text("respondent_id,sex\\nC1,M\\nC2,male\\nA1,F\\n")
    ...     counts = count_caseload(path, pd.DataFrame({"respondent_id": ["A1"]}))
    >>> counts.table[counts.table["tally"].isin(["sex", "taken out"])][["tally", "sex", "people"]].values.tolist()
    [['taken out', nan, 1], ['sex', 'male', 2]]
    """
    check_one_row_each(cases)
    file = open_file(path)
    pilot = Pilot(cases, dict(spelled or {}))
    choices = Choices(mapping=mapping if file.mark is None else file.mark.mapping(mapping), codes=codes)
    file = replace(file, sure=surely_named(file.mark, choices.mapping))

    def work(file: CaseloadFile) -> Counts:
        with opened([file.path], progress, stop) as engine:
            return _counted(engine, file, pilot, choices)

    return in_any_form(file, work)


def _counted(engine: Engine, file: CaseloadFile, pilot: Pilot, choices: Choices) -> Counts:
    engine.step(0.0, 0.02, "Looking at the headings")
    head = read_as(CASELOAD, file.head, choices)
    engine.step(0.02, 0.8, "Reading the file")
    found = coded(engine, file, layout_of(head), pilot.names())
    engine.step(0.8, 0.85, "Reading what stands in its columns")
    texts = found.dictionary.texts
    n = _numbers(engine, found)
    read = understood(file.head, found.layout, texts, n, choices)
    births = births_of(found.layout, texts)
    _without_tests(engine, found, read)
    made = account.of_births(engine, births, found.layout)
    without_unnamed(engine, found)
    problems = [*account.of_rows(found), *read.problems, *made, *account.of_columns(engine, found, read, n)]
    engine.step(0.85, 0.9, "Looking for rows about one person")
    problems += settle_repeats(engine, file, found, choices.merged(Choices(mapping=found.layout.mapping)))
    taken_out = take_out_pilot(engine, found, pilot)
    engine.step(0.9, 1.0, "Counting")
    parts, left_out = tallies(engine, natives_of(found.layout, read, births, texts), found)
    file.check_unchanged()
    everyone = int(engine.rows("SELECT count(*) FROM coded")[0][0]) - len(found.gone)
    table = table_of(
        parts,
        named=everyone if found.layout.identifier is not None else 0,
        taken_out=taken_out,
        everyone=everyone,
        said=pilot_digest(pilot.cases),
    )
    return _result(file, head, table, account.of_head(file, head, choices) + problems + left_out, found, read)


def _result(
    file: CaseloadFile, head: Intake, table: pd.DataFrame, problems: Sequence[Problem], found: Coded, read: Understood
) -> Counts:
    lines = Problems(list(problems)).frame(file.name)
    taken = "|".join(
        f"{at}={name}" for at, name in zip(head.mapping["position"], head.mapping["taken_for"], strict=True)
    )
    digest = sha256(f"{file.size}|{found.n_rows}|{file.head.digest}|{taken}|{hash_table(table)}".encode()).hexdigest()
    return Counts(file.name, table, head.mapping, lines, found.n_rows, digest, read.questions)


def _numbers(engine: Engine, found: Coded) -> dict[int, list[int]]:
    """In how many rows each text stands, by the numbers of the texts."""
    if found.n is not None:
        return found.n
    n = {}
    for at in found.places:
        counted = dict(engine.rows(f"SELECT k{at}, count(*) FROM coded WHERE k{at} IS NOT NULL GROUP BY 1"))
        for _, _, codes in found.suspects:
            code = codes[found.places.index(at)]
            if code is not None:
                counted[code] = counted.get(code, 0) + 1
        n[at] = [int(counted.get(i, 0)) for i in range(1, len(found.dictionary.texts[at]) + 1)]
    return n


def _without_tests(engine: Engine, found: Coded, read: Understood) -> None:
    """Set aside the rows that mark a test."""
    at = found.layout.counted.get(RECORD_STATUS)
    if at is None or not read.tests:
        return
    engine.run(f"DELETE FROM coded WHERE k{at} IN ({', '.join(map(str, sorted(read.tests)))})")
    place = found.places.index(at)
    found.suspects = [one for one in found.suspects if one[2][place] not in read.tests]
