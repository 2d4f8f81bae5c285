"""Small export files in the shape of each survey tool, as lines of cells; statements are named by keywords only."""

from __future__ import annotations

from evalcore.intake.files.raw import Grid, RawTable

OPTIMISTIC, USEFUL = "... feeling optimistic", "... feeling useful"
OVER = "Over the last 2 weeks"

Lines = list[list[str]]


def cells(table: RawTable | Grid) -> Lines:
    """The cells of a table, row by row."""
    return [[column.texts[column.codes[i]] for column in table.columns] for i in range(len(table.rows))]


def import_ids(*names: str) -> list[str]:
    """The third heading line of Qualtrics."""
    zone = ',"timeZone":"Europe/London"'
    return [f'{{"ImportId":"{name}"{zone if name.endswith("Date") else ""}}}' for name in names]


QUALTRICS: Lines = [
    ["StartDate", "EndDate", "Status", "ResponseId", "DistributionChannel", "Q1", "Q14_1", "Q14_2"],
    [
        "Start Date",
        "End Date",
        "Response Type",
        "Response ID",
        "Distribution Channel",
        "Your\nparticipant code",
        f"{OVER} - {OPTIMISTIC}",
        f"{OVER} - {USEFUL}",
    ],
    import_ids("startDate", "endDate", "status", "_recordId", "distributionChannel", "QID1_TEXT", "QID14_1", "QID14_2"),
    ["2026-02-03 10:17:34", "2026-02-03 10:21:49", "Survey Preview", "R_1gTest", "preview", "TEST", "Often", "Often"],
    ["2026-02-04 14:02:11", "2026-02-04 14:05:40", "IP Address", "R_3kQz8", "anonymous", "AB12", "Rarely", "Often"],
]
QUALTRICS_LEGACY: Lines = [
    ["V1", "V2", "V8", "V9", "Q1", "Q14_1", ""],
    ["ResponseID", "ResponseSet", "StartDate", "EndDate", "Your code", f"{OVER}-{OPTIMISTIC}", ""],
    ["R_1gTest", "Default", "2016-02-03 10:17:34", "2016-02-03 10:21:49", "TEST", "4", ""],
    ["R_3kQz8", "Default", "2016-02-04 14:02:11", "2016-02-04 14:05:40", "AB12", "2", ""],
]
SURVEYMONKEY: Lines = [
    ["Respondent ID", "Collector ID", "Start Date", "End Date", "Custom Data 1", "What is your ID?", "Please tick", ""],
    ["", "", "", "", "", "Open-Ended Response", OPTIMISTIC, USEFUL],
    ["118052219061", "446", "02/04/2026 02:02:11 PM", "02/04/2026 02:05:40 PM", "", "AB12", "Rarely", "Often"],
]
SMARTSURVEY: Lines = [
    ["UserID", "Started", "Ended", "IP Address", "Q1. Your ID", f"Q2. {OVER}", ""],
    ["", "", "", "", "", "I@SQ@ve been feeling optimistic", "I@SQ@ve been feeling useful"],
    ["", "", "", "", "", "", ""],
    ["140233871", "04/02/2026 14:02", "04/02/2026 14:05", "-", "AB12", "Rarely", "-"],
]
SMARTSURVEY_OPTIONS: Lines = [
    ["UserID", "Started", "Ended", "Q1. Your ID", "Q2. Help", ""],
    ["", "", "", "", "", ""],
    ["", "", "", "", "Housing", "Work"],
    ["140233871", "04/02/2026 14:02", "04/02/2026 14:05", "AB12", "Housing", ""],
]
FORMS: Lines = [
    ["ID", "Start time", "Completion time", "Email", "Name", "Participant ID", OPTIMISTIC],
    ["1", "04/02/2026 14:02:11", "04/02/2026 14:05:40", "anonymous", "", "ab12", "Rarely"],
]
GOOGLE: Lines = [
    ["Timestamp", "Your ID", f"{OVER} [{OPTIMISTIC}]", f"{OVER} [{USEFUL}]"],
    ["04/02/2026 14:05:40", "AB12", "Rarely", "Often"],
]
JISC: Lines = [
    ["URN", "StartDate", "CompletionDate", "Q1", "Q2", "Q7_1_a", ""],
    ["412318-412309-40077215", "2026-02-04 14:02:11", "2026-02-04 14:05:40", "1", "ab12", "2", ""],
]
REDCAP: Lines = [
    ["record_id", "redcap_event_name", "redcap_repeat_instrument", "site", "swemwbs_1", "swemwbs_complete"],
    ["1", "baseline_arm_1", "", "2", "2", "2"],
    ["1", "followup_arm_1", "", "", "4", "1"],
]
REDCAP_LABELS: Lines = [
    ["Record ID", "Event Name", "Repeat Instrument", "Site", OPTIMISTIC, "Complete?", "Complete?"],
    ["1", "Baseline", "", "Leeds", "Rarely", "Complete", "Unverified"],
]
LIMESURVEY: Lines = [
    ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Your ID", f"{OVER} [{OPTIMISTIC}]"],
    ["5", "2026-02-04 14:05:40", "3", "en", "318220471", "AB12", "AO02"],
    ["6", "", "1", "en", "318220988", "AB13", "N/A"],
]
LIMESURVEY_CODES: Lines = [
    ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "pid", "wb[SQ001]"],
    ["5", "2026-02-04 14:05:40", "3", "en", "318220471", "tK3", "AB12", "A2"],
]
LIMESURVEY_BOTH: Lines = [
    [
        "id. Response ID",
        "submitdate. Date submitted",
        "lastpage. Last page",
        "pid. Your ID",
        f"wb[SQ001]. {OPTIMISTIC}",
    ],
    ["5", "2026-02-04 14:05:40", "3", "AB12", "A2"],
]
KOBO: Lines = [
    ["start", "end", "pid", "wemwbs/optimistic", "_id", "_uuid", "_submission_time", "_index"],
    ["2026-02-04T14:02:11", "2026-02-04T14:05:40", "AB12", "2", "51620438", "0f3c9a2e", "2026-02-04T14:06:02", "1"],
]
ODK: Lines = [
    ["SubmissionDate", "start", "end", "pid", "wb-optimistic", "meta-instanceID", "KEY", "FormVersion"],
    ["2026-02-04T14:06", "2026-02-04T14:02", "2026-02-04T14:05", "AB12", "2", "uuid:0f", "uuid:0f", "1"],
]
# Every file, the tool it comes from, and the row of its first answer.
FILES: dict[str, tuple[Lines, str, int]] = {
    "qualtrics": (QUALTRICS, "qualtrics", 4),
    "qualtrics, older": (QUALTRICS_LEGACY, "qualtrics", 3),
    "surveymonkey": (SURVEYMONKEY, "surveymonkey", 3),
    "smartsurvey": (SMARTSURVEY, "smartsurvey", 4),
    "smartsurvey, options": (SMARTSURVEY_OPTIONS, "smartsurvey", 4),
    "forms": (FORMS, "microsoft_forms", 2),
    "google": (GOOGLE, "google_forms", 2),
    "jisc": (JISC, "jisc", 2),
    "redcap": (REDCAP, "redcap_longitudinal", 2),
    "redcap, labels": (REDCAP_LABELS, "redcap_longitudinal", 2),
    "limesurvey": (LIMESURVEY, "limesurvey", 2),
    "limesurvey, codes": (LIMESURVEY_CODES, "limesurvey", 2),
    "limesurvey, both": (LIMESURVEY_BOTH, "limesurvey", 2),
    "kobo": (KOBO, "kobo", 2),
    "odk": (ODK, "odk_central", 2),
}
