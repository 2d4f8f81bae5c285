"""All outcomes at once: rows, the axis that they share, the family that is named, and what may leave."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.columns import GROUPS
from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Interval, Point
from evalcore.findings import Finding, Scores, build, findings_for, measures
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.before_after.by_group.all_outcomes import outcomes_finding
from evalcore.findings.families import FAMILIES, default_family, families_for, family_of
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.outcomes.paired import paired_change
from evalcore.plan import Outcome
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.findings.group_studies import Person, people, study_of

POLICY = DisclosurePolicy()
SERVICE, STAFF = "service user", "staff"
OF_STAFF = ("gse.total", "uwes9.total", "uwes9.vigor", "uwes9.dedication", "uwes9.absorption")


def built(study: Study, role: str | None = None, site: str | None = None, family: str | None = None) -> Finding:
    roles = None if role is None else (role,)
    return build("outcomes", study, None, site, choice=(roles, family))


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def planned(study: Study, *slugs: str) -> Study:
    return study.fix_plan(
        [Outcome(slug) for slug in slugs], "", FAMILIES["planned"], "", at="2026-05-03T09:00:00+00:00"
    )


# --- families ----------------------------------------------------------------------------------------------------


def p_of(scores: Scores, chosen) -> list[float | None]:  # type: ignore[no-untyped-def]
    return [paired_change(scores.pairs(m.instrument, m.scale, m.roles), resamples=0).p_value for m in chosen]


@pytest.mark.parametrize(
    ("family", "slugs"),
    [
        ("totals", {"gse.total.staff-and-volunteers", "uwes9.total.staff-and-volunteers"}),
        ("all", {f"{one}.staff-and-volunteers" for one in OF_STAFF}),
        ("study", None),
    ],
)
def test_a_family_holds_its_measures_and_is_adjusted_together(family: str, slugs: set[str] | None) -> None:
    scores = Scores(sample_study())
    everyone = measures(scores.study, scores=scores)
    measure = next(one for one in everyone if one.slug == "uwes9.vigor.staff-and-volunteers")
    found = family_of(scores, measure, None, family)
    members = [one for one in everyone if slugs is None or one.slug in slugs]
    assert {one.slug for one in found.measures} == {one.slug for one in members}
    expected = dict(zip([one.slug for one in members], adjust_p(p_of(scores, members)), strict=True))
    assert found.p_adjusted == pytest.approx(expected)
    assert (found.label, found.tests) == (FAMILIES[family], len(members))


def test_a_test_that_can_not_be_made_does_not_count() -> None:
    study = study_of([*people(12), *people(2, role=STAFF)])
    scores = Scores(study)
    found = family_of(scores, measures(study, SERVICE)[0], None, "study")
    assert found.p_adjusted["gse.total.staff-and-volunteers"] is None
    (p_value,) = p_of(scores, measures(study, SERVICE))
    assert found.p_adjusted["gse.total.service-users"] == pytest.approx(p_value)
    assert (found.tests, len(found.measures)) == (1, 2)


def test_the_default_family_is_that_of_the_plan_the_totals_or_all() -> None:
    study = sample_study()
    everyone = {one.slug: one for one in measures(study)}
    vigor, gse = everyone["uwes9.vigor.staff-and-volunteers"], everyone["gse.total.service-users"]
    assert (default_family(study, vigor), default_family(study, gse)) == ("all", "totals")
    fixed = planned(study, gse.slug, "uwes9.total.staff-and-volunteers")
    assert (default_family(fixed, vigor), default_family(fixed, gse)) == ("all", "planned")
    assert set(family_of(Scores(fixed), gse).p_adjusted) == {gse.slug, "uwes9.total.staff-and-volunteers"}


def test_the_family_of_a_plan_is_offered_only_with_one() -> None:
    study = sample_study()
    assert list(families_for(study)) == ["totals", "all", "study"]
    assert list(families_for(planned(study, "gse.total.service-users"))) == list(FAMILIES)
    with pytest.raises(UnknownNameError, match="no family 'planned'"):
        family_of(Scores(study), measures(study)[0], None, "planned")


def test_staff_alone_of_staff_and_volunteers_stand_for_them() -> None:
    study = study_of([*people(8), *people(8, role=STAFF), *people(8, role="volunteer")])
    scores = Scores(study)
    staff = measures(study, STAFF)[0]
    found = family_of(scores, staff, None, "study")
    assert set(found.p_adjusted) == {"gse.total.service-users", "gse.total.staff"}


# --- the table, the words and the chart --------------------------------------------------------------------------


def test_every_instrument_and_role_has_its_row() -> None:
    study = sample_study()
    scores, finding = Scores(study), built(study)
    everyone = measures(study, scores=scores)
    assert finding.table[["outcome", "who"]].to_numpy().tolist() == [[one.short_name, one.who] for one in everyone]
    for measure, (_, row) in zip(everyone, finding.table.iterrows(), strict=True):
        change = paired_change(scores.pairs(measure.instrument, measure.scale, measure.roles), resamples=0)
        assert (row["n"], row["mean_change"], row["d_z"]) == (change.n_pairs, change.mean_change, change.cohens_dz)
        assert row["share"] == pytest.approx(100 * change.mean_change / (measure.high - measure.low))
    assert finding.table["p_holm"].tolist() == pytest.approx(adjust_p(finding.table["p_value"]).tolist())
    assert "The family of the adjusted p values: every outcome of the study." in finding.notes


def test_the_family_that_is_chosen_is_named_and_used() -> None:
    finding = built(sample_study(), family="totals")
    table = finding.table
    for who in table["who"].unique():
        own = table[(table["who"] == who) & ~table["outcome"].str.contains(" ")]
        assert own["p_holm"].tolist() == pytest.approx(adjust_p(own["p_value"]).tolist())
    assert table.loc[table["outcome"].str.contains(" "), "p_holm"].isna().all()
    assert "the totals of these people, of each group of people by itself." in finding.notes[0]
    assert "3 outcomes have a test but no part in that family." in finding.notes


def test_only_the_chosen_people_are_shown_and_the_family_stays() -> None:
    study = sample_study()
    whole, part = built(study), built(study, SERVICE)
    assert set(part.table["who"]) == {"service users"}
    assert part.table["p_holm"].tolist() == whole.table.loc[whole.table["who"] == "service users", "p_holm"].tolist()
    assert (whole.id, part.id) == ("outcomes.everyone", "outcomes.service-users")
    assert built(study, SERVICE, "Site 2").id == "outcomes.service-users.site-2"


def test_the_sample_study_in_words() -> None:
    finding = built(sample_study(), SERVICE)
    assert finding.title == (
        "All outcomes: mean changes from +2.4 % (GSE, service users) to +3.1 % (SWEMWBS, service users) of the scale's"
        " range"
    )
    assert finding.sentence == (
        "Mean change, after minus before: SWEMWBS, service users, +0.9 points (95 % interval −2.0 to 3.7, n = 7); GSE,"
        " service users, +0.7 points (95 % interval −2.3 to 3.7, n = 7)."
    )


def test_outcomes_below_three_pairs_are_named_and_not_drawn() -> None:
    finding = built(study_of([*people(9), *people(2, role=STAFF)]))
    assert finding.title.startswith("One outcome: a mean change of")
    assert "Too few pairs to draw: GSE, staff (2 pairs)." in finding.sentence
    (panel,) = finding.chart.panels  # type: ignore[union-attr]
    assert [name for _, name in panel.y.ticks] == ["GSE, service users (n = 9)"]
    alone = built(study_of(people(2)))
    assert alone.chart is None
    assert (
        alone.sentence
        == "No outcome has 3 pairs before and after. Too few pairs to draw: GSE, service users (2 pairs)."
    )


@pytest.mark.parametrize(("pairs", "said"), [(9, False), (10, True)])
def test_below_ten_pairs_nothing_is_said_of_where_an_interval_lies(pairs: int, said: bool) -> None:
    sentence = built(study_of(people(pairs))).sentence
    assert ("before allowing for their number" in sentence) is said
    assert "p = " not in sentence


def test_the_marks_are_the_numbers_of_the_table() -> None:
    finding = built(sample_study())
    marks = finding.chart.panels[0].marks  # type: ignore[union-attr]
    for row, line in finding.table.iterrows():
        (point,) = [mark for mark in marks if isinstance(mark, Point) and mark.row == row]
        (span,) = [mark for mark in marks if isinstance(mark, Interval) and mark.row == row]
        assert (point.x, span.low, span.high) == (line["share"], line["share_low"], line["share_high"])


# --- what may leave ----------------------------------------------------------------------------------------------


def test_each_outcome_rests_on_its_own_people() -> None:
    finding = built(sample_study())
    keys = [keys for column in finding.columns if column.kind == "mean" for keys in column.groups]
    assert len(set(keys)) == len(finding.table)
    measured = {finding.groups[key].measure for (key,) in keys}
    assert measured == {one.key for one in measures(sample_study())}


@pytest.mark.parametrize("site", [None, "Site 1"])
def test_all_six_groups_are_named_so_that_it_does_not_matter_what_leaves_first(site: str | None) -> None:
    study = sample_study()
    scores, finding = Scores(study), built(study, SERVICE, site)
    for measure in measures(study, SERVICE, site):
        groups = Basis(scores, measure, site).groups
        for name in GROUPS:
            assert finding.groups[f"{measure.slug}: {name}"].people == groups[name].people
            if site is not None:
                assert finding.groups[f"whole group: {measure.slug}: {name}"].people == groups[CONTEXT + name].people


def test_below_ten_pairs_a_share_is_no_more_exact_than_the_points() -> None:
    after = outside(built(sample_study(), SERVICE))
    spans = [one.high - one.low for one in measures(sample_study(), SERVICE)]
    shown = [round(100 * points / span, 1) for points, span in zip(after.table["mean_change"], spans, strict=True)]
    assert after.table["share"].tolist() == shown
    texts = [mark.text for mark in after.chart.panels[0].marks if isinstance(mark, Point)]  # type: ignore[union-attr]
    assert texts == [f"+{share} %" for share in shown]


def test_the_five_matched_staff_do_not_leave_beside_the_six() -> None:
    after = outside(built(sample_study()))
    staff = after.table[after.table["who"] == "staff"]
    assert set(staff["mean_change"]) == {HIDDEN}
    assert set(after.table.loc[after.table["who"] == "service users", "mean_change"]) != {HIDDEN}


def test_staff_do_not_leave_by_site_and_service_users_do() -> None:
    study = study_of([*people(24, "X", "Y"), *people(24, "X", "Y", role=STAFF)])
    finding = built(study, site="X")
    assert finding.table["who"].tolist() == ["service users", "staff"]
    after = outside(finding)
    assert after.table["who"].tolist() == ["service users"]
    assert after.table["mean_change"].tolist() == [finding.table["mean_change"].iloc[0]]
    assert "staff" not in everything_said(after).replace("staff and", "")
    assert not [group for group in after.groups.values() if any(one.startswith("staff|") for one in group.people)]
    alone = outside(built(study, STAFF, "X"))
    assert "results of staff are not given by site" in alone.sentence
    assert set(alone.table["mean_change"]) == {HIDDEN}


@pytest.mark.parametrize("reverse", [False, True])
def test_outcomes_leave_in_any_order_with_the_others(reverse: bool) -> None:
    study = study_of([*people(14, "X", "X", "Y"), *[Person(24, None, site="X")] * 3, *people(6, "X", role=STAFF)])
    found = [built(study), built(study, SERVICE), built(study, site="X"), built(study, site="Y")]
    service = measures(study, SERVICE)[0]
    found += [build(kind, study, service, site) for site in (None, "X") for kind in ("change", "groups", "summary")]
    assert not breaches(exported_one_by_one(study, found[::-1] if reverse else found, POLICY))
    together = apply_disclosure(found, POLICY).findings
    assert not breaches(zip(found, together, strict=True))


STUDIES = {
    "empty of pairs": lambda: study_of([Person(20, None), Person(None, 22, role=STAFF)]),
    "all equal": lambda: study_of([Person(20 + at, 22 + at) for at in range(12)]),
    "sample": sample_study,
    "forty": lambda: study_of(people(40, "X", "Y")),
}


@pytest.mark.parametrize("family", [None, "totals", "all", "study"])
@pytest.mark.parametrize("name", STUDIES)
def test_words_and_columns_hold_whatever_the_study(name: str, family: str | None) -> None:
    finding = built(STUDIES[name](), family=family)
    assert [column.name for column in finding.columns] == list(finding.table.columns)
    assert len({column.label for column in finding.columns}) == len(finding.columns)
    for column in finding.columns:
        assert len(column.groups) == len(finding.table) or column.kind == "label"
        assert {key for keys in column.groups for key in keys} <= set(finding.groups)
    form = finding.outside
    for text in (finding.title, finding.sentence, finding.caution, form.title, form.sentence, finding.topic):
        assert text.strip()
        assert not re.search(r"\bnan\b|\bNone\b|\b1 (?:pairs|outcomes|intervals)\b", text)
        assert not [word for word in rule_table().forbidden if word in text.lower()]
    for chart in (finding.chart, form.chart):
        for mark in chart.panels[0].marks if chart else ():
            assert mark.group in {"", *finding.groups}
            places = [getattr(mark, at, None) for at in ("x", "y", "low", "high")]
            assert np.isfinite([place for place in places if place is not None]).all()


def test_without_an_outcome_there_is_nothing_to_show() -> None:
    finding = outcomes_finding(Scores(Study.empty()), ())
    assert (finding.chart, len(finding.table)) == (None, 0)
    assert pd.api.types.is_float_dtype(finding.table["mean_change"])
    assert "outcomes.everyone" in {one.id for one in findings_for(sample_study(), resamples=0)}
