"""What a person does on the page Add data, for its tests."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages import frame

ITEMS = tuple(f"gse_{number}" for number in range(1, 11))


def give(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Hand files to the uploader."""
    at.file_uploader(key="files").set_value([(name, data, "text/csv") for name, data in files]).run()
    return at


def page_with(*files: tuple[str, bytes]) -> AppTest:
    """The page with a study of these files."""
    return give(frame.dashboard("add_data"), *files)


def files_of(at: AppTest) -> list[str]:
    """The files of the study, as the page lists them."""
    found = [table for table in frame.tables(at) if "Recognised as" in table.columns]
    return [name.replace("\\", "") for name in found[0]["File"]] if found else []


def used(at: AppTest) -> list[str]:
    """How many rows of each file are used, as the page says."""
    found = [table for table in frame.tables(at) if "Recognised as" in table.columns]
    return found[0]["Rows used"].tolist() if found else []


def press(at: AppTest, label: str) -> AppTest:
    """Press the first button whose label begins so."""
    next(button for button in at.main.button if plain(button.label).startswith(label)).click().run()
    return at


def choose(at: AppTest, label: str, option: str) -> AppTest:
    """Choose the first option that begins so in the first select box whose label begins so."""
    box = next(box for box in at.main.selectbox if plain(box.label).startswith(label))
    at_place = next(place for place, text in enumerate(box.options) if text.startswith(option))
    box.select_index(at_place).run()
    return at


def labels(at: AppTest) -> list[str]:
    """What the select boxes of the page are called."""
    return [plain(box.label) for box in at.main.selectbox]


def buttons(at: AppTest) -> list[str]:
    """What the buttons of the page are called."""
    return [plain(button.label) for button in at.main.button]


def check(at: AppTest, name: str) -> AppTest:
    """Open "Check how it was read" of a file of the study."""
    at.session_state[f"check  {name}"] = True
    return at.run()


def column(at: AppTest, heading: str, *headings: str) -> list[str]:
    """One column of the first table that has these headings, as it is read."""
    return [plain(cell) for cell in frame.table_with(at, heading, *headings)[heading]]


def plain(label: str) -> str:
    """A label without the marks that keep it from being read as Markdown."""
    return label.replace("\\", "")


def table(header: str, *lines: str) -> bytes:
    """A CSV file."""
    return "\n".join([header, *lines]).encode()


def gse(person: str, *before: str, code: str = "3") -> str:
    """A line of ten equal answers to GSE behind what stands before them."""
    return ",".join([person, *before, *[code] * len(ITEMS)])
