"""The finding of one number a person: the pilot's curve and mean beside the caseload's."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import context_groups, files_of, no_case_file, source_of
from evalcore.findings.people.curves import curves
from evalcore.findings.people.measured import CASELOAD, PILOT, Measured
from evalcore.findings.people.mix import mix_caution
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import (
    LEAST_FOR_A_TEST,
    LEAST_FOR_A_TEST_IN_WORDS,
    interval_words,
)
from evalcore.methods import definition
from evalcore.wording import interval, number, p_value, upper_first

_ROWS = {PILOT: "Pilot", CASELOAD: "Caseload"}
_DIFFERENCE = "Difference (pilot minus caseload)"
_COUNTS = ("n", "not_known")
_NUMBERS = ("mean", "sd", "ci_low", "ci_high", "median", "q1", "q3", "min", "max")
_LABELS = {
    "mean": "Mean ({unit})",
    "sd": "SD",
    "ci_low": "95 % interval from",
    "ci_high": "to",
    "median": "Median",
    "q1": "Lower quartile",
    "q3": "Upper quartile",
    "min": "Smallest",
    "max": "Largest",
}
_TESTS = {"p_welch": "p (Welch)", "p_mann_whitney": "p (Mann-Whitney)"}
_NO_TEST = f"No p value is given below {LEAST_FOR_A_TEST} people."


def distribution_finding(
    found: Measured,
    whole: Measured,
    *,
    notes: tuple[str, ...] = (),
    refused: str = "",
    kind: str = "",
    said: tuple[str, ...] = (),
) -> Finding:
    """Build the finding of one measure.

    Parameters
    ----------
    found : Measured
    whole : Measured
        The same of the whole pilot; beside a site it stands without being shown.
    notes : tuple of str
        What is known of published figures; of the caseload's people the study itself tells.
    refused : str
        Why pilot and caseload may not be put side by side, or the pilot's own values not into one mean.
    kind : str
        Of the finding; the measure's key if empty.
    said : tuple of str
        How the values were come by.
    """
    pilot, people = found.pilot, found.pilot.people
    title, sentence = _title(found, outside=False), _sentence(found, refused, outside=False)
    own = {group.key: group for group in (*found.pilot_groups(), *found.caseload_groups())}
    return Finding(
        id=pilot.finding_id(kind or found.measure.key),
        title=title,
        sentence=sentence,
        caution=_caution(found, named=True),
        chart=curves(found, outside=False),
        table=_table(found),
        columns=_columns(found),
        groups={**own, **_context(whole, found)},
        trail=None,
        source=source_of(people),
        definition=_definition(found),
        outside=OutsideForm(
            name="means and intervals",
            title=_title(found, outside=True),
            sentence=_sentence(found, refused, outside=True),
            caution=_caution(found, named=False),
            chart=curves(found, outside=True),
            rests_on=found.rests_on(),
        ),
        by_site=pilot.by_site,
        notes=(*said, *_notes(found), *(people.taken_out or notes)),
        files=files_of(people),
        topic=f"{upper_first(found.measure.label)}: {pilot.where}",
    )


def _context(whole: Measured, found: Measured) -> dict[str, Group]:
    """The whole pilot's groups beside those of one site."""
    if not found.pilot.by_site:
        return {}
    return context_groups(whole.pilot_groups())


def _caution(found: Measured, *, named: bool) -> str:
    if not found.n:
        return ""
    return mix_caution(found.pilot, mixed=found.measure.mixed, compared=found.comparison is not None, named=named)


def _title(found: Measured, *, outside: bool) -> str:
    name = upper_first(found.measure.label)
    sides = found.told_outside if outside else tuple(found.described)
    if not found.n:
        what = "no mean can be given for" if found.known.any() else "not known for anybody in"
        return f"{name}: {what} {found.pilot.where}"
    means = {side: number(found.described[side]["mean"], found.measure.fewer) for side in sides}
    words = [f"{means[PILOT]} in {found.pilot.where}"] if PILOT in means else []
    words += [f"{means[CASELOAD]} in the caseload"] if CASELOAD in means else []
    return f"{name}: a mean of {', '.join(words)}"


def _sentence(found: Measured, refused: str, *, outside: bool) -> str:
    if not found.n:
        return refused or _nobody(found)
    sides = found.told_outside if outside else tuple(found.described)
    means = [_mean_words(found, side) for side in sides]
    sentences = [f"The mean {found.measure.name} is {' and '.join(means)}."]
    difference = _difference_words(found) if CASELOAD in sides else ""
    return " ".join(one for one in (*sentences, difference, refused) if one)


