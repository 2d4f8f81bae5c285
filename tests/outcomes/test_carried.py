"""What stands beside a score: of the right role, of the right scale, and only where there is a score."""

from __future__ import annotations

import pandas as pd

from evalcore.outcomes.carried import carried
from evalcore.outcomes.matching import match_scores

COLUMNS = ["respondent_id", "role", "wave", "scale", "score", "site"]


def scores(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).assign(instrument="uwes9")


def test_another_role_of_the_same_identifier_is_another_person():
    table = scores(("A", "staff", "pre", "total", 3.0, "North"), ("A", "service user", "pre", "total", 4.0, "South"))
    pairs = match_scores(table, role="staff")
    assert carried(table, pairs, table["site"]) == {"pre": {"A": "North", "A (staff)": "North"}, "post": {}}


def test_who_stands_in_two_of_the_roles_goes_by_both_names():
    table = scores(("A", "staff", "pre", "total", 3.0, "North"), ("A", "volunteer", "pre", "total", 4.0, "South"))
    pairs = match_scores(table, role=["staff", "volunteer"])
    found = carried(table, pairs, table["site"])["pre"]
    assert {name: found[name] for name in pairs.pre_only.index} == {"A (staff)": "North", "A (volunteer)": "South"}


def test_a_score_on_another_scale_is_none_here():
    table = scores(("A", "staff", "pre", "total", None, "North"), ("A", "staff", "pre", "vigor", 4.0, "North"))
    assert carried(table, match_scores(table, scale="total"), table["site"]) == {"pre": {}, "post": {}}
    assert carried(table, match_scores(table, scale="vigor"), table["site"])["pre"]["A"] == "North"
