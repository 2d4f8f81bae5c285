"""The worked examples of every definition come out, and say what they rest on."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.columns import SCALE, SCORE
from evalcore.instruments import list_instruments, load_instrument
from evalcore.outcomes.scoring import score

EXAMPLES = [(name, example.name) for name in list_instruments() for example in load_instrument(name).examples]


@pytest.mark.parametrize(("name", "which"), EXAMPLES)
def test_worked_example(name: str, which: str) -> None:
    instrument = load_instrument(name)
    (example,) = [one for one in instrument.examples if one.name == which]
    answers = dict(zip(instrument.columns, example.answers, strict=True))
    table = pd.DataFrame([{"respondent_id": "A", "wave": "pre"} | answers])
    scores = score(table, name, missing_rule=example.missing_rule).set_index(SCALE)[SCORE]
    for scale, expected in example.scores.items():
        if expected is None:
            assert pd.isna(scores[scale])
        else:
            assert scores[scale] == pytest.approx(expected, abs=1e-12)


def test_every_missing_rule_has_an_example() -> None:
    for name in list_instruments():
        instrument = load_instrument(name)
        assert {example.missing_rule for example in instrument.examples} == set(instrument.missing_rules)
