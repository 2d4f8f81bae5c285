"""How changes on a questionnaire may be judged: thresholds with the side that owns the boundary, and cited errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalcore.rules.definition import Definition, names_in, read_named
from evalcore.rules.rule import ABOVE, SIDES

_CHANGES = Path(__file__).parent / "changes"
LOW, HIGH = "low", "high"


@dataclass(frozen=True)
class ThresholdRule:
    """How one published threshold of a questionnaire is held against a change.

    Attributes
    ----------
    name, scale : str
        The threshold of the questionnaire's definition, which holds its value, level and source.
    owner : str
        `above`: a change of exactly the threshold reaches it ("3 or more points"). `below`: it must be exceeded.
    is_error : bool
        Whether it is made so that a change beyond it is more than error; else it is a size of change and no more.
    caution : str
        What has to be said wherever it is shown; empty for nothing beyond the definition's own.
    """

    name: str
    scale: str
    owner: str
    is_error: bool
    caution: str

    @property
    def inclusive(self) -> bool:
        """Whether a change of exactly the threshold reaches it."""
        return self.owner == ABOVE


@dataclass(frozen=True)
class ErrorRule:
    """An SD and a reliability that together give a questionnaire's own error.

    Attributes
    ----------
    name, scale : str
    sd, reliability : str
        The norm and the reliability of the questionnaire's definition, which hold values and sources.
    end : str
        Which end of a reliability that was published as a range: `low` or `high`.
    caution : str
        What has to be said wherever it is used; empty for nothing.
    """

    name: str
    scale: str
    sd: str
    reliability: str
    end: str
    caution: str


@dataclass(frozen=True, eq=False)
class ChangeRules:
    """How changes on one questionnaire may be judged.

    Attributes
    ----------
    id : str
        Of the questionnaire.
    default : str
        Name of the threshold or the error that is used unasked; empty where none was read in a source.
    thresholds : tuple of ThresholdRule
    errors : tuple of ErrorRule
    bands : mapping of str to str
        Every band scheme of the questionnaire, with the reason why no person's movement between its bands is counted;
        empty where it may be.
    no_bands : str
        What is said where no scheme may be used unasked.

    Examples
    --------
    >>> rules = load_change_rules("wemwbs")
    >>> rules.default, [(one.name, one.owner) for one in rules.thresholds]
    ('scotland_test_retest', [('sem_2_77', 'below'), ('about_3_points', 'above')])
    """

    id: str
    default: str
    thresholds: tuple[ThresholdRule, ...]
    errors: tuple[ErrorRule, ...]
    bands: Mapping[str, str]
    no_bands: str


def list_change_rules(*, _directory: Path = _CHANGES) -> list[str]:
    """Identifiers of the questionnaires that have rules of change, sorted.

    >>> list_change_rules()
    ['gse', 'swemwbs', 'uwes9', 'wemwbs']
    """
    return names_in(_directory)


@cache
def load_change_rules(instrument: str, *, _directory: Path = _CHANGES) -> ChangeRules:
    """Read how changes on one questionnaire may be judged; read once, then kept.

    Raises
    ------
    UnknownNameError
        If there are no rules of change for it; the message lists those that exist.
    DefinitionError
        Its file has faults; `problems` holds all of them.

    Examples
    --------
    >>> [error.reliability for error in load_change_rules("gse").errors]
    ['alpha_great_britain', 'test_retest_range']
    """
    return read_named(_directory, instrument, "set of rules of change for", _rules)


def _rules(definition: Definition) -> ChangeRules:
    thresholds = tuple(_threshold(table) for table in definition.tables("thresholds", named_by="name"))
    errors = tuple(_error(table) for table in definition.tables("errors", named_by="name"))
    names = [*(one.name for one in thresholds), *(one.name for one in errors)]
    default = definition.text("default", "")
    if default and default not in names:
        definition.problem("default", f"is {default}, which is neither a threshold nor an error")
    if len(set(names)) < len(names):
        definition.problem("errors", "must not share a name with a threshold")
    bands = definition.tables("bands", named_by="scheme")
    return ChangeRules(
        id=definition.text("id"),
        default=default,
        thresholds=thresholds,
        errors=errors,
        bands={table.text("scheme"): table.text("why_not", "") for table in bands},
        no_bands=definition.text("no_bands", ""),
    )


def _threshold(table: Definition) -> ThresholdRule:
    return ThresholdRule(
        name=table.text("name"),
        scale=table.text("scale"),
        owner=table.text("owner", allowed=SIDES),
        is_error=table.flag("is_error"),
        caution=table.text("caution", ""),
    )


def _error(table: Definition) -> ErrorRule:
    return ErrorRule(
        name=table.text("name"),
        scale=table.text("scale"),
        sd=table.text("sd"),
        reliability=table.text("reliability"),
        end=table.text("end", LOW, allowed=(LOW, HIGH)),
        caution=table.text("caution", ""),
    )
