"""Studies whose people fall into groups: by site, sex, role, and by columns that were kept from the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from evalcore.intake import Intake, read_cases, read_questionnaires
from evalcore.study import Study


@dataclass(frozen=True)
class Person:
    """One person: GSE scores before and after (None: did not answer), and what the files say of them."""

    before: int | None = 25
    after: int | None = 27
    site: str = ""
    sex: str = ""
    role: str = "service user"
    kept: dict[str, str] = field(default_factory=dict)
    case: dict[str, str] = field(default_factory=dict)


def study_of(people: Sequence[Person]) -> Study:
    """Write the files and read them; the headings in `kept` and `case` that are not native are kept."""
    answers, cases = [], []
    for place, one in enumerate(people):
        who = f"{one.role[:2].upper()}{place:04d}"
        for wave, score in (("pre", one.before), ("post", one.after)):
            if score is not None:
                items = {f"gse_{i + 1}": score // 10 + (i < score % 10) for i in range(10)}
                row = {"respondent_id": who, "wave": wave, "role": one.role, "site": one.site}
                answers.append(row | one.kept | items)
        if one.sex or one.case:
            cases.append({"respondent_id": who, "sex": one.sex, **one.case})
    files = [_kept(read_questionnaires, answers, "answers.csv")]
    files += [_kept(read_cases, cases, "cases.csv")] if cases else []
    return Study.empty("Made").add(*files)


def people(n: int, *sites: str, **more: str) -> list[Person]:
    """`n` people dealt out to the sites in turn, whose changes run from -3 to 5."""
    return [
        Person(18 + at % 9, 18 + at % 9 + (7 * at) % 9 - 3, site=sites[at % len(sites)] if sites else "", **more)
        for at in range(n)
    ]


def _kept(read, rows: list[dict[str, object]], name: str) -> Intake:  # type: ignore[no-untyped-def]
    data = pd.DataFrame(rows).to_csv(index=False).encode()
    mapping = read(data, name=name).mapping
    native = {"respondent_id", "wave", "role", "site", "sex", "status", "fund_band"}
    foreign = ~mapping["header"].isin(native) & ~mapping["header"].str.startswith("gse_")
    if not foreign.any():
        return read(data, name=name)
    mapping.loc[foreign, "taken_for"] = "keep"
    return read(data, name=name, mapping=mapping)
