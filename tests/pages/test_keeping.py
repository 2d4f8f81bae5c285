"""A study that is kept is there again, says what is not saved, and never passes over another window's work."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evalcore.errors import StorageError
from evalcore.intake.people.pseudonyms import pseudonym
from evalcore.storage.store import Store
from tests.pages import adding, frame

ASKED = "Keep this study on this machine?"
NOT_KEPT = "Not kept:"


def folder() -> Path:
    return Path(os.environ["EVALUATION_DASHBOARD_DATA"])


def two_people(slug: str = "overview") -> AppTest:
    return frame.with_files(frame.TWO_PEOPLE, slug=slug)


def kept(slug: str = "overview") -> AppTest:
    return adding.press(two_people(slug), "Keep this study")


def link(at: AppTest) -> str:
    return frame.address(at)["study"]


def same(at: AppTest, slug: str = "overview", **address: str) -> AppTest:
    """Another window on the same study."""
    return frame.dashboard(slug, study=link(at), **address)


def how_kept(at: AppTest) -> str:
    return next(caption.value for caption in at.sidebar.caption if "ept" in caption.value)


def add_rival(at: AppTest, what: str) -> AppTest:
    frame.go(at, "plan")
    next(box for box in at.main.text_input if box.label.startswith("What could")).input(what).run()
    return adding.press(at, "Note this explanation")


def name_of(at: AppTest) -> str:
    return next(line.value for line in at.sidebar.markdown if line.value.startswith("**Study:**"))


@pytest.mark.parametrize("slug", frame.SLUGS)
def test_every_page_says_that_a_study_is_not_kept_and_asks_once(slug: str) -> None:
    at = two_people(slug)
    assert ASKED in frame.words(at)
    adding.press(at, "Not now")
    assert ASKED not in frame.words(at)
    assert NOT_KEPT in frame.words(at)
    assert not folder().exists()


def test_the_sample_study_is_not_asked_about_until_it_is_changed() -> None:
    at = frame.dashboard()
    assert ASKED not in frame.words(at)
    add_rival(at, "An office move")
    assert ASKED in frame.words(at)


def test_a_kept_study_is_there_again_by_its_link_with_what_was_added_since() -> None:
    at = kept()
    assert how_kept(at) == "Kept on this machine. Saved as version 1."
    assert ASKED not in frame.words(at)
    add_rival(at, "An office move")
    again = same(at, "plan")
    assert "An office move" in frame.words(again)
    assert how_kept(again) == "Kept on this machine. Saved as version 2."
    assert again.session_state["study"].fingerprint == at.session_state["study"].fingerprint


def test_the_view_comes_back_with_the_study() -> None:
    at = frame.go(kept(), "before_after")
    next(box for box in at.sidebar.selectbox if box.label == "People").select("service-users").run()
    store = Store.in_folder(folder())
    for _ in range(200):  # it is saved beside the drawing of the page
        if store.view(link(at)):
            break
        time.sleep(0.05)
    assert frame.address(same(at))["group"] == "service-users"


def test_an_unknown_link_is_said_and_shows_the_sample() -> None:
    at = AppTest.from_file(frame.APP, default_timeout=60)
    at.query_params["study"] = "nobody-knows-it"
    at.run()
    assert "is not kept on this machine" in " ".join(info.value for info in at.info)
    assert "study" not in frame.address(at)
    assert at.session_state["study_is_sample"]
    assert not folder().exists()


def test_a_window_that_only_looks_follows_what_another_one_saved() -> None:
    at = kept()
    other = same(at, "plan")
    add_rival(at, "An office move")
    other.run()
    assert "changed in another window" in " ".join(info.value for info in other.info)
    assert "An office move" in frame.words(other)


@pytest.fixture
def stale() -> AppTest:
    """A window whose last change was made beside a newer version of another window."""
    at = add_rival(kept(), "A new manager")
    other = frame.go(same(at), "plan")
    add_rival(at, "An office move")
    adding.press(other, "Take out number 1")
    assert "Another window saved this study meanwhile" in " ".join(warning.value for warning in other.warning)
    return other


def rivals(at: AppTest) -> set[str]:
    return {rival.what for rival in at.session_state["study"].rivals}


def test_mine_after_theirs_keeps_both_versions(stale: AppTest) -> None:
    adding.press(stale, "Save mine after version 3")
    assert how_kept(stale) == "Kept on this machine. Saved as version 4."
    assert rivals(stale) == set() == rivals(same(stale))


def test_mine_as_a_copy_leaves_theirs(stale: AppTest) -> None:
    theirs = link(stale)
    adding.press(stale, "Save mine as a copy")
    assert link(stale) != theirs
    assert name_of(stale) == "**Study:** Your study (copy)"
    assert rivals(stale) == set()
    assert rivals(frame.dashboard(study=theirs)) == {"A new manager", "An office move"}


def test_mine_dropped_shows_theirs(stale: AppTest) -> None:
    adding.press(stale, "Drop mine and show theirs")
    assert rivals(stale) == {"A new manager", "An office move"}
    assert how_kept(stale) == "Kept on this machine. Saved as version 3."


def test_what_can_not_be_saved_is_said_and_saved_later(monkeypatch: pytest.MonkeyPatch) -> None:
    at = kept()

    def full(*_: object, **__: object) -> int:
        raise StorageError("The disk is full. Free some space.")

    with monkeypatch.context() as disk:
        disk.setattr(Store, "save", full)
        add_rival(at, "An office move")
    assert "The last change is not saved." in " ".join(warning.value for warning in at.warning)
    assert rivals(at) == {"An office move"}
    adding.press(at, "Try to save again")
    assert "not saved" not in " ".join(warning.value for warning in at.warning)
    assert rivals(same(at)) == {"An office move"}


def test_a_study_whose_folder_is_gone_stays_open_and_is_not_kept_any_more() -> None:
    at = kept()
    for file in folder().iterdir():
        file.unlink()
    folder().rmdir()
    at.run()
    assert "not kept any more" in " ".join(info.value for info in at.info)
    assert how_kept(at) == "Not kept."
    assert len(at.session_state["study"].responses) == 4


def test_a_file_that_waits_for_an_answer_waits_in_the_kept_study() -> None:
    file = ("later.csv", adding.table(f"respondent_id,{','.join(adding.ITEMS)}", adding.gse("A1"), adding.gse("A2")))
    at = adding.page_with(frame.TWO_PEOPLE, file)
    assert len(at.session_state["study"].waiting) == 1
    adding.press(at, "Keep this study")
    again = same(at, "add_data")
    adding.choose(again, "later.csv", "After")
    assert again.session_state["study"].waiting == ()
    assert "later.csv" in adding.files_of(again)


def test_identifiers_that_wait_to_be_replaced_are_never_written() -> None:
    at = frame.dashboard("add_data")
    next(box for box in at.main.checkbox if box.label.startswith("Replace identifiers")).check().run()
    blank = ",".join(f"Thing {number}" for number in range(10))
    file = ("unknown.csv", adding.table(f"who,{blank}", adding.gse("SECRET1"), adding.gse("SECRET2")))
    adding.give(at, frame.TWO_PEOPLE, file)
    assert [one.name for one in at.session_state["study"].waiting] == ["unknown.csv"]
    adding.press(at, "Keep this study")
    assert same(at).session_state["study"].waiting == ()


def test_a_coded_file_is_not_read_again_in_clear_when_its_key_is_gone() -> None:
    at = frame.dashboard("add_data")
    next(box for box in at.main.checkbox if box.label.startswith("Replace identifiers")).check().run()
    key = next(field.value for field in at.main.text_input if field.label == "Your key")
    named = adding.table(f"respondent_id,wave,number,{','.join(adding.ITEMS)}", adding.gse("AB12", "pre", "N1"))
    adding.give(at, ("named.csv", named))
    adding.press(at, "Keep this study")
    again = adding.check(same(at, "add_data"), "named.csv")
    _take_number_for_identifier(again)
    assert "put in your key" in " ".join(error.value for error in again.error)
    assert again.session_state["study"].responses["respondent_id"].str.startswith("P-").all()
    next(box for box in again.main.checkbox if box.label.startswith("Replace identifiers")).check().run()
    next(field for field in again.main.text_input if field.label == "Your key").input(key).run()
    _take_number_for_identifier(again)
    assert again.session_state["study"].responses["respondent_id"].tolist() == [pseudonym("N1", key)]


def _take_number_for_identifier(at: AppTest) -> None:
    adding.choose(at, "Column", "3: number")
    adding.choose(at, "What it is", "Respondent")
    adding.press(at, "Use this")
