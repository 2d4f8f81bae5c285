"""Which browser is taken, and when a missing one is a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.installed import browser_path, must_have_browser


def executable(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_named_browser_comes_first(tmp_path: Path) -> None:
    named = executable(tmp_path / "mine" / "chromium")
    executable(tmp_path / "bin" / "chromium")
    assert browser_path({"CHROMIUM": str(named), "PATH": str(tmp_path / "bin")}) == str(named)


def test_a_named_browser_that_is_not_there_is_missing(tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "chromium")
    assert browser_path({"CHROMIUM": str(tmp_path / "none"), "PATH": str(tmp_path / "bin")}) is None


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "msedge"])
def test_the_path_is_searched(tmp_path: Path, name: str) -> None:
    found = executable(tmp_path / name)
    assert browser_path({"PATH": str(tmp_path)}) == str(found)


def test_installed_places_are_searched_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.browser.installed.PLACES", (str(tmp_path / "Chrome"),))
    assert browser_path({"PATH": str(tmp_path / "bin")}) is None
    edge = executable(tmp_path / "files" / "Microsoft/Edge/Application/msedge.exe")
    assert browser_path({"PATH": "", "PROGRAMFILES": str(tmp_path / "files")}) == str(edge)
    chrome = executable(tmp_path / "Chrome")
    assert browser_path({"PATH": "", "PROGRAMFILES": str(tmp_path / "files")}) == str(chrome)


@pytest.mark.parametrize(("value", "must"), [("true", True), ("1", True), ("", False), ("false", False)])
def test_a_missing_browser_is_a_failure_only_in_ci(value: str, must: bool) -> None:
    assert must_have_browser({"CI": value}) is must
    assert must_have_browser({}) is False
