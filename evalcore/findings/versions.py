"""Two versions of a study held against each other: the numbers of every measure, and what was put in and decided."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, POST, PRE
from evalcore.decisions import FIRST_COMPLETE, LAST_COMPLETE, NEITHER, Decision, KeepAnswer, SamePerson
from evalcore.findings.measures import Measure, measures
from evalcore.findings.scores import Scores
from evalcore.intake import Intake
from evalcore.methods.word_table import WordTable
from evalcore.plan import Plan, day
from evalcore.plan.measures import label_of
from evalcore.study import Study
from evalcore.wording import MISSING, count, interval, joined, number, rounded, upper_first

FIGURES: Mapping[str, str] = {
    "scored_pre": "People with a score before",
    "scored_post": "People with a score after",
    "matched": "Matched people",
    "all_mean_pre": "Mean before, everyone with a score",
    "all_mean_post": "Mean after, everyone with a score",
    "mean_pre": "Mean before, matched people",
    "mean_post": "Mean after, matched people",
    "change": "Mean change, matched people",
    "ci_low": "95 % interval of the mean change from",
    "ci_high": "95 % interval of the mean change to",
}
"""What is held against each other for each measure, and its name for a reader."""

_COUNTS = ("scored_pre", "scored_post", "matched")
_SIGNED = ("change", "ci_low", "ci_high")
_INTERVAL = "95 % interval of the mean change"
_NUMBERS = ("earlier", "later", "difference")
_EXACT = 10
"""Decimals to which two numbers count as equal: the last digits of a sum depend on how it was made."""

_KEPT = {FIRST_COMPLETE: "the first complete one", LAST_COMPLETE: "the last complete one", NEITHER: "none of them"}
_IN, _OUT = "in it", "not in it"


@dataclass(frozen=True, eq=False, repr=False)
class VersionComparison:
    """Two versions of a study, side by side. For the evaluator's own screen: a difference can be one person's score.

    Attributes
    ----------
    names : tuple of str
        What the two versions are called.
    numbers : DataFrame
        `measure, figure, decimals, earlier, later, difference`: one row for each measure of either version (its slug)
        and each figure of `FIGURES`. The difference is later less earlier. NaN is what can not be computed: a mean
        of nobody, an interval of fewer than 3 matched pairs or of changes that are all equal.
    labels : mapping of str to str
        What each measure is called, by its slug, in the order of `numbers`.
    equal : tuple of str
        Slugs of the measures of which every figure is the same in both.
    only_earlier, only_later : tuple of str
        Slugs of the measures that only one of the two has.
    made_of : WordTable
        Files, decisions, plan and other explanations that are not the same; without a row where all are.
    """

    names: tuple[str, str]
    numbers: pd.DataFrame
    labels: Mapping[str, str]
    equal: tuple[str, ...]
    only_earlier: tuple[str, ...]
    only_later: tuple[str, ...]
    made_of: WordTable

    @property
    def sentence(self) -> str:
        """What is equal, what is not, and what only one of the two has, in words."""
        one, other = self.names
        if not self.labels:
            return "Nobody answered a questionnaire in either version, so there is no number to compare."
        if len(self.equal) == len(self.labels):
            return "Every number of every measure is the same in both."
        differ = len(self.labels) - len(self.equal) - len(self.only_earlier) - len(self.only_later)
        parts = [f"{count(differ, 'measure has a number that differs', 'measures have numbers that differ')}."]
        if self.equal:
            parts.append(f"The same in both, number by number: {self._called(self.equal)}.")
        for slugs, held in ((self.only_earlier, one), (self.only_later, other)):
            if slugs:
                parts.append(f"Only in {held}: {self._called(slugs)}.")
        return " ".join(parts)

    @property
    def sentence_made_of(self) -> str:
        """Whether files, decisions and plan are the same, in words."""
        if not self.made_of.rows:
            return "Files, decisions, plan and other explanations are the same in both."
        return "What is not listed here is the same in both: files, decisions, plan and other explanations."

    def side_by_side(self, *, every: bool = False) -> WordTable:
        """Write the numbers for a reader; without the measures that are equal in both, unless `every` one is asked for.

        A difference that rounds to 0 without being 0 says so.
        """
        shown = [slug for slug in self.labels if every or slug not in self.equal]
        rows = [row for slug in shown for row in self._rows(slug)]
        headings = ("Measure", "Figure", *map(upper_first, self.names), "Difference")
        return WordTable(f"Numbers of {self.names[0]} and {self.names[1]}", headings, tuple(rows))

    def rows_for_a_file(self) -> pd.DataFrame:
        """Return all numbers with headings for a reader, rounded as on screen; a working copy by nature."""
        held = self.numbers
        decimals = held["decimals"].tolist()
        cells: dict[str, list[object]] = {
            "Measure": [self.labels[slug] for slug in held["measure"]],
            "Figure": [FIGURES[name] for name in held["figure"]],
        }
        for heading, name in zip((*map(upper_first, self.names), "Difference"), _NUMBERS, strict=True):
            values = zip(held[name].tolist(), decimals, strict=True)
            cells[heading] = [math.nan if math.isnan(one) else rounded(one, places) for one, places in values]
        return pd.DataFrame(cells)

    def _called(self, slugs: Iterable[str]) -> str:
        return "; ".join(self.labels[slug] for slug in slugs)

    def _rows(self, slug: str) -> Iterator[tuple[str, ...]]:
        held = self.numbers[self.numbers["measure"] == slug]
        values = dict(zip(held["figure"], held[list(_NUMBERS)].to_numpy(dtype=float).tolist(), strict=True))
        decimals = dict(zip(held["figure"], held["decimals"].tolist(), strict=True))
        label = self.labels[slug]
        for name, heading in FIGURES.items():
            earlier, later, difference = values[name]
            places = decimals[name]
            if name == "ci_low":
                yield label, _INTERVAL, *_intervals(values[name], values["ci_high"], places)
            elif name != "ci_high":
                written = (number(value, places, signed=name in _SIGNED) for value in (earlier, later))
                yield label, heading, *written, _difference(difference, places)


def compare_versions(
    earlier: Study, later: Study, *, names: tuple[str, str] = ("the earlier version", "the later version")
) -> VersionComparison:
    """Hold two versions of a study against each other: nothing is shared between them but the names of the measures.

    Parameters
    ----------
    earlier, later : Study
        In either order; differences are `later` less `earlier`.
    names : tuple of str
        What to call the two.

    Returns
    -------
    VersionComparison
        For every measure (a scale of a questionnaire for one group of roles, all sites together) the numbers as
        `describe` and `paired_change` give them.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> found = compare_versions(study, study.without(study.intakes[0].name), names=("version 1", "version 2"))
    >>> found.made_of.headings
    ('What', 'Version 1', 'Version 2')
    >>> found.made_of.rows[0][1:]
    ('in it', 'not in it')
    >>> compare_versions(study, study).sentence_made_of
    'Files, decisions, plan and other explanations are the same in both.'
    """
    ours, theirs = _measured(earlier), _measured(later)
    labels = _labels(ours, theirs)
    numbers = _numbers(labels, ours, theirs)
    one, other = (numbers[name].round(_EXACT) for name in _NUMBERS[:2])
    differ = set(numbers.loc[one.ne(other) & ~(one.isna() & other.isna()), "measure"])
    return VersionComparison(
        names=names,
        numbers=numbers,
        labels=labels,
        equal=tuple(slug for slug in labels if slug in ours and slug in theirs and slug not in differ),
        only_earlier=tuple(slug for slug in labels if slug not in theirs),
        only_later=tuple(slug for slug in labels if slug not in ours),
        made_of=_made_of(earlier, later, names),
    )


@dataclass(frozen=True)
class _Measured:
    """One measure of one version, and its figures."""

    measure: Measure
    figures: Mapping[str, float]


def _measured(study: Study) -> dict[str, _Measured]:
    """Every measure of one version, by its slug."""
    scores = Scores(study)
    return {one.slug: _Measured(one, _figures(scores, one)) for one in measures(study, scores=scores)}


def _figures(scores: Scores, measure: Measure) -> Mapping[str, float]:
    key = (measure.instrument, measure.scale, measure.roles)
    change = scores.change(*key)
    everyone = scores.description(*key).loc[[ALL_PRE, ALL_POST], ["n", "mean"]].to_numpy(dtype=float).tolist()
    (scored_pre, all_mean_pre), (scored_post, all_mean_post) = everyone
    found = {
        "scored_pre": scored_pre,
        "scored_post": scored_post,
        "matched": change.n_pairs,
        "all_mean_pre": all_mean_pre,
        "all_mean_post": all_mean_post,
        "mean_pre": change.mean_pre,
        "mean_post": change.mean_post,
        "change": change.mean_change,
        "ci_low": change.ci_low,
        "ci_high": change.ci_high,
    }
    return {name: math.nan if value is None else float(value) for name, value in found.items()}


def _labels(ours: Mapping[str, _Measured], theirs: Mapping[str, _Measured]) -> dict[str, str]:
    """What every measure of either version is called: by the whole group where the two have not the same roles."""
    found = {}
    for slug in dict.fromkeys((*theirs, *ours)):
        called = {held[slug].measure.label for held in (ours, theirs) if slug in held}
        found[slug] = called.pop() if len(called) == 1 else label_of(slug)
    return found


def _numbers(labels: Mapping[str, str], ours: Mapping[str, _Measured], theirs: Mapping[str, _Measured]) -> pd.DataFrame:
    rows = []
    for slug in labels:
        held = [one.get(slug) for one in (ours, theirs)]
        decimals = next(one.measure.decimals for one in held if one is not None)
        for name in FIGURES:
            nothing = 0.0 if name in _COUNTS else math.nan
            values = (nothing if one is None else one.figures[name] for one in held)
            rows.append((slug, name, 0 if name in _COUNTS else decimals, *values))
    table = pd.DataFrame(rows, columns=["measure", "figure", "decimals", "earlier", "later"])
    table = table.astype({"measure": "str", "figure": "str", "decimals": int, "earlier": float, "later": float})
    return table.assign(difference=(table["later"] - table["earlier"]).round(_EXACT))


def _difference(value: float, decimals: int) -> str:
    """A difference that is not 0 is never written as 0."""
    if value != 0 and rounded(value, decimals) == 0:
        return "just above 0" if value > 0 else "just below 0"
    return number(value, decimals, signed=True)


def _intervals(low: Sequence[float], high: Sequence[float], decimals: int) -> Iterator[str]:
    """The interval of both versions, and whether it is the same; each end is `earlier, later, difference`."""
    known = [not math.isnan(one) for one in low[:2]]
    for at, held in enumerate(known):
        yield interval(low[at], high[at], decimals) if held else MISSING
    same = low[2] == 0 and high[2] == 0
    yield MISSING if not all(known) else "the same" if same else "not the same"


def _made_of(earlier: Study, later: Study, names: tuple[str, str]) -> WordTable:
    """What differs in files, readings that wait, decisions, plan and other explanations."""
    rows = [
        *_files(earlier, later),
        *_counts(earlier, later),
        *_decisions(earlier, later),
        *_plans(earlier.plan, later.plan),
        *_explanations(earlier, later),
    ]
    title = f"What {names[0]} and {names[1]} are made of"
    return WordTable(title, ("What", *map(upper_first, names)), tuple(rows))


_Row = tuple[str, str, str]


def _files(earlier: Study, later: Study) -> Iterator[_Row]:
    ours, theirs = ({one.name: one for one in study.intakes} for study in (earlier, later))
    for name in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(name), theirs.get(name)
        if one is None or other is None:
            yield f"File {name}", _OUT if one is None else _IN, _OUT if other is None else _IN
        elif _bytes_of(one) != _bytes_of(other):
            yield f"File {name}", "one file", "another file of the same name"
        elif one.digest != other.digest or one.kind != other.kind:
            yield f"File {name}", "read in one way", "read in another way"


def _bytes_of(intake: Intake) -> tuple[str, str]:
    """What stays the same of a file, however it is read."""
    return (intake.digest, "") if intake.raw is None else (intake.raw.digest, intake.raw.sheet)


def _counts(earlier: Study, later: Study) -> Iterator[_Row]:
    """Readings that wait for an answer: those of one version can only be counted against the other's."""
    one, other = len(earlier.waiting), len(later.waiting)
    if one != other:
        yield "Files that wait for an answer", str(one), str(other)


