"""From which section score on an OASys form records a need: one definition file a form, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from evalcore.columns import SECTIONS
from evalcore.rules.definition import Definition, names_in, read_named
from evalcore.rules.source import Source

DEFAULT_FORM = "oasys_2009"
_FORMS = Path(__file__).parent / "need_forms"
_COMPARISON = "score >= threshold"
_POINTS, _ZERO_OR_TWO = (0, 1, 2), (0, 2)


@dataclass(frozen=True)
class NeedRule:
    """When one section of a form counts as a need.

    Attributes
    ----------
    section, label : str
        Fixed name (one of `columns.SECTIONS`), and the name for a reader.
    threshold : int or None
        A score of this or more is a need; None where the form has no threshold.
    severe : int or None
        A score of this or more is a severe need.
    maximum : int or None
        Highest score of the section; None where it is not known.
    number : int or None
        The section's number on the form; None where it is not known.
    items : mapping of str to tuple of int
        The items whose answers are added up to the score, such as `3.4`, each with the points that it may give; empty
        where they are not known.
    reason : str
        Why there is no threshold; empty where there is one.
    source, severe_source, items_source : Source or None
        Of the threshold (or of its absence), of the severe one, and of the items.

    Examples
    --------
    >>> rule = load_need_rules()["alcohol"]
    >>> rule.label, rule.threshold, rule.maximum, rule.source.standing
    ('Alcohol misuse', 4, 8, 'verified')
    >>> rule.number, list(rule.items), load_need_rules()["drugs"].items["8.4"]
    (9, ['9.1', '9.2', '9.3', '9.5'], (0, 2))
    """

    section: str
    label: str
    threshold: int | None
    maximum: int | None
    severe: int | None
    reason: str
    source: Source
    severe_source: Source | None
    number: int | None = None
    items: Mapping[str, tuple[int, ...]] = field(default_factory=dict, hash=False)
    items_source: Source | None = None


@dataclass(frozen=True, eq=False)
class NeedForm:
    """One form of the assessment: which score is a need in each section.

    Attributes
    ----------
    id, label : str
        Fixed identifier, and the name for a reader.
    form_words : tuple of str
        In lower case; a stated form that contains one of them is this form. Empty for the form that holds otherwise.
    rules : mapping of str to NeedRule
        By section, in the order of `columns.SECTIONS`.
    note : str
        What these needs can not be compared with.
    """

    id: str
    label: str
    form_words: tuple[str, ...]
    rules: Mapping[str, NeedRule]
    note: str

    def is_named(self, form: str) -> bool:
        """Whether a form as stated in a file is this one.

        >>> load_need_form("san").is_named("Strengths and Needs 2024"), load_need_form("san").is_named("OASys 2009")
        (True, False)
        """
        return any(word in form.casefold() for word in self.form_words)


def list_need_forms(*, _directory: Path = _FORMS) -> list[str]:
    """Identifiers of the forms, sorted.

    >>> list_need_forms()
    ['oasys_2009', 'san']
    """
    return names_in(_directory)


@cache
def load_need_form(name: str = DEFAULT_FORM, *, _directory: Path = _FORMS) -> NeedForm:
    """Read one form; read once, then kept.

    Raises
    ------
    UnknownNameError
        No such form; the message lists those that exist.
    DefinitionError
        Its file has faults; `problems` holds all of them.

    Examples
    --------
    >>> load_need_form("san").rules["accommodation"].threshold
    3
    """
    return read_named(_directory, name, "form with needs", _form)


def load_need_rules(form: str = DEFAULT_FORM) -> Mapping[str, NeedRule]:
    """The rules of a form by section, in the order of `columns.SECTIONS`; errors are those of `load_need_form`.

    >>> [section for section, rule in load_need_rules().items() if rule.threshold is None]
    ['finance', 'emotional']
    """
    return load_need_form(form).rules


def _form(definition: Definition) -> NeedForm:
    # The side that owns the boundary is fixed here; the file states it so that its reader need not look for it.
    definition.text("comparison", allowed=(_COMPARISON,))
    listed = definition.table("sources")
    sources = {name: listed.source(name) for name in listed.names()}
    rules = [_rule(section, sources) for section in definition.tables("sections", named_by="section", required=True)]
    named = {rule.section: rule for rule in rules}
    absent = [section for section in SECTIONS if section not in named]
    if absent:
        definition.problem("sections", f"has no entry for {', '.join(absent)}")
    words = definition.texts("form_words", [])
    if any(word != word.casefold() for word in words):
        definition.problem("form_words", "must be in lower case")
    return NeedForm(
        id=definition.text("id"),
        label=definition.text("label"),
        form_words=words,
        rules={section: named[section] for section in SECTIONS if section in named},
        note=definition.text("note"),
    )


def _rule(definition: Definition, sources: Mapping[str, Source]) -> NeedRule:
    threshold, severe = definition.optional_integer("threshold"), definition.optional_integer("severe")
    maximum = definition.optional_integer("maximum")
    limits = [limit for limit in (threshold, severe, maximum) if limit is not None]
    if any(limit < 1 for limit in limits) or limits != sorted(limits):
        definition.problem("threshold", "must be 1 or more, not above severe, and severe not above maximum")
    if (threshold is None) != definition.has("reason"):
        definition.problem("reason", "must be given where there is no threshold, and only there")
    nowhere = Source("", "", "", "")
    name = definition.text("source", allowed=tuple(sources))
    severe_name = definition.text("severe_source", allowed=tuple(sources)) if severe is not None else ""
    number = definition.optional_integer("number")
    items = _items(definition, number, maximum)
    items_name = definition.text("items_source", allowed=tuple(sources)) if items else ""
    return NeedRule(
        section=definition.text("section", allowed=SECTIONS),
        label=definition.text("label"),
        threshold=threshold,
        maximum=maximum,
        severe=severe,
        reason=definition.text("reason", ""),
        source=sources.get(name, nowhere),
        severe_source=sources.get(severe_name),
        number=number,
        items=items,
        items_source=sources.get(items_name),
    )


def _items(definition: Definition, number: int | None, maximum: int | None) -> Mapping[str, tuple[int, ...]]:
    """The items of a section with the points that each may give; together they give the section's highest score."""
    names, two = definition.texts("items", []), definition.texts("zero_or_two", [])
    if any(name.partition(".")[0] != str(number) for name in names):
        definition.problem("items", "must begin with the number of the section")
    if not set(two) <= set(names):
        definition.problem("zero_or_two", "must be among the items")
    if names and maximum != _POINTS[-1] * len(names):
        definition.problem("items", "must add up to maximum")
    return {name: _ZERO_OR_TWO if name in two else _POINTS for name in names}
