"""Waves in names: words that say before or after, and words that only look so."""

from __future__ import annotations

import pytest

from evalcore.columns import POST, PRE
from evalcore.intake.headings.wave_words import counts_from_zero, wave_in, wave_in_name, without_wave

BEFORE = [
    "pre",
    "Pre-test",
    "Q3_pre",
    "pre_gse_1",
    "GSE1Pre",
    "Before",
    "Baseline",
    "base line",
    "baseline_arm_1",
    "T1",
    "t1.swemwbs.3",
    "GSE 3 (T1)",
    "T0",
    "Time 1",
    "time1",
    "Time point 1",
    "timepoint_1",
    "Wave 1",
    "w1_gse",
    "Phase 1",
    "Start of programme",
    "gse_1_start",
    "Entry",
    "Intake",
    "First session",
    "BL_gse_3",
]
AFTER = [
    "post",
    "Post test",
    "gse_1_post",
    "swemwbsPost1",
    "After",
    "Follow-up",
    "followup_arm_1",
    "follow up",
    "GSE 3 follow-up",
    "F/U",
    "gse3_fu",
    "3 month follow up",
    "six month follow-up",
    "T2",
    "GSE1_T2",
    "Time 2",
    "Wave 2",
    "Phase 2",
    "End of programme",
    "Endline",
    "Exit",
    "Last session",
]
NEITHER = [
    "post_code",
    "Postcode",
    "Post Code",
    "predict",
    "presentation",
    "previous",
    "end date",
    "EndDate",
    "Start time",
    "Date of start",
    "pre-sentence report",
    "Time in post",
    "afternoon",
    "weekend",
    "data entry",
    "Start language",
    "Aftercare",
    "Before you start",
    "At the end of this survey",
    "T3",
    "Time 3",
    "wave 12",
    "T12",
    "Follow-up 2",
    "6 month follow-up 2",
    "before and after",
    "pre/post",
    "T1 or T2",
    "gse_1",
    "",
]


@pytest.mark.parametrize(
    ("text", "wave"), [*((t, PRE) for t in BEFORE), *((t, POST) for t in AFTER), *((t, None) for t in NEITHER)]
)
def test_words_of_waves(text, wave):
    assert wave_in(text) == wave


@pytest.mark.parametrize(("text", "wave"), [("T0", PRE), ("gse_1_T1", POST), ("Time 1", POST), ("T2", None)])
def test_waves_that_count_from_zero(text, wave):
    assert wave_in(text, from_zero=True) == wave


@pytest.mark.parametrize(
    ("texts", "zero"), [(["T0", "T1"], True), (["x", "wave 0"], True), (["T1", "T2"], False), (["T10", "gse_0"], False)]
)
def test_counting_from_zero_is_told_by_all_texts_together(texts, zero):
    assert counts_from_zero(texts) is zero


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("gse_1_pre", "gse 1"),
        ("Site (T2)", "site"),
        ("3 month follow-up: gse 1", "gse 1"),
        ("baseline_arm_1", "arm 1"),
        ("Post code", "post code"),
        ("EndDate", "end date"),
    ],
)
def test_what_stays_without_the_wave(text, rest):
    assert without_wave(text) == rest


@pytest.mark.parametrize(
    ("name", "wave"),
    [
        ("SU baseline.csv", PRE),
        ("follow-up_2026.csv", POST),
        ("T2 staff.xlsx", POST),
        ("post codes.csv", None),
        ("before and after.csv", None),
        ("answers.csv", None),
        ("answers.pre", None),
    ],
)
def test_waves_in_file_names(name, wave):
    assert wave_in_name(name) == wave
