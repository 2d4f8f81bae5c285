"""Version and horizon of OGRS scores: different ones are different numbers, which give no common mean."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalcore.intake.native import HORIZON_WORDS, HORIZONS
from evalcore.profile.caseload import Flags, key_of, stated
from evalcore.wording import joined

VERSION = "ogrs_version"
HORIZON = "ogrs_horizon"
_NOT_STATED = frozenset({"", "notstated", "unknown", "notknown", "na"})
_OFFICIAL = {"arpstatic": "4g", "vrpstatic": "4v"}
"""Names that OGRS4 has had since 2025; ARP alone may also be the dynamic one, which is another number."""
_HORIZONS = {key_of(name): name for name in HORIZONS} | {key_of(word): name for word, name in HORIZON_WORDS.items()}


@dataclass(frozen=True)
class OgrsKind:
    """One version and one horizon, or why there is not one; all None where nobody has a score.

    >>> OgrsKind("OGRS3", "1 year").differs_from(OgrsKind("ogrs 3", "2 years"))
    "for 1 year, the caseload's for 2 years"
    """

    version: str | None = None
    horizon: str | None = None
    refused: str | None = None

    def differs_from(self, other: OgrsKind) -> str | None:
        """Name how the two are unlike; None where they are alike or one of them has no score."""
        if self.version is None or other.version is None:
            return None
        if version_key(self.version) != version_key(other.version):
            return f"of version {self.version}, the caseload's of {other.version}"
        if self.horizon != other.horizon:
            return f"for {self.horizon}, the caseload's for {other.horizon}"
        return None


def ogrs_kind(table: pd.DataFrame, known: Flags, who: str) -> OgrsKind:
    """Find the one version and horizon of the people who have a score.

    Parameters
    ----------
    table : DataFrame
        With the columns `ogrs_version` and `ogrs_horizon`.
    known : bool array
        Who has a score.
    who : str
        What the group is called in the sentence.

    Examples
    --------
    >>> table = pd.DataFrame({"ogrs_version": ["OGRS3", "OGRS4"], "ogrs_horizon": "1 year"})
    >>> print(ogrs_kind(table, table["ogrs_version"] != "", "the pilot").refused)  # doctest: +ELLIPSIS
    the OGRS scores of the pilot are of more than one version (OGRS3 and OGRS4), which are different numbers ...
    """
    if not known.any():
        return OgrsKind()
    version, refused = _only_one(table, VERSION, known, "version", who)
    if refused is None:
        horizon, refused = _only_one(table, HORIZON, known, "horizon", who)
    return OgrsKind(refused=refused) if refused else OgrsKind(version, horizon)


def version_name(text: str) -> str | None:
    """The version that a text means, as it is spelled; None where none is stated.

    >>> version_name("OGRS 3"), version_name("OGRS"), version_name("not stated")
    ('OGRS 3', None, None)
    """
    return None if version_key(text) in _NOT_STATED else text


def horizon_name(text: str) -> str | None:
    """The horizon that a text means, as it is written everywhere; None where none is stated.

    >>> horizon_name("two years"), horizon_name("not stated")
    ('2 years', None)
    """
    return None if key_of(text) in _NOT_STATED else _HORIZONS.get(key_of(text), text)


def version_key(text: str) -> str:
    """What spellings of one version have in common.

    >>> version_key("OGRS 4/G") == version_key("ogrs4g") == version_key("ARP static")
    True
    """
    key = key_of(text).removeprefix("ogrs")
    return _OFFICIAL.get(key, key)


def _only_one(table: pd.DataFrame, column: str, known: Flags, word: str, who: str) -> tuple[str | None, str | None]:
    """The one value that a column states for these rows, or why there is not one."""
    texts, unstated = stated(table, column, known)
    name_of, key = (version_name, version_key) if column == VERSION else (horizon_name, key_of)
    named = {text: name_of(text) for text in texts}
    different = {key(name): name for name in reversed(named.values()) if name is not None}
    if len(different) > 1:
        return None, (
            f"the OGRS scores of {who} are of more than one {word} ({joined(sorted(different.values()))}), which are "
            "different numbers and give no common mean. Keep the scores of one of them."
        )
    if unstated or None in named.values():
        return None, (
            f"the {word} is not stated for everybody in {who} who has an OGRS score. State it in the column {column}."
        )
    return next(iter(different.values())), None
