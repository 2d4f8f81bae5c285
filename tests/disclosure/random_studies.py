"""Made-up studies of 2 to 60 people: several roles, tiny sites, missing waves, items left out, case files."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pandas as pd

from evalcore.disclosure import DisclosurePolicy, apply_disclosure, shown_groups
from evalcore.findings import Finding
from evalcore.leaving import Export
from evalcore.study import Study
from tests.disclosure.exports import Offer
from tests.disclosure.random_cases import START, Makers, caseload_of, table_of

_ROLES, _ROLE_WEIGHTS = ("service user", "staff", "volunteer"), (6, 3, 1)
_WITH_A_CASELOAD = 0.6


def random_study(random: Random, most: int = 60) -> Study:
    """People as they may come: what they answer lies close together or far apart, near an end of the scale or not."""
    n, n_sites = random.randint(2, most), random.randint(1, 4)
    middle, spread, present = random.choice((1.2, 2.5, 3.8)), random.choice((0.0, 0.5, 1.5)), random.choice((0.5, 0.9))
    ways = ["paper", "online", "read aloud"][: random.randint(1, 3)]
    makers, filed, placed = Makers(random), random.choice((0.7, 1.0)), random.choice((0.9, 1.0))
    responses, roster, cases = [], [], []
    for number in range(n):
        role = random.choices(_ROLES, _ROLE_WEIGHTS)[0]
        who = {"respondent_id": f"P{number:02}", "role": role, "site": f"Site {random.randint(1, n_sites)}"}
        reason = random.choice((None, "moved", "ill", "in custody"))
        consent = random.choice(("given", "given", "given", "refused"))
        listed = makers.listed() if role == "service user" else {}
        roster.append({**who, "consent": consent, "reason_no_pre": None, "reason_no_post": reason, **listed})
        if role == "service user" and random.random() < filed:
            at = who["site"] if random.random() < placed else None
            cases.append(makers.case({"respondent_id": who["respondent_id"], "site": at}))
        for wave, days in (("pre", 0), ("post", 90)):
            if random.random() < present:
                done = START + pd.Timedelta(days=days + random.randint(0, 9))
                when = {"completed_on": done.date().isoformat(), "how_completed": random.choice(ways)}
                responses.append({**who, "wave": wave, **when, **_answers(random, role, middle, spread)})
    if not responses:
        return random_study(random, most)
    tables = {"responses": pd.DataFrame(responses), "roster": table_of(roster)}
    if cases:
        tables["cases"] = table_of(cases)
    if random.random() < _WITH_A_CASELOAD:
        tables["caseload"] = caseload_of(makers, random.choice((30, 120)))
    return replace(Study.empty(), **tables)


def _answers(random: Random, role: str, middle: float, spread: float) -> dict[str, float | None]:
    """General Self-Efficacy of everybody, and work engagement of staff; now and then an item is left out."""
    found: dict[str, float | None] = {}
    for item in range(1, 11):
        found[f"gse_{item}"] = min(4, max(1, round(random.gauss(middle, spread))))
    if role != "service user":
        found |= {f"uwes9_{item}": min(6, max(0, round(random.gauss(middle, 2 * spread)))) for item in range(1, 10)}
    return {item: None if random.random() < 0.01 else answer for item, answer in found.items()}


def some(random: Random, offered: list[Offer], most: int) -> list[Finding]:
    """A few of the findings on offer, in any order."""
    return [make() for make in random.sample(offered, k=min(len(offered), random.randint(1, most)))]


def one_after_another(findings: list[Finding], policy: DisclosurePolicy) -> list[tuple[Finding, Finding]]:
    """Each finding before and after it left by itself, held against all that left before."""
    exports: list[Export] = []
    pairs = []
    for finding in findings:
        after = apply_disclosure([finding], policy, released=exports).findings[0]
        exports.append(Export(finding.id, "share", shown_groups(after)))
        pairs.append((finding, after))
    return pairs


def all_at_once(findings: list[Finding], policy: DisclosurePolicy) -> list[tuple[Finding, Finding]]:
    """Each finding before and after all of them left together."""
    return list(zip(findings, apply_disclosure(findings, policy).findings, strict=True))
