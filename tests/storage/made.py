"""Studies for tests of keeping: a small one that uses everything."""

from __future__ import annotations

import base64
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from evalcore.decisions import KeepAnswer, SamePerson
from evalcore.intake import (
    Intake,
    read_any,
    read_caseload,
    read_cases,
    read_published,
    read_questionnaires,
    read_roster,
    reread,
)
from evalcore.leaving import Export, Override, ThresholdChange
from evalcore.plan.plan import Outcome
from evalcore.plan.rivals import Rival
from evalcore.storage.packing import pack, unpack
from evalcore.study import Study
from evalcore.telling import (
    Comment,
    Expectation,
    Reactions,
    ReportText,
    Screen,
    Shown,
    Tally,
    Telling,
    Workshop,
)

GSE = [f"gse_{i}" for i in range(1, 11)]
SECRET = "canary@example.org"


def csv(*lines: str) -> bytes:
    """Lines of a file."""
    return "\n".join([*lines, ""]).encode()


def _long() -> bytes:
    """One row a person and wave, with a personal column, own words, a repeat and a contradiction, and a bad cell."""
    head = ",".join(["Respondent ID", "E-mail", "wave", "role", "site", "completed_on", *GSE, "Any comments?"])
    lines = [
        f"{who},{SECRET},{wave},{role},{site},{day},{','.join([str(answer)] * 9)},{last},{words}"
        for who, wave, role, site, day, answer, last, words in (
            ("SU1", "pre", "service user", "North", "2026-01-05", 2, 3, '"Fine, thanks"'),
            ("SU1", "post", "service user", "North", "2026-05-05", 3, 3, ""),
            ("SU2", "pre", "service user", "=South", "2026-01-06", 1, 9, "ümlaut and  two blanks"),
            ("SU02", "post", "service user", "", "2026-05-06", 2, 4, ""),
            ("SU3", "pre", "service user", "North", "", 2, "", '"two\nlines"'),
            ("SU3", "pre", "service user", "North", "", 4, 4, ""),
            ("ST1", "pre", "staff", "", "2026-01-07", 3, 4, ""),
            ("ST1", "pre", "staff", "", "2026-01-07", 3, 4, ""),
            ("ST1", "post", "staff", "", "2026-05-07", 4, 4, ""),
            ("", "post", "staff", "", "", 4, 4, ""),
        )
    ]
    return csv(head, *lines)


def _wide() -> bytes:
    """Both waves side by side, in words, with a column kept under its own heading."""
    words = ["never", "sometimes", "always"]
    head = ["ID", *(f"uwes9_{i} {wave}" for wave in ("pre", "post") for i in range(1, 10)), "Shift"]
    rows = [[who, *[words[n % 3]] * 9, *[words[(n + 1) % 3]] * 9, shift] for n, (who, shift) in enumerate(_STAFF)]
    return csv(",".join(head), *(",".join(row) for row in rows))


_STAFF = (("ST1", "early"), ("ST2", ""), ("VO1", "late"))


def wide() -> Intake:
    """The wide file, its last column kept on purpose and one word of the answers explained."""
    read = read_questionnaires(_wide(), name="wide.csv")
    mapping = read.mapping.copy()
    mapping.loc[mapping["header"] == "Shift", "taken_for"] = "keep"
    codes = pd.DataFrame({"field": ["uwes9"], "found": ["never"], "code": ["0"]})
    return read_questionnaires(_wide(), name="wide.csv", mapping=mapping, codes=codes)


def asked() -> Intake:
    """A file whose wave a person said when asked."""
    first = read_any(csv(",".join(["respondent_id", *GSE]), "SU4" + ",2" * 10, "SU5" + ",3" * 10), name="asked.csv")
    return reread(first, first.questions[0].options[0].choices)


def waiting() -> Intake:
    """A file that waits for an answer."""
    return read_any(csv(",".join(["respondent_id", *GSE]), "SU6" + ",2" * 10), name="waiting.csv")


def counting_from_one() -> Intake:
    """A file with a question about its codes, which stops the questionnaire until it is answered."""
    head = ",".join(["respondent_id", "wave", "role", *(f"UWES {i}" for i in range(1, 10))])
    rows = [f"ST{n},pre,staff" + f",{1 + n % 7}" * 8 + ",7" for n in range(1, 9)]
    return read_questionnaires(csv(head, *rows), name="from one.csv")


def intakes() -> tuple[Intake, ...]:
    """A file of each kind."""
    return (
        read_questionnaires(_long(), name="long.csv"),
        wide(),
        asked(),
        counting_from_one(),
        read_roster(
            csv(
                "respondent_id,role,site,eligible,consent,reason_no_post,Name",
                "SU1,service user,North,yes,given,,Secret Person",
                "SU2,service user,South,no,given,moved,Secret Person",
                "SU9,service user,South,,withdrawn,,Secret Person",
                "ST1,staff,,yes,given,,Secret Person",
            ),
            name="roster.csv",
        ),
        read_cases(
            csv(
                "respondent_id,sex,age,ogrs,drugs_score,ete_need", "SU1,F,34.5,61,3,1", "SU2,m,,0.1,99,0", "SU3,,41,,,"
            ),
            name="cases.csv",
        ),
        read_caseload(
            csv("sex,age,ogrs,drugs_score", "male,30,50,2", "female,,1e3,10", "male,31,0.30000000000000004,"),
            name="caseload.csv",
        ),
        read_published(csv("measure,mean,sd,n,date", "GSE,29.4,,1000,2019", "OGRS,-0.0,1e-7,3,"), name="published.csv"),
    )


