"""Whose change is larger than the questionnaire's own error: counts, and a scatter of before against after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.errors import UnknownNameError
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.error.judged import FELL, NEITHER, ROSE, Mask, both, change_measure, counted_groups
from evalcore.findings.before_after.error.reliable_chart import counts_chart, scatter
from evalcore.findings.before_after.error.reliable_words import (
    ROWS,
    Said,
    outside_sentence,
    outside_title,
    said,
    sentence_of,
    title_of,
)
from evalcore.findings.before_after.error.sources import (
    OWN_SOURCES,
    POINTS,
    SAMPLE,
    TYPED,
    ErrorSource,
    default_source,
    points,
    published_sources,
    sample_error,
)
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.instruments import load_instrument
from evalcore.methods import definition
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.reliable import DETERIORATED, IMPROVED, SAME, ReliableChange, published_change, reliable_change
from evalcore.outcomes.reliable_methods import JACOBSON_TRUAX
from evalcore.wording import number

LEAST_FOR_A_SHARE = 10
_LEAST_COUNT = 5
_TYPED_BOTH = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)-(\d(?:\.\d{1,4})?)", re.ASCII)
_NO_ERROR_KNOWN = "Without it, a single change can not be told from the chance of answering on one day or another."
_CAUTION = (
    "Counts of a group, and a verdict on nobody: one person's change rests on two questionnaires. A change beyond error"
    " need not be large, and nothing here says what brought it about."
)


@dataclass(frozen=True)
class ReliableChoice:
    """What a person chose to hold single changes against.

    Attributes
    ----------
    source : str
        Name of one of `published_sources`, or `sample`, `typed` (`sd` and `reliability`) or `points` (`threshold`);
        empty for what is used unasked.
    method : str
        One of `METHODS`; it does not apply to a threshold in points.
    sd, reliability, threshold : float or None
        As typed.
    """

    source: str = ""
    method: str = JACOBSON_TRUAX
    sd: float | None = None
    reliability: float | None = None
    threshold: float | None = None


_UNASKED = ReliableChoice()


def reliable_finding(basis: Basis, choice: ReliableChoice = _UNASKED) -> Finding:
    """Before against after with the lines beyond which a change is more than error, and how many lie beyond them.

    Parameters
    ----------
    basis : Basis
    choice : ReliableChoice
        By default the questionnaire's published threshold, or its best cited SD and reliability; where nothing was read
        in a source the sample's own from 30 complete answers on; else there is no chart, and the sentence says what is
        missing.

    Raises
    ------
    UnknownNameError
        If there is no such source or method.
    EvalcoreError
        If what was typed is no SD, reliability or threshold.
    """
    source, why_not = _chosen(basis, choice)
    if source is None:
        return _without(basis, why_not)
    found = _judge(basis, source, choice.method, basis.pairs)
    if found.line is None or not found.n_pairs:
        return _without(basis, _nothing(basis, found))
    return _finding(basis, source, choice.method, found)


def read_sd_and_reliability(text: str) -> tuple[float, float] | None:
    """Read an SD and a reliability below 1 as an address holds them, "4.67-0.88"; None for anything else.

    Examples
    --------
    >>> read_sd_and_reliability("4.67-0.88"), read_sd_and_reliability("4.67-1"), read_sd_and_reliability("soon")
    ((4.67, 0.88), None, None)
    """
    found = _TYPED_BOTH.fullmatch(text)
    sd, reliability = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return (sd, reliability) if sd > 0 and reliability < 1 else None


def _chosen(basis: Basis, choice: ReliableChoice) -> tuple[ErrorSource | None, str]:
    """The source of the error; or None, and what is missing."""
    offered = {source.name: source for source in published_sources(basis.measure)}
    if choice.source in offered:
        return offered[choice.source], ""
    if choice.source == TYPED:
        return _typed(choice)
    if choice.source == POINTS:
        return _points(basis, choice)
    if choice.source not in ("", SAMPLE):
        known = ", ".join((*offered, *OWN_SOURCES))
        raise UnknownNameError(f"There is no error of the {basis.measure.short_name} by this name. There are: {known}.")
    default = default_source(basis.measure) if not choice.source else None
    if default is not None:
        return default, ""
    sample = sample_error(basis)
    if choice.source == SAMPLE or sample.large_enough:
        return sample.source, f"From this sample none can be taken: {sample.why_not}."
    return None, (
        f"No reliability of the {basis.measure.short_name} was read in a source, and {sample.n_alpha:,} complete"
        " answers before are too few to take it from this sample unasked (30). Choose the sample, or type an SD and a"
        " reliability with their source."
    )


def _typed(choice: ReliableChoice) -> tuple[ErrorSource | None, str]:
    if choice.sd is None or choice.reliability is None:
        return None, "Type both an SD and a reliability."
    words = f"SD {number(choice.sd)} and reliability {number(choice.reliability)}, as typed on this page"
    return ErrorSource(TYPED, "", words, sd=choice.sd, reliability=choice.reliability), ""


def _points(basis: Basis, choice: ReliableChoice) -> tuple[ErrorSource | None, str]:
    """A typed threshold: a change of exactly that size reaches it, as a smallest change that matters is meant."""
    if choice.threshold is None:
        return None, f"Type a threshold in {basis.measure.unit}."
    words = f"{points(choice.threshold)} {basis.measure.unit} or more, as typed on this page"
    return ErrorSource(POINTS, "", words, points=choice.threshold, inclusive=True, is_error=False), ""


def _judge(basis: Basis, source: ErrorSource, method: str, pairs: Pairs) -> ReliableChange:
    higher = load_instrument(basis.measure.instrument).higher_is_better
    if source.points is not None:
        return published_change(pairs, threshold=source.points, higher_is_better=higher, inclusive=source.inclusive)
    sd, r = source.sd or 0.0, source.reliability or 0.0
    return reliable_change(pairs, sd=sd, reliability=r, method=method, higher_is_better=higher)


def _masks(found: ReliableChange) -> dict[str, Mask | None]:
    """Who rose, who fell, and who neither; None where nothing could be judged."""
    if found.line is None:
        return dict.fromkeys(ROWS)
    verdicts = found.people["verdict"].to_numpy()
    up, down = (IMPROVED, DETERIORATED) if found.higher_is_better else (DETERIORATED, IMPROVED)
    return {key: np.asarray(verdicts == verdict) for key, verdict in ((ROSE, up), (NEITHER, SAME), (FELL, down))}


def _finding(basis: Basis, source: ErrorSource, method: str, found: ReliableChange) -> Finding:
    n = {key: 0 if mask is None else int(mask.sum()) for key, mask in _masks(found).items()}
    words = said(basis, source, method, found)
    measures = {key: change_measure(basis, key) for key in ROWS}
    groups = counted_groups(basis, measures, lambda pairs: _masks(_judge(basis, source, method, pairs)))
    return Finding(
        id=basis.finding_id("reliable"),
        title=title_of(basis, words, n),
        sentence=sentence_of(basis, source, words, n),
        caution=_caution(source),
        chart=scatter(basis, found, words.beyond),
        table=_table(words, n),
        columns=_columns(),
        groups={**basis.groups, **groups},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_definitions(source, method)),
        outside=_outside(basis, source, words, n),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=_notes(found, source, method),
        topic=_topic(basis),
    )


def _topic(basis: Basis) -> str:
    return f"More than error: {basis.topic}"


def _caution(source: ErrorSource) -> str:
    marked = "Unverified: a figure that this rests on was not seen in a source." if source.unverified else ""
    return " ".join(part for part in (marked, source.caution, _CAUTION) if part)


def _definitions(source: ErrorSource, method: str) -> tuple[str, ...]:
    judged = ("threshold_in_points",) if source.points is not None else (method, "standard_error_of_measurement")
    return (*judged, "change")


def _notes(found: ReliableChange, source: ErrorSource, method: str) -> tuple[str, ...]:
    if source.points is not None:
        ignored = method != JACOBSON_TRUAX
        return ("The threshold is in points, so the chosen method does not apply.",) if ignored else ()
    errors = (
        f"Standard error of measurement {number(found.sem)}; standard error of a difference {number(found.s_diff)};"
        f" 1.96 times that: {number(found.threshold)}. An index beyond {found.critical:g} is more than error."
    )
    return (errors, *found.notes)


def _table(words: Said, n: Mapping[str, int]) -> pd.DataFrame:
    """Counts, and from 10 people on their shares."""
    counts = np.array([n[key] for key in ROWS], dtype=int)
    total = counts.sum()
    shares = 100 * counts / total if total >= LEAST_FOR_A_SHARE else np.full(len(counts), np.nan)
    return pd.DataFrame({"verdict": [words.rows[key] for key in ROWS], "n": counts, "share": shares})


def _columns() -> tuple[Column, ...]:
    groups = ((MATCHED_PRE,),) * len(ROWS)
    return (
        Column("verdict", "After beside before", "label"),
        Column("n", "People", "characteristic", groups=groups, holders=tuple(both(key) for key in ROWS)),
        Column("share", "Share (%)", "rate", 0, groups, follows="n"),
    )


def _outside(basis: Basis, source: ErrorSource, words: Said, n: Mapping[str, int]) -> OutsideForm:
    """Counts as bars. The words hold counts only where none is small, and no figure of the sample itself."""
    large = sum(n.values()) >= LEAST_FOR_A_SHARE and all(not k or k >= _LEAST_COUNT for k in n.values())
    plain = outside_sentence(basis, source, words)
    told = large and not source.of_sample
    return OutsideForm(
        name="counts only",
        title=title_of(basis, words, n) if told else outside_title(basis),
        sentence=sentence_of(basis, source, words, n) if told else plain,
        caution=_CAUTION if source.of_sample else _caution(source),
        chart=counts_chart(basis, words.rows, n),
        rests_on=() if basis.site is None or not told else ("asked", "matched"),
        rests_on_rows=tuple(range(len(ROWS))) if told else (),
    )


def _nothing(basis: Basis, found: ReliableChange) -> str:
    if not found.n_pairs:
        return f"Nobody among the {basis.who} has a {basis.measure.short_name} score both before and after."
    return " ".join(found.notes)


def _without(basis: Basis, why_not: str) -> Finding:
    """Nothing to hold changes against, or no change: what is missing, in words."""
    title = f"{basis.measure.short_name}, {basis.who}: no change can be held against the questionnaire's error"
    shared = "Changes of single people could not be held against the questionnaire's own error."
    return Finding(
        id=basis.finding_id("reliable"),
        title=title,
        sentence=why_not,
        caution=_NO_ERROR_KNOWN,
        chart=None,
        table=pd.DataFrame({"verdict": pd.Series(dtype="str")}),
        columns=(Column("verdict", "After beside before", "label"),),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(JACOBSON_TRUAX, "standard_error_of_measurement"),
        outside=OutsideForm("", title, shared, _NO_ERROR_KNOWN, None),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=_topic(basis),
    )
