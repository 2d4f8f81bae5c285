"""REDCap, longitudinal: a row an event; questionnaires blank on other events, circumstances on the first one only."""

from __future__ import annotations

from tests.intake.exports.people import (
    ASIDE,
    KEYWORDS,
    NO_ANSWER,
    POST,
    PRE,
    ROW_ASIDE,
    Export,
    Lines,
    cells,
    everyone,
    in_numbers,
    in_words,
)
from tests.intake.made import csv_bytes


def raw() -> Export:
    """Codes under field names."""
    blocks = [f"swemwbs_{at}" for at in range(1, 8)], [f"gse_{at}" for at in range(1, 11)]
    own = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "role", "site"]
    lines = Lines([*own, "needs___1", *blocks[0], "swemwbs_complete", "gse_date", *blocks[1], "gse_complete"])
    for number, who in everyone():
        for wave, event in ((PRE, "baseline_arm_1"), (None, "week_8_call_arm_1"), (POST, "followup_arm_1")):
            first = ["Service user", "Leeds", "1"] if wave == PRE else ["", "", ""]
            lead = [who, event, "", "", *first]
            if wave is None:
                row = lines.add([*lead, *[""] * 7, "", "", *[""] * 10, ""], ASIDE)
                lines.fault(row, "redcap_event_name", ROW_ASIDE)
                continue
            planted = {5: ("-99", None), 6: ("", None)} if number == 3 else None
            given, truth = cells("swemwbs", who, wave, in_numbers, planted)
            more, also = cells("gse", who, wave, in_numbers, {2: ("NASK", None)} if number == 4 else None)
            row = lines.add([*lead, *given, "2", "2026-02-24", *more, "0"])
            lines.say(who, wave, truth | also)
            if number == 3:
                lines.fault(row, "swemwbs_5", NO_ANSWER)
            if number == 4:
                lines.fault(row, "gse_2", NO_ANSWER)
    out = frozenset({*own[2:4], "needs___1", "swemwbs_complete", "gse_complete", "gse_date"})
    return lines.export("Pilot_DATA_2026-07-01.csv", csv_bytes(lines.rows), aside=out)


def labels() -> Export:
    """Words under field labels; each form ends with a column `Complete?`."""
    own = ["Study ID", "Event Name", "Repeat Instrument", "Repeat Instance", "Site"]
    blocks = [f"... {text}" for text in KEYWORDS["swemwbs"]], [f"... {text}" for text in KEYWORDS["uwes9"]]
    lines = Lines([*own, "Complete?", *blocks[0], "Complete?", *blocks[1], "Complete?"])
    for number, who in everyone():
        for wave, event in ((PRE, "Baseline"), (POST, "Follow-up")):
            given, truth = cells("swemwbs", who, wave, in_words, {7: ("Oftn", None)} if number == 5 else None)
            more, also = cells("uwes9", who, wave, in_words)
            site = "Leeds" if wave == PRE else ""
            row = lines.add(
                [
                    who,
                    event,
                    "",
                    "",
                    site,
                    "Complete",
                    *given,
                    "Complete",
                    "" if number == 2 else more[0],
                    *more[1:],
                    "Unverified",
                ]
            )
            if number == 2:
                also["uwes9_1"] = None
            lines.say(who, wave, truth | also)
            if number == 5:
                lines.fault(row, blocks[0][6], NO_ANSWER)
    out = frozenset({*own[2:4], "Complete?"})
    return lines.export("Pilot_DATA_LABELS_2026-07-01.csv", csv_bytes(lines.rows), aside=out)


def exports() -> list[Export]:
    """Both forms."""
    return [raw(), labels()]
