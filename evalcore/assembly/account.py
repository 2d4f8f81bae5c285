"""What the whole study makes of each row of each file, and what it has to say about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.assembly.pooling import Pool
from evalcore.columns import POST, PRE, WAVE
from evalcore.intake.fates import SET_ASIDE, USED
from evalcore.intake.intake import Intake
from evalcore.intake.people.repeats import ONE_PERSON, ONE_ROW, ProblemLine
from evalcore.intake.problems import problem_frame

_WHEN = {PRE: "before", POST: "after"}


def account(index: int, pool: Pool, fates: NDArray[np.object_], reasons: NDArray[np.object_]) -> pd.DataFrame:
    """Return the rows of one file with the fate that the whole study gives them.

    A row of a wide file, which holds an answer at each wave, is used if any of them is; the reason names the other.
    """
    rows = pool.intakes[index].rows
    mine = np.flatnonzero(pool.file == index)
    if not len(mine):
        return rows
    place = np.searchsorted(rows["row"].to_numpy(), pool.row[mine])
    order = np.argsort(place, kind="stable")
    at, mine = place[order], mine[order]
    reason = rows["reason"].to_numpy(dtype=object, copy=True)
    fate = rows["fate"].to_numpy(dtype=object, copy=True)
    fate[at], reason[at] = fates[mine], reasons[mine]
    twice = np.flatnonzero((at[:-1] == at[1:]) & (reasons[mine[:-1]] != reasons[mine[1:]]))
    for one, other in zip(mine[twice], mine[twice + 1], strict=True):
        here = np.searchsorted(rows["row"].to_numpy(), pool.row[one])
        fate[here] = USED if USED in (fates[one], fates[other]) else SET_ASIDE
        reason[here] = _both(pool.table[WAVE].iloc[[one, other]].tolist(), [reasons[one], reasons[other]])
    return rows.assign(fate=pd.array(fate, dtype="str"), reason=pd.array(reason, dtype="str"))


def _both(waves: Sequence[str], reasons: Sequence[str]) -> str:
    return "; ".join(
        f"{_WHEN.get(wave, wave)}: {reason}" for wave, reason in zip(waves, reasons, strict=True) if reason
    )


def problems_of(intakes: Sequence[Intake], lines: Sequence[ProblemLine], *, anew: bool) -> list[pd.DataFrame]:
    """Return the problems of each file; `anew`: what it said about repeats is said by the whole study instead."""
    frames = []
    by_file: dict[str, list[ProblemLine]] = {}
    for line in lines:
        by_file.setdefault(line[0], []).append(line)
    for intake in intakes:
        own = intake.problems
        if anew:
            own = own[~own["expected"].isin([ONE_ROW, ONE_PERSON])]
        mine = by_file.get(intake.name, [])
        both = stacked([own, problem_frame(mine)], no_problems) if mine else own
        frames.append(both.sort_values("row", kind="stable", na_position="first", ignore_index=True))
    return frames


def stacked(frames: Sequence[pd.DataFrame], otherwise: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the frames that hold anything as one, else what `otherwise` makes."""
    held = [frame for frame in frames if len(frame)]
    if not held:
        return otherwise()
    return held[0] if len(held) == 1 else pd.concat(held, ignore_index=True)


def no_problems() -> pd.DataFrame:
    """Return the table of problems without a row."""
    return problem_frame([])


def no_rows() -> pd.DataFrame:
    """Return the table of rows without a row."""
    names = {"file": "str", "row": "int64", "respondent_id": "str", "wave": "str", "fate": "str", "reason": "str"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in names.items()})
