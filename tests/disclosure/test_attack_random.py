"""The attack on random small studies: under any role or site, together or one after another, nothing follows.

`python -m tests.disclosure.hunt 300 0` tries more and larger ones.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.disclosure.hunt import hunt


@settings(max_examples=5, derandomize=True, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_nothing_follows_from_the_exports_of_a_random_study(seed: int) -> None:
    assert hunt(seed, most_people=24, most_files=50) == []
