"""What may leave the study that is open, by the policy that stands in it, and the record of what did."""

from __future__ import annotations

from evalcore import apply_disclosure
from evalcore.disclosure import DisclosurePolicy, Release, shown_groups
from evalcore.disclosure.changed import policy_of
from evalcore.findings import Finding
from evalcore.leaving import Export
from pages._shared import state

SHARE = "share"
_OUTDATED = (
    "The file that you took was made just before another one left, and what has to be hidden may have changed since."
    " Delete it, and take it again."
)


def policy() -> DisclosurePolicy:
    """Return the small-number policy as it stands in this study."""
    return policy_of(state.study())


def releases(finding: Finding) -> Release:
    """Return the finding as it may leave now, after everything that has left already."""
    return apply_disclosure((finding,), policy(), released=state.study().exports)


def so_far() -> int:
    """Return how many files have left."""
    return len(state.study().exports)


def record_share(finding: Finding, made_after: int) -> None:
    """Record that a finding has left to be shared, as it was released when `made_after` files had left."""
    since = state.study().exports[made_after:]
    if any(export.form == SHARE and export.finding != finding.id for export in since):
        state.say(_OUTDATED)
    _record(finding.id, SHARE, shown_groups(finding))


def record_internal(name: str) -> None:
    """Record that a working copy has been taken."""
    _record(name, "internal", ())


def _record(finding: str, form: str, groups: tuple[tuple[str, frozenset[str]], ...]) -> None:
    export = Export(finding, form, groups, state.now(), policy().under())
    state.replace(state.study().record(export))
