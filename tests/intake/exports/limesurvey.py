"""LimeSurvey: all cells quoted, a byte order mark; answers as codes or in full, headings full or with their code."""

from __future__ import annotations

import csv
import io

from tests.intake.exports.people import (
    KEYWORDS,
    LOWEST,
    NO_ANSWER,
    POST,
    PRE,
    Export,
    Lines,
    cells,
    everyone,
    in_words,
)

OWN = ("Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action")
CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp")
QUESTION = "Over the last 2 weeks"


def quoted(rows: list[list[object]], delimiter: str) -> bytes:
    """Write every cell between quotation marks, after a byte order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def answer_codes(instrument: str, code: int) -> object:
    """The tool's own code of an answer: the first is AO01."""
    return f"AO{code - LOWEST[instrument] + 1:02d}"


def survey(headings: list[str], wave: str, write, own=OWN) -> Lines:
    """One submission a person; one that was not finished has no date, one person chose "other"."""
    lines = Lines([*own, *headings])
    day = "2026-02-24" if wave == PRE else "2026-06-16"
    for number, who in everyone():
        planted = {"AB13": {1: ("N/A", None), 7: ("", None)}, "CD08": {3: ("-oth-", None)}}.get(who)
        given, truth = cells("swemwbs", who, wave, write, planted)
        done = f"{day} 14:05:4{number}" if who != "AB13" else ""
        times = [f"{day} 14:02:11", f"{day} 14:05:40"]
        row = lines.add([str(number + 4), done, "3", "en", f"31822047{number}", *times, who, *given])
        lines.say(who, wave, truth, day if done else "")
        if who == "CD08":
            lines.fault(row, headings[3], NO_ANSWER)
    return lines


def exports() -> list[Export]:
    """Codes; full answers; headings with their code; comma and semicolon."""
    full = ["Your ID", *(f"{QUESTION} [... {text}]" for text in KEYWORDS["swemwbs"])]
    both = [
        "Q1. Your ID",
        *(f"Q2[SQ00{at}]. {QUESTION} [... {text}]" for at, text in enumerate(KEYWORDS["swemwbs"], 1)),
    ]
    coded = survey(full, PRE, answer_codes)
    said = {"swemwbs": {f"AO0{code}": str(code) for code in range(1, 6)}}
    text = survey(full, POST, in_words)
    with_code = survey(both, PRE, in_words, CODES)
    return [
        coded.export(
            "results baseline.csv", quoted(coded.rows, ","), aside=frozenset(OWN), said=said, from_name=["wave"]
        ),
        text.export("results followup.csv", quoted(text.rows, ";"), aside=frozenset(OWN), from_name=["wave"]),
        with_code.export("results t1.csv", quoted(with_code.rows, ";"), aside=frozenset(CODES), from_name=["wave"]),
    ]
