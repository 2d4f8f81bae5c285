"""The only home of the session's state and of the choices in the address.

Choices that identify nobody live in the address: `?group=service-users&site=2&measure=gse.total.service-users`. A
site is bound by its position in the sorted list, because its name comes from a file. The framework's own binding of
widgets to the address (`bind="query-params"`) writes the label that is shown, so the address is kept here by hand: it
gives the choices of a new session, and is written again whenever a choice changes or a page was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import streamlit as st

from evalcore import Study, apply_disclosure, sample_study
from evalcore.decisions import Decision
from evalcore.disclosure import DisclosurePolicy, Release, shown_groups
from evalcore.findings import Finding
from evalcore.intake import Intake
from evalcore.plan import Outcome, Plan, Rival
from evalcore.study import Export

GROUP, SITE, MEASURE, WAVE, NORM, WINDOW = "group", "site", "measure", "wave", "norm", "window"
MATCHES, EXACT = "matches", "exact"
PART, FAMILY, BY, ASSUMED, THRESHOLD, METHOD = "part", "family", "by", "assumed", "threshold", "method"
SD, RELIABILITY, CORRELATION, BOUND = "sd", "reliability", "correlation", "bound"
DESIGN, CHANGE, POWER, COMPLETION, GROUP_A, GROUP_B = "design", "change", "power", "completion", "from", "to"
ICC, CLUSTER = "icc", "cluster"
OF_A_MEASURE = (NORM, ASSUMED, THRESHOLD, METHOD, SD, RELIABILITY, CORRELATION, BOUND, CHANGE, COMPLETION)
"""Choices that belong to the measure they were made for, and go when another is chosen."""
IN_ADDRESS = (
    *(GROUP, SITE, MEASURE, WAVE, WINDOW, MATCHES, PART, FAMILY, BY, *OF_A_MEASURE),
    *(DESIGN, POWER, GROUP_A, GROUP_B, ICC, CLUSTER),
)
NEW_STUDY = "Your study"

_STUDY, _IS_SAMPLE, _FILES, _NOTICE = "study", "study_is_sample", "uploads", "notice"
_CHOICES, _IN_ADDRESS, _LOST = "choices", "choices_in_address", "choices_lost"
_ASKED, _REMARKS, _KEY, _LATER, _TYPED = "asked", "remarks", "pseudonym_key", "put_off", "typed"

Found = TypeVar("Found")
Pair = tuple[str, str, str | None]
"""Two identifiers and the role in which they stand."""


@dataclass(frozen=True, eq=False)
class Upload:
    """What became of one uploaded file; a workbook may have given several tables.

    `message` says why it could not be read. `given` names the files of the study that came of it; `outside` holds the
    readings that gave no row, because they wait for an answer or because nothing in them is known.
    """

    name: str
    message: str = ""
    given: tuple[str, ...] = ()
    outside: tuple[Intake, ...] = ()


@dataclass(frozen=True, eq=False)
class Entry:
    """One reading and where it is: in the study, or outside it with the upload of this identifier."""

    intake: Intake
    file_id: str = ""

    @property
    def key(self) -> str:
        """A name for the controls that belong to this reading."""
        return f"{self.file_id} {self.intake.name}"


@dataclass(frozen=True)
class Remark:
    """What a session knows about one file, however it is read.

    `like` is the file whose choices were applied to it; `alone`: that was taken back. `key` replaces its identifiers.
    """

    like: str = ""
    alone: bool = False
    key: str = ""


def start() -> None:
    """Prepare a new session, take over the choices of an address that a person has changed, and do what was asked for.

    That comes last, and before anything of the page: everything on it follows, and failing is said in words above it.
    """
    store = st.session_state
    if _STUDY not in store:
        open_sample()
    address = {name: st.query_params[name] for name in IN_ADDRESS if name in st.query_params}
    if _CHOICES not in store or (address and address != store[_IN_ADDRESS]):
        store[_CHOICES], store[_LOST] = dict(address), ()
    store[_IN_ADDRESS] = address
    for action in store.pop(_ASKED, ()):
        action()


def study() -> Study:
    """Return the study that is open."""
    found: Study = st.session_state[_STUDY]
    return found


def shown() -> Study:
    """Return the study as results show it: without confirmed near misses where a person chose so."""
    return study().exactly_matched() if choice(MATCHES) == EXACT else study()


def is_sample() -> bool:
    """Whether the invented sample study is open."""
    return bool(st.session_state[_IS_SAMPLE])


def open_sample() -> None:
    """Close what is open and go back to the sample study."""
    _open(sample_study(), sample=True)


def open_empty() -> None:
    """Close what is open and begin without any file."""
    _open(Study.empty(NEW_STUDY), sample=False)


def add(intake: Intake) -> str:
    """Add a file to the study and return what it is called there; the first file closes the sample study."""
    if is_sample():
        files = uploads()
        open_empty()
        st.session_state[_FILES] = files
        say("The sample study is closed. Your file began a study of your own.")
    st.session_state[_STUDY] = study().add(intake)
    return next(held.name for held in study().intakes if held.digest == intake.digest)


def remove(file_name: str) -> None:
    """Take a file out of the study."""
    st.session_state[_STUDY] = study().without(file_name)


def decide(*decisions: Decision) -> None:
    """Decide something about the people of the study."""
    st.session_state[_STUDY] = study().decide(*decisions)


def undo(decision: Decision) -> None:
    """Take back a decision about the people of the study."""
    st.session_state[_STUDY] = study().undo(decision)


def fix_plan(outcomes: Sequence[Outcome], exclusions: str, family: str, author: str) -> None:
    """Fix the analysis plan as it is now, with the time of this moment."""
    st.session_state[_STUDY] = study().fix_plan(outcomes, exclusions, family, author, at=_now())


def take_plan(plan: Plan) -> None:
    """Take over a plan that was kept as a file."""
    st.session_state[_STUDY] = study().with_plan(plan)


def note_rival(rival: Rival) -> None:
    """Register another explanation of a change."""
    st.session_state[_STUDY] = study().note_rival(rival)


def drop_rival(rival: Rival) -> None:
    """Take an explanation out of the register."""
    st.session_state[_STUDY] = study().drop_rival(rival)


def _open(found: Study, *, sample: bool) -> None:
    """Open a study. Files that still lie in the uploader stay known, so that they are not read into this one."""
    store = st.session_state
    store[_STUDY] = found
    store[_IS_SAMPLE] = sample
    store[_FILES] = {file_id: Upload(old.name) for file_id, old in store.get(_FILES, {}).items()}
    store[_LOST], store[_LATER], store[_TYPED] = (), {}, {}


def uploads() -> dict[str, Upload]:
    """Return what became of each file that this session has taken in, by the uploader's file identifier."""
    found: dict[str, Upload] = st.session_state[_FILES]
    return found