PUBLISHED = Override(
    "summary.gse.total.service-users", "all pre", "Published.", "AB", "2026-06-04T09:00:00+00:00", people="5a" * 32
)


@cache
def counts(people: float = 7) -> pd.DataFrame:
    """A caseload that is known as counts: so many people, three of them aged 30."""
    tallies = pd.array(["everyone", "age", "age"], dtype="str")
    return pd.DataFrame({"tally": tallies, "people": [people, 3.0, people - 3], "age": [np.nan, 30.0, 40.0]})


def counted(name: str = "big.csv", table: pd.DataFrame | None = None) -> Intake:
    """A file of which only counts were read."""
    like = intakes()[0]
    empty = {one: getattr(like, one).iloc[:0] for one in ("problems", "mapping", "rows")}
    return Intake(name=name, kind="counted", digest=name, counted=counts() if table is None else table, **empty)


PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
"""A picture in PNG."""


def telling() -> Telling:
    """A running order, a workshop that ended and one that goes on, and words for the report."""
    typed = Reactions(
        (Tally("practitioners", agree=6, partly=1), Tally("lived", disagree=2, cannot_say=1)),
        (Comment("practitioners", "“Fits” what we saw.\nMostly."), Comment("lived", "=1+1 <b>no</b>")),
    )
    sent = Reactions((Tally("managers", agree=500),))
    shown = Shown(
        "summary.gse.total.service-users",
        "GSE rose by 2.5 points, service users at North ümlaut",
        "Before, the mean was 24.1 points (n = 5).",
        "c3" * 32,
        Expectation("higher", 0.1 + 0.2),
        typed,
        sent,
        "Ask the North office\nonce more.",
    )
    then = Workshop("North, May", "2026-06-05T09:00:00+00:00", "d4" * 32, (shown,), "2026-06-05T11:00:00+00:00")
    asked = Shown("holds.study", "", "", "e5" * 32, Expectation("unsure"))
    now = Workshop("", "2026-06-06T09:00:00+00:00", "d4" * 32, (asked, replace(shown, typed=Reactions())))
    recipe = '{"kind": "summary", "measure": "gse.total.service-users", "site": "North", "choice": null}'
    return Telling(
        (
            Screen("summary.gse.total.service-users", recipe, "Our heading", "Is it so?", "Slowly.\nThen wait."),
            Screen("holds.study", '{"kind": "holds", "measure": "", "site": null, "choice": null}'),
        ),
        (then, now),
        ReportText("A title – of its own", "A. N. Other", "Probation, North", PIXEL, ("more", "rules"), _OWN),
    )


_OWN = (("summary", "Ours.\n\nTwo paragraphs."), ("limits", ""))


def whole_study() -> Study:
    """A small invented study that uses everything a study can hold."""
    gone = read_questionnaires(csv("respondent_id,wave,gse_1", "SU7,post,3", "SU8,post,2"), name="gone.csv")
    study = Study.empty("Pilot “Nord” – 2026").add(*intakes(), counted(), gone).without("gone.csv")
    study = study.decide(
        SamePerson("SU02", "SU2", "service user", same=True),
        SamePerson("SU1", "SU4", None, same=False),
        KeepAnswer("first complete"),
        KeepAnswer("last complete", "SU3", "service user", "pre"),
    )
    first, second = (
        Outcome("gse.total.service-users", "higher", 2.5, "Agreed."),
        Outcome("gse.total.staff-and-volunteers", main=False),
    )
    study = study.fix_plan([first], "Nobody.", at="2026-01-02T09:00:00+00:00", author="A. N. Other")
    study = study.fix_plan([first, second], at="2026-02-02T09:00:00+00:00")
    study = study.note_rival(Rival("An office move", "June 2026", "North", "Staff were elsewhere."))
    study = study.record(
        Export(
            "summary.gse.total.service-users",
            "share",
            (("gse", frozenset({"SU1", "SU2"})), ("n", frozenset())),
            "2026-06-01T09:00:00+00:00",
            ("min_gap",),
        )
    ).record(Export("holds.study", "internal", (("other", frozenset({"SU2", "SU1"})),)))
    return replace(
        study,
        withdrawn=(("staff", 1), ("", 2)),
        notes=(*study.notes, "A note of its own."),
        waiting=(waiting(),),
        thresholds=(
            ThresholdChange("min_gap", 10, "Agreed.", "A. N. Other", "2026-06-02T09:00:00+00:00"),
            ThresholdChange("rounding", 5, "Agreed.", "AB", "2026-06-02T09:01:00+00:00"),
            ThresholdChange("rounding", None, "Not needed.", "AB", "2026-06-03T09:00:00+00:00"),
            ThresholdChange("staff_by_site", True, "Agreed.", "AB", "2026-06-03T09:00:00+00:00"),
        ),
        overrides=(PUBLISHED, replace(PUBLISHED, reason="Not published after all.", ended=True), PUBLISHED),
        telling=telling(),
    )


def plain(study: Study) -> dict[str, bytes]:
    """The parts of a study, by name."""
    return {part.name: part.plain() for part in pack(study)}


def there_and_back(study: Study) -> Study:
    """The study, packed and unpacked."""
    return unpack(plain(study))
