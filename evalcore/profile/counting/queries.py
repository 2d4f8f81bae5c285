"""What is counted, as SQL: made from `TALLIES` alone, over any table or view `people` with one row a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evalcore.columns import AGE, OGRS, PEOPLE, SECTIONS
from evalcore.profile.counted import STRATA, TALLIES
from evalcore.profile.counting.engine import quoted

BAND = "_band"
"""What stands behind the name of a column for the lowest value of its band."""

HAVING = "coalesce(sum({0}::INTEGER), 0)::BIGINT - count({0})"
_NEEDS = tuple(f"{section}_need" for section in SECTIONS)


def columns_counted(tally: str, known: Collection[str]) -> tuple[str, ...]:
    """Which columns of a tally are counted here; none where the tally is not there.

    >>> columns_counted("drugs_score", {"oasys_form"}), columns_counted("age", {"age", "sex"})
    ((), ('age',))
    """
    found = tuple(name for name in TALLIES[tally] if name in known)
    return () if tally.endswith("_score") and tally not in found else found


def tally_query(
    tally: str, columns: Sequence[str], needs: Sequence[str] = (), having: str = HAVING, of: str = "people"
) -> str:
    """The statement of one tally.

    Parameters
    ----------
    tally : str
    columns : sequence of str
        What is counted together, of what `TALLIES` names.
    needs : sequence of str
        In the strata: the needs that are known of anybody.
    having : str
        How those who have a need are counted: in the coded rows the need is 1 where somebody has it not, else 2.
    of : str
        The table or view that is counted.

    Examples
    --------
    >>> tally_query("sex", ["sex"])
    'SELECT "sex", count(*) AS "people" FROM people GROUP BY "sex" ORDER BY "sex"'
    """
    banded = {AGE, OGRS} if tally == STRATA else set()
    chosen = [f"{quoted(name + BAND)} AS {quoted(name)}" if name in banded else quoted(name) for name in columns]
    grouped = [quoted(name + BAND if name in banded else name) for name in columns]
    sums = [f"count(*) AS {quoted(PEOPLE)}"]
    for need in needs if tally == STRATA else ():
        section = need.removesuffix("_need")
        sums.append(f"count({quoted(need)}) AS {quoted(f'{section}_known')}")
        sums.append(f"{having.format(quoted(need))} AS {quoted(f'{section}_having')}")
    by = f" GROUP BY {', '.join(grouped)} ORDER BY {', '.join(grouped)}" if grouped else ""
    return f"SELECT {', '.join([*chosen, *sums])} FROM {of}{by}"


def queries(known: Collection[str], strata: Sequence[str], having: str = HAVING) -> dict[str, str]:
    """The statement of every tally that is there: of the columns that are known of anybody; the strata always are."""
    needs = [need for need in _NEEDS if need in known]
    found = {}
    for tally in TALLIES:
        columns = strata if tally == STRATA else columns_counted(tally, known)
        if columns or tally == STRATA:
            found[tally] = tally_query(tally, columns, needs, having)
    return found
