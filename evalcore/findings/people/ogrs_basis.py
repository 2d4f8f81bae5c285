"""What the findings about OGRS rest on: the people with the score that was chosen, computed once for each choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from evalcore.findings.alike import case_values, with_alike
from evalcore.findings.finding import Finding
from evalcore.findings.people.basis import People, Pilot, no_case_file
from evalcore.profile.ogrs_choice import FILE, UsedScores, score_choices, use_scores

_OR_COMPUTED = "Or choose a score that is computed for everybody alike."
_USED: WeakKeyDictionary[People, dict[str | None, tuple[People | None, UsedScores]]] = WeakKeyDictionary()
"""What was computed goes with the people that it belongs to; None stands for these people themselves."""


@dataclass(frozen=True, eq=False)
class Used:
    """The people with the score that is used, and how it was come by."""

    people: People
    scores: UsedScores

    def name(self, kind: str) -> str:
        """The kind of a finding, with the score where it was computed: "ogrs-bands-ogrs4-g"."""
        key = "" if self.scores.key == FILE else f"-{self.scores.key}"
        return f"{kind}{key}".replace("_", "-")

    def looked_at(self, finding: Finding) -> Finding:
        """The finding with those groups marked in which everybody has the same computed score."""
        if self.scores.key == FILE:
            return finding
        marked = with_alike(finding, case_values(self.scores.cases))
        groups = {key if key in finding.groups else f"computed, {key}": group for key, group in marked.groups.items()}
        return replace(marked, groups=groups)


def used_scores(people: People, choice: str | None = None) -> Used:
    """The people with the score that was chosen; UnknownNameError where there is no such score.

    >>> from evalcore.sample import sample_study
    >>> used_scores(People(sample_study())).scores.key
    'file'
    """
    known = _USED.setdefault(people, {})
    if choice not in known:
        known[choice] = _with_scores(people, choice)
    changed, scores = known[choice]
    return Used(people if changed is None else changed, scores)


def _with_scores(people: People, choice: str | None) -> tuple[People | None, UsedScores]:
    given = people.given_caseload
    scores = use_scores(people.cases, given, choice)
    if scores.caseload is not given:
        return People(replace(people.study, cases=scores.cases, caseload=scores.caseload)), scores
    if scores.cases is not people.cases:
        return People(replace(people.study, cases=scores.cases)), scores
    return None, scores


def nobody_scored(used: Used, pilot: Pilot) -> str:
    """Why nobody's score can be used, and what to do; `refused` where scores are there that give no common figure."""
    if not pilot.n:
        return no_case_file(pilot)
    refused = refused_words(used, pilot)
    if refused:
        return refused
    if used.scores.kind is not None:
        return f"No {used.scores.kind.label} could be computed for anybody in {pilot.where}. The notes say why."
    return f"No OGRS score is recorded in {pilot.where}. Add it to the case file."


def refused_words(used: Used, pilot: Pilot) -> str:
    """Why something is refused, and that a computed score is a way out where there is one."""
    found = used.people.ogrs(pilot.site)
    if not found.refused or len(found.pilot) or used.scores.key != FILE:
        return found.refused or ""
    computed = [key for key in score_choices(used.scores.cases) if key != FILE]
    return f"{found.refused} {_OR_COMPUTED}" if computed else found.refused
