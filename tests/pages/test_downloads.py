"""What leaves: the outside form by default, escaped, with the policy under it, and recorded."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalcore import DisclosurePolicy, Study, apply_disclosure, sample_study
from evalcore.columns import STAFF
from evalcore.findings import Column, Finding, build, findings_for, measures
from evalcore.intake import read_any
from evalcore.leaving import Export
from pages._shared import downloads
from tests.pages import frame

FOLDED = "Downloads, and what is hidden outside"


def finding(kind: str, slug: str) -> Finding:
    study = sample_study()
    return build(kind, study, next(one for one in measures(study) if one.slug == slug))


def released(found: Finding) -> tuple[Finding, list[str]]:
    release = apply_disclosure((found,), DisclosurePolicy())
    return release.findings[0], downloads.outside_lines(release.findings[0], release)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def opened(slug: str, key: str, **address: str) -> Any:
    return frame.open_part(frame.dashboard(slug, **address), FOLDED, key)


CHANGE = "change.swemwbs.total.service-users"
LINK = {"measure": "swemwbs.total.service-users"}


def test_the_table_to_share_has_the_released_cells_and_the_policy_under_it() -> None:
    shared, lines = released(finding("groups", "swemwbs.total.service-users"))
    rows = read(downloads.table_file(shared, lines))
    assert rows[0] == [column.label for column in shared.columns]
    largest = rows[0].index("Largest")
    assert {row[largest] for row in rows[1:7]} <= {"[c]", ""}
    below = [row[0] for row in rows[8:]]
    assert shared.sentence in below
    assert f"Source: {shared.source}" in below
    assert f"Definition: {shared.definition}" in below
    for line in DisclosurePolicy().lines():
        assert f"Policy: {line}" in below
    assert any(line.startswith("Hidden or changed under the policy below: ") for line in below)


def test_what_is_shared_does_not_tell_why_a_single_count_is_hidden() -> None:
    found = finding("reasons", "swemwbs.total.service-users")
    grounds = set(apply_disclosure((found,), DisclosurePolicy()).hidden["reason"])
    assert any("none or all" in ground for ground in grounds)
    _, lines = released(found)
    assert not [line for line in lines if not line.startswith("Policy: ") and any(ground in line for ground in grounds)]


def test_what_is_shared_does_not_name_the_files() -> None:
    for kind in ("trail", "summary", "groups", "change", "leavers", "reasons"):
        found = finding(kind, "swemwbs.total.service-users")
        assert found.files == ("responses.csv", "roster.csv")
        shared, lines = released(found)
        assert not shared.files
        assert not [line for line in lines if ".csv" in line]


def test_a_table_to_share_of_the_staff_case_does_not_give_one_person_away() -> None:
    found = finding("groups", "gse.total.staff-and-volunteers")
    shared, lines = released(found)
    rows = {row[0]: row for row in read(downloads.table_file(shared, lines)) if row}
    assert STAFF in found.title
    assert "[c]" in (rows["All, before"][2], rows["Matched, before"][2])


def test_nobody_stands_in_what_is_shared() -> None:
    for kind in ("trail", "summary", "groups", "change", "leavers", "reasons"):
        shared, lines = released(finding(kind, "swemwbs.total.service-users"))
        text = downloads.table_file(shared, lines).decode("utf-8-sig")
        assert not any(person in text for person in sample_study().roster["respondent_id"])


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-x", "@sum", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_escaped(cell: str) -> None:
    assert downloads.safe(cell) == f"'{cell}"
    rows = read(downloads.rows_file(pd.DataFrame({"found": [cell], cell: ["x"]})))
    assert rows[1][0] == f"'{cell}"
    assert rows[0][1] == f"'{cell}"


def test_numbers_stay_numbers_and_what_is_missing_is_blank() -> None:
    table = pd.DataFrame({"change": [-0.876, np.nan], "n": [7.0, np.nan], "p_value": [0.0001, 0.25]})
    columns = (Column("change", "Change", "mean", 2), Column("n", "n", "fieldwork"), Column("p_value", "p", "test", 3))
    base = finding("summary", "gse.total.service-users")
    shown = type(base)(**{**vars(base), "table": table, "columns": columns})
    assert read(downloads.table_file(shown, []))[1:3] == [["-0.88", "7", "< 0.001"], ["", "", "0.25"]]


def test_the_spreadsheet_is_told_its_encoding() -> None:
    assert downloads.rows_file(pd.DataFrame({"a": ["é"]})).startswith(b"\xef\xbb\xbf")


def test_a_file_name_holds_no_label() -> None:
    study = sample_study()
    measure = measures(study)[0]
    name = downloads.file_name(build("change", study, measure, "Site 2"))
    assert name == "change_gse_total_service-users_site-2"


def test_what_is_hidden_is_said_before_anything_leaves() -> None:
    at = opened("before_after", CHANGE, **LINK)
    said = frame.words(at)
    assert "Hidden or changed in what is shared" in said
    assert DisclosurePolicy().lines()[0] in said
    labels = [button.label for button in at.main.get("download_button")]
    assert labels == ["Table to share (CSV)", "Figure to share (web page)"]


def test_what_is_shared_is_recorded_and_counts_for_the_next_release() -> None:
    at = opened("before_after", CHANGE, **LINK)
    assert at.session_state["study"].exports == ()
    at.main.download_button[0].click().run()
    (export,) = at.session_state["study"].exports
    assert (export.finding, export.form) == (CHANGE, "share")
    assert export.groups


@pytest.mark.parametrize(("other", "said"), [("means.study", True), (CHANGE, False)])
def test_a_file_that_was_made_before_another_one_left_is_to_be_taken_again(other: str, said: bool) -> None:
    at = opened("before_after", CHANGE, **LINK)
    at.session_state["study"] = at.session_state["study"].record(Export(other, "share", (), "2026-05-03T09:00:00Z"))
    at.main.download_button[0].click().run()
    assert [one.finding for one in at.session_state["study"].exports] == [other, CHANGE]
    assert ("Delete it, and take it again." in frame.words(at)) is said


def test_a_working_copy_takes_a_deliberate_act_and_is_recorded_as_internal() -> None:
    at = opened("before_after", CHANGE, **LINK)
    assert not any("Working copy" in button.label for button in at.main.get("download_button"))
    at.main.checkbox(key=f"internal {CHANGE}").check().run()
    copy = next(button for button in at.main.download_button if "Working copy of the table" in button.label)
    copy.click().run()
    (export,) = at.session_state["study"].exports
    assert (export.finding, export.form, export.groups) == (CHANGE, "internal", ())


def test_an_export_leaves_the_numbers_and_the_caches_as_they_were() -> None:
    at = opened("before_after", CHANGE, **LINK)
    before = at.session_state["study"].fingerprint
    at.main.download_button[0].click().run()
    assert at.session_state["study"].fingerprint == before


def test_the_list_of_problems_is_internal_by_name() -> None:
    at = frame.with_files(("cells.csv", b"respondent_id,wave,role,gse_1\nQ1,pre,staff,9\n"), slug="add_data")
    at.main.download_button(key="download INTERNAL_problems.csv").click().run()
    assert at.session_state["study"].exports[0].form == "internal"


@pytest.mark.parametrize("slug", ["overview", "questionnaires", "before_after"])
@pytest.mark.parametrize("file", [frame.TWO_PEOPLE, frame.ONLY_BEFORE], ids=["two people", "only before"])
def test_every_figure_of_a_study_without_a_list_of_those_asked_can_be_opened_for_download(
    slug: str, file: tuple[str, bytes]
) -> None:
    """Then nobody knows how many were asked: a blank in a column of whole numbers."""
    at = frame.with_files(file, slug=slug)
    for found in findings_for(Study.empty().add(read_any(file[1], name=file[0])), resamples=0):
        at.session_state[f"{FOLDED} {found.id}"] = True
    assert frame.calm(at.run())
    assert at.main.get("download_button")
