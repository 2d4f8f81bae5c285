"""Counting people step by step: from those asked to those used, with a reason for each loss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from evalcore.columns import INSTRUMENT, POST, PRE, RESPONDENT_ID, ROLE, SCALE, SCORE, SITE, STEPS, TOTAL, WAVE, WAVES
from evalcore.decisions import SamePerson
from evalcore.instruments import load_instrument
from evalcore.outcomes.choices import check_known, role_label
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.scoring import score
from evalcore.study import Study
from evalcore.trail.answers import Answers, count_answers, find_set_aside, items_of
from evalcore.trail.asked import NO_REASON, Asked, find_asked, find_unanswered
from evalcore.trail.choice import Choice, choose
from evalcore.trail.rows import of_measure, rows_table, rows_trail

_ASKED, _CONSENTED, _ANSWERED_PRE, _ANSWERED_POST, _SCORED_PRE, _SCORED_POST, _MATCHED, _USED = STEPS
_ANSWERED = {PRE: _ANSWERED_PRE, POST: _ANSWERED_POST}
_SCORED = {PRE: _SCORED_PRE, POST: _SCORED_POST}
_WHEN = {PRE: "before", POST: "after"}
_TOO_FEW = "too few questions answered for a score"


@dataclass(frozen=True, eq=False)
class Trail:
    """Who was asked, and how far each person came, on one measure.

    Attributes
    ----------
    steps : DataFrame
        `step, n, set_aside, reason`, one row for each of `columns.STEPS`, in that order. `n` and `set_aside` are
        nullable integers: missing where it can not be known (no roster), with the reason beside it. Consented is held
        against asked, answered against consented, scored against answered at that wave, matched against everyone
        scored at least once, used against matched: `n` and `set_aside` add up to it.
    people : DataFrame
        `respondent_id, last_step, reason`, one row a person. Never leaves the screen.
    rows : DataFrame
        `step, n, reason`: from the rows read in the questionnaire files, through each reason to set one aside, to the
        questionnaires valid before and after, the pairs, and those of them that a confirmed near miss made. It adds up
        as `rows_trail` says. For the evaluator's own screen.
    """

    steps: pd.DataFrame
    people: pd.DataFrame
    rows: pd.DataFrame = field(default_factory=rows_table)


def build_trail(
    study: Study,
    instrument: str,
    *,
    scale: str = TOTAL,
    role: str | Sequence[str] | None = None,
    site: str | Sequence[str] | None = None,
) -> Trail:
    """Count the people behind one measure, from those asked to those used, with a reason for each who is missing.

    Parameters
    ----------
    study : Study
    instrument, scale : str
        The measure.
    role : str or sequence of str, optional
        One role or several; needed where several roles answered this questionnaire.
    site : str or sequence of str, optional
        One site or several. People who answered belong to the site of their first answer, all others to the roster's.

    Returns
    -------
    Trail
        Asked is everyone on the roster of that role, and anyone who answered without being on it; consented is asked
        less those who refused or withdrew. Without a roster of that role these two are missing. Answered is everyone
        with an answer to at least one question of the scale; scored, everyone with a score under the instrument's rule
        for missing answers. Nobody is imputed.

    Raises
    ------
    ChoiceNeededError
        If several roles answered this questionnaire and none was chosen; the message names them.
    UnknownNameError
        If the instrument, scale, role or site does not exist in the study; the message lists those that do.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> trail = build_trail(sample_study(), "swemwbs")
    >>> trail.steps[["step", "n", "set_aside"]].to_string(index=False, header=False).split()[:6]
    ['asked', '27', '0', 'consented', '24', '3']
    >>> trail.steps["reason"][1]
    '2 refused; 1 withdrew'
    """
    questionnaire = load_instrument(instrument)
    check_known((scale,), tuple(questionnaire.scales), "scale")
    nobody = pd.DataFrame(columns=[RESPONDENT_ID, WAVE, INSTRUMENT, SCALE, SCORE, ROLE, SITE])
    scores = score(study.responses, instrument) if items_of(questionnaire, scale) & set(study.responses) else nobody
    return trail_from_scores(study, scores, instrument, scale=scale, role=role, site=site)


def trail_from_scores(
    study: Study,
    scores: pd.DataFrame,
    instrument: str,
    *,
    scale: str = TOTAL,
    role: str | Sequence[str] | None = None,
    site: str | Sequence[str] | None = None,
    pairs: Pairs | None = None,
) -> Trail:
    """As `build_trail`, from scores that were computed already (`score(study.responses, instrument)`).

    `pairs`, if they are at hand too, must be `match_scores` of the same scores, scale, role and site.

    Examples
    --------
    >>> from evalcore.outcomes.scoring import score
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> trail = trail_from_scores(study, score(study.responses, "gse"), "gse", role="staff")
    >>> trail.people["last_step"].value_counts().to_dict()
    {'used': 5, 'scored post': 2, 'scored pre': 1}
    """
    rows = scores[((scores[INSTRUMENT] == instrument) & (scores[SCALE] == scale)).to_numpy()]
    choice = choose(study, rows, role, site)
    answers = count_answers(rows, choice, pairs, measure=(instrument, scale))
    aside = find_set_aside(study, items_of(load_instrument(instrument), scale), choice)
    asked = find_asked(study, choice, answers, aside)
    unanswered = find_unanswered(study, choice, asked, answers, aside)
    by_near_miss = _by_near_miss(study, answers, choice, (instrument, scale))
    return _Count(answers, asked, unanswered, by_near_miss, rows_trail(study)).trail(role_label(choice.roles))


def _by_near_miss(study: Study, answers: Answers, choice: Choice, measure: tuple[str, str]) -> int:
    """How many of the matched have no partner where identifiers are compared without the confirmed near misses."""
    if not any(isinstance(one, SamePerson) and one.same for one in study.decisions):
        return 0
    responses = study.exactly_matched().responses
    if not items_of(load_instrument(measure[0]), measure[1]) & set(responses):
        return len(answers.matched)
    scores = score(responses, measure[0])
    exact = count_answers(scores[(scores[SCALE] == measure[1]).to_numpy()], choice, None, measure=measure)
    return len(answers.matched - exact.matched)


@dataclass(frozen=True)
class _Count:
    """Everyone looked at, and what is known of them."""

    answers: Answers
    asked: Asked
    unanswered: Mapping[str, Mapping[str, str]]
    by_near_miss: int
    rows: pd.DataFrame

    def trail(self, label: str) -> Trail:
        """Count the steps and name each person's last one."""
        refused = self.asked.refused
        people = [(name, *self._fate(name, refused)) for name in self.asked.lines]
        table = pd.DataFrame(people, columns=[RESPONDENT_ID, "last_step", "reason"], dtype="str")
        steps = self._steps(refused, label)
        n = {step.step: step.n or 0 for step in steps}
        return Trail(_steps_table(steps), table, of_measure(self.rows, n, by_near_miss=self.by_near_miss))

    def _fate(self, name: str, refused: Mapping[str, str]) -> tuple[str, str]:
        """The last step that a person reached, and what kept them from the next."""
        if name in refused:
            return _ASKED, refused[name]
        reasons = {}
        last = _CONSENTED if self.asked.on_roster else _ASKED
        for step_of, by_wave in ((_ANSWERED, self.answers.answered), (_SCORED, self.answers.scored)):
            for wave in WAVES:
                if name in by_wave[wave]:
                    last = step_of[wave]
                elif wave not in reasons:
                    reasons[wave] = self.unanswered[wave].get(name, _TOO_FEW)
        if not reasons:
            return _USED, ""
        if len(reasons) == 2 and len(set(reasons.values())) == 1:
            return last, reasons[PRE]
        return last, "; ".join(f"{_WHEN[wave]}: {reason}" for wave, reason in reasons.items())

    def _steps(self, refused: Mapping[str, str], label: str) -> list[_Step]:
        answers, everyone = self.answers, self.asked.lines.keys()
        consented = everyone - refused.keys()
        if known := self.asked.on_roster > 0:
            told = _said(_counted(refused.values()), self.asked.consent_not_recorded)
            steps = [_Step(_ASKED, len(everyone), 0, _said(self.asked.notes, self.asked.removed))]
            steps += [_Step(_CONSENTED, len(consented), len(refused), told)]
        else:
            unknown = f"not known: no {label} on a roster of everyone asked"
            steps = [_Step(_ASKED, None, None, _said(unknown, self.asked.removed))]
            steps += [_Step(_CONSENTED, None, None, unknown)]
        for wave in WAVES:
            n = len(answers.answered[wave])
            missing = [self.unanswered[wave][name] for name in consented if name not in answers.answered[wave]]
            reason = _counted(missing) if known else "not known who else was asked"
            steps.append(_Step(_ANSWERED[wave], n, len(missing) if known else None, reason))
        for wave in WAVES:
            scored = len(answers.scored[wave])
            lost = len(answers.answered[wave]) - scored
            steps.append(_Step(_SCORED[wave], scored, lost, _counted([_TOO_FEW] * lost)))
        return steps + self._pairs()

    def _pairs(self) -> list[_Step]:
        before, after = self.answers.scored[PRE], self.answers.scored[POST]
        single = ["with a score before only"] * len(before - after) + ["with a score after only"] * len(after - before)
        told = _said(_counted(single), self._near_misses)
        matched = len(self.answers.matched)
        return [_Step(_MATCHED, matched, len(single), told), _Step(_USED, matched, 0, "")]

    @property
    def _near_misses(self) -> str:
        n = self.by_near_miss
        return f"{n} of the matched {'rests' if n == 1 else 'rest'} on a confirmed near miss" if n else ""


@dataclass(frozen=True)
class _Step:
    step: str
    n: int | None
    set_aside: int | None
    reason: str


def _steps_table(steps: Sequence[_Step]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "step": [step.step for step in steps],
            "n": pd.array([step.n for step in steps], dtype="Int64"),
            "set_aside": pd.array([step.set_aside for step in steps], dtype="Int64"),
            "reason": [step.reason for step in steps],
        }
    )


def _said(*notes: str) -> str:
    """What is to be said beside a step, side by side."""
    return "; ".join(filter(None, notes))


def _counted(reasons: Collection[str]) -> str:
    """Each reason with its count, the most common first."""
    counts = sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0] == NO_REASON, one[0]))
    return "; ".join(f"{n} {reason}" for reason, n in counts)
