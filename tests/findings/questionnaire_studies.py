"""Made-up studies of questionnaires, and every finding of the Questionnaires page of each."""

from dataclasses import replace

import numpy as np
import pandas as pd

from evalcore.columns import WAVES
from evalcore.findings.basis import Basis
from evalcore.findings.measures import measures
from evalcore.findings.questionnaires import (
    answers_finding,
    consistency_finding,
    missing_finding,
    norms_finding,
    norms_of,
    scores_finding,
)
from evalcore.findings.scores import Scores
from evalcore.instruments import load_instrument
from evalcore.sample import sample_study
from evalcore.study import Study

BY_WAVE = {"answers": answers_finding, "missing": missing_finding, "consistency": consistency_finding}


def answers(names, wave, *, instrument="gse", gaps=0.0, seed=0, **columns):
    """One row a person: answers that hang together, some left out; never all of them."""
    random = np.random.default_rng([seed, WAVES.index(wave), len(instrument)])
    questionnaire = load_instrument(instrument)
    low, high = questionnaire.codes[0], questionnaire.codes[-1]
    k = len(questionnaire.columns)
    own = random.normal((low + high) / 2, (high - low) / 4, size=(len(names), 1))
    codes = np.clip(np.rint(own + random.normal(0, 1, size=(len(names), k))), low, high)
    left_out = random.random(codes.shape) < gaps
    left_out[:, 0] = False
    codes[left_out] = np.nan
    table = pd.DataFrame(codes, columns=list(questionnaire.columns))
    return table.assign(respondent_id=list(names), wave=wave, **columns)


def names(n, first="P"):
    return [f"{first}{i}" for i in range(1, n + 1)]


def study_of(*tables, cases=None):
    """A study of these answers, and of these case files."""
    study = replace(Study.empty("Made up"), responses=pd.concat(tables, ignore_index=True))
    return study if cases is None else replace(study, cases=cases)


def both_waves(n, n_after=None, **more):
    people = names(n)
    after = people if n_after is None else people[:n_after]
    return study_of(answers(people, "pre", **more), answers(after, "post", **more))


def at_sites(n, n_small):
    """`n` people at one site and a few at another; one of the few leaves much out."""
    large = answers(names(n, "L"), "pre", instrument="swemwbs", role="service user", site="Large", gaps=0.03)
    small = answers(names(n_small, "S"), "pre", instrument="swemwbs", role="service user", site="Small", seed=1)
    return study_of(large, small)


def in_two_roles():
    """Identifiers of staff that are those of service users too."""
    users = both_waves(14, 9, role="service user", gaps=0.05).responses
    staff = both_waves(8, 8, role="staff", seed=5).responses
    return study_of(users, staff)


def long_form():
    """The fourteen items, from which the short form is scored too."""
    return both_waves(20, 16, instrument="wemwbs", role="service user", gaps=0.02)


def everyone_at_the_top():
    table = answers(names(60), "pre", role="service user")
    items = [name for name in table if name.startswith("gse_")]
    table.loc[:19, items] = 4
    table.loc[20:24, items] = 1
    return study_of(table)


STUDIES = {
    "sample": sample_study,
    "one person": lambda: both_waves(1, role="service user"),
    "two people": lambda: both_waves(2, role="service user"),
    "three people": lambda: both_waves(3, role="service user"),
    "before only": lambda: study_of(answers(names(12), "pre", role="service user", gaps=0.1)),
    "after only": lambda: study_of(answers(names(12), "post", role="service user")),
    "no roles": lambda: both_waves(11, 7, gaps=0.05),
    "engagement": lambda: both_waves(12, 10, instrument="uwes9", role="staff", gaps=0.08),
    "many": lambda: both_waves(250, 180, instrument="swemwbs", role="service user", gaps=0.03),
    "two roles": in_two_roles,
    "two sites": lambda: at_sites(30, 3),
    "long form": long_form,
    "ends of the scale": everyone_at_the_top,
}


def bases(study):
    """Each measure of a study, for everyone and for each site."""
    scores = Scores(study)
    sites = study.responses["site"].dropna().unique() if "site" in study.responses else []
    for site in (None, *sorted(sites)):
        for measure in measures(study, site=site, scores=scores):
            yield Basis(scores, measure, site)


def basis_of(study, slug, site=None):
    """The measure whose name begins so."""
    scores = Scores(study)
    return next(Basis(scores, one, site) for one in measures(study, scores=scores) if one.slug.startswith(slug))


def findings_of(basis, *, every_norm=False):
    """Every finding of the page about one measure."""
    chosen = [norm.name for norm in norms_of(basis.measure)] if every_norm else []
    yield scores_finding(basis)
    yield from (norms_finding(basis, norm) for norm in (None, *chosen))
    for build in BY_WAVE.values():
        yield from (build(basis, wave) for wave in WAVES)


def texts(finding):
    """Everything of a finding that a reader reads, outside form included."""
    charts = [chart for chart in (finding.chart, finding.outside.chart) if chart]
    found = [finding.title, finding.sentence, finding.caution, finding.topic, finding.definition, *finding.notes]
    found += [finding.outside.title, finding.outside.sentence, finding.outside.caution]
    for chart in charts:
        found += [chart.n, chart.how_to_read, *(words for _, words in chart.legend)]
        for panel in chart.panels:
            found += [panel.x.title, *(name for _, name in (*panel.x.ticks, *panel.y.ticks))]
            found += [
                words for mark in panel.marks for words in (getattr(mark, "label", ""), getattr(mark, "text", ""))
            ]
    return [text for text in found if text]
