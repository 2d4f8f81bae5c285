"""Every value of a questionnaire or a rule says where it comes from and how far it can be trusted."""

from __future__ import annotations

import tomllib

import pytest

from tests.architecture import standings
from tests.architecture.sources import files, name_of

GOOD = {"title": "A manual", "year": "2009", "place": "table 1", "standing": "verified"}
DEFINITIONS = {name_of(path): path for path in files() if path.parent.name == "definitions" and path.suffix == ".toml"}


def test_there_are_definitions() -> None:
    assert {name.split("/")[1] for name in DEFINITIONS} == {"instruments", "rules"}


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_a_definition_says_where_its_values_come_from(name: str) -> None:
    data = tomllib.loads(DEFINITIONS[name].read_text(encoding="utf-8"))
    assert standings.poor_sources(name, data) == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"source": {}},
        {"source": GOOD | {"place": " "}},
        {"source": GOOD | {"standing": "probably"}},
        {"norms": [{"mean": 1.0, "source": {"title": "A manual", "year": "2009", "place": "table 1"}}]},
        {"source": "manual", "sources": {"other": GOOD}},
    ],
)
def test_a_poor_source_is_found(data: dict[str, object]) -> None:
    assert len(standings.poor_sources("x.toml", data)) == 1


@pytest.mark.parametrize("data", [{"norms": [{"source": GOOD}]}, {"source": "manual", "sources": {"manual": GOOD}}])
def test_a_good_source_is_allowed(data: dict[str, object]) -> None:
    assert standings.poor_sources("x.toml", data) == []
