"""The scores before and after beside one published norm."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from evalcore.errors import UnknownNameError
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.dots import mean_columns
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm
from evalcore.findings.measures import Measure
from evalcore.findings.questionnaires.answered import WHEN, opposite
from evalcore.findings.questionnaires.norm_chart import norm_chart
from evalcore.findings.questionnaires.norm_people import Beside, beside, counted_key
from evalcore.findings.questionnaires.scores import KEYS
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import Norm
from evalcore.methods import definition
from evalcore.rules.source import SINGLE_SOURCE
from evalcore.wording import interval, number, rounded

_CAUTION = (
    "The people of a programme are not a sample of a norm's population. A difference from a norm is no sign of illness,"
    " and does not tell what a programme does."
)
_PUBLISHED = "published"
"""Key of the people behind the norm: their number is known, where it was published, and nothing else."""
_DESCRIBED = ("n", "mean", "sd", "ci_low", "ci_high")
_DIFFERENCES = ("difference", "difference_low", "difference_high")


def norms_of(measure: Measure) -> tuple[Norm, ...]:
    """Published norms that a measure may be set beside: the default first, and none that was never seen in a source.

    Examples
    --------
    >>> from evalcore.findings.measures import measures
    >>> from evalcore.sample import sample_study
    >>> [norm.label for norm in norms_of(measures(sample_study(), "service user")[1])][:2]
    ['England 2010-2013', 'England 2010-2013, men']
    """
    instrument = load_instrument(measure.instrument)
    found = [norm for norm in instrument.norms if norm.scale == measure.scale and norm.source.may_be_default]
    return tuple(sorted(found, key=lambda norm: not norm.default))


def norms_finding(basis: Basis, norm: str | None = None) -> Finding:
    """Means before and after beside one published norm, named with its date, population, n and source.

    Parameters
    ----------
    basis : Basis
    norm : str, optional
        Name of one of `norms_of(basis.measure)`; by default the first. One of one sex is set beside people of that sex.

    Raises
    ------
    UnknownNameError
        If the measure has no norm of that name; the message lists those there are.
    """
    offered = {one.name: one for one in norms_of(basis.measure)}
    if norm is not None and norm not in offered:
        known = f"There are: {', '.join(offered)}." if offered else "There is none."
        raise UnknownNameError(f"{basis.measure.short_name} has no published norm {norm!r}. {known}")
    chosen = offered[norm] if norm is not None else next(iter(offered.values()), None)
    if chosen is None:
        return _without_norm(basis)
    return _beside(basis, chosen)


def _beside(basis: Basis, norm: Norm) -> Finding:
    people = beside(basis, norm)
    everyone = tuple(wave for wave, n in people.n.items() if n)
    large = tuple(wave for wave in everyone if people.n[wave] >= LEAST_FOR_A_MEAN) or everyone
    title, sentence = _words(basis, norm, people, everyone, outside=False)
    outside_title, outside_sentence = _words(basis, norm, people, large, outside=True)
    caution = _caution(basis, norm)
    waves = tuple(people.described)
    return Finding(
        id=basis.finding_id("norms"),
        title=title,
        sentence=" ".join(part for part in (sentence, people.not_compared) if part),
        caution=caution,
        chart=norm_chart(basis, norm, people, outside=False),
        table=_table(people, norm),
        columns=_columns(basis, people, norm),
        groups={**basis.groups, **people.groups, _PUBLISHED: _group_of(norm, basis.measure)},
        trail=basis.trail,
        source=_source(basis, norm),
        files=files_of(basis),
        definition=definition("sd", "mean_interval", "norm_difference", "rounding"),
        outside=OutsideForm(
            name="means and intervals",
            title=outside_title,
            sentence=outside_sentence,
            caution=caution,
            chart=norm_chart(basis, norm, people, outside=True),
            rests_on=tuple(people.keys[wave] for wave in large),
            rests_on_rows=tuple(map(waves.index, large or waves)) if norm.sex else (),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Beside a published norm: {basis.topic}",
    )


def _group_of(norm: Norm, measure: Measure) -> Group:
    return Group(_PUBLISHED, norm.label, measure.key, frozenset(), norm.n or 0)


def _words(basis: Basis, norm: Norm, people: Beside, waves: Sequence[str], *, outside: bool) -> tuple[str, str]:
    """Title and sentence about our people of these waves and the norm."""
    name, unit = basis.measure.short_name, basis.measure.unit
    published = number(norm.mean, basis.decimals)
    facts = f"The published mean is of {_facts(basis, norm, figures=False)}."
    if people.refused:
        return f"{name}, {people.who}: not set beside {norm.label}", f"{people.refused} {facts}"
    if not waves:
        return f"{name}: no scores among the {people.who}", f"Nobody among the {people.who} has a {name} score. {facts}"
    means, against = [], []
    for wave in waves:
        row, n = people.described[wave], people.n[wave]
        decimals = basis.outside_decimals(n) if outside else basis.decimals
        mean = number(row["mean"], decimals)
        means.append(f"{mean} {WHEN[wave]} (n = {n:,})")
        difference = _difference_in_words(row, norm, decimals)
        against.append(f"{WHEN[wave]}, the mean of the {people.who} was {mean} {unit} (n = {n:,}), {difference}")
    title = f"{name}, {people.who}: mean {' and '.join(means)}; published mean {published} ({norm.label})"
    text = "; ".join(against)
    return (
        title,
        f"The published mean is {published} {unit}: {_facts(basis, norm, figures=False)}. {text[0].upper()}{text[1:]}.",
    )


def _difference_in_words(row: Mapping[str, float], norm: Norm, decimals: int) -> str:
    """ "3.0 below the published mean, 95 % interval −4.6 to −1.3"."""
    difference = row["mean"] - norm.mean
    size = number(abs(difference), decimals)
    side = "below" if difference < 0 else "above"
    words = f"{size} {side} it" if rounded(difference, decimals) else "the same to the last digit shown"
    low, high = row["ci_low"] - norm.mean, row["ci_high"] - norm.mean
    if not math.isfinite(low):
        return words
    return f"{words} (95 % interval of the difference {interval(low, high, decimals)})"


def _facts(basis: Basis, norm: Norm, *, figures: bool = True) -> str:
    """Population, date and n of a norm and, where wanted, its mean and SD."""
    n = f"n = {norm.n:,}" if norm.n is not None else "n of this group not published"
    words = f"{norm.population}, {norm.date}, {n}"
    if not figures:
        return words
    sd = f"SD {number(norm.sd, 2)}" if norm.sd is not None else "SD not published"
    return f"{norm.label}: {words}; mean {number(norm.mean, 2)}, {sd}"


def _caution(basis: Basis, norm: Norm) -> str:
    read_once = "The published figures were read in one source only." if norm.source.standing == SINGLE_SOURCE else ""
    general = load_instrument(basis.measure.instrument).norms_caution
    return " ".join(part for part in (_CAUTION, norm.caution or read_once, general) if part)


def _table(people: Beside, norm: Norm) -> pd.DataFrame:
    """A row a wave of our people, and one of the norm."""
    rows = []
    for wave, row in people.described.items():
        differences = [row[name] - norm.mean for name in ("mean", "ci_low", "ci_high")]
        rows.append((WHEN[wave].capitalize(), *(row[name] for name in _DESCRIBED), *differences))
    n, sd = (math.nan if value is None else float(value) for value in (norm.n, norm.sd))
    rows.append((f"Published: {norm.label}", n, norm.mean, sd, *(math.nan,) * 5))
    return pd.DataFrame(rows, columns=["when", *_DESCRIBED, *_DIFFERENCES])


def _columns(basis: Basis, people: Beside, norm: Norm) -> tuple[Column, ...]:
    decimals, waves = basis.measure.decimals, tuple(people.described)
    groups = (*((people.keys[wave],) for wave in waves), ())
    _, *measured = mean_columns(decimals, groups)
    n = Column("n", "People", "fieldwork", groups=(*groups[:-1], (_PUBLISHED,)))
    if norm.sex:
        # how many men there are is a characteristic of the people who answered, not fieldwork
        counted = [counted_key(people.keys[wave]) for wave in waves]
        n = Column(
            "n",
            "People",
            "characteristic",
            groups=(*((KEYS[wave],) for wave in waves), (_PUBLISHED,)),
            holders=(*((key, opposite(key)) for key in counted), ()),
        )
    return (
        Column("when", "Who", "label"),
        n,
        *measured,
        Column("difference", "Difference from the published mean", "mean", decimals, groups),
        Column("difference_low", "Difference: 95 % interval from", "interval", decimals, groups),
        Column("difference_high", "Difference: to", "interval", decimals, groups),
    )


def _source(basis: Basis, norm: Norm) -> str:
    cited = f"{norm.source.citation} ({norm.source.standing})"
    return f"{source_of(basis).rstrip('.')}. Norm: {_facts(basis, norm)}. {cited}."


def _without_norm(basis: Basis) -> Finding:
    """Where no published norm can be used: the plain word, and nothing to compare with."""
    measure = basis.measure
    title = f"{measure.short_name}: no published norm can be used"
    general = load_instrument(measure.instrument).norms_caution
    sentence = f"No published mean of {measure.short_name} that was seen in a source is held here."
    sentence = f"{sentence} {general}".strip()
    return Finding(
        id=basis.finding_id("norms"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=None,
        table=pd.DataFrame({"when": pd.Series(dtype="str")}),
        columns=(Column("when", "Who", "label"),),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("norm_difference"),
        outside=OutsideForm("", title, sentence, _CAUTION, None),
        by_site=basis.site is not None,
        of_staff=measure.of_staff,
        topic=f"Beside a published norm: {basis.topic}",
    )
