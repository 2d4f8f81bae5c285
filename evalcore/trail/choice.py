"""Which roles and sites a trail looks at, and reading a column as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import ROLE, ROLES, SITE
from evalcore.outcomes.choices import as_tuple, check_known, choose_roles
from evalcore.study import Study


def values(table: pd.DataFrame, column: str) -> list[str | None]:
    """A column as plain text, None where it is blank or the table has no such column."""
    if column not in table:
        return [None] * len(table)
    cells = table[column]
    return [None if blank else str(value) for value, blank in zip(cells.tolist(), cells.isna().tolist(), strict=True)]


def present(table: pd.DataFrame, column: str) -> set[str]:
    """The different values of a column, blanks left out."""
    return {value for value in values(table, column) if value is not None}


@dataclass(frozen=True)
class Choice:
    """The roles and sites looked at; empty where the study records no role, and where no site was chosen."""

    roles: tuple[str, ...]
    sites: tuple[str, ...]
    one_role: bool

    def has_role(self, role: str | None) -> bool:
        """Whether a line of this role belongs here; one without a role does where there is only one."""
        return role in self.roles or not self.roles or (role is None and self.one_role)

    def has_site(self, site: str | None) -> bool:
        """Whether a line of this site belongs here."""
        return site in self.sites or not self.sites


def choose(
    study: Study, rows: pd.DataFrame, role: str | Sequence[str] | None, site: str | Sequence[str] | None
) -> Choice:
    """Hold the chosen role and site against the study; without a role, the only one that answered `rows` is taken."""
    answered, asked, everyone = (present(table, ROLE) for table in (rows, study.roster, study.responses))
    everywhere = answered | asked | everyone
    if not as_tuple(role):
        roles = choose_roles(answered or asked)
    else:
        unused = study.roster.empty and study.responses.empty
        roles = choose_roles(ROLES if unused else everywhere, role)
    sites = as_tuple(site)
    check_known(sites, sorted(present(study.roster, SITE) | present(study.responses, SITE)), "site")
    return Choice(roles, sites, len(everywhere) < 2)
