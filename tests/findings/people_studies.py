"""Studies about people that differ from the sample study in one thing each."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from evalcore.findings.people import BUILDERS, People
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.findings.risk_studies import computed_only, stated_too

LAST_SITE = "Site 3"


def with_cases(**columns):
    """The sample study with other columns in its case files."""
    study = sample_study()
    return replace(study, cases=study.cases.assign(**columns))


def without_caseload(published=None):
    study = sample_study()
    given = study.published.iloc[:0] if published is None else pd.DataFrame(published)
    return replace(study, caseload=study.caseload.iloc[:0], published=given)


def with_site_of(n):
    """The sample study with only `n` people left at its last site; those of nobody are at another one."""
    cases = sample_study().cases
    there = cases.index[cases["site"] == LAST_SITE]
    kept = cases.drop(there[n:])
    return replace(sample_study(), cases=kept)


def some(values, every):
    """The values with every so-manyth one missing."""
    return values.where(np.arange(len(values)) % every > 0)


def only_columns(*endings):
    cases = sample_study().cases
    return replace(sample_study(), cases=cases[[name for name in cases if not name.endswith(endings)]])


def pilot_in_caseload():
    study = sample_study()
    shared = [name for name in study.caseload if name in study.cases]
    return replace(study, caseload=pd.concat([study.caseload, study.cases[shared]], ignore_index=True))


PUBLISHED = [
    {"measure": "sex", "category": "male", "count": 8_640, "total": 10_000, "source": "A report", "date": "2016"},
    {"measure": "age", "mean": 33.0, "sd": 10.0, "n": 10_000, "source": "A report"},
    {"measure": "OGRS3", "mean": 48.0, "sd": 20.0, "n": 10_000, "horizon": "1 year", "source": "A report"},
    {"measure": "alcohol_need", "mean": 0.24, "n": 9_000, "source": "A report"},
    {"measure": "drugs_need", "mean": 0.45, "source": "A report"},
]
NO_SEX = pd.Series([None] * 27, dtype="str")
HORIZONS = ["1 year", "2 years"] * 13 + ["1 year"]

STUDIES = {
    "sample": sample_study,
    "empty": lambda: Study.empty("Empty"),
    "no caseload": without_caseload,
    "published caseload": lambda: without_caseload(PUBLISHED),
    "caseload of three": lambda: replace(sample_study(), caseload=sample_study().caseload.iloc[:3]),
    "caseload of sixty": lambda: replace(sample_study(), caseload=sample_study().caseload.iloc[:60]),
    "pilot in the caseload": pilot_in_caseload,
    "no OGRS": lambda: with_cases(ogrs=np.nan),
    "OGRS for two horizons": lambda: with_cases(ogrs_horizon=HORIZONS),
    "OGRS for another horizon": lambda: with_cases(ogrs_horizon="2 years"),
    "OGRS computed and outcomes": computed_only,
    "OGRS for two years, and its inputs": stated_too,
    "age of some": lambda: with_cases(age=some(sample_study().cases["age"], 3)),
    "sex of nobody": lambda: with_cases(sex=NO_SEX),
    "sex of some": lambda: with_cases(sex=some(sample_study().cases["sex"], 5)),
    "drugs of some": lambda: with_cases(drugs_score=some(sample_study().cases["drugs_score"], 4)),
    "no needs": lambda: only_columns("_score", "_need"),
    "no identifiers in the caseload": lambda: replace(
        sample_study(), caseload=sample_study().caseload.drop(columns="respondent_id")
    ),
    "one person": lambda: replace(sample_study(), cases=sample_study().cases.iloc[:1]),
    **{f"{n} at the last site": (lambda n=n: with_site_of(n)) for n in (0, 1, 2, 3)},
}


@cache
def study_named(name):
    return STUDIES[name]()


@cache
def findings_of(name, site=None):
    """Every finding of one of these studies, made once however the tests are ordered."""
    return build_all(study_named(name), site)


def build_all(study, site=None):
    """Every finding about people by kind."""
    people = People(study)
    return {kind: builder(people, site) for kind, builder in BUILDERS.items()}
