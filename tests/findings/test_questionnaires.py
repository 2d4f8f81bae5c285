"""Findings of the Questionnaires page: whole, in order and in plain words, whatever the study holds."""

import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.columns import WAVES
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Bar, Point
from evalcore.findings.finding import HAVING
from evalcore.findings.questionnaires import answers_finding, missing_finding, norms_finding, norms_of, scores_finding
from evalcore.instruments import load_instrument
from tests.findings.questionnaire_studies import BY_WAVE, STUDIES, bases, basis_of, both_waves, findings_of, texts
from tests.instruments.test_wording import forbidden_in


@pytest.fixture(params=STUDIES, scope="module")
def found(request):
    """Every finding of one study, each with its measure and site."""
    study = STUDIES[request.param]()
    return [(basis, finding) for basis in bases(study) for finding in findings_of(basis, every_norm=True)]


def tables(finding):
    yield finding.table, finding.columns
    if finding.outside.table is not None:
        yield finding.outside.table, finding.outside.columns


def charts(finding):
    return [chart for chart in (finding.chart, finding.outside.chart) if chart]


def test_each_finding_has_its_own_identifier_and_the_site_at_its_end(found):
    for basis, finding in found:
        kind, rest = finding.id.split(".", 1)
        assert rest.startswith(basis.measure.slug)
        assert (kind in BY_WAVE) == bool(re.search(r"\.(before|after)(\.site-\d+)?$", rest))
        assert bool(re.search(r"\.site-\d+$", rest)) == (basis.site is not None) == finding.by_site


def test_columns_describe_each_table_and_its_groups(found):
    for _, finding in found:
        for table, columns in tables(finding):
            assert [column.name for column in columns] == list(table.columns)
            for column in columns:
                assert len(column.groups) in (0, len(table))
                assert len(column.holders) in (0, len(table))
                keys = {key for row in (*column.groups, *column.holders) for key in row}
                assert keys <= set(finding.groups)


def test_a_count_is_the_number_of_those_who_have_it(found):
    for _, finding in found:
        for table, columns in tables(finding):
            for column in columns:
                for value, held in zip(table[column.name], column.holders, strict=False):
                    if held and pd.notna(value):
                        assert value == finding.groups[held[0]].n
                        assert not finding.groups[held[0]].people & finding.groups[held[1]].people
                        assert finding.groups[held[0]].measure.startswith(HAVING)


def test_n_in_a_table_is_the_size_of_its_group(found):
    for _, finding in found:
        for column in finding.columns:
            for value, keys in zip(finding.table[column.name], column.groups, strict=False):
                if column.kind == "fieldwork" and keys:
                    assert value == finding.groups[keys[0]].n or (pd.isna(value) and not finding.groups[keys[0]].n)


def test_marks_name_a_group_and_a_row_and_outside_nobody_is_single(found):
    for _, finding in found:
        shown = finding.table if finding.outside.table is None else finding.outside.table
        assert set(finding.outside.rests_on) <= set(finding.groups)
        assert all(0 <= row < len(shown) for row in finding.outside.rests_on_rows)
        for chart in charts(finding):
            for mark in chart.panels[0].marks:
                assert mark.group == "" or mark.group in finding.groups
                assert not (chart is finding.outside.chart and mark.individual)
                assert getattr(mark, "row", None) is None or 0 <= mark.row < len(shown)


def test_words_are_plain_and_claim_nothing_beyond_the_data(found):
    for _, finding in found:
        assert all([finding.title, finding.sentence, finding.caution, finding.topic, finding.source])
        for text in texts(finding):
            assert not [word for word in rule_table().forbidden if re.search(rf"\b{word}", text.lower())]
            assert not re.search(r"\bnan\b|\bNone\b(?! of)", text)
            assert "  " not in text


def test_items_are_named_by_their_keywords_and_never_by_their_wording(found):
    for basis, finding in found:
        assert forbidden_in(" | ".join(texts(finding))) == []
        if finding.id.split(".")[0] in BY_WAVE:
            instrument = load_instrument(basis.measure.instrument)
            wanted = [item for item in instrument.items if item.code in instrument.scales[basis.measure.scale].items]
            assert finding.table["keyword"].tolist() == [item.keyword for item in wanted]
            assert finding.table["item"].tolist() == [item.code.rsplit("_", 1)[1] for item in wanted]


def test_a_wave_without_answers_says_so_and_has_no_chart(found):
    for basis, finding in found:
        wave = {"before": "pre", "after": "post"}.get(finding.id.removeprefix(basis.measure.slug).split(".")[-1])
        if finding.id.split(".")[0] in ("answers", "missing") and wave and not basis.groups[f"answered {wave}"].n:
            assert "obody" in finding.sentence
            assert finding.chart is finding.outside.chart is None


def test_positions_outside_are_no_more_exact_than_the_words(found):
    for _, finding in found:
        for mark in finding.outside.chart.panels[0].marks if finding.outside.chart else ():
            if mark.group and finding.groups[mark.group].n < 10 and not isinstance(mark, Bar):
                numbers = [getattr(mark, name) for name in ("x", "low", "high") if hasattr(mark, name)]
                assert all(round(value, 1) == value for value in numbers)


