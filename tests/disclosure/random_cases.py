"""Made-up case files, a caseload, and who was listed: with anything missing, rare values, and people who left."""

from __future__ import annotations

from random import Random

import pandas as pd

from evalcore.profile.needs import scored_sections

START = pd.Timestamp("2026-01-05")
_OFFENCES = ("theft_non_motor", "violence", "other", "handling")
_SCORED = ("accommodation", "drugs", "thinking")
_HIGHEST = 6
"""No section that is scored has a lower highest score."""

_RARE = (8, 3, 1, 1)


class Makers:
    """What the people of one study are drawn from: how much is missing, how rare is rare, which columns there are."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.known = random.choice((0.6, 0.9, 1.0))
        self.scored = random.choice((_SCORED, _SCORED[1:2], scored_sections()))
        self.of_file, self.of_inputs = random.choice(((True, False), (True, True), (False, True)))
        self.horizon = random.choice(("1 year", "2 years"))
        self.common = random.choice((0.3, 0.7, 0.9))
        self.middle = random.choice((5, 40, 80))
        self.yes_or_no = random.choice((None, 2, _HIGHEST))

    def case(self, who: dict[str, str]) -> dict[str, object]:
        """The case file of one person of the pilot."""
        return {
            **who,
            **self.person(),
            **self._left(),
            "ethnicity": self._maybe(self._of("white", "black", "asian", "mixed")),
            "disability": self._maybe(self._of("no", "yes")),
            "sentence": self._maybe(self._of("community order", "suspended sentence", "licence")),
            "reoffended": self._maybe(self._yes(0.4)),
            "followup_complete": self._yes(0.8),
        }

    def person(self) -> dict[str, object]:
        """What a case file and a caseload both hold."""
        random = self.random
        found: dict[str, object] = {
            "sex": self._maybe(self._of("male", "female")),
            "age": self._maybe(random.randint(18, 60)),
            "offence": self._maybe(self._of(*_OFFENCES)),
            "company": self._maybe(self._of("Company A", "Company B")),
            "finance_need": self._maybe(self._yes(self.common)),
        }
        found |= {f"{section}_score": self._maybe(self._score()) for section in self.scored}
        if self.of_file:
            ogrs = min(99, max(1, round(random.gauss(self.middle, 20))))
            found |= {"ogrs": self._maybe(ogrs), "ogrs_version": "OGRS3", "ogrs_horizon": self.horizon}
        return found | (self._inputs() if self.of_inputs else {})

    def listed(self) -> dict[str, object]:
        """What a list of those asked holds beside who they are."""
        started = START + pd.Timedelta(days=self.random.randint(0, 9)) if self._yes(0.8) else None
        return {"eligible": self._maybe(self._yes(0.8)), "started_on": started}

    def _inputs(self) -> dict[str, object]:
        random = self.random
        first = random.randint(12, 30)
        conviction = first + random.choice((0, 1, 8))
        return {
            "age_at_first_sanction": float(first),
            "age_at_conviction": self._maybe(float(conviction)),
            "age_at_followup": float(conviction + random.randint(0, 2)),
            "previous_sanctions": float(random.randint(1, 20)) if conviction > first else 0.0,
        }

    def _left(self) -> dict[str, object]:
        """Status, when they left, and the contacts."""
        status = self._maybe(self._of("active", "completed", "disengaged"))
        ended = START + pd.Timedelta(weeks=self.random.randint(0, 12), days=9)
        offered = self.random.randint(0, 10)
        return {
            "status": status,
            "ended_on": ended if status in ("completed", "disengaged") and self._yes(self.known) else None,
            "contacts_offered": self._maybe(float(offered)),
            "contacts_attended": float(self.random.choice((offered, self.random.randint(0, offered)))),
        }

    def _score(self) -> float:
        if self.yes_or_no is not None:
            return float(self.yes_or_no) if self._yes(self.common) else 0.0
        return float(self.random.randint(0, _HIGHEST))

    def _maybe(self, value: object) -> object:
        return value if self.random.random() < self.known else None

    def _yes(self, share: float) -> bool:
        return self.random.random() < share

    def _of(self, *values: str) -> str:
        """The first is common, the last rare."""
        return self.random.choices(values, _RARE[: len(values)])[0]


def table_of(rows: list[dict[str, object]]) -> pd.DataFrame:
    """A table with the columns as a file's are once it is read."""
    table = pd.DataFrame(rows)
    for name in table:
        if name in ("eligible", "reoffended", "followup_complete", "finance_need"):
            table[name] = table[name].astype("boolean")
        elif name in ("started_on", "ended_on"):
            table[name] = pd.to_datetime(table[name])
        elif name in ("age", "ogrs") or name.startswith(("contacts_", "age_")) or name.endswith("_score"):
            table[name] = pd.to_numeric(table[name]).astype(float)
    return table


def caseload_of(makers: Makers, n: int) -> pd.DataFrame:
    """So many people of a caseload; it may know nothing of the company."""
    table = table_of([{"respondent_id": f"C{number}", **makers.person()} for number in range(n)])
    return table.drop(columns="company") if makers.random.random() < 0.5 else table
