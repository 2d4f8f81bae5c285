"""How a finding was made, as a text that can be kept: the same finding is made from it again after any change."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from evalcore.errors import EvalcoreError, UnknownNameError

if TYPE_CHECKING:
    from evalcore.findings.finding import Finding
    from evalcore.findings.measures import Measure
    from evalcore.findings.people import People
    from evalcore.findings.scores import Scores
    from evalcore.study import Study

# Every class that a choice can be of, and where it lives: nothing else is ever built from a kept text.
_CHOICES: Mapping[str, str] = {
    "Bound": "evalcore.findings.before_after.limits.bound",
    "RegressionChoice": "evalcore.findings.before_after.limits.regression",
    "ReliableChoice": "evalcore.findings.before_after.error.reliable",
    "LikeForLike": "evalcore.profile.like_for_like",
    "PowerChoice": "evalcore.findings.next_phase.choices",
    "PairsChoice": "evalcore.findings.next_phase.choices",
    "EffectChoice": "evalcore.findings.next_phase.choices",
    "GroupsChoice": "evalcore.findings.next_phase.choices",
    "SharesChoice": "evalcore.findings.next_phase.choices",
    "ClustersChoice": "evalcore.findings.next_phase.choices",
}
_CLASS = "class"
_DEEPEST = 4
_UNKNOWN = "This finding can not be made again: the study, or what it was made from, has changed. Add it again."
_FIELDS = {"kind", "measure", "site", "choice"}


@dataclass(frozen=True)
class Recipe:
    """What `build` was asked for: the kind, the measure by its slug (empty for none), the site and the choice."""

    kind: str
    measure: str = ""
    site: str | None = None
    choice: Hashable = None

    @property
    def text(self) -> str:
        """The recipe as JSON.

        >>> Recipe("holds").text
        '{"kind": "holds", "measure": "", "site": null, "choice": null}'
        """
        said = {"kind": self.kind, "measure": self.measure, "site": self.site, "choice": _plain(self.choice)}
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Recipe:
        """Read a recipe; UnknownNameError where it is none.

        >>> Recipe.read(Recipe("norms", "gse.total.service-users", None, ("a", 2)).text).choice
        ('a', 2)
        """
        try:
            said = json.loads(text)
            if not isinstance(said, dict) or set(said) != _FIELDS:
                raise UnknownNameError(_UNKNOWN)
            kind, measure, site = said["kind"], said["measure"], said["site"]
            if not isinstance(kind, str) or not isinstance(measure, str) or not isinstance(site, str | None):
                raise UnknownNameError(_UNKNOWN)
            return cls(kind, measure, site, _choice(said["choice"], _DEEPEST))
        except (ValueError, TypeError, RecursionError):
            raise UnknownNameError(_UNKNOWN) from None


def _plain(choice: Any) -> Any:
    """A choice as plain values: tuples as lists, a frozen class as its fields under its name."""
    if is_dataclass(choice) and not isinstance(choice, type):
        inside = {one.name: _plain(getattr(choice, one.name)) for one in fields(choice)}
        return {_CLASS: type(choice).__name__, **inside}
    return [_plain(one) for one in choice] if isinstance(choice, tuple) else choice


def _choice(said: Any, deep: int) -> Any:
    if isinstance(said, list) and deep:
        return tuple(_choice(one, deep - 1) for one in said)
    if isinstance(said, dict) and deep:
        inside = {name: _choice(value, deep - 1) for name, value in said.items() if name != _CLASS}
        return _class(said.get(_CLASS))(**inside)
    if isinstance(said, list | dict):
        raise UnknownNameError(_UNKNOWN)
    return said


def _class(name: object) -> Any:
    if not isinstance(name, str) or name not in _CHOICES:
        raise UnknownNameError(_UNKNOWN)
    return getattr(import_module(_CHOICES[name]), name)


def measure_of(recipe: Recipe, study: Study, scores: Scores) -> Measure | None:
    """Return the measure that a recipe names; None for none, UnknownNameError where nobody answered it any more."""
    from evalcore.findings.measures import measures

    if not recipe.measure:
        return None
    role = recipe.measure.rpartition(".")[2].replace("-", " ")
    for chosen in (None, role):
        try:
            found = measures(study, chosen, recipe.site, scores=scores)
        except UnknownNameError:
            continue
        for measure in found:
            if measure.slug == recipe.measure:
                return measure
    raise UnknownNameError(_UNKNOWN)


def build_again(
    text: str, study: Study, scores: Scores, people: People, known: Mapping[str, Measure] | None = None
) -> Finding:
    """Make a finding again from its recipe.

    Parameters
    ----------
    text : str
        As `Finding.made_from` holds it.
    study : Study
        As it is now.
    scores, people : Scores, People
        What is computed once a study.
    known : mapping of str to Measure, optional
        Measures of all sites by their slug, if they are at hand: they are then not looked for again.

    Raises
    ------
    UnknownNameError
        If the text is no recipe, or what it names is not in the study any more.

    Examples
    --------
    >>> from evalcore.findings.people import People
    >>> from evalcore.findings.scores import Scores
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> recipe = Recipe("trail", "gse.total.service-users")
    >>> build_again(recipe.text, study, Scores(study), People(study)).id
    'trail.gse.total.service-users'
    """
    from evalcore.findings.building import PEOPLE_KINDS, build

    recipe = Recipe.read(text)
    at_hand = None if recipe.site is not None or known is None else known.get(recipe.measure)
    measure = at_hand or measure_of(recipe, study, scores)
    given: dict[str, Any] = {"people": people} if recipe.kind in PEOPLE_KINDS else {"scores": scores}
    try:
        return build(recipe.kind, study, measure, recipe.site, choice=recipe.choice, **given)
    except EvalcoreError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError):  # a choice of another kind of finding
        raise UnknownNameError(_UNKNOWN) from None
