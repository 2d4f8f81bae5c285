"""Jisc Online Surveys: in words or in codes; the same questionnaire has another question number after."""

from __future__ import annotations

from tests.intake.exports.people import KEYWORDS, NO_ANSWER, POST, PRE, Export, Lines, cells, everyone, in_numbers
from tests.intake.made import csv_bytes

OWN = ("URN", "StartDate", "CompletionDate")
# Another questionnaire of seven columns, which stands after under the number that this one has before.
OTHER = ("3", "2", "4", "1", "5", "2", "3")


def own_cells(number: int, wave: str) -> list[object]:
    """The cells that the tool puts before the answers."""
    day = "2026-02-24" if wave == PRE else "2026-06-16"
    return [f"412318-412309-4007721{number}", f"{day} 14:02:1{number}", f"{day} 14:05:4{number}"]


def coded(wave: str) -> Export:
    """Codes under question numbers: only a person can say which columns are the items."""
    number = {PRE: 7, POST: 6}[wave]
    block = [f"Q{number}_{at}_a" for at in range(1, 8)]
    other = [f"Q7_{at}_a" for at in range(1, 8)] if wave == POST else []
    lines = Lines([*OWN, "Q1", "Q2", *block, *other])
    for at, who in everyone():
        planted = {3: ("", None), 5: ("9", None)} if who == "EF21" else None
        given, truth = cells("swemwbs", who, wave, in_numbers, planted)
        row = lines.add([*own_cells(at, wave), "1", who, *given, *(OTHER if other else ())])
        lines.say(who, wave, truth, "2026-02-24" if wave == PRE else "2026-06-16")
        if planted:
            lines.fault(row, block[4], NO_ANSWER)
    name = f"results-for-survey-{wave}.csv"
    return lines.export(
        name,
        csv_bytes(lines.rows),
        aside=frozenset({*OWN, "Q1", *other}),
        in_order=(tuple(range(6, 13)), "swemwbs"),
        taken_for={5: "respondent_id"},
        from_name=["wave"],
    )


def in_words(wave: str) -> Export:
    """Words under the questions themselves, numbered."""
    number = {PRE: 7, POST: 6}[wave]
    block = [f"{number}.{at}. ... {text}" for at, text in enumerate(KEYWORDS["swemwbs"], start=1)]
    lines = Lines([*OWN, "1. Do you agree to take part?", "2. What is your participant ID?", *block])
    for at, who in everyone():
        given, truth = cells("swemwbs", who, wave, planted={4: ("Oft", None)} if who == "AB12" else None)
        row = lines.add([*own_cells(at, wave), "Yes", who, *given])
        lines.say(who, wave, truth, "2026-02-24" if wave == PRE else "2026-06-16")
        if who == "AB12":
            lines.fault(row, block[3], NO_ANSWER)
    aside = frozenset({*OWN, "1. Do you agree to take part?"})
    return lines.export(f"Wellbeing ({wave}).csv", csv_bytes(lines.rows), aside=aside, from_name=["wave"])


def exports() -> list[Export]:
    """Both forms, both waves."""
    return [coded(PRE), coded(POST), in_words(PRE), in_words(POST)]
