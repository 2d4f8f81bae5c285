"""The parts of this page, in order: what stands for each in the address, its name, and its sections."""

from pages.before_after import (
    answer,
    by_group,
    circumstances,
    error,
    everyone,
    matched,
    missing,
    near_misses,
    outcomes,
    regression,
    small,
    times,
)

PARTS = {
    "": ("Answer", (answer,)),
    "matched": ("Matched people", (matched,)),
    "everyone": ("Everyone's answers", (everyone,)),
    "missing": ("Who is missing", (missing,)),
    "error": ("More than error?", (error,)),
    "regression": ("Regression to the mean", (regression,)),
    "small": ("Too small to matter?", (small,)),
    "groups": ("By group", (by_group,)),
    "time": ("When and how", (near_misses, times, circumstances)),
    "outcomes": ("All outcomes", (outcomes,)),
}
WITH_CHOICES = (missing, error, regression, small, by_group, times, outcomes)
