"""What marks one session's study, so that it is known again wherever it turns up: names, labels, answers, a mean."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import dataclass
from typing import Any

KINDS = {
    "id": "an identifier",
    "site": "a label of a site",
    "file": "the name of a file",
    "name": "the name of a study",
    "note": "another explanation that was noted",
}
MEAN = "means that only one study has"
MOST = 99
_MARK = re.compile(rf"({'|'.join(KINDS)})qz(\d\d)", re.IGNORECASE)
_MEANS = re.compile(r"the mean was (\d+\.\d) points before and (\d+\.\d) after")
_PEOPLE, _SITES, _ITEMS = 10, 2, 10
_LOWEST_MEAN, _RISE = 22.0, 2.0
_BEFORE = (2, 3, 2, 2, 3, 1, 2, 3, 2, 2)
_RISES = (0, 1, 4, 2, 3, 0, 5, 2, 1, 2)


@dataclass(frozen=True)
class Found:
    """One mark that stands somewhere: whose, and of which kind."""

    owner: int
    kind: str


@dataclass(frozen=True)
class Canary:
    """The marks of one session's study; beside them its means, which no other session's study has."""

    number: int

    @property
    def name(self) -> str:
        """What the study is called."""
        return self._marked("Name")

    @property
    def note(self) -> str:
        """What is noted as another explanation, which is printed beside every change."""
        return self._marked("Note")

    def file(self) -> dict[str, Any]:
        """A questionnaire file for the uploader: all identifiers, the sites, the name and the answers are marked."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(["respondent_id", "wave", "role", "site", *(f"gse_{at}" for at in range(1, _ITEMS + 1))])
        for site in range(_SITES):
            for person in range(_PEOPLE):
                who = f"{self._marked('id')}p{site}{person}"
                before = self._answers(person)
                for wave, answers in (("pre", before), ("post", _raised(before, _RISES[person]))):
                    writer.writerow([who, wave, "service user", f"{self._marked('Site')} {'NS'[site]}", *answers])
        # One person whose identifier was misspelt once: a near miss, which the pages ask about by name.
        for wave, end in (("pre", "x10"), ("post", "xl0")):
            writer.writerow([self._marked("id") + end, wave, "service user", f"{self._marked('Site')} N", *_BEFORE])
        data = text.getvalue().encode()
        return {"name": f"{self._marked('file')}.csv", "mimeType": "text/csv", "buffer": data}

    def _answers(self, person: int) -> list[int]:
        """Ten answers, turned for each person, raised so that the ten people's sums have the mean of this session."""
        turned = [*_BEFORE[person:], *_BEFORE[:person]]
        return _raised(turned, self.number // _PEOPLE + (person < self.number % _PEOPLE))

    def _marked(self, kind: str) -> str:
        return f"{kind}qz{self.number:02d}"


def _raised(answers: list[int], by: int) -> list[int]:
    """Raise the lowest answers by one each, from the left."""
    raised = list(answers)
    for _ in range(by):
        at = raised.index(min(raised))
        raised[at] += 1
    return raised


def marks(text: str) -> set[Found]:
    """Return the marks of any session that stand in a text."""
    found = {Found(int(number), KINDS[kind.lower()]) for kind, number in _MARK.findall(text)}
    return found | {Found(owner, MEAN) for owner in map(_owner, _MEANS.findall(text)) if owner}


def _owner(means: tuple[str, str]) -> int:
    """Whose means these are; 0 where they are nobody's."""
    before, after = map(float, means)
    owner = round(10 * (before - _LOWEST_MEAN))
    return owner if 0 < owner <= MOST and round(after - before, 1) == _RISE else 0


def who_keeps(sessions: int, seed: int) -> list[bool]:
    """Return for each session whether it keeps its study: half of them, drawn."""
    kept = [at < sessions // 2 for at in range(sessions)]
    random.Random(seed).shuffle(kept)
    return kept
