"""Which measures a study holds: an instrument's scale, for one group of roles that is never pooled with another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import RESPONDENT_ID, ROLE, ROLE_GROUPS, ROLES, SCALE, SITE, STAFF, TOTAL, VOLUNTEER, WAVE, WAVES
from evalcore.findings.scores import Scores
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import Instrument, Scale
from evalcore.outcomes.choices import as_tuple, check_known, role_label
from evalcore.study import Study


@dataclass(frozen=True)
class Measure:
    """One scale of one instrument, answered by one group of roles.

    Attributes
    ----------
    instrument, scale : str
        `uwes9`, `vigor`.
    roles : tuple of str
        The roles looked at, as far as they are present; empty where the study records no role.
    group : str
        The chosen group in a stable word for an identifier: a key of `columns.ROLE_GROUPS`, a role, or `people`.
    short_name : str
        For a sentence: "SWEMWBS", "UWES-9 vigor".
    unit : str
        Of a score: "points".
    decimals : int
        Of a mean in a table.
    low, high : float
        Lowest and highest possible score.
    """

    instrument: str
    scale: str
    roles: tuple[str, ...]
    group: str
    short_name: str
    unit: str
    decimals: int
    low: float
    high: float

    @property
    def slug(self) -> str:
        """Stable part of an identifier: `swemwbs.total.service-users`."""
        return ".".join((self.instrument, self.scale, self.group.replace(" ", "-")))

    @property
    def who(self) -> str:
        """The people in words: "service users"."""
        return role_label(self.roles)

    @property
    def label(self) -> str:
        """For a heading or a choice: "SWEMWBS, service users"."""
        return f"{self.short_name}, {self.who}"

    @property
    def of_staff(self) -> bool:
        """Whether staff or volunteers are among the people."""
        return bool({STAFF, VOLUNTEER}.intersection(self.roles))

    @property
    def key(self) -> str:
        """What was measured, whoever it was: `gse.total`. Groups are compared with each other within it."""
        return f"{self.instrument}.{self.scale}"


def measures(
    study: Study,
    role: str | Sequence[str] | None = None,
    site: str | None = None,
    *,
    scores: Scores | None = None,
) -> tuple[Measure, ...]:
    """Every measure that somebody answered, by instrument, role group and scale.

    Parameters
    ----------
    study : Study
    role : str or sequence of str, optional
        One role or several. None: every group of `columns.ROLE_GROUPS` that answered. Service users and staff are never
        pooled: chosen together they give a measure each.
    site : str, optional
        Only measures that somebody of this site answered.
    scores : Scores, optional
        The study's scores, if they are at hand already.

    Returns
    -------
    tuple of Measure
        Empty where nobody answered.

    Raises
    ------
    UnknownNameError
        If a chosen role does not exist, or no table of the study names the site; the message lists those that do.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> [measure.slug for measure in measures(sample_study(), "service user")]
    ['gse.total.service-users', 'swemwbs.total.service-users']
    """
    _check_choices(study, role, site)
    scores = scores or Scores(study)
    found = []
    for name in scores.instruments:
        table = scores.of(name)
        rows = table[table[WAVE].isin(WAVES)]
        if site is not None:
            rows = rows[rows[RESPONDENT_ID].isin(scores.people_of(site))]
        instrument = load_instrument(name)
        for group, roles in _role_groups(rows, role):
            # Somebody of another role may have answered a scale that nobody of this one did.
            scales = set((rows[rows[ROLE].isin(roles)] if roles else rows)[SCALE].unique())
            found += [
                _measure(instrument, one, roles, group) for one in instrument.scales.values() if one.name in scales
            ]
    return tuple(found)


def sites(study: Study) -> tuple[str, ...]:
    """Every site that the study's tables name, sorted.

    >>> from evalcore.sample import sample_study
    >>> sites(sample_study())
    ('Site 1', 'Site 2', 'Site 3')
    """
    tables = (study.responses, study.roster, study.cases)
    names = {name for table in tables if SITE in table for name in table[SITE].dropna().unique()}
    return tuple(sorted(names))


def _check_choices(study: Study, role: str | Sequence[str] | None, site: str | None) -> None:
    check_known(as_tuple(role), ROLES, "role")
    if site is not None:
        check_known((site,), sites(study), "site")


def _role_groups(rows: pd.DataFrame, role: str | Sequence[str] | None) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The chosen groups of roles that are present, each with its stable name."""
    present = set(rows[ROLE].dropna().unique()) if ROLE in rows else set()
    chosen = None if role is None else {role} if isinstance(role, str) else set(role)
    if rows.empty:
        return
    if not present and chosen is None:
        yield "people", ()
    for name, members in ROLE_GROUPS.items():
        wanted = tuple(one for one in members if chosen is None or one in chosen)
        found = tuple(one for one in wanted if one in present)
        if found:
            yield (name if len(wanted) == len(members) else " and ".join(wanted)), found


def _measure(instrument: Instrument, scale: Scale, roles: tuple[str, ...], group: str) -> Measure:
    words = instrument.short_name if scale.name == TOTAL else f"{instrument.short_name} {scale.label.lower()}"
    return Measure(
        instrument=instrument.id,
        scale=scale.name,
        roles=roles,
        group=group,
        short_name=words,
        unit=scale.unit,
        decimals=scale.decimals,
        low=scale.low,
        high=scale.high,
    )