def test_a_dot_a_person_up_to_sixty_and_bars_of_counts_above():
    for people, dots in ((60, True), (61, False)):
        chart = scores_finding(basis_of(both_waves(people, 5, role="service user"), "gse")).chart
        single = [mark for mark in chart.panels[0].marks if mark.individual]
        assert {type(mark) for mark in single} == {Point if dots else Bar}
        if dots:
            assert len(single) == people + 5
            assert len({(mark.x, mark.y) for mark in single}) == people + 5
        else:
            counted = [int(re.search(r": (\d+) p", mark.label)[1]) for mark in single if mark.kind == "pre"]
            assert sum(counted) == people


@pytest.mark.parametrize("slug", ["gse", "swemwbs", "uwes9.total", "uwes9.vigor"])
def test_the_axis_of_the_scores_holds_the_whole_scale(slug):
    basis = basis_of(STUDIES["sample"](), slug)
    axis = scores_finding(basis).chart.panels[0].x
    assert axis.low < basis.measure.low < basis.measure.high < axis.high


def test_bars_of_answers_meet_at_zero_with_the_middle_answer_across_it():
    for slug, middle in (("gse", False), ("swemwbs", True), ("uwes9.total", True)):
        finding = answers_finding(basis_of(STUDIES["sample"](), slug), "pre")
        for chart in charts(finding):
            rows = {}
            for mark in chart.panels[0].marks:
                if isinstance(mark, Bar):
                    rows.setdefault(mark.row, []).append(mark)
            assert len(rows) == len(finding.table)
            assert any(mark.kind == "answer_middle" for row in rows.values() for mark in row) == middle
            for row in rows.values():
                for left, right in pairwise(row):
                    assert left.end == right.start
                for mark in row:
                    assert mark.inside == str(int(mark.end - mark.start))
                    assert mark.end <= 0 or "low" not in mark.kind
                    assert mark.start >= 0 or "high" not in mark.kind
                    assert mark.kind != "answer_middle" or mark.start == -mark.end


def test_an_axis_of_people_has_no_negative_numbers():
    axis = answers_finding(basis_of(STUDIES["many"](), "swemwbs"), "pre").chart.panels[0].x
    assert all(words == str(abs(int(at))) for at, words in axis.ticks)
    assert any(at < 0 for at, _ in axis.ticks)


def test_a_norm_that_the_measure_does_not_have_is_refused_by_name():
    basis = basis_of(STUDIES["sample"](), "gse")
    with pytest.raises(UnknownNameError, match="great_britain"):
        norms_finding(basis, "england_2012_men")


def test_the_default_norm_comes_first_and_none_that_was_not_seen_is_offered():
    for slug in ("gse", "swemwbs", "uwes9.total", "uwes9.absorption"):
        basis = basis_of(STUDIES["sample"](), slug)
        offered = norms_of(basis.measure)
        published = [
            norm for norm in load_instrument(basis.measure.instrument).norms if norm.scale == basis.measure.scale
        ]
        assert {norm.source.standing for norm in offered} <= {"verified", "single source"}
        assert sorted(norm.name for norm in offered) == sorted(norm.name for norm in published)
        assert not any(norm.default for norm in offered[1:])


def test_a_norm_that_was_not_seen_in_a_source_is_not_offered(monkeypatch):
    measure = basis_of(STUDIES["sample"](), "gse").measure
    gse = load_instrument("gse")
    seen, remembered = gse.norms[0], replace(gse.norms[1].source, standing="unverified")
    changed = replace(gse, norms=(seen, replace(gse.norms[1], source=remembered)))
    monkeypatch.setattr("evalcore.findings.questionnaires.norms.load_instrument", lambda name: changed)
    assert norms_of(measure) == (seen,)


def test_one_identifier_in_two_roles_is_two_people():
    study = STUDIES["two roles"]()
    people = [finding.groups["answered items before"].people for _, finding in _answers_of(study)]
    assert [len(one) for one in people] == [14, 8]
    assert not people[0] & people[1]


def _answers_of(study):
    return [(basis, answers_finding(basis, "pre")) for basis in bases(study)]


def test_a_row_without_a_wave_or_role_counts_as_the_scores_count_it():
    study = both_waves(9, 7, role="service user")
    study.responses.loc[[0, 3], "wave"] = None
    study.responses.loc[[1, 2, 9], "role"] = None  # known from their other row, if there is one
    for wave in WAVES:
        basis = basis_of(study, "gse")
        group = answers_finding(basis, wave).groups[
            "answered items before" if wave == "pre" else "answered items after"
        ]
        assert group.people == basis.groups[f"all {wave}"].people


def test_the_answers_of_a_site_are_those_of_its_people():
    study = STUDIES["two sites"]()
    basis = basis_of(study, "swemwbs", "Small")
    finding = missing_finding(basis, "pre")
    assert finding.groups["answered items before"].people == {f"service user|S{i}" for i in (1, 2, 3)}
    whole = (
        finding.groups["whole group: swemwbs_1: left_out"].people
        | finding.groups["whole group: not swemwbs_1: left_out"].people
    )
    assert len(whole) == 33
