"""Where the error of a questionnaire comes from: a published threshold, a cited SD and reliability, or this sample."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.columns import ALL_PRE, PRE
from evalcore.findings.basis import Basis
from evalcore.findings.measures import Measure
from evalcore.findings.questionnaires.answered import answered_at, items_of, whole_answered_at
from evalcore.findings.scores import Key
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import ALPHA, IMPLIED, TEST_RETEST, Instrument
from evalcore.methods import cited
from evalcore.outcomes.consistency import LEAST_PEOPLE, reliability
from evalcore.rules.source import UNVERIFIED
from evalcore.rules.thresholds import HIGH, ChangeRules, ErrorRule, ThresholdRule, list_change_rules, load_change_rules
from evalcore.wording import lower_first, number

SAMPLE, TYPED, POINTS = "sample", "typed", "points"
OWN_SOURCES = (SAMPLE, TYPED, POINTS)
"""The sources that a person may choose besides the published ones."""

_KINDS = {ALPHA: "alpha", TEST_RETEST: "test-retest reliability", IMPLIED: "implied reliability"}


@dataclass(frozen=True)
class ErrorSource:
    """What single changes are held against: an SD with a reliability, or a threshold in points.

    Attributes
    ----------
    name, label : str
        Fixed name, and the words of a choice.
    words : str
        What it is and where it comes from, as the end of a sentence.
    sd, reliability, points : float or None
        Either the first two or the last.
    inclusive : bool
        Whether a change of exactly `points` reaches it.
    is_error : bool
        Whether a change beyond it is more than error; else `points` are a size of change and no more.
    caution : str
    unverified : bool
        Whether a part of it was never seen in a source; then it is never used unasked.
    of_sample : bool
        Whether its figures are those of these people, so that they do not leave.
    """

    name: str
    label: str
    words: str
    sd: float | None = None
    reliability: float | None = None
    points: float | None = None
    inclusive: bool = False
    is_error: bool = True
    caution: str = ""
    unverified: bool = False
    of_sample: bool = False


def change_rules(instrument: str) -> ChangeRules:
    """The rules of change of a questionnaire; empty ones where it has none.

    >>> change_rules("uwes9").default
    ''
    """
    if instrument in list_change_rules():
        return load_change_rules(instrument)
    return ChangeRules(instrument, "", (), (), {}, "")


def published_sources(measure: Measure) -> tuple[ErrorSource, ...]:
    """Every published threshold and error of a measure, the one that is used unasked first.

    Examples
    --------
    >>> from evalcore.findings.measures import measures
    >>> from evalcore.findings.scores import Scores
    >>> from evalcore.sample import sample_study
    >>> gse, swemwbs = measures(sample_study(), "service user")
    >>> [source.name for source in published_sources(swemwbs)]
    ['sem_2_77', 'sem_1', 'england_alpha_uk']
    >>> published_sources(gse)[0].reliability
    0.88
    """
    instrument, rules = load_instrument(measure.instrument), change_rules(measure.instrument)
    found = [_threshold(instrument, rule) for rule in rules.thresholds if rule.scale == measure.scale]
    found += [_error(instrument, rule) for rule in rules.errors if rule.scale == measure.scale]
    kept = [source for source in found if source is not None]
    return tuple(sorted(kept, key=lambda source: (source.name != rules.default, source.unverified)))


def default_source(measure: Measure) -> ErrorSource | None:
    """The published source that is used unasked; None where nothing was read in a source.

    >>> from evalcore.findings.measures import measures
    >>> from evalcore.findings.scores import Scores
    >>> from evalcore.sample import sample_study
    >>> [default_source(measure) is None for measure in measures(sample_study(), "staff")][:2]
    [False, True]
    """
    default = change_rules(measure.instrument).default
    found = (source for source in published_sources(measure) if source.name == default and not source.unverified)
    return next(found, None)


def _threshold(instrument: Instrument, rule: ThresholdRule) -> ErrorSource | None:
    """A published threshold in points; None for a range, which judges nobody without a choice of its end."""
    threshold = next(one for one in instrument.thresholds if (one.name, one.scale) == (rule.name, rule.scale))
    if threshold.low != threshold.high:
        return None
    than = f"{points(threshold.low)} points or more" if rule.inclusive else f"more than {points(threshold.low)} points"
    unverified = _is_unverified(threshold.source.standing)
    return ErrorSource(
        name=rule.name,
        label=_marked(f"Published: {than} ({lower_first(threshold.label)})", unverified),
        words=f"{lower_first(threshold.label)}, {threshold.level} level ({cited(threshold.source)})",
        points=threshold.low,
        inclusive=rule.inclusive,
        is_error=rule.is_error,
        caution=rule.caution or threshold.caution,
        unverified=unverified,
    )


def _error(instrument: Instrument, rule: ErrorRule) -> ErrorSource:
    """A cited SD with a cited reliability."""
    norm = next(one for one in instrument.norms if (one.name, one.scale) == (rule.sd, rule.scale))
    value = next(one for one in instrument.reliabilities if (one.name, one.scale) == (rule.reliability, rule.scale))
    r = value.high if rule.end == HIGH else value.low
    unverified = any(_is_unverified(one.source.standing) for one in (norm, value))
    kind = _KINDS[value.kind]
    of_sd = "" if norm.source == value.source else f" ({cited(norm.source)})"
    return ErrorSource(
        name=rule.name,
        label=_marked(f"Cited: SD {number(norm.sd)} and {kind} {number(r)}", unverified),
        words=(
            f"SD {number(norm.sd)} of {norm.population}{of_sd} and {kind} {number(r)} ({value.population}; "
            f"{cited(value.source)})"
        ),
        sd=norm.sd,
        reliability=r,
        caution=rule.caution,
        unverified=unverified,
    )


def _is_unverified(standing: str) -> bool:
    return standing == UNVERIFIED


def _marked(label: str, unverified: bool) -> str:
    return f"{label}: unverified" if unverified else label


def points(value: float) -> str:
    """Write a number of points with at most two decimals, and none that it does not need.

    >>> points(3.0), points(2.87), points(10.2361)
    ('3', '2.87', '10.24')
    """
    text = number(value, 2)
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True)
class SampleError:
    """The SD and alpha of this sample before: of everyone in the whole group, whatever the site or role chosen.

    `n_sd` people have a score before, and `n_alpha` answered every item; `why_not` says why it can not be used.
    """

    sd: float | None
    alpha: float | None
    n_sd: int
    n_alpha: int
    why_not: str

    @property
    def source(self) -> ErrorSource | None:
        """The sample as a source of error; None where it can not be one."""
        if self.why_not:
            return None
        few = f" Only {self.n_alpha:,} people answered every item: this alpha is very uncertain."
        return ErrorSource(
            name=SAMPLE,
            label=f"From this sample: SD {number(self.sd)} and alpha {number(self.alpha)}",
            words=(
                f"SD {number(self.sd)} of all scores before (n = {self.n_sd:,}) and Cronbach's alpha"
                f" {number(self.alpha)} of the complete answers before (n = {self.n_alpha:,}), both of this sample"
            ),
            sd=self.sd,
            reliability=self.alpha,
            caution=_OF_SAMPLE + (few if self.n_alpha < LEAST_PEOPLE else ""),
            of_sample=True,
        )

    @property
    def large_enough(self) -> bool:
        """Whether it may be used unasked where nothing was published."""
        return not self.why_not and self.n_alpha >= LEAST_PEOPLE


_OF_SAMPLE = (
    "Alpha belongs to the sum of the answers, and leaves out how a person's answers vary from one week to the next."
)


def sample_error(basis: Basis) -> SampleError:
    """SD of all scores before and Cronbach's alpha of the answers before, of the whole group.

    Examples
    --------
    >>> from evalcore.findings.measures import measures
    >>> from evalcore.findings.scores import Scores
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> sample_error(Basis(Scores(study), measures(study, "service user")[0], None)).n_sd
    18
    """
    measure = basis.measure
    key = (measure.instrument, measure.scale, basis.whole_roles, None)
    return basis.scores.once(("sample error", key), lambda: _sample_error(basis, key))


def _sample_error(basis: Basis, key: Key) -> SampleError:
    described = basis.scores.description(*key)
    n, spread = (dict(zip(described.index, described[name].tolist(), strict=True))[ALL_PRE] for name in ("n", "sd"))
    answered = whole_answered_at(basis, PRE) or answered_at(basis, PRE)
    found = reliability(answered.table(answered.scored, [item.code for item in items_of(basis)]))
    sd = spread if spread > 0 else None
    why_not = ""
    if sd is None:
        why_not = "the scores before have no spread to take an SD from"
    elif found.alpha is None:
        why_not = "no alpha can be computed from the answers before"
    elif not 0 < found.alpha < 1:
        why_not = "the alpha of the answers before is no reliability between 0 and 1"
    return SampleError(sd, found.alpha, int(n), found.n, why_not)
