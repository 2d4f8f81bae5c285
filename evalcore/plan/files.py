"""A plan as a file that can be read back, and that shows whether it was changed."""

from __future__ import annotations

import json
import math
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.plan.checking import MOST_VERSIONS, check_plan
from evalcore.plan.criteria import Criterion, Target
from evalcore.plan.plan import Outcome, Plan, content

LARGEST_FILE = 1_000_000
"""Characters, or bytes, that a plan's file may have."""

_NO_PLAN = "This is no plan that this dashboard wrote. Choose the file that was downloaded as a file to read back."
_CHANGED = (
    "This plan was changed after it was fixed, or its file is damaged: it does not fit the code in it."
    " Take the file as it was downloaded."
)
_FIELDS = {
    "outcomes": list,
    "exclusions": str,
    "family": str,
    "author": str,
    "written_at": str,
    "after_answers": int,
}
_OUTCOME = {"measure": str, "direction": str, "threshold_reason": str, "main": bool}
_CRITERION = {"what": str, "go_from": float, "stop_below": float, "reason": str}
_TARGET = {"starts": int, "site": str}


def plan_json(plan: Plan) -> str:
    """Write a plan, with every version before it and their digests, as a file that `read_plan` reads.

    >>> plan = Plan((Outcome("gse.total.people"),), "", "each alone", "", "2026-05-03T09:00:00+00:00", 0)
    >>> read_plan(plan_json(plan)) == plan
    True
    """
    return json.dumps(_versions(plan), indent=1, allow_nan=False) + "\n"


def _versions(plan: Plan) -> dict[str, Any]:
    """Newest first, side by side: a chain is not nested deeper for being long."""
    return {"plan": [{**content(one), "digest": one.digest} for one in plan.versions()]}


def read_plan(text: str | bytes) -> Plan:
    """Read a plan's file and hold it against its own code.

    Anything else in it than what `plan_json` writes, down to a blank, counts as a change; only the form of the line
    breaks, a byte order mark and blanks at the end may differ, which mail programs and editors touch by themselves.

    Parameters
    ----------
    text : str or bytes
        The file, UTF-8.

    Returns
    -------
    Plan

    Raises
    ------
    UnreadableFileError
        If it is no plan, or was changed or damaged.
    DefinitionError
        If it is whole but says what a plan can not say.

    Examples
    --------
    >>> plan = Plan((Outcome("gse.total.people"),), "", "each alone", "", "2026-05-03T09:00:00+00:00", 0)
    >>> read_plan(plan_json(plan).replace("each alone", "all at once"))
    Traceback (most recent call last):
        ...
    evalcore.errors.UnreadableFileError: This plan was changed after it was fixed, or its file is damaged: it does not \
fit the code in it. Take the file as it was downloaded.
    """
    if len(text) > LARGEST_FILE:
        raise UnreadableFileError(_NO_PLAN)
    given = _text(text)
    plan = _plan(_parsed(given))
    if plan_json(plan).strip() != given.strip():
        raise UnreadableFileError(_CHANGED)
    check_plan(plan)
    return plan


def _text(text: str | bytes) -> str:
    try:
        given = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise UnreadableFileError(_NO_PLAN) from None
    return given.removeprefix("\ufeff").replace("\r\n", "\n")


def _parsed(given: str) -> list[Any]:
    """The versions that stand in a file."""
    try:
        found = json.loads(given)
    except (ValueError, RecursionError):
        raise UnreadableFileError(_NO_PLAN) from None
    versions = found.get("plan") if isinstance(found, dict) else None
    if not isinstance(versions, list) or not 0 < len(versions) <= MOST_VERSIONS:
        raise UnreadableFileError(_NO_PLAN)
    return versions


def _plan(versions: list[Any]) -> Plan:
    """The chain, built from its oldest version on."""
    plan: Plan | None = None
    for said in reversed(versions):
        plan = _version(said, plan)
    if plan is None:
        raise UnreadableFileError(_NO_PLAN)
    return plan


def _version(said: Any, replaces: Plan | None) -> Plan:
    _must_hold(said, _FIELDS)
    outcomes = tuple(_outcome(one) for one in said["outcomes"])
    rest = {name: said[name] for name in _FIELDS if name != "outcomes"}
    criteria, targets = _criteria(said), _targets(said)
    return Plan(outcomes, **rest, replaces=replaces, criteria=criteria, targets=targets)


def _criteria(said: dict[str, Any]) -> tuple[Criterion, ...]:
    found = _listed(said, "criteria", _CRITERION)
    if not all(math.isfinite(one["go_from"]) and math.isfinite(one["stop_below"]) for one in found):
        raise UnreadableFileError(_CHANGED)
    return tuple(Criterion(*(one[name] for name in _CRITERION)) for one in found)


def _targets(said: dict[str, Any]) -> tuple[Target, ...]:
    return tuple(Target(one["starts"], one["site"]) for one in _listed(said, "targets", _TARGET))


def _listed(said: dict[str, Any], name: str, fields: dict[str, type]) -> list[dict[str, Any]]:
    """What a plan of the second format lists under a name; nothing where it is of the first."""
    found = said.get(name, [])
    if not isinstance(found, list):
        raise UnreadableFileError(_CHANGED)
    for one in found:
        _must_hold(one, fields)
    return found


def _outcome(said: Any) -> Outcome:
    _must_hold(said, _OUTCOME)
    size = said.get("smallest_change")
    if size is not None and (type(size) is not float or not math.isfinite(size)):
        raise UnreadableFileError(_CHANGED)
    return Outcome(said["measure"], said["direction"], size, said["threshold_reason"], said["main"])


def _must_hold(said: Any, fields: dict[str, type]) -> None:
    """Every value, of its own type: the type decides which functions of the plan may be called on it."""
    if not isinstance(said, dict) or any(type(said.get(name)) is not kind for name, kind in fields.items()):
        raise UnreadableFileError(_CHANGED)