def note_upload(file_id: str, upload: Upload) -> None:
    """Remember what became of a file, so that it is not read again on the next run."""
    st.session_state[_FILES] = {**uploads(), file_id: upload}


def new_uploads(file_ids: Iterable[str]) -> list[str]:
    """Return those of the uploader's files that have not been taken in."""
    known = uploads()
    return [file_id for file_id in file_ids if file_id not in known]


def take_in(file_id: str, name: str, intakes: Iterable[Intake]) -> None:
    """Put what one uploaded file gave into the study; a reading without a row stays outside."""
    note_upload(file_id, Upload(name))
    for intake in intakes:
        given = (add(intake),) if len(intake.table) else ()
        outside = () if given else (intake,)
        upload = uploads()[file_id]
        note_upload(file_id, replace(upload, given=upload.given + given, outside=upload.outside + outside))


def entries() -> list[Entry]:
    """Return every reading: those outside the study first, then the files of the study."""
    waiting = [Entry(intake, file_id) for file_id, upload in uploads().items() for intake in upload.outside]
    return waiting + [Entry(intake) for intake in study().intakes]


def put(entry: Entry, intake: Intake) -> None:
    """Put another reading of the same file in the place of one; one that was outside goes in as soon as it has a row.

    A file of the study stays there even when nothing in it can be used any more, and that is said.
    """
    if not entry.file_id:
        st.session_state[_STUDY] = study().replaced(entry.intake.name, intake)
        if len(entry.intake.table) and not len(intake.table):
            say(f"Nothing in {entry.intake.name} can be used as it is read now. See below how it was read.")
        return
    upload = uploads()[entry.file_id]
    if len(intake.table):
        leave_out(entry)
        given = add(intake)
        upload = uploads()[entry.file_id]
        note_upload(entry.file_id, replace(upload, given=(*upload.given, given)))
        return
    outside = tuple(intake if one is entry.intake else one for one in upload.outside)
    note_upload(entry.file_id, replace(upload, outside=outside))


def leave_out(entry: Entry) -> None:
    """Forget a reading that is outside the study."""
    upload = uploads()[entry.file_id]
    outside = tuple(one for one in upload.outside if one is not entry.intake)
    note_upload(entry.file_id, replace(upload, outside=outside))


def remark(intake: Intake) -> Remark:
    """Return what this session knows about a file, however it is read."""
    found: Remark = st.session_state.get(_REMARKS, {}).get(_place(intake), Remark())
    return found


def note_remark(intake: Intake, found: Remark) -> None:
    """Remember something about a file."""
    st.session_state[_REMARKS] = {**st.session_state.get(_REMARKS, {}), _place(intake): found}


