"""A plan as a file: what comes back is what went out, and any change in between is found."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import DefinitionError, EvalcoreError, UnreadableFileError
from evalcore.plan import LARGEST_FILE, Outcome, Plan, plan_json, plan_text, read_plan
from tests.plan.made import GSE, SWEMWBS, UWES, moment, plan, plans

AMENDED = plan(
    Outcome(SWEMWBS, "higher", 1.5, "Agreed with the service."),
    Outcome(UWES, "either", main=False),
    earlier=plan(SWEMWBS, GSE),
    after=9,
    day=40,
)


@given(plans())
def test_a_plan_comes_back_as_it_went(made: Plan) -> None:
    back = read_plan(plan_json(made))
    assert back == made
    assert back.digest == made.digest
    assert [one.digest for one in back.versions()] == [one.digest for one in made.versions()]


@pytest.mark.parametrize(
    "carried",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip(),
        lambda text: "\n" + text + "\n\n",
    ],
)
def test_what_mail_and_editors_do_by_themselves_is_no_change(carried) -> None:
    assert read_plan(carried(plan_json(AMENDED))) == AMENDED


@given(plans(), st.data())
def test_any_other_character_is_found(made: Plan, data: st.DataObject) -> None:
    text = plan_json(made).strip()
    place = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.one_of(st.sampled_from('0129aAzZ"{}[],: \\'), st.characters(exclude_characters="\r")))
    if text[place] != new:
        with pytest.raises(EvalcoreError):
            read_plan(text[:place] + new + text[place + 1 :])


@given(plans(), st.data())
def test_a_character_too_few_or_too_many_is_found(made: Plan, data: st.DataObject) -> None:
    text = plan_json(made).strip()
    place = data.draw(st.integers(1, len(text) - 1))
    more = data.draw(st.characters(exclude_characters="\r\n"))
    with pytest.raises(EvalcoreError):
        read_plan(text[:place] + text[place + 1 :])
    with pytest.raises(EvalcoreError):
        read_plan(text[:place] + more + text[place:])


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_what_is_no_plan_is_refused_in_words(given_text: str | bytes) -> None:
    with pytest.raises(UnreadableFileError, match="no plan that this dashboard wrote"):
        read_plan(given_text)


def rewritten(change) -> str:
    """The file of an amended plan with one value changed, written in the same form."""
    said = json.loads(plan_json(AMENDED))
    change(said)
    return json.dumps(said, indent=1) + "\n"


CHANGES = [
    lambda said: said["plan"][0].update(after_answers=0),
    lambda said: said["plan"][0].update(written_at=moment(1)),
    lambda said: said["plan"][1].update(after_answers=4),
    lambda said: said["plan"].pop(),
    lambda said: said["plan"].reverse(),
    lambda said: said["plan"][0]["outcomes"].reverse(),
    lambda said: said["plan"][0]["outcomes"][0].update(smallest_change=0.5),
    lambda said: said["plan"][0]["outcomes"][0].update(smallest_change=float("nan")),
    lambda said: said["plan"][0]["outcomes"][0].update(smallest_change=True),
    lambda said: said["plan"][0]["outcomes"][0].update(measure=["gse"]),
    lambda said: said["plan"][0].update(digest="0" * 64),
    lambda said: said["plan"][0].update(more="x"),
    lambda said: said["plan"][0].update(after_answers=True),
    lambda said: said["plan"][0].pop("author"),
    lambda said: said["plan"].append(None),
    lambda said: said.update(more="x"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_called_a_change(change) -> None:
    with pytest.raises(UnreadableFileError, match="changed after it was fixed"):
        read_plan(rewritten(change))


def test_a_name_that_stands_twice_is_a_change() -> None:
    with pytest.raises(UnreadableFileError):
        read_plan(plan_json(AMENDED).replace('"author": ""', '"author": "somebody", "author": ""', 1))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"plan":' * 50_000, '{"plan": []}', '{"plan": {}}', "[]", "1e999", ""]
)
def test_deep_or_empty_files_are_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="no plan"):
        read_plan(text)


def test_a_file_that_is_too_large_is_not_even_parsed() -> None:
    with pytest.raises(UnreadableFileError, match="no plan"):
        read_plan(plan_json(AMENDED) + " " * LARGEST_FILE)


def test_a_whole_file_that_says_what_no_plan_can_say_is_refused() -> None:
    forged = Plan((Outcome("gse.total.people"),), "", "x", "", "2026-02-30T09:00:00+00:00", 0)
    with pytest.raises(DefinitionError, match="must be written in UTC"):
        read_plan(plan_json(forged))
    with pytest.raises(DefinitionError, match="can not be printed"):
        read_plan(plan_json(Plan((Outcome("gse.total.people"),), "\u202e", "x", "", moment(0), 0)))


def test_a_long_history_is_refused_where_it_is_too_long() -> None:
    found = None
    for place in range(50):
        found = plan(Outcome(GSE, "higher", 1 + place / 10, "x"), earlier=found, day=place)
    assert found is not None
    assert read_plan(plan_json(found)) == found
    with pytest.raises(DefinitionError, match="amended 49 times"):
        plan(SWEMWBS, earlier=found, day=60)


@given(plans())
def test_the_text_says_everything(made: Plan) -> None:
    text = plan_text(made)
    assert made.digest in text
    assert made.written_at in text
    for version in made.versions():
        assert version.digest in text
        for part in (version.family, version.author if version is made else "", *version.exclusions.split("\n")):
            assert part in text
    if not made.before_the_data:
        assert "not made in advance" in text


def test_the_text_is_ready_for_a_protocol() -> None:
    lines = plan_text(AMENDED).splitlines()
    assert lines[0] == "Analysis plan"
    assert "Version 2, fixed on 10 February 2026, after 9 questionnaires after were loaded." in lines
    assert (
        "1. SWEMWBS, service users: higher after than before. Smallest change that matters: 1.5 points."
        " Why: Agreed with the service."
    ) in lines
    assert "   Chosen on 10 February 2026, after 9 questionnaires after were loaded: not planned in advance." in lines
    assert lines.index("Main outcomes") < lines.index("Secondary outcomes") < lines.index("Earlier versions")
