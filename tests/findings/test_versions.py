"""Two versions of a study side by side: every number of every measure, and what they are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.decisions import FIRST_COMPLETE, LAST_COMPLETE, KeepAnswer, SamePerson
from evalcore.findings.versions import FIGURES, VersionComparison, compare_versions
from evalcore.intake import read_questionnaires
from evalcore.plan import Outcome, Rival
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.backtest.measured import committed
from tests.findings.pair_studies import scores_study
from tests.findings.time_studies import Answer, study_of
from tests.plan.made import GSE, moment

NAMES = ("version 2", "version 5")
STAFF = "gse.total.staff-and-volunteers"
Table = dict[str, tuple[float, float, float]]


def compared(earlier: Study, later: Study) -> VersionComparison:
    return compare_versions(earlier, later, names=NAMES)


def figures(found: VersionComparison, slug: str = GSE) -> Table:
    rows = found.numbers[found.numbers["measure"] == slug]
    return {row.figure: (row.earlier, row.later, row.difference) for row in rows.itertuples(index=False)}


def shown(found: VersionComparison, *, every: bool = False) -> dict[tuple[str, str], tuple[str, ...]]:
    return {row[:2]: row[2:] for row in found.side_by_side(every=every).rows}


def made(found: VersionComparison) -> dict[str, tuple[str, str]]:
    return {what: (one, other) for what, one, other in found.made_of.rows}


def answers(*rows: str) -> bytes:
    head = ",".join(["respondent_id", "wave", *(f"gse_{at}" for at in range(1, 11))])
    return "\n".join([head, *rows]).encode()


def test_every_number_is_the_one_that_the_study_gives_by_itself() -> None:
    table = figures(compared(Study.empty(), sample_study()), "swemwbs.total.service-users")
    known = committed()["swemwbs, total, service users"]
    described, change = known["describe"], known["paired_change"]
    expected = {
        "scored_pre": described["all pre"]["n"],
        "scored_post": described["all post"]["n"],
        "matched": change["n_pairs"],
        "all_mean_pre": described["all pre"]["mean"],
        "all_mean_post": described["all post"]["mean"],
        "mean_pre": change["mean_pre"],
        "mean_post": change["mean_post"],
        "change": change["mean_change"],
        "ci_low": change["ci_low"],
        "ci_high": change["ci_high"],
    }
    assert set(table) == set(expected) == set(FIGURES)
    assert {name: later for name, (_, later, _) in table.items()} == pytest.approx(expected)


def test_a_difference_is_the_later_less_the_earlier() -> None:
    earlier, later = scores_study([(20, 22), (30, 31), (25, 25)], [18]), scores_study([(20, 22), (30, 31)], [18, 19])
    table = figures(compared(earlier, later))
    assert table["scored_pre"] == (4, 4, 0)
    assert table["scored_post"] == (3, 2, -1)
    assert table["matched"] == (3, 2, -1)
    assert table["mean_pre"] == (25, 25, 0)
    assert table["mean_post"] == (26, 26.5, 0.5)
    assert table["change"] == (1, 1.5, 0.5)
    assert table["all_mean_pre"] == (93 / 4, 87 / 4, -1.5)


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_what_few_people_can_not_give_is_missing_and_never_0(people: int) -> None:
    pairs = [(20, 22), (30, 31), (25, 25)][:people]
    found = compared(scores_study(pairs, [19]), scores_study([*pairs, (21, 26)], [19]))
    earlier = {name: one for name, (one, _, _) in figures(found).items()}
    assert (earlier["matched"], earlier["scored_pre"]) == (people, people + 1)
    assert math.isnan(earlier["change"]) is (people == 0)
    assert math.isnan(earlier["ci_low"]) is math.isnan(earlier["ci_high"]) is (people < 3)
    cells = shown(found)
    interval = cells["GSE, service users", "95 % interval of the mean change"]
    assert (interval[0] == "–", interval[2]) == (people < 3, "not the same" if people == 3 else "–")
    assert cells["GSE, service users", "Matched people"] == (str(people), str(people + 1), "+1")


def both_groups(staff_rose_by: int) -> Study:
    """Three service users who stayed as they were, and three of staff who rose."""
    rise = {"service user": 0, "staff": staff_rose_by}
    return study_of(
        [
            Answer(f"{role}{at}", wave, 20 + at + (rise[role] if wave == "post" else 0), role=role)
            for role in rise
            for at in range(3)
            for wave in ("pre", "post")
        ]
    )


def test_what_is_equal_is_said_and_not_listed() -> None:
    found = compared(both_groups(0), both_groups(1))
    assert found.equal == (GSE,)
    assert found.sentence == (
        "1 measure has a number that differs. The same in both, number by number: GSE, service users."
    )
    assert {label for label, _ in shown(found)} == {"GSE, staff"}
    assert {label for label, _ in shown(found, every=True)} == {"GSE, staff", "GSE, service users"}


def test_a_study_beside_itself_is_the_same_throughout() -> None:
    found = compared(sample_study(), sample_study())
    assert found.equal == tuple(found.labels)
    assert len(found.labels) == len({row[0] for row in found.side_by_side(every=True).rows})
    assert found.sentence == "Every number of every measure is the same in both."
    assert found.sentence_made_of == "Files, decisions, plan and other explanations are the same in both."
    assert (found.side_by_side().rows, found.made_of.rows) == ((), ())


def test_a_measure_of_one_version_alone_is_named_and_counts_nobody_in_the_other() -> None:
    found = compared(Study.empty(), scores_study([(20, 22)]))
    assert (found.equal, found.only_earlier, found.only_later) == ((), (), (GSE,))
    assert "Only in version 5: GSE, service users." in found.sentence
    cells = shown(found)
    assert cells["GSE, service users", "Matched people"] == ("0", "1", "+1")
    assert cells["GSE, service users", "Mean change, matched people"] == ("–", "+2.00", "–")
    back = compared(scores_study([(20, 22)]), Study.empty())
    assert "Only in version 2: GSE, service users." in back.sentence


def test_a_measure_that_was_begun_in_one_version_alone_is_not_called_the_same() -> None:
    begun = Study.empty().add(read_questionnaires(b"respondent_id,wave,gse_1\nA1,pre,3\n", name="begun.csv"))
    found = compared(begun, Study.empty())
    assert (found.equal, found.only_earlier) == ((), ("gse.total.people",))
    assert set(figures(found, "gse.total.people")["scored_pre"]) == {0}


def test_two_empty_versions_have_nothing_to_compare() -> None:
    found = compared(Study.empty(), Study.empty())
    assert found.sentence.startswith("Nobody answered a questionnaire in either version")
    assert len(found.side_by_side(every=True).rows) == len(found.rows_for_a_file()) == 0


def test_a_group_whose_roles_are_not_the_same_in_both_is_called_by_the_whole_group() -> None:
    staff = [Answer(f"S{at}", "pre", role="staff") for at in range(3)]
    volunteers = [Answer("V1", "pre", role="volunteer")]
    assert compared(study_of(staff), study_of(staff)).labels == {STAFF: "GSE, staff"}
    for later in ([*staff, *volunteers], volunteers):
        found = compared(study_of(staff), study_of(later))
        assert found.labels == {STAFF: "GSE, staff and volunteers"}
        assert figures(found, STAFF)["scored_pre"] == (3, len(later), len(later) - 3)


def test_a_small_difference_is_never_written_as_0() -> None:
    earlier = scores_study([(20, 20)] * 400)
    one_up = scores_study([(20, 20)] * 399 + [(20, 21)])
    one_down = scores_study([(20, 20)] * 399 + [(20, 19)])
    cell = ("GSE, service users", "Mean change, matched people")
    assert shown(compared(earlier, one_up))[cell][2] == "just above 0"
    assert shown(compared(earlier, one_down))[cell][2] == "just below 0"
    assert shown(compared(one_up, one_down))[cell][2] == "−0.01"


def engaged(names: Sequence[str]) -> Study:
    """UWES-9 means, in ninths, of people with these names: in which order they are added up follows the names."""
    head = ",".join(["respondent_id", "wave", *(f"uwes9_{at}" for at in range(1, 10))])
    rows = [
        f"{name},pre," + ",".join(str((at * 5 + item * item) % 7) for item in range(9)) for at, name in enumerate(names)
    ]
    return Study.empty().add(read_questionnaires("\n".join([head, *rows]).encode(), name="uwes.csv"))


def test_the_order_in_which_people_are_added_up_is_no_difference() -> None:
    names = [f"P{at:02d}" for at in range(11)]
    found = compared(engaged(names), engaged(names[::-1]))
    assert (found.numbers["earlier"].fillna(0) != found.numbers["later"].fillna(0)).any()
    assert found.equal == tuple(found.labels)
    assert set(found.numbers["difference"].dropna()) == {0.0}


def test_files_that_came_went_or_were_read_otherwise_are_listed() -> None:
    rows = answers("A1,pre" + ",3" * 10)
    undated = b"respondent_id,gse_1\nA1,3\n"
    one = Study.empty().add(
        read_questionnaires(rows, name="gone.csv"), read_questionnaires(undated, name="wave.csv", wave="pre"),
        read_questionnaires(b"respondent_id,gse_1\nA2,3\n", name="other.csv", wave="pre"),
        read_questionnaires(b"respondent_id,gse_1\nA3,3\n", name="kept.csv", wave="pre"),
    )  # fmt: skip
    other = Study.empty().add(
        read_questionnaires(undated, name="wave.csv", wave="post"),
        read_questionnaires(b"respondent_id,gse_1\nA2,4\n", name="other.csv", wave="pre"),
        read_questionnaires(b"respondent_id,gse_1\nA3,3\n", name="kept.csv", wave="pre"),
        read_questionnaires(b"respondent_id,gse_1\nA4,4\n", name="new.csv", wave="pre"),
    )
    found = compared(one, other.beside(waiting=one.intakes[:1]))
    assert made(found) == {
        "File gone.csv": ("in it", "not in it"),
        "File wave.csv": ("read in one way", "read in another way"),
        "File other.csv": ("one file", "another file of the same name"),
        "File new.csv": ("not in it", "in it"),
        "Files that wait for an answer": ("0", "1"),
    }
    assert found.made_of.headings == ("What", "Version 2", "Version 5")
    assert found.sentence_made_of.startswith("What is not listed here is the same in both")


def test_decisions_that_are_not_the_same_are_listed_whichever_way_round_they_name_two_people() -> None:
    study = sample_study()
    same, apart = SamePerson("AO1", "A01", "staff", same=True), SamePerson("A01", "AO1", "staff", same=False)
    first = study.decide(same, KeepAnswer(FIRST_COMPLETE), KeepAnswer(LAST_COMPLETE, "A1", None, "post"))
    second = study.decide(apart, KeepAnswer(LAST_COMPLETE), KeepAnswer(FIRST_COMPLETE, "A2"))
    assert made(compared(first, second)) == {
        "Identifiers A01 and AO1 (staff)": ("one person, AO1 is read as A01", "two people"),
        "Different answers of anyone at one wave": ("use the first complete one", "use the last complete one"),
        "Different answers of A1, after": ("use the last complete one", "not decided"),
        "Different answers of A2, at one wave": ("not decided", "use the first complete one"),
    }
    assert made(compared(first, first)) == {}


def test_another_plan_and_other_explanations_are_listed() -> None:
    study = Study.empty()
    planned = study.fix_plan([Outcome(GSE)], at=moment(0))
    amended = planned.fix_plan([Outcome(GSE, "higher")], at=moment(31)).note_rival(Rival("An office move"))
    assert planned.plan is not None
    assert amended.plan is not None
    assert made(compared(study, planned)) == {
        "Analysis plan": ("none", f"version 1, fixed on 1 January 2026 (code {planned.plan.code})")
    }
    assert made(compared(planned, amended)) == {
        "Analysis plan": (
            f"version 1, fixed on 1 January 2026 (code {planned.plan.code})",
            f"version 2, fixed on 1 February 2026 (code {amended.plan.code})",
        ),
        "Other explanation: An office move": ("not in it", "in it"),
    }


def test_the_file_holds_every_number_rounded_as_on_screen() -> None:
    found = compared(scores_study([(20, 22), (30, 31), (25, 25)]), scores_study([(20, 22), (30, 31), (25, 27)]))
    table = found.rows_for_a_file()
    assert list(table.columns) == ["Measure", "Figure", "Version 2", "Version 5", "Difference"]
    assert table["Figure"].tolist() == list(FIGURES.values())
    by_figure = table.set_index("Figure")
    assert by_figure.loc["Mean change, matched people", "Version 5":].tolist() == [1.67, 0.67]
    written = shown(found)["GSE, service users", "95 % interval of the mean change"][0]
    limits = by_figure.loc[list(FIGURES.values())[-2:], "Version 2"].tolist()
    assert written == f"{limits[0]:.2f} to {limits[1]:.2f}".replace("-", "−")


def test_nothing_about_a_person_stands_in_its_repr() -> None:
    first = sample_study().decide(SamePerson("AO1", "A01", "staff", same=True))
    assert "AO1" not in repr(compared(first, sample_study()))


scores = st.integers(10, 40)
halves = st.one_of(st.none(), scores)


@st.composite
def studies(draw: st.DrawFn) -> Study:
    rows: Sequence[tuple[int | None, int | None]] = draw(st.lists(st.tuples(halves, halves), max_size=6))
    roles = draw(st.lists(st.sampled_from(["service user", "staff"]), min_size=len(rows), max_size=len(rows)))
    return study_of(
        [
            Answer(f"P{at}", wave, score, role=role)
            for at, (both, role) in enumerate(zip(rows, roles, strict=True))
            for wave, score in zip(("pre", "post"), both, strict=True)
            if score is not None
        ]
        or [Answer("P99", "pre", 20)]
    )


@settings(max_examples=25, deadline=None)
@given(studies(), studies())
def test_the_other_way_round_every_difference_has_the_other_sign(one: Study, other: Study) -> None:
    found, back = compared(one, other), compared(other, one)
    assert set(found.equal) == set(back.equal)
    assert (found.only_earlier, found.only_later) == (back.only_later, back.only_earlier)
    ours = found.numbers.set_index(["measure", "figure"]).sort_index()
    theirs = back.numbers.set_index(["measure", "figure"]).sort_index()
    pd.testing.assert_series_equal(ours["earlier"], theirs["later"], check_names=False)
    pd.testing.assert_series_equal(ours["difference"], -theirs["difference"], check_names=False)
    assert not any("nan" in cell for row in found.side_by_side(every=True).rows for cell in row)
    assert all(len(row) == 5 for row in found.side_by_side(every=True).rows)