def _place(intake: Intake) -> tuple[str, str]:
    """What stays the same of a file from one reading to the next."""
    return (intake.raw.digest, intake.raw.name) if intake.raw is not None else (intake.digest, intake.name)


def pseudonym_key() -> str:
    """Return the key by which identifiers are replaced; empty where they are not. It lives in this session only."""
    return str(st.session_state.get(_KEY, ""))


def set_pseudonym_key(key: str) -> None:
    """Replace identifiers by codes made with this key from now on; empty stops it."""
    st.session_state[_KEY] = key


def once(name: str, look: Callable[[Study], Found]) -> Found:
    """Return what `look` finds in the study; looked for once for each state of the study, and only the last is kept."""
    key = f"found {name}"
    held = st.session_state.get(key)
    if held is None or held[0] != study().fingerprint:
        held = (study().fingerprint, look(study()))
        st.session_state[key] = held
    found: Found = held[1]
    return found


def put_off(pair: Pair) -> None:
    """Leave two identifiers that nearly match for later."""
    st.session_state[_LATER] = {**st.session_state[_LATER], pair: True}


def take_up(pairs: Iterable[Pair]) -> None:
    """Ask about these pairs now, whatever speaks against them."""
    st.session_state[_LATER] = {**st.session_state[_LATER], **dict.fromkeys(pairs, False)}


def are_put_off(pair: Pair, unlikely: bool) -> bool:
    """Whether a pair is not asked about now: left for later, or unlikely and not asked for."""
    return bool(st.session_state[_LATER].get(pair, unlikely))


def ask_for(action: Callable[[], None]) -> None:
    """Remember what a click asks for: it is done at the start of the run that follows."""
    st.session_state[_ASKED] = (*st.session_state.get(_ASKED, ()), action)


def value_of(key: str) -> object:
    """Return what a control holds; None where it is not drawn."""
    return st.session_state.get(key)


def say(notice: str) -> None:
    """Have the page say something once."""
    st.session_state[_NOTICE] = (*st.session_state.get(_NOTICE, ()), notice)


def take_notices() -> tuple[str, ...]:
    """Return what the page has to say once, and forget it."""
    found: tuple[str, ...] = st.session_state.pop(_NOTICE, ())
    return found


def releases(finding: Finding, policy: DisclosurePolicy) -> Release:
    """Return the finding as it may leave now, after everything that has left already."""
    return apply_disclosure((finding,), policy, released=study().exports)


def record_share(finding: Finding) -> None:
    """Record that a finding, as released, has left to be shared."""
    _record(Export(finding.id, "share", shown_groups(finding), _now()))


def record_internal(name: str) -> None:
    """Record that a working copy has been taken."""
    _record(Export(name, "internal", (), _now()))


def _record(export: Export) -> None:
    st.session_state[_STUDY] = study().record(export)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def choice(name: str) -> str:
    """Return one choice as it stands in the address: empty for no choice."""
    return str(st.session_state[_CHOICES].get(name, ""))


def choose(name: str, value: str) -> None:
    """Set one choice; empty takes it back."""
    st.session_state[_CHOICES] = {**st.session_state[_CHOICES], name: value}


def valid_choice(name: str, options: Mapping[str, str], what: str) -> str:
    """Return the choice if it is among `options`; else forget it and note that the link leads to nothing."""
    value = choice(name)
    if value and value not in options:
        st.session_state[_LOST] = (*st.session_state[_LOST], what)
        choose(name, "")
        return ""
    return value


def lost_choices() -> tuple[str, ...]:
    """Return what a link named that is not in this study."""
    found: tuple[str, ...] = st.session_state[_LOST]
    return found


def hold(key: str, value: object) -> None:
    """Set what a control shows; only before it is drawn."""
    st.session_state[key] = value


def picked(name: str, value: str) -> None:
    """Set a choice that a person has made; those that belonged to another measure go."""
    choose(name, value)
    if name in (GROUP, SITE, MEASURE):
        for one in OF_A_MEASURE:
            choose(one, "")
    st.session_state[_LOST] = ()


def typed(name: str) -> str:
    """Return what a person typed in a line that never stands in the address."""
    return str(st.session_state[_TYPED].get(name, ""))


def note_typed(name: str, text: str) -> None:
    """Remember what a person typed, also while another part of the page is drawn."""
    st.session_state[_TYPED] = {**st.session_state[_TYPED], name: text}


def write_address() -> None:
    """Write the choices into the address, where they differ from what stands there."""
    wanted = {name: value for name, value in st.session_state[_CHOICES].items() if value}
    if wanted != st.session_state[_IN_ADDRESS]:
        others = {name: value for name, value in st.query_params.items() if name not in IN_ADDRESS}
        st.query_params.from_dict({**others, **wanted})
        st.session_state[_IN_ADDRESS] = wanted
