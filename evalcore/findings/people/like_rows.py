"""The pilot's needs against people like them: one row a need, and the people whom each figure speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evalcore.findings.finding import FIELDWORK, LEAST_FOR_A_MEAN, Group
from evalcore.findings.people.basis import People, Pilot, caseload_group
from evalcore.findings.people.need_rows import keys_of
from evalcore.findings.people.ogrs_basis import used_scores
from evalcore.findings.people.words import LEAST_FOR_A_SHARE
from evalcore.profile.like_for_like import Coarser, LikeForLike, LikeProfile, Standardised, coarser, like_profile
from evalcore.profile.ogrs_choice import FILE
from evalcore.profile.strata import HELD, known_to_hold, strata_of
from evalcore.rules.needs import load_need_rules
from evalcore.study import Study

SHORT = {"sex": "sex", "age_band": "age", "ogrs_band": "OGRS", "company": "company", "offence": "offence"}
"""What is held alike, as short as a title needs it."""


@dataclass(frozen=True, eq=False)
class LikeRow:
    """One need: shares are 0 to 1, and NaN where nobody has people like them.

    Attributes
    ----------
    need, label : str
    row : int
        Its place in the table.
    n : int
        People of the pilot assessed on it.
    found : Standardised
    caseload_n, caseload_k : int
        People of the caseload assessed on it, and of them with the need.
    """

    need: str
    label: str
    row: int
    n: int
    found: Standardised
    caseload_n: int
    caseload_k: int

    @property
    def caseload_rate(self) -> float:
        """The caseload as it is."""
        return self.caseload_k / self.caseload_n if self.caseload_n else np.nan

    @property
    def expected_rate(self) -> float:
        """The caseload re-weighted to the pilot's mix."""
        return self.found.expected / self.found.n_like if self.found.n_like else np.nan

    @property
    def observed_rate(self) -> float:
        """The people of the pilot who are matched."""
        return self.found.observed / self.found.n_like if self.found.n_like else np.nan

    @property
    def raw(self) -> float:
        """How far the people matched lie above the caseload as it is."""
        return self.observed_rate - self.caseload_rate

    @property
    def mix(self) -> float:
        """How much of that the mix of what is held alike accounts for."""
        return self.expected_rate - self.caseload_rate

    @property
    def beyond(self) -> float:
        """What lies beyond the mix."""
        return self.observed_rate - self.expected_rate

    @property
    def may_leave(self) -> bool:
        """Whether words about it may leave under the default policy."""
        n, observed, unmatched = self.found.n_like, self.found.observed, self.found.n_unmatched
        many = n >= LEAST_FOR_A_SHARE and LEAST_FOR_A_MEAN <= observed <= n - LEAST_FOR_A_MEAN
        return many and not 0 < unmatched < LEAST_FOR_A_MEAN

    @property
    def assessed(self) -> str:
        """Key of the people of the pilot assessed on it."""
        return keys_of(self.need)[0]

    @property
    def keys(self) -> LikeKeys:
        """Of the groups that its figures rest on."""
        return LikeKeys(self.need)

    @property
    def caseload_key(self) -> str:
        """Of the people of the caseload assessed on it."""
        return f"caseload, assessed, {self.need}"


@dataclass(frozen=True)
class LikeKeys:
    """Keys of the groups of one need.

    >>> LikeKeys("drugs").alike, LikeKeys("drugs").unlike
    ('alike, drugs', 'not alike, drugs')
    """

    need: str

    @property
    def alike(self) -> str:
        """Who has enough people like them in the caseload."""
        return f"alike, {self.need}"

    @property
    def unlike(self) -> str:
        """Who is assessed and has not."""
        return f"not alike, {self.need}"

    @property
    def having(self) -> tuple[str, str]:
        """Who of those matched has the need, and who has not."""
        return f"alike, {self.need} need", f"alike, no {self.need} need"

    @property
    def expected(self) -> str:
        """Those matched, as the expected number is made from them."""
        return f"expected, {self.need}"


