"""Rules of change name values of the questionnaires, own their boundaries, and use nothing unverified unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.instruments.instrument import Norm, Reliability, Threshold
from evalcore.rules import list_band_schemes, load_band_scheme
from evalcore.rules.thresholds import ErrorRule, list_change_rules, load_change_rules

RULES = [load_change_rules(name) for name in list_change_rules()]
each = pytest.mark.parametrize("rules", RULES, ids=list_change_rules())

CHANGES = """
id = "hope"
default = "much"
no_bands = "There are none."

[[thresholds]]
name = "much"
scale = "total"
owner = "above"
is_error = false
caution = "Made up."

[[errors]]
name = "own"
scale = "total"
sd = "somewhere"
reliability = "alpha"
end = "high"

[[bands]]
scheme = "warmth"
why_not = "It speaks of illness."
"""


def written(folder: Path, text: str = CHANGES) -> Path:
    (folder / "hope.toml").write_text(text, encoding="utf-8")
    return folder


def behind(instrument: str, rule: ErrorRule) -> tuple[Norm, Reliability]:
    """The norm and the reliability that an error names."""
    found = load_instrument(instrument)
    (norm,) = [one for one in found.norms if (one.name, one.scale) == (rule.sd, rule.scale)]
    (value,) = [one for one in found.reliabilities if (one.name, one.scale) == (rule.reliability, rule.scale)]
    return norm, value


def threshold_of(instrument: str, name: str, scale: str) -> Threshold:
    """The threshold of a questionnaire's definition."""
    (found,) = [one for one in load_instrument(instrument).thresholds if (one.name, one.scale) == (name, scale)]
    return found


def test_every_questionnaire_has_rules_of_change() -> None:
    assert list_change_rules() == list_instruments()


@each
def test_every_threshold_of_a_questionnaire_has_an_owner_of_its_boundary(rules) -> None:
    known = [(one.name, one.scale) for one in load_instrument(rules.id).thresholds]
    assert sorted((one.name, one.scale) for one in rules.thresholds) == sorted(known)


@each
def test_every_error_rests_on_a_cited_sd_and_reliability(rules) -> None:
    for rule in rules.errors:
        norm, value = behind(rules.id, rule)
        assert norm.sd is not None
        assert (value.low == value.high) or rule.end == "high"


@each
def test_nothing_unverified_is_used_unasked(rules) -> None:
    sources = [
        threshold_of(rules.id, one.name, one.scale).source for one in rules.thresholds if one.name == rules.default
    ]
    for rule in rules.errors:
        if rule.name == rules.default:
            sources += [one.source for one in behind(rules.id, rule)]
    assert len(sources) == (0 if not rules.default else 2 if rules.default in {r.name for r in rules.errors} else 1)
    assert all(source.may_be_default for source in sources)


@each
def test_every_band_scheme_is_decided_on_and_no_person_is_put_into_one_of_depression(rules) -> None:
    assert sorted(rules.bands) == list_band_schemes(rules.id)
    for name, why_not in rules.bands.items():
        speaks_of_illness = any("depression" in label for label in load_band_scheme(name).bands)
        assert bool(why_not) == speaks_of_illness


def test_three_or_more_holds_three_and_an_error_must_be_exceeded() -> None:
    owners = {f"{rules.id}/{one.name}": one.inclusive for rules in RULES for one in rules.thresholds}
    assert owners == {
        "swemwbs/sem_1": False,
        "swemwbs/sem_2_77": False,
        "wemwbs/sem_2_77": False,
        "wemwbs/about_3_points": True,
    }


def test_only_the_larger_threshold_is_one_of_error() -> None:
    errors = {f"{rules.id}/{one.name}" for rules in RULES for one in rules.thresholds if one.is_error}
    assert errors == {"swemwbs/sem_2_77", "wemwbs/sem_2_77"}


def test_the_short_form_uses_the_published_threshold_and_the_work_scale_nothing() -> None:
    assert {rules.id: rules.default for rules in RULES} == {
        "gse": "great_britain_alpha",
        "swemwbs": "sem_2_77",
        "uwes9": "",
        "wemwbs": "scotland_test_retest",
    }


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    rules = load_change_rules("hope", _directory=written(tmp_path))
    assert (rules.default, rules.no_bands) == ("much", "There are none.")
    assert [(one.name, one.owner, one.inclusive, one.is_error, one.caution) for one in rules.thresholds] == [
        ("much", "above", True, False, "Made up.")
    ]
    assert rules.errors == (ErrorRule("own", "total", "somewhere", "alpha", "high", ""),)
    assert rules.bands == {"warmth": "It speaks of illness."}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('owner = "above"', "", "thresholds[much].owner is missing"),
        ('owner = "above"', 'owner = "left"', "thresholds[much].owner must be one of: above, below"),
        ("is_error = false", "", "thresholds[much].is_error is missing"),
        ('end = "high"', 'end = "middle"', "errors[own].end must be one of: low, high"),
        ('sd = "somewhere"', "", "errors[own].sd is missing"),
        ('default = "much"', 'default = "most"', "default is most, which is neither a threshold nor an error"),
        ('name = "own"', 'name = "much"', "errors must not share a name with a threshold"),
        ('why_not = "It speaks of illness."', 'why = "So."', "bands[warmth].why is not known here"),
        ('id = "hope"', 'id = "fear"', "id must be the file's name, hope"),
    ],
)
def test_each_fault_of_a_file_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in CHANGES
    with pytest.raises(DefinitionError) as caught:
        load_change_rules("hope", _directory=written(tmp_path, CHANGES.replace(old, new)))
    assert problem in caught.value.problems


def test_an_unknown_questionnaire_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="gse, swemwbs, uwes9, wemwbs"):
        load_change_rules("hope")
