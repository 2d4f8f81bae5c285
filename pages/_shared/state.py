"""The only home of the session's state and of the choices in the address.

Choices that identify nobody live in the address: `?group=service-users&site=2&measure=gse.total.service-users`. A
site is bound by its position in the sorted list, because its name comes from a file. The framework's own binding of
widgets to the address (`bind="query-params"`) writes the label that is shown, so the address is kept here by hand: it
gives the choices of a new session, and is written again whenever a choice changes or a page was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from evalcore import Study, apply_disclosure, sample_study
from evalcore.disclosure import DisclosurePolicy, Release, shown_groups
from evalcore.findings import Finding
from evalcore.intake import Intake
from evalcore.study import Export

GROUP, SITE, MEASURE, WAVE, NORM = "group", "site", "measure", "wave", "norm"
IN_ADDRESS = (GROUP, SITE, MEASURE, WAVE, NORM)
NEW_STUDY = "Your study"

_STUDY, _IS_SAMPLE, _FILES, _NOTICE = "study", "study_is_sample", "uploads", "notice"
_CHOICES, _IN_ADDRESS, _LOST = "choices", "choices_in_address", "choices_lost"


@dataclass(frozen=True, eq=False)
class Upload:
    """What became of one uploaded file; `data` is kept only while the reader needs an answer."""

    name: str
    intake: Intake | None = None
    message: str = ""
    data: bytes = b""

    @property
    def waits(self) -> bool:
        """Whether the file waits for an answer about its wave."""
        return bool(self.data)


def start() -> None:
    """Prepare a new session, and take over the choices of the address where a person has changed it."""
    store = st.session_state
    if _STUDY not in store:
        open_sample()
    address = {name: st.query_params[name] for name in IN_ADDRESS if name in st.query_params}
    if _CHOICES not in store or (address and address != store[_IN_ADDRESS]):
        store[_CHOICES], store[_LOST] = dict(address), ()
    store[_IN_ADDRESS] = address


def study() -> Study:
    """Return the study that is open."""
    found: Study = st.session_state[_STUDY]
    return found


def is_sample() -> bool:
    """Whether the invented sample study is open."""
    return bool(st.session_state[_IS_SAMPLE])


def open_sample() -> None:
    """Close what is open and go back to the sample study."""
    _open(sample_study(), sample=True)


def open_empty() -> None:
    """Close what is open and begin without any file."""
    _open(Study.empty(NEW_STUDY), sample=False)


def add(intake: Intake) -> None:
    """Add a file to the study; the first one closes the sample study and begins a new one."""
    if is_sample():
        files = uploads()
        open_empty()
        st.session_state[_FILES] = files
        st.session_state[_NOTICE] = "The sample study is closed. Your file began a study of your own."
    st.session_state[_STUDY] = study().add(intake)


def remove(file_name: str) -> None:
    """Take a file out of the study."""
    st.session_state[_STUDY] = study().without(file_name)


def _open(found: Study, *, sample: bool) -> None:
    """Open a study. Files that still lie in the uploader stay known, so that they are not read into this one."""
    st.session_state[_STUDY] = found
    st.session_state[_IS_SAMPLE] = sample
    st.session_state[_FILES] = {file_id: Upload(old.name) for file_id, old in st.session_state.get(_FILES, {}).items()}
    st.session_state[_LOST] = ()


def uploads() -> dict[str, Upload]:
    """Return what became of each file that this session has taken in, by the uploader's file identifier."""
    found: dict[str, Upload] = st.session_state[_FILES]
    return found


def note_upload(file_id: str, upload: Upload) -> None:
    """Remember what became of a file, so that it is not read again on the next run."""
    st.session_state[_FILES] = {**uploads(), file_id: upload}


def take_notice() -> str:
    """Return what the page has to say once, and forget it."""
    return str(st.session_state.pop(_NOTICE, ""))


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


def select(name: str, label: str, options: Mapping[str, str], *, help_text: str | None = None) -> str:
    """Show a choice as a select box whose value lives in the address; `options` are address values and labels."""
    key = f"select_{name}"
    values = list(options)
    current = choice(name)
    st.session_state[key] = current if current in options else values[0]
    picked = st.selectbox(
        label,
        values,
        format_func=lambda value: options[value],
        key=key,
        help=help_text,
        on_change=_picked,
        args=(name,),
    )
    return str(picked)


def _picked(name: str) -> None:
    choose(name, st.session_state[f"select_{name}"])
    if name in (GROUP, SITE, MEASURE):
        choose(NORM, "")  # a norm belongs to the measure it was chosen for
    st.session_state[_LOST] = ()


def write_address() -> None:
    """Write the choices into the address, where they differ from what stands there."""
    wanted = {name: value for name, value in st.session_state[_CHOICES].items() if value}
    if wanted != st.session_state[_IN_ADDRESS]:
        others = {name: value for name, value in st.query_params.items() if name not in IN_ADDRESS}
        st.query_params.from_dict({**others, **wanted})
        st.session_state[_IN_ADDRESS] = wanted


def new_uploads(file_ids: Iterable[str]) -> list[str]:
    """Return those of the uploader's files that have not been taken in."""
    known = uploads()
    return [file_id for file_id in file_ids if file_id not in known]
