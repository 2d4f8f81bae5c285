"""Who was asked, who consented, and why an answer is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.columns import (
    CONSENT,
    CONSENT_REFUSED,
    CONSENT_WITHDRAWN,
    POST,
    PRE,
    REASON_NO_POST,
    REASON_NO_PRE,
    RESPONDENT_ID,
    ROLE,
    ROLES,
    SITE,
    WAVES,
)
from evalcore.study import Study
from evalcore.trail.answers import Answers, Aside, find_returned
from evalcore.trail.choice import Choice, values

NO_REASON = "no reason recorded"
_BLANK = "left these questions blank"
_SET_ASIDE = "questionnaire set aside"
_REASON_COLUMNS = {PRE: REASON_NO_PRE, POST: REASON_NO_POST}
_NO_CONSENT = {CONSENT_REFUSED: "refused", CONSENT_WITHDRAWN: "withdrew"}


@dataclass(frozen=True)
class Asked:
    """The people asked, in the roster's order: name -> the roster's line, empty for those who stand on none.

    `removed` says how many withdrew and were removed: they stand on no roster any more.
    """

    lines: Mapping[str, Mapping[str, str | None]]
    on_roster: int
    notes: str
    removed: str = ""

    @property
    def refused(self) -> dict[str, str]:
        """Who did not consent, and how."""
        consent = {name: line.get(CONSENT) for name, line in self.lines.items()}
        return {name: _NO_CONSENT[given] for name, given in consent.items() if given in _NO_CONSENT}

    @property
    def consent_not_recorded(self) -> str:
        """How many count as consenting though nothing is recorded."""
        n = sum(line.get(CONSENT) is None for line in self.lines.values())
        return f"{n} without consent recorded, counted here" if n else ""


def find_asked(study: Study, choice: Choice, answers: Answers, aside: Aside) -> Asked:
    """Choose the roster's lines; a line without role or site goes by the person's answers, or is not counted."""
    columns = (RESPONDENT_ID, ROLE, SITE, CONSENT, REASON_NO_PRE, REASON_NO_POST)
    cells = zip(*(values(study.roster, column) for column in columns), strict=True)
    spoke = answers.anyone.union(*aside.values()) - answers.elsewhere
    lines: dict[str, Mapping[str, str | None]] = {}
    unplaced = 0
    for line in (dict(zip(columns, row, strict=True)) for row in cells):
        who, role, site = line[RESPONDENT_ID], line[ROLE], line[SITE]
        name = f"{who} ({role})" if f"{who} ({role})" in spoke else str(who)
        if who is None or name in answers.elsewhere or (role and not choice.has_role(role)):
            continue
        if name in spoke or (choice.has_role(role) and choice.has_site(site)):
            lines.setdefault(name, line)
        elif choice.has_site(site) or not site:
            unplaced += 1
    others = sorted(spoke.difference(lines))
    notes = (
        (len(others), "answered without being on the roster"),
        (unplaced, "on the roster without a role or site, not counted"),
        (len(answers.without_role), "answered without a role, not counted"),
    )
    told = "; ".join(f"{n} {note}" for n, note in notes if n)
    return Asked(lines | {name: {} for name in others}, len(lines), told, _removed(study, choice))


def _removed(study: Study, choice: Choice) -> str:
    """How many people of these roles, or of one that is not known, withdrew; nobody knows any more of which site."""
    roles = (*(choice.roles or ROLES), "")
    n = 0 if choice.sites else sum(each for role, each in study.withdrawn if role in roles)
    return f"{n} removed after withdrawing, not counted" if n else ""


def find_unanswered(
    study: Study, choice: Choice, asked: Asked, answers: Answers, aside: Aside
) -> dict[str, dict[str, str]]:
    """Why each person asked has no answer, by wave."""
    returned = find_returned(study, choice)
    found: dict[str, dict[str, str]] = {}
    for wave in WAVES:
        found[wave] = {}
        for name in asked.lines.keys() - answers.answered[wave]:
            line = asked.lines[name]
            if (line.get(RESPONDENT_ID) or name) in aside[wave]:
                found[wave][name] = _SET_ASIDE
            else:
                told = line.get(_REASON_COLUMNS[wave]) or NO_REASON
                found[wave][name] = _BLANK if (wave, name) in returned else told
    return found
