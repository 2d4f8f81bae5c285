"""The answers of the people of one measure at one wave, and the groups that counts of them rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import POST, PRE, SCALE, SCORE, STATUS
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.finding import HAVING, Group
from evalcore.findings.scores import Key, Scores
from evalcore.instruments import load_instrument
from evalcore.outcomes.answers import read_answers
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.reverse_scoring import scored_codes

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

WHEN: Mapping[str, str] = {PRE: "before", POST: "after"}
"""The waves in a reader's words."""


@dataclass(frozen=True)
class ItemName:
    """One item of a scale as a reader finds it: its column, its number in the questionnaire, and its keyword."""

    code: str
    number: str
    keyword: str

    @property
    def label(self) -> str:
        """Number and keyword, "3 relaxed"; never the licensed wording."""
        return f"{self.number} {self.keyword}"


@dataclass(frozen=True, eq=False)
class Answered:
    """Everyone who answered at least one item of a scale at one wave, in the order of the file.

    Attributes
    ----------
    names : tuple of str
        Identifiers; "identifier (role)" where one stands in two roles.
    people : tuple of str
        Role and identifier of each, as `Group.people` holds them.
    codes, scored : array of float, shape (people, items)
        As answered, and as they count in the score (reversed items turned); NaN for an item left out.
    status : tuple of str
        What became of each score: complete, prorated or incomplete.
    """

    names: tuple[str, ...]
    people: tuple[str, ...]
    codes: Floats
    scored: Floats
    status: tuple[str, ...]

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.people)

    @property
    def given(self) -> Mask:
        """Which items each person answered, shape (people, items)."""
        return ~np.isnan(self.codes)

    def table(self, codes: Floats, columns: Sequence[str]) -> pd.DataFrame:
        """Codes with one row a person and one column an item."""
        return pd.DataFrame(codes, index=list(self.names), columns=list(columns))

    def those(self, mask: Mask) -> frozenset[str]:
        """The people for whom a mask is true."""
        return frozenset(compress(self.people, mask.tolist()))


def items_of(basis: Basis) -> tuple[ItemName, ...]:
    """The items of the measure's scale, in the questionnaire's order."""
    instrument = load_instrument(basis.measure.instrument)
    wanted = instrument.scale(basis.measure.scale).items
    keywords = {item.code: item.keyword for item in instrument.items}
    return tuple(ItemName(code, code.rsplit("_", 1)[1], keywords[code]) for code in wanted)


def answered_at(basis: Basis, wave: str) -> Answered:
    """Answers of the people of the measure, chosen by role and site just as their scores are."""
    return _both_waves(basis, basis.measure.roles, basis.site)[wave]


def whole_answered_at(basis: Basis, wave: str) -> Answered | None:
    """The same of the whole group that a site, or one of several roles, is part of; None where it is all there is."""
    whole = whole_roles(basis)
    return None if whole is None else _both_waves(basis, whole, None)[wave]


def whole_roles(basis: Basis) -> tuple[str, ...] | None:
    """Roles of the whole group that the people looked at are part of; None where they are all of it."""
    whole = basis.whole_roles
    return None if basis.site is None and whole == basis.measure.roles else whole


_READ: WeakKeyDictionary[Scores, dict[Key, dict[str, Answered]]] = WeakKeyDictionary()
"""What was read already: the findings of one page ask for the same answers. It goes with the scores."""


def _both_waves(basis: Basis, roles: tuple[str, ...], site: str | None) -> dict[str, Answered]:
    read = _READ.setdefault(basis.scores, {})
    key = (basis.measure.instrument, basis.measure.scale, roles, site)
    if key not in read:
        read[key] = _answered(basis, roles, site)
    return read[key]


def _answered(basis: Basis, roles: tuple[str, ...], site: str | None) -> dict[str, Answered]:
    instrument = load_instrument(basis.measure.instrument)
    scale = instrument.scale(basis.measure.scale)
    codes = read_answers(basis.scores.study.responses, instrument)
    scored = scored_codes(codes, instrument, scale)
    as_answered = codes[[instrument.columns.index(item) for item in scale.items]]
    table = basis.scores.of(instrument.id)
    here = (table[SCALE] == scale.name).to_numpy()
    # The scores hold a row for each row of the responses with an answer to the scale, in the same order.
    rows = np.flatnonzero(~np.isnan(scored).all(axis=0))
    status = dict(zip(rows.tolist(), table.loc[here, STATUS].astype(str), strict=True))
    # Matching row numbers in place of scores gives each person's row, by the very rules that the scores are matched by.
    numbered = np.full(len(table), np.nan)
    numbered[here] = rows
    pairs = match_scores(
        table.assign(**{SCORE: numbered}), instrument=instrument.id, scale=scale.name, role=roles or None, site=site
    )
    found = {}
    for wave, alone in ((PRE, pairs.pre_only), (POST, pairs.post_only)):
        places = pd.concat([pairs.matched[wave], alone]).sort_values().astype(int)
        at = places.to_numpy()
        found[wave] = Answered(
            names=tuple(map(str, places.index)),
            people=basis.name_people(places.index),
            codes=as_answered[:, at].T,
            scored=scored[:, at].T,
            status=tuple(status[row] for row in at.tolist()),
        )
    return found


@dataclass(frozen=True)
class Side:
    """People of whom it is known whether they have something, with the prefix of their groups' keys."""

    prefix: str
    people: Sequence[str]
    known: Mask
    having: Mask


def opposite(key: str) -> str:
    """Key of the group of those who are known not to have what `key` says."""
    return f"not {key}"


def holders(key: str, words: str, measure: str, sides: Sequence[Side], *, against: str = "") -> Iterator[Group]:
    """Groups of those who have something and of those who are known not to, for each side.

    `measure` says what they have, whoever they are ("swemwbs_3, pre: low"), and `against` what the others have where
    that has a name of its own: counts are held together by it.
    """
    for side in sides:
        both = ((key, measure, side.having), (opposite(key), against or measure, side.known & ~side.having))
        for name, what, mask in both:
            people = frozenset(compress(side.people, mask.tolist()))
            yield Group(side.prefix + name, f"{side.prefix}{words}: {name}", f"{HAVING}{what}", people)


def sides_of(own: Answered, whole: Answered | None) -> tuple[tuple[str, Answered], ...]:
    """The people looked at and, where they are part of a larger group, that group, each with its prefix."""
    return (("", own),) if whole is None else (("", own), (CONTEXT, whole))


def wave_finding_id(basis: Basis, kind: str, wave: str) -> str:
    """`answers.gse.total.staff-and-volunteers.before`, and `.site-2` where the second site was chosen."""
    base = f"{kind}.{basis.measure.slug}"
    return f"{base}.{WHEN[wave]}{basis.finding_id(kind).removeprefix(base)}"
