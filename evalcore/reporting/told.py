"""Everything that a study's report and workshop show, released together, so that neither gives away the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from evalcore.disclosure import apply_disclosure, shown_groups
from evalcore.disclosure.changed import policy_of
from evalcore.disclosure.record import label_of_finding
from evalcore.errors import EvalcoreError
from evalcore.findings.finding import Finding
from evalcore.findings.measures import measures
from evalcore.findings.people import People
from evalcore.findings.recipes import Recipe, build_again
from evalcore.findings.scores import Scores
from evalcore.reporting.contents import MORE, usual_order, usual_report
from evalcore.reporting.exhibits import exhibit_of
from evalcore.reporting.model import Exhibit
from evalcore.study import Study
from evalcore.telling import Screen, Telling

_UNSHOWN = ": not shown outside"

Groups = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, eq=False)
class Told:
    """What may be told of a study now.

    Attributes
    ----------
    exhibits : mapping of str to Exhibit
        Every finding by its identifier, as it may leave, in the order of the report.
    sections : mapping of str to tuple of str
        The identifiers of each section of the report.
    order : tuple of Screen
        The running order: a person's own, or the usual one. A screen whose finding can not be made again is not in it.
    lost : tuple of str
        Identifiers of the screens that are not.
    empty : tuple of str
        What nothing can be shown of, by its label.
    made_from : mapping of str to str
        How each finding is made again.
    groups : mapping of str to tuple
        For the record of what left: whose figures each finding shows. Never written to a file.
    policy : tuple of str
        The policy's lines.
    """

    exhibits: Mapping[str, Exhibit]
    sections: Mapping[str, tuple[str, ...]]
    order: tuple[Screen, ...]
    lost: tuple[str, ...]
    empty: tuple[str, ...]
    made_from: Mapping[str, str]
    groups: Mapping[str, Groups]
    policy: tuple[str, ...]

    def groups_of(self, findings: Iterable[str]) -> Groups:
        """Return whose figures several findings show."""
        return tuple(dict.fromkeys(group for one in findings for group in self.groups[one]))


def tell(study: Study, *, site: str | None = None, scores: Scores | None = None, people: People | None = None) -> Told:
    """Build and release what the report and the running order of a study show.

    Parameters
    ----------
    study : Study
        With its telling, its rules for what leaves and the record of what left.
    site : str, optional
        Asks for the usual running order of one site; an order of a person's own stays as it is.
    scores, people : Scores, People, optional
        What is computed once a study, if it is at hand.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> told = tell(sample_study())
    >>> told.order[0].finding
    'trail.gse.total.service-users'
    """
    scores, people = scores or Scores(study), people or People(study)
    made = {recipe.text: section for section, recipe in usual_report(study, scores)}
    own = study.telling.order
    usual = () if own is not None else usual_order(study, scores, site)
    wanted = dict.fromkeys([*made, *(recipe.text for recipe in usual), *(screen.made_from for screen in own or ())])
    built = dict(_built(wanted, study, scores, people))
    release = apply_disclosure(tuple(built.values()), policy_of(study), released=study.exports)
    shared = dict(zip(built, release.findings, strict=True))
    exhibits = {one.id: exhibit_of(one, release) for one in shared.values() if _has_something(one)}
    order, lost = _order(own, usual, shared, exhibits)
    sections: dict[str, list[str]] = {}
    for text, finding in shared.items():
        on_screen = any(screen.finding == finding.id for screen in order)
        if finding.id in exhibits and (text in made or on_screen):
            sections.setdefault(made.get(text, MORE), []).append(finding.id)
    return Told(
        exhibits=exhibits,
        sections={name: tuple(held) for name, held in sections.items()},
        order=order,
        lost=lost,
        empty=tuple(label_of_finding(one.id) for one in shared.values() if one.id not in exhibits),
        made_from={one.id: one.made_from for one in shared.values()},
        groups={one.id: shown_groups(one) for one in shared.values()},
        policy=release.policy,
    )


def _built(wanted: Iterable[str], study: Study, scores: Scores, people: People) -> Iterator[tuple[str, Finding]]:
    seen: set[str] = set()
    known = {measure.slug: measure for measure in measures(study, scores=scores)}
    for text in wanted:
        try:
            found = build_again(text, study, scores, people, known)
        except EvalcoreError:
            continue  # the study no longer has what it was made from; `lost` says so
        if found.id not in seen:
            seen.add(found.id)
            yield text, found


def _has_something(shared: Finding) -> bool:
    """Whether a finding shows anything once it has been through the policy."""
    return not shared.title.endswith(_UNSHOWN) and (shared.chart is not None or not shared.table.empty)


def _order(
    own: tuple[Screen, ...] | None,
    usual: tuple[Recipe, ...],
    shared: Mapping[str, Finding],
    exhibits: Mapping[str, Exhibit],
) -> tuple[tuple[Screen, ...], tuple[str, ...]]:
    if own is None:
        found = [shared[recipe.text] for recipe in usual if recipe.text in shared]
        return tuple(Screen(one.id, one.made_from) for one in found if one.id in exhibits and one.chart is not None), ()
    known = {one.id for one in shared.values()}
    return tuple(one for one in own if one.finding in exhibits), tuple(
        one.finding for one in own if one.finding not in known
    )


def in_own_words(told: Told, telling: Telling) -> dict[str, Exhibit]:
    """Return every exhibit with what its presenter wrote for it: a message, a question, notes.

    >>> from evalcore.sample import sample_study
    >>> told = tell(sample_study())
    >>> screen = Screen("needs.people", "", question="Is that so?")
    >>> in_own_words(told, Telling((screen,)))["needs.people"].question
    'Is that so?'
    """
    own = {screen.finding: screen for screen in telling.order or ()}
    return {name: _in_words_of(own.get(name), one) for name, one in told.exhibits.items()}


def _in_words_of(screen: Screen | None, exhibit: Exhibit) -> Exhibit:
    if screen is None:
        return exhibit
    question = screen.question or exhibit.question
    return replace(exhibit, message=screen.message, question=question, notes=screen.notes)
