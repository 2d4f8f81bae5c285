"""The public names: sorted, real, documented with an example, and nothing else beside them."""

from __future__ import annotations

import pkgutil
from types import ModuleType

import pytest

import evalcore
from tests.architecture import public_surface
from tests.architecture.sources import ROOT

SUBMODULES = {module.name for module in pkgutil.iter_modules(evalcore.__path__)}


def plain(x: int) -> int:
    """Say something, but show nothing."""
    return x


def invented(**names: object) -> ModuleType:
    module = ModuleType("invented")
    vars(module).update(names)
    return module


def test_public_names_are_sorted() -> None:
    assert public_surface.disorder(evalcore.__all__) == []


def test_public_names_are_documented_with_an_example() -> None:
    assert public_surface.undocumented(evalcore, evalcore.__all__) == []


def test_no_public_name_hides_a_module() -> None:
    assert public_surface.hidden_modules(evalcore, evalcore.__all__, SUBMODULES) == []


def test_evalcore_itself_holds_only_its_names() -> None:
    assert public_surface.more_than_names((ROOT / "evalcore/__init__.py").read_text(encoding="utf-8")) == []


def test_disorder_is_found() -> None:
    assert len(public_surface.disorder(["Study", "match", "describe"])) == 1
    assert len(public_surface.disorder(["describe", "describe"])) == 1
    assert public_surface.disorder(["Study", "describe", "match"]) == []


@pytest.mark.parametrize(
    "module",
    [
        invented(),
        invented(score=plain),
        invented(score=lambda x: x),
        invented(score=type("Score", (), {"__doc__": "Plain."})),
    ],
)
def test_a_name_without_its_example_is_found(module: ModuleType) -> None:
    assert len(public_surface.undocumented(module, ["score"])) == 1


def test_an_exception_needs_no_example() -> None:
    fault = type("Fault", (ValueError,), {"__doc__": "What went wrong."})
    assert public_surface.undocumented(invented(Fault=fault), ["Fault"]) == []


def test_a_hidden_module_is_found() -> None:
    assert len(public_surface.hidden_modules(invented(study=plain), ["study"], {"study"})) == 1
    assert public_surface.hidden_modules(invented(study=invented()), ["study"], {"study"}) == []


def test_more_than_names_is_found() -> None:
    assert len(public_surface.more_than_names('"""Doc."""\nfrom a import b\nx = 1\n__all__ = ["b"]')) == 1
