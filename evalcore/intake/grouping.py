"""Problems that say the same, as one line: what a person reads first. The full list stays what it is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evalcore.columns import SEVERITIES
from evalcore.wording import count, joined

GROUP_COLUMNS = ("n", "file", "rows", "columns", "found", "expected", "action", "severity")

# This many are named in full; of more, one fewer is named and the rest are counted.
_NAMED = 4


def grouped(problems: pd.DataFrame) -> pd.DataFrame:
    """Join the problems that say the same.

    Two problems are of one kind where file, expected, action and severity are equal. Of one kind, a text that was found
    in several columns is one line for all of these columns; the other texts found in a column are one line for the
    column. A problem of the whole file stays alone.

    Parameters
    ----------
    problems : DataFrame
        `file, row, column, found, expected, action, severity`, as in `Intake.problems` and `Study.problems`.

    Returns
    -------
    DataFrame
        `n` (how many problems; they add up to the number given), `file`, `rows` ("5, 7, 9 and 12 more"; empty for a
        whole column or file), `columns` (empty for a whole row or file), `found`, `expected`, `action`, `severity`:
        errors first, then by file in the order given, then by the first row.

    Examples
    --------
    >>> from evalcore.intake.problems import problem_frame
    >>> told = ("1 to 4", "answer set to missing", "error")
    >>> cells = [(5, "gse_1", "9"), (7, "gse_2", "9"), (8, "gse_2", "x")]
    >>> lines = grouped(problem_frame([("a.csv", *cell, *told) for cell in cells]))
    >>> lines[["n", "rows", "columns", "found"]].values.tolist()
    [[2, '5 and 7', 'gse_1 and gse_2', '9'], [1, '8', 'gse_2', 'x']]
    """
    lines = _in_order(problems)
    groups = lines.groupby(_kinds(lines), sort=False).indices
    cells = {name: lines[name].astype("str").fillna("").tolist() for name in lines.columns}
    written = [_line(cells, list(places)) for places in groups.values()]
    columns = list(zip(*written, strict=True)) if written else [()] * len(GROUP_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="int64" if name == "n" else "str")
            for name, values in zip(GROUP_COLUMNS, columns, strict=True)
        }
    )


def severity_counts(problems: pd.DataFrame) -> dict[str, int]:
    """Return how many problems there are of each severity, the gravest first, zeros included.

    >>> from evalcore.intake.problems import problem_frame
    >>> severity_counts(problem_frame([("a.csv", 2, "site", "x", "y", "kept, please check", "note")]))
    {'error': 0, 'warning': 0, 'note': 1}
    """
    found = problems["severity"].value_counts()
    return {severity: int(found.get(severity, 0)) for severity in SEVERITIES}


def summary_sentence(problems: pd.DataFrame) -> str:
    """Say in a sentence how many problems there are, of what severity and in how many files.

    >>> from evalcore.intake.problems import problem_frame
    >>> summary_sentence(problem_frame([("a.csv", 2, "site", "x", "y", "kept, please check", "note")]))
    '1 note in 1 file.'
    """
    parts = [count(n, severity, f"{severity}s") for severity, n in severity_counts(problems).items() if n]
    if not parts:
        return "No problem was found."
    return f"{joined(parts)} in {count(problems['file'].nunique(), 'file', 'files')}."


def _in_order(problems: pd.DataFrame) -> pd.DataFrame:
    """Sort by severity, by file as given, and by row; what has no row stands first in its file."""
    by = pd.DataFrame(
        {
            "severity": problems["severity"].map(SEVERITIES.index).to_numpy(),
            "file": pd.factorize(problems["file"])[0],
            "row": problems["row"].fillna(0).to_numpy(),
        }
    )
    return problems.iloc[by.sort_values(["severity", "file", "row"], kind="stable").index]


def _kinds(lines: pd.DataFrame) -> pd.Series:
    """Number the group that each line belongs to."""
    kind = lines[["severity", "file", "expected", "action"]].assign(
        of_row=lines["row"].notna(), of_column=lines["column"] != ""
    )
    by = kind.assign(found=lines["found"], column=lines["column"], alone=-1)
    shared = by.groupby([*kind.columns, "found"])["column"].transform("nunique") > 1
    by.loc[shared, "column"] = ""
    by.loc[~shared, "found"] = ""
    whole_file = ~by["of_row"] & ~by["of_column"]
    by.loc[whole_file, "alone"] = range(int(whole_file.sum()))
    return by.groupby(list(by.columns), sort=False).ngroup()


def _line(cells: dict[str, list[str]], places: Sequence[int]) -> tuple[int | str, ...]:
    """Write one group: `places` says which of the lines it holds."""

    def different(column: str) -> list[str]:
        return list(dict.fromkeys(cells[column][place] for place in places))

    rows, columns = ([text for text in different(name) if text] for name in ("row", "column"))
    file, expected, action, severity = (cells[name][places[0]] for name in ("file", "expected", "action", "severity"))
    return (len(places), file, _named(rows), _named(columns), _named(different("found")), expected, action, severity)


def _named(texts: Sequence[str]) -> str:
    """Name the first few of several texts and count the rest.

    >>> _named(["5", "7"]), _named(["5", "7", "9", "10", "12"])
    ('5 and 7', '5, 7, 9 and 2 more')
    >>> _named(["also row 5, with other answers", "also row 3, with other answers"])
    'also row 5, with other answers; also row 3, with other answers'
    """
    shown = list(texts) if len(texts) <= _NAMED else [*texts[: _NAMED - 1], f"{len(texts) - _NAMED + 1:,} more"]
    return "; ".join(shown) if any(", " in text for text in texts) else joined(shown)
