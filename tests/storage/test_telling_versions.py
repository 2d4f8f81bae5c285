"""What is told of a study, in its versions: what changed, in words; and what going back brings back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from evalcore.storage.changes import difference, outline, what_changed
from evalcore.storage.store import Store
from evalcore.study import Study
from evalcore.telling import (
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
from evalcore.withdrawal import Person
from tests.storage.made import PIXEL, telling
from tests.storage.store_studies import MONDAY, TUESDAY, WEDNESDAY, pilot, with_after

BEGAN = Workshop("Canary", MONDAY, "0a" * 32)
SEEN = Shown("holds.study", "Canary", "Canary", "0b" * 32)
SHOWN = BEGAN.with_shown(SEEN)
EXPECTED = BEGAN.with_shown(replace(SEEN, expectation=Expectation("higher", 2.0)))
TYPED = BEGAN.with_shown(replace(SEEN, typed=Reactions((Tally("partners", 1),))))
SENT = BEGAN.with_shown(replace(SEEN, sent=Reactions((), (Comment("partners", "Canary"),))))
FOLLOWED = BEGAN.with_shown(replace(SEEN, follow_up="Canary"))
ENDED = replace(BEGAN, ended_at=TUESDAY)
ORDER = Telling((Screen("holds.study", "Canary", "Canary", "Canary", "Canary"),))
NONE = Telling()


def held(*workshops: Workshop) -> Telling:
    return Telling(workshops=workshops)


def report(**words: object) -> Telling:
    return Telling(report=ReportText(**words))


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (NONE, Telling(()), "Changed the running order"),
        (NONE, ORDER, "Changed the running order"),
        (ORDER, ORDER.with_order([Screen("holds.study", "Canary")]), "Changed the running order"),
        (ORDER, NONE, "Went back to the usual running order"),
        (NONE, held(BEGAN), "Began a workshop"),
        (NONE, held(ENDED), "Held a workshop"),
        (NONE, held(ENDED, replace(BEGAN, began_at=TUESDAY)), "Held a workshop; began a workshop"),
        (held(BEGAN), held(SHOWN), "Showed findings in a workshop"),
        (held(SHOWN), held(SHOWN.with_shown(replace(SEEN, digest="0c" * 32))), "Showed findings in a workshop"),
        (held(SHOWN), held(EXPECTED), "Noted what a workshop expected"),
        (held(SHOWN), held(TYPED), "Noted reactions of a workshop"),
        (held(SHOWN), held(SENT), "Noted reactions of a workshop"),
        (held(SHOWN), held(FOLLOWED), "Noted what follows from a workshop"),
        (held(BEGAN), held(replace(BEGAN, name="May")), "Renamed a workshop"),
        (held(BEGAN), held(ENDED), "Ended a workshop"),
        (held(ENDED), held(BEGAN), "Went on with a workshop"),
        (held(SHOWN), held(replace(TYPED, ended_at=TUESDAY)), "Noted reactions of a workshop; ended a workshop"),
        (held(BEGAN), NONE, "Took out a workshop"),
        (NONE, report(title="Canary"), "Changed the report's own text"),
        (NONE, report(own=(("limits", "Canary"),)), "Changed the report's own text"),
        (report(own=(("limits", "Canary"),)), NONE, "Changed the report's own text"),
        (NONE, report(left_out=("more",)), "Changed the sections of the report"),
        (NONE, report(logo=PIXEL), "Changed the report's logo"),
        (NONE, NONE, "Saved again"),
        (telling(), telling(), "Saved again"),
        (
            NONE,
            replace(ORDER, workshops=(BEGAN,), report=ReportText(title="Canary")),
            "Changed the running order; began a workshop; changed the report's own text",
        ),
    ],
)
def test_each_change_has_its_words(earlier: Telling, later: Telling, words: str) -> None:
    study = pilot()
    assert what_changed(study.beside(telling=earlier), study.beside(telling=later)) == words


def test_the_words_stand_behind_those_of_the_data() -> None:
    later = with_after(pilot()).renamed("North").beside(telling=ORDER)
    assert what_changed(pilot(), later) == "Added after.csv; renamed the study; changed the running order"


def test_nothing_typed_stands_in_an_outline() -> None:
    told = Telling(
        ORDER.order, (FOLLOWED, replace(SENT, began_at=TUESDAY)), ReportText("Canary", own=(("more", "Canary"),))
    )
    assert "canary" not in json.dumps(outline(Study.empty().beside(telling=told))).lower()


def test_an_outline_of_an_earlier_release_says_nothing_of_it() -> None:
    earlier = {name: value for name, value in outline(pilot()).items() if name != "telling"}
    assert difference(earlier, outline(pilot())) == "Saved again"
    assert difference(earlier, outline(pilot().beside(telling=ORDER))) == "Changed the running order"
    assert difference(earlier, earlier) == "Saved again"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


def changes(store: Store, kept: str) -> list[str]:
    """The words of each version, the newest first."""
    return [version.changed for version in store.versions(kept)]


def test_a_change_of_the_telling_alone_makes_a_version_with_words(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    study = store.open(kept).beside(telling=telling())
    assert store.save(kept, study, after=1, at=TUESDAY) == 2
    assert store.save(kept, study, after=2, at=WEDNESDAY) == 2
    assert store.open(kept).telling == telling()
    assert store.open(kept, 1).telling == Telling()
    assert changes(store, kept) == [
        "Changed the running order; held a workshop; began a workshop; changed the report's own text;"
        " changed the sections of the report; changed the report's logo",
        "Kept for the first time",
    ]
    assert store.open(kept).fingerprint == pilot().fingerprint


def test_a_copy_has_it_too(store: Store) -> None:
    kept = store.keep(pilot().beside(telling=telling()), at=MONDAY)
    assert store.open(store.copy(kept, "Copy", at=TUESDAY)).telling == telling()


def test_versions_share_one_logo(store: Store, tmp_path: Path) -> None:
    study = pilot().beside(telling=telling())
    kept = store.keep(study, at=MONDAY)
    for number in (1, 2, 3):
        study = study.beside(telling=study.telling.with_order([Screen(f"f{number}", "{}")]))
        store.save(kept, study, after=number, at=TUESDAY)
    with closing(sqlite3.connect(tmp_path / "studies.sqlite")) as connection:
        members = [json.loads(one) for (one,) in connection.execute("SELECT members FROM versions")]
    assert len({one["telling/said.json"] for one in members}) == 4
    assert len({one["telling/logo.json"] for one in members}) == 1


def test_going_back_brings_back_order_and_words_but_no_workshop_is_undone(store: Store) -> None:
    old = replace(ORDER, workshops=(BEGAN,), report=ReportText(title="Old", logo=PIXEL))
    new = Telling(None, (replace(FOLLOWED, ended_at=TUESDAY), replace(BEGAN, began_at=TUESDAY)), ReportText("New"))
    kept = store.keep(pilot().beside(telling=old), at=MONDAY)
    store.save(kept, pilot().beside(telling=new), after=1, at=TUESDAY)
    assert store.go_back(kept, 1, after=2, at=WEDNESDAY) == 3
    assert store.open(kept).telling == replace(old, workshops=new.workshops)
    assert store.open(kept, 2).telling == new
    assert changes(store, kept)[0] == "Went back to version 1"


def test_going_back_before_the_first_workshop_keeps_it(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, pilot().beside(telling=held(ENDED)), after=1, at=TUESDAY)
    assert store.go_back(kept, 1, after=2, at=WEDNESDAY) == 2  # nothing else had changed
    assert store.open(kept).telling == held(ENDED)


def test_withdrawal_leaves_it_in_every_version(store: Store) -> None:
    kept = store.keep(pilot().beside(telling=telling()), at=MONDAY)
    store.save(kept, with_after(pilot()).beside(telling=ORDER), after=1, at=TUESDAY)
    assert store.withdraw(kept, "staff", "B2") == 2
    assert store.open(kept, 1).telling == telling()
    assert store.open(kept, 2).telling == ORDER
    assert Person("staff", "B2").respondent_id not in set(store.open(kept, 2).responses["respondent_id"])
