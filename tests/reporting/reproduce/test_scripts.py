"""The scripts stand on their own, hold no data, and follow an instrument's definition wherever it leads."""

from __future__ import annotations

import ast
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from evalcore.columns import POST
from evalcore.errors import UnknownNameError
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import Instrument
from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.scoring import score
from evalcore.reporting.reproduce import definitions, reproduction_files, reproduction_zip
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.reporting.reproduce.running import LANGUAGES, SCRIPTS, result, run_quickly, written
from tests.reporting.reproduce.studies import answered, counted, published, with_people

MAY_IMPORT = {"csv", "math", "sys", "pathlib", "numpy", "pandas", "scipy"}
HOSTILE = 'A """ pilot\nstop("oh")\r\u2028import os\u202e \\N{DIGIT ONE} @@SITE@@ é'


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return reproduction_files(sample_study())


def test_the_python_script_needs_pandas_numpy_and_scipy_only(files: dict[str, bytes]) -> None:
    imports = [node for node in ast.walk(ast.parse(files["main_numbers.py"])) if isinstance(node, ast.Import)]
    others = [node for node in ast.walk(ast.parse(files["main_numbers.py"])) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in imports for alias in node.names} | {str(node.module) for node in others}
    assert names <= MAY_IMPORT


def test_the_r_script_needs_no_package(files: dict[str, bytes]) -> None:
    text = files["main_numbers.R"].decode()
    assert not any(word in text for word in ("library(", "require(", "requireNamespace(", "::"))


@pytest.mark.parametrize("name", ["main_numbers.py", "main_numbers.R", "READ ME.txt"])
def test_a_file_says_which_study_it_is_of_and_holds_nobody(name: str, files: dict[str, bytes]) -> None:
    study, text = sample_study(), files[name].decode()
    assert study.name in text
    assert study.fingerprint in text
    people = {*study.responses["respondent_id"], *study.cases["respondent_id"], *study.roster["respondent_id"]}
    kept = {*study.responses["site"].dropna(), *study.cases["company"].dropna()}
    assert [one for one in people | kept if one in text] == []


@pytest.mark.parametrize("name", ["main_numbers.py", "main_numbers.R", "READ ME.txt"])
def test_lines_are_short_enough_to_read_and_nothing_is_left_to_fill_in(name: str, files: dict[str, bytes]) -> None:
    text = files[name].decode()
    assert max(map(len, text.splitlines())) <= 120
    assert "@@" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_study_can_not_be_code(language: str, tmp_path: Path) -> None:
    study = answered(["A", "B"], ["gse"])
    plain = run_quickly(language, written(study, tmp_path))
    assert run_quickly(language, written(study.renamed(HOSTILE), tmp_path)) == plain
    assert "@@SITE@@ é" in (tmp_path / "the files" / SCRIPTS[language]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_site_can_not_be_code(language: str, tmp_path: Path) -> None:
    site = '"); stop(\\"oh\\" #{é}'
    found = run_quickly(language, written(answered(["A", "B"], ["gse"], sites=[site]), tmp_path, site=site))
    assert "n_matched" in found


def test_a_site_that_is_not_there_is_named_so() -> None:
    with pytest.raises(UnknownNameError, match="Site 1, Site 2, Site 3"):
        reproduction_files(sample_study(), site="Elsewhere")


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_of_another_state_of_the_study_are_noticed(language: str, tmp_path: Path) -> None:
    here = written(answered(["A", "B"], ["gse"]), tmp_path)
    said = "another state of the study"
    assert said not in run_quickly(language, here)
    for name, content in reproduction_files(answered(["A", "C"], ["gse"])).items():
        (here / name).write_bytes(content)
    assert said in run_quickly(language, here)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("study", "words"), [(counted, "as counts only"), (published, "published figures only")])
def test_what_can_not_be_computed_from_rows_is_said(study: object, words: str, language: str, tmp_path: Path) -> None:
    one = study() if callable(study) else Study.empty()
    assert f"Note: The caseload is known {'from ' if 'published' in words else ''}{words}" in run_quickly(
        language, written(one, tmp_path)
    )
    assert words in reproduction_files(one)["READ ME.txt"].decode()


def test_a_score_that_was_computed_here_is_said_not_to_be_in_the_scripts() -> None:
    study = with_people(pilot={"ogrs": None})
    assert "computed from their parts" not in reproduction_files(study)["READ ME.txt"].decode()
    inputs = {"ogrs": None, "sex": "male", "age_at_conviction": 30, "age_at_followup": 31, "age_at_first_sanction": 20}
    more = {"previous_sanctions": 3, "ogrs_offence": "violence", "sanction": "conviction"}
    assert "computed from their parts" in reproduction_files(with_people(pilot=inputs | more))["READ ME.txt"].decode()


def _turned() -> Instrument:
    gse = load_instrument("gse")
    return replace(gse, scales={"total": replace(gse.scales["total"], reversed=("gse_2", "gse_7"))})


def _filled_in() -> Instrument:
    return replace(load_instrument("wemwbs"), default_missing_rule="at_most_three_missing")


def _means_of_some() -> Instrument:
    return replace(load_instrument("uwes9"), default_missing_rule="two_thirds_per_scale")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("instrument", [_turned(), _filled_in(), _means_of_some()], ids=lambda one: one.id)
def test_scores_follow_the_definition(
    instrument: Instrument, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reversed items, and rules for missing items that no instrument has by default."""
    study = answered([f"{place:02d}" for place in range(20)], [instrument.id], missing=0.08, roles=["staff"])
    originals = {name: load_instrument(name) for name in ("gse", "swemwbs", "uwes9", "wemwbs")}
    monkeypatch.setattr(definitions, "load_instrument", lambda name: (originals | {instrument.id: instrument})[name])
    here = written(study, tmp_path)
    run_quickly(language, here)
    found = result(language, here).query("measure == @instrument.short_name").set_index("statistic")["value"]
    groups = describe(match_scores(score(study.responses, instrument), role="staff"))
    default = describe(match_scores(score(study.responses, instrument.id), role="staff"))
    assert found["n_after"] == groups.loc["all post", "n"]
    assert found["mean_after"] == pytest.approx(groups.loc["all post", "mean"], rel=1e-9)
    assert found["matched_sd_before"] == pytest.approx(groups.loc["matched pre", "sd"], rel=1e-9)
    assert not default.equals(groups), f"{POST}: the definition changes nothing"


def test_the_same_study_gives_the_same_zip(files: dict[str, bytes]) -> None:
    packed = reproduction_zip(sample_study())
    assert packed == reproduction_zip(sample_study())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
