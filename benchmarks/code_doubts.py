"""How often a file in other codes is noticed, and how often a right one is asked about, by simulation.

`python -m benchmarks.code_doubts` simulates files and writes `tests/intake/cells/code_doubts.json`; with `--table` it
prints what stands there as Markdown. A test repeats the first few files of some lines.

A simulated file holds the answers of 6, 18 or 200 people before and of two thirds of them after. Answers are whole
numbers from a normal model with one factor: items correlate at about .45, the two waves at about .6, and the group's
mean and SD of the score are those of a published group, with a small change. In one cell of fifty the answer is
missing, in one of three hundred a slip of the keyboard stands, any digit. Rough files, which show how often a right one
is asked about under worse conditions, have items that correlate at about .25, and a slip in one cell of a hundred.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import Instrument
from evalcore.intake.cells.code_doubts_pattern import ONE_HIGHER, ONE_LOWER, REVERSED, norm_of
from evalcore.intake.cells.doubtful_codes import (
    COUNTS_FROM_ONE,
    HALF_MAPPED,
    ITEMS_DIFFER,
    TURNED_ITEMS,
    WAVES_DIFFER,
    Doubt,
    find_doubts,
)

RESULTS = Path(__file__).resolve().parent.parent / "tests" / "intake" / "cells" / "code_doubts.json"
PEOPLE = (6, 18, 200)
FIRST = 10
"""Files of each line whose outcome is written down by itself, for the test to repeat."""

# Mean and SD of the score of a published group that is low for the questionnaire; `general` is the norm of its
# definition. SWEMWBS: clients before support (Shah et al. 2018), and service users of the pilots. GSE: those too.
# WEMWBS: men with signs of illness in England 2016, the SD that of Scotland 2018. UWES-9: staff of the pilots, and the
# mean that a quarter of the Dutch sample does not reach, with its SD.
GROUPS: Mapping[str, Mapping[str, tuple[float, float] | None]] = {
    "gse": {"pilots": (27.39, 4.24), "general": None},
    "swemwbs": {"clients": (19.28, 3.921), "pilots": (20.53, 3.31), "general": None},
    "uwes9": {"low": (2.95, 1.17), "pilots": (4.48, 0.81), "general": None},
    "wemwbs": {"low": (40.8, 8.96), "general": None},
}

NONE = "none"
ROUGH = "none, rough answers"
# What is wrong with a file, and the kinds of doubt that name it.
FAULTS: Mapping[str, frozenset[str]] = {
    NONE: frozenset(),
    ROUGH: frozenset(),
    "all one higher": frozenset({ONE_HIGHER, COUNTS_FROM_ONE}),
    "all one lower": frozenset({ONE_LOWER}),
    "half of the items shifted": frozenset({ITEMS_DIFFER}),
    "the second wave shifted": frozenset({WAVES_DIFFER}),
    "all reversed": frozenset({REVERSED}),
    "the second wave reversed": frozenset({WAVES_DIFFER}),
    "one item reversed": frozenset({TURNED_ITEMS}),
    "a third of the items reversed": frozenset({TURNED_ITEMS}),
    "two codes lost": frozenset({HALF_MAPPED}),
}
_WITHOUT_0 = ", but no 0"
_BETWEEN_ITEMS, _BETWEEN_ROUGH = 0.5, 0.3  # correlations before rounding, which takes about a tenth of them away
_BETWEEN_WAVES = 0.6
_CHANGE = 0.3  # in SDs of a person's level
_MISSING, _SLIPS, _SLIPS_ROUGH = 1 / 50, 1 / 300, 1 / 100
_WAVES = ("pre", "post")


@dataclass(frozen=True)
class Line:
    """One kind of file: whose answers, how many people, what is wrong with it."""

    instrument: str
    group: str
    people: int
    fault: str

    @property
    def seed(self) -> int:
        """A number of its own, so that each line can be repeated alone."""
        return zlib.crc32(f"{self.instrument}/{self.group}/{self.people}/{self.fault}".encode())


@dataclass(frozen=True)
class Outcome:
    """What happened to one file: the doubt named what is wrong; it stopped; its kind, empty for no doubt."""

    caught: bool
    stopped: bool
    kind: str


def lines() -> Iterator[Line]:
    """Every kind of file; a scale from 0 has no codes one lower."""
    for instrument, groups in GROUPS.items():
        for group in groups:
            for people in PEOPLE:
                for fault in FAULTS:
                    if not (fault == "all one lower" and load_instrument(instrument).codes[0] == 0):
                        yield Line(instrument, group, people, fault)


def outcomes(line: Line, files: range) -> list[Outcome]:
    """Simulate the files of these numbers and look for doubts in each."""
    instrument = load_instrument(line.instrument)
    found = []
    for file in files:
        rng = np.random.default_rng([line.seed, file])
        rough = line.fault == ROUGH
        answers, wave = _right_answers(
            instrument, line.group, line.people, _BETWEEN_ROUGH if rough else _BETWEEN_ITEMS, rng
        )
        wrong, items = _with_fault(instrument, answers, wave, line.fault, rng)
        slips = _with_slips(wrong, _SLIPS_ROUGH if rough else _SLIPS, rng)
        table = pd.DataFrame(slips, columns=list(instrument.columns))
        doubts = find_doubts(instrument, table, native=False, wave=pd.Series(wave))
        found.append(_outcome(doubts, line.fault, items))
    return found


def _outcome(doubts: Sequence[Doubt], fault: str, items: Sequence[str]) -> Outcome:
    if not doubts:
        return Outcome(False, False, "")
    doubt = doubts[0]
    right = doubt.kind in FAULTS[fault] and (doubt.kind != TURNED_ITEMS or set(doubt.items) == set(items))
    return Outcome(right, doubt.stops, doubt.kind)


@cache
def _model(instrument: str, group: str, between: float) -> tuple[float, float]:
    """Mean and SD of an item before rounding that give the group's mean and SD of the score."""
    definition = load_instrument(instrument)
    wanted = GROUPS[instrument][group]
    if wanted is None:
        norm = norm_of(definition)
        wanted = (norm.mean, norm.sd)
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((4_000, len(definition.items)))
    level = rng.standard_normal(4_000)
    low, high = definition.codes[0], definition.codes[-1]
    mean, sd = (low + high) / 2, (high - low) / 4
    for _ in range(40):
        scores = _scores(definition, _answers(definition, (mean, sd), between, level, noise))
        a_little_more = _scores(definition, _answers(definition, (mean + 0.1, sd), between, level, noise))
        mean += 0.1 * (wanted[0] - scores.mean()) / (a_little_more.mean() - scores.mean())
        sd *= wanted[1] / scores.std(ddof=1)
    return mean, sd


