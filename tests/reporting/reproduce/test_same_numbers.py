"""Both scripts print the dashboard's main numbers, for studies of every shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from evalcore.reporting.reproduce import main_numbers
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.reporting.reproduce.running import LANGUAGES, differences, result, run, run_inside, run_r_in_each, written
from tests.reporting.reproduce.studies import (
    ODD,
    SITES,
    answered,
    changed_by,
    counted,
    named,
    one_scale_only,
    published,
    several_roles,
    with_odd_texts,
    with_people,
    without_caseload,
)

TESTED = {"t", "df", "p_value", "d_z", "d_z_ci_low", "d_z_ci_high", "d_av", "g_av", "wilcoxon_w", "wilcoxon_p"}
EMPTY_LOOKING = {"TRUE": "NA", "1e5": "NaN", "A;B": "null", "P05": "NA", "P06": "None"}
NUMBERED = [f"{place:03d}" for place in range(80)]

STUDIES: dict[str, Callable[[], Study]] = {
    "no file at all": Study.empty,
    "one person": lambda: answered(["A"], ["gse"], roles=["service user"]),
    "one person, before only": lambda: answered(["A"], ["gse"], waves=["pre"]),
    "two people": lambda: answered(["A", "B"], ["swemwbs"], roles=["service user"]),
    "nobody matched": lambda: answered(NUMBERED[:6], ["gse"], waves=["pre"], roles=["staff"]),
    "three pairs": lambda: answered(NUMBERED[:3], ["gse", "swemwbs"], roles=["service user"]),
    "nine pairs": lambda: changed_by([1, 2, 3, 4, 5, 6, 7, 8, 9]),
    "ten pairs, all down or the same": lambda: changed_by([0, 0, -1, -1, -2, -2, -2, 0, -1, 0]),
    "equal changes": lambda: changed_by([2] * 11),
    "changes that add up to nothing": lambda: changed_by([2, -2] * 6),
    "changes nearly equal": lambda: changed_by([10] * 11 + [9]),
    "questions left out": lambda: answered(NUMBERED[:40], ["wemwbs", "gse"], missing=0.1, roles=["service user"]),
    "more than fifty changes": lambda: answered(NUMBERED, ["gse", "swemwbs"], roles=["service user"], leave=0.03),
    "staff by subscale": lambda: answered(NUMBERED[:30], ["uwes9"], roles=["staff", "volunteer"], missing=0.04),
    "no roles": lambda: answered(NUMBERED[:14], ["gse", "uwes9"], missing=0.1),
    "identifiers in several roles": several_roles,
    "one scale only": one_scale_only,
    "odd identifiers": lambda: named(answered(ODD, ["gse"], sites=SITES), EMPTY_LOOKING),
    "odd texts": with_odd_texts,
    "several sites": lambda: answered(NUMBERED[:30], ["gse"], sites=[*SITES, None], roles=["staff", "service user"]),
    "people": with_people,
    "people whose names look empty": lambda: named(with_people(), EMPTY_LOOKING),
    "people, no caseload": without_caseload,
    "a caseload as counts": counted,
    "a caseload as published": published,
    "OGRS of two versions": lambda: with_people(pilot={"ogrs_version": "OGRS4"}),
    "OGRS of two horizons": lambda: with_people(others={"ogrs_horizon": "2 years"}),
    "OGRS without a horizon": lambda: with_people(pilot={"ogrs_horizon": None}),
    "OGRS under another name": lambda: with_people(
        pilot={"ogrs_version": "OGRS 4/G", "ogrs_horizon": "2 years"},
        others={"ogrs_version": "ARP static", "ogrs_horizon": "2 years"},
    ),
    "sites and people": lambda: STUDIES["several sites"]().add(*with_people().intakes),
}
CASES = [*((name, None) for name in STUDIES), *(("sites and people", site) for site in SITES)]
WITH_TESTS = ("ten pairs, all down or the same", "changes nearly equal", "more than fifty changes", "staff by subscale")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(sample_study(), tmp_path_factory.mktemp("sample"))


@cache
def study_named(name: str) -> Study:
    return sample_study() if name == "sample" else STUDIES[name]()


@cache
def numbers_of(name: str, site: str | None = None) -> pd.DataFrame:
    return main_numbers(study_named(name), site=site)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str | None], Path]:
    base = tmp_path_factory.mktemp("studies")
    return {
        (name, site): written(study_named(name), base / str(place), site=site)
        for place, (name, site) in enumerate(CASES)
    }


@pytest.fixture(scope="module")
def run_by_r(folders: dict[tuple[str, str | None], Path]) -> None:
    run_r_in_each(folders.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_study(language: str, sample: Path) -> None:
    run(language, sample, "--csv")
    assert differences(numbers_of("sample"), result(language, sample)) == []


@pytest.mark.parametrize(("name", "site"), CASES)
def test_the_python_script(name: str, site: str | None, folders: dict[tuple[str, str | None], Path]) -> None:
    run_inside(folders[name, site])
    assert differences(numbers_of(name, site), result("Python", folders[name, site])) == []


@pytest.mark.usefixtures("run_by_r")
@pytest.mark.parametrize(("name", "site"), CASES)
def test_the_r_script(name: str, site: str | None, folders: dict[tuple[str, str | None], Path]) -> None:
    assert differences(numbers_of(name, site), result("R", folders[name, site])) == []


@pytest.mark.parametrize("site", SITES)
def test_one_site_has_numbers_of_every_kind_but_its_own(site: str) -> None:
    found, whole = numbers_of("sites and people", site), numbers_of("sites and people")
    assert set(found["what"]) == set(whole["what"])
    assert not found["value"].equals(whole["value"])


@pytest.mark.parametrize("name", WITH_TESTS)
def test_tests_and_effect_sizes_are_among_the_numbers_from_ten_pairs_on(name: str) -> None:
    assert set(numbers_of(name)["statistic"]) >= TESTED


@pytest.mark.parametrize("name", ["sample", "nine pairs"])
def test_below_ten_pairs_there_is_an_interval_and_no_test(name: str) -> None:
    found = set(numbers_of(name)["statistic"])
    assert TESTED.isdisjoint(found)
    assert "change_ci_low" in found


@pytest.mark.parametrize("name", ["a caseload as counts", "a caseload as published", "people, no caseload"])
def test_a_caseload_that_is_not_known_from_rows_has_no_numbers(name: str) -> None:
    assert set(numbers_of(name)["who"]) == {"pilot"}


def test_both_scripts_print_the_same_table(sample: Path) -> None:
    ours, theirs = (run(language, sample) for language in LANGUAGES)
    assert ours == theirs
    assert ours.splitlines()[0].split() == ["what", "measure", "who", "statistic", "value"]
    assert "Note: GSE, service users: with fewer than 10 pairs there is no test and no effect size." in ours
    assert ours.splitlines()[-1] == "INTERNAL: a working copy with nothing hidden. Not to be shared."


@pytest.mark.parametrize("language", LANGUAGES)
def test_identifiers_are_kept_where_the_machine_does_not_speak_utf8(language: str, tmp_path: Path) -> None:
    here = written(study_named("odd identifiers"), tmp_path)
    everywhere = run(language, here)
    assert run(language, here, LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0") == everywhere
    matched = next(line.split()[-1] for line in everywhere.splitlines() if "n_matched" in line)
    assert int(matched) == len(ODD)
