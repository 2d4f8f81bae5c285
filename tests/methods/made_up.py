"""Definitions changed for one test: a copy of the real ones with one thing replaced."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from evalcore.instruments import Instrument, load_instrument
from evalcore.methods import glossary, loading
from evalcore.rules.source import Source

UNVERIFIED = Source("A memory", "n.d.", "no place seen", "unverified")


def change_statistics(monkeypatch: pytest.MonkeyPatch, folder: Path, old: str, new: str) -> None:
    """Let the registry be read from a copy in which `old` reads `new`."""
    copy = folder / "statistics"
    shutil.copytree(loading._STATISTICS, copy)
    _replace_in(sorted(copy.glob("*.toml")), old, new)
    monkeypatch.setattr(loading, "_STATISTICS", copy)


def change_glossary(monkeypatch: pytest.MonkeyPatch, folder: Path, old: str, new: str) -> None:
    """Let the glossary be read from a copy in which `old` reads `new`."""
    copy = Path(shutil.copy(glossary._GLOSSARY, folder))
    _replace_in([copy], old, new)
    monkeypatch.setattr(glossary, "_GLOSSARY", copy)


def _replace_in(paths: list[Path], old: str, new: str) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    assert sum(text.count(old) for text in texts.values()) == 1
    for path, text in texts.items():
        path.write_text(text.replace(old, new), encoding="utf-8")


def all_unverified(name: str) -> Instrument:
    """An instrument of which nothing published is verified."""
    instrument = load_instrument(name)
    published = {
        part: tuple(dataclasses.replace(one, source=UNVERIFIED) for one in getattr(instrument, part))
        for part in ("norms", "reliabilities", "thresholds")
    }
    rules = {
        key: dataclasses.replace(rule, source=UNVERIFIED, label="A rule")
        for key, rule in instrument.missing_rules.items()
    }
    sources = dict.fromkeys(instrument.sources, UNVERIFIED)
    return dataclasses.replace(instrument, **published, missing_rules=rules, sources=sources)