def _scores(instrument: Instrument, answers: np.ndarray) -> np.ndarray:
    scale = instrument.scale("total")
    sums = answers.sum(axis=1)
    if scale.table:
        return np.array([scale.table[int(total)] for total in sums])
    return sums if scale.method == "sum" else sums / answers.shape[1]


def _answers(
    instrument: Instrument, model: tuple[float, float], between: float, level: np.ndarray, noise: np.ndarray
) -> np.ndarray:
    mean, sd = model
    low, high = instrument.codes[0], instrument.codes[-1]
    k = noise.shape[1]
    ease = 0.3 * sd * np.linspace(-1, 1, k)[np.random.default_rng(1).permutation(k)]
    latent = np.sqrt(between) * level[:, None] + np.sqrt(1 - between) * noise
    return np.clip(np.rint(mean + ease + sd * latent), low, high)


def _right_answers(
    instrument: Instrument, group: str, people: int, between: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    after = 2 * people // 3
    level = rng.standard_normal(people)
    later = _BETWEEN_WAVES * level[:after] + np.sqrt(1 - _BETWEEN_WAVES**2) * rng.standard_normal(after) + _CHANGE
    noise = rng.standard_normal((people + after, len(instrument.items)))
    model = _model(instrument.id, group, between)
    answers = _answers(instrument, model, between, np.concatenate([level, later]), noise)
    return answers, np.repeat(np.array(_WAVES, dtype=object), [people, after])


def _with_fault(
    instrument: Instrument, answers: np.ndarray, wave: np.ndarray, fault: str, rng: np.random.Generator
) -> tuple[np.ndarray, list[str]]:
    """Return the answers as the file holds them, and the items that are wrong."""
    low, high = instrument.codes[0], instrument.codes[-1]
    k = answers.shape[1]
    by = 1 if low == 0 else -1
    second = (wave == _WAVES[1])[:, None]
    order = rng.permutation(k)
    part = np.zeros(k, dtype=bool)
    part[order[: {"half of the items shifted": k // 2, "one item reversed": 1}.get(fault, round(k / 3))]] = True
    lost = (instrument.codes[1], instrument.codes[-2]) if len(instrument.codes) < 6 else (2, 4)
    wrong = {
        NONE: lambda: answers,
        ROUGH: lambda: answers,
        "all one higher": lambda: answers + 1,
        "all one lower": lambda: answers - 1,
        "half of the items shifted": lambda: np.where(part, answers + by, answers),
        "the second wave shifted": lambda: np.where(second, answers + by, answers),
        "all reversed": lambda: low + high - answers,
        "the second wave reversed": lambda: np.where(second, low + high - answers, answers),
        "one item reversed": lambda: np.where(part, low + high - answers, answers),
        "a third of the items reversed": lambda: np.where(part, low + high - answers, answers),
        "two codes lost": lambda: np.where(np.isin(answers, lost), np.nan, answers),
    }[fault]()
    return wrong, [item for item, mine in zip(instrument.columns, part, strict=True) if mine]


def _with_slips(answers: np.ndarray, slips: float, rng: np.random.Generator) -> np.ndarray:
    chance = rng.random(answers.shape)
    digits = rng.integers(0, 10, answers.shape)
    return np.where(chance < _MISSING, np.nan, np.where(chance < _MISSING + slips, digits, answers))


def summary(line: Line, files: int) -> dict[str, object]:
    """Simulate a number of files of one line; return what is written down."""
    found = outcomes(line, range(files))
    kinds = Counter(outcome.kind for outcome in found if outcome.kind)
    return {
        "instrument": line.instrument,
        "group": line.group,
        "people": line.people,
        "fault": line.fault,
        "files": files,
        "caught": sum(outcome.caught for outcome in found),
        "stopped": sum(outcome.stopped for outcome in found),
        "kinds": dict(sorted(kinds.items())),
        "first": [outcome.kind for outcome in found[:FIRST]],
    }


def main() -> None:
    """Simulate and write, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=500, help="simulated files of each kind with a fault")
    parser.add_argument("--table", action="store_true", help="print the results as Markdown")
    given = parser.parse_args()
    if given.table:
        print(markdown(json.loads(RESULTS.read_text(encoding="utf-8"))))
        return
    results = []
    for line in lines():
        results.append(summary(line, 4 * given.files if not FAULTS[line.fault] else given.files))
        print(line, results[-1]["caught"], results[-1]["kinds"], flush=True)
    text = ",\n".join(json.dumps(result) for result in results)
    RESULTS.write_text(f"[\n{text}\n]\n", encoding="utf-8")


def markdown(results: Sequence[Mapping]) -> str:
    """Two tables: of each fault the share of files in which it is named, of right files the share asked about."""
    general = [(instrument, "general") for instrument in GROUPS]
    others = [(instrument, "pilots" if "pilots" in groups else "low") for instrument, groups in GROUPS.items()]
    return "\n\n".join(_table(results, groups) for groups in (general, others))


def _table(results: Sequence[Mapping], groups: Sequence[tuple[str, str]]) -> str:
    found = {(r["instrument"], r["group"], r["people"], r["fault"]): r for r in results}
    names = [f"{load_instrument(instrument).short_name}, {group}" for instrument, group in groups]
    rows = [["% of files of 6, 18, 200 people", *names], ["---"] * (len(names) + 1)]
    for fault in (*FAULTS, _WITHOUT_0):
        row = [fault if FAULTS.get(fault) else f"asked about, nothing wrong{fault.removeprefix(NONE)}"]
        for group in groups:
            lines = [found.get((*group, people, NONE if fault == _WITHOUT_0 else fault)) for people in PEOPLE]
            row.append("-" if None in lines else ", ".join(_percent(_share(line, fault)) for line in lines))
        rows.append(row)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _share(result: Mapping, fault: str) -> float:
    """Share in which the fault is named; of right files, asked about with or without a 0 being what is missed."""
    asked = result["kinds"].get(COUNTS_FROM_ONE, 0)
    if fault == _WITHOUT_0:
        return asked / result["files"]
    if FAULTS[fault]:
        return result["caught"] / result["files"]
    return (sum(result["kinds"].values()) - asked) / result["files"]


def _percent(share: float) -> str:
    """A share in whole per cent; neither few nor nearly all are written as none or all."""
    if 0 < share < 0.01:
        return "<1"
    return ">99" if 0.99 < share < 1 else f"{100 * share:.0f}"


if __name__ == "__main__":
    main()
