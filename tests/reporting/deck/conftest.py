"""Decks, built once for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.reporting.deck.decks import Told, everything_told, nothing_told, workshop_told


@pytest.fixture(scope="session")
def everything() -> Told:
    """Every finding of the sample study, in the order of the report."""
    return everything_told()


@pytest.fixture(scope="session")
def workshop() -> Told:
    """A person's own running order of the sample study, after a workshop."""
    return workshop_told()


@pytest.fixture(scope="session")
def nothing() -> Told:
    """The deck of a study that holds nothing."""
    return nothing_told()
