"""Build the invented sample study from `source/`, the same bytes every time.

Run `python sample_data/build.py` from anywhere, or `python -m sample_data.build`; a folder as the only argument is
written to instead. Standard library only, and of its random numbers only `random()`, whose sequence Python promises to
keep, so that no version of a library can change a byte. Nobody in these files exists; README.md says what is known of
them, `source/plan.toml` what was made up around the replica.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any

HERE = Path(__file__).resolve().parent
PLAN: dict[str, Any] = tomllib.loads((HERE / "source" / "plan.toml").read_text(encoding="utf-8"))
NORMAL = NormalDist()

ITEM_COUNTS = {"swemwbs": 7, "gse": 10, "uwes9": 9}
WAVES = ("pre", "post")
SECTIONS: dict[str, dict[str, Any]] = PLAN["sections"]
SECTION_COLUMNS = [f"{name}_score" if "need_from" in section else f"{name}_need" for name, section in SECTIONS.items()]

Row = dict[str, str]
Person = dict[str, Any]
Dates = dict[str, dict[str, date]]


# --- drawing ---------------------------------------------------------------------------------------------------------


def _normal(random: Random) -> float:
    return NORMAL.inv_cdf(max(random.random(), 1e-12))


def _between(random: Random, low: int, high: int) -> int:
    return low + int(random.random() * (high - low + 1))


def _pick(random: Random, weights: Mapping[str, int]) -> str:
    left = random.random() * sum(weights.values())
    for name, weight in weights.items():
        left -= weight
        if left < 0:
            return name
    return next(reversed(weights))


def _shuffled(random: Random, values: Iterable[str]) -> list[str]:
    keyed = [(random.random(), value) for value in values]
    return [value for _, value in sorted(keyed)]


def _dealt(random: Random, counts: Mapping[str, int]) -> list[str]:
    """Each name as often as its count says, shuffled."""
    return _shuffled(random, [name for name, n in counts.items() for _ in range(n)])


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _behind_need(random: Random, risk: float) -> float:
    """Draw what lies behind a need: standard normal, correlated with `risk`."""
    shared: float = PLAN["caseload"]["need_with_risk"]
    return shared * risk + math.sqrt(1 - shared**2) * _normal(random)


def _section_value(random: Random, section: Mapping[str, Any], need: bool) -> str:
    """Draw a section score on the right side of the threshold, more often near it; yes or no without a threshold."""
    if "need_from" not in section:
        return "yes" if need else "no"
    threshold, highest = section["need_from"], section["highest"]
    if need:
        return str(threshold + int(random.random() ** 1.6 * (highest - threshold + 1)))
    return str(int(random.random() * threshold))


# --- the pilot -------------------------------------------------------------------------------------------------------


def _dates(random: Random, people: Sequence[Person]) -> Dates:
    """Referral, start, first and second questionnaire of each person; the questionnaires about 16 weeks apart."""
    dates = {}
    for person in people:
        started = _working_day(date(2016, 9, 19) + timedelta(days=_between(random, 0, 41)))
        first = _working_day(started + timedelta(days=_between(random, 3, 17)))
        dates[person["id"]] = {
            "referred_on": _working_day(started - timedelta(days=_between(random, 7, 16))),
            "started_on": started,
            "pre": first,
            "post": _working_day(first + timedelta(days=112 + _between(random, -8, 8))),
        }
    return dates


def _responses(random: Random, people: Sequence[Person], dates: Dates) -> list[Row]:
    rows = []
    for wave in WAVES:
        for person in people:
            answered = {name: person[f"{name}_{wave}"] for name in ITEM_COUNTS if f"{name}_{wave}" in person}
            if not answered:
                continue
            helped = person["role"] == "service user" and random.random() < 0.35
            row = {
                "respondent_id": person["id"],
                "wave": wave,
                "role": person["role"],
                "site": person["site"],
                "completed_on": dates[person["id"]][wave].isoformat(),
                "how_completed": "paper with help" if helped else "paper",
            }
            for name, answers in answered.items():
                row |= {f"{name}_{i}": str(answer) for i, answer in enumerate(answers, start=1)}
            rows.append(row)
    return rows


def _roster(people: Sequence[Person], dates: Dates) -> list[Row]:
    rows = []
    for person in people:
        who = person["id"]
        row = {
            "respondent_id": who,
            "role": person["role"],
            "site": person["site"],
            "company": PLAN["companies"][person["site"]],
            "eligible": "yes",
            "consent": PLAN["consent"].get(who, "given"),
            "reason_no_pre": PLAN["reason_no_pre"].get(who, ""),
            "reason_no_post": PLAN["reason_no_post"].get(who, ""),
        }
        if person["role"] == "service user":
            row |= {column: dates[who][column].isoformat() for column in ("referred_on", "started_on")}
        rows.append(row)
    return rows


def _pilot_needs(random: Random, people: Sequence[Person]) -> dict[str, set[str]]:
    """Who has each need: as many as the plan says, those with a higher OGRS more often."""
    needs = {}
    for name, section in SECTIONS.items():
        keys = []
        for person in people:
            rate = section["women"] if person["sex"] == "Female" else section["men"]
            behind = _behind_need(random, (person["ogrs"] - 50) / 28)
            keys.append((behind + NORMAL.inv_cdf(rate), person["id"]))
        needs[name] = {who for _, who in sorted(keys)[-section["pilot"] :]}
    return needs


def _supervision(random: Random, who: str, started: date) -> Row:
    """How the order went: dates, status, contacts."""
    ended = who in PLAN["status"]["completed"]
    disengaged = who in PLAN["status"]["disengaged"]
    offered = _between(random, 14, 22)
    attended = offered * (0.25 + 0.2 * random.random() if disengaged else 0.65 + 0.35 * random.random())
    return {
        "started_on": started.isoformat(),
        "ended_on": _working_day(started + timedelta(days=_between(random, 150, 175))).isoformat() if ended else "",
        "status": "disengaged" if disengaged else "completed" if ended else "active",
        "contacts_offered": str(offered),
        "contacts_attended": str(round(attended)),
        "oasys_date": _working_day(started - timedelta(days=_between(random, 10, 60))).isoformat(),
    }


def _fund_bands(random: Random, people: Sequence[Person]) -> Row:
    fund = PLAN["fund"]
    eligible = [p["id"] for p in people if p["site"] in fund["sites"] and p["id"] not in fund["not_eligible"]]
    return dict(zip(eligible, _dealt(random, fund["bands"]), strict=True))


def _cases(random: Random, people: Sequence[Person], dates: Dates) -> list[Row]:
    offences = _dealt(random, PLAN["pilot_offences"])
    bands = _fund_bands(random, people)
    needs = _pilot_needs(random, people)
    rows = []
    for person, offence in zip(people, offences, strict=True):
        who = person["id"]
        row = {
            "respondent_id": who,
            "site": person["site"],
            "company": PLAN["companies"][person["site"]],
            "sex": person["sex"].lower(),
            "age": str(person["age"]),
            "offence": offence,
            "sentence": "community order",
            "fund_band": bands.get(who, ""),
            "ogrs": str(person["ogrs"]),
        }
        row |= _supervision(random, who, dates[who]["started_on"]) | PLAN["ogrs"] | PLAN["oasys"]
        for (name, section), column in zip(SECTIONS.items(), SECTION_COLUMNS, strict=True):
            row[column] = _section_value(random, section, who in needs[name])
        rows.append(row)
    return rows


# --- the caseload ----------------------------------------------------------------------------------------------------


def _caseload_sections(random: Random, risk: float, sex: str) -> Row:
    row = {}
    for section, column in zip(SECTIONS.values(), SECTION_COLUMNS, strict=True):
        need = _behind_need(random, risk) > NORMAL.inv_cdf(1 - section["women" if sex == "female" else "men"])
        row[column] = _section_value(random, section, need)
    return row


def _caseload_person(random: Random, number: int, sex: str) -> Row:
    plan, risk = PLAN["caseload"], _normal(random)
    # Younger people have a higher risk of reoffending: a part of `risk` goes into age.
    age = 18 + math.exp(2.47 + 0.75 * (0.35 * -risk + math.sqrt(1 - 0.35**2) * _normal(random)))
    ogrs = 100 / (1 + math.exp(0.07 - 1.15 * risk))
    row = {"respondent_id": f"C{number:05d}", "sex": sex, "age": str(min(int(age), 79))}
    row |= {column: _pick(random, plan[column]) for column in ("company", "offence", "sentence")}
    if random.random() >= plan["no_ogrs"]:
        row |= {"ogrs": str(min(max(round(ogrs), 1), 99))} | PLAN["ogrs"]
    if random.random() >= plan["not_assessed"]:
        row |= _caseload_sections(random, risk, sex) | PLAN["oasys"]
    return row


def _caseload(random: Random) -> list[Row]:
    """Invented people, none of whom is in the pilot."""
    men, size = PLAN["caseload"]["men"], PLAN["caseload"]["size"]
    sexes = _dealt(random, {"male": men, "female": size - men})
    return [_caseload_person(random, number, sex) for number, sex in enumerate(sexes, start=1)]


# --- the files -------------------------------------------------------------------------------------------------------

_RESPONSES = ["respondent_id", "wave", "role", "site", "completed_on", "how_completed"]
_ROSTER = ["respondent_id", "role", "site", "company", "referred_on", "eligible", "started_on", "consent"]
_CASE = ["respondent_id", "site", "company", "sex", "age", "offence", "sentence", "fund_band", "started_on", "ended_on"]
_CASE += ["status", "contacts_offered", "contacts_attended"]
_OGRS = ["ogrs", "ogrs_version", "ogrs_horizon"]
_OASYS = [*SECTION_COLUMNS, "oasys_layer", "oasys_form"]
COLUMNS = {
    "responses.csv": _RESPONSES + [f"{name}_{i}" for name, n in ITEM_COUNTS.items() for i in range(1, n + 1)],
    "roster.csv": [*_ROSTER, "reason_no_pre", "reason_no_post"],
    "cases.csv": [*_CASE, *_OGRS, *_OASYS, "oasys_date"],
    "caseload.csv": ["respondent_id", "company", "sex", "age", "offence", "sentence", *_OGRS, *_OASYS],
}


def build(folder: Path) -> None:
    """Write the four files of the sample study into `folder`."""
    replica = json.loads((HERE / "source" / "replica.json").read_text(encoding="utf-8"))
    users = [person | {"role": "service user"} for person in replica["service_users"]]
    staff = [person | {"role": "staff", "site": PLAN["staff_sites"][person["id"]]} for person in replica["staff"]]
    # A random stream of its own for each file: a change to one leaves the others as they are.
    seed = PLAN["seed"]
    dates = _dates(Random(seed), users + staff)
    tables = {
        "responses.csv": _responses(Random(seed + 1), users + staff, dates),
        "roster.csv": _roster(users + staff, dates),
        "cases.csv": _cases(Random(seed + 2), users, dates),
        "caseload.csv": _caseload(Random(seed + 3)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
