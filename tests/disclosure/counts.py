"""Made-up findings that count people with a characteristic at sites, and what their release would tell."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from evalcore.disclosure import HIDDEN, apply_disclosure, shown_groups
from evalcore.findings import Column, Finding, Group, OutsideForm
from evalcore.findings.basis import CONTEXT
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, HAVING
from evalcore.leaving import Export

VARIABLE = "status"
Tally = dict[tuple[str, str], int]
"""How many people each site has of each category."""


def people_of(tally: Tally, sites, categories=None):
    """The people of some sites, all of them or those of some categories."""
    return frozenset(
        f"service user|{site}.{category}.{number}"
        for (site, category), n in tally.items()
        if site in sites and (categories is None or category in categories)
        for number in range(n)
    )


def groups_of(tally: Tally, sites, categories, *, prefix="", by_site=False):
    """Those who are known, and for each category those who have it and those who have not, by key."""
    known = Group(f"{prefix}known", "", FIELDWORK_BY_SITE if by_site else FIELDWORK, people_of(tally, sites))
    found = [known]
    for category in categories:
        others = {one for _, one in tally} - {category}
        for name, having in ((category, {category}), (f"not {category}", others)):
            measure = f"{HAVING}{VARIABLE}, {name}"
            found.append(Group(prefix + name, "", measure, people_of(tally, sites, having)))
    return {group.key: group for group in found}


def counts_finding(tally: Tally, sites, *, rows=None, context=None, title="A title", **outside):
    """Counts of each category, their share and its interval, for all sites or for one."""
    rows = list(rows or dict.fromkeys(category for _, category in tally))
    by_site = len(sites) == 1
    groups = groups_of(tally, sites, rows, by_site=by_site)
    if context is not None:
        every = dict.fromkeys(category for _, category in tally)
        groups |= groups_of(tally, context, every, prefix=CONTEXT)
    n = groups["known"].n
    counts = [groups[row].n for row in rows]
    shares = [k / n if n else None for k in counts]
    table = pd.DataFrame({"what": VARIABLE, "which": rows, "n": n, "people": counts, "share": shares, "low": shares})
    known = (("known",),) * len(rows)
    columns = (
        Column("what", "What", "label"),
        Column("which", "Which", "label"),
        Column("n", "Known of", "fieldwork", groups=known),
        Column("people", "People", "characteristic", None, known, tuple((row, f"not {row}") for row in rows)),
        Column("share", "Share", "rate", 2, known, follows="people"),
        Column("low", "95 % interval from", "interval", 2, known, follows="share"),
    )
    form = {"chart": None, **outside}
    return Finding(
        id=f"counts.people.{'-'.join(sites)}",
        title=title,
        sentence="A sentence.",
        caution="",
        chart=form["chart"],
        table=table,
        columns=columns,
        groups=groups,
        trail=None,
        source="made",
        definition="made",
        outside=OutsideForm("", title, "A sentence.", "", **form),
        by_site=by_site,
        topic="Status",
    )


def one_after_another(findings, policy):
    """Release each by itself, recording what left before."""
    exports, after = (), []
    for finding in findings:
        released = apply_disclosure([finding], policy, released=exports).findings[0]
        exports = (*exports, Export(finding.id, "share", shown_groups(released)))
        after.append(released)
    return after


def shown_counts(finding):
    """Category and count of each cell that can be seen, be it as a count or as a share."""
    found = {}
    for which, k, share, low in finding.table[["which", "people", "share", "low"]].itertuples(index=False):
        seen = [value for value in (k, share, low) if value != HIDDEN and not pd.isna(value)]
        assert k != HIDDEN or not seen, "a share is shown where its count is hidden"
        if k != HIDDEN:
            found[which] = int(k)
    return found


def told(tally: Tally, shown):
    """Every count of a set of sites that follows from `shown`, by ranks: (sites, category or what it is not) to count.

    `shown` are pairs of sites and what is shown of them by category. How many people each site has is taken as known.
    """
    sites = sorted({site for site, _ in tally})
    categories = sorted({category for _, category in tally})
    places = {cell: place for place, cell in enumerate((site, one) for site in sites for one in categories)}

    def row(some_sites, some_categories):
        found = np.zeros(len(places))
        found[[places[site, one] for site in some_sites for one in some_categories]] = 1
        return found

    rows = [row([site], categories) for site in sites]
    rows += [row(where, [category]) for where, counts in shown for category in counts]
    _, sizes, basis = np.linalg.svd(np.array(rows))
    kept = basis[: int((sizes > 1e-9).sum())]
    found = {}
    for size in range(1, len(sites) + 1):
        for some in combinations(sites, size):
            for category in categories:
                target = row(some, [category])
                if np.allclose(kept.T @ (kept @ target), target, atol=1e-9):
                    n = len(people_of(tally, some))
                    k = len(people_of(tally, some, {category}))
                    found[some, category] = (k, n)
    return found


def small_counts_told(tally: Tally, shown):
    """What follows although it may not be told: 1 to 4 who have it or have not, none or all of fewer than ten.

    That nobody at several sites has it, or everybody, tells of each of them: no subtraction is needed for that.
    """
    shown = list(shown)
    sizes = {where: len(people_of(tally, where)) for where, _ in shown}
    plain = [
        (set(where), category) for where, counts in shown for category, k in counts.items() if k in (0, sizes[where])
    ]
    return {
        (some, category): (k, n)
        for (some, category), (k, n) in told(tally, shown).items()
        if 1 <= k <= 4
        or 1 <= n - k <= 4
        or (0 < n < 10 and k in (0, n) and not any(set(some) <= where and one == category for where, one in plain))
    }
