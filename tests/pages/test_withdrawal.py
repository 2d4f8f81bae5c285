"""A person withdraws: found by identifier alone, removed only when it was said that this can not be undone."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from evalcore.withdrawal import Person, rows_of
from tests.pages import frame, studying
from tests.withdrawal.traces import traces

WHO = "Identifier of the person who withdraws"
SURE = "I understand that this can not be undone"
ANY = "any role: everyone of this identifier"
REMOVE = "Remove this person from every version"
FILES = (
    ("people.csv", frame.answers([("QX71", "pre", 2), ("qx-71", "post", 3), ("QX72", "pre", 3), ("QX72", "post", 3)])),
    ("asked.csv", b"respondent_id,role\nQX 71,service user\nQX72,service user\nQX71,staff\n"),
)


def opened(*files: tuple[str, bytes]) -> AppTest:
    return frame.with_files(*(files or FILES), slug="studies")


def ask(at: AppTest, identifier: str, role: str = "service user") -> AppTest:
    """Say who withdraws."""
    if any(box.label == "Role" for box in at.main.selectbox):
        studying.box(at, "Role").select(role)
    return studying.field(at, WHO).set_value(identifier).run()


def removable(at: AppTest) -> bool:
    return any(button.label == REMOVE for button in at.main.button)


def notices(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.info)


def test_a_person_is_removed_and_only_a_count_is_left() -> None:
    at = ask(opened(), "qx 71")
    assert "Stands in 3 rows of 2 files." in frame.words(at)
    assert studying.button(at, REMOVE).disabled
    at = studying.press(studying.tick(at, SURE), REMOVE)
    assert frame.calm(at)
    assert "1 person withdrew and was removed." in notices(at)
    left = studying.study_of(at)
    assert rows_of(left, Person("service user", "QX71")) == ()
    assert left.responses["respondent_id"].unique().tolist() == ["QX72"]
    assert left.roster["role"].tolist() == ["service user", "staff"]
    assert studying.field(at, WHO).value == ""
    assert not removable(at)
    assert "1 person withdrew and was removed." in frame.words(at.run())


def test_nobody_is_hinted_at_and_nothing_typed_stands_in_the_address() -> None:
    at = ask(opened(), "QX7")
    assert "Nobody of this identifier and role is here." in notices(at)
    assert not removable(at)
    assert "QX7" not in frame.words(at).replace(WHO, "")
    at = ask(at, "QX72")
    assert "Stands in 3 rows of 2 files." in frame.words(at)
    assert "qx7" not in str(frame.address(at)).casefold()


def test_the_role_is_asked_for_where_there_are_several() -> None:
    at = ask(opened(), "QX71", role="staff")
    assert "Stands in 1 row of 1 file." in frame.words(at)
    assert "Stands in 4 rows of 2 files." in frame.words(ask(at, "QX71", role=ANY))
    at = opened(FILES[0])
    assert not any(box.label == "Role" for box in at.main.selectbox)
    assert "Stands in 2 rows of 1 file." in frame.words(ask(at, "QX72"))


def test_it_is_said_what_a_removal_does_not_reach() -> None:
    said = frame.words(opened())
    for words in ("taken along or sent", "survey files on your own disk", "free text", "brings the person back"):
        assert words in said


def test_a_person_is_removed_from_every_version_that_is_kept() -> None:
    at = studying.press(opened(), studying.KEEP)
    (entry,) = studying.store().entries()
    at = studying.press(studying.tick(ask(at, "QX71"), SURE), REMOVE)
    assert frame.calm(at)
    assert "1 person withdrew and was removed." in notices(at)
    for version in studying.store().versions(entry.study_id):
        held = studying.store().open(entry.study_id, version.number)
        assert rows_of(held, Person("service user", "QX71")) == ()
        assert traces(held, "QX-71", "QX 71") == set()


def test_a_person_who_stands_in_an_earlier_version_alone_can_be_removed() -> None:
    at = studying.press(opened(), studying.KEEP)
    (entry,) = studying.store().entries()
    later = studying.study_of(at).without("people.csv").without("asked.csv")
    assert studying.store().save(entry.study_id, later, after=1, at=studying.now()) == 2
    at = ask(frame.dashboard("studies", study=entry.study_id), "QX71", role=ANY)
    assert "An earlier version or a copy may still hold them" in notices(at)
    assert len(studying.box(at, "Role").options) == 4, "nobody of this version has a role, but of an earlier one"
    at = studying.press(studying.tick(at, SURE), REMOVE)
    assert frame.calm(at)
    assert "Nobody of this identifier and role is left in any version." in notices(at)
    assert traces(studying.store().open(entry.study_id, 1), "QX71", "QX-71", "QX 71") == set()


def test_nobody_of_the_sample_study_or_of_an_empty_one_can_withdraw() -> None:
    for at in (frame.dashboard("studies"), frame.empty("studies")):
        assert frame.calm(at)
        assert not any(field.label == WHO for field in at.main.text_input)
    assert "This study has no files yet" in notices(at)
