"""What was hidden in a finding that leaves, in words that stand under it and tell nothing about the hidden."""

from __future__ import annotations

from evalcore.disclosure.release import Release
from evalcore.figures import theme
from evalcore.findings.finding import Finding

_HIDDEN_NOTE = f"{theme.HIDDEN} stands for a value that is hidden because few people are behind it."


def hidden_lines(shared: Finding, release: Release) -> tuple[str, ...]:
    """Return the sentences about what was hidden or changed in one finding of a release; none where nothing was.

    They name places and no ground: that a count is "none or all", or hidden for another's sake, would tell about it.

    >>> from evalcore.disclosure import DisclosurePolicy, apply_disclosure
    >>> from evalcore.findings import build
    >>> from evalcore.sample import sample_study
    >>> release = apply_disclosure([build("holds", sample_study())], DisclosurePolicy())
    >>> hidden_lines(release.findings[0], release)
    ()
    """
    lines = []
    if shared.table.isin([theme.HIDDEN]).to_numpy().any():
        lines.append(_HIDDEN_NOTE)
    hidden = release.hidden[release.hidden["finding"] == shared.id]
    if len(hidden):
        places = zip(hidden["row"], hidden["column"], strict=True)
        names = dict.fromkeys(f"{row}, {column}" if row else column for row, column in places)
        lines.append(f"Hidden or changed under the policy below: {'; '.join(names)}.")
    return tuple(lines)
