"""A short run of the fuzzer with a fixed seed, and a test that it would see a crash."""

from __future__ import annotations

import pytest

from evalcore.errors import EvalcoreError
from tests.intake.fuzzing import loop, running
from tests.intake.fuzzing.seeds import seeds

EXECUTIONS = 500


def test_damaged_files_are_read_or_refused_in_a_sentence():
    account = loop.fuzz(20261122, executions=EXECUTIONS)
    assert [crash.what for crash, _, _ in account.crashes.values()] == []
    assert account.executions == EXECUTIONS
    assert len(account.known) > len(seeds())
    assert account.reached.lines > 1_000


@pytest.mark.parametrize("fault", [ValueError("x"), KeyError("x"), BaseException("x"), EvalcoreError("")])
def test_anything_but_our_own_errors_is_a_crash(monkeypatch, fault):
    def broken(*args, **options):
        raise fault

    monkeypatch.setattr(running, "read_any", broken)
    crash = running.check(b"respondent_id,wave\nA1,pre\n", "a.csv")
    assert crash is not None
    assert crash.where.startswith(type(fault).__name__)


def test_a_long_wait_is_a_crash(monkeypatch):
    monkeypatch.setattr(running, "SLOWEST", 0.0)
    assert running.check(b"respondent_id,wave\nA1,pre\n", "a.csv").where == "slow"
