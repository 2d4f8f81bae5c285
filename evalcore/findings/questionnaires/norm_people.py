"""Which of our people may stand beside a published norm: everyone, or those of the norm's sex."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from evalcore.columns import FEMALE, MALE, RESPONDENT_ID, SERVICE_USER, SEX
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Group
from evalcore.findings.questionnaires.answered import Mask, Side, holders
from evalcore.findings.questionnaires.scores import KEYS, pairs_of, scores_at
from evalcore.findings.scores import LEAST_FOR_AN_INTERVAL
from evalcore.instruments.instrument import Norm
from evalcore.outcomes.description import describe
from evalcore.outcomes.pairs import Pairs
from evalcore.wording import count, joined

SEX_WORDS: Mapping[str, tuple[str, str]] = {MALE: ("man", "men"), FEMALE: ("woman", "women")}


@dataclass(frozen=True, eq=False)
class Beside:
    """Our people beside one norm.

    Attributes
    ----------
    who : str
        Them in words.
    keys : mapping of str to str
        By wave: the key of their group.
    described : mapping
        By wave: n, mean, sd, ci_low, ci_high.
    groups : mapping of str to Group
        Their groups, where they are not everyone.
    refused : str
        Why nobody may stand beside it; empty where somebody may.
    not_compared : str
        Who is left out because of their sex, for the evaluator's own screen.
    """

    who: str
    keys: Mapping[str, str]
    described: Mapping[str, Mapping[str, float]]
    groups: Mapping[str, Group] = field(default_factory=dict)
    refused: str = ""
    not_compared: str = ""

    @property
    def n(self) -> Mapping[str, int]:
        """People by wave."""
        return {wave: int(row["n"]) for wave, row in self.described.items()}


def beside(basis: Basis, norm: Norm) -> Beside:
    """Everyone with a score or, for a norm of one sex, those of that sex, as far as the case files say."""
    if not norm.sex:
        return Beside(basis.who, KEYS, {wave: basis.described[key] for wave, key in KEYS.items()})
    men = SEX_WORDS[norm.sex][1]
    keys = {wave: f"{key}, {norm.sex}" for wave, key in KEYS.items()}
    known = _sexes(basis)
    if not known:
        return Beside(
            basis.who,
            keys,
            {},
            refused=f"A norm of {men} is set beside {men} only, and the sex of the {basis.who} is not recorded.",
        )
    described = _described(basis.pairs, known, norm.sex)
    nobody = "" if any(row["n"] for row in described.values()) else f"No {men} among the {basis.who} have a score."
    return Beside(
        f"{men} among the {basis.who}",
        keys,
        described,
        groups=_groups(basis, norm.sex, known, keys),
        refused=nobody,
        not_compared=_not_compared(basis.pairs, known, norm.sex),
    )


def _sexes(basis: Basis) -> Mapping[Hashable, str]:
    """Sex by identifier of those service users with a score of whom the case files say it; empty for staff."""
    cases = basis.scores.study.cases
    if basis.measure.roles != (SERVICE_USER,) or SEX not in cases or RESPONDENT_ID not in cases:
        return {}
    known = cases.loc[cases[SEX].isin(SEX_WORDS), [RESPONDENT_ID, SEX]].drop_duplicates()
    known = known.drop_duplicates(RESPONDENT_ID, keep=False)
    return dict(zip(known[RESPONDENT_ID], known[SEX].astype(str), strict=True))


def _of_sex(index: Iterable[Hashable], known: Mapping[Hashable, str], sex: str) -> Mask:
    return np.array([known.get(name) == sex for name in index], dtype=bool)


def _described(pairs: Pairs, known: Mapping[Hashable, str], sex: str) -> dict[str, dict[str, float]]:
    parts = {name: getattr(pairs, name) for name in ("matched", "pre_only", "post_only")}
    kept = {name: part[_of_sex(part.index, known, sex)] for name, part in parts.items()}
    table = describe(replace(pairs, **kept))
    found = {}
    for wave, key in KEYS.items():
        row = dict(zip(map(str, table.columns), table.loc[key].to_numpy(dtype=float).tolist(), strict=True))
        if row["n"] < LEAST_FOR_AN_INTERVAL:
            row |= {"ci_low": math.nan, "ci_high": math.nan}
        found[wave] = row
    return found


def _groups(basis: Basis, sex: str, known: Mapping[Hashable, str], keys: Mapping[str, str]) -> dict[str, Group]:
    """Those of one sex as people with a mean, and as people who are counted; also of the whole group around them."""
    other = FEMALE if sex == MALE else MALE
    found: dict[str, Group] = {}
    for wave, key in keys.items():
        sides = []
        for prefix, pairs in pairs_of(basis):
            names, _ = scores_at(pairs, wave)
            people, having = basis.name_people(names), _of_sex(names, known, sex)
            side = Side(prefix, people, having | _of_sex(names, known, other), having)
            sides.append(side)
            those = frozenset(person for person, has in zip(people, side.having.tolist(), strict=True) if has)
            label = f"{prefix}{SEX_WORDS[sex][1]} among the {basis.who}, {KEYS[wave]}"
            found[prefix + key] = Group(prefix + key, label, basis.measure.key, those)
        counted = holders(counted_key(key), basis.who, f"sex, {sex}", sides, against=f"sex, {other}")
        found.update((group.key, group) for group in counted)
    return found


def counted_key(key: str) -> str:
    """Key of the same people where they are only counted."""
    return f"counted: {key}"


def _not_compared(pairs: Pairs, known: Mapping[Hashable, str], sex: str) -> str:
    everyone = {*pairs.matched.index, *pairs.pre_only.index, *pairs.post_only.index}
    other = FEMALE if sex == MALE else MALE
    n_other = sum(known.get(name) == other for name in everyone)
    n_unknown = sum(name not in known for name in everyone)
    parts = [count(n_other, *SEX_WORDS[other])] if n_other else []
    parts += [f"{count(n_unknown, 'person', 'people')} whose sex is not recorded"] if n_unknown else []
    return f"Not compared: {joined(parts)}." if parts else ""
