"""The normal Q-Q plot is R's: its quantiles, its order and its line."""

from __future__ import annotations

import numpy as np
import pytest

from evalcore.outcomes.normal_quantiles import normal_quantiles
from tests.outcomes.oracle import read, series

SETS = read("everyone.json")["sets"]


def changes_of(name: str) -> np.ndarray:
    pre, post = (series(SETS[name][wave]) for wave in ("pre", "post"))
    return np.round((post - pre).dropna().to_numpy(), 10)


@pytest.mark.parametrize("name", SETS)
def test_it_is_as_in_r(name: str) -> None:
    expected, found = SETS[name]["normal_quantiles"], normal_quantiles(changes_of(name))
    assert (found is None) == (expected is None)
    if found is not None:
        assert (found.slope, found.intercept) == pytest.approx((expected["slope"], expected["intercept"]), abs=1e-12)
        assert sorted(found.values) == found.values.tolist()
        if "quantiles" in expected:
            assert found.quantiles == pytest.approx(np.array(expected["quantiles"]), abs=1e-12)
            assert found.values == pytest.approx(np.array(expected["values"]), abs=1e-9)


def test_both_plotting_positions_are_compared() -> None:
    sizes = [
        len(one["normal_quantiles"]["quantiles"])
        for one in SETS.values()
        if "quantiles" in (one["normal_quantiles"] or ())
    ]
    assert min(sizes) <= 10 < max(sizes)
