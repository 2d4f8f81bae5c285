"""The matched change with and without the pairs that rest on a confirmed near miss of two identifiers."""

from __future__ import annotations

from evalcore.columns import MATCHED_PRE
from evalcore.decisions import SamePerson
from evalcore.errors import UnknownNameError
from evalcore.findings.basis import CONTEXT, Basis, files_of, source_of
from evalcore.findings.before_after.when.beside import (
    Part,
    change_words,
    changes_chart,
    changes_columns,
    changes_table,
    mean_words,
)
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.scores import Scores
from evalcore.methods import definition
from evalcore.outcomes.matching import match
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from evalcore.study import Study
from evalcore.wording import count

EXACT = "matched exactly"
_LABELS = ("With confirmed near misses", "Without them")
_CAUTION = (
    "That two identifiers are one person's was decided by whoever confirmed it. With and without them are two readings"
    " of nearly the same people, not two results."
)


def has_near_misses(study: Study) -> bool:
    """Whether a person has confirmed that two identifiers that nearly match are one person's."""
    return any(isinstance(one, SamePerson) and one.same for one in study.decisions)


def near_misses_finding(basis: Basis) -> Finding:
    """How many pairs rest on a confirmed near miss, and the change with and without them."""
    exact = _exact(basis, basis.measure.roles, basis.site)
    parts = (
        Part(_LABELS[0], MATCHED_PRE, basis.change),
        Part(_LABELS[1], EXACT, paired_change(exact, resamples=0)),
    )
    resting = len(basis.pairs.matched.index.difference(exact.matched.index))
    title, sentence = _words(basis, parts, resting, outside=False)
    outside_title, outside_sentence = _words(basis, parts, resting, outside=True)
    counted = () if basis.site is None else ("asked", "matched")
    groups = ((MATCHED_PRE,), (EXACT,))
    return Finding(
        id=basis.finding_id("near-misses"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=changes_chart(basis, parts, outside=False),
        table=changes_table(parts),
        columns=(
            Column("which", "Which pairs", "label"),
            Column("n", "Pairs", "fieldwork", groups=groups),
            *changes_columns(basis, groups),
        ),
        groups={**basis.groups, **_groups(basis, exact)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("near_miss", "change", "sd", "change_interval"),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=changes_chart(basis, parts, outside=True),
            rests_on=(*(part.key for part in parts if part.n), *counted),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Confirmed near misses: {basis.topic}",
    )


def _exact(basis: Basis, roles: tuple[str, ...], site: str | None) -> Pairs:
    """The pairs as they are without the confirmed near misses; none where nobody is left of these people."""
    scores = Scores(basis.scores.study.exactly_matched())
    try:
        return scores.pairs(basis.measure.instrument, basis.measure.scale, roles, site)
    except UnknownNameError:
        nobody = basis.pairs.pre_only.iloc[:0]
        return match(nobody, nobody)


def _groups(basis: Basis, exact: Pairs) -> dict[str, Group]:
    """The pairs without near misses, and the same of the whole group that they are part of."""
    found = {"": exact}
    whole = basis.whole_roles
    if basis.site is not None or whole != basis.measure.roles:
        found[CONTEXT] = _exact(basis, whole, None)
    return {
        prefix + EXACT: Group(
            prefix + EXACT,
            f"{basis.who}, {prefix}{EXACT}",
            basis.measure.key,
            frozenset(basis.name_people(pairs.matched.index)),
        )
        for prefix, pairs in found.items()
    }


def _words(basis: Basis, parts: tuple[Part, Part], resting: int, *, outside: bool) -> tuple[str, str]:
    name, who = basis.measure.short_name, basis.who
    everyone, exact = parts
    rest = "rests" if resting == 1 else "rest"
    title = f"{resting:,} of {count(everyone.n, 'pair', 'pairs')} {rest} on a confirmed near miss"
    if not everyone.n:
        return f"{name}, {who}: no pair, with near misses or without", f"Nobody among the {who} has two {name} scores."
    if not resting:
        return f"{name}, {who}: {title}", f"{title} among the {who}, so the change in {name} does not depend on any."
    both = [change_words(basis, part, outside=outside) for part in parts]
    means = [mean_words(basis, part, outside=outside) for part in parts]
    changes = f"The mean change in {name} is {both[0]} with them and {both[1]} without (n = {exact.n:,})."
    return f"{name}: {title}; mean change {means[0]} with them, {means[1]} without", f"{title}. {changes}"
