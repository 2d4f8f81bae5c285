"""A definition file is a questionnaire, or says everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.outcomes.scoring import item_answers, score
from tests.instruments.made_up import HOPE, SOURCE, written


def problems(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        load_instrument("hope", _directory=written(folder, text))
    assert caught.value.file == "hope.toml"
    return caught.value.problems


def test_the_four_instruments() -> None:
    assert list_instruments() == ["gse", "swemwbs", "uwes9", "wemwbs"]


def test_an_instrument_is_read_once() -> None:
    assert load_instrument("gse") is load_instrument("gse")


def test_an_unknown_instrument_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="gse, swemwbs, uwes9, wemwbs"):
        load_instrument("phq9")


def test_an_unknown_scale_or_rule_lists_those_there_are() -> None:
    uwes = load_instrument("uwes9")
    with pytest.raises(UnknownNameError, match="total, vigor, dedication, absorption"):
        uwes.scale("zeal")
    with pytest.raises(UnknownNameError, match="complete, two_thirds_per_scale"):
        uwes.missing_rule("guess")


def test_a_new_instrument_needs_a_file_and_no_code(tmp_path: Path) -> None:
    hope = load_instrument("hope", _directory=written(tmp_path))
    assert hope.scales["total"].high == 12
    assert hope.default_missing_rule == "complete"
    answers = pd.DataFrame(
        [["A", "pre", 3, 0, 2, 1], ["B", "pre", 0, 3, None, 3]], columns=["respondent_id", "wave", *hope.columns]
    )
    scores = score(answers, hope)
    assert scores["scale"].tolist() == ["total", "gloom", "total", "gloom"]
    assert scores["score"].tolist()[:2] == [3 + 3 + 2 + 2, 0.5]
    assert scores["status"].tolist() == ["complete", "complete", "incomplete", "complete"]
    # 0 and twice a 3 that counts as 0: the mean of three answered items, times four
    assert score(answers, hope, missing_rule="one_missing")["score"].tolist()[2] == 0
    assert scores["band"].isna().all()


def test_reversed_items_are_turned_for_reliability_too(tmp_path: Path) -> None:
    hope = load_instrument("hope", _directory=written(tmp_path))
    answers = pd.DataFrame([["A", "pre", 3, 0, 2, 1]], columns=["respondent_id", "wave", *hope.columns])
    assert item_answers(answers, hope).to_numpy().tolist() == [[3, 3, 2, 2]]
    assert item_answers(answers, hope, scale="gloom").to_dict("records") == [{"hope_4": 1, "hope_2": 0}]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    text = HOPE.replace('licence = "Nobody\'s"\n', "").replace('code = "hope_3"', 'code = "hope_5"')
    text = text.replace('method = "mean"', 'method = "median"').replace('standing = "verified"', 'standing = "sure"', 1)
    text = text.replace("higher_is_better = true", 'higher_is_better = "yes"')
    assert sorted(problems(tmp_path, text)) == [
        "higher_is_better must be true or false",
        "items must be called hope_1, hope_2 and so on, in order",
        "licence is missing",
        "scales[gloom].method must be one of: sum, mean, sum_then_table",
        "sources.items.standing must be one of: verified, single source, unverified, not found",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title = "Made up"', 'title = " "', "sources.items.title is empty"),
        ('place = "nowhere"', 'place = ""', "sources.items.place is empty"),
        (', year = "2026"', "", "sources.items.year is missing"),
        ('standing = "verified"', 'standing = "likely"', "sources.items.standing must be one of"),
        ('licence = "Nobody\'s"', "", "licence is missing"),
        (f"decimals = 1\n{SOURCE}", "decimals = 1", "scales[total].source is missing"),
        ("decimals = 1", "decimals = true", "scales[total].decimals must be a whole number"),
        ('keyword = "plans"', 'keywrd = "plans"', "items[hope_1].keywrd is not known here"),
        ('keyword = "plans"', "keyword = 3", "items[hope_1].keyword must be a text"),
        ('code = "hope_2"', 'code = "hope_1"', "items has 2 entries called hope_1"),
        ("code = 3", "code = 4", "answers must have codes that rise by one, from 0 or 1"),
        ("code = 3", "code = 2", "answers has 2 entries called 2"),
        ('label = "Yes"', 'label = "No"', "answers give 'no' to 2 codes"),
        ('label = "Yes"', 'label = "Yes"\nvariants = ["Aye"]', "answers must have their variants in lower case"),
        ('reversed = ["hope_2", "hope_4"]', 'reversed = ["hope_9"]', "scales[total] has hope_9, which is not an item"),
        (
            'items = ["hope_4", "hope_2"]',
            'items = ["hope_4"]\nreversed = ["hope_2"]',
            "scales[gloom] reverses hope_2, which is not one of its items",
        ),
        ('method = "sum"', 'method = "sum_then_table"', "scales[total] must have a table if, and only if"),
        ("default = true", "default = false", "missing_rules must have one default; there are 0"),
        (
            "{ total = 1, gloom = 1 }",
            "{ total = 1 }",
            "missing_rules[one_missing] must give max_missing for each scale",
        ),
        ("{ total = 1, gloom = 1 }", "{ total = 4, gloom = 1 }", "must let 0 to 3 items of total be missing"),
        ("answers = [3, 0, 3, nan]", "answers = [3, 0, 3]", "examples[first] has 3 answers for 4 items"),
        ("answers = [3, 0, 3, nan]", "answers = [3, 0, 9, 1]", "examples[first] has an answer that is not a code"),
        ("answers = [3, 0, 3, nan]", 'answers = [3, 0, "3", 1]', "examples[first].answers must be whole numbers"),
        ("{ total = nan, gloom = nan }", "{ total = nan }", "examples must have a worked example of gloom"),
        ("{ total = nan, gloom = nan }", '{ total = "x", gloom = 1 }', "examples[first].scores.total must be a number"),
        ('missing_rule = "complete"', 'missing_rule = "guess"', "examples[first] names 'guess', which is not a rule"),
        ('name = "Hope (HOPE)"', 'name = "Hope"\nrecall = "today"', "sources.recall is missing"),
        (
            'name = "Hope (HOPE)"',
            'name = "Hope"\ndefault_band_scheme = "swemwbs_one_sd"',
            "default_band_scheme is a scheme for swemwbs",
        ),
        (
            'name = "Hope (HOPE)"',
            'name = "Hope"\ndefault_band_scheme = "uwes9_dutch"',
            "default_band_scheme is unverified, so it can not be the default",
        ),
        ('name = "Hope (HOPE)"', 'name = "Hope"\ndefault_band_scheme = "none"', "default_band_scheme is not usable"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in HOPE
    found = problems(tmp_path, HOPE.replace(old, new, 1))
    assert any(problem in one for one in found)


@pytest.mark.parametrize(("standing", "ok"), [("single source", True), ("unverified", False), ("not found", False)])
def test_a_rule_that_fills_answers_in_needs_a_source_to_be_the_default(tmp_path: Path, standing: str, ok: bool) -> None:
    head, rule = HOPE.split('name = "one_missing"')
    text = head.replace("default = true\n", "") + 'name = "one_missing"\ndefault = true' + rule
    text = text.replace(SOURCE, SOURCE.replace("verified", standing))
    if ok:
        assert load_instrument("hope", _directory=written(tmp_path, text)).default_missing_rule == "one_missing"
    else:
        assert problems(tmp_path, text) == (f"missing_rules[one_missing] is {standing}, so it can not be the default",)


FACTS = {
    "norms": 'name = "n"\nlabel = "N"\nscale = "total"\npopulation = "all"\ndate = "2026"\nmean = 5.0\n',
    "thresholds": 'name = "t"\nlabel = "T"\nscale = "total"\nvalue = 2\nlevel = "group"\n',
    "reliabilities": 'name = "r"\nlabel = "R"\nscale = "total"\nkind = "alpha"\nvalue = 0.8\npopulation = "all"\n',
}


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("standing", ["verified", "single source", "unverified", "not found"])
def test_an_unverified_value_is_never_a_default(tmp_path: Path, kind: str, standing: str) -> None:
    fact = f"\n[[{kind}]]\n{FACTS[kind]}default = true\n{SOURCE.replace('verified', standing)}\n"
    if standing in ("verified", "single source"):
        hope = load_instrument("hope", _directory=written(tmp_path, HOPE + fact))
        assert [one.default for one in getattr(hope, kind)] == [True]
    else:
        assert len(problems(tmp_path, HOPE + fact)) == 1


@pytest.mark.parametrize(
    ("kind", "old", "new", "problem"),
    [
        ("norms", '"total"', '"sum"', "norms[n] is about 'sum', which is not a scale"),
        ("thresholds", '"total"', '"sum"', "thresholds[t] is about 'sum', which is not a scale"),
        ("reliabilities", '"total"', '"sum"', "reliabilities[r] is about 'sum', which is not a scale"),
        ("norms", "= 5.0", "= 50.0", "norms[n] must have a mean in range and an SD above 0"),
        ("norms", "= 5.0", "= 5.0\nsd = 0", "norms[n] must have a mean in range and an SD above 0"),
        ("norms", "= 5.0", "= nan", "norms[n].mean must be a finite number"),
        ("norms", "= 5.0", "= 5.0\nn = 1.5", "norms[n].n must be a whole number"),
        ("norms", "= 5.0", '= 5.0\nsex = "men"', "norms[n].sex must be one of: male, female"),
        ("thresholds", "= 2\n", "= 0\n", "thresholds[t] must be above 0, low not above high"),
        ("thresholds", "value = 2", "low = 3\nhigh = 2", "thresholds[t] must be above 0, low not above high"),
        ("thresholds", '"group"', '"team"', "thresholds[t].level must be one of: individual, group"),
        ("reliabilities", "= 0.8", "= 1.2", "reliabilities[r] must lie between 0 and 1, low not above high"),
        ("reliabilities", '"alpha"', '"beta"', "reliabilities[r].kind must be one of"),
    ],
)
def test_each_fault_of_a_fact_is_named(tmp_path: Path, kind: str, old: str, new: str, problem: str) -> None:
    assert old in FACTS[kind]
    found = problems(tmp_path, f"{HOPE}\n[[{kind}]]\n{FACTS[kind].replace(old, new)}{SOURCE}\n")
    assert any(problem in one for one in found)


def test_a_norm_is_of_both_sexes_unless_it_says_otherwise(tmp_path: Path) -> None:
    both, men = (f"\n[[norms]]\n{FACTS['norms']}{sex}{SOURCE}\n" for sex in ("", 'sex = "male"\n'))
    hope = load_instrument("hope", _directory=written(tmp_path, HOPE + both + men.replace('name = "n"', 'name = "m"')))
    assert [norm.sex for norm in hope.norms] == ["", "male"]


def test_an_instrument_may_have_a_word_of_caution_about_its_norms(tmp_path: Path) -> None:
    assert load_instrument("hope", _directory=written(tmp_path)).norms_caution == ""
    (tmp_path / "other").mkdir()
    text = HOPE.replace('construct = "hope"', 'construct = "hope"\nnorms_caution = "None is good."')
    assert load_instrument("hope", _directory=written(tmp_path / "other", text)).norms_caution == "None is good."


def test_two_defaults_for_one_scale_are_refused(tmp_path: Path) -> None:
    norm = f"\n[[norms]]\n{FACTS['norms']}default = true\n{SOURCE}\n"
    found = problems(tmp_path, HOPE + norm + norm.replace('name = "n"', 'name = "m"'))
    assert found == ("norms must have at most one default for total",)


def test_a_conversion_table_must_be_whole_and_rise(tmp_path: Path) -> None:
    table = 'method = "sum_then_table"\ntable = { 0 = 0.0, 1 = 2.0, 2 = 1.0, x = 3.0 }'
    found = problems(tmp_path, HOPE.replace('method = "sum"', table))
    assert "scales[total].table.x must be a sum, a whole number" in found
    assert "scales[total] must have a table with every sum from 0 to 12" in found
    assert "scales[total] must have a table that rises" in found
    assert any("its table converts whole sums only" in one for one in found)


def test_a_file_with_another_id_is_refused(tmp_path: Path) -> None:
    assert "id must be the file's name, hope" in problems(tmp_path, HOPE.replace('id = "hope"', 'id = "faith"'))


def test_a_file_without_an_id_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, HOPE.replace('id = "hope"', "")) == ("id is missing",)


def test_a_file_that_is_not_toml_says_so(tmp_path: Path) -> None:
    assert "it is not valid TOML" in problems(tmp_path, "id = hope")[0]
