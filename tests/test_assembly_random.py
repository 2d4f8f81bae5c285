"""Any files, any decisions: each row has one fate, no answer changes, and what was decided can be undone."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.bench import near_misses, repeats
from evalcore.decisions import KEEP, KeepAnswer, SamePerson
from evalcore.intake.people.spelling import fold
from tests.assembly_studies import GSE, UWES, answers, cases, fates, roster, study_of

NAMES = ("AB1", "ab-1", "Ab_1", "A01", "AO1", "1-12", "11-2")
ROLES = ("staff", "volunteer", None)

name = st.sampled_from(NAMES)
line = st.tuples(name, st.sampled_from(("pre", "post")), st.sampled_from("12."), st.sampled_from("34-."), st.booleans())
file = st.lists(line, min_size=1, max_size=5)
decision = st.one_of(
    st.builds(SamePerson, name.map(lambda who: who.replace("_", " ")), name, st.sampled_from(ROLES), st.booleans()),
    st.builds(
        KeepAnswer, st.sampled_from(KEEP), st.sampled_from((*NAMES, None)), st.sampled_from(ROLES), st.just(None)
    ),
)


def as_lines(drawn):
    return [
        f"{who} {wave} {one} {'3-' if two == '-' else two} {'staff' if staff else '.'}"
        for who, wave, one, two, staff in drawn
    ]


person = st.tuples(name, st.sampled_from(("staff", "volunteer", "")))
studies = st.tuples(st.lists(file, min_size=1, max_size=3), st.lists(person, max_size=3), st.lists(name, max_size=2))
decisions = st.lists(decision, max_size=4)


def files_of(drawn):
    """The files that were drawn, read."""
    files, asked, known = drawn
    read = [answers(f"{i}.csv", *as_lines(its), items=("uwes9", "gse"), more="role") for i, its in enumerate(files)]
    if asked:
        read.append(roster(*(f"{who.replace('_', ' ')},{role},," for who, role in asked)))
    return [*read, cases(*(f"{who.replace('_', ' ')},,," for who in known))] if known else read


@settings(max_examples=30)
@given(studies, decisions)
def test_every_row_has_one_fate_that_agrees_with_its_answers(drawn, decided):
    files = files_of(drawn)
    study = study_of(*files, decisions=decided)
    found = fates(study)
    assert len(found) == sum(len(intake.rows) for intake in study.intakes)
    used = {(name, row) for name, row, reason in study.entries[["file", "row", "reason"]].values if not reason}
    read = {(name, row) for name, row in study.entries[["file", "row"]].values}
    assert {place for place in read if found[place][0] == "used"} == used
    assert len(study.responses) <= len(used)


@settings(max_examples=30)
@given(studies, decisions)
def test_no_answer_changes_its_value_and_none_is_made_up(drawn, decided):
    files = files_of(drawn)
    study = study_of(*files, decisions=decided)
    keys = ["respondent_id", "wave", "role"]
    for items in (GSE, UWES):
        there = {tuple(row) for row in study.entries[keys + items].astype(object).fillna("").values}
        answered = study.responses[study.responses[items].notna().any(axis=1)]
        used = [tuple(row) for row in answered[keys + items].astype(object).fillna("").values]
        assert set(used) <= there, "an answer is none of those that the person gave"
        assert len({row[:3] for row in used}) == len(used)
    typed = pd.concat(
        [intake.entries.table for intake in study.intakes if intake.kind == "responses"], ignore_index=True
    )
    assert study.entries[["wave", *GSE, *UWES]].equals(typed[["wave", *GSE, *UWES]])


@settings(max_examples=20)
@given(studies, decisions, st.randoms(use_true_random=False))
def test_order_makes_no_difference_and_undoing_gives_the_study_back(drawn, decided, rnd: random.Random):
    files = files_of(drawn)
    study = study_of(*files, decisions=decided)
    shuffled = rnd.sample(list(study.intakes), len(study.intakes))
    assert study_of(*shuffled, decisions=study.decisions).fingerprint == study.fingerprint
    undone = study
    for one in rnd.sample(list(study.decisions), len(study.decisions)):
        undone = undone.undo(one)
    assert undone.fingerprint == study_of(*files).fingerprint


@settings(max_examples=30)
@given(studies, decisions)
def test_only_one_spelling_or_a_person_joins_identifiers(drawn, decided):
    files = files_of(drawn)
    study = study_of(*files, decisions=decided)
    for found, kept, rule in study.identities[["found", "respondent_id", "rule"]].values:
        assert rule == "confirmed by a person" or fold(found) == fold(kept)
    accepted = any(isinstance(one, SamePerson) and one.same for one in decided)
    assert accepted or "confirmed by a person" not in set(study.identities["rule"])


@settings(max_examples=20)
@given(studies)
def test_whatever_is_shown_can_be_decided_and_is_then_not_asked_again(drawn):
    study = study_of(*files_of(drawn))
    for miss in near_misses(study)[:2]:
        for same in (True, False):
            left = near_misses(study.decide(miss.decision(same=same)))
            pairs = {(frozenset((one.found, one.respondent_id)), one.role) for one in left}
            assert (frozenset((miss.found, miss.respondent_id)), miss.role) not in pairs
    for group in repeats(study)[:2]:
        decided = study.decide(group.decision("neither"))
        again = {(one.respondent_id, one.role, one.wave): one.decided for one in repeats(decided)}
        assert again[group.respondent_id, group.role, group.wave] == "neither"
