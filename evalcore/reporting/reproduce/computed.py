"""The main numbers of a study as the dashboard computes them, under the names and in the order of the scripts."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping

import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, MATCHED_POST, MATCHED_PRE, ROLE, SCALE, SITE
from evalcore.findings import Measure, Scores, measures
from evalcore.findings.people.basis import People, Pilot
from evalcore.findings.people.measured import LEAST_FOR_AN_INTERVAL
from evalcore.findings.people.reach_people import Reached
from evalcore.outcomes.paired import PairedChange
from evalcore.profile.means import compare_means
from evalcore.profile.ogrs import AgeValues
from evalcore.reporting.reproduce.definitions import section_labels
from evalcore.study import Study

LEAST_PAIRS_FOR_TESTS = 10
"""Number of pairs from which on a test and effect sizes are main numbers: below it the figures only describe."""

COLUMNS = ("what", "measure", "who", "statistic", "value")
_ANSWERED = ("answered pre", "answered post")
_BEFORE_AND_AFTER = "before and after"
_PILOT, _CASELOAD, _DIFFERENCE = "pilot", "caseload", "pilot minus caseload"

_Row = tuple[str, str, str, str, float]
_Found = Mapping[str, float | None]


def main_numbers(study: Study, *, site: str | None = None) -> pd.DataFrame:
    """Return the main numbers of a study, computed by the functions that the pages and the report use.

    The scripts of `reproduction_files` print the same numbers from the data files.

    Parameters
    ----------
    study : Study
    site : str, optional
        Only the people of one site.

    Returns
    -------
    DataFrame
        `what, measure, who, statistic, value`: before and after by measure and group of people; needs by section; age
        and OGRS; who was reached. What can not be computed, or is not said of so few people, has no row; nor has what
        is not known from people's rows (a caseload that is counts or published figures).

    Raises
    ------
    UnknownNameError
        If no table of the study names the site; the message lists those that do.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> table = main_numbers(sample_study())
    >>> table[table["statistic"] == "n_matched"].drop(columns=["what", "statistic"]).to_numpy().tolist()[0]
    ['GSE', 'service users', 7.0]
    """
    rows = [*_before_and_after(study, site), *_of_people(study, site)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": float})


def _rows(what: str, measure: str, who: str, found: _Found) -> Iterator[_Row]:
    for statistic, value in found.items():
        if value is not None and not math.isnan(value):
            yield what, measure, who, statistic, float(value)


def _before_and_after(study: Study, site: str | None) -> Iterator[_Row]:
    scores = Scores(study)
    for measure in measures(study, site=site, scores=scores):
        if _has_answers(scores.of(measure.instrument), measure, site):
            yield from _measured(scores, measure, site)


def _has_answers(table: pd.DataFrame, measure: Measure, site: str | None) -> bool:
    """Whether anybody of the group answered this scale, at this site where one was chosen."""
    rows = table[(table[SCALE] == measure.scale).to_numpy(dtype=bool)]
    if measure.roles:
        rows = rows[rows[ROLE].isin(measure.roles)]
    return bool(len(rows)) and (site is None or (SITE in rows and bool((rows[SITE] == site).any())))


def _measured(scores: Scores, measure: Measure, site: str | None) -> Iterator[_Row]:
    key = (measure.instrument, measure.scale, measure.roles, site)
    trail = scores.pairs(*key).trail
    if not trail.loc[trail["step"].isin(_ANSWERED), "n"].any():
        return
    groups, change = scores.description(*key).to_dict("index"), scores.change(*key)
    found: dict[str, float | None] = {}
    for when, group in (("before", groups[ALL_PRE]), ("after", groups[ALL_POST])):
        found |= {f"n_{when}": group["n"], f"mean_{when}": group["mean"], f"sd_{when}": group["sd"]}
    found["n_matched"] = change.n_pairs
    for when, group in (("before", groups[MATCHED_PRE]), ("after", groups[MATCHED_POST])):
        found |= {f"matched_mean_{when}": group["mean"], f"matched_sd_{when}": group["sd"]}
    yield from _rows(_BEFORE_AND_AFTER, measure.short_name, measure.group, found | _changed(change))


def _changed(change: PairedChange) -> dict[str, float | None]:
    found = {
        "mean_change": change.mean_change,
        "sd_change": change.sd_change,
        "change_ci_low": change.ci_low,
        "change_ci_high": change.ci_high,
    }
    if change.n_pairs < LEAST_PAIRS_FOR_TESTS:
        return found
    return found | {
        "t": change.t,
        "df": change.df,
        "p_value": change.p_value,
        "d_z": change.cohens_dz,
        "d_z_ci_low": change.cohens_dz_ci_low,
        "d_z_ci_high": change.cohens_dz_ci_high,
        "d_av": change.cohens_dav,
        "g_av": change.hedges_gav,
        "wilcoxon_w": change.wilcoxon_w,
        "wilcoxon_p": change.wilcoxon_p,
    }


def _of_people(study: Study, site: str | None) -> Iterator[_Row]:
    people = People(study)
    pilot = people.pilot(site)
    in_rows = bool(len(study.caseload)) and bool(len(people.caseload))
    if pilot.n:
        yield from _needs(pilot, in_rows)
        yield from _means("age", people.ages(site), in_rows)
        yield from _means("OGRS", people.ogrs(site), in_rows)
    yield from _rows("reach", "service users", _PILOT, _reached(Reached.of(pilot)))


def _needs(pilot: Pilot, in_rows: bool) -> Iterator[_Row]:
    labels = section_labels()
    for line in pilot.need_profile.to_dict("records"):
        sides = (
            (_PILOT, {"assessed": line["n"] or None, "with_need": line["k"], **_ends(line, "rate", "ci")}),
            (_CASELOAD, {"assessed": line["caseload_n"] or None, "rate": line["caseload_rate"]}),
            (_DIFFERENCE, _ends(line, "difference", "difference_ci")),
        )
        for who, found in sides if in_rows else sides[:1]:
            yield from _rows("needs", labels[str(line["need"])], who, found)


def _ends(line: Mapping[Hashable, float], name: str, ends: str) -> _Found:
    return {name: line[name], f"{name}_ci_low": line[f"{ends}_low"], f"{name}_ci_high": line[f"{ends}_high"]}


def _means(measure: str, values: AgeValues, in_rows: bool) -> Iterator[_Row]:
    if not len(values.pilot):
        return
    found = compare_means(values.pilot, values.caseload)
    yield from _rows("people", measure, _PILOT, {"n": found.n_pilot, "mean": found.mean_pilot, "sd": found.sd_pilot})
    if not in_rows or not found.n_caseload:
        return
    others = {"n": found.n_caseload, "mean": found.mean_caseload, "sd": found.sd_caseload}
    yield from _rows("people", measure, _CASELOAD, others)
    enough = min(found.n_pilot, found.n_caseload) >= LEAST_FOR_AN_INTERVAL
    ends = {"difference_ci_low": found.ci_low, "difference_ci_high": found.ci_high} if enough else {}
    yield from _rows("people", measure, _DIFFERENCE, {"difference": found.difference, **ends})


def _reached(reached: Reached) -> _Found:
    counts = reached.counts
    if not counts.people:
        return {}
    low, high = counts.start_interval or (None, None)
    return {
        "people": counts.people,
        "listed": counts.listed,
        "eligible_known": counts.eligible_known,
        "eligible": counts.eligible,
        "started": counts.started,
        "started_of_eligible": counts.started_eligible,
        "start_rate": counts.start_rate,
        "start_rate_ci_low": low,
        "start_rate_ci_high": high,
    }
