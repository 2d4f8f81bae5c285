"""A made-up questionnaire of four items, as a definition file: what a newcomer would write."""

from __future__ import annotations

from pathlib import Path

SOURCE = 'source = { title = "Made up", year = "2026", place = "nowhere", standing = "verified" }'

HOPE = f"""
id = "hope"
name = "Hope (HOPE)"
short_name = "HOPE"
full_name = "Made-up Hope Scale"
construct = "hope"
higher_is_better = true
licence = "Nobody's"
licence_terms = "Anyone may use it."

[sources]
items = {{ title = "Made up", year = "2026", place = "nowhere", standing = "verified" }}
answers = {{ title = "Made up", year = "2026", place = "nowhere", standing = "verified" }}
licence = {{ title = "Made up", year = "2026", place = "nowhere", standing = "verified" }}

[[items]]
code = "hope_1"
keyword = "plans"

[[items]]
code = "hope_2"
keyword = "gloom"

[[items]]
code = "hope_3"
keyword = "future"

[[items]]
code = "hope_4"
keyword = "despair"

[[answers]]
code = 0
label = "No"

[[answers]]
code = 1
label = "Partly"

[[answers]]
code = 2
label = "Mostly"

[[answers]]
code = 3
label = "Yes"

[[scales]]
name = "total"
label = "Total"
reversed = ["hope_2", "hope_4"]
method = "sum"
unit = "points"
decimals = 1
{SOURCE}

[[scales]]
name = "gloom"
label = "Gloom"
items = ["hope_4", "hope_2"]
method = "mean"
unit = "points"
decimals = 1
{SOURCE}

[[missing_rules]]
name = "complete"
label = "Complete answers only"
max_missing = {{ total = 0, gloom = 0 }}
default = true
{SOURCE}

[[missing_rules]]
name = "one_missing"
label = "One item may be missing"
max_missing = {{ total = 1, gloom = 1 }}
{SOURCE}

[[examples]]
name = "first"
answers = [3, 0, 3, nan]
missing_rule = "complete"
scores = {{ total = nan, gloom = nan }}
{SOURCE}
"""


def written(folder: Path, text: str = HOPE) -> Path:
    """Write the definition into a folder of its own, and give the folder."""
    (folder / "hope.toml").write_text(text, encoding="utf-8")
    return folder
