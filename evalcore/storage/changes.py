"""What changed between two versions of a study, in words that name no person and no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from hashlib import sha256
from typing import Any

from evalcore.decisions import SamePerson, written
from evalcore.storage.telling import all_but_the_logo
from evalcore.study import Study
from evalcore.telling import Telling
from evalcore.wording import joined

FIRST = "Kept for the first time"
NOTHING = "Saved again"
_MOST_NAMES = 3

Outline = Mapping[str, Any]
"""What `outline` gives: plain values that can be written as JSON."""


def outline(study: Study) -> dict[str, Any]:
    """Return what must be known of a version to say what changed after it; names of files, and digests of the rest.

    >>> outline(Study.empty("Pilot"))["name"]
    'Pilot'
    """
    same = [one for one in study.decisions if isinstance(one, SamePerson)]
    answers = [one for one in study.decisions if not isinstance(one, SamePerson)]
    return {
        "name": study.name,
        "files": {one.name: [_bytes_of(one), one.digest] for one in study.intakes},
        "waiting": {one.name: one.digest for one in study.waiting},
        "same person": _digests(map(written, same)),
        "answers": _digests(map(written, answers)),
        "plan": None if study.plan is None else study.plan.digest,
        "rivals": _digests(repr(astuple(one)) for one in study.rivals),
        "thresholds": _digests(repr(astuple(one)) for one in study.thresholds),
        "overrides": _digests(repr(astuple(one)) for one in study.overrides),
        "withdrawn": sum(n for _, n in study.withdrawn),
        "telling": _outline_of_telling(study.telling),
    }


def what_changed(earlier: Study | None, later: Study) -> str:
    """Return in words what is different in the later of two versions of a study.

    Files are named; no person, no answer and no column is. Without an earlier version it says that there was none.

    >>> from evalcore.intake import read_roster
    >>> study = Study.empty("Pilot")
    >>> what_changed(study, study.add(read_roster(b"respondent_id\\nA1\\n", name="roster.csv")).renamed("North"))
    'Added roster.csv; renamed the study'
    """
    return difference(None if earlier is None else outline(earlier), outline(later))


def difference(earlier: Outline | None, later: Outline) -> str:
    """Return what `what_changed` says, from two outlines.

    >>> difference(None, outline(Study.empty()))
    'Kept for the first time'
    """
    if earlier is None:
        return FIRST
    nothing = _outline_of_telling(Telling())  # what a version of an earlier release has said of it
    telling = _of_telling(earlier.get("telling", nothing), later.get("telling", nothing))
    said = [*_of_files(earlier, later), *_of_waiting(earlier, later), *_of_the_rest(earlier, later), *telling]
    if not said:
        return NOTHING
    return "; ".join([said[0][0].upper() + said[0][1:], *said[1:]])


def _of_files(earlier: Outline, later: Outline) -> list[str]:
    old, new = earlier["files"], later["files"]
    both = [name for name in new if name in old]
    other_bytes = [name for name in both if new[name][0] != old[name][0]]
    read_again = [name for name in both if new[name] != old[name] and name not in other_bytes]
    return [
        *_named("added", [name for name in new if name not in old]),
        *_named("took out", [name for name in old if name not in new and name not in later["waiting"]]),
        *_named("replaced", other_bytes),
        *_named("read again", read_again, "with other choices"),
    ]


def _of_waiting(earlier: Outline, later: Outline) -> list[str]:
    old, new = earlier["waiting"], later["waiting"]
    gone = [name for name in old if name not in new and name not in later["files"]]
    return [
        *_named("set aside", [name for name in new if name not in old], "until a question on it is answered"),
        *_named("read again", [name for name in new if name in old and new[name] != old[name]], "with other choices"),
        *_named("took out", gone),
    ]


_KINDS = (
    ("same person", "decided who is the same person", "took back who is the same person"),
    ("answers", "decided which answers are used", "took back which answers are used"),
    ("rivals", "noted another explanation", "took out another explanation"),
    ("thresholds", "changed a threshold for small numbers", "took back a threshold for small numbers"),
    ("overrides", "changed an exception for published figures", "took back an exception for published figures"),
)


def _of_the_rest(earlier: Outline, later: Outline) -> list[str]:
    said = []
    for kind, more, less in _KINDS:
        if set(later[kind]) - set(earlier[kind]):
            said.append(more)
        elif set(earlier[kind]) - set(later[kind]):
            said.append(less)
    if later["plan"] != earlier["plan"]:
        said.append("fixed the plan" if earlier["plan"] is None else "amended the plan")
    if later["withdrawn"] > earlier["withdrawn"]:
        said.append("took out a person who withdrew")
    if later["name"] != earlier["name"]:
        said.append("renamed the study")
    return said


_OF_REPORT = (
    ("texts", "changed the report's own text"),
    ("sections", "changed the sections of the report"),
    ("logo", "changed the report's logo"),
)
_OF_A_WORKSHOP = (
    ("name", "renamed a workshop"),
    ("shown", "showed findings in a workshop"),
    ("expected", "noted what a workshop expected"),
    ("reactions", "noted reactions of a workshop"),
    ("follow-up", "noted what follows from a workshop"),
)


def _outline_of_telling(telling: Telling) -> Outline:
    said = all_but_the_logo(telling)
    report = said["report"]
    return {
        "order": None if telling.order is None else _digest(said["order"]),
        "workshops": {one["began_at"]: _outline_of_workshop(one) for one in said["workshops"]},
        "report": {
            "texts": _digest({name: value for name, value in report.items() if name != "left_out"}),
            "sections": _digest(report["left_out"]),
            "logo": sha256(telling.report.logo).hexdigest()[:16],
        },
    }


def _outline_of_workshop(said: Mapping[str, Any]) -> Outline:
    shown = said["shown"]
    return {
        "ended": bool(said["ended_at"]),
        "name": _digest(said["name"]),
        "shown": _digest([(one["finding"], one["digest"]) for one in shown]),
        "expected": _digest([(one["finding"], one["expectation"]) for one in shown if one["expectation"]]),
        "reactions": _digest([(one["finding"], one[by]) for one in shown for by in ("typed", "sent") if any(one[by])]),
        "follow-up": _digest([(one["finding"], one["follow_up"]) for one in shown if one["follow_up"]]),
    }


def _of_telling(earlier: Outline, later: Outline) -> list[str]:
    said = []
    if later["order"] != earlier["order"]:
        said.append("went back to the usual running order" if later["order"] is None else "changed the running order")
    said += _of_workshops(earlier["workshops"], later["workshops"])
    return said + [words for name, words in _OF_REPORT if later["report"][name] != earlier["report"][name]]


def _of_workshops(earlier: Outline, later: Outline) -> list[str]:
    said = []
    for began, now in later.items():
        was = earlier.get(began)
        if was is None:
            said.append("held a workshop" if now["ended"] else "began a workshop")
            continue
        said += [words for name, words in _OF_A_WORKSHOP if now[name] != was[name]]
        if now["ended"] != was["ended"]:
            said.append("ended a workshop" if now["ended"] else "went on with a workshop")
    if earlier.keys() - later.keys():
        said.append("took out a workshop")
    return list(dict.fromkeys(said))


def _named(verb: str, names: list[str], end: str = "") -> list[str]:
    if not names:
        return []
    what = joined(names) if len(names) <= _MOST_NAMES else f"{len(names)} files"
    return [f"{verb} {what} {end}".rstrip()]


def _bytes_of(intake: Any) -> str:
    return str(intake.digest if intake.raw is None else f"{intake.raw.digest} {intake.raw.sheet}")


def _digests(texts: Iterable[str]) -> list[str]:
    """Short: they only have to differ from each other within one study."""
    return [sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] for text in texts]


def _digest(value: object) -> str:
    return _digests([repr(value)])[0]
