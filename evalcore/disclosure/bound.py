"""To whom a recorded exception is bound: the very people whose figure is published already."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from evalcore.errors import DefinitionError
from evalcore.findings.finding import Finding, Group
from evalcore.leaving import Override


def digest_of(group: Group) -> str:
    """Return the SHA-256 of a group's people and of what was measured on them, hexadecimal.

    It lists nobody, but who knows most of the people can try out who the others are: it stays with the study, and is in
    no file to share and on no page.

    >>> one = Group("few", "The few", "age", frozenset({"staff|A1", "staff|A2"}))
    >>> digest_of(one) == digest_of(replace(one, label="Others", people=frozenset({"staff|A2", "staff|A1"})))
    True
    >>> digest_of(one) == digest_of(replace(one, people=frozenset({"staff|A1"})))
    False
    """
    said = [group.measure, sorted(group.people), group.size]
    return sha256(json.dumps(said).encode()).hexdigest()


def bound(record: Override, finding: Finding) -> Override:
    """Return an exception bound to the people whom its group has in a finding.

    Parameters
    ----------
    record : Override
    finding : Finding
        As on the evaluator's own screen: the one that the exception names.

    Raises
    ------
    DefinitionError
        If the finding has no such group.

    Examples
    --------
    >>> from evalcore.findings import findings_for
    >>> from evalcore.sample import sample_study
    >>> change = findings_for(sample_study(), role="staff", resamples=0)[0]
    >>> bound(Override(change.id, "nobody", "Report"), change)
    Traceback (most recent call last):
        ...
    evalcore.errors.DefinitionError: The exception can not be used: choose a figure and one of its groups
    """
    group = finding.groups.get(record.group)
    if group is None or record.finding != finding.id:
        raise DefinitionError("The exception", ("choose a figure and one of its groups",))
    return replace(record, people=digest_of(group))


def holds(record: Override, finding: Finding) -> bool:
    """Return whether an exception for a group of this finding is for the very people whom the group has there.

    One that names no people, as code can make it, holds for the group by its name.

    >>> from evalcore.findings import findings_for
    >>> from evalcore.sample import sample_study
    >>> figure = next(one for one in findings_for(sample_study(), role="staff", resamples=0) if one.groups)
    >>> record = bound(Override(figure.id, next(iter(figure.groups)), "Report"), figure)
    >>> holds(record, figure), holds(replace(record, people="0" * 64), figure)
    (True, False)
    """
    if not record.people:
        return True
    group = finding.groups.get(record.group)
    return group is not None and digest_of(group) == record.people


def outdated(overrides: Iterable[Override], findings: Iterable[Finding]) -> tuple[Override, ...]:
    """Return those exceptions that hold no longer, for their group has other people in the findings at hand.

    Of an exception whose figure is not among them nothing can be told: it is not returned.

    >>> outdated([Override("change.gse.total.staff", "matched pre", "Report")], [])
    ()
    """
    here = {finding.id: finding for finding in findings}
    return tuple(one for one in overrides if one.finding in here and not holds(one, here[one.finding]))
