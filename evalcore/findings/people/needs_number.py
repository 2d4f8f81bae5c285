"""How many of the eight scored needs a person has, in the pilot and in the caseload."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.people.basis import People, files_of, no_case_file, source_of, with_context
from evalcore.findings.people.measured import LEAST_FOR_AN_INTERVAL, mean_interval
from evalcore.findings.people.mix import mix_caution
from evalcore.findings.people.number_chart import number_chart
from evalcore.findings.people.number_rows import ASSESSED, CASELOAD, MERGED, MOST, SINGLE, Numbers, Step
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import interval_words, per_cent
from evalcore.methods import definition
from evalcore.wording import count, interval, joined, number

_MIXED = ("sex", "age", "risk")
_DEFINED = (
    "needs_per_person",
    "need_threshold",
    "mean_interval",
    "pilot_minus_caseload",
    "pilot_out_of_caseload",
    "welch",
)
_STATISTICS = ("mean", "sd", "ci_low", "ci_high")
_MEANS = ("Mean, pilot", "Mean, caseload")
_NOBODY = "Nobody in {where} is assessed on all eight scored needs, so their number is not known for anybody."


def needs_number_finding(people: People, site: str | None = None) -> Finding:
    """Number of needs a person, as shares of the people assessed on all eight; outside in three steps.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    pilot = people.pilot(site)
    found = Numbers(pilot)
    own = {group.key: group for group in found.caseload_groups()}
    return Finding(
        id=pilot.finding_id("needs-number"),
        title=_title(found),
        sentence=_sentence(found),
        caution=_caution(found, named=True),
        chart=number_chart(found, SINGLE),
        table=_table(found, SINGLE),
        columns=_columns(found, SINGLE),
        groups={**with_context(pilot, lambda one: Numbers(one).groups()), **own},
        trail=None,
        source=source_of(people),
        definition=definition(*_DEFINED),
        outside=_outside(found),
        by_site=pilot.by_site,
        notes=people.taken_out if found.n else (),
        files=files_of(people),
        topic=f"Number of needs a person: {pilot.where}",
    )


def _outside(found: Numbers) -> OutsideForm:
    """Shares of three steps, without the mean: times n it is the sum of the counts of the eight needs, and would give
    a hidden one of them back."""
    told = found.may_be_told
    return OutsideForm(
        name="numbers of needs in three steps, without the mean",
        title=_title_outside(found, told=told),
        sentence=_sentence_outside(found, told=told),
        caution=_caution(found, named=False),
        chart=number_chart(found, MERGED),
        rests_on=(ASSESSED,) if found.pilot.by_site and found.n else (),
        rests_on_rows=tuple(range(len(MERGED))) if told else (),
        table=_table(found, MERGED),
        columns=_columns(found, MERGED),
    )


def _title_outside(found: Numbers, *, told: bool) -> str:
    if not found.n:
        return _title(found)
    if not told:
        return f"Number of scored needs a person: {found.pilot.where}"
    many = per_cent(found.has(MERGED[-1]).sum() / found.n)
    beside = f", of the caseload {per_cent(found.caseload_share(MERGED[-1]))}" if found.caseload_may_be_told else ""
    return f"{many} of {found.pilot.where} have {MERGED[-1].label} of the {MOST} scored needs{beside}"


def _sentence_outside(found: Numbers, *, told: bool) -> str:
    if not found.n:
        return _sentence(found)
    parts = [f"{step.label} needs" for step in MERGED]
    sentences = []
    if told:
        shares = [f"{per_cent(found.has(step).sum() / found.n)} have {step.label}" for step in MERGED]
        sentences.append(f"Of {found.n} people in {found.pilot.where} {joined(shares)} of the {MOST} scored needs.")
    else:
        sentences.append(f"Shares of people with {joined(parts)} stand in the table as far as they may be shown.")
    if found.caseload_may_be_told:
        shares = [f"{per_cent(found.caseload_share(step))} have {step.label}" for step in MERGED]
        sentences.append(f"Of {found.caseload_n:,} people in the caseload {joined(shares)}.")
    return " ".join(sentences)


def _title(found: Numbers) -> str:
    if not found.n:
        return f"Number of needs: not known for anybody in {found.pilot.where}"
    title = f"{number(found.described['mean'], 1)} of {MOST} scored needs a person in {found.pilot.where}"
    beside = found.caseload_mean
    return title if beside is None else f"{title}, {number(beside.mean, 1)} in the caseload"


