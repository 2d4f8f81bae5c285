"""Answers from the lowest to the highest can be told apart without seeing colours as most people do."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest

from evalcore.figures import theme
from tests.figures.examples import ANSWERS

Colour = npt.NDArray[np.float64]

# Machado, Oliveira & Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency",
# table 1, severity 1.0: linear RGB as such a reader sees it.
SEEN = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
# IEC 61966-2-1: linear sRGB to XYZ, over the white point D65
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
TO_XYZ = TO_XYZ / TO_XYZ.sum(axis=1, keepdims=True)
PLAINLY_DIFFERENT = 10.0  # CIE 1976 distance; about 2.3 is what can just be seen side by side


def seen(colour: str, how: str) -> Colour:
    """A colour in CIE L*a*b*, as a reader of that kind sees it."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(SEEN[how] @ linear, 0, 1)
    x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("steps", ANSWERS)
def test_no_two_answers_of_a_chart_look_alike(steps: int, how: str) -> None:
    colours = [seen(theme.look(kind).colour, how) for kind, _ in ANSWERS[steps]]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(colours, 2)) >= PLAINLY_DIFFERENT


@pytest.mark.parametrize("steps", ANSWERS)
def test_answers_differ_by_hatching_as_well(steps: int) -> None:
    patterns = [theme.look(kind).pattern for kind, _ in ANSWERS[steps]]
    assert len(set(patterns)) == steps


@pytest.mark.parametrize("side", ["low", "high"])
def test_answers_grow_darker_from_the_middle_outward(side: str) -> None:
    kinds = ["answer_middle", *(f"answer_{side}_{step}" for step in (1, 2, 3))]
    lightness = [seen(theme.look(kind).colour, "usual")[0] for kind in kinds]
    assert all(inner > outer + 5 for inner, outer in pairwise(lightness))
