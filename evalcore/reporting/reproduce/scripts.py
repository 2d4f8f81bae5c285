"""The scripts that compute the main numbers of a study again from its data files: they hold no data themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evalcore.findings import Scores, sites
from evalcore.findings.people.basis import People
from evalcore.findings.people.measured import LEAST_FOR_AN_INTERVAL
from evalcore.findings.people.ogrs_basis import used_scores
from evalcore.outcomes.choices import check_known
from evalcore.outcomes.signed_rank import EXACT_UP_TO
from evalcore.profile.ogrs_choice import FILE
from evalcore.reporting.archive import zipped
from evalcore.reporting.reproduce.computed import LEAST_PAIRS_FOR_TESTS
from evalcore.reporting.reproduce.definitions import need_forms, questionnaires, role_groups, section_labels
from evalcore.reporting.reproduce.literals import python_literal, r_literal
from evalcore.study import Study

_FOLDER = Path(__file__).parent
_TEMPLATES = {"main_numbers.py": "main_numbers.py.txt", "main_numbers.R": "main_numbers.R.txt"}
_LITERALS: Mapping[str, Callable[[Any], str]] = {"main_numbers.py": python_literal, "main_numbers.R": r_literal}
_COUNTED = "The caseload is known as counts only: its numbers can not be computed again from rows."
_PUBLISHED = "The caseload is known from published figures only: its numbers can not be computed again from rows."
_COMPUTED = "The OGRS scores of the report were computed from their parts: these scripts take scores from a file only."


def reproduction_files(study: Study, *, site: str | None = None) -> dict[str, bytes]:
    """Return a Python and an R script that print the main numbers of a study from its data files, and a read me.

    There are no data in them: the name and the fingerprint of the study, how its questionnaires are scored, and the
    formulas. They share no code with this package. What they read is what `data_files` gives; what they print is what
    `main_numbers` gives.

    Parameters
    ----------
    study : Study
    site : str, optional
        Only the people of one site.

    Returns
    -------
    dict of str to bytes
        `main_numbers.py`, `main_numbers.R` and `READ ME.txt`, in UTF-8.

    Raises
    ------
    UnknownNameError
        If no table of the study names the site; the message lists those that do.

    Examples
    --------
    >>> files = reproduction_files(Study.empty("Pilot"))
    >>> list(files), b"Study:        Pilot" in files["main_numbers.R"]
    (['main_numbers.py', 'main_numbers.R', 'READ ME.txt'], True)
    """
    if site is not None:
        check_known((site,), sites(study), "site")
    notes = _notes(study)
    words = {
        "STUDY": _on_one_line(study.name),
        "FINGERPRINT": study.fingerprint,
        "PEOPLE": "all sites" if site is None else f"only those of {_on_one_line(site)}",
        "LEAST_INTERVAL": str(LEAST_FOR_AN_INTERVAL),
        "LEAST_TESTS": str(LEAST_PAIRS_FOR_TESTS),
        "EXACT_UP_TO": str(EXACT_UP_TO),
    }
    values = {
        "SITE": site,
        "GROUPS": role_groups(),
        "QUESTIONNAIRES": questionnaires(Scores(study)),
        "NEED_FORMS": need_forms(),
        "SECTIONS": section_labels(),
        "NOTES": notes,
    }
    files = {
        name: _filled(template, words | {key: _LITERALS[name](value) for key, value in values.items()})
        for name, template in _TEMPLATES.items()
    }
    said = "".join(f"    {note}\n" for note in notes)
    return files | {"READ ME.txt": _filled("read_me.txt", words | {"NOTES": said})}


def reproduction_zip(study: Study, *, site: str | None = None) -> bytes:
    """Return `reproduction_files` as a zip: the same bytes for the same study.

    >>> reproduction_zip(Study.empty())[:2]
    b'PK'
    """
    return zipped(reproduction_files(study, site=site))


def _notes(study: Study) -> list[str]:
    """What stands in the report and can not be computed again from rows."""
    notes = []
    if len(study.cases) and not len(study.caseload):
        if len(study.counted):
            notes.append(_COUNTED)
        elif len(study.published):
            notes.append(_PUBLISHED)
    if len(study.cases) and used_scores(People(study)).scores.key != FILE:
        notes.append(_COMPUTED)
    return notes


def _filled(template: str, words: Mapping[str, str]) -> bytes:
    """Fill a template in one go: what is filled in is not looked at again."""
    text = (_FOLDER / template).read_text(encoding="utf-8")
    return re.sub("@@([A-Z_]+)@@", lambda found: words[found[1]], text).encode()


def _on_one_line(text: str) -> str:
    """A text as it may stand in a comment: nothing in it ends the line, closes the quotes, or can not be seen."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.replace('"', "'").replace("\\", "/").split())
