"""Survey tools' files, from upload to a result, by a person who reads no manual: eight actions at most."""

from __future__ import annotations

import statistics
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser import actions
from tests.intake.exports import forms, qualtrics
from tests.intake.exports.people import NAMES, POST, PRE, cells, codes, in_words
from tests.intake.exports.reading import expected_scores
from tests.intake.made import csv_bytes

pytestmark = pytest.mark.browser

MOST = 8
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Counted:
    """What a person does, each action counted and kept by its name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: list[str] = []

    def visit(self, url: str) -> None:
        self._count("open the dashboard")
        actions.visit(self.page, url)

    def go_to(self, title: str) -> None:
        self._count(f"go to {title}")
        actions.go_to(self.page, title)

    def upload(self, *files: dict[str, object]) -> None:
        self._count(f"upload {' and '.join(str(file['name']) for file in files)}")
        actions.upload(self.page, *files)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a question; the question goes away once it is answered."""
        self._count(f"answer “{label}” with “{option}”")
        actions.pick(self.page, label, option)
        expect(self.page.get_by_role("combobox", name=label)).to_have_count(0)
        actions.settle(self.page)

    def _count(self, action: str) -> None:
        self.done.append(action)
        sys.stdout.write(f"{len(self.done)}. {action}\n")


def forms_file(wave: str, name: str) -> dict[str, object]:
    """A workbook of Microsoft Forms, in which nobody left anything out."""
    lines = forms.answered(wave, {})
    data = forms.table_bytes([str(heading) for heading in forms.HEADINGS], lines.rows[1:])
    return {"name": name, "mimeType": WORKBOOK, "buffer": data}


def qualtrics_file(wave: str, name: str) -> dict[str, object]:
    """A Qualtrics file in choice text, in which nobody left anything out."""
    lines = qualtrics.survey("swemwbs", wave, "Q14", in_words, False, {})
    return {"name": name, "mimeType": "text/csv", "buffer": csv_bytes(lines.rows)}


def mean(wave: str) -> str:
    """The mean of the six people's scores, as the page writes it."""
    truths = [expected_scores("swemwbs", cells("swemwbs", who, wave)[1]) for who in NAMES]
    return f"{statistics.mean(truth['total'] for truth in truths):.1f}"


def expect_result(page: Page) -> None:
    """The matched result stands on the page, with the means of the six people."""
    main = page.get_by_test_id("stMain")
    assert len(codes("swemwbs", NAMES[0], PRE)) == 7
    expect(main).to_contain_text(f"n = {len(NAMES)}")
    expect(main).to_contain_text(f"the mean was {mean(PRE)} points before")
    expect(main).to_contain_text(mean(POST))


def test_a_forms_workbook_and_a_qualtrics_file_that_do_not_say_their_wave(page: Page, dashboard: str) -> None:
    person = Counted(page)
    before = forms_file(PRE, "How are you(1-7).xlsx")
    after = qualtrics_file(POST, "Wellbeing+survey_June 16, 2026_11.03.csv")
    person.visit(dashboard)
    person.go_to("Add data")
    person.upload(before, after)
    person.choose("How are you", "Before")
    person.choose("Wellbeing+survey", "After")
    person.go_to("Before and after")
    expect_result(page)
    assert len(person.done) <= MOST, person.done


@pytest.mark.parametrize(("make", "ending"), [(forms_file, "xlsx"), (qualtrics_file, "csv")])
def test_a_pair_of_files_that_say_their_wave(page: Page, dashboard: str, make, ending) -> None:
    person = Counted(page)
    person.visit(dashboard)
    person.go_to("Add data")
    person.upload(make(PRE, f"wellbeing baseline.{ending}"), make(POST, f"wellbeing follow-up.{ending}"))
    person.go_to("Before and after")
    expect_result(page)
    assert len(person.done) <= MOST, person.done
