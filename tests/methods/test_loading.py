"""The registry of statistics: whole, named once, and the only home of the definitions beside the figures."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from evalcore.claims import rule_table
from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.findings import build, measures
from evalcore.findings.before_after.matched.change import LEAST_PAIRS_FOR_BOOTSTRAP, RESAMPLES
from evalcore.findings.scores import LEAST_FOR_AN_INTERVAL
from evalcore.methods import MEANINGS, Statistic, definition, list_statistics, loading
from evalcore.outcomes import effect_sizes, paired, signed_rank
from evalcore.rules.source import STANDINGS
from evalcore.sample import sample_study
from tests.architecture.sources import python_files
from tests.methods import made_up

STATISTICS = {one.name: one for one in list_statistics()}
GOOD = """topic = "A topic"
[[statistics]]
name = "a"
label = "A"
text = "A text."
source = { title = "A book", year = "1999", place = "page 1", standing = "verified" }
"""


def registry(monkeypatch: pytest.MonkeyPatch, folder: Path, **files: str) -> tuple[Statistic, ...]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loading, "_STATISTICS", folder)
    return list_statistics()


@pytest.mark.parametrize("one", STATISTICS.values(), ids=list(STATISTICS))
def test_each_statistic_is_whole(one: Statistic) -> None:
    assert one.name.isidentifier()
    assert one.name == one.name.lower()
    assert one.text.endswith(".")
    assert one.more.endswith(".") or not one.more
    assert one.source.standing in STANDINGS
    assert "  " not in one.text + one.more


def test_names_and_labels_stand_once_and_a_topic_stands_together() -> None:
    assert len({one.label for one in STATISTICS.values()}) == len(STATISTICS) == len(list_statistics())
    topics = [one.topic for one in list_statistics()]
    changes = [topic for before, topic in zip(["", *topics], topics, strict=False) if topic != before]
    assert len(changes) == len(set(topics))


def test_no_text_claims_a_cause_or_a_success() -> None:
    texts = " ".join(f"{one.label} {one.text} {one.more}" for one in STATISTICS.values()).lower()
    texts += " ".join(MEANINGS.values()).lower()
    assert [stem for stem in rule_table().forbidden if stem in texts] == []


def test_a_definition_is_the_texts_in_the_order_asked_for() -> None:
    assert definition("sd", "quartiles") == f"{STATISTICS['sd'].text} {STATISTICS['quartiles'].text}"


def test_an_unknown_statistic_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownNameError, match=r"no statistic sdd.*There are: .*sd"):
        definition("sd", "sdd")


def test_topics_follow_the_files_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    later, earlier = GOOD.replace('"a"', '"b"'), GOOD.replace("A topic", "The first")
    found = registry(monkeypatch, tmp_path, **{"2_later": later, "1_earlier": earlier})
    assert [one.topic for one in found] == ["The first", "A topic"]
    assert found[0].more == ""


def test_a_name_in_two_files_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="a is defined twice"):
        registry(monkeypatch, tmp_path, one=GOOD, two=GOOD)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("text = ", "texte = "), "texte"),
        (('"A text."', '""'), "text is empty"),
        (('"verified"', '"probably"'), "standing"),
        (('topic = "A topic"', ""), "topic is missing"),
    ],
)
def test_a_fault_of_a_file_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    with pytest.raises(DefinitionError, match=problem):
        registry(monkeypatch, tmp_path, one=GOOD.replace(*change))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("mean_interval", f"from {LEAST_FOR_AN_INTERVAL} people on"),
        ("bca_bootstrap", f"from {LEAST_PAIRS_FOR_BOOTSTRAP} pairs on"),
        ("bca_bootstrap", f"from {effect_sizes.LEAST_PAIRS_FOR_BOOTSTRAP} pairs on"),
        ("bca_bootstrap", f"{RESAMPLES:,} resamples"),
        ("wilcoxon", f"up to {signed_rank.EXACT_UP_TO} differences"),
        ("shapiro", f"to {paired._MOST_FOR_SHAPIRO:,} pairs"),
    ],
)
def test_a_threshold_in_words_is_that_of_the_code(name: str, number: str) -> None:
    assert number in f"{STATISTICS[name].text} {STATISTICS[name].more}"


def test_no_finding_writes_a_definition_of_its_own() -> None:
    sources = python_files("evalcore/findings/")
    own = [
        f"{name}:{node.lineno}"
        for name, source in sources.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword) and node.arg == "definition" and "definition(" not in ast.unparse(node)
    ]
    assert own == []
    assert sum("definition=definition(" in source for source in sources.values()) >= 5


@pytest.mark.parametrize("kind", ["holds", "trail", "summary", "groups", "change", "leavers", "reasons"])
def test_a_finding_takes_its_definition_from_the_registry(kind: str) -> None:
    study = sample_study()
    measure = None if kind == "holds" else measures(study)[0]
    text = build(kind, study, measure).definition
    if kind == "change":
        text, _, drawn = text.partition(" Bootstrap: ")
        assert drawn == f"{RESAMPLES:,} resamples, seed 0."
    rest = text
    for one in sorted((statistic.text for statistic in STATISTICS.values()), key=len, reverse=True):
        rest = rest.replace(one, "")
    assert rest.strip() == ""
    assert text


def test_a_changed_definition_reaches_the_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made_up.change_statistics(monkeypatch, tmp_path, "SD with n − 1.", "SD with a made-up divisor.")
    study = sample_study()
    assert "made-up divisor" in build("groups", study, measures(study)[0]).definition
