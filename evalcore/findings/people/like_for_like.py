"""Like for like: the needs of the pilot's people against those of people like them in the caseload."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import People, files_of, no_case_file, source_of, with_context
from evalcore.findings.people.like_chart import like_chart
from evalcore.findings.people.like_rows import Like, LikeRow, by_raw, caseload_like_groups
from evalcore.findings.people.like_words import (
    like_sentence,
    like_title,
    no_caseload_words,
    not_held,
    unmatched_words,
)
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.ogrs_basis import used_scores
from evalcore.findings.people.tables import frame_of
from evalcore.methods import definition
from evalcore.profile.like_for_like import AT_LEAST, LikeForLike
from evalcore.profile.ogrs_choice import FILE
from evalcore.wording import joined

_STATISTICS = (
    "like_for_like",
    "poisson_binomial",
    "mix_points",
    "need_threshold",
    "need_unknown",
    "pilot_out_of_caseload",
)
_SHOWN = "that are shown"
_UNSAID = "The numbers stand in the table as far as they may be shown."
_NO_NEED = "No OASys need is known both in {where} and in the caseload. Add section scores or needs to both."
_NOBODY = "Nobody in {where} has enough people like them in the caseload. Hold less alike, or lower the least number."
_CARE = "This is no effect of the pilot: what is not held alike{other} may still differ."
_KNOWN = "The range takes the caseload's shares as known."


def like_for_like_finding(people: People, site: str | None = None, asked: LikeForLike | None = None) -> Finding:
    """Each need: the caseload as it is, re-weighted to the pilot's mix, the number expected and the number observed.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    asked : LikeForLike, optional
        What is held alike; sex and age as far as they are known, unless something else is chosen.
    """
    usual = LikeForLike.usual(people.cases, people.caseload)
    wanted = usual if asked is None else LikeForLike.of(asked)
    if not wanted.holds_risk:
        return _finding(people, site, wanted, usual)
    used = used_scores(people, wanted.score)
    return used.looked_at(_finding(used.people, site, wanted, usual))


def _finding(people: People, site: str | None, asked: LikeForLike, usual: LikeForLike) -> Finding:
    pilot = people.pilot(site)
    like = Like(pilot, asked)
    rows = like.rows if pilot.n and len(people.caseload) else ()
    told = [row for row in rows if row.found.n_like]
    own = {group.key: group for group in caseload_like_groups(rows)}
    return Finding(
        id=pilot.finding_id(f"like-for-like{_suffix(like.asked, usual)}"),
        title=like_title(like, told) if rows else f"Like for like: not known for {pilot.where}",
        sentence=_sentence(like, rows, told),
        caution=_caution(like, outside=False) if told else "",
        chart=like_chart(by_raw(told)),
        table=_table(rows),
        columns=_columns(rows),
        groups={**with_context(pilot, lambda one: _groups(like if one is pilot else Like(one, like.asked))), **own},
        trail=None,
        source=source_of(people),
        definition=definition(*_STATISTICS),
        outside=_outside(like, rows, told),
        by_site=pilot.by_site,
        notes=_notes(like) if rows else people.taken_out,
        files=files_of(people),
        topic=f"OASys needs like for like: {pilot.where}",
    )


def _groups(like: Like) -> Sequence[Group]:
    return tuple(like.groups()) if like.pilot.n and len(like.pilot.people.caseload) else ()


def _suffix(asked: LikeForLike, usual: LikeForLike) -> str:
    """What a choice adds to the identifier."""
    hold = () if asked.hold == usual.hold else asked.hold or ("nothing",)
    least = () if asked.at_least == AT_LEAST else (str(asked.at_least),)
    score = (asked.score,) if asked.holds_risk and asked.score != FILE else ()
    return "".join(f"-{one}" for one in (*hold, *least, *score)).replace("_", "-")


def _sentence(like: Like, rows: Sequence[LikeRow], told: Sequence[LikeRow]) -> str:
    pilot = like.pilot
    if not pilot.n:
        return no_case_file(pilot)
    if not len(pilot.people.caseload):
        return no_caseload_words(pilot.people)
    if not rows:
        return _NO_NEED.format(where=pilot.where)
    if not told:
        return f"{_NOBODY.format(where=pilot.where)} {unmatched_words(like)}".strip()
    return f"{like_sentence(like, told)} {unmatched_words(like)}".strip()


def _caution(like: Like, *, outside: bool) -> str:
    other = not_held(like)
    care = _CARE.format(other=f" ({other}, and what no file holds)" if other else "")
    return f"{care} {_KNOWN} {assessed_with(like.pilot, outside=outside)}"


def _notes(like: Like) -> tuple[str, ...]:
    strata = like.profile.strata
    held = f"Held alike: {joined(strata.held) or 'nothing'}."
    least = f"So many people of the caseload must be assessed among those alike: {like.asked.at_least:,}."
    return (held, least, *strata.left_out, *like.pilot.people.taken_out)


def _outside(like: Like, rows: Sequence[LikeRow], told: Sequence[LikeRow]) -> OutsideForm:
    """Words about the needs whose counts may leave by the default policy: when one of them is hidden they go too."""
    leaving = [row for row in told if row.may_leave]
    where, otherwise = like.pilot.where, _UNSAID if rows else _sentence(like, (), ())
    return OutsideForm(
        name="needs in the order of OASys" if rows else "",
        title=like_title(like, leaving, shown=_SHOWN) if leaving else f"OASys needs of {where} like for like",
        sentence=like_sentence(like, leaving, shown=_SHOWN) if leaving else otherwise,
        caution=_caution(like, outside=True) if told else "",
        chart=like_chart(told),
        rests_on_rows=tuple(row.row for row in leaving),
    )


def _table(rows: Sequence[LikeRow]) -> pd.DataFrame:
    return frame_of([_line(row) for row in rows], [column.name for column in _columns(rows)], labels=("need",))


def _line(row: LikeRow) -> dict[str, object]:
    """One need; shares and differences in per cent."""
    found = row.found
    return {
        "need": row.label,
        "n": row.n,
        "n_like": found.n_like,
        "n_unmatched": found.n_unmatched,
        "observed": found.observed,
        "expected": found.expected,
        "expected_low": found.low,
        "expected_high": found.high,
        "caseload_n": row.caseload_n,
        "caseload_k": row.caseload_k,
        "caseload_share": 100 * row.caseload_rate,
        "reweighted_share": 100 * row.expected_rate,
        "observed_share": 100 * row.observed_rate,
        "raw": 100 * row.raw,
        "mix": 100 * row.mix,
        "beyond": 100 * row.beyond,
    }


def _columns(rows: Sequence[LikeRow]) -> tuple[Column, ...]:
    assessed = tuple((row.assessed,) for row in rows)
    alike = tuple((row.keys.alike,) for row in rows)
    sums = tuple((row.keys.expected,) for row in rows)
    beside = tuple((row.caseload_key,) for row in rows)
    matched = tuple((row.keys.alike, row.keys.unlike) for row in rows)
    having = tuple(row.keys.having for row in rows)
    counted = "characteristic"
    mixed, observed = (tuple((*one, *two) for one, two in zip(of, beside, strict=True)) for of in (sums, alike))
    return (
        Column("need", "Need", "label"),
        Column("n", "Assessed", "fieldwork", groups=assessed),
        Column("n_like", "Matched (people like them)", counted, groups=assessed, holders=matched),
        Column("n_unmatched", "Not matched", counted, groups=assessed, follows="n_like"),
        Column("observed", "Matched: with the need", counted, groups=alike, holders=having, follows="n_like"),
        Column("expected", "Expected", "mean", 1, sums, follows="n_like"),
        Column("expected_low", "Expected: 95 % range from", "interval", 0, sums, follows="n_like"),
        Column("expected_high", "Expected: to", "interval", 0, sums, follows="n_like"),
        Column("caseload_n", "Caseload: assessed", "fieldwork", groups=beside),
        Column("caseload_k", "Caseload: with the need", "characteristic", groups=beside),
        Column("caseload_share", "Caseload as it is (%)", "rate", 1, beside, follows="caseload_k"),
        Column("reweighted_share", "Caseload re-weighted (%)", "rate", 1, sums, follows="n_like"),
        Column("observed_share", "Observed (%)", "rate", 1, alike, follows="observed"),
        Column("raw", "Raw difference (points)", "test", 1, observed, follows="observed"),
        Column("mix", "Of it, the mix (points)", "test", 1, mixed, follows="n_like"),
        Column("beyond", "Beyond the mix (points)", "test", 1, observed, follows="observed"),
    )
