"""Who withdraws: an identifier in a role."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Person:
    """One person, by role and identifier: two people of different roles may share an identifier.

    Attributes
    ----------
    role : str or None
        None: the role is not known, or does not matter; then everyone of this identifier is meant.
    respondent_id : str
        In any spelling that the study reads as this person's.
    also : tuple of str
        Other identifiers of the same person, which another version of the study has: see `known_as`.

    Examples
    --------
    >>> Person("staff", "A1")
    Person('staff')
    """

    role: str | None
    respondent_id: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every identifier given."""
        return (self.respondent_id, *self.also)

    def __repr__(self) -> str:
        """The role alone: nobody is named."""
        return f"Person({self.role!r})"
