"""What a person does on the page Studies, for its tests, and what another window of the same machine sees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streamlit.testing.v1 import AppTest

from evalcore import Study
from evalcore.intake import read_questionnaires
from evalcore.storage.folder import default_folder
from evalcore.storage.store import Store
from tests.pages import frame

KEEP = "Keep this study on this machine"
GONE = "I understand that it is gone for good"
PICK = "Study to open, name, copy or delete"
NASTY = "*Pilot* <b>North</b> $x$"
CHANGED = ["Kept for the first time", "Added third.csv"]
THIRD = frame.answers([("Q3", "pre", 2), ("Q3", "post", 4)])


def store() -> Store:
    """What another window of the same machine sees."""
    return Store.in_folder(default_folder())


def two_people() -> AppTest:
    return frame.with_files(frame.TWO_PEOPLE, slug="studies")


def button(at: AppTest, label: str):
    return next(one for one in at.main.button if one.label == label)


def press(at: AppTest, label: str) -> AppTest:
    return button(at, label).click().run()


def field(at: AppTest, label: str):
    return next(one for one in at.main.text_input if one.label == label)


def box(at: AppTest, label: str):
    return next(one for one in at.main.selectbox if one.label == label)


def tick(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.main.checkbox if one.label.startswith(label)).check().run()


def opened(at: AppTest, key: str) -> AppTest:
    """Open a folded part."""
    at.session_state[key] = True
    return at.run()


def kept() -> AppTest:
    """A study of two people that is kept, on the page."""
    return press(two_people(), KEEP)


def study_of(at: AppTest) -> Study:
    found: Study = at.session_state["study"]
    return found


def listed(at: AppTest, *headings: str) -> list[dict[str, str]]:
    """The first table with these headings, line by line and letter for letter."""
    found = [table for table in frame.tables(at) if set(headings) <= set(table.columns)]
    plain = found[0].map(lambda cell: cell.replace("\\", "")) if found else None
    return [] if plain is None else plain.to_dict("records")


def studies(at: AppTest) -> list[dict[str, str]]:
    return listed(at, "Name", "Last saved")


def history(at: AppTest) -> list[dict[str, str]]:
    return listed(at, "Version", "What changed")


def now(days: int = 0) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


def with_third(study: Study) -> Study:
    return study.add(read_questionnaires(THIRD, name="third.csv"))


def files(at: AppTest) -> list[str]:
    return [one.proto.label for one in at.main.get("download_button")]


def made(at: AppTest) -> bytes:
    """The file that was made, as the session holds it for the download."""
    found: bytes = at.session_state["study file made"][1]
    return found


def give(at: AppTest, data: bytes) -> AppTest:
    """Hand a file to the uploader."""
    at.file_uploader[0].set_value([("along.study", data, "application/octet-stream")])
    return at.run()


def chosen(at: AppTest, study_id: str) -> AppTest:
    return box(at, "Study to open, name, copy or delete").select(study_id).run()


def two_kept() -> dict[str, str]:
    """Two studies that were kept before: their identifiers by name."""
    return {
        "North": store().keep(Study.empty("North"), at="2026-05-03T09:15:00+00:00"),
        "South": store().keep(with_third(Study.empty("South")), at="2026-06-03T09:15:00+00:00"),
    }


def grown() -> AppTest:
    """A kept study whose second version has a third person more, saved in another window."""
    at = kept()
    (entry,) = store().entries()
    store().save(entry.study_id, with_third(study_of(at)), after=1, at=now())
    return at.run()
