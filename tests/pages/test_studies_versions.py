"""The versions of a study: listed, gone back to, and two of them held against each other."""

from __future__ import annotations

from evalcore.plan import Rival
from tests.pages import frame
from tests.pages.studying import (
    CHANGED,
    box,
    files,
    grown,
    history,
    kept,
    listed,
    now,
    opened,
    press,
    store,
    study_of,
    tick,
)


def test_versions_stand_newest_first_and_one_can_be_gone_back_to() -> None:
    at = grown()
    assert [(one["Version"], one["What changed"]) for one in history(at)] == [
        ("2", CHANGED[1]),
        ("1", CHANGED[0]),
    ]
    assert len(study_of(at).responses) == 6
    assert "Not undone: what has left" in frame.words(at)
    at = press(at, "Go back to version 1")
    assert frame.calm(at)
    assert len(study_of(at).responses) == 4
    assert [one["Version"] for one in history(at)] == ["3", "2", "1"]


def test_the_latest_twenty_versions_are_listed_and_all_on_demand() -> None:
    at = kept()
    (entry,) = store().entries()
    study = study_of(at)
    for number in range(1, 24):
        study = study.note_rival(Rival(f"Number {number}"))
        store().save(entry.study_id, study, after=number, at=now())
    at.run()
    assert [one["Version"] for one in history(at)] == [str(number) for number in range(24, 4, -1)]
    assert "The latest 20 of 24 versions." in frame.words(at)
    at = tick(at, "List all 24 versions")
    assert len(history(at)) == 24


def test_two_versions_are_held_against_each_other() -> None:
    at = opened(grown(), "compare versions")
    assert frame.calm(at)
    lines = {line["Figure"]: line for line in listed(at, "Measure", "Figure", "Difference")}
    table = {name: (one["Version 1"], one["Version 2"], one["Difference"]) for name, one in lines.items()}
    assert table["People with a score before"] == ("2", "3", "+1")
    assert table["Matched people"] == ("2", "3", "+1")
    assert table["Mean before, matched people"] == ("25.00", "23.33", "−1.67")
    assert table["Mean change, matched people"] == ("+5.00", "+10.00", "+5.00")
    assert table["95 % interval of the mean change"][0] == "–"
    assert " to " in table["95 % interval of the mean change"][1]
    assert listed(at, "What", "Version 1") == [
        {"What": "File third.csv", "Version 1": "not in it", "Version 2": "in it"}
    ]
    assert "no form to share" in frame.words(at)
    assert files(at)[-1] == "Working copy of these numbers (CSV)"
    box(at, "First version").select(2).run()
    assert "Choose two different versions." in frame.words(at)


def test_what_two_versions_have_in_common_is_said_and_shown_on_demand() -> None:
    at = kept()
    store().save(
        store().entries()[0].study_id,
        study_of(at).note_rival(Rival("A move")),
        after=1,
        at=now(),
    )
    at = opened(at.run(), "compare versions")
    assert "Every number of every measure is the same in both." in frame.words(at)
    assert listed(at, "Measure", "Figure") == []
    at = tick(at, "Show the measures that are the same, too")
    assert len(listed(at, "Measure", "Figure")) == 9