def _sentence(found: Numbers) -> str:
    """Both means, their difference with its interval."""
    if not found.n:
        return _NOBODY.format(where=found.pilot.where) if found.pilot.n else no_case_file(found.pilot)
    row = found.described
    about = f"n = {found.n:,}"
    if math.isfinite(row["ci_low"]):
        about = f"{about}, 95 % interval {interval(row['ci_low'], row['ci_high'], 1)}"
    mean = (
        f"People in {found.pilot.where} have {number(row['mean'], 1)} of the {MOST} scored needs on average ({about})"
    )
    beside = found.caseload_mean
    if beside is None:
        return f"{mean}."
    first = f"{mean}, people in the caseload {number(beside.mean, 1)} (n = {found.caseload_n:,})."
    return f"{first} {_difference(found)}".strip()


def _difference(found: Numbers) -> str:
    compared = found.comparison
    if compared is None or min(found.n, found.caseload_n) < LEAST_FOR_AN_INTERVAL:
        return ""
    if compared.difference is None or compared.ci_low is None or compared.ci_high is None:
        return ""
    ends = interval(compared.ci_low, compared.ci_high, 1)
    size = number(compared.difference, 1, signed=True)
    words = interval_words(found.n, compared.ci_low, compared.ci_high)
    return f"The difference, {size}, has a 95 % interval of {ends}: {words}."


def _caution(found: Numbers, *, named: bool) -> str:
    if not found.n:
        return ""
    mixed = mix_caution(found.pilot, mixed=_MIXED, compared=bool(found.caseload_n), named=named)
    missing = found.pilot.n - found.n
    if not missing or not named:
        return mixed
    who = count(missing, "person is", "people are")
    return f"{mixed} {who} not assessed on all eight: how many needs they have is not known."


def _table(found: Numbers, steps: Sequence[Step]) -> pd.DataFrame:
    """A row a number, and below single numbers a row for each mean; none where nobody of the pilot is assessed."""
    rows: list[dict[str, object]] = []
    for step in steps if found.n else ():
        row: dict[str, object] = {"number": f"{step.label} {'need' if step.label == '1' else 'needs'}"}
        row |= _counted("", int(found.has(step).sum()), found.n)
        if found.caseload_n:
            row |= _counted("caseload_", found.caseload_count(step), found.caseload_n)
        rows.append(row)
    if steps is SINGLE and found.n:
        rows += [{"number": name, **described} for name, described in _means(found)]
    return frame_of(rows, [column.name for column in _columns(found, steps)], labels=("number",))


def _counted(prefix: str, k: int, n: int) -> dict[str, object]:
    return {f"{prefix}people": k, f"{prefix}share": 100 * k / n}


def _means(found: Numbers) -> list[tuple[str, dict[str, object]]]:
    """The means that there are, with SD and interval."""
    rows: list[tuple[str, dict[str, object]]] = [
        (_MEANS[0], {name: found.described[name] for name in _STATISTICS}),
    ]
    beside = found.caseload_mean
    if beside is not None:
        low, high = mean_interval(beside.mean, beside.sd or 0.0, found.caseload_n)
        rows.append((_MEANS[1], {"mean": beside.mean, "sd": beside.sd, "ci_low": low, "ci_high": high}))
    return rows


def _columns(found: Numbers, steps: Sequence[Step]) -> tuple[Column, ...]:
    """Of the table with a row for each mean where there are single numbers, else of counts and shares only."""
    rows = len(steps) if found.n else 0
    means = [(ASSESSED,), *([(CASELOAD,)] if found.caseload_n else [])] if steps is SINGLE and rows else []
    none = ((),) * len(means)
    counted = (*(((ASSESSED,),) * rows), *none)
    beside = (*(((CASELOAD,) if found.caseload_n else (),) * rows), *none)
    holders = tuple(step.keys for step in steps) if steps is MERGED and rows else ()
    columns = (
        Column("number", "Number of needs", "label"),
        Column("people", "People", "characteristic", groups=counted, holders=holders),
        Column("share", "Share (%)", "rate", 1, counted, follows="people"),
        Column("caseload_people", "Caseload: people", "characteristic", groups=beside),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, beside, follows="caseload_people"),
    )
    if steps is not SINGLE:
        return columns
    measured = (*(((),) * rows), *means)
    kinds = ("mean", "sd", "interval", "interval")
    labels = ("Mean", "SD", "95 % interval from", "to")
    found_columns = zip(_STATISTICS, labels, kinds, strict=True)
    return (*columns, *(Column(name, label, kind, 2, measured) for name, label, kind in found_columns))