@dataclass(frozen=True, eq=False)
class Like:
    """The pilot's people, or those of one site, against people like them in the caseload; who is there must be some."""

    pilot: Pilot
    asked: LikeForLike

    @cached_property
    def profile(self) -> LikeProfile:
        """Every need that both know."""
        return like_profile(self.pilot.cases, self.pilot.people.caseload, self.asked)

    @cached_property
    def rows(self) -> tuple[LikeRow, ...]:
        """One row a need that anybody of the pilot and of the caseload is assessed on, in the order of OASys."""
        rules, found = load_need_rules(), self.profile.found
        needs, theirs = self.profile.needs, self.profile.caseload_needs
        known = [need for need in found if needs[need].notna().any() and theirs[need].n]
        return tuple(
            LikeRow(
                need=need,
                label=rules[need].label,
                row=place,
                n=int(needs[need].notna().sum()),
                found=found[need],
                caseload_n=theirs[need].n,
                caseload_k=theirs[need].k,
            )
            for place, need in enumerate(known)
        )

    @property
    def compared(self) -> list[LikeRow]:
        """The rows of needs on which anybody is matched."""
        return [row for row in self.rows if row.found.n_like]

    @cached_property
    def n_unmatched(self) -> int:
        """People who have, for at least one need, too few people like them in the caseload."""
        return int(self.profile.unmatched.sum())

    @cached_property
    def n_assessed(self) -> int:
        """People assessed on any of these needs."""
        known = [self.profile.needs[row.need].notna().to_numpy(dtype=bool) for row in self.rows]
        return int(np.any(known, axis=0).sum()) if known else 0

    @cached_property
    def coarser(self) -> Coarser | None:
        """The next coarser choice; None where it is not needed or does not help."""
        return coarser(self.profile, self.pilot.cases, self.pilot.people.caseload)

    @property
    def names(self) -> list[str]:
        """What was chosen and is held alike, in short."""
        return [SHORT[name] for name in self.profile.strata.names]

    def groups(self) -> Iterator[Group]:
        """Of each need: who is assessed, who of them is matched and who is not, and who has the need.

        The counts of all who are assessed stand beside those of the people matched, so that what may leave does not
        depend on which of the two leaves first. Where the same people are assessed on several needs, who is matched is
        held together over these needs.
        """
        pilot, profile = self.pilot, self.profile
        first: dict[bytes, str] = {}
        for row in self.rows:
            assessed, having, without = keys_of(row.need)
            known = profile.needs[row.need].notna().to_numpy(dtype=bool)
            has = profile.needs[row.need].to_numpy(dtype=bool, na_value=False)
            alike, keys = profile.alike(row.need), row.keys
            measure = f"having: like for like, {first.setdefault(known.tobytes(), row.need)}"
            yield pilot.counted(assessed, known)
            yield pilot.having(keys.alike, alike, measure)
            yield pilot.having(keys.unlike, known & ~alike, f"{measure}, not")
            for key, mask, of in zip(keys.having, (has, ~has), (having, without), strict=True):
                yield pilot.having(key, alike & mask, f"having: {of}")
            yield pilot.having(having, has)
            yield pilot.having(without, known & ~has)
            one_stratum = len(set(row.found.shares[alike].tolist())) == 1 and profile.strata.size > 1
            people = pilot.those(alike)
            yield Group(keys.expected, f"{pilot.where}: {keys.expected}", keys.expected, people, alike=one_stratum)


@dataclass(frozen=True)
class LikeChoices:
    """What can be held alike in a study.

    Attributes
    ----------
    known : tuple of str
        Names of `HELD` that both the pilot and the caseload know.
    usual : LikeForLike
        What is held alike unless something else is chosen.
    left_out : tuple of str
        Sentences about what can not be held alike.
    """

    known: tuple[str, ...]
    usual: LikeForLike
    left_out: tuple[str, ...]


def like_choices(study: Study, score: str = FILE) -> LikeChoices:
    """Look for what can be held alike, with the OGRS score that is chosen.

    >>> from evalcore.sample import sample_study
    >>> like_choices(sample_study()).known
    ('sex', 'age_band', 'ogrs_band', 'company', 'offence')
    """
    people = used_scores(People(study), score).people
    cases, caseload = people.cases, people.caseload
    left_out = strata_of(cases, caseload, tuple(HELD)).left_out
    return LikeChoices(known_to_hold(cases, caseload), LikeForLike.usual(cases, caseload), left_out)


def next_coarser(study: Study, site: str | None, asked: LikeForLike) -> Coarser | None:
    """The next coarser choice for the people of a study, or of one site; None where it is not needed or does not help.

    >>> from evalcore.sample import sample_study
    >>> next_coarser(sample_study(), None, LikeForLike(("sex", "offence"), 200)).without
    'offence'
    """
    people = used_scores(People(study), asked.score).people if asked.holds_risk else People(study)
    pilot = people.pilot(site)
    return Like(pilot, asked).coarser if pilot.n and len(people.caseload) else None


def caseload_like_groups(rows: Iterable[LikeRow]) -> Iterator[Group]:
    """The people of the caseload assessed on each need."""
    for row in rows:
        yield caseload_group(row.caseload_key, FIELDWORK, row.caseload_n)


def by_raw(rows: Sequence[LikeRow]) -> list[LikeRow]:
    """The largest raw difference first."""
    return sorted(rows, key=lambda row: (-row.raw, row.row))
