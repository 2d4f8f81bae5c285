"""What a person adds to a report, or leaves out of it: kept in the study, from version to version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SECTIONS: Mapping[str, str] = {
    "summary": "Summary",
    "methods": "Methods",
    "who_took_part": "Who took part",
    "changes": "Before and after",
    "questionnaires": "The questionnaires",
    "people": "The people, and the caseload",
    "reach": "Reach and feasibility",
    "more": "More findings",
    "limits": "Limits",
    "workshop": "Validation workshop",
    "references": "References",
    "problems": "Appendix: problems and exclusions",
    "rules": "Appendix: what was hidden, and the rules",
}
"""The sections of a report by the word that is kept, in their order, with their headings."""

ALWAYS = ("summary", "methods", "limits")
"""Sections that no report goes without: findings without them would say more than they can."""

LONGEST = {"title": 160, "authors": 200, "organisation": 120, "own": 5_000}
"""Characters that each text of a report may have."""

LARGEST_LOGO = 1_000_000
"""Bytes of a logo."""

LARGEST_TEMPLATE = 10_000_000
"""Bytes of an organisation's template for slides or documents."""


_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def is_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a PNG or a JPEG picture.

    >>> is_picture(b"GIF89a")
    False
    """
    return data.startswith(_PICTURES)


@dataclass(frozen=True, repr=False)
class ReportText:
    """What a person chose for the report.

    Attributes
    ----------
    title, authors, organisation : str
        Empty for the usual title, and for none.
    logo : bytes
        A PNG or JPEG picture; empty for none.
    left_out : tuple of str
        Sections that are switched off, among `SECTIONS`; never one of `ALWAYS`.
    own : tuple of (str, str)
        Own text by section, shown after the section's heading; line breaks begin a new paragraph.
    """

    title: str = ""
    authors: str = ""
    organisation: str = ""
    logo: bytes = b""
    left_out: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    def own_text(self, section: str) -> str:
        """Return a person's own text for a section; empty where there is none.

        >>> ReportText(own=(("summary", "Ours."),)).own_text("summary")
        'Ours.'
        """
        return dict(self.own).get(section, "")

    def __repr__(self) -> str:
        """Not the words: they were typed by a person."""
        return "ReportText()"
