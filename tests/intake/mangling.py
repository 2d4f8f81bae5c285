"""What tools and people do to a table of valid answers on the way out, drawn at random; and what must come back."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from evalcore.instruments.instrument import Instrument
from tests.intake.made import csv_bytes, opendocument_bytes, workbook_bytes

PRE, POST = "pre", "post"
SPELLED = {PRE: ["pre", "Before", "BASELINE", "t1", "Time 1"], POST: ["post", "after", "Follow-up", "T2", "Time 2"]}
SHEETS = {PRE: ["Before", "Baseline", "T1"], POST: ["After", "Follow-up", "T2"]}
IN_NAMES = {
    PRE: ["{}_pre", "T1 {}", "{}_baseline", "{} (before)", "pre_{}", "{}.t1"],
    POST: ["{}_post", "T2 {}", "{}_followup", "{} (after)", "post_{}", "{}.t2"],
}
WHO = ["respondent_id", "Respondent ID", "ID", "Participant ID", "Your participant code", "PARTICIPANT\u00a0CODE"]
WHEN = ["wave", "Wave ", "Time point", "Phase", "timepoint"]
NOTHING = ["", "", "n/a", "-", " ", "."]
NO_ANSWER = ["99", "-9", "999", "Prefer not to say", "-oth-", "-99"]
SHAPES = ("long", "wide", "files", "sheets")
FORMS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "xlsx", "ods", "sav")
TOOLS = ("", "title", "again", "qualtrics", "surveymonkey", "smartsurvey")
# The columns that a tool puts before the answers, with a cell of each.
OWN = {
    "qualtrics": {"StartDate": "2026-02-03 10:17:34", "ResponseId": "R_1gTest0000001aB", "Finished": "True"},
    "surveymonkey": {
        "Respondent ID": "118052219061",
        "Collector ID": "446111201",
        "Start Date": "02/24/2026 02:02:11 PM",
    },
    "smartsurvey": {"UserID": "140233871", "Started": "24/02/2026 14:02", "Ended": "24/02/2026 14:05"},
}

People = dict[tuple[str, str], list[int | None]]


@dataclass(eq=False)
class File:
    """One file as it was written: of each sheet the rows' fates, what has to be listed, how many answers there are."""

    name: str
    form: str
    sheets: dict[str, list[list[object]]] = field(default_factory=dict)
    fates: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    listed: dict[str, set[tuple[int, str]]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    delimiter: str = ","

    def data(self) -> bytes:
        """The bytes of the file."""
        if self.form == "sav":
            return sav_bytes(next(iter(self.sheets.values())))
        if self.form in ("xlsx", "ods"):
            write = workbook_bytes if self.form == "xlsx" else opendocument_bytes
            sheets = {name: [[cell or None for cell in row] for row in rows] for name, rows in self.sheets.items()}
            return write(**sheets)
        return csv_bytes(next(iter(self.sheets.values())), delimiter=self.delimiter, encoding=self.form)


def sav_bytes(rows: list[list[object]]) -> bytes:
    """Write text cells as an SPSS file: short names, headings as labels, columns of whole numbers as numbers."""
    import pyreadstat

    frame = pd.DataFrame(rows[1:], columns=[f"v{at}" for at in range(len(rows[0]))], dtype="str")
    for name, heading in zip(frame, rows[0], strict=True):
        if heading not in WHO and frame[name].str.fullmatch(r"\d*").all():
            frame[name] = pd.to_numeric(frame[name])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.sav")
        pyreadstat.write_sav(frame, path, column_labels=[str(cell) for cell in rows[0]])
        return path.read_bytes()


class Mangler:
    """Draws one way of writing a table; every draw comes from one seed."""

    def __init__(self, instrument: Instrument, people: People, seed: int, shape: str, form: str, tool: str) -> None:
        self.instrument, self.people, self.rng = instrument, people, random.Random(seed)
        self.shape = "long" if shape == "sheets" and form not in ("xlsx", "ods") else shape
        self.form = form
        # A .sav file has one line of names; a tool's own heading lines stand in files that it wrote, one row an answer.
        self.tool = "" if form == "sav" or (self.shape == "wide" and tool not in ("", "again", "title")) else tool
        self.by_words = self.rng.random() < 0.5

    def files(self) -> list[File]:
        """The table as files; the waves in one, in two files, or in two sheets."""
        waves = [wave for wave in (PRE, POST) if any(key[1] == wave for key in self.people)]
        if self.shape in ("long", "wide"):
            file = self._file("answers")
            self._sheet(file, "Answers", waves)
            return [file]
        if self.shape == "sheets":
            file = self._file("answers")
            for wave in waves:
                self._sheet(file, self.rng.choice(SHEETS[wave]), [wave])
            return [file]
        made = []
        for wave in waves:
            made.append(self._file(f"answers {self.rng.choice(SHEETS[wave])}"))
            self._sheet(made[-1], "Answers", [wave])
        return made

    def _file(self, name: str) -> File:
        return File(f"{name}.{self.form}", self.form, delimiter=self.rng.choice(",;\t"))

    def _sheet(self, file: File, name: str, waves: Sequence[str]) -> None:
        keys = self._keys(waves)
        items = [(item, wave) for wave in keys for item in range(len(self.instrument.columns))]
        # SurveyMonkey has a column "Respondent ID" of its own, the number of a submission.
        who = WHO[2:] if self.tool == "surveymonkey" else WHO
        headings = [self.rng.choice(who), *([self.rng.choice(WHEN)] if self.shape == "long" else [])]
        lead = len(headings)
        headings += [self._heading(item, wave) for item, wave in items]
        order = self._order(lead, len(headings))
        own = list(OWN.get(self.tool, {}).values())
        rows, labels = self._top([headings[at] for at in order], lead)
        title = {(1, "")} if self.tool == "title" else set()
        file.answers[name] = self._answers(waves)
        file.sheets[name], file.fates[name], file.listed[name] = rows, [], title
        for person, written in self._rows(waves, items):
            if self.rng.random() < 0.2 and self.form != "sav":
                rows.append([""] * len(rows[0]))
            if self.tool == "again" and self.rng.random() < 0.2:
                rows.append(list(rows[0]))
                file.fates[name].append((len(rows), "set aside"))
                file.listed[name].add((len(rows), ""))
            cells = [*person[:lead], *(cell for cell, _ in written)]
            rows.append([*own, *(cells[at] for at in order)])
            empty = self.shape == "wide" and len(waves) == 2 and not any(cell for cell, _ in written)
            file.fates[name].append((len(rows), "set aside" if empty else "used"))
            if empty:
                file.listed[name].add((len(rows), ""))
            said = {lead + at for at, (_, listed) in enumerate(written) if listed}
            file.listed[name] |= {(len(rows), labels[place]) for place, at in enumerate(order) if at in said}

    def _order(self, lead: int, n: int) -> list[int]:
        """The columns in any order; where a question stands over its first column only, the items stay together."""
        if self.tool in ("surveymonkey", "smartsurvey"):
            return [*range(lead), *self.rng.sample(range(lead, n), n - lead)]
        return self.rng.sample(range(n), n)

    def _answers(self, waves: Sequence[str]) -> int:
        """How many answers there are; beside each other, a wave without any is none."""
        mine = [codes for (_, wave), codes in self.people.items() if wave in waves]
        beside = self.shape == "wide" and len(waves) == 2
        return sum(any(code is not None for code in codes) for codes in mine) if beside else len(mine)

    def _keys(self, waves: Sequence[str]) -> list[str]:
        return list(waves) if self.shape == "wide" else [""]

    def _rows(self, waves: Sequence[str], items: list[tuple[int, str]]):
        if self.shape != "wide":
            for (who, wave), codes in self.people.items():
                if wave in waves:
                    yield [who, self.rng.choice(SPELLED[wave])], [self._cell(codes[item]) for item, _ in items]
            return
        for who in dict.fromkeys(who for who, _ in self.people):
            cells = []
            for item, wave in items:
                codes = self.people.get((who, wave))
                cells.append(
                    self._cell(codes[item]) if codes and any(code is not None for code in codes) else ("", False)
                )
            yield [who], cells

    def _cell(self, code: int | None) -> tuple[str, bool]:
        """One of the ways in which an answer is written, and whether it has to be listed."""
        if self.form == "sav":
            return ("" if code is None else str(code)), False
        if code is None:
            if self.rng.random() < 0.2:
                return self.rng.choice(NO_ANSWER), True
            return self.rng.choice(NOTHING), False
        label = self.instrument.answers[code].label
        ways = [str(code), f"{code}.0", f" {code}", f"{code},00", label, label.upper(), f"{label}.", f" {label}\u00a0"]
        ways += [f"{code} - {label}", f"{code} ({label})", f"{label} ({code})", f"{code}: {label}", f"{code}={label}"]
        ways += [label.replace(" ", "\u00a0"), label.replace(" ", "  ")]
        return self.rng.choice(ways), False

    def _heading(self, item: int, wave: str) -> str:
        if self.by_words:
            words = " ".join(self.instrument.items[item].header_words[0])
            name = self.rng.choice(["... {}", "I’d say\u00a0... {}", "I'd say {}.", " {} ", "Over two weeks [... {}]"])
            name = name.format(self.rng.choice([words, words.capitalize(), words.replace(" ", "\u00a0")]))
        else:
            name = self.instrument.items[item].code.replace("_", self.rng.choice(["_", " ", "-"]))
            name = self.rng.choice([name, name.upper(), name.title()])
        if wave:
            return self.rng.choice(IN_NAMES[wave]).format(name.strip())
        return self.rng.choice([name, f" {name}", f"{name}\u00a0"])

    def _top(self, headings: list[str], lead: int) -> tuple[list[list[object]], list[str]]:
        """The heading rows, and what a person calls each column."""
        n = len(headings)
        own = list(OWN.get(self.tool, {}))
        if self.tool == "title":
            return [["Our pilot, typed by the team", *[""] * (n - 1)], headings], headings
        if self.tool == "qualtrics":
            names = [f"Q{at}" for at in range(1, n + 1)]
            identifiers = [f'{{"ImportId":"QID{at}"}}' for at in range(1, n + len(own) + 1)]
            return [[*own, *names], [*own, *headings], identifiers], names
        if own:
            first = [*own, *headings[:lead], "Please tick one box in each line", *[""] * (n - lead - 1)]
            filler = "Open-Ended Response" if self.tool == "surveymonkey" else ""
            second = [*[""] * len(own), *[filler] * lead, *headings[lead:]]
            third = [[""] * len(first)] if self.tool == "smartsurvey" else []
            return [first, second, *third], headings
        return [headings], headings
