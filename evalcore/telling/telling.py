"""Everything that a study holds for telling its findings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evalcore.telling.report_text import ReportText
from evalcore.telling.screens import Screen
from evalcore.telling.workshops import Workshop


@dataclass(frozen=True)
class Telling:
    """The running order, the workshops held, and the report's own words.

    Attributes
    ----------
    order : tuple of Screen or None
        None: the usual order, made anew from the study; a tuple, also an empty one, is a person's own.
    workshops : tuple of Workshop
        The oldest first; at most the last one goes on.
    report : ReportText

    Examples
    --------
    >>> Telling().with_order([Screen("holds.study", "{}")]).order
    (Screen('holds.study'),)
    """

    order: tuple[Screen, ...] | None = None
    workshops: tuple[Workshop, ...] = ()
    report: ReportText = field(default_factory=ReportText)

    def with_order(self, screens: tuple[Screen, ...] | list[Screen] | None) -> Telling:
        """Return it with another running order; None goes back to the usual one."""
        return replace(self, order=None if screens is None else tuple(screens))

    def with_workshop(self, workshop: Workshop) -> Telling:
        """Return it with a workshop in the place of the one that began at the same time, or at the end.

        >>> began = Workshop("May", "2026-05-04T09:00:00+00:00", "")
        >>> len(Telling().with_workshop(began).with_workshop(began).workshops)
        1
        """
        if all(one.began_at != workshop.began_at for one in self.workshops):
            return replace(self, workshops=(*self.workshops, workshop))
        held = tuple(workshop if one.began_at == workshop.began_at else one for one in self.workshops)
        return replace(self, workshops=held)

    def with_report(self, report: ReportText) -> Telling:
        """Return it with other words for the report."""
        return replace(self, report=report)

    @property
    def now_on(self) -> Workshop | None:
        """The workshop that goes on; None where there is none.

        >>> Telling().now_on is None
        True
        """
        return self.workshops[-1] if self.workshops and self.workshops[-1].is_on else None
