"""Names of the columns, and of the fixed values, that cross a module's border.

Everything here is a plain string or a tuple of them, so that any module may import it.
"""

from __future__ import annotations

# who, when, where
RESPONDENT_ID = "respondent_id"
WAVE = "wave"
ROLE = "role"
SITE = "site"
COMPANY = "company"
COMPLETED_ON = "completed_on"
HOW_COMPLETED = "how_completed"

PRE = "pre"
POST = "post"
WAVES = (PRE, POST)

SERVICE_USER = "service user"
STAFF = "staff"
VOLUNTEER = "volunteer"
ROLES = (SERVICE_USER, STAFF, VOLUNTEER)
# Staff and volunteers are one named group; service users are never pooled with them.
ROLE_GROUPS: dict[str, tuple[str, ...]] = {
    "service users": (SERVICE_USER,),
    "staff and volunteers": (STAFF, VOLUNTEER),
}

# scores
INSTRUMENT = "instrument"
SCALE = "scale"
SCORE = "score"
RAW = "raw"
N_ANSWERED = "n_answered"
N_ITEMS = "n_items"
STATUS = "status"
BAND = "band"
BAND_SCHEME = "band_scheme"
TOTAL = "total"

COMPLETE = "complete"
PRORATED = "prorated"
INCOMPLETE = "incomplete"
STATUSES = (COMPLETE, PRORATED, INCOMPLETE)

# roster
REFERRED_ON = "referred_on"
ELIGIBLE = "eligible"
STARTED_ON = "started_on"
CONSENT = "consent"
REASON_NO_PRE = "reason_no_pre"
REASON_NO_POST = "reason_no_post"
CONSENT_GIVEN = "given"
CONSENT_REFUSED = "refused"
CONSENT_WITHDRAWN = "withdrawn"

# cases and caseload
SEX = "sex"
AGE = "age"
OFFENCE = "offence"
SENTENCE = "sentence"
OGRS = "ogrs"
CASE_STATUS = "status"
MALE = "male"
FEMALE = "female"
SECTIONS = (
    "accommodation",
    "ete",
    "finance",
    "relationships",
    "lifestyle",
    "drugs",
    "alcohol",
    "emotional",
    "thinking",
    "attitudes",
)

# a caseload that is known as counts: what was counted together, how many people are alike in it, and a text
TALLY = "tally"
PEOPLE = "people"
SAID = "said"

# the steps of a trail, in this order
STEPS = (
    "asked",
    "consented",
    "answered pre",
    "answered post",
    "scored pre",
    "scored post",
    "matched",
    "used",
)

# the groups of people that stand side by side in before and after
ALL_PRE = "all pre"
ALL_POST = "all post"
MATCHED_PRE = "matched pre"
MATCHED_POST = "matched post"
PRE_ONLY = "pre only"
POST_ONLY = "post only"
GROUPS = (ALL_PRE, ALL_POST, MATCHED_PRE, MATCHED_POST, PRE_ONLY, POST_ONLY)

# the columns of the tables that record what happened to a file
PROBLEM_COLUMNS = ("file", "row", "column", "found", "expected", "action", "severity")
MAPPING_COLUMNS = ("position", "header", "taken_for", "wave", "reason", "preview")
CODE_COLUMNS = ("field", "found", "n", "code", "reason")
ROW_COLUMNS = ("file", "row", "respondent_id", "wave", "fate", "reason")
SEVERITIES = ("error", "warning", "note")
