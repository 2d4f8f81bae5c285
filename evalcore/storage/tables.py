"""The study's tables as text for other programs: what stands in a study file for people, not for this dashboard."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

_SPECIAL = frozenset(',"\r\n')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_text(table: pd.DataFrame) -> bytes:
    """Write a table as CSV for a spreadsheet: UTF-8 with a mark, blanks for what is missing, no cell run as a formula.

    >>> table_text(pd.DataFrame({"n": [2.0, None], "site": ["=1+1", "b"]})).decode("utf-8-sig").split()
    ['n,site', "2,'=1+1", ',b']
    """
    columns = [_cells(table[name]) for name in table.columns]
    lines = [
        ",".join(_quoted([_written(str(name)) for name in table.columns])),
        *map(",".join, zip(*columns, strict=True)),
        "",
    ]
    return "\r\n".join(lines).encode("utf-8-sig")


def _cells(series: pd.Series) -> list[str]:
    """Each different value is written once, and spread over the rows."""
    codes, uniques = pd.factorize(series)
    texts = np.array([*_quoted([_written(value) for value in uniques.tolist()]), ""], dtype=object)
    cells: list[str] = texts[codes].tolist()  # a missing value has the code -1
    return cells


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _quoted(texts: list[str]) -> list[str]:
    """The texts as cells of a CSV file: in quotation marks where they need them."""
    return ['"' + text.replace('"', '""') + '"' if _SPECIAL.intersection(text) else text for text in texts]
