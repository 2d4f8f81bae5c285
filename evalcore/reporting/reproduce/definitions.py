"""What the scripts must know of a study without its data: how its questionnaires are scored, and what is a need."""

from __future__ import annotations

from typing import Any

from evalcore.columns import ROLE_GROUPS, SECTIONS, TOTAL
from evalcore.findings import Scores
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import Instrument, MissingRule, Scale
from evalcore.rules.needs import NeedForm, list_need_forms, load_need_form, load_need_rules


def questionnaires(scores: Scores) -> list[dict[str, Any]]:
    """How each questionnaire that somebody answered is scored, by its own definition and its default rule.

    >>> from evalcore.sample import sample_study
    >>> [list(one["scales"]) for one in questionnaires(Scores(sample_study()))][:2]
    [['GSE'], ['SWEMWBS']]
    """
    return [_questionnaire(load_instrument(name)) for name in scores.instruments]


def role_groups() -> dict[str, list[str]]:
    """Who is looked at together.

    >>> role_groups()["staff and volunteers"]
    ['staff', 'volunteer']
    """
    return {group: list(roles) for group, roles in ROLE_GROUPS.items()}


def need_forms() -> list[dict[str, Any]]:
    """From which score on there is a need, form by form; last the form that holds where no other is named.

    >>> [form["words"] for form in need_forms()]
    [['san', 'strengths'], []]
    """
    forms = sorted(map(load_need_form, list_need_forms()), key=lambda form: not form.form_words)
    return [_form(form) for form in forms]


def section_labels() -> dict[str, str]:
    """The sections of OASys by their fixed names, in their order.

    >>> section_labels()["ete"]
    'Education, training and employability'
    """
    rules = load_need_rules()
    return {section: rules[section].label for section in SECTIONS}


def _questionnaire(instrument: Instrument) -> dict[str, Any]:
    rule, also = instrument.missing_rule(), [item.also for item in instrument.items]
    return {
        "items": list(instrument.columns),
        "longer_form": also if any(also) else [],
        "codes": [instrument.codes[0], instrument.codes[-1]],
        "scales": {_name(instrument, scale): _scale(scale, rule) for scale in instrument.scales.values()},
    }


def _name(instrument: Instrument, scale: Scale) -> str:
    """As a measure's short name is written on the screen."""
    return instrument.short_name if scale.name == TOTAL else f"{instrument.short_name} {scale.label.lower()}"


def _scale(scale: Scale, rule: MissingRule) -> dict[str, Any]:
    found: dict[str, Any] = {
        "items": list(scale.items),
        "reversed": list(scale.reversed),
        "method": scale.method,
        "most_missing": rule.max_missing[scale.name],
    }
    return found | ({"table": {key: scale.table[key] for key in sorted(scale.table)}} if scale.table else {})


def _form(form: NeedForm) -> dict[str, Any]:
    thresholds = {section: form.rules[section].threshold for section in SECTIONS}
    known = {section: threshold for section, threshold in thresholds.items() if threshold is not None}
    return {"words": list(form.form_words), "thresholds": known}
