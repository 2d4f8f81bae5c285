"""Which instrument, roles and sites are meant: the choices, checked against what the data hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from evalcore.columns import ROLES, SERVICE_USER, STAFF, VOLUNTEER
from evalcore.errors import ChoiceNeededError, UnknownNameError
from evalcore.wording import joined

_PLURALS = {SERVICE_USER: "service users", STAFF: "staff", VOLUNTEER: "volunteers"}


def choose_roles(present: Iterable[str], role: str | Sequence[str] | None = None) -> tuple[str, ...]:
    """Say which roles are looked at together: the one place of that rule.

    Parameters
    ----------
    present : iterable of str
        The roles that the data hold.
    role : str or sequence of str, optional
        The choice. Of several chosen roles those that are present are taken, so that "staff and volunteers" also
        serves a study without volunteers.

    Returns
    -------
    tuple of str
        In the order service user, staff, volunteer; empty if the data hold no role and none was chosen.

    Raises
    ------
    ChoiceNeededError
        If several roles are present and none was chosen, or service users were chosen together with others: they are
        never pooled.
    UnknownNameError
        If a chosen role does not exist, or none of those chosen is present.

    Examples
    --------
    >>> choose_roles(["staff", "service user"], ["staff", "volunteer"])
    ('staff',)
    >>> choose_roles(["staff", "service user"])
    Traceback (most recent call last):
        ...
    evalcore.errors.ChoiceNeededError: Several roles are present: service user and staff. Choose whom to look at.
    """
    known = _in_order(present)
    chosen = as_tuple(role)
    if not chosen:
        if len(known) > 1:
            raise ChoiceNeededError(f"Several roles are present: {joined(known)}. Choose whom to look at.")
        return known
    check_known([one for one in chosen if one not in ROLES], known, "role")
    found = tuple(one for one in known if one in chosen)
    if not found:
        check_known(chosen, known, "role")
    if SERVICE_USER in found and len(found) > 1:
        raise ChoiceNeededError("Service users and staff are never pooled. Choose one group or the other.")
    return found


def role_label(roles: Sequence[str]) -> str:
    """Write the chosen roles as a reader would; "people" where no role is recorded.

    Examples
    --------
    >>> role_label(["volunteer", "staff"]), role_label(["service user"]), role_label([])
    ('staff and volunteers', 'service users', 'people')
    """
    if not roles:
        return "people"
    return joined([_PLURALS.get(role, role) for role in _in_order(roles)])


def roles_of(label: str | None) -> tuple[str, ...]:
    """Read a label of `role_label` back; empty for None and for a label of no known role.

    Examples
    --------
    >>> roles_of("staff and volunteers"), roles_of(None)
    (('staff', 'volunteer'), ())
    """
    sets = [chosen for size in range(1, len(ROLES) + 1) for chosen in combinations(ROLES, size)]
    return next((chosen for chosen in sets if role_label(chosen) == label), ())


def choose_instrument(present: Sequence[str], chosen: str | None = None) -> str:
    """Say which instrument is meant: the one chosen, else the only one present.

    Examples
    --------
    >>> choose_instrument(["gse"])
    'gse'
    >>> choose_instrument(["gse", "swemwbs"])
    Traceback (most recent call last):
        ...
    evalcore.errors.ChoiceNeededError: Several instruments are present: gse and swemwbs. Choose one.
    """
    if chosen is not None:
        check_known((chosen,), present, "instrument")
        return chosen
    if len(present) > 1:
        raise ChoiceNeededError(f"Several instruments are present: {joined(present)}. Choose one.")
    return present[0]


def check_known(chosen: Sequence[str], present: Sequence[str], what: str) -> None:
    """Raise UnknownNameError, with the names that exist, if one of those chosen does not.

    Examples
    --------
    >>> check_known(["North"], ["Site 1", "Site 2"], "site")
    Traceback (most recent call last):
        ...
    evalcore.errors.UnknownNameError: There is no site "North" here. There is: Site 1, Site 2.
    """
    for name in chosen:
        if name not in present:
            there = f"There is: {', '.join(present)}." if present else "None is recorded."
            raise UnknownNameError(f'There is no {what} "{name}" here. {there}')


def as_tuple(names: str | Sequence[str] | None) -> tuple[str, ...]:
    """One name, several or none, as a tuple.

    Examples
    --------
    >>> as_tuple("staff"), as_tuple(None)
    (('staff',), ())
    """
    if names is None:
        return ()
    return (names,) if isinstance(names, str) else tuple(names)


def _in_order(roles: Iterable[str]) -> tuple[str, ...]:
    found = set(roles)
    return tuple(role for role in ROLES if role in found) + tuple(sorted(found.difference(ROLES)))
