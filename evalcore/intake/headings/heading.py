"""One column of a file and what it is taken for: the words that the mapping uses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalcore.intake.files import tools
from evalcore.intake.files.raw import tidy

# What `taken_for` may say besides a native column: left out, kept under its own heading, or tells test responses apart.
LEFT_OUT = ""
KEEP = "keep"
RECORD_STATUS = tools.RECORD_STATUS
NATIVE_NAME = "native name"
UNKNOWN = "left out: not a column of this table"
FREE_TEXT = "left out: free text"
SUBMISSION = "the number of a submission: no other column says who answered"


@dataclass(frozen=True)
class Heading:
    """One column of the file: where it stands (first column 1), its heading, and what it is taken for.

    `question` is what else stands above it; `personal` says what kind of personal data it seems to hold, or nothing.
    """

    position: int
    header: str
    taken_for: str
    wave: str
    reason: str
    personal: str = ""
    question: str = ""

    @property
    def label(self) -> str:
        """What to call the column in the list of problems."""
        return tidy(self.header) or f"column {self.position} (no heading)"

    @property
    def is_private(self) -> bool:
        """Whether its cells are not to be shown: personal data, or what people wrote in their own words."""
        return bool(self.personal) or self.reason == FREE_TEXT


def heading_key(text: str) -> str:
    """Fold a heading: case, blanks, underscores and hyphens do not count, nor do invisible characters.

    >>> heading_key("\\ufeffRespondent ID") == heading_key("respondent_id") == heading_key("RESPONDENT-ID")
    True
    """
    return re.sub(r"[\s_\-‐‑–]+", "", tidy(text).casefold())
