"""Need thresholds: those of the reference page, cited, and every fault of a file named at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from evalcore.columns import SECTIONS
from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.intake.native import SECTION_MAXIMA
from evalcore.rules import needs
from evalcore.rules.needs import list_need_forms, load_need_form, load_need_rules
from tests.architecture.standings import poor_sources
from tests.outcomes.oracle import read

REFERENCE = read("need_thresholds.json")
FORMS = ("oasys_2009", "san")
FOLDER = Path(needs.__file__).parent / "need_forms"


def test_the_forms_are_those_of_the_reference() -> None:
    assert list_need_forms() == sorted(FORMS)
    assert list_need_forms() == sorted(name for name in REFERENCE if name in FORMS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_threshold_is_that_of_the_reference(form: str, section: str) -> None:
    rule, expected = load_need_rules(form)[section], REFERENCE[form][section]
    assert {name: getattr(rule, name) for name in expected} == expected
    assert rule.section == section


@pytest.mark.parametrize("section", SECTIONS)
def test_a_threshold_stands_as_the_reference_says(section: str) -> None:
    standings = REFERENCE["standing"]
    plain, san = load_need_rules()[section], load_need_rules("san")[section]
    if plain.threshold is None:
        assert plain.source.standing == san.source.standing == standings["unscored"]
        assert plain.reason == san.reason != ""
        assert plain.severe_source is None
    else:
        assert plain.source.standing == standings["threshold"]
        assert san.source.standing == standings["san"]
        assert plain.severe_source is not None
        assert plain.severe_source.standing == standings["severe"]
        assert plain.reason == ""


def test_eight_needs_have_a_threshold() -> None:
    assert sum(rule.threshold is not None for rule in load_need_rules().values()) == REFERENCE["scored_needs"]


def test_the_labels_are_the_same_on_each_form_and_in_the_order_of_the_sections() -> None:
    plain, san = (load_need_rules(form) for form in FORMS)
    assert tuple(plain) == tuple(san) == SECTIONS
    assert [rule.label for rule in plain.values()] == [rule.label for rule in san.values()]
    assert plain["ete"].label == "Education, training and employability"


def test_intake_checks_scores_against_the_same_maxima() -> None:
    assert dict(SECTION_MAXIMA) == {section: rule["maximum"] for section, rule in REFERENCE["oasys_2009"].items()}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_items_of_the_2009_form_are_those_of_the_reference(section: str) -> None:
    rule = load_need_rules()[section]
    assert {item: list(points) for item, points in rule.items.items()} == REFERENCE["items"][section]
    assert (rule.items_source is not None) == bool(rule.items)
    assert rule.number == 3 + SECTIONS.index(section)
    assert load_need_rules("san")[section].items == {}


@pytest.mark.parametrize("form", FORMS)
def test_each_file_says_where_its_values_come_from(form: str) -> None:
    data = tomllib.loads((FOLDER / f"{form}.toml").read_text(encoding="utf-8"))
    assert poor_sources(form, data) == []
    assert data["comparison"] == REFERENCE["comparison"]


@pytest.mark.parametrize(
    ("stated", "is_san"),
    [
        ("SAN", True),
        ("OASys SAN 2024", True),
        ("strengths and needs", True),
        ("Strengths & Needs", True),
        ("OASys 2009", False),
        ("", False),
    ],
)
def test_a_form_is_told_by_its_words(stated: str, is_san: bool) -> None:
    assert load_need_form("san").is_named(stated) is is_san
    assert not load_need_form("oasys_2009").is_named(stated)


def test_an_unknown_form_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="There are: oasys_2009, san"):
        load_need_form("oasys_2001")


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    text = (FOLDER / "oasys_2009.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "oasys_2009.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "oasys_2009"', 'id = "oasys"', "id must be the file's name, oasys_2009"),
        ("score >= threshold", "score > threshold", "comparison must be one of: score >= threshold"),
        ("form_words = []", 'form_words = ["OASys"]', "form_words must be in lower case"),
        ('section = "ete"', 'section = "housing"', "sections has no entry for ete"),
        ('section = "ete"', 'section = "drugs"', "sections has 2 entries called drugs"),
        ("maximum = 8\n", "maximum = 6\n", "sections[accommodation].threshold must be 1 or more"),
        ("threshold = 2\n", "threshold = 0\n", "sections[accommodation].threshold must be 1 or more"),
        ("threshold = 2\n", "", "sections[accommodation].reason must be given"),
        ('source = "thresholds"', 'source = "memory"', "sections[accommodation].source must be one of"),
        ('items = ["3.3", "3.4",', 'items = ["3.3",', "sections[accommodation].items must add up to maximum"),
        ('items = ["3.3", "3.4",', 'items = ["3.3", "4.4",', "sections[accommodation].items must begin with"),
        ('zero_or_two = ["3.3"]', 'zero_or_two = ["3.7"]', "sections[accommodation].zero_or_two must be among"),
        ("threshold = 2\n", "threshold = 2\ncutoff = 2\n", "sections[accommodation].cutoff is not known here"),
    ],
)
def test_each_fault_of_a_file_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_need_form(_directory=changed(tmp_path, (old, new)))
    assert any(found.startswith(problem) for found in caught.value.problems), caught.value.problems


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    folder = changed(
        tmp_path, ('id = "oasys_2009"', 'id = "x"'), ("maximum = 8\n", "maximum = 6\n"), ("note =", "nota =")
    )
    with pytest.raises(DefinitionError) as caught:
        load_need_form(_directory=folder)
    # the items of the section do not add up either; "note" is missing, and "nota" is not known
    assert len(caught.value.problems) == 5
