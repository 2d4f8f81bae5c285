"""Bands of risk scores as data: they rise from 0 on, and a fault of the file is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evalcore.errors import DefinitionError
from evalcore.rules import risk_scales
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4
from evalcore.rules.source import STANDINGS


def scales() -> list[risk_scales.Ogrs3 | risk_scales.Ogrs4]:
    return [load_ogrs3(), load_ogrs4(), load_ogrs4(violent=True)]


@pytest.mark.parametrize("scale", scales(), ids=lambda scale: scale.id)
def test_bands_have_a_source_and_a_range_that_begins_where_they_do(scale: risk_scales.Ogrs3) -> None:
    assert scale.bands_source.standing in STANDINGS
    assert len(scale.bands) == 4
    for band in scale.bands[1:]:
        assert band.range.startswith(str(band.start))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from = 50\n", "from = 80\n", "bands must rise, from 0 on"),
        ("from = 0\n", "from = 1\n", "bands must rise, from 0 on"),
        ('range = "50 to 74 %"\n', "", "range is missing"),
        ("[bands_source]", "[bands_origin]", "bands_source is missing"),
    ],
)
def test_a_fault_of_the_bands_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = Path(shutil.copytree(risk_scales._SCALES, tmp_path / "risk"))
    file = folder / "ogrs3.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_ogrs3(_directory=folder)
    assert said in str(caught.value.problems)
