"""The running order, the workshops held and the report's own words are kept with their study, strictly read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import StorageError, UnreadableFileError
from evalcore.storage import open_study, packing, study_bytes
from evalcore.storage.checked import DAMAGED
from evalcore.storage.packing import Part, pack, unpack
from evalcore.storage.telling import read_telling, telling_record
from evalcore.study import Study
from evalcore.telling import (
    DIRECTIONS,
    SECTIONS,
    STAKEHOLDERS,
    Comment,
    Expectation,
    Reactions,
    ReportText,
    Screen,
    Shown,
    Tally,
    Telling,
    Workshop,
)
from evalcore.telling.checking import telling_problems
from evalcore.telling.report_text import ALWAYS
from evalcore.withdrawal import Person, withdraw
from tests.storage.comparing import same_study
from tests.storage.made import PIXEL, plain, telling, there_and_back
from tests.storage.store_studies import pilot

SAID, LOGO = "telling/said.json", "telling/logo.json"
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)
NAME = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
COUNT = st.integers(0, 500)


@st.composite
def reactions(draw: st.DrawFn) -> Reactions:
    groups = [group for group in STAKEHOLDERS if draw(st.booleans())]
    tallies = tuple(Tally(group, *(draw(COUNT) for _ in range(4))) for group in groups)
    said = st.builds(Comment, st.sampled_from(list(STAKEHOLDERS)), TYPED.filter(bool))
    return Reactions(tallies, tuple(draw(st.lists(said, max_size=2))))


MATTERS = st.none() | st.floats(0, 1000, exclude_min=True) | st.integers(1, 1000)
EXPECTED = st.none() | st.builds(Expectation, st.sampled_from(list(DIRECTIONS)), MATTERS)
SHOWN = st.builds(Shown, NAME, NAME, NAME, DIGEST, EXPECTED, reactions(), reactions(), TYPED)
SCREENS = st.lists(st.builds(Screen, NAME, NAME, TYPED, TYPED, TYPED), max_size=3, unique_by=lambda one: one.finding)
LEFT_OUT = st.lists(st.sampled_from([one for one in SECTIONS if one not in ALWAYS]), unique=True).map(tuple)
OWN = st.dictionaries(st.sampled_from(list(SECTIONS)), TYPED, max_size=3).map(lambda own: tuple(own.items()))
PICTURE = st.just(b"") | st.binary(max_size=5).map(lambda rest: b"\xff\xd8\xff" + rest)


@st.composite
def workshop(draw: st.DrawFn, at: int, last: bool) -> Workshop:
    shown = draw(st.lists(SHOWN, max_size=2, unique_by=lambda one: one.finding))
    ended = "" if last and draw(st.booleans()) else f"2026-05-0{at}T11:00:00+00:00"
    return Workshop(draw(TYPED), f"2026-05-0{at}T09:00:00+00:00", draw(DIGEST), tuple(shown), ended)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    order = draw(st.none() | SCREENS.map(tuple))
    n = draw(st.integers(0, 3))
    held = tuple(draw(workshop(at + 1, at + 1 == n)) for at in range(n))
    return Telling(order, held, draw(st.builds(ReportText, TYPED, TYPED, TYPED, PICTURE, LEFT_OUT, OWN)))


@given(tellings())
def test_any_telling_comes_back_as_it_was(told) -> None:
    assert telling_problems(told) == ()
    record = telling_record(told)
    back = read_telling(json.loads(json.dumps(record)))
    assert back == told
    assert json.dumps(telling_record(back)) == json.dumps(record)


@settings(max_examples=15)
@given(tellings())
def test_a_study_comes_back_with_it_and_is_packed_into_the_same_bytes(told) -> None:
    study = Study.empty("Pilot").beside(telling=told)
    back = there_and_back(study)
    same_study(study, back)
    assert plain(back) == plain(study)
    assert open_study(study_bytes(study)).telling == told


def test_a_study_file_holds_it_sealed_too() -> None:
    study = pilot().beside(telling=telling())
    for passphrase in (None, "a café by the river"):
        assert open_study(study_bytes(study, passphrase=passphrase), passphrase=passphrase).telling == telling()


def test_it_is_in_parts_of_its_own_only_where_there_is_something() -> None:
    assert [one.name for one in pack(Study.empty())] == ["study.json", "exports.json"]
    logo = Study.empty().beside(telling=Telling(report=ReportText(logo=PIXEL)))
    assert [one.name for one in pack(logo)][2:] == [SAID, LOGO]
    assert json.loads(plain(logo)[LOGO]) == base64.b64encode(PIXEL).decode()
    assert [one.name for one in pack(Study.empty().beside(telling=Telling(())))][2:] == [SAID]


def test_a_logo_is_packed_once(monkeypatch) -> None:
    packed: list[str] = []
    of = Part.of
    monkeypatch.setattr(packing.Part, "of", lambda name, data: (packed.append(name), of(name, data))[1])
    logo = PIXEL + b"of this test"
    study = Study.empty().beside(telling=Telling(report=ReportText(logo=logo)))
    pack(study)
    pack(study.renamed("North").beside(telling=study.telling.with_order([])))
    assert (packed.count(LOGO), packed.count(SAID)) == (1, 2)
    other = ReportText(logo=logo + b"!")
    assert there_and_back(study.beside(telling=Telling(report=other))).telling.report == other


@pytest.mark.parametrize(
    "told",
    [
        Telling((Screen("a", "{}"),) * 2),
        Telling([Screen("a", "{}")]),  # type: ignore[arg-type]
        Telling(report=ReportText(logo=b"GIF89a")),
        Telling((Screen("a", "{}", notes="\ud800"),)),
        replace(telling(), workshops=tuple(reversed(telling().workshops))),
    ],
)
def test_what_could_not_be_opened_again_is_not_kept(told) -> None:
    with pytest.raises(StorageError, match="could not be read back"):
        pack(Study.empty().beside(telling=told))


def test_half_a_character_of_a_title_is_not_kept() -> None:
    (first, *rest) = telling().workshops
    half = replace(first, shown=(replace(first.shown[0], title="\ud800"),))
    with pytest.raises(StorageError, match="half a character"):
        pack(Study.empty().beside(telling=replace(telling(), workshops=(half, *rest))))


@pytest.mark.parametrize("version", [1, 2])
def test_a_study_of_an_older_format_opens_without_it(version) -> None:
    parts = plain(pilot())
    said = json.loads(parts["study.json"])
    assert said.pop("telling") == []
    older = {**parts, "study.json": json.dumps({**said, "format": version}).encode()}
    assert unpack(older).telling == Telling()
    with pytest.raises(UnreadableFileError):
        unpack({**older, "study.json": json.dumps({**said, "format": version, "telling": []}).encode()})
    with pytest.raises(UnreadableFileError):
        unpack({**parts, "study.json": json.dumps(said).encode()})


Change = Callable[[Any], object]


def put(new: Any, *steps: Any) -> Change:
    def change(value: Any) -> None:
        for step in steps[:-1]:
            value = value[step]
        value[steps[-1]] = new

    return change


def less(*steps: Any) -> Change:
    def change(value: Any) -> None:
        for step in steps[:-1]:
            value = value[step]
        del value[steps[-1]]

    return change


SEEN = ("workshops", 0, "shown", 0)
FAULTS: dict[str, Change] = {
    "an entry less": less("order"),
    "an entry more": put(1, "more"),
    "order a text": put("usual", "order"),
    "a screen cut": less("order", 0, 4),
    "a screen of numbers": put([1, 2, 3, 4, 5], "order", 0),
    "a screen twice": lambda said: said["order"].append(said["order"][0]),
    "a finding of nothing": put("", "order", 0, 0),
    "notes too long": put("x" * 2_001, "order", 0, 4),
    "notes hidden": put("a\u202eb", "order", 0, 4),
    "workshops none": put(None, "workshops"),
    "workshops backwards": lambda said: said["workshops"].reverse(),
    "a workshop twice": lambda said: said["workshops"].insert(0, said["workshops"][0]),
    "a workshop with more": put(1, "workshops", 0, "more"),
    "a name of a number": put(1, "workshops", 0, "name"),
    "a name too long": put("x" * 121, "workshops", 0, "name"),
    "began on no day": put("2026-02-30T09:00:00+00:00", "workshops", 0, "began_at"),
    "began never": put("", "workshops", 0, "began_at"),
    "ended in a week": put("2026-W20-1T09:00:00+00:00", "workshops", 0, "ended_at"),
    "ended none": put(None, "workshops", 0, "ended_at"),
    "ended long ago": put("0999-05-04T09:00:00+00:00", "workshops", 0, "ended_at"),
    "no fingerprint": put("", "workshops", 0, "fingerprint"),
    "shown twice": lambda said: said["workshops"][0]["shown"].append(said["workshops"][0]["shown"][0]),
    "shown nothing": put(None, *SEEN),
    "no digest": put("c3", *SEEN, "digest"),
    "a title of a number": put(1, *SEEN, "title"),
    "expected sideways": put("sideways", *SEEN, "expectation", 0),
    "expected more": put(["higher", 1.0, 2.0], *SEEN, "expectation"),
    "matters nothing": put(0.0, *SEEN, "expectation", 1),
    "matters too much": put(1000.1, *SEEN, "expectation", 1),
    "matters a whole number": put(2, *SEEN, "expectation", 1),
    "matters true": put(True, *SEEN, "expectation", 1),
    "matters a text": put("2", *SEEN, "expectation", 1),
    "reactions cut": less(*SEEN, "typed", 1),
    "reactions missing": less(*SEEN, "sent"),
    "a tally cut": less(*SEEN, "typed", 0, 0, 4),
    "a group of none": put("press", *SEEN, "typed", 0, 0, 0),
    "a group a number": put(1, *SEEN, "typed", 0, 0, 0),
    "groups backwards": lambda said: said["workshops"][0]["shown"][0]["typed"][0].reverse(),
    "half an answer": put(0.5, *SEEN, "typed", 0, 0, 1),
    "an answer true": put(True, *SEEN, "typed", 0, 0, 1),
    "an answer less": put(-1, *SEEN, "typed", 0, 0, 1),
    "too many sent": put(501, *SEEN, "sent", 0, 0, 1),
    "a comment cut": less(*SEEN, "typed", 1, 0, 1),
    "a comment of nobody": put("press", *SEEN, "typed", 1, 0, 0),
    "a comment too long": put("x" * 281, *SEEN, "typed", 1, 0, 1),
    "a comment of nothing": put("", *SEEN, "typed", 1, 0, 1),
    "a follow-up too long": put("x" * 601, *SEEN, "follow_up"),
    "report none": put(None, "report"),
    "report with a logo": put("", "report", "logo"),
    "a title too long": put("x" * 161, "report", "title"),
    "summary left out": put(["summary"], "report", "left_out"),
    "left out twice": put(["more", "more"], "report", "left_out"),
    "left out a number": put([1], "report", "left_out"),
    "an own text twice": put([["more", "a"], ["more", "b"]], "report", "own"),
    "an own text of nowhere": put([["elsewhere", "a"]], "report", "own"),
    "an own text of three": put([["more", "a", "b"]], "report", "own"),
    "own an object": put({"more": "a"}, "report", "own"),
}


def refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableFileError) as error:
        unpack(parts)
    assert str(error.value) == DAMAGED


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_found(name) -> None:
    parts = plain(Study.empty().beside(telling=telling()))
    said = json.loads(parts[SAID])
    FAULTS[name](said)
    refused({**parts, SAID: json.dumps(said).encode()})


@pytest.mark.parametrize(
    "logo",
    ["", "a b", "AAA", "R0lGODlh", "/9j/\n", "/9j/é", "/9j/AB==", 1, None, [], "A" * 1_400_000],
)
def test_a_logo_that_could_not_have_been_kept_is_found(logo) -> None:
    parts = plain(Study.empty().beside(telling=telling()))
    refused({**parts, LOGO: json.dumps(logo).encode()})


def test_the_parts_are_those_that_the_study_names() -> None:
    with_all = plain(Study.empty().beside(telling=telling()))
    without = plain(Study.empty())
    for name in (SAID, LOGO):
        refused({one: data for one, data in with_all.items() if one != name})
        refused({**without, name: with_all[name]})
    for told in ([LOGO], [LOGO, SAID], [SAID, SAID], [SAID, LOGO, SAID], ["telling/more.json"], None, "", {}, 0):
        said = json.loads(with_all["study.json"])
        refused({**with_all, "study.json": json.dumps({**said, "telling": told}).encode()})


def test_an_empty_telling_is_never_written() -> None:
    parts = plain(Study.empty().beside(telling=Telling(())))
    said = json.loads(parts[SAID])
    refused({**parts, SAID: json.dumps({**said, "order": None}).encode()})


def test_a_person_who_withdraws_leaves_it_as_it_is() -> None:
    study = pilot().beside(telling=telling())
    left = withdraw(study, Person("staff", "B2"))
    assert left.telling == study.telling
    assert "B2" not in set(left.responses["respondent_id"])


def test_the_store_reads_what_a_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "pilot.study"
    path.write_bytes(study_bytes(pilot().beside(telling=telling())))
    assert open_study(path).telling == telling()


def test_a_difference_that_was_given_as_a_whole_number_comes_back() -> None:
    shown = Shown("a", "", "", "0a" * 32, Expectation("higher", 2))
    told = Telling(workshops=(Workshop("May", "2026-05-04T09:00:00+00:00", "0a" * 32, (shown,)),))
    assert there_and_back(Study.empty().beside(telling=told)).telling == told