def _nobody(found: Measured) -> str:
    if not found.pilot.n:
        return no_case_file(found.pilot)
    return f"No {found.measure.name} is recorded in {found.pilot.where}. Add it to the case file."


def _mean_words(found: Measured, side: str) -> str:
    """One side's mean with its n and interval: "50.37 per cent in the pilot (n = 27, 95 % interval 40.4 to 60.3)"."""
    row, fewer = found.described[side], found.measure.fewer
    about = [] if math.isnan(row["n"]) else [f"n = {int(row['n']):,}"]
    if side == PILOT and math.isfinite(row["ci_low"]):
        about.append(f"95 % interval {interval(row['ci_low'], row['ci_high'], fewer)}")
    where = found.pilot.where if side == PILOT else "the caseload"
    mean = f"{number(row['mean'], found.decimals(side))} {found.measure.unit} in {where}"
    return f"{mean} ({', '.join(about)})" if about else mean


def _difference_words(found: Measured) -> str:
    """The difference with its interval, and what the interval allows at this n."""
    compared = found.comparison
    if compared is None or compared.difference is None:
        return ""
    decimals = found.measure.fewer
    size = f"{number(compared.difference, decimals, signed=True)} {found.measure.step}"
    ends = found.difference_interval
    if ends is None:
        return f"The difference is {size}; it has no interval."
    words = f"The difference, {size}, has a 95 % interval of {interval(*ends, decimals)}"
    test = f" ({p_value(compared.p_value)}, Welch)" if found.n >= LEAST_FOR_A_TEST_IN_WORDS else ""
    return f"{words}: {interval_words(found.n, *ends)}{test}."


def _notes(found: Measured) -> tuple[str, ...]:
    compared = found.comparison
    notes = [f"Made: {compared.method}."] if compared is not None and compared.method else []
    if compared is not None and found.n < LEAST_FOR_A_TEST:
        notes = [_NO_TEST]
    return (*notes, *(compared.notes if compared is not None else ()))


def _table(found: Measured) -> pd.DataFrame:
    """A row each for pilot and caseload, and one for their difference."""
    rows: list[dict[str, object]] = [{"who": _ROWS[side], **row} for side, row in found.described.items()]
    compared = found.comparison
    if compared is not None:
        tested, ends = found.n >= LEAST_FOR_A_TEST, found.difference_interval or (None, None)
        rows.append(
            {
                "who": _DIFFERENCE,
                "mean": compared.difference,
                "ci_low": ends[0],
                "ci_high": ends[1],
                "p_welch": compared.p_value if tested else None,
                "p_mann_whitney": compared.mann_whitney_p if tested else None,
            }
        )
    return frame_of(rows, ("who", *_COUNTS, *_NUMBERS, *_TESTS), labels=("who",))


def _columns(found: Measured) -> tuple[Column, ...]:
    sides = list(found.described)
    both = tuple(found.keys[side] for side in sides if side in found.keys)
    last = (both,) if found.comparison is not None else ()
    groups = (*(_key_of(found.keys, side) for side in sides), *last)
    not_known = (*(_key_of(found.not_known_keys, side) for side in sides), *(() for _ in last))
    decimals, unit = found.measure.decimals, found.measure.unit
    kinds = {"mean": "mean", "sd": "sd", "ci_low": "interval", "ci_high": "interval"}
    kinds |= dict.fromkeys(("median", "q1", "q3"), "quartile") | dict.fromkeys(("min", "max"), "extreme")
    return (
        Column("who", "Who", "label"),
        Column("n", "People", "fieldwork", groups=(*groups[: len(sides)], *(() for _ in last))),
        Column("not_known", "Not known", "fieldwork", groups=not_known),
        *(Column(name, _LABELS[name].format(unit=unit), kinds[name], decimals, groups) for name in _NUMBERS),
        *(Column(name, label, "test", 3, groups) for name, label in _TESTS.items()),
    )


def _key_of(keys: Mapping[str, str], side: str) -> tuple[str, ...]:
    return (keys[side],) if side in keys else ()


def _definition(found: Measured) -> str:
    names = ["ecdf", "quantile_dots", "mean_interval", "sd", "quartiles"]
    if found.comparison is not None:
        names += ["pilot_minus_caseload", "pilot_out_of_caseload", "welch"]
        names += ["mann_whitney"] if found.published is None else []
    return f"{found.measure.defined}{definition(*names)}"