def _decisions(earlier: Study, later: Study) -> Iterator[_Row]:
    ours, theirs = (dict(map(_decided, study.decisions)) for study in (earlier, later))
    for subject in dict.fromkeys((*ours, *theirs)):
        one, other = (held.get(subject, "not decided") for held in (ours, theirs))
        if one != other:
            yield subject, one, other


def _decided(decision: Decision) -> tuple[str, str]:
    """What was decided about, and how."""
    role = f" ({decision.role})" if decision.role else ""
    if isinstance(decision, SamePerson):
        both = joined(sorted((decision.found, decision.respondent_id)))
        said = f"one person, {decision.found} is read as {decision.respondent_id}" if decision.same else "two people"
        return f"Identifiers {both}{role}", said
    return _answered_twice(decision) + role, f"use {_KEPT[decision.keep]}"


def _answered_twice(decision: KeepAnswer) -> str:
    if decision.respondent_id is None:
        return "Different answers of anyone at one wave"
    when = {PRE: "before", POST: "after"}.get(decision.wave or "", "at one wave")
    return f"Different answers of {decision.respondent_id}, {when}"


def _plans(one: Plan | None, other: Plan | None) -> Iterator[_Row]:
    if (one and one.digest) != (other and other.digest):
        yield "Analysis plan", _plan_words(one), _plan_words(other)


def _plan_words(plan: Plan | None) -> str:
    return "none" if plan is None else f"version {plan.version}, fixed on {day(plan.written_at)} (code {plan.code})"


def _explanations(earlier: Study, later: Study) -> Iterator[_Row]:
    for rival in dict.fromkeys((*earlier.rivals, *later.rivals)):
        held = [rival in study.rivals for study in (earlier, later)]
        if not all(held):
            first, second = (_IN if one else _OUT for one in held)
            yield f"Other explanation: {rival.what}", first, second
