"""A study taken along as a file, and opened again; a file that is not as it must be changes nothing."""

from __future__ import annotations

import pytest

from evalcore import Study
from evalcore.leaving import Export
from evalcore.storage import check_passphrase, is_sealed, open_study, study_bytes
from evalcore.storage.folder import default_folder
from tests.pages import frame
from tests.pages.studying import button, field, files, give, kept, made, press, study_of, tick, two_people

PASSPHRASE = "seven grey herons fly over Leeds"


def test_the_study_is_taken_along_as_it_is_and_made_again_when_it_has_changed() -> None:
    at = two_people()
    assert files(at) == []
    at = press(at, "Make the file")
    assert frame.calm(at)
    assert files(at) == ["Working copy of the whole study"]
    assert open_study(made(at)).fingerprint == study_of(at).fingerprint
    assert "not sealed" in frame.words(at)
    at = frame.go(at, "plan")
    at.main.text_input(key="draft rival what").set_value("An office move").run()
    at = frame.go(press(at, "Note this explanation"), "studies")
    assert "The study has changed since the file was made." in frame.words(at)
    assert files(at) == []


def test_the_file_is_still_offered_once_it_was_taken_but_not_once_something_else_left() -> None:
    at = press(two_people(), "Make the file")
    at.session_state["study"] = study_of(at).record(Export("study file", "internal"))
    assert files(at.run()) == ["Working copy of the whole study"]
    at.session_state["study"] = study_of(at).record(Export("summary.gse.total.service-users", "share"))
    assert files(at.run()) == []


def test_a_passphrase_seals_the_file_and_one_that_is_too_short_makes_none() -> None:
    at = two_people()
    at.main.text_input(key="passphrase of the file").set_value("short").run()
    at = press(at, "Make the file")
    assert [one.value for one in at.main.error] == [check_passphrase("short")]
    assert files(at) == []
    at.main.text_input(key="passphrase of the file").set_value(PASSPHRASE).run()
    at = press(at, "Make the file")
    assert frame.calm(at)
    assert is_sealed(made(at))
    assert "sealed with the passphrase" in frame.words(at)
    assert open_study(made(at), passphrase=PASSPHRASE).fingerprint == study_of(at).fingerprint
    assert PASSPHRASE not in str(frame.address(at))


def test_a_file_is_opened_in_place_of_the_sample_study_and_is_not_kept_by_that() -> None:
    there = study_of(two_people()).renamed("Along")
    at = press(give(frame.dashboard("studies"), study_bytes(there)), "Open this file")
    assert frame.calm(at)
    assert (study_of(at).name, study_of(at).fingerprint) == ("Along", there.fingerprint)
    assert "“Along” is open. It is not kept on this machine yet." in frame.words(at)
    assert not default_folder().exists()
    assert "Open this file" not in [one.label for one in at.main.button]


def test_before_a_study_that_is_not_kept_is_given_up_for_a_file_it_is_asked() -> None:
    at = give(two_people(), study_bytes(Study.empty("Along")))
    assert "The study that is open is not kept. Open the file all the same?" in frame.words(at)
    assert button(at, "Open this file").disabled
    at = press(tick(at, "Open the file all the same"), "Open this file")
    assert study_of(at).name == "Along"


def test_a_sealed_file_asks_for_its_passphrase() -> None:
    at = give(frame.dashboard("studies"), study_bytes(Study.empty("Along"), passphrase=PASSPHRASE))
    at = press(at, "Open this file")
    assert len(at.main.error) == 1
    field(at, "Passphrase of this file").set_value(PASSPHRASE[:-1]).run()
    at = press(at, "Open this file")
    assert "What was open is still open." in at.main.error[0].value
    field(at, "Passphrase of this file").set_value(PASSPHRASE).run()
    at = press(at, "Open this file")
    assert frame.calm(at)
    assert study_of(at).name == "Along"


@pytest.mark.parametrize("damage", [lambda data: data[:-40], lambda data: b"PK" + data[40:], lambda _: b"nothing"])
def test_a_damaged_file_says_so_and_what_was_open_stays(damage) -> None:
    at = kept()
    before = study_of(at).fingerprint
    at = press(give(at, damage(study_bytes(Study.empty("Along")))), "Open this file")
    assert len(at.main.error) == 1
    assert at.main.error[0].value.endswith("What was open is still open.")
    assert study_of(at).fingerprint == before
