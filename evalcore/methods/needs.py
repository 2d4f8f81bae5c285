"""From which score on a section of the assessment is a need, in a reader's words."""

from __future__ import annotations

from evalcore.methods.standings import cited
from evalcore.methods.word_table import WordTable
from evalcore.rules.needs import NeedForm, NeedRule
from evalcore.wording import joined

_HEADINGS = ("Section", "A need from", "Severe from", "Highest score")


def need_table(form: NeedForm) -> WordTable:
    """Each section of a form with its thresholds; sections without one say so. No highest scores where none is known.

    Examples
    --------
    >>> from evalcore.rules.needs import load_need_form
    >>> need_table(load_need_form("oasys_2009")).rows[0][:4]
    ('Accommodation', '2', '7', '8')
    """
    rows = tuple(_row(rule) for rule in form.rules.values())
    known = any(rule.maximum is not None for rule in form.rules.values())
    shown = len(_HEADINGS) if known else len(_HEADINGS) - 1
    return WordTable(f"Needs: {form.label}", _HEADINGS[:shown], tuple(row[:shown] for row in rows))


def need_sources(form: NeedForm) -> tuple[tuple[str, str], ...]:
    """What each source of a form's thresholds stands behind, with the source."""
    behind: dict[tuple[str, str], list[str]] = {}
    for rule in form.rules.values():
        kind = "No threshold" if rule.threshold is None else "A need from"
        behind.setdefault((kind, cited(rule.source)), []).append(rule.label.lower())
        if rule.severe_source is not None:
            behind.setdefault(("Severe from", cited(rule.severe_source)), []).append(rule.label.lower())
    return tuple((f"{kind}, {joined(labels)}", f"{source}.") for (kind, source), labels in behind.items())


def need_reasons(form: NeedForm) -> tuple[str, ...]:
    """Why some sections have no threshold, each reason once."""
    return tuple(dict.fromkeys(rule.reason for rule in form.rules.values() if rule.reason))


def _row(rule: NeedRule) -> tuple[str, ...]:
    return (rule.label, _limit(rule.threshold), _limit(rule.severe), _known(rule.maximum))


def _limit(value: int | None) -> str:
    return "no threshold" if value is None else str(value)


def _known(value: int | None) -> str:
    return "not known" if value is None else str(value)
