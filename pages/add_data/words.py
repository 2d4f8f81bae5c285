"""What the columns of a table are called for a reader: in words, questionnaires item by item."""

from evalcore.columns import POST, PRE, ROLES, WAVE
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake.cells.answers import DISAGREE, UNKNOWN
from evalcore.intake.headings.headers import KEEP, LEFT_OUT, RECORD_STATUS
from evalcore.intake.native import RESPONSES, fields, item_columns, made_from, native_columns
from evalcore.wording import upper_first

WAVES = {"": "–", PRE: "Before", POST: "After"}
CHOOSE, NO_ANSWER = "choose", ""
NOT_KNOWN = "Not known"
OPEN = (UNKNOWN, DISAGREE)
"""The reasons of texts that a person has to choose a code for."""

_WORDS = {
    LEFT_OUT: "Left out",
    KEEP: "Kept under its own heading",
    RECORD_STATUS: "Test marker: tells test answers apart",
    "respondent_id": "Respondent: who answered",
    "wave": "Wave: before or after",
    "role": "Role: service user, staff or volunteer",
    "site": "Site",
    "completed_on": "Date of the answers",
    "how_completed": "How it was filled in",
    "referred_on": "Date of referral",
    "started_on": "Date of the start",
    "ended_on": "Date of the end",
    "reason_no_pre": "Reason for no answers before",
    "reason_no_post": "Reason for no answers after",
    "ogrs": "OGRS score",
    "ete_score": "ETE score",
    "ete_need": "ETE need",
    "sd": "SD",
}


def taken(name: str) -> str:
    """Return what a column was taken for, in words.

    >>> taken("swemwbs_1"), taken("fund_band")
    ('SWEMWBS, item 1: optimistic', 'Fund band')
    """
    if name in item_columns():
        instrument = load_instrument(item_columns()[name])
        item = next(item for item in instrument.items if item.code == name)
        return f"{instrument.short_name}, item {name.rpartition('_')[2]}: {item.keyword}"
    return _WORDS.get(name) or upper_first(name.replace("_", " ").replace("ogrs", "OGRS").replace("oasys", "OASys"))


def all_of(kind: str) -> list[str]:
    """Return everything that a column of a table may be taken for, what any table has first."""
    names = [field.name for field in fields(kind)]
    marker = [RECORD_STATUS] if kind == RESPONSES else []
    rest = [name for name in (*native_columns(kind), *made_from(kind)) if name not in names]
    return [LEFT_OUT, *names, KEEP, *marker, *rest]


def field(name: str) -> str:
    """Return what the answers of a field belong to: a questionnaire's short name, or a column in words."""
    return load_instrument(name).short_name if name in list_instruments() else taken(name)


def answers(name: str) -> dict[str, str]:
    """Return the codes that an answer of a field may stand for, each in words; an empty code is no answer."""
    instrument = item_columns().get(name, name)
    if instrument in list_instruments():
        found = load_instrument(instrument).answers
        return {str(code): f"{code}: {found[code].label}" for code in sorted(found)} | {NO_ANSWER: "No answer"}
    roles = {role: upper_first(role) for role in ROLES}
    return {**({PRE: "Before", POST: "After"} if name == WAVE else roles), NO_ANSWER: "Nothing: leave it out"}


def read_as(name: str, code: str, reason: str) -> str:
    """Return what a text of a field was read as, in words."""
    return NOT_KNOWN if reason in OPEN else answers(name).get(code, code)
