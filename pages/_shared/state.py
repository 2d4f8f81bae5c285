"""The only home of the session's state and of the choices in the address.

Choices that identify nobody live in the address: `?group=service-users&site=2&measure=gse.total.service-users`. A
site is bound by its position in the sorted list, because its name comes from a file. The framework's own binding of
widgets to the address (`bind="query-params"`) writes the label that is shown, so the address is kept here by hand: it
gives the choices of a new session, and is written again whenever a choice changes or a page was left.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from evalcore import Study, sample_study, withdrawal
from evalcore.decisions import Decision
from evalcore.errors import StorageError
from evalcore.intake import Intake
from evalcore.plan import Outcome, Plan, Rival
from evalcore.withdrawal import Person
from evalcore.wording import count
from pages._shared import cache, keeping
from pages._shared.keeping import Kept

if TYPE_CHECKING:
    from evalcore.storage.store import Store

STUDY = "study"
"""The place in the address of a study that is kept: a random name, which says and grants nothing."""

GROUP, SITE, MEASURE, WAVE, NORM, WINDOW = "group", "site", "measure", "wave", "norm", "window"
MATCHES, EXACT = "matches", "exact"
PART, FAMILY, BY, ASSUMED, THRESHOLD, METHOD = "part", "family", "by", "assumed", "threshold", "method"
SD, RELIABILITY, CORRELATION, BOUND = "sd", "reliability", "correlation", "bound"
DESIGN, CHANGE, POWER, COMPLETION, GROUP_A, GROUP_B = "design", "change", "power", "completion", "from", "to"
ICC, CLUSTER = "icc", "cluster"
ABOUT, SCORE, HOLD, LEAST, PRESENT = "about", "score", "hold", "least", "present"
OF_A_MEASURE = (NORM, ASSUMED, THRESHOLD, METHOD, SD, RELIABILITY, CORRELATION, BOUND, CHANGE, COMPLETION)
"""Choices that belong to the measure they were made for, and go when another is chosen."""
IN_ADDRESS = (
    *(GROUP, SITE, MEASURE, WAVE, WINDOW, MATCHES, PART, FAMILY, BY, *OF_A_MEASURE),
    *(DESIGN, POWER, GROUP_A, GROUP_B, ICC, CLUSTER, ABOUT, SCORE, HOLD, LEAST, PRESENT),
)
NEW_STUDY = "Your study"

_STUDY, _IS_SAMPLE, _NOTICE = "study", "study_is_sample", "notice"
_CHOICES, _IN_ADDRESS, _LOST = "choices", "choices_in_address", "choices_lost"
_ASKED, _TYPED, _KEPT, _FOUND = "asked", "typed", "kept", "found "
UPLOADS, UNREPLACED, LATER = "uploads", "unreplaced", "put_off"
LOOKED_AT, COUNTING = "caseload looked at", "caseload counted now"

Found = TypeVar("Found")


def start() -> None:
    """Prepare a new session, take over the choices of an address that a person has changed, and do what was asked for.

    That comes last, and before anything of the page: everything on it follows, and failing is said in words above it.
    """
    store = st.session_state
    if _STUDY not in store:
        open_sample()
        _delete_overdue()
    _follow_link()
    address = {name: st.query_params[name] for name in IN_ADDRESS if name in st.query_params}
    if _CHOICES not in store or (address and address != store[_IN_ADDRESS]):
        store[_CHOICES], store[_LOST] = dict(address), ()
    store[_IN_ADDRESS] = address
    asked = store.pop(_ASKED, ())
    if not asked:
        _follow_other_windows()
    for action in asked:
        action()


def _delete_overdue() -> None:
    try:
        gone = keeping.delete_overdue(datetime.now().astimezone().date())
    except StorageError:
        return  # whoever opens or keeps a study is told of it there
    if gone:
        say(f"{count(gone, 'study was', 'studies were')} deleted, because the time set for keeping was over.")


def _follow_link() -> None:
    """Open the study that the address names; what is open and kept nowhere is not given up for it."""
    wanted = st.query_params.get(STUDY, "")
    held_now = kept()
    if not wanted or (held_now is not None and held_now.study_id == wanted):
        return
    if is_at_risk():
        say("The link leads to another study. The one that is open is not kept: keep it first, then open the other.")
    else:
        try:
            open_kept(wanted)
            return
        except StorageError as problem:
            say(keeping.UNKNOWN if keeping.is_gone(wanted) else str(problem))
    del st.query_params[STUDY]


def _follow_other_windows() -> None:
    held_now = kept()
    behind = False if held_now is None else keeping.is_behind(held_now)
    if held_now is None or behind is False:
        return
    if behind is None:
        st.session_state[_KEPT] = None
        say(keeping.GONE)
        return
    version = held_now.version
    reload()
    if st.session_state[_KEPT].version != version:
        say(keeping.CHANGED_THERE)


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


def is_at_risk() -> bool:
    """Whether something would be lost with this session: a study that is not kept, or a change that is not saved."""
    held_now = kept()
    if held_now is not None:
        return bool(held_now.trouble or held_now.newest)
    untouched = sample_study() if is_sample() else _blank()
    beside = study().waiting or study().thresholds or study().overrides or study().telling != untouched.telling
    return bool(beside) or study().fingerprint != untouched.fingerprint


@functools.cache
def _blank() -> Study:
    return Study.empty(NEW_STUDY)


def kept() -> Kept | None:
    """Return what is known of the study as it is kept; None where it is not."""
    found: Kept | None = st.session_state.get(_KEPT)
    return found


def keep() -> None:
    """Keep the study on this machine from now on."""
    st.session_state[_KEPT] = keeping.begin(for_keeping(), now())
    st.session_state[_IS_SAMPLE] = False


def for_keeping() -> Study:
    """Return the study as it may be written: without files that wait and whose identifiers are still to be replaced."""
    secret = held(UNREPLACED, frozenset())
    waiting = tuple(one for one in study().waiting if one.digest not in secret)
    return study() if len(waiting) == len(study().waiting) else study().beside(waiting=waiting)


def open_kept(study_id: str) -> None:
    """Close what is open and open a study that is kept, with the view in which it was left."""
    found, opened = keeping.opened(study_id)
    _open(opened, sample=False)
    st.session_state[_KEPT] = found
    if not any(name in st.query_params for name in IN_ADDRESS):
        st.session_state[_CHOICES] = {**dict.fromkeys(IN_ADDRESS, ""), **keeping.view(study_id)}


def open_study(found: Study) -> None:
    """Close what is open and open a study that was read from a file; it is not kept yet."""
    _open(found, sample=False)


def reload() -> None:
    """Read the study again as it was saved last, here or in another window."""
    held_now = kept()
    if held_now is not None:
        st.session_state[_KEPT], st.session_state[_STUDY] = keeping.opened(held_now.study_id)


def go_back(version: int) -> None:
    """Go back to an earlier version of the study, which becomes its newest one."""
    held_now = kept()
    if held_now is not None:
        store().go_back(held_now.study_id, version, after=held_now.version, at=now())
        reload()


def withdraw(person: Person) -> None:
    """Take a person who withdrew out of what is open, of every version of it that is kept, and of what was computed."""
    held_now = kept()
    if held_now is None:
        replace(withdrawal.withdraw(study(), person))
    else:
        try:
            store().withdraw(held_now.study_id, person.role, person.respondent_id)
        finally:  # the person can be gone although the traces on the disk are not yet overwritten
            reload()
    cache.forget()
    for name in [key for key in st.session_state if str(key).startswith(_FOUND)]:
        del st.session_state[name]


def resolve(how: Callable[[Kept, Study, str], Kept]) -> None:
    """Save what could not be saved, in one of the ways of `keeping`: `saved` again, `on_top`, `as_copy`."""
    held_now = kept()
    if held_now is not None:
        st.session_state[_KEPT] = how(held_now, for_keeping(), now())
        if not is_at_risk():
            reload()


def store() -> Store:
    """Return where studies are kept; StorageError where there is no such place."""
    return cache.store()


def open_sample() -> None:
    """Close what is open and go back to the sample study."""
    _open(sample_study(), sample=True)


def open_empty() -> None:
    """Close what is open and begin without any file."""
    _open(_blank(), sample=False)


def add(intake: Intake) -> str:
    """Add a file to the study and return what it is called there; the first file closes the sample study."""
    if is_sample():
        waiting, files = study().waiting, held(UPLOADS, {})
        open_empty()
        hold(UPLOADS, files)
        replace(study().beside(waiting=waiting))
        say("The sample study is closed. Your file began a study of your own.")
    replace(study().add(intake))
    return next(held.name for held in study().intakes if held.digest == intake.digest)


def replace(found: Study) -> None:
    """Put another state of the study in the place of what is open, and save it where it is kept."""
    st.session_state[_STUDY] = found
    held_now = kept()
    if held_now is not None:
        st.session_state[_KEPT] = keeping.saved(held_now, for_keeping(), now())


def remove(file_name: str) -> None:
    """Take a file out of the study."""
    replace(study().without(file_name))


def decide(*decisions: Decision) -> None:
    """Decide something about the people of the study."""
    replace(study().decide(*decisions))


def undo(decision: Decision) -> None:
    """Take back a decision about the people of the study."""
    replace(study().undo(decision))


def fix_plan(outcomes: Sequence[Outcome], exclusions: str, family: str, author: str) -> None:
    """Fix the analysis plan as it is now, with the time of this moment."""
    replace(study().fix_plan(outcomes, exclusions, family, author, at=now()))


def take_plan(plan: Plan) -> None:
    """Take over a plan that was kept as a file."""
    replace(study().with_plan(plan))


def note_rival(rival: Rival) -> None:
    """Register another explanation of a change."""
    replace(study().note_rival(rival))


def drop_rival(rival: Rival) -> None:
    """Take an explanation out of the register."""
    replace(study().drop_rival(rival))


def _open(found: Study, *, sample: bool) -> None:
    """Open a study. Files that still lie in the uploader stay known, so that they are not read into this one."""
    now_open = st.session_state
    now_open[_STUDY], now_open[_IS_SAMPLE], now_open[_KEPT] = found, sample, None
    now_open[UPLOADS] = {file_id: upload.emptied() for file_id, upload in held(UPLOADS, {}).items()}
    now_open[_LOST], now_open[LATER], now_open[_TYPED] = (), {}, {}
    now_open[LOOKED_AT] = now_open[COUNTING] = None


def once(name: str, look: Callable[[Study], Found]) -> Found:
    """Return what `look` finds in the study; looked for once for each state of the study, and only the last is kept."""
    key = f"{_FOUND}{name}"
    held = st.session_state.get(key)
    if held is None or held[0] != study().fingerprint:
        held = (study().fingerprint, look(study()))
        st.session_state[key] = held
    found: Found = held[1]
    return found


def ask_for(action: Callable[[], None]) -> None:
    """Remember what a click asks for: it is done at the start of the run that follows."""
    st.session_state[_ASKED] = (*st.session_state.get(_ASKED, ()), action)


def say(notice: str) -> None:
    """Have the page say something once."""
    st.session_state[_NOTICE] = (*st.session_state.get(_NOTICE, ()), notice)


def take_notices() -> tuple[str, ...]:
    """Return what the page has to say once, and forget it."""
    found: tuple[str, ...] = st.session_state.pop(_NOTICE, ())
    return found


def now() -> str:
    """Return the time of this moment as it is written with what is kept."""
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


def held(key: str, otherwise: Any = None) -> Any:
    """Return what the session, or a control that is drawn, holds under a name."""
    return st.session_state.get(key, otherwise)


def hold(key: str, value: object) -> None:
    """Have the session hold something under a name; what a control shows only before that is drawn."""
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
    """Write the choices, and which study is open, into the address, where they differ from what stands there."""
    wanted = {name: value for name, value in st.session_state[_CHOICES].items() if value}
    held_now = kept()
    link = {} if held_now is None else {STUDY: held_now.study_id}
    if wanted == st.session_state[_IN_ADDRESS] and link.get(STUDY) == st.query_params.get(STUDY):
        return
    others = {name: value for name, value in st.query_params.items() if name not in (STUDY, *IN_ADDRESS)}
    st.query_params.from_dict({**link, **others, **wanted})
    st.session_state[_IN_ADDRESS] = wanted
    if held_now is not None:
        keeping.remember_view(held_now, wanted)
